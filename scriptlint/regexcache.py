"""Compiled regular expressions kept from run to run. They come from our modules and from rules, never from a text."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from scriptlint import __version__, cachefiles
from scriptlint.model.regexes import REGEXES, version

_KEPT = 4
_FOLDER = "regexes"


def _name() -> str:
    made_by = version()
    return sha256(f"1 {__version__} {made_by}".encode()).hexdigest()[:32] if made_by else ""


def load(folder: Path) -> None:
    """Use what earlier runs compiled."""
    name = _name()
    parts = cachefiles.read(folder / _FOLDER, name) if name else None
    if parts is not None and isinstance(parts.main, dict):
        REGEXES.use(parts.main, parts.at)


def save(folder: Path) -> None:
    """Keep what this run had to compile, beside what was kept before."""
    name = _name()
    if not REGEXES.new or not name:
        return
    writer = cachefiles.Writer()
    places = {key: writer.add(code) for key, code in REGEXES.kept().items()}
    cachefiles.write(folder / _FOLDER, name, writer.file(places), _KEPT)
