"""The manual as a program: its files are written, its examples run, and what comes of them is put where it stands.

    `data/某局/2022-09.yaml`：  and a fence       writes the file; a .docx is shown as manual_word.py has it
    ```console                                   runs `$ drafter …`, `$ cat …`, `$ ls …`, `$ echo … >> …`
    ```text 手改 FILE.docx                       what a hand does in Word: old words → new ones, 重打 … → …, 删批注 …,
                                                删去 …, 加一段 …
    ```text 例                                   each line a template: {{ 接待游客 }}  → 52.6万人次
    ```text 得到                                 a template, 得到 ↓, its text
    ```text 模板, ```yaml 事实, ```yaml 设置     something wrong, then 打印 and what is said of it
    | 写 | 2022-09 | …                           a table of words of a period

Files and consoles share one project folder; every other example runs in a copy of it, as a report of its own.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import east_asian_width

from click.testing import CliRunner

from drafter import text
from drafter.cli import main
from drafter.draft import Draft
from drafter.project import Project
from tests.manual_word import word_file
from tests.project_files import drafted

OFFICE, PERIOD = "文化和旅游局", "2022-09"
"""The department and period of the manual's examples."""
ARROW, BELOW, SAYS = "→ ", "得到 ↓", "打印 "
_BLOCK = re.compile(r"^(?:`(?P<file>[^`\n]+)`：\n)?```(?P<kind>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)
_WORDS = re.compile(r"^\| 写 (?P<heads>(?:\| \S+ )+)\|\n\|[-| ]+\|\n(?P<rows>(?:\|.*\|\n)+)", re.M)
_LINE = re.compile(r"(?P<source>.*?) *→ .*")
_NAME = re.compile(r"^([^\W\d]\w*):", re.M)


EDITED = "text 手改 "


def edited(file: Path, body: str) -> None:
    """Edit a .docx as a hand would: in the runs as they are."""
    from docx import Document

    document = Document(str(file))
    for line in body.splitlines():
        what, _, words = line.partition(" ")
        old, arrow, new = line.partition(" → ")
        if what == "删批注":
            [found] = [c for c in document.comments if words in c.text]
            for mark in document.element.xpath(f"//*[contains(local-name(), 'omment') and @w:id='{found.comment_id}']"):
                mark.getparent().remove(mark)
            found._comment_elm.getparent().remove(found._comment_elm)
        elif what == "重打":
            [found] = [r for p in document.paragraphs for r in p.runs if r.text == words.partition(" → ")[0]]
            for mark in (found._element.getprevious(), found._element.getnext()):
                mark.getparent().remove(mark)
            found.text = new
        elif arrow:
            runs = (run for paragraph in document.paragraphs for run in paragraph.runs if old in run.text)
            found = next(runs)
            found.text = found.text.replace(old, new)
        elif what == "删去":
            found = next(p for p in document.paragraphs if words in p.text)
            found._element.getparent().remove(found._element)
        else:
            assert what == "加一段", line
            last = next(p for p in document.paragraphs if p.text.startswith("二、"))
            last.insert_paragraph_before(words)
    document.save(str(file))


def width(line: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line)


@dataclass(slots=True)
class Manual:
    """The project that the manual builds up, and how many examples of each kind were run in it."""

    folder: Path
    scratch: Path
    run: dict[str, int] = field(default_factory=dict)

    def play(self, source: str) -> str:
        """The manual with every result as it is now."""
        for name in ("templates", "data"):
            (self.folder / name).mkdir(parents=True)
        played = _BLOCK.sub(lambda m: within(m, "body", self.block(m)), source)
        return _WORDS.sub(lambda m: within(m, "rows", self.words(m)), played)

    def block(self, found: re.Match[str]) -> str:
        """What a fence holds after it was run."""
        kind = found["kind"]
        if kind.startswith(EDITED):
            edited(self.folder / kind.removeprefix(EDITED), found["body"])
            return found["body"]
        if found["file"]:
            write(self.folder / found["file"], found["body"])
            return found["body"]
        return KINDS[kind](self, found["body"])

    def count(self, kind: str, source: str) -> str:
        """One more example of a kind."""
        self.run[kind] = self.run.get(kind, 0) + 1
        return source

    def console(self, body: str) -> str:
        lines = [self.count("console", line) for line in re.findall(r"^\$ (.+)$", body, re.M)]
        return "".join(f"$ {line}\n{command(line, self.folder)}" for line in lines)

    def examples(self, body: str) -> str:
        """Template → text, line by line, the arrows below one another."""
        sources = [m["source"] if (m := _LINE.fullmatch(line)) else line.rstrip() for line in body.splitlines()]
        wide = max(map(width, sources))
        return "".join(f"{s}{' ' * (wide - width(s))}  {ARROW}{self.said(self.count('例', s))}\n" for s in sources)

    def said(self, template: str) -> str:
        """The text of a line, or what is said of it; codes of findings that leave a text stand behind it."""
        draft = self.draft(f"一、情况\n{template}\n")
        if not draft.sound:
            return SAYS + " ".join(d.line() for d in draft.diagnostics)
        codes = dict.fromkeys(d.code for d in draft.diagnostics)
        assert lines(draft)[2:-2], f"nothing comes of {template}"
        return " ⏎ ".join(lines(draft)[2:-2]) + (f"（{'、'.join(codes)}）" if codes else "")

    def result(self, body: str) -> str:
        source = self.count("得到", body.partition(BELOW)[0])
        draft = self.draft(source)
        assert draft.sound, [d.line() for d in draft.diagnostics]
        return f"{source}{BELOW}\n" + "".join(f"{line}\n" for line in lines(draft)[1:-2])

    def templates(self, body: str) -> str:
        return self.faults("模板", body, lambda source: self.draft(f"一、情况\n{source}"))

    def facts(self, body: str) -> str:
        return self.faults("事实", body, self.draft_of_facts)

    def settings(self, body: str) -> str:
        return self.faults("设置", body, lambda source: self.draft("一、情况\n好。\n", {f"{REPORT}/报告.yaml": source}))

    def faults(self, kind: str, body: str, run: Callable[[str], Draft]) -> str:
        """Pieces of source, each with what is said of it."""
        sources = re.findall(rf"((?:^(?!{SAYS.strip()}).*\n)+)", body, re.M)
        drafts = [(s, run(self.count(kind, s))) for s in sources]
        assert all(draft.diagnostics for _, draft in drafts), f"nothing is wrong with one of {sources}"
        return "".join(s + "".join(f"{SAYS}{d.line()}\n" for d in draft.diagnostics) for s, draft in drafts)

    def draft_of_facts(self, source: str) -> Draft:
        """The report that prints every fact of a facts file."""
        dated = source if source.startswith("期间") else f"期间: {PERIOD}\n{source}"
        names = [name for name in _NAME.findall(source) if name != "期间"]
        template = "".join(f"{{{{ {name} }}}}。\n" for name in dict.fromkeys(names))
        return self.draft(f"一、情况\n{template or '好。'}", {f"data/{OFFICE}/{PERIOD}.yaml": dated})

    def words(self, found: re.Match[str]) -> str:
        """The table of a period's words, each printed in every period of the head."""
        stems = found["heads"].replace("|", " ").split()
        names = re.findall(r"^\| `\{\{ (\S+) \}\}`", found["rows"], re.M)
        template = "一、情况\n" + "".join(f"写{{{{ {name} }}}}\n" for name in names)
        cells = [[line[1:] for line in lines(self.draft(template, period=stem))[2:-2]] for stem in stems]
        rows = [
            f"| `{{{{ {self.count('词', name)} }}}}` | {' | '.join(row)} |\n"
            for name, *row in zip(names, *cells, strict=True)
        ]
        return "".join(rows)

    def draft(self, template: str, files: dict[str, str] | None = None, period: str = PERIOD) -> Draft:
        """The draft of one section in a copy of the project."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        shutil.copytree(self.folder, self.scratch, ignore=shutil.ignore_patterns("out", "月度工作总结", ".drafter"))
        write(self.scratch / f"{REPORT}/1.txt", template)
        for name, content in (files or {}).items():
            write(self.scratch / name, content)
        if not (self.scratch / f"data/{OFFICE}/{period}.yaml").exists():
            write(self.scratch / f"data/{OFFICE}/{period}.yaml", "甲: 1次\n")
        return drafted(Project(self.scratch), f"{OFFICE}/月报", period)


REPORT = f"templates/{OFFICE}/月报"
KINDS: dict[str, Callable[[Manual, str], str]] = {
    "console": Manual.console,
    "text 例": Manual.examples,
    "text 得到": Manual.result,
    "text 模板": Manual.templates,
    "yaml 事实": Manual.facts,
    "yaml 设置": Manual.settings,
}
"""What a fence is, by what stands behind its backquotes; anything else is a slip of the author."""


def within(found: re.Match[str], group: str, new: str) -> str:
    """The whole match with a group of it replaced."""
    start, end = (place - found.start() for place in found.span(group))
    return found[0][:start] + new + found[0][end:]


def lines(draft: Draft) -> list[str]:
    assert draft.outline is not None, [d.line() for d in draft.diagnostics]
    return text.write(draft.outline, guard=False).splitlines()


def write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(word_file(content) if path.suffix == ".docx" else content.encode())


def command(line: str, folder: Path) -> str:
    """What a command of a console prints: stdout, stderr, and （退出码 N） when it is not 0."""
    words = shlex.split(line)
    match words:
        case ["cat", name]:
            return (folder / name).read_text("utf-8")
        case ["ls", name]:
            return "".join(f"{p.name}\n" for p in sorted((folder / name).iterdir()) if not p.name.startswith("."))
        case ["echo", said, ">>", name]:
            write(folder / name, (folder / name).read_text("utf-8") + said + "\n")
            return ""
    assert words[0] == "drafter", line
    done = CliRunner().invoke(main, words[1:])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    code = f"（退出码 {done.exit_code}）\n" if done.exit_code else ""
    return done.stdout + done.stderr + code
