"""THE table: levels and markers of the official numbered style; the same rows read a marker and write one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter.numeral import CIRCLED, ORDINAL_LIMIT, chinese, half_width, ordinal

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
    signs: str = ""
    """Characters that are a whole marker: ㈠㈡㈢, ⒈⒉⒊, ⑴⑵⑶."""
    loose: str = ""
    """Pattern of every form that real files have (a lost bracket, 一., （一）、), {} being the numeral: the forms that a
    template may not type are read where the sequence asks for them."""
    bars: str = ""
    """Pattern that must not follow the marker (1.5亿元)."""
    noun: str = ""
    """Pattern of the noun before the numeral (亮点一：); kept as written."""
    inline: bool = False
    """Whether a template may type it inside a paragraph."""
    heading: str = "句"
    """How a run-in heading ends: 段 = first 。 or an early ：, 句 = a short first sentence."""


LEVELS = (
    Level("一、", 1, "中文", ("",), ("、",), loose=r"{}(?:[、﹑丶]|\s、|[.．](?![\d.．])|，|,)", heading="段"),
    Level("（一）", 2, "中文", ("（", "("), ("）", ")"), signs="㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
          loose=r"(?:[（(]\s?{}\s?[）)]|{}[）)]|[（(]{}(?=[\u4e00-\u9fff“])|[㈠-㈩])[、.．]*", heading="段"),
    Level("1.", 3, "数字", ("",), (".", "．", "、"), signs="⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
          loose=r"(?:{}(?:[.．、]|[ \u3000\u00a0][.．、](?!\s?[\d.．]))|[⒈-⒛])、*", bars=r"[\d０-９]"),
    Level("（1）", 4, "数字", ("（", "("), ("）", ")"), signs="⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
          loose=r"(?:[（(]\s?{}\s?[）)]|{}[）)]|[（(]{}(?=[\u4e00-\u9fff“])|[⑴-⒇])[、.．]*"),
    Level("①", 5, "圈码"),
)  # fmt: skip
"""Source: GB/T 9704-2012 7.3.3 (levels 1–4), GB/T 15834-2011 B.3.8 (level 5)."""

CHAINS = (
    Level("一是", ITEM, "中文", ("",), ("是",), loose=r"{}[ \u3000\u00a0]?是", inline=True),
    Level("一要", ITEM, "中文", ("",), ("要",), loose=r"{}[ \u3000\u00a0]?要", inline=True),
    Level("首先，", ITEM, "词", ("",), ("，", ","), inline=True),
    Level("第一，", ITEM, "中文", ("第",), ("，", ","), loose=r"第{}(?:[，,]|、(?![第一二三四五六七八九十]))", inline=True),
    Level("其一，", ITEM, "中文", ("其",), ("，", ","), inline=True),
    Level(
        "亮点一：", ITEM, "中文", ("",), ("：", ":"),
        noun="亮点|举措|问题|特点|经验|做法|任务|建议|案例|特色|成效|方面|目标|措施|工程|行动|清单",
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


Found = tuple[int, Marker, int]
"""A marker in a text: offset, marker, offset behind it."""


def write(marker: Marker) -> str:
    """The marker as the table writes it: 一、 （一） 1. （1） ① 一是."""
    row = marker.level
    return f"{row.opens[0]}{marker.noun}{_numeral(row, marker.number)}{row.closes[0]}"


def before(marker: Marker, words: str) -> str:
    """The marker as it is written right before words: `1. 6起`, so that no decimal arises; elsewhere without blank."""
    fuses = marker.level.numerals == "数字" and words[:1].isdecimal() and not marker.level.opens[0]
    return f"{write(marker)} " if fuses else write(marker)


def _numeral(row: Level, number: int) -> str:
    if row.numerals == "数字":
        return str(number)
    if row.numerals == "圈码":
        return CIRCLED[number - 1] if 1 <= number <= len(CIRCLED) else f"（{number}）"
    if row.numerals == "词":
        return SEQUENCE_WORDS[min(max(number, 1), 4) - 1]
    return chinese(number) if number else "〇"


def is_canonical(marker: Marker) -> bool:
    """Whether the marker was typed as the table writes it."""
    return not marker.written or marker.written == write(marker)


_NUMERALS = {
    "中文": "[一二三四五六七八九十百〇零]{1,6}",
    "数字": r"(?:[1-9１-９][0-9０-９]{0,2}|[0０](?![0-9０-９]))",
    "圈码": f"[{CIRCLED}]",
    "词": "|".join(SEQUENCE_WORDS),
}
_NOT_BEHIND = {
    "中文": "(?<![一二三四五六七八九十百千万〇零])",
    "数字": r"(?<![0-9０-９A-Za-z*×+$\-－—～~/])(?<![0-9０-９A-Za-z.．\s][.．])",
}
"""What stands before a numeral that is only part of a longer word or number."""


def _any(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(w) for w in words)


def _numbered(row: Level) -> str:
    return f"(?:{_NUMERALS[row.numerals]})"


def _pattern(row: Level) -> str:
    """The forms a template may type."""
    bars = f"(?!{row.bars})" if row.bars else ""
    whole = f"(?:{_any(row.opens)})(?:{row.noun}){_numbered(row)}(?:{_any(row.closes)}){bars}"
    return f"{whole}|[{row.signs}]" if row.signs else whole


def _loose_pattern(row: Level) -> str:
    """Every form that real files have."""
    bare = row.opens == ("",) and not row.noun
    pattern = row.loose.replace("{}", _numbered(row)) if row.loose else _pattern(row)
    return (_NOT_BEHIND.get(row.numerals, "") if bare else "") + f"(?:{pattern})"


_AT_START = tuple((row, re.compile(_pattern(row))) for row in ROWS)
_CLAUSE_START = "(?<=[。；：，！？;:,”」』）])"
_INLINE = tuple((row, re.compile(_CLAUSE_START + f"(?:{_pattern(row)})")) for row in CHAINS if row.inline)
_ANYWHERE = tuple((row, re.compile(_pattern(row))) for row in CHAINS if row.inline)
_SECTIONS = re.compile("|".join(f"(?P<r{n}>{_loose_pattern(row)})" for n, row in enumerate(LEVELS)))
_FUSES = LEVELS[2]
_FUSED = re.compile(r"(?<=[0-9][0-9])[.．、](?=\s?[\u4e00-\u9fff“《])")
_ITEMS = re.compile("|".join(f"(?P<r{n}>{_loose_pattern(row)})" for n, row in enumerate(CHAINS)))


def read(text: str, offset: int = 0) -> tuple[Marker, int] | None:
    """The marker that stands at `offset` and the offset behind it; None when there is none.

    Tolerated forms ((一), 1、, full-width digits, ⑴) are read too; `written` keeps them.
    """
    for row, pattern in _AT_START:
        found = pattern.match(text, offset)
        marker = found and _marker(row, found[0])
        if found and marker:
            return None if joins(marker, text, found.end()) else (marker, found.end())
    return None


def joins(marker: Marker, text: str, end: int) -> str:
    """Whether 一、 only joins two numbers: surely (一、二、三产业), perhaps (一、二季度 in prose), or not at all ('').

    Why prose: 一、二季度工作情况 alone on its line is a heading.
    """
    following = _JOINED.match(text, end) if marker.level.depth == 1 else None
    if following is None:
        return ""
    number = ordinal(following["number"]) or _beyond(following["number"])
    if number <= marker.number:
        return ""
    if following["by"] in ("、", "产"):
        return "surely"
    near = number <= marker.number + 2 or number % 10 == 0
    return "perhaps" if near and not following["blank"] and _PROSE.match(text, end) else ""


def _beyond(word: str) -> int:
    """The value of a numeral that is no ordinal: 两 is 2, 五百 is beyond all of them, 二〇二五 is a year and joins nothing."""
    return 2 if word == "两" else 10 * ORDINAL_LIMIT if "百" in word else 0


_JOINED = re.compile(
    rf"(?P<blank>\s*)(?P<number>{_NUMERALS['中文']}|两)(?P<by>[、产季级期线类月年批届层等环号组队档次楼个家名人项万亿审把百千成倍度岁天周日时点米公])"
)
_PROSE = re.compile("[^（(。，；,;]{0,60}[。，；,;]")


def sections(text: str) -> Iterator[Found]:
    """Whatever looks like a marker of a level, anywhere in the text and in any form; weighed by boundary.py."""
    return _scanned(text, _SECTIONS, LEVELS)


def fused(text: str) -> Iterator[Found]:
    """Where a number and the 1. behind it run together, every way to part them: 132.其他 is 1 and 32., or 13 and 2..

    Why: a table whose rows were joined has nothing between a value and the next row; weighed by boundary.py.
    """
    for mark in _FUSED.finditer(text):
        for digits in (2, 1):
            at = mark.start() - digits
            marker = _marker(_FUSES, text[at : mark.end()]) if text[at] in "123456789" else None
            if marker is not None and text[at - 1 : at].isdecimal():
                yield at, marker, mark.end()


def items(text: str) -> Iterator[Found]:
    """Whatever looks like a marker of a chain, anywhere in the text and in any form; weighed by items.py."""
    return _scanned(text, _ITEMS, CHAINS)


def _scanned(text: str, pattern: re.Pattern[str], rows: tuple[Level, ...]) -> Iterator[Found]:
    for found in pattern.finditer(text):
        marker = _marker(rows[int(str(found.lastgroup)[1:])], found[0])
        if marker is not None:
            yield found.start(), marker, found.end()


def is_loose(marker: Marker) -> bool:
    """Whether only a real file would have it so: 三）, （一）、, 一."""
    row = marker.level
    return not any(p.fullmatch(marker.written) for r, p in _AT_START if r is row)


def is_mistyped(marker: Marker) -> bool:
    """Whether it was typed as a marker of another row: 四、 between （三） and （五）."""
    return any(p.fullmatch(marker.written) for r, p in _AT_START if r is not marker.level)


def anywhere(text: str) -> list[Found]:
    """Chain markers wherever they stand, clause mark or not: what a loop typed is a marker all the same."""
    return _found(text, _ANYWHERE)


def inline(text: str) -> list[Found]:
    """Chain items inside a paragraph of a template, behind a clause mark only."""
    return [found for found in _found(text, _INLINE) if not _quoted(text, found[0])]


def _found(text: str, patterns: tuple[tuple[Level, re.Pattern[str]], ...]) -> list[Found]:
    every = ((m.start(), _marker(row, m[0]), m.end()) for row, pattern in patterns for m in pattern.finditer(text))
    return sorted(((at, marker, end) for at, marker, end in every if marker is not None), key=lambda f: f[0])


def _quoted(text: str, offset: int) -> bool:
    """Whether the offset lies inside “…”: a 二是 that somebody says is no item. Source: official-style 2.4."""
    pairs = (("“", "”"), ("‘", "’"))
    return any(text.rfind(opening, 0, offset) > text.rfind(closing, 0, offset) for opening, closing in pairs)


_CORE = {row: re.compile(f"(?P<noun>{row.noun})(?P<number>{_numbered(row)})") for row in ROWS}


def _marker(row: Level, written: str) -> Marker | None:
    if row.signs and written[0] in row.signs:
        return Marker(row, row.signs.index(written[0]) + 1, "", written)
    core = _CORE[row].search(written)
    number = _number(row, core["number"]) if core else None
    if core is None or number is None or number > ORDINAL_LIMIT:
        return None
    return Marker(row, number, core["noun"], written)


def _number(row: Level, word: str) -> int | None:
    if row.numerals == "数字":
        return int(half_width(word))
    if row.numerals == "圈码":
        return CIRCLED.index(word) + 1
    return SEQUENCE_WORDS.index(word) + 1 if row.numerals == "词" else ordinal(word)
