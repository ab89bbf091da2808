"""drafter refresh: what is written and what is not, what is told, and that the original is never lost."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from drafter import ledger
from drafter.cli import main
from drafter.diagnostic import DraftError
from drafter.refresh import refresh
from drafter.word.read import read_all
from drafter.word.trace.file import open_file
from tests.docx_check import problems
from tests.manual import edited
from tests.project_files import built, make

FILES = {
    "data/某局/指标.yaml": "起数: {单位: 起, 性质: 个数, 极性: 越低越好, 责任单位: 执法科}\n满意度: {单位: '%', 责任单位: 信访科}\n",
    "data/某局/2021-09.yaml": "起数: 10\n",
    "data/某局/2022-09.yaml": "起数: 6\n满意度:\n项目:\n- {名称: 轴承厂, 进度: 过半}\n- {名称: 茶叶厂, 进度: 封顶}\n",
    "templates/某局/月报/1.txt": "一、情况\n（一）安全。发生事故{{ 起数 }}，{{ 起数|同比 }}。满意度{{ 满意度 }}。\n"
    "{% for 项 in 项目 %}\n1.{{ 项.名称 }}。{{ 项.进度 }}。\n{% endfor %}\n二、打算\n抓好落实。\n",
}
NEW = "起数: 12\n满意度: 98\n项目:\n- {名称: 水库, 进度: 开工}\n- {名称: 茶叶厂, 进度: 投产}\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    [result] = built(make(tmp_path, FILES), tmp_path / "out", ("docx",))
    return tmp_path / result.files[0]


def facts(report: Path, text: str, name: str = "2022-09") -> None:
    (report.parents[2] / f"data/某局/{name}.yaml").write_text(text, "utf-8")


def lines(path: Path) -> list[str]:
    return [line.text for line in read_all(path.read_bytes(), path.name).text]


def told(path: Path) -> list[str]:
    return [one.text for one in read_all(path.read_bytes(), path.name).apart if one.kind == "批注"]


def codes(done: object) -> list[str]:
    return [one.code for one in (*done.diagnostics, *done.conflicts)]  # type: ignore[attr-defined]


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["refresh", *words])
    return done.exit_code, done.output


def test_untouched_becomes_a_fresh_build(report: Path, tmp_path: Path) -> None:
    original = report.read_bytes()
    facts(report, NEW)
    done = refresh(report, report.name)
    fresh = tmp_path / "fresh"
    built(make(tmp_path, {}), fresh, ("docx",))
    assert lines(report) == lines(fresh / "某局/2022-09-月报.docx")
    assert done.backup is not None
    assert done.backup.name == "2022-09-月报（刷新前1）.docx"
    assert done.backup.read_bytes() == original
    assert problems(report.read_bytes()) == []
    assert (done.count("换数"), done.count("新增"), done.count("去掉")) == (4, 1, 1)


def test_a_missing_fact_is_filled_in_and_no_longer_yellow(report: Path) -> None:
    assert b"w:highlight" in open_file(report.read_bytes(), "").members["word/document.xml"]
    facts(report, NEW)
    refresh(report, report.name)
    assert "满意度98%" in lines(report)[2]
    assert b"w:highlight" not in open_file(report.read_bytes(), "").members["word/document.xml"]


def test_what_a_hand_did_stays(report: Path) -> None:
    edited(report, "发生事故 → 今年以来共发生事故\n6起 → 8起\n过半 → 过半，资金到位\n加一段 （二）我写的。甲乙丙丁。\n")
    facts(report, NEW)
    done = refresh(report, report.name)
    assert lines(report) == [
        "某局2022年9月月报", "一、情况", "（一）安全。今年以来共发生事故8起，同比增长20%。满意度98%。", "1.水库。开工。",
        "2.轴承厂。过半，资金到位。", "3.茶叶厂。投产。", "（二）我写的。甲乙丙丁。", "二、打算", "抓好落实。", "某局", "2022年9月30日",
    ]  # fmt: skip
    assert sorted(codes(done)) == ["R202", "R204"]
    assert [text.split("\n")[0] for text in told(report)] == [
        "这一处手改过，没有动。",
        "事实里已经没有这一处，因为手改过，没有删。",
    ]
    assert problems(report.read_bytes()) == []


def test_a_sentence_that_both_changed(report: Path) -> None:
    edited(report, "同比下降 → 同比大幅减少\n")
    facts(report, NEW)
    done = refresh(report, report.name)
    assert "发生事故12起，同比大幅减少40%" in lines(report)[2]
    assert codes(done) == ["R203"]
    assert "按现在的事实：同比增长20%" in told(report)[0]


def test_a_figure_typed_again_has_no_bookmark(report: Path) -> None:
    from docx import Document

    document = Document(str(report))
    paragraph = next(p for p in document.paragraphs if "发生事故" in p.text)
    run = next(r for r in paragraph.runs if r.text == "6起")
    run._element.getparent().remove(run._element)
    paragraph.runs[1].text += "6起"
    document.save(str(report))
    assert "发生事故6起" in lines(report)[2]
    facts(report, FILES["data/某局/2022-09.yaml"].replace("起数: 6", "起数: 7"))
    done = refresh(report, report.name)
    assert "发生事故6起" in lines(report)[2]
    assert "R205" in codes(done)


def test_comments_are_gone_when_the_matter_is_settled(report: Path) -> None:
    edited(report, "6起 → 8起\n")
    facts(report, NEW)
    refresh(report, report.name)
    assert len(told(report)) == 1
    facts(report, NEW.replace("起数: 12", "起数: 8"))
    done = refresh(report, report.name)
    assert (told(report), done.conflicts) == ([], ())
    assert done.backup is not None
    assert done.backup.name.endswith("（刷新前2）.docx")


def test_a_comment_taken_away_settles_the_matter(report: Path) -> None:
    edited(report, "6起 → 8起\n")
    facts(report, NEW)
    refresh(report, report.name)
    assert refresh(report, report.name).data is None
    from drafter.word.trace.comments import CONFLICTS, Comments

    file = open_file(report.read_bytes(), "")
    assert Comments(file).clear(CONFLICTS) == 1
    report.write_bytes(file.saved())
    done = refresh(report, report.name)
    assert (done.settled, done.conflicts, told(report), done.data) == (1, (), [], None)
    facts(report, NEW.replace("起数: 12", "起数: 13"))
    again = refresh(report, report.name)
    assert ([d.code for d in again.conflicts], len(told(report))) == (["R202"], 1)


def test_a_pasted_figure_is_told(report: Path, tmp_path: Path) -> None:
    other = tmp_path / "8月"
    [result] = built(make(other, {n.replace("2022-09", "2022-08").replace("2021-09", "2021-08"): t for n, t in FILES.items()}), other / "out", ("docx",))  # fmt: skip
    from docx import Document

    old, new = Document(str(other / result.files[0])), Document(str(report))
    pasted = next(p for p in old.paragraphs if "发生事故" in p.text)._element
    next(p for p in new.paragraphs if "二、" in p.text)._element.addprevious(pasted)
    new.save(str(report))
    done = refresh(report, report.name)
    assert [d.code for d in done.conflicts] == ["R212"]
    assert "粘贴来的数" in told(report)[0]
    assert any("发生事故6起，同比下降40%" in line for line in lines(report)[5:])


def test_nothing_new_writes_nothing(report: Path) -> None:
    before = report.read_bytes()
    done = refresh(report, report.name)
    assert (done.data, done.written, done.steps) == (None, None, ())
    assert report.read_bytes() == before
    assert [p.name for p in report.parent.iterdir()] == [report.name]


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_build_knows_a_refreshed_file(report: Path, by_hand: bool) -> None:
    if by_hand:
        edited(report, "发生事故 → 共发生事故\n")
    facts(report, NEW)
    refresh(report, report.name)
    [result] = built(make(report.parents[2], {}), report.parents[1], ("docx",))
    assert ("P107" in [d.code for d in result.diagnostics]) == by_hand


def test_dry_run_and_out_leave_the_file(report: Path) -> None:
    before = report.read_bytes()
    facts(report, NEW)
    assert refresh(report, report.name, dry=True).data is not None
    out = report.with_name("新.docx")
    assert refresh(report, report.name, out=out).backup is None
    assert report.read_bytes() == before
    assert "12起" in lines(out)[2]
    with pytest.raises(DraftError) as stop:
        refresh(report, report.name, out=out)
    assert stop.value.diagnostics[0].code == "R210"


def test_another_period_is_written_beside(report: Path) -> None:
    edited(report, "加一段 （二）我写的。9月天气好。\n")
    before = report.read_bytes()
    facts(report, NEW, "2022-10")
    facts(report, "起数: 12\n", "2021-10")
    code, said = run(str(report), "--period", "2022-10")
    new = report.with_name("2022-10-月报.docx")
    assert report.read_bytes() == before
    assert code == 0, said
    assert lines(new)[0] == "某局2022年10月月报"
    assert "发生事故12起，与上年同期持平。满意度98%。" in lines(new)[2]
    assert "（二）我写的。9月天气好。" in lines(new)
    assert "R211" in said
    assert "是手写或手改的，里面有“9月”，说的是上一份的事" in said
    record = open_file(new.read_bytes(), "").record
    assert record is not None
    assert (record.target, record.period) == ("某局/月报", "2022-10")
    assert run(str(report), "--period", "2022-10")[0] == 3


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda r: facts(r, "起数：7\n"), "R201"),
        (lambda r: shutil.rmtree(r.parents[2] / "templates/某局/月报"), "R201"),
        (lambda r: (r.parent / "~$22-09-月报.docx").write_bytes(b""), "R206"),
        (lambda r: (r.parent / f".~lock.{r.name}#").write_bytes(b""), "R206"),
        (lambda r: r.write_bytes(b"PK\x03\x04 none"), "D103"),
        (lambda r: r.unlink(), "P102"),
    ],
    ids=["facts", "report", "Word", "LibreOffice", "damaged", "absent"],
)
def test_what_cannot_be_refreshed_is_left(report: Path, spoil: object, code: str) -> None:
    spoil(report)  # type: ignore[operator]
    before = {p: p.read_bytes() for p in report.parent.iterdir()}
    status, said = run(str(report))
    assert status == 3
    assert code in said
    assert "➜" in said
    assert {p: p.read_bytes() for p in report.parent.iterdir()} == before


def test_strict_files_are_refused(report: Path) -> None:
    from zipfile import ZipFile

    with ZipFile(report) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    old, new = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    members = {name: content.replace(old, new) for name, content in members.items()}
    with ZipFile(report, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    facts(report, NEW)
    status, said = run(str(report))
    assert (status, "R209" in said) == (3, True)


def test_a_file_without_record_is_refused(report: Path) -> None:
    make(report.parents[2], {})
    built(
        make(report.parents[2], FILES | {"data/某局/2022-09.yaml": NEW}), report.parent, final=True, formats=("docx",)
    )
    from drafter.word.trace.strip import stripped

    report.write_bytes(stripped(report.read_bytes(), "")[0])
    assert (run(str(report))[0], "R101" in run(str(report))[1]) == (3, True)


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EACCES, errno.EIO])
@pytest.mark.parametrize("which", [1, 2])
def test_a_full_disk_loses_nothing(report: Path, monkeypatch: pytest.MonkeyPatch, fault: int, which: int) -> None:
    """The backup cannot be written, or the file cannot be."""
    before, calls, real = report.read_bytes(), [], ledger.write_whole

    def failing(path: Path, data: bytes, **named: Path) -> None:
        calls.append(path)
        if len(calls) == which:
            raise OSError(fault, "no")
        real(path, data, **named)

    monkeypatch.setattr(ledger, "write_whole", failing)
    facts(report, NEW)
    status, said = run(str(report))
    assert (status, "P106" in said) == (3, True)
    assert report.read_bytes() == before


def test_a_result_that_is_not_as_planned_is_not_written(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from drafter.word.trace import edit

    before, real = report.read_bytes(), edit.apply

    def clumsy(file, plan, now):
        done = real(file, plan, now)
        next(t for t in file.root.iter("{*}t") if t.text == "抓好落实。").text = "抓好。"
        return done

    monkeypatch.setattr(edit, "apply", clumsy)
    facts(report, NEW)
    status, said = run(str(report))
    assert (status, "R207" in said) == (3, True)
    assert report.read_bytes() == before


CHART = {
    "templates/某局/月报/1.txt": '一、情况\n见图1。\n{{ 起数|柱状图(标题="事故") }}\n',
    "data/某局/2022-09.yaml": "起数: {本期: 6, 其中: {甲: 4, 乙: 2}}\n",
}


@pytest.mark.parametrize("able", [True, False])
def test_a_chart_is_drawn_anew_or_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, able: bool) -> None:
    from drafter.word.trace import edit

    [result] = built(make(tmp_path, FILES | CHART), tmp_path / "out", ("docx",))
    report = tmp_path / result.files[0]
    facts(report, "起数: {本期: 7, 其中: {甲: 5, 乙: 2}}\n")
    if not able:
        monkeypatch.setattr(edit, "redraw", lambda *_: False)
    done = refresh(report, report.name)
    assert codes(done) == ([] if able else ["R208"])
    assert able or "一、" in done.diagnostics[0].message
    assert any("甲5" in step.after for step in done.steps)
    chart = open_file(report.read_bytes(), "").members["word/charts/chart1.xml"].decode()
    assert ("<c:v>5</c:v>" in chart) == able


def test_totals_of_a_table_with_rows_by_hand(tmp_path: Path) -> None:
    table = {
        "templates/某局/月报/1.txt": '一、情况\n{{ 项目|表格(列=["名称", "投资"], 合计=true, 标题="项目") }}\n',
        "data/某局/2022-09.yaml": "项目:\n- {名称: 甲厂, 投资: 5万元}\n- {名称: 乙厂, 投资: 6万元}\n- {名称: 丙厂, 投资: 7万元}\n",
    }
    [result] = built(make(tmp_path, FILES | table), tmp_path / "out", ("docx",))
    report = tmp_path / result.files[0]
    from docx import Document

    document = Document(str(report))
    row = document.tables[0].rows[1]._tr
    row.getparent().remove(row)
    document.save(str(report))
    facts(report, table["data/某局/2022-09.yaml"].replace("6万元", "8万元"))
    done = refresh(report, report.name)
    assert [d.code for d in done.conflicts] == ["R214"]
    assert "手删1行" in done.conflicts[0].message
    assert [line for line in lines(report) if line.startswith("| ")] == ["| 名称 | 投资（万元） |", "| 乙厂 | 8 |", "| 丙厂 | 7 |", "| 合计 | 20 |"]  # fmt: skip


def test_totals_of_a_table_with_a_row_that_a_hand_kept(tmp_path: Path) -> None:
    table = {
        "templates/某局/月报/1.txt": '一、情况\n{{ 项目|表格(列=["名称", "投资"], 合计=true, 标题="项目") }}\n',
        "data/某局/2022-09.yaml": "项目:\n- {名称: 甲厂, 投资: 5万元}\n- {名称: 乙厂, 投资: 6万元}\n- {名称: 丙厂, 投资: 7万元}\n",
    }
    [result] = built(make(tmp_path, FILES | table), tmp_path / "out", ("docx",))
    report = tmp_path / result.files[0]
    from docx import Document

    document = Document(str(report))
    document.tables[0].rows[2].cells[0].paragraphs[0].add_run("（停工）")
    document.save(str(report))
    facts(report, "项目:\n- {名称: 甲厂, 投资: 5万元}\n- {名称: 丙厂, 投资: 7万元}\n")
    first = refresh(report, report.name)
    assert [d.code for d in first.conflicts] == ["R204", "R214"]
    again = refresh(report, report.name)
    assert [d.code for d in again.conflicts] == ["R204", "R214"]
    assert again.data is None


def test_an_item_of_two_merged_rows_goes_whole(tmp_path: Path) -> None:
    merged = {
        "templates/某局/月报/1.txt": "一、情况\n| 名称 | 类 | 投资 |\n| --- | --- | --- |\n{% for 项 in 项目 %}\n"
        "| {{ 项.名称 }} | 甲 | {{ 项.投资|数 }} |\n| ^ | 乙 | {{ 项.投资|数 }} |\n{% endfor %}\n",
        "data/某局/2022-09.yaml": "项目:\n- {名称: 甲厂, 投资: 5万元}\n- {名称: 乙厂, 投资: 6万元}\n",
    }
    [result] = built(make(tmp_path, FILES | merged), tmp_path / "out", ("docx",))
    report = tmp_path / result.files[0]
    facts(report, "项目:\n- {名称: 乙厂, 投资: 8万元}\n")
    refresh(report, report.name)
    assert [line for line in lines(report) if line.startswith("| ")] == ["| 名称 | 类 | 投资 |", "| 乙厂 | 甲 | 8 |", "| ^ | 乙 | 8 |"]  # fmt: skip
    assert problems(report.read_bytes()) == []


def test_the_json(report: Path) -> None:
    edited(report, "6起 → 8起\n")
    facts(report, NEW)
    done = CliRunner().invoke(main, ["refresh", str(report), str(report.with_name("无.docx")), "--json"])
    document = json.loads(done.stdout)
    [file] = document["files"]
    assert done.exit_code == 1
    assert (file["target"], file["period"], file["written"]) == ("某局/月报", "2022-09", report.as_posix())
    assert {step["kind"] for step in file["steps"]} == {"换数", "新增", "去掉", "不动"}
    assert [(d["code"], d["quote"]) for d in file["conflicts"]] == [("R202", "8起")]
    assert [d["code"] for d in document["diagnostics"]] == ["P102"]


def test_review_comments_are_made_anew(tmp_path: Path) -> None:
    from drafter.formats import Wishes

    [result] = built(make(tmp_path, FILES), tmp_path / "out", ("docx",), wishes=Wishes(review=True))
    report = tmp_path / result.files[0]
    assert any("本期6起" in text for text in told(report))
    facts(report, NEW)
    refresh(report, report.name)
    assert any("本期12起" in text for text in told(report))
    assert not any("本期6起" in text for text in told(report))
