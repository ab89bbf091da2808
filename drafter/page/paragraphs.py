"""Paragraphs: headings that a screen reader can walk, blank lines, lines with a right tab, rules."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from drafter import style as markers
from drafter.layout.model import Layout, Rule
from drafter.page.looks import FACE, edges, first, indents, rule_height
from drafter.page.markup import declared, element, pt
from drafter.page.press import Press
from drafter.page.words import words
from drafter.source import Line
from drafter.typeset.sheet import Para, Run

TITLES = ("标题", "附件标题")
"""Looks of what heads a text of its own: h1."""


def para(item: Para, press: Press) -> str:
    """A paragraph as it is set, and the rule below it."""
    made = _blank(item) if not item.look and not item.runs else _text(item, press)
    return made + (rule(item, press.layout) if item.rule else "")


def _blank(item: Para) -> str:
    return element("div", "", class_=_classes("blank", item), style=declared(height=pt(item.line) if item.line else ""))


def _classes(name: str, item: Para, *others: str) -> str:
    return " ".join(
        (name, *(["keep"] if item.keep else ["loose"] if item.loose else []), *(other for other in others if other))
    )


def _text(item: Para, press: Press) -> str:
    """The element: h1 for a title, h2–h6 for levels 1–5, else a paragraph."""
    told, look = direct(item, press.layout), item.look
    if item.tab:
        return element("p", tabbed(item.runs, press), class_=_classes(look, item, "tabbed"), style=told)
    if item.run_in and item.depth:
        return element("div", _run_in(item, press), class_=_classes(look, item), style=told)
    name = "h1" if look in TITLES else f"h{item.depth + 1}" if item.depth else "p"
    key = press.heading() if item.depth else ""
    return element(name, words(with_marker(item), press), id=key, class_=_classes(look, item), style=told)


def _run_in(item: Para, press: Press) -> str:
    """A heading and, on its line, the text."""
    runs = with_marker(item)
    head = tuple(takewhile(lambda run: run.look == runs[0].look, runs))
    inside = words((Run(run.line) for run in head), press)
    name = f"run-in {FACE}{runs[0].look}" if runs[0].look else "run-in"
    return element(f"h{item.depth + 1}", inside, id=press.heading(), class_=name) + words(runs[len(head) :], press)


def with_marker(item: Para) -> tuple[Run, ...]:
    """The runs with the marker before them, in the face of the heading behind it."""
    if item.marker is None:
        return item.runs
    behind = next((run.line.text for run in item.runs if run.line), "")
    look = item.runs[0].look if item.runs and item.run_in else ""
    return (Run(Line(markers.before(item.marker, behind)), look), *item.runs)


def direct(item: Para, layout: Layout) -> str:
    """What differs from the look: indents, pitch, size; a right tab."""
    told, pitch = item.indent, layout.pitch
    right = layout.page.text_width - item.tab if item.tab else told.right * pitch // 100 if told else 0
    return declared(
        margin="" if told is None and not item.tab
        else f"0 {pt(right)} 0 {pt((told.left if told else 0) * pitch // 100)}",
        text_indent="" if told is None else first(pitch, told.first - told.hanging) or "0",
        line_height=pt(item.line) if item.line else "",
        font_size=pt(item.size * 10) if item.size else "",
    )  # fmt: skip


def tabbed(runs: Iterable[Run], press: Press) -> str:
    """What stands before the first tab, flush left, and what stands behind it, flush right."""
    left, right = _parted(tuple(runs))
    tab = element("span", "\t", class_="tab")
    return element("span", words(left, press)) + tab + element("span", words(right, press))


def _parted(runs: tuple[Run, ...]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs before and behind the first tab character."""
    for at, run in enumerate(runs):
        before, tab, _ = run.line.text.partition("\t")
        if tab:
            left, right = run.line.cut(0, len(before)), run.line.cut(len(before) + 1)
            return (*runs[:at], Run(left, run.look)), (Run(right, run.look), *runs[at + 1 :])
    return runs, ()


def rule(item: Para, layout: Layout) -> str:
    """The line under a paragraph, so far below its ink. Source: GB/T 9704-2012 7.2.7."""
    assert item.rule is not None
    look = layout.looks.get(item.look, layout.body)
    pitch, size = item.line or look.line, (item.size or look.size) * 10
    return lines(item.rule, layout, item.rule.gap - (pitch - size) // 2 if item.runs else 0)


def lines(told: Rule, layout: Layout, gap: int) -> str:
    """A rule `gap` twips below what stands above it: centred in the 版心, or on the paper where it is wider."""
    page = layout.page
    over = told.length > page.text_width
    left = (page.width - told.length) // 2 - page.left if over else (page.text_width - told.length) // 2
    look = declared(width=pt(told.length), height=pt(rule_height(told)), margin=f"{pt(gap)} 0 0 {pt(left)}")
    return element("div", "", class_="rule", style=f"{look};{edges(told)}")


def margins(layout: Layout, look: str, *, left: int, right: int, hanging: int = 0) -> str:
    """Indents in 1/100 字 of a look's own size."""
    width = layout.width(layout.looks[look])
    return declared(margin=indents(width, left=left, right=right), text_indent=first(width, -hanging) or "0")
