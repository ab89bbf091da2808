"""Who asks for which fact of which period: the reports' templates read together with the facts they need."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from drafter import facts as fact_files
from drafter import period as periods
from drafter.diagnostic import Diagnostic, DraftError, Severity
from drafter.draft import Builder
from drafter.facts import Facts, Record, Rows, Told, Value
from drafter.figure import Figure
from drafter.lookup import TABLE
from drafter.missing import Missing
from drafter.period import Period
from drafter.project import Project
from drafter.report import DATA, SHARED, Report
from drafter.source import Span
from drafter.template import needs
from drafter.template.asks import OF_DEPARTMENTS, OF_ROWS
from drafter.template.needs import ITEM, Use
from drafter.yamlfile.slip import folded

OWN = frozenset((*periods.words(periods.month(2000, 1)), "单位", "部门", "报告"))
"""Names that a template may print and that are no facts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One use by one report, with its 期(…) and 部门(…) resolved."""

    use: Use
    department: str
    period: Period
    report: Report

    @property
    def name(self) -> str:
        """The fact's name, as the template writes it."""
        return self.use.name

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """What is asked of the fact, whoever asks."""
        return self.name, self.use.asked, self.use.path


@dataclass(slots=True)
class Desk:
    """A project with everything read once: facts by department and period, what each report asks for."""

    project: Project
    builder: Builder = field(init=False)
    _first: dict[str, Facts] = field(default_factory=dict)
    _uses: dict[str, tuple[Use, ...]] = field(default_factory=dict)
    _homes: dict[tuple[str, str], str] = field(default_factory=dict)
    _own: dict[tuple[str, Period], frozenset[str]] = field(default_factory=dict)
    """The names as compared that stand in a period's files."""
    _periods: dict[str, tuple[Period, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.builder = Builder(self.project)

    def facts(self, department: str, period: Period) -> Facts:
        """The facts of a department in a period; all periods of a department share what was read."""
        if department not in self._first:
            self._first[department] = fact_files.load(self.project.files, department, period)
        return self._first[department].for_period(period)

    def uses(self, report: Report) -> tuple[Use, ...]:
        """What a report's sections and the texts of its 报告.yaml ask for."""
        if report.target not in self._uses:
            self._uses[report.target] = tuple(self._read(report))
        return self._uses[report.target]

    def problems(self, department: str) -> tuple[Diagnostic, ...]:
        """What is wrong with the templates of a department's reports: what they ask for is not all known."""
        reports = [r for r in self.project.reports() if department in (r.department, SHARED)]
        found: list[Diagnostic] = []
        for section in dict.fromkeys(section.text for report in reports for section in report.all_sections):
            try:
                found += self.builder.templates.check(section)
            except DraftError as stop:
                found += stop.diagnostics
        return tuple(dict.fromkeys(d for d in found if d.severity is Severity.ERROR))

    def _read(self, report: Report) -> Iterator[Use]:
        templates = self.builder.templates
        for section in report.all_sections:
            try:
                yield from needs.of_section(templates, section.text, OWN)
            except DraftError:
                continue  # the draft tells why it cannot be read
        for setting in report.texts:
            place = setting.span or Span(report.file, 1, 1)
            yield from needs.of_text(templates, setting.text, place.file, OWN, place)

    def asked(self, report: Report, period: Period) -> Iterator[Asked]:
        """What a report of a period asks for, of whatever period and department; tables row by row."""
        for use in self.uses(report):
            named = periods.relative(use.period, period) if use.period else period
            if named is None or "/" in use.department:
                continue  # the draft tells what is wrong with it
            rows = self._rows(use, report, named)
            if rows is None:
                yield Asked(use, use.department or report.department, named, report)
            elif len(use.path) > 1 and use.path[1] not in OF_ROWS | OF_DEPARTMENTS:
                one = replace(use, name=use.path[1], path=use.path[2:])
                yield from (Asked(one, department, named, report) for department in rows)

    def _rows(self, use: Use, report: Report, period: Period) -> list[str] | None:
        """The departments that a table of departments stands for; None for any other fact."""
        facts = self.facts(use.department or report.department, period)
        known = fact_files.departments(self.project.files)
        if use.name == TABLE and not facts.knows(TABLE):
            return self.project.table() or [d for d in known if d != report.department and self._has(d, use)]
        value = facts.get(use.name) if use.path[:1] == (ITEM,) else None
        if isinstance(value, Rows) and value and all(isinstance(v, Told) and v in known for v in value):
            return [str(item) for item in value]
        return None

    def _has(self, department: str, use: Use) -> bool:
        """Whether a department that nobody listed knows the fact at all: else it is not its business."""
        newest = self.newest(department)
        return len(use.path) > 1 and newest is not None and self.facts(department, newest).knows(use.path[1])

    def asked_of(self, department: str, period: Period) -> list[Asked]:
        """What all reports ask of a department's facts of a period; of 公共, what belongs to nobody else."""
        found = []
        for report in self.project.reports():
            for when in self._when(report, period):
                for one in self.asked(report, when):
                    if one.period == period and self._concerns(one, department):
                        found.append(one)
        return found

    def users(self, department: str, period: Period | None = None) -> list[tuple[Report, Period]]:
        """The reports that ask for a department's facts, with the periods they are built for.

        Of a period: those of that period, then of others, the next first, that ask for more of its facts (1—5月 is
        asked for all year, and told once); of none: each report's newest.
        """
        found = []
        for report in self.project.reports():
            newest = self.project.newest(report)
            seen: set[tuple[str, str, tuple[str, ...]]] = set()
            for when in self._nearest(report, period) if period else [newest] if newest else []:
                concern = [one for one in self.asked(report, when) if self._concerns(one, department)]
                asked = {one.key for one in concern if period in (None, when, one.period)}
                if not asked <= seen:
                    found.append((report, when))
                seen |= asked
        return found

    def _nearest(self, report: Report, period: Period) -> list[Period]:
        """The periods that may ask for a period: itself, those that end with it or after it, those before."""
        return sorted(self._when(report, period), key=lambda p: (p != period, p.last < period.last, p.last, p.months))

    def _concerns(self, one: Asked, department: str) -> bool:
        if department == SHARED:
            return self.home(one.department, one.name) == SHARED
        return one.department == department

    def _when(self, report: Report, period: Period) -> list[Period]:
        """The periods of a report whose 期(…) may name `period`: its own, the following, those of its year."""
        named = {use.period for use in self.uses(report) if use.period}
        own = [period] if not report.cycle or report.cycle == period.kind else []
        others = [p for p in (*_of_year(period.year, report.cycle), periods.following(period)) if p != period]
        fits = [p for p in others if not report.cycle or p.kind == report.cycle]
        return own + [p for p in fits if any(periods.relative(said, p) == period for said in named)]

    def earlier(self, department: str, name: str, before: Period) -> Value | None:
        """The fact's value in the last period before one: of the same kind, else of any; None when it never had one."""
        known = sorted(self.periods(department), key=lambda p: (p.kind == before.kind, p.last), reverse=True)
        shared = self.periods(SHARED)
        for period in [*known, *(p for p in shared if p not in known)]:
            if period.last < before.last or (period.last == before.last and period != before):
                value = self.stands(department, period, name)
                if value is not None and not isinstance(value, Missing):
                    return value
        return None

    def stands(self, department: str, period: Period, name: str) -> Value | None:
        """The value of a name that stands in a period's own files; None when it does not."""
        facts = self.facts(department, period)
        if (department, period) not in self._own:
            self._own[department, period] = frozenset(map(folded, facts.own_names()))
        return facts.get(name) if folded(name) in self._own[department, period] else None

    def home(self, department: str, name: str) -> str:
        """The folder below data/ where a fact is written: where it stood last, else where its indicator stands."""
        key = (department, folded(name))
        if key not in self._homes:
            self._homes[key] = self._home(department, name)
        return self._homes[key]

    def _home(self, department: str, name: str) -> str:
        newest = sorted({*self.periods(department), *self.periods(SHARED)}, reverse=True)
        values = (self.stands(department, period, name) for period in newest)
        span = next((s for value in values if value is not None and (s := place(value))), None)
        if span is None:
            facts = self.facts(department, newest[0] if newest else periods.month(2000, 1))
            indicator = facts.indicators.get(folded(name))
            span = indicator.span if indicator else None
        folder = span.file.split("/")[1] if span and span.file.count("/") > 1 else department
        return SHARED if folder == SHARED else department

    def is_others(self, name: str) -> bool:
        """Whether departments write a fact that 公共 itself never does: only its indicator stands there."""
        if any(self.stands(SHARED, period, name) is not None for period in self.periods(SHARED)):
            return False
        others = [(d, self.newest(d)) for d in fact_files.departments(self.project.files) if d != SHARED]
        return any(newest and self.stands(d, newest, name) is not None for d, newest in others)

    def periods(self, department: str) -> tuple[Period, ...]:
        """The periods that a department's folder has files for."""
        if department not in self._periods:
            self._periods[department] = fact_files.known_periods(self.project.files, department)
        return self._periods[department]

    def newest(self, department: str) -> Period | None:
        """The newest period with facts; of equal ends the shortest."""
        return max(self.periods(department), key=lambda p: (p.last, -p.months), default=None)


def _of_year(year: int, cycle: str) -> list[Period]:
    """Every period of a kind in a year; of all kinds when none is said."""
    lengths = {"月": 1, "季": 3, "半年": 6, "年": 12}
    found = [periods.part(year, n, i) for k, n in lengths.items() if cycle in ("", k) for i in range(1, 12 // n + 1)]
    runs = [periods.months(year, 1, last) for last in range(1, 13)] if cycle in ("", "累计") else []
    return found + runs


def place(value: Value) -> Span | None:
    """Where a value stands in its file."""
    match value:
        case Figure() | Missing():
            return value.span
        case Told() | Record() | Rows():
            return value.origin.span
    return None


def data_file(department: str, period: Period) -> str:
    """The facts file of a department and period."""
    return f"{DATA}/{department}/{period}.yaml"


def written(desk: Desk, facts: Facts, fact: str, step: Callable[[Period], Period]) -> str:
    """The value of another period as written, with its unit, else its growth; empty when neither is known."""
    period = step(facts.period)
    value = desk.facts(facts.department, period).get(fact) if period != facts.period else None
    if not isinstance(value, Figure):
        return ""
    ahead = "预计" if value.estimate else ""
    if value.value is None:
        return f"{ahead}增幅{value.growth.written}{value.growth.unit}" if value.growth else ""
    return f"{ahead}{value}"
