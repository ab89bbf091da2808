"""Facts of a department in a period: shared facts under its own, other periods' values looked up or added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

from drafter import period as periods
from drafter.diagnostic import Diagnostic, Severity, each_once
from drafter.facts import across, file, integrity
from drafter.facts.compare import compared, grown
from drafter.facts.layers import laid
from drafter.facts.shelf import Shelf, folder_of
from drafter.facts.vocabulary import Known, Value
from drafter.figure import Figure, Indicator, with_base
from drafter.missing import Missing
from drafter.period import Period
from drafter.source import Files
from drafter.yamlfile.slip import folded
from drafter.yamlfile.sweep import unswept

_COMPARED: tuple[tuple[str, _Step], ...] = (("上年同期", periods.last_year), ("上期", periods.previous))
"""Operands that stand in another period's file."""
_Step = Callable[[Period], Period]


def load(files: Files, department: str, period: Period) -> Facts:
    """The facts of a department in a period: data/公共/<期间> under data/<部门>/<期间>, indicators likewise.

    Files that are not there or cannot be read are told in the diagnostics. Errors: ValueError for a department
    that leaves the project folder.
    """
    return Facts(Shelf(files, department), period, {})


class Facts:
    """One department in one period. Values are read at once, other periods' files when they are asked for."""

    def __init__(self, shelf: Shelf, period: Period, siblings: dict[Period, Facts]) -> None:
        self.period = period
        self.files = tuple(shelf.listing.get(period, ()))
        """Names of its facts files, 公共 first."""
        self.broken = False
        """One of its files could not be read: which names there are is not known."""
        self._shelf = shelf
        self._siblings = siblings
        self._siblings[period] = self
        self._values = file.Values()
        self._homes: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._plain: dict[str, Value | None] = {}
        self._ready: dict[str, Value] = {}
        self._used: dict[str, None] = {}
        self._looked: dict[Period, Facts] = {}
        self._steps: dict[_Step, Facts | None] = {}
        self._own: list[Diagnostic] = [*shelf.findings, *shelf.twice(period)]
        for name in self.files:
            self._lay(name)

    @unswept()
    def _lay(self, name: str) -> None:
        """Put a file's facts over what lies below."""
        tree, findings = self._shelf.tree(name)
        self._own += findings
        if tree is None:
            self.broken = self.broken or any(d.severity is Severity.ERROR for d in findings)
            return
        values, wrong = file.read(tree, self.period, self._shelf.indicators)
        self._own = each_once((*self._own, *wrong)) if wrong else self._own
        home = folder_of(name)
        if self._values:
            for key in (k for k in values if k in self._values):
                values[key], told = laid(self._values[key], values[key], beside=self._homes[key] == home)
                self._own += told
        self._values |= values
        self._homes |= dict.fromkeys(values, home)
        self._names |= self._shelf.written(name)

    @property
    def department(self) -> str:
        """The department's folder name."""
        return self._shelf.department

    @property
    def exists(self) -> bool:
        """Whether there is any facts file of the period, or of a period inside it."""
        return bool(self.files) or bool(self._inside)

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

    def knows(self, name: str) -> bool:
        """Whether an indicator or any period's file has the name."""
        return self._shelf.knows(folded(name))

    def get(self, name: str) -> Value:
        """The value of a fact; Missing when it is not known yet (unknown=True when nobody knows the name).

        A figure without 上年同期 or 上期 takes them from last year's and the previous period's file; one that stands
        only in the files of shorter periods is made of them by its 累计 rule.
        """
        self._used[name] = None
        key = folded(name)
        if key not in self._ready:
            value = self.peek(key)
            if value is None:
                return self._linked(name, self._lacking(name, key))
            if isinstance(value, Known):
                self._twin(key, value)
                value = self._joined(value, name, key)
            elif isinstance(value, Missing) and not value.office:
                value = replace(value, office=self._office(key))
            self._ready[key] = self._linked(name, value)
        return self._ready[key]

    def _linked(self, name: str, value: Value) -> Value:
        """A figure or a missing one that can find itself in other periods."""
        if isinstance(value, Known) or (isinstance(value, Missing) and not value.unknown):
            return replace(value, others=lambda period: self._in(name, period))
        return value

    def _in(self, name: str, period: Period) -> Figure | Missing | None:
        """The fact in another period, saying of when it is; None when it is no figure there."""
        found = self.for_period(period).get(name) if period != self.period else self.get(name)
        if isinstance(found, Missing) and not found.fault:
            return replace(found, name=f"{periods.name(period)}{found.name}")
        if isinstance(found, Known):
            return found.of(periods.name(period)) if period != self.period else found
        return found if isinstance(found, (Figure, Missing)) else None

    def filed(self, name: str) -> bool:
        """Whether the department itself, not 公共, ever had the name: in a file of any period or in its 指标.yaml."""
        return self._shelf.filed(folded(name))

    def own_files(self) -> list[str]:
        """The department's own files, without those of 公共, of this period and of the periods inside it."""
        return self._shelf.own_files(self.period)

    def stated(self, name: str) -> Known | None:
        """A figure with a value as it stands in this period's files; None when there is none."""
        value = self._values.get(folded(name))
        return value if isinstance(value, Known) and value.value is not None else None

    def peek(self, key: str) -> Value | None:
        """A fact of this period by its name as compared, given or made of shorter periods, without what it compares to."""
        if key not in self._plain:
            self._plain[key] = self._values[key] if key in self._values else self._made(key)
        return self._plain[key]

    def for_period(self, period: Period) -> Facts:
        """The same department in another period, read once."""
        if period not in self._siblings:
            Facts(self._shelf, period, self._siblings)
        other = self._siblings[period]
        if other is not self:
            self._looked[period] = other
        return other

    @cached_property
    def _inside(self) -> list[Period]:
        """Periods with files that lie in this one, this one left out, in order."""
        own = self.period
        return sorted(p for p in self._shelf.listing if p != own and own.first <= p.first and p.last <= own.last)

    def _made(self, key: str, *, totals: bool = True) -> Value | None:
        """The fact made of the files of shorter periods, of their 累计, or of another file of the same months."""
        pieces = {p: value for p in self._inside if (value := self._piece(p, key)) is not None}
        pieces = {**(across.totals(self.period, self._monthly(key)) if totals else {}), **pieces}
        name = self._shelf.name(key) if pieces else key
        return across.made(name, self.period, pieces)

    def _monthly(self, key: str) -> list[Known]:
        """The figures of the periods inside this one, and its own, that may say 累计."""
        found = (self.for_period(p)._values.get(key) for p in (*self._inside, self.period))
        return [f for f in found if isinstance(f, Known) and f.total is not None]

    def _piece(self, period: Period, key: str) -> Known | None:
        """A figure as it stands in another period's file, when it has a value there."""
        if not any(key in self._shelf.written(name) for name in self._shelf.listing.get(period, ())):
            return None
        value = self.for_period(period)._values.get(key)
        return value if isinstance(value, Known) and value.value is not None else None

    def _twin(self, key: str, value: Known) -> None:
        """F114 when a file of the same months (2022H1, 2022-01..2022-06), or a month's 累计, says another value."""
        others = [self._piece(p, key) for p in self._inside if p.months == self.period.months]
        others += [
            f for p, f in across.totals(self.period, self._monthly(key)).items() if p.months == self.period.months
        ]
        for other in others if key in self._values else ():
            self._own += laid(other, value, beside=True)[1] if other is not None and other.span != value.span else ()
        made = self._made(key, totals=False) if key in self._values else None
        if isinstance(made, Known) and made.formula:
            self._own += integrity.against_shorter(value, made)
        for period in (p for p in self._inside if p.months > 1 and key not in self._values):
            piece = self._piece(period, key)
            if piece is not None:
                self.for_period(period)._twin(key, piece)

    def _at(self, step: _Step, key: str) -> Figure | None:
        """A figure of another period, None when there is none."""
        other = self._beside(step)
        value = other.peek(key) if other else None
        return value if isinstance(value, Figure) else None

    def _beside(self, step: _Step) -> Facts | None:
        """The facts that figures are compared with, None when nothing is written of that period; found once a step."""
        if step not in self._steps:
            period = step(self.period)
            other = self.for_period(period) if period != self.period else None
            self._steps[step] = other if other and other.exists else None
        return self._steps[step]

    def _joined(self, figure: Known, name: str, key: str) -> Known:
        """The figure with what it is compared with, its growths of other periods, and the way to its 累计."""
        base, previous = (self._at(step, key) for _, step in _COMPARED)
        done, told = compared(figure, base, previous)
        self._own += told
        done = grown(
            done, self._with_base(periods.last_year, base, key), self._with_base(periods.previous, previous, key)
        )
        return replace(self._advised(done), running=lambda: self._running(name, key))

    def _with_base(self, step: _Step, figure: Figure | None, key: str) -> Figure | None:
        """Another period's figure with its own 上年同期, so that it has a growth."""
        facts = self._beside(step) if figure is not None and figure.growth is None else None
        return with_base(figure, facts._at(periods.last_year, key), None) if figure is not None and facts else figure

    def _advised(self, figure: Known) -> Known:
        """The figure and its parts, each knowing where to write what it lacks."""
        parts = tuple(self._advised(p) if isinstance(p, Known) else p for p in figure.parts)
        return replace(figure, parts=parts, elsewhere=lambda: self._elsewhere(figure))

    def _running(self, name: str, key: str) -> Figure | Missing:
        """累计: the figure of January to the end of this period, as 累计 says, a file of that run, or the months."""
        own = self.period
        run = periods.months(own.year, 1, own.month)
        facts = self if own.first == run.first and own.months > 1 else self.for_period(run)
        found, given, months = facts.get(name), self._values.get(key), facts._made(key, totals=False)
        if isinstance(given, Known) and isinstance(months, Known):
            self._own += integrity.against_months(given, months)
        if isinstance(found, Missing):
            return found if "缺" in found.name else replace(found, name=f"{periods.short(run)}{found.name}")
        return found if isinstance(found, Figure) else Missing(name, period=str(run))

    def _elsewhere(self, figure: Known) -> dict[str, str]:
        """What to do in which file for 上年同期 and 上期 of a figure."""
        words = f"“{figure.inside}”其中的“{figure.name}”" if figure.inside else f"“{figure.label}”"
        folder = folder_of(figure.span.file) if figure.span else ""
        steps = ((key, step(self.period)) for key, step in _COMPARED)
        return {key: self._shelf.advice(period, folder, words) for key, period in steps if period != self.period}

    def _lacking(self, name: str, key: str) -> Missing:
        if not (self.broken or self._shelf.knows(key)):
            return Missing(name.strip(), "", str(self.period), unknown=True)
        hint = self._shelf.advice(self.period, self._shelf.home(key), f"“{name.strip()}”")
        return Missing(name.strip(), self._office(key), str(self.period), hint=hint)

    def _office(self, key: str) -> str:
        """责任单位 of the indicator, else of the figure's last values."""
        if key in self.indicators and self.indicators[key].office:
            return self.indicators[key].office
        found = (self._at(step, key) for step in (periods.previous, periods.last_year))
        return next((figure.office for figure in found if figure is not None and figure.office), "")
