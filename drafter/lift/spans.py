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


_WORDS = (
    "期末日", "期间", "上年同期", "截至日", "累计期", "月份", "中文月份", "期末", "当期", "累计季度", "年度",
)  # fmt: skip
"""Words of a template that stand for a whole word of the period, the more telling one of two alike first."""
_DASHES = "-—－~～至"


@lru_cache(maxsize=8)
def _table(period: Period) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of the period's words and what each becomes, longest first; the first that fits is taken."""
    words = periods.words(period)
    rows = {str(words[name]): "{{ " + name + " }}" for name in reversed(_WORDS) if _tells(name, words, period)}
    rows |= {f"{words[name]}年": f"{{{{ {name} }}}}年" for name in ("年", "下年")}
    rows |= {f"{words['月']}月": "{{ 月 }}月"} if period.kind in ("月", "累计") else {}
    rows |= {f"{words['年']}.{words['月']}": "{{ 年 }}.{{ 月 }}"} if period.kind == "月" else {}
    plain = [(rf"(?<![0-9]){re.escape(k)}", v) for k, v in sorted(rows.items(), key=lambda r: -len(r[0]))]
    compiled = [(re.compile(p + _not_behind(p)), v) for p, v in [*_runs(period), *plain]]
    return tuple(compiled)


def _tells(name: str, words: dict[str, str], period: Period) -> bool:
    """Whether a word is this period's own: 全年 is the same every year, 6月底 of 上半年 is not."""
    word = str(words[name])
    if word in ("全年",) or (name == "上年同期" and period.kind == "年"):
        return False
    return not (name == "累计季度" and word == words["当期"])


def _runs(period: Period) -> Iterator[tuple[str, str]]:
    """1-5月 typed with another dash than the wording's own."""
    for dash in _DASHES:
        if dash != "—":
            yield rf"(?<![0-9])1{dash}{period.month}月", f"1{dash}{{{{ 月 }}}}月"
            yield rf"(?<![0-9])1月{dash}{period.month}月", f"1月{dash}{{{{ 月 }}}}月"


def _not_behind(pattern: str) -> str:
    """9月 is no word of the period where a day follows, and 2022年 none where another month does."""
    return {"月": r"(?![0-9]+[日号])", "年": "(?![0-9]{1,2}月)"}.get(pattern[-1], "")


_OTHERS = re.compile(
    r"(?<![0-9])(?:(?:19|20|21)[0-9]{2}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月[0-9]{1,2}日|"
    r"[0-9]{1,2}[-—－~～至][0-9]{1,2}月份?|[0-9]{1,2}月(?:份|底|末)?|[xX*×]{1,4}年[度]?|[xX*×]{1,2}(?:-[xX*×]{1,2})?月(?:份|底|末)?)"
)
_COMPARED = re.compile(r"[比较同与和](?:全省)?$")


def dates(line: str, period: Period, shut: frozenset[int]) -> list[Dated]:
    """The dates of a line in order, each once: the period's own with what they become, others without."""
    found: list[Dated] = []
    taken = set(shut)
    for pattern, template in _table(period):
        for match in pattern.finditer(line):
            _take(found, taken, match, template)
    last = re.compile(rf"(?<![0-9]){period.year - 1}年")
    for match in last.finditer(line):
        if _COMPARED.search(line[: match.start()]) or line.startswith("同期", match.end()):
            _take(found, taken, match, "{{ 上年 }}年")
    for match in _OTHERS.finditer(line):
        _take(found, taken, match, "")
    return sorted(found, key=lambda d: d.start)


def _take(found: list[Dated], taken: set[int], match: re.Match[str], template: str) -> None:
    if taken.isdisjoint(range(*match.span())):
        found.append(Dated(match.start(), match.end(), template))
        taken.update(range(*match.span()))
