"""Compiled regular expressions by what was written, so that they can be kept from run to run.

Python compiles an expression with Chinese sets in a millisecond, and a text of a page calls for two hundred. What the
compiler gives is a list of numbers that the engine checks before it takes it. How to come by it and how to give it back
is no public part of Python: where something is not as expected, ``re.compile`` does it as ever.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Callable, Mapping
from typing import Any

Code = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, numbers, count of groups, groups by name, names by group."""
Kept = Mapping[str, int]
_TYPE = "I"
"""Numbers of the engine are of four bytes."""


class Regexes:
    """Expressions of this process: those that an earlier one compiled, and those that are new."""

    def __init__(self) -> None:
        self._kept: Kept = {}
        self._at: Callable[[int], Any] | None = None
        self.new: dict[str, Code] = {}

    def use(self, kept: Kept, at: Callable[[int], Any]) -> None:
        """Take what was kept: places by key, and what gives the code in a place."""
        self._kept, self._at = kept, at

    def kept(self) -> dict[str, Code]:
        """Everything worth keeping."""
        return {**{key: self._at(place) for key, place in self._kept.items()}, **self.new} if self._at else self.new

    def compile(self, source: str, flags: int = 0) -> re.Pattern[str]:
        """As ``re.compile``."""
        key = f"{int(flags)} {source}"
        place = self._kept.get(key)
        if place is not None and self._at is not None:
            try:
                return _given(source, self._at(place))
            except (ImportError, AttributeError, TypeError, ValueError, RuntimeError, OverflowError):
                self._kept = {}
        pattern, code = _compiled(source, flags)
        if code is not None:
            self.new[key] = code
        return pattern


REGEXES = Regexes()
"""As in ``re`` itself, what is compiled is known to the whole process: it depends on nothing but what is written."""


def version() -> str:
    """What the codes depend on."""
    try:
        from _sre import CODESIZE, MAGIC  # type: ignore[import-not-found]
    except ImportError:
        return ""
    return f"{sys.version} {MAGIC} {CODESIZE}" if array(_TYPE).itemsize == CODESIZE else ""


def _given(source: str, code: Code) -> re.Pattern[str]:
    import _sre

    flags, numbers, groups, by_name, names = code
    pattern: re.Pattern[str] = _sre.compile(source, flags, array(_TYPE, numbers).tolist(), groups, by_name, names)
    return pattern


def _compiled(source: str, flags: int) -> tuple[re.Pattern[str], Code | None]:
    """A compiled expression, and its code where that can be had: the same steps as in ``re``."""
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]

        tree = _parser.parse(source, flags)
        numbers = _compiler._code(tree, flags)
        state = tree.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        all_flags = int(flags) | int(state.flags)
        code = (all_flags, array(_TYPE, numbers).tobytes(), state.groups - 1, dict(state.groupdict), tuple(names))
        return _given(source, code), code
    except re.error:
        raise
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError, OverflowError):
        return re.compile(source, flags), None
