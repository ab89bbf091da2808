"""One facts file: its located tree → figures, texts, lists and groups; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from typing import Self

from drafter import period as periods
from drafter.diagnostic import Diagnostic, note, warning
from drafter.facts import plain
from drafter.facts.figures import FigureReader
from drafter.facts.vocabulary import COMMON_UNITS, STRONG, Known, Record, Rows, Told, Value, is_figure, reserved
from drafter.figure import OPERANDS, Figure, Indicator
from drafter.missing import Missing
from drafter.period import Period
from drafter.source import Origin
from drafter.yamlfile import Mapping as Branch
from drafter.yamlfile import Node, Scalar, Sequence
from drafter.yamlfile.slip import folded
from drafter.yamlfile.sweep import unswept

_PSEUDO = re.compile(r"[-+]?(?:\.(?:nan|inf)|\d+(?:\.\d+)?e[-+]?\d+)", re.IGNORECASE)
"""What YAML readers take for a number and no clerk writes."""
_QUOTE = "是文字就加半角引号"
_CHANGED = (
    (re.compile(r"yes|no|on|off|true|false|y|n", re.IGNORECASE), _QUOTE),
    (re.compile(r"none|nan|n/a|[-+]?inf(?:inity)?", re.IGNORECASE), f"还不知道就留空；{_QUOTE}"),
    (re.compile(r"[-+]?0\d[\d,.]*"), f"是数就去掉前面的 0；{_QUOTE}"),
    (re.compile(r"[-+]?\d[\d,]*_[\d,_]*(?:\.\d*)?"), f"是数就去掉下划线；{_QUOTE}"),
    (re.compile(r"0[xob][\da-f_]+", re.IGNORECASE), _QUOTE),
    (re.compile(r"[-+]?\d{1,4}(?::\d{1,2}){1,2}(?:\.\d*)?"), "是时刻、比例就加半角引号"),
    (re.compile(r"[12]\d{3}-\d{1,2}"), f"是年月就写成 2022年9月；{_QUOTE}"),
    (re.compile(r"[-+]?(?:\.\d+|\d+\.)"), f"是数就写全，如 0.5；{_QUOTE}"),
    (re.compile(r"[-+]?\d+\.\d{13,}"), f"是数，小数最多 12 位；{_QUOTE}"),
    (re.compile(r"[-+]?\d+(?:[,，、]\d+)+(?:\.\d+)?%?"), f"是数，千分位用半角逗号、三位一节，如 1,234；{_QUOTE}"),
    (re.compile(r"[–—―─]\s*\d[\d,.]*%?"), f"是负数就用半角减号，如 -5；{_QUOTE}"),
)
"""Unquoted texts that other YAML readers or a hurried reader take for a number or a yes, and what to do."""
_ISO_DAY = re.compile(r"[12]\d{3}-\d{1,2}-\d{1,2}")
_DAY = re.compile(r"([12]\d{3})(?:-(\d{1,2})-(\d{1,2})|年(\d{1,2})月(\d{1,2})日)", re.ASCII)


class Values(MutableMapping[str, Value]):
    """Facts by name (as compared), in order; one that was put off is typed when it is first asked for.

    Why: a plain number of which nothing is to be said makes no finding, and its figure costs more than its line.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Value | partial[Value]] = {}

    def put_off(self, name: str, typed: partial[Value]) -> None:
        """Keep what types a fact."""
        self._kept[name] = typed

    def __getitem__(self, name: str) -> Value:
        value = self._kept[name]
        if type(value) is partial:
            value = self._kept[name] = value()
        return value  # type: ignore[return-value]

    def __setitem__(self, name: str, value: Value) -> None:
        self._kept[name] = value

    def __delitem__(self, name: str) -> None:
        del self._kept[name]

    def __contains__(self, name: object) -> bool:
        return name in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def __ior__(self, other: Values) -> Self:
        self._kept |= other._kept
        return self


@unswept()
def read(tree: Branch, period: Period, indicators: Mapping[str, Indicator]) -> tuple[Values, list[Diagnostic]]:
    """The facts of a file by name (as compared), and what is wrong with them: F103–F105, F110–F113. Never raises."""
    reader = Reader(period, indicators)
    facts = Values()
    for key, node in tree.items:
        name = folded(key.text)
        if name == "期间":
            reader.check_period(node)
        elif why := reserved(name):
            hint = "如果它属于上一行的数据，缩进两格；否则换一个名称" if name in STRONG else "换一个名称"
            reader.say("F113", why, key.span, hint, key.text)
        elif type(node) is Scalar and surely(node, indicators.get(name)):
            facts.put_off(name, partial(reader.value, key.text.strip(), name, node))
        else:
            facts[name] = reader.value(key.text.strip(), name, node)
            reader.remark_day(facts[name], node)
    return facts, reader.findings


def surely(node: Scalar, indicator: Indicator | None) -> bool:
    """Whether a text is a figure of which nothing is to be said: a plain number whose tail was found good."""
    found = plain.split(node.text)
    if found is None or (indicator is None and node.style):
        return False
    return _good(found[1], None if indicator is None else indicator.unit)


@lru_cache(maxsize=1024)
def _good(tail: str, unit: str | None) -> bool:
    """Whether `1` with this tail is a figure without findings, under an indicator with `unit` or under none.

    Why it is so for all plain digits: what a Reader says of a number it says of its unit, or of 万, 余 and the like.
    """
    reader = Reader(periods.month(2000, 1), {})
    value = reader.scalar("", Scalar(f"1{tail}"), None if unit is None else Indicator("", unit))
    number = value.value if isinstance(value, Figure) else None
    return number is not None and number.written == "1" and not reader.findings


class Reader(FigureReader):
    """Types all nodes of one file; `name` is the key that indicators are looked up by."""

    def __init__(self, period: Period, indicators: Mapping[str, Indicator]) -> None:
        super().__init__(period)
        self.indicators = indicators

    def check_period(self, node: Node) -> None:
        """期间, when given, is the file's own (F105)."""
        said = node.text if isinstance(node, Scalar) else ""
        if isinstance(node, Scalar) and node.empty:
            return
        if periods.read(said) != self.period:
            message = f"文件里的期间“{said[:20]}”与文件名的“{self.period}”不同"
            self.say("F105", message, node.span, f"写成 期间: {self.period}，或改文件名", said)

    def value(self, label: str, name: str, node: Node, indicator: Indicator | None = None) -> Value:
        """Any fact: a mapping is a figure or a group, a list is Rows, a scalar is a number or a text."""
        indicator = indicator or self.indicators.get(name)
        match node:
            case Scalar():
                return self.scalar(label, node, indicator)
            case Sequence():
                return self.rows(label, name, node, indicator)
        keys = [folded(key.text) for key, _ in node.items]
        if indicator or is_figure(keys):
            return self.filled(label, self.figure(label, indicator or Indicator(label), node), node)
        if not keys:
            return Missing(label, "", str(self.period), node.span)
        return self.record(label, node)

    def filled(self, label: str, figure: Figure, node: Branch) -> Figure | Missing:
        """The figure, or Missing when it holds nothing at all."""
        given = any(getattr(figure, field) is not None for field in (*OPERANDS.values(), "rank"))
        return figure if given or figure.parts else Missing(label, figure.office, str(self.period), node.span)

    def scalar(self, label: str, node: Scalar, indicator: Indicator | None) -> Value:
        """A number where an indicator wants one or where it plainly is one, else text as written."""
        text = node.text.strip()
        if node.empty or (indicator and not text):
            return Missing(label, indicator.office if indicator else "", str(self.period), node.span)
        if indicator is None:
            return self.untold(label, node)
        if plain.is_mask(text):
            written = text + indicator.unit
            return Missing(label, indicator.office, str(self.period), node.span, written=written)
        number = self.number(label, node, indicator.unit)
        if number is None:
            return Missing(label, indicator.office, str(self.period), node.span)
        return self.plain(indicator, number, node, label=label)

    def untold(self, label: str, node: Scalar) -> Value:
        """A scalar that no indicator explains: a figure when it is a number with a common unit, else text."""
        if node.quoted and not node.text.strip():
            message = f"“{label}”写的是空的引号，印出来是空白"
            self.findings.append(warning("F112", message, node.span, "还不知道就去掉引号空着；没有就删去这一行"))
        short = not node.quoted and len(node.text) <= plain.LONGEST
        number = plain.parse(node.text) if short else None
        if number and number.unit in COMMON_UNITS:
            return self.plain(Indicator(label, number.unit), number, node, label=label)
        if short and _PSEUDO.fullmatch(node.text.strip()):
            self.not_a_number(label, node)
        elif short:
            self.remark_text(label, node)
        if short and no_such_day(node.text.strip()):
            self.say("F112", f"“{label}”写的日期“{node.text.strip()}”不存在", node.span, "核对月和日", node.text)
        text = node.text.removesuffix("\n") if node.style in ("|", ">") else node.text
        return Told(text, Origin(label, node.span, str(self.period)))

    def remark_text(self, label: str, node: Scalar) -> None:
        """F112 as a warning for a text that may have been meant as a number or a yes: it stays as written."""
        text = node.text.strip()
        hint = next((hint for pattern, hint in _CHANGED if pattern.fullmatch(text)), "")
        if hint:
            message = f"“{label}”的“{text}”按文字照写，不当数或是否"
            self.findings.append(warning("F112", message, node.span, hint, text[:40]))

    def remark_day(self, value: Value, node: Node) -> None:
        """F112 as a note for a fact that is a day such as 2022-09-01: it prints as written."""
        if not isinstance(value, Told) or not isinstance(node, Scalar) or node.quoted:
            return
        text = value.strip()
        if _ISO_DAY.fullmatch(text) and not no_such_day(text):
            message = f"“{value.origin.fact}”的日期“{text}”按文字照写"
            hint = "文稿里的日期写成 2022年9月1日；就要这样印，加半角引号"
            self.findings.append(note("F112", message, node.span, hint, text))

    def rows(self, label: str, name: str, node: Sequence, indicator: Indicator | None) -> Value:
        """A list: items are records, figures or texts; a field that only other items have is Missing there."""
        items: list[Value] = []
        for number, item in enumerate(node.items, start=1):
            own = f"{label}第{number}项"
            if isinstance(item, Branch):
                items.append(self.record(own, item))
            else:
                items.append(entered(self.value(own, name, item, indicator)))
        names = frozenset(key for item in items if isinstance(item, Record) for key in item.fields)
        whole = (replace(item, siblings=names) if isinstance(item, Record) else item for item in items)
        return Rows(tuple(whole), Origin(label, node.span, str(self.period)))

    def record(self, label: str, node: Branch) -> Record:
        """A group or a list item: its fields, typed like facts."""
        fields = {}
        for key, value in node.items:
            name = folded(key.text)
            fields[name] = entered(self.value(f"{label}的{key.text.strip()}", name, value))
        return Record(fields, Origin(label, node.span, str(self.period)))


def entered(value: Value) -> Value:
    """A value of a list or a group, its figures traced by the place that they have there. Why: all have one indicator."""
    if not isinstance(value, Known):
        return value
    parts = tuple(p for part in value.parts if isinstance(p := entered(part), Figure))
    return replace(value, entry=value.label if value.label != value.name else "", parts=parts)


def no_such_day(text: str) -> bool:
    """Whether the text is a date that the calendar does not have (2022-02-30)."""
    found = _DAY.fullmatch(text)
    if found is None:
        return False
    try:
        date(*(int(part) for part in found.groups() if part))
    except ValueError:
        return True
    return False
