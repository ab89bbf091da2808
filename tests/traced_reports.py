"""The sample reports of this repository as traced .docx, in every layout; and what a test asks of a traced file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from drafter.draft import Builder
from drafter.project import Project
from drafter.trace import OBJECT, Record
from drafter.word import write
from drafter.word.trace.file import File, open_file
from tests.project_files import ROOT

LAYOUTS = ("总结", "公文", "函", "纪要", "命令")
TARGETS = (
    "应急管理局/月度工作总结",
    "县政府办/月度工作回顾",
    "财政局/半年工作总结",
    "发展和改革局/上半年工作总结",
    "县安委办/隐患整改通知",
)


@cache
def _builder() -> Builder:
    return Builder(Project(ROOT))


@cache
def traced(target: str, layout: str) -> bytes:
    """A sample report of its newest period in a layout."""
    builder = _builder()
    [report] = builder.project.select((target,))
    report = replace(report, layout=replace(report.layout, text=layout))
    period = builder.project.newest(report)
    assert period is not None
    draft = builder.draft(report, period)
    assert draft.document is not None
    return write.write(draft.document, draft.layout, author=draft.author, date=draft.date, traced=(target, str(period)))


def all_traced() -> dict[str, bytes]:
    """Every sample report in every layout."""
    return {f"{target} {layout}": traced(target, layout) for target in TARGETS for layout in LAYOUTS}


def found(file: File) -> dict[str, list[str]]:
    """What stands at every bookmark of a figure, one text for every paragraph it stands in."""
    texts: dict[str, list[str]] = {}
    for strand in file.strands:
        printed = strand.printed
        for spot in printed.spots:
            texts.setdefault(spot.name, []).append(printed.of(spot))
    return texts


def lost(record: Record, file: File) -> Iterator[str]:
    """Figures of a record that do not stand at their bookmarks with their texts."""
    texts = found(file)
    for name, figure in record.figures.items():
        wanted = OBJECT if figure.drawn else figure.text
        if texts.get(name) != [wanted]:
            yield f"{name}: {wanted!r} is {texts.get(name)}"


def record_of(data: bytes) -> Record:
    """The record that a file carries."""
    record = open_file(data, "t.docx").record
    assert record is not None
    return record
