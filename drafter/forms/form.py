"""The empty form of a period: every fact that templates ask for, with what stood there before, ready to be filled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from drafter import period as periods
from drafter.diagnostic import did_you_mean
from drafter.facts import Facts, Record, Rows, Told, Value, reserved
from drafter.figure import OPERANDS, Figure
from drafter.forms.desk import Asked, Desk, place, written
from drafter.missing import Missing
from drafter.period import Period
from drafter.report import SHARED
from drafter.template.asks import ANSWERS, PARTS, PLACE, RANK
from drafter.template.needs import ITEM
from drafter.yamlfile import Mapping, Node, Scalar
from drafter.yamlfile import Sequence as Listing
from drafter.yamlfile.slip import folded

EMPTY = Scalar("")
OWN = ("value", "target", "growth", "chain_growth", "total", "rank")
"""What a figure says of its own period; the rest may come from other periods."""
ORDER = ("本期", "上年同期", "上期", "目标", "增幅", "环比增幅", "上年增幅", "上期增幅", "累计", "其中", "位次")
"""The keys of a figure in a form, in this order."""


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of a form: what is to be filled, empty, and what helps to fill it."""

    name: str
    node: Node
    unit: str = ""
    office: str = ""
    base: str = ""
    previous: str = ""
    remark: str = ""
    """Last period's text or number of rows, for what is no figure."""
    wanted: bool = True
    """A template of the period asks for it."""
    estimate: bool = False
    """The last figure was 预计."""

    @property
    def comment(self) -> str:
        """What stands behind the fact in a form: unit, office, last year's and last period's value."""
        compared = (("上年同期", self.base), ("上期", self.previous))
        words = [self.unit, self.office, *(f"{word}{value}" for word, value in compared if value), self.remark]
        words.append("是预计数就加 预计: 是" if self.estimate else "")
        return "；".join(word for word in words if word)

    @property
    def asks(self) -> str:
        """What is to be filled when it is more than one value: 本期、上年同期、其中（工贸、道路）."""
        node = self.node
        listed = isinstance(node, Listing)
        if isinstance(node, Listing):
            node = node.items[0] if node.items else EMPTY
        words = _asks(node)
        return f"每项写{words}" if listed and words else words


def _asks(node: Node) -> str:
    if not isinstance(node, Mapping):
        return ""
    return "、".join(_ask(key.text, value) for key, value in node.items if not isinstance(value, Scalar) or value.empty)


def _ask(key: str, node: Node) -> str:
    inner = "" if key == RANK else _asks(node.items[0] if isinstance(node, Listing) and node.items else node)
    return f"{key}（{inner}）" if inner else key


@dataclass(frozen=True, slots=True)
class Form:
    """An empty form; `elsewhere` are the facts that the reports need and that 公共 fills in."""

    department: str
    period: Period
    rows: tuple[Row, ...]
    elsewhere: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    used: tuple[tuple[str, Period], ...] = ()
    """The reports that its facts go into, each with the period it is built for."""

    def tree(self) -> Mapping:
        """The form as the tree of a facts file."""
        pairs = ((Scalar(row.name), row.node) for row in self.rows)
        return Mapping(((Scalar("期间"), Scalar(str(self.period))), *pairs))


def next_period(desk: Desk, department: str) -> Period | None:
    """The period after the newest with facts, of the kind that the department's reports are built for.

    Of several kinds the one whose newest facts end last; None when there are no facts yet. A form that nobody filled
    holds no facts: where one lies behind the newest facts, the form is still for its period.
    """
    cycles = {r.cycle for r in desk.project.reports() if department in (r.department, SHARED)}
    known = desk.periods(department)
    fitting = [p for p in known if p.kind in cycles] or list(known)
    ordered = sorted(fitting, key=lambda p: (p.last, -p.months), reverse=True)
    newest = next((p for p in ordered if _is_filled(desk.facts(department, p))), None)
    waiting = [p for p in ordered if newest is None or p.last > newest.last]
    if waiting:
        return waiting[-1]
    return periods.following(newest) if newest else None


def _is_filled(facts: Facts) -> bool:
    """Whether any fact of the department's own stands there."""
    values = (facts.get(name) for name in facts.own_names())
    own = (value for value in values if (span := place(value)) and span.file.split("/")[1] == facts.department)
    return any(filled(value) for value in own)


def filled(value: Value | Figure) -> bool:
    """Whether a value holds anything: a row or group whose fields are all empty does not."""
    match value:
        case Missing():
            return False
        case Figure():
            return any(getattr(value, own) is not None for own in OWN) or any(filled(part) for part in value.parts)
        case Rows():
            return any(filled(item) for item in value)
        case Record():
            return any(filled(value.get(key)) for key in value)
    return True


def form(desk: Desk, department: str, period: Period) -> Form:
    """The form of a department (or of 公共) for a period."""
    asked = desk.asked_of(department, period)
    uses: dict[str, list[Asked]] = {}
    names: dict[str, str] = {}
    for one in asked:
        names.setdefault(folded(one.name), one.name)
        uses.setdefault(folded(one.name), []).append(one)
    shared = {key for key in uses if department != SHARED and desk.home(department, names[key]) == SHARED}
    ordered = _ordered(desk, department, period, names)
    facts = desk.facts(department, period)
    rows = [row_of(desk, facts, name, uses.get(key, [])) for key, name in ordered.items() if key not in shared]
    targets = dict.fromkeys(one.report.target for one in asked)
    wanted = [row for row in rows if row.wanted]
    others = [row for row in rows if not row.wanted]
    elsewhere = tuple(names[key] for key in uses if key in shared)
    return Form(department, period, (*wanted, *others), elsewhere, tuple(targets), _used(desk, department, period))


def _used(desk: Desk, department: str, period: Period) -> tuple[tuple[str, Period], ...]:
    """The reports that use facts of a period: each of the same period if that is one of those that do, else of the first."""
    found: dict[str, Period] = {}
    for report, when in desk.users(department, period):
        found.setdefault(report.target, when)
    return tuple(found.items())


def _ordered(desk: Desk, department: str, period: Period, asked: dict[str, str]) -> dict[str, str]:
    """Names by key: as in the last period of the same kind, then as in the indicators, then as templates ask.

    Of the last period and the indicators only the department's own; what a department's indicators hold of 公共 is
    asked of 公共.
    """
    last = max((p for p in desk.periods(department) if p.kind == period.kind and p.last < period.last), default=None)
    before = desk.facts(department, last).own_names() if last else ()
    facts = desk.facts(department, period)
    said = {folded(name): name for name in facts.names()}
    known = (said.get(key, key) for key in facts.indicators)
    found: dict[str, str] = {}
    for name in (*before, *known, *asked.values()):
        key = folded(name)
        if not reserved(key) and key not in found and (key in asked or _is_own(desk, department, name)):
            found[key] = name
    return found


def _is_own(desk: Desk, department: str, name: str) -> bool:
    return desk.home(department, name) == department and not (department == SHARED and desk.is_others(name))


def row_of(desk: Desk, facts: Facts, name: str, asked: Sequence[Asked]) -> Row:
    """The row of one fact, for what is asked of it."""
    indicator = facts.indicators.get(folded(name))
    last = desk.earlier(facts.department, name, facts.period)
    is_figure = indicator is not None or isinstance(last, Figure)
    unit = indicator.unit if indicator else (last.unit if isinstance(last, Figure) else "")
    office = last.office if isinstance(last, Figure) else ""
    row = Row(
        name,
        _node(desk, facts, name, last, asked),
        unit,
        (indicator.office if indicator else "") or office,
        wanted=bool(asked),
        remark=_remark(last) or _first_time(facts, name),
    )
    if not is_figure:
        return row
    base, previous = (written(desk, facts, name, step) for step in (periods.last_year, periods.previous))
    return replace(row, base=base, previous=previous, estimate=isinstance(last, Figure) and last.estimate)


def _first_time(facts: Facts, name: str) -> str:
    """That nobody has used the name yet: it is new, or a slip in the template."""
    if facts.knows(name):
        return ""
    return f"新名称；{near}" if (near := did_you_mean(name, facts.names())) else "新名称"


def _remark(last: Value | None) -> str:
    """What of the last text or list helps to write the new one."""
    if isinstance(last, Told):
        text = " ".join(last.split())
        return f"上次写：{text[:30]}{'…' if len(text) > 30 else ''}"
    return f"上次{len(last)}项，没有的删去" if isinstance(last, Rows) else ""


def _node(desk: Desk, facts: Facts, name: str, last: Value | None, asked: Sequence[Asked]) -> Node:
    """The empty value of a fact: shaped as last time, with whatever the templates ask for besides."""
    paths = tuple(dict.fromkeys(one.use.path for one in asked if one.use.path))
    listed = any(one.use.is_list for one in asked)
    if isinstance(last, (Rows, Record)) or listed or (last is None and paths and folded(name) not in facts.indicators):
        return _grown(emptied(last) if isinstance(last, (Rows, Record)) else None, paths, listed=listed)
    if isinstance(last, Told):
        return EMPTY
    keys = dict.fromkeys(_given(last) if isinstance(last, Figure) else ())
    wanted = tuple(dict.fromkeys(one.use.asked for one in asked if not one.use.path))
    keys |= dict.fromkeys(_lacking(desk, facts, name, wanted, set(keys)))
    if paths:
        keys[PARTS] = None
    if not keys or (PARTS in keys and "增幅" not in keys):
        keys["本期"] = None
    figure = last if isinstance(last, Figure) else None
    return _figure(list(keys), _Last(figure, paths, tuple(k for k, word in PLACE.items() if word in wanted)))


@dataclass(frozen=True, slots=True)
class _Last:
    """What the last figure and the templates say of 其中 and 位次: further parts, places to compare with."""

    figure: Figure | None
    paths: Sequence[tuple[str, ...]] = ()
    places: Sequence[str] = ()


def _given(last: Figure) -> Iterator[str]:
    """The keys that the last figure was given with, notes left out: they are asked for again."""
    for key in last.places:
        if key == "值":
            yield "本期"
        elif key in ORDER and key not in ("上年同期", "上期"):
            yield key


def _lacking(desk: Desk, facts: Facts, name: str, wanted: Iterable[str], given: set[str]) -> Iterator[str]:
    """Keys beyond the last time's: what templates ask for and no other period's file answers."""
    for asked in wanted:
        if asked == PARTS:
            yield PARTS
        elif asked == RANK or asked in PLACE.values():
            yield RANK
        elif asked in OPERANDS or asked in ANSWERS:
            rows = ANSWERS.get(asked, ((asked,),))
            open_ = [[k for k in row if k not in given and not _elsewhere(desk, facts, name, k)] for row in rows]
            if all(open_):
                yield from open_[-1]


def _elsewhere(desk: Desk, facts: Facts, name: str, key: str) -> bool:
    """Whether a key has its value in another period's file."""
    steps = {
        "上年同期": periods.last_year,
        "上期": periods.previous,
        "上年增幅": periods.last_year,
        "上期增幅": periods.previous,
    }
    if key not in steps:
        return False
    other = desk.facts(facts.department, steps[key](facts.period)).get(name)
    if not isinstance(other, Figure):
        return False
    grown = other.growth is not None or (other.value is not None and other.base is not None)
    return grown if key.endswith("增幅") else other.value is not None


def _figure(keys: list[str], last: _Last) -> Node:
    """The empty figure: one value when 本期 is all, else its keys in order."""
    if keys == ["本期"]:
        return EMPTY
    values = {PARTS: _parts(last), RANK: _rank(last)}
    ordered = sorted(keys, key=ORDER.index)
    return Mapping(tuple((Scalar(key), values.get(key, EMPTY)) for key in ordered))


def _parts(last: _Last) -> Node:
    parts = {p.name: emptied(p) for p in last.figure.parts} if last.figure is not None else {}
    for path in last.paths:
        if path[0] != ITEM:
            parts.setdefault(path[0], EMPTY)
    return Mapping(tuple((Scalar(name), node) for name, node in parts.items())) if parts else EMPTY


def _rank(last: _Last) -> Node:
    scope = last.figure.rank.scope if last.figure is not None and last.figure.rank else ""
    compared = tuple((Scalar(key), EMPTY) for key in last.places)
    return Mapping(((Scalar("第"), EMPTY), (Scalar("范围"), Scalar(scope)), *compared))


def emptied(value: Value) -> Node:
    """A value's shape without its content; a list becomes one row that has the fields of all."""
    match value:
        case Rows():
            records = [emptied(item) for item in value if isinstance(item, Record)]
            fields = dict(pair for record in records if isinstance(record, Mapping) for pair in _pairs(record))
            return Listing((_mapping(fields) if fields else EMPTY,))
        case Record():
            return _mapping({key: emptied(value.get(key)) for key in value})
        case Figure():
            keys = list(dict.fromkeys(_given(value)))
            return _figure(keys or ["本期"], _Last(value))
    return EMPTY


def _pairs(node: Mapping) -> list[tuple[str, Node]]:
    return [(key.text, value) for key, value in node.items]


def _mapping(fields: dict[str, Node]) -> Mapping:
    return Mapping(tuple((Scalar(key), node) for key, node in fields.items()))


def _grown(node: Node | None, paths: Iterable[tuple[str, ...]], *, listed: bool) -> Node:
    """The shape with every path that templates ask for."""
    node = node or (Listing((EMPTY,)) if listed else EMPTY)
    for path in paths:
        node = _with(node, path)
    return node


def _with(node: Node, path: tuple[str, ...]) -> Node:
    """The shape with one more path: ITEM goes into the row of a list, a name into a field."""
    if not path:
        return node
    key, rest = path[0], path[1:]
    if key == ITEM:
        row = node.items[0] if isinstance(node, Listing) and node.items else EMPTY
        return Listing((_with(row, rest),))
    fields = dict(_pairs(node)) if isinstance(node, Mapping) else {}
    name = next((own for own in fields if folded(own) == folded(key)), key)
    fields[name] = _with(fields.get(name, EMPTY), rest)
    return _mapping(fields)
