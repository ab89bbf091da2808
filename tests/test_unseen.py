"""What cannot be seen: read past in markers, dropped by `drafter fmt`, kept where a script needs it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter import changes, check, text, units, unseen
from drafter.canonical import formatted
from drafter.source import typed
from drafter.width import widths

SIGNS = "\u00ad\u200b\u200c\u2060\ufeff"
REPORT = "清源县水利局工作总结\n一、工作情况\n（一）抓好防汛。今年以来，一是加固堤防；二是检修水库。\n1.抓机关。\n二、下步打算\n抓好落实。\n"


def sown(sign: str) -> str:
    """The report with a sign before, between and behind all its characters."""
    return "\n".join(sign + "".join(c + sign for c in line) for line in REPORT.rstrip("\n").split("\n"))


@pytest.mark.parametrize("sign", SIGNS)
def test_markers_are_read_past_it(sign: str) -> None:
    source = sown(sign)
    found = units.units(text.read(typed(source, "t.txt"))[0])[1]
    assert [str(u.marker) for u in found] == ["一、", "（一）", "一是", "二是", "1.", "二、"]
    plain = units.units(text.read(typed(REPORT, "t.txt"))[0])[1]
    assert [unseen.without(u.heading) for u in found] == [u.heading for u in plain]
    assert [unseen.without(u.body) for u in found] == [u.body for u in plain]


def test_places_are_those_of_the_source() -> None:
    source = "一\u200b、防\u200b汛\n（二\u2060）堤防。今年，一\u200c是甲；二是\u200b乙。"
    outline, _ = text.read(typed(source, "t.txt"))
    for unit in units.as_json(outline, source)["units"]:  # type: ignore[attr-defined]
        assert source[unit["start"] :].startswith(unit["marker"])
    assert [(d.span.line, d.span.column) for d in check.file_rules(outline) if d.code == "N102"] == [
        (1, 1), (2, 1), (2, 11), (2, 16),
    ]  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS)
def test_fmt_drops_it_and_says_so(sign: str) -> None:
    assert formatted(sown(sign)) == REPORT
    source = f"全县{sign}平安。{sign}"
    places = [p for h in changes.hunks(source, formatted(source)) for p in h.places]
    said = [(p.column, p.words()) for p in places]
    end = [] if sign == "\ufeff" else [(7, "空格：行末去掉看不见的字符")]
    assert said == [(3, "空格：“平安。”前去掉看不见的字符"), *end]


@pytest.mark.parametrize(
    "kept",
    ["一家人\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0915\u094d\u200c\u0937", "{{ 甲\u200b }}"],
)  # fmt: skip
def test_what_a_script_needs_and_tags_stay(kept: str) -> None:
    assert widths(kept) == kept
    assert formatted(kept) == kept + "\n"


@given(st.text(st.sampled_from("甲a1。\u0915\u200d" + SIGNS), max_size=20))
def test_offsets_lead_back(source: str) -> None:
    bare, places = unseen.without(source), unseen.offsets(source)
    assert [source[at] for at in places[:-1]] == list(bare)
    assert places[-1] == len(source)
    assert unseen.without(bare) == bare
    assert unseen.without("甲乙") == "甲乙"
