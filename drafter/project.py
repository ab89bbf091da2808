"""A project: its departments, reports (报告.yaml) and the periods that have facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from drafter import facts, yamlfile
from drafter.diagnostic import Diagnostic, DraftError, did_you_mean, error, warning
from drafter.period import Period
from drafter.source import Files, Span

TEMPLATES, DATA, OUT = "templates", "data", "out"
SHARED = "公共"
"""Department folder whose templates and facts all departments share."""
CYCLES = ("月", "季", "半年", "年", "累计")
MANNERS = ("规范", "接续", "原样")
"""体例: numbered by position (the default); numbered on from where the text begins, as fmt does; left as it is."""
_CYCLE_HINTS = (("半年", "半年"), ("季度", "季"), ("年度", "年"), ("全年", "年"), ("月", "月"))


@dataclass(frozen=True, slots=True)
class Setting:
    """A text of 报告.yaml and where it stands (None: the default)."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a department, as 报告.yaml and its folder say it; every key has a default."""

    department: str
    name: str
    sections: tuple[Setting, ...]
    title: Setting = Setting("")
    cycle: str = ""
    layout: Setting = Setting("总结")
    addressee: Setting = Setting("")
    signer: Setting = Setting("{{ 单位 }}")
    date: Setting = Setting("期末")
    manner: str = MANNERS[0]
    """体例: one of MANNERS."""
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False)

    @property
    def target(self) -> str:
        """部门/报告."""
        return f"{self.department}/{self.name}"

    @property
    def file(self) -> str:
        """Its 报告.yaml, whether it is there or not."""
        return f"{TEMPLATES}/{self.target}/报告.yaml"

    def place(self, files: Files) -> Span:
        """Where a finding about the whole report points: 报告.yaml, else its first section."""
        own = [self.file, *(f"{TEMPLATES}/{s.text}" for s in self.sections)]
        return Span(next((f for f in own if files.exists(f)), f"{TEMPLATES}/{self.target}"), 1, 1)


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds templates/ and data/; None when there is none."""
    for folder in (start, *start.parents):
        if (folder / TEMPLATES).is_dir() and (folder / DATA).is_dir():
            return folder
    return None


class Project:
    """A folder with templates/ and data/. All reading goes through `files`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = Files(root)

    @cached_property
    def settings(self) -> tuple[dict[str, yamlfile.Node], tuple[Diagnostic, ...]]:
        """drafter.yaml by key, and what is wrong with it."""
        if not self.files.exists("drafter.yaml"):
            return {}, ()
        nodes, told = _mapping(self.files, "drafter.yaml", SETTINGS)
        return nodes, (*told, *self._organ_faults(nodes.get("单位")), *self._table_faults(nodes.get("部门表")))

    def _organ_faults(self, node: yamlfile.Node | None) -> Iterator[Diagnostic]:
        """What is wrong with 单位: a name, or a mapping of departments to names."""
        if node is None or isinstance(node, yamlfile.Scalar):
            return
        if not isinstance(node, yamlfile.Mapping):
            yield error(
                "P104", "“单位”要写名称，或写 部门: 全称", node.span, "例：单位: {应急管理局: 清源县应急管理局}"
            )
            return
        known = (*self.files.folders(TEMPLATES), *self.files.folders(DATA))
        for key, value in node.items:
            if not isinstance(value, yamlfile.Scalar):
                yield error("P104", f"“{key.text}”的全称要写一段文字", value.span, f"例：{key.text}: 清源县{key.text}")
            elif key.text not in known:
                hint = did_you_mean(key.text, known) or f"可选：{'、'.join(dict.fromkeys(known))}"
                yield warning("P104", f"没有叫“{key.text}”的部门", key.span, hint)

    def organ(self, department: str) -> str:
        """单位: the full name that drafter.yaml gives a department, else its folder's name."""
        node = self.settings[0].get("单位")
        if isinstance(node, yamlfile.Scalar) and node.text:
            return node.text
        if isinstance(node, yamlfile.Mapping):
            for key, value in node.items:
                if key.text == department and isinstance(value, yamlfile.Scalar) and value.text:
                    return value.text
        return department

    def table(self) -> list[str]:
        """部门表 of drafter.yaml: the departments to sum up and rank, in that order; empty when it is not given."""
        node = self.settings[0].get("部门表")
        items = node.items if isinstance(node, yamlfile.Sequence) else ()
        return [item.text.strip() for item in items if isinstance(item, yamlfile.Scalar) and item.text.strip()]

    def _table_faults(self, node: yamlfile.Node | None) -> Iterator[Diagnostic]:
        """What is wrong with 部门表: no list, or a name without a folder in data/."""
        if node is None or (isinstance(node, yamlfile.Scalar) and node.empty):
            return
        if not isinstance(node, yamlfile.Sequence):
            yield error("P104", "“部门表”要写成列表", node.span, "例：部门表: [云岭镇, 青溪镇]")
            return
        known = [d for d in self.files.folders(DATA) if d != SHARED]
        for item in node.items:
            name = item.text.strip() if isinstance(item, yamlfile.Scalar) else ""
            if name not in known:
                hint = did_you_mean(name, known) or f"data/ 下有：{'、'.join(known)}"
                yield error("P104", f"部门表里的“{name}”没有数据文件夹", item.span, hint)

    def layout(self) -> Setting:
        """版式 of drafter.yaml, which 报告.yaml may override."""
        node = self.settings[0].get("版式")
        return Setting(node.text, node.span) if isinstance(node, yamlfile.Scalar) and node.text else Setting("总结")

    def departments(self) -> list[str]:
        """Departments that have reports, by name."""
        return [d for d in self.files.folders(TEMPLATES) if d != SHARED and self.files.folders(f"{TEMPLATES}/{d}")]

    def reports(self) -> list[Report]:
        """Every report of the project."""
        return [self.report(d, r) for d in self.departments() for r in self.files.folders(f"{TEMPLATES}/{d}")]

    def report(self, department: str, name: str) -> Report:
        """One report; what is wrong with its 报告.yaml is in its diagnostics."""
        folder = f"{TEMPLATES}/{department}/{name}"
        texts = tuple(Setting(f"{department}/{name}/{t}") for t in self.files.names(folder) if t.endswith(".txt"))
        plain = Report(department, name, texts, Setting(default_title(name)), default_cycle(name), self.layout())
        if not self.files.exists(plain.file):
            return plain
        nodes, diagnostics = _mapping(self.files, plain.file, KEYS)
        return _Filler(self.files, plain, nodes, list(diagnostics)).report()

    def select(self, targets: tuple[str, ...]) -> list[Report]:
        """The reports that targets (部门 or 部门/报告) name, each once. Errors: DraftError naming unknown targets."""
        everything = self.reports()
        if not targets:
            return everything
        chosen: list[Report] = []
        told: list[Diagnostic] = []
        for target in targets:
            name = re.sub(r"^(?:templates/)?(.*?)/?$", r"\1", target.replace("\\", "/"))
            found = [r for r in everything if name in (r.target, r.department)]
            if not found:
                known = [*self.departments(), *(r.target for r in everything)]
                hint = did_you_mean(name, known) or f"可选：{'、'.join(known) or '（还没有报告）'}"
                told.append(error("P102", f"没有“{target}”这个部门或报告", Span(TEMPLATES, 1, 1), hint))
            chosen += [r for r in found if r not in chosen]
        if told:
            raise DraftError(*told)
        return chosen

    def periods(self, department: str) -> list[Period]:
        """Periods for which the department has a facts file."""
        return list(facts.known_periods(self.files, department))

    def newest(self, report: Report) -> Period | None:
        """The newest period with facts that the report's 周期 allows; of equal ends the shortest."""
        fitting = [p for p in self.periods(report.department) if not report.cycle or p.kind == report.cycle]
        return max(fitting, key=lambda p: (p.last, -p.months), default=None)


def default_cycle(name: str) -> str:
    """周期 as the report's name tells it (月度工作总结 → 月); empty = any."""
    return next((cycle for word, cycle in _CYCLE_HINTS if word in name), "")


def default_title(name: str) -> str:
    """标题 when none is given: unit, period and the report's name without 月度, 半年…"""
    bare = re.sub(r"^(?:月度|季度|上半年|下半年|半年度?|年度|全年)", "", name)
    return "{{ 单位 }}{{ 期间 }}" + (bare if len(bare) > 1 else "工作总结")


def _mapping(files: Files, name: str, keys: tuple[str, ...]) -> tuple[dict[str, yamlfile.Node], tuple[Diagnostic, ...]]:
    """A YAML file's entries by key, unknown keys told with a suggestion."""
    node, found = yamlfile.load(files, name)
    diagnostics = list(found)
    if node is None:
        return {}, tuple(diagnostics)
    if not isinstance(node, yamlfile.Mapping):
        diagnostics.append(error("P104", "这里应是“键: 值”", node.span, f"可用的键：{'、'.join(keys)}"))
        return {}, tuple(diagnostics)
    for key, _ in node.items:
        if key.text not in keys:
            hint = did_you_mean(key.text, keys) or f"可用的键：{'、'.join(keys)}"
            diagnostics.append(error("P104", f"不认识的键“{key.text}”", key.span, hint))
    return {k.text: v for k, v in node.items}, tuple(diagnostics)


SETTINGS = ("单位", "版式", "计划", "引擎", "部门表")
KEYS = ("标题", "周期", "章节", "版式", "主送", "署名", "成文日期", "体例")


class _Filler:
    """Puts the entries of a 报告.yaml over the defaults."""

    def __init__(self, files: Files, plain: Report, nodes: dict[str, yamlfile.Node], told: list[Diagnostic]) -> None:
        self.files = files
        self.plain = plain
        self.nodes = nodes
        self.told = told

    def report(self) -> Report:
        """The report with its settings."""
        plain = self.plain
        return Report(
            plain.department,
            plain.name,
            self.sections(),
            self.setting("标题", plain.title),
            self.cycle(),
            self.setting("版式", plain.layout),
            self.setting("主送", plain.addressee),
            self.setting("署名", plain.signer),
            self.setting("成文日期", plain.date),
            self.choice("体例", MANNERS, plain.manner),
            tuple(self.told),
        )

    def setting(self, key: str, default: Setting) -> Setting:
        node = self.nodes.get(key)
        if node is None:
            return default
        if isinstance(node, yamlfile.Scalar):
            return default if node.empty else Setting(node.text, node.span)
        self.told.append(error("P104", f"“{key}”要写一段文字", node.span, f"例：{key}: …"))
        return default

    def cycle(self) -> str:
        return self.choice("周期", CYCLES, self.plain.cycle)

    def choice(self, key: str, known: tuple[str, ...], default: str) -> str:
        """One word out of a few; anything else is told."""
        said = self.setting(key, Setting(default))
        if said.text and said.text not in known and said.span:
            hint = did_you_mean(said.text, known) or f"可用：{'、'.join(known)}"
            self.told.append(error("P104", f"不认识的{key}“{said.text}”", said.span, hint))
        return said.text if said.text in known else ""

    def sections(self) -> tuple[Setting, ...]:
        node = self.nodes.get("章节")
        if node is None:
            return self.plain.sections
        if not isinstance(node, yamlfile.Sequence):
            self.told.append(error("P104", "“章节”要写成列表", node.span, "例：章节: [1-安全形势, 公共/下步打算]"))
            return self.plain.sections
        return tuple(s for item in node.items for s in self.section(item))

    def section(self, item: yamlfile.Node) -> Iterator[Setting]:
        if not isinstance(item, yamlfile.Scalar):
            self.told.append(error("P104", "章节名要写一段文字", item.span, "例：1-安全形势"))
            return
        name = item.text.removesuffix(".txt") + ".txt"
        own = f"{self.plain.target}/{name}"
        for candidate in (own, name):
            if _is_there(self.files, candidate):
                yield Setting(candidate, item.span)
                return
        known = [
            n.removesuffix(".txt") for n in self.files.names(f"{TEMPLATES}/{self.plain.target}") if n.endswith(".txt")
        ]
        known += [f"{SHARED}/{n.removesuffix('.txt')}" for n in self.files.names(f"{TEMPLATES}/{SHARED}")]
        listed = f"可选：{'、'.join(known)}" if known else f"在 {TEMPLATES}/{self.plain.target}/ 里放 {name}"
        hint = did_you_mean(item.text, known) or listed
        self.told.append(error("P105", f"找不到章节“{item.text}”", item.span, hint))


def _is_there(files: Files, name: str) -> bool:
    try:
        return files.exists(f"{TEMPLATES}/{name}")
    except ValueError:
        return False
