"""Whose table it is, and of which period."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from drafter.period import Period
from drafter.sheet.grid import Grid
from drafter.sheet.intro import MAX_LINES, dated, intro, undated

_SENSELESS = str.maketrans("", "", "_- 　()（）.")


def subject(grids: Sequence[Grid], name: str) -> tuple[str, Period | None]:
    """(words about the department, period): by 部门： and 期间： lines, else by titles, else by the file's name.

    The words are those of the first line that says anything, for comparison with the departments there are; the
    period is None when nobody says its year.
    """
    found = [intro(grid, _head_row(grid)) for grid in grids]
    stem = PurePosixPath(name.replace("\\", "/")).stem
    named = next((field[0] for one in found if (field := one.field("部门", "填报单位", "单位名称"))), "")
    titles = [undated(one.title.text.strip()) for one in found if one.title]
    guess = " ".join(text for text in (*titles, undated(stem).translate(_SENSELESS)) if text)
    sayings = [said for one in found if (said := one.period())]
    surest = next((said[0] for said in sayings if said[2]), None)
    period = surest or next((said[0] for said in sayings), None) or dated(stem)
    return named or guess, period


def _head_row(grid: Grid) -> int:
    """Index of the first row that is no title: it has several cells of its own."""
    for index, row in enumerate(grid.rows[:MAX_LINES]):
        own = {cell.span for cell in row if cell.text.strip()}
        if len(own) > 2:
            return index
    return min(len(grid.rows), MAX_LINES)
