"""Paragraphs and their runs: every printed value has a run of its own, so that it can be marked and found again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from drafter import style as markers
from drafter.layout.model import Layout, Look, Rule
from drafter.source import Line
from drafter.typeset.sheet import Para, Run
from drafter.typeset.widths import below
from drafter.word.element import Element, run, w
from drafter.word.multilevel import number_face
from drafter.word.styles import face, indent, run_in, style
from drafter.word.trace.figures import Figures, pieces

MISSING = "yellow"
"""Highlight of a fact that is not known yet."""


def paragraph(style: str, content: Iterable[Element], *properties: Element | None) -> Element:
    """A w:p in a style (by id); `properties` stand in its w:pPr, in the order of the schema."""
    made = w("p", w("pPr", w("pStyle", val=style), *properties))
    made.extend(content)
    return made


def blank(*, keep: bool = False, line: int = 0) -> Element:
    """An empty line of the body's pitch, or of so many twips; `keep`: it stays on the page of the next paragraph."""
    if not keep and not line:
        return w("p")
    return w("p", w("pPr", w("keepNext") if keep else None, exact(line)))


def exact(line: int, before: int = 0) -> Element | None:
    """w:spacing of an exact pitch and of room above, in twips; None for 0 and 0."""
    if not line:
        return w("spacing", before=before) if before else None
    return w("spacing", before=before, after=0, line=line, lineRule="exact")


def para(item: Para, layout: Layout, numbered: Element | None = None, figures: Figures | None = None) -> Element:
    """A paragraph as it is set; `numbered` is the w:numPr that prints its marker, `figures` traces its values."""
    told = item.runs if item.marker is None else (_opening(item, numbered), *item.runs)
    content = list(words(told, figures))
    if not item.look and not content and not item.rule:
        return blank(keep=item.keep, line=item.line)
    made = w("p", _properties(item, layout, numbered))
    made.extend(sized(content, item.size) if item.size else content)
    return made


def _opening(item: Para, numbered: Element | None) -> Run:
    """The marker as text, in the face of the heading behind it; of a counted one only the blank that may follow it."""
    assert item.marker is not None
    behind = next((r.line.text for r in item.runs if r.line), "")
    look = item.runs[0].look if item.runs and item.run_in else ""
    printed = 0 if numbered is None else len(str(item.marker))
    return Run(Line(markers.before(item.marker, behind)[printed:]), look)


def _properties(item: Para, layout: Layout, numbered: Element | None) -> Element:
    key = run_in(item.depth) if item.run_in else style(item.look) if item.look else ""
    look = layout.looks.get(item.look)
    return w(
        "pPr",
        w("pStyle", val=key) if key else None,
        _kept(item, look),
        w("pageBreakBefore") if item.new_page else None,
        numbered,
        border(item, layout) if item.rule else None,
        w("tabs", w("tab", val="right", pos=item.tab)) if item.tab else None,
        exact(item.line, item.before),
        _indent(item, layout) if numbered is None or item.indent else _own(layout.looks[item.look], layout),
        number_face(item, layout) if numbered is not None else None,
    )


def _kept(item: Para, look: Look | None) -> Element | None:
    """w:keepNext where a paragraph differs from its look."""
    own = look is not None and look.keep_next
    if item.loose and own:
        return w("keepNext", val=0)
    return w("keepNext") if item.keep and not own else None


def _indent(item: Para, layout: Layout) -> Element | None:
    """The indents a paragraph has instead of its look's; those of the look that it has not are 0."""
    told, look = item.indent, layout.looks.get(item.look)
    if told is None:
        return None
    sides = {"left": told.left, "right": told.right, "hanging": told.hanging, "firstLine": told.first}
    own = {"left": look.left, "right": look.right, "hanging": look.hanging, "firstLine": look.first} if look else {}
    said = {side: chars for side, chars in sides.items() if chars or own.get(side)}
    if told.hanging:
        said.pop("firstLine", None)
    values: dict[str, object] = {}
    for side, chars in said.items():
        values |= {f"{side}Chars": chars, side: chars * layout.pitch // 100}
    return w("ind", **values) if values else None


def _own(look: Look, layout: Layout) -> Element | None:
    """The indents of a look, said again. Why: LibreOffice forgets those of the style where a paragraph has a number."""
    return indent(layout.width(look), left=look.left, right=look.right, first=look.first, hanging=look.hanging)


def border(item: Para, layout: Layout) -> Element:
    """The line under a paragraph, so far below its ink. Source: GB/T 9704-2012 7.2.7 (4 mm)."""
    assert item.rule is not None
    look = layout.looks.get(item.look, layout.body)
    pitch, size = item.line or look.line, (item.size or look.size) * 10
    return w("pBdr", edge("bottom", item.rule, 0, item.rule.gap - below(pitch, size)))


def edge(side: str, rule: Rule, which: int, gap: int) -> Element:
    """A border: weight `which` of the rule, so many twips from the text (Word knows 0 to 31 pt)."""
    space = min(max(round(gap / 20), 0), 31)
    weight = rule.weights[which]
    return w(side, val="single" if weight else "none", sz=weight, space=space, color=rule.color)


def sized(content: list[Element], size: int) -> list[Element]:
    """Runs of another size than their style's; bookmarks have none."""
    for piece in content:
        if not str(piece.tag).endswith("}r"):
            continue
        looks = piece.find("{*}rPr")
        if looks is None:
            looks = w("rPr")
            piece.insert(0, looks)
        at = next((n for n, look in enumerate(looks) if str(look.tag).endswith("}highlight")), len(looks))
        looks[at:at] = [w("sz", val=size), w("szCs", val=size)]
    return content


def runs(*lines: Line, style: str = "", figures: Figures | None = None) -> Iterator[Element]:
    """The runs of lines set one behind another, in a character style: one for every value, one for all between.

    `figures` puts a bookmark around every value.
    """
    book = figures or Figures()
    typed = ""
    for text, value in book.values(pieces(lines)):
        if value is None:
            typed += text
            continue
        if typed:
            yield run(typed, style)
            typed = ""
        yield from book.bound(run(text, style, MISSING if value.origin.missing else ""), value)
    if typed:
        yield run(typed, style)


def words(items: Iterable[Run], figures: Figures | None = None) -> Iterator[Element]:
    """The runs of typeset words; words in one face are set together."""
    for look, together in groupby(items, key=lambda r: r.look):
        yield from runs(*(r.line for r in together), style=face(look) if look else "", figures=figures)
