"""Builds that go wrong: the rest is built, the old file stays, every line says where and what to do."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from drafter import build as room
from drafter import draft as drafting
from drafter import ledger
from drafter.cli import main
from drafter.diagnostic import Severity
from tests.project_files import built, drafted, make

GOOD = {
    "data/某局/2022-09.yaml": "期间: 2022-09\n事故起数: 6\n",
    "templates/某局/月报/1.txt": "一、形势\n发生{{ 事故起数 }}起。\n",
    "data/另局/2022-09.yaml": "期间: 2022-09\n事故起数: 7\n",
    "templates/另局/月报/1.txt": "一、形势\n发生{{ 事故起数 }}起。\n",
}


def status(results: list[room.Result]) -> dict[str, str]:
    return {r.target: r.status for r in results}


def test_a_failed_report_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    project = make(tmp_path, GOOD)
    assert set(status(built(project, out)).values()) == {"built"}
    old = (out / "某局" / "2022-09-月报.txt").read_bytes()
    broken = make(
        tmp_path,
        {
            "templates/某局/月报/1.txt": "一、形势\n发生{{ 事故起数|同笔 }}。\n",
            "data/另局/2022-09.yaml": "事故起数: 8\n",
        },
    )
    assert status(built(broken, out)) == {"某局/月报": "failed", "另局/月报": "built"}
    assert (out / "某局" / "2022-09-月报.txt").read_bytes() == old
    assert "发生8起" in (out / "另局" / "2022-09-月报.txt").read_text("utf-8")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    built(make(tmp_path, GOOD), out)
    old = (out / "某局" / "2022-09-月报.txt").read_bytes()
    changed = make(tmp_path, {"data/某局/2022-09.yaml": "事故起数: 9\n"})

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    results = {r.target: r for r in built(changed, out)}
    assert results["某局/月报"].status == "failed"
    assert [d.code for d in results["某局/月报"].diagnostics] == ["P106"]
    assert (out / "某局" / "2022-09-月报.txt").read_bytes() == old
    assert not list(out.rglob(f"{ledger.TEMPORARY}*"))


def test_the_output_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", "utf-8")
    for result in built(make(tmp_path, GOOD), tmp_path / "out"):
        assert (result.status, [d.code for d in result.diagnostics]) == ("failed", ["P106"])


def test_a_fault_of_our_own_is_told_and_the_rest_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = drafting.Builder.draft

    def faulty(self, report, period):
        if report.department == "某局":
            raise RuntimeError("planted")
        return real(self, report, period)

    monkeypatch.setattr(drafting.Builder, "draft", faulty)
    results = {r.target: r for r in built(make(tmp_path, GOOD), tmp_path / "out")}
    assert [d.code for d in results["某局/月报"].diagnostics] == ["P199"]
    assert results["另局/月报"].status == "built"


def test_outside_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["build"])
    assert done.exit_code == 2
    assert "P101" in done.stderr


def test_interrupted_writing_is_swept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "某局").mkdir(parents=True)
    (out / "某局" / f"{ledger.TEMPORARY}999999999-ab12cd34").write_bytes(b"half")
    built(make(tmp_path, GOOD), out)
    assert sorted(p.name for p in (out / "某局").iterdir()) == ["2022-09-月报.txt"]


def test_hand_edits_are_kept_each_time(tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(make(tmp_path, GOOD), out)
    target = out / "某局" / "2022-09-月报.txt"
    for number in (1, 2):
        target.write_text(f"手改{number}", "utf-8")
        project = make(tmp_path, {"data/某局/2022-09.yaml": f"事故起数: {number}0\n"})
        told = next(r for r in built(project, out) if r.target == "某局/月报").diagnostics
        assert "P107" in [d.code for d in told]
        assert (out / "某局" / f"2022-09-月报（手改{number}）.txt").read_text("utf-8") == f"手改{number}"
        assert f"发生{number}0起" in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "want", "codes"),
    [
        ("期末", "2022年9月30日", []),
        ("2022-10-08", "2022年10月8日", []),
        ("2022年09月08日", "2022年9月8日", []),
        ('"{{ 年 }}年10月1日"', "2022年10月1日", []),
        ("2022年9月31日", None, ["P104"]),
        ("国庆前", None, ["P104"]),
    ],
)
def test_the_date_of_a_report(tmp_path: Path, said: str, want: str | None, codes: list[str]) -> None:
    project = make(tmp_path, {**GOOD, "templates/某局/月报/报告.yaml": f"成文日期: {said}\n"})
    draft = drafted(project, "某局/月报", "2022-09")
    assert [d.code for d in draft.diagnostics if d.code != "T107"] == codes
    if want:
        assert draft.outline is not None
        assert draft.outline.signature[-1].text == want


def test_a_report_without_sections_says_so(tmp_path: Path) -> None:
    """An empty folder, a folder that holds only its 附件, a folder beside a warning of drafter.yaml."""
    bound = {
        "templates/某局/通知/报告.yaml": "附件: {名称: 清单, 章节: 附件1}\n",
        "templates/某局/通知/附件1.txt": "甲\n",
    }
    project = make(tmp_path, {**GOOD, **bound, "drafter.yaml": "单位: {三局: 县三局}\n"})
    (tmp_path / "templates/某局/周报").mkdir()
    for name in ("周报", "通知"):
        told = [d for d in drafted(project, f"某局/{name}", "2022-09").diagnostics if d.severity is Severity.ERROR]
        assert [(d.code, d.message) for d in told] == [("P105", f"“某局/{name}”没有章节")]


@pytest.mark.parametrize(
    ("yaml", "want"),
    [
        ("主送: [各乡镇, 县直各部门]", ["P104 “主送”要写一段文字 ➜ 写在一行，例：主送: 各乡镇，县直各部门"]),
        ("附注: {甲: 乙}\n标题: [甲]", [
            "P104 “附注”要写一段文字 ➜ 写在一行，例：附注: …", "P104 “标题”要写一段文字 ➜ 写在一行，例：标题: 甲",
        ]),
        ("目录: 七", ["P104 不认识的目录“七” ➜ 可用：否、是、1、2、3、4、5、无、1层、2层、3层、4层、5层"]),
        ("附件: [{名称: 清单, 章节: 附件2}]", ["P105 找不到章节“附件2” ➜ 可选：1"]),
    ],
)  # fmt: skip
def test_settings_of_a_wrong_kind(tmp_path: Path, yaml: str, want: list[str]) -> None:
    """Told in the order of the file, with what to write instead."""
    project = make(tmp_path, {**GOOD, "templates/某局/月报/报告.yaml": yaml + "\n"})
    told = [d for d in drafted(project, "某局/月报", "2022-09").diagnostics if d.severity is Severity.ERROR]
    assert [f"{d.code} {d.message} ➜ {d.hint}" for d in told] == want


def test_a_filter_that_lost_its_bar_is_told(tmp_path: Path) -> None:
    project = make(tmp_path, {**GOOD, "templates/某局/月报/1.txt": "发生{{ 事故起数，同比 }}。{{ 环比 }}{{ 是 }}\n"})
    told = [d for d in drafted(project, "某局/月报", "2022-09").diagnostics if d.severity is Severity.ERROR]
    assert [d.hint for d in told] == [
        "“同比”是过滤器，写在竖线后面：{{ 名称|同比 }}",
        "“环比”是过滤器，写在竖线后面：{{ 名称|环比 }}",
        "是写成 true",
    ]


def test_all_errors_of_a_run_are_told_together(tmp_path: Path) -> None:
    files = {
        "data/某局/2022-09.yaml": "期间: 2022-09\n起数: {本其: 6}\n",
        "templates/某局/月报/1.txt": "共{{ 起数|同币 }}\n",
        "templates/某局/月报/2.txt": "甲{{ 起数\n",
    }
    draft = drafted(make(tmp_path, files), "某局/月报", "2022-09")
    assert [(d.span.file, d.code) for d in draft.diagnostics] == [
        ("data/某局/2022-09.yaml", "F103"),
        ("templates/某局/月报/1.txt", "T103"),
        ("templates/某局/月报/2.txt", "T101"),
    ]


def test_an_unreadable_template_is_told_as_such(tmp_path: Path) -> None:
    project = make(tmp_path, GOOD)
    (tmp_path / "templates/某局/月报/1.txt").write_bytes("一、甲\n乙".encode() + b"\xff\xfe\x00")
    [result] = [r for r in built(project, tmp_path / "out") if r.target == "某局/月报"]
    assert [(d.code, d.span.line) for d in result.diagnostics] == [("F107", 2)]


def test_what_is_left_over_stops_only_the_final_version(tmp_path: Path) -> None:
    files = {**GOOD, "templates/某局/月报/1.txt": "一、甲\n完成xx项，【待补：某】。\n"}
    results = {r.target: r for r in built(make(tmp_path, files), tmp_path / "out")}
    assert results["某局/月报"].status == "built"
    assert [d.code for d in results["某局/月报"].diagnostics] == ["H101", "H101"]
    final = {r.target: r for r in built(make(tmp_path, files), tmp_path / "out", final=True)}
    assert (final["某局/月报"].status, final["某局/月报"].files) == ("failed", ())


def test_json_is_pure_even_for_usage_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, GOOD)
    monkeypatch.chdir(tmp_path)
    for arguments in (["-p", "何时"], ["--format", "doc"], ["没有"], []):
        done = CliRunner().invoke(main, ["build", "--json", *arguments])
        document = json.loads(done.stdout)
        assert document.get("reports") or document["diagnostics"][0]["hint"]
        assert done.stderr == ""
