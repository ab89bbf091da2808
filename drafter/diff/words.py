"""Two versions of one passage, word by word: figures that changed, and the words around them that did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from drafter.diff.align import Pairs, aligned, gaps
from drafter.diff.tokens import FIGURE, WORD, Token

ISLAND = 3
"""Fewer words that stayed between two changes are shown as changed too."""
REWRITTEN = 0.4
"""A passage of whose words less stayed was written anew: it is not shown word by word."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that changed: tokens from `start` to `end` of the earlier passage became some of the later one."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions laid side by side: pairs of tokens that stayed (masked alike), and the edits between them."""

    before: Sequence[Token]
    after: Sequence[Token]
    pairs: Pairs
    edits: tuple[Edit, ...]

    @property
    def kept(self) -> float:
        """How much of the words of both stayed, from 0 to 1."""
        total = len(self.before) + len(self.after)
        return 2 * len(self.pairs) / total if total else 1.0


def versions(before: Sequence[Token], after: Sequence[Token]) -> Versions:
    """Lay two passages side by side: first clauses that stayed, then words between them."""
    clauses, others = _clauses(before), _clauses(after)
    keys, other_keys = _keys(before, clauses), _keys(after, others)
    same = aligned(keys, other_keys)
    pairs: Pairs = []
    for i, j in same:
        pairs += zip(range(*clauses[i]), range(*others[j]), strict=True)
    for a, b, c, d in gaps(same, (0, len(clauses), 0, len(others))):
        start, new_start = clauses[a][0], others[c][0]
        one, other = before[start : clauses[b - 1][1]], after[new_start : others[d - 1][1]]
        inside = aligned([t.key for t in one], [t.key for t in other])
        pairs += [(start + i, new_start + j) for i, j in inside]
    kept = _without_islands(before, after, sorted(pairs))
    return Versions(before, after, kept, tuple(_edits(kept, len(before), len(after))))


def _clauses(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Start and end of every clause."""
    found: list[tuple[int, int]] = []
    for _, group in groupby(range(len(tokens)), key=lambda n: tokens[n].clause):
        numbers = list(group)
        found.append((numbers[0], numbers[-1] + 1))
    return found


def _keys(tokens: Sequence[Token], clauses: list[tuple[int, int]]) -> list[tuple[str, ...]]:
    return [tuple(t.key for t in tokens[a:b]) for a, b in clauses]


def _edits(pairs: Pairs, length: int, new_length: int) -> list[Edit]:
    fence = [(-1, -1), *pairs, (length, new_length)]
    return [Edit(a + 1, b, c + 1, d) for (a, c), (b, d) in pairwise(fence) if b - a > 1 or d - c > 1]


def _without_islands(before: Sequence[Token], after: Sequence[Token], pairs: Pairs) -> Pairs:
    """Pairs without the short runs between two changes: 一 that stayed by chance in 统一部署 → 一体推进.

    A run counts by its words, a figure whose unit stayed as three; it must weigh more than the lesser of the changes
    beside it, up to a limit.
    """
    runs = _runs(pairs)
    kept: Pairs = []
    end = (-1, -1)
    for number, run in enumerate(runs):
        following = runs[number + 1][0] if number + 1 < len(runs) else (len(before), len(after))
        left = max(run[0][0] - end[0], run[0][1] - end[1]) - 1
        right = max(following[0] - run[-1][0], following[1] - run[-1][1]) - 1
        weight = sum(_weight(before[i], after[j]) for i, j in run)
        if min(left, right) == 0 or weight >= max(ISLAND, min(left, right, 2 * ISLAND)):
            kept += run
            end = run[-1]
    return kept


def _weight(one: Token, other: Token) -> int:
    return 1 if one.kind == WORD else 3 if one.kind == FIGURE and one.unit == other.unit else 2


def _runs(pairs: Pairs) -> list[Pairs]:
    """Pairs that follow one another on both sides, together."""
    runs: list[Pairs] = []
    for pair in pairs:
        if runs and (pair[0] - 1, pair[1] - 1) == runs[-1][-1]:
            runs[-1].append(pair)
        else:
            runs.append([pair])
    return runs
