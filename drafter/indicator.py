"""指标: what a figure is, as 指标.yaml says it."""

from __future__ import annotations

from dataclasses import dataclass, field

from drafter.measure import COUNT_UNITS
from drafter.source import Span

KINDS = ("总量", "比率", "个数", "存量")
POLARITIES = ("越高越好", "越低越好", "无")
ACCUMULATIONS = ("求和", "期末")


POINTS = "个百分点"
_POINTS = {"": POINTS, "%": POINTS, "百分点": POINTS, "‰": "个千分点"}
"""Unit of a rate → what its differences are said in."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """指标: what a figure is. `decimals` None keeps the written form."""

    name: str
    unit: str = ""
    kind: str = ""
    polarity: str = "无"
    decimals: int | None = None
    accumulation: str = ""
    source: str = ""
    office: str = ""
    unitless: bool = False
    """指标.yaml says 单位: "": it is a number of nothing."""
    span: Span | None = field(default=None, compare=False)

    @property
    def is_rate(self) -> bool:
        """Whether differences are said in 百分点."""
        return self.kind == "比率" or (not self.kind and self.unit in ("%", "‰"))

    @property
    def points(self) -> str:
        """What a rate's differences are said in: 个百分点, 个千分点 of ‰, else (点, 倍) its own unit."""
        if not self.is_rate:
            return POINTS
        return "" if self.unitless else _POINTS.get(self.unit, self.unit)

    @property
    def is_count(self) -> bool:
        """Whether it counts things one by one, so that it compares with any other count (6起, 6人)."""
        return self.kind == "个数" or (not self.kind and self.unit in COUNT_UNITS)

    @property
    def accumulates(self) -> str:
        """How several months make one value: 求和, 期末, or empty when nobody said so.

        Why by kind: amounts and counts of a month add up, a stock is what the last month shows; a rate and a figure
        of unknown kind do neither, and nothing is guessed.
        """
        if self.accumulation or self.is_rate:
            return self.accumulation
        return {"总量": "求和", "存量": "期末"}.get(self.kind, "求和" if self.is_count else "")

    @property
    def can_lose(self) -> bool:
        """Whether a negative value is a loss (亏损): money, or no unit at all."""
        return not self.unit or self.unit.endswith("元")
