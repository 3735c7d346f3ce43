"""Where reports go: any number of formats, each to a file of its own, one of them at most to standard output."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from scriptlint import reporters
from scriptlint.cli import _io
from scriptlint.config import Settings
from scriptlint.model.record import dataclass, replace
from scriptlint.model.report import Report


class Format(click.ParamType[str]):
    """A format's name, alone or with the file its report goes to."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        return "NAME[=FILE]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        import difflib

        name, equals, file = str(value).partition("=")
        known = reporters.names()
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            meant = f'; did you mean "{near[0]}"?' if near else ""
            self.fail(f'"{name}" is not one of {", ".join(known)}{meant}', param, ctx)
        if equals and not file:
            self.fail(f'"{value}" names no file after "="', param, ctx)
        return str(value)


@dataclass(frozen=True, slots=True)
class Target:
    """One report to give: its format, and the file it goes to, or None for standard output."""

    form: str
    file: Path | None
    shown: str = ""

    @property
    def real(self) -> str:
        """What the file is known by to the system, whatever links lead to it."""
        return os.path.realpath(self.file) if self.file else ""


def targets(settings: Settings, output: str | None, cwd: Path) -> tuple[Target, ...]:
    """The reports of a run. Raises a usage error for those that cannot all be given."""
    # Like every path in a settings file, those of reports are relative to it.
    base = settings.root if any(key.split(".")[0] == "format" for key in settings.places) else cwd
    found = [_target(spec, base) for spec in settings.format]
    printed = [index for index, target in enumerate(found) if target.file is None]
    if output is not None:
        if not printed:
            raise click.UsageError('--output needs a --format without a file of its own, such as "--format json"')
        first = printed.pop(0)
        found[first] = replace(found[first], file=cwd / output, shown=output)
    else:
        printed = printed[1:]
    if printed:
        extra = found[printed[0]].form
        raise click.UsageError(f"only one report can be printed; give the others a file: --format {extra}=FILE")
    for index, target in enumerate(found):
        missing = reporters.missing(target.form)
        if missing:
            raise click.UsageError(missing)
        if target.file is None and reporters.kind(target.form) == "binary":
            raise click.UsageError(f"{target.form} is not text; give it a file: --format {target.form}=FILE")
        if target.file is not None and target.real in [other.real for other in found[:index]]:
            raise click.UsageError(f'two reports cannot go to the same file "{target.shown}"')
    return tuple(found)


def _target(spec: str, base: Path) -> Target:
    name, _, file = spec.partition("=")
    return Target(name, base / file, file) if file not in ("", "-") else Target(name, None)


def check(found: Iterable[Target], paths: Sequence[str], cwd: Path) -> None:
    """See that reports can be written, before any time is spent. Raises a usage error with all that cannot."""
    named = {os.path.realpath(cwd / path): path for path in paths}
    wrong: list[str] = []
    for target in found:
        if target.file is None:
            continue
        folder = target.file.parent
        if target.real in named and target.file.is_file():
            wrong.append(f'the report would overwrite "{named[target.real]}", which is to be checked')
        elif not folder.is_dir():
            wrong.append(f'cannot write "{target.shown}": there is no folder "{Path(target.shown).parent.as_posix()}"')
        elif target.file.is_dir():
            wrong.append(f'cannot write "{target.shown}": it is a folder')
        elif not os.access(folder if not target.file.exists() else target.file, os.W_OK):
            wrong.append(f'cannot write "{target.shown}": permission denied')
    if wrong:
        raise click.UsageError("; ".join(wrong))


def write(report: Report, found: Sequence[Target], options: reporters.Options, *, always_colour: bool) -> None:
    """Give every report. One that cannot be written does not keep the others from it."""
    failed: list[str] = []
    for target in found:
        if target.file is None:
            _print(report, target.form, options)
            continue
        data = reporters.encode(report, target.form, replace(options, colour=always_colour))
        try:
            _io.write_bytes(target.file, data)
        except click.UsageError as error:
            failed.append(error.message)
    if failed:
        raise click.UsageError("; ".join(failed))
    written = [target.shown for target in found if target.file is not None]
    if len(written) == len(found):
        _tell(report, written, quiet=options.quiet)


def _print(report: Report, form: str, options: reporters.Options) -> None:
    kind = reporters.kind(form)
    if kind in ("text", "json"):
        _io.out(reporters.render(report, form, options), data=kind == "json")
    else:  # what programs read is UTF-8 whatever the console is
        _io.out_bytes(reporters.encode(report, form, options))


def _tell(report: Report, written: Sequence[str], *, quiet: bool) -> None:
    """Who reads the screen should not take a written report for a clean one."""
    for problem in report.problems:
        if problem.severity != "note":
            _io.err(f"{problem.place()}: {problem.message}")
    if not quiet:
        count = sum(1 for _ in report.open_findings())
        _io.err(f"{count} findings in {len(report.files)} files written to {', '.join(written)}")
