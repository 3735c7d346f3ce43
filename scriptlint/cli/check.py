"""``scriptlint check``: lint files, folders or standard input."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from scriptlint import reporters, run
from scriptlint.cli import _io, _session
from scriptlint.model.report import Report, exit_code
from scriptlint.model.rule import Level
from scriptlint.run import Script, Setup

STDIN = "-"


@click.command("check")
@click.argument("paths", nargs=-1)
@_session.settings_options
@_session.context_options
@click.option("--format", type=click.Choice(reporters.names()), help="Form of the report; text by default.")
@click.option("--output", "-o", metavar="FILE", help="Write the report to a file.")
@click.option(
    "--fail-level",
    type=click.Choice(["error", "warning", "info"]),
    help="Lowest level that makes the exit code 1; error by default.",
)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour the text.")
@click.option("--statistics", is_flag=True, help="Count findings by family and rule.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings and problems only, nothing when there are none.")
@click.option("--show-suppressed", is_flag=True, help="Show findings that a comment silences, with the reason.")
@click.option("--exit-zero", is_flag=True, help="End with 0 whatever is found; not when something is unread.")
@click.option("--stdin-filename", metavar="NAME", help="Name that standard input is read and reported under.")
@click.option("--force-exclude", is_flag=True, help="Let `exclude` globs leave out files named on the command line.")
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Check PATHS (files or folders, "." by default, "-" for standard input).

    Files named one by one are read whatever their suffix; folders are searched for the formats it knows.
    """
    cwd = Path.cwd()
    if options["stdin_filename"] and paths != (STDIN,):
        raise click.UsageError('--stdin-filename goes with "-" as the only path')
    settings = _session.settings(options, cwd)
    ready = _session.prepared(settings, options)
    fail_level = Level[options["fail_level"].upper()] if options["fail_level"] else settings.fail_level
    report = _report(paths or (".",), ready, options, cwd)
    _show(report, settings.format, options)
    code = exit_code(report, fail_level)
    return 0 if options["exit_zero"] and code == 1 else code


def _report(paths: tuple[str, ...], ready: Setup, options: dict[str, Any], cwd: Path) -> Report:
    if STDIN in paths:
        if paths != (STDIN,):
            raise click.UsageError('"-" cannot be mixed with other paths')
        name = options["stdin_filename"]
        data = sys.stdin.buffer.read()
        return run.check_scripts([Script(name or "<stdin>", data, cwd / name if name else None)], ready)
    return run.check([Path(path) for path in paths], ready, cwd, named_too=options["force_exclude"])


def _show(report: Report, form: str, options: dict[str, Any]) -> None:
    target = options["output"]
    plain_file = target is not None and options["color"] != "always"
    shown = reporters.Options(
        colour=not plain_file and _io.colour(options["color"], os.environ),
        statistics=options["statistics"],
        quiet=options["quiet"],
        silenced=options["show_suppressed"],
    )
    text = reporters.render(report, form, shown)
    if target is None:
        _io.out(text, data=form != "text")
        return
    _io.write_file(Path(target), text)
    # Who reads the screen should not take a written report for a clean one.
    for problem in report.problems:
        if problem.severity != "note":
            _io.err(f"{problem.place()}: {problem.message}")
    if not options["quiet"]:
        found = sum(1 for _ in report.open_findings())
        _io.err(f"{found} findings in {len(report.files)} files written to {target}")
