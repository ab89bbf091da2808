"""Images end to end: the line they are, the files they come from, their sizes, what must not leave the house, Word."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from drafter import canonical, layout, text
from drafter.diagnostic import Severity
from drafter.outline import Image, Outline
from drafter.pictures import album
from drafter.pictures.privacy import clean
from drafter.pictures.raster import raster, stranger
from drafter.source import Files, Line, Mark, Origin, Span, typed
from drafter.text import figures as lines
from drafter.typeset import figures as typeset
from drafter.typeset.sheet import Para, Picture
from drafter.word.base import DOCUMENT, base, zipped
from drafter.word.element import w, xml
from drafter.word.parts import Parts
from drafter.word.picture import picture
from drafter.word.section import section
from tests import made_images
from tests.case_files import CASES, Case, accept, load
from tests.docx_check import problems
from tests.drawing_check import WP, A
from tests.made_images import KINDS, SECRET

LAYOUT = layout.named("总结")
_accept = accept
PNG = made_images.png()


def image(path: str = "图/甲.png", caption: str = "现场", width: str = "") -> Image:
    return Image(Line(caption), path, width, Span("t.txt", 3, 1))


# ---- text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", load(CASES / "figures" / "images.txt"), ids=str)
def test_reading(case: Case, accept: bool) -> None:
    found = [lines.image(line) for line in typed(case.input, "t.txt")]
    told = ["—" if one is None else f"{one.caption.text}¦{one.path}¦{one.width}" for one in found]
    if accept:
        _accept(case, "read", "\n".join(told))
    assert told == case.lines("read")
    written = [line for one in found if one is not None for line in lines.image_lines(one)]
    again = [lines.image(line) for line in typed("\n".join(written), "t.txt")]
    assert again == [one for one in found if one is not None]


def test_an_image_is_a_block_and_no_title() -> None:
    source = "![图](甲.png)\n某局总结\n一、工作\n![现场, 一是：](图/a (1).png){宽=12厘米}\n做了。\n"
    whole, _ = text.read(typed(source, "t.txt"))
    assert not whole.title
    assert [type(block).__name__ for block in whole.sections[0].blocks] == ["Image", "Paragraph"]
    assert text.read(typed(text.write(whole), "t.txt"))[0] == whole
    assert canonical.formatted(source) == source


def fact(words: str) -> Line:
    return Line(words, (Mark(0, Span("t.txt", 1, 1), Origin("名", None)),))


def plain(words: str) -> Line:
    return Line(words, (Mark(0, Span("t.txt", 1, 1)),))


@pytest.mark.parametrize(
    ("line", "want"),
    [
        (fact("![现场](甲.png)"), None),
        (plain("![").then(fact("现场](偷.png")).then(plain("](甲.png)")), ("现场](偷.png", "甲.png")),
        (plain("![现场](").then(fact("图/甲.png")).then(plain(")")), ("现场", "图/甲.png")),
        (plain("![现场](甲.png)").then(fact("{宽=90厘米}")), None),
        (plain("![现场](").then(fact("甲.png)")), None),
        (fact("!").then(plain("[现场](甲.png)")), None),
    ],
)
def test_a_fact_forges_no_image(line: Line, want: tuple[str, str] | None) -> None:
    found = lines.image(line)
    assert (found and (found.caption.text, found.path)) == want
    if found is not None:
        [written] = lines.image_lines(found)
        assert lines.image(Line(written)) == found


@given(st.text(), st.text(min_size=1))
def test_any_caption_survives_the_text(caption: str, path: str) -> None:
    line = Line(f"![{caption}]({path})")
    found = lines.image(line)
    if found is not None:
        [written] = lines.image_lines(found)
        assert lines.image(Line(written)) == found


def test_an_image_inside_a_line_is_told() -> None:
    line = typed("现场见![现场](甲.png)。", "t.txt")[0]
    assert lines.mention(line) == (3, "![现场](甲.png)")
    [told] = album.mentions([(Span("t.txt", 1, 4), "![现场](甲.png)")])
    assert (told.code, told.severity) == ("T111", Severity.WARNING)
    assert lines.mention(Line("![现场](甲.png)")) is None


@pytest.mark.parametrize("text", ["！[现场](甲.png)", "![现场]（甲.png）", "!【现场】(甲.png)", "! [现场] (甲.png)"])
def test_signs_of_the_wrong_width_are_told(text: str) -> None:
    assert lines.image(Line(text)) is None
    assert lines.mention(Line(text)) == (0, text)
    [told] = album.mentions([(Span("t.txt", 1, 1), text)])
    assert (told.code, told.message) == ("T111", "图片的符号不对，这里照文字写出")


@pytest.mark.parametrize("width", ["{宽=12厘米}", "{宽：12厘米}", "｛宽＝12厘米｝", " { 宽: 12厘米}"])
def test_a_width_in_any_signs(width: str) -> None:
    found = lines.image(Line(f"![现场](甲.png){width}"))
    assert found is not None
    assert found.width == "12厘米"


# ---- files -------------------------------------------------------------------------------------------------------


def outline(*images: Image) -> Outline:
    return Outline(blocks=images)


@pytest.mark.parametrize("case", load(CASES / "figures" / "files.txt"), ids=str)
def test_what_is_wrong_with_a_file(case: Case, tmp_path: Path) -> None:
    root = tmp_path / "工程"
    (root / "图").mkdir(parents=True)
    (root / "templates/某局/月报").mkdir(parents=True)
    (tmp_path / "外.png").write_bytes(PNG)
    (root / "图/夹").mkdir()
    for name, content in FILES.items():
        (root / name).write_bytes(content)
    (root / "图/链.png").symlink_to(tmp_path / "外.png")
    found = lines.image(typed(case.input, "t.txt")[0])
    assert found is not None
    data, told = album.load(Files(root), outline(found), "templates/某局/月报")
    assert [f"{d.code} {d.message} ➜ {d.hint}" for d in told] == case.lines("says")
    assert bool(data) == (not any(d.severity is Severity.ERROR for d in told))
    assert [m.name for m in album.lacking(outline(found), data)] == ([] if data else [f"图 {found.caption.text}"])


FILES = {
    "图/甲.png": PNG,
    "图/乙.jpg": made_images.jpg(),
    "templates/某局/月报/丙.gif": made_images.gif(),
    "图/空.png": b"",
    "图/坏.png": PNG[:40],
    "图/字.png": "不是图".encode(),
    "图/网.webp": b"RIFF\0\0\0\0WEBPVP8 ",
    "图/果.heic": b"\0\0\0\x18ftypheic",
    "图/线.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "图/元.emf": b"\1\0\0\0" + bytes(36) + b" EMF",
    "图/文.docx": b"PK\3\4",
    "图/巨.png": made_images.png(20000, 6000)[:33] + made_images.png()[33:],
    "图/重.png": PNG + bytes(album.MAX_BYTES),
}


def test_one_file_of_two_names_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "甲.png").write_bytes(PNG)
    files = Files(tmp_path)
    data, told = album.load(files, outline(image("甲.png"), image("./甲.png"), image(".\\甲.png")))
    assert (set(data), told) == ({"甲.png", "./甲.png", ".\\甲.png"}, ())
    assert list(files.read_names) == ["甲.png"]


@given(st.text(max_size=40))
def test_any_path_is_refused_or_found(path: str) -> None:
    data, told = album.load(Files(Path(__file__).parent), outline(image(path)), "cases")
    assert data or told


# ---- headers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_the_size_of_a_picture(kind: str) -> None:
    found = raster(KINDS[kind](300, 150))
    assert found is not None
    assert (found.kind, found.width, found.height, found.size) == (kind, 300, 150, (4500, 2250))


@pytest.mark.parametrize("kind", ["png", "jpg", "bmp", "tiff"])
def test_the_resolution_of_a_picture(kind: str) -> None:
    found = raster(KINDS[kind](300, 150, dpi=300))
    assert found is not None
    assert found.size == (1440, 720)


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (4500, 2250)), (3, (4500, 2250)), (6, (2250, 4500)), (8, (2250, 4500))]
)
def test_a_photo_on_its_side_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    found = raster(made_images.jpg(300, 150, orientation=orientation))
    assert found is not None
    assert (found.size, found.orientation) == (size, orientation)
    assert found.sideways == (orientation >= 5)


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_damaged_pictures_raise_nothing(kind: str, data: st.DataObject) -> None:
    whole = bytearray(KINDS[kind](**({"private": True} if kind != "bmp" else {})))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    for one in (bytes(whole), cut):
        raster(one)
        assert isinstance(stranger(one), str)
        assert len(clean(one)) <= len(one) + 1


@given(st.binary(max_size=300))
def test_any_bytes_are_a_picture_or_not(data: bytes) -> None:
    for head in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe1", b"GIF89a", b"BM", b"II*\0", b"MM\0*"):
        raster(head + data)
        clean(head + data)


@pytest.mark.parametrize("kind", ["png", "jpg", "gif", "tiff"])
def test_what_tells_of_people_and_places_is_taken_out(kind: str) -> None:
    secret = KINDS[kind](40, 20, private=True)
    assert secret.count(SECRET) >= 2
    done = clean(secret)
    assert SECRET not in done
    assert (raster(done), clean(done)) == (raster(KINDS[kind](40, 20)), done)
    assert clean(KINDS[kind](40, 20)) == KINDS[kind](40, 20)
    if kind == "jpg":
        assert b"ICC_PROFILE" in done and done.endswith(b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9")
    if kind == "gif":
        assert b"NETSCAPE2.0" in done


def test_taking_it_out_is_told_and_done_for_every_output(tmp_path: Path) -> None:
    secret = made_images.jpg(300, 150, orientation=6, private=True)
    (tmp_path / "甲.jpg").write_bytes(secret)
    data, [told] = album.load(Files(tmp_path), outline(image("甲.jpg")))
    assert (told.code, told.severity) == ("T120", Severity.NOTE)
    held = data["甲.jpg"]
    assert SECRET not in held
    assert raster(held) == raster(secret)
    (tmp_path / "甲.jpg").write_bytes(held)
    assert album.load(Files(tmp_path), outline(image("甲.jpg"))) == (data, ())


# ---- setting -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("natural", "said", "want"),
    [
        ((4500, 2250), "", (4500, 2250)),
        ((45000, 22500), "", (8844, 4422)),
        ((4500, 2250), "12厘米", (6803, 3401)),
        ((4500, 2250), "80毫米", (4535, 2267)),
        ((4500, 2250), "60%", (5306, 2653)),
        ((4500, 2250), "60％", (5306, 2653)),
        ((4500, 2250), "5 cm", (2834, 1417)),
        ((4500, 2250), "90厘米", (8844, 4422)),
        ((4500, 2250), "大", (4500, 2250)),
        ((4500, 2250), "0毫米", (4500, 2250)),
        ((1000, 90000), "", (94, 8504)),
        ((90000, 1), "", (8844, 1)),
    ],
)
def test_how_large_a_picture_is(natural: tuple[int, int], said: str, want: tuple[int, int]) -> None:
    one = image(width=said)
    assert typeset.fitted(natural, LAYOUT, album.width(one, LAYOUT.page.text_width)) == want


def test_a_picture_is_set_with_its_caption_below() -> None:
    sizes = typeset.sizes({"图/甲.png": made_images.png(300, 150), "图/坏.png": b""})
    assert sizes == {"图/甲.png": (4500, 2250)}
    drawn, caption = typeset.figures(image(), LAYOUT, sizes)
    assert drawn == Picture(image(), 4500, 2250)
    assert isinstance(caption, Para)
    assert (caption.look, caption.runs[0].line.text) == ("图题", "现场")
    assert len(list(typeset.figures(image(caption=""), LAYOUT, sizes))) == 1


def test_a_picture_that_is_not_there_is_seen() -> None:
    [absent] = typeset.figures(image(), LAYOUT)
    assert isinstance(absent, Para)
    line = absent.runs[0].line
    assert line.text == "【待补：图 现场】"
    assert line.marks[0].origin is not None and line.marks[0].origin.missing
    [unnamed] = typeset.figures(image(caption=""), LAYOUT)
    assert isinstance(unnamed, Para)
    assert unnamed.runs[0].line.text == "【待补：图 图/甲.png】"


# ---- Word --------------------------------------------------------------------------------------------------------


def document(*pictures: tuple[Picture, bytes]) -> bytes:
    parts = Parts(base(LAYOUT))
    made = [picture(item, data, parts, LAYOUT) for item, data in pictures]
    return zipped({**parts.members(), DOCUMENT: xml(w("document", w("body", *made, section(LAYOUT, landscape=False))))})


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_in_word(kind: str) -> None:
    data = KINDS[kind](300, 150, **({"private": True} if kind != "bmp" else {}))
    shown = Picture(image(caption="现场<&>\x01"), 4500, 2250)
    made = document((shown, data), (shown, data), (Picture(image("乙"), 100, 50), PNG))
    assert problems(made) == []
    assert made == document((shown, data), (shown, data), (Picture(image("乙"), 100, 50), PNG))
    with ZipFile(BytesIO(made)) as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
        held = archive.read(media[0])
    assert len(media) == 2
    assert held == clean(data)


@pytest.mark.parametrize(("orientation", "turn"), [(1, None), (3, "10800000"), (6, "5400000"), (8, "16200000")])
def test_a_photo_is_turned_in_word(orientation: int, turn: str | None) -> None:
    data = made_images.jpg(300, 150, orientation=orientation)
    found = raster(data)
    assert found is not None
    made = document((Picture(image(), *found.size), data))
    assert problems(made) == []
    root = etree.fromstring(ZipFile(BytesIO(made)).read(DOCUMENT))
    place = next(root.iter(f"{A}xfrm"))
    extent = next(root.iter(f"{WP}extent"))
    assert place.get("rot") == turn
    assert (extent.get("cx"), extent.get("cy")) == (str(4500 * 635), str(2250 * 635))
