"""Fields in the headers and footers of a 底稿: those that count pages stay, others hold what belongs to another text.

Source: ISO/IEC 29500-1, 17.16.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter.word.element import Element, W
from drafter.word.own.scrub import cut, unwrap

COUNTING = ("PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "=", "IF", "EQ", "SYMBOL", "ADVANCE", "QUOTE")
"""Kept as they are."""
ASKING = (
    "STYLEREF", "DATE", "TIME", "TITLE", "SUBJECT", "AUTHOR", "LASTSAVEDBY", "KEYWORDS", "COMMENTS", "FILENAME",
    "SAVEDATE", "CREATEDATE", "PRINTDATE", "USERNAME", "USERINITIALS", "NUMWORDS", "NUMCHARS",
)  # fmt: skip
"""Kept without what they showed: Word fills them in from the new document."""
SHOWING = ("INCLUDEPICTURE", "HYPERLINK", "FORMTEXT")
"""What they show stays, what they lead to does not."""
_ADDRESS = re.compile(r"https?://|mailto:", re.IGNORECASE)
_CHAR, _CODE, _RUN, _SIMPLE = (f"{{{W}}}{name}" for name in ("fldChar", "instrText", "r", "fldSimple"))
_LOOKS = f"{{{W}}}rPr"


@dataclass(slots=True)
class _Field:
    """One field: places of its begin and separate among all pieces of text, and its code."""

    begin: int
    separate: int = -1
    code: list[str] = field(default_factory=list)


def settle(root: Element) -> list[str]:
    """Takes what is stale or leads outside out of the fields of a part; returns the names of fields dropped whole."""
    dropped = list(_simple(root))
    for stray in [one for one in root.iter(_CHAR, _CODE) if (above := one.getparent()) is None or above.tag != _RUN]:
        cut(stray)
    pieces = [piece for run in root.iter(_RUN) for piece in run if piece.tag != _LOOKS]
    gone: set[int] = set()
    for one, end in _complex(pieces, gone):
        name, way = _way("".join(one.code))
        gone.update(_range(one, end, way))
        dropped += [name] if way == "drop" else []
    for at in gone:
        _remove(pieces[at])
    return dropped


def _complex(pieces: list[Element], gone: set[int]) -> Iterator[tuple[_Field, int]]:
    """(field, place of its end), inner ones first; signs that belong to no whole field are `gone`."""
    open_: list[_Field] = []
    for at, piece in enumerate(pieces):
        if piece.tag == _CODE and open_:
            open_[-1].code.append(piece.text or "")
        if piece.tag != _CHAR:
            gone.update({at} if piece.tag == _CODE and (not open_ or open_[-1].separate >= 0) else ())
            continue
        kind = piece.get(f"{{{W}}}fldCharType")
        if kind == "begin":
            open_.append(_Field(at))
        elif not open_ or kind not in ("separate", "end") or (kind == "separate" and open_[-1].separate >= 0):
            gone.add(at)
        elif kind == "separate":
            open_[-1].separate = at
        else:
            yield open_.pop(), at
    gone.update(at for at, piece in enumerate(pieces) if piece.tag in (_CHAR, _CODE) and open_ and at >= open_[0].begin)


def _way(code: str) -> tuple[str, str]:
    """(name of a field, what is done with it)."""
    words = code.split(maxsplit=1)
    name = "=" if code.lstrip().startswith("=") else words[0].upper() if words else ""
    if name in COUNTING or (name == "HYPERLINK" and _ADDRESS.search(code)):
        return name, "keep"
    return name, "empty" if name in ASKING else "show" if name in SHOWING else "drop"


def _range(one: _Field, end: int, way: str) -> range | tuple[int, ...]:
    """The pieces that go."""
    if way == "drop":
        return range(one.begin, end + 1)
    if way == "show":
        return (*range(one.begin, (one.separate if one.separate >= 0 else end) + 1), end)
    return range(one.separate + 1, end) if way == "empty" and one.separate >= 0 else ()


def _remove(piece: Element) -> None:
    """Takes a piece out of its run, and the run with it when nothing else is in it."""
    run = piece.getparent()
    if run is None:
        return
    run.remove(piece)
    if all(one.tag == _LOOKS for one in run) and (above := run.getparent()) is not None:
        above.remove(run)


def _simple(root: Element) -> Iterator[str]:
    """The same for w:fldSimple."""
    for one in list(root.iter(_SIMPLE)):
        name, way = _way(one.get(f"{{{W}}}instr") or "")
        above = one.getparent()
        if above is None:
            continue
        if way == "empty":
            one[:] = []
        elif way == "show":
            unwrap(one)
        elif way == "drop":
            above.remove(one)
            yield name
