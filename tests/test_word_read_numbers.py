"""Automatic numbering, written out as Word counts it."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from drafter import office
from drafter.source import Span
from drafter.word.read import read
from tests.case_files import CASES, Case, accept, load
from tests.docx_check import need
from tests.word_files import docx

ALL = load(CASES / "word" / "numbering.txt")


def file_of(case: Case) -> bytes:
    return docx(case.input, case.parts["lists"], case.parts.get("styles", ""))


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    text, told = read(file_of(case), "a.docx")
    found = "\n".join(line.text for line in text)
    if request.config.getoption("--accept", default=False):
        accept(case, "lines", found)
        return
    assert found == case.parts["lines"]
    assert [f"{d.code} {d.span.line}" for d in told] == case.lines("told")


def test_the_number_has_a_place_and_the_text_keeps_its_own() -> None:
    text, _ = read(docx("/ 前\n1/0 　标题", "甲: chineseCounting %1、\n1 = 甲"), "a.docx")
    assert text[1].text == "一、标题"
    assert text[1].at(0) == Span("a.docx", 2, 1)
    assert text[1].at(2) == Span("a.docx", 2, 2)


_FORMATS = (
    "chineseCounting",
    "decimal",
    "upperLetter",
    "lowerRoman",
    "decimalEnclosedCircleChinese",
    "ideographTraditional",
)


def _any_lists(chance: random.Random) -> tuple[str, str]:
    """(body, lists): two definitions of four levels, five lists on them, 25 paragraphs."""
    lists = []
    for name in "甲乙":
        texts = (
            chance.choice((f"%{n}、", f"（%{n}）", f"%1.%{n}." if n > 1 else "%1."))
            + f" start={chance.choice((1, 1, 1, 2))}"
            for n in range(1, 5)
        )
        lists.append(f"{name}: " + " | ".join(f"{chance.choice(_FORMATS)} {text}" for text in texts))
    lists += ["1 = 甲", "2 = 甲", "3 = 乙", f"4 = 甲 start0={chance.choice((1, 3))}", "5 = 乙 start0=1"]
    places = ((chance.choice((1, 1, 1, 1, 2, 3, 3, 4, 5)), chance.choice((0, 0, 1, 1, 2, 3))) for _ in range(25))
    return "\n".join(f"{used}/{depth} 字{n}" for n, (used, depth) in enumerate(places)), "\n".join(lists)


def test_libreoffice_counts_the_same(tmp_path: Path) -> None:
    """A second opinion: shared definitions, restarts and passed-over levels at random, every number the same."""
    program = office.find()
    need(program, "LibreOffice is not installed")
    assert program
    chance = random.Random(7)
    read_here = {}
    for number in range(20):
        data = docx(*_any_lists(chance))
        (tmp_path / f"{number}.docx").write_bytes(data)
        read_here[number] = ["".join(line.text.split()) for line in read(data, "a.docx")[0]]
    command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    command += ["txt:Text (encoded):UTF8", "--outdir", str(tmp_path), *map(str, sorted(tmp_path.glob("*.docx")))]
    subprocess.run(command, capture_output=True, check=True, timeout=100)
    for number, lines in read_here.items():
        there = (tmp_path / f"{number}.txt").read_text("utf-8-sig").splitlines()
        assert ["".join(line.split()) for line in there if line.strip()] == lines
