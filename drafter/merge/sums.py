"""Tables whose rows a hand added, deleted or kept from going, while their totals stay those of the facts."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

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
    for rows in tables.values():
        there = [homes.units[homes.homes[i]] for i in rows if i in homes.homes]
        total = next(_totals(desk, there), None)
        if total is not None:
            deleted = sum(i not in homes.homes and i in pairs for i in rows)
            counts = (("手删", deleted), *_by_hand(desk, pairs, {unit.table for unit in there}))
            said = "、".join(f"{word}{count}行" for word, count in counts if count)
            if said:
                yield Conflict(SUMS, *total, said, "")


def _by_hand(desk: Desk, pairs: Mapping[int, int], tables: Container[int | None]) -> Iterator[tuple[str, int]]:
    """Rows of tables of the file that are there by a hand alone: typed, or changed and generated no more."""
    homes, gone = desk.homes, {one.at for one in desk.removals}
    lived = set(homes.homes.values())
    rows = [(n, unit) for n, unit in enumerate(homes.units) if unit.table in tables and unit.text.strip()]
    yield "手加", sum(n not in lived for n, _ in rows)
    kept = {n for i, n in homes.homes.items() if i not in pairs}
    yield "手改过、事实里已经没有的", sum(n in kept and not gone & {*unit.indices} for n, unit in rows)


def _totals(desk: Desk, rows: list[Unit]) -> Iterator[tuple[int, int, int]]:
    """(paragraph, start, end) of the totals among some rows of the file."""
    for unit in rows:
        for at in unit.indices:
            for spot in desk.here[at].spots:
                value = desk.was.figures.get(spot.name)
                if value is not None and _TOTAL & set(value.origin.formula.split()):
                    yield at, spot.start, spot.end
