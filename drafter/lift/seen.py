"""Figures in a line of an old report: numbers with their units, masked ones too; dates, ordinals and names are none."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """A number with its unit: `line[start:end]` is number + unit."""

    start: int
    end: int
    number: str
    """As typed: 1,752, 2800余, 近10, ****."""
    unit: str
    masked: bool = False
    """The number was blotted out: xx, ****."""

    @property
    def text(self) -> str:
        """Number and unit as typed."""
        return self.number + self.unit


def words(*rows: str) -> tuple[str, ...]:
    """The words of a table that is written in rows."""
    return tuple(word for row in rows for word in row.split(" "))


LONG = words(
    "个百分点 百分点 个千分点 个工作日 工作日 个自然日 个小时 小时 分钟 秒钟 学时 课时 个月 周年",
    "平方公里 平方千米 平方米 平米 立方米 立方 公里 千米 海里 厘米 毫米 公顷 公斤 千克 毫克 微克 吨标准煤 标准箱",
    "千瓦时 兆瓦时 千瓦 兆瓦 千伏 人民币 美元 欧元 日元 港元 元 人次 人天 人日 车次 家次 户次 件次 批次 场次 班次 架次",
    "艘次 列次 辆次 趟次 册次 篇次 亩次 头次 只次 次",
)
"""Units of several characters (and two that begin others); the longest that fits is taken."""
SHORT = (
    "起人个项家件户条处名场期份辆台套座宗批所只头株篇位支队组班门间栋幢片块吨克斤米两亩顷天倍类种轮级档步口匹尾羽棵根颗粒盏艘架"
    "顶面张本枚封幅副对双盒箱袋桶瓶罐包车趟遍声句字词页册卷部章节款则屋孔束扇具桩笔度点年周成岁分大路例枝眼集道题股桌"
)
"""Measure words of one character."""
OTHERWISE = {
    "分": "[别之钟]", "成": "[立为员功果都本效]", "点": "[半多]", "度": "假", "年": "[代级初中末底度]", "部": "[门队委分署长级]",
    "位": "[于居列次置]", "对": "[于口照应比]", "家": "[庭园长属]", "名": "[义单称列]", "本": "[地市县区省级年月次轮]",
    "面": "[积对向临]", "组": "[织建长团]", "车": "[站间]", "支": "[持付撑出]", "批": "[复准示发]", "期": "[间望末货]",
    "门": "[槛市]", "节": "[能约水假日庆]", "种": "[植养子业]", "条": "件", "处": "[理于置罚]", "周": "[边期转]", "级": "[别]",
    "路": "[公段口网灯由径线面基沿]", "例": "[如外行会]", "眼": "[科镜]", "集": "[中体成约团镇市贸聚群结装]", "道": "[路德口教义理]",
    "题": "[为目]", "股": "[权份东市票]", "起": "[来到]", "人": "[民口均才员]", "户": "[籍口外]", "头": "部", "口": "[径岸]", "场": "[所馆地]", "台": "[风账]", "大": "[量型小于]",
}  # fmt: skip
"""What makes another word of a measure word: 6分 is a unit, 6分别 is not."""
LATIN = r"kWh|MWh|GWh|km|kV|MW|GW|kW|KW|kw|mg|μg|mm|cm|dB|TEU|m[²³23]|t|m"
SIGNS = "%％‰℃㎡㎥"

_SHORT = "|".join(f"{word}(?!{OTHERWISE[word]})" if word in OTHERWISE else word for word in SHORT)
_LONG = "|".join(sorted(LONG, key=len, reverse=True))
_WORD = rf"(?:[十百千]?万?[万亿]|[百千](?=元))?(?:{_LONG}|{_SHORT})(?:/(?:万?元|人|户|亩|吨|年|月|日|平方米|立方米|平方公里|公里|小时|度))?"
_UNIT = rf"(?:{_WORD}|[{SIGNS}]|(?:{LATIN})(?:/[A-Za-z]{{1,2}}[³3]?)?(?![A-Za-z])|[万亿](?=[\u4e00-\u9fff，。；、（]))"
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+|[０-９]+)(?:[.．][0-9０-９]+)?"
_SIGN = "(?:(?<=[为是达到至])-)?"
_FIGURE = re.compile(
    rf"(?<![A-Za-z0-9０-９.．+＋*/／第×〔])(?P<number>(?:约|近|超|逾)?{_SIGN}{_DIGITS}(?:[万亿](?=[余多]))?[余多]?)(?P<unit>{_UNIT})"
)
_MASK = r"(?:[*＊]{1,12}|[xX×]{1,8}|[○□]{2,8}|_{2,8})"
_MASKED = re.compile(
    rf"(?<![A-Za-z0-9*＊×.])(?P<number>{_MASK}(?:[.．]{_MASK})?)(?P<unit>{_UNIT})(?![县市区省乡镇村街道州旗盟局目])"
)
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}年|[0-9]{3,}年|[789][0-9]年")
_NO_MASKED = ("年", "周", "字", "点", "岁")
"""Masked: xx年 is a date that was blotted out."""
_RANGE = re.compile(r"[0-9%％][\-—~～－至]$")


def figures(line: str, shut: frozenset[int]) -> list[Seen]:
    """The figures of a line in order; `shut` holds the offsets where none may stand (names, period words)."""
    plain = (
        Seen(m.start(), m.end(), m["number"], m["unit"]) for m in _FIGURE.finditer(line) if not _YEAR.fullmatch(m[0])
    )
    masked = (
        Seen(m.start(), m.end(), m["number"], m["unit"], masked=True)
        for m in _MASKED.finditer(line)
        if m["unit"] not in _NO_MASKED
    )
    return sorted((s for s in (*plain, *masked) if _stands_free(line, s, shut)), key=lambda s: s.start)


def _stands_free(line: str, seen: Seen, shut: frozenset[int]) -> bool:
    return shut.isdisjoint(range(seen.start, seen.end)) and not _RANGE.search(line[: seen.start][-2:])


_LOOSE = re.compile(r"(?<![A-Za-z0-9.+＋*/／第×〔-])[0-9][0-9,]*(?:\.[0-9]+)?(?![0-9.,+＋/／A-Za-z\-—~～－:：〕])")


def without_unit(line: str, shut: frozenset[int], found: list[Seen]) -> list[tuple[int, int]]:
    """(start, end) of numbers that have no unit and are no figures: they stay text, and are told."""
    taken = shut | {at for s in found for at in range(s.start, s.end)}
    spans = ((m.start(), m.end()) for m in _LOOSE.finditer(line))
    return [s for s in spans if taken.isdisjoint(range(*s)) and not _DATED.match(line, s[1])]


_DATED = re.compile(r"[年月日号时点]|[强A-Z]")
