"""``scriptlint check``: lint files, folders or standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scriptlint import reporters, run
from scriptlint.cli import _io, _outputs, _session
from scriptlint.cli._outputs import Target
from scriptlint.cli._progress import Progress
from scriptlint.discover import FoundFile
from scriptlint.model.finding import Tier
from scriptlint.model.record import replace
from scriptlint.model.report import Report, exit_code
from scriptlint.model.rule import Level
from scriptlint.run import Examined, Script, Setup, Work

if TYPE_CHECKING:
    from scriptlint.cli import _fix

STDIN = "-"


@click.command("check")
@click.argument("paths", nargs=-1)
@_session.settings_options
@_session.context_options
@_session.ledger_options
@click.option(
    "--format",
    type=_outputs.Format(),
    multiple=True,
    help=f"Form of the report, text by default: {', '.join(reporters.names())}. May be given several times, as NAME"
    " for the screen or NAME=FILE.",
)
@click.option("--output", "-o", metavar="FILE", help="Write the report that has no file of its own to FILE.")
@click.option(
    "--fail-level",
    type=click.Choice(["error", "warning", "info"]),
    help="Lowest level that makes the exit code 1; error by default.",
)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour the text.")
@click.option("--statistics", is_flag=True, help="Count findings by family and rule.")
@click.option("--quiet", "-q", is_flag=True, help="Print findings and problems only, nothing when there are none.")
@click.option("--show-suppressed", is_flag=True, help="Show findings that are not open too, and why.")
@click.option("--exit-zero", is_flag=True, help="End with 0 whatever is found; not when something is unread.")
@click.option("--stdin-filename", metavar="NAME", help="Name that standard input is read and reported under.")
@click.option("--force-exclude", is_flag=True, help="Let `exclude` globs leave out files named on the command line.")
@click.option("--manifest", metavar="FILE", help="Write what the result came of, for `scriptlint verify`.")
@click.option("--history", metavar="DIR", help="Folder of earlier JSON reports, for formats that show a trend.")
@click.option("--fix", is_flag=True, help="Mask personal data and write words plainly, in the text files themselves.")
@click.option(
    "--unsafe-fixes", is_flag=True, help="With --fix or --diff: put in missing warnings, too. Read the result."
)
@click.option("--diff", is_flag=True, help="Print what --fix would change, and write nothing.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes that share the files; by default as many as the machine and the size of the files call for.",
)
def command(paths: tuple[str, ...], **options: Any) -> int:
    """Check PATHS (files or folders, "." by default, "-" for standard input).

    Files named one by one are read whatever their suffix; folders are searched for the formats it knows.
    """
    cwd = Path.cwd()
    if options["stdin_filename"] and paths != (STDIN,):
        raise click.UsageError('--stdin-filename goes with "-" as the only path')
    settings = _session.settings(options, cwd)
    if options["diff_from"] and STDIN in paths:
        raise click.UsageError("--diff-from compares files with a revision and does not go with standard input")
    ready = _session.with_ledger(_session.prepared(settings, options), options, cwd)
    fail_level = Level[options["fail_level"].upper()] if options["fail_level"] else settings.fail_level
    fixer = _fixer(options, stdin=STDIN in paths)
    targets = _outputs.targets(settings, options["output"], cwd)
    _outputs.check(targets, paths, cwd)
    if any(reporters.needs_text(target.form) for target in targets):
        ready = replace(ready, quote=True)
    # Most runs ask for neither, and need not load what they are made with.
    evidence, past = None, None
    if options["manifest"]:
        from scriptlint.cli import _evidence

        evidence = _evidence.asked(paths or (".",), options, ready, [each.file for each in targets if each.file], cwd)
    if options["history"]:
        from scriptlint.cli import _history

        past = _history.read_folder(cwd / options["history"], options["history"])[0]
    report = _report(paths or (".",), ready, options, cwd, targets, fixer)
    if past is not None:
        report = _history.with_past(report, past)
    shown = reporters.Options(
        colour=_io.colour(options["color"], os.environ),
        statistics=options["statistics"],
        quiet=options["quiet"],
        silenced=options["show_suppressed"],
        fail_level=fail_level,
    )
    if fixer is not None:
        targets = _show_fixed(fixer, report, targets, quiet=options["quiet"])
    if targets:
        _outputs.write(report, targets, shown, always_colour=options["color"] == "always")
    if evidence is not None:
        evidence.write(report)
    _session.keep(options)
    code = exit_code(report, fail_level)
    return 0 if options["exit_zero"] and code == 1 else code


def _fixer(options: dict[str, Any], *, stdin: bool) -> _fix.Fixer | None:
    if not options["fix"] and not options["diff"]:
        if options["unsafe_fixes"]:
            raise click.UsageError("--unsafe-fixes goes with --fix, or with --diff to see what it would do")
        return None
    from scriptlint.cli import _fix

    tiers = (Tier.SAFE, Tier.UNSAFE) if options["unsafe_fixes"] else (Tier.SAFE,)
    return _fix.Fixer(tiers, write=not options["diff"], stdin=stdin)


def _show_fixed(fixer: _fix.Fixer, report: Report, targets: tuple[Target, ...], *, quiet: bool) -> tuple[Target, ...]:
    """Print what was fixed. Gives the reports that can be given beside: none to the screen where a diff or a fixed
    text goes."""
    if not fixer.write or fixer.stdin:
        if fixer.write:
            _io.out_bytes(fixer.out)
        else:
            _io.out("".join(fixer.diffs))
        targets = tuple(target for target in targets if target.file is not None)
        if not targets:
            for problem in report.problems:
                _io.err(f"{problem.place()}: {problem.message}" + (f" ({problem.hint})" if problem.hint else ""))
    if not quiet:
        _io.err(fixer.summary())
    return targets


def _report(
    paths: tuple[str, ...],
    ready: Setup,
    options: dict[str, Any],
    cwd: Path,
    targets: tuple[Target, ...],
    fixer: _fix.Fixer | None,
) -> Report:
    look = fixer.look if fixer else None
    if STDIN in paths:
        if paths != (STDIN,):
            raise click.UsageError('"-" cannot be mixed with other paths')
        name = options["stdin_filename"]
        data = sys.stdin.buffer.read(run.LARGEST_FILE)
        return run.check_scripts([Script(name or "<stdin>", data, cwd / name if name else None)], ready, look)
    outputs = frozenset(target.real for target in targets)
    if options["manifest"]:
        outputs |= {os.path.realpath(cwd / options["manifest"])}
    named = [Path(path) for path in paths]
    progress = Progress(quiet=options["quiet"])
    try:
        return run.check(
            named,
            ready,
            cwd,
            named_too=options["force_exclude"],
            outputs=outputs,
            look=look,
            work=None if look else _work(options["jobs"], progress),
        )
    finally:
        progress.clear()


def _work(jobs: int | None, progress: Progress) -> Work:
    def work(files: Sequence[FoundFile], setup: Setup) -> Sequence[Examined]:
        if len(files) < 2:
            return [run.from_disk(file, setup, run.examine) for file in files]
        from scriptlint.crew import Crew

        return Crew(jobs, setup.cache, progress.tell).work(files, setup)

    return work
