"""A project: its departments, reports (报告.yaml) and the periods that have facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from drafter import facts, yamlfile
from drafter.diagnostic import Diagnostic, DraftError, did_you_mean, error, warning
from drafter.period import Period
from drafter.report import DATA, KEYS, SHARED, TEMPLATES, Report, Setting, filled, mapping
from drafter.source import Files, Span

OUT = "out"
_CYCLE_HINTS = (("半年", "半年"), ("季度", "季"), ("年度", "年"), ("全年", "年"), ("月", "月"))


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
        nodes, told = mapping(self.files, "drafter.yaml", SETTINGS)
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
        nodes, diagnostics = mapping(self.files, plain.file, KEYS)
        return filled(self.files, plain, nodes, list(diagnostics))

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


SETTINGS = ("单位", "版式", "计划", "引擎", "部门表")
"""Keys of drafter.yaml."""
