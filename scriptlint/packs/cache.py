"""Compiled packs kept from run to run, under a digest of every file they were made of and of what made them."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from scriptlint import __version__, cachefiles
from scriptlint.packs.loaded import Loaded

_FORMAT = 3
_KEPT = 8
"""Compiled packs that are kept: those of a few projects with rules of their own, and of the last changes to them."""
_MAKERS = ("", "language", "model", "packs", "verbs")
"""Folders of the modules that decide what compiled packs hold."""


def key(dirs: Sequence[Path]) -> str | None:
    """The name of what these folders compile to; None when not all of it can be read.

    It depends on what the files hold and not on when they were written, nor on the day, nor on where the folders are.
    """
    digest = sha256(repr((_FORMAT, __version__, sys.implementation.cache_tag, marshal.version)).encode())
    try:
        for line in cachefiles.stamp(_MAKERS):
            digest.update(line)
        for folder in dirs:
            for pack in sorted(os.scandir(folder), key=_name):
                if not pack.name.startswith((".", "_")) and pack.is_dir():
                    for shown, path in _files(pack.path, f"{folder.name}/{pack.name}"):
                        data = _bytes(path)
                        digest.update(f"\n{shown} {len(data)}\n".encode("utf-8", "surrogateescape"))
                        digest.update(data)
            digest.update(b"\n/\n")
    except OSError:
        return None
    return digest.hexdigest()[:32]


def _files(folder: str, shown: str, depth: int = 0) -> Iterable[tuple[str, str]]:
    for entry in sorted(os.scandir(folder), key=_name):
        if entry.is_dir():
            if depth < 1:
                yield from _files(entry.path, f"{shown}/{entry.name}", depth + 1)
        else:
            yield f"{shown}/{entry.name}", entry.path


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _bytes(path: str) -> bytes:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(handle, os.fstat(handle).st_size + 1)
    finally:
        os.close(handle)
    return data


def read(folder: Path, name: str) -> Loaded | None:
    """The compiled packs of that name, or None when there are none that can be used."""
    stored = cachefiles.read(folder / "packs", name)
    if stored is None or not isinstance(stored.main, dict):
        return None
    from scriptlint.packs import thawing

    try:
        return thawing.loaded(stored)
    except (KeyError, TypeError, ValueError, IndexError):
        return None


def write(folder: Path, name: str, frozen: bytes) -> None:
    """Keep compiled packs under a name, if that is possible."""
    cachefiles.write(folder / "packs", name, frozen, _KEPT)
