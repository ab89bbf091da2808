"""期间: month, quarter, half-year, year or a run of months; their arithmetic and their wording."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass

from drafter.numeral import half_width


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


_STEMS: tuple[tuple[re.Pattern[str], Callable[[list[int]], Period]], ...] = (
    (re.compile(r"(\d{4})-(\d\d)\.\.(\d{4})-(\d\d)"), lambda g: _run(*g)),
    (re.compile(r"(\d{4})-(\d\d)"), lambda g: month(g[0], g[1])),
    (re.compile(r"(\d{4})[Qq]([1-4])"), lambda g: part(g[0], 3, g[1])),
    (re.compile(r"(\d{4})[Hh]([12])"), lambda g: part(g[0], 6, g[1])),
    (re.compile(r"(\d{4})"), lambda g: part(g[0], 12, 1)),
    (re.compile(r"(\d{4})年(\d{1,2})月份?"), lambda g: month(g[0], g[1])),
    (re.compile(r"(\d{4})年(\d{1,2})[—\-~～至](\d{1,2})月份?"), lambda g: months(g[0], g[1], g[2])),
    (re.compile(r"(\d{4})年"), lambda g: part(g[0], 12, 1)),
)


def _run(year: int, first: int, end_year: int, last: int) -> Period:
    if year != end_year:
        raise ValueError((year, end_year))
    return months(year, first, last)


def parse(text: str) -> Period | None:
    """The period of a file stem or of a date word (2022-09, 2022Q3, 2022H1, 2022, 2022-01..2022-05, 2022年9月,
    2022年上半年); None when it is none.
    """
    half = half_width(text.strip())
    for pattern, make in _STEMS:
        found = pattern.fullmatch(half)
        if found:
            try:
                return make([int(g) for g in found.groups()])
            except ValueError:
                return None
    found = re.fullmatch(r"(\d{4})年?(.+)", half)
    return relative(found[2], part(int(found[1]), 12, 1)) if found and 1900 <= int(found[1]) <= 2199 else None


_PARTS = {
    "一季度": (3, 1), "二季度": (3, 2), "三季度": (3, 3), "四季度": (3, 4),
    "第一季度": (3, 1), "第二季度": (3, 2), "第三季度": (3, 3), "第四季度": (3, 4),
    "上半年": (6, 1), "下半年": (6, 2), "全年": (12, 1), "本年": (12, 1),
}  # fmt: skip
_MONTHS = re.compile(r"(?:(\d{1,2})[—\-~～至])?(\d{1,2})月份?")


def relative(text: str, base: Period) -> Period | None:
    """A period named from another one's year: 一季度, 上半年, 1—5月, 5月, 前三季度, 全年, 上年同期, 上期, 下期."""
    half = half_width(text.strip())
    if half in _PARTS:
        return part(base.year, *_PARTS[half])
    if half == "前三季度":
        return months(base.year, 1, 9)
    if half in _STEPS:
        return _STEPS[half](base)
    found = _MONTHS.fullmatch(half)
    try:
        if found:
            last = int(found[2])
            return months(base.year, int(found[1]), last) if found[1] else month(base.year, last)
    except ValueError:
        return None
    return parse(half) if half[:4].isdigit() else None


def last_year(period: Period) -> Period:
    """上年同期: the same months a year before."""
    return Period(period.first - 12, period.last - 12, period.run)


def previous(period: Period) -> Period:
    """上期: the period before; of a run (1—5月) the run that ends a month earlier (1—4月)."""
    if period.run:
        return Period(period.first, max(period.first, period.last - 1), run=True)
    return Period(period.first - period.months, period.last - period.months)


def following(period: Period) -> Period:
    """下期: the period after; of a run the run that ends a month later, and in December next January's."""
    if not period.run:
        return Period(period.first + period.months, period.last + period.months)
    if period.month == 12:
        return Period(period.last + 1, period.last + 1, run=True)
    return Period(period.first, period.last + 1, run=True)


_STEPS = {"上年同期": last_year, "上期": previous, "下期": following}


def name(period: Period) -> str:
    """2022年9月, 2022年一季度, 2022年上半年, 2022年, 2022年1—5月."""
    return f"{period.year}年{short(period)}" if period.kind != "年" else f"{period.year}年"


def short(period: Period) -> str:
    """The period without its year: 9月, 一季度, 上半年, 全年, 1—5月."""
    if period.run:
        return span_words(period.first_month, period.month)
    if period.kind == "月":
        return f"{period.month}月"
    if period.kind == "季":
        return f"{'一二三四'[(period.first_month - 1) // 3]}季度"
    return "全年" if period.kind == "年" else ("上半年" if period.first_month == 1 else "下半年")


def span_words(first: int, last: int) -> str:
    """1—5月; one month alone is 1月. Source: official-style 3.1 (range with U+2014)."""
    return f"{last}月" if first == last else f"{first}—{last}月"


def end(period: Period) -> str:
    """期末: 9月底."""
    return f"{period.month}月底"


def last_day(period: Period) -> tuple[int, int, int]:
    """Year, month and day of the last day, leap years counted."""
    return period.year, period.month, monthrange(period.year, period.month)[1]


def date_words(date: tuple[int, int, int]) -> str:
    """成文日期 without padding: 2022年9月30日. Source: GB/T 9704-2012 7.3.5.4."""
    return f"{date[0]}年{date[1]}月{date[2]}日"


_DATE = re.compile(r"(\d{4})[年\-/.](\d{1,2})[月\-/.](\d{1,2})日?")


def read_date(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of 2022年9月30日 or 2022-09-30; None when there is no such day."""
    found = _DATE.fullmatch(half_width(text.strip()))
    if not found:
        return None
    year, number, day = int(found[1]), int(found[2]), int(found[3])
    fits = 1900 <= year <= 2199 and 1 <= number <= 12 and 1 <= day <= monthrange(year, number)[1]
    return (year, number, day) if fits else None


def words(period: Period) -> dict[str, str]:
    """The words of a period that templates may print, by name."""
    return {
        "期间": name(period),
        "期末": end(period),
        "年": str(period.year),
        "月": str(period.month),
        "当期": short(period),
        "累计期": span_words(1, period.month),
        "上年": str(period.year - 1),
        "下年": str(period.year + 1),
        "上年同期": name(last_year(period)),
        "上期": name(previous(period)),
        "下期": name(following(period)),
        "期末日": date_words(last_day(period)),
    }


def time_share(period: Period) -> tuple[int, int]:
    """(months gone, 12): 序时进度 of the year at the end of the period."""
    return period.month, 12
