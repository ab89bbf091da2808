"""What stands elsewhere than before: runs of units move when nobody touched them, and leave what a hand touched in its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from drafter.diff.align import Pairs, rising


def moved(units: Mapping[int, int], stays: Callable[[int], bool]) -> set[int]:
    """The units now that move; `units`: index before → index now, `stays`: whether a unit before must stay where it is.

    A run moves whole or not at all: a heading never leaves its text.
    """
    runs = list(_runs(units))
    bound = [run for run in runs if any(stays(i) for i, _ in run)]
    fixed = dict(_within(rising([pair for run in bound for pair in run]), runs))
    return {j for run in runs if run not in bound for i, j in run if i not in fixed}


def _runs(units: Mapping[int, int]) -> Iterator[Pairs]:
    """Pairs of units that stand one behind another before and now."""
    run: Pairs = []
    for pair in sorted(units.items()):
        if run and pair != (run[-1][0] + 1, run[-1][1] + 1):
            yield run
            run = []
        run.append(pair)
    if run:
        yield run


def _within(fixed: Pairs, runs: list[Pairs]) -> Iterator[tuple[int, int]]:
    """The pairs that stay: those that must, and between them as many of the others as rise together."""
    pairs = [pair for run in runs for pair in run]
    fence = [(-1, -1), *fixed, (max(pairs, default=(0, 0))[0] + 1, max((j for _, j in pairs), default=0) + 1)]
    for (a, c), (b, d) in pairwise(fence):
        yield from rising(
            [(i, j) for i, j in pairs[bisect_right(pairs, (a, c)) : bisect_left(pairs, (b, d))] if c < j < d]
        )
        yield b, d
