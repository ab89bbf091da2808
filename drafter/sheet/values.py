"""What the text of one cell says: numbers with the units of their headers, directions in words, yes and no."""

from __future__ import annotations

import re

from drafter import numeral
from drafter.diagnostic import Diagnostic, note, warning
from drafter.sheet.grid import Cell
from drafter.sheet.head import is_number
from drafter.sheet.words import is_unit
from drafter.yamlfile import Scalar

_TICKS = {"√": "是", "✓": "是", "Y": "是", "y": "是", "×": "否", "N": "否", "n": "否"}
_BRACKETED = re.compile(r"\((\d[\d,]*(?:\.\d+)?%?)\)")
"""A negative number as accounts write it, and as Excel reads it when it is typed."""
_MOVED = re.compile(
    r"(?:同比|环比)?(?:(?P<up>增长|上升|提高|增加|增幅|上涨|↑)|(?P<down>下降|减少|降低|回落|下滑|下跌|↓))[了:：]?(?P<number>\d[\d,.]*\D{0,5})"
)
"""A growth with its direction in words."""


def told(cell: Cell) -> Scalar:
    """The text as it is."""
    return Scalar(cell.text.strip(), span=cell.span)


def yes_no(cell: Cell) -> Scalar:
    """A tick or a letter as 是 or 否."""
    text = cell.text.strip()
    return Scalar(_TICKS.get(text, text), span=cell.span)


def plain(cell: Cell, *, growth: bool) -> tuple[str, list[Diagnostic]]:
    """(text, what is told) of an amount or growth: (35.6) is -35.6, and 下降4.5% in a column of growths is -4.5%.

    Why half-width brackets only: a spreadsheet reads them as a minus, （12） may as well be a remark.
    """
    text = cell.text.strip()
    number = _unbracketed(text) or (_moved(text) if growth else "")
    if not number:
        return text, []
    return number, [note("F133", f"“{text[:20]}”读作 {number}", cell.span, "不是这个意思就直接填数", text[:40])]


def _unbracketed(text: str) -> str:
    found = _BRACKETED.fullmatch(text)
    return f"-{found[1]}" if found and numeral.parse(found[1]) else ""


def _moved(text: str) -> str:
    if text in ("持平", "与上年持平", "同比持平"):
        return "0%"
    found = _MOVED.fullmatch("".join(text.split()))
    if found is None or numeral.parse(found["number"]) is None:
        return ""
    return f"-{found['number']}" if found["down"] else found["number"]


def odd(name: str, cell: Cell, text: str, unit: str) -> list[Diagnostic]:
    """F112 (a warning) for words where a unit says that a number belongs, such as 六起 and 100左右."""
    number = numeral.parse(text) if is_number(text) else None
    if not unit or (number and (number.unit in ("", unit) or is_unit(number.unit))):
        return []
    message = f"“{name[:20]}”的单位是“{unit}”，写的“{text[:20]}”不是数，按文字读入"
    return [warning("F112", message, cell.span, "是数就写阿拉伯数字，负数写 -12；不是数就不写单位", text[:40])]


def with_unit(text: str, unit: str) -> str:
    """A bare number with its unit: 60.2 and 亿元 → 60.2亿元. What has a unit already, or is no number, stays.

    1.2亿 in a column of 万元 is 1.2亿元: nobody counts in 亿万元.
    """
    found = numeral.parse(text) if unit else None
    if found is None or found.unit:
        return text
    return f"{text}{unit.lstrip('万亿') if scaled(text) else unit}"


def scaled(text: str) -> bool:
    """Whether a number has its own 万 or 亿."""
    found = numeral.parse(text)
    return found is not None and found.written.rstrip("余多")[-1:] in ("万", "亿")


def growth(text: str, column: str, unit: str) -> str:
    """A bare growth with the % of its header; of a rate, only where the header says which: % or 百分点.

    Why bare otherwise: a bare growth is % for amounts and 百分点 for rates, which the reader of facts knows better.
    """
    found = numeral.parse(text)
    if found is None or found.unit or not column:
        return text
    if unit == "%":
        return f"{text}个百分点" if "百分点" in column else text
    return f"{text}%" if "%" in column else text
