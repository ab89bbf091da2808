"""outline, fmt and check on files: what a clerk is told, and what a scheduled job gets."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from drafter.cli import main
from drafter.reading import Apart, read
from drafter.source import Span
from drafter.word.found import EDGES, KINDS
from tests.manual_word import word_file

GOOD = "清源县某局工作总结\n一、工作\n（一）抓项目。做了甲。\n（二）抓安全。做了乙。\n二、打算\n"
BAD = "清源县某局工作总结\n一、工作\n(一)抓项目。做了甲。\n（三）抓安全。做了乙。\n二、打算\n"
JOBS = [
    ("outline 好.txt", 0), ("outline 坏.txt", 0), ("outline 密.docx", 3), ("outline 没有.txt", 3),
    ("fmt 好.txt --check", 0), ("fmt 坏.txt --check", 1), ("fmt 密.docx --check", 3), ("fmt 没有.txt 密.docx --check", 3),
    ("fmt 没有.txt 好.txt --check", 1),
    ("check 好.txt", 0), ("check 坏.txt", 1), ("check 密.docx", 3), ("check 没有.txt 密.docx", 3), ("check 没有.txt 好.txt", 1),
    ("check 没有.pdf", 3), ("check 夹", 2), ("check .", 2), ("check 空夹", 2),
    ("outline 夹", 3), ("outline .", 3), ("fmt 夹", 3), ("fmt 夹 好.txt --check", 1), ("fmt 空夹 --check", 3),
]  # fmt: skip
"""Command, exit code: 1 for faults or some files unread, 3 when nothing could be read."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "好.txt").write_text(GOOD, "utf-8")
    (tmp_path / "坏.txt").write_text(BAD, "utf-8")
    (tmp_path / "密.docx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    (tmp_path / "夹").mkdir()
    (tmp_path / "夹" / "甲.docx").write_bytes(b"")
    (tmp_path / "空夹").mkdir()
    return tmp_path


def run(words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, words.split())
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("words", "code"), JOBS, ids=str)
def test_a_job_gets_one_document_and_the_same_exit_code(words: str, code: int) -> None:
    found, out, err = run(words)
    assert (found, bool(out + err)) == (code, True)
    found, out, err = run(f"{words} --json")
    assert (found, err) == (code, "")
    document = json.loads(out)
    assert all(one["message"] and one["file"] and one["hint"] for one in document["diagnostics"])
    assert document["diagnostics"] or code < 2


FOLDERS = [("夹", "甲.docx"), (".", "坏.txt、好.txt、密.docx"), ("很多", "很多/0.txt、很多/1.txt、很多/2.txt 等7个")]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("target", "named"), FOLDERS, ids=str)
@pytest.mark.parametrize("command", ["outline", "fmt", "check"])
def test_a_folder_names_what_is_in_it(command: str, target: str, named: str) -> None:
    Path("很多").mkdir()
    for name in (*(f"{n}.txt" for n in range(7)), "~$锁.docx", ".藏.txt", "表.xlsx", "图.png"):
        (Path("很多") / name).write_bytes(b"")
    Path("很多/0.docx").mkdir()
    told = run(f"{command} {target}")[2]
    assert told.startswith(f"{target}:1:1: P102 这是文件夹 ➜ 写上里面的文件名，如 ")
    assert named in told
    assert "P102 这是文件夹 ➜ 里面没有能读的文件" in run(f"{command} 空夹")[2]


@pytest.mark.usefixtures("folder")
def test_a_folder_of_the_project_is_a_target() -> None:
    for name in ("templates/某局/月报", "templates/夹/月报", "data/某局", "某局"):
        Path(name).mkdir(parents=True)
    Path("templates/某局/月报/1.txt").write_text("一、甲\n", "utf-8")
    assert "P103" in run("check 某局")[2]
    assert "P103" in run("check 某局/月报")[2]
    assert "这是文件夹" in run("check 夹")[2]
    assert "这是文件夹" in run("check ./")[2]


@pytest.mark.usefixtures("folder")
def test_changes_of_fmt_stand_where_check_says() -> None:
    document = json.loads(run("fmt 坏.txt --json")[1])
    (file,) = document["files"]
    assert len(file["changes"]) == file["places"] == 2
    told = run("fmt 坏.txt --check")[1]
    assert all(f"坏.txt:{one['line']}:{one['column']}: {one['kind']}" in told for one in file["changes"])


@pytest.mark.usefixtures("folder")
def test_a_blank_is_told_by_the_words_behind_it() -> None:
    Path("空.txt").write_text("某局2021年总结 2021年以来，做了甲。\n（一） 抓项目。做了 乙，丙 。\n", "utf-8")
    told = run("fmt 空.txt --check")[1]
    assert "空.txt:1:10: 空格：“2021年以来，”前去掉空格" in told
    assert "空格：“抓项目。做了" in told


@pytest.mark.usefixtures("folder")
def test_what_stands_apart_is_listed_below_the_tree() -> None:
    Path("旧.docx").write_bytes(
        word_file("〖页眉 内部资料〗\n总结\n〖编号 一、〗工作〖脚注 含续建。〗\n做了甲。\n〖编号 一、〗打算")
    )
    code, out, err = run("outline 旧.docx")
    assert (code, "D117" in err) == (0, True)
    assert out == "总结\n一、工作\n二、打算\n\n不在正文里的：\n  页眉：内部资料\n  脚注（第2段）：含续建。\n"


@pytest.mark.usefixtures("folder")
def test_every_kind_apart_is_listed_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    apart = tuple(Apart(kind, f"{kind}里的字", Span("好.txt", 3, 1)) for kind in KINDS)
    document = replace(read(Path("好.txt"), "好.txt"), apart=apart)
    monkeypatch.setattr("drafter.reading.read", lambda *_: document)
    shown = run("outline 好.txt")[1].partition("不在正文里的：\n")[2].splitlines()
    assert shown == [f"  {kind}{'' if kind in EDGES else '（第3段）'}：{kind}里的字" for kind in KINDS]
    assert set(EDGES) < set(KINDS)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", ["outline 改.docx", "check 改.docx", "fmt 改.docx", "fmt 改.docx --check"])
def test_tracked_changes_are_told_and_no_fault(words: str) -> None:
    Path("改.docx").write_bytes(
        word_file("总结\n〖编号 一、〗工作\n完成〖插入 6亿元〗〖删除 5亿元〗。\n〖编号 一、〗打算")
    )
    code, _, err = run(words)
    assert (code, "改.docx:1:1: D121 说明：有修订2处，按全部接受读（插入1处、删除1处）" in err) == (0, True)
    code, out, _ = run(f"{words} --json")
    (told,) = json.loads(out)["diagnostics"]
    assert (code, told["code"], told["severity"], told["line"]) == (0, "D121", "note", 1)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("depth", ["1", "2", "3"])
def test_a_tree_of_some_levels(depth: str) -> None:
    Path("层.txt").write_text("总结\n一、工作\n（一）甲。好。\n1.乙。一是丙。二是丁。\n", "utf-8")
    shown = run(f"outline 层.txt --depth {depth}")[1].splitlines()
    assert shown == ["总结", "一、工作", "  （一）甲。", "    1.乙。"][: 1 + int(depth)]
    assert run("outline 层.txt")[1].splitlines()[-2:] == ["      一是〔丙。〕", "      二是〔丁。〕"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", ["outline 好.txt", "fmt 好.txt", "check 好.txt"])
def test_what_nobody_thought_of_is_a_finding(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("甲")

    monkeypatch.setattr("drafter.text.read", broken)
    code, out, err = run(words)
    assert code == 3
    assert "好.txt:1:1: P199 程序出错：ValueError: 甲 ➜" in err
    code, out, err = run(f"{words} --json")
    assert (code, err, json.loads(out)["diagnostics"][0]["code"]) == (3, "", "P199")


def test_a_folder_that_may_not_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refused)
    monkeypatch.setattr(Path, "replace", refused)
    code, _, err = run("fmt 坏.txt --out 夹/新.txt")
    assert (code, "P106 写不进去" in err, "关掉正在用它的程序" in err) == (3, True, True)
    assert sorted(p.name for p in (folder / "夹").iterdir()) == ["甲.docx"]
