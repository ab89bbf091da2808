"""The YAML test suite, and 10,000 damaged facts files: read rightly or refused at a place, never anything else."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drafter import yamlfile
from drafter.diagnostic import Diagnostic, Severity
from drafter.facts import file
from drafter.figure import Indicator
from drafter.period import month
from tests.project_files import ROOT

SUITE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "data" / "yaml-test-suite.json").read_text("utf-8"))
LENIENT = {
    "9C9N": "a flow list that is not indented",
    "QB6E": "a quoted text that is not indented",
    "DK95-1": "a tab inside a quoted text over two lines",
    "Y79Y-3": "a tab in a flow list",
    "G5U8": "dashes as items of a flow list",
    "YJV2": "a dash as the item of a flow list",
    "9JBA": "a comment without a blank before it, behind a list",
    "CVW2": "a comment without a blank before it, behind a comma",
    "SU5Z": "a comment without a blank before it, behind a quoted text",
    "X4QW": "a comment without a blank before it, behind >",
    "S98Z": "an empty block text with blanks",
    "JEF9-2": "blanks behind the last line end of a block text",
    "L24T-1": "blanks behind the last line end of a block text",
}
"""Cases that the parser takes more kindly than the specification: nothing that a clerk wrote gets lost or changed."""


def plain(node: yamlfile.Node) -> list[Any]:
    """The node in the form of the suite's data."""
    match node:
        case yamlfile.Scalar():
            return [node.style, node.text]
        case yamlfile.Sequence():
            return ["seq", *(plain(item) for item in node.items)]
    return ["map", *(plain(half) for pair in node.items for half in pair)]


def errors(findings: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [f for f in findings if f.severity is Severity.ERROR]


def well_told(finding: Diagnostic, text: str) -> bool:
    """One line, with a code, a place that exists, and what to do."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    span = finding.span
    inside = 1 <= span.line <= len(lines) and 1 <= span.column <= len(lines[span.line - 1]) + 1
    return (
        inside
        and finding.code[:2] == "F1"
        and bool(finding.message)
        and "\n" not in str(finding)
        and bool(finding.hint)
    )


def test_the_suite_is_read_rightly_or_refused() -> None:
    """F2: each of the 402 cases is the text tree that the suite wants, or is refused with a place."""
    outcomes: Counter[str] = Counter()
    wrong = []
    for case in SUITE:
        node, findings = yamlfile.read(case["yaml"], "t.yaml")
        refused = errors(findings)
        assert all(well_told(f, case["yaml"]) for f in findings), case["id"]
        assert refused or node is not None, case["id"]
        if refused:
            outcomes["refused"] += 1
            continue
        assert node is not None
        want = case.get("tree") or [["map"]]
        if case.get("fail") or [plain(node)] != want:
            outcomes["lenient"] += 1
            wrong.append(case["id"])
        else:
            outcomes["read"] += 1
    assert len(SUITE) == 402
    assert sum(bool(case.get("fail")) for case in SUITE) == 94
    assert sorted(wrong) == sorted(LENIENT)
    assert outcomes["read"] >= 160


def test_more_than_one_document_is_refused() -> None:
    several = [case for case in SUITE if case.get("documents", 1) > 1]
    assert len(several) > 15
    for case in several:
        assert errors(yamlfile.read(case["yaml"], "t.yaml")[1]), case["id"]


# ---- damaged files --------------------------------------------------------------------------------------------------


OWN = """期间: 2022-09
事故起数: 6
死亡人数: {本期: 6, 上年同期: 12}
地区生产总值: {本期: 60.2, 增幅: 3.9%, 位次: {第: 5, 范围: 七县（市）}}
民间投资: {增幅: 45.4%, 预计: true}
中央预算内项目: {本期: 6, 其中: {县城排水设施: 4, 教育: 2}}
应急响应: [{灾种: 低温雨雪冰冻灾害, 级别: Ⅲ, 次数: 1次}]
满意度:
说明: |
  第一行
  第二行
"PM2.5浓度": '35微克/立方米'
重点项目:
  - 名称: 县医院
    投资: 1,752万元
  - {名称: 污水厂, 投资: 近10万元}
"""
NOISE = (*"{}[]:：,，\"'“”#&*!|>%@`?-—、。（）～+.\\/=0169年月一\t\n　ab", ": ", "- ", "  ", "\r\n", "\ufeff", "\u200b", "\0", "\u2028", "<<: ", "---\n",
         "...\n", "&a ", "*a", "!!str ", "~", "null", "本期", "上年同期: ", "{{ 单位 }}", "\\u0041", "\ud7ff", "\ue000", "😀", "1e5", ".nan", "%YAML 1.2\n")  # fmt: skip
INDICATORS = {
    name: Indicator(name, unit)
    for name, unit in {"事故起数": "起", "死亡人数": "人", "地区生产总值": "亿元", "满意度": "%"}.items()
}


def sources() -> list[str]:
    """Valid facts files, in pieces of at most 30 lines."""
    whole = [OWN, *(path.read_text("utf-8") for path in sorted((ROOT / "data").rglob("*.yaml")))]
    pieces = []
    for text in whole:
        lines = text.splitlines(keepends=True)
        pieces += ["".join(lines[n : n + 30]) for n in range(0, len(lines), 30)]
    return pieces


def damaged(text: str, draw: random.Random) -> str:
    """The text after one to six slips of the hand."""
    for _ in range(draw.randrange(1, 7)):
        place = draw.randrange(len(text) + 1)
        end = min(len(text), place + draw.randrange(1, 9))
        lines = text.splitlines(keepends=True) or [""]
        number = draw.randrange(len(lines))
        way = draw.randrange(8)
        if way < 3:
            text = text[:place] + draw.choice(NOISE) + text[place if way else end :]
        elif way == 3:
            text = text[:place] + text[end:]
        elif way == 4:
            text = text[:place] + text[place:end] * draw.randrange(2, 5) + text[end:]
        elif way == 5:
            lines.insert(draw.randrange(len(lines)), lines[number])
            text = "".join(lines)
        elif way == 6:
            lines[number] = " " * draw.randrange(5) + lines[number].lstrip(" ")
            text = "".join(lines)
        else:
            del lines[number]
            text = "".join(lines)
    return text


def generated(draw: random.Random, depth: int = 0) -> str:
    """A YAML text of any shape: flow and block, with odd scalars."""
    kind = draw.randrange(3 if depth < 5 else 1)
    if kind == 0:
        return "".join(
            draw.choice(NOISE) if draw.random() < 0.3 else draw.choice("数据六6.甲乙") for _ in range(draw.randrange(6))
        )
    inside = [generated(draw, depth + 1) for _ in range(draw.randrange(4))]
    if kind == 1:
        return (
            "[" + ", ".join(inside) + "]"
            if draw.random() < 0.7
            else "\n" + "".join(f"{'  ' * depth}- {one}\n" for one in inside)
        )
    pairs = [f"{draw.choice(['甲', '乙', '本期', '其中', '期间', ''])}: {one}" for one in inside]
    return (
        "{" + ", ".join(pairs) + "}"
        if draw.random() < 0.6
        else "\n" + "".join(f"{'  ' * depth}{one}\n" for one in pairs)
    )


def texts(count: int) -> Iterator[str]:
    draw = random.Random(2022)
    valid = sources()
    assert len(valid) > 10
    for number in range(count):
        yield generated(draw) if number % 4 == 0 else damaged(draw.choice(valid), draw)


def test_damaged_files_are_read_or_refused() -> None:
    """F4: 10,000 texts: no exception, no hang, every finding at a place that exists."""
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for text in texts(10_000):
        start = time.perf_counter()
        node, findings = yamlfile.read(text, "t.yaml")
        told = list(findings)
        if isinstance(node, yamlfile.Mapping):
            values, wrong = file.read(node, month(2022, 9), INDICATORS)
            told += wrong
            outcomes["facts"] += bool(values)
        slowest = max(slowest, time.perf_counter() - start)
        assert node is not None or errors(findings), text
        for finding in told:
            assert well_told(finding, text), (text, finding)
        outcomes["refused" if any(f.severity is Severity.ERROR for f in told) else "read"] += 1
    assert outcomes["read"] > 500
    assert outcomes["refused"] > 5_000
    assert outcomes["facts"] > 2_000
    assert slowest < 2
