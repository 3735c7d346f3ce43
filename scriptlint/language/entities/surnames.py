"""Surnames, and the ordinary words of financial text that begin with one."""

from __future__ import annotations

from pathlib import Path

_SINGLE, _DOUBLE, _ORDINARY = (
    Path(__file__).parents[1].joinpath("data", "names.txt").read_text(encoding="utf-8").split("\n")[:3]
)
SINGLE = _SINGLE
DOUBLE = tuple(_DOUBLE.split())
ORDINARY_WORDS = frozenset(_ORDINARY.split())
"""First two characters of words; a name never begins like that unless it has a double surname."""
