"""The state of every figure: lost before edited before stale before same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from drafter.trace import Printed, Record, Traced
from drafter.tracing import drawn
from drafter.tracing.drawn import Cells
from drafter.tracing.model import EDITED, LOST, SAME, STALE, Seen
from drafter.tracing.spots import Standing, Standings


@dataclass(frozen=True, slots=True)
class Judge:
    """What a file was generated from, what stands in it, and what would be generated now."""

    record: Record
    paragraphs: Sequence[Printed]
    standings: Standings
    address: Callable[[Standing], str]
    cells: Callable[[Standing], Cells | None]
    """What a chart shows."""
    typed: Mapping[str, Standing]
    """Bookmark that is gone → what a hand typed in its place."""
    now: Record | None
    """None: nobody can tell."""
    pairs: Mapping[str, str] = field(default_factory=dict)
    """Bookmark → bookmark of the same figure in `now`."""

    def figures(self) -> Iterator[Seen]:
        """Every figure, in the order of the file; a lost one behind the one that it was printed behind."""
        placed: list[tuple[tuple[int, int, int], str, Standing | None]] = []
        last = (-1, 0, 0)
        for name, value in self.record.figures.items():
            here = self.standings.of_figure(name, value)
            place = here or self.typed.get(name)
            last = (place.at, place.start, 0) if place else (*last[:2], last[2] + 1)
            placed.append((last, name, here))
        for _, name, here in sorted(placed, key=lambda row: row[0]):
            yield from self.seen(name, here)

    def seen(self, name: str, here: Standing | None) -> Iterator[Seen]:
        was, now = self.record.figures[name], self.now_of(name)
        if was.drawn:
            yield from self.chart(name, was, now, here)
        elif here is None:
            yield self.lost(name, was, now)
        else:
            edited = here.text != was.text
            state = EDITED if edited else self.kept(was, now)
            agrees = edited and self.agrees(was, now, here)
            yield Seen(name, state, here.text, was, now, self.address(here), agrees)

    def now_of(self, name: str) -> Traced | None:
        """The same figure as it would be printed now."""
        other = self.pairs.get(name)
        return self.now.figures.get(other) if self.now is not None and other is not None else None

    def kept(self, was: Traced, now: Traced | None) -> str:
        """The state of what nobody edited: 下降5% → 增长5% is stale, though the figure is the same."""
        return SAME if self.now is None or (now is not None and now.wording == was.wording) else STALE

    def lost(self, name: str, was: Traced, now: Traced | None) -> Seen:
        """A figure whose bookmark is gone, with what a hand typed in its place."""
        typed = self.typed.get(name)
        if typed is None:
            return Seen(name, LOST, was.text, was, now)
        agrees = self.agrees(was, now, typed) if self.now is not None else typed.text == was.text
        return Seen(name, LOST, was.text, was, now, self.address(typed), agrees, typed.text)

    def agrees(self, was: Traced, now: Traced | None, here: Standing) -> bool:
        """Whether a hand wrote what the facts say now, with the words around it where they say something else now."""
        if now is None or here.text != now.text:
            return False
        before, behind = here.before(self.paragraphs), here.behind(self.paragraphs)
        same = (was.lead, was.tail) == (now.lead, now.tail)
        return same or (before.endswith(now.lead) and behind.startswith(now.tail))

    def chart(self, name: str, was: Traced, now: Traced | None, here: Standing | None) -> Iterator[Seen]:
        """The values of a chart: lost and edited with it, stale one by one."""
        shown = self.cells(here) if here is not None else None
        texts = drawn.texts(was.drawn, shown) if shown is not None else [""] * len(was.drawn)
        values = drawn.beside(was.drawn, now.drawn if now is not None else ())
        where = self.address(here) if here is not None else ""
        edited = texts != [value.text for value in was.drawn]
        agrees = edited and all(t == (v.text if v else "") for t, v in zip_longest(texts, values))
        for value, text, one in zip(was.drawn, texts, values, strict=True):
            stale = self.now is not None and (one is None or one.text != value.text)
            state = LOST if here is None else EDITED if edited else STALE if stale else SAME
            yield Seen(
                name, state, value.text if state == LOST else text, value, one, where, agrees and state == EDITED
            )
