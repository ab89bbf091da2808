"""What names mean in a template: words of the period and report, facts, other periods, other departments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafter import facts as fact_files
from drafter import period as periods
from drafter.diagnostic import Diagnostic, did_you_mean
from drafter.facts import Facts, Rows, Told, Value, conflict
from drafter.figure import Figure, Missing
from drafter.period import Period
from drafter.project import SHARED, Project
from drafter.source import Origin


@dataclass(slots=True)
class Values:
    """Where a template's names are looked up: words of the period and report, then facts."""

    facts: Facts
    words: dict[str, str]
    rollup: Rollup | None = None

    def get(self, name: str) -> object:
        """A name's value; a Missing when there is none, with a suggestion for a name that nobody knows."""
        if name in self.words:
            return self.words[name]
        if self.rollup and name == TABLE and not self.facts.knows(name):
            return self.rollup.table()
        found = _suggested(self.facts.get(name), lambda: (*self.words, *self.facts.names()))
        return self.rollup.members(found) if self.rollup and isinstance(found, Rows) else found

    def diagnostics(self) -> Iterator[Diagnostic]:
        """What is wrong with the facts that were asked for, of this department and of others."""
        yield from self.facts.diagnostics
        for facts in self.rollup.asked.values() if self.rollup else ():
            yield from facts.diagnostics
        yield from self.rollup.conflicts if self.rollup else ()

    def period(self, said: str) -> object:
        """期("1—5月"): the facts of another period."""
        found = periods.relative(said, self.facts.period)
        if found is None:
            return Missing(said, fault=f"看不懂期间“{said}”", hint='例：期("1—5月")、期("一季度")、期("上年同期")')
        return _OtherPeriod(self.facts.for_period(found), found)


TABLE = "部门表"
"""The word for the departments that drafter.yaml lists, else for all that have facts."""


class Department(str):
    """A department in a template: it prints its name, and a dot asks for its facts."""

    __slots__ = ("facts", "optional", "organ", "rollup")
    facts: Facts
    organ: str
    rollup: Rollup
    optional: bool
    """Nobody named it: a fact that it does not know is not its business, rather than missing."""

    def get(self, name: str) -> object:
        """A fact of the department; what is missing there says whose it is."""
        if name in ("名称", "部门"):
            return str(self)
        if name == "单位":
            return self.organ
        found = _suggested(self.facts.get(name), self.facts.names)
        self.rollup.agree(self, name, found)
        if isinstance(found, Missing) and not found.fault:
            asked = f'部门("{self}").{found.asked or name}'
            return replace(found, name=f"{self}的{found.name}", office=found.office or self, asked=asked)
        return found

    def own(self, name: str) -> object:
        """A fact of its own, for sums and ranks: what stands in 公共 is everybody's and must not be counted for each."""
        found = self.get(name)
        if isinstance(found, Figure) and found.span and found.span.file.startswith(f"{fact_files.DATA}/{SHARED}/"):
            hint = f"“{name}”写在 {found.span.file}，不是“{self}”自己的数；在 {fact_files.DATA}/{self}/ 里填"
            return Missing(f"{self}的{name}", str(self), str(self.facts.period), hint=hint)
        return found


@dataclass(slots=True)
class Rollup:
    """What a report may ask of other departments: their facts of the same period, or of another one."""

    own: Facts
    project: Project
    facts: Callable[[str, Period], Facts]
    conflicts: list[Diagnostic] = field(default_factory=list)
    asked: dict[int, Facts] = field(default_factory=dict)
    """The facts of others that were asked for."""

    def department(self, name: str, when: str = "") -> object:
        """部门("财政局"), 部门("财政局", "上半年")."""
        names = fact_files.departments(self.project.files)
        found = periods.relative(when, self.own.period) if when else self.own.period
        if found is None:
            return Missing(when, fault=f"看不懂期间“{when}”", hint='例：部门("财政局", "上半年")')
        if name not in names:
            hint = did_you_mean(name, names) or f"data/ 下有：{'、'.join(names)}"
            return Missing(name, fault=f"没有“{name}”这个部门的数据", hint=hint)
        return self.made(name, found)

    def made(self, name: str, period: Period, *, optional: bool = False) -> Department:
        """A department by its folder's name."""
        department = Department(name)
        department.facts = self.facts(name, period)
        department.organ = self.project.organ(name)
        department.rollup, department.optional = self, optional
        self.asked[id(department.facts)] = department.facts
        return department

    def table(self) -> Rows:
        """部门表: the departments of drafter.yaml, else all others that have facts."""
        listed = self.project.table()
        names = listed or [d for d in fact_files.departments(self.project.files) if d != self.own.department]
        rows = (self.made(name, self.own.period, optional=not listed) for name in names)
        return Rows(tuple(rows), Origin(TABLE, None, str(self.own.period)))  # type: ignore[arg-type]

    def members(self, rows: Rows) -> Rows:
        """A list fact whose items are all names of departments, as departments; any other list as it is."""
        known = fact_files.departments(self.project.files)
        if not all(isinstance(item, Told) and item in known for item in rows):
            return rows
        return Rows(tuple(self.made(str(item), self.own.period) for item in rows), rows.origin)  # type: ignore[misc]

    def agree(self, department: Department, name: str, found: object) -> None:
        """F114 when this report's own facts say another value for what is plainly the same figure.

        The same: its 来源 or 责任单位 is that department, or no third department has a figure of that name. A figure
        that every township has is another one than the county's.
        """
        mine = self.own.stated(name) if department.facts.period == self.own.period else None
        if not isinstance(found, Figure) or mine is None or department == self.own.department:
            return
        sources = (*mine.notes.values(), mine.indicator.source, mine.indicator.office)
        others = (d for d in fact_files.departments(self.project.files) if d not in (department, self.own.department))
        period = self.own.period
        if any(department in s for s in sources) or all(self.facts(d, period).stated(name) is None for d in others):
            self.conflicts += conflict(mine, found)


def _suggested(found: Value, known: Callable[[], Sequence[str]]) -> Value:
    if not isinstance(found, Missing) or not found.unknown or found.hint:
        return found
    hint = did_you_mean(found.name, known()) or "在事实文件里加上这一项，或在 指标.yaml 里登记"
    return replace(found, hint=hint)


@dataclass(slots=True)
class _OtherPeriod:
    """Facts of another period; what is missing there says its period."""

    facts: Facts
    named: Period

    def get(self, name: str) -> object:
        """A fact of that period."""
        found = _suggested(self.facts.get(name), self.facts.names)
        if isinstance(found, Missing) and not found.fault:
            return replace(found, name=f"{periods.name(self.named)}{found.name}")
        return found
