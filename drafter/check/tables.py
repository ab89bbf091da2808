"""Rules of tables as text: every row as wide as its head, every line with bars a row, every 图题 with what it draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from drafter import outline as tree
from drafter.diagnostic import Diagnostic, warning
from drafter.outline import BAR, CHARTS, LINE, PIE, Block, Chart, Outline, Paragraph, Table
from drafter.source import Line, Span
from drafter.text import figures, pipes

NOWHERE = Span("", 1, 1)
_BARS = ("|", "｜")
_KIND = re.compile(r"图.{0,80}?[（(](?P<kind>[^（）()，,、]{1,5}图)(?:[，,、].{0,6})?[）)]")
_MEANT = {
    "条形图": BAR, "直方图": BAR, "柱形图": BAR, "柱图": BAR, "曲线图": LINE, "趋势图": LINE, "走势图": LINE, "线图": LINE,
    "扇形图": PIE, "圆饼图": PIE, "环形图": PIE, "构成图": PIE,
}  # fmt: skip
"""What charts are also called → the kind that is drawn."""


def rows(outline: Outline) -> Iterator[Diagnostic]:
    """N112: a row with more or fewer cells than the head; a line with bars that is no row."""
    for block in tree.blocks(outline):
        if isinstance(block, Paragraph):
            yield from _half_typed(block.lead)
        elif isinstance(block, (Table, Chart)):
            yield from _ragged(block)


def _ragged(told: Table | Chart) -> Iterator[Diagnostic]:
    wide = len(told.rows[0]) if told.rows else 0
    for row in told.rows[1:]:
        if len(row) != wide:
            what = "多出的格会加一列" if len(row) > wide else "缺的格空着"
            message = f"这一行有{len(row)}格，表头有{wide}格，{what}"
            yield warning("N112", message, _place(*row, told.caption), "每行的格数和表头一样：空格也写竖线，合并写 <")


def _half_typed(line: Line) -> Iterator[Diagnostic]:
    """A line that begins with a bar and is no row: a bar is full-width, or the last one is not there."""
    mark = line.mark_at(0)
    if not line.text.startswith(_BARS) or pipes.is_row(line) or len(line) < 2 or (mark and mark.origin):
        return
    wide = "｜" in line.text
    message = "竖线“｜”是全角的，没有成为表格的一行" if wide else "行尾没有竖线，没有成为表格的一行"
    hint = "竖线改成半角的 |" if wide else "行尾补上 |"
    yield warning("N112", message, _place(line), hint, line.text[:20])


def captions(outline: Outline) -> Iterator[Diagnostic]:
    """T119: a 图题 of a kind that is not drawn, and one with no rows below it."""
    every: list[tuple[Block, ...]] = [outline.blocks, *(s.blocks for _, s in tree.walk(outline.sections))]
    for blocks in every:
        for block, below in pairwise((*blocks, None)):
            if isinstance(block, Paragraph) and not block.points:
                yield from _undrawn(block.lead, above_table=isinstance(below, Table) and not below.caption)


def _undrawn(line: Line, *, above_table: bool) -> Iterator[Diagnostic]:
    found = _KIND.fullmatch(line.text)
    if found is None:
        return
    if figures.is_caption(line):
        hint = "图题下面一行起写竖线表格，第一列是项目，后面是数"
        yield warning("T119", "图题下面没有数，画不成图", _place(line), hint, line.text)
    elif above_table and found["kind"] not in CHARTS:
        meant = _MEANT.get(found["kind"])
        hint = f"写成（{meant}）" if meant else f"可用：{'、'.join(CHARTS)}"
        yield warning("T119", f"没有“{found['kind']}”这种图，这里印成了表格", _place(line), hint, found["kind"])


def _place(*lines: Line) -> Span:
    """The first place that any of them has."""
    return next((place for line in lines if (place := line.at(0))), NOWHERE)
