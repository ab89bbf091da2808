"""What reports lack, by 责任单位: what rendering found and what the templates may still ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from drafter import facts as fact_files
from drafter import period as periods
from drafter import phrases
from drafter.diagnostic import Diagnostic
from drafter.facts import FIGURE_KEYS, Facts, Record, Rows, Value
from drafter.figure import GROWTHS, OPERANDS, Figure, operand
from drafter.forms.desk import Asked, Desk, data_file, place, written
from drafter.forms.form import Row, filled, row_of
from drafter.missing import Missing
from drafter.period import Period
from drafter.report import DATA, TEMPLATES, Report
from drafter.template.asks import ANSWERS, PARTS, PLACE, RANK
from drafter.template.needs import ITEM
from drafter.yamlfile.slip import folded

PLACES = {RANK: "", **{asked: key for key, asked in PLACE.items()}}
"""What is asked of 位次 → the key of the place that it is compared with."""
SAID_ELSEWHERE = ("F201", "P103", "T105", "N", "H")
"""Starts of codes that are the very thing that is asked here, or that a draft full of holes cannot help."""
NO_OFFICE = "（未注明责任单位）"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing to ask an office for. `fact` is the name in the facts file, `key` what of it is missing.

    `base` and `previous` are last year's and the last period's value as written, empty when not known; `maybe` says
    that a report may do without it.
    """

    name: str
    fact: str
    key: str
    office: str
    department: str
    period: Period
    unit: str
    base: str
    previous: str
    file: str
    line: int
    targets: tuple[str, ...]
    maybe: bool = False
    asks: str = ""
    """What of it is to be given when it is more than one value: 本期、上年同期、其中（工贸、道路）."""
    row: Row | None = field(default=None, compare=False)
    """Its row in a form, when all of it is missing."""

    @property
    def place(self) -> str:
        """Where to write it: the file, with the line when the name stands there already."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def as_json(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "name": self.name, "fact": self.fact, "key": self.key, "office": self.office,
            "department": self.department, "period": str(self.period), "unit": self.unit, "base": self.base,
            "previous": self.previous, "file": self.file, "line": self.line, "targets": list(self.targets),
            "maybe": self.maybe, "asks": self.asks,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What one report of one period lacks, and what was found while looking."""

    report: Report
    period: Period
    lacks: tuple[Lack, ...]
    diagnostics: tuple[Diagnostic, ...]


def of_report(desk: Desk, report: Report, period: Period) -> Found:
    """Everything that a report of a period lacks; what rendering missed is certain, the rest as the templates say."""
    draft = desk.builder.draft(report, period)
    found: dict[tuple[str, str, str], Lack] = {}
    asked: dict[tuple[str, Period, str], list[Asked]] = {}
    for one in desk.asked(report, period):
        asked.setdefault((one.department, one.period, folded(one.name)), []).append(one)
    for uses in asked.values():
        for lack in _of_fact(desk, uses):
            _put(found, lack)
    for missing in (one for joined in draft.missing for one in _apart(desk, report, joined)):
        other = None if missing.unknown else _of_missing(desk, report, missing)
        if other is not None:
            _put(found, other)
    told = tuple(d for d in draft.diagnostics if not d.code.startswith(SAID_ELSEWHERE))
    return Found(report, period, tuple(found.values()), told)


def of_provider(desk: Desk, department: str, period: Period | None) -> list[Found]:
    """What the reports of others lack of a department's facts; empty when none asks for them.

    Of a period, the facts of that period and what the reports of that period need; of none, what the newest need.
    """
    found = []
    for report, when in desk.users(department, period):
        one = of_report(desk, report, when)
        mine = (k for k in one.lacks if k.department == department and period in (None, when, k.period))
        told = (d for d in one.diagnostics if d.span.file.startswith((f"{TEMPLATES}/", f"{DATA}/{department}/")))
        found.append(replace(one, lacks=tuple(mine), diagnostics=tuple(told)))
    return found


def together(found: Iterable[Found]) -> tuple[Lack, ...]:
    """The lacks of several reports, each once with all the reports that need it."""
    every: dict[tuple[str, str, str], Lack] = {}
    for one in found:
        for lack in one.lacks:
            _put(every, lack)
    return tuple(every.values())


def by_office(lacks: Iterable[Lack]) -> dict[str, list[Lack]]:
    """The lacks by 责任单位, those without one last; the certain ones first."""
    offices: dict[str, list[Lack]] = {}
    for lack in sorted(lacks, key=lambda one: one.maybe):
        offices.setdefault(lack.office or f"{lack.department}{NO_OFFICE}", []).append(lack)
    return dict(sorted(offices.items(), key=lambda pair: pair[0].endswith(NO_OFFICE)))


def message(office: str, lacks: list[Lack]) -> str:
    """What to send to an office: the facts numbered, last year's and last period's values, where they are written."""
    sure = sum(not one.maybe for one in lacks)
    when = {one.period for one in lacks}
    said = f"{periods.name(lacks[0].period)}的" if len(when) == 1 else ""
    lines = [f"【{office}】请提供{said}以下数据{f'（{sure} 项）' if sure else ''}："]
    for number, one in enumerate(lacks, start=1):
        if one.maybe and (number == 1 or not lacks[number - 2].maybe):
            lines.append("以下视情况提供，没有就不填：")
        lines.append(f"{number}.{'' if said else periods.name(one.period)}{_line(one)}")
    lines.append(f"用于：{'、'.join(dict.fromkeys(target for one in lacks for target in one.targets))}")
    lines.append(f"填在：{'、'.join(dict.fromkeys(one.file for one in lacks))}")
    return "\n".join(lines)


def file_name(office: str) -> str:
    """A file's name for an office, without what Windows refuses."""
    clean = "".join("-" if c in '\\/:*?"<>|' or not c.isprintable() else c for c in office).strip(" .")
    return f"{clean or '责任单位'}-缺数"


def _line(lack: Lack) -> str:
    unit = f"（{lack.unit}）" if lack.unit else ""
    asks = f"：{lack.asks}" if lack.asks else ""
    compared = [f"{word}{value}" for word, value in (("上年同期", lack.base), ("上期", lack.previous)) if value]
    beside = f"；{'，'.join(compared)}" if compared else ""
    return f"{lack.name}{unit}{asks}{beside}"


def _put(found: dict[tuple[str, str, str], Lack], lack: Lack) -> None:
    """Keep a lack, or add to the same one who needs it and that it is certain."""
    key = (lack.department, str(lack.period), lack.name)
    other = found.get(key)
    if other is not None:
        targets = tuple(dict.fromkeys((*other.targets, *lack.targets)))
        fuller = max(other, lack, key=lambda one: len(one.asks))
        maybe = other.maybe and lack.maybe
        lack = replace(other, targets=targets, maybe=maybe, asks=fuller.asks, row=fuller.row or other.row)
    found[key] = lack


def _of_fact(desk: Desk, asked: list[Asked]) -> Iterator[Lack]:
    """What is missing of one fact: all of it, with what is asked for, or operands, parts and fields one by one."""
    first = asked[0]
    facts = desk.facts(first.department, first.period)
    value = facts.get(first.name)
    targets = (first.report.target,)
    if not filled(value):
        whole = _whole(facts, first.name, value)
        if not whole.unknown:
            maybe = all(one.use.maybe for one in asked)
            row = row_of(desk, facts, first.name, asked) if folded(whole.name) == folded(first.name) else None
            lack = _written(desk, facts, first.name, whole, targets, maybe=maybe)
            yield replace(lack, asks=row.asks if row else "", row=row)
        return
    for one in asked:
        for leaf in leaves(value, one.use.path):
            for missing in lacking(leaf, one.use.asked):
                if not missing.unknown:
                    yield _written(desk, facts, first.name, missing, targets, maybe=one.use.maybe)


def _whole(facts: Facts, name: str, value: Value) -> Missing:
    """A fact of which nothing is known: also a form's row that nobody filled."""
    if isinstance(value, Missing):
        return value
    office = value.office if isinstance(value, Figure) else ""
    return Missing(name, office, str(facts.period), place(value))


def leaves(value: Value, path: tuple[str, ...]) -> Iterator[Value]:
    """What a path leads to: every item of a list, a field, a part; Missing where the way ends."""
    if isinstance(value, Missing) or not path:
        yield value
        return
    key, rest = path[0], path[1:]
    if isinstance(value, Rows):
        items = value if key == ITEM else ()
        for item in items:
            yield from leaves(item, rest)
    elif isinstance(value, Record):
        yield from leaves(value.get(key), rest)
    elif isinstance(value, Figure):
        part = next((p for p in value.parts if p.name == key), None)
        yield replace(value.lacks("其中"), name=f"{value.name}的{key}") if part is None else part


def lacking(value: Value, asked: str) -> Iterator[Missing]:
    """What of a value is missing for what is asked of it."""
    if isinstance(value, Missing):
        yield value
    elif isinstance(value, Record) and asked in value:
        yield from lacking(value.get(asked), "本期")
    elif isinstance(value, Figure):
        yield from _of_figure(value, asked)


def _of_figure(figure: Figure, asked: str) -> Iterator[Missing]:
    if asked == PARTS:
        if not figure.parts:
            yield figure.lacks(PARTS)
        for part in figure.parts:
            if part.value is None:
                yield replace(part.lacks("本期"), name=f"{figure.name}的{part.name}")
    elif asked in phrases.WORDS:
        said = phrases.WORDS[asked](figure)
        if isinstance(said, Missing):
            yield said
    elif asked in PLACES:
        yield from _of_place(figure, PLACES[asked])
    elif asked in OPERANDS or asked in ANSWERS:
        yield from _of_operands(figure, asked)


def _of_place(figure: Figure, key: str) -> Iterator[Missing]:
    """位次, and the place then when it is compared."""
    if figure.rank is None:
        yield figure.lacks(RANK)
    elif key and (figure.rank.base if key == "上年同期" else figure.rank.previous) is None:
        yield figure.lacks(f"{key}位次")


def _of_operands(figure: Figure, asked: str) -> Iterator[Missing]:
    """Nothing when one row of answers is there; else what the last row still lacks."""
    rows = ANSWERS.get(asked, ((asked,),))
    found = [[one for one in (_operand(figure, key) for key in row) if one is not None] for row in rows]
    if all(found):
        yield from found[-1]


def _operand(figure: Figure, key: str) -> Missing | None:
    """What is missing of an operand, None when it is there."""
    found = operand(figure, key)
    if isinstance(found, Missing):
        return found
    return figure.lacks(key) if found.value is None else None


def _apart(desk: Desk, report: Report, missing: Missing) -> list[Missing]:
    """What a sum misses, one by one: 云岭镇的收入、青溪镇的收入 are two lacks of two departments."""
    period = periods.parse(missing.period)
    names = missing.name.split("、")
    if period is None or len(names) == 1:
        return [missing]
    facts = desk.facts(report.department, period)
    owners = tuple(f"{department}的" for department in fact_files.departments(desk.project.files))
    if facts.knows(missing.name) or not all(name.startswith(owners) or facts.knows(name) for name in names):
        return [missing]
    return [replace(missing, name=name, office="", span=None) for name in names]


def _of_missing(desk: Desk, report: Report, missing: Missing) -> Lack | None:
    """What rendering found missing; a name said of another period loses its 2022年1—5月.

    None for a piece of a fact of which nothing is known: all of it is asked for already.
    """
    period = periods.parse(missing.period)
    assert period is not None
    facts = desk.facts(report.department, period)
    name = missing.name.removeprefix(periods.name(period))
    for department in fact_files.departments(desk.project.files):
        rest = name.removeprefix(f"{department}的")
        if rest != name and not facts.knows(name):
            facts, name = desk.facts(department, period), rest.removeprefix(periods.name(period))
            break
    fact = _fact(facts, name)
    if folded(fact) != folded(name) and not filled(facts.get(fact)):
        return None
    return _written(desk, facts, fact, replace(missing, name=name), (report.target,), maybe=False)


def _fact(facts: Facts, name: str) -> str:
    """The fact that 事故起数的上年同期 is about."""
    known = [own for own in facts.names() if name == own or name.startswith((f"{own}的", f"{own}第", f"{own}（"))]
    return max(known, key=len, default=name)


def _written(desk: Desk, facts: Facts, fact: str, missing: Missing, targets: tuple[str, ...], *, maybe: bool) -> Lack:
    """The row of a missing fact, with what is known of it."""
    key = missing.name.rsplit("的", 1)[-1] if missing.name.startswith(f"{fact}的") else ""
    key = key if key in FIGURE_KEYS else ""
    plain = missing.name == fact
    at = desk.stands(facts.department, facts.period, fact)
    home = desk.home(facts.department, fact)
    span = missing.span if missing.span and at is not None else None
    return Lack(
        missing.name, fact, key, missing.office or _office(desk, facts, fact), home, facts.period,
        _unit(facts, fact, key) if plain or key else "",
        written(desk, facts, fact, periods.last_year) if plain else "",
        written(desk, facts, fact, periods.previous) if plain else "",
        span.file if span else data_file(home, facts.period), span.line if span else 0, targets, maybe,
    )  # fmt: skip


def _office(desk: Desk, facts: Facts, fact: str) -> str:
    indicator = facts.indicators.get(folded(fact))
    if indicator is not None and indicator.office:
        return indicator.office
    value = desk.earlier(facts.department, fact, facts.period)
    return value.office if isinstance(value, Figure) else ""


def _unit(facts: Facts, fact: str, key: str) -> str:
    if key in GROWTHS:
        return "%"
    indicator = facts.indicators.get(folded(fact))
    return indicator.unit if indicator is not None and key not in (RANK, PARTS) else ""
