r"""Small .docx files from a few lines: the builder of the tests for reading Word.

A body is lines: `1/0 text` is a paragraph of list 1 at level 0, `*样式 text` one in a style, `/ text` a plain one,
and a line that starts with < is XML as it stands. Inside a text, `{…}` is run XML (`{<w:tab/>}`).
Lists are lines too: `甲: chineseCounting %1、 | decimal %2. start=3` defines levels, and `1 = 甲 start0=5` uses them.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_PIECE = re.compile(r"\{(<.*?>)\}")


def root(name: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {SPACES}>{content}</w:{name}>'


def run(text: str) -> str:
    """A run; {<w:tab/>} inside the text is XML of its own."""
    pieces = _PIECE.split(text)
    inner = "".join(
        piece if at % 2 else f'<w:t xml:space="preserve">{piece}</w:t>' if piece else ""
        for at, piece in enumerate(pieces)
    )
    return f"<w:r>{inner}</w:r>" if inner else ""


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run(text)}</w:p>"


def _numbered(list_id: str, level: str, text: str) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def body(lines: str) -> str:
    made = []
    for line in lines.split("\n"):
        place, _, text = line.partition(" ")
        if re.fullmatch(r"\d+/\d", place):
            made.append(_numbered(*place.split("/"), text))
        elif place.startswith("*"):
            made.append(paragraph(text, f'<w:pStyle w:val="{place[1:]}"/>'))
        elif place == "/":
            made.append(paragraph(text))
        else:
            made.append(line)
    return "".join(made)


_OPTIONS = {"restart": "lvlRestart", "suff": "suff", "style": "pStyle"}
_ORDER = ("start", "restart", "style", "lgl", "suff")


def _level(depth: int, written: str) -> str:
    form, *words = written.split(" ")
    options = dict(w.split("=") for w in words if re.fullmatch("(start|restart|suff|style|lgl)=.*", w))
    text = " ".join(w for w in words if not re.fullmatch("(start|restart|suff|style|lgl)=.*", w))
    start = options.get("start", "1")
    inner = f'<w:start w:val="{start}"/>' if start != "-" else ""
    inner += f'<w:numFmt w:val="{form}"/>'
    inner += f'<w:lvlRestart w:val="{options["restart"]}"/>' if "restart" in options else ""
    inner += f'<w:pStyle w:val="{options["style"]}"/>' if "style" in options else ""
    inner += "<w:isLgl/>" if "lgl" in options else ""
    inner += f'<w:suff w:val="{options["suff"]}"/>' if "suff" in options else ""
    return f'<w:lvl w:ilvl="{depth}">{inner}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(lines: str) -> str:
    """word/numbering.xml from its lines; lines that start with < stand as they are."""
    names: list[str] = []
    abstract, lists = [], []
    for line in lines.split("\n"):
        if line.startswith("<w:abstractNum"):
            abstract.append(line)
        elif line.startswith("<"):
            lists.append(line)
        elif defined := re.fullmatch(r"(\w+): (.*)", line):
            names.append(defined[1])
            levels = "".join(_level(n, one) for n, one in enumerate(defined[2].split(" | ")))
            abstract.append(
                f'<w:abstractNum w:abstractNumId="{len(names)}"><w:nsid w:val="0000000{len(names)}"/>'
                f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            )
        elif used := re.fullmatch(r"(\d+) = (\w+)(.*)", line):
            starts = "".join(
                f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{n}"/></w:lvlOverride>'
                for at, n in re.findall(r"start(\d)=(\d+)", used[3])
            )
            inner = f'<w:abstractNumId w:val="{names.index(used[2]) + 1}"/>{starts}'
            lists.append(f'<w:num w:numId="{used[1]}">{inner}</w:num>')
        else:
            assert not line, line
    return root("numbering", "".join(abstract + lists))


def styles(lines: str) -> str:
    r"""word/styles.xml: `标题1: <w:numPr>…</w:numPr>` or `标题2 < 标题1: …`; what starts with <w:rPr is of runs."""
    made = ['<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>']
    for line in lines.split("\n"):
        if line.startswith("<"):
            made.append(line)
        elif given := re.fullmatch(r"(\w+)(?: < (\w+))?: (.*)", line):
            above = f'<w:basedOn w:val="{given[2]}"/>' if given[2] else ""
            inner = given[3] if given[3].startswith("<w:rPr") else f"<w:pPr>{given[3]}</w:pPr>"
            made.append(
                f'<w:style w:type="paragraph" w:styleId="{given[1]}"><w:name w:val="{given[1]}"/>{above}{inner}</w:style>'
            )
    return root("styles", "".join(made))


def package(document: str, parts: dict[str, tuple[str, str | bytes]] | None = None, **members: bytes) -> bytes:
    """A .docx; parts are kind → (name, content), related to the main part as rKIND; members stand without a relation."""
    parts = parts or {}
    relations = "".join(
        f'<Relationship Id="r{kind}" Type="{R}/{kind.rstrip("0123456789")}" Target="{name}"/>'
        for kind, (name, _) in parts.items()
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{MAIN}.{kind.rstrip("0123456789")}+xml"/>'
        for kind, (name, _) in parts.items()
        if name.endswith(".xml") and "/" not in name
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{TYPES}"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{R}/officeDocument"'
            ' Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>',
        **{f"word/{name}": content for name, content in parts.values()},
        **members,
    }
    return zipped(files)


def zipped(files: dict[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(name, content)
    return stream.getvalue()


def docx(lines: str, lists: str = "", looks: str = "", **others: tuple[str, str | bytes]) -> bytes:
    """A .docx of a body, lists and styles written as lines."""
    parts: dict[str, tuple[str, str | bytes]] = dict(others)
    if lists:
        parts["numbering"] = ("numbering.xml", numbering(lists))
    parts["styles"] = ("styles.xml", styles(looks))
    return package(root("document", f"<w:body>{body(lines)}</w:body>"), parts)
