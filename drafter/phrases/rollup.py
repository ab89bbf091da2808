"""Tables of figures: 合计, 平均, 排名 and 排位 across departments, townships or the items of a list fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from drafter import measure
from drafter.figure import Figure, Operand, Rank, sources_of
from drafter.missing import Missing
from drafter.numeral import Number, plain, rounded
from drafter.phrases.arithmetic import exactly, step
from drafter.phrases.member import Member
from drafter.phrases.phrase import Phrase, PhraseError, Said, short
from drafter.phrases.ranks import rank as rank_words
from drafter.source import Basis, Origin

_CONSTANT = re.compile("可比价|不变价")
_TABLE = '例：{{ 部门表|合计("财政收入") }}，部门表是部门名称的列表，或 [{名称: …, 财政收入: …}] 这样的列表'


@dataclass(frozen=True, slots=True, eq=False)
class Total(Figure):
    """A figure made of others; what it lacks is what they lack."""

    members: tuple[Figure, ...] = ()
    apart: str = ""
    """Whose given growth says that its two values do not compare, so that no 上年同期 is added up."""

    def accumulated(self) -> Figure | Missing:
        """累计: the sum of that of all members."""
        return _accumulated(self.members, self.name)

    def lacks(self, key: str) -> Missing:
        """The first member's missing operand, all of them in the name; a base that must not be added says why."""
        if key == "上年同期" and self.apart:
            hint = f"{self.apart}按可比价，不能用两年的数直接算；合计的增幅另填一个事实"
            return replace(Figure.lacks(self, key), hint=hint)
        lacking = [f.lacks(key) for f in self.members if getattr(f, _FIELDS.get(key, ""), None) is None]
        if not lacking:
            return Figure.lacks(self, key)
        return _together(lacking)


def _together(lacking: Sequence[Missing]) -> Missing:
    """What several figures lack, as one."""
    names = "、".join(dict.fromkeys(m.name for m in lacking))
    entries = "、".join(dict.fromkeys(m.origin().fact for m in lacking))
    return replace(lacking[0], name=names, entry=entries if entries != names else "")


def _accumulated(figures: Sequence[Figure], name: str) -> Figure | Missing:
    """The sum of 累计 of figures; Missing with all that lack it."""
    found = [f.accumulated() for f in figures]
    lacking = [f for f in found if isinstance(f, Missing)]
    if lacking:
        return _together(lacking)
    whole = total([f for f in found if isinstance(f, Figure)])
    return (
        replace(whole, indicator=replace(whole.indicator, name=f"{name}累计")) if isinstance(whole, Figure) else whole
    )


_FIELDS = {"本期": "value", "上年同期": "base", "上期": "previous", "目标": "target"}
"""Operands that add up, and their fields."""


Members = list[Member] | Missing


def members(table: object, name: object = None) -> Members:
    """The rows of a table with the figure called `name`; every one that lacks it in one Missing.

    Shapes: a list of figures (no name), or of rows that answer to names (records of a list fact, departments).
    A row marked `optional` (all departments, nobody named them) is left out when it does not know the name.
    Errors: PhraseError.
    """
    if isinstance(table, Missing):
        return table
    if not isinstance(table, (list, tuple)):
        raise PhraseError(f"“{short(table)}”不是列表，不能合计或排名", _TABLE)
    if not table:
        raise PhraseError("列表是空的，没有数据可说", "先问 {% if 列表 is 已填 %}")
    _once(table)
    found = [one for item in table if (one := _member(item, name)) is not None]
    lacking = [one for one in found if isinstance(one, Missing)]
    if lacking:
        return _together(lacking)
    known = [one for one in found if isinstance(one, Member)]
    if not known:
        return Missing(str(name), unknown=True, hint="部门表里没有一个部门有这个事实，核对名称")
    return known


def _once(table: Sequence[object]) -> None:
    """Errors: PhraseError for a department that stands in the table twice: it would count twice."""
    names = [str(item) for item in table if hasattr(item, "own")]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise PhraseError(f"“{twice}”在表里写了两遍，会算两次", "部门表或列表里留下一个")


def _member(item: object, name: object) -> Member | Missing | None:
    """One row; None when it is optional and does not know the name."""
    if isinstance(item, Missing):
        return item
    if isinstance(item, Figure):
        return _valued(item.name, item, "", item)
    ask: Callable[[str], object] | None = getattr(item, "own", getattr(item, "get", None))
    if not isinstance(name, str) or not name:
        raise PhraseError("合计、排名要说明是哪一项，加引号", _TABLE)
    if ask is None:
        said = str(item)[:20] if isinstance(item, str) else short(item)
        raise PhraseError(f"“{said}”不是部门，也不是一组事实，没有“{name}”", _TABLE)
    value = ask(name)
    if isinstance(value, Missing):
        return None if value.unknown and getattr(item, "optional", False) else value
    if not isinstance(value, Figure):
        raise PhraseError(f"“{called(item)}”的“{name}”不是数据，不能合计或排名", _TABLE)
    return _valued(called(item), value, name, item)


def _valued(label: str, figure: Figure, key: str, item: object) -> Member | Missing:
    return figure.lacks("本期") if figure.value is None else Member(label, figure, key, item=item)


def called(item: object) -> str:
    """What a row is called: its 名称, a department's name, else the first text it has."""
    if isinstance(item, (str, Member)):
        return item.name if isinstance(item, Member) else str(item)
    ask = getattr(item, "get", None)
    keys = list(item) if isinstance(item, Mapping) or hasattr(item, "__iter__") else []
    named = next((k for k in ("名称", "部门", "乡镇", "单位", "地区") if k in keys), "")
    found = ask(named) if ask and named else None
    texts = (ask(k) for k in keys) if ask else ()
    text = found if isinstance(found, str) else next((t for t in texts if isinstance(t, str)), "")
    return str(text) or short(item)


def total(table: object, name: object = None) -> Figure | Missing:
    """合计: the sum of a figure over a table, with its 上年同期, 上期 and 目标 where every row has them."""
    rows = members(table, name)
    if isinstance(rows, Missing):
        return rows
    figures = [row.figure for row in rows]
    first = figures[0]
    _may_add(rows)
    called_so = str(name) if name else f"{first.name}等合计"
    value, base, previous, target = (_sum(figures, f) for f in _FIELDS.values())
    if value is None:
        raise PhraseError(f"“{called_so}”里有约数，加起来说不准", "把约数改成准确的数")
    apart = next((row.name for row in rows if _apart(row.figure)), "")
    indicator = replace(first.indicator, name=called_so, span=None)
    estimate = any(f.estimate for f in figures)
    return Total(
        indicator,
        first.period,
        value,
        None if apart else base,
        previous,
        target,
        estimate=estimate,
        span=first.span,
        formula="合计",
        sources=_sources(rows),
        members=tuple(figures),
        apart=apart,
    )


def _sources(rows: Sequence[Member]) -> Callable[[str], tuple[Basis, ...]]:
    """The rows as what a figure is made of."""
    return sources_of([(row.name, row.figure) for row in rows])


def _worth(number: Number, unit: str) -> Decimal:
    """The worth of the last written digit in a unit."""
    return step(number, measure.converted(Decimal(1), number.unit or unit, unit) or Decimal(1))


@exactly
def _apart(figure: Figure) -> bool:
    """Whether a given growth cannot come from the two values, however they were rounded: then they do not compare."""
    growth, value, base = figure.growth, figure.value, figure.base
    if growth is not None and _CONSTANT.search(figure.notes.get("口径", "")):
        return True
    if growth is None or value is None or base is None:
        return False
    near, far, room = _worth(value, figure.unit) / 2, _worth(base, figure.unit) / 2, step(growth) / 2
    if base.value <= far:
        return True
    low = ((value.value - near) / (base.value + far) - 1) * 100
    high = ((value.value + near) / (base.value - far) - 1) * 100
    return not low - room <= growth.value <= high + room


def _may_add(rows: Sequence[Member]) -> None:
    """Errors: PhraseError for rates, and for units that do not convert."""
    rate = next((row.figure for row in rows if row.figure.indicator.is_rate), None)
    if rate is not None:
        raise PhraseError(f"“{rate.name}”是比率，不能相加", "合计总量，再用 占比 或 完成率 算比率")
    for row in rows:
        _alike(rows[0], row, "相加")


def _alike(first: Member, row: Member, what: str) -> Number:
    """The row's value in the first one's unit. Errors: PhraseError when the units do not convert."""
    found = measure.in_unit(row.figure.value, row.figure.unit, first.figure.unit)
    if found is not None:
        return found
    words = "，".join(f"“{_whose(m)}”的单位是{m.figure.unit or '（无）'}" for m in (first, row))
    raise PhraseError(f"{words}，不能{what}", "在 指标.yaml 登记同一个单位，或把单位写在数后面")


def _whose(row: Member) -> str:
    """What a message calls a row's figure: 甲镇的产值, or its own name in a list of figures."""
    return f"{row.name}的{row.key}" if row.key else row.name


def _sum(figures: Sequence[Figure], key: str) -> Operand:
    """The sum of an operand in the first figure's unit; None when one lacks it."""
    numbers: list[Operand] = [measure.in_unit(getattr(f, key), f.unit, figures[0].unit) for f in figures]
    known = [n for n in numbers if n is not None]
    return measure.total(known) if len(known) == len(figures) else None


def mean(table: object, name: object = None, 小数: int | None = None) -> Figure | Missing:
    """平均: the sum divided by the number of rows, rounded once; rates are averaged as they are.

    Its decimals are those asked for, else those of the indicator, else as many as any row has, at least 1.
    """
    rows = members(table, name)
    if isinstance(rows, Missing):
        return rows
    figures = [row.figure for row in rows]
    if not figures[0].indicator.is_rate:
        _may_add(rows)
    numbers = [measure.in_unit(f.value, f.unit, figures[0].unit) for f in figures]
    if any(n is None or any(n.hints) for n in numbers):
        raise PhraseError("有约数或单位不同，算不出平均数", "核对各项的数和单位")
    value = _divided([n.value for n in numbers if n], _decimals(figures) if 小数 is None else 小数)
    indicator = replace(figures[0].indicator, name=f"平均{name or figures[0].name}", decimals=None, span=None)
    number, estimate = Number(value, plain(value)), any(f.estimate for f in figures)
    return Figure(
        indicator,
        figures[0].period,
        number,
        estimate=estimate,
        span=figures[0].span,
        formula="平均",
        sources=_sources(rows),
    )


def _decimals(figures: Sequence[Figure]) -> int:
    """How many decimals a mean has when nobody says it."""
    fixed = figures[0].indicator.decimals
    if fixed is not None:
        return fixed
    steps = (_worth(f.value, f.unit) for f in figures if f.value)
    places = (step.normalize().as_tuple().exponent for step in steps)
    return max(1, *(-places for places in places if isinstance(places, int)))


@exactly
def _divided(values: Sequence[Decimal], decimals: int) -> Decimal:
    return rounded(sum(values, Decimal(0)) / len(values), decimals)


def ranking(table: object, name: object = None, 升序: object = None, 范围: object = "") -> tuple[Member, ...] | Missing:
    """排名: the rows from the best to the last; equal values share a place (并列).

    The best is the largest, or the smallest for 极性 越低越好; 升序 says it outright. With 范围 each figure can be
    asked for its 位次.
    """
    rows = members(table, name)
    if isinstance(rows, Missing):
        return rows
    first = rows[0].figure
    ascending = first.indicator.polarity == "越低越好" if 升序 is None else bool(升序)
    values = [(_alike(rows[0], row, "比").value, row) for row in rows]
    _decided(rows)
    ordered = sorted(values, key=lambda pair: pair[0], reverse=not ascending)
    among = cache(lambda: _sources([row for _, row in ordered])("本期"))
    placed = tuple(_placed(value, row, [v for v, _ in ordered], str(范围 or ""), among) for value, row in ordered)
    return _shared(placed, [value for value, _ in ordered])


def _shared(rows: tuple[Member, ...], values: Sequence[Decimal]) -> tuple[Member, ...]:
    """The rows with their shares of the sum, one decimal each; none for rates, approximate and negative figures."""
    whole = sum(values, Decimal(0))
    plainly = all(not r.figure.indicator.is_rate and r.figure.value and not any(r.figure.value.hints) for r in rows)
    if not plainly or whole <= 0 or min(values) < 0:
        return rows
    shares = (rounded(value * 100 / whole, 1) for value in values)
    return tuple(replace(row, share=Number(s, plain(s), "%")) for row, s in zip(rows, shares, strict=True))


_APART = Decimal("0.9")
"""An approximate number is told from another one when the smaller is at most this part of the greater."""


def _decided(rows: Sequence[Member]) -> None:
    """Errors: PhraseError where 近10万 and 9.9万 could stand either way."""
    values = sorted(((_alike(rows[0], row, "比"), row) for row in rows), key=lambda pair: pair[0].value)
    for (less, one), (more, other) in pairwise(values):
        vague = any((*less.hints, *more.hints))
        if vague and abs(less.value) > abs(more.value) * _APART:
            words = f"“{_whose(one)}”和“{_whose(other)}”里有约数，分不出先后"
            raise PhraseError(words, "把约数改成准确的数")


def _placed(
    value: Decimal, row: Member, values: Sequence[Decimal], scope: str, among: Callable[[], tuple[Basis, ...]]
) -> Member:
    """The row with its place among the ordered values."""
    place = values.index(value) + 1
    rank = Rank(place, scope, row.figure.span, of=len(values), tied=values.count(value) > 1, among=among)
    return replace(row, place=place, figure=replace(row.figure, rank=rank))


def standing(item: object, table: object = None, name: object = None, 范围: object = "") -> Said:
    """排位: where one row stands in a table: 居全县12个乡镇第2位, in the wording of 位次."""
    if isinstance(item, Missing):
        return item
    rows = ranking(table, name, 范围=范围)
    if isinstance(rows, Missing):
        return rows
    wanted = called(item)
    found = next((row for row in rows if row.name == wanted), None)
    if found is None:
        raise PhraseError(f"表里没有“{wanted}”", f"表里有：{'、'.join(row.name for row in rows[:12])}")
    return rank_words(found.figure)


def first(table: object, 个数: object = 3) -> tuple[Any, ...] | Missing:
    """前: the first so many rows of a ranking; rows that tie with the last of them stay too."""
    return _end(table, 个数, lambda rows, n: rows[:n] + _tied(rows[n:], rows[n - 1]))


def last(table: object, 个数: object = 3) -> tuple[Any, ...] | Missing:
    """后: the last so many rows of a ranking; rows that tie with the first of them are there too."""
    return _end(table, 个数, lambda rows, n: _tied(rows[:-n], rows[-n]) + rows[-n:])


def _end(
    table: object, count: object, cut: Callable[[tuple[Any, ...], int], tuple[Any, ...]]
) -> tuple[Any, ...] | Missing:
    if isinstance(table, Missing):
        return table
    if not isinstance(table, (list, tuple)) or not table:
        raise PhraseError(f"“{short(table)}”不是列表", '例：{{ 部门表|排名("财政收入")|前(3)|名单 }}')
    if not isinstance(count, int) or isinstance(count, bool) or count < 1:
        raise PhraseError("个数要写1以上的整数", "例：前(3)")
    rows = tuple(table)
    return rows if count >= len(rows) else cut(rows, count)


def _tied(rest: Sequence[Any], row: object) -> tuple[Any, ...]:
    if not isinstance(row, Member):
        return ()
    return tuple(r for r in rest if isinstance(r, Member) and r.place == row.place)


def names(table: object) -> Said:
    """名单: the names of the rows, joined by 、: 云岭镇、青溪镇."""
    if isinstance(table, Missing):
        return table
    if not isinstance(table, (list, tuple)) or not table:
        raise PhraseError(f"“{short(table)}”不是列表", "名单用于列表")
    pieces: list[tuple[str, Origin | None]] = []
    for index, item in enumerate(table):
        if isinstance(item, Missing):
            return item
        origin = getattr(item, "origin", None)
        if isinstance(item, Member):
            origin = item.figure.origin("排名")
            origin = replace(origin, basis=item.figure.rank.basis) if item.figure.rank else origin
        pieces += [("、", None)] if index else []
        pieces.append((called(item), origin if isinstance(origin, Origin) else None))
    return Phrase(tuple(pieces))
