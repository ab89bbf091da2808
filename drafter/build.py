"""Building: drafts become files. The only writer of reports; one bad report never stops the rest."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from drafter import facts, ledger
from drafter.diagnostic import Diagnostic, DraftError, error, has_errors, note
from drafter.draft import Builder, Draft, once
from drafter.formats import Wishes, wished
from drafter.missing import Missing
from drafter.period import Period
from drafter.project import Project
from drafter.report import DATA, Report
from drafter.source import Files, Span


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one report: built, unchanged, missing (written, facts still missing) or failed."""

    target: str
    period: str
    status: str
    files: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The JSON contract of build (design, section 4)."""
        return {
            "target": self.target,
            "period": self.period,
            "status": self.status,
            "files": list(self.files),
            "missing": [{"fact": m.name, "office": m.office} for m in self.missing],
            "diagnostics": [d.as_json() for d in self.diagnostics],
        }


def build(
    project: Project,
    jobs: list[tuple[Report, Period | None]],
    out: Path,
    formats: tuple[str, ...],
    *,
    final: bool = False,
    force: bool = False,
    wishes: Wishes = Wishes(),  # noqa: B008 - frozen
) -> Iterator[Result]:
    """Draft and publish each job in turn; one bad report never stops the rest."""
    builder = Builder(project)
    into = _Out(out, project.files, formats, final=final, force=force, wishes=wishes)
    for report, period in jobs:
        yield _build_one(builder, report, period, into)


def _build_one(builder: Builder, report: Report, period: Period | None, out: _Out) -> Result:
    if period is None:
        return Result(report.target, "", "failed", diagnostics=(*report.diagnostics, no_facts(report, builder.project)))
    try:
        draft = builder.draft(report, period)
        return out.publish(draft)
    except Exception as fault:  # noqa: BLE001 - one bad report must not stop the rest
        told = error(
            "P199",
            f"程序出错：{type(fault).__name__}: {fault}",
            Span(report.file, 1, 1),
            "请把这一行和事实文件发给维护人员",
        )
        return Result(report.target, str(period), "failed", diagnostics=(told,))


def no_facts(report: Report, project: Project) -> Diagnostic:
    """There is no facts file of the report's 周期 at all."""
    cycle = f"周期为“{report.cycle}”的" if report.cycle else ""
    folder = f"{DATA}/{report.department}"
    odd = facts.misnamed(project.files, report.department)
    hint = f"在 {folder}/ 放事实文件，如 2022-09.yaml"
    if odd:
        hint += f"；{'、'.join(odd)} 的文件名认不出期间"
    return error("P103", f"没有{cycle}事实文件", report.place(project.files), hint)


@dataclass(slots=True)
class _Out:
    """Where and how drafts are written."""

    folder: Path
    files: Files
    formats: tuple[str, ...]
    final: bool
    force: bool
    wishes: Wishes
    swept: set[Path] = field(default_factory=set)
    fonts: set[str] = field(default_factory=set)
    """Fonts that were looked for: what this computer lacks is said once."""

    def publish(self, draft: Draft) -> Result:
        """Write the draft's files whole, or leave what is there as it was."""
        told = list(draft.diagnostics)
        if not draft.sound:
            return self._result(draft, "failed", (), told)
        lacking = bool(draft.missing)
        if self.final and (lacking or has_errors(told)):
            return self._result(draft, "missing" if lacking else "failed", (), told)
        try:
            changed, files = self._write(draft, told)
        except OSError as fault:
            told.append(_not_written(fault, draft))
            return self._result(draft, "failed", (), told)
        if not files:
            return self._result(draft, "failed", (), told)
        told.extend(self._fonts(draft))
        status = "missing" if lacking else "built" if changed else "unchanged"
        return self._result(draft, status, files, told)

    def _result(self, draft: Draft, status: str, files: tuple[str, ...], told: list[Diagnostic]) -> Result:
        return Result(draft.report.target, str(draft.period), status, files, draft.missing, once(told))

    def _write(self, draft: Draft, told: list[Diagnostic]) -> tuple[bool, tuple[str, ...]]:
        made = [(name, self._made(name, draft, told)) for name in self.formats]
        contents = [(name, data) for name, data in made if data is not None]
        book = ledger.Ledger(self.folder)
        changed = False
        files = []
        for suffix, data in contents:
            name = f"{draft.report.department}/{draft.period}-{draft.report.name}.{suffix}"
            path = self.folder / name
            self._sweep(path.parent)
            files.append(str(path))
            old = path.read_bytes() if path.is_file() else None
            if old == data and not self.force:
                if not book.is_ours(name, data):
                    book.record(name, data)
                continue
            if old is not None and old != data and not book.is_ours(name, old):
                told.append(_kept(ledger.set_aside(path, old, "手改"), path, name))
            ledger.write_whole(path, data)
            book.record(name, data)
            changed = True
        return changed, tuple(files)

    def _made(self, name: str, draft: Draft, told: list[Diagnostic]) -> bytes | None:
        """The bytes of a format; None where it cannot be made, which is told, and the others are."""
        try:
            return wished(self.wishes)[name](draft)
        except DraftError as stop:
            told.extend(stop.diagnostics)
            return None

    def _fonts(self, draft: Draft) -> tuple[Diagnostic, ...]:
        """Y109: fonts of a layout that this computer lacks, where Word is to show or LibreOffice to print them."""
        from drafter.layout import fonts

        if draft.layout is None or not {"docx", "pdf"} & set(self.formats):
            return ()
        named = set(fonts.named((draft.layout,)))
        if named <= self.fonts:
            return ()
        self.fonts |= named
        place = draft.report.layout.span or draft.report.place(self.files)
        return fonts.told((draft.layout,), place)

    def _sweep(self, folder: Path) -> None:
        if folder not in self.swept and folder.is_dir():
            ledger.sweep(folder)
            ledger.sweep(self.folder)
            self.swept.add(folder)


def _kept(beside: Path, path: Path, name: str) -> Diagnostic:
    return note(
        "P107",
        f"“{path.name}”有人改过，改过的一份留作“{beside.name}”",
        Span(f"out/{name}", 1, 1),
        "把需要的改动写回模板或事实"
        + ("；可以用 drafter refresh 把新数放进改过的稿子" if path.suffix == ".docx" else ""),
    )


_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘是只读的",
    errno.ENOTDIR: "输出文件夹的位置上是一个文件",
    errno.EEXIST: "输出文件夹的位置上是一个文件",
    errno.EISDIR: "输出文件的位置上是一个文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EIO: "磁盘读写出错",
}


def _not_written(fault: OSError, draft: Draft) -> Diagnostic:
    name = str(fault.filename or "")
    span = Span(name.rsplit("/.drafter-", 1)[0] or draft.report.target, 1, 1)
    if isinstance(fault, PermissionError):
        return error(
            "P106", "写不进去：文件正被 Word 或 WPS 打开，或没有权限", span, "关掉它再生成一次；原来的文件没有动"
        )
    return error(
        "P106",
        f"写不进去：{_REASONS.get(fault.errno or 0, fault.strerror or str(fault))}",
        span,
        "核对磁盘空间和文件夹；原来的文件没有动",
    )
