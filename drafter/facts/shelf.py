"""What all periods of a department share: which files there are, their trees, the indicators, where a fact belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from drafter import period as periods
from drafter import yamlfile
from drafter.diagnostic import Diagnostic, error, warning
from drafter.facts.vocabulary import indicators
from drafter.figure import Indicator
from drafter.period import Period
from drafter.source import Files, Span
from drafter.yamlfile.slip import folded

DATA = "data"
SHARED = "公共"
"""Department folder whose facts and indicators lie under those of every department."""
INDICATORS = "指标"
YAML_ENDS = (".yaml", ".yml")
SHEET_ENDS = (".xlsx", ".xlsm", ".xls", ".et", ".csv")
_LABELLED = re.compile(r"([12]\d{3}(?:-\d\d(?:\.\.[12]\d{3}-\d\d)?|[QqHh]\d)?)[-_ 　].+")
"""The stem of a sheet may say more than its period: 2022-09-财政收支."""

Tree = tuple[yamlfile.Mapping | None, tuple[Diagnostic, ...]]


def split(name: str) -> tuple[str, str]:
    """A file's stem and its ending, lower case: 2022-09.XLSX → (2022-09, .xlsx)."""
    stem, dot, end = name.rpartition(".")
    return (stem, f".{end.lower()}") if dot else (name, "")


def period_of(name: str) -> Period | None:
    """The period whose facts a file of a department's folder holds; None when it holds none."""
    stem, end = split(name)
    if name.startswith(("~$", ".")):
        return None
    if end in YAML_ENDS:
        return periods.parse(stem) if name.endswith(end) else None
    if end not in SHEET_ENDS:
        return None
    found = _LABELLED.fullmatch(stem)
    return periods.parse(stem) or (periods.parse(found[1]) if found else None)


def folder_of(name: str) -> str:
    """The folder of a file name."""
    return name.rpartition("/")[0]


def misnamed(files: Files, department: str) -> tuple[str, ...]:
    """Names of a department's files that look like facts and are not read: 2022-9.yaml, 9月.yaml, 2022-09.yaml.txt.

    Errors: ValueError for a department that leaves the project folder.
    """
    found = []
    for name in files.names(f"{DATA}/{department}"):
        stem = split(name)[0]
        read = period_of(name) is not None or (stem == INDICATORS and name.endswith(YAML_ENDS))
        if not read and name.lower().removesuffix(".txt").endswith(YAML_ENDS):
            found.append(name)
    return tuple(found)


def known_periods(files: Files, department: str) -> tuple[Period, ...]:
    """The periods that a department's folder has files for, in order."""
    found = (period_of(name) for name in files.names(f"{DATA}/{department}"))
    return tuple(sorted({p for p in found if p is not None}))


def departments(files: Files) -> tuple[str, ...]:
    """The departments that have facts, without 公共."""
    return tuple(d for d in files.folders(DATA) if d != SHARED)


class Shelf:
    """The files of a department, those of 公共 below them; every tree is read once."""

    def __init__(self, files: Files, department: str) -> None:
        self.files = files
        self.department = department
        self.folders = tuple(dict.fromkeys((f"{DATA}/{SHARED}", f"{DATA}/{department}")))
        self.findings: list[Diagnostic] = []
        self.indicators: dict[str, Indicator] = {}
        self.keys: dict[str, str] = {}
        self.listing: dict[Period, list[str]] = {}
        self._trees: dict[str, Tree] = {}
        self._written: dict[str, dict[str, str]] = {}
        for folder in self.folders:
            for name in files.names(folder):
                self._list(f"{folder}/{name}", name)

    def _list(self, path: str, name: str) -> None:
        """Find out what a file is: the indicators, a period's facts, or nothing of ours."""
        stem, end = split(name)
        period = period_of(name)
        if stem == INDICATORS and end in YAML_ENDS:
            self._one_list(path)
            tree, wrong = self.tree(path)
            found, told = indicators(tree)
            self.findings += [*wrong, *told]
            self.indicators |= found
            self.keys |= self.written(path) if tree else {}
        elif period is not None:
            self.listing.setdefault(period, []).append(path)
        elif stem == INDICATORS and end in SHEET_ENDS:
            hint = "指标写在 指标.yaml 里，一行一个，如 产值: {单位: 亿元, 性质: 总量}"
            self.findings.append(warning("F105", "指标不能写成表格，没有读", Span(path, 1, 1), hint, name))
        elif stem[:4].isdigit() and end in (*YAML_ENDS, *SHEET_ENDS):
            hint = "改成 2022-09、2022Q3、2022H1、2022 或 2022-01..2022-05 这样的名字"
            self.findings.append(warning("F105", "文件名不是期间，没有读", Span(path, 1, 1), hint, stem[:40]))

    def _one_list(self, path: str) -> None:
        """F102 for a second list of indicators in one folder (.yaml and .yml)."""
        other = next((name for name in self._trees if folder_of(name) == folder_of(path)), "")
        if other:
            found = error("F102", "一个部门有两个指标文件", Span(path, 1, 1), "合成一个 指标.yaml")
            self.findings.append(replace(found, also=((Span(other, 1, 1), "另一个是"),)))

    def twice(self, period: Period) -> list[Diagnostic]:
        """F102 for two files of one folder that are the same period's (.yaml and .yml)."""
        names = [n for n in self.listing.get(period, []) if n.endswith(YAML_ENDS)]
        pairs = [(a, b) for a, b in pairwise(names) if folder_of(a) == folder_of(b)]
        return [
            replace(
                error("F102", "同一期间有两个事实文件", Span(b, 1, 1), "合成一个文件"),
                also=((Span(a, 1, 1), "另一个是"),),
            )
            for a, b in pairs
        ]

    def tree(self, name: str) -> Tree:
        """A file's tree and findings, read once."""
        if name not in self._trees:
            self._trees[name] = yamlfile.load(self.files, name) if name.endswith(YAML_ENDS) else self._sheet(name)
        return self._trees[name]

    def _sheet(self, name: str) -> Tree:
        """A sheet as the tree of a facts file; its places are cells."""
        from drafter import sheet

        period = period_of(name.rpartition("/")[2])
        assert period is not None
        try:
            data = self.files.bytes(name)
        except OSError as fault:
            return None, (error("F107", f"读不了：{fault.strerror}", Span(name, 1, 1), "关掉正在用它的程序，核对权限"),)
        grids, told = sheet.read(data, name)
        tree, found = sheet.facts(grids, period)
        return tree, (*told, *found)

    def written(self, name: str) -> dict[str, str]:
        """The names in a file: as compared → as written; made once."""
        if name not in self._written:
            tree = self.tree(name)[0]
            self._written[name] = {folded(key.text): key.text.strip() for key, _ in tree.items} if tree else {}
        return self._written[name]

    def home(self, key: str) -> str:
        """The folder where a fact belongs: where it last stood, else where its indicator is, else the department's."""
        for period in sorted(self.listing, reverse=True):
            for name in reversed(self.listing[period]):
                if key in self.written(name):
                    return folder_of(name)
        span = self.indicators[key].span if key in self.indicators else None
        return folder_of(span.file) if span else self.folders[-1]

    def filed(self, key: str) -> bool:
        """Whether the department itself ever had the name, in a file of any period or in its own 指标.yaml."""
        own = self.folders[-1]
        span = self.indicators[key].span if key in self.indicators else None
        names = (n for names in self.listing.values() for n in names if folder_of(n) == own)
        return (span is not None and folder_of(span.file) == own) or any(key in self.written(n) for n in names)

    def own_files(self, period: Period) -> list[str]:
        """The department's own files of a period and of the periods inside it."""
        inside = (p for p in self.listing if period.first <= p.first and p.last <= period.last)
        return [n for p in sorted(inside) for n in self.listing[p] if folder_of(n) == self.folders[-1]]

    def advice(self, period: Period, folder: str, words: str) -> str:
        """在 data/某局/2021-09.yaml 填…, or that the file is to be made."""
        there = next((name for name in self.listing.get(period, ()) if folder_of(name) == folder), "")
        return f"在 {there} 填{words}" if there else f"新建 {folder}/{period}.yaml，填{words}"

    def all_written(self) -> Iterable[tuple[str, str]]:
        """Names in the files of all periods, newest first; only read as far as it is asked for."""
        for period in sorted(self.listing, reverse=True):
            for name in reversed(self.listing[period]):
                yield from (pair for pair in self.written(name).items() if pair[0] != "期间")

    def knows(self, key: str) -> bool:
        """Whether any indicator or any period's file has the name."""
        files = (name for period in sorted(self.listing, reverse=True) for name in reversed(self.listing[period]))
        return key in self.indicators or (key != "期间" and any(key in self.written(name) for name in files))

    def name(self, key: str) -> str:
        """A name as it is written."""
        found = next((name for other, name in self.all_written() if other == key), "")
        return found or self.keys.get(key, key)
