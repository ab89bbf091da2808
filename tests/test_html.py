"""The page of HTML: the paper as browsers show it, every figure with its source, nothing that a fact can break."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from io import BytesIO
from types import MappingProxyType
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from drafter import chain, layout, text
from drafter.document import AT_MEETING, Attachment, Document
from drafter.layout.model import Layout
from drafter.outline import EMPTY, Image, Outline, Paragraph, Section
from drafter.page import write
from drafter.project import Project
from drafter.source import Line, Mark, Origin, Span, typed
from drafter.style import parse
from drafter.text import official
from drafter.typeset.sheet import Picture
from drafter.unseen import legal
from drafter.word import write as word_write
from tests.case_files import CASES, Case, accept, load
from tests.page_reader import Node, blocks, figures, headings, read, told
from tests.project_files import ROOT, drafted, make
from tests.test_laws import ANY, REPORTS
from tests.test_laws import read as outline_of

PLAIN = layout.named("总结")
NAMES = ("总结", "公文", "函", "纪要", "命令")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALL = load(CASES / "page")
