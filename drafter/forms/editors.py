"""Files for the editor: one JSON Schema for each department's facts, one for all 指标.yaml, and how to use them."""

from __future__ import annotations

import json

from drafter import facts as fact_files
from drafter import period as periods
from drafter.facts import schema
from drafter.project import Project
from drafter.report import DATA, SHARED
from drafter.yamlfile.slip import folded

FOLDER = ".drafter"
INDICATORS = "指标.schema.json"


def schemas(project: Project) -> dict[str, schema.Schema]:
    """The schemas by file name: 事实-应急管理局.schema.json …, 指标.schema.json."""
    departments = dict.fromkeys((*fact_files.departments(project.files), *project.departments(), SHARED))
    return {**{_file(d): _of_department(project, d) for d in departments}, INDICATORS: schema.of_indicators()}


def _file(department: str) -> str:
    return f"事实-{department}.schema.json"


def _of_department(project: Project, department: str) -> schema.Schema:
    known = fact_files.known_periods(project.files, department)
    facts = fact_files.load(project.files, department, known[-1] if known else periods.month(2000, 1))
    written = {folded(name): name for name in facts.names()}
    indicators = {written.get(key, indicator.name): indicator for key, indicator in facts.indicators.items()}
    return schema.of_facts(indicators, tuple(written.values()))


def text(content: schema.Schema) -> bytes:
    """A schema as a file."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def advice(folder: str, names: tuple[str, ...]) -> str:
    """How an editor is told of the schemas."""
    first = names[0]
    department = first.removeprefix("事实-").removesuffix(".schema.json")
    settings = {f"{folder}/{name}": _pattern(name) for name in names}
    lines = json.dumps({"yaml.schemas": settings}, ensure_ascii=False, indent=2).split("\n")
    return "\n".join(
        [
            "编辑器（装了 YAML 扩展的 VS Code 等）怎么用，任选一种：",
            f"一、在 {DATA}/{department}/ 的事实文件第一行写：# yaml-language-server: $schema=../../{folder}/{first}",
            "二、在项目的 .vscode/settings.json 里写：",
            *lines,
            "指标、部门有变动时再运行一次 drafter facts schema。",
        ]
    )


def _pattern(name: str) -> list[str]:
    """The files that a schema is for."""
    if name == INDICATORS:
        return [f"{DATA}/*/指标.yaml"]
    department = name.removeprefix("事实-").removesuffix(".schema.json")
    return [f"{DATA}/{department}/[12]*.yaml"]
