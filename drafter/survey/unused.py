"""Facts and indicators that no template uses: a typing slip in a template, or figures gathered for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import starmap

from drafter.diagnostic import Diagnostic, closest, note, warning
from drafter.forms.desk import Desk
from drafter.period import Period
from drafter.report import SHARED, Report
from drafter.source import Span
from drafter.survey.names import Name
from drafter.survey.offered import SOME_MONTH, Offer, Offered
from drafter.survey.shape import shape
from drafter.template.scan import scan
from drafter.yamlfile.slip import folded

_CALLED = re.compile(r"""(?:事实|部门)\s*\(\s*(?!["'“‘)])""")
"""事实(…), 部门(…) whose argument is not typed out: what it asks for shows only when it runs."""


@dataclass(slots=True)
class Usage:
    """Which facts the reports of a project use; `words` are those that templates not fully read may use."""

    facts: set[tuple[str, str]] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    computed: Span | None = None
    """Where a template computes the name that it asks for, so that nothing can be said to be unused."""

    def has(self, department: str, name: str) -> bool:
        """Whether any report uses a department's fact; of 公共, anybody's of that name."""
        key = folded(name)
        if department == SHARED and any(key == other for _, other in self.facts):
            return True
        return self.computed is not None or (department, key) in self.facts or key in self.words


def usage(desk: Desk) -> Usage:
    """What all reports of a project use."""
    found = Usage()
    for report in desk.project.reports():
        for period in _periods(desk, report):
            found.facts |= {(one.department, folded(one.name)) for one in desk.asked(report, period)}
        _half_read(desk, report, found)
    return found


def _periods(desk: Desk, report: Report) -> Iterable[Period]:
    """The periods that a report may be built for: which departments a list names may differ from one to the other."""
    known = desk.periods(report.department)
    return [p for p in known if not report.cycle or p.kind == report.cycle] or known or [SOME_MONTH]


def _half_read(desk: Desk, report: Report, found: Usage) -> None:
    """Take the words of templates that cannot be parsed, and notice names that are computed."""
    templates = desk.builder.templates
    for section in report.all_sections:
        sources = shape((section.text,), templates.source, templates.folder).sources
        found.computed = found.computed or next(filter(None, starmap(_computed, sources.items())), None)
        if any(d.code == "T101" for d in templates.check(section.text)):
            found.words |= {folded(word) for source in sources.values() for word in re.findall(r"[\w.&%]+", source)}


def _computed(file: str, source: str) -> Span | None:
    called = _CALLED.search(source)
    return scan(source, file).span(called.start()) if called else None


def findings(offered: Offered, departments: Iterable[str], names: Iterable[Name]) -> Iterator[Diagnostic]:
    """T121 and T122: what stands in these departments' folders and nothing uses; `names` are those that reports use."""
    found = usage(offered.desk)
    if found.computed is not None:
        message = "这里的名称到生成时才知道，哪些事实没有模板用到查不出来"
        yield note("T121", message, found.computed, '能写定的写成 事实("名称")、部门("财政局")')
    unknown: dict[str, list[Name]] = {}
    for name in names:
        if not name.known:
            unknown.setdefault(name.department, []).append(name)
    for department in departments:
        for offer in offered.own(department):
            if not found.has(department, offer.name):
                yield _unused(offer, unknown.get(department, []))


def _unused(offer: Offer, unknown: list[Name]) -> Diagnostic:
    near = closest(offer.name, [name.need.name for name in unknown])
    place = next((name.need.span for name in unknown if name.need.name == near), None)
    said = offer.name if offer.name.isidentifier() else f'事实("{offer.name}")'
    hint = (
        f"{place} 写的是“{near}”，你是不是想写“{offer.name}”？"
        if near
        else f"要用就在模板里写 {{{{ {said} }}}}，不用就删去"
    )
    if not offer.in_files:
        return warning("T122", f"指标“{offer.name}”没有模板用到，也没有填过数", offer.span, hint, offer.name)
    told = warning("T121", f"“{offer.name}”没有模板用到", offer.span, hint, offer.name)
    return replace(told, also=((offer.indicator, "指标在"),)) if offer.indicator else told
