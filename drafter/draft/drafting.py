"""Drafting one report: its sections rendered and read, title, signature and the elements of a 公文 put around them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from drafter import chain, check, elements, text
from drafter import period as periods
from drafter.diagnostic import Diagnostic, DraftError, error
from drafter.document import Attachment
from drafter.draft.model import Draft, once
from drafter.layout import Layout
from drafter.lookup import Values
from drafter.missing import Missing
from drafter.outline import Outline
from drafter.period import Period
from drafter.pictures import album
from drafter.report import MANNERS, TEMPLATES, Bound, Report, Setting
from drafter.source import Files, Line, Span, Text
from drafter.template import Rendered, Templates
from drafter.text import figures

CANONICAL, _, VERBATIM = MANNERS


@dataclass(slots=True)
class Drafting:
    """One report being drafted: gathers lines, errors and missing facts of all its parts."""

    templates: Templates
    report: Report
    period: Period
    values: Values
    layout: Layout
    files: Files
    told: list[Diagnostic]
    missing: list[Missing] = field(default_factory=list)
    broken: bool = False
    printed: list[str] = field(default_factory=list)
    """What every section printed."""
    title_lines: tuple[Line, ...] = ()
    """The title as 报告.yaml parts it into lines."""

    def draft(self) -> Draft:
        """Render the sections, read them, renumber, and put title, 主送, signature and the elements around them."""
        lines = self.lines(self.report.sections)
        printed = "".join(self.printed)
        if not lines and not self.broken:
            self.told.append(error("P105", "章节都是空的，没有正文", self.place(), "在章节文件里写上内容"))
        whole = self.whole(lines)
        attached = tuple(self.attached())
        told = elements.document(whole, self.report, self.layout, self.line, attached, self.title_lines)
        document = replace(told, pictures=self.pictures(whole, *(a.outline for a in attached if a.outline)))
        self.told.extend(elements.findings(document, self.report, self.layout))
        self.told.extend(self.values.diagnostics())
        self.told.extend(check.structure(whole))
        date = _date_of(whole.signature) or periods.last_day(self.period)
        return Draft(
            self.report,
            self.period,
            None if self.broken else whole,
            once(self.told),
            _unique(self.missing),
            document,
            self.layout,
            self.values.words["单位"],
            date,
            self.with_ends(printed) if self.report.manner == VERBATIM else None,
        )

    def lines(self, sections: tuple[Setting, ...]) -> Text:
        """The lines that sections render to."""
        lines: Text = ()
        for section in sections:
            lines += self.rendered(lambda s=section: self.templates.render(s.text, self.values))  # type: ignore[misc]
        self.told.extend(album.mentions(_mentions(lines)))
        return lines

    def attached(self) -> Iterator[Attachment]:
        """The 附件 with their own texts, each numbered by itself."""
        for one in self.report.attachments:
            name = self.line(one.name)
            yield Attachment(name, self.bound(one, name) if one.sections else None)

    def bound(self, one: Bound, name: Line) -> Outline:
        """The text of an 附件; its title is its name."""
        body, found = text.read_body(self.lines(one.sections))
        self.told.extend(found)
        settled = self.settled(body) if self.report.manner == CANONICAL else body
        self.told.extend(check.structure(settled))
        return replace(settled, title=name)

    def pictures(self, *outlines: Outline) -> dict[str, bytes]:
        """The images of the text and of every 附件; those that are not there are missing."""
        found: dict[str, bytes] = {}
        for outline in outlines:
            loaded, told = album.load(self.files, outline, self.report.folder)
            found |= loaded
            self.told.extend(told)
            self.missing.extend(album.lacking(outline, found))
        return found

    def settled(self, body: Outline) -> Outline:
        """The outline numbered by position: levels, chains, captions."""
        return chain.numbered(chain.settle(chain.renumber(chain.without_empty(body), loops=True)))

    def whole(self, lines: Text) -> Outline:
        """The outline of the lines by the report's 体例, with title, 主送 and signature around it."""
        body, found = text.read_body(lines)
        self.told.extend(found)
        title = self.title()
        if self.report.manner == CANONICAL:
            return replace(self.settled(body), title=title, addressee=self.addressee(), signature=self.signature())
        read = text.read((title, *lines) if title else lines)[0]
        signature = self.signature() or read.signature
        whole = replace(read, addressee=self.addressee() or read.addressee, signature=signature)
        return whole if self.report.manner == VERBATIM else chain.renumber(whole)

    def with_ends(self, printed: str) -> str:
        """The text with the line ends of its first section, which Jinja makes LF."""
        source = self.templates.source(self.report.sections[0].text) if self.report.sections else None
        return printed.replace("\n", "\r\n") if source and "\r\n" in source else printed

    def rendered(self, run: Callable[[], Rendered]) -> Text:
        try:
            done = run()
        except DraftError as stop:
            self.broken = True
            self.told.extend(stop.diagnostics)
            return ()
        self.told.extend(done.diagnostics)
        self.missing.extend(done.missing)
        self.printed.append(done.plain)
        return done.text

    def title(self) -> Line:
        """标题 on one line; how its lines were parted by hand is kept."""
        lines = self.texts(self.report.title)
        self.title_lines = lines if len(lines) > 1 else ()
        return _joined(lines)

    def line(self, setting: Setting) -> Line:
        """A text of 报告.yaml, rendered to one line."""
        return _joined(self.texts(setting))

    def texts(self, setting: Setting) -> Text:
        """A text of 报告.yaml, rendered to its lines."""
        if not setting.text:
            return ()
        place = setting.span or self.place()
        lines = self.rendered(lambda: self.templates.render_text(setting.text, place.file, self.values, place))
        return tuple(
            Line(line.text, tuple(replace(m, span=place) if m.span.file == place.file else m for m in line.marks))
            for line in lines
        )

    def place(self) -> Span:
        """Where a finding about the whole report points."""
        first = self.report.sections[:1]
        return Span(f"{TEMPLATES}/{first[0].text}" if first else self.report.file, 1, 1)

    def addressee(self) -> Line:
        line = self.line(self.report.addressee)
        return line.then(Line("：")) if line and line.text[-1] not in "：:" else line

    def signature(self) -> tuple[Line, ...]:
        return tuple(part for part in (*self.signers(), self.date()) if part)

    def signers(self) -> tuple[Line, ...]:
        """署名: as given, else the organs that the 标志 names, else the unit."""
        headed = elements.signs_as_headed(self.report, self.layout)
        organs = elements.organs(self.report, self.layout, self.line) if headed else ()
        return organs or tuple(map(self.line, (self.report.signer, *self.report.cosigners)))

    def date(self) -> Line:
        """成文日期: 期末, or a date that is put into words; anything else is told. Source: GB/T 9704-2012 7.3.5.4."""
        said = self.report.date
        if said.text == "期末":
            return Line(periods.date_words(periods.last_day(self.period)))
        line = self.line(said)
        if not line or any(m.origin and m.origin.missing for m in line.marks):
            return line
        day = periods.read_date(line.text)
        if day is None:
            hint = "写成 2022年9月30日 或 期末，不写就是 期末"
            self.told.append(error("P104", f"成文日期“{line.text}”不是日期", said.span or self.place(), hint))
            return line
        return Line(periods.date_words(day), line.marks[:1])


def _mentions(lines: Text) -> Iterator[tuple[Span, str]]:
    """Images that do not stand alone on their line, as (place, text)."""
    for line in lines:
        found = figures.mention(line)
        if found:
            yield line.at(found[0]) or Span("", 1, 1), found[1]


def _joined(lines: Text) -> Line:
    """Lines set one behind another."""
    whole = Line("")
    for line in lines:
        whole = whole.then(line)
    return whole


def _date_of(signature: tuple[Line, ...]) -> tuple[int, int, int] | None:
    return periods.read_date(signature[-1].text) if signature else None


def _unique(missing: list[Missing]) -> tuple[Missing, ...]:
    found: dict[str, Missing] = {}
    for one in missing:
        found.setdefault(one.name, one)
    return tuple(found.values())
