"""Files that spare work and may vanish at any time: read if whole and ours, written whole or not at all.

A cache is never a reason to fail: what cannot be read is made anew, what cannot be written is not kept. Everything in
it is plain data read by ``marshal``, which makes no objects and calls nothing; and since a crafted file could still
crash an interpreter, only files are read that belong to the user, in folders that nobody else can write to, and whose
digest is right.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

_MAGIC = b"scriptlint cache 1\n"
_DIGEST = 32
VARIABLE = "SCRIPTLINT_CACHE_DIR"


def folder(environ: Mapping[str, str]) -> Path | None:
    """Where the cache of this user is: the one place that decides it. None where there is no home."""
    named = environ.get(VARIABLE)
    if named:
        return Path(named)
    if sys.platform == "win32":
        base = environ.get("LOCALAPPDATA")
        return Path(base, "scriptlint", "Cache") if base else None
    home = environ.get("HOME")
    if sys.platform == "darwin":
        return Path(home, "Library", "Caches", "scriptlint") if home else None
    # The specification has relative values of the variable ignored.
    base = environ.get("XDG_CACHE_HOME", "")
    if base.startswith("/"):
        return Path(base, "scriptlint")
    return Path(home, ".cache", "scriptlint") if home else None


def read(place: Path, name: str) -> object | None:
    """The data under a name, or None when there is none that is whole and ours."""
    try:
        if not _private(os.stat(place)):
            return None
        handle = os.open(place / name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            state = os.fstat(handle)
            data = os.read(handle, state.st_size) if _private(state) else b""
        finally:
            os.close(handle)
    except (OSError, ValueError):
        return None
    start = len(_MAGIC) + _DIGEST
    if len(data) < start or not data.startswith(_MAGIC):
        return None
    body = memoryview(data)[start:]
    if sha256(body).digest() != data[len(_MAGIC) : start]:
        return None
    try:
        loaded: object = marshal.loads(body)
    except (EOFError, ValueError, TypeError):
        return None
    return loaded


def write(place: Path, name: str, data: Any, keep: int) -> None:
    """Keep data under a name, and of all files there the ``keep`` newest."""
    temporary: Path | None = None
    try:
        body = marshal.dumps(data)
        for made in (place.parent, place):
            os.makedirs(made, 0o700, exist_ok=True)
        if not _private(os.stat(place)):
            return
        temporary = place / f".{os.getpid()}-{time.time_ns()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(_MAGIC + sha256(body).digest())
            file.write(body)
        os.replace(temporary, place / name)
        temporary = None
        _prune(place, keep)
    except (OSError, ValueError):
        return
    finally:
        if temporary is not None:
            _remove(str(temporary))


def _private(state: os.stat_result) -> bool:
    """True for what belongs to the user and nobody else may write to."""
    if sys.platform == "win32":  # a profile is closed to others, and the numbers mean nothing
        return True
    return state.st_uid == os.getuid() and not state.st_mode & 0o022


def _prune(place: Path, keep: int) -> None:
    with os.scandir(place) as entries:
        files = sorted(((entry.stat().st_mtime, entry.path) for entry in entries), reverse=True)
    for _, path in files[keep:]:
        _remove(path)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return  # another run was quicker
