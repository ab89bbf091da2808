"""硬换行: a text whose paragraphs were broken into lines of one length; such a line may begin in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

LEAST_WIDTH = 46
"""Narrowest line, in half-width characters: 23 汉字."""
LEAST_LINES = 6
SHARE = 0.6
"""So many lines, and such a part of the lines without closing mark, are of one width."""
SLACK = 6
"""By so many half-width characters lines of one width differ: a figure or a mark is not parted."""
_CLOSED = tuple("。；：！？!?…;:”）")


def goes_on(lines: Sequence[str]) -> frozenset[int]:
    """Numbers of the lines before which a line ends without closing mark, as wide as most that do."""
    widths = {
        n: _width(line) for n, line in enumerate(lines) if len(line) * 2 >= LEAST_WIDTH and line[-1] not in _CLOSED
    }
    open_lines = sum(bool(line) and line[-1] not in _CLOSED for line in lines)
    if len(widths) < LEAST_LINES:
        return frozenset()
    usual = sorted(widths.values())[len(widths) // 2]
    full = {n for n, width in widths.items() if abs(width - usual) <= SLACK}
    if len(full) < max(LEAST_LINES, SHARE * open_lines):
        return frozenset()
    return frozenset(n + 1 for n in full)


def _width(line: str) -> int:
    """Width in half-width characters."""
    return sum(1 if character < "\u2000" else 2 for character in line)
