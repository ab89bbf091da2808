"""Forms out and back: what is filled in comes back as the same facts, what is not asked is not lost, nothing is overwritten."""

from __future__ import annotations

import errno
import io
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import openpyxl
import pytest
from click.testing import CliRunner

from drafter import facts as fact_files
from drafter import ledger, yamlfile
from drafter import period as periods
from drafter.cli import main
from drafter.cli.output import width
from drafter.facts import Facts, Record, Rows
from drafter.figure import Figure
from drafter.forms import form as forms
from drafter.forms import missing, paper, take, workbook
from drafter.forms.desk import Desk
from drafter.forms.take import Wish
from drafter.missing import Missing
from drafter.period import Period
from drafter.project import Project
from drafter.yamlfile import Mapping, Node, Scalar, Sequence, edit
from drafter.yamlfile.slip import folded
from tests.project_files import ROOT, make

SAMPLES = [
    (folder.name, period)
    for folder in sorted((ROOT / "data").iterdir())
    for period in fact_files.known_periods(Project(ROOT).files, folder.name)
    if period.year > 2021
]
IDS = [f"{department}-{period}" for department, period in SAMPLES]


def said(text: str) -> Period:
    found = periods.parse(text)
    assert found is not None
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "drafter.yaml", tmp_path)
    return tmp_path


def moved(root: Path, department: str, period: Period) -> Mapping:
    """Make a period's file the last period's, so that its form has a place for everything; the tree of the file."""
    path = root / "data" / department / f"{period}.yaml"
    tree, _ = yamlfile.load(Project(root).files, f"data/{department}/{period}.yaml")
    before = periods.previous(period)
    text = path.read_text("utf-8").replace(f"期间: {period}", f"期间: {before}")
    path.unlink()
    (path.parent / f"{before}.yaml").write_text(text, "utf-8")
    assert tree is not None
    return tree


def shape(value: object) -> object:
    """What a fact says of its own period, places aside."""
    match value:
        case _ if not forms.filled(value):
            return None
        case Figure():
            own = [(name, str(getattr(value, name))) for name in forms.OWN if getattr(value, name) is not None]
            rank = (value.rank.place, value.rank.scope) if value.rank else None
            parts = [(p.name, shape(p)) for p in value.parts]
            return value.name, value.unit, [o for o in own if o[0] != "rank"], rank, parts, value.estimate
        case Rows():
            return [shape(item) for item in value]
        case Record():
            return {key: shape(value.get(key)) for key in value}
    return str(value)


def own(facts: Facts, department: str) -> dict[str, object]:
    """The facts of a department's own file."""
    found = {}
    for name in facts.own_names():
        value = facts.get(name)
        span = value.span if isinstance(value, (Figure, Missing)) else value.origin.span
        if span and span.file.startswith(f"data/{department}/") and name != "期间":
            found[folded(name)] = shape(value)
    return found


@pytest.mark.parametrize(("department", "period"), SAMPLES, ids=IDS)
def test_a_filled_form_gives_the_same_facts(copy: Path, department: str, period: Period) -> None:
    wanted = own(fact_files.load(Project(copy).files, department, period), department)
    tree = moved(copy, department, period)
    made = forms.form(Desk(Project(copy)), department, period)
    assert set(wanted) <= {folded(row.name) for row in made.rows}
    sheet_comes_back(copy, made, tree, wanted)
    (copy / "data" / department / f"{period}.yaml").write_text(typed_in(made, tree), "utf-8")
    found = own(fact_files.load(Project(copy).files, department, period), department)
    assert {name: found.get(name) for name in wanted} == wanted
    assert all(value is None for name, value in found.items() if name not in wanted)


def typed_in(made: forms.Form, tree: Mapping) -> str:
    """The YAML form with the values of a tree; its comments stay."""
    blank = paper.yaml(made, "drafter build")
    filled, changes = edit.merged(blank, tree, "form.yaml")
    assert changes
    comments = [line.partition("#")[2] for line in blank.split("\n")]
    assert [c for c in comments if c and c not in filled] == []
    return filled


def sheet_comes_back(root: Path, made: forms.Form, tree: Mapping, wanted: dict[str, object]) -> None:
    """The filled sheet, imported, gives the same facts; importing it again changes nothing."""
    data = filled_sheet(workbook.of_form(made), tree)
    [taken] = take.take(Desk(Project(root)), "填报表.xlsx", data, Wish())
    assert (taken.status, taken.department, taken.period) == ("new", made.department, made.period)
    assert [d.line() for d in taken.diagnostics if d.severity.value != "note"] == []
    (root / taken.file).write_text(taken.new, "utf-8")
    found = own(fact_files.load(Project(root).files, made.department, made.period), made.department)
    assert {name: found.get(name) for name in wanted} == wanted
    assert [one.status for one in take.take(Desk(Project(root)), "填报表.xlsx", data, Wish())] == ["unchanged"]


def filled_sheet(data: bytes, tree: Mapping) -> bytes:
    """The workbook as a clerk fills it: every value of the tree in its cell, as text."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    nodes = {folded(key.text): node for key, node in tree.items}
    for ws in book:
        rows = list(ws.iter_rows())
        head = [str(cell.value or "") for cell in rows[2]]
        marked = str(rows[1][0].value)
        if marked.startswith(("列表：", "分组：")):
            if node := nodes.get(folded(marked.partition("：")[2])):
                listed(ws, head, node)
            continue
        whole: Node = Scalar("")
        for cells in rows[3:]:
            name = str(cells[0].value or "")
            if name.strip().startswith("其中："):
                part = name.partition("其中：")[2]
                put(cells, head, dict(pairs(dict(pairs(whole))["其中"]))[part])
            elif folded(name) in nodes:
                whole = nodes[folded(name)]
                put(cells, head, whole)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pairs(node: Node) -> list[tuple[str, Node]]:
    return [(key.text, value) for key, value in node.items] if isinstance(node, Mapping) else [("本期", node)]


def cells_of(node: Node) -> Iterator[tuple[str, str]]:
    for key, value in pairs(node):
        if key == "位次":
            yield from (({"第": "位次"}.get(k, k), v.text) for k, v in pairs(value) if isinstance(v, Scalar))
        elif isinstance(value, Scalar):
            yield key, value.text


def put(cells: tuple, head: list[str], node: Node) -> None:
    for key, text in cells_of(node):
        cells[head.index(key)].value = text


def listed(ws: object, head: list[str], node: Node) -> None:
    items = node.items if isinstance(node, Sequence) else (node,)
    for number, item in enumerate(items, start=4):
        texts = dict(pairs(item)) if isinstance(item, Mapping) else {head[0]: item}
        if number > 8:
            ws.insert_rows(number)
        for column, key in enumerate(head, start=1):
            ws.cell(number, column).value = texts[key].text if key in texts else None


@pytest.mark.parametrize("department", sorted({d for d, _ in SAMPLES}))
def test_an_unfilled_form_loads_and_holds_nothing(copy: Path, department: str) -> None:
    project = Project(copy)
    period = forms.next_period(Desk(project), department)
    assert period is not None
    made = forms.form(Desk(project), department, period)
    assert made.rows
    (copy / "data" / department / f"{period}.yaml").write_text(paper.yaml(made, "drafter build"), "utf-8")
    facts = fact_files.load(Project(copy).files, department, period)
    values = {name: facts.get(name) for name in facts.own_names() if name != "期间"}
    assert [d.line() for d in facts.diagnostics] == []
    assert [folded(n) for n in values] == [folded(row.name) for row in made.rows]
    assert not any(forms.filled(value) for value in values.values())
    assert forms.next_period(Desk(Project(copy)), department) == period, "an unfilled form holds no facts"
    [taken] = take.take(Desk(Project(copy)), "表.xlsx", workbook.of_form(made), Wish())
    assert taken.status == "unchanged"


NOTES = {
    "data/某局/指标.yaml": """事故起数: {单位: 起, 性质: 个数, 责任单位: 安监科}
投资: {单位: 亿元, 性质: 总量, 责任单位: 投资科}
收入: {单位: 万元, 责任单位: 财务科}
没用到: {单位: 人}
""",
    "data/公共/2022-08.yaml": "主题活动: 甲活动\n",
    "data/某局/2021-09.yaml": "投资: 3.2\n",
    "data/某局/2022-08.yaml": """期间: 2022-08
收入: {增幅: 3%, 预计: 是, 位次: {第: 2, 范围: 七县（市）}}
说明: 上月一段话
片区: [{名称: 甲, 点位: [{名称: 乙, 数: 3个}]}, {名称: 丙, 备注: 丁}]
话: [一句, 两句]
联络人: {姓名: 李明}
""",
    "templates/某局/月报/报告.yaml": '标题: "{{ 单位 }}{{ 标题语 }}"\n',
    "templates/某局/月报/1.txt": """一、形势
{{ 主题活动 }}。发生{{ 事故起数|同比 }}，其中{{ 事故起数|其中 }}；投资{{ 投资|同比 }}，{{ 投资|进度 }}，{{ 投资|位次变化 }}。
{% for 片 in 片区 %}{{ 片.名称 }}{% for 点 in 片.点位 %}{{ 点.名称 }}{{ 点.进展 }}{% endfor %}{% endfor %}
{% if 通报 is 已填 %}{{ 通报 }}{% endif %}{{ 收入|增减 }}{{ 新指标|环比 }}{{ 事实("R&D经费") }}
""",
    "templates/某局/季报/1.txt": '一、季度\n{{ 期("7月").季前 }}{{ 季内 }}{{ 期("9月").月末数 }}\n',
    "templates/他局/月报/1.txt": '一、引用\n{{ 部门("某局").引用数 }}{{ 部门("某局", "上期").上月数 }}\n',
}


def test_templates_are_known_to_ask_for_all_that_rendering_asks_for() -> None:
    desk = Desk(Project(ROOT))
    seen = 0
    for report in desk.project.reports():
        period = desk.project.newest(report)
        assert period is not None
        desk.builder.draft(report, period)
        asked = {folded(one.name) for one in desk.asked(report, period) if one.period == period}
        used = {folded(name) for name in desk.builder.facts(report.department, period).used}
        assert used <= asked, report.target
        seen += len(used)
    assert seen > 100


def test_what_a_form_asks_for(tmp_path: Path) -> None:
    made = forms.form(Desk(make(tmp_path, NOTES)), "某局", said("2022-09"))
    text = paper.yaml(made, "drafter build 某局")
    assert text.split("\n", 5)[5] == EXPECTED
    assert made.elsewhere == ("主题活动",)
    assert made.targets == ("他局/月报", "某局/季报", "某局/月报")


EXPECTED = """\
期间: 2022-09
收入: {增幅: , 位次: {第: , 范围: 七县（市）}}  # 万元；财务科；上期预计增幅3%；是预计数就加 预计: 是
片区:                                   # 上次2项，没有的删去
  - {名称: , 点位: [{名称: , 数: , 进展: }], 备注: }
事故起数: {本期: , 上年同期: , 其中: }  # 起；安监科
投资: {本期: , 目标: , 位次: {第: , 范围: , 上年同期: }}  # 亿元；投资科；上年同期3.2亿元
引用数:                                 # 新名称
上月数:                                 # 新名称
季内:                                   # 新名称
月末数:                                 # 新名称
通报:                                   # 新名称
新指标: {本期: , 上期: }                # 新名称
R&D经费:                                # 新名称
标题语:                                 # 新名称
# 下面各项这一期的报告没有用到，有就填
说明:                                   # 上次写：上月一段话
话:                                     # 上次2项，没有的删去
  -
联络人: {姓名: }
没用到:                                 # 人
"""


def test_a_slip_in_a_template_is_no_fact(tmp_path: Path) -> None:
    files = {**NOTES, "templates/某局/月报/1.txt": "一、甲\n{{ 事故启数 }}{{ 增幅 }}{{ 事实('其中') }}\n"}
    made = forms.form(Desk(make(tmp_path, files)), "某局", said("2022-09"))
    rows = {row.name: row.remark for row in made.rows if row.wanted}
    assert rows["事故启数"] == "新名称；你是不是想写“事故起数”？"
    assert {"增幅", "其中"}.isdisjoint(rows)


def test_missing_by_office(tmp_path: Path) -> None:
    project = make(
        tmp_path,
        {
            **NOTES,
            "data/某局/2022-09.yaml": "事故起数: 6\n投资: {本期: 4.1, 位次: 3}\n片区: [{名称: 甲}, {名称: 乙, 点位: [{名称: 丙, 进展: 好}]}]\n",
        },
    )
    desk = Desk(project)
    [report] = project.select(("某局/月报",))
    lacks = missing.together([missing.of_report(desk, report, said("2022-09"))])
    found = {one.name: (one.office, one.key, one.maybe) for one in lacks}
    assert found == {
        "主题活动": ("", "", False),
        "事故起数的上年同期": ("安监科", "上年同期", False),
        "事故起数的其中": ("安监科", "其中", False),
        "投资的目标": ("投资科", "目标", False),
        "投资的上年同期位次": ("投资科", "", False),
        "片区第1项的点位": ("", "", False),
        "收入": ("财务科", "", False),
    }
    offices = missing.by_office(lacks)
    assert list(offices) == ["安监科", "投资科", "财务科", "公共（未注明责任单位）", "某局（未注明责任单位）"]
    assert missing.message("安监科", offices["安监科"]) == (
        "【安监科】请提供2022年9月的以下数据（2 项）：\n1.事故起数的上年同期（起）\n2.事故起数的其中\n"
        "用于：某局/月报\n填在：data/某局/2022-09.yaml"
    )


def test_missing_says_what_may_be_needed(tmp_path: Path) -> None:
    project = make(
        tmp_path,
        {
            "data/某局/2022-08.yaml": "期间: 2022-08\n响应: [{灾种: 低温, 次数: 1次}]\n人次: 3人次\n",
            "data/某局/2022-09.yaml": "期间: 2022-09\n响应:\n",
            "templates/某局/月报/1.txt": "一、甲\n正文。{% if 响应 is 已填 %}{{ 响应|条数 }}{{ 人次 }}{% endif %}\n",
        },
    )
    [report] = project.reports()
    lacks = missing.of_report(Desk(project), report, said("2022-09")).lacks
    assert [(one.name, one.maybe, one.place) for one in lacks] == [
        ("响应", True, "data/某局/2022-09.yaml:2"),
        ("人次", True, "data/某局/2022-09.yaml"),
    ]
    assert "以下视情况提供" in missing.message("科", list(lacks))


def test_an_office_sheet_comes_back(tmp_path: Path) -> None:
    project = make(tmp_path, {**NOTES, "data/某局/2022-09.yaml": "# 说明\n事故起数: 6   # 核过\n"})
    desk = Desk(project)
    lacks = [n for r in project.reports() for n in missing.of_report(desk, r, said("2022-09")).lacks]
    data = workbook.of_lacks(desk, missing.by_office(lacks))
    assert data is not None
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {"安监科", "投资科", "财务科"} <= set(book.sheetnames)
    head = [cell.value for cell in book["安监科"][3]]
    assert head[:2] == ["指标", "单位"]
    book["安监科"].cell(4, head.index("上年同期") + 1).value = 11
    book["财务科"].cell(4, [cell.value for cell in book["财务科"][3]].index("增幅") + 1).value = "-1.5%"
    stream = io.BytesIO()
    book.save(stream)
    taken = take.take(Desk(project), "缺.xlsx", stream.getvalue(), Wish())
    mine = next(one for one in taken if one.department == "某局")
    assert mine.status == "changed"
    assert "事故起数: {本期: 6, 上年同期: 11}   # 核过" in mine.new
    assert "收入: {增幅: -1.5%" in mine.new


def test_what_is_looked_up_anyway_is_not_written_again(tmp_path: Path) -> None:
    files = {**NOTES, "data/某局/2022-09.yaml": "期间: 2022-09\n"}
    csv = "指标,单位,本期,上年同期\n投资,亿元,4.1,3.20\n事故起数,起,6,11\n"
    [taken] = take.take(Desk(make(tmp_path, files)), "某局2022-09.csv", csv.encode(), Wish())
    assert "投资: 4.1\n" in taken.new
    assert "事故起数: {本期: 6, 上年同期: 11}" in taken.new
    assert [str(c) for c in taken.changes] == [
        "投资：（没有） → 4.1",
        "事故起数：（没有） → 6",
        "事故起数的上年同期：（没有） → 11",
    ]


def test_an_empty_cell_never_takes_a_value_away(tmp_path: Path) -> None:
    files = {**NOTES, "data/某局/2022-09.yaml": "投资: {本期: 4.1, 位次: {第: 3, 范围: 全市}}\n事故起数:\n"}
    csv = "指标,单位,本期,增幅,位次,范围\n投资,亿元,,,,全省\n事故起数,起,,,,\n收入,万元,,,,\n"
    [taken] = take.take(Desk(make(tmp_path, files)), "某局2022-09.csv", csv.encode(), Wish())
    assert taken.new.startswith(files["data/某局/2022-09.yaml"])
    assert taken.changes == ()


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("表.csv", "指标,本期\n投资,3\n", "P108"),
        ("某局.csv", "指标,本期\n投资,3\n", "P108"),
        ("2022-09.csv", "指标,本期\n投资,3\n", "P108"),
        ("某局2022-09.csv", "指标,本期\n投资,六\n", "F112"),
        ("某局2022-09.csv", "只有一句话\n", "F135"),
        ("某局2022-09.yaml", "投资：3\n", "F101"),
        ("某局2022-09.yaml", "- 甲\n", "F101"),
        ("某局2022-09.xlsx", "PK不是", "F131"),
        ("某局2022-09.csv", "", "F131"),
    ],
)
def test_what_cannot_be_taken_is_told(tmp_path: Path, name: str, text: str, code: str) -> None:
    project = make(tmp_path, {**NOTES, "data/某局/2022-09.yaml": "投资: 1\n"})
    taken = take.take(Desk(project), name, text.encode(), Wish())
    assert [one.status for one in taken] == ["failed"]
    assert code in {d.code for d in taken[0].diagnostics}
    assert all(d.hint for d in taken[0].diagnostics if d.severity.value == "error")


def test_a_filled_yaml_form_is_taken(tmp_path: Path) -> None:
    project = make(tmp_path, NOTES)
    desk = Desk(project)
    text = paper.yaml(forms.form(desk, "某局", said("2022-09")), "x").replace("通报:", "通报: 已通报")
    [taken] = take.take(desk, "填好的.yaml", text.encode(), Wish())
    assert (taken.status, taken.file) == ("new", "data/某局/2022-09.yaml")
    assert "通报: 已通报\n" in taken.new


def test_two_departments_in_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, NOTES)
    monkeypatch.chdir(tmp_path)
    for name in ("某局", "他局"):
        (tmp_path / f"{name}2022-09.csv").write_text("指标,本期\n数,3\n", "utf-8")
    done = CliRunner().invoke(main, ["facts", "import", "某局2022-09.csv", "他局2022-09.csv"])
    assert done.exit_code == 0, done.output
    assert [(tmp_path / "data" / name / "2022-09.yaml").is_file() for name in ("某局", "他局")] == [True, True]


def test_a_clerk_is_asked_before_a_file_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, {**NOTES, "data/某局/2022-09.yaml": "投资: 1\n"})
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data/某局/2022-09.yaml"
    (tmp_path / "某局2022-09.csv").write_text("指标,本期\n投资,3\n", "utf-8")
    command = ["facts", "import", "某局2022-09.csv"]
    monkeypatch.setattr("drafter.cli.forms._watched", lambda: True)
    refused = CliRunner().invoke(main, command, input="否\n")
    assert (refused.exit_code, path.read_text("utf-8")) == (1, "投资: 1\n")
    agreed = CliRunner().invoke(main, command, input="是\n")
    assert (agreed.exit_code, path.read_text("utf-8")) == (0, "投资: 3\n")


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, {**NOTES, "data/某局/2022-09.yaml": "投资: 1\n"})
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "data/某局/2022-09.yaml"
    (tmp_path / "某局2022-09.csv").write_text("指标,本期\n投资,3\n", "utf-8")

    def meanwhile(*_: object, **__: object) -> bool:
        path.write_text("投资: 2\n", "utf-8")
        return True

    monkeypatch.setattr("drafter.cli.forms._agreed", meanwhile)
    done = CliRunner().invoke(main, ["facts", "import", "某局2022-09.csv"])
    assert (done.exit_code, path.read_text("utf-8")) == (1, "投资: 2\n")


def test_a_sheet_of_another_month_or_office_waits_for_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, {**NOTES, "data/他局/2022-08.yaml": "投资: 1\n"})
    monkeypatch.chdir(tmp_path)
    (tmp_path / "表.csv").write_text("某局2022年9月情况\n指标,本期\n投资,3\n", "utf-8")
    for words, told in ((("某局", "2022-10"), "期间是 2022-09"), (("他局", "2022-09"), "部门是 某局")):
        code, _, err = run("import", "表.csv", *words)
        path = tmp_path / "data" / words[0] / f"{words[1]}.yaml"
        assert (code, path.exists()) == (1, False)
        assert f"表里写的{told}" in err
        assert (run("import", "表.csv", *words, "--yes")[0], path.exists()) == (0, True)


def test_numbers_that_do_not_fit_are_told_and_taken(tmp_path: Path) -> None:
    project = make(tmp_path, NOTES)
    text = "指标,单位,本期,上年同期,增幅（%）\n地区生产总值,亿元,60.2,58.1,5.9\n"
    [taken] = take.take(Desk(project), "某局2022-09.csv", text.encode(), Wish())
    assert taken.status == "new"
    assert [(d.code, d.severity.value) for d in taken.diagnostics] == [("F116", "warning")]
    assert "地区生产总值: {本期: 60.2亿元, 上年同期: 58.1亿元, 增幅: 5.9%}" in taken.new


def test_a_disk_that_fills_up_is_told_file_by_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, NOTES)
    monkeypatch.chdir(tmp_path)
    for name in ("某局", "他局"):
        (tmp_path / f"{name}2022-09.csv").write_text("指标,本期\n数,3\n", "utf-8")
    whole = ledger.write_whole

    def full(path: Path, data: bytes) -> None:
        if "他局" in str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(path, data)

    monkeypatch.setattr(ledger, "write_whole", full)
    code, out, err = run("import", "他局2022-09.csv", "某局2022-09.csv", "--json")
    imports = json.loads(out)["imports"]
    assert (code, err, [one["status"] for one in imports]) == (1, "", ["failed", "written"])
    assert imports[0]["diagnostics"][-1]["message"] == "写不进去：磁盘满了"
    assert not (tmp_path / "data/他局/2022-09.yaml").exists()


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["facts", *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done.exit_code, done.stdout, done.stderr


def test_a_folder_of_forms_and_a_file_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, NOTES)
    monkeypatch.chdir(tmp_path)
    back = tmp_path / "收"
    back.mkdir()
    for name in ("某局2022-09.csv", "他局2022-09.csv", "~$某局2022-09.csv", "说明.txt"):
        (back / name).write_text("指标,本期\n数,3\n", "utf-8")
    code, out, _ = run("import", "收")
    assert code == 0
    assert [line.split()[0] for line in out.split("\n")[-4:-1]] == ["状态", "已写", "已写"]
    assert "说明" not in out
    code, out, err = run("import", "没有.xlsx", "收/某局2022-09.csv")
    assert code == 1
    assert "没有.xlsx:1:1: F107 打不开" in err
    assert "未变化" in out
    assert run("import", "收/*.csv")[0] == 0


def test_sheets_of_several_offices_go_into_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, {**NOTES, "data/某局/2022-09.yaml": "期间: 2022-09\n投资:   # 亿元\n"})
    monkeypatch.chdir(tmp_path)
    for office, text in (("甲科", "事故起数,3"), ("乙科", "投资,4"), ("丙科", "投资,5")):
        (tmp_path / f"某局2022-09{office}.csv").write_text(f"指标,本期\n{text}\n", "utf-8")
    path = tmp_path / "data/某局/2022-09.yaml"
    code, _, _ = run("import", "某局2022-09甲科.csv", "某局2022-09乙科.csv", "--yes")
    assert (code, path.read_text("utf-8")) == (0, "期间: 2022-09\n投资: 4   # 亿元\n事故起数: 3\n")
    path.write_text("期间: 2022-09\n投资:   # 亿元\n", "utf-8")
    code, _, err = run("import", "某局2022-09乙科.csv", "某局2022-09丙科.csv", "--yes")
    assert (code, path.read_text("utf-8")) == (1, "期间: 2022-09\n投资: 4   # 亿元\n")
    assert "某局2022-09丙科.csv:1:1: F114 “投资”有两个值：4（某局2022-09乙科.csv）和5" in err


def test_a_form_of_another_period_is_refused(tmp_path: Path) -> None:
    project = make(tmp_path, NOTES)
    text = "期间: 2022-10\n投资: 3\n"
    [taken] = take.take(Desk(project), "某局.yaml", text.encode(), Wish(period=said("2022-09")))
    assert taken.status == "failed"
    assert [(d.code, d.span.line) for d in taken.diagnostics] == [("F105", 1)]


def test_json_is_one_document_on_stdout(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    (copy / "应急管理局2022-10.csv").write_text("指标,本期\n事故起数,3\n", "utf-8")
    for words in (
        ("show", "财政局", "2022H1"),
        ("show", "财政局", "1999"),
        ("show", "财政所"),
        ("missing",),
        ("missing", "没有"),
        ("missing", "--period", "2022-12"),
        ("schema",),
        ("import", "应急管理局2022-10.csv"),
        ("import", "应急管理局2022-10.csv", "--sheet", "没有"),
        ("import", "甲", "乙"),
    ):
        code, out, err = run(*words, "--json")
        assert json.loads(out), words
        assert err == "", words
        assert code in (0, 1, 2, 3)


def test_show_says_where_a_figure_comes_from(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    document = json.loads(run("show", "应急管理局", "2022-09", "--json")[1])
    rows = {row["name"]: row for row in document["facts"]}
    accidents = rows["事故起数"]
    assert (accidents["value"], accidents["change"], accidents["base"]) == ("6起", "下降45.5%（算）", "11起")
    assert accidents["base_from"] == "data/应急管理局/2021-09.yaml:3:12"
    assert (accidents["file"], accidents["line"], accidents["column"]) == ("data/应急管理局/2022-09.yaml", 3, 12)
    assert rows["应急响应"]["value"] == "3项：缘由、灾种、级别、次数"
    assert rows["主题活动"]["file"] == "data/公共/2022-09.yaml"
    quarter = {r["name"]: r for r in json.loads(run("show", "发展和改革局", "2022Q1", "--json")[1])["facts"]}
    assert (quarter["民间投资"]["change"], quarter["民间投资"]["rank"]) == ("增长44.7%（填）", "居七县（市）首位")
    code, out, _ = run("show", "发展和改革局", "2022Q1")
    assert code == 0
    assert "  服务业科：" in out


def test_what_goes_out_is_never_overwritten_and_comes_back(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    assert run("form", "应急管理局", "--xlsx")[0] == 0
    path = copy / "out/填报/应急管理局-2022-10-填报表.xlsx"
    before = path.read_bytes()
    code, _, err = run("form", "应急管理局", "--xlsx")
    assert (code, path.read_bytes()) == (2, before)
    assert "没有覆盖" in err
    assert run("form", "应急管理局", "--out", "表.xlsx")[0] == 0
    assert (copy / "表.xlsx").read_bytes() == before
    code, _, err = run("import", str(path))
    assert (code, "一个数也没有填" in err) == (1, True)
    assert run("form", "公共", "2022-10")[0] == 0
    shared = (copy / "data/公共/2022-10.yaml").read_text("utf-8")
    assert [name in shared for name in ("主题活动:", "中心工作:", "专项督查:", "事故起数:")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_sheet_in_the_data_folder_stands_in_the_way(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    (copy / "data/应急管理局/2022-10.csv").write_text("指标,本期\n事故起数,3\n", "utf-8")
    code, _, err = run("form", "应急管理局", "2022-10")
    assert code == 2
    assert "data/应急管理局/2022-10.csv" in err
    assert not (copy / "data/应急管理局/2022-10.yaml").exists()


def test_each_office_gets_its_own(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    code, out, _ = run("missing", "应急管理局", "--period", "2022-10", "--out", "发", "--xlsx", "全部.xlsx")
    assert code == 1
    text = (copy / "发/安全生产综合协调科-缺数.txt").read_text("utf-8")
    assert text.startswith(
        "【安全生产综合协调科】请提供2022年10月的以下数据（11 项）：\n1.事故起数（起）：本期、上年同期、其中（工贸领域、道路交通）"
    )
    assert text.rstrip("\n") in out
    book = openpyxl.load_workbook(copy / "全部.xlsx")
    assert {"安全生产综合协调科", "应急指挥中心", "应急响应"} <= set(book.sheetnames)
    assert run("missing", "应急管理局", "--period", "2022-09")[0] == 0


def test_without_the_xlsx_packages(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copy)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    code, _, err = run("form", "应急管理局", "--xlsx")
    assert code == 1
    assert "F131" in err
    assert not (copy / "out").exists()


def test_departments_ask_each_other(tmp_path: Path) -> None:
    project = make(
        tmp_path,
        {
            "data/云岭镇/2022-08.yaml": "收入: 3万元\n",
            "data/云岭镇/2022-09.yaml": "别的: 3万元\n",
            "data/青溪镇/2022-09.yaml": "收入: 5万元\n",
            "data/县局/2022-09.yaml": "总数: 3万元\n乡镇: [云岭镇, 青溪镇]\n",
            "templates/县局/月报/1.txt": (
                '一、甲\n{{ 部门表|合计("收入") }}{% for 项 in 乡镇|排名("收入") %}{{ 项.名称 }}{{ 项.收入|环比 }}{% endfor %}'
                '{{ 部门("青溪镇").人口 }}{{ 部门("云岭镇", "上期").收入|同比 }}\n'
            ),
        },
    )
    desk = Desk(project)
    [report] = project.reports()
    asked = {(one.department, str(one.period), one.name, one.use.asked) for one in desk.asked(report, said("2022-09"))}
    assert asked == {
        ("县局", "2022-09", "乡镇", "列表"),
        ("云岭镇", "2022-09", "收入", "本期"),
        ("青溪镇", "2022-09", "收入", "本期"),
        ("云岭镇", "2022-09", "收入", "环比"),
        ("青溪镇", "2022-09", "收入", "环比"),
        ("青溪镇", "2022-09", "人口", "本期"),
        ("云岭镇", "2022-08", "收入", "同比"),
    }
    made = forms.form(desk, "云岭镇", said("2022-10"))
    assert {row.name for row in made.rows if row.wanted} == {"收入"}


def test_broken_templates_are_told_and_nothing_is_promised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, {"templates/某局/月报/1.txt": "一、甲\n{% if %}\n", "data/某局/2022-08.yaml": "期间: 2022-08\n"})
    monkeypatch.chdir(tmp_path)
    code, out, err = run("missing", "--period", "2022-09")
    assert (code, "定稿" in out, "T101" in err) == (1, False, True)
    code, _, err = run("form", "某局", "2022-09")
    assert (code, "T101" in err, "没有要填的事实" in err) == (2, True, True)
    assert not (tmp_path / "data/某局/2022-09.yaml").exists()


def test_an_unfilled_sheet_makes_no_file(tmp_path: Path) -> None:
    desk = Desk(make(tmp_path, NOTES))
    data = workbook.of_form(forms.form(desk, "某局", said("2022-09")))
    [taken] = take.take(desk, "表.xlsx", data, Wish())
    assert (taken.status, [d.code for d in taken.diagnostics]) == ("failed", ["F135"])


def test_file_names_are_safe() -> None:
    assert missing.file_name("市局/分局：一科\n") == "市局-分局：一科--缺数"
    assert missing.file_name('a:b*?"<>|') == "a-b-------缺数"
    assert missing.file_name(" . ") == "责任单位-缺数"


TOWNSHIPS = {
    "drafter.yaml": "部门表: [云岭镇, 青溪镇]\n",
    "data/云岭镇/2022-08.yaml": "收入: 3万元\n",
    "data/青溪镇/2022-08.yaml": "收入: 5万元\n人口: 9人\n",
    "data/青溪镇/2022-09.yaml": "别的: 3万元\n",
    "data/县局/2022-08.yaml": "总数: 1万元\n",
    "data/县局/2022-09.yaml": "总数: 3万元\n",
    "templates/县局/月报/1.txt": '一、甲\n{{ 总数 }}{{ 部门表|合计("收入") }}{{ 部门("青溪镇", "8月").人口 }}\n',
}


@pytest.mark.parametrize(
    ("words", "code", "said_", "unsaid"),
    [
        (
            ("青溪镇",),
            1,
            ("1.收入；上期5万元", "data/青溪镇/2022-09.yaml", "查了 1 份：县局/月报 2022-09"),
            ("云岭镇", "人口"),
        ),
        (
            ("data/青溪镇/", "-p", "2022-08"),
            0,
            ("要“青溪镇”的数不缺（", "县局/月报 2022-08"),
            ("2022-09", "2022-12", "定稿"),
        ),
        (("青溪镇", "-p", "2022-10"), 1, ("1.收入\n", "县局/月报 2022-10）"), ("人口",)),
        (("青溪镇", "-p", "2022H1"), 3, ("没有报告用到“青溪镇” 2022H1 的数", "P102"), ("缺 ",)),
        (("青溪镇", "县局"), 1, ("云岭镇", "青溪镇", "共缺 2 项（查了 1 份："), ("人口", "、青溪镇的收入")),
        (("青溪真",), 2, ("P102", "你是不是想写“青溪镇”"), ()),
    ],
)
def test_what_others_need_of_a_township(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple, code: int, said_: tuple, unsaid: tuple
) -> None:
    make(tmp_path, TOWNSHIPS)
    monkeypatch.chdir(tmp_path)
    done, out, err = run("missing", *words)
    assert (done, [w for w in said_ if w not in out + err], [w for w in unsaid if w in out]) == (code, [], [])
    assert json.loads(run("missing", *words, "--json")[1])["diagnostics"] or code in (0, 1)


def test_a_township_form_names_the_reports_that_use_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, TOWNSHIPS)
    monkeypatch.chdir(tmp_path)
    assert "填好后生成：drafter build 县局/月报 --period 2022-10\n" in run("form", "云岭镇", "2022-10")[1]
    assert "填好后生成：drafter build 县局 --period 2022-10\n" in run("form", "县局", "2022-10")[1]


def test_show_has_the_parts_and_what_is_given_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = (
        "事故: {本期: 6起, 累计: 44, 目标: 60, 其中: {工贸: {本期: 4, 目标: 9}, 道路: }}\n"
        "响应: [{灾种: , 次数: }]\n备灾: [{灾种: }, {灾种: 汛}]\n空: {本期: , 其中: {甲: }}\n"
    )
    before = "事故: {本期: 12起, 其中: {工贸: 8, 道路: 4}}\n"
    make(tmp_path, {"data/某局/2022-09.yaml": facts, "data/某局/2021-09.yaml": before})
    monkeypatch.chdir(tmp_path)
    shown = json.loads(run("show", "某局", "2022-09", "--json")[1])["facts"]
    assert [(row["name"], row["kind"], row["value"]) for row in shown] == [
        ("事故", "figure", "6起"),
        ("响应", "missing", ""),
        ("备灾", "list", "1项：灾种"),
        ("空", "missing", ""),
    ]
    parts = [(p["name"], p["kind"], p["value"], p["target"], p["base"], p["change"]) for p in shown[0]["parts"]]
    assert (shown[0]["total"], shown[0]["target"]) == ("44起", "60起")
    assert parts == [("工贸", "figure", "4起", "9起", "8起", "下降50%（算）"), ("道路", "missing", "", "", "4起", "")]
    out = run("show", "某局", "2022-09")[1]
    assert out.startswith("某局 2022年9月：4 项，其中 2 项待补\n名称          数值       累计")
    assert "  其中：道路  （待补）" in out
    assert "drafter facts missing 某局 --period 2022-09" in out


def pages(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        yield from pages(command, *path, name) if isinstance(command, click.Group) else [(*path, name)]


@pytest.mark.parametrize("path", list(pages(main)), ids=" ".join)
@pytest.mark.parametrize("cells", [50, 80, 120])
def test_help_pages_are_chinese_and_fit(path: tuple[str, ...], cells: int) -> None:
    page = CliRunner().invoke(main, [*path, "--help"], prog_name="drafter", terminal_width=cells).output
    assert page.startswith(f"用法：{' '.join(('drafter', *path))} [选项]")
    assert not re.search(r"OPTIONS|COMMAND|ARGS|选项:|命令:|…|\.\.\.$", page.split("\n", 1)[1])
    assert [line for line in page.split("\n")[1:] if width(line) > cells] == []
    for example in re.findall(r"2022\S*\.\.", page):
        assert "2022-01..2022-05" in page, example


def test_an_unfilled_form_behind_a_gap_is_the_next_one(tmp_path: Path) -> None:
    project = make(tmp_path, {"data/甲镇/2021-05.yaml": "收入: 5万元\n", "data/甲镇/2022-05.yaml": "收入:\n"})
    assert str(forms.next_period(Desk(project), "甲镇")) == "2022-05"


def test_a_cell_is_told_once(tmp_path: Path) -> None:
    sheet = "指标,单位,本期\n人数,人,三\n"
    project = make(tmp_path, {"data/甲局/指标.yaml": "人数: 人\n", "data/甲局/2022-09.csv": sheet})
    found = fact_files.load(project.files, "甲局", periods.month(2022, 9)).diagnostics
    assert [(d.code, d.severity.value, d.span.line) for d in found] == [("F112", "error", 2)]
