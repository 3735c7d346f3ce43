"""Files that spare work and may vanish at any time: read if whole and ours, written whole or not at all.

A cache is never a reason to fail: what cannot be read is made anew, what cannot be written is not kept. Everything in
it is plain data read by ``marshal``, which makes no objects of ours and calls nothing; and since a crafted file could
still crash an interpreter, only files are read that belong to the user, in folders that nobody else can write to. A
checksum tells of damage.
"""

from __future__ import annotations

import marshal
import mmap
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

_MAGIC = b"scriptlint cache 2\n"
_SUM = 4
_LENGTH = 8
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


class Parts:
    """What one file holds: ``main``, and further parts that are read when they are asked for."""

    __slots__ = ("_bytes", "main")

    def __init__(self, main: Any, data: memoryview) -> None:
        self.main = main
        self._bytes = data

    def at(self, offset: int) -> Any:
        """The part that ``Writer.add`` gave this offset for."""
        return marshal.loads(self._bytes[offset:])


class Writer:
    """Collects the parts of a file."""

    def __init__(self) -> None:
        self._parts = bytearray()

    def add(self, part: Any) -> int:
        """Take a part and say where it is. Raises ValueError for what is no plain data."""
        offset = len(self._parts)
        self._parts += marshal.dumps(part)
        return offset

    def file(self, main: Any) -> bytes:
        """The file, with what is read first."""
        first = marshal.dumps(main)
        body = len(first).to_bytes(_LENGTH, "little") + first + self._parts
        return _MAGIC + crc32(body).to_bytes(_SUM, "little") + body


def stamp(folders: Sequence[str]) -> Iterator[bytes]:
    """Who works on scriptlint itself changes what it does without changing its version: a line for each module of
    these folders of the package, with its size and time."""
    package = Path(__file__).resolve().parent
    for name in folders:
        for entry in sorted(os.scandir(package / name), key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                state = entry.stat()
                yield f"{name}/{entry.name} {state.st_size} {state.st_mtime_ns}\n".encode()


def read(place: Path, name: str) -> Parts | None:
    """The data under a name, or None when there is none that is whole and ours."""
    try:
        if not _private(os.stat(place)):
            return None
        handle = os.open(place / name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            if not _private(os.fstat(handle)):
                return None
            # Most parts are never looked at, so nothing is copied. A file is replaced and never written to.
            data = mmap.mmap(handle, 0, access=mmap.ACCESS_READ)
        finally:
            os.close(handle)
    except (OSError, ValueError):
        return None
    start = len(_MAGIC) + _SUM
    if len(data) < start + _LENGTH or data[: len(_MAGIC)] != _MAGIC:
        return None
    body = memoryview(data)[start:]
    if crc32(body) != int.from_bytes(data[len(_MAGIC) : start], "little"):
        return None
    length = int.from_bytes(body[:_LENGTH], "little")
    try:
        main = marshal.loads(body[_LENGTH : _LENGTH + length])
    except (EOFError, ValueError, TypeError):
        return None
    return Parts(main, body[_LENGTH + length :])


def write(place: Path, name: str, data: bytes, keep: int | None) -> None:
    """Keep a file under a name, and of all files there the ``keep`` newest; with None all."""
    temporary: Path | None = None
    try:
        for made in (place.parent, place):
            os.makedirs(made, 0o700, exist_ok=True)
        if not _private(os.stat(place)):
            return
        temporary = place / f".{os.getpid()}-{time.time_ns()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(data)
        os.replace(temporary, place / name)
        temporary = None
        if keep is not None:
            _prune(place, keep)
    except (OSError, ValueError):
        return
    finally:
        if temporary is not None:
            _remove(str(temporary))


def prune(place: Path, keep: int) -> None:
    """Keep the newest files of a folder."""
    try:
        if len(os.listdir(place)) > keep:
            _prune(place, keep)
    except OSError:
        return


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
