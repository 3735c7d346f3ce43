"""Fixes on their way to the disk: the file as it was read is replaced whole, or a diff is made and nothing written."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from scriptlint import fixing, repair, run
from scriptlint.cli import _io
from scriptlint.engine import masked
from scriptlint.model.finding import Problem, Tier
from scriptlint.model.record import replace
from scriptlint.model.span import Span
from scriptlint.repair import Repaired
from scriptlint.run import Examined, Script, Setup


class Fixer:
    """Examines files, fixes them and remembers what it did. ``write`` is False for a diff."""

    def __init__(self, tiers: Sequence[Tier], *, write: bool, stdin: bool = False) -> None:
        self.tiers = tiers
        self.write = write
        self.stdin = stdin
        """True for a text that came from standard input and goes to standard output."""
        self.diffs: list[str] = []
        self.fixed = 0
        self.files = 0
        self.out = b""

    def look(self, script: Script, setup: Setup) -> Examined:
        """Check a file and fix it where it lies. Gives what is known of the file as it is then."""
        before = run.examine(script, setup)
        done = repair.repair(script, setup, before, self.tiers)
        notes = tuple(self._notes(before, done))
        self.out = done.script.data
        if done.applied and self.write and not self.stdin and script.path is not None:
            problem = written(script.path, script, done.script.data)
            if problem is not None:
                return replace(before, problems=(*before.problems, problem))
        self.fixed += len(done.applied)
        self.files += bool(done.applied)
        if done.applied and not self.write:
            self.diffs.append(_diff(before, done.examined))
        kept = done.examined if self.write else before
        return replace(kept, problems=(*kept.problems, *notes))

    def summary(self) -> str:
        """What was done, in a line."""
        verb = "fixed" if self.write else "would be fixed"
        return f"{self.fixed} findings {verb} in {self.files} files"

    def _notes(self, before: Examined, done: Repaired) -> Iterator[Problem]:
        shown = before.record.path
        for refused in done.refused:
            finding = refused.finding
            place = finding.start if finding.span else None
            yield Problem(shown, f"{finding.rule} is not fixed: {refused.reason}", position=place, severity="note")
        document = before.document
        found = [finding for finding in before.findings if finding.status.state == "open"]
        if document is not None and found and not fixing.fixable(document.format):
            yield Problem(
                shown,
                f"fixes are written into text files only, so nothing in this {document.format} file was changed",
                "`scriptlint review FILE -o COPY` writes the findings into a copy of Word and Excel files",
                severity="note",
            )


def written(path: Path, script: Script, data: bytes) -> Problem | None:
    """Replace a file by its fixed text; the problem if that cannot be done, in which case it is as it was."""
    target = Path(os.path.realpath(path))  # a link stays a link
    try:
        if target.read_bytes() != script.data:
            return Problem(
                script.shown, "this file changed while it was checked, so no fix was written", "run it again"
            )
    except OSError as error:
        return Problem(script.shown, f"cannot read this file again, so no fix was written: {error.strerror}")
    if not os.access(target, os.W_OK):
        return Problem(script.shown, "this file may not be written, so no fix was made", severity="usage")
    try:
        _io.write_bytes(target, data)
    except click.UsageError as error:
        return Problem(script.shown, error.message, severity="usage")
    return None


def _diff(before: Examined, after: Examined) -> str:
    """A unified diff in which personal data is struck out on both sides: a diff is kept and sent around, too."""
    assert before.document is not None
    assert after.document is not None
    path = before.record.path
    lines = difflib.unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(examined: Examined) -> list[str]:
    assert examined.document is not None
    source = examined.document.source
    shown = masked(source, Span(0, len(source)), examined.private)
    # Not splitlines: a form feed is no line end here.
    return re.findall(r"[^\n]*\n|[^\n]+", shown.replace("\r\n", "\n").replace("\r", "\n"))
