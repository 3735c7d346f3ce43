"""``scriptlint review``: a copy of a file with the findings as comments in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from scriptlint import discover, reviewers, run
from scriptlint.cli import _io, _session
from scriptlint.model.document import ReadError
from scriptlint.model.finding import Finding, Problem
from scriptlint.model.report import exit_code
from scriptlint.model.rule import Level
from scriptlint.readers import RawFile
from scriptlint.reviewers import Marking, Remark
from scriptlint.run import Script

AUTHOR = "scriptlint"
INITIALS = "sl"

_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "error": "错误",
        "warning": "警告",
        "info": "提示",
        "basis": "依据：",
        "suggest": "建议：",
        "evasion": "（文字中有插入、隐藏或变形的字符）",
        "preview": "（试行规则）",
    },
    "en": {
        "error": "error",
        "warning": "warning",
        "info": "info",
        "basis": "Basis: ",
        "suggest": "Suggestion: ",
        "evasion": " (characters were inserted, hidden or altered in these words)",
        "preview": " (preview rule)",
    },
}


@click.command("review")
@click.argument("file")
@click.option("--output", "-o", "target", metavar="OUT", required=True, help="The copy to write.")
@click.option("--force", is_flag=True, help="Overwrite OUT if it exists.")
@_session.settings_options
@_session.context_options
@click.option(
    "--fail-level",
    type=click.Choice(["error", "warning", "info"]),
    help="Lowest level that makes the exit code 1; error by default.",
)
def command(file: str, target: str, force: bool, **options: Any) -> int:
    """Check FILE as `check` does and write a copy of it to OUT in which each open finding is a comment.

    The text, its look and the comments that are there stay as they are. FILE itself is never changed.
    """
    cwd = Path.cwd()
    path, out = cwd / file, cwd / target
    _usable(path, out, force=force)
    settings = _session.settings(options, cwd)
    ready = _session.with_ledger(_session.prepared(settings, options), options, cwd)
    shown = discover.shown_path(path, cwd)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.UsageError(f'cannot read "{shown}": {error.strerror}') from None
    script = Script(shown, data, path)
    examined = run.examine(script, ready)
    report = run.reported([examined], ready)
    _tell(report.problems)
    fail_level = Level[options["fail_level"].upper()] if options["fail_level"] else settings.fail_level
    code = exit_code(report, fail_level)
    if examined.document is None:
        return code
    remarks = [_remark(finding, settings.lang) for finding in report.open_findings()]
    raw = RawFile(shown, data, run.read_options(script, settings))
    # The clock is read here, at the edge, and nowhere else.
    marking = Marking(AUTHOR, INITIALS, datetime.now(UTC), settings.lang)
    try:
        copy = reviewers.annotate(raw, examined.document, remarks, marking)
    except ReadError as error:
        _tell([Problem(shown, error.message, error.hint)])
        return 3
    _io.write_bytes(out, copy.data)
    moved = f", {len(copy.elsewhere)} of them beside the place they name" if copy.elsewhere else ""
    _io.err(f"{len(remarks)} comments written to {discover.shown_path(out, cwd)}{moved}")
    return code


def _usable(path: Path, out: Path, *, force: bool) -> None:
    """Raise a usage error unless the copy may be written there."""
    suffix = path.suffix.lower()
    if suffix not in reviewers.suffixes():
        known = " ".join(reviewers.suffixes())
        raise click.UsageError(f"comments can be written into {known} files, not into {suffix or 'this kind of'} files")
    if out.suffix.lower() != suffix:
        raise click.UsageError(f'the copy of a {suffix} file must end in "{suffix}" too')
    if out.exists() and path.exists() and out.samefile(path):
        raise click.UsageError("OUT is FILE itself, which is never changed")
    if out.exists() and not force:
        raise click.UsageError(f'"{out.name}" exists already; --force overwrites it')


def _tell(problems: tuple[Problem, ...] | list[Problem]) -> None:
    for problem in problems:
        _io.err(f"{problem.place()}: {problem.message}" + (f" ({problem.hint})" if problem.hint else ""))


def _remark(finding: Finding, lang: str) -> Remark:
    lines = "\n".join(_lines(finding, lang))
    columns = (
        _WORDS[lang][finding.level.word],
        _said(finding.message, lang),
        "\n".join(clause.text() for clause in finding.basis),
        _said(finding.suggestion, lang),
    )
    return Remark(finding.span, finding.locator, finding.excerpt, lines, finding.level, finding.rule, columns)


def _lines(finding: Finding, lang: str) -> Iterator[str]:
    """What the comment says: level and rule, message, clauses, suggestion."""
    words = _WORDS[lang]
    yield f"{words[finding.level.word]} {finding.rule}"
    message = _said(finding.message, lang)
    yield message + (words["evasion"] if finding.evasion else "") + (words["preview"] if finding.preview else "")
    for clause in finding.basis:
        yield f"{words['basis']}{clause.text()}"
    suggestion = _said(finding.suggestion, lang)
    if suggestion:
        yield f"{words['suggest']}{suggestion}"


def _said(wording: Mapping[str, str], lang: str) -> str:
    return wording.get(lang) or wording.get("zh", "")
