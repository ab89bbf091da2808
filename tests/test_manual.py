"""The manual and the README tell the truth: every example is run, and nothing that there is goes unmentioned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff
from inspect import signature
from pathlib import Path

import click
import pytest

from drafter import period
from drafter.check import CODES
from drafter.cli import main
from drafter.facts.vocabulary import FIGURE_KEYS, INDICATOR_KEYS
from drafter.phrases import FILTERS, TESTS
from tests.manual import Manual

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "手册.md"
README = ROOT / "README.md"
PAGES = (MANUAL, README, ROOT / "CHANGELOG.md")
ENOUGH = {"console": 18, "例": 120, "得到": 4, "模板": 8, "事实": 12, "设置": 1, "词": 19}
"""At least so many examples of each kind are run."""


def test_every_example_is_true(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accept: bool) -> None:
    source = MANUAL.read_text("utf-8")
    manual = Manual(tmp_path / "project", tmp_path / "scratch")
    manual.folder.mkdir()
    monkeypatch.chdir(manual.folder)
    played = manual.play(source)
    assert {kind: manual.run.get(kind, 0) for kind in ENOUGH if manual.run.get(kind, 0) < ENOUGH[kind]} == {}
    if accept:
        MANUAL.write_text(played, "utf-8")
    else:
        assert [*unified_diff(source.splitlines(), played.splitlines(), "written", "true", lineterm="", n=0)] == []


def examples() -> str:
    """The lines of the manual that are run as templates."""
    found = re.findall(r"^```text (?:例|得到)\n(.*?)^```$", MANUAL.read_text("utf-8"), re.M | re.S)
    assert len(found) > 20
    return "".join(found)


def options_table() -> dict[str, tuple[str, str]]:
    """Filter → (alias, what the manual says of its brackets)."""
    rows = re.findall(r"^\| ([一-鿿、]+) \| ([a-z_、]+) \|(.*)\|$", MANUAL.read_text("utf-8"), re.M)
    pairs = [
        (*pair, said)
        for names, aliases, said in rows
        for pair in zip(names.split("、"), aliases.split("、"), strict=True)
    ]
    return {name: (alias, said) for name, alias, said in pairs}


@pytest.mark.parametrize("row", FILTERS, ids=lambda row: row.name)
def test_every_filter_is_shown_with_its_options(row) -> None:
    shown = re.search(rf"\| ?{row.name}(?!\w)", examples()) is not None
    assert shown, row.name
    alias, said = options_table()[row.name]
    assert alias == row.alias
    options = [name for name in list(signature(row.run).parameters)[1:] if not name.isascii()]
    assert [name for name in options if name not in said] == []


@pytest.mark.parametrize("name", [name for name, *_ in TESTS])
def test_every_test_is_shown(name: str) -> None:
    shown = re.search(rf"is (?:not )?{name}(?!\w)", examples()) is not None
    assert shown, name


def test_every_word_of_a_period_is_shown() -> None:
    source = MANUAL.read_text("utf-8")
    words = period.words(period.month(2022, 9))
    assert len(words) > 15
    assert [word for word in words if f"| `{{{{ {word} }}}}` |" not in source] == []


def test_every_key_is_told() -> None:
    source = MANUAL.read_text("utf-8")
    tables = "".join(re.findall(r"^\|.*\|$", source, re.M))
    assert [key for key in (*FIGURE_KEYS, *INDICATOR_KEYS) if key not in tables] == []


def test_every_code_that_is_named_exists() -> None:
    named = set(re.findall(r"\b[NHSFTPD]\d{3}\b", "".join(page.read_text("utf-8") for page in PAGES)))
    assert len(named) > 40
    assert named - {row.code for row in CODES} == set()


def test_every_code_of_facts_and_templates_is_told() -> None:
    source = MANUAL.read_text("utf-8")
    codes = [row.code for row in CODES if row.code[0] in "FTS"]
    assert len(codes) > 30
    assert [code for code in codes if code not in source] == []


def commands(group: click.Group = main, name: str = "drafter") -> Iterator[tuple[str, click.Command]]:
    """Every command with its whole name."""
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def options(command: click.Command) -> list[str]:
    return [opt for p in command.params if isinstance(p, click.Option) for opt in p.opts if opt.startswith("--")]


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda x: x if isinstance(x, str) else "")
def test_every_command_stands_in_the_tables(name: str, command: click.Command) -> None:
    for page in (MANUAL, README):
        rows = re.findall(rf"^\| `{name}\b.*\|$", page.read_text("utf-8"), re.M)
        assert rows, f"{page.name}: {name}"
        assert [opt for opt in options(command) if opt not in "".join(rows)] == [], page.name


def test_links_lead_somewhere() -> None:
    source = MANUAL.read_text("utf-8")
    heads = {re.sub(r"[^\w\- ]", "", h).lower().replace(" ", "-") for h in re.findall(r"^#+ (.+)$", source, re.M)}
    links = re.findall(r"\]\(#([^)]+)\)", source)
    assert len(links) >= 8
    assert [link for link in links if link not in heads] == []


def test_the_manual_stays_readable() -> None:
    length = len(MANUAL.read_text("utf-8").splitlines())
    assert length <= 1150
