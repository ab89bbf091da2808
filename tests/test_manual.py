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
from drafter.canonical import formatted
from drafter.check import CODES
from drafter.cli import main
from drafter.facts.vocabulary import FIGURE_KEYS, INDICATOR_KEYS
from drafter.phrases import FILTERS, TESTS
from tests.manual import Manual

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "docs" / "手册.md"
OLD = ROOT / "docs" / "旧材料.md"
COMPARED = ROOT / "docs" / "比较.md"
NEW = ROOT / "docs" / "新部门.md"
IMPORTED = ROOT / "docs" / "导入.md"
LAYOUTS = ROOT / "docs" / "版式.md"
OFFICIAL = ROOT / "docs" / "公文.md"
OUTPUTS = ROOT / "docs" / "输出.md"
TRACED = ROOT / "docs" / "出处.md"
FRESH = ROOT / "docs" / "刷新.md"
README = ROOT / "README.md"
PAGES = (MANUAL, OLD, COMPARED, NEW, IMPORTED, LAYOUTS, OFFICIAL, OUTPUTS, TRACED, FRESH, README, ROOT / "CHANGELOG.md")
ENOUGH = {"console": 18, "例": 120, "得到": 4, "模板": 8, "事实": 12, "设置": 1, "词": 19}
"""At least so many examples of each kind are run."""


@pytest.mark.parametrize(
    ("page", "enough"),
    [
        (MANUAL, ENOUGH),
        (OLD, {"console": 12}),
        (COMPARED, {"console": 2}),
        (NEW, {"console": 7}),
        (IMPORTED, {"console": 5}),
        (LAYOUTS, {"console": 4}),
        (OFFICIAL, {"console": 4}),
        (OUTPUTS, {"console": 3}),
        (TRACED, {"console": 5}),
        (FRESH, {"console": 6}),
    ],
    ids=["手册", "旧材料", "比较", "新部门", "导入", "版式", "公文", "输出", "出处", "刷新"],
)
def test_every_example_is_true(
    page: Path, enough: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accept: bool
) -> None:
    source = page.read_text("utf-8")
    manual = Manual(tmp_path / "project", tmp_path / "scratch")
    manual.folder.mkdir()
    monkeypatch.chdir(manual.folder)
    played = manual.play(source)
    assert {kind: manual.run.get(kind, 0) for kind in enough if manual.run.get(kind, 0) < enough[kind]} == {}
    if accept:
        page.write_text(played, "utf-8")
    else:
        assert [*unified_diff(source.splitlines(), played.splitlines(), "written", "true", lineterm="", n=0)] == []


AMONG = {
    "二、": "某局总结\n一、甲方面情况\n做了甲。\n{}乙方面情况\n做了乙。\n三、丙方面情况\n做了丙。\n",
    "（二）": "某局总结\n一、工作\n（一）抓甲类。做了甲。\n{}抓乙类。做了乙。\n（三）抓丙类。做了丙。\n二、打算\n",
    "2.": "某局总结\n一、工作\n（一）工作。\n1.抓甲类。做了甲。\n{}抓乙类。做了乙。\n3.抓丙类。做了丙。\n",
    "（2）": "某局总结\n一、工作\n（一）工作。\n1.工作\n（1）抓甲类。做了甲。\n{}抓乙类。做了乙。\n（3）抓丙类。做了丙。\n",
    "②": "某局总结\n1.工作\n（1）工作\n①抓甲类。做了甲。\n{}抓乙类。做了乙。\n③抓丙类。做了丙。\n",
    "二是": "某局总结\n一、工作\n主要做法：一是抓甲类；{}抓乙类；三是抓丙类。\n",
}
"""Canonical form → a report in which a form of it stands between its neighbours."""


def forms() -> list[tuple[str, str]]:
    """(form as it is typed, canonical form) of the table of forms."""
    rows = re.findall(r"^\| ((?:`[^`]+` ?)+) \| `([^`]+)` \|$", OLD.read_text("utf-8"), re.M)
    return [(form, canonical) for typed, canonical in rows for form in re.findall("`([^`]+)`", typed)]


def test_the_table_of_forms_holds_every_level() -> None:
    assert {canonical for _, canonical in forms()} == set(AMONG)
    assert len(forms()) > 25


@pytest.mark.parametrize(("form", "canonical"), forms(), ids=repr)
def test_every_form_becomes_what_the_table_says(form: str, canonical: str) -> None:
    assert formatted(AMONG[canonical].format(form)) == AMONG[canonical].format(canonical)


def test_every_code_of_reading_is_told() -> None:
    source = OLD.read_text("utf-8")
    told = {int(code) for code in re.findall(r"D(\d{3})", source)}
    told |= {n for a, b in re.findall(r"D(\d{3})—D(\d{3})", source) for n in range(int(a), int(b) + 1)}
    codes = [int(row.code[1:]) for row in CODES if row.code[0] == "D"]
    assert len(codes) > 12
    assert [code for code in codes if code not in told] == []


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
    named = set(re.findall(r"\b[NHSFTPDCLYR]\d{3}\b", "".join(page.read_text("utf-8") for page in PAGES)))
    assert len(named) > 40
    assert named - {row.code for row in CODES} == set()


def test_every_code_of_facts_and_templates_is_told() -> None:
    source = MANUAL.read_text("utf-8") + NEW.read_text("utf-8")
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


@pytest.mark.parametrize(
    ("page", "enough"),
    [
        (MANUAL, 8),
        (OLD, 6),
        (COMPARED, 4),
        (NEW, 5),
        (IMPORTED, 7),
        (LAYOUTS, 9),
        (OFFICIAL, 8),
        (OUTPUTS, 4),
        (TRACED, 6),
    ],
    ids=["手册", "旧材料", "比较", "新部门", "导入", "版式", "公文", "输出", "出处"],
)
def test_links_lead_somewhere(page: Path, enough: int) -> None:
    source = page.read_text("utf-8")
    heads = {re.sub(r"[^\w\- ]", "", h).lower().replace(" ", "-") for h in re.findall(r"^#+ (.+)$", source, re.M)}
    links = re.findall(r"\]\(#([^)]+)\)", source)
    assert len(links) >= enough
    assert [link for link in links if link not in heads] == []
    assert [file for file in re.findall(r"\]\(([^)#]+\.md)\)", source) if not (page.parent / file).exists()] == []


@pytest.mark.parametrize(
    ("page", "most"),
    [
        (MANUAL, 1330),
        (OLD, 250),
        (COMPARED, 160),
        (NEW, 250),
        (IMPORTED, 250),
        (LAYOUTS, 250),
        (OFFICIAL, 250),
        (OUTPUTS, 250),
        (TRACED, 200),
    ],
    ids=["手册", "旧材料", "比较", "新部门", "导入", "版式", "公文", "输出", "出处"],
)
def test_the_manual_stays_readable(page: Path, most: int) -> None:
    assert len(page.read_text("utf-8").splitlines()) <= most
