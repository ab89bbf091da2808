"""Beginnings: a project from the samples, whole or absent; a new department from another one's report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from drafter import ledger
from drafter.cli import main
from drafter.cli.new import tree
from drafter.diagnostic import DraftError
from drafter.forms.desk import Desk
from drafter.project import Project, find_root
from drafter.setup import department, entries, planned, samples
from drafter.setup import project as new
from drafter.survey import reports
from drafter.survey.offered import Offered
from tests.case_files import CASES, Case, load
from tests.case_files import accept as rewrite
from tests.project_files import ROOT, built, make

MADE = load(CASES / "template_new")
FIRST = "templates/旧局/月报/1.txt"
DEPARTMENTS = ("县政府办", "发展和改革局", "应急管理局", "财政局")


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    assert done.exit_code == code, done.output
    return done.stdout + done.stderr


def found(project: Project) -> list[str]:
    """Everything that a survey of a whole project says."""
    offered = Offered(Desk(project))
    every = [reports.of_report(offered, report) for report in project.reports()]
    assert every
    unused = reports.of_departments(offered, offered.departments, every)
    return [d.line() for d in (*(d for one in every for d in one.diagnostics), *unused)]


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def content_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# ---- drafter new


def test_the_samples_are_those_of_the_checkout() -> None:
    content = samples.content()
    assert len(content) > 40
    assert all((ROOT / name).read_bytes() == data for name, data in content.items())


def test_the_wheel_packs_what_is_copied() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    tops = {name.split("/")[0] for name in samples.content()}
    assert packed == {top: f"drafter/{samples.PACKED}/{top}" for top in tops}


def test_packed_samples_are_found_and_missing_ones_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "drafter"
    (package / "setup").mkdir(parents=True)
    monkeypatch.setattr(samples, "__file__", str(package / "setup" / "samples.py"))
    with pytest.raises(DraftError) as stop:
        samples.content()
    assert [d.code for d in stop.value.diagnostics] == ["P110"]
    for name, data in _packed().items():
        path = package / samples.PACKED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert samples.folder() == package / samples.PACKED
    assert samples.content() == _packed()


def _packed() -> dict[str, bytes]:
    names = [ROOT / "drafter.yaml", *(p for top in ("templates", "data") for p in (ROOT / top).rglob("*"))]
    return {p.relative_to(ROOT).as_posix(): p.read_bytes() for p in names if p.is_file()}


def test_a_new_project_builds_and_checks_clean(tmp_path: Path) -> None:
    target = tmp_path / "甲" / "试用"
    said = run("new", str(target))
    assert "drafter build" in said
    assert "drafter template new 新部门 --from" in said
    project = Project(target)
    assert {r.status for r in built(project, tmp_path / "out")} == {"built"}
    assert found(project) == []
    assert names_in(target.parent) == ["试用"]


@pytest.mark.parametrize("name", DEPARTMENTS)
def test_a_department_alone_says_what_it_said_among_all(name: str, tmp_path: Path) -> None:
    planned.write_folder(tmp_path / "全", new.of_samples(()))
    planned.write_folder(tmp_path / "一", new.of_samples((name,)))
    whole, one = Project(tmp_path / "全"), Project(tmp_path / "一")
    assert one.departments() == [name]
    [mine] = built(one, tmp_path / "一out")
    others = {r.target: r for r in built(whole, tmp_path / "全out")}
    assert (mine.status, mine.diagnostics) == ("built", ())
    assert Path(mine.files[0]).read_text("utf-8") == Path(others[mine.target].files[0]).read_text("utf-8")
    assert found(one) == []
    assert len(content_of(one.root)) < len(content_of(whole.root))


def test_departments_that_are_not_there(tmp_path: Path) -> None:
    assert "你是不是想写“应急管理局”" in run("new", str(tmp_path / "x"), "--部门", "应急局", code=2)
    run("new", str(tmp_path / "x"), "--部门", "财政局", "--empty", code=2)
    assert names_in(tmp_path) == []


def test_an_empty_project_builds_and_checks_clean(tmp_path: Path) -> None:
    run("new", str(tmp_path / "空"), "--empty")
    project = Project(tmp_path / "空")
    [result] = built(project, tmp_path / "out")
    assert (result.status, result.diagnostics) == ("built", ())
    assert found(project) == []


def test_what_notepad_needs() -> None:
    text = new.explained("甲局/月报")
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.count(b"\r\n") == text.count(b"\n") > 10
    assert "{target}" not in text.decode()


def test_nothing_that_is_there_is_touched(tmp_path: Path) -> None:
    full, file = tmp_path / "满", tmp_path / "文件"
    full.mkdir()
    (full / "报告.docx").write_bytes(b"x")
    file.write_text("x")
    assert "里面已有 1 样东西：报告.docx" in run("new", str(full), code=2)
    assert "是一个文件" in run("new", str(file), code=2)
    assert content_of(tmp_path) == {"满/报告.docx": b"x", "文件": b"x"}


def test_into_an_empty_folder_and_into_the_one_where_the_clerk_stands(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "空").mkdir()
    monkeypatch.chdir(tmp_path / "空")
    said = run("new", ".")
    assert "cd " not in said
    assert find_root(Path.cwd()) == Path.cwd()
    assert names_in(tmp_path) == ["空"]


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("stop", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_whole_or_absent(there: bool, stop: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "试用" if there else tmp_path / "深" / "试用"
    if there:
        target.mkdir()
    calls = 0
    real = Path.write_bytes

    def failing(path: Path, data: bytes) -> int:
        nonlocal calls
        calls += 1
        if calls > 20:
            raise stop
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", failing)
    with pytest.raises(type(stop)):
        planned.write_folder(target, new.of_samples(()))
    assert names_in(tmp_path) == (["试用"] if there else [])
    assert not there or names_in(target) == []


def test_a_rename_that_fails_takes_all_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "试用"
    target.mkdir()
    real = Path.replace

    def failing(path: Path, other: Path) -> Path:
        if path.name == "templates":
            raise OSError(13, "denied")
        return real(path, other)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError):
        planned.write_folder(target, new.of_samples(()))
    assert content_of(tmp_path) == {}
    assert names_in(tmp_path) == ["试用"]


KILLED = """
import os, signal, sys
from pathlib import Path
from drafter.setup import planned, project
real, calls = Path.write_bytes, [0]
def dying(path, data):
    calls[0] += 1
    if calls[0] == 10:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(path, data)
Path.write_bytes = dying
planned.write_folder(Path(sys.argv[1]), project.of_samples(()))
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL")
def test_killed_midway_leaves_no_project_and_the_next_try_clears_up(tmp_path: Path) -> None:
    target = tmp_path / "试用"
    done = subprocess.run([sys.executable, "-c", KILLED, str(target)], cwd=ROOT, check=False)
    assert done.returncode == -9
    assert not target.exists()
    assert [name for name in names_in(tmp_path) if not name.startswith(ledger.TEMPORARY)] == []
    planned.write_folder(target, new.of_samples(()))
    assert names_in(tmp_path) == ["试用"]


def test_what_others_keep_beside_is_left_alone(tmp_path: Path) -> None:
    kept = (".drafter-mine", ".drafter-1-zz", f".drafter-{os.getpid()}-0123abcd", ".drafter")
    for name in kept:
        (tmp_path / name).mkdir()
    planned.write_folder(tmp_path / "试用", new.of_samples(("财政局",)))
    assert names_in(tmp_path) == sorted((*kept, "试用"))


def test_the_tree_counts_deep_files() -> None:
    names = ["drafter.yaml", "data/甲/1.yaml", "data/甲/2.yaml", "templates/甲/月报/1.txt", "data/说明.txt"]
    assert tree(names) == [
        "drafter.yaml",
        "  说明.txt",
        "data/",
        "  甲/（2 个文件）",
        "templates/",
        "  甲/（1 个文件）",
    ]


# ---- drafter template new


def plan_of(case: Case, folder: Path) -> department.Plan:
    files = {name: text + "\n" for name, text in case.parts.items() if "/" in name}
    settings = "单位:\n  旧局: 清源县旧局\n"
    project = make(folder, {"drafter.yaml": settings, FIRST: case.input + "\n", **files})
    return department.plan(project, project.report("旧局", "月报"), "新局", "月报", None)


@pytest.mark.parametrize("case", MADE, ids=str)
def test_planned_files(case: Case, tmp_path: Path, accept: bool) -> None:
    made = plan_of(case, tmp_path)
    shown = [(n, d.decode()) for n, d in made.content.items() if not n.endswith("2022-09.yaml")]
    written = "".join(f"## {name}\n{text}" for name, text in shown).rstrip("\n")
    said = [*(d.line() for d in made.told), *(f"留空 {name}：{office}" for name, office in made.offices)]
    said += [f"不搬 {name}" for name in made.shared]
    if accept:
        rewrite(case, "made", written)
        rewrite(case, "says", "\n".join(said))
    else:
        assert written == case.parts["made"]
        assert said == case.lines("says")


@pytest.fixture
def sample(tmp_path: Path) -> Project:
    planned.write_folder(tmp_path / "工程", new.of_samples(()))
    return Project(tmp_path / "工程")


@pytest.mark.parametrize(
    "target", ["应急管理局/月度工作总结", "财政局/半年工作总结", "发展和改革局/上半年工作总结", "县政府办/月度工作回顾"]
)
def test_a_department_like_each_sample(target: str, sample: Project) -> None:
    """Every name of the new report is known, and with the old facts the new report says what the old one did."""
    before = content_of(sample.root)
    run("-C", str(sample.root), "template", "new", "民政局", "--from", target)
    after = content_of(sample.root)
    assert {name: after[name] for name in before} == before
    old, name = target.split("/")
    assert {n.split("/")[1] for n in set(after) - set(before)} == {"民政局"}
    assert [line for line in found(Project(sample.root)) if "提醒" not in line] == []
    for path in (sample.root / "data" / old).glob("2*.yaml"):
        shutil.copy(path, sample.root / "data" / "民政局" / path.name)
    results = {r.target: r for r in built(Project(sample.root), sample.root / "out")}
    mine, its = (Path(results[f"{one}/{name}"].files[0]).read_text("utf-8") for one in ("民政局", old))
    assert mine == its.replace(sample.organ(old), "民政局")


def test_a_second_report_leaves_the_indicators_alone(sample: Project) -> None:
    run("-C", str(sample.root), "template", "new", "民政局", "--from", "应急管理局")
    before = content_of(sample.root)
    said = run("-C", str(sample.root), "template", "new", "民政局/半年总结", "--from", "财政局")
    after = content_of(sample.root)
    assert {name: after[name] for name in before} == before
    assert "指标.yaml 已有，没有改" in said
    assert "财政总收入" in said


def test_nothing_is_written_over(sample: Project) -> None:
    run("-C", str(sample.root), "template", "new", "民政局", "--from", "财政局")
    before = content_of(sample.root)
    refused = (
        ("民政局", "财政局", "里面已有 3 样东西"),
        ("民政局/月报", "财政厅", "你是不是想写“财政局”"),
        ("公共", "财政局", "是放共用内容的"),
        ("../外面", "财政局", "不能作名称"),
        ("民政局/a/b", "财政局", "不能作名称"),
        ("con", "财政局", "不能作名称"),
        ("", "财政局", "不能作名称"),
        ("长" * 61, "财政局", "不超过"),
    )
    for target, source, words in refused:
        assert words in run("-C", str(sample.root), "template", "new", target, "--from", source, code=2)
    run("-C", str(sample.root), "template", "new", "民政局", "--from", "财政局", "--period", "十三月", code=2)
    assert content_of(sample.root) == before


def test_all_files_or_none(sample: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before, folders = content_of(sample.root), names_in(sample.root / "data")
    real, calls = ledger.write_whole, []

    def failing(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == 4:
            raise OSError(28, "No space left")
        real(path, data)

    monkeypatch.setattr(ledger, "write_whole", failing)
    said = run("-C", str(sample.root), "template", "new", "民政局", "--from", "财政局", code=1)
    assert "P106" in said
    assert content_of(sample.root) == before
    assert names_in(sample.root / "data") == folders
    assert not (sample.root / "templates" / "民政局").exists()


def test_a_file_that_came_meanwhile_is_not_written_over(sample: Project) -> None:
    made = department.plan(sample, sample.report("财政局", "半年工作总结"), "民政局", "总结", None)
    (sample.root / "data/民政局").mkdir()
    (sample.root / "data/民政局/指标.yaml").write_text("甲: 件\n", "utf-8")
    before = content_of(sample.root)
    with pytest.raises(FileExistsError):
        planned.write_new(sample.root, made.content)
    assert content_of(sample.root) == before


def test_asked_and_refused(sample: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("drafter.cli.templates.watched", lambda: True)
    before = content_of(sample.root)
    words = ("-C", str(sample.root), "template", "new", "民政局", "--from", "财政局")
    done = CliRunner().invoke(main, words, input="否\n")
    assert (done.exit_code, content_of(sample.root)) == (1, before)
    assert CliRunner().invoke(main, words, input="是\n").exit_code == 0
    assert CliRunner().invoke(main, [*words[:4], "民政局/二", *words[5:], "--yes"]).exit_code == 0


@pytest.mark.parametrize("office", ["市场科", "乡村科", "区域协作科", "市政科", "办公室", "市民服务科", "旧局办公室"])
def test_offices_of_ones_own(office: str) -> None:
    assert department._is_own(office, ("邻局",))


@pytest.mark.parametrize(
    "office", ["县统计局", "市统计局", "省财政厅", "邻局", "邻局办公室", "市政府办", "国家统计局", "石桥镇"]
)
def test_offices_of_others(office: str) -> None:
    assert not department._is_own(office, ("邻局", "石桥镇"))


def test_kept_entries_read_as_before() -> None:
    text = "# 头\n\n# 甲组\n甲: 1\n乙:\n  - {丙: 2}   # 注\n# 丁组\n丁: 3\n"
    assert (
        entries.kept(text, "t", lambda name: name != "甲") == "# 头\n\n# 甲组\n乙:\n  - {丙: 2}   # 注\n# 丁组\n丁: 3\n"
    )
    assert entries.kept(text, "t", lambda name: name == "丁") == "# 丁组\n丁: 3\n"
    assert entries.kept(text, "t", lambda name: False) == ""
