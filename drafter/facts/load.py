"""Facts of a department in a period: shared facts under its own, last year's and last period's values looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from drafter import period as periods
from drafter import yamlfile
from drafter.diagnostic import Diagnostic, error, warning
from drafter.facts import file
from drafter.facts.figures import restated
from drafter.facts.vocabulary import Known, Value, indicators
from drafter.figure import OPERANDS, Figure, Indicator, Missing, with_base
from drafter.period import Period
from drafter.source import Files, Span
from drafter.yamlfile.slip import folded

DATA = "data"
SHARED = "公共"
"""Department folder whose facts and indicators lie under those of every department."""
INDICATORS = "指标"
_ENDS = (".yaml", ".yml")
_COMPARED: tuple[tuple[str, _Step], ...] = (("上年同期", periods.last_year), ("上期", periods.previous))
"""Operands that stand in another period's file."""
_Step = Callable[[Period], Period]


def load(files: Files, department: str, period: Period) -> Facts:
    """The facts of a department in a period: data/公共/<期间> under data/<部门>/<期间>, indicators likewise.

    Files that are not there or cannot be read are told in the diagnostics. Errors: ValueError for a department
    that leaves the project folder.
    """
    return _Shelf(files, department).facts(period)


def misnamed(files: Files, department: str) -> tuple[str, ...]:
    """Names of a department's files that look like facts and are not read: 2022-9.yaml, 9月.yaml, 2022-09.yaml.txt.

    Errors: ValueError for a department that leaves the project folder.
    """
    found = []
    for name in files.names(f"{DATA}/{department}"):
        stem, end = name.rsplit(".", 1) if "." in name else (name, "")
        read = f".{end}" in _ENDS and (stem == INDICATORS or periods.parse(stem) is not None)
        if not read and name.lower().removesuffix(".txt").endswith(_ENDS):
            found.append(name)
    return tuple(found)


class Facts:
    """One department in one period. Values are read at once, other periods' files when they are asked for."""

    def __init__(self, shelf: _Shelf, period: Period) -> None:
        self.period = period
        self.files = tuple(shelf.listing.get(period, ()))
        """Names of its facts files, 公共 first."""
        self.broken = False
        """One of its files could not be read: which names there are is not known."""
        self._shelf = shelf
        self._values: dict[str, Value] = {}
        self._names: dict[str, str] = {}
        self._ready: dict[str, Value] = {}
        self._used: dict[str, None] = {}
        self._looked: dict[Period, Facts] = {}
        self._own: list[Diagnostic] = [*shelf.findings, *shelf.twice(period)]
        for name in self.files:
            self._lay(name)

    def _lay(self, name: str) -> None:
        """Put a file's facts over what lies below."""
        tree, findings = self._shelf.tree(name)
        self._own += findings
        if tree is None:
            self.broken = True
            return
        values, wrong = file.read(tree, self.period, self._shelf.indicators)
        self._own += wrong
        self._values |= values
        self._names |= self._shelf.written(name)

    @property
    def department(self) -> str:
        """The department's folder name."""
        return self._shelf.department

    @property
    def exists(self) -> bool:
        """Whether there is any facts file of the period."""
        return bool(self.files)

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """Indicators by name (as compared)."""
        return self._shelf.indicators

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with its files and with those of other periods that were looked into so far, each once."""
        others = (d for facts in self._looked.values() for d in facts._own)
        return tuple(dict.fromkeys([*self._own, *others]))

    @property
    def used(self) -> tuple[str, ...]:
        """Names that were asked for, in order."""
        return tuple(self._used)

    def own_names(self) -> tuple[str, ...]:
        """Names that stand in the files of this period, as written, in order."""
        return tuple(self._names[key] for key in self._values)

    def names(self) -> tuple[str, ...]:
        """All known names: of this period, of the indicators, of the other periods' files."""
        known = {key: self._names[key] for key in self._values}
        for key, indicator in self.indicators.items():
            known.setdefault(key, self._shelf.keys.get(key, indicator.name))
        for key, name in self._shelf.all_written():
            known.setdefault(key, name)
        return tuple(known.values())

    def get(self, name: str) -> Value:
        """The value of a fact; Missing when it is not known yet (unknown=True when nobody knows the name).

        A figure without 上年同期 or 上期 takes them from last year's and the previous period's file.
        """
        self._used[name] = None
        key = folded(name)
        if key not in self._ready:
            value = self._values.get(key)
            if value is None:
                return self._lacking(name, key)
            if isinstance(value, Known):
                value = self._compared(value, self._at(periods.last_year, key), self._at(periods.previous, key))
            elif isinstance(value, Missing) and not value.office:
                value = replace(value, office=self._office(key))
            self._ready[key] = value
        return self._ready[key]

    def for_period(self, period: Period) -> Facts:
        """The same department in another period, read once."""
        other = self._shelf.facts(period)
        if other is not self:
            self._looked[period] = other
        return other

    def _at(self, step: _Step, key: str) -> Figure | None:
        """A figure of another period, None when there is none."""
        period = step(self.period)
        if period == self.period:
            return None
        value = self.for_period(period)._values.get(key)
        return value if isinstance(value, Figure) else None

    def _compared(self, figure: Known, base: Figure | None, previous: Figure | None, *, told: bool = False) -> Known:
        """The figure with what it is compared with; its parts with the parts of the same name.

        `told` says that the whole's units differ, so that its parts need not say so again.
        """
        wrong = [] if told else [*_other_unit(figure, base, "上年同期"), *_other_unit(figure, previous, "上期")]
        self._own += wrong
        parts = tuple(
            self._compared(p, _part(base, p.name), _part(previous, p.name), told=told or bool(wrong))
            for p in figure.parts
            if isinstance(p, Known)
        )
        whole = with_base(figure, base, previous)
        return replace(figure, base=whole.base, previous=whole.previous, parts=parts, elsewhere=self._elsewhere(figure))

    def _elsewhere(self, figure: Known) -> dict[str, str]:
        """What to do in which file for 上年同期 and 上期 of a figure."""
        words = f"“{figure.inside}”其中的“{figure.name}”" if figure.inside else f"“{figure.label}”"
        folder = _folder(figure.span.file) if figure.span else ""
        steps = ((key, step(self.period)) for key, step in _COMPARED)
        return {key: self._shelf.advice(period, folder, words) for key, period in steps if period != self.period}

    def _lacking(self, name: str, key: str) -> Missing:
        known = self.broken or key in self.indicators or self._shelf.knows(key)
        if not known:
            return Missing(name.strip(), "", str(self.period), unknown=True)
        hint = self._shelf.advice(self.period, self._shelf.home(key), f"“{name.strip()}”")
        return Missing(name.strip(), self._office(key), str(self.period), hint=hint)

    def _office(self, key: str) -> str:
        """责任单位 of the indicator, else of the figure's last values."""
        if key in self.indicators and self.indicators[key].office:
            return self.indicators[key].office
        found = (self._at(step, key) for step in (periods.previous, periods.last_year))
        return next((figure.office for figure in found if figure and figure.office), "")


class _Shelf:
    """What all periods of a department share: the listing, the trees that were read, the indicators."""

    def __init__(self, files: Files, department: str) -> None:
        self.files = files
        self.department = department
        self.folders = tuple(dict.fromkeys((f"{DATA}/{SHARED}", f"{DATA}/{department}")))
        self.findings: list[Diagnostic] = []
        self.indicators: dict[str, Indicator] = {}
        self.keys: dict[str, str] = {}
        self.listing: dict[Period, list[str]] = {}
        self._trees: dict[str, tuple[yamlfile.Mapping | None, tuple[Diagnostic, ...]]] = {}
        self._facts: dict[Period, Facts] = {}
        for folder in self.folders:
            for name in files.names(folder):
                if name.endswith(_ENDS):
                    self._list(f"{folder}/{name}", name.rsplit(".", 1)[0])

    def _list(self, name: str, stem: str) -> None:
        """Find out what a file is by its stem: the indicators, a period's facts, or nothing of ours."""
        period = periods.parse(stem)
        if stem == INDICATORS:
            tree, wrong = self.tree(name)
            found, told = indicators(tree)
            self.findings += [*wrong, *told]
            self.indicators |= found
            self.keys |= self.written(name) if tree else {}
        elif period is not None:
            self.listing.setdefault(period, []).append(name)
        elif stem[:4].isdigit():
            hint = "改成 2022-09、2022Q3、2022H1、2022 或 2022-01..2022-05 这样的名字"
            self.findings.append(warning("F105", "文件名不是期间，没有读", Span(name, 1, 1), hint, stem[:40]))

    def twice(self, period: Period) -> list[Diagnostic]:
        """F102 for two files of one folder that are the same period's (.yaml and .yml)."""
        names = self.listing.get(period, [])
        pairs = [(a, b) for a, b in pairwise(names) if _folder(a) == _folder(b)]
        return [
            replace(
                error("F102", "同一期间有两个事实文件", Span(b, 1, 1), "合成一个文件"),
                also=((Span(a, 1, 1), "另一个是"),),
            )
            for a, b in pairs
        ]

    def facts(self, period: Period) -> Facts:
        """The facts of a period, read once."""
        if period not in self._facts:
            self._facts[period] = Facts(self, period)
        return self._facts[period]

    def tree(self, name: str) -> tuple[yamlfile.Mapping | None, tuple[Diagnostic, ...]]:
        """A file's tree and findings, read once."""
        if name not in self._trees:
            self._trees[name] = yamlfile.load(self.files, name)
        return self._trees[name]

    def written(self, name: str) -> dict[str, str]:
        """The names in a file: as compared → as written."""
        tree = self.tree(name)[0]
        return {folded(key.text): key.text.strip() for key, _ in tree.items} if tree else {}

    def home(self, key: str) -> str:
        """The folder where a fact belongs: where it last stood, else where its indicator is, else the department's."""
        for period in sorted(self.listing, reverse=True):
            for name in reversed(self.listing[period]):
                if key in self.written(name):
                    return _folder(name)
        span = self.indicators[key].span if key in self.indicators else None
        return _folder(span.file) if span else self.folders[-1]

    def advice(self, period: Period, folder: str, words: str) -> str:
        """在 data/某局/2021-09.yaml 填…, or that the file is to be made."""
        there = next((name for name in self.listing.get(period, ()) if _folder(name) == folder), "")
        return f"在 {there} 填{words}" if there else f"新建 {folder}/{period}.yaml，填{words}"

    def all_written(self) -> Iterable[tuple[str, str]]:
        """Names in the files of all periods, newest first; only read as far as it is asked for."""
        for period in sorted(self.listing, reverse=True):
            for name in reversed(self.listing[period]):
                yield from (pair for pair in self.written(name).items() if pair[0] != "期间")

    def knows(self, key: str) -> bool:
        """Whether any period's file has the name."""
        return any(key == other for other, _ in self.all_written())


def _folder(name: str) -> str:
    return name.rpartition("/")[0]


def _other_unit(figure: Known, other: Figure | None, key: str) -> list[Diagnostic]:
    """F112 when another period's value cannot be taken because its unit is another.

    Why 上期 only warns: few reports compare with it, and 环比 without it is told as missing.
    """
    given = getattr(figure, OPERANDS[key]) is not None
    if other is None or given or figure.value is None or other.value is None or other.unit == figure.unit:
        return []
    if figure.span is None or other.span is None:
        return []
    ours, theirs = (f"单位是“{f.unit}”" if f.unit else "没有单位" for f in (figure, other))
    message = f"“{figure.label}”与{key}不能比：{figure.span.file} {ours}，{other.span.file} {theirs}"
    better = restated(other.value, figure.unit) if figure.unit and other.unit else ""
    hint = f"{f'{key}{better}；' if better else ''}两处写同一个单位，或在 指标.yaml 登记它的单位"
    say = error if key == "上年同期" else warning
    return [replace(say("F112", message, figure.span, hint), also=((other.span, f"{key}在"),))]


def _part(figure: Figure | None, name: str) -> Figure | None:
    """The part of a figure with a name."""
    return next((p for p in figure.parts if p.name == name), None) if figure else None
