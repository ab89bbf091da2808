"""What a passage is made of: words, figures with their units, and words of periods. Marks, blanks and widths are look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from drafter.measure import COUNT_UNITS, UNITS

WORD, FIGURE, PERIOD = "字", "数", "期"
MASKS = {FIGURE: "＃", PERIOD: "◇"}
"""What stands for a figure and a word of a period in a skeleton."""
_FOLD = str.maketrans({**{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)}, "–": "—", "―": "—", "−": "-"})
_MORE_UNITS = (
    "户次 家次 班次 场次 台次 车次 架次 微克/立方米 毫克/升 美元 欧元 元 分钟 小时 个月 个工作日 工作日 亿立方米 万千瓦 兆瓦 厘米 毫米 人天 天 日 年 周 岁 分 倍 成"
    " 级 种 类 轮 届 档 头 株 篇 位 支 队 组 栋 幢 片 块 段 艘 架 顶 口 尾 羽 棵 根 颗 盏 面 张 本 封 幅 副 对 双 盒 箱 袋 桶 瓶 捆 车 趟 遍 句 字 页 册 卷 部 款 章 节"
    " 集 瓦 两 ℃ 号 环 度"
)
_UNITS = "|".join(sorted({*COUNT_UNITS, *UNITS, *_MORE_UNITS.split()}, key=lambda u: (-len(u), u)))
_DASH = "[—~-]"
_DIGITS = r"(?:(?<![A-Za-z0-9—-])[-+](?!\d{4}年))?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = "(?:(?:十万|百万|千万|万亿|百亿|千亿|[百万亿]|千(?![瓦克米])))?"
_MASKED = r"[*xX×]{2,}(?:\.[*xX×]+)?"
_WAY = (
    "(?:增长|下降|上升|减少|增加|回落|提高|降低|收窄|扩大|下滑|提升|压减|压降|压缩|攀升|增|降)"
    "(?:了|约|近|超过|超|逾|不足)?"
)
_NUMBER = rf"(?P<digits>{_DIGITS})(?:{_SCALE}{_DASH}{_DIGITS})?|{_MASKED}"
_FIGURE = (
    rf"(?P<way>{_WAY})?第?(?:约|近|超过|超|逾|不足)?(?P<number>{_NUMBER}){_SCALE}[余多]?(?P<unit>{_UNITS})?"
    r"|【待补:[^】]*】|首位|末位|持平"
)
_B = r"[ \u3000\u00a0]?"
_YEAR = rf"(?<!\d)(?:\d{{4}}|二[〇○零一二三四五六七八九]{{3}}){_B}年度?"
_MONTH = (
    rf"(?<![\d.])(?:1[0-2]|0?[1-9]){_B}月(?:份|底|末|初|[上中下]旬)?(?:{_B}\d{{1,2}}{_B}[日号])?"
    r"|(?:十[一二]?|[一二三四五六七八九])月(?:份|底|末)"
)
_RANGE = (
    rf"(?<![\d.])\d{{1,2}}(?:月份?)?(?:{_DASH}|至|到)\d{{1,2}}{_B}月(?:份|底|末)?"
    r"|[一二三四五六七八九十]{1,2}(?:月份?)?(?:—|-|至|到)[一二三四五六七八九十]{1,2}月(?:份|底|末)"
)
_SEASON = r"前[二三两23]个?季度|第?[一二三四1-4]季度|[上下]半年|前\d{1,2}个?月|全年"
_PERIOD = (
    rf"(?<!\d)\d{{4}}年?{_DASH}\d{{4}}年"
    rf"|(?:截[至止]到?)?(?:{_YEAR}{_B}(?:{_RANGE}|{_MONTH}|{_SEASON})?[底末初]?|{_RANGE}|{_MONTH}|{_SEASON})"
)
_TOKEN = re.compile(
    rf"(?P<{PERIOD}>{_PERIOD})"
    r"|(?P<name>(?![xX]{2,}(?:\.[xX]+)?(?![A-Za-z0-9]))[A-Za-z][A-Za-z0-9.\-]*|\d+(?:\+\d+)+|\d{1,2}:\d{2}(?::\d{2})?)"
    rf"|(?P<{FIGURE}>{_FIGURE})"
    r"|(?P<clause>[,。;:!?、|\n])"
    r"|(?P<word>[^\W_])"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One 汉字, Latin word, figure or word of a period; `text` is folded, places count in the line as it is."""

    kind: str
    text: str
    start: int
    end: int
    clause: int
    """Number of the clause that it stands in."""
    at: int
    """Where its digits begin, which is what a printed value covers."""
    unit: str = ""
    way: str = ""
    """增长, 下降 … that is part of the figure."""

    @property
    def key(self) -> str:
        """What it is when figures and periods are blanks."""
        return MASKS.get(self.kind, self.text)


def folded(text: str) -> str:
    """The text with half-width signs, character by character."""
    return text.translate(_FOLD)


def tokens(text: str) -> list[Token]:
    """The tokens of a text in order."""
    return list(_tokens(folded(text)))


def _tokens(text: str) -> Iterator[Token]:
    clause = 0
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup
        if kind == "clause":
            clause += 1
            continue
        kind = kind if kind in MASKS else WORD
        at = found.start("number") if found["number"] else found.start()
        words = re.sub(r"\s", "", found[0])
        yield Token(str(kind), words, found.start(), found.end(), clause, at, found["unit"] or "", found["way"] or "")


def skeleton(text: str) -> str:
    """The text without marks and blanks, figures and periods masked: what two months of one report share."""
    return "".join(_masked(found) for found in _TOKEN.finditer(folded(text)))


def _masked(found: re.Match[str]) -> str:
    kind = found.lastgroup
    return "" if kind == "clause" else MASKS.get(str(kind), found[0])


def words(text: str) -> list[str]:
    """The text as its words alone: equal for texts that differ in nothing a reader would say."""
    return [token.text for token in _tokens(folded(text))]
