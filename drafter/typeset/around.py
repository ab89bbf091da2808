"""What stands around the text in one line each: 份号, 密级, 标题, 主送机关, the head of an 附件."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.document import SEALED, STAMPED, UNSEALED, Document
from drafter.layout.model import Layout
from drafter.source import Line
from drafter.typeset.sheet import Item, Para, Run
from drafter.typeset.title import parted


def plain(look: str, line: Line) -> Iterator[Item]:
    """A paragraph in a look; nothing for an empty line."""
    if line:
        yield Para(look, (Run(line),))


def title(document: Document, layout: Layout, *, look: str = "标题") -> Iterator[Item]:
    """标题: as parted by hand, else in lines of at most `title_width` 字. Source: GB/T 9704-2012 7.3.1."""
    if not document.outline.title:
        return
    lines = document.title_lines or parted(document.outline.title, layout.title_width)
    words = [Run(Line("\n") if at % 2 else lines[at // 2]) for at in range(2 * len(lines) - 1)]
    yield Para(look, tuple(words), keep=True)


def attachment_head(number: str) -> Para:
    """附件 or 附件1 on the first line of a new page. Source: GB/T 9704-2012 7.3.7."""
    return Para("附件", (Run(Line(f"附件{number}")),), new_page=True, keep=True)


_ABOVE = {SEALED: 2, UNSEALED: 1, STAMPED: 2}
"""Blank lines above 署名 where a report has another 印章 than its layout. Source: official-style.md 1.6."""


def lines_above_signature(document: Document, layout: Layout) -> int:
    """Blank lines between the text and 署名: room for a seal. Source: GB/T 9704-2012 7.3.5."""
    seal = document.seal or layout.seal
    return layout.looks["署名"].blank if seal == layout.seal else _ABOVE[seal]
