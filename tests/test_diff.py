"""Two reports side by side: printed cases, and the laws that every pair of texts keeps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter import period as periods
from drafter import text
from drafter.diff import Comparison, Side, as_json, compare, guessed, lines
from drafter.diff.align import aligned, rising
from drafter.diff.passages import passages
from drafter.diff.stale import is_stale, words
from drafter.diff.tokens import FIGURE, PERIOD, tokens
from drafter.source import typed
from tests import broken_text
from tests.case_files import CASES, Case, accept, load
from tests.project_files import ROOT, drafted, make

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def side(source: str, period: str = "", file: str = "稿.txt") -> Side:
    outline, _ = text.read(typed(source, file))
    return Side(outline, periods.parse(period) if period else guessed(outline, file))


def both(before: str, after: str, *said: str) -> Comparison:
    one, other = said or ("", "")
    return compare(side(before, one, "旧.txt"), side(after, other, "新.txt"))


@pytest.mark.parametrize("case", load(CASES / "diff"), ids=str)
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    found = both(case.input, case.parts["after"], *case.lines("periods"))
    said = "\n".join(lines(found))
    if request.config.getoption("--accept"):
        accept(case, "says", said)
    else:
        assert said.split("\n") == case.parts["says"].split("\n")


REPORTS = [case.input for case in load(CASES / "diff")] + [case.parts["after"] for case in load(CASES / "diff")]
texts = st.builds(broken_text.mutated, st.integers(0, 10**6), st.sampled_from(REPORTS))


def all_texts(side: Side) -> Counter[str]:
    return Counter(p.line.text for p in passages(side.outline))


@given(texts)
def test_a_report_differs_in_nothing_from_itself(source: str) -> None:
    found = both(source, source)
    assert {pair.state for pair in found.pairs} <= {"same"}
    assert not any((pair.moved, pair.figures) != (False, ()) for pair in found.pairs)
    assert found.elsewhere == found.stale == ()


@given(texts, texts)
def test_every_passage_is_in_exactly_one_pair(one: str, other: str) -> None:
    before, after = side(one), side(other)
    found = compare(before, after)
    assert Counter(p.before.line.text for p in found.pairs if p.before) == all_texts(before)
    assert Counter(p.after.line.text for p in found.pairs if p.after) == all_texts(after)
    order = [p.line.text for p in passages(after.outline)]
    assert [p.after.line.text for p in found.pairs if p.after] == order


@given(texts, texts)
def test_the_other_way_round_added_is_dropped(one: str, other: str) -> None:
    there, back = both(one, other), both(other, one)
    for state, opposite in (("added", "dropped"), ("dropped", "added"), ("same", "same"), ("figures", "figures")):
        found = Counter(p.passage.line.text for p in there.pairs if p.state == state and not p.moved)
        if state in ("added", "dropped"):
            assert found == Counter(p.passage.line.text for p in back.pairs if p.state == opposite)
        else:
            assert found.total() == sum(p.state == opposite and not p.moved for p in back.pairs)


@given(texts, texts)
def test_printing_ends_and_every_place_exists(one: str, other: str) -> None:
    found = compare(side(one, "2022-08", "旧.txt"), side(other, "2022-09", "新.txt"))
    assert next(lines(found)).startswith("数字变化")
    assert list(lines(found))
    rows = other.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for told in (*found.stale, *found.copied):
        assert told.span.file == "新.txt"
        assert told.span.column <= len(rows[told.span.line - 1])
    made = as_json(found)
    assert {"pairs", "figures", "stale", "diagnostics"} <= made.keys()
    assert len(made["pairs"]) == len(found.pairs)


@given(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=30), st.lists(st.sampled_from("甲乙丙丁戊己"), max_size=30))
def test_aligned_items_are_equal_and_rise(one: list[str], other: list[str]) -> None:
    pairs = aligned(one, other)
    assert all(one[i] == other[j] for i, j in pairs)
    assert pairs == rising(pairs)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert len(aligned(one, one)) == len(one)


SAID = {
    "6起": "6起", "1,752万元": "1,752万元", "同比下降45.5%": "下降45.5%", "近3万亿元": "近3万亿元", "居第2位": "第2位",
    "2800余人次": "2800余人次", "9200万千瓦时": "9200万千瓦时", "3—5个": "3—5个", "26微克/立方米": "26微克/立方米", "【待补：满意度】": "【待补:满意度】",
    "完成**亿元": "**亿元", "20千米": "20千米", "５起": "5起", "气温-5℃": "-5℃", "居首位": "首位",
}  # fmt: skip


@pytest.mark.parametrize(("written", "figure"), SAID.items())
def test_a_figure_has_its_unit_and_way(written: str, figure: str) -> None:
    assert [t.text for t in tokens(written) if t.kind == FIGURE] == [figure]


PERIODS = (
    "2022年9月",
    "截至9月底",
    "1—9月",
    "上半年",
    "2022年上半年",
    "二〇二二年九月份",
    "前三季度",
    "2022年9月30日",
    "9月中旬",
    "2021—2025年",
    "2022 年 9 月",
    "一季度",
    "截至2022年9月30日",
    "2021年底",
)


@pytest.mark.parametrize("word", PERIODS)
def test_words_of_periods_are_no_figures(word: str) -> None:
    assert [t.kind for t in tokens(word)] == [PERIOD]


@pytest.mark.parametrize("word", ["PM2.5", "“5+4”专班", "8:30", "三是抓好"])
def test_names_are_neither(word: str) -> None:
    assert {t.kind for t in tokens(word)} == {"字"}


STALE = [
    ("8月", "2022-08", "2022-09", True),
    ("8月", "2022-08", "2023-08", False),
    ("9月", "2022-08", "2022-09", False),
    ("10月", "2022-08", "2022-09", False),
    ("8月", "2022-06", "2022-09", True),
    ("12月", "2021-12", "2022-01", True),
    ("2021年", "2021-12", "2022-01", True),
    ("2022年", "2022-08", "2022-09", False),
    ("2021年", "2022-08", "2022-09", False),
    ("截至8月底", "2022-08", "2022-09", True),
    ("截至8月31日", "2022-08", "2022-09", True),
    ("8月20日", "2022-08", "2022-09", False),
    ("1—8月", "2022-08", "2022-09", True),
    ("上半年", "2022H1", "2022", True),
    ("上半年", "2022-06", "2022-08", True),
    ("一季度", "2022-08", "2022-09", False),
    ("2021年8月20日", "2021", "2022", True),
    ("二〇二一年", "2021", "2022", True),
    ("2021—2025年", "2021", "2022", False),
    ("13月", "2022-08", "2022-09", False),
]


@pytest.mark.parametrize(("word", "earlier", "later", "stale"), STALE)
def test_what_is_stale(word: str, earlier: str, later: str, stale: bool) -> None:
    one, other = periods.parse(earlier), periods.parse(later)
    assert one is not None
    assert other is not None
    assert is_stale(word, one, other) is stale


TEXTS = [
    ("9月，全县平稳；10月起开展整治。", ["9月"]),
    ("1—9月完成投资6亿元，比8月多1亿元。", ["1—9月", "8月"]),
    ("截至9月底，开工6个。9月的数另报。", ["截至9月底", "9月"]),
    ("落实《2022年9月工作要点》，自2021年以来最好。", []),
    ("没有期间的话。", []),
]


@pytest.mark.parametrize(("text", "left"), TEXTS)
def test_words_of_the_earlier_period_in_a_text(text: str, left: list[str]) -> None:
    earlier, later = periods.parse("2022-09"), periods.parse("2022-10")
    assert earlier and later and words(text, earlier, later) == left


GUESSED = {
    "清源县2022年9月工作总结\n一、情况\n好。\n": "2022-09",
    "9月工作总结\n一、情况\n好。\n清源县统计局\n2022年9月30日\n": "2022-09",
    "政府工作报告\n2014年2月19日在会议上\n一、2013年工作回顾\n好。\n": "2013",
    "清源县2022年上半年工作总结\n好。\n": "2022H1",
    "清源县工作总结\n截至2022年5月底，完成投资5亿元。\n": "2022-05",
    "工作总结\n好。\n": "None",
}


@pytest.mark.parametrize(("source", "stem"), GUESSED.items())
def test_the_period_of_a_text(source: str, stem: str) -> None:
    assert str(side(source).period) == stem


def test_a_file_name_may_say_the_period() -> None:
    assert str(side("工作总结\n好。\n", file="2022-08-月度工作总结.txt").period) == "2022-08"


def test_a_draft_names_its_facts_and_tells_the_template(tmp_path: Path) -> None:
    files = {
        "templates/某局/月报/1.txt": "一、情况\n截至8月底，发生事故{{ 事故起数 }}，{{ 事故起数|同比 }}。\n演练{{ 演练 }}。\n",
        "data/某局/指标.yaml": "事故起数: {单位: 起, 性质: 个数}\n演练: {单位: 场}\n",
        "data/某局/2022-08.yaml": "事故起数: {本期: 5, 上年同期: 4}\n演练: 3\n",
        "data/某局/2022-09.yaml": "事故起数: {本期: 6, 上年同期: 8}\n演练: 3\n",
    }
    project = make(tmp_path, files)
    drafts = [drafted(project, "某局/月报", stem) for stem in ("2022-08", "2022-09")]
    sides = [Side(d.outline, d.period) for d in drafts if d.outline]
    found = compare(*sides)
    told = [(c.name, c.before, c.after) for pair in found.pairs for c in pair.figures]
    assert told == [("事故起数", "5起", "6起"), ("事故起数·同比", "增长25%", "下降25%")]
    [stale] = found.stale
    assert (stale.code, stale.span.file, stale.span.line) == ("C101", "templates/某局/月报/1.txt", 2)
    [copied] = found.copied
    assert (copied.code, "演练3场没有变" in copied.message) == ("C102", True)


@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem)
def test_every_seed_against_itself_with_new_figures(path: Path) -> None:
    source = path.read_bytes().decode("utf-8")
    changed = re.sub(r"\d(?=[万亿]?[元吨亩人户家%])", lambda m: str((int(m[0]) + 1) % 10), source)
    found = both(source, changed, "2022-08", "2022-09")
    assert len(found.pairs) > 3
    assert not any(p.state in ("added", "dropped") for p in found.pairs)


def of_many_rows() -> tuple[str, str]:
    rows = [line for source in REPORTS for line in source.split("\n")]
    random = Random(7)
    one = [f"{random.choice(rows)}第{n}次，共{random.randrange(999)}件" for n in range(3000)]
    return "\n".join(one), "\n".join(random.choice([row, row + "，办结", row[:-4]]) for row in one)


def of_one_line() -> tuple[str, str]:
    one = "8月发生事故6起、死亡3人，比《2021年报告》少，同比分别下降5%、6%；" * 5000
    return one, one.replace("6起", "7起").replace("死亡", "伤亡")


@pytest.mark.parametrize("made", [of_many_rows, of_one_line])
def test_long_texts_are_compared(made: Callable[[], tuple[str, str]]) -> None:
    assert list(lines(both(*made(), "2022-08", "2022-09")))
