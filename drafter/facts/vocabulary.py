"""The words of facts files (keys, units, reserved names), the values they hold, and the reader of 指标.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import lru_cache

from drafter import period as periods
from drafter import yamlfile
from drafter.diagnostic import Diagnostic, did_you_mean, error
from drafter.figure import OPERANDS, Figure
from drafter.indicator import ACCUMULATIONS, KINDS, POLARITIES, Indicator
from drafter.missing import ComparisonError, Missing
from drafter.numeral import half_width
from drafter.source import Origin
from drafter.yamlfile.slip import folded

NOTES = ("口径", "来源", "责任单位", "备注")
"""Keys of a figure that hold text."""
STRONG = (*OPERANDS, "其中", "位次", "预计")
"""Keys that make a mapping a figure."""
FIGURE_KEYS = (*STRONG, *NOTES)


def _words(*rows: str) -> frozenset[str]:
    return frozenset(word for row in rows for word in row.split(" "))


COMMON_UNITS = _words(
    " % ‰ 元 千元 万元 百万元 亿元 起 人 万人 人次 万人次 次 个 项 家 件 户 万户 处 条 名 场 期 份 辆 台 套 座 宗 批 所 只 头 株 篇",
    "吨 千克 公斤 万吨 亩 万亩 公顷 公里 千米 米 平方米 万平方米 平方公里 立方米 万立方米 千瓦 万千瓦 千瓦时 万千瓦时",
    "亿千瓦时 个百分点 百分点",
)
"""Units behind which an unquoted number without an indicator is a figure; the empty one is among them."""
OWN_WORDS = ("单位", "部门", "报告", "标题", "事实", "期", "loop")
_KEYS_ONLY = ("本期", "增幅", "环比增幅", "其中", "预计")
"""Keys of a figure that cannot be facts."""
JINJA_WORDS = _words("true false none True False None and or not in is if else self")
"""Words that a template reads as its own."""
SYNONYMS = {
    "当期": "本期", "本期数": "本期", "本期值": "本期", "去年同期": "上年同期", "同期": "上年同期", "上年": "上年同期",
    "同比": "增幅", "增长率": "增幅", "同比增幅": "增幅", "同比增长": "增幅", "环比": "环比增幅", "环比增长": "环比增幅",
    "排名": "位次", "名次": "位次",
}  # fmt: skip
"""What clerks call the keys of a figure."""
SOUNDS = (
    "期其气齐奇旗棋欺",
    "幅副福符辐伏富",
    "标表彪",
    "计记纪級計",
    "中种钟终",
    "次词此刺",
    "本笨",
    "增赠増曾",
    "预予豫預",
    "位为",
)
"""Characters that an input method puts for one another."""


class Told(str):
    """A text fact: exactly what was written, and where."""

    __slots__ = ("origin",)
    origin: Origin

    def __new__(cls, text: str, origin: Origin) -> Told:
        told = super().__new__(cls, text)
        told.origin = origin
        return told

    def __bool__(self) -> bool:
        """Whether there is text. Errors: ComparisonError for 否, 无 and the like: being written they would mean yes."""
        if self.strip().lower() in _NOES:
            hint = f'和文字比，如 {{% if {self.origin.fact} == "{self}" %}}；没有的事实就留空，用 is 已填 问'
            raise ComparisonError(f"“{self.origin.fact}”写的是“{self}”，是文字，不能当是否判断", hint)
        return len(self) > 0

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        """Whether the texts are equal. Errors: ComparisonError with a number, which no text equals."""
        if isinstance(other, (int, float)):
            hint = f'和文字比，加引号，如 {{% if {self.origin.fact} == "{other}" %}}'
            raise ComparisonError(f"“{self.origin.fact}”是文字，不能和数比较", hint)
        return str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other


_NOES = frozenset(("否", "无", "没有", "暂无", "不", "false", "no"))
"""Texts that say no, and yet are there."""


class Rows(tuple["Value", ...]):
    """A list fact: its items in order."""

    origin: Origin

    def __new__(cls, items: tuple[Value, ...], origin: Origin) -> Rows:
        rows = super().__new__(cls, items)
        rows.origin = origin
        return rows


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A list item or a group: names and values, read only. `siblings` are names that other items of the list have."""

    fields: Mapping[str, Value]
    origin: Origin
    siblings: frozenset[str] = field(default_factory=frozenset)

    def get(self, name: str) -> Value:
        """The value of a field; Missing as 应急响应第2项的次数 when it is not there."""
        key = folded(name)
        found = self.fields.get(key)
        if found is not None:
            return found
        origin = self.origin
        missing = Missing(f"{origin.fact}的{name}", origin.office, origin.period, origin.span)
        if key in self.siblings:
            return missing
        names = tuple(dict.fromkeys([*self.fields, *sorted(self.siblings)]))
        return replace(missing, unknown=True, hint=did_you_mean(key, names) or f"有：{'、'.join(names[:12])}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and folded(name) in self.fields


@dataclass(frozen=True, slots=True, eq=False)
class Known(Figure):
    """A figure as a facts file has it; it says where to write what it lacks."""

    label: str = ""
    """Its name in the file, with what it stands in: 总量的甲."""
    inside: str = ""
    """The label of the whole, when it stands in 其中: its own name would not say what is missing."""
    elsewhere: Callable[[], Mapping[str, str]] | None = field(default=None, compare=False)
    """How to give 上年同期 and 上期: 在 data/某局/2021-09.yaml 填“总量”; asked when one is missing."""
    whose: str = ""
    """What stands in front of its name when it is another department's or another period's: 甲镇的, 2022年8月."""
    incomparable: bool = False
    """Made of months whose growth was given: its own growth must be given too, no base is taken for it."""
    running: Callable[[], Figure | Missing] | None = field(default=None, compare=False)
    """How to find 累计, given or made of the months; None in parts and before the files were joined."""
    others: Callable[[periods.Period], Figure | Missing | None] | None = field(default=None, compare=False)
    """How to find the same fact of another period; None in parts."""

    @property
    def called(self) -> str:
        """What it is called beside other figures, with whose it is: 甲镇的税收收入."""
        return f"{self.whose}{self.name}"

    def in_period(self, period: periods.Period) -> Figure | Missing | None:
        """The same fact of another period, saying whose it is."""
        if period == self.period or self.others is None:
            return Figure.in_period(self, period)
        found = self.others(period)
        if isinstance(found, Missing) and not found.fault:
            return replace(found, name=f"{self.whose}{found.name}")
        return found.of(f"{self.whose}{found.whose}") if isinstance(found, Known) else found

    def accumulated(self) -> Figure | Missing:
        """累计 from January on: as given, else from the other files of the year by the indicator's 累计 rule."""
        found = self.running() if self.running else Figure.accumulated(self)
        if isinstance(found, Missing):
            own = found.name if found.name.startswith(self.whose) else f"{self.whose}{found.name}"
            return replace(found, name=own)
        return found.of(self.whose) if isinstance(found, Known) else found

    def lacks(self, key: str) -> Missing:
        """What is missing when an operand is asked for, with the place to write it."""
        found = Figure.lacks(self, key)
        if self.inside:
            found = replace(found, name=self.label if key == "本期" else f"{self.label}的{key}", asked="")
        return replace(found, name=f"{self.whose}{found.name}", hint=self._advice(key))

    def of(self, whose: str) -> Known:
        """The figure and its parts as another department's or another period's, so that what they lack says so."""
        parts = tuple(p.of(whose) if isinstance(p, Known) else p for p in self.parts)
        return replace(self, whose=whose, parts=parts)

    def _advice(self, key: str) -> str:
        if self.span is None or (key == "本期" and not {"值", "本期"}.isdisjoint(self.places)):
            return ""
        if self.incomparable and key == "上年同期":
            file = f"{self.span.file.rpartition('/')[0]}/{self.period}.yaml"
            return f"各月的增幅是填的，不能用两年的数算；在 {file} 填“{self.name}: {{本期: …, 增幅: …}}”"
        own = f"写 {{本期: …, {key}: …}}" if "值" in self.places else f"加上 {key}: …"
        own = f"在 {self.span.file}:{self.span.line} {own}"
        other = self.elsewhere().get(key, "") if self.elsewhere else ""
        return f"{other}，或{own}" if other else own


Value = Figure | Told | Record | Rows | Missing
"""What a fact can be."""


@lru_cache(maxsize=1)
def period_words() -> frozenset[str]:
    """Words of a period that templates may print (期间, 期末, 上年同期…)."""
    return frozenset(periods.words(periods.month(2000, 1)))


@lru_cache(maxsize=1)
def _taken() -> frozenset[str]:
    return period_words() | JINJA_WORDS | {*OWN_WORDS, *_KEYS_ONLY}


def reserved(name: str) -> str:
    """Why a fact must not be called so; empty when it may."""
    if name.isidentifier() and name not in _taken():
        return ""
    if name in period_words() or name in OWN_WORDS:
        return f"“{name}”是模板自己的词，不能作事实的名称"
    if name in JINJA_WORDS or re.fullmatch(r"[-+]?[\d.]+", name):
        return f"“{name}”在模板里另有意思，不能作事实的名称"
    if name in _KEYS_ONLY:
        return f"“{name}”是数据的键，不能单独成一个事实"
    return ""


@lru_cache(maxsize=4096)
def meant_key(key: str) -> str:
    """The figure key that a word surely stands for (本其 → 本期, 同比 → 增幅); empty when none.

    Why so strict: 本月, 其他, 目的 are ordinary names of a group's fields and differ by one character as well.
    """
    if key in STRONG:
        return ""
    if key in SYNONYMS:
        return SYNONYMS[key]
    for known in STRONG:
        if len(key) == len(known) and all(_alike(a, b) for a, b in zip(key, known, strict=True)):
            return known
        if len(key) > 2 and len(known) > 2 and SequenceMatcher(None, key, known).ratio() >= 0.75:
            return known
    return ""


def _alike(one: str, other: str) -> bool:
    return one == other or any(one in row and other in row for row in SOUNDS)


def is_figure(keys: list[str]) -> bool:
    """Whether a mapping with these keys is a figure: one key says so, or all of them can belong to one."""
    if any(key in STRONG or meant_key(key) for key in keys):
        return True
    return bool(keys) and all(key in NOTES for key in keys)


INDICATOR_KEYS = {
    "名称": "name",
    "单位": "unit",
    "性质": "kind",
    "极性": "polarity",
    "小数": "decimals",
    "累计": "accumulation",
    "来源": "source",
    "责任单位": "office",
}
"""Keys of 指标.yaml and the fields they fill."""
ALLOWED = {"性质": KINDS, "极性": POLARITIES, "累计": ACCUMULATIONS, "小数": tuple(str(n) for n in range(13))}


_NO_SUM = "写 累计: 期末；累计的数另有来源就不写，把它填在事实文件里"


def indicators(node: yamlfile.Node | None) -> tuple[dict[str, Indicator], tuple[Diagnostic, ...]]:
    """The indicators of a 指标.yaml by name (as compared), and what is wrong with it: F103, F104, F113.

    Each entry is a mapping with INDICATOR_KEYS or a plain text, which is the 单位.
    """
    found: dict[str, Indicator] = {}
    told: list[Diagnostic] = []
    for key, value in node.items if isinstance(node, yamlfile.Mapping) else ():
        why = reserved(folded(key.text))
        if why:
            told.append(error("F113", why, key.span, "换一个名称", key.text[:40]))
            continue
        plain = Indicator(key.text.strip(), span=key.span)
        indicator, wrong = _indicator(plain, value)
        found[folded(key.text)] = indicator
        told += wrong
    return found, tuple(told)


def _indicator(indicator: Indicator, node: yamlfile.Node) -> tuple[Indicator, list[Diagnostic]]:
    match node:
        case yamlfile.Scalar():
            return (indicator if node.empty else replace(indicator, unit=half_width(node.text.strip()))), []
        case yamlfile.Sequence():
            hint = "写成 {单位: 起, 性质: 个数}，或只写单位"
            return indicator, [error("F104", f"指标“{indicator.name}”不能是列表", node.span, hint)]
    told: list[Diagnostic] = []
    fields: dict[str, str | int] = {}
    for key, value in node.items:
        word = folded(key.text)
        wrong = _wrong(indicator.name, word, key, value)
        if wrong:
            told.append(wrong)
        elif word == "单位" and isinstance(value, yamlfile.Scalar) and value.quoted and not value.text.strip():
            fields["unitless"] = True
        elif isinstance(value, yamlfile.Scalar) and not value.empty:
            text = half_width(value.text.strip()) if word in ("单位", "小数") else value.text.strip()
            fields[INDICATOR_KEYS[word]] = int(text) if word == "小数" else text
    done = replace(indicator, **fields)  # type: ignore[arg-type]
    if done.accumulation == "求和" and (done.is_rate or done.kind == "存量"):
        why = "比率各月不能相加" if done.is_rate else "存量各月不能相加"
        span = next(value.span for key, value in node.items if folded(key.text) == "累计")
        told.append(error("F104", f"指标“{indicator.name}”的累计写的是“求和”：{why}", span, _NO_SUM))
    return done, told


def _wrong(name: str, word: str, key: yamlfile.Scalar, value: yamlfile.Node) -> Diagnostic | None:
    """F103 for a key that is none, F104 for a value that may not stand there."""
    if word not in INDICATOR_KEYS:
        hint = did_you_mean(word, INDICATOR_KEYS) or f"可用的键：{'、'.join(INDICATOR_KEYS)}"
        return error("F103", f"指标“{name}”没有“{word}”这个键", key.span, hint, key.text[:40])
    if not isinstance(value, yamlfile.Scalar):
        return error("F104", f"指标“{name}”的{word}应是一个词", value.span, f"写成 {word}: 词")
    text = half_width(value.text.strip())
    if word == "单位" and text[:1].isdigit():
        return error(
            "F104", f"指标“{name}”的单位“{text[:20]}”以数字开头，会和前面的数连成一个数", value.span, "写成 /10万 这样"
        )
    if word in ALLOWED and not value.empty and text not in ALLOWED[word]:
        words = "、".join(ALLOWED[word]) if word != "小数" else "0 到 12 的整数"
        near = did_you_mean(text, ALLOWED[word]) if word != "小数" else ""
        hint = f"{near}可用：{words}"
        return error("F104", f"指标“{name}”的{word}写的是“{text[:20]}”", value.span, hint, value.text[:40])
    return None
