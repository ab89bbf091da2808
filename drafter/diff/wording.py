"""Changed wording as a clerk reads it: the later text around each change, 【旧→新】."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.diff.compare import Pair
from drafter.diff.tokens import FIGURE, Token
from drafter.diff.words import Edit, Versions

BESIDE = 8
"""Characters of the text shown on either side of a change."""
START, END = 24, 8
"""Characters shown of the start and the end of something long."""
MOST = 8
"""Places of one passage that are shown."""
_LACKING = re.compile("【待补：[^】]*】")
_MARKS = " \u3000，。；：、！？,;:!?"


def places(pair: Pair) -> int:
    """How many places of a passage are worded anew; one when all of it is."""
    if pair.versions is None:
        return 0
    return 1 if pair.rewritten else len(_told(pair.versions))


def _told(versions: Versions) -> list[Edit]:
    """The edits of words; where only figures stand that have partners elsewhere in it, the figures are told instead."""
    return [e for e in versions.edits if not _only_figures(versions, e)] or list(versions.edits)


def _only_figures(versions: Versions, edit: Edit) -> bool:
    one, other = versions.before[edit.start : edit.end], versions.after[edit.new_start : edit.new_end]
    return bool(one) and bool(other) and all(t.kind == FIGURE for t in (*one, *other))


def rows(pair: Pair) -> Iterator[str]:
    """What was worded anew in a passage: a line for each place, or its start and end when all of it was."""
    assert pair.versions is not None
    assert pair.before is not None
    assert pair.after is not None
    if pair.rewritten:
        yield f"改写，原：{shortened(pair.before.line.text)}"
        yield f"改写，现：{shortened(pair.after.line.text)}"
        return
    windows = list(_windows(pair.versions, pair.before.line.text, pair.after.line.text))
    yield from (f"文字：{window}" for window in windows[:MOST])
    if len(windows) > MOST:
        yield f"文字：（还有{len(windows) - MOST}处）"


def shortened(text: str, most: int = START + END) -> str:
    """A long text by its start and end, and how long it is."""
    if len(text) <= most + END:
        return text
    return f"{text[:START]}…{text[-END:]}（{len(text)}字）"


def _windows(versions: Versions, before: str, after: str) -> Iterator[str]:
    """Each change in the later text, with a few characters around it; changes that stand close together in one."""
    edits = _told(versions)
    near: list[list[Edit]] = []
    for edit in edits:
        if near and _start(versions, edit, after) - _end(versions, near[-1][-1]) <= 2 * BESIDE:
            near[-1].append(edit)
        else:
            near.append([edit])
    for group in near:
        yield _window(versions, group, before, after)


def _start(versions: Versions, edit: Edit, after: str) -> int:
    """Where the changed words begin in the later text."""
    if edit.new_start < edit.new_end:
        return versions.after[edit.new_start].start
    return _end(versions, edit) if edit.new_start else 0 if versions.after else len(after)


def _end(versions: Versions, edit: Edit) -> int:
    return versions.after[edit.new_end - 1].end if edit.new_end else 0


def _window(versions: Versions, group: list[Edit], before: str, after: str) -> str:
    first = max(_start(versions, group[0], after) - BESIDE, 0)
    at, shown = first, "…" if first else ""
    for edit in group:
        start, end = _start(versions, edit, after), _end(versions, edit)
        shown += after[at:start] + _change(_words(versions.before[edit.start : edit.end], before), after[start:end])
        at = max(end, start)
    last = min(at + BESIDE, len(after))
    return f"{shown}{after[at:last]}{'…' if last < len(after) else ''}"


def _words(tokens: Sequence[Token], text: str) -> str:
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def _change(old: str, new: str) -> str:
    """【旧→新】, 【增：新】, 【删：旧】; 待补 for a fact that is not known yet."""
    old, new = (shortened(_LACKING.sub("待补", words.strip(_MARKS))) for words in (old, new))
    return f"【{old}→{new}】" if old and new else f"【增：{new}】" if new else f"【删：{old}】"
