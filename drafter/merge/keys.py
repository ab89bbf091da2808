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
facts file."""
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
    return _keyed(before, ones, named), _keyed(now, others, named)


def _keyed(record: Record, lists: _Lists, named: Mapping[str, str | None]) -> dict[str, Key]:
    return {name: _key(value, lists, named, record.period) for name, value in record.figures.items()}


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


def _key(value: Traced, lists: _Lists, named: Mapping[str, str | None], report: str) -> Key:
    origin = value.origin

    def called(item: re.Match[str]) -> str:
        where = origin.fact[: item.start()]
        name = named.get(where)
        text = lists.found[where][name].get(item[1], "") if name is not None and where in lists.found else ""
        return f"〔{text}〕" if text else item[0]

    fact = _ITEM.sub(called, origin.fact)
    folder = origin.span.file.rpartition("/")[0] if origin.span else ""
    drawn = _key(value.drawn[0], lists, named, report) if value.drawn else ()
    period = _relative(origin.period, report)
    return (fact, period, "" if origin.missing else origin.formula, folder, *(("图", *drawn) if drawn else ()))
