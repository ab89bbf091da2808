"""Deleted, renamed and emptied facts of the sample project: whatever a report lacks is told before anything is written."""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from drafter import period as periods
from drafter import text, yamlfile
from drafter.build import build
from drafter.diagnostic import Severity
from drafter.draft import Builder, Draft
from drafter.period import Period
from drafter.project import Project
from drafter.report import DATA, TEMPLATES, Report
from drafter.yamlfile import Mapping, Node, Scalar, Sequence
from tests.project_files import ROOT

REPORTS = (
    ("应急管理局/月度工作总结", "2022-09"),
    ("县政府办/月度工作回顾", "2022-05"),
    ("财政局/半年工作总结", "2022H1"),
    ("发展和改革局/上半年工作总结", "2022H1"),
)
ON_PURPOSE = {"预计", "极性", "备注", "来源", "口径", "责任单位", "累计", "期间"}
"""Keys whose absence is an ordinary way to write facts: without 预计 a figure is no estimate."""


# ---- the sample in memory -------------------------------------------------------------------------------------------


class Sample:
    """The sample project, its templates compiled once; drafts of it with some data files changed in memory."""

    def __init__(self) -> None:
        self.project = Project(ROOT)
        self.builder = Builder(self.project)
        self.reports: dict[str, tuple[Report, Period]] = {}
        self.said: dict[str, str] = {}
        self.files: dict[str, tuple[str, ...]] = {}
        for target, stem in REPORTS:
            [report] = self.project.select((target,))
            when = periods.parse(stem)
            assert when is not None
            self.reports[target] = (report, when)
            draft, read = self.draft(target, {})
            assert draft.diagnostics == (), draft.diagnostics
            self.said[target] = written(draft)
            self.files[target] = tuple(sorted(n for n in read if n.startswith(DATA) and n.endswith(".yaml")))
            self.project.files.read_names |= read

    def draft(self, target: str, changed: dict[str, bytes]) -> tuple[Draft, dict[str, bytes]]:
        """The draft of a report where these files read otherwise, and all files that were read."""
        project = Project(ROOT)
        project.files.read_names |= self.project.files.read_names if self.said else {}
        project.files.read_names |= changed
        project.__dict__["settings"] = self.project.settings
        builder = Builder(project)
        builder.templates = self.builder.templates
        report, when = self.reports[target]
        return builder.draft(report, when), project.files.read_names

    @lru_cache(maxsize=100)  # noqa: B019 - one sample for the whole module
    def tree(self, name: str) -> Mapping:
        """A data file as nodes."""
        node, findings = yamlfile.read(self.project.files.text(name)[0], name)
        assert isinstance(node, Mapping)
        assert findings == ()
        return node


def written(draft: Draft) -> str:
    return "" if draft.outline is None else text.write(draft.outline, guard=False)


@pytest.fixture(scope="module")
def sample() -> Iterator[Sample]:
    """The sample; a YAML text is read once for all drafts, since reading is pure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["drafter.yamlfile.read"], "read", lru_cache(maxsize=None)(yamlfile.read))
        yield Sample()


# ---- changing a tree ------------------------------------------------------------------------------------------------


def yaml(node: Node, depth: int = 0) -> str:
    """The tree as YAML again, every collection as a block, every text as it was quoted."""
    assert isinstance(node, Mapping | Sequence)
    lines = ""
    for item in node.items:
        head = "  " * depth + ("-" if isinstance(node, Sequence) else scalar(item[0]) + ":")  # type: ignore[index]
        value = item if isinstance(node, Sequence) else item[1]  # type: ignore[index]
        if isinstance(value, Scalar):
            lines += f"{head} {scalar(value)}".rstrip(" ") + "\n"
        elif value.items:
            lines += f"{head}\n{yaml(value, depth + 1)}"
        else:
            lines += f"{head} {'{}' if isinstance(value, Mapping) else '[]'}\n"
    return lines


def scalar(node: Scalar) -> str:
    if not node.style:
        return node.text
    escaped = node.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


Pair = tuple[Scalar, Node]
WAYS: dict[str, Callable[[Pair], tuple[Pair, ...]]] = {
    "删去": lambda pair: (),
    "改名": lambda pair: ((Scalar(f"{pair[0].text}甲", pair[0].style), pair[1]),),
    "清空": lambda pair: ((pair[0], Scalar("")),),
}
"""What can become of an entry."""


def changed(node: Node, path: tuple[int, ...], way: Callable[[Pair], tuple[Pair, ...]]) -> Node:
    """The tree with the entry at a path (positions from the top) changed."""
    assert isinstance(node, Mapping | Sequence)
    here, rest = path[0], path[1:]
    before, after = node.items[:here], node.items[here + 1 :]
    item = node.items[here]
    if isinstance(node, Sequence):
        return Sequence((*before, changed(item, rest, way), *after), node.span)  # type: ignore[arg-type, misc]
    key, value = item  # type: ignore[misc]
    new = ((key, changed(value, rest, way)),) if rest else way((key, value))
    return Mapping((*before, *new, *after), node.span)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a data file that a report reads: where it is, what it is called with all above it, what it is."""

    target: str
    file: str
    path: tuple[int, ...]
    names: tuple[str, ...]
    kind: str

    def __str__(self) -> str:
        return f"{self.file} {'的'.join(self.names)}"


def entries(sample: Sample, target: str) -> Iterator[Entry]:
    """All entries of all files that a report reads."""
    _, when = sample.reports[target]
    for name in sample.files[target]:
        stem = Path(name).stem
        own = stem == str(when)
        for path, names, inside in walk(sample.tree(name)):
            if stem == "指标":
                kind = "指标"
            elif len(path) == 1:
                kind = "事实" if own else "别的期间"
            else:
                kind = {"其中": "部分", "位次": "位次", "": "字段"}.get(inside, "键")
            yield Entry(target, name, path, names, kind)


def walk(
    node: Node, path: tuple[int, ...] = (), names: tuple[str, ...] = (), inside: str = ""
) -> Iterator[tuple[tuple[int, ...], tuple[str, ...], str]]:
    """(path, names, what it stands in) of every entry: 其中, 位次, a list ("") or the name of a fact."""
    assert isinstance(node, Mapping | Sequence)
    for number, item in enumerate(node.items):
        here = (*path, number)
        if isinstance(node, Mapping):
            key, value = item  # type: ignore[misc]
            yield here, (*names, key.text.strip()), inside
            below, called = key.text, (*names, key.text.strip())
        else:
            value, below, called = item, "", names
        if not isinstance(value, Scalar):
            yield from walk(value, here, called, below)


# ---- what is told ---------------------------------------------------------------------------------------------------


SECTIONS = "".join(path.read_text("utf-8") for path in sorted((ROOT / TEMPLATES).rglob("*.txt")))
ASKED = frozenset(re.findall(r"(\w+) is (?:not )?已填", SECTIONS))
"""Names that the templates ask for with `is 已填`: they may be absent."""
TEMPLATE_WORDS = frozenset(
    word for blank in re.findall(r"\{[{%].*?[%}]\}", SECTIONS) for word in re.findall(r"\w+", blank)
)
"""Every word inside the blanks of the templates."""


def outcome(sample: Sample, entry: Entry, way: str) -> str:
    """未用, 有意, 已报, or what is wrong with the report that was made."""
    tree = changed(sample.tree(entry.file), entry.path, WAYS[way])
    draft, _ = sample.draft(entry.target, {entry.file: yaml(tree).encode()})
    errors = [d for d in draft.diagnostics if d.severity is Severity.ERROR]
    same = written(draft) == sample.said[entry.target]
    if same and not errors:
        return "未用"
    if not errors and entry.file.endswith(
        "指标.yaml"
    ):  # no fact lacks; T112 tells it unless the words seem to say a unit
        return "已报" if draft.diagnostics else "有意"
    if not errors:
        return "有意" if may_be_absent(entry) else "没报"
    if not any(name in d.message for d in errors for name in called(sample, entry)):
        return "没点名"
    if not all(d.span.line >= 1 and d.span.file.startswith((TEMPLATES, DATA)) for d in errors):
        return "没有出处"
    lacking = [d for d in errors if d.code in ("F201", "T102", "T105")]
    if not all(d.span.file.startswith(TEMPLATES) for d in lacking):
        return "不是模板的行"
    return "已报"


def may_be_absent(entry: Entry) -> bool:
    """Whether a report may go without it: an optional key, a fact asked for with `is 已填`, or a part that is only
    listed by 其中, which names the parts that there are.
    """
    name = entry.names[-1]
    if name in ON_PURPOSE or ASKED & {entry.names[0], name}:
        return True
    return entry.kind == "部分" and name not in TEMPLATE_WORDS


def called(sample: Sample, entry: Entry) -> set[str]:
    """What the entry may be called in a message: its fact or key, or the 名称 of its indicator."""
    fact = entry.names[0]
    names = {fact, entry.names[-1]} if entry.kind != "指标" else {fact}
    for name in sample.files[entry.target]:
        if Path(name).stem == "指标":
            for key, value in sample.tree(name).items:
                if key.text.strip() == fact and isinstance(value, Mapping):
                    names |= {v.text for k, v in value.items if k.text == "名称" and isinstance(v, Scalar)}
    return names


STEPS = {
    "事实": (1, 2),
    "键": (3, 3),
    "部分": (2, 3),
    "位次": (2, 3),
    "字段": (6, 8),
    "别的期间": (8, 14),
    "指标": (26, 60),
}
"""Every how manieth entry of a kind is deleted, and is renamed or emptied; there are 1,800 in all."""


def chosen(sample: Sample, way: str) -> list[Entry]:
    """The entries that are tried; notes of indicators are no facts."""
    everything = [e for target in sample.reports for e in entries(sample, target)]
    facts = [e for e in everything if e.names[-1] not in ON_PURPOSE or e.kind == "事实"]
    found: list[Entry] = []
    for kind, steps in STEPS.items():
        found += [e for e in facts if e.kind == kind][:: steps[way != "删去"]]
    return found


@lru_cache(maxsize=1)
def outcomes(sample: Sample) -> dict[tuple[str, str], list[tuple[Entry, str]]]:
    """(kind, way) → entries and outcomes."""
    found: dict[tuple[str, str], list[tuple[Entry, str]]] = {}
    for way in WAYS:
        for entry in chosen(sample, way):
            found.setdefault((entry.kind, way), []).append((entry, outcome(sample, entry, way)))
    return found


def test_the_trees_are_written_back_as_they_were(sample: Sample) -> None:
    for target in sample.reports:
        same = {name: yaml(sample.tree(name)).encode() for name in sample.files[target]}
        draft, _ = sample.draft(target, same)
        assert draft.diagnostics == ()
        assert written(draft) == sample.said[target]


@pytest.mark.parametrize("way", WAYS)
def test_enough_is_tried(sample: Sample, way: str) -> None:
    """F7: at least 200 of each way, half of them used by a template, of every kind."""
    tried = [(e, o) for (_, w), rows in outcomes(sample).items() if w == way for e, o in rows]
    used = [o for _, o in tried if o != "未用"]
    assert len(tried) >= 200
    assert len(used) >= 100
    assert {e.kind for e, _ in tried} == set(STEPS)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", STEPS)
def test_whatever_is_used_and_lacking_is_told(sample: Sample, kind: str, way: str) -> None:
    """F7: nothing that a report uses can go without an error that names it and the template's line."""
    rows = outcomes(sample)[kind, way]
    assert rows
    wrong = Counter(
        f"{o}：{e.file} {e.names[-1] if kind == '指标' else '的'.join(e.names)}"
        for e, o in rows
        if o not in ("未用", "有意", "已报")
    )
    assert wrong == Counter()


def test_all_that_is_lacking_is_told_at_once(sample: Sample) -> None:
    """With a whole facts file emptied, one draft names every fact that it would name alone."""
    seen = 0
    for target, (_, when) in sample.reports.items():
        department = target.split("/")[0]
        name = f"{DATA}/{department}/{when}.yaml"
        tree = sample.tree(name)
        alone: set[str] = set()
        for entry, found in outcomes(sample)["事实", "删去"]:
            if (entry.target, entry.file, found) == (target, name, "已报"):
                alone.add(entry.names[0])
        empty = Mapping(tuple((k, v if k.text == "期间" else Scalar("")) for k, v in tree.items), tree.span)
        draft, _ = sample.draft(target, {name: yaml(empty).encode()})
        messages = "\n".join(d.message for d in draft.diagnostics)
        lacking = {
            fact
            for fact in alone
            if not any(n in messages for n in called(sample, Entry(target, name, (), (fact,), "事实")))
        }
        assert lacking == set(), target
        seen += len(alone)
    assert seen > 80


# ---- nothing is written ---------------------------------------------------------------------------------------------


def test_final_reports_stay_as_they_were(sample: Sample, tmp_path: Path) -> None:
    """--final with a fact gone: no file is written, the old ones are the same bytes; the report says what is missing."""
    root, out = tmp_path / "p", tmp_path / "out"
    for name in (TEMPLATES, DATA):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "drafter.yaml", root)
    project = Project(root)
    jobs = [(r, when) for r, when in sample.reports.values()]
    first = list(build(project, list(jobs), out, ("docx", "txt"), final=True))
    assert {r.status for r in first} == {"built"}
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    tried = 0
    for entry, found in outcomes(sample)["事实", "删去"]:
        if found != "已报" or hash(entry.path) % 4:
            continue
        path = root / entry.file
        old = path.read_bytes()
        path.write_text(yaml(changed(sample.tree(entry.file), entry.path, WAYS["删去"])), "utf-8")
        [result] = build(Project(root), [sample.reports[entry.target]], out, ("docx", "txt"), final=True)
        path.write_bytes(old)
        assert result.status in ("missing", "failed"), entry
        assert result.files == ()
        assert any(name in d.message for d in result.diagnostics for name in called(sample, entry)), entry
        tried += 1
    assert tried >= 20
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
