"""THE table: levels and markers of the official numbered style; the same rows read a marker and write one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafter.numeral import CIRCLED, ORDINALS, chinese, half_width, ordinal

ITEM = 0
"""Depth of a chain item (一是…): it stands under any level."""


@dataclass(frozen=True, slots=True)
class Level:
    """层次: one row of the style table. The first opening and closing are canonical, the others are tolerated."""

    name: str
    """How the first marker of the row looks; also its key."""
    depth: int
    """1–5 for sections, ITEM for chain items."""
    numerals: str
    """中文 一二三, 数字 123, 圈码 ①②③, 词 首先 其次 再次 最后."""
    opens: tuple[str, ...] = ("",)
    closes: tuple[str, ...] = ("",)
    bars: str = ""
    """Pattern that must not follow the marker (1.5亿元, 一、二、三产业)."""
    noun: str = ""
    """Pattern of the noun before the numeral (亮点一：); kept as written."""
    inline: bool = False
    """Whether the marker is also read inside a paragraph."""
    heading: str = "句"
    """How a run-in heading ends: 段 = first 。 or an early ：, 句 = a short first sentence, 冒号 = the marker's own ："""


LEVELS = (
    Level("一、", 1, "中文", ("",), ("、",), bars=r"[一二三四五六七八九十]+[、产季]", heading="段"),
    Level("（一）", 2, "中文", ("（", "("), ("）", ")"), heading="段"),
    Level("1.", 3, "数字", ("",), (".", "．", "、"), bars=r"\d"),
    Level("（1）", 4, "数字", ("（", "("), ("）", ")")),
    Level("①", 5, "圈码"),
)
"""Source: GB/T 9704-2012 7.3.3 (levels 1–4), GB/T 15834-2011 B.3.8 (level 5)."""

CHAINS = (
    Level("一是", ITEM, "中文", ("",), ("是",), inline=True),
    Level("一要", ITEM, "中文", ("",), ("要",), inline=True),
    Level("首先，", ITEM, "词", ("",), ("，", ","), inline=True),
    Level("第一，", ITEM, "中文", ("第",), ("，", ","), inline=True),
    Level("其一，", ITEM, "中文", ("其",), ("，", ","), inline=True),
    Level(
        "亮点一：", ITEM, "中文", ("",), ("：", ":"),
        noun="亮点|举措|问题|特点|经验|做法|任务|建议|案例|特色|成效|方面|目标|措施|工程|行动|清单", heading="冒号",
    ),
)  # fmt: skip
"""Source: GB/T 15834-2011 B.3.1, B.3.7 (narrative ordinals take no mark, 首先 and 第一 take ，)."""

SEQUENCE_WORDS = ("首先", "其次", "再次", "最后")
ROWS = LEVELS + CHAINS


@dataclass(frozen=True, slots=True)
class Marker:
    """序数: one use of a row. Number 0 is 〇 = "number me". Equality ignores how it was typed."""

    level: Level
    number: int
    noun: str = ""
    written: str = field(default="", compare=False)

    def __str__(self) -> str:
        """The marker in canonical form."""
        return write(self)

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a chain and no section."""
        return self.level.depth == ITEM


def write(marker: Marker) -> str:
    """The marker as the table writes it: 一、 （一） 1. （1） ① 一是."""
    row = marker.level
    return f"{row.opens[0]}{marker.noun}{_numeral(row, marker.number)}{row.closes[0]}"


def _numeral(row: Level, number: int) -> str:
    if row.numerals == "数字":
        return str(number)
    if row.numerals == "圈码":
        return CIRCLED[number - 1] if 1 <= number <= len(CIRCLED) else f"（{number}）"
    if row.numerals == "词":
        return SEQUENCE_WORDS[min(max(number, 1), 4) - 1]
    return chinese(number) if number else "〇"


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(w) for w in words)


_NUMERALS = {
    "中文": "|".join(sorted(ORDINALS, key=len, reverse=True)),
    "数字": r"[1-9１-９][\d]{0,2}|[0０]",
    "圈码": f"[{CIRCLED}]",
    "词": _any(SEQUENCE_WORDS),
}


def _pattern(row: Level) -> str:
    noun = f"(?P<noun>{row.noun})" if row.noun else "(?P<noun>)"
    bars = f"(?!{row.bars})" if row.bars else ""
    body = f"(?P<number>{_NUMERALS[row.numerals]})"
    return f"(?:{_any(row.opens)}){noun}{body}(?:{_any(row.closes)}){bars}"


_AT_START = tuple((row, re.compile(_pattern(row))) for row in ROWS)
_CLAUSE_START = "(?<=[。；：，！？;:,”」』）])"
_INLINE = tuple((row, re.compile(_CLAUSE_START + _pattern(row))) for row in CHAINS if row.inline)


def read(text: str, offset: int = 0) -> tuple[Marker, int] | None:
    """The marker that stands at `offset` and the offset behind it; None when there is none.

    Tolerated forms ((一), 1、, full-width digits) are read too; `written` keeps them.
    """
    for row, pattern in _AT_START:
        found = pattern.match(text, offset)
        marker = found and _marker(row, found)
        if found and marker:
            return marker, found.end()
    return None


_ANYWHERE = tuple((row, re.compile(_pattern(row))) for row in CHAINS if row.inline)


def anywhere(text: str) -> list[tuple[int, Marker, int]]:
    """Chain markers wherever they stand, clause mark or not: what a loop typed is a marker all the same."""
    found = [(m.start(), _marker(row, m), m.end()) for row, pattern in _ANYWHERE for m in pattern.finditer(text)]
    return sorted(((at, marker, end) for at, marker, end in found if marker is not None), key=lambda f: f[0])


def inline(text: str, start: int = 0) -> list[tuple[int, Marker, int]]:
    """Chain items inside a paragraph, as (offset, marker, offset behind), behind a clause mark only."""
    found = []
    for row, pattern in _INLINE:
        for match in pattern.finditer(text, start):
            marker = _marker(row, match)
            if marker is not None and not _quoted(text, match.start()):
                found.append((match.start(), marker, match.end()))
    return sorted(found, key=lambda f: f[0])


def _quoted(text: str, offset: int) -> bool:
    """Whether the offset lies inside “…”: a 二是 that somebody says is no item. Source: official-style 2.4."""
    pairs = (("“", "”"), ("‘", "’"))
    return any(text.rfind(opening, 0, offset) > text.rfind(closing, 0, offset) for opening, closing in pairs)


def _marker(row: Level, found: re.Match[str]) -> Marker | None:
    word = found["number"]
    number: int | None
    if row.numerals == "数字":
        number = int(half_width(word))
    elif row.numerals == "圈码":
        number = CIRCLED.index(word) + 1
    elif row.numerals == "词":
        number = SEQUENCE_WORDS.index(word) + 1
    else:
        number = ordinal(word)
    if number is None or number > 199:
        return None
    return Marker(row, number, found["noun"], found[0])


def is_canonical(marker: Marker) -> bool:
    """Whether the marker was typed as the table writes it."""
    return not marker.written or marker.written == write(marker)


FIGURE_WITH_UNIT = re.compile(
    r"[0-9０-９][0-9０-９,.]*(?:[%％‰]|(?:余|多)?[万亿]?(?!年|月|日|号|[—\-~～]|\.)[\u4e00-\u9fff])|【待补"
)
"""A figure that measures something: 45.5%, 6起, 2800余人; years, dates and codes (17号) are none."""
RUN_IN_LIMIT = 40
"""Longest run-in heading below level 2, in characters."""
COLON_LIMIT = 15
"""A ： within so many characters closes the heading of 一、 and （一）."""


def heading_end(row: Level, text: str) -> int:
    """THE heading rule: how many characters of `text` (all behind the marker on its line) are the heading.

    `^` in front has been taken off by the reader, which then does not ask.
    """
    if row.heading == "段":
        return _open_heading(text)
    if row.heading == "冒号":
        return _short_sentence(text, alone_is_heading=True)
    return _short_sentence(text, alone_is_heading=True)


def _open_heading(text: str) -> int:
    stop = text.find("。")
    colon = re.compile("[：:]").search(text)
    if colon and colon.start() <= COLON_LIMIT and (stop < 0 or colon.start() < stop) and text[colon.end() :].strip():
        return colon.end()
    return len(text) if stop < 0 else stop + 1


def _short_sentence(text: str, *, alone_is_heading: bool) -> int:
    stop = text.find("。")
    if stop >= 0 and text[stop + 1 :].strip(" ；;，,、。"):
        head = text[: stop + 1]
        fits = len(head) <= RUN_IN_LIMIT and not FIGURE_WITH_UNIT.search(head) and "；" not in head
        return len(head) if fits else 0
    closed = not text or text[-1] in "。；;，,、：:！？!?…"
    return 0 if closed or not alone_is_heading else len(text)
