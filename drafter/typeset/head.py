"""版头: 发文机关标志, 发文字号, 签发人 and the red line. Source: GB/T 9704-2012 7.2, 10.1–10.3."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from drafter.document import Document
from drafter.layout.model import Head, Layout
from drafter.outline import EMPTY
from drafter.source import Line
from drafter.typeset.sheet import Cell, Grid, Indent, Item, Para, Run
from drafter.typeset.widths import above, halves

MARK = "发文机关标志"


def mark(document: Document, layout: Layout) -> Iterator[Item]:
    """发文机关标志, its upper edge so far below that of the 版心; nothing where it stands above it (信函). Source: 7.2.4."""
    head = layout.head
    if head is None or head.above or not document.organs:
        return
    used = sum(map(bool, (document.copy_number, document.secrecy, document.urgency))) * layout.body.line
    pitch, size = _pitch(document, layout, head), _size(document, layout, head)
    room = head.top - used - above(pitch, size * 10)
    if room > 0:
        yield Para("", line=room)
    yield from _organs(document, head, size, pitch, layout.page.text_width)


def _organs(document: Document, head: Head, size: int, pitch: int, room: int) -> Iterator[Item]:
    if len(document.organs) == 1:
        yield Para(MARK, (Run(document.organs[0].then(Line(head.suffix))),), size=size, line=pitch)
        return
    rows: list[tuple[Cell | None, ...]] = []
    for index, organ in enumerate(document.organs):
        last = (
            Cell(Line(head.suffix), rows=len(document.organs), align="center", look=MARK, size=size)
            if index == 0
            else None
        )
        rows.append((Cell(organ, align="distribute", look=MARK, size=size), *([last] if head.suffix else ())))
    widest = max(halves(organ.text) for organ in document.organs) * size * 5 + 200
    side = halves(head.suffix) * size * 5 + 200
    side = min(side, room // 3) if head.suffix else 0
    yield Grid(tuple(rows), (min(widest, room - side), *([side] if side else ())), heads=0, bare=True)


def _size(document: Document, layout: Layout, head: Head) -> int:
    """Half-points of the 标志: as large as the look says where it fits on one line."""
    several = len(document.organs) > 1
    widths = [halves(organ.text) for organ in document.organs]
    wide = max(widths) + (halves(head.suffix) if head.suffix else 0) + (2 if several else 0)
    return min(layout.looks[MARK].size, layout.page.text_width * 96 // 100 // (wide * 5))


def _pitch(document: Document, layout: Layout, head: Head) -> int:
    """Exact pitch of the 标志; that of several organs is the look's, which their table takes."""
    if len(document.organs) > 1:
        return layout.looks[MARK].line
    return max(_size(document, layout, head) * 13, layout.body.line)


def number(document: Document, layout: Layout) -> Iterator[Item]:
    """发文字号, centred; with 签发人 on the left of the same line, 签发人 on the right. Source: 7.2.5, 7.2.6."""
    head = layout.head
    if head is not None and head.above:
        if document.number and not any(getattr(document, field) for field in BESIDE.values()):
            yield Para("份号", (Run(Line("\t")), Run(document.number, "发文字号")), tab=layout.page.text_width)
    elif document.issuers:
        yield from _issued(document, layout)
    elif document.number:
        yield Para("发文字号", (Run(document.number),))


BESIDE = {"份号": "copy_number", "密级": "secrecy", "紧急程度": "urgency"}
"""Elements flush left, from above, and their fields in Document."""


def beside(name: str) -> Callable[[Document, Layout], Iterator[Item]]:
    """What sets 份号, 密级 or 紧急程度: flush left; in a 信函 the first one has 发文字号 on its right. Source: 7.2.1–7.2.3, 10.1."""

    def setter(document: Document, layout: Layout) -> Iterator[Item]:
        line: Line = getattr(document, BESIDE[name])
        if not line:
            return
        first = next(key for key, field in BESIDE.items() if getattr(document, field)) == name
        if layout.head is not None and layout.head.above and first and document.number:
            words = (Run(line), Run(Line("\t")), Run(document.number, "发文字号"))
            yield Para(name, words, tab=layout.page.text_width)
        else:
            yield Para(name, (Run(line),))

    return setter


def _issued(document: Document, layout: Layout) -> Iterator[Item]:
    """签发人: two names a line, further lines under the first; 发文字号 on the last line, 1 字 in. Source: 7.2.6.

    Why an indent of the first line alone: the red line below is as wide as the 版心. Why the edge moves in where a line
    is the shorter one: its first name stands under that of the lines above.
    """
    names = [_spread(document.issuers, at) for at in range(len(document.issuers))]
    widths = [max((len(name) for name in names[column::2]), default=0) for column in (0, 1)]
    edge = layout.page.text_width - layout.pitch * layout.looks["签发人"].right // 100
    for at in range(0, len(names), 2):
        row = names[at : at + 2]
        last, alone = at + 2 >= len(names), len(row) == 1 < len(names)
        said = Line("\t" + ("" if at else "签发人："))
        words = [Run(document.number if last else EMPTY, "发文字号"), Run(said), Run(row[0], "签发人姓名")]
        if len(row) > 1:
            gap = Line(_BLANK * (1 + widths[0] - len(row[0])))
            words += [Run(gap), Run(row[1], "签发人姓名")]
        lacks = 1 + widths[1] + widths[0] - len(row[0]) if alone else widths[1] - len(row[1]) if len(row) > 1 else 0
        tab = edge - layout.pitch * lacks
        yield Para("签发人", tuple(words), indent=Indent(first=100), tab=tab)


def _spread(names: tuple[Line, ...], at: int) -> Line:
    """A name; one of two 字 beside longer ones in its column has a blank between them, as offices write it."""
    name, widest = names[at], max(len(one) for one in names[at % 2 :: 2])
    if len(name) != 2 or widest != 3:
        return name
    return name.cut(0, 1).then(Line(_BLANK)).then(name.cut(1))


_BLANK = "\u3000"


def ruled(made: list[Item], layout: Layout) -> None:
    """版头分隔线: a red line as wide as the 版心 under what stands last. Source: 7.2.7."""
    head = layout.head
    if head is None or head.rule is None or head.above or not made:
        return
    if isinstance(made[-1], Para):
        made[-1] = replace(made[-1], rule=head.rule)
    else:
        made.append(Para("", rule=head.rule, line=20))


def first_page(document: Document, layout: Layout) -> tuple[tuple[Para, ...], tuple[Para, ...], int]:
    """What stands in head and foot of the first page alone, and where the head begins, in twips (0: as usual).

    标志 and double lines of a 信函. Source: 10.1.
    """
    head = layout.head
    if head is None or not head.above or not document.organs:
        return (), (), 0
    size, pitch = _size(document, layout, head), _pitch(document, layout, head)
    mark = Para(MARK, (Run(document.organs[0].then(Line(head.suffix))),), size=size, line=pitch, rule=head.rule)
    foot = (Para("", rule=head.foot, line=20),) if head.foot else ()
    return (mark,), foot, max(head.top - above(pitch, size * 10), 1)


def cleared(made: list[Item], layout: Layout) -> list[Item]:
    """What stands below the rule of a 信函, so far from it: 7/8 of a 三号 字. Source: 10.1."""
    if layout.head is None or not made or not isinstance(made[0], Para):
        return made
    look = layout.looks.get(made[0].look, layout.body)
    room = layout.head.clear - above(look.line, look.size * 10)
    return [replace(made[0], before=max(room, 0)), *made[1:]]
