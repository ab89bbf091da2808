"""One row of a table of figures: its name, its figure, its place and its share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from drafter.figure import Figure, Indicator
from drafter.numeral import Number
from drafter.source import Basis


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One row of a table: what it is called, and its figure; 排名 gives it a place."""

    name: str
    figure: Figure
    key: str = ""
    place: int = 0
    share: Number | None = None
    """占比: of the whole table, in %; None where the rows do not add up."""
    item: object = field(default=None, compare=False)

    def get(self, name: str) -> object:
        """名称, 名次, 占比, the figure by its name, or any other field of the row."""
        if name == "名称":
            return self.name
        if name == "名次":
            indicator = Indicator(f"{self.name}名次", kind="个数")
            number = Number(Decimal(self.place), str(self.place))
            rank = self.figure.rank
            sources = (lambda _: rank.basis) if rank else None
            return Figure(indicator, self.figure.period, number, span=self.figure.span, formula="排名", sources=sources)
        if name == "占比" and self.share is not None:
            indicator = Indicator(f"{self.name}{self.key}占比", "%", kind="比率")
            return Figure(
                indicator, self.figure.period, self.share, span=self.figure.span, formula="占比", sources=self._shared
            )
        if name == self.key:
            return self.figure
        found = getattr(self.item, "get", None)
        return found(name) if found else None

    def _shared(self, key: str) -> tuple[Basis, ...]:
        """What its share is made of: its own value, and all rows."""
        own = tuple((self.name, written, place) for _, written, place in self.figure.told(key))
        return (*own, *(b for b in (self.figure.rank.basis if self.figure.rank else ()) if b not in own))

    def __iter__(self) -> Iterator[str]:
        return iter(("名称", "名次", "占比", self.key))
