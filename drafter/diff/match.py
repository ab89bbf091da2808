"""Which passage of the one report is which of the other: by content first, then by likeness and place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from drafter.diff.align import Pairs, aligned, rising
from drafter.diff.passages import HEAD, Passage
from drafter.diff.tokens import skeleton

LIKE, HEADS_LIKE = 0.5, 0.42
"""How much of their pairs of characters two passages, two headings must share, what their places say included."""
SAME_GAP, SAME_SECTION, ALONE = 0.1, 0.1, 0.2
"""What it counts to stand between the same neighbours, in the same section, and alone there."""
COMMON, BEST = 16, 6
"""A pair of characters that more passages have says nothing; so many of the most alike are looked at."""
SMALL = 64
"""Passages of a gap whose every pair is looked at: the most of one number times the other."""


def matched(before: Sequence[Passage], after: Sequence[Passage]) -> Pairs:
    """Indices of passages that belong together, sorted by the first; no passage twice.

    Why one side is always taken first: the other way round the same must come out.
    """
    keys = [(p.kind, skeleton(p.line.text)) for p in before]
    others = [(p.kind, skeleton(p.line.text)) for p in after]
    if keys > others:
        return sorted((i, j) for j, i in _Matching(after, before, others, keys).run())
    return _Matching(before, after, keys, others).run()


Key = tuple[str, str]
Score = tuple[float, int, int, int]


@dataclass(slots=True)
class _Matching:
    before: Sequence[Passage]
    after: Sequence[Passage]
    keys: list[Key]
    others: list[Key]
    found: dict[int, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def run(self) -> Pairs:
        self.take(aligned(self.keys, self.others))
        self.take(self.equal())
        for heads in (True, False):
            scores = sorted(self.scores(heads=heads), reverse=True)
            self.take((-i, -j) for _, _, i, j in scores)
        return sorted(self.found.items())

    def take(self, pairs: Iterator[tuple[int, int]] | Pairs) -> None:
        for i, j in pairs:
            if i not in self.found and j not in self.taken:
                self.found[i] = j
                self.taken.add(j)

    def left(self) -> tuple[list[int], list[int]]:
        """What is not matched yet, on either side."""
        return (
            [i for i in range(len(self.keys)) if i not in self.found],
            [j for j in range(len(self.others)) if j not in self.taken],
        )

    def equal(self) -> Iterator[tuple[int, int]]:
        """The same passages elsewhere: what was moved."""
        ones, others = self.left()
        places: dict[Key, list[int]] = defaultdict(list)
        for j in reversed(others):
            places[self.others[j]].append(j)
        for i in ones:
            if places.get(self.keys[i]):
                yield i, places[self.keys[i]].pop()

    def scores(self, *, heads: bool) -> Iterator[Score]:
        """(likeness, −distance, −index, −index) of every two that are alike enough."""
        ones, others = self.left()
        ones = [i for i in ones if (self.before[i].kind == HEAD) == heads]
        others = [j for j in others if (self.after[j].kind == HEAD) == heads]
        one_grams = {i: grams(self.keys[i][1]) for i in ones}
        grams_of = {j: grams(self.others[j][1]) for j in others}
        places = _Places(self)
        for i, j in self.candidates(one_grams, grams_of, places):
            near = places.near(i, j)
            if dice(one_grams[i], grams_of[j]) + near >= (HEADS_LIKE if heads else LIKE):
                yield dice(one_grams[i], grams_of[j]) + near, -abs(places.rank(i, j)), -i, -j

    def candidates(
        self, ones: dict[int, Grams], others: dict[int, Grams], places: _Places
    ) -> Iterator[tuple[int, int]]:
        """Pairs worth looking at, each once: those that share rare pairs of characters, and those of a small gap."""
        having: dict[str, list[int]] = defaultdict(list)
        for j, grams_of in others.items():
            for gram in grams_of:
                having[gram].append(j)
        gap_ones, gap_others = places.by_gap(ones, before=True), places.by_gap(others, before=False)
        for i, grams_of in ones.items():
            rare = (j for gram in grams_of if len(having.get(gram, ())) <= COMMON for j in having.get(gram, ()))
            best = [j for j, _ in Counter(rare).most_common(BEST)]
            gap = places.gap[i]
            beside = gap_others.get(gap, []) if len(gap_ones[gap]) * len(gap_others.get(gap, ())) <= SMALL else []
            for j in dict.fromkeys((*best, *beside)):
                if self.keys[i][0] == self.others[j][0]:
                    yield i, j


class _Places:
    """Where unmatched passages stand: between which matched ones, in which sections, beside how many."""

    def __init__(self, matching: _Matching) -> None:
        self.before, self.after = matching.before, matching.after
        fence = [(-1, -1), *rising(sorted(matching.found.items())), (len(self.before), len(self.after))]
        self.gap: dict[int, int] = {}
        self.other_gap: dict[int, int] = {}
        for number, ((a, c), (b, d)) in enumerate(pairwise(fence)):
            self.gap |= dict.fromkeys(range(a + 1, b + 1), number)
            self.other_gap |= dict.fromkeys(range(c + 1, d + 1), number)
        self.sections = {(): ()} | {
            self.before[i].sections: self.after[j].sections
            for i, j in sorted(matching.found.items(), reverse=True)
            if _opens(self.before, i) and _opens(self.after, j)
        }
        ones, others = matching.left()
        self.alone = Counter(self.before[i].sections for i in ones if self.before[i].kind != HEAD)
        self.other_alone = Counter(self.after[j].sections for j in others if self.after[j].kind != HEAD)

    def by_gap(self, indices: dict[int, Grams], *, before: bool) -> dict[int, list[int]]:
        gap = self.gap if before else self.other_gap
        found: dict[int, list[int]] = defaultdict(list)
        for index in indices:
            found[gap[index]].append(index)
        return found

    def near(self, i: int, j: int) -> float:
        """What the places of two passages say for their being the same."""
        section, other = self.before[i].sections, self.after[j].sections
        same = self.sections.get(section) == other
        alone = same and section != () and self.alone[section] == 1 == self.other_alone[other]
        return SAME_GAP * (self.gap[i] == self.other_gap[j]) + SAME_SECTION * same + ALONE * alone

    def rank(self, i: int, j: int) -> int:
        """How far the two stand apart."""
        return self.gap[i] - self.other_gap[j] or i - j


def _opens(passages: Sequence[Passage], index: int) -> bool:
    """Whether the passage is the first of its section."""
    return index == 0 or passages[index - 1].sections != passages[index].sections


Grams = frozenset[str]


def grams(words: str) -> Grams:
    """The pairs of neighbouring characters."""
    return frozenset(words[n : n + 2] for n in range(max(len(words) - 1, 1)))


def dice(one: Grams, other: Grams) -> float:
    """How much of two sets is common, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))
