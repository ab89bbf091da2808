"""What Word, WPS and other programs do to a .docx when it is saved: everything moves, no word of the text changes.

A way is a function (Opened, Random) → None; WAYS has them all, by name. `rewritten` runs some of them over a file. What
they do was learnt from files that Word 2016–2021 and WPS 2019 saved: the marks of editing sessions on every paragraph
and run, runs cut and joined anew, bookmarks written between paragraphs, controls and tracked changes around text,
members with other names and in another order.

The files of tests/trace_files are made by `python -m tests.word_like`.
"""

from __future__ import annotations

import posixpath
import re
import subprocess
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import docx
from lxml import etree

from drafter import office
from tests.docx_check import ORDER

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "word/document.xml"
Element = etree._Element
_STORY = re.compile(r"word/(document|header\d*)\.xml")


@dataclass(slots=True)
class Opened:
    """A .docx as members, and the roots of those that hold text or change."""

    members: dict[str, bytes]
    roots: dict[str, Element] = field(default_factory=dict)
    method: int = ZIP_DEFLATED

    def root(self, name: str) -> Element:
        """The root of a member, to be changed."""
        if name not in self.roots:
            self.roots[name] = etree.fromstring(self.members[name])
        return self.roots[name]

    def stories(self) -> list[Element]:
        """The roots of text and headers."""
        return [self.root(name) for name in self.members if _STORY.fullmatch(name)]

    def add(self, name: str, content: str, content_type: str, kind: str, of: str = MAIN) -> None:
        """A new member with its type and the relationship that leads to it."""
        self.members[name] = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n{content}'.encode()
        if content_type:
            etree.SubElement(
                self.root("[Content_Types].xml"), f"{TYPES}Override", PartName=f"/{name}", ContentType=content_type
            )
        rows = self.rels(of)
        start = posixpath.dirname(of) or "."
        self.relate(rows, kind, posixpath.relpath(name, start))

    def relate(self, rows: Element, kind: str, target: str, **more: str) -> str:
        """One more relationship; returns its id."""
        taken = {row.get("Id") for row in rows}
        key = next(f"rId{n}" for n in range(1, 10000) if f"rId{n}" not in taken)
        kind = kind if "/" in kind else f"{OFFICE}/{kind}"
        etree.SubElement(rows, f"{RELATION}Relationship", Id=key, Type=kind, Target=target, **more)
        return key

    def rels(self, of: str) -> Element:
        """The relationships of a member, made where there are none."""
        name = rels_of(of)
        if name not in self.members:
            self.members[name] = f'<Relationships xmlns="{RELATION[1:-1]}"/>'.encode()
        return self.root(name)

    def saved(self) -> bytes:
        """The file, packed as the members stand."""
        for name, root in self.roots.items():
            if name in self.members:
                self.members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        stream = BytesIO()
        with ZipFile(stream, "w") as archive:
            for name, content in self.members.items():
                info = ZipInfo(name)
                info.compress_type = self.method
                info.create_system = 0
                archive.writestr(info, content, compresslevel=6)
        return stream.getvalue()


def opened(data: bytes) -> Opened:
    """A file to be rewritten."""
    with ZipFile(BytesIO(data)) as archive:
        return Opened({n: archive.read(n) for n in archive.namelist() if not n.endswith("/")})


def rels_of(member: str) -> str:
    folder, base = posixpath.split(member)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def e(tag: str, *children: Element, **values: object) -> Element:
    """An element of the w: namespace."""
    made = etree.Element(f"{W}{tag}", {f"{W}{k}": str(v) for k, v in values.items()})
    made.extend(children)
    return made


# ---- runs -----------------------------------------------------------------------------------------------------------


def runs(root: Element, *, whole: bool = False) -> Iterator[Element]:
    """Runs that hold text and stand in the text as it is; `whole`: with nothing but text in them."""
    for run in list(root.iter(f"{W}r")):
        content = [one for one in run if one.tag != f"{W}rPr"]
        if not any(one.tag == f"{W}t" for one in content) or any(
            one.tag in (f"{W}fldChar", f"{W}instrText") for one in content
        ):
            continue
        if not whole or all(one.tag == f"{W}t" for one in content):
            yield run


def width(one: Element) -> int:
    """Characters of a child of a run; signs, breaks and drawings are one."""
    return len(one.text or "") if one.tag == f"{W}t" else 0 if one.tag == f"{W}rPr" else 1


def kept(text: Element) -> None:
    """xml:space only where it is needed, as Word has it."""
    said = text.text or ""
    if said != said.strip():
        text.set(SPACE, "preserve")
    elif SPACE in text.attrib:
        del text.attrib[SPACE]


def split(run: Element, at: int) -> Element:
    """The run ends at an offset; what was behind it is a new run, which is returned."""
    rest = etree.Element(run.tag, dict(run.attrib))
    look = run.find(f"{W}rPr")
    if look is not None:
        rest.append(deepcopy(look))
    seen = 0
    for one in list(run):
        size = width(one)
        if one.tag == f"{W}rPr":
            continue
        if seen >= at:
            rest.append(one)
        elif seen + size > at:
            tail = deepcopy(one)
            one.text, tail.text = (one.text or "")[: at - seen], (one.text or "")[at - seen :]
            kept(one)
            kept(tail)
            rest.append(tail)
        seen += size
    run.addnext(rest)
    return rest


def look_of(run: Element) -> Element:
    """The rPr of a run, made where there is none."""
    found = run.find(f"{W}rPr")
    if found is None:
        found = e("rPr")
        run.insert(0, found)
    return found


def put(properties: Element, tag: str, **values: object) -> None:
    """A property at its place in the schema's order; one that is there is replaced."""
    order = ORDER[etree.QName(properties).localname].split()
    for old in properties.findall(f"{W}{tag}"):
        properties.remove(old)
    place = sum(
        (name := etree.QName(one).localname) in order and order.index(name) < order.index(tag) for one in properties
    )
    properties.insert(place, e(tag, **values))


def rsid(r: Random) -> str:
    return f"00{r.randrange(1 << 24):06X}"


def cut(file: Opened, r: Random) -> None:
    """Runs end wherever somebody once stopped typing; sessions are noted on every paragraph and run."""
    sessions = [rsid(r) for _ in range(5)]
    for root in file.stories():
        for run in runs(root):
            rest = run
            while (size := sum(map(width, rest))) > 1 and r.random() < 0.5:
                rest = split(rest, r.randrange(1, size))
        for run in root.iter(f"{W}r"):
            if r.random() < 0.6:
                run.set(f"{W}rsidR", r.choice(sessions))
            if r.random() < 0.3:
                run.set(f"{W}rsidRPr", r.choice(sessions))
        for paragraph in root.iter(f"{W}p"):
            for name in ("rsidR", "rsidRDefault", "rsidP", "rsidRPr"):
                if r.random() < 0.7:
                    paragraph.set(f"{W}{name}", r.choice(sessions))


def proofed(file: Opened, r: Random) -> None:
    """Marks of the spelling checker and of the last page breaks; language and noProof on runs."""
    for root in file.stories():
        for run in runs(root):
            if r.random() < 0.3 and run.getparent() is not None:
                kind = r.choice(("spell", "gram"))
                run.addprevious(e("proofErr", type=f"{kind}Start"))
                run.addnext(e("proofErr", type=f"{kind}End"))
            if r.random() < 0.3:
                put(look_of(run), "lang", eastAsia="zh-CN")
            if r.random() < 0.1:
                put(look_of(run), "noProof")
            if r.random() < 0.05:
                run.insert(int(run.find(f"{W}rPr") is not None), e("lastRenderedPageBreak"))


def joined(file: Opened, r: Random) -> None:
    """Neighbours that look alike become one run; marks of the spelling checker go."""
    for root in file.stories():
        for mark in list(root.iter(f"{W}proofErr")):
            mark.getparent().remove(mark)
        for run in runs(root, whole=True):
            before = run.getprevious()
            if before is None or before.tag != run.tag or r.random() < 0.2 or _look(before) != _look(run):
                continue
            content = [one for one in before if one.tag != f"{W}rPr"]
            if content and all(one.tag == f"{W}t" for one in content):
                content[-1].text = (content[-1].text or "") + "".join(t.text or "" for t in run.findall(f"{W}t"))
                kept(content[-1])
                for more in run.findall(f"{W}t"):
                    run.remove(more)
                run.getparent().remove(run)


def _look(run: Element) -> bytes:
    found = run.find(f"{W}rPr")
    return b"" if found is None else etree.tostring(found, method="c14n")


def spaced(file: Opened, r: Random) -> None:
    """The text of a run stands in several w:t, blanks kept or not needed to be."""
    for root in file.stories():
        for text in list(root.iter(f"{W}t")):
            said = text.text or ""
            if len(said) > 1 and r.random() < 0.4:
                at = r.randrange(1, len(said))
                tail = deepcopy(text)
                text.text, tail.text = said[:at], said[at:]
                kept(text)
                kept(tail)
                text.addnext(tail)
            if r.random() < 0.3:
                text.set(SPACE, "preserve")


# ---- bookmarks ------------------------------------------------------------------------------------------------------

_EDGES = (f"{W}bookmarkStart", f"{W}bookmarkEnd")


def marked(file: Opened, r: Random) -> None:
    """Bookmarks get other ids; ends and starts at one place change order; at the edges of a paragraph they leave it.

    Bookmarks of Word's own (_GoBack, _Hlk…) stand between and across the others.
    """
    for root in file.stories():
        _words_own(root, r)
        _leave(root, r)
        _shuffle(root, r)
    numbers: dict[str, int] = {}
    pool = list(range(0, 100000))
    r.shuffle(pool)
    for name in [n for n in file.members if _STORY.fullmatch(n)]:
        for edge in file.root(name).iter(*_EDGES):
            key = f"{name} {edge.get(f'{W}id')}"
            edge.set(f"{W}id", str(numbers.setdefault(key, pool[len(numbers)])))


def _words_own(root: Element, r: Random) -> None:
    found = [run for run in runs(root) if run.getparent().tag == f"{W}p"]
    names = {one.get(f"{W}name") for one in root.iter(_EDGES[0])}
    ids = iter(range(500000, 600000))
    for name in ("_GoBack", *(f"_Hlk{r.randrange(10**8, 10**9)}" for _ in range(3)), "OLE_LINK1", "OLE_LINK2"):
        if not found or name in names:
            continue
        number, first = next(ids), r.choice(found)
        behind = list(first.itersiblings(f"{W}r"))[: r.randrange(6)]
        last = first if name == "_GoBack" or not behind else behind[-1]
        first.addprevious(e("bookmarkStart", id=number, name=name))
        (last.addprevious if name == "_GoBack" else last.addnext)(e("bookmarkEnd", id=number))


def _leave(root: Element, r: Random) -> None:
    """A bookmark that begins with its paragraph is begun in front of it; one that ends with it ends behind it."""
    for paragraph in list(root.iter(f"{W}p")):
        content = [one for one in paragraph if one.tag != f"{W}pPr"]
        for edge in _leading(content, _EDGES[0]):
            if r.random() < 0.4:
                paragraph.addprevious(edge)
        for edge in _leading(content[::-1], _EDGES[1]):
            after = paragraph.getnext()
            if r.random() < 0.5:
                continue
            if after is not None and after.tag == f"{W}p" and r.random() < 0.5:
                after.insert(int(after.find(f"{W}pPr") is not None), edge)
            elif after is None and paragraph.getparent().tag == f"{W}tc":
                paragraph.getparent().addnext(edge)
            else:
                paragraph.addnext(edge)


def _leading(content: list[Element], tag: str) -> list[Element]:
    found = []
    for one in content:
        if one.tag == tag:
            found.append(one)
        elif one.tag not in (*_EDGES, f"{W}proofErr"):
            break
    return found


def _shuffle(root: Element, r: Random) -> None:
    """Edges at one place in another order; a bookmark never ends before it begins."""
    for edge in list(root.iter(*_EDGES)):
        after = edge.getnext()
        if after is not None and after.tag in _EDGES and r.random() < 0.4:
            same = edge.get(f"{W}id") == after.get(f"{W}id")
            if not same:
                after.addnext(edge)


# ---- what stands around text ----------------------------------------------------------------------------------------

_WRAPPED = (f"{W}r", *_EDGES, f"{W}proofErr")
_AUTHORS = ("王主任", "李科长", "wps")


def _stretch(paragraph: Element, r: Random) -> list[Element]:
    """Some neighbours in a paragraph that may be wrapped together; empty where there are none."""
    content = [one for one in paragraph if one.tag != f"{W}pPr"]
    if not content:
        return []
    first = r.randrange(len(content))
    found: list[Element] = []
    for one in content[first : first + r.randrange(1, 8)]:
        if one.tag not in _WRAPPED or one.find(f"{W}fldChar") is not None or one.find(f"{W}instrText") is not None:
            break
        found.append(one)
    return found if any(one.tag == f"{W}r" for one in found) else []


def _around(stretch: list[Element], outer: Element, inner: Element | None = None) -> None:
    stretch[0].addprevious(outer)
    (outer if inner is None else inner).extend(stretch)


def wrapped(file: Opened, r: Random) -> None:
    """Smart tags, content controls and links around some of the text, bookmarks within and across."""
    number = iter(r.sample(range(10**8, 2 * 10**9), 4000))
    for root in file.stories():
        for paragraph in list(root.iter(f"{W}p")):
            stretch = _stretch(paragraph, r) if r.random() < 0.4 else []
            if not stretch:
                continue
            kind = r.choice(("smartTag", "sdt", "hyperlink"))
            if kind == "smartTag":
                uri = "urn:schemas-microsoft-com:office:smarttags"
                told = e("attr", name="UnitName", val="人")
                _around(stretch, outer := e("smartTag", uri=uri, element="chmetcnv"))
                outer.insert(0, e("smartTagPr", told))
            elif kind == "sdt":
                inner = e("sdtContent")
                about = e("sdtPr", e("alias", val="内容"), e("id", val=next(number)))
                _around(stretch, e("sdt", about, inner), inner)
            elif root is file.roots.get(MAIN):
                link = e("hyperlink", history=1)
                rows = file.rels(MAIN)
                key = file.relate(rows, "hyperlink", "https://www.qingyuanxian.gov.cn/", TargetMode="External")
                link.set(f"{R}id", key)
                _around(stretch, link)
        for block in [one for one in root.iter(f"{W}p", f"{W}tr") if r.random() < 0.06]:
            beside = sum(one.tag == f"{W}tr" for one in block.itersiblings(preceding=True))
            if block.tag == f"{W}tr" and (block.find(f"{W}trPr/{W}tblHeader") is not None or not beside):
                continue  # the first row, and the head, stay children of their table
            if block.getparent().tag in (f"{W}body", f"{W}tbl", f"{W}hdr") and block.find(f"{W}pPr/{W}sectPr") is None:
                after = block.getnext()
                inner = e("sdtContent")
                about = e("sdtPr", e("id", val=next(number)))
                if block.tag == f"{W}tr" or (after is not None and after.tag == f"{W}p" and not _touches(block)):
                    _around([block], e("sdt", about, inner), inner)


def _touches(block: Element) -> bool:
    before = block.getprevious()
    return before is not None and before.tag == f"{W}tbl"


def revised(file: Opened, r: Random) -> None:
    """Tracked changes: some text was put in by somebody, words that are gone stand between, looks were changed."""
    number = iter(range(7000, 20000))

    def told() -> dict[str, object]:
        return {"id": next(number), "author": r.choice(_AUTHORS), "date": f"2022-10-{r.randrange(1, 28):02d}T09:30:00Z"}

    for root in file.stories():
        for paragraph in list(root.iter(f"{W}p")):
            stretch = _stretch(paragraph, r) if r.random() < 0.4 else []
            if stretch and len(list(paragraph.iterancestors(f"{W}txbxContent"))) == 0:
                _around(stretch, e("ins", **told()))
        for run in runs(root):
            if r.random() < 0.15:
                gone = e("r", e("delText"))
                gone[0].text = r.choice(("旧的说法", "12.5%", "累计", "、"))
                (run.addprevious if r.random() < 0.5 else run.addnext)(e("del", gone, **told()))
            look = look_of(run)
            if r.random() < 0.1 and look.find(f"{W}rPrChange") is None:
                look.append(e("rPrChange", e("rPr"), **told()))


# ---- the package ----------------------------------------------------------------------------------------------------

_IGNORED = {
    "mc": MC[1:-1],
    "w14": W14[1:-1],
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp14": "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
}


def named(file: Opened, r: Random) -> None:
    """The root names all that Word knows and others may ignore; paragraphs have numbers of their own."""
    for name in [n for n in file.members if _STORY.fullmatch(n)]:
        old = file.root(name)
        spaces = dict(old.nsmap) | _IGNORED
        root = etree.Element(old.tag, dict(old.attrib), spaces)
        root.extend(list(old))
        known = [one for one in (root.get(f"{MC}Ignorable") or "").split() if one not in _IGNORED]
        root.set(f"{MC}Ignorable", " ".join([*known, *(n for n in _IGNORED if n != "mc")]))
        for paragraph in root.iter(f"{W}p"):
            paragraph.set(f"{W14}paraId", f"{r.randrange(1, 0x80000000):08X}")
            paragraph.set(f"{W14}textId", "77777777" if r.random() < 0.5 else f"{r.randrange(1, 0x80000000):08X}")
        file.roots[name] = root


def renamed(file: Opened, r: Random) -> None:
    """Word numbers its members anew: custom XML, headers, footers; relationships get other ids.

    The first custom XML is then somebody else's: a list of sources.
    """
    for old, new in _new_names(file, r):
        _rename(file, old, new)
    free = next(n for n in range(1, 100) if f"customXml/item{n}.xml" not in file.members)
    space = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
    file.add(f"customXml/item{free}.xml", f'<b:Sources xmlns:b="{space}" xmlns="{space}" SelectedStyle="\\APA.XSL"/>',
             "", "customXml")  # fmt: skip
    rows = file.rels(MAIN)
    ids = {str(row.get("Id")): f"rId{n}" for n, row in enumerate(r.sample(list(rows), len(rows)), start=1)}
    for row in rows:
        row.set("Id", ids[str(row.get("Id"))])
    for one in file.root(MAIN).iter():
        for key, value in one.attrib.items():
            if str(key).startswith(R) and str(value) in ids:
                one.set(key, ids[str(value)])
    rows[:] = sorted(rows, key=lambda row: str(row.get("Id")))


def _new_names(file: Opened, r: Random) -> Iterator[tuple[str, str]]:
    shift = r.randrange(2, 6)
    for name in sorted(file.members, reverse=True):
        found = re.fullmatch(r"(customXml/item|customXml/itemProps|word/header|word/footer)(\d+)\.xml", name)
        if found:
            yield name, f"{found[1]}{int(found[2]) + shift}.xml"


def _rename(file: Opened, old: str, new: str) -> None:
    for a, b in ((old, new), (rels_of(old), rels_of(new))):
        if a in file.members:
            file.members[b] = file.members.pop(a)
            if a in file.roots:
                file.roots[b] = file.roots.pop(a)
    for one in file.root("[Content_Types].xml"):
        if one.get("PartName") == f"/{old}":
            one.set("PartName", f"/{new}")
    for name in [n for n in file.members if n.endswith(".rels")]:
        folder = posixpath.dirname(posixpath.dirname(name))
        for row in file.root(name):
            target = str(row.get("Target"))
            if posixpath.normpath(posixpath.join(folder, target)) == old:
                row.set("Target", posixpath.relpath(new, folder or "."))


def packed(file: Opened, r: Random) -> None:
    """Members in another order, stored or deflated."""
    rest = [name for name in file.members if name != "[Content_Types].xml"]
    r.shuffle(rest)
    file.members = {name: file.members[name] for name in ("[Content_Types].xml", *rest)}
    file.method = r.choice((ZIP_DEFLATED, ZIP_STORED))


_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_W = f'xmlns:w="{W[1:-1]}"'
_NOTES = (
    '<w:{0}s {1}><w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'
    '<w:{0} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{0}></w:{0}s>'
)


def filled(file: Opened, r: Random) -> None:
    """Parts that Word adds to every file: notes, web settings; its own words about itself in the properties."""
    for part in ("footnote", "endnote"):
        if f"word/{part}s.xml" not in file.members:
            file.add(f"word/{part}s.xml", _NOTES.format(part, _W), f"{_PART}.{part}s+xml", f"{part}s")
    if "word/webSettings.xml" not in file.members:
        web = f"<w:webSettings {_W}><w:optimizeForBrowser/><w:allowPNG/></w:webSettings>"
        file.add("word/webSettings.xml", web, f"{_PART}.webSettings+xml", "webSettings")
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    file.roots.pop("docProps/app.xml", None)
    file.members["docProps/app.xml"] = (
        f'<Properties xmlns="{space}"><Template>Normal.dotm</Template><TotalTime>{r.randrange(600)}</TotalTime>'
        f"<Pages>{r.randrange(1, 20)}</Pages><Application>Microsoft Office Word</Application><DocSecurity>0</DocSecurity>"
        "<Company>清源县</Company><AppVersion>16.0000</AppVersion></Properties>"
    ).encode()


_VALUES = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def _property(root: Element, name: str, text: str) -> None:
    one = etree.SubElement(root, f"{_CUSTOM}property", fmtid=_FORMAT, pid="0", name=name)
    etree.SubElement(one, f"{_VALUES}lpwstr").text = text


def described(file: Opened, r: Random) -> None:
    """Custom properties of others stand among ours, in another order, numbered anew."""
    if "docProps/custom.xml" not in file.members:
        return
    root = file.root("docProps/custom.xml")
    for name, text in (("密级标识", "内部"), ("ContentTypeId", "0x010100"), ("drafter", "手工填的")):
        _property(root, name, text)
    _numbered(root, r)


def _numbered(root: Element, r: Random) -> None:
    rows = list(root)
    r.shuffle(rows)
    root[:] = rows
    for number, row in enumerate(rows, start=2):
        row.set("pid", str(number))


def styled(file: Opened, r: Random) -> None:
    """A Chinese Word calls the styles by ids of its own: a, a0, 1, 10. What refers to them goes along."""
    root = file.root("word/styles.xml")
    ids = [str(one.get(f"{W}styleId")) for one in root.iter(f"{W}style")]
    fresh = [f"{letter}{n}" for n in range(200) for letter in ("a", "")][1 : len(ids) + 1]
    r.shuffle(fresh)
    new = dict(zip(ids, fresh, strict=True))
    tags = [f"{W}{t}" for t in ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle", "styleLink", "numStyleLink")]
    for name in [n for n in file.members if re.fullmatch(r"word/\w+\.xml", n)]:
        for one in file.root(name).iter(*tags):
            one.set(f"{W}val", new.get(str(one.get(f"{W}val")), str(one.get(f"{W}val"))))
    for one in root.iter(f"{W}style"):
        one.set(f"{W}styleId", new[str(one.get(f"{W}styleId"))])


_WPS = "http://www.wps.cn/officeDocument/2013/wpsCustomData"


def wps(file: Opened, r: Random) -> None:
    """WPS: its data is a custom XML part, its version stands in the properties, every run says its languages."""
    free = next(n for n in range(1, 100) if f"customXml/item{n}.xml" not in file.members)
    content = f'<s:customData xmlns="{_WPS}" xmlns:s="{_WPS}"><customSectProps><customSectPr/></customSectProps></s:customData>'
    file.add(f"customXml/item{free}.xml", content, "", "customXml")
    if "docProps/custom.xml" in file.members:
        root = file.root("docProps/custom.xml")
        _property(root, "KSOProductBuildVer", "2052-12.1.0.15374")
        _property(root, "ICV", f"{r.randrange(1 << 64):016X}{r.randrange(1 << 64):016X}_12")
        root[:] = [*root[-2:], *root[:-2]]
        for number, row in enumerate(root, start=2):
            row.set("pid", str(number))
    for root in file.stories():
        for run in runs(root):
            if r.random() < 0.5:
                look = look_of(run)
                if look.find(f"{W}rFonts") is None:
                    put(look, "rFonts", hint="eastAsia")
                put(look, "lang", val="en-US", eastAsia="zh-CN")


def _without(file: Opened, kind: str, of: str) -> None:
    """The parts of a kind go, with what leads to them."""
    rows = file.rels(of)
    folder = posixpath.dirname(of)
    for row in [one for one in rows if str(one.get("Type")).endswith(f"/{kind}")]:
        target = posixpath.normpath(posixpath.join(folder, str(row.get("Target"))))
        rows.remove(row)
        more = file.rels(target) if rels_of(target) in file.members else ()
        beside = [posixpath.normpath(posixpath.join(posixpath.dirname(target), str(one.get("Target")))) for one in more]
        for name in (target, rels_of(target), *beside):
            file.members.pop(name, None)
            file.roots.pop(name, None)
        for one in list(file.root("[Content_Types].xml")):
            if str(one.get("PartName", "")).lstrip("/") in (target, *beside):
                file.root("[Content_Types].xml").remove(one)


def without_xml(file: Opened, r: Random) -> None:
    """A program that keeps no custom XML: the properties must do."""
    _without(file, "customXml", MAIN)


def without_properties(file: Opened, r: Random) -> None:
    """A program that keeps no custom properties: the custom XML must do."""
    _without(file, "custom-properties", "")


Way = Callable[[Opened, Random], None]
WAYS: dict[str, Way] = {
    "切分文字": cut,
    "校对标记": proofed,
    "合并文字": joined,
    "空白": spaced,
    "书签": marked,
    "控件和链接": wrapped,
    "修订": revised,
    "命名空间": named,
    "部件改名": renamed,
    "压缩": packed,
    "添加部件": filled,
    "属性": described,
    "样式改号": styled,
    "WPS": wps,
    "去掉自定义XML": without_xml,
    "去掉自定义属性": without_properties,
}
"""Name → way."""
_LOSSES = ("去掉自定义XML", "去掉自定义属性")


def rewritten(data: bytes, seed: object, *ways: str) -> bytes:
    """The file after some ways, in their order."""
    file, r = opened(data), Random(str(seed))
    for way in ways:
        WAYS[way](file, r)
    return file.saved()


def saved_by_word(data: bytes, seed: object) -> bytes:
    """The file after all ways in an order of its own, some of them twice; one of the two records may be gone."""
    r = Random(f"{seed} order")
    text = [way for way in WAYS if way not in _LOSSES]
    chosen = [*text, *r.sample(["切分文字", "合并文字", "书签", "空白", "控件和链接", "修订"], 3)]
    r.shuffle(chosen)
    loss = r.choice(("", *_LOSSES))
    return rewritten(data, seed, *chosen, *([loss] if loss else []))


# ---- other programs -------------------------------------------------------------------------------------------------


def by_libreoffice(files: dict[str, bytes], folder: Path, *kinds: str) -> dict[str, bytes]:
    """Files saved by LibreOffice as one kind after another (odt, docx), all in one run for each kind."""
    program = office.find()
    assert program is not None
    paths = {name: folder / "0" / f"{n}.docx" for n, name in enumerate(files)}
    (folder / "0").mkdir(parents=True)
    for name, path in paths.items():
        path.write_bytes(files[name])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for step, kind in enumerate(kinds, start=1):
        out = folder / str(step)
        command = [program, profile, "--headless", "--norestore", "--convert-to", kind, "--outdir", str(out)]
        subprocess.run([*command, *map(str, paths.values())], check=True, capture_output=True, timeout=110)
        paths = {name: out / f"{path.stem}.{kind}" for name, path in paths.items()}
    return {name: path.read_bytes() for name, path in paths.items()}


def by_python_docx(data: bytes, r: Random) -> bytes:
    """Opened and saved by python-docx, after edits of the kind that scripts do: words, looks, a table row, a heading."""
    document = docx.Document(BytesIO(data))
    paragraphs = [p for p in document.paragraphs if p.text and p.runs]
    for paragraph in r.sample(paragraphs, min(6, len(paragraphs))):
        paragraph.add_run("（已核）").bold = True
        paragraph.paragraph_format.keep_together = True
        paragraph.runs[0].italic = True
    r.choice(paragraphs).insert_paragraph_before("本段由科室补充。", style=r.choice(paragraphs).style)
    document.add_paragraph("（此件由办公室核对）")
    for table in document.tables[:1]:
        table.rows[-1].cells[0].add_paragraph("注")
    document.core_properties.title = "改过的标题"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


FILES = Path(__file__).parent / "trace_files"


def main() -> None:
    """Make the files of tests/trace_files anew, from the sample reports of this repository."""
    from tempfile import TemporaryDirectory

    from tests.traced_reports import traced

    whole = [way for way in WAYS if way not in _LOSSES]
    made = {
        "word-重写": rewritten(traced("应急管理局/月度工作总结", "公文"), 2022, *whole),
        "python-docx": by_python_docx(traced("县政府办/月度工作回顾", "总结"), Random(2022)),
    }
    with TemporaryDirectory() as folder:
        for name, target, kinds in (
            ("libreoffice", "发展和改革局/上半年工作总结", ("docx",)),
            ("libreoffice-odt", "财政局/半年工作总结", ("odt", "docx")),
        ):
            made |= by_libreoffice({name: traced(target, "总结")}, Path(folder) / name, *kinds)
    for name, data in made.items():
        (FILES / f"{name}.docx").write_bytes(data)


if __name__ == "__main__":
    main()
