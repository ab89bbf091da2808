"""How well old reports are taken over: law L9, figures that become facts, what the next period asks for, time.

    python -m benchmarks.imports [FOLDER or FILE ...]

Every report is imported into a folder of its own, built, and compared byte for byte: with its canonical text, and with
the text itself (--verbatim). The next period is drafted with an empty facts file: it must ask for exactly the facts
that the templates use. Of up to 60 digits of the facts each is changed alone: the text must change in that place only.
Without arguments: the six real reports and the twenty seed passages beside the project.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from drafter import canonical, diff, reading, text
from drafter import period as periods
from drafter.build import FORMATS
from drafter.draft import Builder, Draft
from drafter.period import Period
from drafter.project import Project
from drafter.setup import adopt
from drafter.source import typed

SHARED = Path(__file__).parents[2] / "shared"
TARGET = ("甲局", "总结")
TRIALS = 60
DEFAULT = periods.month(2022, 9)
"""The period of a report that does not name its own."""


@dataclass(frozen=True, slots=True)
class Score:
    """One report taken over."""

    name: str
    canonical: bool
    verbatim: bool
    seen: int
    lifted: int
    masked: int
    asks: bool
    places: int
    tried: int
    seconds: float

    def __str__(self) -> str:
        law = f"{'=' if self.canonical else '≠'}{'=' if self.verbatim else '≠'}"
        asked = "asks exactly" if self.asks else "ASKS OTHERS"
        return (
            f"{self.name:32.32} L9 {law}  figures {self.lifted}/{self.seen} ({self.masked} masked)  {asked}  "
            f"one place {self.places}/{self.tried}  {self.seconds:.2f} s"
        )


def sources(given: list[str]) -> Iterator[tuple[str, str]]:
    """(name, text) of every report."""
    if not given:
        for number, line in enumerate((SHARED / "reference" / "seeds.txt").read_text("utf-8").splitlines(), start=1):
            yield f"passage {number}", line
    paths = [Path(g) for g in given] or [SHARED / "corpus"]
    for file in (f for p in paths for f in (sorted(p.iterdir()) if p.is_dir() else [p])):
        if file.suffix in (".txt", ".docx"):
            yield file.name, reading.read(file, file.name).source


def imported(root: Path, source: str, when: Period, *, verbatim: bool) -> tuple[adopt.Adopted, str]:
    """The report taken over into a folder, and what it builds."""
    done = adopt.adopt(Project(root), [(source, "old.txt", when)], TARGET, verbatim=verbatim)
    adopt.write(root, done.files)
    return done, built(drafted(root, when))


def drafted(root: Path, when: Period) -> Draft:
    """The report as it is drafted for a period."""
    project = Project(root)
    return Builder(project).draft(project.report(*TARGET), when)


def built(draft: Draft) -> str:
    """The text of a draft; '' when there is none."""
    return FORMATS["txt"](draft).decode() if draft.outline else ""


def score(name: str, source: str) -> Score:
    """One report taken over, both ways."""
    when = diff.guessed(text.read(typed(source, name))[0], name) or DEFAULT
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        begun = time.perf_counter()
        done, again = imported(root / "a", source, when, verbatim=False)
        seconds = time.perf_counter() - begun
        _, same = imported(root / "b", source, when, verbatim=True)
        following = periods.following(when)
        (root / "a" / f"data/{TARGET[0]}/{following}.yaml").write_text(f"期间: {following}\n", "utf-8")
        asked = {m.name for m in drafted(root / "a", following).missing}
        places, tried = changes(root / "a", when, again)
        used = {fact.key for fact in done.facts}
        exact = again == canonical.formatted(source)
        return Score(
            name, exact, same == source, done.seen, done.lifted, done.masked, asked == used, places, tried, seconds
        )


def changes(root: Path, when: Period, before: str) -> tuple[int, int]:
    """(how often one place alone changed, how often a digit was changed)."""
    file = root / f"data/{TARGET[0]}/{when}.yaml"
    facts = file.read_text("utf-8") if file.exists() else ""
    head = facts.find("\n") + 1
    found = [m for m in re.finditer(r'(?<=[ 近{"])-?[\d,.]*\d(?=[余",}\n%个])', facts) if m.start() > head]
    chosen = random.Random(1).sample(found, min(TRIALS, len(found)))
    right = 0
    for number in chosen:
        digit = "3" if number[0][-1] != "3" else "2"
        file.write_text(facts[: number.end() - 1] + digit + facts[number.end() :], "utf-8")
        right += is_one_place(before, built(drafted(root, when)))
    if file.exists():
        file.write_text(facts, "utf-8")
    return right, len(chosen)


def is_one_place(before: str, after: str) -> bool:
    """Whether two texts differ in one short place: a figure, or the words that say it (居首位)."""
    start = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), -1)
    end = next((at for at, (a, b) in enumerate(zip(before[::-1], after[::-1], strict=False)) if a != b), -1)
    return start >= 0 and end >= 0 and len(before) - end - start <= 12


def main() -> None:
    """Print a line for each report, and the sums."""
    scores = []
    for name, source in sources(sys.argv[1:]):
        scores.append(score(name, source))
        print(scores[-1], flush=True)
    seen, lifted = sum(s.seen for s in scores), sum(s.lifted for s in scores)
    laws = f"{sum(s.canonical for s in scores)} and {sum(s.verbatim for s in scores)} of {len(scores)} come back"
    asks = f"{sum(s.asks for s in scores)} ask for exactly their facts"
    places = f"{sum(s.places for s in scores)} of {sum(s.tried for s in scores)} changes in one place"
    slow = max(scores, key=lambda s: s.seconds)
    print(f"{laws}; figures {lifted}/{seen}; {asks}; {places}; slowest {slow.seconds:.2f} s ({slow.name})")


if __name__ == "__main__":
    main()
