"""The repository is the sample project: five reports build clean, and one changed fact changes one place."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest

from drafter import outline as tree
from drafter import text
from drafter.project import Project
from drafter.report import DATA, TEMPLATES
from drafter.source import typed
from drafter.word import read as word_read
from tests.docx_check import problems
from tests.project_files import ROOT, built, drafted

TARGETS = {
    "应急管理局/月度工作总结",
    "县政府办/月度工作回顾",
    "财政局/半年工作总结",
    "发展和改革局/上半年工作总结",
    "县安委办/隐患整改通知",
}
NOTICE = "县安委办/隐患整改通知"


@pytest.fixture
def sample(tmp_path: Path) -> Project:
    """A copy of the sample project that a test may change."""
    for name in (TEMPLATES, DATA):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "drafter.yaml", tmp_path)
    return Project(tmp_path)


def test_all_five_build_clean(sample: Project, tmp_path: Path) -> None:
    results = built(sample, tmp_path / "out", ("docx", "txt"))
    assert {r.target for r in results} == TARGETS
    for result in results:
        assert (result.status, result.missing, result.diagnostics) == ("built", (), ()), result.target
        docx, txt = (Path(f) for f in result.files)
        data = docx.read_bytes()
        assert problems(data) == []
        lines, warned = word_read.read(data, "t.docx")
        if result.target == NOTICE:
            assert [d.code for d in warned] == ["D117"], "what stands around the text of a 公文 goes apart"
            continue
        assert warned == ()
        rows = [row for row in txt.read_text("utf-8").splitlines() if not row.startswith("| ---")]
        assert [line.text for line in lines] == rows
    again = built(sample, tmp_path / "out", ("docx", "txt"))
    assert {r.status for r in again} == {"unchanged"}


def test_python_docx_opens_them(sample: Project, tmp_path: Path) -> None:
    import docx

    for result in built(sample, tmp_path / "out", ("docx",)):
        document = docx.Document(io.BytesIO(Path(result.files[0]).read_bytes()))
        assert len(document.paragraphs) > 15
        assert document.core_properties.author.startswith("清源县")


def test_reports_show_what_the_style_can_do(sample: Project, tmp_path: Path) -> None:
    depths, chains, colon, run_in, alone, tables = set(), 0, 0, 0, 0, 0
    for result in built(sample, tmp_path / "out", ("txt",)):
        outline, _ = text.read(typed(Path(result.files[0]).read_text("utf-8"), "t"))
        own = {s.marker.level.depth for _, s in tree.walk(outline.sections)}
        assert len(own) >= 3, result.target
        depths |= own
        chains += sum(len(p.points) > 1 for p in tree.paragraphs(outline))
        tables += sum(isinstance(b, tree.Table) for b in tree.blocks(outline))
        for _, section in tree.walk(outline.sections):
            colon += section.heading.text.endswith("：")
            run_in += section.run_in and section.heading.text.endswith("。")
            alone += not section.run_in
    assert depths == {1, 2, 3, 4}
    assert min(chains, colon, run_in, alone, tables) >= 1


def test_september_of_the_emergency_office(sample: Project) -> None:
    draft = drafted(sample, "应急管理局/月度工作总结", "2022-09")
    assert draft.outline is not None
    said = text.write(draft.outline, guard=False)
    assert "同比分别下降45.5%、50%" in said


def change(project: Project, name: str, pattern: str, new: str) -> Project:
    path = project.root / name
    source = path.read_text("utf-8")
    changed = re.sub(pattern, new, source, count=1, flags=re.M)
    assert changed != source
    path.write_text(changed, "utf-8")
    return Project(project.root)


def test_one_fact_changes_one_place(sample: Project) -> None:
    target = ("应急管理局/月度工作总结", "2022-09")
    before = text.write(drafted(sample, *target).outline, guard=False)  # type: ignore[arg-type]
    changed = change(sample, "data/应急管理局/2022-09.yaml", r"^死亡人数:.*(\n +.*)*", "死亡人数: 3")
    after = text.write(drafted(changed, *target).outline, guard=False)  # type: ignore[arg-type]
    differing = [(a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b]
    assert len(differing) == 1
    old, new = differing[0]
    assert "死亡6人，同比分别下降45.5%、50%" in old
    assert "死亡3人，同比分别下降45.5%、75%" in new


def _facts() -> list[tuple[str, str, str]]:
    """(target, period, fact) of every top-level fact of the samples' own period."""
    found = []
    for target, period in (
        ("应急管理局/月度工作总结", "2022-09"),
        ("县政府办/月度工作回顾", "2022-05"),
        ("财政局/半年工作总结", "2022H1"),
        ("发展和改革局/上半年工作总结", "2022H1"),
    ):
        file = f"data/{target.split('/')[0]}/{period}.yaml"
        names = re.findall(r"^([^\s#:][^:\n]*):", (ROOT / file).read_text("utf-8"), re.M)
        found += [(target, period, name) for name in names if name != "期间"]
    return found


def test_every_deleted_fact_is_reported(sample: Project) -> None:
    """Each fact in turn is emptied; whoever uses it says so at the template's line, and nothing else goes wrong."""
    facts = _facts()
    assert len(facts) > 100
    unused = []
    for target, period, name in facts:
        file = f"data/{target.split('/')[0]}/{period}.yaml"
        path = sample.root / file
        source = path.read_text("utf-8")
        path.write_text(re.sub(rf"^{re.escape(name)}:.*(\n[ -]+.*)*", f"{name}:", source, count=1, flags=re.M), "utf-8")
        draft = drafted(Project(sample.root), target, period)
        path.write_text(source, "utf-8")
        codes = {d.code for d in draft.diagnostics}
        if not codes:
            unused.append(name)
            continue
        assert codes <= {"F201", "T105", "N107", "N105"}, (name, draft.diagnostics)
        plain = name.strip("\"'")
        assert any(plain in d.message for d in draft.diagnostics), name
        if draft.outline is not None:
            said = text.write(draft.outline, guard=False)
            assert "【待补：" in said
    assert len(unused) < len(facts) // 10, unused


def test_final_refuses(sample: Project, tmp_path: Path) -> None:
    changed = change(sample, "data/应急管理局/2022-09.yaml", r"^死亡人数:.*", "死亡人数:")
    out = tmp_path / "out"
    results = {r.target: r for r in built(changed, out, ("docx",), final=True)}
    mine = results["应急管理局/月度工作总结"]
    assert (mine.status, mine.files) == ("missing", ())
    assert [m.name for m in mine.missing] == ["死亡人数"]
    assert not list((out).glob("应急管理局/*.docx"))
    assert results["财政局/半年工作总结"].status == "built"
