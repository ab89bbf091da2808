"""The schemas for editors: what the reader takes they take, by the sample data and by cases; made from its tables."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from drafter import period as periods
from drafter import yamlfile
from drafter.facts import FIGURE_KEYS, INDICATOR_KEYS, file, indicators, schema
from drafter.facts.figures import RANK_KEYS
from drafter.forms import editors
from drafter.project import Project
from tests.case_files import CASES, Case, load

ROOT = Path(__file__).parents[1]
KEYWORDS = {
    "$schema", "title", "description", "definitions", "type", "properties", "additionalProperties", "allOf", "anyOf",
    "enum", "items", "pattern", "minimum", "required", "if", "then", "else", "$ref",
}  # fmt: skip
"""Read alike by draft-07 and by 2020-12."""
TYPES = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None),
}  # fmt: skip


def valid(value: object, rule: object, root: dict) -> bool:
    """Whether a value fits a schema that uses KEYWORDS only."""
    if isinstance(rule, bool):
        return rule
    assert isinstance(rule, dict)
    assert set(rule) <= KEYWORDS, set(rule) - KEYWORDS
    if "$ref" in rule:
        assert set(rule) == {"$ref"}, "draft-07 reads nothing beside $ref"
        return valid(value, root["definitions"][rule["$ref"].rpartition("/")[2]], root)
    if "if" in rule:
        way = rule["then"] if valid(value, rule["if"], root) else rule["else"]
        return _is(value, rule.get("type")) and valid(value, way, root)
    return (
        _is(value, rule.get("type"))
        and ("enum" not in rule or any(value == e and type(value) is type(e) for e in rule["enum"]))
        and all(valid(value, r, root) for r in rule.get("allOf", ()))
        and ("anyOf" not in rule or any(valid(value, r, root) for r in rule["anyOf"]))
        and (not isinstance(value, str) or re.search(rule.get("pattern", ""), value) is not None)
        and (not isinstance(value, int) or isinstance(value, bool) or value >= rule.get("minimum", value))
        and (not isinstance(value, list) or all(valid(v, rule.get("items", True), root) for v in value))
        and (not isinstance(value, dict) or _object(value, rule, root))
    )


def _is(value: object, types: str | list[str] | None) -> bool:
    names = [types] if isinstance(types, str) else types
    return not names or any(
        isinstance(value, TYPES[n]) and (n in ("boolean",) or not isinstance(value, bool)) for n in names
    )


def _object(value: dict, rule: dict, root: dict) -> bool:
    known, others = rule.get("properties", {}), rule.get("additionalProperties", True)
    if any(key not in value for key in rule.get("required", ())):
        return False
    return all(valid(v, known.get(k, others), root) for k, v in value.items())


def plain(node: yamlfile.Node | None) -> object:
    """What an editor makes of a node: YAML 1.2 core types."""
    match node:
        case yamlfile.Mapping():
            return {key.text: plain(value) for key, value in node.items}
        case yamlfile.Sequence():
            return [plain(item) for item in node.items]
        case yamlfile.Scalar():
            return _typed(node)
    return None


def _typed(node: yamlfile.Scalar) -> object:
    if node.empty:
        return None
    if not node.quoted and node.text in ("true", "True", "false", "False"):
        return node.text.lower() == "true"
    if not node.quoted and re.fullmatch(r"[-+]?\d+", node.text):
        return int(node.text)
    if not node.quoted and re.fullmatch(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", node.text):
        return float(node.text)
    return node.text


def test_every_sample_file_is_valid() -> None:
    project = Project(ROOT)
    made = editors.schemas(project)
    seen = 0
    for path in sorted((ROOT / "data").rglob("*.yaml")):
        node, told = yamlfile.load(project.files, path.relative_to(ROOT).as_posix())
        assert told == ()
        name = editors.INDICATORS if path.stem == "指标" else f"事实-{path.parent.name}.schema.json"
        assert valid(plain(node), made[name], made[name]), path
        seen += 1
    assert seen > 15


@pytest.mark.parametrize("case", load(CASES / "schema"), ids=str)
def test_case(case: Case) -> None:
    known, told = indicators(yamlfile.read(INDICATORS, "指标.yaml")[0])
    assert told == ()
    made = schema.of_facts(known)
    node, found = yamlfile.read(case.input, "t.yaml")
    assert isinstance(node, yamlfile.Mapping)
    _, wrong = file.read(node, periods.month(2022, 9), known)
    reader = not any(d.severity.value == "error" for d in (*found, *wrong))
    editor = valid(plain(node), made, made)
    assert ("ok" if editor else "wrong") == case.parts["editor"]
    assert reader <= editor, "an editor must not refuse what the reader takes"


INDICATORS = '事故起数: {单位: 起, 性质: 个数, 责任单位: 安监科}\n生产总值: {单位: 亿元}\n满意度: "%"\n'


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        (INDICATORS, True),
        ("事故起数: {单位: 起, 性质: 总量, 极性: 越低越好, 小数: 0, 累计: 求和, 名称: , 来源: 局, 责任单位: 科}", True),
        ("事故起数:", True),
        ("事故起数: {单位: 起, 类别: 总量}", False),
        ("事故起数: {性质: 总数}", False),
        ("事故起数: {小数: 13}", False),
        ("事故起数: [起]", False),
        ("期末: 起", False),
    ],
)
def test_indicators(text: str, fits: bool) -> None:
    made = schema.of_indicators()
    node, _ = yamlfile.read(text, "指标.yaml")
    assert isinstance(node, yamlfile.Mapping)
    assert valid(plain(node), made, made) is fits
    assert fits is not any(d.severity.value == "error" for d in indicators(node)[1])


def test_every_key_is_said_and_offered() -> None:
    made = schema.of_facts({})
    definitions = made["definitions"]
    assert tuple(definitions["数据"]["properties"]) == FIGURE_KEYS == tuple(schema.KEY_WORDS)
    assert tuple(definitions["位次"]["anyOf"][1]["properties"]) == RANK_KEYS == tuple(schema.RANK_WORDS)
    assert tuple(INDICATOR_KEYS) == tuple(schema.INDICATOR_WORDS)
    assert all(
        words for table in (schema.KEY_WORDS, schema.RANK_WORDS, schema.INDICATOR_WORDS) for words in table.values()
    )


def test_indicators_are_offered_with_what_they_are() -> None:
    known, _ = indicators(yamlfile.read(INDICATORS, "指标.yaml")[0])
    made = schema.of_facts(known, ("主题活动", "满意度"))
    assert "安监科" in made["properties"]["事故起数"]["description"]
    assert made["properties"]["主题活动"] == {"$ref": "#/definitions/事实"}
    assert made["properties"]["期末"] is False
    json.dumps(made)
