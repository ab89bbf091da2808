"""What comes back: filled sheets and forms → the new text of facts files. Reads, compares, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from pathlib import Path, PurePosixPath

from drafter import facts as fact_files
from drafter import numeral, sheet, yamlfile
from drafter import period as periods
from drafter.charset import EncodingUnknown, decode
from drafter.diagnostic import Diagnostic, Severity, did_you_mean, each_once, error, has_errors, warning
from drafter.facts import file as fact_file
from drafter.facts.vocabulary import NOTES
from drafter.figure import Figure
from drafter.forms.desk import Desk, data_file
from drafter.forms.workbook import ASIDE
from drafter.measure import in_unit
from drafter.numeral import Number
from drafter.period import Period
from drafter.report import DATA, SHARED
from drafter.sheet import Grid
from drafter.source import MAX_TEXT_BYTES, Span, reason
from drafter.template.asks import PARTS, RANK
from drafter.yamlfile import Mapping as Branch
from drafter.yamlfile import Node, Scalar, edit
from drafter.yamlfile import Sequence as Listing
from drafter.yamlfile.slip import folded

YAML_ENDS = (".yaml", ".yml")
MISTAKEN = "表里写的"
"""How a finding begins that says that the sheet is another period's or department's."""
DOUBTS = ("F110", "F115", "F116")
"""Codes of parts and whole, 累计 and 本期, growth and its two values: what was read is what the sheet says."""
_STEPS = {"上年同期": periods.last_year, "上期": periods.previous}


@dataclass(frozen=True, slots=True)
class Change:
    """One value that becomes another; empty when it was not there, or is taken away."""

    fact: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.fact}：{self.old or '（没有）'} → {self.new or '（空）'}"


@dataclass(frozen=True, slots=True)
class Taken:
    """One facts file as it would be after the import; `old` is None when it is not there yet."""

    source: str
    department: str = ""
    period: Period | None = None
    file: str = ""
    old: str | None = None
    new: str = ""
    changes: tuple[Change, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def status(self) -> str:
        """failed, unchanged, new or changed."""
        if has_errors(self.diagnostics) or not self.file:
            return "failed"
        if self.old is None:
            return "new"
        return "unchanged" if self.new == self.old else "changed"

    @property
    def mistaken(self) -> bool:
        """Whether the sheet says that it is another period's or department's."""
        return any(one.message.startswith(MISTAKEN) for one in self.diagnostics)

    def diff(self) -> list[str]:
        """The lines of a unified diff."""
        old = [] if self.old is None else self.old.splitlines()
        return list(
            unified_diff(old, self.new.splitlines(), f"{self.file}（原来）", f"{self.file}（导入后）", lineterm="")
        )

    def as_json(self, status: str) -> dict[str, object]:
        """The JSON form; `status` is what became of it."""
        return {
            "source": self.source,
            "department": self.department,
            "period": str(self.period or ""),
            "file": self.file,
            "status": status,
            "changes": [{"fact": c.fact, "old": c.old, "new": c.new} for c in self.changes],
            "diagnostics": [d.as_json() for d in self.diagnostics],
        }


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller said of a file; what it left open the file has to say."""

    department: str = ""
    period: Period | None = None
    sheet: str = ""


def of_file(desk: Desk, path: Path, source: str, wish: Wish) -> tuple[Taken, ...]:
    """The same of a file on the disk; one that cannot be opened is told. Never raises."""
    try:
        if path.stat().st_size > MAX_TEXT_BYTES:
            big = error(
                "F109", f"文件超过 {MAX_TEXT_BYTES >> 20} MB", Span(source, 1, 1), "删去用不到的工作表，或拆成几个文件"
            )
            return (Taken(source, diagnostics=(big,)),)
        data = path.read_bytes()
    except OSError as fault:
        wrong = error("F107", f"打不开：{reason(fault)}", Span(source, 1, 1), "核对文件名，关掉正在用它的程序")
        return (Taken(source, diagnostics=(wrong,)),)
    return take(desk, source, data, wish)


def against(taken: Taken, before: Iterable[Taken]) -> Taken:
    """The same, with F114 for a value that another sheet of the same import gave otherwise: nobody knows which is right."""
    said = {c.fact: (c.new, one.source) for one in before if one.file == taken.file for c in one.changes if c.new}
    hint = "核对两张表，留下对的一个"
    clashes = [
        error(
            "F114",
            f"“{c.fact}”有两个值：{said[c.fact][0]}（{said[c.fact][1]}）和{c.new}",
            Span(taken.source, 1, 1),
            hint,
        )
        for c in taken.changes
        if c.fact in said and c.new != said[c.fact][0]
    ]
    return replace(taken, diagnostics=(*taken.diagnostics, *clashes)) if clashes else taken


def take(desk: Desk, source: str, data: bytes, wish: Wish) -> tuple[Taken, ...]:
    """What a file would change: one Taken for each department and period in it. Never raises."""
    read = _yaml if source.lower().endswith(YAML_ENDS) else _sheets
    return tuple(read(desk, source, data, wish))


def _yaml(desk: Desk, source: str, data: bytes, wish: Wish) -> Iterator[Taken]:
    """A filled YAML form: its 期间 and its first line say what it is."""
    try:
        text = decode(data)[0]
    except EncodingUnknown:
        yield Taken(
            source,
            diagnostics=(error("F107", "读不出文字：不是 UTF-8，也不是 GB 18030", Span(source, 1, 1), "另存为 UTF-8"),),
        )
        return
    node, told = yamlfile.read(text, source)
    if not isinstance(node, Branch):
        wrong = error("F101", "文件不是“键: 值”的写法", Span(source, 1, 1), "每行写成 键: 值")
        yield Taken(source, diagnostics=told or (wrong,))
        return
    said = next((value.text for key, value in node.items if key.text == "期间" and isinstance(value, Scalar)), "")
    first = text.split("\n", 1)[0] if text.startswith("#") else ""
    period = wish.period or periods.read(said) or periods.parse(PurePosixPath(source).stem)
    department = wish.department or _department(desk, first) or _department(desk, source)
    if isinstance(wish.period, Period) and said and periods.read(said) != wish.period:
        span = next(value.span for key, value in node.items if key.text == "期间")
        message = f"{MISTAKEN}期间是 {said[:20]}，要读入的是 {wish.period}"
        told = (*told, error("F105", message, span, "核对是不是拿错了表"))
    yield _taken(desk, source, department, period, node, told)


def _sheets(desk: Desk, source: str, data: bytes, wish: Wish) -> Iterator[Taken]:
    """The sheets of a workbook, those of one department and period together."""
    grids, told = sheet.read(data, source)
    if wish.sheet:
        names = [grid.name for grid in grids]
        grids = tuple(grid for grid in grids if grid.name == wish.sheet)
        if names and not grids:
            hint = did_you_mean(wish.sheet, names) or f"有：{'、'.join(names)}"
            told = (*told, error("P108", f"没有叫“{wish.sheet}”的工作表", Span(source, 1, 1), hint))
    if not grids:
        yield Taken(source, diagnostics=told)
        return
    words, when = sheet.subject(grids, source)
    groups: dict[tuple[str, Period | None], list[Grid]] = {}
    for grid in grids:
        own, dated = sheet.subject((grid,), "")
        department = wish.department or _department(desk, own) or _department(desk, words) or _department(desk, source)
        groups.setdefault((department, wish.period or dated or when), []).append(grid)
        told = (*told, *_of_another(desk, source, own, department))
    for (department, period), mine in groups.items():
        known = desk.facts(department, period).indicators if department and period else {}
        tree, found = sheet.facts(mine, period, known) if period else (None, ())
        found = tuple(d for d in found if d.code != "F134" or d.quote not in ASIDE)
        yield _taken(desk, source, department, period, tree, (*told, *found))
        told = ()


def _of_another(desk: Desk, source: str, words: str, department: str) -> Iterator[Diagnostic]:
    """A warning (P108) when a sheet names another department in its head and not the one it is taken for."""
    named = _department(desk, words)
    if named and department and named != department and not _names(desk, words, department):
        message = f"{MISTAKEN}部门是 {named}，要读入的是 {department}"
        yield warning("P108", message, Span(source, 1, 1), "核对是不是拿错了表", words[:40])


def _names(desk: Desk, words: str, department: str) -> bool:
    flat = folded("".join(words.split()))
    return any(folded(said) in flat for said in (department, desk.project.organ(department)))


def _department(desk: Desk, words: str) -> str:
    """The department that some words name, by folder or by full name; the longest when several fit."""
    flat = folded("".join(words.split()))
    known = dict.fromkeys((*desk.project.departments(), *fact_files.departments(desk.project.files), SHARED))
    fits = [(len(said), name) for name in known for said in (name, desk.project.organ(name)) if folded(said) in flat]
    return max(fits)[1] if fits else ""


def _taken(
    desk: Desk,
    source: str,
    department: str,
    period: Period | None,
    tree: Branch | None,
    told: tuple[Diagnostic, ...],
) -> Taken:
    lacking = [word for word, known in (("部门", department), ("期间", period)) if not known]
    if lacking or period is None:
        message = f"看不出是哪个{'、哪个'.join(lacking)}的"
        hint = "写在文件名后面，如 drafter facts import 表.xlsx 应急管理局 2022-09"
        return Taken(source, department, period, diagnostics=(*told, error("P108", message, Span(source, 1, 1), hint)))
    if tree is None or not tree.items:
        nothing = (
            ()
            if has_errors(told)
            else (error("F135", "没有读到事实", Span(source, 1, 1), "核对表头有没有 指标、本期"),)
        )
        return Taken(source, department, period, diagnostics=(*told, *nothing))
    name = _target(desk, department, period)
    old, before, wrong = _existing(desk, name)
    kept = Branch(tuple(_slim(_Slimmer(desk, department, period, before), tree)), tree.span)
    if old is None and all(isinstance(node, Scalar) and node.empty for _, node in kept.items):
        blank = error("F135", "表里一个数也没有填，没有写", Span(source, 1, 1), "填好再导入")
        return Taken(source, department, period, name, diagnostics=(*told, blank))
    _, found = fact_file.read(kept, period, desk.facts(department, period).indicators)
    diagnostics = tuple(each_once((*told, *wrong, *(_doubt(d) for d in found))))
    if has_errors(diagnostics):
        return Taken(source, department, period, name, old, "", (), diagnostics)
    head = f"# {department}{periods.name(period)}，从 {PurePosixPath(source).name} 导入"
    new, more = _text(kept, old, name, head, period)
    after, _ = yamlfile.read(new, name)
    return Taken(source, department, period, name, old, new, tuple(_changes(before, after)), (*diagnostics, *more))


def _doubt(found: Diagnostic) -> Diagnostic:
    """Numbers that do not fit one another are told and taken over as they stand: the draft says it again, as an error."""
    return replace(found, severity=Severity.WARNING) if found.code in DOUBTS else found


def _target(desk: Desk, department: str, period: Period) -> str:
    """The facts file of the period that is there, else the one that is to be made."""
    for name in desk.project.files.names(f"{DATA}/{department}"):
        stem, _, end = name.rpartition(".")
        if f".{end}" in YAML_ENDS and periods.parse(stem) == period:
            return f"{DATA}/{department}/{name}"
    return data_file(department, period)


def _existing(desk: Desk, name: str) -> tuple[str | None, Branch, tuple[Diagnostic, ...]]:
    """(text, tree, errors) of a facts file; None and an empty tree when it is not there."""
    if not desk.project.files.exists(name):
        return None, Branch(), ()
    node, told = yamlfile.load(desk.project.files, name)
    wrong = tuple(d for d in told if d.severity.value == "error")
    text = "" if node is None else desk.project.files.text(name)[0]
    return text, node or Branch(), wrong


def _text(tree: Branch, old: str | None, name: str, head: str, period: Period) -> tuple[str, list[Diagnostic]]:
    """(new text of a facts file, what could not be changed): comments and order kept; a new one begins with 期间."""
    if old is None:
        return edit.written(tree, f"{head}\n期间: {period}"), []
    text, changes = edit.merged(old, tree, name)
    hint = "两处写法不同（一处是列表、一处是数），手工改"
    left = (c for c in changes if not c.done)
    return text, [warning("F104", f"“{c.name}”没有改：原来写的是“{c.old[:20]}”", c.span, hint) for c in left]


@dataclass(frozen=True, slots=True)
class _Slimmer:
    """What is known besides the sheet: other periods' files, and what the facts file holds already."""

    desk: Desk
    department: str
    period: Period
    before: Branch
    held: Mapping[str, Node] = field(init=False)

    def __post_init__(self) -> None:
        held = {folded(key.text): value for key, value in self.before.items}
        object.__setattr__(self, "held", held)


def _slim(known: _Slimmer, tree: Branch) -> Iterator[tuple[Scalar, Node]]:
    """The facts worth writing: an empty value never replaces one, and what is looked up anyway is not said again."""
    for key, node in tree.items:
        name = folded(key.text)
        if name == "期间":
            continue
        kept = _without_empty(_without_known(known, key.text, node))
        if kept is not None and _says_something(kept):
            yield key, _plain(kept) if isinstance(kept, Branch) else kept
        elif name not in known.held:
            yield key, Scalar("", span=node.span)


def _without_known(known: _Slimmer, name: str, node: Node) -> Node:
    """The figure without 上年同期 and 上期 that are what the other periods' files say."""
    if not isinstance(node, Branch):
        return node
    pairs = [(k, v) for k, v in node.items if not _looked_up(known, name, k.text, v)]
    return Branch(tuple(pairs), node.span)


def _looked_up(known: _Slimmer, name: str, key: str, node: Node) -> bool:
    step = _STEPS.get(folded(key))
    number = numeral.parse(node.text) if step and isinstance(node, Scalar) and not node.empty else None
    if step is None or number is None:
        return False
    held = known.held.get(folded(name))
    if isinstance(held, Branch) and any(folded(k.text) == folded(key) for k, _ in held.items):
        return False
    other = known.desk.facts(known.department, step(known.period)).get(name)
    return isinstance(other, Figure) and _equal(number, other)


def _equal(number: Number, other: Figure) -> bool:
    theirs = in_unit(other.value, other.unit, number.unit or other.unit)
    return theirs is not None and theirs.value == number.value and theirs.written.strip("0123456789.,") == ""


def _plain(node: Branch) -> Node:
    """A figure of nothing but 本期 as a plain value."""
    if len(node.items) == 1 and folded(node.items[0][0].text) == "本期":
        return node.items[0][1]
    return node


def _without_empty(node: Node, inside: str = "") -> Node | None:
    """The node without empty values; None when nothing is left. A 位次 without 第 is nothing."""
    match node:
        case Scalar():
            return None if node.empty or not node.text.strip() else node
        case Listing():
            items = [item for item in map(_without_empty, node.items) if item is not None]
            return Listing(tuple(items), node.span) if items else None
    pairs = [(k, left) for k, v in node.items if (left := _without_empty(v, folded(k.text))) is not None]
    if not pairs or (inside == RANK and "第" not in {folded(k.text) for k, _ in pairs}):
        return None
    return Branch(tuple(pairs), node.span)


def _says_something(node: Node) -> bool:
    """Whether a figure holds more than its notes (a form writes 责任单位 in advance)."""
    return not isinstance(node, Branch) or any(folded(key.text) not in NOTES for key, _ in node.items)


def _changes(before: Node | None, after: Node | None) -> Iterator[Change]:
    """What differs, value by value, in the order of the new file."""
    old, new = dict(_flat(before)), dict(_flat(after))
    for name in dict.fromkeys((*new, *old)):
        if old.get(name, "") != new.get(name, "") and name != "期间":
            yield Change(name, old.get(name, ""), new.get(name, ""))


def _flat(node: Node | None, label: str = "") -> Iterator[tuple[str, str]]:
    """(死亡人数的上年同期, 12), (应急响应第2项的次数, 1次): every value by what people call it."""
    match node:
        case Scalar():
            yield label, "" if node.empty else node.text.strip()
        case Branch():
            for key, value in node.items:
                word = folded(key.text)
                yield from _flat(
                    value, label if word in ("本期", PARTS) and label else f"{label}的{word}" if label else word
                )
        case Listing():
            for number, item in enumerate(node.items, start=1):
                yield from _flat(item, f"{label}第{number}项")
