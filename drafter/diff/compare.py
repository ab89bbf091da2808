"""Compare two reports: every passage of both once, in a pair that says what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from drafter.diagnostic import Diagnostic, note, warning
from drafter.diff import stale
from drafter.diff.align import rising
from drafter.diff.match import matched
from drafter.diff.named import Figure, figures
from drafter.diff.passages import ROW, TEXT, Passage, passages
from drafter.diff.tokens import FIGURE, PERIOD, Token, tokens
from drafter.diff.words import REWRITTEN, Versions, versions
from drafter.outline import Outline
from drafter.period import Period

SAME, DATED, FIGURES, WORDING, ADDED, DROPPED, MOVED = (
    "same",
    "period",
    "figures",
    "wording",
    "added",
    "dropped",
    "moved",
)
"""States: as it was; only words of the period changed; only figures (and they) did; words did; and the rest."""
LONG = 80
"""Characters of a paragraph that should not stay word for word the same."""
NAMED = 3
"""Figures that a finding names."""
TELLING = 4
"""Characters of a name that says which figure is meant, wherever it stands."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reports, and its period where it is known."""

    outline: Outline
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that changed."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage and what became of it; one of the two is None when it was added or dropped."""

    state: str
    before: Passage | None
    after: Passage | None
    moved: bool = False
    figures: tuple[Change, ...] = ()
    versions: Versions | None = None
    """The two word by word, when the wording changed."""
    copied: str = ""
    """Why it is a doubt that it stayed as it was; empty when it is none."""

    @property
    def passage(self) -> Passage:
        """The later of the two, else the earlier."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def rewritten(self) -> bool:
        """Whether the wording changed so much that word by word says nothing."""
        return self.versions is not None and self.versions.kept < REWRITTEN


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A figure that both reports have under one name in passages that are not the same."""

    change: Change
    before: Passage
    after: Passage


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side, in the order of the later one."""

    before: Period | None
    after: Period | None
    pairs: tuple[Pair, ...]
    elsewhere: tuple[Elsewhere, ...]
    stale: tuple[Diagnostic, ...]
    copied: tuple[Diagnostic, ...]

    @property
    def checks_periods(self) -> bool:
        """Whether words of the earlier period could be looked for."""
        return self.before is not None and self.after is not None and self.before.last < self.after.last


def compare(before: Side, after: Side) -> Comparison:
    """Compare two reports. Never raises; time grows with their length.

    Passages are matched by what they say when figures and words of periods are masked, so that inserted and dropped
    sections put nothing out of step.
    """
    return _Comparing(before, after, passages(before.outline), passages(after.outline)).run()


@dataclass(slots=True)
class _Comparing:
    earlier: Side
    later: Side
    before: list[Passage]
    after: list[Passage]
    stale: list[Diagnostic] = field(default_factory=list)
    copied: list[Diagnostic] = field(default_factory=list)
    loose: tuple[list[tuple[Figure, Passage]], list[tuple[Figure, Passage]]] = field(default_factory=lambda: ([], []))
    """Figures of either side without a partner."""

    def run(self) -> Comparison:
        found = matched(self.before, self.after)
        straight = set(rising(found))
        pairs = {j: self.pair(self.before[i], self.after[j], moved=(i, j) not in straight) for i, j in found}
        for j in sorted(set(range(len(self.after))) - pairs.keys()):
            pairs[j] = self.added(self.after[j])
        ordered = self.ordered(pairs, dict(found))
        elsewhere = tuple(_elsewhere(*self.loose))
        said = tuple(sorted(self.stale, key=lambda d: d.span))
        return Comparison(self.earlier.period, self.later.period, ordered, elsewhere, said, tuple(self.copied))

    def ordered(self, pairs: dict[int, Pair], found: dict[int, int]) -> tuple[Pair, ...]:
        """The pairs in the order of the later report, what was dropped behind what stood before it."""
        behind: dict[int, list[Pair]] = {}
        at = -1
        for i, passage in enumerate(self.before):
            if i in found:
                at = found[i]
            else:
                behind.setdefault(at, []).append(self.dropped(passage))
        order = [p for j in range(-1, len(self.after)) for p in ([pairs[j]] if j >= 0 else []) + behind.get(j, [])]
        return tuple(order)

    @property
    def periods(self) -> tuple[Period, Period] | None:
        """Earlier and later period, when words of the earlier one would be wrong in the later report."""
        one, other = self.earlier.period, self.later.period
        return (one, other) if one and other and one.last < other.last else None

    @property
    def versions_of_one(self) -> bool:
        """Whether both are about one period, so that what stayed is no doubt."""
        return self.earlier.period is not None and self.earlier.period == self.later.period

    def added(self, passage: Passage) -> Pair:
        made = tokens(passage.line.text)
        self.loose[1].extend((f, passage) for f in figures(passage, made))
        self.written(passage, made)
        return Pair(ADDED, None, passage)

    def dropped(self, passage: Passage) -> Pair:
        self.loose[0].extend((f, passage) for f in figures(passage, tokens(passage.line.text)))
        return Pair(DROPPED, passage, None)

    def pair(self, before: Passage, after: Passage, *, moved: bool) -> Pair:
        one, other = tokens(before.line.text), tokens(after.line.text)
        if [t.key for t in one] == [t.key for t in other]:
            return self.alike(before, after, one, other, moved=moved)
        laid = versions(one, other)
        changes = self.changes(before, after, laid)
        kept = {j for _, j in laid.pairs}
        self.left(after, [other[j] for i, j in laid.pairs if one[i].text == other[j].text])
        self.written(after, [t for j, t in enumerate(other) if j not in kept])
        return Pair(WORDING, before, after, moved, changes, laid)

    def alike(self, before: Passage, after: Passage, one: list[Token], other: list[Token], *, moved: bool) -> Pair:
        """A pair whose words are the same."""
        names, olds = figures(after, other), figures(before, one)
        both = [(old, new) for old, new in zip(olds, names, strict=True) if not (old.numbers and new.numbers)]
        changes = tuple(_change(old, new) for old, new in both if old.text != new.text)
        same = all(a.text == b.text for a, b in zip(one, other, strict=True) if a.kind == PERIOD)
        self.left(after, [b for a, b in zip(one, other, strict=True) if a.text == b.text])
        state = FIGURES if changes else MOVED if moved else SAME if same else DATED
        copied = (
            ""
            if changes or self.versions_of_one
            else _doubt(after, names, other, same=same, one=_one_period(olds, names))
        )
        if copied:
            make = note if copied.startswith("长") else warning
            message = f"{after.address}和上一份一样：{copied}"
            self.copied.append(make("C102", message, after.span, "核对是不是照抄了上一份", after.line.text[:20]))
        return Pair(state, before, after, moved, changes, None, copied)

    def changes(self, before: Passage, after: Passage, laid: Versions) -> tuple[Change, ...]:
        """Figures that changed in a passage whose words did too; those without a partner are kept for elsewhere."""
        olds = {f.token.start: f for f in figures(before, laid.before)}
        news = {f.token.start: f for f in figures(after, laid.after)}
        found: list[Change] = []
        for i, j in laid.pairs:
            if laid.after[j].kind == FIGURE:
                old, new = olds.pop(laid.before[i].start), news.pop(laid.after[j].start)
                if old.text != new.text:
                    found.append(_change(old, new))
        found += [
            e.change for e in _elsewhere([(f, before) for f in olds.values()], [(f, after) for f in news.values()])
        ]
        done = {f.key for f in olds.values()} & {f.key for f in news.values()}
        self.loose[0].extend((f, before) for f in olds.values() if f.key not in done)
        self.loose[1].extend((f, after) for f in news.values() if f.key not in done)
        return tuple(found)

    def left(self, after: Passage, kept: Sequence[Token]) -> None:
        """Look for stale words among those that stayed."""
        if self.periods:
            found = (stale.left(after, t, *self.periods) for t in kept if t.kind == PERIOD)
            self.stale += [d for d in found if d]

    def written(self, after: Passage, new: Sequence[Token]) -> None:
        """Look for stale words among those that are new."""
        if self.periods:
            found = (stale.written(after, t, *self.periods) for t in new if t.kind == PERIOD)
            self.stale += [d for d in found if d]


def _doubt(passage: Passage, found: list[Figure], made: list[Token], *, same: bool, one: str) -> str:
    """Why a passage should not have stayed as it was; empty when it may."""
    if passage.kind not in (TEXT, ROW):
        return ""
    told = [f for f in found if (f.token.unit or f.printed or f.of_row) and not f.numbers]
    if told:
        shown = "、".join(dict.fromkeys(_shown(f) for f in told[:NAMED]))
        more = f"等{len(told)}个数" if len(told) > NAMED else ""
        source = f"（两份都取自{one}）" if one else ""
        return f"{'' if same else '期间改了，'}{shown}{more}没有变{source}"
    if same and any(t.kind == PERIOD for t in made):
        words = "、".join(dict.fromkeys(t.text for t in made if t.kind == PERIOD))
        return f"期间“{words}”没有变"
    return f"长段，{len(passage.line)}字一字未改" if same and len(passage.line) >= LONG else ""


def _one_period(olds: list[Figure], news: list[Figure]) -> str:
    """The stem of the facts file that every figure of both comes from; empty when there is no such one."""
    stems = {f.period if f.printed else "" for f in (*olds, *news)}
    return stems.pop() if len(stems) == 1 else ""


def _change(old: Figure, new: Figure) -> Change:
    return Change(new.name, _lacking(old.text), _lacking(new.text))


def _lacking(text: str) -> str:
    """The figure, or 待补 for one that is not known yet."""
    return "待补" if text.startswith("【") else text


def _shown(figure: Figure) -> str:
    return f"{figure.name}{_lacking(figure.text)}"


def _elsewhere(olds: list[tuple[Figure, Passage]], news: list[tuple[Figure, Passage]]) -> Iterator[Elsewhere]:
    """Figures of the same telling name and unit that both sides have once, and that differ."""
    counts, others = Counter(f.key for f, _ in olds), Counter(f.key for f, _ in news)
    known = {f.key: (f, p) for f, p in olds}
    for figure, passage in news:
        key = figure.key
        if len(key[0]) >= TELLING and counts[key] == 1 == others[key]:
            old, place = known[key]
            if old.text != figure.text:
                yield Elsewhere(_change(old, figure), place, passage)
