"""Sheets of paper: where a page begins or lies on its side, what stands at the head and foot of the first, 版记, 目录."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from drafter.page.figures import drawing, picture
from drafter.page.grids import grid
from drafter.page.looks import first, weight
from drafter.page.markup import declared, element, pt
from drafter.page.paragraphs import TITLES, lines, margins, para, tabbed, with_marker
from drafter.page.press import Press, heading
from drafter.page.words import line, words
from drafter.source import Line
from drafter.typeset.sheet import Contents, Drawing, Grid, Item, Para, Picture, Run, Sheet, Strip, Turn


def sheets(told: Sheet, press: Press) -> str:
    """All sheets of a document."""
    press.targets = tuple(_targets(told))
    parts = list(_parts(told.items))
    made = []
    for at, (lying, items) in enumerate(parts):
        head = _head(told, press) if at == 0 else ""
        body = "".join(ITEMS[type(item)](item, press) for item in items)
        foot = _foot(told, press) if at == 0 else ""
        made.append(element("section", head + body + foot, class_=_class(told, items, at, lying=lying)))
    return "\n".join(made)


def _class(told: Sheet, items: list[Item], at: int, *, lying: bool) -> str:
    closed = any(isinstance(item, Strip) for item in items)
    names = (
        "paper",
        "lying" if lying else "",
        "above" if at == 0 and told.first_head else "",
        "closed" if closed else "",
    )
    return " ".join(name for name in names if name)


def _parts(items: tuple[Item, ...]) -> Iterator[tuple[bool, list[Item]]]:
    """(lying, items) of every sheet: one ends behind a 目录, where pages turn, and where a paragraph begins a page."""
    lying, held = False, list[Item]()
    for before, item in pairwise((None, *items)):
        if held and (isinstance(before, Contents) or _begins(item)):
            yield lying, held
            held = []
        if isinstance(item, Turn):
            lying = item.landscape
        elif item is not None:
            held.append(item)
    if held or not items:
        yield lying, held


def _begins(item: Item | None) -> bool:
    return isinstance(item, Turn) or (isinstance(item, Para) and item.new_page)


def _head(told: Sheet, press: Press) -> str:
    """What stands in the head of the first page, and the room below its rule. Source: GB/T 9704-2012 10.1."""
    layout = press.layout
    made = "".join(para(item, press) for item in told.first_head)
    if not made or layout.head is None:
        return made
    room = layout.head.clear - (layout.body.line - layout.body.size * 10) // 2
    return made + element("div", "", class_="blank", style=declared(height=pt(max(room, 0))))


def _foot(told: Sheet, press: Press) -> str:
    """The rule at the foot of the first page, so far from the edge of the paper. Source: GB/T 9704-2012 10.1."""
    made = [
        element("div", lines(item.rule, press.layout, 0), class_="foot", style=declared(bottom=pt(item.rule.gap)))
        for item in told.first_foot
        if item.rule
    ]
    return "".join(made)


def contents(item: Contents, press: Press) -> str:
    """目录: a link to every heading."""
    layout = press.layout
    rows = [element("p", "目  录", class_="目录标题")]
    for (depth, told), target in zip(item.entries, press.targets, strict=False):
        link = element("a", line(told, press), href=f"#{target}" if target else "")
        left = first(layout.width(layout.looks["目录"]), 100 * (depth - 1))
        rows.append(element("p", link, class_="目录", style=declared(padding_left=left)))
    return element("nav", "".join(rows), aria_label="目录")


def _targets(told: Sheet) -> Iterator[str]:
    """The id of the heading that each line of the 目录 is of, in reading order; "" where there is none."""
    found: dict[tuple[int, str], deque[str]] = {}
    for depth, text, key in _heads(told):
        found.setdefault((depth, text), deque()).append(key)
    for item in told.items:
        for depth, entry in item.entries if isinstance(item, Contents) else ():
            keys = found.get((depth, entry.text))
            yield keys.popleft() if keys else ""


def _heads(told: Sheet) -> Iterator[tuple[int, str, str]]:
    number = 0
    for item in told.items:
        if isinstance(item, Para) and item.depth and item.look not in TITLES and not item.tab:
            number += 1
            yield item.depth, _spoken(item), heading(number)


def _spoken(item: Para) -> str:
    runs = with_marker(item)
    head = [run.line.text for run in runs if not item.run_in or run.look == runs[0].look]
    return "".join(head).rstrip("。：:；")


def strip(item: Strip, press: Press) -> str:
    """版记: rows with lines between them. Source: GB/T 9704-2012 7.4."""
    edge, inner = press.layout.imprint.edge, press.layout.imprint.inner
    line = f"{weight(inner)} solid #000" if inner else ""
    rows = [_row("抄送", words(row, press), press, "") for row in item.rows]
    if item.printed:
        agent, day = item.printed
        rows.append(_row("印发", tabbed((Run(agent), Run(Line("\t")), Run(day)), press), press, "tabbed"))
    ruled = [rows[0], *(element("div", row, style=declared(border_top=line)) for row in rows[1:])]
    outer = f"{weight(edge)} solid #000" if edge else ""
    return element("div", "".join(ruled), class_="strip", style=declared(border_top=outer, border_bottom=outer))


def _row(look: str, inside: str, press: Press, name: str) -> str:
    told = press.layout.looks[look]
    place = (
        {"left": told.left, "right": told.right}
        if name
        else {"left": told.left + 300, "right": told.right, "hanging": 300}
    )
    return element("p", inside, class_=f"{look} {name}".strip(), style=margins(press.layout, look, **place))


ITEMS: dict[type, Callable[[Any, Press], str]] = {
    Para: para,
    Grid: grid,
    Picture: picture,
    Drawing: drawing,
    Contents: contents,
    Strip: strip,
}
"""What stands in a body, and what writes it."""
