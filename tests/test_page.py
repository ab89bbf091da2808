"""The page as it is set: 22 lines, 28 characters, the page number where the standard wants it. Source: GB/T 9704-2012
5.2.3, 7.5. LibreOffice sets the pages, with free fonts in place of the official ones (fonts.conf)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from drafter.outline import Outline, Paragraph
from drafter.source import Line
from drafter.word import write as room
from tests.docx_check import need


def write(*args, **named):
    """The writer, checked by the fixture of all tests."""
    return room.write(*args, **named)


MM = 72 / 25.4
"""Points in a millimetre."""
LEFT, RIGHT = 28 * MM, (210 - 26) * MM
"""Edges of the 版心 in points."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page: its text and its box in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def pages(data: bytes, folder: Path) -> list[list[Word]]:
    """The words of every page of a .docx."""
    for tool in ("soffice", "pdftotext", "fc-match"):
        need(shutil.which(tool), f"{tool} is not installed")
    fonts = {"FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf"))}
    for name, wanted in (("仿宋_GB2312", "Noto Serif CJK"), ("楷体_GB2312", "AR PL UKai")):
        found = subprocess.run(["fc-match", name], env=os.environ | fonts, capture_output=True, text=True, check=True)
        need(wanted in found.stdout, f"font {wanted} is not installed")
    source = folder / "a.docx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, env=os.environ | fonts, capture_output=True, check=True, timeout=100)
    command = ["pdftotext", "-bbox-layout", str(folder / "a.pdf"), str(folder / "a.html")]
    subprocess.run(command, check=True, timeout=30)
    told = (folder / "a.html").read_text(encoding="utf-8").split("<page ")[1:]
    return [[Word(m[5], *map(float, m.groups()[:4])) for m in WORD.finditer(page)] for page in told]


def lines(page: list[Word]) -> list[str]:
    """The text of the lines of the 版心, from above; the page number is not among them."""
    rows: dict[int, list[Word]] = {}
    for word in page:
        if word.bottom < (297 - 35) * MM + 5:
            rows.setdefault(round((word.top + word.bottom) / 2), []).append(word)
    return ["".join(w.text for w in sorted(rows[y], key=lambda w: w.left)) for y in sorted(rows)]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> list[list[Word]]:
    text = (Paragraph(Line("县" * 28 * 120)), Paragraph(Line("特此报告。")))
    signature = (Line("清河县人民政府办公室"), Line("2022年9月30日"))
    outline = Outline(Line("工作总结"), Line("县人民政府："), text, (), signature)
    return pages(write(outline), tmp_path_factory.mktemp("page"))


@pytest.mark.timeout(180)
def test_full_page_has_22_lines_of_28_characters(report: list[list[Word]]) -> None:
    full = report[1:-1]
    assert len(full) >= 3
    for page in full:
        assert [len(line) for line in lines(page)] == [28] * 22


def test_first_page(report: list[list[Word]]) -> None:
    text = lines(report[0])
    assert text[:2] == ["工作总结", "县人民政府："]
    assert len(text[2]) == 26, "the first line of a paragraph is indented by two characters"
    assert len(text) == 21, "22 lines less the blank one below the title"


def test_text_fills_the_type_area(report: list[list[Word]]) -> None:
    words = [word for word in report[1] if word.bottom < 262 * MM + 5]
    assert min(w.left for w in words) == pytest.approx(LEFT, abs=0.5)
    assert max(w.right for w in words) == pytest.approx(RIGHT, abs=4)
    assert min(w.top for w in words) > 36 * MM - 3


def test_page_number_seven_millimetres_below_the_text(report: list[list[Word]]) -> None:
    assert len(report) >= 4
    for number, page in enumerate(report, start=1):
        words = [word for word in page if word.top > 262 * MM - 4]
        assert "".join(word.text for word in words) == f"—{number}—"
        middle = (words[0].top + words[0].bottom) / 2 / MM
        assert middle == pytest.approx(269, abs=1.5)
        if number % 2:
            assert words[-1].right == pytest.approx(RIGHT - 14, abs=1.5), "one character from the right edge"
        else:
            assert words[0].left == pytest.approx(LEFT + 14, abs=1.5), "one character from the left edge"


def test_signature_stands_below_a_blank_line_with_text_above(report: list[list[Word]]) -> None:
    last = report[-1]
    name = next(word for word in last if "清河县" in word.text)
    date = next(word for word in last if word.text.startswith("2022"))
    text = [word for word in last if word.text == "特此报告。"]
    assert text, "the signature is not alone on its page"
    assert name.top - text[-1].top == pytest.approx(2 * 28.95, abs=1)
    assert date.top - name.top == pytest.approx(28.95, abs=1)
    assert name.right == pytest.approx(RIGHT - 2 * 15.75, abs=4)
    gaps = 6 * 4  # LibreOffice widens the five seams of 汉字 and digits by a quarter, whatever the file says
    assert 2 * 15.75 - gaps < date.left - name.left < 2 * 15.75 + 1
