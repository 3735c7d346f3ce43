"""Words that a script may write on a page: string literals that hold Han characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scriptlint.model.lazy import lazy_re

_TOKEN = lazy_re(
    r"//[^\n]*|/\*.*?\*/"
    r"|\"(?P<double>(?:[^\"\\\n]|\\.)*)\""
    r"|'(?P<single>(?:[^'\\\n]|\\.)*)'"
    r"|`(?P<template>(?:[^`\\]|\\.)*)`",
    re.DOTALL,
)
_HAN = lazy_re("[\u3400-\u9fff]")
_MOST = 5_000


def strings(program: str) -> Iterator[tuple[int, int]]:
    """The places of the literals in a script, without their quotation marks. Comments hold none."""
    if not _HAN.search(program):
        return
    count = 0
    for match in _TOKEN.finditer(program):
        group = match.lastgroup
        if group and _HAN.search(match[group]):
            count += 1
            if count > _MOST:
                return
            yield match.span(group)
