"""Widths of marks, digits and letters, and blanks beside marks: cases as data, laws, and time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


MARKS = st.text("甲乙年,;:!?.()（）“”《》，。：、 　\t0159１２．％%xX*ABab/|{}~-", max_size=40)


@settings(max_examples=600)
@given(st.text(max_size=40) | MARKS)
def test_twice_is_once(source: str) -> None:
    once = widths(source)
    assert widths(once) == once


@settings(max_examples=300)
@given(MARKS)
def test_only_blanks_and_widths_change(source: str) -> None:
    fold = str.maketrans(
        {**{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)}, "。": ".", "\u3000": None, " ": None, "\t": None}
    )
    assert widths(source).translate(fold) == source.translate(fold)


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


LONG = {
    "report": "全县发生事故6起,死亡4人(略),同比下降45.5%.见http://a.cn/x.\n" * 9000,
    "one line": "全县发生事故6起,死亡4人(略),同比下降45.5%.见http://a.cn/x." * 9000,
    "brackets": "(" * 200_000 + "汉)" * 200_000,
    "blanks": "汉" + " " * 500_000 + "，" + " 　" * 200_000,
    "quotes": "“a b" * 100_000 + "”" * 100_000,
    "rates": "增1%," * 100_000,
    "tags": "{{" * 200_000 + "{%" * 100_000,
    "pictures": "![a](" * 100_000,
    "files": "汉.docx" * 50_000,
    "addresses": "www." * 50_000 + "http://" * 50_000,
    "marks": "汉" + "," * 300_000,
    "lists": "汉," + "(a)," * 100_000,
    "cells": "|a,b" * 100_000 + "|",
    "asks": "“" + "汉?" * 150_000,
}


@pytest.mark.parametrize("name", LONG)
def test_time_is_linear(name: str) -> None:
    start = time.perf_counter()
    widths(LONG[name])
    assert time.perf_counter() - start < 10
