"""Periods as they are written: stems of facts files, and what people type."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable

from drafter.numeral import half_width, ordinal
from drafter.period.calendar import (
    Period,
    before,
    following,
    last_year,
    month,
    month_away,
    months,
    part,
    quarter_away,
    same_months,
    year_so_far,
)

_DASH = r"[—–―\-~～〜至到]"
_Maker = Callable[..., Period]
_Row = tuple[re.Pattern[str], _Maker]


def _rows(*rows: tuple[str, _Maker]) -> tuple[_Row, ...]:
    return tuple((re.compile(pattern, re.ASCII), make) for pattern, make in rows)


def _long_run(year: int, first: int, end_year: int, last: int) -> Period:
    if year != end_year:
        raise ValueError((year, end_year))
    return months(year, first, last)


_STEMS = _rows(
    (r"(\d{4})-(\d\d)", month),
    (r"(\d{4})[Qq]([1-4])", lambda y, n: part(y, 3, n)),
    (r"(\d{4})[Hh]([12])", lambda y, n: part(y, 6, n)),
    (r"(\d{4})年?", lambda y: part(y, 12, 1)),
    (r"(\d{4})-(\d\d)\.\.(\d{4})-(\d\d)", _long_run),
    (r"(\d{4})年(\d{1,2})月份?", month),
    (r"(\d{4})年(\d{1,2})[—\-~～至](\d{1,2})月份?", months),
)
"""What a facts file may be called."""
_LOOSE = _rows(
    (r"(\d{4})[-./](\d{1,2})", month),
    (r"(\d{4})(\d\d)", month),
    (r"(\d{4})[-年]?[Qq]([1-4])", lambda y, n: part(y, 3, n)),
    (r"(\d{4})[-年]?[Hh]([12])", lambda y, n: part(y, 6, n)),
    (rf"(\d{{4}})[-.](\d{{1,2}})(?:\.\.|{_DASH})(\d{{4}})[-.](\d{{1,2}})", _long_run),
    (rf"(\d{{4}})年(\d{{1,2}})月{_DASH}(\d{{4}})年(\d{{1,2}})月", _long_run),
)
"""What people type besides, digits alone or with both years."""
_OF_YEAR = _rows(
    (r"(?:全年)?", lambda y: part(y, 12, 1)),
    (r"第?([1-4])季度?", lambda y, n: part(y, 3, n)),
    (r"[Qq]([1-4])", lambda y, n: part(y, 3, n)),
    (r"上半年|[Hh]1", lambda y: part(y, 6, 1)),
    (r"下半年|[Hh]2", lambda y: part(y, 6, 2)),
    (r"前([23])个?季度", lambda y, n: months(y, 1, 3 * n)),
    (r"前(\d{1,2})个?月", lambda y, n: months(y, 1, n)),
    (r"(\d{1,2})月份?(?:当月)?", month),
    (rf"(\d{{1,2}})(?:月份?)?{_DASH}(\d{{1,2}})月份?(?:累计)?", months),
)
"""What stands behind a year, or alone."""
_UNTIL = _rows((r"(\d{1,2})月[底末份]?", lambda y, n: months(y, 1, n)), (r"年[底末]", lambda y: months(y, 1, 12)))
"""What stands behind 截至 and perhaps a year: everything from January on."""


def _first(rows: tuple[_Row, ...], text: str, *year: int) -> Period | None:
    """The period of the first row that fits, None when it does not exist."""
    for pattern, make in rows:
        found = pattern.fullmatch(text)
        if found:
            try:
                return make(*year, *(int(g) for g in found.groups()))
            except ValueError:
                return None
    return None


_CAREFUL = re.compile(r"(\d{4})年?([一二三四]季度|第[一二三四]季度|[上下]半年|全年|前三季度)", re.ASCII)


def parse(text: str) -> Period | None:
    """The period of a file stem or of its plain name: 2022-09, 2022Q3, 2022H1, 2022, 2022-01..2022-05, 2022年9月,
    2022年1—5月, 2022年上半年, 2022年三季度, 2022年前三季度; None when it is none.

    Why strict: what it does not take is told as a misnamed file; for what people type there is `read`.
    """
    half = half_width(text.strip())
    found = _CAREFUL.fullmatch(half)
    return _first(_OF_YEAR, _arabic(found[2]), int(found[1])) if found else _first(_STEMS, half)


_ZEROS = "〇零○"
_YEAR_WORD = re.compile(rf"[{_ZEROS}一二三四五六七八九]{{4}}(?=年)")
_YEAR_DIGITS = str.maketrans(_ZEROS + "一二三四五六七八九", "000123456789")
_COUNT_WORD = re.compile(rf"[一二三四五六七八九十]+(?=个?[月季]|{_DASH})")
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000\u00a0]+|[ \u3000\u00a0]+(?=[\u4e00-\u9fff])")


def _arabic(text: str) -> str:
    """The text with half-width digits for 汉字 in years, months and quarters, without blanks beside 汉字."""
    half = _BLANK.sub("", half_width(text.strip())).replace("两个", "2个").replace("两季", "2季").replace("元月", "1月")
    half = _YEAR_WORD.sub(lambda m: m[0].translate(_YEAR_DIGITS), half)
    return _COUNT_WORD.sub(lambda m: str(ordinal(m[0]) or m[0]), half)


_STEPS: dict[str, Callable[[Period], Period]] = {
    "本期": lambda p: p,
    **dict.fromkeys(("上年同期", "去年同期"), last_year),
    "上期": before,
    "下期": following,
    **dict.fromkeys(("本月", "当月"), lambda p: month_away(p, 0)),
    "上月": lambda p: month_away(p, -1),
    "下月": lambda p: month_away(p, 1),
    **dict.fromkeys(("去年同月", "上年同月"), lambda p: month_away(p, -12)),
    **dict.fromkeys(("本季度", "当季", "本季"), lambda p: quarter_away(p, 0)),
    **dict.fromkeys(("上季度", "上季"), lambda p: quarter_away(p, -1)),
    **dict.fromkeys(("下季度", "下季"), lambda p: quarter_away(p, 1)),
    **dict.fromkeys(("今年以来", "本年以来", "年初以来", "今年来"), year_so_far),
}
"""Words that name a period from another one."""


_BY = re.compile(r"截[至止]到?|截止至")
_YEAR = re.compile(r"(\d{4})(?:年度?(?![底末])|(?=\D))", re.ASCII)
_YEAR_WORDS = {"今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "下年": 1}


def read(text: str, base: Period | None = None) -> Period | None:
    """The period that a person typed; with a `base` also one named from it. None when it is none.

    Understood: all that `parse` takes; 2022-9, 2022.9, 202209, 二〇二二年九月, 2022年9月份, 2022年1月至9月, 2022年第3季度,
    2022年前5个月, 截至2022年9月底 (the run 1—9月). From a base: 9月, 九月份, 1—9月, Q3, 三季度, 上半年, 全年,
    前三季度, 截至9月底; 今年以来 (1月 to the base's last month), 上月, 上季度, 上期, 去年, 去年同期, 2021年同期, 去年9月.
    Refused: 2022-09-30 and other days, 5—1月, 跨年 runs, 9月底 and 上年末 (a day, or a run?).
    """
    said = _arabic(text)
    known = parse(text) or parse(said) or _first(_LOOSE, said)
    if known:
        return known
    if base and said in _STEPS:
        return _existing(_STEPS[said], base)
    until = _BY.match(said)
    said = said[until.end() :] if until else said
    year, rest = _year_said(said, base)
    if year is None:
        return None
    if base and rest == "同期" != said and not until:
        return _existing(lambda p: same_months(p, year), base)
    return _first(_UNTIL if until else _OF_YEAR, rest, year)


def _existing(step: Callable[[Period], Period], base: Period) -> Period | None:
    """A step from a base, None when it leaves the years that there are."""
    try:
        found = step(base)
        month(found.year, found.month)
    except ValueError:
        return None
    return found


def _year_said(said: str, base: Period | None) -> tuple[int | None, str]:
    """The year that a text names, or the base's; and the rest."""
    found = _YEAR.match(said)
    if found:
        return int(found[1]), said[found.end() :]
    if base is None:
        return None, said
    word = said[:2]
    if word in _YEAR_WORDS:
        return base.year + _YEAR_WORDS[word], said[1:] if said[2:] in ("底", "末") else said[2:].removeprefix("度")
    return (base.year, said) if said else (None, said)


def relative(text: str, base: Period) -> Period | None:
    """期("…") of a template: a period named from another one; see `read`."""
    return read(text, base)


_DATE = re.compile(r"(\d{4})[年\-/.](\d{1,2})[月\-/.](\d{1,2})日?")


def read_date(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of 2022年9月30日 or 2022-09-30; None when there is no such day."""
    found = _DATE.fullmatch(half_width(text.strip()))
    if not found:
        return None
    year, number, day = int(found[1]), int(found[2]), int(found[3])
    fits = 1900 <= year <= 2199 and 1 <= number <= 12 and 1 <= day <= monthrange(year, number)[1]
    return (year, number, day) if fits else None
