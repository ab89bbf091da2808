"""The facts reader: cases as data, bytes that no text file can hold, laws, and the hostile collection when it is there."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drafter import facts as room
from drafter import period, yamlfile
from drafter.diagnostic import Diagnostic, Severity, has_errors
from drafter.facts import Facts, Record, Rows, Told, Value
from drafter.figure import GROWTHS, OPERANDS, Figure, Rank, operand
from drafter.missing import Missing
from drafter.numeral import Number
from drafter.source import MAX_TEXT_BYTES, Files, Span
from tests.case_files import CASES, Case, accept, load

ALL = load(CASES / "facts")
CODES = (
    "F101",
    "F102",
    "F103",
    "F104",
    "F105",
    "F106",
    "F108",
    "F109",
    "F110",
    "F111",
    "F112",
    "F113",
    "F114",
    "F115",
    "F116",
    "F117",
)
"""Codes with cases; F107 is about bytes and has tests below."""
PLACES = {
    "input": "data/局/2022-09.yaml",
    "指标": "data/局/指标.yaml",
    "上年": "data/局/2021-09.yaml",
    "上期": "data/局/2022-08.yaml",
    "公共": "data/公共/2022-09.yaml",
    "公共指标": "data/公共/指标.yaml",
}
SEPTEMBER = period.month(2022, 9)
HOSTILE = Path(__file__).parents[2] / "shared/corpus/hostile/facts"


def project(root: Path, files: dict[str, str | bytes]) -> Files:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Files(root)


def facts_of(root: Path, content: str | bytes, **more: str) -> Facts:
    files = {PLACES["input"]: content} | {PLACES[part]: text for part, text in more.items()}
    return room.load(project(root, files), "局", SEPTEMBER)


def file_of(part: str) -> str:
    """The file that a part of a case stands for; a part may also be called 2022-08.yaml or 公共/2022-09.csv."""
    own = part if "/" in part else f"局/{part}"
    return PLACES.get(part, f"data/{own}" if part.endswith((".yaml", ".csv")) else "")


def place(span: Span, main: str) -> str:
    part = next((p for p, file in PLACES.items() if file == span.file), span.file.removeprefix("data/局/"))
    return f"{span.line}:{span.column}" if part == main else f"{part} {span.line}:{span.column}"


def said(found: Diagnostic) -> str:
    severity = "" if found.severity is Severity.ERROR else found.severity.word
    here = next((p for p, file in PLACES.items() if file == found.span.file), "")
    also = "".join(f"（{words}{place(span, here)}）" for span, words in found.also)
    return f"{place(found.span, 'input')} {found.code}{severity} {found.message}{also} ➜ {found.hint}"


def shown(value: Value) -> str:
    match value:
        case Missing():
            place = f" {value.span.line}:{value.span.column}" if value.span else ""
            hint = f" ➜ {value.hint}" if value.hint else ""
            return f"{value}{value.office}{place}{' 没人知道' if value.unknown else ''}{hint}"
        case Told():
            return f"“{value}”".replace("\n", "⏎")
        case Rows():
            return f"[{'；'.join(shown(item) for item in value)}]"
        case Record():
            return "{" + "，".join(f"{name}: {shown(value.get(name))}" for name in value) + "}"
    operands = ((key, getattr(value, field)) for key, field in OPERANDS.items() if key not in ("上年增幅", "上期增幅"))
    words = [f"{key}{written(number, key, value.unit)}" for key, number in operands if number]
    words += [f"其中{part.name}{shown(part)}" for part in value.parts]
    words += [ranked(value.rank)] if value.rank else []
    words += ["预计"] if value.estimate else []
    words += [f"{key}:{text}" for key, text in value.notes.items()]
    words += [value.formula] if value.formula else []
    return f"<{' '.join(words)}>"


def ranked(rank: Rank) -> str:
    more = (("共", rank.of), ("上年", rank.base), ("上期", rank.previous))
    words = "".join(f" {key}{number}" for key, number in more if number)
    return f"第{rank.place}/{rank.scope}{words}{' 并列' if rank.tied else ''}"


def written(number: Number, key: str, unit: str) -> str:
    """6(6起): as written, with its value; a typed unit that is not the figure's stands behind the written form."""
    unit = number.unit if key in GROWTHS else unit
    typed = number.unit if number.unit != unit else ""
    return f"{number.written}{typed}({number.value:f}{unit})"


def asked(facts: Facts, path: str) -> Value:
    name, *steps = path.split(".") if "2.5" not in path and "２" not in path else [path]
    value = facts.get(name)
    for step in steps:
        value = inner(value, step)
    return value


def inner(value: Value, step: str) -> Value:
    match value:
        case Rows():
            return value[int(step) - 1]
        case Figure():
            part = next((p for p in value.parts if p.name == step), None)
            return operand(value if part is None else part, step if part is None else "本期")
    return value.get(step)  # type: ignore[union-attr]


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    when = period.parse(case.parts.get("period", "2022-09"))
    assert when is not None
    texts = {file_of(part): text + "\n" for part, text in case.parts.items() if file_of(part)}
    texts[f"data/局/{when}.yaml"] = texts.pop(PLACES["input"])
    facts = room.load(project(tmp_path, texts), "局", when)
    values = [line.split(" =")[0] for line in case.lines("value")]
    value = "\n".join(f"{name} = {shown(asked(facts, name))}" for name in values)
    says = "\n".join(said(d) for d in facts.diagnostics).replace(f"{when}.yaml ", "")
    if request.config.getoption("--accept", default=False):
        accept(case, "says", says)
        if values:
            accept(case, "value", value)
        return
    assert says.split("\n") == case.parts["says"].strip().split("\n")
    assert value == "\n".join(case.lines("value"))
    for found in facts.diagnostics:
        lines = (tmp_path / found.span.file).read_text().replace("\r", "\n").splitlines() or [""]
        assert 1 <= found.span.line <= len(lines), "L7: the place exists"
        assert 1 <= found.span.column <= len(lines[found.span.line - 1]) + 1
        assert found.hint, "every message says what to do"


@pytest.mark.parametrize("code", CODES)
def test_every_code_fires_and_stays_silent(code: str) -> None:
    fires = [case for case in ALL if case.name.startswith(f"{code} fires")]
    silent = [case for case in ALL if case.name.startswith(f"{code} silent")]
    assert fires
    assert silent
    assert all(f" {code}" in case.parts["says"] for case in fires)
    assert not any(code in case.parts["says"] for case in silent)


ENCODED = "出口额: 100\n名称: 浙江省\n"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (ENCODED.encode(), []),
        (ENCODED.encode("utf-8-sig"), ["F107"]),
        (ENCODED.encode("utf-16"), ["F107"]),
        (ENCODED.replace("\n", "\r").encode(), []),
        (ENCODED.replace("\n", "\r\n").encode(), []),
        (ENCODED.encode("gb18030"), ["F107"]),
        (ENCODED.encode()[:-3], ["F107"]),
        (ENCODED.encode() + b"\x1a", ["F108"]),
        (b"\x00\xff" * 20, ["F107"]),
        (b"a: " + b"x" * MAX_TEXT_BYTES, ["F109"]),
        (b"a: " + b"x" * 100_001, ["F109"]),
        (b"- 1\n" * 200_001, ["F109"]),
        (b"", []),
    ],
    ids=lambda p: p[:8].hex() if isinstance(p, bytes) else "-".join(p),
)
def test_bytes(data: bytes, codes: list[str], tmp_path: Path) -> None:
    facts = facts_of(tmp_path, data)
    assert [d.code for d in facts.diagnostics] == codes
    if not has_errors(facts.diagnostics) and data:
        assert (shown(facts.get("出口额")), facts.get("名称")) == ("<本期100(100)>", "浙江省")


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("名: 㐂𠮷", True),
        ("名: 𬭚\U000323af", True),
        ("名: \U0001f600", False),
        ("名: \U000e0041", False),
        ("名: \ue000", False),
        ("名: \x81", False),
        ("名: \0", False),
    ],
    ids=ascii,
)
def test_rare_characters_in_gb18030(text: str, good: bool, tmp_path: Path) -> None:
    facts = facts_of(tmp_path, text.encode("gb18030"))
    assert [d.code for d in facts.diagnostics] == ["F107"]
    assert has_errors(facts.diagnostics) is not good
    assert not good or facts.get("名") == text.removeprefix("名: ")


def test_misnamed_files(tmp_path: Path) -> None:
    read = ("指标.yaml", "2022-09.yaml", "2022Q1.yml", "2022-01..2022-05.yaml", "说明.txt", "附表.xlsx", "2022-08")
    wrong = ("2022-9.yaml", "2022-09.YAML", "2022-09.yaml.txt", "9月.yaml", "指标.yaml.txt", "报表.yml")
    files = project(tmp_path, {f"data/局/{name}": "" for name in (*read, *wrong)})
    assert room.misnamed(files, "局") == tuple(sorted(wrong))
    assert room.misnamed(files, "没有的局") == ()


def test_truncated_utf8_names_the_byte(tmp_path: Path) -> None:
    (found,) = facts_of(tmp_path, "甲: 1\n乙: 浙".encode()[:-1]).diagnostics
    assert (found.span.line, found.code) == (2, "F107")
    assert "第13个字节" in found.message


def test_no_file_and_files_of_one_period(tmp_path: Path) -> None:
    files = project(
        tmp_path, {"data/局/2022-08.yml": "甲: 1", "data/局/2022-08.yaml": "甲: 2", "data/局/2022-9.yaml": ""}
    )
    none = room.load(files, "局", SEPTEMBER)
    assert not none.exists
    assert [d.code for d in none.diagnostics] == ["F105"]
    august = none.for_period(period.month(2022, 8))
    assert august.exists
    assert "F102" in [d.code for d in august.diagnostics]
    assert august is august.for_period(SEPTEMBER).for_period(august.period)


def test_two_lists_of_indicators(tmp_path: Path) -> None:
    """Two lists in one folder are told with both places; one in 公共 and one of the department are layers."""
    lists: dict[str, str | bytes] = {"data/局/指标.yaml": "甲: 起\n", "data/公共/指标.yml": "甲: 次\n"}
    assert not room.load(project(tmp_path, lists), "局", SEPTEMBER).diagnostics
    lists["data/局/指标.yml"] = "甲: 个\n"
    (found,) = room.load(project(tmp_path, lists), "局", SEPTEMBER).diagnostics
    assert found.code == "F102"
    assert {found.span.file, found.also[0][0].file} == {"data/局/指标.yaml", "data/局/指标.yml"}


def test_names_used_and_places(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "甲: 1\n乙: {上年同期: 3, 本期: 2}\n", 上年="丙: 1\n", 指标="丁: 起\n")
    assert facts.names() == ("甲", "乙", "丁", "丙")
    assert facts.own_names() == ("甲", "乙")
    found = [facts.get(name) for name in ("乙", "甲", "无")]
    assert facts.used == ("乙", "甲", "无")
    second, first = found[:2]
    assert isinstance(first, Figure)
    assert isinstance(second, Figure)
    assert {k: str(s) for k, s in first.places.items()} == {"值": "data/局/2022-09.yaml:1:4"}
    assert {k: (s.line, s.column) for k, s in second.places.items()} == {"上年同期": (2, 5), "本期": (2, 14)}
    assert str(second.span) == "data/局/2022-09.yaml:2:18"


def test_a_broken_file_makes_no_name_unknown(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, "甲: [\n")
    found = facts.get("甲")
    assert facts.broken
    assert isinstance(found, Missing)
    assert not found.unknown


def test_raw_tree_keeps_styles_and_text() -> None:
    node, found = yamlfile.read('a: 7.10\nb: "x\\ty"\nc: |\n  l1\n  l2\n', "f")
    assert not found
    assert isinstance(node, yamlfile.Mapping)
    values = [value for _, value in node.items if isinstance(value, yamlfile.Scalar)]
    assert [(v.text, v.style, v.quoted) for v in values] == [
        ("7.10", "", False),
        ("x\ty", '"', True),
        ("l1\nl2\n", "|", True),
    ]


YAMLISH = st.text(
    "甲乙aA1.,:：-—?[]{}&*!|>'\"%@`#~ \n\t\u3000\u00a0\u200b\ufeff\\“”{}<=\r\0\ud800\U0001f600", max_size=60
)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=80) | YAMLISH)
@example("a: [\n")
@example("'")
@example("\ud800")
@example("? ? ? :")
@example("\r\r\n: ")
def test_reading_any_text_ends_and_points_into_it(text: str) -> None:
    node, found = yamlfile.read(text, "f")
    assert node is not None or has_errors(found)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in found:
        assert finding.span.line <= len(lines)
        finding.line().encode()


@settings(max_examples=300, deadline=None)
@given(YAMLISH | st.builds("{}: {}\n".format, st.sampled_from(["甲", "位次", "a"]), YAMLISH))
def test_typing_any_tree_raises_nothing(text: str) -> None:
    node, _ = yamlfile.read(text, "f")
    indicators, _ = room.indicators(node)
    if isinstance(node, yamlfile.Mapping):
        from drafter.facts import file as factfile

        factfile.read(node, SEPTEMBER, indicators)
        factfile.read(node, SEPTEMBER, {})


BOMBS = {
    "flow": "[" * 2_000_000,
    "closed": "[" * 500_000 + "]" * 500_000,
    "block": "- " * 500_000,
    "mappings": "{a: " * 500_000,
    "keys": "? " * 200_000,
    "merge": "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 25)),
    "aliases": "a: &a [x]\nb: [" + "*a, " * 200_000 + "]",
    "items": "a: [" + "1," * 200_000 + "]",
    "spaces": "b: " + " " * 2_000_000 + "c: d",
    "colons": ":" * 2_000_000,
    "quotes": "'" * 2_000_001,
    "comments": "a: 1\n" + "# x\n" * 500_000 + "b",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_time(name: str) -> None:
    start = time.process_time()
    _, found = yamlfile.read(BOMBS[name], "f")
    assert has_errors(found)
    assert time.process_time() - start < 2


def test_two_thousand_figures_load(tmp_path: Path) -> None:
    """How long it takes: benchmarks.facts."""
    lines = (f"指标{n}: {{本期: {n}.5, 上年同期: {n}.1, 其中: {{甲: 0.1, 乙: 0.2}}}}" for n in range(2000))
    content = "\n".join(lines)
    facts = facts_of(tmp_path, content)
    assert len(facts.own_names()) == 2000
    assert not facts.diagnostics


def test_importing_the_room_does_not_import_yaml() -> None:
    run = "import sys, drafter.facts; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", run], cwd=Path(__file__).parents[1], check=False).returncode == 0


def hostile() -> list[tuple[str, str]]:
    rows = (HOSTILE / "expected.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = [(row.split("\t")[0], row.split("\t")[1]) for row in rows]
    present = [row for row in found if (HOSTILE / row[0]).exists()]
    assert len(present) > 40
    return present


@pytest.mark.skipif(not HOSTILE.exists(), reason="the hostile collection is not beside this checkout")
def test_hostile_collection(tmp_path: Path) -> None:
    wrong = []
    for name, expected in hostile():
        start = time.perf_counter()
        facts = facts_of(tmp_path, (HOSTILE / name).read_bytes())
        values = [shown(facts.get(n)) for n in facts.names()]
        refused = has_errors(facts.diagnostics)
        warned = bool(facts.diagnostics)
        accepted = warned and not refused
        outcomes = {"refuse": refused, "accept+warn": accepted, "warn": warned, "as gbk": accepted}
        ways = (way.strip() for way in expected.split(" or "))
        good = any(next((o for key, o in outcomes.items() if way.startswith(key)), not refused) for way in ways)
        if not good or time.perf_counter() - start > 2:
            wrong.append((name, expected, [d.line() for d in facts.diagnostics], values))
        facts_of(tmp_path, "")
    assert not wrong
