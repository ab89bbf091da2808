"""PDF through LibreOffice: the same .docx gives the same bytes; what goes wrong is told with its place and the way out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from drafter import layout, office, text
from drafter.diagnostic import DraftError, Severity
from drafter.source import Span, typed
from drafter.word import write
from tests.docx_check import need
from tests.project_files import built, make
from tests.test_office import OUT, program

PLACE = Span("templates/局/月报/报告.yaml", 1, 1)
REPORT = text.read(
    typed(
        "安全生产工作总结\n一、情况\n（一）甲。发生事故6起。\n表：数\n| 甲 | 乙 |\n| 1 | 2 |\n清源县\n2022年9月30日",
        "t",
    )
)[0]


def docx(day: tuple[int, int, int] | None = (2022, 9, 30)) -> bytes:
    return write.write(REPORT, layout.named("总结"), date=day, author="清源县")


STAMPED = (
    b"%PDF-1.7\n/CreationDate(D:20261123232754+08'00')/ModDate(D:20261123232755Z)\n"
    b"<xmp:CreateDate>2026-11-23T23:27:54+08:00</xmp:CreateDate>\nD:20261123232754 2026-11-23T23:27:54\n"
    b"/ID [ <5D8D290C9F8637EB01F8FE56DE1B2384>\n<5D8D290C9F8637EB01F8FE56DE1B2384> ]\n/DocChecksum /7F907ABD3DA09D18D32F30C6D5B0BC81\n%%EOF"
)


def test_clock_and_ids_are_settled_and_nothing_else_is_touched() -> None:
    made = office.settled(STAMPED, b"20220930")
    assert len(made) == len(STAMPED), "the table of places at the end of a PDF counts bytes"
    assert b"/CreationDate(D:20220930000000+08'00')/ModDate(D:20220930000000Z)" in made
    assert b"<xmp:CreateDate>2022-09-30T00:00:00+08:00</xmp:CreateDate>\nD:20261123232754 2026-11-23T23:27:54\n" in made
    keys = set(re.findall(rb"[0-9A-F]{32}", made))
    assert len(keys) == 1, "ids are made of the content"
    other = STAMPED.replace(b"2026112323", b"2027010100").replace(b"5D8D", b"AAAA").replace(b"7F90", b"BBBB")
    assert office.settled(other.replace(b"D:20270101002754 ", b"D:20261123232754 "), b"20220930") == made
    assert not keys & set(
        re.findall(rb"[0-9A-F]{32}", office.settled(STAMPED.replace(b"%PDF-1.7", b"%PDF-1.6"), b"20220930"))
    )


def test_a_pdf_without_stamps_stays_as_it_is() -> None:
    assert office.settled(b"%PDF-1.4 plain", b"20220930") == b"%PDF-1.4 plain"


@pytest.mark.parametrize(
    ("script", "told", "hint"),
    [
        (None, "没有找到 LibreOffice", "装上 LibreOffice"),
        ("exit 0", "LibreOffice 没有做出文件", "再生成一次"),
        ("exit 77", "LibreOffice 没有做出文件", "再生成一次"),
        ("kill -SEGV $$", "LibreOffice 没有做出文件", "再生成一次"),
        ("sleep 60", "LibreOffice 超过1秒没有转换完", "再生成一次"),
    ],
    ids=["没有装", "什么也没做", "出错退出", "崩溃", "不动了"],
)
def test_what_goes_wrong_is_told(
    script: str | None, told: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P121 at the report: why, and that Word and WPS make PDFs too."""
    monkeypatch.setenv("DRAFTER_SOFFICE", program(tmp_path, script) if script else "/没有这个程序")
    with pytest.raises(DraftError) as refused:
        office.pdf(docx(), PLACE, seconds=1)
    [one] = refused.value.diagnostics
    assert (one.code, one.severity, one.span) == ("P121", Severity.ERROR, PLACE)
    assert one.message == f"转不成 PDF：{told}"
    assert hint in one.hint
    assert "用 Word 或 WPS 打开 .docx，另存为 PDF" in one.hint


def test_what_it_makes_is_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made").write_bytes(STAMPED)
    monkeypatch.setenv("DRAFTER_SOFFICE", program(tmp_path, f'{OUT}; cp "{tmp_path}/made" "$out/in.pdf"'))
    assert office.pdf(docx(), PLACE) == office.settled(STAMPED, b"20220930")
    assert office.pdf(docx(None), PLACE) == office.settled(STAMPED, b"20000101")
    assert office.pdf(b"no zip", PLACE) == office.settled(STAMPED, b"20000101")


@pytest.fixture(scope="module")
def real() -> tuple[bytes, bytes]:
    """The same report made twice at the same time, each in a folder and profile of its own."""
    need(office.find(), "LibreOffice is not installed")
    data = docx()
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: office.pdf(data, PLACE), range(2))
    return first, second


@pytest.mark.timeout(200)
def test_the_same_docx_gives_the_same_pdf(real: tuple[bytes, bytes]) -> None:
    assert real[0].startswith(b"%PDF")
    assert real[0] == real[1]


@pytest.mark.timeout(200)
def test_the_pdf_says_what_the_report_says(real: tuple[bytes, bytes], tmp_path: Path) -> None:
    for tool in ("pdftotext", "pdfinfo"):
        need(shutil.which(tool), f"{tool} is not installed")
    path = tmp_path / "a.pdf"
    path.write_bytes(real[0])
    environment = os.environ | {"TZ": "UTC", "LC_ALL": "C.UTF-8"}
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, env=environment).stdout.decode()
    assert "".join(said.split()).startswith("安全生产工作总结一、情况（一）甲。发生事故6起。")
    told = subprocess.run(["pdfinfo", path], capture_output=True, check=True, env=environment).stdout.decode()
    assert re.search(r"CreationDate: +Fri Sep 30 00:00:00 2022", told)
    assert re.search(r"Title: +安全生产工作总结", told)
    assert re.search(r"Page size: .*A4", told)


REPORT_FILES = {
    "templates/局/通知/1.txt": "一、任务\n抓好{{ 件数 }}。\n",
    "templates/局/通知/报告.yaml": "标题: 通知\n版式: 公文\n发文字号: 清安〔2022〕3号\n印发机关: 局办公室\n印发日期: 成文日期\n",
    "data/局/2022-09.yaml": "期间: 2022-09\n件数: 3件\n",
}


def test_without_libreoffice_the_other_formats_are_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAFTER_SOFFICE", "/没有这个程序")
    project = make(tmp_path / "project", REPORT_FILES)
    [result] = built(project, tmp_path / "out", ("docx", "html", "pdf", "txt"))
    assert [Path(name).suffix for name in result.files] == [".docx", ".html", ".txt"]
    assert all(Path(name).is_file() for name in result.files)
    assert result.status == "built"
    [told] = [one for one in result.diagnostics if one.severity is Severity.ERROR]
    assert (told.code, told.span.file) == ("P121", "templates/局/通知/报告.yaml")
    [alone] = built(project, tmp_path / "other", ("pdf",))
    assert (alone.status, alone.files) == ("failed", ())


@pytest.mark.timeout(200)
def test_a_pdf_that_says_the_same_is_unchanged(tmp_path: Path) -> None:
    need(office.find(), "LibreOffice is not installed")
    project = make(tmp_path / "project", REPORT_FILES)
    first, second = (built(project, tmp_path / "out", ("pdf",))[0] for _ in range(2))
    assert (first.status, second.status) == ("built", "unchanged")


def test_a_txt_of_a_red_head_is_whole(tmp_path: Path) -> None:
    [result] = built(make(tmp_path / "project", REPORT_FILES), tmp_path / "out", ("txt",))
    said = Path(result.files[0]).read_text("utf-8").splitlines()
    assert said[:3] == ["局文件", "清安〔2022〕3号", "通知"]
    assert said[-1] == "局办公室　2022年9月30日印发"
