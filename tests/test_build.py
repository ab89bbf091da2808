"""Builds that go wrong: the rest is built, the old file stays, every line says where and what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from drafter import build as room
from drafter import draft as drafting
from drafter import ledger
from drafter.cli import main
from tests.project_files import built, make

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
