"""Reading a real file: title, 主送, sections wherever they begin, items, tables, signature. Law L8: never raises."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from drafter import style, unseen
from drafter.diagnostic import Diagnostic, note
from drafter.outline import Outline, Section
from drafter.source import Line, Span, Text
from drafter.style import Found, Marker
from drafter.text import figures, heading, items, pipes
from drafter.text.boundary import boundaries
from drafter.text.tree import GAP, NO_HEADING, Tree, paragraph

TITLE_LIMIT = 60
NOWHERE = Span("", 1, 1)


def read(text: Text) -> tuple[Outline, tuple[Diagnostic, ...]]:
    """The tree of a report and what its reader is unsure of (N110). Never raises.

    Sections are found inside a line too, where paragraphs were glued; lines of a 目录 are none. The first line without marker and closing mark
    is the title, a line ending with ： right behind it the 主送, a last date line with a short line before it 署名 and
    成文日期. Time: linear.
    """
    pieces = _pieces(text)
    title = _take_title(pieces)
    addressee = pieces.pop(0).line if pieces and _is_addressee(pieces[0]) else Line("")
    signature = _take_signature(pieces)
    reader = _Reader(pieces)
    return replace(reader.read(), title=title, addressee=addressee, signature=signature), tuple(reader.diagnostics)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph: a line, or what a boundary inside a line parts off. `found` is the section marker it begins with."""

    line: Line
    found: Found | None = None
    glued: bool = False
    """Whether other paragraphs stand on its line."""

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def seen(self) -> str:
        return unseen.without(self.line.text)


def _pieces(text: Text) -> list[_Piece]:
    found = boundaries(
        ["" if pipes.is_row(line) or figures.image(line) else unseen.without(line.text) for line in text]
    )
    placed = (_placed(line.text, markers) for line, markers in zip(text, found, strict=True))
    return [piece for line, markers in zip(text, placed, strict=True) for piece in _parted(line, markers)]


def _placed(text: str, found: list[Found]) -> list[Found]:
    """Markers of `unseen.without(text)` where they stand in the text, what cannot be seen being part of them."""
    if not found or not unseen.UNSEEN.search(text):
        return found
    places = unseen.offsets(text)
    spans = ((places[at], marker, _UNSEEN.match(text, places[end - 1] + 1)) for at, marker, end in found)
    return [(at, replace(m, written=text[at : run.end()]), run.end()) for at, m, run in spans if run]


_UNSEEN = re.compile(f"(?:[{GAP}]*(?:{unseen.UNSEEN.pattern}))*")


def _parted(line: Line, markers: list[Found]) -> list[_Piece]:
    if not markers:
        return [_Piece(line)]
    ends = [*(start for start, _, _ in markers), len(line)][1:]
    before = line.cut(0, markers[0][0]).strip(GAP)
    leads = bool(unseen.without(before.text))
    glued = leads or len(markers) > 1
    done = [_Piece(line.cut(m[0], end).strip(GAP), m, glued) for m, end in zip(markers, ends, strict=True)]
    return [_Piece(before), *done] if leads else done


def _take_title(pieces: list[_Piece]) -> Line:
    """The title: the first piece, or what stands before a blank in it and reads as one."""
    if not pieces:
        return Line("")
    if _is_title(pieces[0]):
        return pieces.pop(0).line
    line = pieces[0].line
    glued = _GLUED_TITLE.match(line.text) if pieces[0].found is None else None
    title, rest = (line.cut(0, glued.end(1)), line.cut(glued.end())) if glued else (Line(""), line)
    if not glued or not _is_title(_Piece(title)) or any(at == 0 for at, _, _ in style.sections(rest.text)):
        return Line("")
    pieces[0] = _Piece(rest, glued=True)
    return title


_GLUED_TITLE = re.compile(
    r"(?!现[将就]|根据|按照|为了?|在|今年|\|)([^。；：，;:,！？!?]{6,50}?(?:总结|报告|情况|要点|汇报|通报|通知|公告|公报|方案|计划|规划|意见|"
    r"纪要|讲话|发言|材料|简报|思路|说明|请示|批复|函))[ \t\u3000\u00a0]+(?![的和与及、])(?=\S.{19})"
)
"""A title that only a blank parts from its text: ××局2025年工作总结 2025年以来，…"""


def _is_title(piece: _Piece) -> bool:
    text = piece.seen
    plain = 0 < len(text) <= TITLE_LIMIT and text[-1] not in "。；：，;:,、." and text[0] != "|" and "；" not in text
    return plain and piece.found is None and not style.read(text) and not figures.image(piece.line)


def _is_addressee(piece: _Piece) -> bool:
    text = piece.seen
    plain = 0 < len(text) <= TITLE_LIMIT and text[-1] in "：:" and "。" not in text
    return plain and piece.found is None and not style.read(text)


_DATE = re.compile(r"[12]\d{3}年(?:[1-9]|1[0-2])月(?:[1-9]|[12]\d|3[01])日")


def _take_signature(pieces: list[_Piece]) -> tuple[Line, ...]:
    if not pieces or not _DATE.fullmatch(pieces[-1].seen):
        return ()
    date = pieces.pop().line
    if pieces and _is_signer(pieces[-1]):
        return pieces.pop().line, date
    return (date,)


def _is_signer(piece: _Piece) -> bool:
    plain = len(piece.text) <= 40 and not re.search("[。；：，、|]", piece.text)
    return plain and piece.found is None and not style.read(piece.text)


class _Reader:
    """One pass over the pieces."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self.pieces = pieces
        self.tree = Tree()
        self.chains = items.Chains(items.present(piece.seen for piece in pieces))
        self.diagnostics: list[Diagnostic] = []

    def read(self) -> Outline:
        """The tree of the pieces."""
        run: list[Line] = []
        for piece in self.pieces:
            if piece.found is None:
                run.append(piece.line)
                continue
            self.blocks(run)
            run = []
            self.section(piece.line, piece.found, glued=piece.glued)
        self.blocks(run)
        return self.tree.finish()

    def blocks(self, lines: list[Line]) -> None:
        """Paragraphs and tables that stand between two section markers."""
        for part in pipes.parts(lines):
            self.tree.block(paragraph(part, self.items(part.text)) if isinstance(part, Line) else part)

    def items(self, text: str, *, headed: bool = False) -> list[Found]:
        """The items of a paragraph; `headed`: it stands behind a section marker."""
        return _placed(text, self.chains.find(unseen.without(text), opens=True, headed=headed))

    def section(self, line: Line, found: Found, *, glued: bool) -> None:
        start, marker, end = found
        rest = line.cut(end - start).strip(GAP)
        if rest.text.startswith(NO_HEADING):
            head, rest, run_in = Line(""), rest.cut(1), True
            chain = self.items(rest.text)
        else:
            chain = self.items(rest.text, headed=True)
            end, run_in = _heading(marker, rest.text, chain, listed=self.tree.listed(marker), glued=glued)
            head = rest.cut(0, end).strip(GAP)
            chain = [(at - end, m, behind - end) for at, m, behind in chain]
            rest = rest.cut(end)
        self.tree.section(Section(marker, head, run_in=run_in and (bool(rest) or not head), span=line.at(0)))
        if head and (rest or glued) and not chain:
            self.unsure(head, rest, marker, run_in=run_in, glued=glued)
        if rest or not head:
            self.tree.block(paragraph(*_stripped(rest, chain)))

    def unsure(self, head: Line, rest: Line, marker: Marker, *, run_in: bool, glued: bool) -> None:
        """Tell where a heading was parted from its text without a mark, or may hold the beginning of its text."""
        if not run_in:
            place = rest.at(0) or NOWHERE
            message = f"标题和正文之间没有标点，按“{head.text[-6:]}｜{rest.text[:6]}”分开"
        elif glued and marker.level.depth <= 2 and len(head) > heading.RUN_IN_LIMIT:
            place = head.at(0) or NOWHERE
            reach = "到第一个句号为止" if head.text.endswith("。") else ""
            message = f"标题{reach}有{len(head)}字，可能带进了正文"
        else:
            return
        self.diagnostics.append(note("N110", message, place, "核对标题到哪里为止，在后面换行或加句号", head.text))


def _stripped(rest: Line, chain: list[Found]) -> tuple[Line, list[Found]]:
    """A paragraph without blanks at its ends, its items moved along."""
    left = len(rest.text) - len(rest.text.lstrip(GAP))
    return rest.strip(GAP), [(at - left, marker, end - left) for at, marker, end in chain]


def _heading(marker: Marker, text: str, chain: list[Found], *, listed: bool, glued: bool) -> tuple[int, bool]:
    """(characters of the heading, whether its text runs in) behind a section marker; items never stand in a heading."""
    first = chain[0][0] if chain else len(text)
    lead = text[:first]
    if chain and "。" not in lead:
        return _before_items(marker, lead, chain[0][1], glued=glued)
    end = min(heading.end(marker.level, lead + "…" * bool(chain), listed=listed), first)
    unsure = marker.level.heading == "段" and not lead[:end].endswith(("：", ":"))
    best = heading.best_split(text, depth=marker.level.depth, glued=glued) if unsure else 0
    return (best, False) if best and (best < end or (glued and not end)) else (end, True)


def _before_items(marker: Marker, lead: str, item: Marker, *, glued: bool) -> tuple[int, bool]:
    """The heading where items follow in its first sentence: closed by ：, or by nothing at all (加强监管一是…).

    一是 stays on its line; where paragraphs were glued, it begins one of its own (① does not, since a line that begins
    with it is a section).
    """
    words = lead.rstrip(GAP)
    if not words or words[-1] in "；;，,、！？!?….":
        return 0, True
    if words[-1] in "：:":
        return (len(lead) if marker.level.heading == "段" and len(words) <= heading.RUN_IN_LIMIT else 0), True
    return len(lead), not (glued and item.is_item)
