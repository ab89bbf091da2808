"""出处 in words: what a derived value is made of, as a clerk would say it."""

from __future__ import annotations

from collections.abc import Iterable

from drafter import period as periods
from drafter.source import Basis, Origin, Span

_SIGNS = {"合计": " ＋ ", "和": " ＋ ", "差": " － ", "余项": " － ", "其余": " － "}
"""End of a formula → what stands between its operands; two others are joined by 与, more by 、."""
_DRESS = ("数",)
"""Formulas that only print a value otherwise."""
_WORDS = {"表格": "合计"}
"""Formulas that a clerk calls otherwise."""
_GIVEN = ("增幅", "环比增幅")
"""Operands that were typed instead of computed."""
MOST = 5
"""Places that are named; the others are counted."""


def formula(origin: Origin) -> str:
    """The formula; empty where a value is printed as it was written."""
    words = () if origin.missing else origin.formula.split()
    return " ".join(_WORDS.get(word, word) for word in words if word not in _DRESS)


def called(origin: Origin) -> str:
    """The fact and its period in words: 事故起数 2022年9月."""
    when = periods.parse(origin.period) if origin.span else None
    return f"{origin.fact} {periods.name(when)}" if when else origin.fact


def equation(origin: Origin) -> str:
    """The formula and what it is made of: 同比 = 本期6起 与 上年同期11起."""
    said = formula(origin)
    told = [f"{what}{written}" for what, written, _ in origin.basis if written]
    if not told or not said:
        return said
    if len(told) == 1:
        return _alone(said, next(what for what, written, _ in origin.basis if written), told[0])
    sign = next((sign for word, sign in _SIGNS.items() if said.endswith(word)), " 与 " if len(told) == 2 else "、")
    more = any(_counts(one) for one in origin.basis) and all(place for _, written, place in origin.basis if written)
    return f"{said} = {sign.join(told)}{_rest(origin.basis) if more else ''}"


def _alone(said: str, what: str, told: str) -> str:
    """A value made of one other: 换算为亿元 = 本期34500万元; 同比：填写的增幅3.9%; 位次：第5位."""
    if what in said.split():
        return f"{said}：{told.removeprefix(what)}"
    return f"{said}：填写的{told}" if what in _GIVEN else f"{said} = {told}"


def places(origin: Origin) -> str:
    """Where everything stands: 本期 data/…:2；上年同期 data/…:2; the value's own place where there is nothing else."""
    known: dict[str, list[str]] = {}
    for what, _, place in origin.basis:
        if place is not None:
            known.setdefault(where(place), []).append(what)
    if not known:
        return where(origin.span) if origin.span else ""
    if len(known) == 1:
        return next(iter(known))
    told = (f"{'、'.join(dict.fromkeys(names))} {place}" for place, names in known.items())
    return "；".join(told) + _rest(origin.basis)


def where(place: Span) -> str:
    """文件:行, in a sheet 文件:单元格."""
    return f"{place.file}:{place.cell or place.line}"


def sources(origins: Iterable[Origin]) -> str:
    """The places of many values, each once; those beyond MOST are counted."""
    found = list(dict.fromkeys(where(o.span) for o in origins if o.span is not None))
    more = f"等{len(found)}处" if len(found) > MOST else ""
    return "；".join(found[:MOST]) + more


def _counts(one: Basis) -> bool:
    """Whether it says how many there are instead of one of them."""
    return not one[1] and one[2] is None


def _rest(basis: Iterable[Basis]) -> str:
    return next((what for what, written, place in basis if not written and place is None), "")
