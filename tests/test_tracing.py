"""出处: every figure of a file with its fact, place, address and state, whatever was done to the file."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from lxml import etree

from drafter import office, tracing
from drafter.cli import main
from drafter.diagnostic import DraftError
from drafter.diff.passages import passages
from drafter.draft import Draft
from drafter.project import Project
from drafter.source import Line
from drafter.tracing import Seen, Traces
from drafter.word.element import W
from tests import made_edits
from tests.case_files import CASES, Case, accept, load
from tests.docx_check import need
from tests.project_files import ROOT, built, drafted, make
from tests.traced_reports import LAYOUTS, TARGETS, traced
from tests.word_like import by_libreoffice, by_python_docx, saved_by_word

MAIN = "word/document.xml"
Element = etree._Element


def with_part(data: bytes, name: str, change: Callable[[Element], None]) -> bytes:
    """A .docx with one part changed."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == name:
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(entry, content)
    return out.getvalue()


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def of(root: Element, words: str) -> Element:
    """The w:t that holds exactly these words."""
    [found] = [t for t in root.iter(w("t")) if t.text == words]
    return found


def above(element: Element, name: str) -> Element:
    return next(element.iterancestors(w(name)))


def bookmark(root: Element, words: str) -> tuple[Element, Element]:
    run = above(of(root, words), "r")
    return run.getprevious(), run.getnext()


def replaced(root: Element, words: str, new: str) -> None:
    of(root, words).text = new


def removed(root: Element, words: str) -> None:
    paragraph = above(of(root, words), "p")
    paragraph.getparent().remove(paragraph)


def unmarked(root: Element, words: str) -> None:
    for end in bookmark(root, words):
        end.getparent().remove(end)


def copied(root: Element, words: str) -> None:
    paragraph = above(of(root, words), "p")
    paragraph.addnext(deepcopy(paragraph))


def last(root: Element, words: str) -> None:
    paragraph = above(of(root, words), "p")
    body = paragraph.getparent()
    body.findall(w("p"))[-3].addnext(paragraph)


def parted(root: Element, words: str) -> None:
    """The paragraph ends in the middle of the words, as when somebody presses Enter there."""
    text = of(root, words)
    run, paragraph = above(text, "r"), above(text, "p")
    second, rest = deepcopy(run), deepcopy(paragraph)
    half = len(words) // 2
    text.text, next(second.iter(w("t"))).text = words[:half], words[half:]
    for child in rest:
        if child.tag != w("pPr"):
            rest.remove(child)
    rest.append(second)
    for follower in list(run.itersiblings()):
        rest.append(follower)
    paragraph.addnext(rest)


def foreign(root: Element, words: str) -> None:
    bookmark(root, words)[0].set(w("name"), "_DZZZZZZ_4")


EDITS: dict[str, Callable[[Element, str], None]] = {
    "删段": removed, "删书签": unmarked, "复制段": copied, "移到最后": last, "拆段": parted, "别的报告": foreign,
}  # fmt: skip


def edit(root: Element, line: str) -> None:
    words, arrow, new = line.partition(" → ")
    if arrow:
        replaced(root, words, new)
    else:
        how, _, words = line.partition(" ")
        EDITS[how](root, words)


def build(folder: Path, case: Case) -> Path:
    """The .docx of a case, edited by hand; its project is left as it is later."""
    more = case.parts.get("more", "")
    files = {
        "templates/某局/月报/1.txt": case.input + "\n",
        "data/某局/2022-09.yaml": f"{case.parts['facts']}\n{more}\n",
    }
    if "settings" in case.parts:
        files["templates/某局/月报/报告.yaml"] = case.parts["settings"] + "\n"
    [result] = built(make(folder, files), folder / "out", ("docx",))
    assert result.files, [d.line() for d in result.diagnostics]
    path = folder / result.files[0]
    for line in case.lines("edit"):
        path.write_bytes(with_part(path.read_bytes(), MAIN, lambda root, line=line: edit(root, line)))
    if "later" in case.parts:
        make(folder, {"data/某局/2022-09.yaml": f"{case.parts['later']}\n{more}\n"})
    if "template" in case.parts:
        make(folder, {"templates/某局/月报/1.txt": case.parts["template"] + "\n"})
    return path


def told(found: Traces) -> str:
    """What a trace says, one line each."""
    rows = ("　".join(cell for cell in row if cell) for row in tracing.rows(found))
    return "\n".join((*rows, tracing.summary(found), *(d.line() for d in found.diagnostics)))


@pytest.mark.parametrize("case", load(CASES / "trace"), ids=str)
def test_case(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = build(tmp_path, case)
    said = told(tracing.read(path, path.name))
    if request.config.getoption("--accept"):
        accept(case, "says", said)
    else:
        assert said.split("\n") == case.parts["says"].split("\n")


def sample(target: str) -> Draft:
    project = Project(ROOT)
    [report] = project.select((target,))
    return drafted(project, target, str(project.newest(report)))


def lines_of(thing: object) -> Iterator[Line]:
    """Every line that a document holds."""
    if isinstance(thing, Line):
        yield thing
    elif isinstance(thing, (tuple, list)):
        for one in thing:
            yield from lines_of(one)
    elif is_dataclass(thing):
        for one in fields(thing):
            if one.name not in ("marks", "pictures"):
                yield from lines_of(getattr(thing, one.name))


def printed(draft: Draft) -> Counter[tuple[str, ...]]:
    """(text, fact, period, formula) of every printed value of a draft."""
    pieces = (piece for line in lines_of(draft.document) for piece in line.pieces())
    found = ((text, mark.origin) for text, mark in pieces if mark is not None and mark.origin is not None)
    return Counter((text, origin.fact, origin.period, origin.formula) for text, origin in found)


def trace(data: bytes, path: Path) -> Traces:
    path.write_bytes(data)
    return tracing.read(path, path.name, Project(ROOT))


def says(one: Seen) -> tuple[str, ...]:
    return (one.text, one.origin.fact, one.origin.period, one.origin.formula)


@pytest.mark.parametrize("target", TARGETS)
def test_every_figure_of_the_samples_is_traced(target: str, tmp_path: Path) -> None:
    found = trace(traced(target, sample(target).report.layout.text), tmp_path / "报告.docx")
    seen, wanted = Counter(says(one) for one in found.figures), printed(sample(target))
    assert sum(wanted.values()) > 20
    assert wanted - seen == Counter()
    assert found.counts == {"same": len(found.figures), "edited": 0, "stale": 0, "lost": 0}
    assert [d.line() for d in found.diagnostics] == []


def written_as() -> dict[str, str]:
    """名称 of an indicator of the samples → its key in facts files."""
    files = (path.read_text("utf-8") for path in ROOT.glob("data/*/指标.yaml"))
    rows = (re.findall(r"^(\S+): \{名称: ([^,}]+)", text, re.M) for text in files)
    return {name: key for found in rows for key, name in found}


@pytest.mark.parametrize("target", TARGETS)
def test_every_figure_of_the_samples_has_its_line(target: str, tmp_path: Path) -> None:
    """The line that a figure is said to come from names its fact, or holds its digits."""
    found = trace(traced(target, "总结"), tmp_path / "报告.docx")
    keys, wrong = written_as(), []
    for one in found.figures:
        place = one.origin.span
        line = (ROOT / place.file).read_text("utf-8").splitlines()[place.line - 1] if place else ""
        named = [*re.split(r"第\d+项的?|的|、|（", one.origin.fact), keys.get(one.origin.fact, "")]
        if not any(word and word in line for word in (*named, *re.findall(r"[\d.]+", one.text))):
            wrong.append((says(one), str(place), line))
    assert wrong == []


@pytest.mark.parametrize("target", TARGETS)
def test_addresses_are_those_of_the_outline(target: str, tmp_path: Path) -> None:
    """What the file is read back to says where a figure stands as the draft does."""
    outline = sample(target).outline
    assert outline is not None
    pieces = ((one.address, piece) for one in passages(outline) for piece in one.line.pieces())
    wanted = Counter(
        (text, address) for address, (text, mark) in pieces if mark is not None and mark.origin is not None
    )
    found = trace(traced(target, "总结"), tmp_path / "报告.docx")
    own = [one for one in found.figures if not one.address.startswith(("附件", "版记", "发文"))]
    seen = Counter((one.text, one.address) for one in own if "图" not in one.address)
    charts = Counter((one.text, re.sub("图.*", "", one.address)) for one in own if "图" in one.address)
    assert sum(seen.values()) > 5
    assert seen - wanted == Counter()
    assert Counter((text, re.sub("表.*", "", where)) for text, where in (wanted - seen).elements()) == charts


def kept(data: bytes, path: Path, before: Traces, *, moved: bool = False) -> None:
    """A file that was saved anew says the same as before, at the same addresses unless paragraphs were put in."""
    after = trace(data, path)
    told = [(says(one), one.state, one.address if not moved else "") for one in after.figures]
    assert told == [(says(one), "same", one.address if not moved else "") for one in before.figures]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("target", TARGETS)
def test_saved_by_word_or_python_docx_all_is_the_same(target: str, layout: str, tmp_path: Path) -> None:
    data = traced(target, layout)
    before = trace(data, tmp_path / "报告.docx")
    assert before.counts["same"] == len(before.figures) > 20
    kept(saved_by_word(data, f"{target}{layout}"), tmp_path / "另存.docx", before)
    kept(by_python_docx(data, Random(7)), tmp_path / "脚本.docx", before, moved=True)


@pytest.mark.parametrize("kinds", [("docx",), ("odt", "docx")], ids=["docx", "odt"])
def test_saved_by_libreoffice_all_is_the_same(kinds: tuple[str, ...], tmp_path: Path) -> None:
    need(office.find(), office.ABSENT)
    files = {target.replace("/", "-"): traced(target, "总结") for target in TARGETS}
    for name, data in by_libreoffice(files, tmp_path, *kinds).items():
        kept(data, tmp_path / "另存.docx", trace(files[name], tmp_path / "报告.docx"))


CHART = "word/charts/chart1.xml"
NOTICE = "县安委办/隐患整改通知"


def points(root: Element) -> list[Element]:
    return [v for v in root.iter("{*}v") if next(v.iterancestors("{*}val"), None) is not None]


def chart(tmp_path: Path, change: Callable[[Element], None], part: str = CHART) -> list[tuple[str, str, str, str]]:
    """The values of the chart of a sample after a change: (text, state, address, what was generated)."""
    found = trace(with_part(traced(NOTICE, "函"), part, change), tmp_path / "图.docx")
    return [
        (one.text, one.state, one.address, one.was.text) for one in found.figures if one.was.origin.formula == "数"
    ][:2]


def set_text(element: Element, text: str) -> None:
    element.text = text


@pytest.mark.parametrize(
    ("change", "texts", "state"),
    [
        (lambda root: None, ("4", "2"), "same"),
        (lambda root: set_text(points(root)[1], "2.0000000000000004"), ("4", "2"), "same"),
        (lambda root: set_text(points(root)[0], "5"), ("5", "2"), "edited"),
        (lambda root: set_text(points(root)[1], "很多"), ("4", "很多"), "edited"),
        (lambda root: points(root)[0].getparent().getparent().remove(points(root)[0].getparent()), ("", "2"), "edited"),
    ],
    ids=["不动", "二进制的零头", "改一个数", "不是数", "删一个点"],
)
def test_the_numbers_of_a_chart(
    change: Callable[[Element], None], texts: tuple[str, str], state: str, tmp_path: Path
) -> None:
    assert chart(tmp_path, change) == [(texts[0], state, "一、图1", "4"), (texts[1], state, "一、图1", "2")]


def test_a_chart_that_was_deleted_is_lost(tmp_path: Path) -> None:
    def delete(root: Element) -> None:
        paragraph = above(next(root.iter(w("drawing"))), "p")
        paragraph.getparent().remove(paragraph)

    assert chart(tmp_path, delete, MAIN) == [("4", "lost", "", "4"), ("2", "lost", "", "2")]


def test_a_picture_in_place_of_a_chart_is_an_edit(tmp_path: Path) -> None:
    def picture(root: Element) -> None:
        found = next(one for one in root.iter("{*}chart"))
        found.getparent().remove(found)

    assert chart(tmp_path, picture, MAIN) == [("", "edited", "一、图1", "4"), ("", "edited", "一、图1", "2")]


MONTHS = {
    "data/某局/2022-08.yaml": "税收: 1.5亿元\n",
    "data/某局/2022-09.yaml": "税收: {本期: 2.10亿元, 上年同期: 8.3亿元}\n",
    "templates/某局/月报/1.txt": "一、情况\n{{ 税收|逐期(2)|柱状图(对比=true) }}\n见图。\n",
}


def test_a_chart_of_several_series_is_followed(tmp_path: Path) -> None:
    project = make(tmp_path, MONTHS | {"data/某局/2021-08.yaml": "税收: 1亿元\n"})
    [result] = built(project, tmp_path / "out", ("docx",))
    path = tmp_path / result.files[0]
    before = tracing.read(path, path.name).figures
    assert [(one.text, one.state) for one in before if one.address == "一、图1"] == [
        (text, "same") for text in ("1.5", "1", "2.10", "8.3")
    ]
    make(tmp_path, {"data/某局/2022-08.yaml": "税收: 1.6亿元\n"})
    after = [one for one in tracing.read(path, path.name).figures if one.address == "一、图1"]
    assert [(one.text, one.state, one.now.text if one.now else "") for one in after] == [
        ("1.5", "stale", "1.6"), ("1", "same", "1"), ("2.10", "same", "2.10"), ("8.3", "same", "8.3"),
    ]  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_elements_have_names(layout: str, tmp_path: Path) -> None:
    found = trace(traced(NOTICE, layout), tmp_path / "报告.docx")
    bound = [one.address for one in found.figures if one.address.startswith("附件1")]
    assert bound == [f"附件1表1第{row}行" for row in (2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6)]


BARE = {"templates/某局/月报/1.txt": "一、情况\n发生事故{{ 起数 }}。\n", "data/某局/2022-09.yaml": "起数: 6起\n"}


def one_file(folder: Path) -> Path:
    [result] = built(make(folder, BARE), folder / "out", ("docx",))
    return folder / result.files[0]


def test_an_attachment_has_addresses_of_its_own(tmp_path: Path) -> None:
    settings = "附件: [{名称: 任务表, 章节: [2]}, {名称: 说明, 章节: [3]}]\n章节: [1]\n版式: 公文\n"
    more = {
        "templates/某局/月报/报告.yaml": settings,
        "templates/某局/月报/2.txt": "一、任务\n（一）共{{ 起数 }}。\n",
        "templates/某局/月报/3.txt": "共{{ 起数 }}。\n还是{{ 起数 }}。\n",
    }
    make(tmp_path, BARE | more)
    path = one_file_of(tmp_path)
    addresses = [one.address for one in tracing.read(path, path.name).figures]
    assert addresses == ["一、第1段", "附件1一、（一）", "附件2第1段", "附件2第2段"]


def one_file_of(folder: Path) -> Path:
    [result] = built(Project(folder), folder / "out", ("docx",))
    assert result.files, [d.line() for d in result.diagnostics]
    return folder / result.files[0]


def test_without_a_project_the_rest_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = one_file(tmp_path / "项目").read_bytes()
    (tmp_path / "别处").mkdir()
    monkeypatch.chdir(tmp_path / "别处")
    path = tmp_path / "别处" / "月报.docx"
    path.write_bytes(with_part(data, MAIN, lambda root: edit(root, "6起 → 8起")))
    found = tracing.read(path, path.name)
    assert (told(found).split("\n")[1], found.diagnostics[0].code) == (
        "共1处：一致0，手改1，没了0（过期没有查）",
        "R103",
    )
    assert found.figures[0].wants_a_look
    monkeypatch.chdir(tmp_path / "项目")
    assert tracing.read(path, path.name).judged
    monkeypatch.chdir(tmp_path)
    assert tracing.read(path, path.name, Project(tmp_path / "项目")).judged


def test_a_report_that_is_no_more_is_told(tmp_path: Path) -> None:
    path = one_file(tmp_path)
    (tmp_path / "templates/某局/月报").rename(tmp_path / "templates/某局/旬报")
    [one] = tracing.read(path, path.name).diagnostics
    assert (one.code, one.message) == ("R103", "没有查数字过没过期：项目里没有报告“某局/月报”")
    (tmp_path / "data/某局/2022-09.yaml").rename(tmp_path / "data/某局/2022-08.yaml")
    (tmp_path / "templates/某局/旬报").rename(tmp_path / "templates/某局/月报")
    [one] = tracing.read(path, path.name).diagnostics
    assert "P103 没有2022年9月的事实文件" in one.message


def test_a_file_without_a_record_is_refused(tmp_path: Path) -> None:
    from drafter.outline import Outline
    from drafter.word import write

    path = tmp_path / "空.docx"
    path.write_bytes(write.write(Outline(title=Line("标题"))))
    with pytest.raises(DraftError) as refused:
        tracing.read(path, path.name)
    assert [d.code for d in refused.value.diagnostics] == ["R101"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("没有.docx", None, "P102"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "D107"),
        ("开放.odt", b"PK\x03\x04", "D107"),
        ("文字.txt", "一、情况".encode(), "D101"),
        ("坏.docx", b"PK\x03\x04" + bytes(40), "D103"),
    ],
)
def test_other_files_are_refused(name: str, data: bytes | None, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(DraftError) as refused:
        tracing.read(path, path.name)
    assert [d.code for d in refused.value.diagnostics] == [code]


def test_a_docx_with_another_suffix_is_read(tmp_path: Path) -> None:
    path = one_file(tmp_path)
    for name in ("报告.docm", "报告.doc", "报告"):
        other = path.with_name(name)
        other.write_bytes(path.read_bytes())
        assert tracing.read(other, name).counts["same"] == 1


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["trace", *words])
    return done.exit_code, done.stdout


def test_the_json_contract(tmp_path: Path) -> None:
    path = one_file(tmp_path)
    code, said = run(str(path), "--json")
    document = json.loads(said)
    assert (code, document["target"], document["period"]) == (0, "某局/月报", "2022-09")
    assert document["counts"] == {"same": 1, "edited": 0, "stale": 0, "lost": 0}
    [figure] = document["figures"]
    assert figure == {
        "text": "6起", "fact": "起数", "period": "2022-09", "file": "data/某局/2022-09.yaml", "line": 1, "column": 5,
        "cell": "", "formula": "", "basis": [], "office": "", "address": "一、第1段", "state": "same", "was": "6起", "now": "6起",
        "printed": "6起", "printed_now": "6起", "agrees": False, "retyped": "", "missing": False, "bookmark": figure["bookmark"],
    }  # fmt: skip
    assert re.fullmatch(r"_D[A-Z2-7]{6}_1", figure["bookmark"])


def test_several_files_one_of_them_unreadable(tmp_path: Path) -> None:
    path = one_file(tmp_path)
    code, said = run(str(path), str(tmp_path / "没有.docx"), "--json")
    document = json.loads(said)
    assert (code, len(document["files"]), document["diagnostics"][0]["code"]) == (1, 1, "P102")
    assert run(str(tmp_path / "没有.docx"))[0] == 3


def test_an_edit_that_agrees_with_the_facts_is_no_fault(tmp_path: Path) -> None:
    path = one_file(tmp_path)
    path.write_bytes(with_part(path.read_bytes(), MAIN, lambda root: edit(root, "6起 → 7起")))
    assert run(str(path))[0] == 1
    make(tmp_path, {"data/某局/2022-09.yaml": "起数: 7起\n"})
    assert run(str(path))[0] == 0


def test_the_count_of_a_list_comes_from_the_list(tmp_path: Path) -> None:
    """Also of a list that a filter made; a list typed in the template comes from no fact."""
    files = {
        "drafter.yaml": "部门表: [甲镇, 乙镇]\n",
        "data/甲镇/2022-09.yaml": "收入: 6万元\n",
        "data/乙镇/2022-09.yaml": "收入: 7万元\n",
        "data/某局/2022-09.yaml": "景区: [甲, 乙]\n项目: [{名称: 甲, 投资: 5万元}, {名称: 乙, 投资: 6万元}]\n起数: 6起\n",
    }
    counted = {
        "景区": "景区 2022-09 data/某局/2022-09.yaml:1:5",
        "景区[:1]": "景区 2022-09 data/某局/2022-09.yaml:1:6",
        "景区|前(1)": "景区 2022-09 data/某局/2022-09.yaml:1:6",
        '项目|排名("投资")': "项目的投资 2022-09 data/某局/2022-09.yaml:2:36",
        "部门表": "部门表 2022-09 drafter.yaml:1:6",
        '部门表|排名("收入")|前(1)': "收入 2022-09 data/乙镇/2022-09.yaml:1:5",
        "起数|逐期(2)|后(1)": "起数 2022-09 data/某局/2022-09.yaml:3:5",
        '["甲", "乙"]': "",
    }
    lines = "".join(f"共{{{{ {source}|条数 }}}}个。\n" for source in counted)
    draft = drafted(make(tmp_path, files | {"templates/某局/月报/1.txt": f"一、情况\n{lines}"}), "某局/月报", "2022-09")
    assert draft.outline is not None
    found = []
    for line in lines_of(draft.outline.sections):
        if line.text.startswith("共"):
            origins = [mark.origin for _, mark in line.pieces() if mark and mark.origin]
            found.append("".join(f"{o.fact} {o.period} {o.span}" for o in origins))
            assert all(o.formula == "条数" for o in origins)
    assert found == list(counted.values())


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_edited_every_figure_is_said_once(seed: int, tmp_path: Path) -> None:
    """Also an address for every one that is there, and no finding that is not about the edits."""
    target = TARGETS[seed % len(TARGETS)]
    data = traced(target, LAYOUTS[seed % 3])
    edited, _ = made_edits.edited(data, Random(seed), 12)
    before, after = (trace(one, tmp_path / "报告.docx") for one in (data, edited))
    assert Counter(one.was.text for one in after.figures) == Counter(one.was.text for one in before.figures)
    assert [one for one in after.figures if (one.state == "lost" and not one.retyped) != (not one.address)] == []
    assert [one for one in after.figures if one.state == "same" and one.text != one.was.text] == []
    assert {d.code for d in after.diagnostics} <= {"R102", "R104", "D121"}


def test_a_figure_typed_again_is_looked_at_until_it_is_what_the_facts_say(tmp_path: Path) -> None:
    path = one_file(tmp_path)
    for line in ("删书签 6起", "6起 → 9起"):
        path.write_bytes(with_part(path.read_bytes(), MAIN, lambda root, line=line: edit(root, line)))
    code, said = run(str(path), "--json")
    [figure] = json.loads(said)["figures"]
    assert (code, figure["state"], figure["text"], figure["retyped"], figure["address"]) == (
        1, "lost", "6起", "9起", "一、第1段",
    )  # fmt: skip
    make(tmp_path, {"data/某局/2022-09.yaml": "起数: 9起\n"})
    assert run(str(path))[0] == 0
    alone = tmp_path.parent / f"{tmp_path.name}别处.docx"
    alone.write_bytes(path.read_bytes())
    assert not tracing.read(alone, alone.name).judged
    assert tracing.read(alone, alone.name).wants_a_look


def test_figures_of_another_report_want_a_look(tmp_path: Path) -> None:
    path = one_file(tmp_path)
    path.write_bytes(with_part(path.read_bytes(), MAIN, lambda root: edit(root, "别的报告 6起")))
    assert run(str(path))[0] == 1


def test_backups_are_left_out_unless_they_are_named_alone(tmp_path: Path) -> None:
    path = one_file(tmp_path)
    backup = path.with_name(f"{path.stem}（刷新前1）.docx")
    backup.write_bytes(path.read_bytes())
    document = json.loads(run(str(path), str(backup), "--json")[1])
    assert ([one["file"] for one in document["files"]], document["skipped"]) == ([path.as_posix()], [backup.as_posix()])
    done = CliRunner().invoke(main, ["trace", "--brief", str(path), str(backup)])
    assert (done.stdout.count("共1处"), done.stderr) == (1, f"跳过备份：{backup.as_posix()}（要用它就只写这一个）\n")
    assert run(str(backup), "--brief")[1].count("共1处") == 1
    done = CliRunner().invoke(main, ["refresh", str(path), str(backup)])
    assert done.stdout.count("没有要换的") == 1
    assert CliRunner().invoke(main, ["refresh", str(backup)]).stdout.count("没有要换的") == 1


def marked_up(root: Element) -> None:
    """A tracked insertion."""
    run_ = above(of(root, "6起"), "r")
    inserted = etree.SubElement(run_.getparent(), w("ins"), {w("id"): "900", w("author"): "张三"})
    text = etree.SubElement(etree.SubElement(inserted, w("r")), w("t"))
    text.text = "等"


def test_a_copy_without_traces_says_what_else_nobody_should_send(tmp_path: Path) -> None:
    from drafter.word.trace.comments import Comments
    from drafter.word.trace.file import open_file

    path = one_file(tmp_path)
    file = open_file(with_part(path.read_bytes(), MAIN, marked_up), path.name)
    comments = Comments(file)
    for author in ("李四", "王五", "李四"):
        place = file.root.findall(f".//{w('p')}")[1]
        comments.add("再核一下", place, place, author)
    path.write_bytes(file.saved())
    code, said = run(str(path), "--strip", str(tmp_path / "发文.docx"))
    assert (code, said.splitlines()[1]) == (
        0,
        "里面还有修订1处、批注3条（作者：李四、王五），没有去掉：在 Word 里接受或拒绝修订、删去批注，再往外发",
    )


def test_a_period_without_facts_says_which_file_to_fill(tmp_path: Path) -> None:
    path = one_file(tmp_path)
    done = CliRunner().invoke(main, ["refresh", str(path), "--period", "2022-12"])
    assert done.exit_code == 3
    assert "P103 没有2022年12月的事实文件" in done.stderr
    assert "新建 data/某局/2022-12.yaml 并填上事实；填报表：drafter facts form 某局 2022-12" in done.stderr


def test_a_file_without_a_project_is_told_where_to_find_one(tmp_path: Path) -> None:
    data = one_file(tmp_path / "项目").read_bytes()
    path = tmp_path / "稿.docx"
    path.write_bytes(data)
    done = CliRunner().invoke(main, ["refresh", str(path)])
    assert "drafter --project 项目文件夹 …" in done.stderr
