"""Where what was not generated before goes: behind the unit it follows, wherever a hand moved that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from drafter.merge.desk import Desk
from drafter.merge.units import Unit
from drafter.plan import PARAGRAPH, ROW, TABLE, Insertion


@dataclass(slots=True)
class Insertions:
    """Puts every unit in that is new, or that moves."""

    desk: Desk
    back: Mapping[int, int]
    """Unit now → unit before, of those that stay where they are."""
    tables: set[int] = field(default_factory=set)
    """Tables of the new draft that were put in whole."""

    def run(self) -> None:
        desk = self.desk
        rows = self._rows()
        for j, unit in enumerate(desk.now):
            if j in self.back:
                continue
            if unit.table is None:
                self.put(PARAGRAPH, unit, self.anchor(j, range(len(desk.now))))
            elif any(self._stays(n) for n in rows[unit.table]):
                self.put(ROW, unit, self.anchor(j, rows[unit.table]))
            elif unit.table not in self.tables and not self._deleted(rows[unit.table]):
                self.tables.add(unit.table)
                self.put(TABLE, unit, self.anchor(j, range(len(desk.now))))

    def _rows(self) -> dict[int, range]:
        found: dict[int, list[int]] = defaultdict(list)
        for j, unit in enumerate(self.desk.now):
            if unit.table is not None:
                found[unit.table].append(j)
        return {table: range(rows[0], rows[-1] + 1) for table, rows in found.items()}

    def _stays(self, j: int) -> bool:
        """Whether a unit stands in the file and stays where it is."""
        return j in self.back and self.back[j] in self.desk.homes.homes

    def _deleted(self, rows: range) -> bool:
        """Whether a hand deleted the table: there was one, and nothing of it is left."""
        return any(j in self.back for j in rows)

    def anchor(self, j: int, among: range) -> tuple[int, bool] | None:
        """(paragraph of the file, whether before it) that unit j goes to."""
        homes = self.desk.homes
        for n in range(j - 1, among.start - 1, -1):
            if self._stays(n):
                return homes.units[homes.homes[self.back[n]]].indices[-1], False
        for n in range(j + 1, among.stop):
            if self._stays(n):
                return homes.units[homes.homes[self.back[n]]].first, True
        return None

    def put(self, what: str, unit: Unit, where: tuple[int, bool] | None) -> None:
        desk = self.desk
        at, before = where or (len(desk.here) - 1, False)
        desk.insertions.append(Insertion(what, unit.first, at, before, unit.text.replace("\n", " | ")))
