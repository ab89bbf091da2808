"""逐期: one figure over the months of the year, or over the last so many periods, each value from its own file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from drafter import period as periods
from drafter.figure import Figure
from drafter.missing import Missing
from drafter.period import Period
from drafter.phrases.fields import of_figure
from drafter.phrases.phrase import PhraseError, one_figure

MOST = 60
"""Periods that one course may have."""
_INSIDE = {"月": 1, "季": 3}
"""Words for 期数 → months of each period inside the figure's own."""
_YEARS = 5
"""Years that a course of years goes back when nobody says how many."""
_EXAMPLE = "{{ 税收收入|逐期(6)|折线图 }}"


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One period of a course: what it is called (9月), and the figure in it."""

    name: str
    figure: Figure | Missing
    key: str

    def get(self, name: str) -> object:
        """名称 or 期间, the figure by its name, or what a figure says (上年同期, 增幅)."""
        if name in ("名称", "期间"):
            return self.name
        if name == self.key or isinstance(self.figure, Missing):
            return self.figure
        return of_figure(self.figure, name)

    def __iter__(self) -> Iterator[str]:
        return iter(("名称", self.key))


def course(item: object, 期数: object = None) -> tuple[Step, ...] | Missing:
    """逐期: the periods of the year up to the figure's own (1月 to 9月), or the last 期数; a month without a value is missing.

    Of a running total (1—9月) the running totals of the year; of years the last five. 期数 "月" or "季": the months
    or quarters inside the figure's own period, as an annual report shows them. Errors: PhraseError.
    """
    count = 期数 if isinstance(期数, str) and 期数 in _INSIDE else _count(期数)
    if isinstance(item, Missing):
        own = periods.parse(item.period)
        if item.others is None or own is None:
            return item
        return tuple(_steps(item, item.name.partition("（缺")[0], list(_wanted(own, count))))
    figure = one_figure(item)
    return tuple(_steps(figure, figure.name, list(_wanted(figure.period, count))))


def _count(said: object) -> int | None:
    if said is None:
        return None
    if isinstance(said, int) and not isinstance(said, bool) and 2 <= said <= MOST:
        return said
    raise PhraseError(f"期数要写2到{MOST}的整数，或“月”“季”", f"例：{_EXAMPLE}、逐期('月')")


def _steps(item: Figure | Missing, name: str, wanted: list[Period]) -> Iterator[Step]:
    one_year = len({period.year for period in wanted}) == 1
    for period in wanted:
        found = _of(item, period)
        if not isinstance(found, (Figure, Missing)):
            raise PhraseError(f"“{name}”在{periods.name(period)}不是数据，排不成各期", f"逐期用于事实，例：{_EXAMPLE}")
        yield Step(periods.short(period) if one_year and period.kind != "年" else periods.name(period), found, name)


def _of(item: Figure | Missing, period: Period) -> object:
    if isinstance(item, Figure):
        return item.in_period(period)
    return item.others(period) if item.others and str(period) != item.period else item


def _inside(own: Period, word: str) -> Iterator[Period]:
    """The months or quarters of a period; of a month or quarter itself those of its year up to it. Errors: PhraseError."""
    months = _INSIDE[word]
    first = own.first if own.months > months else own.first - own.first % 12
    if own.months % months or own.first % months:
        raise PhraseError(f"{periods.name(own)}分不成几个{word}", f"不写，或写期数，例：{_EXAMPLE}")
    yield from (Period(start, start + months - 1) for start in range(first, own.last + 1, months))


def _wanted(own: Period, count: int | str | None) -> Iterator[Period]:
    """The periods in order. Why runs stay in their year: a running total begins anew in January."""
    if isinstance(count, str):
        yield from _inside(own, count)
        return
    if own.run:
        months = list(range(own.first_month, own.month + 1))[-(count or MOST) :]
        yield from (periods.months(own.year, own.first_month, month) for month in months)
        return
    usual = _YEARS if own.kind == "年" else own.month // own.months
    for back in range((count or usual) - 1, -1, -1):
        shift = back * own.months
        yield Period(own.first - shift, own.last - shift)
