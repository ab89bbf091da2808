"""Periods as reports call them."""

from __future__ import annotations

import operator
from collections.abc import Callable

from drafter.numeral import chinese
from drafter.period.calendar import Period, before, following, last_day, last_year


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


def date_words(date: tuple[int, int, int]) -> str:
    """成文日期 without padding: 2022年9月30日. Source: GB/T 9704-2012 7.3.5.4."""
    return f"{date[0]}年{date[1]}月{date[2]}日"


_SO_FAR = {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}


def so_far(period: Period) -> str:
    """累计季度, from January to the end of the period: 一季度, 上半年, 前三季度, 全年; between quarters 1—5月."""
    return _SO_FAR.get(period.month, span_words(1, period.month))


def last_year_short(period: Period) -> str:
    """去年同期: 去年9月, 去年三季度, 去年上半年, 去年, 去年1—9月."""
    return "去年" if period.kind == "年" else f"去年{short(period)}"


def spelled_months(period: Period) -> str:
    """中文月份: 九月份, 七至九月份."""
    first, last = chinese(period.first_month), chinese(period.month)
    return f"{last}月份" if first == last else f"{first}至{last}月份"


class Count(str):
    """A year or a month: prints as text and compares with numbers, so that {% if 月 == 12 %} says what it means."""

    __slots__ = ()
    __hash__ = str.__hash__

    def _beside(self, other: object) -> int | None:
        """The other side as a number; None when it is none."""
        if isinstance(other, int) and not isinstance(other, bool):
            return other
        return int(other) if isinstance(other, str) and other.isdecimal() else None

    def __eq__(self, other: object) -> bool:
        number = self._beside(other)
        return str.__eq__(self, other) if number is None else int(self) == number

    def __ne__(self, other: object) -> bool:
        return not self == other

    def _compared(self, other: object, fits: Callable[[int, int], bool]) -> bool:
        number = self._beside(other)
        return NotImplemented if number is None else fits(int(self), number)

    def __lt__(self, other: object) -> bool:
        return self._compared(other, operator.lt)

    def __le__(self, other: object) -> bool:
        return self._compared(other, operator.le)

    def __gt__(self, other: object) -> bool:
        return self._compared(other, operator.gt)

    def __ge__(self, other: object) -> bool:
        return self._compared(other, operator.ge)


def words(period: Period) -> dict[str, str]:
    """The words of a period that templates may print, by name.

    | word | 2022-09 | 2022Q3 | 2022H1 | 2022 | 2022-01..2022-05 |
    |---|---|---|---|---|---|
    | 期间 | 2022年9月 | 2022年三季度 | 2022年上半年 | 2022年 | 2022年1—5月 |
    | 当期 | 9月 | 三季度 | 上半年 | 全年 | 1—5月 |
    | 月份 | 9月份 | 7—9月份 | 1—6月份 | 1—12月份 | 1—5月份 |
    | 中文月份 | 九月份 | 七至九月份 | 一至六月份 | 一至十二月份 | 一至五月份 |
    | 期末 | 9月底 | 9月底 | 6月底 | 12月底 | 5月底 |
    | 截至 | 截至9月底 | 截至9月底 | 截至6月底 | 截至12月底 | 截至5月底 |
    | 截至日 | 截至9月30日 | 截至9月30日 | 截至6月30日 | 截至12月31日 | 截至5月31日 |
    | 期末日 | 2022年9月30日 | 2022年9月30日 | 2022年6月30日 | 2022年12月31日 | 2022年5月31日 |
    | 累计期 | 1—9月 | 1—9月 | 1—6月 | 1—12月 | 1—5月 |
    | 累计季度 | 前三季度 | 前三季度 | 上半年 | 全年 | 1—5月 |
    | 年, 月 | 2022, 9 | 2022, 9 | 2022, 6 | 2022, 12 | 2022, 5 |
    | 年度 | 2022年度 | 2022年度 | 2022年度 | 2022年度 | 2022年度 |
    | 上年, 下年 | 2021, 2023 | … | … | … | … |
    | 上年同期 | 2021年9月 | 2021年三季度 | 2021年上半年 | 2021年 | 2021年1—5月 |
    | 去年同期 | 去年9月 | 去年三季度 | 去年上半年 | 去年 | 去年1—5月 |
    | 上期 | 2022年8月 | 2022年二季度 | 2021年下半年 | 2021年 | 2022年1—4月 |
    | 下期 | 2022年10月 | 2022年四季度 | 2022年下半年 | 2023年 | 2022年1—6月 |

    累计期 and 累计季度 begin in January whatever the period's first month is (3—5月 → 1—5月); 当期 is the period itself.
    Why so few: a word is a name that no fact may have. 今年以来 is the same in every period, so it is just typed.
    """
    day = last_day(period)
    return {
        "期间": name(period),
        "期末": end(period),
        "截至": f"截至{end(period)}",
        "截至日": f"截至{day[1]}月{day[2]}日",
        "年": Count(period.year),
        "年度": f"{period.year}年度",
        "月": Count(period.month),
        "月份": f"{span_words(period.first_month, period.month)}份",
        "中文月份": spelled_months(period),
        "当期": short(period),
        "累计期": span_words(1, period.month),
        "累计季度": so_far(period),
        "上年": Count(period.year - 1),
        "下年": Count(period.year + 1),
        "上年同期": name(last_year(period)),
        "去年同期": last_year_short(period),
        "上期": name(before(period)),
        "下期": name(following(period)),
        "期末日": date_words(day),
    }
