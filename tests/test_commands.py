"""The manual is the test: every page in commands/ is run in an empty project folder, block by block.

```file data/某局/2022-09.yaml      writes the file
```console                          runs each `$ drafter …` or `$ cat …`; output (stdout, then stderr) must follow,
                                    and `=> N` when the exit code is not 0
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from drafter.cli import main

PAGES = sorted((Path(__file__).parent / "commands").glob("*.md"))
BLOCK = re.compile(r"^```(file|console)(?: (\S+))?\n(.*?)^```$", re.M | re.S)


def run(line: str) -> str:
    words = shlex.split(line)
    if words[0] == "cat":
        return Path(words[1]).read_text("utf-8")
    if words[0] == "rm":
        Path(words[1]).unlink()
        return ""
    assert words[0] == "drafter", line
    done = CliRunner().invoke(main, words[1:])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    code = f"=> {done.exit_code}\n" if done.exit_code else ""
    return done.stdout + done.stderr + code


def play(kind: str, name: str, body: str) -> str:
    if kind == "file":
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, "utf-8")
        return body
    return "".join(f"$ {line}\n{run(line)}" for line in re.findall(r"^\$ (.+)$", body, re.M))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accept: bool) -> None:
    source = page.read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    for folder in ("templates", "data"):
        (tmp_path / folder).mkdir()
    commands = 0

    def replay(found: re.Match[str]) -> str:
        nonlocal commands
        commands += found[1] == "console"
        title = f" {found[2]}" if found[2] else ""
        return f"```{found[1]}{title}\n{play(found[1], found[2], found[3])}```"

    played = BLOCK.sub(replay, source)
    assert commands
    if accept:
        page.write_text(played, "utf-8")
    else:
        assert played == source


def test_there_are_pages() -> None:
    assert len(PAGES) >= 5
