"""What follows the text: 附件说明, 署名 and 成文日期, 附注, 出席. Source: GB/T 9704-2012 7.3.4–7.3.6, 10.3."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.document import SEALED, STAMPED, UNSEALED, Document
from drafter.layout.model import Layout
from drafter.source import Line
from drafter.typeset.sheet import Indent, Item, Para, Run
from drafter.typeset.widths import halves


def attachment_list(document: Document, layout: Layout) -> Iterator[Item]:
    """附件说明: 附件：name, several numbered one below another; turned lines stand under the name. Source: 7.3.4."""
    names = [attachment.name for attachment in document.attachments if attachment.name]
    start = layout.looks["附件说明"].left
    if len(names) == 1:
        yield Para("附件说明", (Run(Line("附件：").then(names[0])),), indent=Indent(left=start + 300, hanging=300))
        return
    for index, name in enumerate(names, start=1):
        first, wide = index == 1, 50 * (halves(str(index)) + 1)
        words = Line(f"{'附件：' if first else ''}{index}.").then(name)
        hanging = wide + 300 if first else wide
        yield Para("附件说明", (Run(words),), indent=Indent(left=start + 300 + wide, hanging=hanging))


_WIDEST = 40
"""Widest line of a signature that is placed by its width, in half 字: longer ones are taken for this."""


def signature(document: Document, layout: Layout) -> Iterator[Item]:
    """署名 and 成文日期 as the seal wants them; either may be absent. Source: 7.3.5.1–7.3.5.3."""
    names, date = document.signed
    seal = document.seal or layout.seal
    if seal == STAMPED:
        names = tuple(_stamped(document.office, name) for name in names)
    edge = layout.looks["署名"].right // 50 if seal == layout.seal else _EDGES[seal]
    *places, last = _places(names, date, seal, edge)
    for at, (line, right) in enumerate(zip(names, places, strict=True)):
        if at and seal == SEALED:
            yield from (Para("", keep=True) for _ in range(BETWEEN_SEALS))
        yield _signed(line, right, keep=bool(date) or at + 1 < len(names))
    if seal == STAMPED and names and date:
        yield Para("", keep=True)
    if date:
        yield _signed(date, last)


def _places(names: tuple[Line, ...], date: Line, seal: str, edge: int) -> list[int]:
    """Right indents of names and date in half 字; names without a date end where the date would."""
    widths = [min(halves(line.text), _WIDEST) for line in (*names, date)]
    return _PLACES[seal](widths, edge) if date else [edge] * len(widths)


def _signed(line: Line, right: int, *, keep: bool = False) -> Para:
    return Para("署名", (Run(line),), indent=Indent(right=50 * right), keep=keep)


BETWEEN_SEALS = 3
"""Blank lines between the names of a joint document: seals stand below one another and do not touch. Source: 7.3.5.1."""


def _unsealed(widths: list[int], edge: int) -> list[int]:
    """Right indents of names and date, in half 字 as `edge` is.

    署名 ends 2 字 before the edge and the date begins 2 字 behind the first 字 of 署名; where the date is the longer
    one, it ends 2 字 before the edge and 署名 moves left. Source: 7.3.5.2.
    """
    *names, day = widths
    widest = max(names, default=0)
    left = edge + max(widest if widest >= day else 4 + day, 4 + day - edge)
    return [*(left - width for width in names), left - 4 - day if names else edge]


def _sealed(widths: list[int], edge: int) -> list[int]:
    """Right indents: the date ends 4 字 before the edge, names are centred on it. Source: 7.3.5.1.

    Where a name is so long that it would pass the edge, it ends there and the date moves under its middle.
    """
    *names, day = widths
    middle = max(edge + day / 2, max(names, default=0) / 2)
    return [round(middle - width / 2) for width in (*names, day)]


def _stamp(widths: list[int], edge: int) -> list[int]:
    """Right indents: every line ends 4 字 before the edge. Source: 7.3.5.3."""
    return [edge for _ in widths]


_PLACES = {SEALED: _sealed, UNSEALED: _unsealed, STAMPED: _stamp}
_EDGES = {SEALED: 8, UNSEALED: 4, STAMPED: 8}
"""右空 of the last line in half 字, where a report has another 印章 than its layout."""


def _stamped(office: Line, name: Line) -> Line:
    """The office, two 字 of room, and the name where the 签名章 is set. Source: 7.3.5.3."""
    return office.then(Line("\u3000\u3000")).then(name) if office else name


def note(document: Document) -> Iterator[Item]:
    """附注: 2 字 in, in （）, on the line below the date. Source: 7.3.6."""
    if document.note:
        yield Para("附注", (Run(Line("（").then(document.note).then(Line("）"))),))


def meeting(document: Document, layout: Layout) -> Iterator[Item]:
    """出席, 请假, 列席: the word in its look, turned lines behind its colon. Source: 10.3."""
    start = layout.looks["与会"].left
    for word, names in document.meeting:
        if names:
            width = 100 * (len(word) + 1)
            words = (Run(Line(f"{word}："), "与会"), Run(names))
            yield Para("正文", words, indent=Indent(left=start + width, hanging=width))
