"""版记: 抄送, 印发机关 and 印发日期 at the foot of the last page. Source: GB/T 9704-2012 7.4."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.document import Document
from drafter.layout.model import Layout
from drafter.source import Line
from drafter.typeset.sheet import Item, Run, Strip


def strip(document: Document, layout: Layout) -> Iterator[Item]:
    """抄送：…。 and the row of 印发; nothing where neither is said."""
    rows = []
    if document.copies:
        rows.append((Run(Line("抄送：").then(_closed(document.copies))),))
    printed = None
    if layout.imprint.printed and (document.printer or document.printed):
        printed = (document.printer, document.printed.then(Line("印发")) if document.printed else Line(""))
    if rows or printed:
        yield Strip(tuple(rows), printed)


def _closed(names: Line) -> Line:
    """The organs with a 。 behind the last. Source: 7.4.2."""
    return names if names.text.endswith("。") else names.then(Line("。"))
