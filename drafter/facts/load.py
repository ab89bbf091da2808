"""Facts of a department in a period: shared facts under its own, last year's and last period's values looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise

from drafter import period as periods
from drafter import yamlfile
from drafter.diagnostic import Diagnostic, error, warning
from drafter.facts import file
from drafter.facts.vocabulary import Value, indicators
from drafter.figure import Figure, Indicator, Missing, with_base
from drafter.period import Period
from drafter.source import Files, Span
from drafter.yamlfile.slip import folded

DATA = "data"
SHARED = "公共"
"""Department folder whose facts and indicators lie under those of every department."""
INDICATORS = "指标"
_ENDS = (".yaml", ".yml")
_Step = Callable[[Period], Period]


def load(files: Files, department: str, period: Period) -> Facts:
    """The facts of a department in a period: data/公共/<期间> under data/<部门>/<期间>, indicators likewise.

    Files that are not there or cannot be read are told in the diagnostics. Errors: ValueError for a department
    that leaves the project folder.
    """
    return _Shelf(files, department).facts(period)


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
            if isinstance(value, Figure):
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

    def _compared(self, figure: Figure, base: Figure | None, previous: Figure | None) -> Figure:
        """The figure with what it is compared with; its parts with the parts of the same name."""
        whole = with_base(figure, base, previous)
        if not whole.parts or not ((base and base.parts) or (previous and previous.parts)):
            return whole
        parts = (self._compared(p, _part(base, p.name), _part(previous, p.name)) for p in whole.parts)
        return replace(whole, parts=tuple(parts))

    def _lacking(self, name: str, key: str) -> Missing:
        known = self.broken or key in self.indicators or self._shelf.knows(key)
        office = self._office(key) if known else ""
        return Missing(name.strip(), office, str(self.period), unknown=not known)

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


def _part(figure: Figure | None, name: str) -> Figure | None:
    """The part of a figure with a name."""
    return next((p for p in figure.parts if p.name == name), None) if figure else None
