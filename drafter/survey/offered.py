"""What a project's facts files and indicators hold, whatever the period: the other side of what templates ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from drafter import facts as fact_files
from drafter import period as periods
from drafter.facts import Facts, Record, Rows, Value
from drafter.figure import Figure, Indicator
from drafter.forms.desk import Desk, place
from drafter.forms.form import filled
from drafter.lookup import TABLE
from drafter.period import Period
from drafter.report import DATA, SHARED
from drafter.source import Span
from drafter.template.needs import ITEM
from drafter.yamlfile.slip import folded

SOME_MONTH = periods.month(2000, 1)
"""A period to ask in where a department has none."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One name of a department's own folder: where it stands last, its indicator's place, whether a file has it."""

    name: str
    span: Span
    indicator: Span | None
    in_files: bool


@dataclass(slots=True)
class Offered:
    """The facts of all departments, read once."""

    desk: Desk
    _values: dict[tuple[str, str], tuple[Value, ...]] = field(default_factory=dict)
    _departments: tuple[str, ...] = ()

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments that have facts, 公共 last."""
        if not self._departments:
            self._departments = (*fact_files.departments(self.desk.project.files), SHARED)
        return self._departments

    def periods(self, department: str) -> list[Period]:
        """The periods that may hold a department's facts, those of 公共 among them, the newest first."""
        found = {*self.desk.periods(department), *self.desk.periods(SHARED)}
        return sorted(found, key=lambda p: (p.last, -p.months), reverse=True)

    def facts(self, department: str) -> Facts:
        """A department's facts, of any period: for its names and indicators."""
        return self.desk.facts(department, next(iter(self.periods(department)), SOME_MONTH))

    def knows(self, department: str, name: str) -> bool:
        """Whether an indicator or any period's file has the name; of 部门表, of any department."""
        if department == TABLE:
            return any(self.facts(one).knows(name) for one in self.departments)
        return self.facts(department).knows(name)

    def indicator(self, department: str, name: str) -> Indicator | None:
        """The indicator of a name; of 部门表, that of the first department that has one."""
        rows = self.departments if department == TABLE else (department,)
        found = (self.facts(one).indicators.get(folded(name)) for one in rows)
        return next((one for one in found if one is not None), None)

    def names(self, department: str) -> tuple[str, ...]:
        """Every name that a department's templates may ask for."""
        rows = self.departments if department == TABLE else (department,)
        return tuple(dict.fromkeys(name for one in rows for name in self.facts(one).names()))

    def values(self, department: str, name: str) -> tuple[Value, ...]:
        """What the files of all periods say of a name, the newest first."""
        key = (department, folded(name))
        if key not in self._values:
            rows = self.departments if department == TABLE else (department,)
            self._values[key] = tuple(v for one in rows for v in self._stands(one, name))
        return self._values[key]

    def _stands(self, department: str, name: str) -> Iterator[Value]:
        for period in self.periods(department):
            value = self.desk.stands(department, period, name)
            if value is not None:
                yield value

    def is_filled(self, department: str, name: str) -> bool:
        """Whether any period's file says something of it."""
        return any(filled(value) for value in self.values(department, name))

    def is_begun(self, department: str) -> bool:
        """Whether any fact of a department was ever filled in; one with an empty form alone lacks everything yet."""
        return department == TABLE or any(
            offer.in_files and self.is_filled(department, offer.name) for offer in self.own(department)
        )

    def own(self, department: str) -> list[Offer]:
        """The names that stand in a department's own folder, in the order of its files."""
        folder = f"{DATA}/{department}/"
        found: dict[str, Offer] = {}
        indicators = self.facts(department).indicators
        for period in self.periods(department):
            facts = self.desk.facts(department, period)
            for name in facts.own_names():
                span = place(facts.get(name))
                key = folded(name)
                if span is not None and span.file.startswith(folder) and key not in found and key != "期间":
                    known = indicators.get(key)
                    found[key] = Offer(name, span, known.span if known else None, in_files=True)
        for key, indicator in indicators.items():
            span = indicator.span
            if key not in found and span is not None and span.file.startswith(folder):
                found[key] = Offer(self._written(department, key), span, span, in_files=False)
        return sorted(found.values(), key=lambda offer: offer.span)

    def _written(self, department: str, key: str) -> str:
        return next((n for n in self.facts(department).names() if folded(n) == key), key)


def reaches(value: Value, path: tuple[str, ...]) -> bool | None:
    """Whether a path leads somewhere in a value; None where nothing can be said (an empty value, names of departments)."""
    if not path:
        return True
    key, rest = path[0], path[1:]
    match value:
        case Rows():
            return _any(reaches(item, rest) for item in value) if key == ITEM else None
        case Record():
            if key == ITEM:
                return None
            there = key in value or folded(key) in value.siblings
            return reaches(value.get(key), rest) if there else False
        case Figure() if key != ITEM:
            part = next((p for p in value.parts if p.name == key), None)
            return reaches(part, rest) if part is not None else (False if filled(value) else None)
    return None


def _any(answers: Iterable[bool | None]) -> bool | None:
    """True when any is true, False when some are false and none is true, None else."""
    said = [answer for answer in answers if answer is not None]
    return any(said) if said else None


def leads(values: Iterable[Value], path: tuple[str, ...]) -> bool | None:
    """The same for what the files of all periods say of a name."""
    return _any(reaches(value, path) for value in values)


def fields(values: Iterable[Value], path: tuple[str, ...]) -> tuple[str, ...]:
    """The names that could stand where a path ends, as the files have them."""
    found: list[str] = []
    for value in values:
        found += _fields(value, path)
    return tuple(dict.fromkeys(found))


def _fields(value: Value, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(value, Rows) and path[:1] == (ITEM,):
        for item in value:
            yield from _fields(item, path[1:])
    elif len(path) == 1 and isinstance(value, Record):
        yield from value
    elif len(path) == 1 and isinstance(value, Figure):
        yield from (part.name for part in value.parts)
    elif path and isinstance(value, Record) and path[0] in value:
        yield from _fields(value.get(path[0]), path[1:])
