"""Opens a PDF, hears what pypdf complains of, and says which part of a page is shown."""

from __future__ import annotations

import io
import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject

from scriptlint.model.document import ReadError
from scriptlint.model.lazy import lazy_re
from scriptlint.readers._pdfdrawn import Box, Matrix

DAMAGE = (
    PyPdfError,
    DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What damaged files make pypdf raise; recursion without end is a RuntimeError."""

_MOST_COMPLAINTS = 100
_LOST = lazy_re(
    "decompress|not implemented|might be truncated|seems truncated|EOF marker not found|Page contents|broken line"
    "|EOD|ignoring the stream|Invalid stream|Expected StreamObject|resources are not"
)
"""Complaints that mean lost text. The others are of things put right."""


class Log(logging.Handler):
    """Keeps what pypdf complains of, for it passes over damage where it can."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = " ".join(record.getMessage().split())
        if len(self._said) < _MOST_COMPLAINTS and _LOST.search(message):
            self._said.append(message[:120])

    def taken(self) -> str:
        """The first complaint since the last time that means lost text; empty when there is none."""
        said, self._said = self._said, []
        return said[0] if said else ""


@contextmanager
def listening() -> Iterator[Log]:
    """Hears the complaints of pypdf, which would else go to the terminal."""
    logger = logging.getLogger("pypdf")
    log = Log()
    before = logger.propagate
    logger.propagate = False
    logger.addHandler(log)
    try:
        yield log
    finally:
        logger.removeHandler(log)
        logger.propagate = before


def opened(data: bytes) -> PdfReader:
    """The file, decrypted where no password is needed. Raises ReadError when it cannot be opened."""
    if b"%PDF-" not in data[:1024]:
        what = "this file is empty" if not data.strip() else "this is not a PDF"
        raise ReadError(what, hint="export it again, or give the file its right suffix")
    try:
        file = PdfReader(io.BytesIO(data))
        if file.is_encrypted and not file.decrypt(""):
            raise ReadError("this PDF is encrypted", hint="remove the password and save it again")
        _ = file.root_object
    except DependencyError as error:
        raise ReadError(
            "this PDF is encrypted (AES)",
            hint="remove the protection and save it again, or install the library cryptography",
        ) from error
    except DAMAGE as error:
        raise damaged(error) from error
    return file


def damaged(error: Exception) -> ReadError:
    """The error for a file of which nothing can be read."""
    return ReadError(f"this PDF is damaged: {short(error)}", hint="open it and save or print it as PDF anew")


def short(error: Exception) -> str:
    """What went wrong, in one short line."""
    words = " ".join(str(error).split())[:120]
    return words or type(error).__name__


def view(page: PageObject) -> tuple[Box, Matrix]:
    """The part of a page that is shown, turned upright, and the matrix that turns it."""
    box = page.cropbox
    left, bottom, right, top = (float(side) for side in (box.left, box.bottom, box.right, box.top))
    left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
    width, height = right - left, top - bottom
    turn = int(page.rotation or 0) % 360
    if turn == 90:
        return (0.0, 0.0, height, width), (0.0, -1.0, 1.0, 0.0, -bottom, right)
    if turn == 180:
        return (0.0, 0.0, width, height), (-1.0, 0.0, 0.0, -1.0, right, top)
    if turn == 270:
        return (0.0, 0.0, height, width), (0.0, 1.0, -1.0, 0.0, top, -left)
    return (left, bottom, right, top), (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def inherited(page: DictionaryObject, key: str) -> Any:
    """An entry of a page, or of the groups of pages it stands in."""
    node: Any = page
    for _ in range(50):
        if not isinstance(node, DictionaryObject):
            return None
        if key in node:
            return node[key].get_object()
        node = node["/Parent"].get_object() if "/Parent" in node else None
    return None
