"""The house: floors, light start-up, short functions, every code explained."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from drafter.check import CODES

ROOT = Path(__file__).parents[1]
HOUSE = ROOT / "drafter"
FLOORS = (
    ("charset", "source", "diagnostic"),
    (
        "numeral",
        "period",
        "basis",
        "measure",
        "missing",
        "indicator",
        "figure",
        "unseen",
        "style",
        "shield",
        "blanks",
        "width",
        "outline",
        "document",
        "trace",
        "plan",
        "text",
        "chain",
        "units",
        "canonical",
        "changes",
    ),
    ("yamlfile", "sheet", "layout"),
    ("facts", "phrases", "template", "pictures", "typeset", "word", "page"),
    ("check", "office", "reading", "diff", "lift", "merge"),
    (
        "report",
        "project",
        "ledger",
        "lookup",
        "elements",
        "draft",
        "formats",
        "forms",
        "build",
        "survey",
        "setup",
        "tracing",
        "refresh",
    ),
    ("cli", "__main__"),
)
"""From the ground up; inside a floor a room may use those to its left."""
ORDER = [room for floor in FLOORS for room in floor]
STRANGERS = {"facts", "template", "word", "page"}
"""They never import each other: they meet in figures, lines and outlines."""
OUTSIDE = {
    "click": {"cli"},
    "docx": {"word"},
    "lxml": {"word"},
    "jinja2": {"template"},
    "yaml": {"yamlfile"},
    "openpyxl": {"sheet"},
    "xlrd": {"sheet"},
}


def sources() -> list[tuple[str, Path]]:
    found = [(p.relative_to(HOUSE).parts[0].removesuffix(".py"), p) for p in sorted(HOUSE.rglob("*.py"))]
    return [(room, path) for room, path in found if room != "__init__"]


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{a.name}" for a in node.names}
    return names


def test_every_room_stands_on_a_floor() -> None:
    rooms = {room for room, _ in sources()}
    assert rooms == set(ORDER)


def test_imports_go_down() -> None:
    seen = 0
    for room, path in sources():
        used = {n.split(".")[1] for n in imports(path) if n.startswith("drafter.") and n != "drafter.__version__"}
        for other in used & set(ORDER) - {room}:
            seen += 1
            assert ORDER.index(other) < ORDER.index(room), f"{path.name} imports {other}"
            assert not {room, other} <= STRANGERS, f"{room} imports {other}"
    assert seen > 40


def test_outside_packages_stay_in_their_rooms() -> None:
    seen = set()
    for room, path in sources():
        for name in {n.split(".")[0] for n in imports(path)} & set(OUTSIDE):
            seen.add(name)
            assert room in OUTSIDE[name], f"{path} imports {name}"
        if room in FLOORS[0] + FLOORS[1]:
            assert {n.split(".")[0] for n in imports(path)} <= {"drafter", "__future__", *sys.stdlib_module_names}
    assert seen == set(OUTSIDE)


def test_help_loads_click_and_the_standard_library_alone() -> None:
    program = (
        "import sys\nfrom drafter.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    loaded = set(done.stderr.split())
    assert "click" in loaded
    assert not loaded & {"jinja2", "docx", "yaml", "lxml", "lxml.etree"}
    ours = {m for m in loaded if m.startswith("drafter.")}
    assert "drafter.cli" in ours
    assert not {m for m in ours if m != "drafter.cli" and not m.startswith("drafter.cli.")}


def functions() -> list[tuple[str, int]]:
    found = []
    for _, path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                length = node.end_lineno - body[0].lineno + 1 if body and node.end_lineno else 0
                found.append((f"{path.name}:{node.name}", length))
    return found


def test_functions_are_short() -> None:
    lengths = functions()
    assert len(lengths) > 200
    assert [f for f in lengths if f[1] > 40] == []
    assert sorted(n for _, n in lengths)[len(lengths) // 2] <= 7


def test_files_are_short() -> None:
    long = {p.name: n for _, p in sources() if (n := len(p.read_text("utf-8").splitlines())) > 400}
    assert long == {}


def test_every_code_is_explained_once() -> None:
    used = {c for _, p in sources() for c in re.findall(r'"([A-Z]\d{3})"', p.read_text("utf-8"))}
    rows = [c.code for c in CODES]
    assert len(rows) == len(set(rows)) > 30
    assert used == set(rows)


def test_readme_names_every_room() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for room in ORDER:
        assert f"`{room}" in readme or room == "__main__", room
