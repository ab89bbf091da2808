"""L10: a file is whole or absent, whatever fails when; what was edited by hand is kept."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from drafter import ledger

STEPS = ("open", "write", "flush", "fsync", "replace")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_l10_a_failing_step_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    target = tmp_path / "报告.docx"
    ledger.write_whole(target, b"old")

    class Failing:
        def __init__(self, inner):
            self.inner = inner

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.inner.close()

        def __getattr__(self, name):
            if name == step:
                raise OSError(code, "planted")
            return getattr(self.inner, name)

    opened = Path.open

    def open_failing(path, *args, **named):
        if step == "open":
            raise OSError(code, "planted")
        return Failing(opened(path, *args, **named))

    def fail(*_):
        raise OSError(code, "planted")

    monkeypatch.setattr(Path, "open", open_failing)
    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    if step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="planted"):
        ledger.write_whole(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["报告.docx"]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_l10_a_killed_writer_leaves_old_or_new(tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    old, new = b"o" * 3_000_000, b"n" * 3_000_000
    program = (
        "import sys; from pathlib import Path; from drafter import ledger\n"
        "while True:\n    ledger.write_whole(Path(sys.argv[1]), b'n'*3000000); ledger.write_whole(Path(sys.argv[1]), b'o'*3000000)"
    )
    for round_number in range(8):
        ledger.write_whole(target, old)
        child = subprocess.Popen([sys.executable, "-c", program, str(target)])
        time.sleep(0.15 + round_number * 0.021)
        child.send_signal(signal.SIGKILL)
        child.wait()
        assert target.read_bytes() in (old, new)
    ledger.sweep(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["报告.docx"]


def test_a_held_file_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "报告.docx"
    real, calls = Path.replace, []

    def held(path, other):
        calls.append(other)
        if len(calls) < 4:
            raise PermissionError(errno.EACCES, "held")
        return real(path, other)

    monkeypatch.setattr(Path, "replace", held)
    ledger.write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert len(calls) == 4


def test_a_link_and_the_mode_are_kept(tmp_path: Path) -> None:
    real = tmp_path / "实际.docx"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "链接.docx"
    link.symlink_to(real)
    ledger.write_whole(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_the_ledger_survives_rubbish(tmp_path: Path) -> None:
    (tmp_path / ledger.NAME).write_bytes(b'{"written": [1')
    book = ledger.Ledger(tmp_path)
    assert not book.is_ours("a", b"x")
    book.record("a", b"x")
    assert ledger.Ledger(tmp_path).is_ours("a", b"x")
