"""The laws of refreshing, on random reports, random edits in Word and random changes of the facts.

A history: a report is generated, a clerk edits it (tests/made_edits.py), the facts change (tests/made_projects.py), the
file is refreshed. Then no typed word is lost, no figure is wrong without being told, nothing that was deleted is back.
DRAFTER_HISTORIES says how many histories are tried, DRAFTER_FULL asks for 600.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from drafter import formats, office
from drafter.merge import pairs
from drafter.plan import Plan
from drafter.project import Project
from drafter.refresh import Refreshed
from drafter.trace import OBJECT, Printed, Record
from drafter.word.trace.file import File, open_file
from tests import made_edits, made_projects, word_like
from tests.docx_check import need, problems
from tests.made_edits import Log
from tests.made_projects import PERIOD, TARGET
from tests.project_files import drafted
from tests.refreshing import refreshed
from tests.word_like import W

HISTORIES = int(os.environ.get("DRAFTER_HISTORIES") or (600 if os.environ.get("DRAFTER_FULL") else 24))
PACKING = "date, system or method"
HAND = "王主任"
LONG = 8
"""Characters of a stretch of prose that is not there twice by chance."""


def generated(project: Project) -> bytes:
    """The report of a project, as it is built."""
    draft = drafted(project, TARGET, PERIOD)
    assert draft.sound, draft.diagnostics
    return formats.docx(draft)


@dataclass
class History:
    """One history: what was generated, what the clerk made of it, what is generated now, and the refreshed file."""

    folder: Path
    old: Project
    new: Project
    first: bytes
    log: Log
    hand: bytes
    second: bytes

    @cached_property
    def _done(self) -> tuple[bytes, Plan, Refreshed]:
        return refreshed(self.hand, self.new, self.folder)

    @property
    def result(self) -> bytes:
        return self._done[0]

    @property
    def plan(self) -> Plan:
        return self._done[1]

    @property
    def told(self) -> Refreshed:
        return self._done[2]

    @cached_property
    def before(self) -> Record:
        return _record(open_file(self.first, "first.docx"))

    @cached_property
    def here(self) -> File:
        return open_file(self.hand, "hand.docx")

    @cached_property
    def now(self) -> Record:
        return _record(open_file(self.second, "second.docx"))

    @cached_property
    def after(self) -> File:
        return open_file(self.result, "after.docx")


def _record(file: File) -> Record:
    assert file.record is not None
    return file.record


def history(seed: int, folder: Path, edits: int = 12) -> History:
    r = Random(f"history {seed}")
    state = made_projects.world(r)
    old = made_projects.project(folder / "old", state)
    new = made_projects.project(folder / "new", made_projects.changed(state, r))
    first = generated(old)
    hand, log = made_edits.edited(first, r, r.randrange(1, edits + 1)) if edits else (first, Log())
    return History(folder, old, new, first, log, hand, generated(new))


def lines(file: File) -> list[str]:
    return [s.text for s in file.strands]


def standing(file: File) -> dict[str, list[tuple[int, Printed, int, int]]]:
    """Bookmark of a figure → where it stands: (paragraph, it, start, end)."""
    found: dict[str, list[tuple[int, Printed, int, int]]] = {}
    for at, strand in enumerate(file.strands):
        printed = strand.printed
        for spot in printed.spots:
            found.setdefault(spot.name, []).append((at, printed, spot.start, spot.end))
    return found


def shown(file: File) -> dict[str, str]:
    """Bookmark → what stands there."""
    return {name: "".join(p.text[s:e] for _, p, s, e in places) for name, places in standing(file).items()}


# ---- the laws -------------------------------------------------------------------------------------------------------


def no_word_is_lost(h: History) -> Iterator[str]:
    """Every typed word, as often as it stood in the file; what else a hand put in stays too."""
    wanted, found = made_edits.words_in(h.hand, h.log), made_edits.words_in(h.result, h.log)
    yield from (f"lost: {word} {count}→{found[word]}" for word, count in wanted.items() if found[word] < count)
    for what, wanted_things in _things(h.hand).items():
        lacking = wanted_things - _things(h.result)[what]
        if lacking:
            yield f"lost {what}: {dict(lacking)}"


def _things(data: bytes) -> dict[str, Counter[str]]:
    """What a hand puts into a file beside text: bookmarks, comments and where they are, notes, typed looks."""
    file = word_like.opened(data)
    root = etree.fromstring(file.members[word_like.MAIN])
    comments = next((c for n, c in file.members.items() if n.startswith("word/comments")), b"<c/>")
    told = [c for c in etree.fromstring(comments).iter(f"{W}comment") if c.get(f"{W}author") == HAND]
    ids = {c.get(f"{W}id") for c in told}
    return {
        "comments": Counter("".join(c.itertext()) for c in told),
        "references": Counter(f"{c.get(f'{W}id') in ids}" for c in root.iter(f"{W}commentReference") if c.get(f"{W}id") in ids),
        "notes": Counter(str(n.get(f"{W}id")) for n in root.iter(f"{W}footnoteReference")),
        "bookmarks": Counter(n for b in root.iter(f"{W}bookmarkStart") if (n := str(b.get(f"{W}name"))).startswith("要点")),
    }  # fmt: skip


def no_look_is_lost(h: History) -> Iterator[str]:
    """Typed words look as they looked."""
    wanted, found = _looks(h.hand, h.log), _looks(h.result, h.log)
    yield from (f"look of {word}: {look!r}" for word, look in (wanted - found))


def _looks(data: bytes, log: Log) -> Counter[tuple[str, bytes]]:
    """Typed word and look → how often. A comment may part a run in two: neighbours that look alike are one."""
    root = etree.fromstring(word_like.opened(data).members[word_like.MAIN])
    runs = (
        (run.getparent(), _look(run), "".join(t.text or "" for t in run.findall(f"{W}t"))) for run in root.iter(f"{W}r")
    )
    parts = [("".join(one[2] for one in group), look) for (_, look), group in groupby(runs, key=lambda one: one[:2])]
    return Counter((word, look) for said, look in parts for word in log.typed if word in said)


def _look(run: etree._Element) -> bytes:
    look = run.find(f"{W}rPr")
    return b"" if look is None else etree.tostring(look, method="c14n")


def no_figure_is_wrong(h: History) -> Iterator[str]:
    """What stands at a bookmark is what the facts say now, or a conflict is told; and never what nobody said."""
    old, hand, after = h.before.figures, shown(h.here), shown(h.after)
    named = {own: name for name, own in h.plan.names.items()}
    for name, text in after.items():
        new = h.now.figures.get(named.get(name, ""))
        values = {_text(f) for f in (old.get(name), new) if f is not None} | {hand.get(name)}
        stands = OBJECT if OBJECT in text and OBJECT in values else text
        if stands not in values and not (told(h, name) and _holds_another(h.after, name)):
            yield f"{name}: {text!r} is none of {values}"
        if (new is None or stands != _text(new)) and not told(h, name):
            yield f"{name}: {text!r} stands, {new and _text(new)!r} is generated, nothing is told"


def _text(figure) -> str:
    return OBJECT if figure.drawn else figure.text


def _holds_another(file: File, name: str) -> bool:
    """Whether a hand put another figure into one: that one's value is renewed within it."""
    return any(
        spot.name != name and start <= spot.start and spot.end <= end
        for _, paragraph, start, end in standing(file)[name]
        for spot in paragraph.spots
    )


def told(h: History, name: str) -> bool:
    """Whether a conflict is about a figure, or about a passage or a row that holds it."""
    return any(
        c.name == name
        or (c.at == at and c.start <= end and start <= c.end)
        or (c.at >= 0 and paragraph.cell and paragraph.cell[:2] == (h.here.strands[c.at].cell or ())[:2])
        for c in h.plan.conflicts
        for at, paragraph, start, end in standing(h.here).get(name, ())
    )


def no_direction_is_wrong(h: History) -> Iterator[str]:
    """Where the words in front of a figure have turned (下降 → 增长) they stand in front of it, or it is told."""
    named = {own: name for name, own in h.plan.names.items()}
    for name, places in standing(h.after).items():
        old, new = h.before.figures.get(name), h.now.figures.get(named.get(name, ""))
        if new is None or new.drawn or (old is not None and old.lead == new.lead and old.tail == new.tail):
            continue
        _, paragraph, start, end = places[0]
        right = paragraph.text[:start].endswith(new.lead) and paragraph.text[end:].startswith(new.tail)
        if paragraph.text[start:end] == new.text and not right and not told(h, name):
            yield f"{name}: {paragraph.text[max(0, start - 12) : end + 6]!r}, but {new.wording!r} is generated"


def no_figure_is_under_another_heading(h: History) -> Iterator[str]:
    """What is said of a township stands below its heading, where it stood so before; or it is told."""
    were, are = dict(_headings(h.here)), dict(_headings(h.after))
    for name, heading in are.items():
        was = were.get(name, heading)
        if was != heading and was in standing(h.after) and _one_item(h, name, was) and not told(h, name):
            texts = shown(h.after)
            yield f"{name} ({texts[name]}) of {texts.get(was)!r} stands below {texts.get(heading)!r}"


def _one_item(h: History, *names: str) -> bool:
    """Whether figures are said of one item of a list."""
    facts = (h.before.figures[name].origin.fact if name in h.before.figures else name for name in names)
    return len({fact.partition("项的")[0] for fact in facts}) == 1


def _headings(file: File) -> Iterator[tuple[str, str]]:
    """(figure, figure of the heading above it): short numbered paragraphs that hold one figure; others end a section."""
    above = ""
    for strand in file.strands:
        printed = strand.printed
        if printed.text.startswith("（") and len(printed.text) < 12 and len(printed.spots) == 1:
            above = printed.spots[0].name
        elif printed.text[1:2] == "、" or printed.text.startswith("（"):
            above = ""
        elif above:
            yield from ((spot.name, above) for spot in printed.spots)


def nothing_deleted_is_back(h: History) -> Iterator[str]:
    """Figures whose bookmarks a hand deleted, and prose that stands once and was deleted."""
    here, after = standing(h.here), standing(h.after)
    for name, new in pairs(h.before, h.now).items():
        own = h.plan.names.get(new, new)
        if name not in here and own in after and own not in here:
            yield f"{name} ({h.before.figures[name].text}) is back as {own}"
    texts = ["\n".join(p.text for p in record.paragraphs) for record in (h.before, h.now)]
    mine, done = "\n".join(lines(h.here)), "\n".join(lines(h.after))
    for prose in _prose(h.before):
        if texts[0].count(prose) == 1 and texts[1].count(prose) <= 1 and prose not in mine and prose in done:
            yield f"back: {prose}"


def _prose(record: Record) -> Iterator[str]:
    for paragraph in record.paragraphs:
        at = 0
        for spot in (*paragraph.spots, None):
            piece = paragraph.text[at : spot.start if spot else None]
            if len(piece) >= LONG:
                yield piece
            at = spot.end if spot else at


def it_is_a_file(h: History) -> Iterator[str]:
    """No fault that was not there; the record is what was generated now."""
    were = problems(h.hand)
    yield from (said for said in problems(h.result) if said not in were and PACKING not in said)
    if h.after.record is None or (h.after.record.target, h.after.record.period) != (TARGET, PERIOD):
        yield "the record is lost"
    elif h.after.record.figures != h.plan.record.figures:
        yield "the record is another"


def twice_is_once(h: History) -> Iterator[str]:
    """A second refresh with the same facts changes no text and no bookmark, does nothing and tells nothing new."""
    again, _, done = refreshed(h.result, h.new, h.folder)
    file = open_file(again, "again.docx")
    if [s.printed for s in file.strands] != [s.printed for s in h.after.strands]:
        changed = [(a, b) for a, b in zip(lines(h.after), lines(file), strict=False) if a != b]
        yield f"second refresh: {changed[:2]} {len(file.strands) - len(h.after.strands)} paragraphs more"
    if acted := [step for step in done.steps if step.kind != "不动"]:
        yield f"second refresh does {acted[:2]}"
    if (a := _comments(h.result)) < (b := _comments(again)) or (a and not b):
        yield f"second refresh: comments {a} → {b}"


def _comments(data: bytes) -> int:
    return sum(
        c.count(b"<w:comment ") for n, c in word_like.opened(data).members.items() if n.startswith("word/comments")
    )


def same_facts_change_nothing(h: History) -> Iterator[str]:
    """With the facts the file was built from, text and bookmarks stay to the letter."""
    same, _, _ = refreshed(h.hand, h.old, h.folder)
    if [s.printed for s in open_file(same, "same.docx").strands] != [s.printed for s in h.here.strands]:
        changed = [(a, b) for a, b in zip(lines(h.here), lines(open_file(same, "x.docx")), strict=False) if a != b]
        yield f"same facts: {changed[:2]}"


LAWS = (
    no_word_is_lost, no_look_is_lost, no_figure_is_wrong, no_direction_is_wrong, no_figure_is_under_another_heading,
    nothing_deleted_is_back, it_is_a_file, twice_is_once, same_facts_change_nothing,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_laws(seed: int, tmp_path: Path) -> None:
    h = history(seed, tmp_path)
    broken = [f"{law.__name__}: {said}" for law in LAWS for said in law(h)]
    assert broken == [], "\n".join(h.log.steps)


@pytest.mark.parametrize("seed", range(HISTORIES // 3))
@pytest.mark.parametrize("saved", [False, True], ids=["as built", "saved by Word"])
def test_a_file_that_nobody_edited_becomes_a_fresh_build(seed: int, saved: bool, tmp_path: Path) -> None:
    h = history(-1 - seed, tmp_path, edits=0)
    if saved:
        h.hand = word_like.rewritten(
            h.hand, seed, "切分文字", "校对标记", "书签", "空白", "命名空间", "部件改名", "样式改号"
        )
    assert lines(h.after) == [p.text for p in h.now.paragraphs]
    named = {own: name for name, own in h.plan.names.items()}
    for strand, wanted in zip(h.after.strands, h.now.paragraphs, strict=True):
        spots = [(named[s.name], s.start, s.end) for s in strand.printed.spots]
        assert spots == [(s.name, s.start, s.end) for s in wanted.spots], strand.text
        assert strand.cell == wanted.cell
    assert h.plan.conflicts == ()
    assert [said for said in problems(h.result) if PACKING not in said] == []
    assert list(twice_is_once(h)) == []


def test_a_file_that_libreoffice_saved_becomes_a_fresh_build(tmp_path: Path) -> None:
    need(office.find(), office.ABSENT)
    made = {str(seed): history(-1 - seed, tmp_path / str(seed), edits=0) for seed in range(6)}
    for kinds in (("docx",), ("odt", "docx")):
        saved = word_like.by_libreoffice({seed: h.first for seed, h in made.items()}, tmp_path / "".join(kinds), *kinds)
        for seed, data in saved.items():
            h = replace(made[seed], hand=data)
            assert lines(h.after) == [p.text for p in h.now.paragraphs], (seed, kinds)
            assert h.plan.conflicts == ()
            assert list(no_figure_is_wrong(h)) == []
            assert list(twice_is_once(h)) == []


def test_histories_are_what_they_say(tmp_path: Path) -> None:
    """The edits make files that can be opened, and every kind of edit happens."""
    seen: Counter[str] = Counter()
    for seed in range(40):
        h = history(seed, tmp_path)
        seen.update(step.split(":")[0] for step in h.log.steps)
        whole = "\n".join(lines(h.here))
        words = made_edits.words_in(h.hand, h.log)
        assert {word: whole.count(word) for word in words} == words
        assert not [p for p in problems(h.hand) if PACKING not in p and "cuts a drawing" not in p]
    assert len(seen) > 15, seen
