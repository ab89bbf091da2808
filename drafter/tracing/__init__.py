"""出处: the figures of a finished file, where each comes from, and whether it still says what the facts say."""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from drafter import reading, style
from drafter.diagnostic import Diagnostic, DraftError, error
from drafter.merge import pairs
from drafter.project import Project
from drafter.source import Span
from drafter.trace import OBJECT, Record, Spot
from drafter.tracing.again import retyped
from drafter.tracing.bare import without
from drafter.tracing.choice import Choice
from drafter.tracing.detail import details
from drafter.tracing.judge import Judge
from drafter.tracing.model import EDITED, LOST, SAME, STALE, STATES, Seen, Traces
from drafter.tracing.now import added, current, projects
from drafter.tracing.places import Addresses
from drafter.tracing.show import HEAD, as_json, rows, summary, title
from drafter.tracing.spots import Standing, Standings, strangers
from drafter.tracing.turned import turned

if TYPE_CHECKING:
    from drafter.tracing.drawn import Cells
    from drafter.word.trace.file import File
    from drafter.word.trace.where import Located

__all__ = [
    "EDITED",
    "HEAD",
    "LOST",
    "SAME",
    "STALE",
    "STATES",
    "Choice",
    "Seen",
    "Traces",
    "as_json",
    "details",
    "opened",
    "read",
    "rows",
    "sight",
    "summary",
    "title",
    "traced",
    "without",
]

_SAVE = "用 Word、WPS 或 LibreOffice 打开，另存为“Word 文档（*.docx）”再看"


def read(path: Path, name: str, project: Project | None = None) -> Traces:
    """The figures of a file beside what its project would print now; `project`: the one that was given, else it is found.

    Errors: DraftError P102, D101–D107 for a file that cannot be read, R101 for one without a record.
    """
    file, record = opened(path, name)
    return traced(file, record, current(record, projects(path, project), name))


def opened(path: Path, name: str) -> tuple[File, Record]:
    """A .docx, and what was generated. Errors: DraftError P102, D101–D107, R101."""
    from drafter.word.trace.file import open_file

    data, start = reading.content(path, name), Span(name, 1, 1)
    suffix = path.suffix.lower()
    if suffix in reading.OTHERS and not reading.is_word(data):
        raise DraftError(error("D107", f"{suffix} 文件里的出处读不出来，要 .docx", start, _SAVE))
    if suffix not in reading.WORD and not data.startswith(b"PK"):
        raise DraftError(error("D101", "出处只在 .docx 里", start, "写上 drafter build 生成的 .docx"))
    file = open_file(data, name)
    if file.record is None:
        message = "文件里没有数字的出处：不是 drafter 生成的，或者没有留"
        hint = "drafter build 生成的 .docx 才有；要核对这一份，用 drafter diff 和新生成的一份比"
        raise DraftError(error("R101", message, start, hint))
    return file, file.record


def traced(file: File, record: Record, now: Record | Diagnostic, known: Mapping[str, str] | None = None) -> Traces:
    """The figures of an opened file; `now`: what would be generated, or why nobody can tell.

    `known`: which bookmark is which of `now`, where that is known already.
    """
    from drafter.word.reading.revisions import revisions
    from drafter.word.reading.whole import accepted
    from drafter.word.trace.where import located

    paragraphs = [strand.printed for strand in file.strands]
    typed = retyped(record, paragraphs, Standings.of(paragraphs))
    sight = Sight(file, located(file, {one.at for one in typed.values()}))
    sight.standings.widen(record, sight.paragraphs)
    judged = now if isinstance(now, Record) else None
    same = known if known is not None else _pairs(record, judged) if judged is not None else {}
    judge = Judge(record, sight.paragraphs, sight.standings, sight.address, sight.cells, typed, judged, same)
    figures = tuple(judge.figures())
    told = [
        *file.package.remarks(),
        *accepted(file.name, revisions(file.root)),
        *strangers(record, sight.standings, sight.address, sight.span),
        *turned(figures, sight.standings, sight.paragraphs, sight.span),
        *([now] if isinstance(now, Diagnostic) else added(now, same.values(), file.name)),
    ]
    return Traces(file.name, record.target, record.period, figures, tuple(told), judged is not None)


def _pairs(before: Record, now: Record) -> Mapping[str, str]:
    """Bookmark → bookmark of the same figure. Why the same apart: mostly nothing changed, and pairing takes its time."""
    return {name: name for name in before.figures} if before == now else pairs(before, now)


def sight(file: File, also: Container[int] = ()) -> Sight:
    """What stands in an opened file, and where; `also`: paragraphs without figures that are asked for."""
    from drafter.word.trace.where import located

    return Sight(file, located(file, also))


class Sight:
    """What stands in an opened file: its paragraphs, the bookmarks in them and their addresses."""

    def __init__(self, file: File, where: Located) -> None:
        self.file = file
        self.where = where
        self.paragraphs = [strand.printed for strand in file.strands]
        self.standings = Standings.of(self.paragraphs)
        self.addresses = Addresses(where)

    def span(self, one: Standing) -> Span:
        """Where a bookmark stands: paragraph and column."""
        return Span(self.file.name, max(self.where.places[one.at].paragraph, 1), one.start + 1)

    def address(self, one: Standing) -> str:
        """Where a bookmark stands, in official speech."""
        column = len(one.before(self.paragraphs).replace(OBJECT, "")) + 1
        return self.addresses.of(self.where.places[one.at], column)

    def where_is(self, at: int, start: int) -> str:
        """The address of a character of a paragraph; that of its marker is the paragraph's. Empty for one that is not there."""
        if at not in self.where.places:
            return ""
        marker = style.read(self.paragraphs[at].text)
        begin = max(start, marker[1] if marker else 0)
        return self.address(Standing(at, begin, "", at, begin))

    def span_of(self, at: int, start: int) -> Span:
        """Where a character of a paragraph stands."""
        return self.span(Standing(at, start, "", at, start)) if at in self.where.places else Span(self.file.name, 1, 1)

    def cells(self, one: Standing) -> Cells | None:
        """What the chart at a bookmark shows."""
        from drafter.word.trace.chart import shown

        strand = self.file.strands[one.at]
        return shown(self.file, strand, Spot("", one.start, one.end if one.last == one.at else len(strand.text)))
