"""Facts that an old report tells: what goes into a facts file, and what a template says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from drafter import phrases
from drafter.facts import plain
from drafter.facts.file import Reader
from drafter.figure import Indicator
from drafter.missing import Missing
from drafter.numeral import half_width
from drafter.period import Period
from drafter.phrases import PhraseError
from drafter.yamlfile import Mapping as Branch
from drafter.yamlfile import Node, Scalar

_FILTERS: Mapping[str, Callable[..., object]] = {row.name: row.run for row in phrases.FILTERS}
RATES = ("%", "‰", "个百分点", "百分点")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its key, the unit of its indicator, and the operands as they are to be written."""

    key: str
    unit: str
    value: str = ""
    """本期 as typed; empty when the report gives only a growth or a rank."""
    growth: str = ""
    chain: str = ""
    rank: tuple[int, str] | None = None
    """(第, 范围)"""
    parts: tuple[tuple[str, str], ...] = ()
    """其中: (name, number)."""

    @property
    def masked(self) -> bool:
        """Whether its number was blotted out."""
        return plain.is_mask(self.value)

    @property
    def indicator(self) -> Indicator:
        """The indicator that 指标.yaml will give it."""
        unit = half_width(self.unit)
        return Indicator(self.key, unit, "比率" if unit in RATES else "", unitless=not unit)

    def node(self) -> Node:
        """Its value in the facts file: a number, or a figure with its keys."""
        pairs = [("本期", self.value), ("增幅", self.growth), ("环比增幅", self.chain)]
        given: list[tuple[Scalar, Node]] = [(Scalar(k), Scalar(v)) for k, v in pairs if v]
        if self.parts:
            given.append((Scalar("其中"), Branch(tuple((Scalar(n), Scalar(v)) for n, v in self.parts))))
        if self.rank:
            place = [(Scalar("第"), Scalar(str(self.rank[0]))), (Scalar("范围"), Scalar(self.rank[1]))]
            given.append((Scalar("位次"), Branch(tuple(p for p in place if p[1].text))))
        return Scalar(self.value) if len(given) == 1 and self.value else Branch(tuple(given))


@dataclass(frozen=True, slots=True)
class Call:
    """A filter with its options: 同比(称='较上年同期')."""

    name: str
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        said = ", ".join(f"{key}='{value}'" if key else f"'{value}'" for key, value in self.options)
        return f"{self.name}({said})" if said else self.name


def said(facts: tuple[Fact, ...], call: Call | None, period: Period, *others: Fact) -> str:
    """What a template prints of facts: by itself (no call), or through a filter; '' when it cannot be said.

    `others` are facts that the filter takes as arguments. Why asked of the filters: what they print is the only
    measure of whether the sentence comes back as it was.
    """
    figures = [_figure(fact, period) for fact in facts]
    item: object = figures[0] if len(figures) == 1 else figures
    try:
        if call is None:
            found: object = phrases.value(item)
        else:
            given = [_figure(one, period) for one in others] + [v for k, v in call.options if not k]
            found = _FILTERS[call.name](item, *given, **{k: v for k, v in call.options if k})
    except (PhraseError, TypeError, ValueError, ArithmeticError):
        return ""
    return "" if isinstance(found, Missing) and not found.written else str(found)


def _figure(fact: Fact, period: Period) -> object:
    return Reader(period, {fact.key: fact.indicator}).value(fact.key, fact.key, fact.node())
