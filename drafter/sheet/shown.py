"""What a cell displays: numbers and moments by their number format, without binary dust."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, localcontext

from drafter import numeral

GENERAL = ("", "General", "general", "GENERAL", "G/通用格式", "通用格式", "@")
GENERAL_WIDTH = 11
"""Characters that a number in the general format takes at most when it has decimals."""
CHINESE_MOMENTS = {
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""Built-in formats that only the Chinese edition has and that files name by number alone. Source: ECMA-376 18.8.30."""
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|!(?P<banged>.)|(?P<space>_.|\*.)|\[(?P<bracket>[^\]]*)\]|(?P<plain>.)',
    re.DOTALL,
)
_DIGITS = re.compile(r"(?P<whole>[#0?,]*)(?:\.(?P<fraction>[0#?]*))?")
_COLOURS = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r ?\d+|颜色 ?\d+|[黑蓝青绿洋红白黄]{1,2}色?)",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]*)?")
_MOMENT = re.compile(r"y+|m+|d+|h+|s+|a{3,4}|[ap]m/[ap]m|a/p|上午/下午", re.IGNORECASE)
_SYSTEM = re.compile(r"\[\$-F[48]00\]")
"""The long date and the time of the machine's own settings."""
_WEEK = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Shown:
    """The text of a number cell, and what is to be told about it."""

    text: str
    remark: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Format:
    """A number format of digits: literals around, places, grouping, per cent."""

    before: str
    after: str
    places: int
    least: int
    width: int
    grouped: bool
    percent: bool


def exact(value: float) -> Decimal:
    """The stored number as Excel itself knows it: 15 digits, so that 60.199999999999996 is 60.2.

    Errors: ValueError for what is no finite number.
    """
    found = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not found.is_finite():
        raise ValueError(value)
    return found


def number(value: float, pattern: str) -> Shown:
    """A number as its cell displays it: 60.2 in `0.00` is 60.20, 0.455 in `0.0%` is 45.5%, 1752 in `#,##0` is 1,752.

    A minus is always a minus, never brackets, and zero is 0 even where the format draws a dash. A format that is
    more than digits (thousands cut off, fractions, conditions) is not followed, and told. Errors: ValueError.
    Why the displayed digits and not the stored ones: they are what the office saw, agreed on and sent out; the rest
    is an average's or a division's tail. The remark tells both, so that nothing is lost unseen.
    """
    stored = exact(value)
    if pattern in GENERAL:
        text, kept = _general(stored)
        return Shown(text, *_rounding(text, stored, kept))
    form = _format(pattern, negative=stored < 0)
    if form is None:
        text = numeral.plain(stored)
        return Shown(text, f"单元格的数字格式“{pattern[:30]}”没有照搬，取存的数 {text}", "要别的写法就在表里写成那样")
    shown = numeral.rounded(stored * 100 if form.percent else stored, form.places)
    text = _written(shown, form)
    return Shown(text, *_rounding(text, stored, shown / 100 if form.percent else shown))


def _rounding(text: str, stored: Decimal, kept: Decimal) -> tuple[str, str]:
    """What is told when the displayed number is not the stored one."""
    if kept == stored:
        return "", ""
    return f"单元格显示 {text}，存的是 {numeral.plain(stored)}，取显示的数", "要更多小数就在表里设置小数位数"


def _general(stored: Decimal) -> tuple[str, Decimal]:
    text = numeral.plain(stored)
    whole = text.lstrip("-").partition(".")[0]
    if "." not in text or len(text.lstrip("-")) <= GENERAL_WIDTH:
        return text, stored
    kept = numeral.rounded(stored, max(GENERAL_WIDTH - 1 - len(whole), 0))
    return numeral.plain(kept), kept


def _written(value: Decimal, form: _Format) -> str:
    with localcontext() as context:
        context.prec = 400
        digits = f"{abs(value):{',' if form.grouped else ''}.{form.places}f}"
    whole, _, fraction = digits.partition(".")
    fraction = fraction[: form.least] + fraction[form.least :].rstrip("0")
    whole = whole if form.grouped else whole.rjust(form.width, "0")
    return ("-" if value < 0 else "") + form.before + whole + (f".{fraction}" if fraction else "") + form.after


def _sections(pattern: str) -> list[list[re.Match[str]]]:
    """The tokens of each part of a format: positive; negative; zero; text."""
    parts: list[list[re.Match[str]]] = [[]]
    for token in _TOKEN.finditer(pattern):
        if token["plain"] == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _format(pattern: str, *, negative: bool) -> _Format | None:
    """The format of digits that a pattern is, None when it is more than that."""
    parts = _sections(pattern)
    tokens = parts[1] if negative and len(parts) > 1 and parts[1] else parts[0]
    before, digits, after = "", "", ""
    percent = False
    for token in tokens:
        literal = _literal(token)
        if literal is None:
            return None
        if token["plain"] and token["plain"] in "#0?.,":
            if after.strip():
                return None
            digits += token["plain"]
            continue
        percent = percent or token["plain"] == "%"
        if digits:
            after += literal
        else:
            before += literal
    return _measured(before, digits, after, percent=percent)


def _measured(before: str, digits: str, after: str, *, percent: bool) -> _Format | None:
    found = _DIGITS.fullmatch(digits)
    if found is None or not digits.strip(",.") or found["whole"].endswith(","):
        return None
    before = re.sub(r"[-－(（¥￥\s]", "", before)
    after = re.sub(r"[)）\s]+$", "", after).strip()
    fraction = found["fraction"] or ""
    least = len(fraction.rstrip("#"))
    width = max(found["whole"].count("0"), 1)
    return _Format(before, after, len(fraction), least, width, "," in found["whole"], percent)


def _literal(token: re.Match[str]) -> str | None:
    """What a token prints by itself; None when it means more than itself."""
    if token["space"] is not None:
        return ""
    if token["bracket"] is not None:
        money = _CURRENCY.fullmatch(token["bracket"])
        return money[1] if money else ("" if _COLOURS.fullmatch(token["bracket"]) else None)
    if token["plain"] is None:
        return str(token["quoted"] or token["escaped"] or token["banged"] or "")
    character = str(token["plain"])
    return None if character in "/@" or (character.isascii() and character.isalpha()) else character


def moment(value: datetime | date | time | timedelta, pattern: str) -> str:
    """A date or time as its cell displays it: 2022年9月1日, 2022-09-01, 12:30.

    What depends on the machine's settings (the short and long date of the system) is written 2022年9月1日.
    """
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    words = _moment_words(value, pattern)
    return words or _plain_moment(value)


def _plain_moment(value: datetime | date | time) -> str:
    clock = "" if not isinstance(value, datetime | time) else f"{value.hour}:{value.minute:02}"
    if isinstance(value, time):
        return clock
    day = f"{value.year}年{value.month}月{value.day}日"
    return f"{day} {clock}" if clock not in ("", "0:00") else day


def _moment_words(value: datetime | date | time, pattern: str) -> str:
    """The moment by its pattern, empty when the pattern is the system's own or does not fit."""
    if pattern in ("mm-dd-yy", "m/d/yy", "m-d-yy", *GENERAL) or _SYSTEM.search(pattern):
        return ""
    if re.search(r"\[[hms]+\]", pattern, re.IGNORECASE):
        return ""
    pieces = [piece for token in _sections(pattern)[0] for piece in _moment_piece(token)]
    codes = _MOMENT.split("".join(piece for piece, code in pieces if code))
    if any(rest.strip() for rest in codes):
        return ""
    merged = _grouped(pieces)
    fields = [text[0].lower() for text, code in merged if code]
    if isinstance(value, time) and set(fields) & {"y", "d"}:
        return ""
    return "".join(_field(text, value, merged, index) if code else text for index, (text, code) in enumerate(merged))


def _moment_piece(token: re.Match[str]) -> list[tuple[str, bool]]:
    """(text, is a code): what a token of a date format is."""
    if token["bracket"] is not None or token["space"] is not None:
        return []
    if token["plain"] is None:
        return [(str(token["quoted"] or token["escaped"] or token["banged"] or ""), False)]
    character = str(token["plain"])
    return [(character, character.isascii() and character.isalpha())]


def _grouped(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Runs of the same code letter as one piece."""
    merged: list[tuple[str, bool]] = []
    for text, code in pieces:
        if code and merged and merged[-1][1] and merged[-1][0][0].lower() == text.lower():
            merged[-1] = (merged[-1][0] + text, True)
        else:
            merged.append((text, code))
    return merged


def _field(code: str, value: datetime | date | time, merged: list[tuple[str, bool]], index: int) -> str:
    """One code of a date format printed."""
    letter, long = code[0].lower(), len(code) > 1
    if letter == "m" and _is_minute(merged, index):
        letter = "n"
    if letter == "a":
        return f"星期{_WEEK[value.weekday()]}" if isinstance(value, date) and len(code) == 4 else ""
    names = {"y": "year", "m": "month", "d": "day", "h": "hour", "n": "minute", "s": "second"}
    number_ = int(getattr(value, names.get(letter, ""), 0))
    if letter == "y":
        return f"{number_:04}" if len(code) > 2 else f"{number_ % 100:02}"
    return f"{number_:02}" if long else str(number_)


def _is_minute(merged: list[tuple[str, bool]], index: int) -> bool:
    """Whether an m stands behind hours or before seconds."""
    before = [text[0].lower() for text, code in merged[:index] if code]
    after = [text[0].lower() for text, code in merged[index + 1 :] if code]
    return (bool(before) and before[-1] == "h") or (bool(after) and after[0] == "s")
