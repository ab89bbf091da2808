"""What the record of a file says of its figures, and that no record, however it was damaged, stops a command."""

from __future__ import annotations

import os
import re
import stat
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from lxml import etree

from drafter import ledger
from drafter.cli import main
from drafter.formats import docx
from drafter.trace import OBJECT, Record
from drafter.word.base import zipped
from drafter.word.trace import store
from drafter.word.trace.file import open_file
from drafter.word.trace.strip import stripped
from tests.project_files import built, drafted, make
from tests.test_refresh import run

TEMPLATE = """一、项目
{% for 项 in 项目 %}
（一）{{ 项.名称 }}。投资{{ 项.总额 }}，{{ 项.总额|同比 }}，其中土建{{ 项.总额.其中.土建 }}，设备{{ 项.总额.其中.设备 }}。
{% endfor %}
{{ 项目|表格({"项目": "名称", "投资": "总额"}) }}
二、逐年
{% for 数 in 逐年 %}
（一）{{ 数 }}。
{% endfor %}
{{ 项目|柱状图(列="总额", 标题="投资") }}
三、分组
上半年{{ 上.总额 }}，下半年{{ 下.总额 }}，环比{{ 下.总额|环比 }}，全年{{ 总额 }}。
"""
FACTS = """项目:
- {名称: 青溪, 总额: {本期: 100, 上年同期: 80, 其中: {土建: 60, 设备: 40}}}
- {名称: 云岭, 总额: {本期: 200, 上年同期: 250, 其中: {土建: 90, 设备: 110}}}
逐年: [3万元, 4万元]
上: {总额: 120}
下: {总额: 180}
总额: 300
"""
FILES = {
    "data/某局/指标.yaml": "总额: 万元\n逐年: 万元\n",
    "data/某局/2022-09.yaml": FACTS,
    "templates/某局/月报/1.txt": TEMPLATE,
}
ITEM = "customXml/item1.xml"


def record(data: bytes) -> Record | None:
    return open_file(data, "t.docx").record


def traced(folder: Path, files: dict[str, str]) -> tuple[bytes, Record]:
    data = docx(drafted(make(folder, files), "某局/月报", "2022-09"))
    found = record(data)
    assert found is not None
    return data, found


def facts(found: Record) -> list[tuple[str, str]]:
    cells = (cell for one in found.figures.values() for cell in (one.drawn or (one,)))
    return [(cell.origin.fact, cell.text) for cell in cells]


def test_a_figure_of_a_list_is_known_by_its_item(tmp_path: Path) -> None:
    """Registered or not, a field says its item; a part says its whole; the printed words know nothing of it."""
    data, found = traced(tmp_path, FILES)
    told = facts(found)
    assert told[:7] == [
        ("项目第1项的名称", "青溪"),
        ("项目第1项的总额", "100万元"),
        ("项目第1项的总额", "25%"),
        ("项目第1项的总额的土建", "60万元"),
        ("项目第1项的总额的设备", "40万元"),
        ("项目第2项的名称", "云岭"),
        ("项目第2项的总额", "200万元"),
    ]
    assert {("逐年第1项", "3万元"), ("逐年第2项", "4万元"), ("上的总额", "120万元"), ("下的总额", "180万元")} <= {*told}
    assert ("总额", "300万元") in told
    assert ("下的总额的上期", "【待补：总额的上期】") in told
    drawn = [[c.origin.fact for c in one.drawn if c.text.isdigit()] for one in found.figures.values() if one.drawn]
    assert drawn == [["项目第1项的总额", "项目第2项的总额"]]
    assert "第1项" not in "".join(strand.text for strand in open_file(data, "t.docx").strands)


def test_an_estimate_and_a_count_go_by_the_indicator(tmp_path: Path) -> None:
    """预计 is said once in a sentence for the figure of all items, and a list of its figures has its name."""
    item = "{名称: 甲, 总额: {本期: 5, 预计: true}}"
    files = {
        **FILES,
        "data/某局/2022-09.yaml": f"项目: [{item}, {item}]\n",
        "templates/某局/月报/1.txt": "一、项目\n投资{{ 项目[0].总额 }}和{{ 项目[1].总额 }}，共{{ [项目[0].总额, 项目[1].总额]|条数 }}。\n",
    }
    data, found = traced(tmp_path, files)
    assert "投资预计5万元和5万元，共2。" in [strand.text for strand in open_file(data, "t.docx").strands]
    assert [fact for fact, _ in facts(found)] == ["项目第1项的总额", "项目第2项的总额", "总额"]


def test_what_stands_for_a_drawing_is_no_text(tmp_path: Path) -> None:
    files = {**FILES, "templates/某局/月报/1.txt": f"一、项目\n好{OBJECT}的{{{{ 总额 }}}}。\n"}
    data, _ = traced(tmp_path, files)
    with ZipFile(BytesIO(data)) as archive:
        assert OBJECT not in archive.read("word/document.xml").decode()
    assert "好\ufffd的300万元。" in [strand.text for strand in open_file(data, "t.docx").strands]


def test_the_head_of_an_official_document_is_told_apart(tmp_path: Path) -> None:
    """发文字号 shares its line with 签发人, in a 函 with 密级."""
    files = {
        "data/某局/2022-09.yaml": '文号: "12"\n人: 张三\n密: 秘密★1年\n',
        "templates/某局/月报/1.txt": "一、情况\n正文。\n",
    }
    for layout in ("公文", "函"):
        head = '签发人: "{{ 人 }}"\n' if layout == "公文" else ""
        head += f'版式: {layout}\n密级: "{{{{ 密 }}}}"\n发文机关: 某局\n发文字号: 某发〔2022〕{{{{ 文号 }}}}号\n'
        project = make(tmp_path / layout, {**files, "templates/某局/月报/报告.yaml": head})
        [result] = built(project, tmp_path / layout / "out", ("docx",))
        done = CliRunner().invoke(main, ["trace", str(tmp_path / layout / result.files[0])])
        said = {line.split()[1]: line.split()[-1] for line in done.output.splitlines() if line.startswith("一致")}
        assert said == {"秘密★1年": "密级", "12": "发文字号"} | ({"张三": "签发人"} if layout == "公文" else {})


@pytest.fixture
def report(tmp_path: Path) -> Path:
    [result] = built(make(tmp_path, FILES), tmp_path / "out", ("docx",))
    return tmp_path / result.files[0]


def changed(report: Path) -> None:
    (report.parents[2] / "data/某局/2022-09.yaml").write_text(
        FACTS.replace("200", "240").replace("250", "200"), "utf-8"
    )


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_the_backup_is_as_closed_as_the_report(report: Path) -> None:
    report.chmod(0o640)
    changed(report)
    assert run(str(report))[0] == 1
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in report.parent.glob("*.docx")}
    assert modes == {report.name: 0o640, f"{report.stem}（刷新前1）.docx": 0o640}
    assert stat.S_IMODE(ledger.set_aside(report, b"other", "手改").stat().st_mode) == 0o640


def test_a_read_only_report_stays(report: Path) -> None:
    changed(report)
    before = report.read_bytes()
    report.chmod(0o444)
    status, said = run(str(report))
    assert (status, "R206" in said, "文件是只读的" in said) == (3, True, True)
    assert report.read_bytes() == before
    assert [path.name for path in report.parent.glob("*.docx")] == [report.name]
    assert run(str(report), "--out", str(report.with_name("新.docx")))[0] == 1
    report.chmod(0o644)


@pytest.mark.parametrize("name", ["x.txt", "x", "x.docm", "x.doc"])
def test_a_result_is_called_what_it_is(report: Path, name: str) -> None:
    changed(report)
    out = report.with_name(name)
    for words in (["refresh", str(report), "--out", str(out)], ["trace", str(report), "--strip", str(out)]):
        done = CliRunner().invoke(main, words)
        assert (done.exit_code, done.output[:5]) == (2, "P108 ")
        assert f"➜ 写成 {words[2]} {out.with_suffix('.docx').as_posix()}" in done.output
        assert not out.exists()


def test_all_ways_count_alike(report: Path) -> None:
    """A chart counts as often as it shows a value."""
    said = CliRunner().invoke(main, ["trace", str(report), "--brief"]).output
    count = re.search(r"共(\d+)", said)
    assert count is not None
    assert stripped(report.read_bytes(), "t.docx")[1] == int(count[1])


def members(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("content", [b"", b"<<<", b'<record xmlns="urn:drafter:record:1"><p>'])
def test_a_damaged_part_is_passed_over(report: Path, content: bytes) -> None:
    """The copy in the properties is read, and both are whole again when they are one's own."""
    known = record(report.read_bytes())
    report.write_bytes(zipped({**members(report.read_bytes()), ITEM: content}))
    assert record(report.read_bytes()) == known
    changed(report)
    assert run(str(report))[0] == 1
    now = members(report.read_bytes())[ITEM]
    assert now == content or store.read(etree.fromstring(now)) == record(report.read_bytes())
    bare = members(stripped(report.read_bytes(), "t.docx")[0])
    assert not any(store.SPACE.encode() in part for part in bare.values())


def read(inside: str) -> Record | None:
    return store.read(
        etree.fromstring(f'<record xmlns="{store.SPACE}" target="甲/乙" period="2022-09">{inside}</record>')
    )


def test_what_is_no_figure_is_text() -> None:
    """A name that is no bookmark of ours, and a second figure of one name."""
    found = read(
        '<p cell="1 2 x">前<f name="abc">6起</f>、<f name="_dabcdef_1">7起</f>、<!-- - --><f name="_DABCDEF_1">8</f>后</p>'
    )
    assert found is not None
    [paragraph] = found.paragraphs
    assert (paragraph.text, paragraph.cell) == ("前6起、7起、8后", None)
    assert [(spot.name, paragraph.of(spot)) for spot in paragraph.spots] == [("_DABCDEF_1", "7起")]
    assert [*found.figures] == ["_DABCDEF_1"]


def test_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """One without paragraphs, and one that no file could hold."""
    assert read("") is None
    monkeypatch.setattr(store, "MOST", 2)
    assert read("<p>一</p><p>二</p>") is not None
    assert read("<p>一</p><p>二</p><p>三</p>") is None


def test_bookmarks_without_paragraphs_are_no_record(report: Path) -> None:
    parts = members(report.read_bytes())
    empty = re.sub(rb"<p[ >].*</p>", b"", parts[ITEM], flags=re.S)
    report.write_bytes(zipped({**parts, ITEM: empty, store.CUSTOM: store.properties(empty)}))
    for command in ("trace", "refresh"):
        done = CliRunner().invoke(main, [command, str(report)])
        assert (done.exit_code, "R101" in done.output) == (3, True)


WORDS = (
    b"0",
    b"-1",
    b"999999999",
    b"",
    b" ",
    b"<f/>",
    b"</p>",
    b"<p>",
    b'"',
    b"&#9;",
    b"\xff",
    b"_D",
    b"name",
    "第9项".encode(),
)
VALUE = re.compile(rb'"[^"<>]*"|>[^<>]+<')


def mutated(content: bytes, random: Random) -> bytes:
    """A record or a piece of it in which some bytes or values are others."""
    for _ in range(random.randint(1, 6)):
        at, to = sorted(random.randrange(len(content) + 1) for _ in range(2))
        word = random.choice(WORDS)
        values = list(VALUE.finditer(content))
        one = random.choice(values).span() if values else (at, at)
        ways = (
            (content[:at], word, content[at:]),
            (content[:at], b"", content[min(to, at + 40) :]),
            (content[:to], content[at:to], content[to:]),
            (content[: one[0] + 1], word, content[one[1] - 1 :]),
            (content[: one[0] + 1], word, content[one[1] - 1 :]),
        )
        content = b"".join(random.choice(ways))
    return content


def parsed(content: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(content)
    except (etree.XMLSyntaxError, ValueError):
        return None


def test_no_bytes_make_reading_raise(report: Path) -> None:
    """2,000 damaged records and properties: reading says a record that can be written again, or none."""
    parts = members(report.read_bytes())
    random = Random(20)
    counts = [0, 0]
    for number in range(2_000):
        content = mutated(parts[(ITEM, store.CUSTOM)[number % 2]], random)
        root = parsed(content)
        if root is None:
            continue
        inner = store.unpacked(root) if number % 2 else content
        again = parsed(inner) if inner is not None else None
        found = store.read(again) if again is not None else None
        counts[found is not None] += 1
        if found is not None:
            assert found.paragraphs
            assert {spot.name for p in found.paragraphs for spot in p.spots} == {*found.figures}
            assert store.read(etree.fromstring(store.written(found))) is not None
    assert min(counts) > 20


@pytest.mark.parametrize("seed", range(12))
def test_no_record_stops_a_command(report: Path, seed: int) -> None:
    """trace and refresh end with a finding, never with a fault of the program."""
    parts, random = members(report.read_bytes()), Random(seed)
    changed(report)
    content = next(new for _ in range(200) if parsed(new := mutated(parts[ITEM], random)) is not None)
    report.write_bytes(zipped({**parts, ITEM: content}))
    for words in (["trace", str(report)], ["refresh", str(report), "--dry-run"], ["refresh", str(report)]):
        done = CliRunner().invoke(main, words)
        assert done.exception is None or isinstance(done.exception, SystemExit), content.decode("utf-8", "replace")
        assert done.exit_code in (0, 1, 3)
        assert "P199" not in done.output
        assert "R207" not in done.output
