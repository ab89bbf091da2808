"""Ink on a page: where colours lie, in millimetres, from the pixels of a PDF's page."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.docx_check import need

DPI = 254
"""Ten pixels are a millimetre."""
MM = DPI / 25.4


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of pixels with ink in one colour, without a gap: edges in mm from the upper left corner of the paper."""

    top: float
    bottom: float
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


def pdf_of(data: bytes, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a .docx, official fonts replaced by free ones (fonts.conf)."""
    for tool in ("soffice", "pdftoppm"):
        need(shutil.which(tool), f"{tool} is not installed")
    fonts = {"FONTCONFIG_FILE": str(Path(__file__).with_name("fonts.conf"))}
    source = folder / "a.docx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, env=os.environ | fonts, capture_output=True, check=True, timeout=100)
    return folder / "a.pdf"


def bands(pdf: Path, page: int, *, red: bool) -> list[Band]:
    """The bands of red (else black) ink on a page, from above."""
    command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), str(pdf)]
    data = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
    _, size, _, pixels = data.split(b"\n", 3)
    width, height = map(int, size.split())
    found: list[list[int]] = []
    for y in range(height):
        row = pixels[y * width * 3 : (y + 1) * width * 3]
        reds, greens = row[0::3], row[1::3]
        if red:
            marked = [x for x, (r, g) in enumerate(zip(reds, greens, strict=True)) if r > 200 and g < 128]
        else:
            marked = [x for x, (r, g) in enumerate(zip(reds, greens, strict=True)) if r < 128 and g < 128]
        if not marked:
            continue
        if found and found[-1][1] == y:
            last = found[-1]
            last[1], last[2], last[3] = y + 1, min(last[2], marked[0]), max(last[3], marked[-1] + 1)
        else:
            found.append([y, y + 1, marked[0], marked[-1] + 1])
    return [Band(*(edge / MM for edge in one)) for one in found]
