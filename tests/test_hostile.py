"""Hostile facts files as data: bytes that nobody should be harmed by, each through reading, typing and drafting."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from drafter import text
from drafter.diagnostic import Severity
from drafter.draft import Draft
from drafter.project import Project
from tests.case_files import CASES, Case, accept, load
from tests.project_files import ROOT, drafted

ALL = load(CASES / "hostile")
DATA = "data/局/2022-09.yaml"
SAY = "一、情况\n〔{{ 值 }}〕\n"
_ESCAPE = re.compile(rb"\\x([0-9a-f]{2})")


def bytes_of(case: Case) -> bytes:
    r"""The file: UTF-8, with \x1b and the like for bytes; a part `encoding` puts the whole into another one."""
    written = f"{case.input}\n".replace("⏎", "\r")
    data = written.encode(case.parts.get("encoding", "utf-8").strip())
    return _ESCAPE.sub(lambda found: bytes.fromhex(found[1].decode()), data)


def draft_of(folder: Path, data: bytes) -> Draft:
    for name, content in {DATA: data, "templates/局/月报/1.txt": SAY.encode()}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return drafted(Project(folder), "局/月报", "2022-09")


def outcome(draft: Draft) -> str:
    """What is printed, or nothing at all; then each finding about the facts with its place."""
    printed = "拒绝"
    if draft.sound and draft.outline:
        body = text.write(draft.outline, guard=False).splitlines()
        printed = "印出 " + "⏎".join(body[body.index("一、情况") + 1 : -2]).encode("unicode_escape").decode()
        printed = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)) if int(m[1], 16) > 0x2FFF else m[0], printed)
    told = [d for d in draft.diagnostics if d.code != "T112"]
    words = {Severity.ERROR: "", Severity.WARNING: "提醒", Severity.NOTE: "说明"}
    return "\n".join([printed, *(f"{d.code}{words[d.severity]} {d.span.line}:{d.span.column}" for d in told[:4])])


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """F1: refused with a place, or printed exactly; never a traceback, never a control character in a message."""
    start = time.process_time()
    draft = draft_of(tmp_path, bytes_of(case))
    found = outcome(draft)
    assert time.process_time() - start < 2
    if request.config.getoption("--accept", default=False):
        accept(case, "outcome", found)
        return
    assert found == "\n".join(case.lines("outcome"))
    for one in draft.diagnostics:
        assert one.hint
        assert one.span.line >= 1
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", one.line())
    if found.startswith("拒绝"):
        assert any(d.severity is Severity.ERROR and (tmp_path / d.span.file).exists() for d in draft.diagnostics)


def test_enough_kinds_are_tried() -> None:
    assert len(ALL) >= 120
    refused = [case for case in ALL if case.parts["outcome"].startswith("拒绝")]
    assert len(refused) >= 60
    assert len(ALL) - len(refused) >= 40


BOMBS = {
    "层数 方括号": "值: " + "[" * 100_000 + "]" * 100_000,
    "层数 缩进": "".join("  " * n + f"层{n}:\n" for n in range(400)),
    "层数 问号": "? " * 100_000,
    "项数 一行": "值: [" + "1," * 300_000 + "1]",
    "项数 键": "".join(f"键{n}: 1\n" for n in range(100_000)),
    "长文字": "值: " + "长" * 1_500_000,
    "长引号": '值: "' + "a" * 4_000_000 + '"',
    "长键": "键" * 1_000_000 + ": 1",
    "引用": "甲0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(f"甲{n}: &a{n} [{f'*a{n - 1},' * 9}]\n" for n in range(1, 40)),
    "合并": "甲0: &a0 {k: v}\n" + "".join(f"甲{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 40)),
    "过大": "# 注释\n" * 600_000,
    "指数": "值: 1e99999999",
}
"""Files that take a naive reader down."""
_RUN = """
import pathlib, re, sys, time
sys.path.insert(0, sys.argv[1])
from tests.test_hostile import BOMBS, draft_of
start = time.process_time()
draft = draft_of(pathlib.Path(sys.argv[2]), BOMBS[sys.argv[3]].encode())
took = time.process_time() - start
status = pathlib.Path("/proc/self/status")
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) // 1024 if status.exists() else 0
errors = [d for d in draft.diagnostics if d.severity.name == "ERROR" and d.span.line >= 1 and d.hint]
print("拒绝" if errors and not draft.sound else "没拒绝", took < 2, peak < 256, sep="\\n")
"""


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_cost_little(name: str, tmp_path: Path) -> None:
    """F1: each in a process of its own: refused within 2 s and 256 MB."""
    command = [sys.executable, "-X", "utf8", "-c", _RUN, str(ROOT), str(tmp_path), name]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert done.stdout.split() == ["拒绝", "True", "True"], done.stderr[-500:]
