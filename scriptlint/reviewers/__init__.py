"""Reviewers write remarks into a copy of a file, as the comments that people of its format know.

One module a format, picked by suffix. A reviewer module states ``SUFFIXES`` and

    annotate(raw: RawFile, document: Document, remarks: Sequence[Remark], marking: Marking) -> Annotated

It changes nothing but comments: text, looks and everything else stay as they are, and so do comments that are
there already. ``document`` is what the reader made of ``raw``; spans of remarks count in its ``source``. A reviewer
may use the helpers of the readers to carry a span back into the file. It raises ReadError when it cannot write into
this file at all, with a hint what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import ModuleType
from typing import cast

from scriptlint import registry
from scriptlint.model.document import Document, ReadError
from scriptlint.model.record import dataclass
from scriptlint.model.rule import Level
from scriptlint.model.span import Span
from scriptlint.readers import RawFile

__all__ = ["Annotated", "Marking", "Remark", "annotate", "formats", "suffixes"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding as a comment. Personal data is already masked in every text."""

    span: Span | None
    """The words it is about, in ``Document.source``; None for a remark about the whole file."""
    locator: str
    """The place as people of the format name it (``header 1``, ``话术!B2``); empty for the whole file."""
    excerpt: str
    text: str
    """What the comment says, in the language that was asked for; several lines, parted by LF."""
    level: Level
    rule: str = ""
    columns: tuple[str, str, str, str] = ("", "", "", "")
    """The same as ``text`` for a list of all findings: level in words, message, clauses, suggestion."""


@dataclass(frozen=True, slots=True)
class Marking:
    """What all comments of one copy have in common."""

    author: str
    initials: str
    written: datetime
    """When; with a time zone. The clock is read by the caller."""
    lang: str
    """``zh`` or ``en``, for what a reviewer has to add itself (where a remark belongs that cannot stand there)."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """The copy, and the remarks that could not stand at their words and say so in their text."""

    data: bytes
    elsewhere: tuple[Remark, ...] = ()


def annotate(raw: RawFile, document: Document, remarks: Sequence[Remark], marking: Marking) -> Annotated:
    """The bytes of a copy of ``raw`` with the remarks as comments.

    Raises ReadError for a format nobody can write comments into, or a file that cannot be written.
    """
    for name in formats():
        module: ModuleType = registry.load(__name__, name)
        if raw.suffix in module.SUFFIXES:
            return cast(Annotated, module.annotate(raw, document, remarks, marking))
    raise ReadError(
        f"comments cannot be written into {raw.suffix or 'this kind of'} files",
        hint=f"review takes {' '.join(suffixes())}; for others use check with --format",
    )


def formats() -> tuple[str, ...]:
    """The names of all reviewers."""
    return registry.names(__name__)


def suffixes() -> tuple[str, ...]:
    """Every suffix some reviewer can write, sorted."""
    return tuple(sorted({suffix for name in formats() for suffix in registry.load(__name__, name).SUFFIXES}))
