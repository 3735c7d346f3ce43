r"""Markdown: signs that mean something are written with a backslash, except in code, where nothing does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scriptlint.fixing._writer import Writer
from scriptlint.model.document import Segment
from scriptlint.model.finding import Edit
from scriptlint.model.lazy import lazy_re

FORMATS = ("markdown",)
_SIGNS = lazy_re(r"([\\`*_\[\]<>|~])")
_FENCE = lazy_re(r"^ {0,3}(?:```|~~~)", re.MULTILINE)


def writer(source: str) -> Writer:
    """Writes edits with backslashes."""
    fences = [match.start() for match in _FENCE.finditer(source)]

    def write(segment: Segment, edits: Sequence[Edit]) -> Sequence[Edit]:  # noqa: ARG001
        return [
            edit if _in_code(source, fences, edit.span.start) else edit._replace(text=_SIGNS.sub(r"\\\1", edit.said))
            for edit in edits
        ]

    return write


def _in_code(source: str, fences: Sequence[int], place: int) -> bool:
    if sum(start <= place for start in fences) % 2:
        return True
    line = source.rfind("\n", 0, place) + 1
    return source.count("`", line, place) % 2 == 1
