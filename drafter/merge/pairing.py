"""Which unit, which clause and which figure that was generated is which of those that are generated now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from drafter.diff.align import aligned, rising
from drafter.diff.match import Grams, dice, grams
from drafter.merge.clauses import Clause
from drafter.merge.keys import Key, keys
from drafter.merge.renamed import aliases
from drafter.merge.units import Unit, read
from drafter.trace import Printed, Record

LIKE = 0.5
"""How alike two units must be to be one that was changed."""
CELLS = 4_000
"""Units of a gap whose every pair is looked at: the most of one number times the other."""
Score = Callable[[int, int], float]


@dataclass(slots=True)
class Pairing:
    """Two sequences of generated units, and which belongs to which."""

    before: list[Unit]
    now: list[Unit]
    units: dict[int, int] = field(default_factory=dict)
    """Index before → index now."""


Paired = tuple[Pairing, Mapping[str, Key], Mapping[str, Key]]
"""The units of two records side by side, and the keys of the figures of either."""


def paired(before: Record, now: Record) -> Paired:
    """The units of both records side by side, and the keys of their figures."""
    ones, others = keys(before, now)
    if other_names := aliases(before, now, ones, others):
        others = {name: other_names.get(key, key) for name, key in others.items()}
    pairing = Pairing(read(before, ones), read(now, others))
    pairing.units = matched([u.skeleton for u in pairing.before], [u.skeleton for u in pairing.now],
                            _Likeness(pairing, ones, others).score)  # fmt: skip
    return pairing, ones, others


def matched(ones: Sequence[Hashable], others: Sequence[Hashable], score: Score) -> dict[int, int]:
    """Index → index: what is equal, in order and then elsewhere, then what is alike in the gaps between."""
    found = dict(aligned(ones, others))
    _moved(found, ones, others)
    alike(found, len(ones), len(others), score)
    return found


def _moved(found: dict[int, int], ones: Sequence[Hashable], others: Sequence[Hashable]) -> None:
    """The same unit at another place."""
    taken = set(found.values())
    places: dict[Hashable, list[int]] = defaultdict(list)
    for j in range(len(others) - 1, -1, -1):
        if j not in taken:
            places[others[j]].append(j)
    for i, one in enumerate(ones):
        if i not in found and places.get(one):
            found[i] = places[one].pop()


def alike(found: dict[int, int], many: int, others: int, score: Score) -> None:
    """Units that were changed: the most alike of every gap, in order."""
    fence = [(-1, -1), *rising(sorted(found.items())), (many, others)]
    taken = set(found.values())
    for (a, c), (b, d) in pairwise(fence):
        left = [i for i in range(a + 1, b) if i not in found]
        right = [j for j in range(c + 1, d) if j not in taken]
        if left and right:
            found.update(_gap(left, right, score))


def _gap(ones: list[int], others: list[int], score: Score) -> Iterator[tuple[int, int]]:
    """Pairs of a gap, rising in both, whose likeness together is greatest; a large gap is walked in step."""
    if len(ones) * len(others) > CELLS:
        yield from ((i, j) for i, j in zip(ones, others, strict=False) if score(i, j) >= LIKE)
        return
    best = [[0.0] * (len(others) + 1) for _ in range(len(ones) + 1)]
    likeness = [[score(i, j) for j in others] for i in ones]
    for i in range(len(ones) - 1, -1, -1):
        for j in range(len(others) - 1, -1, -1):
            both = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= LIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    i = j = 0
    while i < len(ones) and j < len(others):
        if likeness[i][j] >= LIKE and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            yield ones[i], others[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


@dataclass(slots=True)
class _Likeness:
    """How alike two units are: by the figures they share and by their words."""

    pairing: Pairing
    ones: Mapping[str, Key]
    others: Mapping[str, Key]
    _words: dict[tuple[bool, int], tuple[Grams, frozenset[Key]]] = field(default_factory=dict)

    def score(self, i: int, j: int) -> float:
        """From 0 to 2; 0 for units with figures none of which they share: one line of a template said them of two things."""
        one, other = self.pairing.before[i], self.pairing.now[j]
        if one.kind != other.kind or (one.table is None) != (other.table is None):
            return 0.0
        words, figures = self.known(one, self.ones, before=True)
        others, them = self.known(other, self.others, before=False)
        if not words or not others or (figures and them and not figures & them):
            return 0.0
        shared = 2 * len(figures & them) / (len(figures) + len(them)) if figures else 0.0
        return dice(words, others) + shared

    def known(self, unit: Unit, keys: Mapping[str, Key], *, before: bool) -> tuple[Grams, frozenset[Key]]:
        """The pairs of characters of its words, and its figures."""
        at = (before, unit.first)
        if at not in self._words:
            bare = "".join(piece for c in unit.clauses for one in c for piece in one.skeleton if isinstance(piece, str))
            self._words[at] = grams(bare) if bare else frozenset(), frozenset(keys[n] for n in unit.names if n in keys)
        return self._words[at]


def figures(before: Unit, now: Unit) -> Iterator[tuple[str, str]]:
    """(bookmark before, bookmark now) of the figures that two units share."""
    for one, other in zip(before.clauses, now.clauses, strict=False):
        for i, j in aligned([c.skeleton for c in one], [c.skeleton for c in other]):
            yield from ((s.name, t.name) for s, t in zip(one[i].spots, other[j].spots, strict=True))


def pairs(before: Record, now: Record, known: Paired | None = None) -> dict[str, str]:
    """Bookmark before → bookmark now, for figures that are printed now too: in the same clause, else anywhere in the
    same unit, else anywhere. `known`: what `paired` gives, where that is known already.
    """
    pairing, ones, others = known or paired(before, now)
    found: dict[str, str] = {}
    for i, j in sorted(pairing.units.items()):
        found.update(figures(pairing.before[i], pairing.now[j]))
        _same(found, pairing.before[i].names, pairing.now[j].names, ones, others)
    _same(found, before.figures, now.figures, ones, others)
    return found


def _same(
    found: dict[str, str], names: Iterator[str] | Mapping[str, object], those: Iterator[str] | Mapping[str, object],
    ones: Mapping[str, Key], others: Mapping[str, Key],
) -> None:  # fmt: skip
    """Pairs the figures of one key in order, where they are not paired yet."""
    taken = set(found.values())
    free: dict[Key, list[str]] = defaultdict(list)
    for name in those:
        if name in others and name not in taken:
            free[others[name]].append(name)
    for name in names:
        if name in ones and name not in found and free.get(ones[name]):
            found[name] = free[ones[name]].pop(0)


def text_of(paragraph: Printed, clause: Clause) -> str:
    """The text of a clause."""
    return paragraph.text[clause.start : clause.end]
