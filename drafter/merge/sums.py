"""Tables whose rows a hand added or deleted, while their totals stay those of the facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from drafter.merge.desk import Desk
from drafter.merge.units import Unit
from drafter.plan import SUMS, Conflict

_TOTAL = frozenset(("合计", "表格", "平均"))
"""Words of formulas that are of all rows together."""


def sums(desk: Desk, pairs: Mapping[int, int]) -> Iterator[Conflict]:
    """A conflict at the first total of every such table; `pairs`: unit before → unit now."""
    homes = desk.homes
    tables: dict[int, list[int]] = {}
    for i, unit in enumerate(desk.before):
        if unit.table is not None:
            tables.setdefault(unit.table, []).append(i)
    lived = set(homes.homes.values())
    for rows in tables.values():
        there = [homes.units[homes.homes[i]] for i in rows if i in homes.homes]
        total = next(_totals(desk, there), None)
        if total is None:
            continue
        deleted = sum(i not in homes.homes and i in pairs for i in rows)
        tables_here = {unit.table for unit in there}
        typed = sum(
            u.table in tables_here and n not in lived and bool(u.text.strip()) for n, u in enumerate(homes.units)
        )
        if deleted or typed:
            said = "、".join(f"{word}{count}行" for word, count in (("手加", typed), ("手删", deleted)) if count)
            yield Conflict(SUMS, *total, said, "")


def _totals(desk: Desk, rows: list[Unit]) -> Iterator[tuple[int, int, int]]:
    """(paragraph, start, end) of the totals among some rows of the file."""
    for unit in rows:
        for at in unit.indices:
            for spot in desk.here[at].spots:
                value = desk.was.figures.get(spot.name)
                if value is not None and _TOTAL & set(value.origin.formula.split()):
                    yield at, spot.start, spot.end
