"""The largest hostile .docx the caps allow, each in a process of its own: python -m benchmarks.docx_bombs.

Prints seconds of processor time and the peak of memory; exit code 1 above 512 MB or 10 s (5 s on an idle machine).
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

from drafter.diagnostic import DraftError
from drafter.word.read import read_all
from tests.test_word_hostile import BOMBS


def one(name: str) -> int:
    """Reads one bomb here."""
    data = BOMBS[name](999_000)
    start = time.process_time()
    try:
        said = f"{len(read_all(data, 'a.docx').text)} lines"
    except DraftError as refused:
        said = refused.diagnostics[0].code
    took, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}: {said}, {took:.1f} s, {peak} MB with the making of it", flush=True)
    return int(took > 10 or peak > 512)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(one(sys.argv[1]))
    RUNS = [
        subprocess.run([sys.executable, "-X", "utf8", "-m", "benchmarks.docx_bombs", n], check=False) for n in BOMBS
    ]
    sys.exit(any(run.returncode for run in RUNS))
