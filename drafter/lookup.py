"""What names mean in a template: words of the period and report, facts, other periods, other departments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafter import facts as fact_files
from drafter import period as periods
from drafter import phrases
from drafter.diagnostic import Diagnostic, did_you_mean
from drafter.facts import Facts, Known, Rows, Told, Value, conflict
from drafter.figure import Figure
from drafter.missing import Missing
from drafter.period import Period
from drafter.project import Project
from drafter.report import SHARED
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
        return _OtherPeriod(self.facts.for_period(found), found, self.rollup)


_SHARED = f"{fact_files.DATA}/{SHARED}/"
TABLE = "部门表"
"""The word for the departments that drafter.yaml lists, else for all that have facts."""


class Stranger(str):
    """A text among the names of departments in a list: it prints as it is, and has no facts."""

    __slots__ = ("known", "origin")
    known: Sequence[str]
    origin: Origin

    def get(self, name: str) -> Missing:
        """What is wrong with asking it for a fact."""
        hint = did_you_mean(self, self.known) or f"data/ 下有：{'、'.join(self.known)}"
        return Missing(f"{self}的{name}", fault=f"没有“{self}”这个部门的数据", hint=hint)


class Department(str):
    """A department in a template: it prints its name, and a dot asks for its facts."""

    __slots__ = ("facts", "optional", "organ", "origin", "rollup", "row")
    facts: Facts
    origin: Origin
    """The text that named it, when it stands in a list fact."""
    row: bool
    """It is one of many in a table, so that its figure is not the whole's."""
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
        if self.row and self._shared(found):
            return self.own(name)
        self.rollup.agree(self, name, found)
        if isinstance(found, Missing) and not found.fault:
            asked = f'部门("{self}").{found.asked or name}'
            return replace(found, name=f"{self}的{found.name}", office=found.office or self, asked=asked)
        return found.of(f"{self}的") if isinstance(found, Known) else found

    def own(self, name: str) -> object:
        """A fact of its own, for sums and ranks: what stands in 公共 is everybody's and must not be counted for each.

        What it never filed is not its business when nobody named it, unless it filed nothing at all of the period.
        """
        shared = self._shared(self.facts.get(name))
        found = None if shared else self.get(name)
        lacks = isinstance(found, Missing) and not found.fault
        if not shared and not (lacks and not self.facts.filed(name)):
            return found
        here = next(iter(self.facts.own_files()), "")
        lacking = Missing(f"{self}的{name}", self._office(found), str(self.facts.period), hint=self._advice(name, here))
        if self.optional and here:
            return replace(lacking, unknown=True)
        if shared:
            return replace(lacking, hint=f"“{name}”写在 {shared}，不是“{self}”自己的数；{lacking.hint}")
        if self.optional or self.rollup.filed(name):
            return lacking
        return found

    @staticmethod
    def _shared(found: object) -> str:
        """The file of 公共 that a figure stands in; empty when it stands elsewhere."""
        file = found.span.file if isinstance(found, Figure) and found.span else ""
        return file if file.startswith(_SHARED) else ""

    def _office(self, found: object) -> str:
        """Whom to ask: the office of the missing fact, else the department itself."""
        return (found.office if isinstance(found, Missing) else "") or str(self)

    def _advice(self, name: str, here: str) -> str:
        """Where the department writes a fact of its own, and what to do when it is none of its business."""
        place = f"在 {here} 填" if here else f"新建 {fact_files.DATA}/{self}/{self.facts.period}.yaml，填"
        beside = f"；不该算“{self}”，就在 drafter.yaml 写 部门表，列出要算的" if self.optional else ""
        return f"{place}“{name}”{beside}"


@dataclass(slots=True)
class Rollup:
    """What a report may ask of other departments: their facts of the same period, or of another one."""

    own: Facts
    project: Project
    facts: Callable[[str, Period], Facts]
    conflicts: list[Diagnostic] = field(default_factory=list)
    asked: dict[int, Facts] = field(default_factory=dict)
    """The facts of others that were asked for."""

    def department(self, name: str | Missing, when: str | Missing = "") -> object:
        """部门("财政局"), 部门("财政局", "上半年")."""
        names = fact_files.departments(self.project.files)
        for word in (name, when):
            if isinstance(word, Missing):
                fault = f"“{word.name}”没有加引号"
                return Missing(word.name, fault=fault, hint='部门、期间都加引号，如 部门("财政局", "上半年")')
        assert isinstance(name, str)
        assert isinstance(when, str)
        found = periods.relative(when, self.own.period) if when else self.own.period
        if found is None:
            return Missing(when, fault=f"看不懂期间“{when}”", hint='例：部门("财政局", "上半年")')
        if name not in names:
            hint = did_you_mean(name, names) or f"data/ 下有：{'、'.join(names)}"
            return Missing(name, fault=f"没有“{name}”这个部门的数据", hint=hint)
        return self.made(name, found)

    def filed(self, name: str) -> bool:
        """Whether any department, or this report's own, ever filed a fact of that name."""
        names = fact_files.departments(self.project.files)
        return self.own.filed(name) or any(self.facts(d, self.own.period).filed(name) for d in names)

    def made(self, name: str, period: Period, *, optional: bool = False, row: bool = False) -> Department:
        """A department by its folder's name."""
        department = Department(name)
        department.row = row
        department.facts = self.facts(name, period)
        department.organ = self.project.organ(name)
        department.rollup, department.optional = self, optional
        self.asked[id(department.facts)] = department.facts
        return department

    def table(self, period: Period | None = None) -> Rows:
        """部门表: the departments of drafter.yaml, else all others that have facts, in this period or another one."""
        when = period or self.own.period
        listed = self.project.table()
        names = listed or [d for d in fact_files.departments(self.project.files) if d != self.own.department]
        rows = (self.made(name, when, optional=not listed, row=True) for name in names)
        said = self.project.settings[0].get(TABLE) if listed else None
        return Rows(tuple(rows), Origin(TABLE, said.span if said else None, str(when)))  # type: ignore[arg-type]

    def members(self, rows: Rows) -> Rows:
        """A list fact of texts that names departments, with these as departments; any other list as it is."""
        known = fact_files.departments(self.project.files)
        if not all(isinstance(item, Told) for item in rows) or not any(item in known for item in rows):
            return rows
        named = tuple(self._named(item, known) for item in rows)
        return Rows(named, rows.origin)  # type: ignore[arg-type]

    def _named(self, item: Value, known: Sequence[str]) -> Department | Stranger:
        """An item of a list: the department of that name, or the text that names none."""
        assert isinstance(item, Told)
        found: Department | Stranger
        if item in known:
            found = self.made(str(item), self.own.period, row=True)
        else:
            found = Stranger(item)
            found.known = known
        found.origin = item.origin
        return found

    def agree(self, department: Department, name: str, found: object) -> None:
        """F114 when this report's own facts say another value for what is plainly the same figure.

        The same: its 来源 or 责任单位 is that department, or it was asked for by name and no third department has a
        figure of that name. A figure that every township has is another one than the county's.
        """
        mine = self.own.stated(name) if department.facts.period == self.own.period else None
        if not isinstance(found, Figure) or mine is None or department == self.own.department:
            return
        sources = (*mine.notes.values(), mine.indicator.source, mine.indicator.office)
        others = (d for d in fact_files.departments(self.project.files) if d not in (department, self.own.department))
        period = self.own.period
        named = any(department in s for s in sources)
        alone = not department.row and all(self.facts(d, period).stated(name) is None for d in others)
        if named or alone:
            self.conflicts += conflict(mine, found)


def _suggested(found: Value, known: Callable[[], Sequence[str]]) -> Value:
    if not isinstance(found, Missing) or not found.unknown or found.hint:
        return found
    hint = (
        phrases.instead(found.name)
        or did_you_mean(found.name, known())
        or "在事实文件里加上这一项，或在 指标.yaml 里登记"
    )
    return replace(found, hint=hint)


@dataclass(slots=True)
class _OtherPeriod:
    """Facts of another period; what is missing there says its period."""

    facts: Facts
    named: Period
    rollup: Rollup | None = None

    def get(self, name: str) -> object:
        """A fact of that period, or 部门表 in it."""
        if self.rollup and name == TABLE and not self.facts.knows(name):
            return self.rollup.table(self.named)
        found = _suggested(self.facts.get(name), self.facts.names)
        if isinstance(found, Missing) and not found.fault:
            return replace(found, name=f"{periods.name(self.named)}{found.name}")
        return found.of(periods.name(self.named)) if isinstance(found, Known) else found
