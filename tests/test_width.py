"""Widths of marks, digits and letters, and blanks beside marks: cases as data, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fmt import SHAPES
from drafter.width import widths
from tests.case_files import CASES, Case, load

HITS = load(CASES / "width" / "hits.txt")
KEPT = load(CASES / "width" / "kept.txt")


def rows(cases: list[Case]) -> list[tuple[str, str, str]]:
    """(name, before, after) of every line of every case: `before → after`, or one text that stays."""
    found = []
    for case in cases:
        for number, line in enumerate(case.input.split("\n"), start=1):
            if line:
                before, _, after = line.partition(" → ")
                found.append((f"{case}-{number}", before, after or before))
    return found


HIT, STAYS = rows(HITS), rows(KEPT)


@pytest.mark.parametrize(("name", "before", "after"), [*HIT, *STAYS], ids=lambda x: None)
def test_cases(name: str, before: str, after: str) -> None:
    assert widths(before) == after, name
    assert widths(after) == after, name


def test_there_are_cases() -> None:
    assert len(HIT) >= 90
    assert len(STAYS) >= 90
    assert [name for name, before, after in HIT if before == after] == []
    assert [name for name, before, after in STAYS if before != after] == []


FOLD = str.maketrans(
    {**{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)}, "。": ".", "\u3000": None, " ": None, "\t": None}
)
MARKS = st.text("甲乙年,;:!?.()（）“”《》，。：、 　\t0159１２．％%xX*ABab/|{}~-", max_size=40)


@settings(max_examples=600)
@given(st.text(max_size=40) | MARKS)
def test_twice_is_once(source: str) -> None:
    once = widths(source)
    assert widths(once) == once


@settings(max_examples=300)
@given(MARKS)
def test_only_blanks_and_widths_change(source: str) -> None:
    assert widths(source).translate(FOLD) == source.translate(FOLD)


@settings(max_examples=300)
@given(MARKS)
def test_a_pair_of_brackets_is_never_parted(source: str) -> None:
    def mixed(text: str) -> int:
        opened, found = [], 0
        for sign in text:
            if sign in "(（":
                opened.append(sign)
            elif sign in ")）" and opened:
                found += (opened.pop() == "(") != (sign == ")")
        return found

    assert mixed(widths(source)) <= mixed(source)


@given(st.text("AB cd,;:!?.()[]{}%0123456789-/'\"", max_size=40))
def test_a_text_without_chinese_stays(source: str) -> None:
    assert widths(source) == source


@pytest.mark.parametrize("name", SHAPES)
def test_long_texts_that_a_careless_search_gets_lost_in(name: str) -> None:
    """How long they take: benchmarks.fmt."""
    source = SHAPES[name](60_000)
    once = widths(source)
    assert widths(once) == once
    assert once.translate(FOLD) == source.translate(FOLD)


def test_a_line_becomes_the_same_wherever_it_stands() -> None:
    found = widths("\n".join(before for _, before, _ in (*HIT, *STAYS) * 5)).split("\n")
    assert found == [after for _, _, after in (*HIT, *STAYS) * 5]
