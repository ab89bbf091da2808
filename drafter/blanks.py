"""空格: blanks beside full-width marks, between a marker and its words, and inside figures."""

from __future__ import annotations

import re

from drafter import shield, style
from drafter.shield import HAN

BLANK = " \t\u3000\u00a0\u2002-\u200a"
OPENINGS = "（“‘《〈【〔「『"
CLOSINGS = "）”’》〉】〕」』"
STOPS = "，。；：、！？…"
BLANKS = frozenset(" \t\u3000\u00a0" + "".join(map(chr, range(0x2002, 0x200B))))
"""The characters of BLANK, one by one."""
_NUMERALS = "一二三四五六七八九十"
_IS_LATIN = re.compile("[A-Za-z]")

_UNIT = (
    "(?:[年月日个起次名家户万亿元吨亩件辆批届轮天岁位倍米%‰℃]|项(?!目)|人(?![口员])|条(?!件)|处(?!理)|场(?!所)"
    "|季度|公里|公顷|千米|小时|分钟|平方|百分点)"
)
_BEFORE_UNIT = re.compile(rf"(?<=[0-9])[ \u00a0](?={_UNIT})")
_BEFORE_FIGURE = re.compile(
    rf"(?<=[{HAN}])(?<!部分|附[件表])(?<![章节篇编条款])[ \u00a0](?=[0-9][0-9.,—～~-]{{0,20}}{_UNIT})|(?<=第)[ \u00a0](?=[0-9])"
)


def joined_units(text: str) -> str:
    """2022 年 9 月, 45.5 % without blanks. Why only with units: 表 1 人口 and rows of bare numbers need theirs.

    A line without any stop and with several blanks may be the row of a table (棉花 450 万吨 3.2 %) and keeps them.
    """
    if not _HAS_STOP.search(text) and len(_GAP.findall(text)) >= ROW_BLANKS:
        return text
    return _BEFORE_FIGURE.sub("", _BEFORE_UNIT.sub("", text))


ROW_BLANKS = 3
_HAS_STOP = re.compile("[，。；、！？,;年月日]")
_GAP = re.compile(f"[{BLANK}]+")
_MARKER = re.compile(rf"（[{_NUMERALS}\d]{{1,4}}）|[{_NUMERALS}]{{1,3}}、|\d{{1,3}}[.．、](?!\d)|[①-⑳]")
FORM_BLANK = 4
"""A gap of so many half-width blanks behind ： is room to fill in."""


def closed_up(text: str) -> str:
    """The text without blanks beside full-width marks and between a marker and its words."""
    keep = -1
    found = style.read(text)
    if found is not None and found[1] < len(text) and text[found[1]] in BLANKS:
        marker, end = found
        behind = text[end:].lstrip("".join(BLANKS))
        again = style.read(text[:end] + behind)
        if again is not None and again == (marker, end):
            text = text[:end] + behind
        else:
            keep = end
    return _GAP.sub(lambda gap: "" if gap.start() != keep and _is_needless(text, gap) else gap[0], text)


def _is_needless(text: str, gap: re.Match[str]) -> bool:
    left, right = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    if not gap.start() or not right or _BARRIER.search(left + right) or (left in OPENINGS and right in CLOSINGS):
        return False
    if (left in _QUOTES and _IS_LATIN.match(right)) or (right in _QUOTES and _IS_LATIN.match(left)):
        return False
    if _FULL_MARK.match(right) and right not in OPENINGS:
        return True
    if right in "年月日时分" and not left.isdecimal():
        return False
    if _MARKER.match(text, gap.end()):
        return False
    room = sum(2 if c == "\u3000" else 4 if c == "\t" else 1 for c in gap[0])
    if left == "：" and room >= FORM_BLANK:
        return False
    return bool(_FULL_MARK.match(left)) or bool(_FULL_MARK.match(right))


_QUOTES = "“‘”’"
_BARRIER = re.compile(f"[|{shield.TAG}]")
_FULL_MARK = re.compile(f"[{STOPS}{OPENINGS}{CLOSINGS}]")
