"""`drafter fmt`: law L2 for any text, nothing lost, what check notes is mended, and how differences are told."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import canonical, chain, changes, check, text
from drafter.canonical import NUMBERS, WIDTHS, formatted
from drafter.cli import main
from drafter.numeral import chinese
from drafter.reading import Apart
from drafter.reading import read as read_file
from drafter.source import Span, typed
from tests.broken_text import mutated
from tests.case_files import CASES, Case, accept, load

MADE = load(CASES / "fmt")


@pytest.mark.parametrize("case", MADE, ids=str)
def test_cases(case: Case, request: pytest.FixtureRequest) -> None:
    parts = case.lines("only") or canonical.PARTS
    done = formatted(case.input, parts).removesuffix("\n")
    if request.config.getoption("--accept"):
        accept(case, "becomes", done)
    else:
        assert done == case.parts["becomes"]
    assert formatted(done, parts).removesuffix("\n") == done
    told = [f"{p.line}:{p.column} {p.words()}" for h in changes.hunks(case.input, done) for p in h.places]
    assert told or not changes.hunks(case.input, done)
    if "told" in case.parts:
        if request.config.getoption("--accept"):
            accept(case, "told", "\n".join(told))
        else:
            assert told == case.lines("told")


def test_there_are_cases() -> None:
    assert len(MADE) >= 30


PIECES = st.sampled_from(
    ["一、", "二、", "十一、", "（一）", "(二)", "(三）", "三）", "1.", "2．", "3、", "４．", "(1)", "（2）", "①", "一是", "二是",
     "三要", "首先,", "其次，", "最后，", "其一,", "亮点一:", "举措二：", "〇、", "第一，", "第二、", "一.", "（一）、", "⑴", "㈠", "^",
     "加强领导", "安全生产方面", "工作情况", "完成投资", "同比增长", "清源县", "韦 韬", "张 三", "GDP", "World Bank", "x.x亿元",
     ",", ";", ":", "!", "?", "(", ")", ".", "，", "。", "；", "：", "！", "、", "“", "”", "《", "》", "（", "）", "...", "\"", "'",
     "5起", "45.5%", "1,752万元", "9:30", "1:5000", "１２", "３．５", "％", "ＧＤＰ", "2022年9月30日", "2022 年", "6 起", "1-5月",
     "http://a.cn/x?a=1,b;c", "zhang@qy.gov.cn", "附件(终稿).docx", "192.168.1.1:8080", "“Hello, world (v2).”", "A-1", "“1+X”",
     "{{ 甲 }}", "{% if 乙, 丙 %}", "{% endif %}", "{# (一) 注\n一、 #}", "{{", "}}", "{%", "![图](a,b.png)", "![",
     "| 甲,乙 | (二) |", "|", "| --- | --- |", "\\|", "表1:", "县政府:", "****", "xx县", " ", "　", "  ", "\t", "\n", "\n", "\n", "\r\n"]
)  # fmt: skip
MESSY = st.lists(PIECES, max_size=25).map("".join)
ANY = st.text(max_size=80) | MESSY


@settings(max_examples=400)
@given(ANY)
def test_l2_twice_is_once(source: str) -> None:
    once = formatted(source)
    assert formatted(once) == once


PUBLISHED = [case.input.split("\n") for case in load(CASES / "outline" / "published.txt")]
WINDOWS = st.builds(lambda lines, start, length: lines[start : start + length],
                    st.sampled_from(PUBLISHED), st.integers(0, 30), st.integers(1, 14))  # fmt: skip
REPORTS = st.builds(lambda one, other, by, seed: by.join([*one, *other]) if seed < 0 else mutated(seed, by.join([*one, *other])),
                    WINDOWS, WINDOWS, st.sampled_from(["\n", "\n\n", "", " "]), st.integers(-999, 999))  # fmt: skip
"""Pieces of published reports joined in any way, half of them broken at random."""


@settings(max_examples=200)
@given(REPORTS)
def test_l2_for_pieces_of_reports(source: str) -> None:
    once = formatted(source)
    assert formatted(once) == once
    assert bare(once) == bare(source)


@settings(max_examples=150)
@given(ANY, st.sampled_from([NUMBERS, WIDTHS]))
def test_l2_twice_is_once_for_one_part(source: str, part: str) -> None:
    once = formatted(source, (part,))
    assert formatted(once, (part,)) == once


FOLD = str.maketrans({**{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)}, "。": ".", "｡": ".", "､": "、"})
NUMBERING = re.compile(
    r"[\s0-9一二三四五六七八九十百千零〇①-⑳㉑-㊿⑴-⒇⒈-⒛㈠-㈩^().、,|\-:\u00ad\u200b\u200c\u2060\ufeff]|首先|其次|再次|最后"
)


def bare(source: str) -> str:
    """The text without blanks, widths, what cannot be seen, and what markers and the bars of tables are made of."""
    return NUMBERING.sub("", source.translate(FOLD))


@settings(max_examples=400)
@given(ANY)
def test_nothing_is_lost(source: str) -> None:
    assert bare(formatted(source)) == bare(source)


PROSE = st.lists(
    st.sampled_from(["加强,", "(略)", "完成;", "增长45.5%,", "1,752万元", "http://a.cn/,x", " ", "《甲》", "“Hi, you (b).”", "ＡＢ１．２", "。", "\n"]),
    min_size=1,
    max_size=15,
).map(lambda pieces: "开头" + "".join(pieces))  # fmt: skip


@given(PROSE)
def test_prose_keeps_every_character_but_blanks_and_widths(source: str) -> None:
    def strict(words: str) -> str:
        return re.sub(r"\s", "", words.translate(FOLD))

    assert strict(formatted(source)) == strict(source)


TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|!\[[^\]\n]{0,200}\]\([^()\n]{0,300}\)", re.S)


@given(MESSY)
def test_tags_and_pictures_stay_byte_for_byte(source: str) -> None:
    kept = canonical.shield.tags(source.replace("\r\n", "\n")).pieces
    assert canonical.shield.tags(formatted(source)).pieces == kept
    if source.count("{") == 2 * len(kept):
        assert tuple(TAGS.findall(source)) == kept


LEVELS = ("一、", "(一)", "1、", "（１）")
SECTION = st.tuples(
    st.sampled_from(["一、", "三、", "(一)", "（四）", "1、", "２．", "7.", "(1)", "（３）"]),
    st.sampled_from(["加强领导。", "夯实基础", "安全生产方面:", "抓好项目,抓紧施工。"]),
    st.sampled_from(
        ["", "完成投资6万元,同比增长5%。", "一是健全制度;三是压实责任;三是强化督查。", "首先,抓早。其次,抓小。"]
    ),
).map("".join)
REPORTS = st.lists(SECTION, min_size=1, max_size=10).map(lambda rows: "\n".join(["清源县某局工作总结", *rows]))


@given(REPORTS)
def test_what_check_notes_about_numbering_is_mended(source: str) -> None:
    found = check.file_rules(text.read(typed(formatted(source), "t.txt"))[0])
    assert [d.line() for d in found if d.code in ("N101", "N102", "N103")] == []


def test_the_reports_of_that_test_have_such_faults() -> None:
    source = "清源县某局工作总结\n(一)加强领导。\n（四）夯实基础\n1、抓好项目。一是健全制度；三是压实责任。"
    codes = {d.code for d in check.file_rules(text.read(typed(source, "t.txt"))[0])}
    assert codes >= {"N101", "N102", "N103"}


@given(ANY)
def test_the_lines_that_differ_make_the_one_of_the_other(source: str) -> None:
    done = formatted(source)
    found = changes.hunks(source, done)
    assert bool(found) == (looks(source) != looks(done))
    assert [h for h in found if not h.places] == []
    rows = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for hunk in found:
        first, last = hunk.reach
        assert list(hunk.before) == looks("\n".join(rows[first - 1 : last]))
        for place in hunk.places:
            assert rows[place.line - 1][place.column - 1 :].startswith(place.before.split("\n")[0])
            assert place.words()


def looks(source: str) -> list[str]:
    """The lines as far as they count: no blank ones, no indents, no rules of tables."""
    stripped = (line.text for line in typed(source, ""))
    return [line for line in stripped if not re.fullmatch(r"\|(?:\s*:?-{3,}:?\s*\|)+", line)]


@given(
    st.lists(st.sampled_from(["甲乙", "丙", "1 2", "。"]), max_size=6),
    st.lists(st.sampled_from(["甲", "乙丙", "3", "丁"]), max_size=6),
)
def test_texts_that_have_nothing_to_do_with_each_other_are_laid_side_by_side_too(
    olds: list[str], news: list[str]
) -> None:
    found = changes.hunks("\n".join(olds), "\n".join(news))
    assert bool(found) == (olds != news)


def test_a_text_that_comes_round_in_a_circle_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = {"甲\n": "乙\n", "乙\n": "丙\n", "丙\n": "乙\n"}
    monkeypatch.setattr(
        canonical, "_once", lambda source, parts: turns[source if source.endswith("\n") else source + "\n"]
    )
    assert {formatted(source) for source in ("甲", "乙", "丙")} == {"丙\n"}


def test_a_long_report_is_numbered_and_told_to_the_end() -> None:
    entry = "夯实基础。全县发生事故6起,死亡4人(略),同比下降45.5%。一是健全制度;二是压实责任。"
    source = ("一、工作情况\n" + f"(一){entry}\n" * 60) * 15
    done = formatted(source)
    became = entry.replace(",", "，").replace(";", "；").replace("(略)", "（略）")
    section = [f"（{chinese(n)}）{became}" for n in range(1, 61)]
    assert done.splitlines() == [line for n in range(1, 16) for line in (f"{chinese(n)}、工作情况", *section)]
    found = changes.hunks(source, done)
    assert sum(len(hunk.before) for hunk in found) == 15 * 61 - 1


FILE = "清源县某局工作总结\n(一)夯实基础,加强领导。\n（二）抓好项目。\n"
DONE = "清源县某局工作总结\n（一）夯实基础，加强领导。\n（二）抓好项目。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "稿.txt").write_text(FILE, "utf-8")
    (tmp_path / "好.txt").write_text(DONE, "utf-8")
    return tmp_path


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["fmt", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["稿.txt"], 0), (["稿.txt", "--check"], 1), (["好.txt", "--check"], 0), (["稿.txt", "好.txt", "--check"], 1),
        (["稿.txt", "--diff"], 0), (["稿.txt", "--diff", "--check"], 1), (["稿.txt", "--json"], 1), (["好.txt", "--json"], 0),
        (["没有.txt"], 3), (["没有.txt", "好.txt"], 1), (["没有.txt", "--check"], 3), (["稿.txt", "--out", "新.pdf"], 2),
        (["稿.txt", "--out", "新"], 2), (["稿.txt", "--out", "新.txt", "--check"], 2), (["稿.txt", "好.txt", "--out", "新.txt"], 2),
        (["稿.txt", "--force"], 2), (["稿.txt", "--only", "标点"], 2), ([], 2), (["稿.txt", "--out", "好.txt"], 3),
        (["稿.txt", "--out", "好.txt", "--force"], 0), (["没有.txt", "--out", "新.txt"], 3),
    ],
)  # fmt: skip
def test_exit_codes(folder: Path, words: list[str], code: int) -> None:
    found, out, err = run(*words)
    assert found == code
    assert out + err
    assert (folder / "稿.txt").read_text("utf-8") == FILE


def test_a_clean_file_has_no_diff(folder: Path) -> None:
    assert run("好.txt", "--diff") == (0, "", "")


def test_indents_and_blank_lines_are_no_difference(folder: Path) -> None:
    (folder / "排.txt").write_text(
        "\ufeff清源县某局工作总结\r\n\r\n　　（一）夯实基础，加强领导。\r\n　　（二）抓好项目。", "utf-8"
    )
    assert run("排.txt", "--check")[0] == 0
    assert run("排.txt")[1] == DONE


def test_several_files_are_told_apart(folder: Path) -> None:
    assert run("稿.txt", "好.txt")[1] == f"——— 稿.txt ———\n{DONE}——— 好.txt ———\n{DONE}"


def test_out_writes_utf8_whole_and_never_over_a_file(folder: Path) -> None:
    assert run("稿.txt", "--out", "新.txt") == (0, "已写出 新.txt\n", "")
    assert (folder / "新.txt").read_bytes() == DONE.encode()
    (folder / "新.txt").write_text("别人的", "utf-8")
    code, out, err = run("稿.txt", "--out", "新.txt")
    assert (code, out) == (3, "")
    assert "P106 已经有这个文件，没有覆盖" in err
    assert (folder / "新.txt").read_text("utf-8") == "别人的"
    assert run("稿.txt", "--out", "新.txt", "--force")[0] == 0
    assert (folder / "新.txt").read_bytes() == DONE.encode()


def test_out_may_be_the_file_itself_when_forced(folder: Path) -> None:
    assert run("稿.txt", "--out", "稿.txt", "--force")[0] == 0
    assert (folder / "稿.txt").read_text("utf-8") == DONE


def test_out_leaves_nothing_behind_when_it_fails(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    code, _, err = run("稿.txt", "--out", "新.docx")
    assert code == 3
    assert "P106 写不进去：磁盘满了" in err
    assert sorted(p.name for p in folder.iterdir()) == ["好.txt", "稿.txt"]


@pytest.mark.parametrize("name", ["夹", "夹.txt"])
def test_out_at_a_folder(folder: Path, name: str) -> None:
    (folder / name).mkdir()
    code, _, err = run("稿.txt", "--out", name)
    assert (code, "P106" in err or "P108" in err) == (3 if name.endswith(".txt") else 2, True)


def test_out_as_word_is_the_same_report(folder: Path) -> None:
    assert run("稿.txt", "--out", "新.DOCX")[0] == 0
    document = read_file(folder / "新.DOCX", "新.DOCX")
    assert text.write(text.read(document.text)[0], guard=False) == DONE
    code, out, _ = run("新.DOCX", "--check")
    assert (code, out) == (0, "新.DOCX：不用改\n")


def test_places_of_a_word_file_are_paragraphs(folder: Path) -> None:
    from drafter.word.write import write

    (folder / "旧.docx").write_bytes(write(text.read(typed("标题\n一、甲\n三,乙。丙", "t"))[0]))
    assert "@@ 第3段 → 第3行 @@" in run("旧.docx", "--diff")[1]


def test_one_part_only(folder: Path) -> None:
    (folder / "两.txt").write_text("总结\n(一)甲,乙。\n(三)丙。\n", "utf-8")
    assert run("两.txt", "--only", "序数")[1] == "总结\n（一）甲,乙。\n（二）丙。\n"
    assert run("两.txt", "--only", "全半角")[1] == "总结\n（一）甲，乙。\n（三）丙。\n"


def test_a_report_that_is_renumbered_already_is_only_written() -> None:
    assert formatted(DONE) == text.write(chain.renumber(text.read(typed(DONE, "t"))[0]), guard=False) == DONE


UNSURE = "五、规范货运车辆超限超载整治2023年在县治超办的统一领导下，开展4次专项行动。"


def test_outline_and_check_tell_what_the_reader_is_unsure_of(folder: Path) -> None:
    (folder / "疑.txt").write_text(UNSURE, "utf-8")
    runner = CliRunner()
    told = json.loads(runner.invoke(main, ["outline", "疑.txt", "--json"]).stdout)
    assert [(d["code"], d["line"]) for d in told["diagnostics"]] == [("N110", 1)]
    assert told["apart"] == []
    assert "疑.txt:1:15: N110" in runner.invoke(main, ["outline", "疑.txt"]).stderr
    assert "疑.txt:1:15: N110" in runner.invoke(main, ["check", "疑.txt"]).stderr
    assert "疑.txt:1:15: N110" in run("疑.txt")[2]
    assert [d["code"] for d in json.loads(run("疑.txt", "--json")[1])["diagnostics"]] == ["N110"]


def test_outline_shows_what_stands_apart_from_the_text(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = replace(read_file(folder / "好.txt", "好.txt"), apart=(Apart("页眉", "内部资料", Span("好.txt", 1, 1)),))
    monkeypatch.setattr("drafter.reading.read", lambda path, name: document)
    told = json.loads(CliRunner().invoke(main, ["outline", "好.txt", "--json"]).stdout)
    assert told["apart"] == [{"kind": "页眉", "text": "内部资料", "line": 1}]
    assert list(told) == ["title", "lead", "units", "diagnostics", "apart"]
