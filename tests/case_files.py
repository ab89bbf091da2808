"""Cases as data: named inputs with expectations in one text file.

    === name of the case
    input, as many lines as you like
    --- says
    expectation
    --- value
    another one

The text between `===` and the first `---` is the part `input`; lines before the first `===` are a comment.
`\\=` and `\\-` at the start of a line stand for `=` and `-`; a part keeps its lines without the last line end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"
"""Folder of all case files."""
_HEAD = re.compile(r"(===|---) (.+?)\s*")


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its parts by name, and where it stands."""

    name: str
    parts: dict[str, str]
    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file.stem}-{self.name}"

    @property
    def input(self) -> str:
        """The text before the first part."""
        return self.parts["input"]

    def lines(self, part: str) -> list[str]:
        """The lines of a part; none when the case does not have it."""
        return [line for line in self.parts.get(part, "").split("\n") if line]


def load(path: Path) -> list[Case]:
    """The cases of a file, or of all .txt files below a folder, in order.

    Errors: AssertionError when there is no case, a name stands twice, or a part does (no test may look at nothing).
    """
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    cases = [case for file in files for case in _cases(file)]
    assert cases, f"no cases in {path}"
    names = [str(case) for case in cases]
    assert len(set(names)) == len(names), f"a name stands twice: {sorted(n for n in names if names.count(n) > 1)}"
    return cases


def _cases(file: Path) -> list[Case]:
    cases: list[Case] = []
    part: list[str] = []
    with file.open(encoding="utf-8", newline="") as stream:
        text = stream.read()
    for number, line in enumerate(text.split("\n"), start=1):
        head = _HEAD.fullmatch(line)
        if head and head[1] == "===":
            _close(cases, part)
            cases.append(Case(head[2], {"input": ""}, file, number))
            part = ["input"]
        elif head and cases:
            _close(cases, part)
            assert head[2] not in cases[-1].parts, f"{file}:{number}: part {head[2]} stands twice"
            part = [head[2]]
        elif cases:
            part.append(line[1:] if line.startswith(("\\=", "\\-")) else line)
    _close(cases, part)
    return cases


def _close(cases: list[Case], part: list[str]) -> None:
    """Put the collected lines of a part into the last case; one empty line at its end is look."""
    if part:
        lines = part[1:-1] if len(part) > 1 and not part[-1] else part[1:]
        cases[-1].parts[part[0]] = "\n".join(lines)


def accept(case: Case, part: str, text: str) -> None:
    """Rewrite one expectation in its file (pytest --accept); the part must be there."""
    lines = case.file.read_text(encoding="utf-8").split("\n")
    start = lines.index(f"--- {part}", lines.index(f"=== {case.name}")) + 1
    heads = (i for i in range(start, len(lines)) if _HEAD.fullmatch(lines[i]))
    end = next(heads, len(lines))
    new = ["\\" + line if line.startswith(("===", "---")) else line for line in text.split("\n")] if text else []
    case.file.write_text("\n".join([*lines[:start], *new, "", *lines[end:]]), encoding="utf-8")
