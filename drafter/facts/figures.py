"""Numbers and figures of a facts file: units, growths, ranks and parts, each typed from its raw text and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from drafter import numeral
from drafter.diagnostic import Diagnostic, did_you_mean, error
from drafter.facts import integrity, plain
from drafter.facts.vocabulary import FIGURE_KEYS, NOTES, Known, meant_key
from drafter.figure import GROWTHS, OPERANDS, Figure, Indicator, Rank
from drafter.measure import converted
from drafter.numeral import Number
from drafter.period import Period
from drafter.source import Span
from drafter.yamlfile import Mapping as Branch
from drafter.yamlfile import Node, Scalar
from drafter.yamlfile.slip import folded

GROWTH_UNITS = ("", "%", "百分点", "个百分点")
RANK_KEYS = ("第", "范围", "共", "上年同期", "上期", "并列")
YES_NO = {"true": True, "是": True, "false": False, "否": False}
_HINTS = (
    (re.compile(r"^[-—–―─－/／…?？]+$"), "还不知道就留空"),
    (re.compile(r"[下降减少增长上升]"), "只写数，减少的写负号，如 -3.9%"),
    (re.compile(r"^[零〇一二两三四五六七八九十百千]"), "写阿拉伯数字，如 6 或 6起"),
    (re.compile(r"\d[eE]|nan|inf", re.IGNORECASE), "写成普通的数，如 1000；是文字就加半角引号"),
    (re.compile(r"^[-+－−]?0\d[\d,]*(?:\.\d*)?[^\d:_-]*$"), "去掉前面的 0"),
    (re.compile(r"^[-+－−]?[\d,.]+_[\d,._]*$"), "数里不用下划线，写成 1000 或 1,000；是文字就加半角引号"),
    (re.compile(r"\d{19}|\.\d{13}"), "整数部分最多 18 位，小数最多 12 位"),
    (re.compile(r"\d[，、]\d"), "千分位用半角逗号，如 1,234"),
    (re.compile(r""), "写成一个数，如 6 或 45.5%；还不知道就留空"),
)
"""What to do about a text that is no number, first match wins."""
_VAGUE = re.compile(r"(?:以上|以下|以内|左右|上下|不等|不到|有余)$")
"""What makes a number vague and is no unit."""
_UNITS_OF_SCOPE = re.compile(r"([一二三四五六七八九十百两]+|\d+)个?(?=[县市区乡镇街村省盟旗国])")


class FigureReader:
    """Types the numbers of one file; `label` is a fact's whole name for people. Findings are gathered, never raised."""

    def __init__(self, period: Period) -> None:
        self.period = period
        self.findings: list[Diagnostic] = []

    def say(self, code: str, message: str, span: Span, hint: str, quote: str = "") -> None:
        """Keep an error."""
        self.findings.append(error(code, message, span, hint, quote[:40]))

    def not_a_number(self, label: str, node: Scalar) -> None:
        """F112 with the most fitting advice."""
        text = numeral.half_width(node.text[:200].strip())
        hint = next(hint for pattern, hint in _HINTS if pattern.search(text))
        self.say("F112", f"“{label}”应是数，写的是“{node.text[:20]}”", node.span, hint, node.text)

    def number(self, label: str, node: Node, unit: str) -> Number | None:
        """The number of a node in `unit` (empty: whatever was typed); None when empty or not one (F112)."""
        if not isinstance(node, Scalar):
            self.say("F112", f"“{label}”应是数，写的是括号或列表", node.span, "写成一个数，如 6 或 45.5%")
            return None
        if node.empty or not node.text.strip():
            return None
        found = plain.parse(node.text)
        if found is None:
            self.not_a_number(label, node)
            return None
        if advice := vague(found):
            self.say("F112", f"“{label}”应是数，写的是“{node.text[:20]}”", node.span, advice, node.text)
            return None
        return self.in_unit(label, node, found, unit) if unit else found

    def in_unit(self, label: str, node: Scalar, found: Number, unit: str) -> Number | None:
        """The number in the indicator's unit; it keeps a typed unit that converts (1,752万元), else F112 with both."""
        if found.unit and folded(found.unit) != folded(unit):
            value = converted(found.value, folded(found.unit), folded(unit))
            if value is not None:
                return Number(value, found.written, found.unit)
            hint = f"换算成“{unit}”，或改 指标.yaml 的单位"
            self.say("F112", f"“{label}”的单位是“{unit}”，写的是“{found.unit}”", node.span, hint, node.text)
            return None
        if not found.unit and unit[0] in "万亿" and found.written.rstrip("余多")[-1] in "万亿":
            message = f"“{label}”的单位是“{unit}”，“{found.written}”又带了万或亿"
            self.say("F112", message, node.span, f"写全单位，如 {found.written}{unit[1:]}，或只写数", node.text)
            return None
        return Number(found.value, found.written, unit)

    def figure(self, label: str, indicator: Indicator, node: Branch, inside: str = "") -> Known:
        """A mapping with the keys of a figure; `inside` is the label of the whole that it is a part of."""
        entries = self.entries(label, node)
        unit = indicator.unit or self.typed_unit(entries)
        if unit != indicator.unit:
            indicator = replace(indicator, unit=unit)
        numbers: dict[str, Any] = {
            field: self.operand(f"{label}的{key}", key, entries[key][1], indicator)
            for key, field in OPERANDS.items()
            if key in entries
        }
        parts = self.parts(label, indicator, entries["其中"][1]) if "其中" in entries else ()
        figure = Known(
            indicator,
            self.period,
            label=label,
            inside=inside,
            parts=parts,
            rank=self.rank(label, entries["位次"][1]) if "位次" in entries else None,
            estimate=self.yes_no(label, entries["预计"][1]) if "预计" in entries else False,
            notes={k: text for k in NOTES if k in entries and (text := self.note(label, k, entries[k][1]))},
            places={k: key.span for k, (key, _) in entries.items()},
            span=entries["本期"][1].span if "本期" in entries else node.span,
            **numbers,
        )
        self.findings += integrity.check(figure)
        return figure

    def entries(self, label: str, node: Branch) -> dict[str, tuple[Scalar, Node]]:
        """The pairs of a figure by key; other keys are F103."""
        found = {}
        for key, value in node.items:
            word = folded(key.text)
            if word in FIGURE_KEYS:
                found[word] = (key, value)
                continue
            meant = meant_key(word)
            hint = f"你是不是想写“{meant}”？" if meant else did_you_mean(word, FIGURE_KEYS)
            hint = hint or f"可用的键：{'、'.join(FIGURE_KEYS)}"
            self.say("F103", f"数据“{label}”没有“{word}”这个键", key.span, hint, key.text)
        return found

    def typed_unit(self, entries: Mapping[str, tuple[Scalar, Node]]) -> str:
        """The unit of a figure whose indicator has none: the first that was typed."""
        for key in OPERANDS:
            if key in entries and key not in GROWTHS:
                node = entries[key][1]
                if isinstance(node, Scalar) and (unit := plain.unit(node.text)):
                    return unit
        return ""

    def operand(self, label: str, key: str, node: Node, indicator: Indicator) -> Number | None:
        """The number of a figure's key; a growth is in per cent or 百分点 (F104)."""
        if key not in GROWTHS:
            return self.number(label, node, indicator.unit)
        found = self.number(label, node, "")
        if found is None or found.unit in GROWTH_UNITS:
            points = indicator.is_rate if found and not found.unit else bool(found and found.unit != "%")
            return found and replace(found, unit="个百分点" if points else "%")
        self.say("F104", f"“{label}”的单位是“{found.unit}”", node.span, "增幅用 % 或百分点，如 3.9%", found.written)
        return None

    def yes_no(self, label: str, node: Node, key: str = "预计") -> bool:
        """预计, 并列: true, false, 是, 否 (F104)."""
        text = node.text.strip() if isinstance(node, Scalar) else ""
        if isinstance(node, Scalar) and node.empty:
            return False
        if text.lower() not in YES_NO:
            self.say(
                "F104", f"“{label}”的{key}写的是“{text[:20]}”", node.span, "写 true 或 false（是、否也可以）", text
            )
        return YES_NO.get(text.lower(), False)

    def note(self, label: str, key: str, node: Node) -> str:
        """口径, 来源, 责任单位, 备注: text (F104)."""
        if isinstance(node, Scalar):
            return "" if node.empty else node.text.strip()
        self.say("F104", f"“{label}”的{key}应是文字", node.span, f"写成 {key}: 文字")
        return ""

    def rank(self, label: str, node: Node) -> Rank | None:
        """位次: {第: 5, 范围: 七县（市）} or 5; F103 for other keys, F111 for a place that cannot be."""
        pairs: dict[str, Node] = {"第": node} if not isinstance(node, Branch) else {}
        for key, value in node.items if isinstance(node, Branch) else ():
            word = folded(key.text)
            if word not in RANK_KEYS:
                hint = did_you_mean(word, RANK_KEYS) or "写成 {第: 5, 范围: 七县（市）}"
                self.say("F103", f"“{label}”的位次没有“{word}”这个键", key.span, hint, key.text)
            pairs[word] = value
        first = self.place(label, "位次", pairs.get("第"))
        if first is None:
            return None
        scope = self.note(label, "范围", pairs["范围"]) if "范围" in pairs else ""
        if "范围" in pairs and not scope:
            return None
        of = self.place(label, "位次的共", pairs.get("共")) or scope_size(scope)
        tied = self.yes_no(label, pairs["并列"], "并列") if "并列" in pairs else False
        places = {}
        for word, field in (("第", "place"), ("上年同期", "base"), ("上期", "previous")):
            number = first if word == "第" else self.place(label, f"位次的{word}", pairs.get(word))
            if number is not None and of is not None and number > of:
                message = f"“{label}”的位次是第{number}，范围“{scope}”只有{of}个"
                self.say("F111", message, pairs[word].span, "核对名次和范围", str(number))
            places[field] = number
        return Rank(scope=scope, span=pairs["第"].span, of=of, tied=tied, **places)  # type: ignore[arg-type]

    def place(self, label: str, key: str, node: Node | None) -> int | None:
        """A place or count of a 位次, 1 or more; None when it is not there, empty or none (F111)."""
        if node is None or (isinstance(node, Scalar) and node.empty):
            return None
        text = numeral.half_width(node.text.strip()) if isinstance(node, Scalar) else ""
        found = re.fullmatch(r"第?(\d{1,6})[位名个]?", text)
        if found is None or int(found[1]) < 1:
            self.say("F111", f"“{label}”的{key}“{text[:20]}”不是名次", node.span, "写成 1 以上的整数", text)
            return None
        return int(found[1])

    def parts(self, label: str, indicator: Indicator, node: Node) -> tuple[Figure, ...]:
        """其中: parts by name, each a number or a figure; they take over what the whole is."""
        if not isinstance(node, Branch):
            if not (isinstance(node, Scalar) and node.empty):
                self.say("F104", f"“{label}”的其中应是“名称: 数”", node.span, "写成 其中: {教育: 2, 交通: 4}")
            return ()
        found = []
        for key, value in node.items:
            name = key.text.strip()
            own = replace(indicator, name=name, span=None)
            if isinstance(value, Branch):
                found.append(self.figure(f"{label}的{name}", own, value, label))
            else:
                found.append(self.plain(own, self.number(f"{label}的{name}", value, own.unit), value, label))
        return tuple(found)

    def plain(
        self, indicator: Indicator, number: Number | None, node: Node, inside: str = "", label: str = ""
    ) -> Known:
        """A figure of one number, or a part without one."""
        if number and number.unit and not indicator.unit:
            indicator = replace(indicator, unit=number.unit)
        label = f"{inside}的{indicator.name}" if inside else label
        span = node.span
        return Known(indicator, self.period, number, places={"值": span}, span=span, label=label, inside=inside)


def vague(number: Number) -> str:
    """What to do about 6以上 and 6余万, which look like a number with a unit; empty for a plain number."""
    if found := _VAGUE.search(number.unit):
        return f"去掉“{found[0]}”，只写数；大概的数可写 6余、近6、超6"
    if number.unit in ("万", "亿"):
        return f"写成 {number.written[:-1]}{number.unit}{number.written[-1]}"
    return ""


def scope_size(scope: str) -> int | None:
    """How many units a 范围 names (七县（市） → 7, 12个乡镇 → 12); None when it names none or several numbers."""
    found = _UNITS_OF_SCOPE.findall(numeral.half_width(scope))
    if len(found) != 1:
        return None
    return int(found[0]) if found[0].isdigit() else numeral.ordinal(found[0].replace("两", "二"))
