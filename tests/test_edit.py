"""Values laid over a facts file: cases as data, and the laws that nothing else is touched and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.diagnostic import DraftError, has_errors
from drafter.figure import OPERANDS
from drafter.numeral import half_width
from drafter.yamlfile import Mapping, Node, Scalar, Sequence, edit, read
from drafter.yamlfile.edit import merged, written
from tests import sheets
from tests.case_files import CASES, Case, load
from tests.case_files import accept as accept_part

ALL = load(CASES / "edit")


def tree_of(text: str) -> Mapping:
    tree, told = read(text, "新.yaml")
    assert isinstance(tree, Mapping), told
    assert not has_errors(told), told
    return tree


def told(change: edit.Change) -> str:
    state = "" if change.done else "（没有改）"
    return f"{change.span.line}:{change.span.column} {change.name} {change.key}: {change.old} → {change.new}{state}"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, newline: str, accept: bool) -> None:
    tree = tree_of(case.parts["tree"])
    text, changes = merged(case.input.replace("\n", newline), tree, "旧.yaml")
    assert newline == "\n" or "\n" not in text.replace(newline, "") or "\n" not in case.input
    again, more = merged(text, tree, "旧.yaml")
    assert again == text
    assert all(not change.done for change in more)
    results = {"text": text.replace(newline, "\n").rstrip("\n"), "changes": "\n".join(map(told, changes))}
    for part, found in results.items() if accept else ():
        if found != case.parts.get(part, "").rstrip("\n"):
            accept_part(case, part, found)
    if not accept:
        assert {part: case.parts.get(part, "").rstrip("\n") for part in results} == results


def test_a_file_that_cannot_be_read_is_refused() -> None:
    for text in ("事故起数：6\n", "a: [1\n", "甲: 1\n甲: 2\n", "- 1\n"):
        with pytest.raises(DraftError) as refused:
            merged(text, tree_of("甲: 6"), "旧.yaml")
        assert {d.code for d in refused.value.diagnostics} <= {"F101", "F102"}


def test_a_name_that_stands_twice_counts_once() -> None:
    twice = Mapping(
        tuple((Scalar(key), Scalar(text)) for key, text in (("甲", "7"), ("甲", "8"), ("Ａ", "1"), ("A", "2")))
    )
    assert merged("甲: 6\n", twice, "旧.yaml")[0] == "甲: 7\nＡ: 1\n"


def test_a_list_that_is_not_indented() -> None:
    assert merged("甲:\n- {项: 一}\n乙: 1\n", tree_of("甲: [{项: 一, 数: 2}, {项: 二}]"), "旧.yaml")[0] == (
        "甲:\n- {项: 一, 数: 2}\n- {项: 二}\n乙: 1\n"
    )


def test_a_value_on_the_next_line() -> None:
    assert merged("甲:\n  6   # 六\n", tree_of("甲: {目标: 7}"), "旧.yaml")[0] == "甲:\n  {本期: 6, 目标: 7}   # 六\n"


def test_a_long_text_becomes_short() -> None:
    assert merged("甲: |  # 注\n  一\n  二\n乙: 1\n", tree_of("甲: 三"), "旧.yaml")[0] == "甲: 三\n乙: 1\n"


def test_a_byte_order_mark_stays() -> None:
    assert merged("\ufeff甲: 6\n", tree_of("甲: 7"), "旧.yaml")[0] == "\ufeff甲: 7\n"


def test_a_file_without_a_last_line_end() -> None:
    assert merged("甲:", tree_of("甲: [a]\n乙: 7"), "旧.yaml")[0] == "甲:\n  - a\n乙: 7\n"
    assert merged("", tree_of("甲: 6"), "旧.yaml")[0] == "甲: 6\n"


def test_a_fresh_file() -> None:
    tree = tree_of(
        '甲: {本期: 6}\n乙:\n  - {项: 一}\n  - 项: "1,752"\n    数: 1,752\n丙: "12:30"\n丁:\n戊: [a, b]\n己: {x: 1}'
    )
    assert written(tree, "# 应急管理局\n期间: 2022-09\n", {"甲": "起", "乙": "明细\n两行"}).split("\n") == [
        "# 应急管理局",
        "期间: 2022-09",
        "甲: {本期: 6}   # 起",
        "乙:   # 明细 两行",
        "  - {项: 一}",
        '  - 项: "1,752"',
        "    数: 1,752",
        '丙: "12:30"',
        "丁:",
        "戊:",
        "  - a",
        "  - b",
        "己: {x: 1}",
        "",
    ]


# ---- laws

KEYS = st.sampled_from(["甲", "乙", "丙", "PM2.5浓度", "R&D经费", "“双”项", "yes", "键: 值", "#号"])
FIGURES = st.sampled_from(["本期", "上年同期", "目标", "增幅", "备注"])
NUMBERS = st.sampled_from(["6", "7.10", "1,752", "-3.9%", "2800余", "1,752万元", "45.5%", "0", "６"])
TEXTS = st.one_of(
    st.sampled_from(["no", "12:30", "- x", "a: b", "a #b", "“引”", "0123", "2022-09-01", "~", "null", "{x}", "[y", "'", '"', "说\"好'", "a,b", "x:", "…", "?", "1e3"]),
    st.text("甲乙a1 :#,-'\"\\{}[]&*!|>%@`\n\t。“”　", min_size=1, max_size=8),
)  # fmt: skip
VALUES = st.one_of(NUMBERS.map(Scalar), TEXTS.map(lambda t: Scalar(t, '"')), st.just(Scalar("")))


def mappings(keys, values, **size):
    return st.dictionaries(keys, values, **size).map(lambda d: Mapping(tuple((Scalar(k), v) for k, v in d.items())))


def sequences(values):
    return st.lists(values, min_size=1, max_size=3).map(lambda items: Sequence(tuple(items)))


RECORDS = mappings(
    st.sampled_from(["项", "额", "注"]), st.one_of(NUMBERS.map(Scalar), TEXTS.map(lambda t: Scalar(t, '"'))), min_size=1
)
PARTS = mappings(st.just("其中"), mappings(KEYS, VALUES, min_size=1, max_size=2), min_size=1)
FACTS = st.one_of(
    VALUES,
    mappings(FIGURES, VALUES, min_size=1, max_size=3),
    PARTS,
    sequences(RECORDS),
    sequences(TEXTS.map(lambda t: Scalar(t, '"'))),
)
TREES = mappings(KEYS, FACTS, max_size=5)


def content(node: Node):
    """Values as the reader of facts takes them: numbers without commas, texts, nothing."""
    match node:
        case Mapping():
            return {key.text: content(value) for key, value in node.items}
        case Sequence():
            return [content(item) for item in node.items]
    if node.empty:
        return None
    return half_width(node.text if node.quoted else node.text.strip(" ")).replace(",", "")


@given(TREES)
@settings(max_examples=300)
def test_a_written_tree_reads_back(tree: Mapping) -> None:
    back, findings = read(written(tree), "f.yaml")
    assert not has_errors(findings), findings
    assert back is not None
    assert content(back) == content(tree)


def nothing(value) -> bool:
    return value is None or (isinstance(value, dict) and all(nothing(v) for v in value.values())) or value == []


def laid(old, new, key: str = ""):
    """What laying one value over another gives."""
    if nothing(new):
        return old
    if nothing(old) and not isinstance(old, dict):
        return new
    main = "第" if key == "位次" else "本期"
    if isinstance(old, dict) and isinstance(new, str):
        new = {main: new}
    if isinstance(old, str) and isinstance(new, dict):
        rest = {k: v for k, v in new.items() if k != main and not (nothing(v) and k in OPERANDS)}
        if isinstance(new.get(main), (dict, list)):
            return old
        first = old if nothing(new.get(main)) else new[main]
        return {main: first, **rest} if rest else first
    if isinstance(old, dict) and isinstance(new, dict):
        added = {k: v for k, v in new.items() if k not in old and not (nothing(v) and k in OPERANDS)}
        return {k: laid(v, new[k], k) if k in new else v for k, v in old.items()} | added
    if isinstance(old, list) and isinstance(new, list):
        return laid_list(old, new)
    return new if isinstance(old, str) and isinstance(new, str) else old


def alike(old, new) -> bool:
    if isinstance(old, dict) and isinstance(new, dict) and new:
        first = next(iter(new))
        return first in old and old[first] == new[first]
    return isinstance(old, str) and isinstance(new, str)


def laid_list(old: list, new: list) -> list:
    if len(new) >= len(old) and all(alike(a, b) for a, b in zip(old, new, strict=False)):
        return [laid(a, b) for a, b in zip(old, new, strict=False)] + new[len(old) :]
    found = []
    for item in new:
        known = [o for o in old if isinstance(o, dict) and isinstance(item, dict) and alike(o, item)]
        found.append(laid(known[0], item) if len(known) == 1 else item)
    return found


def decorated(draw, tree: Mapping) -> str:
    """A facts file of the tree with remarks and blank lines between and behind its facts."""
    lines = []
    for key, node in tree.items:
        lines += draw(st.lists(st.sampled_from(["", "# 注", "#   说明: 6"]), max_size=2))
        first, *rest = written(Mapping(((key, node),))).rstrip("\n").split("\n")
        if isinstance(node, Mapping) and draw(st.booleans()):
            label = first.partition(": {")[0]
            first, rest = (f"{label}:", []) if first.endswith("}") else (first, rest)
            rest = rest or [f"    {line}" for line in written(node).rstrip("\n").split("\n")]
        lines += [first + draw(st.sampled_from(["", "  # 尾", "    # a: b"])), *rest]
    lines += draw(st.lists(st.sampled_from(["", "# 末"]), max_size=2))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines + draw(st.sampled_from([[], [""]])))


@st.composite
def files(draw):
    tree = draw(TREES)
    return tree, decorated(draw, tree)


def values(text: str):
    tree, findings = read(text, "f.yaml")
    assert not has_errors(findings), (text, findings)
    assert isinstance(tree, Mapping)
    return content(tree)


@given(files(), TREES)
@settings(max_examples=500)
def test_merging_lays_the_new_values_over_the_old_and_touches_nothing_else(
    file: tuple[Mapping, str], new: Mapping
) -> None:
    tree, text = file
    before = values(text)
    assert before == content(tree)
    after, changes = merged(text, new, "f.yaml")
    expected = {k: laid(v, content(new)[k], k) if k in content(new) else v for k, v in before.items()}
    expected |= {k: v for k, v in content(new).items() if k not in before}
    assert values(after) == expected
    again, more = merged(after, new, "f.yaml")
    assert again == after
    assert not any(change.done for change in more)
    changed = {change.name for change in changes if change.done}
    assert (after == text) == (not changed)
    kept = [line for line in text.replace("\r\n", "\n").split("\n") if line.startswith("#")]
    found = [line for line in after.replace("\r\n", "\n").split("\n") if line.startswith("#")]
    assert found == kept
    for key, _ in tree.items:
        if key.text not in changed:
            lines = written(Mapping(((key, {k.text: v for k, v in tree.items}[key.text]),))).split("\n")
            assert lines[0].partition(":")[0] in after
    assert ("\r\n" in text) <= (after.count("\n") == after.count("\r\n")) or not text.count("\n")


@given(files())
@settings(max_examples=100)
def test_what_a_file_says_already_changes_no_byte(file: tuple[Mapping, str]) -> None:
    tree, text = file
    assert merged(text, tree, "f.yaml") == (text, ())


@given(files(), st.sampled_from(["6", "1,752", "a: b"]))
@settings(max_examples=100)
def test_one_changed_value_is_the_only_changed_stretch(file: tuple[Mapping, str], new: str) -> None:
    tree, text = file
    plain = [key for key, node in tree.items if isinstance(node, Scalar) and not node.empty and node.text != new]
    for key in plain[:1]:
        after, changes = merged(text, Mapping(((key, Scalar(new, "" if new[0].isdigit() else '"')),)), "f.yaml")
        start = next((i for i, (a, b) in enumerate(zip(text, after, strict=False)) if a != b), 0)
        tail = next((i for i, (a, b) in enumerate(zip(reversed(text), reversed(after), strict=False)) if a != b), 0)
        assert changes or after == text
        if changes:
            assert "\n" not in text[start : len(text) - tail]
            assert sheets.plain(Scalar(changes[0].new)) == new
