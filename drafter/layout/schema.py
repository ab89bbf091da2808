"""What a layout file may say: every key with the kind of its value. Reading this table is reading the format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drafter.document import SEALS
from drafter.layout import units
from drafter.layout.model import AUTOMATIC, CENTRE, DASHES, DIGITS, LEVELS, LITERAL, NOTHING, OUTER, RIGHT
from drafter.layout.units import Kind

ELEMENTS = (
    "份号", "密级", "紧急程度", "发文机关标志", "发文字号", "分隔线", "标题", "副标题", "目录", "主送机关", "正文", "附件说明",
    "署名", "附注", "与会", "附件", "版记",
)  # fmt: skip
"""What 次序 may name. Source: GB/T 9704-2012 7.2–7.4, 10.3."""
LOOKS = (
    "正文", *LEVELS, "标题", "副标题", "主送机关", "附件说明", "署名", "附注", "附件", "附件标题", "份号", "密级", "紧急程度",
    "发文机关标志", "发文字号", "签发人", "签发人姓名", "与会", "抄送", "印发", "页码", "表题", "单位行", "表头", "表文",
    "图题", "目录标题", "目录",
)  # fmt: skip
"""Kinds of paragraphs, and of words inside one, that 样式 may describe."""
PAPERS = {
    "A4": ("210毫米", "297毫米"),
    "A3": ("297毫米", "420毫米"),
    "A5": ("148毫米", "210毫米"),
    "16开": ("184毫米", "260毫米"),
}
"""纸张 by name: width and height."""
ALIGNS: dict[str, object] = {"两端": "both", "左": "left", "居中": "center", "右": "right"}


@dataclass(frozen=True, slots=True)
class Many:
    """One value, or a list of `low` to `high` of them."""

    kind: Kind
    low: int
    high: int
    example: str
    alone: bool = False
    """Whether one value may stand without [ ]."""


@dataclass(frozen=True, slots=True)
class Named:
    """Values under names of the office's own."""

    name: Kind
    kind: Kind
    example: str


@dataclass(frozen=True, slots=True)
class Group:
    """Keys below a key."""

    keys: Mapping[str, Kind | Many | Named | Group]
    absent: bool = False
    """Whether 无 may stand in its place."""
    presets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that may stand in its place: the values of its keys, in order."""


LOOK = Group({
    "字体": units.font,
    "字号": units.size,
    "对齐": units.choice(ALIGNS),
    "首行": units.characters("0", "10"),
    "左空": units.characters("0", "20"),
    "右空": units.characters("0", "20"),
    "悬挂": units.characters("0", "20"),
    "行距": units.length("5", "200", unit="磅"),
    "前空行": units.count(0, 10, "行"),
    "加粗": units.YES_NO,
    "颜色": units.colour,
    "西文": units.font,
    "字距": units.length("-3", "20", unit="磅"),
    "与下段同页": units.YES_NO,
})  # fmt: skip
RULE = Group({
    "粗": Many(units.weight, 1, 2, "1磅，双线写 [2.25磅, 0.75磅]", alone=True),
    "颜色": units.colour,
    "长": units.length("10", "400"),
    "距": units.length("0", "100"),
}, absent=True)  # fmt: skip
LAYOUT = Group({
    "依据": units.word,
    "纸张": Group({"宽": units.length("50", "558"), "高": units.length("50", "558")}, presets=PAPERS),
    "页边距": Group({
        "天头": units.length("0", "150", up=True),
        "订口": units.length("0", "150", up=True),
        "下": units.length("0", "150"),
        "右": units.length("0", "150"),
        "页眉": units.length("0", "100", up=True),
    }),
    "版心": Group({
        "宽": units.length("20", "500"),
        "高": units.length("20", "500"),
        "每页行数": units.count(1, 100, "行"),
        "每行字数": units.count(1, 100, "字"),
        "行距": units.length("5", "200", unit="磅"),
        "字距": units.length("-3", "20", unit="磅"),
        "网格": units.choice({"行": "lines", "行和字": "linesAndChars"}),
    }),
    "字体": Group({"西文": units.font, "代用": Named(units.font, units.font, "方正小标宋简体: 华文中宋")}),
    "样式": Group(dict.fromkeys(LOOKS, LOOK)),
    "标题每行": units.count(1, 60, "字"),
    "次序": Many(units.word, 1, 2 * len(ELEMENTS), "[标题, 主送机关, 正文, 署名]"),
    "版头": Group({
        "标志位置": units.choice({"版心": False, "纸边": True}),
        "标志距": units.length("0", "200"),
        "后缀": units.suffix,
        "分隔线": RULE,
        "首页下线": RULE,
        "要素距": units.length("0", "100"),
    }, absent=True),
    "印章": units.among(*SEALS),
    "版记": Group({"首末线": units.weight, "中间线": units.weight, "印发": units.YES_NO}),
    "页码": Group({
        "形式": units.among(DASHES, DIGITS, NOTHING),
        "位置": units.among(OUTER, CENTRE, RIGHT),
        "距版心": units.length("0", "50"),
        "空": units.characters("0", "10"),
        "首页": units.YES_NO,
    }),
    "编号": units.among(LITERAL, AUTOMATIC),
    "目录": units.count(0, 5, "层"),
    "底稿": units.word,
})  # fmt: skip
"""A whole layout file."""
TWINS = (
    (("版心", "每页行数"), ("版心", "行距")),
    (("版心", "每行字数"), ("版心", "字距")),
    (("版心", "宽"), ("页边距", "右")),
    (("版心", "高"), ("页边距", "下")),
)
"""Two ways to say one thing: a file says one of them, and it takes the place of the other in what it is based on."""
