"""公文要素: the texts of 报告.yaml that stand around an outline, put into words and checked for their form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from drafter import period as periods
from drafter.diagnostic import Diagnostic, error, warning
from drafter.document import AT_MEETING, STAMPED, Attachment, Document
from drafter.layout.model import Layout
from drafter.outline import EMPTY, Outline
from drafter.report import TEMPLATES, Report, Setting
from drafter.source import Line, Span

Rendered = Callable[[Setting], Line]


@dataclass(frozen=True, slots=True)
class Form:
    """What an element must look like: pattern, what is wrong otherwise, and an example."""

    pattern: re.Pattern[str]
    wrong: str
    example: str


FORMS = {
    "份号": Form(re.compile(r"\d{6}"), "份号是6位数字", '份号: "000001"'),
    "密级": Form(
        re.compile(r"(?:绝密|机密|秘密)(?:★(?:\d+年|\d+个月|长期))?"),
        "密级写成 密级★保密期限，中间用★，期限用阿拉伯数字",
        "密级: 秘密★1年",
    ),
    "紧急程度": Form(re.compile("特急|加急"), "紧急程度只有 特急、加急", "紧急程度: 加急"),
    "发文字号": Form(
        re.compile(r"\D*〔[12]\d{3}〕[1-9]\d*号|第[1-9]\d*号"),
        "发文字号写成 机关代字〔年份〕序号号：六角括号，序号不写“第”、前面不加0",
        "发文字号: 清政办发〔2022〕10号",
    ),
    "签发人": Form(re.compile(r"[^\s\u3000、，,；;]+"), "签发人一项只写一个姓名，中间不空", "签发人: [张三, 李四]"),
}
"""Source: GB/T 9704-2012 7.2.1–7.2.3, 7.2.5, 7.2.6, 10.2 (令号: 第10号)."""
PLACES = {
    "副标题": "副标题", "份号": "份号", "密级": "密级", "紧急程度": "紧急程度", "发文机关": "发文机关标志",
    "发文字号": "发文字号", "签发人": "发文字号", "附注": "附注", "抄送": "版记", "印发机关": "版记", "印发日期": "版记",
    "出席": "与会", "请假": "与会", "列席": "与会",
}  # fmt: skip
"""Key of 报告.yaml → the element of 次序 that prints it."""
SIGNED_DATE = "成文日期"
"""印发日期: the same day as 成文日期."""
_DIGITS = "0-9０-９一二三四五六七八九十"
_DRESSED = re.compile(rf"附件\s*(?:[{_DIGITS}]+|[：:])|[{_DIGITS}]{{1,2}}\s*(?:[.．](?![0-9])|、)|.*[。；;，,、]$")
"""A name of an 附件 with what the layout prints around it: 附件1：…, 1.…, …。"""


def document(
    outline: Outline, report: Report, layout: Layout, line: Rendered, attachments: tuple[Attachment, ...],
    title_lines: tuple[Line, ...] = (),
) -> Document:  # fmt: skip
    """The outline with the elements of its report; `line` renders a text of 报告.yaml."""

    def one(key: str) -> Line:
        return next(iter(many(key)), EMPTY)

    def many(key: str) -> tuple[Line, ...]:
        return tuple(found for setting in report.element(key) if (found := line(setting)))

    return Document(
        outline,
        title_lines=title_lines,
        copy_number=one("份号"),
        secrecy=one("密级"),
        urgency=one("紧急程度"),
        organs=organs(report, layout, line),
        number=one("发文字号"),
        issuers=many("签发人"),
        subtitle=one("副标题"),
        office=one("签发职务"),
        attachments=attachments,
        note=_bare(one("附注"), "（", "）"),
        meeting=tuple((word, names) for word in AT_MEETING if (names := joined(many(word)))),
        copies=_bare(joined(many("抄送")), "抄送：", "。"),
        printer=one("印发机关"),
        printed=_printed(one("印发日期"), outline),
        seal=report.seal,
        contents=report.contents,
    )


def organs(report: Report, layout: Layout, line: Rendered) -> tuple[Line, ...]:
    """发文机关 as the 标志 names them, without what the layout prints behind; the unit where a 标志 has no other."""
    given = tuple(found for setting in report.element("发文机关") if (found := line(setting)))
    if layout.head is None:
        return given
    named = given or tuple(found for found in (line(Setting("{{ 单位 }}")),) if found)
    suffix = layout.head.suffix
    return tuple(_bare(organ, "", suffix) for organ in named)


def signs_as_headed(report: Report, layout: Layout) -> bool:
    """Whether nobody said who signs: then it is the organ of the 标志."""
    return layout.head is not None and report.signer.span is None


def joined(lines: tuple[Line, ...]) -> Line:
    """Several names with ， between them. Source: GB/T 9704-2012 7.4.2."""
    whole = EMPTY
    for line in lines:
        whole = whole.then(Line("，")).then(line) if whole else line
    return whole


def _bare(line: Line, opening: str, closing: str) -> Line:
    """The line without what the layout prints around it, where somebody typed that too."""
    start = len(opening) if line.text.startswith(opening) else 0
    end = len(line.text) - (len(closing) if line.text.endswith(closing) else 0)
    return line.cut(start, end) if end > start else line


def _printed(line: Line, outline: Outline) -> Line:
    """印发日期 in words."""
    if line.text == SIGNED_DATE:
        return Document(outline).signed[1]
    bare = _bare(line, "", "印发")
    day = periods.read_date(bare.text)
    return Line(periods.date_words(day), bare.marks[:1]) if day else bare


def findings(told: Document, report: Report, layout: Layout) -> Iterator[Diagnostic]:
    """P111: an element that does not look as the standard says, that the layout does not print, or that it needs."""
    for key, form in FORMS.items():
        for setting, line in zip(report.element(key), _of(told, key), strict=False):
            if line and not form.pattern.fullmatch(line.text) and not _missing(line):
                yield warning("P111", form.wrong, _place(setting, report), f"例：{form.example}", line.text)
    yield from _not_printed(report, layout)
    day = next(iter(report.element("印发日期")), None)
    if day and told.printed and periods.read_date(told.printed.text) is None and not _missing(told.printed):
        message = f"印发日期“{told.printed.text}”不是日期"
        yield error("P104", message, _place(day, report), "写成 2022年10月8日，或写 成文日期")
    if layout.head is not None and "发文字号" in layout.order and not told.number:
        place = report.layout.span or Span(report.file, 1, 1)
        example = FORMS["发文字号"].example
        yield warning("P111", f"版式“{layout.name}”要有发文字号", place, f"在 报告.yaml 写上，例：{example}")
    yield from _of_signature(report, layout)
    yield from _of_attachments(told, report)


def _not_printed(report: Report, layout: Layout) -> Iterator[Diagnostic]:
    """P111: what 报告.yaml gives and the layout has no place for: nothing is left out unsaid."""
    texts = (("标题", report.title, "标题"), ("主送", report.addressee, "主送机关"), ("署名", report.signer, "署名"))
    given = [(key, setting, place) for key, setting, place in texts if setting.text and setting.span is not None]
    given += [("附件", bound.name, "附件说明") for bound in report.attachments[:1]]
    given += [(key, settings[0], PLACES[key]) for key, settings in report.elements if key in PLACES and settings]
    for key, setting, place in given:
        if place not in layout.order:
            message = f"版式“{layout.name}”不印“{key}”"
            yield warning("P111", message, _place(setting, report), "换一种版式，或删去这一行")
    if (office := report.element("签发职务")) and (report.seal or layout.seal) != STAMPED:
        yield warning(
            "P111", "“签发职务”只在加盖签名章时印", _place(office[0], report), f"写上 印章: {STAMPED}，或删去这一行"
        )


def _of_signature(report: Report, layout: Layout) -> Iterator[Diagnostic]:
    """P111: a 签名章 that nobody signs."""
    if (report.seal or layout.seal) == STAMPED and report.signer.span is None:
        place = report.layout.span or Span(report.file, 1, 1)
        hint = "在 报告.yaml 写上，例：署名: 张三，职务写 签发职务: 县长"
        yield warning("P111", "加盖签名章的，署名写签发人的姓名", place, hint)


def _of_attachments(told: Document, report: Report) -> Iterator[Diagnostic]:
    """P111: a name that brings its own number, and a section that is called 附件 and stands in the text."""
    for bound, one in zip(report.attachments, told.attachments, strict=True):
        if _DRESSED.match(one.name.text):
            message = f"附件名称“{one.name}”带着序号或标点"
            hint = "只写名称：序号由程序编，后面不加标点；几个写成列表，例：附件: [任务清单, 检查组名单]"
            yield warning("P111", message, _place(bound.name, report), hint, one.name.text)
    for section in report.sections:
        name = section.text.rpartition("/")[2].removesuffix(".txt")
        if section.span is None and name.startswith("附件"):
            hint = f"作附件的，在 报告.yaml 写 附件: [{{名称: 任务清单, 章节: {name}}}]；是正文的，换一个文件名"
            yield warning("P111", f"章节“{name}”排在正文里了", Span(f"{TEMPLATES}/{section.text}", 1, 1), hint)


def _of(told: Document, key: str) -> tuple[Line, ...]:
    """The lines of an element that has a form."""
    if key == "签发人":
        return told.issuers
    return ({"份号": told.copy_number, "密级": told.secrecy, "紧急程度": told.urgency, "发文字号": told.number}[key],)


def _missing(line: Line) -> bool:
    return any(mark.origin is not None and mark.origin.missing for mark in line.marks)


def _place(setting: Setting, report: Report) -> Span:
    return setting.span or Span(report.file, 1, 1)
