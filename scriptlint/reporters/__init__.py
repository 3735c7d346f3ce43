"""Reporters turn a report into a string. One module an output format, named as on the command line.

A reporter only formats: it filters nothing, reads no file and has no say in the exit code. A module may say what its
output is by ``KIND``: ``text`` for people at a console, ``json``, ``binary`` (then ``render`` gives bytes, and it needs
a file), or ``data``, which is the default. ``NEEDS_TEXT`` is True for one that shows the texts themselves, ``NEEDS``
names a library that may be missing and the extra that brings it.
"""

from __future__ import annotations

from typing import Any

from scriptlint import registry
from scriptlint.model.report import Report
from scriptlint.reporters._options import PLAIN, Options

__all__ = ["PLAIN", "Options", "encode", "kind", "missing", "names", "needs_text", "render", "schema"]


def names() -> tuple[str, ...]:
    """The output formats there are."""
    return registry.names(__name__)


def kind(name: str) -> str:
    """What a format's output is: ``text``, ``json``, ``data`` or ``binary``."""
    return str(getattr(registry.load(__name__, name), "KIND", "data"))


def needs_text(name: str) -> bool:
    """True for a format that shows the texts themselves, which a report holds only when asked to."""
    return bool(getattr(registry.load(__name__, name), "NEEDS_TEXT", False))


def missing(name: str) -> str:
    """What keeps a format from being written here, and the cure; empty when nothing does."""
    library, extra = getattr(registry.load(__name__, name), "NEEDS", ("", ""))
    if not library:
        return ""
    from importlib.util import find_spec

    if find_spec(library) is not None:
        return ""
    return f'{name} needs the library {library}, which is not installed: pip install "scriptlint[{extra}]"'


def render(report: Report, name: str, options: Options = PLAIN) -> str:
    """The report in an output format. Raises KeyError for a format that does not exist."""
    result = registry.load(__name__, name).render(report, options)
    return str(result) if isinstance(result, str) else bytes(result).decode("utf-8")


def encode(report: Report, name: str, options: Options = PLAIN) -> bytes:
    """The report as it stands in a file. Raises KeyError for a format that does not exist."""
    result: str | bytes = registry.load(__name__, name).render(report, options)
    # Half a character can stand in the name of a file only; JSON has the same escape for it.
    return result if isinstance(result, bytes) else result.encode("utf-8", "backslashreplace")


def schema(what: str) -> dict[str, Any]:
    """The JSON Schema of a ``report`` in JSON, or of a ``report-line`` of JSON Lines."""
    from scriptlint.reporters import _schema

    return _schema.report_schema() if what == "report" else _schema.line_schema()
