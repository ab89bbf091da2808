"""The period's own words in a line (2022年, 截至9月底, 1-5月) → expressions of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from drafter import period as periods
from drafter.period import Period


@dataclass(frozen=True, slots=True)
class Dated:
    """A word of the period: what it becomes; an empty `template` is a date of another period, which stays."""

    start: int
    end: int
    template: str
    season: bool = False
    """A part of any year (上半年), which names may hold."""


_WORDS = (
    "期末日", "期间", "上年同期", "截至日", "累计期", "月份", "中文月份", "期末", "当期", "累计季度", "年度",
)  # fmt: skip
"""Words of a template that stand for a whole word of the period, the more telling one of two alike first."""
_DASHES = "-—－~～至到"
_DASH = f"[{_DASHES}]"
_MONTH_ENDS = ("底", "末")


@lru_cache(maxsize=8)
def _table(period: Period) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of dates and what each becomes, '' for those that stay; the first that fits is taken."""
    words = periods.words(period)
    rows = {str(words[name]): "{{ " + name + " }}" for name in reversed(_WORDS) if _tells(name, words, period)}
    rows |= {f"{words[name]}年": f"{{{{ {name} }}}}年" for name in ("年", "下年")}
    rows |= {f"{period.month}月{end}": f"{{{{ 月 }}}}月{end}" for end in _MONTH_ENDS if end not in str(words["期末"])}
    rows |= {f"{period.year}年{k}": f"{{{{ 年 }}}}年{v}" for k, v in rows.items() if k[-1] in _MONTH_ENDS}
    rows |= {f"{words['月']}月": "{{ 月 }}月"} if period.kind in ("月", "累计") else {}
    rows |= {f"前{words['月']}个月": "前{{ 月 }}个月"} if period.month > 1 else {}
    rows |= {f"{words['年']}.{words['月']}": "{{ 年 }}.{{ 月 }}"} if period.kind == "月" else {}
    plain = [(f"{_ALONE}{re.escape(k)}", v) for k, v in sorted(rows.items(), key=lambda r: -len(r[0]))]
    ahead = [*_whole(period), *((pattern, "") for pattern in _RANGES)]
    return tuple((re.compile(p + _not_behind(p)), v) for p, v in [*ahead, *plain])


def _whole(period: Period) -> Iterator[tuple[str, str]]:
    """The year from its first day: 2023年1月1日至2023年12月31日, 2023年1月1日至12月31日."""
    first = f"{_ALONE}{period.year}年1月1日"
    yield rf"{first}(?={_DASH}{periods.words(period)['期末日']})", "{{ 年 }}年1月1日"
    if period.kind == "年":
        yield rf"{first}(?={_DASH}12月31日)", "{{ 年 }}年1月1日"
        yield rf"(?<={period.year}年1月1日{_DASH})12月31日", "12月31日"


_ALONE = r"(?<![0-9.])"
_YEAR = "(?:19|20|21)[0-9]{2}"
_RANGES = (
    rf"{_ALONE}[0-9]{{2}}年[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?",
    rf"{_ALONE}{_YEAR}年?{_DASH}{_YEAR}(?:学?年度?)",
    rf"{_ALONE}(?:{_YEAR}年)?[0-9]{{1,2}}月[0-9]{{1,2}}[日号]?{_DASH}(?:[0-9]{{1,2}}月)?[0-9]{{1,2}}[日号]",
    rf"{_ALONE}(?:{_YEAR}年)?[0-9]{{1,2}}月?{_DASH}[0-9]{{1,2}}月份?",
    rf"{_ALONE}(?:{_YEAR}年)?[0-9]{{1,2}}月(?:初|[上中下]旬)",
)
"""Stretches that are no run of the period (2022—2025年, 8-9月, 9月1-30日) and parts of a month: they stay as they are."""


def _tells(name: str, words: dict[str, str], period: Period) -> bool:
    """Whether a word is this period's own: 全年 is the same every year, 6月底 of 上半年 is not."""
    word = str(words[name])
    if word in ("全年",) or (name == "上年同期" and period.kind == "年"):
        return False
    return not (name == "累计季度" and word == words["当期"])


@lru_cache(maxsize=8)
def _run(period: Period) -> re.Pattern[str]:
    """1-5月 of this year or the last, with whatever dash."""
    year = f"(?P<year>{period.year}年|{period.year - 1}年)?"
    first = rf"(?P<first>{'|'.join(sorted({'1', str(period.first_month)}))})"
    return re.compile(rf"{_ALONE}{year}(?P<from>{first}月?{_DASH}){period.month}月(?P<part>份?)(?![0-9]+[日号])")


def _run_words(found: re.Match[str], period: Period) -> str:
    """What a run becomes: a word of the period where one says it, else the month inside it; '' for 7-9月 of a quarter."""
    words = periods.words(period)
    for year, name in ((f"{period.year}年", "年"), (f"{period.year - 1}年", "上年"), ("", "")):
        if (found["year"] or "") == year:
            whole = {str(words[n]): f"{{{{ {n} }}}}" for n in ("期间", "上年同期", "月份", "当期", "累计期")}
            rest = found[0].removeprefix(year)
            if found[0] in whole:
                return whole[found[0]]
            if rest not in whole and found["first"] != "1" and not period.run:
                return ""
            ahead = f"{{{{ {name} }}}}年" if name else ""
            return ahead + whole.get(rest, f"{found['from']}{{{{ 月 }}}}月{found['part']}")
    return ""


def _not_behind(pattern: str) -> str:
    """9月 is no word of the period where a day follows, and 2022年 none where another month does."""
    return {"月": r"(?![0-9]+[日号])", "年": "(?![0-9]{1,2}月)"}.get(pattern[-1], "")


_OTHERS = re.compile(
    rf"{_ALONE}(?:{_YEAR}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?|"
    r"[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}月(?:份|底|末)?|[xX*×]{1,4}年[度]?|[xX*×]{1,2}(?:-[xX*×]{1,2})?月(?:份|底|末)?)|"
    "[一二][〇零○一二三四五六七八九]{3}年(?:[一二三四五六七八九十]{1,2}月(?:[一二三四五六七八九十]{1,3}日)?)?"
)
_SEASONS = re.compile("第?[一二三四]季度|前三季度|[上下]半年")
"""Parts of a year, which a report on a month or a quarter must look at anew each time."""
_COMPARED = re.compile(r"[比较同与和](?:全省)?$")


def dates(line: str, period: Period, shut: frozenset[int]) -> list[Dated]:
    """The dates of a line in order, each once: the period's own with what they become, others without."""
    found: list[Dated] = []
    taken = set(shut)
    for match in _run(period).finditer(line):
        _take(found, taken, match, _run_words(match, period))
    for pattern, template in _table(period):
        for match in pattern.finditer(line):
            _take(found, taken, match, template)
    last = re.compile(rf"(?<![0-9]){period.year - 1}年")
    for match in last.finditer(line):
        if _COMPARED.search(line[: match.start()]) or line.startswith("同期", match.end()):
            _take(found, taken, match, "{{ 上年 }}年")
    for match in _OTHERS.finditer(line):
        _take(found, taken, match, "")
    for match in _SEASONS.finditer(line) if period.kind != "年" else ():
        _take(found, taken, match, "", season=True)
    return sorted(found, key=lambda d: d.start)


def _take(found: list[Dated], taken: set[int], match: re.Match[str], template: str, *, season: bool = False) -> None:
    if taken.isdisjoint(range(*match.span())):
        found.append(Dated(match.start(), match.end(), template, season))
        taken.update(range(*match.span()))
