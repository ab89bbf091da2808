"""Figures stay traceable whoever saves the file: Word and WPS (as they are known to rewrite), LibreOffice, python-docx.

Every sample report in every layout: each figure of the record stands at its bookmark with its text afterwards, no word
of the text is another, and the record is the one that was written. With DRAFTER_FULL every file takes every way
and 20 seeds.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from drafter import formats, office
from drafter.trace import Record
from drafter.word.trace.file import open_file
from tests import word_like
from tests.docx_check import need, problems
from tests.project_files import drafted, make
from tests.traced_reports import LAYOUTS, TARGETS, all_traced, lost, record_of, traced

FULL = bool(os.environ.get("DRAFTER_FULL"))
SEEDS = 20 if FULL else 1
PACKING = "date, system or method"
"""What the structural check says of a file that somebody else packed."""
FILES = {"word-重写": 61, "libreoffice": 93, "libreoffice-odt": 75, "python-docx": 70}
"""File of tests/trace_files → its figures."""
survived: dict[str, list[int]] = {}
"""Who saved → [figures found, figures]."""


def survives(who: str, data: bytes, record: Record, *, edited: bool = False) -> None:
    """All figures are found, the record is the same; unless it was edited, so is every paragraph."""
    file = open_file(data, "t.docx")
    gone = list(lost(record, file))
    told = survived.setdefault(who, [0, 0])
    told[0] += len(record.figures) - len(gone)
    told[1] += len(record.figures)
    assert gone == [], who
    assert file.record == record, who
    if not edited:
        assert [s.printed for s in file.strands] == list(record.paragraphs), who


@pytest.fixture(scope="module", autouse=True)
def counts():
    yield
    for who, (some, every) in survived.items():
        print(f"{who}: {some} / {every}")


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("way", word_like.WAYS)
def test_each_way_of_word(target: str, way: str) -> None:
    """Without DRAFTER_FULL in one layout, another one for every way."""
    turn = list(word_like.WAYS).index(way) + TARGETS.index(target)
    for layout in LAYOUTS if FULL else LAYOUTS[turn % 5 : turn % 5 + 1]:
        data = traced(target, layout)
        ways = ("切分文字", way) if way == "合并文字" else (way,)
        after = word_like.rewritten(data, f"{target} {layout}", *ways)
        assert after != data
        survives(way, after, record_of(data))
        assert [said for said in problems(after) if PACKING not in said] == []


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_ways_of_word_together(target: str, layout: str) -> None:
    data = traced(target, layout)
    for seed in range(SEEDS):
        after = word_like.saved_by_word(data, f"{target} {layout} {seed}")
        survives("Word", after, record_of(data))
        assert [said for said in problems(after) if PACKING not in said] == []


@pytest.mark.parametrize("target", TARGETS)
def test_saved_again_and_again(target: str) -> None:
    data = traced(target, "公文")
    after = data
    for seed in range(5):
        after = word_like.rewritten(after, seed, "切分文字", "书签", "修订", "合并文字", "部件改名", "属性")
    survives("Word ×5", after, record_of(data))


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_python_docx(target: str, layout: str) -> None:
    data = traced(target, layout)
    after = word_like.by_python_docx(data, Random(f"{target} {layout}"))
    assert "（已核）" in "".join(s.text for s in open_file(after, "t.docx").strands)
    survives("python-docx", after, record_of(data), edited=True)


@pytest.mark.parametrize("kinds", [("docx",), ("odt", "docx")], ids="→".join)
def test_libreoffice(kinds: tuple[str, ...], tmp_path: Path) -> None:
    need(office.find(), office.ABSENT)
    files = all_traced()
    for name, after in word_like.by_libreoffice(files, tmp_path, *kinds).items():
        survives("LibreOffice " + "→".join(kinds), after, record_of(files[name]))


def test_libreoffice_after_word(tmp_path: Path) -> None:
    """Word, LibreOffice, Word: an office that works with both."""
    need(office.find(), office.ABSENT)
    files = {t: traced(t, "公文") for t in TARGETS}
    text = ("切分文字", "校对标记", "书签", "空白", "命名空间", "部件改名", "样式改号", "属性")
    worn = {t: word_like.rewritten(data, t, *text) for t, data in files.items()}
    for target, after in word_like.by_libreoffice(worn, tmp_path, "odt", "docx").items():
        again = word_like.rewritten(after, target, *text)
        survives("Word, LibreOffice, Word", again, record_of(files[target]))


ODD = {
    "符号": "A & <B> \"C\"", "空格": "  两头  有空格 ", "全角": "　全角　", "生僻": "𠮷野家𡈽", "长": "很长的一句话，" * 60,
    "制表": "左\\t右", "像书签": "_DAAAAAA_1", "罗马": "Ⅲ级", "引号": "“引号”‘内’", "零宽": "零\u200b宽",
}  # fmt: skip
"""Texts that facts may hold."""


@pytest.fixture
def odd(tmp_path: Path) -> bytes:
    lines = "".join(f"（一）{name}\n有{{{{ {name} }}}}和{{{{ {name} }}}}{{{{ 缺的 }}}}。\n" for name in ODD)
    rows = "".join(f"| {{{{ {name} }}}} | {{{{ 缺的 }}}} |\n" for name in ODD)
    facts = "".join(f'{name}: "{text.replace(chr(34), chr(92) + chr(34))}"\n' for name, text in ODD.items())
    project = make(
        tmp_path / "project",
        {
            "templates/县办/月报/1.txt": f"一、情况\n{lines}表：明细\n| 甲 | 乙 |\n| --- | --- |\n{rows}",
            "data/县办/2022-09.yaml": f"期间: 2022-09\n{facts}缺的:\n",
        },
    )
    draft = drafted(project, "县办/月报", "2022-09")
    assert draft.sound, draft.diagnostics
    return formats.docx(draft)


def test_odd_texts(odd: bytes, tmp_path: Path) -> None:
    record = record_of(odd)
    assert len(record.figures) == len(ODD) * 5
    survives("odd texts", odd, record)
    for seed in range(6):
        survives("odd texts, Word", word_like.saved_by_word(odd, seed), record)
    survives("odd texts, python-docx", word_like.by_python_docx(odd, Random(1)), record, edited=True)
    need(office.find(), office.ABSENT)
    for kinds in (("docx",), ("odt", "docx")):
        [after] = word_like.by_libreoffice({"odd": odd}, tmp_path / "".join(kinds), *kinds).values()
        survives("odd texts, LibreOffice " + "→".join(kinds), after, record)


@pytest.mark.parametrize(("name", "figures"), FILES.items())
def test_files_that_were_kept(name: str, figures: int) -> None:
    """Files as they were saved once: they must be traceable for good."""
    data = (word_like.FILES / f"{name}.docx").read_bytes()
    assert len(data) < 40 * 1024
    file = open_file(data, name)
    assert file.record is not None
    assert len(file.record.figures) == figures
    assert list(lost(file.record, file)) == []
