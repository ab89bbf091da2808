"""计量: units and how they convert; sums of written numbers. Exact Decimals only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, localcontext

from drafter.numeral import Number, plain

COUNT_UNITS = frozenset((*"起人次个项家件户条处名场期份辆台套座宗批所", "人次"))
"""Units of things that are counted one by one."""
MEASURES = frozenset(
    "起人次个项家件户条处名场期份辆台套座宗批所只头株篇位支队组班门间栋幢片块段里公平立千百十万亿元角分厘吨克斤两米亩顷度天日月年周时秒刻"
    "倍成折级类种轮届岁环档层步程站线路道眼口匹尾羽棵根颗粒盏艘架顶面张本封幅副对双盒箱袋桶瓶罐捆包车趟遍回声句字词页册卷集部款章节"
    "号点线等多余来左几约以比至到—-～~∶:%‰℃㎡㎥/股屋宅园校院村镇乡县市区省国州厅局科室员工户籍老小大中高低兆升毫厘微吉瓦伏安卡焦帕赫"
)
"""Characters that a measure word or a unit, or a range, begins with: a number before one of them has its unit."""
UNITS: dict[str, tuple[str, Decimal]] = {
    "亩": ("亩", Decimal(1)),
    "公顷": ("亩", Decimal(15)),
    "平方公里": ("亩", Decimal(1500)),
    "平方千米": ("亩", Decimal(1500)),
    "平方米": ("亩", Decimal("0.0015")),
    "㎡": ("亩", Decimal("0.0015")),
    "吨": ("吨", Decimal(1)),
    "千克": ("吨", Decimal("0.001")),
    "公斤": ("吨", Decimal("0.001")),
    "斤": ("吨", Decimal("0.0005")),
    "克": ("吨", Decimal("0.000001")),
    "米": ("米", Decimal(1)),
    "千米": ("米", Decimal(1000)),
    "公里": ("米", Decimal(1000)),
    "立方米": ("立方米", Decimal(1)),
    "㎥": ("立方米", Decimal(1)),
    "升": ("立方米", Decimal("0.001")),
    "千瓦": ("千瓦", Decimal(1)),
    "千瓦时": ("千瓦时", Decimal(1)),
    "度": ("千瓦时", Decimal(1)),
    "%": ("%", Decimal(1)),
    "‰": ("%", Decimal("0.1")),
    "百分点": ("百分点", Decimal(1)),
    "个百分点": ("百分点", Decimal(1)),
}
"""Units that are more than a scale of one another: unit → (base unit, how many)."""
SCALES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SCALED = re.compile(r"(十万|百万|千万|百|千|万|亿)?(.+)")


def measure(unit: str) -> tuple[str, Decimal]:
    """What a unit counts, and how many of it: 万元 → (元, 10000), 公顷 → (亩, 15), 万人次 → (人次, 10000)."""
    found = _SCALED.fullmatch(unit)
    if unit in UNITS or found is None:
        return UNITS.get(unit, (unit, Decimal(1)))
    base, many = UNITS.get(found[2], (found[2], Decimal(1)))
    return base, many * SCALES[found[1] or ""]


def converted(value: Decimal, unit: str, to: str) -> Decimal | None:
    """The value in another unit of the same kind, exact (to 60 digits); None when the units do not convert."""
    if unit == to:
        return value
    if not unit or not to:
        return None
    (base, many), (other, each) = measure(unit), measure(to)
    if base != other:
        return None
    with localcontext() as context:
        context.prec = 60
        return value * many / each


def in_unit(number: Number | None, unit: str, to: str) -> Number | None:
    """The number with its value in another unit, its written form and typed unit kept; None when they do not convert."""
    if number is None or unit == to:
        return number
    value = converted(number.value, unit, to)
    return None if value is None else Number(value, number.written, number.unit or unit)


_OPEN = {"余": "余", "多": "余", "超": "余", "逾": "余", "近": "近"}
"""Hints that survive adding: more than a sum of lower bounds, less than a sum of upper bounds."""


def total(numbers: Sequence[Number]) -> Number | None:
    """The sum, its digits as exact as the numbers are written; 余 or 近 is kept where it stays true (F4).

    None when it would say something that is not known: 2800余 + 近300, or anything with 约.
    """
    hints = {_OPEN.get(hint, hint) for n in numbers for hint in n.hints if hint}
    if len(hints) > 1 or not hints <= {"余", "近"}:
        return None
    with localcontext() as context:
        context.prec = 60
        value = sum((n.value for n in numbers), Decimal(0))
    about, more = ("近" if "近" in hints else ""), ("余" if "余" in hints else "")
    return Number(value, about + _digits(value, numbers) + more)


def _digits(value: Decimal, numbers: Sequence[Number]) -> str:
    """The digits of a sum: 7.10 + 2.90 is 10.00, with as many decimals as were written."""
    plainly = all(n.written.lstrip("-").replace(".", "").isdigit() and n.value == Decimal(n.written) for n in numbers)
    return f"{value:f}" if plainly else plain(value)
