"""Which figure of one record is which of another: by what it says, never by where it stands in a list.

An item of a list is known by its first text that no other item has (产业项目第2项 → 产业项目〔轴承扩产项目〕): when an item
is put in before it, what is said of it must not be said of its neighbour.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from drafter import period as periods
from drafter.trace import Record, Traced

Key = tuple[str, ...]
"""Fact with the names of items instead of their numbers, period as it lies to that of the report, formula, folder of the
facts file where it tells departments apart. Of a chart: its caption, and which of those with the same one."""
_ITEM = re.compile(r"第(\d+)项")
_NUMERIC = re.compile(r"[约近超逾]?[-−+]?[0-9０-９]|【")
"""How a text begins that names nothing: a figure, the mark of a missing fact."""

_Fields = dict[str, dict[str, str]]
"""Field of a list → number of the item → what was printed."""


@dataclass(slots=True)
class _Lists:
    """The list facts of one record: list (with the numbers of lists around it) → fields."""

    found: dict[str, _Fields] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))

    def add(self, value: Traced) -> None:
        fact = value.origin.fact
        for item in _ITEM.finditer(fact):
            behind = fact[item.end() :].removeprefix("的")
            if not _ITEM.search(behind) and not value.origin.formula:
                self.found[fact[: item.start()]][behind].setdefault(item[1], value.text)


def _lists(record: Record) -> _Lists:
    lists = _Lists()
    for value in record.figures.values():
        for one in (value, *value.drawn):
            lists.add(one)
    return lists


def _names(fields: _Fields, name: str) -> bool:
    """Whether a field names the items: each has one, a text, its own."""
    texts = fields.get(name, {})
    every = {number for one in fields.values() for number in one}
    distinct = len(set(texts.values())) == len(texts) == len(every)
    return distinct and not any(_NUMERIC.match(text) or not text for text in texts.values())


def keys(before: Record, now: Record) -> tuple[Mapping[str, Key], Mapping[str, Key]]:
    """Bookmark → key in either record; the same keys are the same figures."""
    ones, others = _lists(before), _lists(now)
    named = {
        where: next((f for f in fields if _names(fields, f) and _names(others.found.get(where, fields), f)), None)
        for where, fields in ones.found.items()
    }
    for where, fields in others.found.items():
        named.setdefault(where, next((f for f in fields if _names(fields, f)), None))
    _uncounted(named, ones, others)
    mine, theirs = _keyed(before, ones, named, "before"), _keyed(now, others, named, "now")
    several = _several(mine) | _several(theirs)
    return _placed(before, mine, several), _placed(now, theirs, several)


UNKNOWN = "?"
"""In place of the field that names the items of a list: they are known by number alone, and there are more or fewer now."""


def _uncounted(named: dict[str, str | None], ones: _Lists, others: _Lists) -> None:
    """Marks the lists whose items nobody can tell from one another."""
    for where in named.keys() & ones.found.keys() & others.found.keys():
        counts = {len({n for field in side.found[where].values() for n in field}) for side in (ones, others)}
        if named[where] is None and len(counts) > 1:
            named[where] = UNKNOWN


_TOGETHER = ("合计", "平均", "表格", "排名")
"""Formulas over many departments: their place is that of whichever comes first."""
_Bare = tuple[Key, str]
"""A key without its folder, and the folder."""


def _keyed(record: Record, lists: _Lists, named: Mapping[str, str | None], side: str) -> dict[str, _Bare]:
    return {name: _key(value, lists, named, record.period, side) for name, value in record.figures.items()}


def _several(keyed: Mapping[str, _Bare]) -> set[Key]:
    """Keys that figures of several departments share."""
    folders: dict[Key, set[str]] = defaultdict(set)
    for key, folder in keyed.values():
        folders[key].add(folder)
    return {key for key, found in folders.items() if len(found - {""}) > 1}


def _placed(record: Record, keyed: Mapping[str, _Bare], several: set[Key]) -> dict[str, Key]:
    """The keys, with the folder where it tells departments apart, and charts that look alike by their order."""
    seen: dict[Key, int] = defaultdict(int)
    found = {}
    for name, (key, folder) in keyed.items():
        whole = (*key, folder if key in several else "")
        if record.figures[name].drawn:
            seen[whole] += 1
            whole = (*whole, str(seen[whole]))
        found[name] = whole
    return found


@lru_cache(256)
def _relative(said: str, report: str) -> str:
    """How a period lies to that of the report: 上月 of September and 上月 of October are said by the same blank."""
    one, other = periods.parse(said), periods.parse(report)
    if one is None or other is None or said == report:
        return "" if said == report else said
    years = one.year - other.year
    apart = {"年": years, "季": (one.last - other.last) // 3, "半年": (one.last - other.last) // 6}
    return f"{one.kind}{apart.get(one.kind, one.last - other.last)}" + (
        f"/{years}/{one.first_month}" if one.run else ""
    )


def _key(value: Traced, lists: _Lists, named: Mapping[str, str | None], report: str, side: str) -> _Bare:
    if value.drawn:
        return ("图", _NUMBERS.sub("", value.text.partition("。")[0]), ""), ""
    origin = value.origin

    def called(item: re.Match[str]) -> str:
        where = origin.fact[: item.start()]
        name = named.get(where)
        if name == UNKNOWN:
            return f"〔{side}{item[1]}〕"
        text = lists.found[where][name].get(item[1], "") if name is not None and where in lists.found else ""
        return f"〔{text}〕" if text else item[0]

    formula = "" if origin.missing else origin.formula
    folder = origin.span.file.rpartition("/")[0] if origin.span else ""
    together = any(word in formula.split() for word in _TOGETHER)
    return (_ITEM.sub(called, origin.fact), _relative(origin.period, report), formula), "" if together else folder


_NUMBERS = re.compile("[0-9０-９]+")
