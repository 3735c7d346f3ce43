"""Options that several commands share, and what they come to: settings and rules ready for a run."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from scriptlint import cachefiles, config, discover, ledger, regexcache, run, selection
from scriptlint.cli import _io
from scriptlint.config import Settings, SettingsError
from scriptlint.ledger import Kept, Ledger
from scriptlint.model.context import CONTEXT_VALUES, Context, Fact
from scriptlint.model.finding import Problem
from scriptlint.model.record import replace
from scriptlint.packs import UnknownRule
from scriptlint.run import Setup

F = TypeVar("F", bound=Callable[..., Any])


class SettingsFailure(click.ClickException):
    """Settings that cannot be used, with every mistake on a line of its own."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        for problem in self.problems:
            _io.err(f"{problem.place()}: {problem.message}" + (f" ({problem.hint})" if problem.hint else ""))


class _OneOf(click.ParamType[tuple[str, ...]]):
    """One or several known values, separated by commas."""

    def __init__(self, key: str) -> None:
        self.name = key
        self.known = CONTEXT_VALUES[key]

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        return self.name.upper()

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        import difflib

        if isinstance(value, tuple):
            return value
        values = split([value])
        for each in values:
            if each not in self.known:
                near = difflib.get_close_matches(each, self.known, n=1)
                meant = f'; did you mean "{near[0]}"?' if near else ""
                self.fail(f'"{each}" is not one of {", ".join(self.known)}{meant}', param, ctx)
        return values


def split(values: Iterable[str]) -> tuple[str, ...]:
    """Values given one by one or with commas between them."""
    return tuple(part.strip() for value in values for part in value.replace("，", ",").split(",") if part.strip())


def settings_options(command: F) -> F:
    """The options that decide which settings and rules are used."""
    for option in (
        click.option("--encoding", metavar="NAME", help="Encoding of the files; detected by default."),
        click.option("--rules", "rules_paths", multiple=True, metavar="DIR", help="A further folder of rule packs."),
        click.option("--preview", is_flag=True, help="Apply rules in preview too."),
        click.option("--deletions", is_flag=True, help="Check text that tracked changes take out, too."),
        click.option("--ignore", multiple=True, metavar="NAMES", help="Families, packs or rules to leave out."),
        click.option("--select", multiple=True, metavar="NAMES", help="Families, packs or rules to apply."),
        click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages; zh by default."),
        click.option(
            "--as-of",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="YYYY-MM-DD",
            help="Use the rules that are in force on this day; today by default.",
        ),
        click.option("--no-cache", is_flag=True, help="Keep no compiled rules or results, and use none."),
        click.option("--config", "config_path", metavar="PATH", help="Settings file to use."),
    ):
        command = option(command)
    return command


def context_options(command: F) -> F:
    """The options that say what the checked texts are."""
    for key in reversed(tuple(CONTEXT_VALUES)):
        known = ", ".join(CONTEXT_VALUES[key])
        several = key == "product"
        command = click.option(
            f"--{key}",
            type=_OneOf(key),
            help=f"The {key} of every text: {known}" + (" (several allowed)." if several else "."),
        )(command)
    return command


def ledger_options(command: F) -> F:
    """The options that name the records kept beside the scripts."""
    for option in (
        click.option("--diff-from", metavar="REV", help="Only what touches lines added since this git revision."),
        click.option("--waivers", metavar="FILE", help="Approved exceptions; the setting `waivers` by default."),
        click.option("--baseline", metavar="FILE", help="Old findings; the setting `baseline` by default."),
    ):
        command = option(command)
    return command


def with_ledger(ready: Setup, options: dict[str, Any], cwd: Path) -> Setup:
    """The same setup with baseline, waivers and changes. Raises SettingsFailure when one cannot be used."""
    settings = ready.settings
    old = _kept(options.get("baseline"), settings.baseline, cwd)
    exceptions = _kept(options.get("waivers"), settings.waivers, cwd)
    if old is None and exceptions is None and not options.get("diff_from"):
        return ready
    from scriptlint.changes import ChangesError, since
    from scriptlint.triage.baseline import LedgerError

    resolve = run.resolver(ready.ruleset)
    known = book = changes = None
    try:
        if old is not None:
            known = ledger.read_baseline(old, resolve)
        if exceptions is not None:
            book = ledger.read_waivers(exceptions, resolve)
        if options.get("diff_from"):
            changes = since(options["diff_from"], cwd)
    except LedgerError as error:
        raise SettingsFailure(error.problems) from None
    except ChangesError as error:
        raise SettingsFailure([error.problem]) from None
    return replace(ready, ledger=Ledger(known, old, book, exceptions, changes))


def _kept(flag: str | None, setting: Path | None, cwd: Path) -> Kept | None:
    path = cwd / flag if flag else setting
    return Kept(path, discover.shown_path(path, cwd)) if path is not None else None


def given(options: dict[str, Any]) -> Context:
    """The context that the command line states."""
    return Context({key: Fact(options[key], "flag") for key in CONTEXT_VALUES if options.get(key)})


def settings(options: dict[str, Any], cwd: Path) -> Settings:
    """The settings file overlaid with the flags. Raises SettingsFailure with every mistake."""
    named = options.get("config_path")
    path = cwd / named if named else config.find(cwd)
    try:
        if named and not (cwd / named).is_file():
            raise SettingsError([Problem(named, "no such settings file", severity="usage")])
        loaded = config.load(path, discover.shown_path(path, cwd) if path else "")
    except SettingsError as error:
        raise SettingsFailure(error.problems) from None
    encoding = options.get("encoding")
    if encoding and not config.known_encoding(encoding):
        raise click.BadParameter(
            f'unknown encoding "{encoding}"; try utf-8, gb18030, big5 or utf-16', param_hint="--encoding"
        )
    folders = tuple(cwd / folder for folder in options.get("rules_paths") or ())
    for folder in folders:
        if not folder.is_dir():
            raise click.BadParameter(f'there is no folder "{folder}"', param_hint="--rules")
    if not loaded.path:
        loaded = run.with_flags(loaded, root=cwd)
    return run.with_flags(
        loaded,
        select=split(options.get("select") or ()),
        ignore=split(options.get("ignore") or ()),
        preview=options.get("preview"),
        deletions=options.get("deletions"),
        lang=options.get("lang"),
        format=options.get("format"),
        encoding=encoding,
        rules_paths=(*loaded.rules_paths, *folders),
    )


def setup(options: dict[str, Any], cwd: Path) -> Setup:
    """Settings, rules and context of a run. Raises SettingsFailure with every mistake."""
    return prepared(settings(options, cwd), options)


def prepared(chosen: Settings, options: dict[str, Any], *, own_packs: bool = True) -> Setup:
    """The rules for settings that are known already. Raises SettingsFailure with every mistake."""
    kept = cache(options)
    if kept is not None:
        regexcache.load(kept)
    try:
        return run.prepare(chosen, as_of(options), given(options), own_packs=own_packs, cache=kept)
    except SettingsError as error:
        raise SettingsFailure(error.problems) from None
    finally:
        gc.freeze()  # the rules stay to the end
        gc.enable()


def cache(options: dict[str, Any]) -> Path | None:
    """The folder in which work is kept from run to run; None when none shall be."""
    return None if options.get("no_cache") else cachefiles.folder(os.environ)


def keep(options: dict[str, Any]) -> None:
    """Keep what this run worked out and another will want again."""
    kept = cache(options)
    if kept is not None:
        regexcache.save(kept)


def as_of(options: dict[str, Any]) -> date:
    """The day whose rules are used."""
    day: datetime | None = options.get("as_of")
    # The clock is read here, at the edge, and nowhere else.
    return day.date() if day else date.today()


def tell(problems: Iterable[Problem]) -> int:
    """Print problems for the person at the keyboard, and give the exit code they call for."""
    listed = list(problems)
    for problem in listed:
        _io.err(f"{problem.place()}: {problem.message}" + (f" ({problem.hint})" if problem.hint else ""))
    return 2 if listed else 0


def resolved(ready: Setup, name: str) -> tuple[str, ...]:
    """The rules a name stands for. Raises a usage error with the nearest name when there is none."""
    try:
        return selection.resolve(ready.ruleset, name)
    except UnknownRule as error:
        raise click.UsageError(str(error)) from None
