"""Old reports become templates and facts: lines as cases, and law L9: import then build = the original text."""

from __future__ import annotations

import errno
import random
import re
import time
from pathlib import Path

import pytest

from drafter import canonical, ledger, lift
from drafter import period as periods
from drafter.diagnostic import DraftError
from drafter.draft import Builder, Draft
from drafter.formats import FORMATS
from drafter.lift import Keys
from drafter.lift.lines import Lifter
from drafter.lift.seen import figures
from drafter.period import Period
from drafter.project import Project
from drafter.setup import adopt
from drafter.source import Span
from drafter.yamlfile import Scalar
from drafter.yamlfile.written import entry
from tests.case_files import CASES, Case, load
from tests.made_reports import made

REPORTS, CHANGED = 40, 60
SEPTEMBER = "2022-09"
BESIDE = Path(__file__).parents[2] / "shared"
"""Real passages and reports, beside the checkout in development."""
REAL = [
    pytest.param(text, id=f"{file.stem}-{number}")
    for file in (BESIDE / "reference" / "seeds.txt", *sorted((BESIDE / "corpus").glob("*.txt")))
    if file.exists()
    for number, text in enumerate(
        file.read_text("utf-8").splitlines() if file.stem == "seeds" else [file.read_text("utf-8")], start=1
    )
]


def period(said: str) -> Period:
    found = periods.parse(said)
    assert found is not None
    return found


def adopted(root: Path, text: str, said: str = SEPTEMBER, *, verbatim: bool = False) -> adopt.Adopted:
    """The report imported as 甲局/总结 into a folder."""
    done = adopt.adopt(Project(root), [(text, "旧稿.txt", period(said))], ("甲局", "总结"), verbatim=verbatim)
    adopt.write(root, done.files)
    return done


def drafted(root: Path, said: str = SEPTEMBER) -> Draft:
    project = Project(root)
    return Builder(project).draft(project.report("甲局", "总结"), period(said))


def built(root: Path, said: str = SEPTEMBER) -> str:
    draft = drafted(root, said)
    assert draft.outline is not None, [d.line() for d in draft.diagnostics]
    return FORMATS["txt"](draft).decode()


@pytest.mark.parametrize("case", load(CASES / "lift"), ids=str)
def test_lines(case: Case) -> None:
    said = period(case.parts.get("period", SEPTEMBER))
    lifter = Lifter(said, Keys())
    assert lifter.line(case.input, Span("t.txt", 1, 1)) == case.parts["template"]
    if "facts" in case.parts:
        lines = [line for fact in lifter.facts.values() for line in entry(Scalar(fact.key), fact.node(), "")]
        assert lines == case.lines("facts")
    if "says" in case.parts:
        assert " ".join(f"{d.code} “{d.quote}”" for d in lifter.told) == case.parts["says"]


@pytest.mark.parametrize("case", load(CASES / "lift"), ids=str)
def test_what_was_unsure_points_into_the_template(case: Case) -> None:
    lifter = Lifter(period(case.parts.get("period", SEPTEMBER)), Keys())
    template = lifter.line(case.input, Span("t.txt", 1, 1))
    for told in lifter.told:
        assert told.quote.startswith(template[told.span.column - 1]) or told.code == "L102"


def check_law(root: Path, text: str) -> None:
    """L9, both ways: the canonical text, and the text itself to the last blank."""
    done = adopted(root / "理过", text)
    assert built(root / "理过") == canonical.formatted(text)
    assert done.lifted >= 0.9 * done.seen
    adopted(root / "原样", text, verbatim=True)
    assert built(root / "原样") == text


@pytest.mark.parametrize("case", load(CASES / "outline"), ids=str)
def test_import_then_build_is_the_text(case: Case, tmp_path: Path) -> None:
    if case.input.strip():
        check_law(tmp_path, case.input)


@pytest.mark.parametrize("seed", range(REPORTS))
def test_import_then_build_is_the_text_of_made_reports(seed: int, tmp_path: Path) -> None:
    check_law(tmp_path, made(seed).joined("\n" if seed % 2 else "")[0])


@pytest.mark.skipif(not REAL, reason="the real passages stand beside the checkout")
@pytest.mark.parametrize("text", REAL)
def test_import_then_build_is_the_text_of_real_reports(text: str, tmp_path: Path) -> None:
    check_law(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "甲\n\n　　乙  \n",
        "\n\n甲",
        "一、甲\r\n\r\n（一）乙。\r\n",
        "{{ 甲 }}和{% if %}{# 注 #}｛｛",
        "表：项目\n| 名称 | 数 |\n| --- | --- |\n| 甲 | 12个 |\n",
        "“甲{{ \"",
        "一、２０２２年增长５％，６个。\n",
        "（六）甲\n（八）乙\n",
        "%}}}#}{{{%",
        "",
        "\n",
        "甲：\n",
        "甲县2022年9月总结\n",
        "| 项目 | 数 |\n| --- | --- |\n| 甲 | 12个 |\n",
        "一、甲\u200b乙\n完成\u202e5个\u202c项目\u2028后😀6个𠮷村。\n",
        "一、مرحبا 5个\nשלום增长6%\n",
        "一、甲\x07\n\x00完成5个\x0b项目\x1f，增长6%。\x85\ufffe\n",
        "一、甲\r\n完成5个\r项目。\n",
        "一、甲\n项目: 5个，'a\"b: 6家，#7户，&8人，*9项，!10条，%11名，yes13个，~15家\n",
        "一、甲\n数5个，年6个，月7个，期间8个，in9个，not10个，真11个，同比15个\n",
    ],
)  # fmt: skip
def test_odd_texts_come_back(text: str, tmp_path: Path) -> None:
    adopted(tmp_path / "理过", text)
    assert built(tmp_path / "理过") == canonical.formatted(text)
    adopted(tmp_path / "原样", text, verbatim=True)
    assert built(tmp_path / "原样") == text


REPORT = """甲县应急管理局2022年9月工作总结
一、安全形势
（一）安全生产。截至9月底，发生事故6起、死亡6人，同比分别下降45.5%、50%。
（二）森林防火。处置火情8起，出动队员326人次，投入资金近10万元。
二、主要工作
1.隐患整改。排查隐患642处，整改611处，投入1,752万元，同比增长12.5%。
2.应急演练。组织演练23场，参与群众4600余人，覆盖率92.5%。
"""


def test_the_title_goes_into_settings(tmp_path: Path) -> None:
    done = adopted(tmp_path, REPORT)
    settings = (tmp_path / "templates/甲局/总结/报告.yaml").read_text("utf-8")
    assert "标题: 甲县应急管理局{{ 期间 }}工作总结\n" in settings
    assert "周期: 月\n" in settings
    assert [sheet.name for sheet in done.sheets] == ["1-安全形势", "2-主要工作"]


def test_changing_one_fact_changes_that_place_only(tmp_path: Path) -> None:
    adopted(tmp_path, REPORT)
    file = tmp_path / f"data/甲局/{SEPTEMBER}.yaml"
    facts, before = file.read_text("utf-8"), built(tmp_path)
    numbers = [m for m in re.finditer(r"(?<=[ 近{])-?[\d,.]*\d", facts) if m.start() > len(f"期间: {SEPTEMBER}")]
    assert len(numbers) > 10
    for number in numbers:
        digit = "3" if number[0][-1] != "3" else "4"
        file.write_text(facts[: number.end() - 1] + digit + facts[number.end() :], "utf-8")
        after = built(tmp_path)
        apart = [at for at, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
        assert len(apart) == 1, number[0]
        assert after[apart[0]] == digit


def test_the_next_month_changes_its_words_and_asks_for_its_facts(tmp_path: Path) -> None:
    done = adopted(tmp_path, REPORT)
    (tmp_path / "data/甲局/2022-10.yaml").write_text("期间: 2022-10\n", "utf-8")
    draft = drafted(tmp_path, "2022-10")
    text = built(tmp_path, "2022-10")
    assert "2022年10月" in text
    assert "截至10月底" in text
    assert "9月" not in text
    assert {m.name for m in draft.missing} == {fact.key for fact in done.facts}


def test_masked_numbers_are_missing_and_print_as_they_stand(tmp_path: Path) -> None:
    done = adopted(tmp_path, "一、收支\n非税收入完成****万元，增长**%，新聘监督员xx名。\n")
    draft = drafted(tmp_path)
    assert done.masked == 3
    assert [m.name for m in draft.missing] == ["非税收入", "非税收入增幅", "监督员"]
    assert "完成****万元，增长**%，新聘监督员xx名" in built(tmp_path)
    assert sum(d.code == "F201" for d in draft.diagnostics) == 3


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    adopted(tmp_path, REPORT)
    with pytest.raises(DraftError) as refused:
        adopted(tmp_path, REPORT)
    assert [d.code for d in refused.value.diagnostics] == ["P109"]


def test_facts_and_indicators_are_added_to(tmp_path: Path) -> None:
    folder = tmp_path / "data/甲局"
    folder.mkdir(parents=True)
    (folder / "指标.yaml").write_text("# 我的指标\n演练: {单位: 场, 责任单位: 指挥中心}\n", "utf-8")
    (folder / f"{SEPTEMBER}.yaml").write_text("期间: 2022-09\n事故起数: 99   # 另一份报告的\n", "utf-8")
    done = adopted(tmp_path, REPORT)
    assert "事故起数" not in {fact.key for fact in done.facts}
    assert "事故起数: 99   # 另一份报告的\n" in (folder / f"{SEPTEMBER}.yaml").read_text("utf-8")
    assert (folder / "指标.yaml").read_text("utf-8").startswith("# 我的指标\n演练: {单位: 场, 责任单位: 指挥中心}\n")
    assert built(tmp_path) == canonical.formatted(REPORT)


@pytest.mark.parametrize("target", [("..", "报告"), ("甲局", "a/b"), ("公共", "报告"), ("甲局", "")])
def test_names_that_are_none_are_refused(target: tuple[str, str], tmp_path: Path) -> None:
    with pytest.raises(DraftError):
        adopt.adopt(Project(tmp_path), [("甲。", "t.txt", period(SEPTEMBER))], target)
    assert not list(tmp_path.iterdir())


def test_years_share_one_template(tmp_path: Path) -> None:
    older = REPORT.replace("2022年9月", "2021年9月").replace("6起、死亡6人", "11起、死亡12人").replace("23场", "20场")
    older = older.replace("45.5%、50%", "8.3%、7.7%").replace("2.应急演练。", "2.应急演练。首次开展拉动演练。")
    years = [(older, "去年.txt", period("2021-09")), (REPORT, "今年.txt", period(SEPTEMBER))]
    done = adopt.adopt(Project(tmp_path), years, ("甲局", "总结"))
    adopt.write(tmp_path, done.files)
    assert done.period == period(SEPTEMBER)
    assert built(tmp_path) == canonical.formatted(REPORT)
    last = built(tmp_path, "2021-09")
    assert "甲县应急管理局2021年9月工作总结" in last
    assert "发生事故11起、死亡12人，同比分别下降8.3%、7.7%" in last
    assert "组织演练20场" in last
    assert [d.code for d in done.unsure].count("L108") == 2


def test_facts_of_an_older_year_stay(tmp_path: Path) -> None:
    folder = tmp_path / "data/甲局"
    folder.mkdir(parents=True)
    (folder / "2021-09.yaml").write_text("期间: 2021-09\n参与群众: 99   # 核过\n", "utf-8")
    older = REPORT.replace("2022年9月", "2021年9月")
    years = [(older, "去年.txt", period("2021-09")), (REPORT, "今年.txt", period(SEPTEMBER))]
    done = adopt.adopt(Project(tmp_path), years, ("甲局", "总结"))
    assert "参与群众" in {fact.key for fact in done.facts}
    assert "参与群众: 99   # 核过\n" in done.files["data/甲局/2021-09.yaml"]
    assert "已有1个同名的数" in "".join(d.message for d in done.unsure)


def test_any_numbers_come_back(tmp_path: Path) -> None:
    """Numbers of every form and unit in made-up sentences: nothing is lost, and nearly all become facts."""
    chance = random.Random(5)
    units = [
        "起",
        "人",
        "个",
        "家",
        "万元",
        "亿元",
        "%",
        "个百分点",
        "公里",
        "亩",
        "万亩",
        "户",
        "项",
        "次",
        "处",
        "平方米",
        "吨",
        "人次",
        "台",
        "小时",
        "天",
        "件",
    ]
    forms = ["{0}", "{0}.{1}", "{1},{0:03d}", "{0}余", "近{0}"]
    lines = []
    for number in range(200):
        amount = chance.choice(forms).format(chance.randint(100, 999), chance.randint(1, 99))
        lines.append(
            f"{number + 1}.工作{chance.choice('甲乙丙丁')}情况。完成任务{amount}{chance.choice(units)}，推进有力。"
        )
    text = "一、工作\n" + "\n".join(lines) + "\n"
    done = adopted(tmp_path, text)
    assert built(tmp_path) == canonical.formatted(text)
    assert done.seen == 200
    assert done.lifted == 200


def test_seen_figures_stand_where_they_say() -> None:
    line = "全县6起、****万元，-84%，1.5—2.5公里。"
    for one in figures(line, frozenset()):
        assert line[one.start : one.end] == one.text


def test_lifting_is_the_same_twice() -> None:
    one, other = (lift.lift(canonical.formatted(REPORT), "t", period(SEPTEMBER), Keys()) for _ in range(2))
    assert one == other


def test_what_prints_otherwise_stays_text(tmp_path: Path) -> None:
    done = adopted(tmp_path, "增长５％。\n投资6亿元，占比12.5％。\n", verbatim=True)
    assert [d.code for d in done.unsure] == ["L103", "L103", "L106"]
    assert "占比12.5％" in (tmp_path / "templates/甲局/总结/1-正文.txt").read_text("utf-8")


def test_what_does_not_come_back_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "txt", lambda draft: "别的文字".encode())
    with pytest.raises(DraftError) as refused:
        adopted(tmp_path, REPORT)
    assert [d.code for d in refused.value.diagnostics] == ["L107"]
    assert not list(tmp_path.iterdir())


MANY = 1200
"""Figures in one line: what is quadratic shows, what is linear takes a second."""


@pytest.mark.parametrize(
    "piece", ["完成项目{0}个、", "{0}个", "投资{0}亿元，增长3%；", "占{0}%，", "比上年增加{0}家，", "分别为{0}个、"]
)
def test_a_line_of_many_figures_comes_back(piece: str, tmp_path: Path) -> None:
    text = "一、甲\n" + "".join(piece.format(n) for n in range(MANY)) + "\n"
    done = adopted(tmp_path, text)
    assert built(tmp_path) == canonical.formatted(text)
    assert done.lifted >= 0.9 * done.seen >= 0.9 * MANY
    assert max(len(fact.key) for fact in done.facts) < 40


def test_a_long_word_is_read_in_no_time() -> None:
    begun = time.perf_counter()
    text = "一、甲\n" + "甲" * 60_000 + "5个" + "1" * 20_000 + "\n" + "a" * 20_000 + "@\n"
    assert lift.lift(text, "t", period(SEPTEMBER), Keys()).seen == 1
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("months", [("2022-09", "2022-10"), ("2022-12", "2023-01"), ("2022Q1", "2022Q2")])
def test_names_do_not_change_with_the_period(months: tuple[str, str]) -> None:
    line = "截至{0}，处置火情8起，同比下降20%，占全年的36.4%，比上年减少2起；投入资金10万元。"
    found = []
    for said in months:
        words = periods.words(period(said))["期末"]
        lifter = Lifter(period(said), Keys())
        found.append((lifter.line(line.format(words), Span("t", 1, 1), "工作情况"), list(lifter.facts)))
    assert found[0] == found[1]


def test_a_disk_that_fills_up_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data/甲局"
    folder.mkdir(parents=True)
    (folder / f"{SEPTEMBER}.yaml").write_text("期间: 2022-09\n甲: 5\n", "utf-8")
    whole, left = ledger.write_whole, [3]

    def full(path: Path, data: bytes) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(path, data)

    done = adopt.adopt(Project(tmp_path), [(REPORT, "旧稿.txt", period(SEPTEMBER))], ("甲局", "总结"))
    for room in range(len(done.files)):
        left[0] = room
        monkeypatch.setattr(ledger, "write_whole", full)
        with pytest.raises(OSError, match="No space"):
            adopt.write(tmp_path, done.files)
        monkeypatch.setattr(ledger, "write_whole", whole)
        assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*")) if p.is_file()] == [
            f"data/甲局/{SEPTEMBER}.yaml"
        ]
        assert not (tmp_path / "templates").exists()
    adopt.write(tmp_path, done.files)
    assert built(tmp_path) == canonical.formatted(REPORT)


def test_files_that_stay_as_they_are_are_not_written(tmp_path: Path) -> None:
    adopted(tmp_path, REPORT)
    done = adopt.adopt(Project(tmp_path), [("一、打算\n继续努力。\n", "二.txt", period(SEPTEMBER))], ("甲局", "简报"))
    assert sorted(done.files) == ["templates/甲局/简报/1-打算.txt", "templates/甲局/简报/报告.yaml"]


def test_names_shared_out_by_number_are_no_link_between_years(tmp_path: Path) -> None:
    now = "一、项目\n（一）路。投资5亿元。\n（二）桥。建成桥一座，投资6亿元，工期紧张。\n（三）渠。投资7亿元。\n"
    last = now.replace("（二）桥。建成桥一座，投资6亿元，工期紧张。", "（二）桥。另行安排，投资9亿元。")
    years = [(now, "今年.txt", period("2022")), (last, "去年.txt", period("2021"))]
    done = adopt.adopt(Project(tmp_path), years, ("甲局", "总结"))
    adopt.write(tmp_path, done.files)
    assert "9亿元" not in built(tmp_path, "2021")
    assert "投资6亿元" not in built(tmp_path, "2021")
    assert any("有1个数模板用不上" in d.message for d in done.unsure)


def test_verbatim_years_with_dos_line_ends(tmp_path: Path) -> None:
    older = REPORT.replace("2022年9月", "2021年9月").replace("6起、死亡6人", "11起、死亡12人")
    years = [
        (text.replace("\n", "\r\n"), "稿.txt", period(said)) for text, said in ((REPORT, SEPTEMBER), (older, "2021-09"))
    ]
    done = adopt.adopt(Project(tmp_path), years, ("甲局", "总结"), verbatim=True)
    adopt.write(tmp_path, done.files)
    assert built(tmp_path) == years[0][0]
    assert built(tmp_path, "2021-09") == years[1][0]


def test_a_form_that_is_filled_builds_the_next_month(tmp_path: Path) -> None:
    adopted(tmp_path, REPORT)
    last = (tmp_path / f"data/甲局/{SEPTEMBER}.yaml").read_text("utf-8")
    (tmp_path / "data/甲局/2022-10.yaml").write_text(last.replace("2022-09", "2022-10").replace("-50%", "50%"), "utf-8")
    draft = drafted(tmp_path, "2022-10")
    assert not draft.missing
    assert "截至10月底，发生事故6起、死亡6人，同比分别下降45.5%、增长50%" in built(tmp_path, "2022-10")
