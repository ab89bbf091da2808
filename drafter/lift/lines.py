"""One line of an old report → a line of a template, the facts it needs, and what was unsure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from drafter import period as periods
from drafter.diagnostic import Diagnostic, note
from drafter.lift import moves, naming, seen, shut, spans
from drafter.lift.fact import Call, Fact, said
from drafter.lift.keys import Keys
from drafter.lift.near import Near
from drafter.lift.seen import Seen
from drafter.period import Period
from drafter.source import Span

_ENDS = "。！？"


@dataclass(frozen=True, slots=True)
class Blank:
    """What stands between `start` and `end` becomes {{ expression }}, or the template words of a date."""

    start: int
    end: int
    template: str


@dataclass(slots=True)
class Lifter:
    """What the lines of a report share: its period, the keys given, the facts found, what was unsure."""

    period: Period
    keys: Keys
    facts: dict[str, Fact] = field(default_factory=dict)
    told: list[Diagnostic] = field(default_factory=list)
    seen: int = 0
    lifted: int = 0

    def line(self, text: str, place: Span, heading: str = "", *, figures: bool = True) -> str:
        """The template of a line; `heading`: words of the section it stands in. `figures` off keeps numbers as text."""
        return _Line(self, text, place, heading, figures=figures).template()

    def kept(self, text: str, place: Span) -> str:
        """A line whose figures and dates stay text, which is told."""
        found = seen.figures(text, shut.shut(text))
        self.seen += len(found)
        if found:
            self.say("L103", f"“{found[0].text}”等{len(found)}个数留作文字", place, found[0].text, "每期核对这一段")
        return literal(text)

    def say(self, code: str, message: str, place: Span, quote: str, hint: str) -> None:
        """Keep what was unsure, at its place in the template."""
        self.told.append(note(code, message, place, hint, quote))


class _Line:
    """One line being lifted."""

    def __init__(self, lifter: Lifter, text: str, place: Span, heading: str, *, figures: bool) -> None:
        self.lifter = lifter
        self.period = lifter.period
        self.text = text
        self.place = place
        self.heading = heading
        self.closed = shut.shut(text)
        self.dates = spans.dates(text, lifter.period, self.closed)
        self.closed |= {at for d in self.dates for at in range(d.start, d.end)}
        self.words = _without(text, [(d.start, d.end) for d in self.dates if not d.season])
        self.found = seen.figures(text, self.closed) if figures else []
        self.places = {one.start: number for number, one in enumerate(self.found)}
        self.shared = self.share_out()
        self.blanks: list[Blank] = []
        self.told: list[Diagnostic] = []
        """What was unsure; the column is the offset in the line until all blanks are known."""
        self.near = Near()

    def template(self) -> str:
        """The line with its blanks; what cannot be a blank is told."""
        self.blanks = [Blank(d.start, d.end, d.template) for d in self.dates if d.template]
        self.lifter.seen += len(self.found)
        at = 0
        while at < len(self.found):
            at += self.take(at)
        self.tell()
        self.lifter.told += [replace(d, span=self.place_of(d.span.column)) for d in self.told]
        return "".join(self.pieces())

    def place_of(self, offset: int) -> Span:
        """Where in the template an offset of the line stands."""
        ahead = [b for b in self.blanks if b.end <= offset]
        grown = sum(len(b.template) - (b.end - b.start) for b in ahead)
        inside = next((offset - b.start for b in self.blanks if b.start < offset < b.end), 0)
        return Span(self.place.file, self.place.line, offset + grown - inside + 1)

    def say(self, code: str, message: str, offset: int, quote: str, hint: str) -> None:
        self.told.append(note(code, message, Span("", 1, offset), hint, quote))

    def pieces(self) -> Iterator[str]:
        at = 0
        for blank in sorted(self.blanks, key=lambda b: b.start):
            yield literal(self.text[at : blank.start])
            yield blank.template
            at = blank.end
        yield literal(self.text[at:])

    def take(self, at: int) -> int:
        """Turn a figure (or a list of them) into a blank; how many were taken."""
        one = self.found[at]
        told = moves.move(self.text, one)
        if told is not None:
            return self.listed(at, told) or self.moved(one, told)
        part = moves.share(self.text, one, self.sentence(one.start), self.period)
        if part is not None:
            return self.put(one.start, one.end, f"{part[0].key}|比重({part[1].key})")
        return self.parts(at) or self.plain(one, *self.name(one))

    def name(self, one: Seen) -> tuple[str, str]:
        """What a figure is called: by what 分别 gives it, as an amount of change, or by its noun; and whom it tells of."""
        if one.start in self.shared:
            return self.shared[one.start], ""
        owner = self.near.owner(self.sentence_start(one.start))
        told = naming.change(self.words, one, self.before(one))
        if told is None:
            name = naming.name(self.words, one, self.before(one))
            if not name.startswith("占"):
                return name, owner if naming.is_goal(name) else ""
            told = ("", name)
        last = self.lifter.keys.bare.get(owner, "")
        whose = naming.owned(told[0], last) if told[0] else last
        taken = not told[1] and whose in self.lifter.keys.taken
        return "" if taken else whose + told[1], "" if told[0] else owner

    def share_out(self) -> dict[int, str]:
        """Names of the figures that 分别 shares out, by where they stand."""
        names: dict[int, str] = {}
        for found in _EACH.finditer(self.text):
            at = self.places.get(found.end())
            if at is not None:
                amounts = moves.listed(self.text, self.found, at)
                owners = naming.each(self.words[self.before(self.found[at]) : found.start()], len(amounts))
                ends = moves.ending(found["verb"] or "")
                names |= {s.start: owner + ends for owner, s in zip(owners, amounts, strict=False)}
        return names

    def sentence(self, start: int) -> list[Fact]:
        """The facts of the sentence so far."""
        return [self.lifter.facts[key] for key in self.near.since(self.sentence_start(start))]

    def before(self, one: Seen) -> int:
        """Where the words of a figure begin: where the one before it ends, or as far back as names are sought."""
        number = self.places[one.start]
        return max(self.found[number - 1].end if number else 0, one.start - _WORDS)

    def new(self, name: str, unit: str, start: int) -> str:
        """A key for what begins at a place."""
        bare = self.lifter.keys.bare
        clause, first = self.since(start, "。！？；"), self.sentence_start(start)
        near, subject = (bare.get(self.near.first(at), "") for at in (clause, first))
        last = bare.get(self.near.owner(first), "")
        name = naming.owned(name, last)
        owners = (near, subject) if naming.leans(name) else ()
        stem = "" if name else last or self.heading
        span = _span_word(self.text[first:start], self.period)
        name = name or stem + naming.suffix(unit)
        return self.lifter.keys.new(name, unit, (span, *owners, self.heading, near, subject), stem)

    def sentence_start(self, start: int) -> int:
        """Where the sentence of a place begins; 其中 goes on with the one before."""
        first = self.since(start, _ENDS)
        return self.since(max(first - 1, 0), _ENDS) if self.text.startswith("其中", first) else first

    def since(self, start: int, ends: str) -> int:
        """Where the sentence or clause of a place begins."""
        far = max(start - _FAR, 0)
        return max(far - 1, *(self.text.rfind(mark, far, start) for mark in ends)) + 1

    def plain(self, one: Seen, name: str, owner: str = "") -> int:
        """A figure as a fact of its own; `owner` is the key of the fact that it tells of."""
        fact = Fact("", one.unit, one.number)
        trial = replace(fact, key="数")
        if said((trial,), None, self.period) != one.text:
            self.say("L103", f"“{one.text}”留作文字", one.start, one.text, "照原样写在模板里，每期核对")
            return 1
        fact = replace(fact, key=self.new(name, one.unit, one.start))
        self.keep(fact, one.end, owner)
        self.put(one.start, one.end, fact.key)
        self.ranked(one.end, (fact,))
        return 1

    def moved(self, one: Seen, told: moves.Move) -> int:
        """同比增长3.9% behind its figure, 增长44.7% behind a name; else the percentage as a fact of its own."""
        base = self.adjoining(told.start, one)
        words = self.text[told.start : one.end]
        for fact in self.growing(one, told, base):
            done = moves.grown(fact, told, one, words, self.period) if fact.key else None
            if done is not None:
                return self.growth(one, told, *done, new=fact is not base)
        return self.percentage(one, told, base)

    def growing(self, one: Seen, told: moves.Move, base: Fact | None) -> Iterator[Fact]:
        """The facts whose growth a percentage may be: the figure before it, what its own words name, or one besides."""
        owner = self.lifter.keys.bare.get(base.key if base else self.near.owner(self.sentence_start(one.start)), "")
        besides = Fact(naming.owned(moves.called(self.text, told, one.unit) or "变化", owner, always=True), "")
        if base is None:
            noun = naming.subject(self.words[self.before(one) : told.start])
            yield Fact(noun, "") if noun and not naming.is_told(noun) else besides
        else:
            has = base.chain if told.ahead == "环比" else base.growth or not base.value
            yield besides if has or base.masked else base

    def growth(self, one: Seen, told: moves.Move, fact: Fact, call: Call, *, new: bool) -> int:
        """A growth that a filter says."""
        if new:
            fact = replace(fact, key=self.new(fact.key, "", told.start))
        self.keep(fact, one.end)
        self.put(told.start, one.end, f"{fact.key}|{call}")
        self.ranked(one.end, (fact,))
        return 1

    def percentage(self, one: Seen, told: moves.Move, base: Fact | None) -> int:
        """A growth that no filter says: its direction stays typed, which is told."""
        bare = self.lifter.keys.bare
        meant = base.key if base else self.near.owner(self.sentence_start(one.start))
        owner = "" if base else naming.subject(self.words[self.before(one) : told.start])
        what = moves.called(self.text, told, "") + moves.ending(told.verb)
        name = self.shared.get(one.start) or (owner or bare.get(meant, "")) + what
        taken = self.plain(one, name, "" if owner else meant)
        words = self.text[told.start : one.end]
        self.say("L104", f"“{words}”的方向写在文字里", told.start, words, "下期方向变了，要改模板里的这个词")
        return taken

    def adjoining(self, start: int, one: Seen) -> Fact | None:
        """The fact whose words end right before a place; a percentage behind 增收3761万元 is of what grew so."""
        key, end = self.near.last()
        if not key or not moves.adjoins(self.text, end, start):
            return None
        return self.lifter.facts[self.near.of.get(key, key) if one.unit == "%" else key]

    def listed(self, at: int, told: moves.Move) -> int:
        """同比分别下降45.5%、50% of the figures before it; how many were taken."""
        amounts = moves.listed(self.text, self.found, at)
        owners = self.owners(told, amounts)
        if not told.each or len(amounts) < 2 or len(owners) < len(amounts) or any(f.growth for f in owners):
            return 0
        words = self.text[told.start : amounts[-1].end]
        done = moves.together(owners, told, amounts, words, self.period)
        if done is None:
            return 0
        facts = tuple(f if f.value else replace(f, key=self.new(f.key, "", told.start)) for f in done[0])
        for fact in facts:
            self.keep(fact, amounts[-1].end)
        self.put(told.start, amounts[-1].end, f"[{', '.join(f.key for f in facts)}]|{done[1]}")
        self.lifter.lifted += len(amounts) - 1
        self.ranked(amounts[-1].end, facts)
        return len(amounts)

    def owners(self, told: moves.Move, amounts: Sequence[Seen]) -> list[Fact]:
        """Whose growths a list tells: the names right before it, else the figures of the sentence."""
        names = [self.shared.get(a.start, "").removesuffix(moves.ending(told.verb)) for a in amounts]
        if all(names):
            return [Fact(name, "") for name in names]
        return self.sentence(told.start)[-len(amounts) :]

    def parts(self, at: int) -> int:
        """其中，教育2个、交通4个 behind its whole; how many were taken."""
        one = self.found[at]
        lead = _OF_WHICH.search(self.text, self.before(one), one.start)
        whole = self.lifter.facts.get(self.near.last()[0]) if lead else None
        if lead is None or whole is None or whole.unit != one.unit or not whole.value or whole.parts:
            return 0
        run = self.run_of_parts(at, lead["name"])
        fact = replace(whole, parts=tuple((name, s.number) for name, s in run))
        start, end = one.start - len(lead["name"]), run[-1][1].end
        if len(run) < 2 or said((fact,), Call("其中"), self.period) != self.text[start:end]:
            return 0
        self.lifter.facts[fact.key] = fact
        self.near.keep(fact.key, end)
        self.lifter.lifted += len(run) - 1
        self.put(start, end, f"{fact.key}|其中")
        return len(run)

    def run_of_parts(self, at: int, first: str) -> list[tuple[str, Seen]]:
        """The parts that are listed with 、, each by its name."""
        run = [(first, self.found[at])]
        for one in self.found[at + 1 :]:
            words = self.text[run[-1][1].end : one.start]
            if one.masked or one.unit != run[0][1].unit or not _PART.fullmatch(words):
                break
            run.append((words[1:], one))
        return run

    def ranked(self, end: int, facts: tuple[Fact, ...]) -> None:
        """居全市第5位 behind a figure."""
        told = moves.rank(self.text, end)
        if told is None or any(fact.rank or fact.masked for fact in facts):
            return
        if told.all:
            facts = tuple(f for f in self.sentence(end) if not f.rank)[-4:]
        tried = (facts[n:] for n in range(len(facts)) if not told.all or len(facts) - n > 1)
        done = next((d for t in tried if (d := moves.placed(t, told, self.period))), None)
        if done is None:
            words = told.words
            self.say("L105", f"位次“{words}”留作文字", told.start, words, "每期核对，或改用 |位次")
            return
        for fact in done[0]:
            self.keep(fact, told.end)
        names = [f.key for f in done[0]]
        self.blanks.append(Blank(told.start, told.end, f"{{{{ {_list(names)}|{done[1]} }}}}"))

    def keep(self, fact: Fact, end: int, owner: str = "") -> None:
        self.lifter.facts[fact.key] = fact
        self.near.keep(fact.key, end, owner)

    def put(self, start: int, end: int, expression: str) -> int:
        self.blanks.append(Blank(start, end, f"{{{{ {expression} }}}}"))
        self.lifter.lifted += 1
        return 1

    def tell(self) -> None:
        """Dates of other periods and numbers without unit, which stay text."""
        for date in self.dates:
            if not date.template:
                words = self.text[date.start : date.end]
                self.say("L101", f"“{words}”不是本期的，留作文字", date.start, words, "每期核对")
        for start, end in seen.without_unit(self.text, self.closed, self.found):
            words = self.text[max(start - 4, 0) : end + 2]
            self.say("L102", f"“{words}”里的数没有单位，留作文字", start, words, "是数据就改成花括号")


_WORDS = 120
_FAR = 1500
"""Characters back where the beginning of a sentence is sought."""
_OF_WHICH = re.compile(r"其中[，：]?(?P<name>[\u4e00-\u9fff]{1,12})$")
_PART = re.compile(r"、[\u4e00-\u9fff]{1,12}")


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with commas for its dates, which name nothing."""
    for start, end in spans:
        text = text[:start] + "，" * (end - start) + text[end:]
    return text


def _list(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


_EACH = re.compile(
    rf"(?:同比|环比|预计|{moves.THAN})*分别(?P<verb>{'|'.join((*moves.UP, *moves.DOWN))})?"
    "(?:为|是|达到|达|约|完成|实现|有|增至|占|至|到)*"
)
_RUNS = re.compile(r"1[-—－~～至]([0-9]{1,2})月|(上半年|一季度|二季度|三季度|四季度|前三季度)")


def _span_word(words: str, period: Period) -> str:
    """A word for the part of the year that a sentence speaks of: 1—5月 → 前5月; nothing for its own."""
    found = list(_RUNS.finditer(words))
    if not found:
        return ""
    last = found[-1]
    own = last[1] == str(period.month) or last[2] in (periods.short(period), periods.words(period)["累计季度"])
    return "" if own else last[2] or f"前{last[1]}月"


_TAGS = re.compile(r"\{(?=[{%#])|(?<=[%#}])\}|｛")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Characters that no template file may hold."""


def literal(text: str) -> str:
    """Text as a template types it: braces that would open a tag are printed by one, control characters by their number."""
    shown = _TAGS.sub(lambda m: f'{{{{ "{m[0]}" }}}}', text)
    return _UNSEEN.sub(lambda m: f'{{{{ "\\u{ord(m[0]):04x}" }}}}', shown)
