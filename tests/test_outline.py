"""Reading, renumbering and writing by cases; see cases/outline."""

from __future__ import annotations

import pytest

from drafter import chain, text, units
from drafter import outline as walk
from drafter.source import typed
from drafter.style import ITEM
from tests.case_files import CASES, Case, load

FOUND = load(CASES / "outline")


@pytest.mark.parametrize("case", [c for c in FOUND if "units" in c.parts], ids=str)
def test_units(case: Case) -> None:
    outline, _ = text.read(typed(case.input, "t.txt"))
    lead, found = units.units(outline)
    shown = [
        f"{u.marker.level.depth if u.marker.level.depth != ITEM else 'item'} {u.marker}|{u.heading}|{u.body}"
        for u in found
    ]
    assert [s.replace("\n", "¶") for s in shown] == case.lines("units")
    if "lead" in case.parts:
        whole = (outline.title.text + "\n" if outline.title else "") + lead
        assert whole.endswith(case.parts["lead"])


@pytest.mark.parametrize("case", [c for c in FOUND if "notes" in c.parts], ids=str)
def test_notes(case: Case) -> None:
    _, told = text.read(typed(case.input, "t.txt"))
    assert [f"{d.span.line}:{d.span.column} {d.code} {d.message}" for d in told] == case.lines("notes")


@pytest.mark.parametrize("case", [c for c in FOUND if "rendered" in c.parts], ids=str)
def test_rendered(case: Case) -> None:
    outline, _ = text.read_body(typed(case.input, "t.txt"))
    done = chain.settle(chain.renumber(outline, loops=True))
    assert text.write(done, guard=False).rstrip("\n") == case.parts["rendered"]
    assert chain.renumber(chain.renumber(outline)) == chain.renumber(outline)


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_nothing_is_lost(case: Case) -> None:
    document = units.as_json(text.read(typed(case.input, "t.txt"))[0], case.input)
    kept = str(document["title"]) + str(document["lead"])
    for unit in document["units"]:  # type: ignore[attr-defined]
        assert case.input[unit["start"] :].startswith(unit["marker"])
        kept += unit["marker"] + unit["heading"] + unit["body"]
    bare = str.maketrans("", "", " \t\n^-:|\u00a0\u3000")
    assert kept.translate(bare) == case.input.translate(bare)


def test_official_addresses() -> None:
    outline, _ = text.read(typed("一、甲\n（一）子。丑。\n（二）寅。卯。\n二、乙\n1.辰。巳。", "t.txt"))
    found = [walk.address(path, section) for path, section in walk.walk(outline.sections)]
    assert found == ["一、", "一、（一）", "一、（二）", "二、", "二、1."]
    assert walk.address((), outline.sections[1], 2) == "二、第2段"
