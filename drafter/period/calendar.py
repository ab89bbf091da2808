"""Month, quarter, half-year, year or a run of months, and their arithmetic."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Months from `first` to `last`, counted from year 0 (year * 12 + month - 1); runs stay inside one year.

    `month_count` decides the kind: 1 月, 3 from a quarter's start 季, 6 半年, 12 年, anything else a run (累计).
    """

    first: int
    last: int
    run: bool = False
    """Written as a run (2022-01..2022-06), which is another period than the half-year of the same months."""

    @property
    def year(self) -> int:
        """The calendar year."""
        return self.last // 12

    @property
    def month(self) -> int:
        """The last month, 1–12."""
        return self.last % 12 + 1

    @property
    def first_month(self) -> int:
        """The first month, 1–12."""
        return self.first % 12 + 1

    @property
    def months(self) -> int:
        """How many months it covers."""
        return self.last - self.first + 1

    @property
    def kind(self) -> str:
        """月, 季, 半年, 年 or 累计: the word of 报告.yaml's 周期."""
        if self.run:
            return "累计"
        return {1: "月", 3: "季", 6: "半年", 12: "年"}[self.months]

    def __str__(self) -> str:
        """The stem of its facts file: 2022-09, 2022Q3, 2022H1, 2022, 2022-01..2022-05."""
        if self.run:
            return f"{self.year}-{self.first_month:02}..{self.year}-{self.month:02}"
        if self.kind == "月":
            return f"{self.year}-{self.month:02}"
        if self.kind == "年":
            return f"{self.year}"
        return f"{self.year}{'Q' if self.kind == '季' else 'H'}{(self.first_month - 1) // self.months + 1}"


def month(year: int, number: int) -> Period:
    """A month. Errors: ValueError outside 1–12 or the years 1900–2199."""
    if not (1900 <= year <= 2199 and 1 <= number <= 12):
        raise ValueError((year, number))
    return Period(year * 12 + number - 1, year * 12 + number - 1)


def months(year: int, first: int, last: int) -> Period:
    """A run of months inside a year. Errors: ValueError when it is empty or no month."""
    start, end = month(year, first), month(year, last)
    if start.first > end.last:
        raise ValueError((year, first, last))
    return Period(start.first, end.last, run=True)


def part(year: int, length: int, number: int) -> Period:
    """The number-th quarter (length 3), half-year (6) or year (12). Errors: ValueError when there is none."""
    if not (1 <= number <= 12 // length):
        raise ValueError((year, length, number))
    start = month(year, (number - 1) * length + 1)
    return Period(start.first, start.first + length - 1)


def last_year(period: Period) -> Period:
    """上年同期: the same months a year before."""
    return Period(period.first - 12, period.last - 12, period.run)


def previous(period: Period) -> Period:
    """上期: the period before; of a run (1—5月) the run that ends a month earlier (1—4月), of one month that one itself."""
    if period.run:
        return Period(period.first, max(period.first, period.last - 1), run=True)
    return Period(period.first - period.months, period.last - period.months)


def before(period: Period) -> Period:
    """What 上期 means where it is said: `previous`, and of a run of one month the month before.

    Why two: a running total that has just begun has none before it to be compared with.
    """
    found = previous(period)
    return month_away(period, -1) if found == period else found


def following(period: Period) -> Period:
    """下期: the period after; of a run the run that ends a month later, and in December next January's."""
    if not period.run:
        return Period(period.first + period.months, period.last + period.months)
    if period.month == 12:
        return Period(period.last + 1, period.last + 1, run=True)
    return Period(period.first, period.last + 1, run=True)


def same_months(period: Period, year: int) -> Period:
    """The same months in another year."""
    shift = 12 * (year - period.year)
    return Period(period.first + shift, period.last + shift, period.run)


def month_away(period: Period, count: int) -> Period:
    """The month that lies `count` months behind the period's last one. Errors: ValueError as of `month`."""
    return month((period.last + count) // 12, (period.last + count) % 12 + 1)


def quarter_away(period: Period, count: int) -> Period:
    """The quarter that lies `count` quarters behind the one the period ends in. Errors: ValueError as of `month`."""
    quarter = period.last // 3 + count
    return part(quarter // 4, 3, quarter % 4 + 1)


def year_so_far(period: Period) -> Period:
    """今年以来: the run from January to the period's last month."""
    return months(period.year, 1, period.month)


def last_day(period: Period) -> tuple[int, int, int]:
    """Year, month and day of the last day, leap years counted."""
    return period.year, period.month, monthrange(period.year, period.month)[1]


def time_share(period: Period) -> tuple[int, int]:
    """(months gone, 12): 序时进度 of the year at the end of the period."""
    return period.month, 12
