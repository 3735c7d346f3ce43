"""Reporters turn a report into a string. One module an output format, named as on the command line.

A reporter only formats: it filters nothing, reads no file and has no say in the exit code.
"""

from __future__ import annotations

from typing import cast

from scriptlint import registry
from scriptlint.model.report import Report
from scriptlint.reporters._options import PLAIN, Options

__all__ = ["PLAIN", "Options", "names", "render"]


def names() -> tuple[str, ...]:
    """The output formats there are."""
    return registry.names(__name__)


def render(report: Report, name: str, options: Options = PLAIN) -> str:
    """The report in an output format. Raises KeyError for a format that does not exist."""
    return cast(str, registry.load(__name__, name).render(report, options))
