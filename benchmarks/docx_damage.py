"""Damaged copies of .docx files: python -m benchmarks.docx_damage [COUNT] [SEED] [FOLDER].

Every copy must end in text or a refusal of one line, within 5 s. Damage is done to the bytes of the file and, so that
the parts themselves are damaged behind a whole archive, to the inflated parts.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from drafter.diagnostic import DraftError
from drafter.word.read import UNFORESEEN, read_all
from tests.word_files import docx, paragraph, zipped

SLOW = 5
_LISTS = "甲: chineseCounting %1、 | chineseCounting （%2） | decimal %3.\n1 = 甲\n2 = 甲 start0=3"


@dataclass(slots=True)
class Outcomes:
    """What became of the copies; `strange` are those that broke the promise."""

    total: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    slowest: float = 0.0


def samples() -> list[bytes]:
    """Small files with every construct that is read."""
    from tests.test_word_read import ALL, file_of

    lists = docx("1/0 甲\n1/1 乙\n2/2 丙\n*标题 丁", _LISTS, '标题: <w:numPr><w:numId w:val="1"/></w:numPr>')
    return [lists, docx(f"/ {paragraph('字')}"), *(file_of(case) for case in ALL)]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to twenty faults: flipped, cut, doubled, moved or taken out."""
    copy = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        if not copy:
            break
        at, size = chance.randrange(len(copy)), chance.choice((1, 1, 1, 4, 40, 400))
        kind = chance.randrange(12)
        if kind < 7:
            copy[at] = chance.randrange(256)
        elif kind < 9:
            copy[at:at] = copy[at : at + size]
        elif kind < 11:
            del copy[at : at + size]
        else:
            del copy[at:]
    return bytes(copy)


def deeply_damaged(data: bytes, chance: random.Random) -> bytes:
    """The archive whole, one or two of its parts damaged."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, ValueError, KeyError, OSError, NotImplementedError):
        return damaged(data, chance)
    for name in chance.sample(sorted(files), min(len(files), chance.randint(1, 2))):
        files[name] = (
            swapped(bytes(files[name]), chance) if chance.random() < 0.7 else damaged(bytes(files[name]), chance)
        )
    return zipped(files)


def swapped(data: bytes, chance: random.Random) -> bytes:
    """A part with tags exchanged, doubled or dropped and values changed: mostly still well-formed in places."""
    pieces = data.split(b"<")
    for _ in range(chance.randint(1, 4)):
        one, two = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        kind = chance.randrange(4)
        if kind == 0:
            pieces[one], pieces[two] = pieces[two], pieces[one]
        elif kind == 1:
            pieces[one] = pieces[one].replace(b'"1"', chance.choice((b'"-1"', b'"99999999999"', b'""', b'"x"')))
        elif kind == 2:
            pieces[one] = pieces[one].replace(b"w:", chance.choice((b"m:", b"a:", b"mc:")))
        else:
            pieces.insert(one, pieces[two])
    return b"<".join(pieces)


def outcomes(files: list[bytes], count: int, chance: random.Random) -> Outcomes:
    """Reads `count` damaged copies."""
    found = Outcomes()
    for number in range(count):
        data = chance.choice(files)
        copy = (deeply_damaged if number % 2 else damaged)(data, chance)
        start = time.perf_counter()
        try:
            text = read_all(copy, "x.docx").text
            found.codes["text"] += 1
            if any("\n" in line.text for line in text):
                found.strange.append(f"{number}: a line end in a line")
        except DraftError as refused:
            found.codes[refused.diagnostics[0].code] += 1
            said = refused.diagnostics[0].line()
            if "\n" in said or UNFORESEEN in said:
                found.strange.append(f"{number}: {said} {refused.__cause__!r}")
        except Exception as fault:  # noqa: BLE001 - this is what is counted
            found.strange.append(f"{number}: {type(fault).__name__} {fault}")
        took = time.perf_counter() - start
        found.slowest = max(found.slowest, took)
        if took > SLOW:
            found.strange.append(f"{number}: {took:.1f} s")
        found.total += 1
    return found


if __name__ == "__main__":
    COUNT, SEED = (
        (int(word) for word in (*sys.argv[1:3], "2000", "1")[:2]) if len(sys.argv) < 3 else map(int, sys.argv[1:3])
    )
    FILES = samples() if len(sys.argv) < 4 else [p.read_bytes() for p in sorted(Path(sys.argv[3]).rglob("*.docx"))]
    RESULT = outcomes(FILES, COUNT, random.Random(SEED))
    print(f"{RESULT.total} copies: {dict(RESULT.codes)}; slowest {RESULT.slowest:.2f} s")
    print("\n".join(RESULT.strange[:20]) or "0 broke the promise")
    sys.exit(bool(RESULT.strange))
