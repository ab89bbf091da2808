"""LibreOffice: found or not, and .doc .wps .rtf .odt read through it, or refused with what to do."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from drafter import office
from drafter.diagnostic import DraftError, Severity
from drafter.reading import read
from tests.docx_check import need
from tests.word_files import docx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OLD = OLE + "WordDocument".encode("utf-16-le")
RTF = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}\f0 "
    + "".join(f"\\u{ord(c)}?" for c in "一、安全形势")
    + r"\par "
    + "".join(f"\\u{ord(c)}?" for c in "发生事故6起。")
    + r"\par}"
).encode("ascii")


def program(folder: Path, script: str) -> str:
    """A stand-in for LibreOffice: a shell script that gets its arguments."""
    need(os.name == "posix", "a shell script stands in for LibreOffice")
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


OUT = 'while [ "$1" != "--outdir" ]; do shift; done; out="$2"; mkdir -p "$out"'
"""Shell lines that find the folder the result belongs in."""


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAFTER_SOFFICE", "/没有这个程序")


@pytest.fixture
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)


def told(path: Path, data: bytes) -> tuple[str, str, str]:
    """(code, message, hint) of the refusal."""
    path.write_bytes(data)
    with pytest.raises(DraftError) as refused:
        read(path, path.name)
    (one,) = refused.value.diagnostics
    assert one.span.file == path.name
    return one.code, one.message, one.hint


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".DOC"])
def test_without_it_the_way_by_hand_is_told(suffix: str, tmp_path: Path, no_office: None) -> None:
    code, message, hint = told(tmp_path / f"报告{suffix}", OLD)
    assert code == "D107"
    assert "没有找到 LibreOffice" in message
    assert "另存为“Word 文档（*.docx）”" in hint


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("报告.doc", OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        ("报告.doc", b"<html><img src='http://127.0.0.1/a.png'></html>", "网页"),
        ("报告.wps", b"%PDF-1.7", "PDF"),
        ("报告.doc", b"", "空文件"),
        ("报告.doc", OLE + "Workbook".encode("utf-16-le"), "Excel"),
        ("报告.rtf", "正文".encode(), "纯文本"),
    ],
)
def test_what_is_no_report_is_not_given_to_it(
    name: str, data: bytes, words: str, tmp_path: Path, no_process: None
) -> None:
    code, message, _ = told(tmp_path / name, data)
    assert code == "D107"
    assert words in message


@pytest.mark.parametrize("data", [OLD, OLE, RTF])
def test_no_process_is_started_for_a_docx(data: bytes, tmp_path: Path, no_process: None) -> None:
    assert told(tmp_path / "报告.docx", data)[0] in ("D101", "D102")


def test_an_old_file_under_another_name_is_refused(tmp_path: Path, no_process: None) -> None:
    assert told(tmp_path / "报告.txt", OLD)[:2] == ("D102", "读不了：这是旧版 Word 文件（.doc）")
    assert told(tmp_path / "报告.bak", RTF)[:2] == ("D101", "读不了：这是 RTF 文件")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("报告.pdf", b"%PDF-1.7\n1 0 obj", "PDF"),
        ("报告.txt", "<!DOCTYPE html><body>一、甲".encode(), "网页"),
        ("报告.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "Word XML"),
        ("报告.mht", b"MIME-Version: 1.0\n", "网页"),
        ("报告.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "图片"),
        ("报告.rar", b"Rar!\x1a\x07\x00", "压缩文件"),
        ("报告.bmp", b"BM\x36\x00\x00\x00", "图片"),
    ],
)
def test_what_is_no_text_is_not_read_as_one(
    name: str, data: bytes, words: str, tmp_path: Path, no_process: None
) -> None:
    code, message, hint = told(tmp_path / name, data)
    assert code == "D101"
    assert words in message
    assert ".txt" in hint


@pytest.mark.parametrize("text", ["BMI指数", "PK赛：一、甲", "Rar!", "GIF8", "PDF", "<一>甲"])
def test_text_that_begins_like_another_kind_is_text(text: str, tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text(text, encoding="utf-8")
    assert read(path, path.name).source == text


def test_a_docx_called_doc_is_read_as_it_is(tmp_path: Path, no_process: None) -> None:
    path = tmp_path / "报告.doc"
    path.write_bytes(docx("1/0 甲", "甲: decimal %1.\n1 = 甲"))
    assert read(path, "报告.doc").source == "1.甲"


def test_a_converted_file_keeps_its_name_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(docx("/ 标题\n1/0 甲\n9/0 乙", "甲: decimal %1.\n1 = 甲"))
    calls = tmp_path / "calls"
    script = f'echo "$@" >> "{calls}"; {OUT}; cp "{made}" "$out/in.docx"'
    monkeypatch.setenv("DRAFTER_SOFFICE", program(tmp_path, script))
    path = tmp_path / "报告.wps"
    path.write_bytes(OLE)
    document = read(path, "局/报告.wps")
    assert document.source == "标题\n1.甲\n乙"
    assert [(d.code, d.severity, d.span.file, d.span.line) for d in document.diagnostics] == [
        ("D119", Severity.NOTE, "局/报告.wps", 1),
        ("D116", Severity.WARNING, "局/报告.wps", 3),
    ]
    (call,) = calls.read_text(encoding="utf-8").splitlines()
    assert "--headless" in call
    assert "-env:UserInstallation=file://" in call
    assert call.split()[-1].endswith("in.wps")


def test_it_runs_in_a_folder_of_its_own_with_nothing_switched_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        f'profile="${{1#-env:UserInstallation=file://}}"; cp "$profile/user/registrymodifications.xcu" "{tmp_path}"'
    )
    monkeypatch.setenv(
        "DRAFTER_SOFFICE", program(tmp_path, f"{script}; echo \"$profile\" > '{tmp_path}/where'; exit 1")
    )
    with pytest.raises(office.NotConverted, match="打不开这个文件"):
        office.convert(OLD, ".doc", "docx")
    settings = (tmp_path / "registrymodifications.xcu").read_text(encoding="utf-8")
    assert 'name="DisableMacrosExecution" oor:op="fuse"><value>true' in settings
    assert 'name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1' in settings
    profile = Path((tmp_path / "where").read_text(encoding="utf-8").strip())
    assert not profile.parent.exists(), "the folder is gone afterwards"


def test_it_is_given_up_after_a_time_and_ended_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = f"sleep 60 & echo $! > '{tmp_path}/child'; wait"
    monkeypatch.setenv("DRAFTER_SOFFICE", program(tmp_path, script))
    start = time.monotonic()
    with pytest.raises(office.NotConverted, match="超过1秒"):
        office.convert(OLD, ".doc", "docx", seconds=1)
    assert time.monotonic() - start < 20
    child = Path(f"/proc/{(tmp_path / 'child').read_text(encoding='utf-8').strip()}")
    for _ in range(50):
        if not child.exists():
            break
        time.sleep(0.1)
    assert not child.exists() or "State:\tZ" in (child / "status").read_text(encoding="utf-8")


def test_it_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "soffice"
    path.write_bytes(b"no program")
    monkeypatch.setenv("DRAFTER_SOFFICE", str(path))
    with pytest.raises(office.NotConverted, match="打不开"):
        office.convert(OLD, ".doc", "docx")


def test_it_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DRAFTER_SOFFICE", raising=False)
    monkeypatch.setattr(office, "_PLACES", ())
    monkeypatch.setattr(office, "_PATTERNS", ((str(tmp_path), "libreoffice*/soffice"),))
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    assert office.find() is None
    for version in ("7.4", "24.2"):
        (tmp_path / f"libreoffice{version}").mkdir()
        (tmp_path / f"libreoffice{version}" / "soffice").write_bytes(b"")
    assert office.find() == str(tmp_path / "libreoffice7.4" / "soffice")
    monkeypatch.setattr(office, "_PLACES", (str(tmp_path / "libreoffice24.2" / "soffice"),))
    assert office.find() == str(tmp_path / "libreoffice24.2" / "soffice")


def test_the_real_one(tmp_path: Path) -> None:
    need(office.find(), "LibreOffice is not installed")
    path = tmp_path / "报告.rtf"
    path.write_bytes(RTF)
    document = read(path, "报告.rtf")
    assert document.source == "一、安全形势\n发生事故6起。"
    assert [d.code for d in document.diagnostics] == ["D119"]
    assert office.convert(docx("/ 甲"), ".docx", "pdf").startswith(b"%PDF")
