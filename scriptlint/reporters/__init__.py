"""Reporters turn a report into a string. One module an output format, named as on the command line.

A reporter only formats: it filters nothing, reads no file and has no say in the exit code. A module may say what its
output is by ``KIND``: ``text`` for people at a console, ``json``, ``binary`` (then ``render`` gives bytes, and it needs
a file), or ``data``, which is the default.
"""

from __future__ import annotations

from scriptlint import registry
from scriptlint.model.report import Report
from scriptlint.reporters._options import PLAIN, Options

__all__ = ["PLAIN", "Options", "encode", "kind", "names", "render"]


def names() -> tuple[str, ...]:
    """The output formats there are."""
    return registry.names(__name__)


def kind(name: str) -> str:
    """What a format's output is: ``text``, ``json``, ``data`` or ``binary``."""
    return str(getattr(registry.load(__name__, name), "KIND", "data"))


def render(report: Report, name: str, options: Options = PLAIN) -> str:
    """The report in an output format. Raises KeyError for a format that does not exist."""
    result = registry.load(__name__, name).render(report, options)
    return str(result) if isinstance(result, str) else bytes(result).decode("utf-8")


def encode(report: Report, name: str, options: Options = PLAIN) -> bytes:
    """The report as it stands in a file. Raises KeyError for a format that does not exist."""
    result: str | bytes = registry.load(__name__, name).render(report, options)
    return result if isinstance(result, bytes) else result.encode("utf-8")
