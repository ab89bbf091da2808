"""Pages of the layouts as they are set, measured in millimetres. Source: GB/T 9704-2012 7.2.4, 7.2.7, 7.3.5, 7.5, 10.

LibreOffice sets them, with free fonts in place of the official ones (fonts.conf): what these miss by, a tenth of a
字 in the ink of a character, is the tolerance.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.document import Attachment, Document
from drafter.layout import named
from drafter.outline import Outline, Paragraph, Table
from drafter.source import Line
from drafter.word import write as room
from tests.ink import Band, bands, pdf_of

TOP, LEFT, RIGHT, FOOT = 37.0, 28.0, 184.0, 262.0
"""Edges of the 版心 in mm."""
EM = 15.75 / 72 * 25.4
"""One 字 of the body in mm."""
NEAR = 0.6
CAP = Line("清源县人民政府")


def document(**elements) -> Document:
    told = {"organs": (CAP,), "number": Line("清政发二〇二二十号")} | elements
    outline = Outline(
        told.pop("title", Line("关于开展检查的通知")),
        Line("各乡镇人民政府："),
        (Paragraph(Line("现将有关事项通知如下。")),),
        (),
        (Line("清源县人民政府办公室"), Line("二〇二二年十月八日")),
    )
    return Document(outline, **told)


def page(name: str, folder: Path, told: Document, number: int = 1) -> tuple[list[Band], list[Band]]:
    """(red bands, black bands) of a page in a layout."""
    pdf = pdf_of(room.write(told, named(name)), folder)
    return bands(pdf, number, red=True), bands(pdf, number, red=False)


@pytest.mark.timeout(180)
def test_red_head(tmp_path: Path) -> None:
    red, black = page("公文", tmp_path, document())
    mark, rule = red
    assert mark.top == pytest.approx(TOP + 35, abs=NEAR)
    assert (rule.left, rule.right) == (pytest.approx(LEFT, abs=0.2), pytest.approx(RIGHT, abs=0.2))
    number = black[0]
    assert rule.top - number.bottom == pytest.approx(4, abs=NEAR)
    assert (number.left + number.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1), "centred"


@pytest.mark.timeout(180)
def test_sealed_signature_and_page_number(tmp_path: Path) -> None:
    _, black = page("公文", tmp_path, document())
    *_, name, date, page_number = black
    assert date.right == pytest.approx(RIGHT - 4 * EM, abs=1.3), "the date ends 4 字 before the edge"
    assert (name.left + name.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=1.5)
    assert (page_number.top + page_number.bottom) / 2 == pytest.approx(FOOT + 7, abs=1)
    assert page_number.right == pytest.approx(RIGHT - 4.94, abs=NEAR)


@pytest.mark.timeout(180)
def test_elements_above_the_mark_do_not_move_it(tmp_path: Path) -> None:
    told = document(copy_number=Line("000012"), secrecy=Line("秘密★1年"), urgency=Line("特急"))
    red, black = page("公文", tmp_path, told)
    assert red[0].top == pytest.approx(TOP + 35, abs=NEAR)
    assert [band.left for band in black[:3]] == [pytest.approx(LEFT, abs=NEAR)] * 3
    assert black[0].top == pytest.approx(TOP + 4, abs=2)


@pytest.mark.timeout(180)
def test_letter(tmp_path: Path) -> None:
    red, black = page("函", tmp_path, document(copy_number=Line("〇〇〇〇〇一")))
    mark, upper, upper_thin, lower_thin, lower = red
    assert mark.top == pytest.approx(30, abs=NEAR), "30 mm below the edge of the paper"
    assert upper.top - mark.bottom == pytest.approx(4, abs=NEAR)
    assert lower.bottom == pytest.approx(297 - 20, abs=NEAR), "20 mm above the edge of the paper"
    for line in (upper, upper_thin, lower_thin, lower):
        assert line.width == pytest.approx(170, abs=0.4)
        assert (line.left + line.right) / 2 == pytest.approx(106, abs=0.4), "centred on the 版心"
    assert upper.bottom - upper.top > upper_thin.bottom - upper_thin.top, "thick above thin"
    assert lower.bottom - lower.top > lower_thin.bottom - lower_thin.top, "thin above thick"
    assert black[0].top - upper_thin.bottom == pytest.approx(4.94, abs=NEAR + 0.4)
    assert black[-1].bottom < lower_thin.top, "no page number on the first page"


@pytest.mark.timeout(180)
def test_order(tmp_path: Path) -> None:
    red, black = page("命令", tmp_path, document(title=Line(""), office=Line("县长")))
    assert len(red) == 1, "no rule"
    assert red[0].top == pytest.approx(TOP + 20, abs=NEAR)
    assert black[0].top - red[0].bottom > 2 * 10, "two blank lines above 令号"


@pytest.mark.timeout(180)
def test_attachment_on_a_page_of_its_own(tmp_path: Path) -> None:
    text = Outline(Line("任务清单"), blocks=(Paragraph(Line("逐矿检查。")),))
    _, black = page("公文", tmp_path, document(attachments=(Attachment(Line("任务清单"), text),)), 2)
    word, title, first, *_ = black
    assert word.left == pytest.approx(LEFT, abs=NEAR)
    assert word.top < TOP + 6, "on the first line"
    assert (title.top + title.bottom) / 2 == pytest.approx(TOP + 2.5 * 10.21, abs=1.5), "on the third line"
    assert first.top > title.bottom + 10


@pytest.mark.timeout(180)
def test_wide_table_lies_on_its_side(tmp_path: Path) -> None:
    """The number stands at the left of the landscape page: 7 mm beside the text, read from the binding edge."""
    row = tuple(Line(f"第{i}季度完成投资情况") for i in range(14))
    outline = Outline(Line("总结"), blocks=(Table(Line("表：投资"), (row, row)), Paragraph(Line("后文。"))))
    pdf = pdf_of(room.write(outline), tmp_path)
    seen = bands(pdf, 2, red=False)
    edge = min(band.left for band in seen)
    assert edge == pytest.approx(35 - 7 - 2.2, abs=1.2), "the number's line is centred 28 mm from the left edge"
    assert max(band.right for band in seen) == pytest.approx(297 - 37, abs=1)
    assert bands(pdf, 3, red=False)[-1].bottom == pytest.approx(FOOT + 8.5, abs=1.5), "upright again"


@pytest.mark.timeout(180)
def test_joint_organs_and_issuers(tmp_path: Path) -> None:
    """Three organs and 文件 beside them; the red line as wide as the 版心 though 发文字号 stands one 字 in."""
    organs = (Line("清源县应急管理局"), Line("清源县公安局"), Line("清源县防汛抗旱和森林防火指挥部"))
    issuers = (Line("张三"), Line("李四光"), Line("王五明"))
    red, black = page("公文", tmp_path, document(organs=organs, issuers=issuers))
    *marks, rule = red
    assert len(marks) == 3
    assert marks[0].top == pytest.approx(TOP + 35, abs=1)
    assert (rule.left, rule.right) == (pytest.approx(LEFT, abs=0.2), pytest.approx(RIGHT, abs=0.2))
    first, second = black[:2]
    assert first.right == pytest.approx(RIGHT - EM, abs=NEAR + 0.4), "one 字 from the edge"
    assert second.left == pytest.approx(LEFT + EM, abs=NEAR + 0.4), "发文字号 one 字 in"
    assert second.right < first.right - 3 * EM, "the third name stands under the first"


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    "organs", ["县委办公室", "县委各部门，县人大常委会办公室，县政协办公室，县监委，县法院，县检察院，各人民团体"]
)
def test_imprint_at_the_foot_of_a_pdf(tmp_path: Path, organs: str) -> None:
    """In the file that becomes a PDF the last line of the 版记 is the lower edge of the 版心. Source: 7.4.1."""
    told = document(copies=Line(organs), printer=Line("清源县人民政府办公室"), printed=Line("二〇二二年十月八日"))
    data = room.write(told, named("公文"), live=False)
    black = bands(pdf_of(data, tmp_path), 1, red=False)
    lines = [band for band in black if band.width == pytest.approx(156, abs=0.3)]
    assert len(lines) == 3, "above, between, below"
    assert lines[-1].bottom == pytest.approx(FOOT, abs=0.6)
    assert {(round(band.left), round(band.right)) for band in lines} == {(28, 184)}
    words = [band for band in black if lines[0].bottom < band.top < lines[-1].top and band not in lines]
    assert words[-1].left == pytest.approx(LEFT + 4.94, abs=NEAR), "one 字 in"
    assert words[-1].right == pytest.approx(RIGHT - 4.94, abs=NEAR + 0.5)
