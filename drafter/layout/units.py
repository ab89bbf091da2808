"""What offices write — 37毫米, 28.95磅, 2字, 三号, 红 — as the integers of OOXML. Each kind of value is one function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from unicodedata import normalize

from drafter.diagnostic import did_you_mean

Kind = Callable[[str], object]
"""Reads one value. Errors: Unfit, OutOfRange."""
SIZES = {
    "初号": "42", "小初": "36", "一号": "26", "小一": "24", "二号": "22", "小二": "18", "三号": "16", "小三": "15",
    "四号": "14", "小四": "12", "五号": "10.5", "小五": "9", "六号": "7.5", "小六": "6.5", "七号": "5.5", "八号": "5",
}  # fmt: skip
"""字号 → points."""
COLOURS = {"红": "FF0000", "黑": "", "蓝": "0000FF", "灰": "808080"}
"""颜色 → RRGGBB; black is what text has anyway."""
NONE = "无"
TWIPS = {"毫米": (7200, 127), "mm": (7200, 127), "厘米": (72000, 127), "cm": (72000, 127), "磅": (20, 1), "pt": (20, 1)}
"""Unit → twips in it, as a fraction."""
_NUMBER = re.compile(r"(?P<number>[-+]?\d{1,6}(?:\.\d{1,4})?) *(?P<unit>\D{0,6})", re.ASCII)
_DASHES = str.maketrans("−–—", "---")
MAX_FONT = 31
"""Longest name of a font that Windows knows, in characters."""


class Unfit(ValueError):
    """A value that is not written as it must be: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class OutOfRange(Unfit):
    """A number that cannot be."""


def split(text: str) -> tuple[Decimal, str] | None:
    """(number, unit in small letters) of 37毫米; full-width forms are their half-width twins. None for anything else."""
    found = _NUMBER.fullmatch(normalize("NFKC", text).strip().translate(_DASHES))
    return (Decimal(found["number"]), found["unit"].strip().lower()) if found else None


def rounded(value: Decimal, way: str = ROUND_HALF_UP) -> int:
    """A whole number; halves go up."""
    return int(value.quantize(Decimal(1), way))


def length(low: str, high: str, *, unit: str = "毫米", up: bool = False, per_point: int = 20) -> Kind:
    """A length between two numbers of `unit`, in twips, or in another part of a point (8: weights of lines).

    Why `up`: what is white at the edge of the paper is never less than was said (28毫米 is 1588, not 1587).
    """

    def read(text: str) -> int:
        value = twips(*measured(text, TWIPS, unit, "；单位可以是 毫米、厘米、磅"))
        if not twips(Decimal(low), unit) <= value <= twips(Decimal(high), unit):
            raise OutOfRange(f"{text.strip()}超出范围", f"可以是 {low}—{high}{unit}")
        return rounded(value * per_point / 20, ROUND_CEILING if up else ROUND_HALF_UP)

    return read


def twips(number: Decimal, unit: str) -> Decimal:
    """A length in twips, not rounded."""
    times, parts = TWIPS[unit]
    return number * times / parts


def measured(text: str, units: Iterable[str], unit: str, others: str = "") -> tuple[Decimal, str]:
    """Number and unit of a value; `unit` and `others` are for hints.

    Errors: Unfit when it is no number, has no unit, or one that is not known.
    """
    found = split(text)
    if found is None:
        raise Unfit(f"“{text[:20]}”不是带单位的数", f"例：2{unit}{others}")
    hint = f"写成 {found[0]}{unit}{others}"
    if not found[1]:
        raise Unfit(f"“{text.strip()}”没有单位", hint)
    if found[1] not in units:
        raise Unfit(f"不认识的单位“{found[1]}”", hint)
    return found


def characters(low: str, high: str) -> Kind:
    """2字, in 1/100 字."""

    def read(text: str) -> int:
        number, _ = measured(text, ("字", "字符"), "字")
        if not Decimal(low) <= number <= Decimal(high):
            raise OutOfRange(f"{text.strip()}超出范围", f"可以是 {low}—{high}字")
        return rounded(number * 100)

    return read


def count(low: int, high: int, unit: str) -> Kind:
    """A whole number, its unit written or not: 22行, 22; 无 is 0 where 0 can be."""

    def read(text: str) -> int:
        found = (Decimal(0), "") if not low and text.strip() == NONE else split(text)
        if found is None or found[1] not in ("", unit) or found[0] != found[0].to_integral_value():
            raise Unfit(f"“{text[:20]}”不是整数", f"写成 {max(low, 1)}{unit}")
        if not low <= found[0] <= high:
            raise OutOfRange(f"{text.strip()}超出范围", f"可以是 {low}—{high}{unit}")
        return int(found[0])

    return read


def size(text: str) -> int:
    """字号 or points, in half-points: 三号, 3号, 小2号, 16磅."""
    name = _size_name(text)
    if name in SIZES:
        return int(Decimal(SIZES[name]) * 2)
    found = split(text)
    if found is None or found[1] not in ("磅", "pt"):
        raise Unfit(f"不认识的字号“{text[:20]}”", f"可用：{'、'.join(SIZES)}，或写磅数，如 16磅")
    doubled = found[0] * 2
    if doubled != doubled.to_integral_value() or not Decimal(10) <= doubled <= Decimal(300):
        raise OutOfRange(f"字号{text.strip()}超出范围", "可以是 5—150磅，半磅为一级")
    return int(doubled)


def _size_name(text: str) -> str:
    """三号 for 3号, 三号字; 小二 for 小2号, 小二号."""
    name = normalize("NFKC", text).strip().removesuffix("字")
    name = name.translate(str.maketrans("12345678", "一二三四五六七八"))
    return name.removesuffix("号") if name.startswith("小") else name


def choice(words: dict[str, object]) -> Kind:
    """One word out of a few, as what it stands for."""

    def read(text: str) -> object:
        word = normalize("NFKC", text).strip()
        if word not in words:
            hint = did_you_mean(word, words) or f"可用：{'、'.join(words)}"
            raise Unfit(f"不认识“{text[:20]}”", hint)
        return words[word]

    return read


def among(*words: str) -> Kind:
    """One word out of a few, as it is."""
    return choice({word: word for word in words})


YES_NO = choice({"是": True, "否": False})


def colour(text: str) -> str:
    """RRGGBB in capitals, empty for black; 红, 黑 and the like."""
    word = normalize("NFKC", text).strip().removeprefix("#").removesuffix("色")
    if word in COLOURS:
        return COLOURS[word]
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", word):
        hint = f"写 {'、'.join(COLOURS)}，或六位颜色代码，如 FF0000（不带 #）"
        raise Unfit(f"不认识的颜色“{text[:20]}”", hint)
    return "" if word == "000000" else word.upper()


def font(text: str) -> str:
    """Name of a font."""
    name = text.strip()
    if not name or len(name) > MAX_FONT or not name.isprintable():
        raise Unfit(f"“{text[:20]}”不能作字体名称", f"写字体在 Word 里的名称，不超过 {MAX_FONT} 个字，如 仿宋_GB2312")
    return name


def weight(text: str) -> int:
    """How thick a line is, in 1/8 pt; 无 is 0."""
    if text.strip() == NONE:
        return 0
    value = _WEIGHT(text)
    assert isinstance(value, int)
    return value


_WEIGHT = length("0.25", "6", unit="磅", per_point=8)


def suffix(text: str) -> str:
    """What follows a name; 无 is nothing."""
    word = text.strip()
    if len(word) > 20:
        raise Unfit(f"“{word[:20]}…”太长", "写 文件、纪要、令，不要就写 无")
    return "" if word == NONE else word


def word(text: str) -> str:
    """A name as it is typed, without blanks around."""
    return text.strip()


def per_line(width: int, number: int) -> int:
    """Whole twips that each of `number` gets of `width`; what is left over is given to none."""
    return rounded(Decimal(width) / number, ROUND_FLOOR)


def mm(length: int) -> str:
    """A length as offices say it, to a tenth of a millimetre: 37毫米."""
    return f"{plain(Decimal(length) * 127 / 7200)}毫米"


def points(length: int) -> str:
    """A pitch as Word shows it: 28.95磅."""
    return f"{plain(Decimal(length) / 20, '0.01')}磅"


def plain(number: Decimal, step: str = "0.1") -> str:
    """A number without zeros at its end."""
    shown = f"{number.quantize(Decimal(step), ROUND_HALF_UP):f}"
    return shown.rstrip("0").rstrip(".")


def size_name(half_points: int) -> str:
    """三号, or the points where the size has no name."""
    shown = plain(Decimal(half_points) / 2)
    return next((name for name, points in SIZES.items() if points == shown), f"{shown}磅")
