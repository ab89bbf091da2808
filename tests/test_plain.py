"""The short ways of reading a facts file say what the careful ways say."""

from __future__ import annotations

import gc
import re
import sys
from dataclasses import fields, replace

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from drafter import numeral, period, yamlfile
from drafter.facts import file, plain
from drafter.facts.vocabulary import Known
from drafter.figure import Indicator
from drafter.source import Span
from drafter.yamlfile import Mapping, Node, Scalar, Sequence, slip
from drafter.yamlfile.sweep import unswept

SEPTEMBER = period.month(2022, 9)
DIGITS = st.from_regex(r"-?[0-9,]{1,20}(\.[0-9]{0,13})?", fullmatch=True)
TAILS = st.sampled_from(
    ["", "起", "亿元", "万", "万元", "亿", "%", "％", "余", "余人", "多万", "以上", " 起", "起 ", "元/吨", "１", "．５", "床", "，752", "-9",
     "个百分点", "万人次", "℃", "年", "㎡", "人以下", "e3", ":30", "_0", "２起", "万　"]
)  # fmt: skip
NUMBERS = st.builds(str.__add__, DIGITS, TAILS) | st.builds(
    "{}{}{}".format, st.sampled_from("约近超+－０"), DIGITS, TAILS
)


@given(NUMBERS | st.text(max_size=70))
@example("-0.0")
@example("0")
@example("-0.05%")
@example("1,234,567.80万元")
@example("123456789012345678.123456789012")
def test_plain_numbers_are_what_numeral_reads(text: str) -> None:
    careful = numeral.parse(text) if len(text) <= plain.LONGEST else None
    found = plain.parse(text)
    assert found == careful
    assert plain.unit(text) == (careful.unit if careful else "")
    if found and careful:
        assert (found.written, str(found.value)) == (careful.written, str(careful.value))


def test_most_numbers_are_plain() -> None:
    assert [plain.split(text) for text in ("6", "-3.9%", "1,752万元", "60.2亿元", "近6")] == [
        ("6", ""), ("-3.9", "%"), ("1,752", "万元"), ("60.2", "亿元"), None,
    ]  # fmt: skip


@given(
    NUMBERS,
    st.none() | st.sampled_from(["", "起", "亿元", "万元", "%", "床", "元以上", "万"]),
    st.sampled_from(["", "'"]),
)
@example("60.2亿元", "亿元", "")
@example("6起", None, "")
@example("6床", "床", "'")
def test_what_is_put_off_has_no_finding_and_is_the_same_figure(text: str, unit: str | None, style: str) -> None:
    node = Scalar(text, style, Span("f", 1, 4))
    indicators = {} if unit is None else {"甲": Indicator("甲", unit)}
    if not file.surely(node, indicators.get("甲")):
        return
    reader = file.Reader(SEPTEMBER, indicators)
    figure = reader.value("甲", "甲", node)
    facts, found = file.read(Mapping(((Scalar("甲"), node),)), SEPTEMBER, indicators)
    put_off = facts["甲"]
    assert not found
    assert not reader.findings
    assert isinstance(figure, Known)
    assert isinstance(put_off, Known)
    assert all(getattr(figure, f.name) == getattr(put_off, f.name) for f in fields(Known))
    assert facts["甲"] is put_off


def test_put_off_facts_are_told_from_the_others() -> None:
    indicators = {"床位": Indicator("床位", "床"), "产值": Indicator("产值", "亿元")}
    rows = {"6": None, "6起": None, "6床": "床位", "60.2": "产值", "60.2亿元": "产值"}
    late = [file.surely(Scalar(text), indicators.get(name or "")) for text, name in rows.items()]
    early = [file.surely(Scalar(text), None) for text in ("6床", "约6", "6以上", "6万", "0123", "", "2022-09", "6余人")]
    assert late == [True] * 5
    assert early == [False] * 8
    assert not file.surely(Scalar("6", '"'), None)
    assert file.surely(Scalar("6", '"'), indicators["产值"])
    assert not file.surely(Scalar("6人"), indicators["产值"])


def test_values_keep_order_and_lay_over_one_another() -> None:
    def read(text: str) -> file.Values:
        tree, found = yamlfile.read(text, "f")
        assert isinstance(tree, Mapping)
        assert not found
        return file.read(tree, SEPTEMBER, {})[0]

    facts = read("甲: 6\n乙: 文\n丙: {本期: 1, 上年同期: 2}\n")
    facts |= read("乙: 7起\n丁: 8\n")
    assert list(facts) == ["甲", "乙", "丙", "丁"]
    assert "甲" in facts
    assert facts.get("戊") is None
    assert [str(value) for value in facts.values()] == ["6", "7起", "1", "8"]
    del facts["甲"]
    assert len(facts) == 3


def test_ordinary_text_has_none_of_the_characters_that_are_told() -> None:
    usual = "".join(c for c in map(chr, range(sys.maxunicode + 1)) if slip.ordinary(c))
    assert len(usual) > 100_000
    for odd in (slip._REFUSED, slip._SUSPECT, slip._ODD_KEY, slip._WRAPPED):
        assert odd.search(usual) is None


@given(st.text(max_size=12) | st.text("甲ａＡ１（）\u200b\u00a0\u3000 é\u0301", max_size=12))
def test_folded_names_are_nfkc_without_what_is_not_seen(name: str) -> None:
    assert slip.folded(name) == slip.normalize("NFKC", re.sub(f"[{slip.ZERO_WIDTH}]", "", name)).strip()


def test_the_slow_parser_reads_the_same_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "甲: 6\n乙: {本期: '1', 其中: {丙: 2}}\n丁:\n- 一\n- |\n  文\n戊: 多\n  行\n"
    fast = yamlfile.read(text, "f")
    bad = yamlfile.read("甲: [\n", "f")[1]
    monkeypatch.delattr(yaml, "CSafeLoader")
    slow = yamlfile.read(text, "f")
    assert slow == fast
    assert spans(slow[0]) == spans(fast[0])
    assert [d.code for d in yamlfile.read("甲: [\n", "f")[1]] == [d.code for d in bad] == ["F101"]


def spans(node: Node | None) -> list[Span]:
    match node:
        case Mapping(items=pairs):
            return [node.span, *(s for pair in pairs for part in pair for s in spans(part))]
        case Sequence(items=items):
            return [node.span, *(s for item in items for s in spans(item))]
    return [node.span] if node else []


def test_nodes_know_their_place_and_are_equal_anywhere() -> None:
    tree, _ = yamlfile.read("\n甲: 6\n", "f")
    assert isinstance(tree, Mapping)
    key, value = tree.items[0]
    assert isinstance(value, Scalar)
    assert (str(tree.span), str(key.span), str(value.span)) == ("f:2:1", "f:2:1", "f:2:4")
    assert value == Scalar("6", "", Span("g", 9, 9))
    assert hash(value) == hash(Scalar("6"))
    assert value != Scalar("6", "'")
    assert str(replace(value, text="7").span) == "f:2:4"


@pytest.mark.parametrize("swept", [True, False])
def test_the_search_for_garbage_goes_on_as_before(*, swept: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if swept else gc.disable)()
        with pytest.raises(KeyError), unswept():
            assert not gc.isenabled()
            raise KeyError
        assert gc.isenabled() == swept
    finally:
        (gc.enable if before else gc.disable)()
