"""Numbers in 汉字: ordinals, amounts and 大写, written and read."""

from __future__ import annotations

import re
from decimal import Decimal

from drafter.numeral.written import exact

_DIGITS = "零一二三四五六七八九"
_SMALL_UNITS = ("", "十", "百", "千")
_LARGE_UNITS = ("", "万", "亿", "万亿")
LIMIT = 10**16
"""Numbers below it can be spelled."""
ORDINAL_LIMIT = 199
"""Largest ordinal that is read and written as a Chinese numeral."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


def chinese(number: int) -> str:
    """The number in 汉字: 10 → 十, 21 → 二十一, 105 → 一百零五, 100002000 → 一亿零二千.

    Shapes: 0 ≤ number < 10**16. Errors: ValueError outside.
    Why: the packages that do this drop 零 across an empty 万 section.
    """
    words = _spelled(number)
    return words[1:] if words.startswith("一十") else words


def _spelled(number: int) -> str:
    """As `chinese`, with the 一 of 一十 kept."""
    if not 0 <= number < LIMIT:
        raise ValueError(number)
    if number == 0:
        return "零"
    sections: list[int] = []
    while number:
        number, low = divmod(number, 10000)
        sections.append(low)
    words = ""
    gap = False
    for index in range(len(sections) - 1, -1, -1):
        section = sections[index]
        if not section:
            gap = bool(words)
            continue
        if words and (gap or section < 1000):
            words += "零"
        words += _section(section) + _large_unit(index, sections)
        gap = False
    return words


def _large_unit(index: int, sections: list[int]) -> str:
    if index == 3 and sections[2]:
        return "万"
    return _LARGE_UNITS[index]


def _section(number: int) -> str:
    words = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _SMALL_UNITS[place]
            gap = False
        else:
            gap = bool(words)
    return words


_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def capital(number: int) -> str:
    """大写: 10 → 壹拾, 105 → 壹佰零伍, 0 → 零. Shapes and errors as of `chinese`."""
    return _spelled(number).translate(_FORMAL)


def capital_money(amount: Decimal) -> str:
    """大写金额: 1409.50 → 壹仟肆佰零玖元伍角整, 325.04 → 叁佰贰拾伍元零肆分, 0.05 → 伍分, -3 → 负叁元整, 0 → 零元整.

    Shapes: |amount| < 10**16. Errors: ValueError outside, or when there is less than a 分: an amount is never rounded here.
    Source: 会计基础工作规范 第五十二条 (整 behind 元 and 角, none behind 分; 零 for a 0 between).
    """
    cents = exact(lambda: abs(amount) * 100)
    if cents != int(cents):
        raise ValueError(amount)
    yuan, rest = divmod(int(cents), 100)
    tenths, hundredths = divmod(rest, 10)
    words = "负" if amount < 0 else ""
    words += capital(yuan) + "元" if yuan or not rest else ""
    words += capital(tenths) + "角" if tenths else "零" if yuan and hundredths else ""
    return words + (capital(hundredths) + "分" if hundredths else "整")


_PLAIN_WORD = re.compile(r"[〇零○一二三四五六七八九]{2,16}")
_PLAIN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_PAIR = re.compile(r"两(?=[百千万亿])")
_OPTIONAL_ZERO = re.compile(r"(?<=[十百千][万亿])零(?=[一二三四五六七八九]千)")
_PLACES = {"十": 10, "百": 100, "千": 1000}


def read_chinese(text: str) -> int | None:
    """The number of 汉字: 一万二千三百零五 → 12305, 两千 → 2000, 二〇二二 → 2022, 十 → 10; None when it is none.

    Refused: what is only spoken (一万二, 百五), what skips or swaps places, 两 where 二 is written (两十).
    Shapes: below 10**16. Why: 一万二 is 12,000 or 10,002, so it is not read at all.
    """
    word = text.strip()
    if _PLAIN_WORD.fullmatch(word) and word != "零零":
        return int(word.translate(_PLAIN_DIGITS))
    word = _PAIR.sub("二", word.replace("〇", "零").replace("○", "零"))
    if word.startswith("十"):
        word = "一" + word
    number = _summed(word)
    return (
        number
        if number is not None and _OPTIONAL_ZERO.sub("", _spelled(number)) == _OPTIONAL_ZERO.sub("", word)
        else None
    )


def _summed(word: str) -> int | None:
    """What the digits and places of a word add up to, whatever their order; None when there is another character."""
    total = section = digit = 0
    for character in word:
        if character in _DIGITS:
            digit = _DIGITS.index(character)
        elif character in _PLACES:
            section, digit = section + digit * _PLACES[character], 0
        elif character == "万":
            section, digit = (section + digit) * 10**4, 0
        elif character == "亿":
            total, section, digit = (total + section + digit) * 10**8, 0, 0
        else:
            return None
    return total + section + digit if word and total + section + digit < LIMIT else None


_SMALL_WORDS = frozenset("一二三四五六七八九十百千两〇")
_INFORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆正", "一二三四五六七八九十百千元整")
_MONEY = re.compile(
    r"(?P<minus>负)?(?:(?P<yuan>[^元角分整]+)元)?(?:零?(?P<tenths>[一二三四五六七八九])角|(?P<zero>零))?"
    r"(?:(?P<hundredths>[一二三四五六七八九])分)?(?P<whole>整)?"
)


def read_capital(text: str) -> Decimal | None:
    """The number of 大写: 壹佰零伍 → 105, 壹仟肆佰零玖元伍角整 → 1409.5 (人民币 in front, 圆, 正 are understood).

    None when it is none, also when small 汉字 stand among the 大写 (一佰), 零 is missing, or 整 stands behind 分.
    """
    word = text.strip().removeprefix("人民币").strip("：: ")
    if not word or not _SMALL_WORDS.isdisjoint(word):
        return None
    word = word.translate(_INFORMAL)
    if word[-1] not in "元角分整":
        number = None if word.startswith("十") else read_chinese(word) if len(word) > 1 else _summed(word)
        return None if number is None else Decimal(number)
    found = _MONEY.fullmatch(word)
    return _money(found) if found else None


def _money(found: re.Match[str]) -> Decimal | None:
    """The amount of a matched 大写金额, when it is written as `capital_money` writes it (零 before 角 may stand)."""
    yuan = 0 if found["yuan"] is None else _summed(found["yuan"])
    if yuan is None:
        return None
    cents = yuan * 100 + _digit(found["tenths"]) * 10 + _digit(found["hundredths"])
    amount = Decimal(cents).scaleb(-2) * (-1 if found["minus"] else 1)
    said = capital_money(amount).translate(_INFORMAL)
    same = found[0].replace("元零", "元") if found["tenths"] else found[0]
    wholes = (same, same + "整") if found["tenths"] and not found["hundredths"] else (same,)
    return amount if any(_OPTIONAL_ZERO.sub("", w) == _OPTIONAL_ZERO.sub("", said) for w in wholes) else None


def _digit(word: str | None) -> int:
    return _DIGITS.index(word) if word else 0


def _ordinals() -> dict[str, int]:
    table = {chinese(n): n for n in range(1, ORDINAL_LIMIT + 1)}
    table["〇"] = 0
    for number in range(1, 10):
        table[f"一百〇{_DIGITS[number]}"] = 100 + number
    return table


ORDINALS = _ordinals()
"""Chinese ordinals 一…一百九十九 (and 〇 = "number me"); 十十 and 一十 are not in it."""


def ordinal(word: str) -> int | None:
    """The number of a Chinese ordinal, None when it is none; 〇 is 0."""
    return ORDINALS.get(word)
