"""The commands. Bodies are thin and import their room inside, so that --help loads Click alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

os.environ["LANGUAGE"] = "zh_CN"  # before Click asks gettext for its own messages

import gettext

gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))

import click
from click import formatting

from drafter import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drafter.build import Result
    from drafter.diagnostic import Diagnostic
    from drafter.project import Project

CLEAN, FAULTY, USAGE, NOTHING = 0, 1, 2, 3
"""Exit codes: clean, the draft has errors, usage, nothing could be built."""
STATUS = {"built": "已更新", "unchanged": "未变化", "missing": "缺数据", "failed": "出错"}


def _width(text: str) -> int:
    """Cells a text takes in a terminal: 汉字 take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


formatting.term_len = _width  # type: ignore[attr-defined, assignment]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="drafter", help="显示版本。")
@click.option(
    "--project",
    "-C",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="项目文件夹（默认：从当前文件夹往上找）。",
)
@click.pass_context
def main(context: click.Context, project: Path | None) -> None:
    """把事实（YAML）填进公文格式的章节模板，生成 Word 报告。"""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    context.obj = project


@main.command()
@click.argument("targets", metavar="[部门[/报告]]...", nargs=-1)
@click.option(
    "--period",
    "-p",
    metavar="期间",
    help="如 2022-09、2022Q3、2022H1、2022、2022-01..2022-05（默认：有事实的最新一期）。",
)
@click.option("--final", is_flag=True, help="定稿：有缺数据或错误就不写文件。")
@click.option(
    "--format", "formats", metavar="格式", default="docx", show_default=True, help="docx、txt，几种用逗号隔开。"
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=None, help="输出文件夹（默认：项目的 out）。"
)
@click.option("--force", is_flag=True, help="没有变化也重新写。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_obj
def build(
    project: Path | None,
    targets: tuple[str, ...],
    period: str | None,
    final: bool,
    formats: str,
    out: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """生成报告：不写目标就生成全部，各用最新一期。"""
    from drafter import build as room
    from drafter.project import OUT

    opened = _project(project, as_json=as_json)
    wanted = _formats(formats, tuple(room.FORMATS), as_json=as_json)
    jobs = _jobs(opened, targets, period, as_json=as_json)
    results = _run(
        room.build(opened, jobs, out or opened.root / OUT, wanted, final=final, force=force), len(jobs), quiet=as_json
    )
    if as_json:
        _print_json({"reports": [_relative(r.as_json(), opened.root) for r in results]})
    else:
        _summary(results, opened.root)
    sys.exit(_exit_code(results))


def _project(given: Path | None, *, as_json: bool) -> Project:
    from drafter.project import Project, find_root

    root = find_root((given or Path.cwd()).resolve())
    if root is None:
        where = given or Path.cwd()
        message = f"“{where}”不是 drafter 项目，上级也不是（没有 templates 和 data 文件夹）"
        _usage(message, "进入项目文件夹再运行，或用 --project 指明", code="P101", as_json=as_json)
    return Project(root)


def _usage(message: str, hint: str, *, code: str = "P108", as_json: bool = False) -> NoReturn:
    """Say what is wrong with the call and end with 2."""
    from drafter.diagnostic import error, visible
    from drafter.source import Span

    if as_json:
        _print_json({"diagnostics": [error(code, message, Span("drafter", 1, 1), hint).as_json()]})
    else:
        click.echo(visible(f"{code} {message} ➜ {hint}"), err=True)
    sys.exit(USAGE)


def _formats(said: str, known: tuple[str, ...], *, as_json: bool) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(f.strip().lower() for f in said.replace("，", ",").split(",") if f.strip()))
    odd = [f for f in wanted if f not in known]
    if odd or not wanted:
        _usage(f"不认识的格式“{'、'.join(odd)}”", f"可用：{'、'.join(known)}", as_json=as_json)
    return wanted


def _jobs(project: Project, targets: tuple[str, ...], said: str | None, *, as_json: bool) -> list[Any]:
    from drafter import period as periods
    from drafter.diagnostic import DraftError

    wanted = periods.parse(said) if said else None
    if said and wanted is None:
        _usage(f"看不懂期间“{said}”", "写成 2022-09、2022Q3、2022H1、2022 或 2022-01..2022-05", as_json=as_json)
    try:
        reports = project.select(targets)
    except DraftError as stop:
        _tell(stop.diagnostics, as_json=as_json)
        sys.exit(USAGE)
    if wanted is None:
        return [(r, project.newest(r)) for r in reports]
    named = {t.strip("/") for t in targets}
    return [(r, wanted) for r in reports if r.target in named or not r.cycle or r.cycle == wanted.kind]


def _run(results: Iterable[Result], count: int, *, quiet: bool) -> list[Result]:
    """Collect the results, with a progress bar on stderr when a person watches."""
    if quiet or count < 2 or not sys.stderr.isatty():
        return list(results)
    with click.progressbar(results, length=count, label="生成", file=sys.stderr) as bar:
        return list(bar)


def _exit_code(results: Sequence[Result]) -> int:
    from drafter.diagnostic import has_errors

    if all(r.status == "failed" for r in results):
        return NOTHING
    return FAULTY if any(r.status in ("failed", "missing") or has_errors(r.diagnostics) for r in results) else CLEAN


def _relative(report: dict[str, Any], root: Path) -> dict[str, Any]:
    report["files"] = [_short_path(f, root) for f in report["files"]]
    return report


def _short_path(file: str, root: Path) -> str:
    path = Path(file)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _summary(results: Sequence[Result], root: Path) -> None:
    """The table of a build, what was found, and what is missing by office."""
    _lines(dict.fromkeys(d for r in results for d in r.diagnostics))
    rows = [
        (STATUS[r.status], r.target, r.period or "—", "  ".join(_short_path(f, root) for f in r.files) or "（没有写）")
        for r in results
    ]
    _table(("状态", "报告", "期间", "文件"), rows)
    _missing(results)
    counts = "，".join(
        f"{word} {n}" for status, word in STATUS.items() if (n := sum(r.status == status for r in results))
    )
    nothing = "没有要生成的报告 ➜ 在 templates/部门/报告/ 放章节；写了 --period 的，核对报告的周期"
    click.echo(f"共 {len(results)} 份：{counts}" if results else nothing)


def _missing(results: Sequence[Result]) -> None:
    offices: dict[str, list[str]] = {}
    for result in results:
        for one in (m for m in result.missing if not m.unknown):
            offices.setdefault(one.office or "（未注明责任单位）", []).append(
                f"{one.name}（{result.target} {result.period}）"
            )
    if offices:
        from drafter.diagnostic import visible

        click.echo("缺数据，按责任单位：")
        for office, facts in sorted(offices.items()):
            click.echo(visible(f"  {office}：{'；'.join(dict.fromkeys(facts))}"))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(_width(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        click.echo("  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip())


def _lines(diagnostics: Iterable[Diagnostic]) -> None:
    for one in diagnostics:
        click.echo(one.line(), err=True)


def _tell(diagnostics: Sequence[Diagnostic], *, as_json: bool) -> None:
    """Diagnostics as lines on stderr, or as the JSON contract on stdout."""
    if as_json:
        _print_json({"diagnostics": [d.as_json() for d in diagnostics]})
    else:
        _lines(diagnostics)


def _print_json(document: object) -> None:
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))


@main.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def outline(file: Path, as_json: bool) -> None:
    """显示一份 .txt 或 .docx 的提纲。"""
    from drafter import reading, text, units
    from drafter.diagnostic import DraftError

    try:
        document = reading.read(file, file.as_posix())
    except DraftError as stop:
        _tell(stop.diagnostics, as_json=as_json)
        sys.exit(NOTHING)
    tree, _ = text.read(document.text)
    _lines(document.diagnostics)
    if as_json:
        _print_json(units.as_json(tree, document.source))
    else:
        click.echo("\n".join(units.tree_lines(tree)))


@main.command()
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
def fmt(file: Path) -> None:
    """把一份 .txt 或 .docx 按规范格式重排序数，写到标准输出。"""
    from drafter import chain, reading, text
    from drafter.diagnostic import DraftError

    try:
        document = reading.read(file, file.as_posix())
    except DraftError as stop:
        _lines(stop.diagnostics)
        sys.exit(NOTHING)
    _lines(document.diagnostics)
    click.echo(text.write(chain.renumber(text.read(document.text)[0])), nl=False)


@main.command()
@click.argument("targets", metavar="[目标|文件]...", nargs=-1)
@click.option("--period", "-p", metavar="期间", help="检查哪一期（默认：最新一期）。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_obj
def check(project: Path | None, targets: tuple[str, ...], period: str | None, as_json: bool) -> None:
    """检查报告（部门/报告）、.docx 或 .txt：序数、层次、缺数据。"""
    from drafter.diagnostic import has_errors

    files = [t for t in targets if _is_file(t)]
    found = [d for f in files for d in _check_file(Path(f))]
    others = tuple(t for t in targets if t not in files)
    if others or not targets:
        found += _check_targets(_project(project, as_json=as_json), others, period, as_json=as_json)
    _tell(found, as_json=as_json)
    if not as_json:
        words = {s: sum(d.severity.value == s for d in found) for s in ("error", "warning", "note")}
        click.echo(f"错误 {words['error']}，提醒 {words['warning']}，说明 {words['note']}")
    sys.exit(FAULTY if has_errors(found) else CLEAN)


def _is_file(target: str) -> bool:
    return Path(target).is_file() or Path(target).suffix.lower() in (".docx", ".txt", ".doc", ".wps")


def _check_file(path: Path) -> list[Diagnostic]:
    from drafter import check as rules
    from drafter import reading, text
    from drafter.diagnostic import DraftError

    try:
        document = reading.read(path, path.as_posix())
    except DraftError as stop:
        return list(stop.diagnostics)
    return [*document.diagnostics, *rules.file_rules(text.read(document.text)[0])]


def _check_targets(
    project: Project, targets: tuple[str, ...], period: str | None, *, as_json: bool
) -> list[Diagnostic]:
    from drafter.build import no_facts
    from drafter.draft import Builder

    builder = Builder(project)
    found: list[Diagnostic] = []
    for report, when in _jobs(project, targets, period, as_json=as_json):
        found += builder.draft(report, when).diagnostics if when else [no_facts(report, project)]
    return list(dict.fromkeys(found))


@main.command()
@click.argument("code", metavar="代码", required=False)
def explain(code: str | None) -> None:
    """解释一个代码（如 N101）；不写代码就列出全部。"""
    from drafter import check as rules

    if code is None:
        for row in rules.CODES:
            click.echo(f"{row.code}  {row.name}")
        return
    found = rules.explain(code)
    if found is None:
        _usage(f"没有代码“{code}”", "不写代码可列出全部")
    click.echo(f"{found.code}  {found.name}\n\n{found.why}")
    if found.example:
        click.echo(f"例：{found.example}")
    click.echo(f"怎么办：{found.mend}")
