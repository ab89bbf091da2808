"""版式: what the built-in layouts say, number by number; files of an office's own, with every finding; fonts."""

from __future__ import annotations

import re
import struct
import sys
import zipfile
from dataclasses import fields
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from drafter import layout as room
from drafter.cli import main
from drafter.diagnostic import Diagnostic, Severity
from drafter.layout import NAMES, fonts, standard
from drafter.layout.model import Layout
from drafter.layout.read import copy, source, with_base
from drafter.layout.schema import ELEMENTS, LAYOUT, LOOKS, Group
from drafter.layout.values import gathered
from drafter.source import Files, Span
from drafter.typeset.compose import ELEMENTS as SETTERS
from drafter.yamlfile import Mapping, read
from tests.case_files import CASES, Case, accept, load

ALL = load(CASES / "layout")
HERE = Span("drafter.yaml", 2, 4)
OWN = "templates/我县.yaml"


# ---- the standard's numbers ----------------------------------------------------------------------------------------

NUMBERS = (
    # 1.2 page, 1.3 pitch
    ("总结", "page.width", 11906, "5.1"),
    ("总结", "page.height", 16838, "5.1"),
    ("总结", "page.top", 2098, "5.2.1"),
    ("总结", "page.left", 1588, "5.2.1"),
    ("总结", "page.text_width", 8844, "5.2.1"),
    ("总结", "page.text_height", 12756, "5.2.1"),
    ("总结", "page.right", 1474, "what is left"),
    ("总结", "page.bottom", 1984, "what is left"),
    ("总结", "page.header", 851, "practice"),
    ("总结", "body.size", 32, "5.2.2"),
    ("总结", "body.font", "仿宋_GB2312", "5.2.2"),
    ("总结", "body.line", 579, "5.2.3, 22 lines"),
    ("总结", "squeeze", -5, "5.2.3, 28 字"),
    ("总结", "pitch", 315, "5.2.3"),
    ("总结", "grid", "lines", "1.3 rule 2"),
    ("总结", "looks[标题].line", 579, "1.6"),
    # 1.4 indents
    *(
        (("总结", f"looks[{look}].first", 200, "7.3.3"))
        for look in ("正文", "一级标题", "二级标题", "三级标题", "四级标题")
    ),
    ("总结", "body.align", "both", "1.3 rule 1"),
    # 1.5 head
    ("公文", "head.top", 1984, "7.2.4"),
    ("公文", "head.above", False, "7.2.4"),
    ("公文", "head.suffix", "文件", "7.2.4"),
    ("公文", "head.rule.gap", 227, "7.2.7"),
    ("公文", "head.rule.length", 8844, "7.2.7"),
    ("公文", "head.rule.color", "FF0000", "7.2.7"),
    ("公文", "head.rule.weights", (8,), "practice"),
    ("公文", "head.foot", None, "10.1 alone"),
    ("公文", "looks[份号].size", 32, "7.2.1"),
    ("公文", "looks[份号].font", "仿宋_GB2312", "7.2.1"),
    ("公文", "looks[密级].font", "黑体", "7.2.2"),
    ("公文", "looks[紧急程度].font", "黑体", "7.2.3"),
    ("公文", "looks[发文机关标志].color", "FF0000", "7.2.4"),
    ("公文", "looks[发文机关标志].font", "方正小标宋简体", "7.2.4"),
    ("公文", "looks[发文机关标志].size", 72, "7.2.4, not fixed"),
    ("公文", "looks[发文机关标志].align", "center", "7.2.4"),
    ("公文", "looks[发文字号].blank", 2, "7.2.5"),
    ("公文", "looks[发文字号].align", "center", "7.2.5"),
    ("公文", "looks[签发人].font", "仿宋_GB2312", "7.2.6"),
    ("公文", "looks[签发人].right", 100, "7.2.6"),
    ("公文", "looks[签发人姓名].font", "楷体_GB2312", "7.2.6"),
    # 1.6 body
    ("总结", "looks[标题].size", 44, "7.3.1"),
    ("总结", "looks[标题].font", "方正小标宋简体", "7.3.1"),
    ("总结", "looks[标题].align", "center", "7.3.1"),
    ("总结", "looks[标题].bold", False, "7.3.1"),
    ("总结", "looks[标题].keep_next", True, "1.6"),
    ("总结", "looks[标题].blank", 0, "1.11"),
    ("公文", "looks[标题].blank", 2, "7.3.1"),
    ("总结", "title_width", 20, "7.3.1"),
    ("总结", "looks[副标题].font", "楷体_GB2312", "1.11"),
    ("总结", "looks[副标题].blank", 0, "1.11"),
    ("总结", "looks[主送机关].blank", 1, "7.3.2"),
    ("总结", "looks[正文].blank", 0, "7.3.3"),
    ("总结", "looks[一级标题].font", "黑体", "7.3.3"),
    ("总结", "looks[二级标题].font", "楷体_GB2312", "7.3.3"),
    ("总结", "looks[三级标题].font", "仿宋_GB2312", "7.3.3"),
    ("总结", "looks[四级标题].font", "仿宋_GB2312", "7.3.3"),
    ("总结", "looks[四级标题].size", 32, "7.3.3"),
    ("总结", "looks[二级标题].bold", False, "7.3.3"),
    ("总结", "looks[附件说明].blank", 1, "7.3.4"),
    ("总结", "looks[附件说明].left", 200, "7.3.4"),
    ("公文", "seal", "加盖印章", "7.3.5.1"),
    ("公文", "looks[署名].blank", 2, "7.3.5.1"),
    ("公文", "looks[署名].right", 400, "7.3.5.1"),
    ("总结", "seal", "不加盖印章", "7.3.5.2"),
    ("总结", "looks[署名].blank", 1, "7.3.5.2"),
    ("总结", "looks[署名].right", 200, "7.3.5.2"),
    ("总结", "looks[附注].first", 200, "7.3.6"),
    ("总结", "looks[附件].font", "黑体", "7.3.7"),
    ("总结", "looks[附件标题].size", 44, "7.3.7"),
    ("总结", "looks[附件标题].blank", 1, "7.3.7, line 3"),
    # 1.7 imprint
    ("公文", "imprint.edge", 8, "7.4.1"),
    ("公文", "imprint.inner", 6, "7.4.1"),
    ("公文", "imprint.printed", True, "7.4.3"),
    ("公文", "looks[抄送].size", 28, "7.4.2"),
    ("公文", "looks[抄送].font", "仿宋_GB2312", "7.4.2"),
    ("公文", "looks[抄送].left", 100, "7.4.2"),
    ("公文", "looks[抄送].right", 100, "7.4.2"),
    ("公文", "looks[印发].size", 28, "7.4.3"),
    ("公文", "looks[印发].left", 100, "7.4.3"),
    ("公文", "looks[印发].right", 100, "7.4.3"),
    # 1.8 page number
    ("总结", "numbers.form", "一字线", "7.5"),
    ("总结", "numbers.side", "外侧", "7.5"),
    ("总结", "numbers.gap", 397, "7.5"),
    ("总结", "numbers.inset", 100, "7.5"),
    ("总结", "numbers.first", True, "7.5"),
    ("总结", "looks[页码].font", "宋体", "7.5"),
    ("总结", "looks[页码].latin", "宋体", "7.5"),
    ("总结", "looks[页码].size", 28, "7.5"),
    ("总结", "looks[页码].line", 280, "1.8"),
    # 1.9 special formats
    ("函", "head.above", True, "10.1"),
    ("函", "head.top", 1701, "10.1"),
    ("函", "head.suffix", "", "10.1"),
    ("函", "head.rule.length", 9638, "10.1"),
    ("函", "head.rule.gap", 227, "10.1"),
    ("函", "head.rule.weights", (18, 6), "10.1, thick above thin"),
    ("函", "head.foot.weights", (6, 18), "10.1, thin above thick"),
    ("函", "head.foot.length", 9638, "10.1"),
    ("函", "head.foot.gap", 1134, "10.1"),
    ("函", "head.clear", 280, "10.1, 7/8 of a 字"),
    ("函", "looks[标题].blank", 2, "10.1"),
    ("函", "looks[发文字号].align", "right", "10.1"),
    ("函", "looks[发文字号].blank", 0, "10.1"),
    ("函", "numbers.first", False, "10.1"),
    ("函", "imprint.edge", 0, "10.1"),
    ("函", "imprint.inner", 0, "10.1"),
    ("函", "imprint.printed", False, "10.1"),
    ("函", "seal", "加盖印章", "7.3.5.1"),
    ("命令", "head.top", 1134, "10.2"),
    ("命令", "head.suffix", "令", "10.2"),
    ("命令", "head.rule", None, "10.2"),
    ("命令", "looks[发文字号].blank", 2, "10.2"),
    ("命令", "looks[正文].blank", 2, "10.2"),
    ("命令", "looks[署名].blank", 2, "7.3.5.3"),
    ("命令", "looks[署名].right", 400, "7.3.5.3"),
    ("命令", "seal", "加盖签名章", "7.3.5.3"),
    ("纪要", "head.top", 1984, "10.3"),
    ("纪要", "head.suffix", "纪要", "10.3"),
    ("纪要", "seal", "不加盖印章", "10.3"),
    ("纪要", "looks[署名].blank", 1, "7.3.5.2"),
    ("纪要", "looks[与会].blank", 1, "10.3"),
    ("纪要", "looks[与会].left", 200, "10.3"),
    ("纪要", "looks[与会].font", "黑体", "10.3"),
    # 1.11, 1.12
    ("总结", "head", None, "1.11"),
    ("总结", "contents", 0, "1.10"),
    ("总结", "numbering", "照写", "2.1"),
    ("总结", "latin", "Times New Roman", "1.12"),
    ("总结", "substitutes[方正小标宋简体]", "华文中宋", "1.12"),
    ("总结", "substitutes[楷体_GB2312]", "楷体", "1.12"),
    ("总结", "substitutes[仿宋_GB2312]", "仿宋", "1.12"),
    ("总结", "substitutes[黑体]", "SimHei", "1.12"),
    ("总结", "substitutes[宋体]", "SimSun", "1.12"),
)
"""Layout, value, what it must be, clause (of the standard, or of the fact sheet on it)."""
ORDERS = {
    "总结": "标题 副标题 目录 主送机关 正文 附件说明 署名 附注 附件",
    "公文": "份号 密级 紧急程度 发文机关标志 发文字号 分隔线 标题 副标题 目录 主送机关 正文 附件说明 署名 附注 附件 版记",
    "函": "发文机关标志 分隔线 份号 密级 紧急程度 发文字号 标题 副标题 目录 主送机关 正文 附件说明 署名 附注 附件 版记",
    "纪要": "份号 密级 紧急程度 发文机关标志 发文字号 分隔线 标题 副标题 目录 主送机关 正文 与会 附件说明 署名 附注 附件 版记",
    "命令": "份号 密级 紧急程度 发文机关标志 发文字号 主送机关 正文 附件说明 署名 附注 附件 版记",
}


def value(layout: Layout, path: str) -> object:
    """looks[标题].size, order[0], base[:2] of a layout."""
    found: object = layout
    for name, key in re.findall(r"(\w+)(?:\[([^\]]+)\])?", path):
        found = getattr(found, name)
        if key == ":2":
            found = found[:2]  # type: ignore[index]
        elif key:
            found = found[int(key) if key.isdecimal() else key]  # type: ignore[index]
    return found


@pytest.mark.parametrize(("name", "path", "wanted", "clause"), NUMBERS, ids=str)
def test_every_number_of_the_standard(name: str, path: str, wanted: object, clause: str) -> None:
    assert value(room.named(name), path) == wanted, clause


def test_every_number_of_the_standard_is_asked() -> None:
    assert len({(name, path) for name, path, *_ in NUMBERS}) == len(NUMBERS) > 120


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_elements(name: str) -> None:
    assert room.named(name).order == tuple(ORDERS[name].split())


@pytest.mark.parametrize("name", NAMES)
def test_built_in_layouts_leave_nothing_of_the_standard(name: str) -> None:
    layout = room.named(name)
    assert standard.deviations(layout) == ()
    assert set(layout.looks) == set(LOOKS)


def test_22_lines_of_28_characters() -> None:
    layout = room.named("总结")
    assert 22 * layout.body.line <= layout.page.text_height < 22 * (layout.body.line + 1)
    assert 28 * layout.pitch <= layout.page.text_width < 28 * (layout.pitch + 1)


def test_what_typesetting_sets_is_what_an_order_may_name() -> None:
    assert set(SETTERS) == set(ELEMENTS)


def test_built_in_files_are_those_of_the_names_and_go_into_the_wheel() -> None:
    folder = Path(room.__file__).parent / "files"
    assert {path.stem for path in folder.iterdir()} == set(NAMES)
    project = (Path(room.__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert 'packages = ["drafter"]' in project
    assert not re.search(r"^exclude", project, re.M)


@pytest.mark.parametrize("name", NAMES)
def test_built_in_files_name_their_clauses(name: str) -> None:
    lines = [line for line in source(name).splitlines() if re.match(r"\s+\S+: [^{\[]*\S", line)]
    assert [
        line for line in lines if re.search(r"\d", line.split("#")[0].replace("_GB2312", "")) and "#" not in line
    ] == []
    assert len(re.findall(r"# (?:±1 毫米（)?(?:5|7|10)\.\d", source(name))) >= 3


def test_a_name_gives_one_object_and_others_are_no_names() -> None:
    assert all(room.named(name) is room.named(name) for name in NAMES)
    with pytest.raises(KeyError):
        room.named("红头")


# ---- files of an office's own --------------------------------------------------------------------------------------


def zipped(*entries: tuple[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data)
    return made.getvalue()


KINDS = (
    b"<Types><Override ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document'/></Types>"
)
PARTS = (("[Content_Types].xml", KINDS), ("word/document.xml", b"<a/>"), ("word/styles.xml", b"<a/>"))
MACRO_KINDS = KINDS.replace(b"wordprocessingml.document", b"x").replace(b"openxml", b"ms-word.document.macroEnabled.")


def document(kind: str) -> bytes:
    """A .docx as small as one can be, or one with a fault."""
    if kind == "twice":
        with pytest.warns(UserWarning, match="Duplicate"):
            return zipped(*PARTS, PARTS[1])
    return {
        "good": zipped(*PARTS),
        "macros": zipped(*PARTS, ("word/vbaProject.bin", b"x")),
        "kind": zipped(("[Content_Types].xml", MACRO_KINDS), *PARTS[1:]),
        "broken": zipped(*PARTS)[:-40],
        "locked": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "outside": zipped(*PARTS, ("../x.xml", b"<a/>")),
        "other": zipped(PARTS[0], ("xl/workbook.xml", b"<a/>")),
        "many": zipped(*PARTS, *((f"word/media/{n}.png", b"") for n in range(1000))),
    }[kind]


def put(folder: Path, name: str, data: bytes) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def loaded(case: Case, folder: Path) -> tuple[Layout | None, tuple[Diagnostic, ...]]:
    put(folder, OWN, (case.input + "\n").encode())
    for part, content in case.parts.items():
        kind, _, name = part.partition(" ")
        if kind == "file":
            put(folder, name, content.encode())
        elif kind == "docx":
            put(folder, name, document(content.strip()))
    said = case.parts.get("said", "./我县.yaml")
    return room.load(Files(folder), said, HERE, "templates")


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found, told = loaded(case, tmp_path)
    if found is not None and "fonts" in case.parts:
        told += fonts.told((found,), Span(OWN, 1, 1), fonts.known(re.split("[、,;；]", case.parts["fonts"])))
    says = "\n".join(d.line() for d in told)
    got = {"says": says}
    if "look" in case.parts:
        assert found is not None, says
        paths = [line.split(" =")[0] for line in case.lines("look")]
        got["look"] = "\n".join(f"{path} = {value(found, path)}" for path in paths)
    if "leaves" in case.parts:
        assert found is not None, says
        got["leaves"] = "\n".join(standard.deviations(found))
    if request.config.getoption("--accept", default=False):
        for part, text in got.items():
            accept(case, part, text)
    assert (found is None) == any(d.severity is Severity.ERROR for d in told)
    assert got == {part: case.parts[part] for part in got}


def test_every_code_fires_and_stays_silent() -> None:
    fired = {code for case in ALL for code in re.findall(r"[YF]\d{3}", case.parts["says"])}
    silent = [case for case in ALL if not case.parts["says"]]
    assert fired >= {f"Y{number}" for number in range(101, 110)}
    assert len(silent) >= 12
    assert any(case.parts.get("leaves") for case in ALL)


@pytest.mark.parametrize("case", ALL, ids=str)
def test_findings_point_into_their_files(case: Case, tmp_path: Path) -> None:
    """L7: every finding stands in a line that is there."""
    for one in loaded(case, tmp_path)[1]:
        if one.span != HERE:
            lines = (tmp_path / one.span.file).read_text("utf-8").split("\n")
            assert one.span.line <= len(lines)
            assert one.span.column <= len(lines[one.span.line - 1]) + 1


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_is_the_layout_itself(name: str, tmp_path: Path) -> None:
    put(tmp_path, "我县.yaml", copy(name).encode())
    found, told = room.load(Files(tmp_path), "我县.yaml", HERE)
    assert told == ()
    assert found is not None
    same = [field.name for field in fields(Layout) if field.name != "name"]
    assert [getattr(found, f) for f in same] == [getattr(room.named(name), f) for f in same]
    put(tmp_path, "空.yaml", re.match(r"(?:#.*\n|\n)*依据: .*\n", copy(name))[0].encode())  # type: ignore[index]
    bare, told = room.load(Files(tmp_path), "空.yaml", HERE)
    assert bare is not None
    assert [getattr(bare, f) for f in same] == [getattr(found, f) for f in same]


def test_the_same_files_give_the_same_object_and_changed_ones_another(tmp_path: Path) -> None:
    put(tmp_path, OWN, "依据: ./全市.yaml\n".encode())
    put(tmp_path, "全市.yaml", "版心: {每页行数: 20}\n".encode())
    files = Files(tmp_path)
    first, _ = room.load(files, OWN, HERE)
    assert room.load(files, "./我县.yaml", HERE, "templates")[0] is first
    assert room.load(Files(tmp_path), OWN, HERE)[0] is first
    assert set(files.read_names) == {OWN, "全市.yaml"}
    put(tmp_path, "全市.yaml", "版心: {每页行数: 21}\n".encode())
    second, _ = room.load(Files(tmp_path), OWN, HERE)
    assert second is not first
    put(tmp_path, "templates/全市.yaml", "版心: {每页行数: 22}\n".encode())
    nearer, _ = room.load(Files(tmp_path), OWN, HERE)
    assert [x.body.line for x in (first, second, nearer) if x] == [637, 607, 579]


def test_a_built_in_name_goes_before_a_file(tmp_path: Path) -> None:
    put(tmp_path, "公文", "印章: 不加盖印章\n".encode())
    assert room.load(Files(tmp_path), " 公文 ", HERE) == (room.named("公文"), ())


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "别处.yaml", "印章: 加盖印章\n".encode())
    (tmp_path / "project").mkdir()
    try:
        (tmp_path / "project" / "我县.yaml").symlink_to(tmp_path / "别处.yaml")
    except OSError:
        pytest.skip("no links on this computer")
    found, told = room.load(Files(tmp_path / "project"), "./我县.yaml", HERE)
    assert found is None
    assert [d.code for d in told] == ["Y101"]


def test_a_long_way_of_files_ends(tmp_path: Path) -> None:
    for number in range(20):
        put(tmp_path, f"{number}.yaml", f"依据: {number + 1}.yaml\n".encode())
    put(tmp_path, "20.yaml", "依据: 公文\n".encode())
    assert [d.code for d in room.load(Files(tmp_path), "0.yaml", HERE)[1]] == ["Y106"]
    assert room.load(Files(tmp_path), "14.yaml", HERE)[1] == ()


def test_a_base_of_a_report(tmp_path: Path) -> None:
    """底稿 in 报告.yaml: the same layout with the same content is the same object."""
    put(tmp_path, "templates/我县.docx", document("good"))
    files, plain = Files(tmp_path), room.named("总结")
    one, told = with_base(plain, files, "我县.docx", HERE, "templates")
    assert told == ()
    assert one is not None
    assert (one.base, one.looks) == (document("good"), plain.looks)
    assert with_base(plain, Files(tmp_path), "templates/我县.docx", HERE)[0] is one
    assert "templates/我县.docx" in files.read_names
    none, told = with_base(plain, files, "我县.doc", HERE, "templates")
    assert (none, [d.code for d in told]) == (None, ["Y108"])


def test_a_large_base_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "我县.docx", zipped(*PARTS, ("word/media/1.png", bytes(6 * 1024 * 1024))))
    none, told = with_base(room.named("总结"), Files(tmp_path), "我县.docx", HERE)
    assert (none, [d.code for d in told]) == (None, ["Y108"])
    assert "超过 5 MB" in told[0].message


def test_a_locked_entry_of_a_base_is_refused(tmp_path: Path) -> None:
    data = bytearray(document("good"))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, 1)
    put(tmp_path, "我县.docx", bytes(data))
    assert "密码" in with_base(room.named("总结"), Files(tmp_path), "我县.docx", HERE)[1][0].message


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layouts")


WORDS = sorted(
    {*re.findall(r"[^\s:,{}\[\]#]+", "".join(map(source, NAMES))), "{", "}", "[", "]", ":", "#", "-", "无", "0", "-1"}
)


@given(name=st.sampled_from(NAMES), cuts=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(WORDS)), max_size=4))
def test_whatever_is_changed_in_a_file_ends_in_a_layout_or_in_findings(
    folder: Path, name: str, cuts: list[tuple[int, str]]
) -> None:
    pieces = re.split(r"([^\s:,{}\[\]#]+)", re.sub(r"#.*", "", copy(name)))
    for at, word in cuts:
        pieces[at % len(pieces)] = word
    put(folder, "我县.yaml", "".join(pieces).encode())
    found, told = room.load(Files(folder), "我县.yaml", HERE)
    assert (found is None) == any(d.severity is Severity.ERROR for d in told)
    if found is not None:
        standard.deviations(found)
        assert found.page.text_width > 0
        assert all(look.line > 0 for look in found.looks.values())


@given(st.text(max_size=200), st.text(max_size=30))
def test_any_text_ends_in_a_layout_or_in_findings(folder: Path, text: str, said: str) -> None:
    put(folder, "我县.yaml", text.encode("utf-8", "surrogatepass"))
    for one in ("我县.yaml", said):
        found, told = room.load(Files(folder), one, HERE)
        assert found is not None or told


@given(
    st.recursive(
        st.text(max_size=8), lambda x: st.lists(x, max_size=3) | st.dictionaries(st.sampled_from(WORDS), x, max_size=3)
    )
)
def test_any_tree_is_read(tree: object) -> None:
    import json

    node, _ = read(json.dumps(tree, ensure_ascii=False), "x")
    if isinstance(node, Mapping):
        said = gathered(node)
        assert said.values or said.findings or not node.items


def keys(group: Group) -> set[str]:
    found = set(group.keys)
    return found.union(*(keys(kind) for kind in group.keys.values() if isinstance(kind, Group)))


def test_the_page_on_layouts_tells_every_key_and_name() -> None:
    page = (Path(__file__).parents[1] / "docs" / "版式.md").read_text("utf-8")
    rows = "".join(re.findall(r"^\|.*\|$", page, re.M))
    assert len(keys(LAYOUT)) > 70
    assert [name for name in sorted({*keys(LAYOUT), *NAMES, *ELEMENTS, *LOOKS}) if f"`{name}`" not in rows] == []
    assert [code for code in (f"Y{n}" for n in range(101, 111)) if code not in page] == []


# ---- the command ---------------------------------------------------------------------------------------------------


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, ["template", "layout", *words])


def test_the_command_lists_every_built_in_layout() -> None:
    assert [line.split()[0] for line in ask().stdout.splitlines()[1:-1]] == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_command_shows_a_layout_and_copies_it_once(name: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ask(name).stdout == source(name)
    assert ask(name, "--out", "版式/我县.yaml").exit_code == 0
    assert (tmp_path / "版式/我县.yaml").read_text("utf-8") == copy(name)
    assert ask("版式/我县.yaml").stdout == "版式“我县”可以用：每页 22 行、每行 28 字\n"
    (tmp_path / "版式/我县.yaml").write_text("我的", "utf-8")
    again = ask(name, "--out", "版式/我县.yaml")
    assert (again.exit_code, again.stderr[:4]) == (2, "P109")
    assert (tmp_path / "版式/我县.yaml").read_text("utf-8") == "我的"


def test_the_command_refuses_what_makes_no_sense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (ask("公文", "--out", "我县.docx").exit_code, ask("我县.yaml", "--out", "甲.yaml").exit_code) == (2, 2)
    assert "Y101" in ask("公问").stderr
    assert ask("公问").exit_code == 1
    put(tmp_path, "文件", b"")
    stopped = ask("公文", "--out", "文件/我县.yaml")
    assert (stopped.exit_code, "P106" in stopped.stderr) == (1, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["文件"]


def test_the_command_looks_from_where_the_clerk_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("templates/某局", "data"):
        (tmp_path / name).mkdir(parents=True)
    put(tmp_path, "templates/某局/我局.yaml", "依据: ../我县.yaml\n".encode())
    put(tmp_path, OWN, "版心: {每页行数: 20}\n".encode())
    monkeypatch.chdir(tmp_path / "templates" / "某局")
    for said in ("./我局.yaml", "templates/我县.yaml"):
        assert "每页 20 行" in ask(said).stdout


# ---- fonts ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def asked_anew():
    fonts.installed.cache_clear()
    yield
    fonts.installed.cache_clear()


def test_fonts_that_a_layout_names() -> None:
    named = fonts.named((room.named("公文"),))
    assert set(named) == {"Times New Roman", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"}
    assert len(named) == len(set(named))


def test_a_font_has_two_names() -> None:
    assert fonts.known(["SimSun"]) == fonts.known(["宋体"]) == {"宋体", "simsun"}
    assert fonts.folded("宋体") not in fonts.known(["仿宋", "新宋体"])
    assert fonts.folded("仿宋_GB2312") not in fonts.known(["仿宋"])


def test_fonts_of_windows() -> None:
    names = ["仿宋 (TrueType)", "SimSun & NSimSun (TrueType)", "方正小标宋简体 (TrueType)", "Arial Bold (OpenType)"]
    assert fonts.of_registry(names) == ["仿宋", "SimSun", "NSimSun", "方正小标宋简体", "Arial Bold"]
    assert fonts.folded("新宋体") in fonts.known(fonts.of_registry(names))


@pytest.mark.usefixtures("asked_anew")
def test_fonts_said_by_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(fonts.VARIABLE, "方正小标宋简体、黑体、仿宋_GB2312，楷体_GB2312；宋体、Times New Roman")
    assert fonts.told((room.named("总结"),), HERE) == ()
    fonts.installed.cache_clear()
    monkeypatch.setenv(fonts.VARIABLE, "宋体")
    assert "方正小标宋简体" in fonts.told((room.named("总结"),), HERE)[0].message
    fonts.installed.cache_clear()
    monkeypatch.setenv(fonts.VARIABLE, fonts.UNASKED)
    assert fonts.installed() is None
    assert fonts.told((room.named("总结"),), HERE) == ()


@pytest.mark.usefixtures("asked_anew")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked another way")
@pytest.mark.parametrize(
    ("program", "found"),
    [
        (
            "printf 'SimSun,宋体\\nFZXiaoBiaoSong\\\\-B05S\\n'",
            {"宋体", "simsun", "方正小标宋简体", "fzxiaobiaosongb05s"},
        ),
        ("exit 1", None),
        ("true", None),
        ("sleep 30", None),
    ],
)
def test_fonts_of_fontconfig(program: str, found: set[str] | None, tmp_path: Path, monkeypatch) -> None:
    """A program that fails, says nothing or hangs leaves the question open; it is asked once."""
    script = tmp_path / "fc-list"
    script.write_text(f"#!/bin/sh\necho x >> {tmp_path}/asked\n{program}\n", "utf-8")
    script.chmod(0o755)
    monkeypatch.delenv(fonts.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(fonts, "SECONDS", 1)
    assert fonts.installed() == found
    assert fonts.installed() == found
    assert (tmp_path / "asked").read_text("utf-8") == "x\n"


@pytest.mark.usefixtures("asked_anew")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked another way")
def test_no_program_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(fonts.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fonts.installed() is None
