"""Where everything of a document stands, by cases: 报告.yaml and sections → a sheet told line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.source import Line
from drafter.typeset import compose
from drafter.typeset.sheet import Contents, Grid, Item, Para, Strip, Turn
from drafter.typeset.title import parted
from drafter.typeset.widths import halves
from tests.case_files import CASES, Case, load
from tests.case_files import accept as rewrite
from tests.project_files import drafted, make

SHEETS, TITLES = load(CASES / "typeset" / "sheets.txt"), load(CASES / "typeset" / "titles.txt")
FOLDER = "templates/应急管理局/通知/"
DRAFTER = "单位: {应急管理局: 清源县应急管理局}\n"


def told(items: tuple[Item, ...]) -> Iterator[str]:
    """A sheet as lines: look in brackets, what differs from the look, text."""
    for item in items:
        match item:
            case Para():
                yield paragraph(item)
            case Grid():
                yield from ("| " + " | ".join(c.line.text if c else "·" for c in row) + " |" for row in item.rows)
            case Strip():
                yield from (f"[版记] {''.join(r.line.text for r in row)}" for row in item.rows)
                if item.printed:
                    yield f"[版记] {item.printed[0]}｜{item.printed[1]}"
            case Contents():
                yield from (f"[目录{depth}] {line}" for depth, line in item.entries)
            case Turn():
                yield "[横]" if item.landscape else "[竖]"


def paragraph(item: Para) -> str:
    words = "".join(f"<{r.look}>{r.line}</>" if r.look else r.line.text for r in item.runs)
    text = (str(item.marker) if item.marker else "") + words.replace("\n", "／").replace("\t", "→")
    says = []
    if item.indent:
        names = {"left": "左", "right": "右", "first": "首", "hanging": "悬"}
        says += [f"{name}{v / 100:g}" for key, name in names.items() if (v := getattr(item.indent, key))]
    says += [f"级{item.depth}"] if item.depth else []
    says += [f"高{item.line / 20:g}磅"] if item.line else []
    says += [f"{item.size / 2:g}磅字"] if item.size else []
    says += [word for word, on in (("同页", item.keep), ("另页", item.new_page), ("线", item.rule)) if on]
    look = f"[{item.look or '空行'}]" + (f"（{'，'.join(says)}）" if says else "")
    return f"{look} {text}".rstrip()


@pytest.mark.parametrize("case", SHEETS, ids=str)
def test_sheet(case: Case, tmp_path: Path, accept: bool) -> None:
    texts = {name: text for name, text in case.parts.items() if name not in ("input", "sheet", "says", "facts")}
    others = {FOLDER + name + ".txt": text + "\n" for name, text in texts.items()}
    facts = {"data/应急管理局/2022-09.yaml": case.parts.get("facts", "期间: 2022-09") + "\n"}
    own = {FOLDER + "有目录.yaml": "依据: 总结\n目录: 3层\n"}
    files = {FOLDER + "报告.yaml": case.input + "\n", "drafter.yaml": DRAFTER, **own, **others, **facts}
    draft = drafted(make(tmp_path, files), "应急管理局/通知", "2022-09")
    assert draft.document is not None, [d.line() for d in draft.diagnostics]
    assert draft.layout is not None
    sheet = compose(draft.document, draft.layout)
    lines = [*(f"页首{line}" for line in told(sheet.first_head)), *told(sheet.items)]
    lines += [f"页脚{line}" for line in told(sheet.first_foot)]
    says = [f"{d.code} {d.message}" for d in draft.diagnostics if not d.code.startswith("N")]
    if accept:
        rewrite(case, "sheet", "\n".join(lines))
        if "says" in case.parts:
            rewrite(case, "says", "\n".join(says))
    else:
        assert lines == case.lines("sheet")
        assert says == case.lines("says")


@pytest.mark.parametrize("case", TITLES, ids=str)
def test_titles(case: Case, accept: bool) -> None:
    lines = [line.text for line in parted(Line(case.input), 20)]
    if accept:
        rewrite(case, "lines", "\n".join(lines))
    assert lines == case.lines("lines")


@given(st.text(st.sampled_from("关于印发清源县2022年工作总结的通知《》“”（）A、"), min_size=1, max_size=120))
def test_any_title_is_parted_whole(title: str) -> None:
    lines = [line.text for line in parted(Line(title), 20)]
    assert "".join(lines) == title
    assert all(0 < halves(line) <= 40 for line in lines)
    assert len(lines) == 1 or not any(line in ("的", "了", "和") for line in lines)


def test_shape_of_titles() -> None:
    """No title of the cases looks like an hourglass: the middle is never the narrowest."""
    seen = 0
    for case in TITLES:
        widths = [halves(line.text) for line in parted(Line(case.input), 20)]
        if len(widths) > 2:
            seen += 1
            assert min(widths[1:-1]) >= min(widths[0], widths[-1])
    assert seen > 2
