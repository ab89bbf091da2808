"""Naughty strings as values, keys, titles, cells and names; every code point as a fact. Kept exactly or refused by name."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from drafter import facts, yamlfile
from drafter.build import Result
from drafter.diagnostic import Severity
from drafter.draft import Builder
from drafter.figure import Figure
from drafter.period import month
from drafter.project import Project
from drafter.source import Files
from drafter.word import read as word_read
from drafter.yamlfile.slip import ZERO_WIDTH, folded
from tests.project_files import ROOT, built, make

OWN = Path(__file__).parent / "data" / "naughty.json"
BIG = ROOT.parent / "shared" / "corpus" / "hostile" / "blns.json"
"""The Big List of Naughty Strings, kept beside the checkout in development."""
TARGET = "局/2022-09"
SEPTEMBER = month(2022, 9)


def strings() -> list[str]:
    rows: dict[str, list[str]] = json.loads(OWN.read_text("utf-8"))
    return list(dict.fromkeys(text for row in rows.values() for text in row))


@pytest.fixture(params=["own", "big"], scope="module")
def naughty(request: pytest.FixtureRequest) -> list[str]:
    """Our own list, and the shared one where it is."""
    if request.param == "own":
        return strings()
    if not BIG.exists():
        pytest.skip("the list is not beside this checkout")
    return list(dict.fromkeys(json.loads(BIG.read_text("utf-8"))))


def test_the_list_is_long_enough() -> None:
    assert len(strings()) >= 120


def quoted(text: str) -> str:
    """The text between the double quotes of YAML; what must not stand in a file is escaped."""
    return '"' + "".join(escaped(c) for c in text) + '"'


def escaped(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return "\\" + character
    bad = (
        code < 0x20
        or 0x7F <= code < 0xA0
        or code in (0x2028, 0x2029, 0xFEFF, 0xFFFC)
        or 0xD800 <= code < 0xE000
        or 0xFDD0 <= code < 0xFDF0
        or code & 0xFFFE == 0xFFFE
    )
    if not bad:
        return character
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def errors_of(text: str) -> list[str]:
    """The errors of a facts text, as one line each."""
    _, findings = yamlfile.read(text, "t.yaml")
    return [f.message for f in findings if f.severity is Severity.ERROR]


def lines_of(result: Result) -> tuple[list[str], str]:
    """The lines of a built .docx, and the .txt beside it."""
    docx, txt = (Path(name) for name in result.files)
    lines, _ = word_read.read(docx.read_bytes(), "t.docx")
    return [line.text for line in lines], txt.read_text("utf-8")


def reported(result: Result) -> str:
    return "\n".join(d.message for d in result.diagnostics if d.severity is Severity.ERROR)


def without_forgers(folder: Path, texts: list[str]) -> tuple[list[str], Result]:
    """The texts that a report takes, and the report; the others were refused by the name of their fact (S101)."""
    for _ in range(3):
        project = make(
            folder,
            {
                "data/局/2022-09.yaml": "".join(f"甲{n}: {quoted(s)}\n" for n, s in enumerate(texts)),
                "templates/局/报/1.txt": "一、情况\n"
                + "".join(f"第{n}行〔{{{{ 甲{n} }}}}〕完\n" for n in range(len(texts))),
            },
        )
        [result] = built(project, folder / "out", ("docx", "txt"))
        if result.status == "built":
            return texts, result
        named = {int(n) for n in re.findall(r"事实“甲(\d+)”的内容里有序数", reported(result))}
        assert named, reported(result)
        texts = [s for n, s in enumerate(texts) if n not in named]
    raise AssertionError("still refused")


def test_as_quoted_values(naughty: list[str], tmp_path: Path) -> None:
    """F3: refused at load with the fact's name, or in .docx and .txt exactly as in the facts."""
    kept = []
    for text in naughty:
        told = errors_of(f"甲: {quoted(text)}\n")
        if told:
            assert all("“甲”" in message or "转义" in message for message in told), (text, told)
            continue
        node, _ = yamlfile.read(f"甲: {quoted(text)}\n", "t.yaml")
        assert isinstance(node, yamlfile.Mapping)
        assert node.items[0][1] == yamlfile.Scalar(text, '"')
        kept.append(text)
    assert len(kept) > len(naughty) * 0.8
    taken, result = without_forgers(tmp_path, kept)
    assert len(taken) > len(kept) - 10
    lines, written = lines_of(result)
    joined = "\n" + "\n".join(lines) + "\n"
    for number, text in enumerate(taken):
        want = f"\n第{number}行〔{text}〕完\n"
        assert want in joined, text
        assert want in f"\n{written}", text


def test_as_keys(naughty: list[str], tmp_path: Path) -> None:
    """F3: a key that loads without an error is a fact of exactly that name, and prints through 事实(…)."""
    taken: dict[str, int] = {}
    lost: list[str] = []
    for number, text in enumerate(naughty):
        if errors_of(f"{quoted(text)}: {number}\n"):
            continue
        files = make(tmp_path / "one", {"data/局/2022-09.yaml": f"{quoted(text)}: {number}\n"}).files
        loaded = facts.load(files, "局", SEPTEMBER)
        told = [d for d in loaded.diagnostics if d.severity is Severity.ERROR]
        if told or not loaded.own_names():
            if not told and text.strip() != "期间":
                lost.append(text)
            assert all(text.strip() in d.message or folded(text) in d.message for d in told), (text, told)
            continue
        assert loaded.own_names() == (text.strip(),)
        value = loaded.get(text)
        assert isinstance(value, Figure), text
        assert value.value is not None
        assert value.value.value == number
        taken.setdefault(folded(text), number)
    assert lost == []
    assert len(taken) > len(naughty) * 0.6
    project = make(
        tmp_path / "all",
        {
            "data/局/2022-09.yaml": "".join(f"{quoted(naughty[n])}: {n}\n" for n in taken.values())
            + "名单:\n"
            + "".join(f"  - {{号: {n}, 名: {quoted(naughty[n])}}}\n" for n in taken.values()),
            "templates/局/报/1.txt": "一、情况\n{% for 项 in 名单 %}\n〔{{ 项.号 }}〕是〔{{ 事实(项.名) }}〕\n{% endfor %}\n",
        },
    )
    [result] = built(project, tmp_path / "out", ("docx", "txt"))
    assert result.status == "built", reported(result)
    lines, _ = lines_of(result)
    assert [line for line in lines if line.startswith("〔")] == [f"〔{n}〕是〔{n}〕" for n in taken.values()]


def test_as_titles(naughty: list[str], tmp_path: Path) -> None:
    """F3: a title that a fact fills is the fact's text, without blanks around it and on one line."""
    kept = [s for s in naughty if not errors_of(f"甲: {quoted(s)}\n")]
    texts = {"data/局/2022-09.yaml": "".join(f"甲{n}: {quoted(s)}\n" for n, s in enumerate(kept))}
    for number in range(len(kept)):
        texts[f"templates/局/报{number}/1.txt"] = "一、情况\n正文。\n"
        texts[f"templates/局/报{number}/报告.yaml"] = f'标题: "〔{{{{ 甲{number} }}}}〕"\n'
    project = make(tmp_path, texts)
    builder, drafts = Builder(project), 0
    for report in project.reports():
        number = int(report.name.removeprefix("报"))
        draft = builder.draft(report, SEPTEMBER)
        drafts += 1
        if draft.outline is None:
            assert any(f"“甲{number}”" in d.message for d in draft.diagnostics), (kept[number], draft.diagnostics)
        else:
            assert draft.outline.title.text == f"〔{kept[number]}〕".replace("\n", ""), kept[number]
    assert drafts == len(kept) > 100


def test_as_table_cells(naughty: list[str], tmp_path: Path) -> None:
    """F3: a cell of a Word table holds the fact's text; blanks around it are look, a line end is no end of the row."""
    docx = pytest.importorskip("docx")
    kept = [s for s in naughty if not errors_of(f"甲: {quoted(s)}\n") and "\n" not in s]
    project = make(
        tmp_path,
        {
            "data/局/2022-09.yaml": "表:\n"
            + "".join(f"  - {{号: 第{n}, 名: {quoted(f'〔{s}〕')}}}\n" for n, s in enumerate(kept)),
            "templates/局/报/1.txt": "一、情况\n见表。\n表：名单\n| 号 | 名 |\n| --- | --- |\n{% for 项 in 表 %}\n"
            "| {{ 项.号 }} | {{ 项.名 }} |\n{% endfor %}\n",
        },
    )
    [result] = built(project, tmp_path / "out", ("docx", "txt"))
    assert result.status == "built", reported(result)
    document = docx.Document(io.BytesIO(Path(result.files[0]).read_bytes()))
    [table] = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0] == ["号", "名"]
    assert cells[1:] == [[f"第{n}", f"〔{s}〕"] for n, s in enumerate(kept)]


def test_a_line_end_in_a_cell_is_told_or_kept(tmp_path: Path) -> None:
    project = make(
        tmp_path,
        {
            "data/局/2022-09.yaml": '表:\n  - {号: 一, 名: "上\\n下"}\n  - {号: 二, 名: 乙}\n',
            "templates/局/报/1.txt": "一、情况\n见表。\n| 号 | 名 |\n| --- | --- |\n{% for 项 in 表 %}\n"
            "| {{ 项.号 }} | {{ 项.名 }} |\n{% endfor %}\n",
        },
    )
    [result] = built(project, tmp_path / "out", ("txt",))
    text = "".join(Path(name).read_text("utf-8") for name in result.files)
    assert "表第1项的名" in "\n".join(d.message for d in result.diagnostics) or "| 一 | 上" in text.replace("下 |", "")
    assert result.status != "built" or "| 二 | 乙 |" in text


def file_names(texts: list[str]) -> list[str]:
    """Texts that can be the name of a folder here."""
    return [
        s
        for s in texts
        if s not in ("", ".", "..") and "/" not in s and "\0" not in s and 0 < len(s.encode("utf-8", "ignore")) <= 200
        and not any(0xD800 <= ord(c) < 0xE000 for c in s)
    ]  # fmt: skip


def test_as_file_names(naughty: list[str], tmp_path: Path) -> None:
    """F3: a report of any name is written below out/ and nowhere else, or is refused; neighbours are built all the same."""
    names = file_names(naughty)
    assert len(names) > 150
    texts = {"data/局/2022-09.yaml": "甲: 1\n"}
    texts |= {f"templates/局/{name}/1.txt": "一、情况\n数是{{ 甲 }}。\n" for name in [*names, "平常的报告"]}
    project = make(tmp_path / "p", texts)
    before = listing(tmp_path)
    results = {r.target: r for r in built(Project(tmp_path / "p"), tmp_path / "out", ("txt",))}
    assert results["局/平常的报告"].status == "built"
    hidden = {name for name in names if name.startswith((".", "~$"))}
    assert {f"局/{name}" for name in names if name not in hidden} <= set(results)
    made = {path for path in listing(tmp_path) - before if path.is_file()}
    assert all(path.is_relative_to(tmp_path / "out") for path in made)
    written = {Path(name) for r in results.values() for name in r.files}
    assert written <= made
    assert all(path.name == ".ledger.json" or path in written for path in made)
    for result in results.values():
        assert "P199" not in {d.code for d in result.diagnostics}, result
        assert result.files or result.diagnostics, result
        for name in result.files:
            assert "数是1。" in Path(name).read_text("utf-8")
    assert project.root.is_dir()


def listing(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def test_as_departments(naughty: list[str], tmp_path: Path) -> None:
    """The same for the name of a department, which is a folder of its own below data/, templates/ and out/."""
    names = file_names(naughty)[::4]
    texts = {f"data/{name}/2022-09.yaml": "甲: 1\n" for name in names}
    texts |= {f"templates/{name}/报/1.txt": "一、情况\n数是{{ 甲 }}。\n" for name in names}
    make(tmp_path / "p", texts)
    before = listing(tmp_path)
    results = built(Project(tmp_path / "p"), tmp_path / "out", ("txt",))
    assert len(results) > 30
    made = {path for path in listing(tmp_path) - before if path.is_file()}
    assert all(path.is_relative_to(tmp_path / "out") for path in made)
    assert not [r for r in results if "P199" in {d.code for d in r.diagnostics}]


# ---- every code point -----------------------------------------------------------------------------------------------


def refused_points() -> Iterator[int]:
    """What no text may hold: controls but tab and line feed, lone surrogates, line separators, what stands for a drawing,
    no characters."""
    yield from (n for n in range(0x20) if n not in (0x09, 0x0A))
    yield from range(0x7F, 0xA0)
    yield from (0x2028, 0x2029, 0xFFFC)
    yield from range(0xD800, 0xE000)
    yield from range(0xFDD0, 0xFDF0)
    yield from (plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF))


REFUSED = frozenset(refused_points())
LINE_FEED = 0x0A


def astral(count: int) -> list[int]:
    """Code points above U+FFFF: the ends of every plane, emoji, rare 汉字, tags, and a drawn rest."""
    draw = random.Random(10646)
    ends = [plane * 0x10000 + offset for plane in range(1, 17) for offset in (0, 1, 0xFFFD)]
    chosen = {
        *ends,
        *range(0x1F600, 0x1F640),
        *range(0x20000, 0x20040),
        *range(0xE0000, 0xE0080),
        *range(0xE0100, 0xE0110),
    }
    while len(chosen) < count:
        chosen.add(draw.randrange(0x10000, 0x110000))
    return sorted(chosen - REFUSED)


def test_every_refused_code_point_is_named() -> None:
    """F5: each of them, escaped in a quoted value, is F108 with the fact's name or the place."""
    assert len(REFUSED) > 2_100
    for code in sorted(REFUSED):
        escape = f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
        _, findings = yamlfile.read(f'总量: 1\n甲: "前{escape}后"\n', "t.yaml")
        told = [f for f in findings if f.severity is Severity.ERROR]
        assert [f.code for f in told] == ["F108"], hex(code)
        assert told[0].span.line == 2
        assert "“甲”" in told[0].message or "转义" in told[0].message


def test_every_refused_code_point_is_refused_as_it_is() -> None:
    """The same, typed into the file itself; a carriage return and U+0085 end a line there and may be read as one."""
    for code in sorted(REFUSED):
        if 0xD800 <= code < 0xE000 or code in (0x0D, 0x85, 0x2028, 0x2029):
            continue
        told = errors_of(f'甲: "前{chr(code)}后"\n')
        assert any(f"U+{code:04X}" in message for message in told), hex(code)


WIDTH = 64
"""Code points in one line of the report."""
UNSEEN = [n for n in range(0x110000) if re.match(f"[{ZERO_WIDTH}\ufffd]", chr(n)) and n not in REFUSED]
"""Zero-width and bidirectional ones, tags, and U+FFFD: kept, and warned of."""


def through_word(folder: Path, codes: list[int]) -> None:
    """A report that prints all these code points as facts, and every one of them found in .docx and .txt."""
    rows = [[chr(n) for n in codes[start : start + WIDTH]] for start in range(0, len(codes), WIDTH)]
    project = make(
        folder,
        {
            "data/局/2022-09.yaml": "行:\n" + "".join(f"  - [{', '.join(quoted(c) for c in row)}]\n" for row in rows),
            "templates/局/报/1.txt": "一、字\n{% for 字们 in 行 %}\n数{% for 字 in 字们 %}〈{{ 字 }}〉{% endfor %}末\n{% endfor %}\n",
        },
    )
    [result] = built(project, folder / "out", ("docx", "txt"))
    assert result.status == "built", reported(result)[:500]
    lines, written = lines_of(result)
    want = [f"数{''.join(f'〈{c}〉' for c in row)}末" for row in rows]
    found = [line for line in lines if line.startswith("数")]
    assert len(found) == len(want)
    for one, other in zip(found, want, strict=True):
        assert one == other
    assert all(line in written for line in want)


def test_every_code_point_goes_through_word(tmp_path: Path) -> None:
    """F5: every other code point of the BMP and 2,000 above it: facts → template → .docx and .txt → text, exactly."""
    apart = {*REFUSED, *UNSEEN, LINE_FEED}
    codes = [n for n in range(0x10000) if n not in apart] + [n for n in astral(2_300) if n not in apart]
    bmp = sum(n < 0x10000 for n in codes)
    assert bmp + len([n for n in apart if n < 0x10000]) == 0x10000
    assert len(codes) - bmp > 2_000
    through_word(tmp_path, codes)


def test_every_unseen_code_point_goes_through_word(tmp_path: Path) -> None:
    """The same for those that are warned of, few enough in a file that reading goes on."""
    assert len(UNSEEN) > 150
    for start in range(0, len(UNSEEN), 60):
        through_word(tmp_path / str(start), UNSEEN[start : start + 60])


def test_many_warnings_do_not_hide_the_facts(tmp_path: Path) -> None:
    """A file with 150 things to warn of is read to its end, or an error says that it is not."""
    rows = "".join(f"甲{n}: {quoted(chr(0x200B) + '文字')}\n" for n in range(150))
    files = make(tmp_path, {"data/局/2022-09.yaml": rows}).files
    loaded = facts.load(files, "局", SEPTEMBER)
    told = [d for d in loaded.diagnostics if d.severity is Severity.ERROR]
    assert told or len(loaded.own_names()) == 150


def test_unseen_code_points_are_warned_of() -> None:
    """Zero-width and bidirectional ones, and U+FFFD, are kept and warned of with the fact's name."""
    for code in UNSEEN:
        node, findings = yamlfile.read(f"甲: {quoted(f'前{chr(code)}后')}\n", "t.yaml")
        assert isinstance(node, yamlfile.Mapping)
        assert node.items[0][1] == yamlfile.Scalar(f"前{chr(code)}后", '"')
        assert [(f.code, f.severity) for f in findings] == [("F108", Severity.WARNING)], hex(code)
        assert "“甲”" in findings[0].message


def test_files_of_any_name_are_listed(naughty: list[str], tmp_path: Path) -> None:
    """A data folder with oddly named files: each is facts, misnamed or nothing of ours; nothing is raised."""
    names = file_names(naughty)
    make(tmp_path, {f"data/局/{name}.yaml": "甲: 1\n" for name in names} | {"data/局/2022-09.yaml": "甲: 1\n"})
    files = Files(tmp_path)
    assert facts.load(files, "局", SEPTEMBER).exists
    odd = facts.misnamed(files, "局")
    assert len(odd) > 150
