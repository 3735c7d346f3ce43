"""Printing: colours, consoles that lack characters, pipes that close, files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

import click


def prepare() -> None:
    """Make the standard streams print a stand-in for characters they lack (an emoji on a GBK console)."""
    for stream in (sys.stdout, sys.stderr):
        # Even UTF-8 lacks one thing: bytes in the name of a file that are no character.
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):
                stream.reconfigure(errors="backslashreplace")


def out(text: str, *, data: bool = False) -> None:
    """Print a result. ``data`` is for JSON: what the console lacks is written as a JSON escape.

    A reader that went away (``| head``) is no mistake: the rest is dropped and the run ends as it should.
    """
    if not text:
        return
    stream = sys.stdout
    if stream is None:  # started with standard output closed
        return
    if data and not _is_unicode(stream):
        text = _json_escaped(text, stream.encoding or "ascii")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _discard(stream)
    except OSError as error:
        _discard(stream)
        # Windows tells of a closed pipe by EINVAL.
        if sys.platform != "win32" or error.errno != errno.EINVAL:
            raise click.UsageError(f"cannot print the report: {error.strerror}") from None


def out_bytes(data: bytes) -> None:
    """Print a file as it is, in its own encoding."""
    stream = sys.stdout
    if stream is None:
        return
    try:
        stream.flush()
        stream.buffer.write(data)
        stream.flush()
    except BrokenPipeError:
        _discard(stream)
    except OSError as error:
        _discard(stream)
        raise click.UsageError(f"cannot print the text: {error.strerror}") from None


def err(text: str) -> None:
    """Print a line for the person at the keyboard."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def finish() -> None:
    """Empty the buffers while a closed pipe can still be told from a failure."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            _discard(stream)
        except ValueError:
            pass  # closed already


def colour(choice: str, environ: Mapping[str, str]) -> bool:
    """Whether to colour: the flag, then NO_COLOR, then FORCE_COLOR, then whether a person is looking."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") != "0":
        return True
    return sys.stdout is not None and sys.stdout.isatty() and environ.get("TERM") != "dumb"


def write_file(path: Path, text: str) -> None:
    """Write a text in UTF-8, whole or not at all. Raises a usage error that says why it cannot be written."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. Raises a usage error that says why it cannot be written."""
    import tempfile

    folder = path.parent
    if not folder.is_dir():
        raise click.UsageError(f'cannot write "{path}": there is no folder "{folder}"')
    if path.is_dir():
        raise click.UsageError(f'cannot write "{path}": it is a folder')
    temporary: str | None = None
    try:
        if path.exists() and not path.is_file():  # a device or a pipe has no other content to protect
            path.write_bytes(data)
            return
        handle, temporary = tempfile.mkstemp(dir=folder, prefix=".scriptlint-")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise click.UsageError(f'cannot write "{path}": {error.strerror}') from None


def _mode(path: Path) -> int:
    """The permissions the file has, or those a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _discard(stream: TextIO) -> None:
    """Send what is still in the buffer nowhere, so that closing the stream does not fail as well."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def _is_unicode(stream: TextIO) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return encoding.lower().replace("_", "-").startswith("utf")


def _json_escaped(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_escaped(char, encoding) for char in text)
    return text


def _escaped(char: str, encoding: str) -> str:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        units = char.encode("utf-16-be", "surrogatepass")
        return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
    return char
