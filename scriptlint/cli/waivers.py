"""``scriptlint waivers``: approved exceptions with an expiry, kept in a file beside the scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from scriptlint import discover, ledger, run
from scriptlint.cli import _io, _session
from scriptlint.config import Settings
from scriptlint.ledger import Kept, Ledger
from scriptlint.model.finding import Finding, Problem
from scriptlint.model.record import replace
from scriptlint.run import Script, Setup
from scriptlint.triage import waivers
from scriptlint.triage.baseline import LedgerError
from scriptlint.triage.waivers import Book, Waiver

DEFAULT = "waivers.yaml"
_HEAD = "# Approved exceptions. `scriptlint waivers list` shows them, `scriptlint waivers check` what they do.\n"

F = TypeVar("F", bound=Callable[..., Any])


@click.group("waivers")
def command() -> None:
    """Keep approved exceptions: for one rule, some words, one ticket, until a day."""


def _file_option(function: F) -> F:
    return click.option("--waivers", metavar="FILE", help=f"The file; the setting `waivers` or {DEFAULT} by default.")(
        function
    )


@command.command("list")
@_session.settings_options
@_file_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
def list_(form: str, **options: Any) -> int:
    """List the waivers and whether they hold today."""
    cwd = Path.cwd()
    settings = _session.settings(options, cwd)
    setup = _session.prepared(settings, options)
    book = _book(_kept(settings, options, cwd), setup)
    if form == "json":
        listed = [_data(waiver, setup.as_of) for waiver in book.waivers]
        whole = {"waivers": listed, "malformed": len({problem.position for problem in book.problems})}
        _io.out(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", data=True)
    else:
        _io.out("".join(_line(waiver, setup.as_of) for waiver in book.waivers))
        held = sum(waiver.holds(setup.as_of) for waiver in book.waivers)
        _io.out(f"{len(book.waivers)} waivers, {held} hold on {setup.as_of.isoformat()}\n")
    return _session.tell(book.problems)


@command.command("check")
@click.argument("paths", nargs=-1)
@_session.settings_options
@_session.context_options
@_file_option
@click.option("--soon", metavar="DAYS", type=int, default=30, help="Tell waivers that end within DAYS; 30 by default.")
def check(paths: tuple[str, ...], soon: int, **options: Any) -> int:
    """Check PATHS and say which waivers expired, cover nothing, or end soon.

    Ends with 2 when one is malformed, with 1 when one expired or covers nothing.
    """
    cwd = Path.cwd()
    settings = _session.settings(options, cwd)
    setup = _session.prepared(settings, options)
    kept = _kept(settings, options, cwd)
    book = _book(kept, setup)
    report = run.check([Path(path) for path in paths or (".",)], replace(setup, ledger=Ledger(waivers_file=kept)), cwd)
    homes = {record.path: kept.home(cwd / record.path, record.path) for record in report.files}
    applied = waivers.apply(report.findings, book, setup.as_of, homes, discover.glob_matches, run.running(setup))
    told = list(_told(book, applied, setup.as_of, setup.as_of + timedelta(days=soon)))
    for waiver, what in told:
        place = f"{kept.shown}:{waiver.position.line}:{waiver.position.column}" if waiver.position else kept.shown
        _io.out(f"{place}: {what}: {waiver.rule} “{waiver.text}” in {waiver.path} ({waiver.ticket})\n")
    waived = sum(finding.status.state == "waived" for finding in applied.findings)
    _io.out(f"{len(book.waivers)} waivers; {waived} findings waived on {setup.as_of.isoformat()}\n")
    wrong = [problem for problem in report.problems if problem.severity in ("usage", "unread")]
    unread = any(problem.severity == "unread" for problem in wrong)
    code = _session.tell([*book.problems, *wrong])
    bad = any(not what.startswith("ends soon") for _, what in told)
    return 3 if unread else code or int(bad)


@command.command("add")
@click.argument("place", metavar="FILE:LINE")
@click.option("--rule", required=True, metavar="NAME", help="The rule whose finding is to be waived.")
@click.option("--reason", required=True, help="Why the words may stand.")
@click.option("--approver", required=True, help="Who approved it.")
@click.option("--ticket", required=True, help="Where the approval is on record.")
@click.option(
    "--expires", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The last day it holds."
)
@click.option("--text", help="The words, when several findings of the rule begin on the line.")
@click.option("--path", "glob", metavar="GLOB", help="The files it is for, as seen from the file of waivers; FILE.")
@click.option("--count", type=click.IntRange(min=1), default=1, help="How often the words may stand in a file; 1.")
@_file_option
@_session.settings_options
@_session.context_options
def add(place: str, **options: Any) -> int:
    """Enter a waiver for the finding of a rule that begins at FILE:LINE.

    The words are taken from the finding, personal data masked. The rest of the file of waivers stays as it is.
    """
    cwd = Path.cwd()
    settings = _session.settings(options, cwd)
    setup = _session.prepared(settings, options)
    kept = _kept(settings, options, cwd)
    path, finding = _finding(place, setup, options, cwd)
    expires: date = options["expires"].date()
    if expires < setup.as_of:
        raise click.BadParameter(f"{expires.isoformat()} is over already", param_hint="--expires")
    for name in ("reason", "approver", "ticket"):
        if not options[name].strip():
            raise click.BadParameter("it must not be empty", param_hint=f"--{name}")
    glob = options["glob"] or kept.home(path, finding.path)
    words = " ".join(finding.excerpt.split())
    reason, approver, ticket = (" ".join(options[name].split()) for name in ("reason", "approver", "ticket"))
    made = Waiver(finding.rule, glob, words, reason, approver, ticket, expires, options["count"])
    if not made.about(finding, kept.home(path, finding.path), discover.glob_matches):
        raise click.BadParameter(f'"{glob}" does not name {finding.path}', param_hint="--path")
    _append(kept, made, setup)
    _io.out(f"{kept.shown}: {finding.rule} “{words}” in {glob} is waived until {expires.isoformat()}\n")
    if settings.waivers is None and not options["waivers"]:
        _io.out(f"To use it, write into the settings: waivers: {DEFAULT}\n")
    return 0


def _kept(settings: Settings, options: dict[str, Any], cwd: Path) -> Kept:
    flag = options["waivers"]
    path = cwd / flag if flag else settings.waivers or settings.root / DEFAULT
    return Kept(path, discover.shown_path(path, cwd))


def _book(kept: Kept, setup: Setup) -> Book:
    try:
        return ledger.read_waivers(kept, run.resolver(setup.ruleset))
    except LedgerError as error:
        raise _session.SettingsFailure(error.problems) from None


def _data(waiver: Waiver, day: date) -> dict[str, Any]:
    texts = {name: str(getattr(waiver, name)) for name in waivers.FIELDS}
    return {"state": "holds" if waiver.holds(day) else "expired", **texts, "count": waiver.count}


def _line(waiver: Waiver, day: date) -> str:
    state = "holds  " if waiver.holds(day) else "expired"
    return (
        f"{state}  {waiver.expires.isoformat()}  {waiver.rule}  “{waiver.text}”  {waiver.path}"
        f"  {waiver.ticket}  {waiver.approver}  {waiver.reason}\n"
    )


def _told(book: Book, applied: waivers.Applied, day: date, end: date) -> Iterable[tuple[Waiver, str]]:
    for number, waiver in enumerate(book.waivers):
        if not waiver.holds(day):
            back = "its findings are open again" if number in applied.returned else "nothing needs it any more"
            yield waiver, f"expired on {waiver.expires.isoformat()}, {back}"
        elif number not in applied.used:
            yield waiver, "covers nothing"
        elif waiver.expires <= end:
            yield waiver, f"ends soon, on {waiver.expires.isoformat()}"


def _finding(place: str, setup: Setup, options: dict[str, Any], cwd: Path) -> tuple[Path, Finding]:
    """The finding that is meant. Raises a usage error that says what there is instead."""
    name, _, number = place.rpartition(":")
    if not name or not number.isdecimal():
        raise click.UsageError(f'"{place}" is no place; write FILE:LINE, such as sms/july.txt:12')
    path = cwd / name
    shown = discover.shown_path(path, cwd)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.UsageError(f'cannot read "{shown}": {error.strerror}') from None
    rules = _session.resolved(setup, options["rule"])
    found = run.examine(Script(shown, data, path), setup).findings
    here = [finding for finding in found if finding.start.line == int(number) and finding.status.state == "open"]
    meant = [finding for finding in here if finding.rule in rules]
    if options["text"]:
        meant = [finding for finding in meant if finding.excerpt.split() == options["text"].split()]
    if not meant:
        there = ", ".join(f"{finding.rule} “{finding.excerpt}”" for finding in here) or "nothing at all"
        raise click.UsageError(f"no such open finding begins at {shown}:{number}; there is {there}")
    if len({(finding.rule, finding.excerpt) for finding in meant}) > 1:
        there = ", ".join(f"{finding.rule} “{finding.excerpt}”" for finding in meant)
        raise click.UsageError(f"several findings begin at {shown}:{number}: {there}; say which with --rule and --text")
    return path, meant[0]


def _append(kept: Kept, made: Waiver, setup: Setup) -> None:
    resolve = run.resolver(setup.ruleset)
    before = ""
    if kept.path.exists():
        before = _read(kept)
        book = waivers.parse(before, kept.shown, resolve)
        if book.problems:
            raise _session.SettingsFailure(book.problems)
        if any((old.rule, old.path, old.text) == (made.rule, made.path, made.text) for old in book.waivers):
            raise click.UsageError(f"{kept.shown} has a waiver for this already; change its date or its count there")
    head = before if before.endswith("\n") or not before else before + "\n"
    after = (head or _HEAD) + waivers.entry(made)
    if "\r\n" in before:
        after = after.replace("\r\n", "\n").replace("\n", "\r\n")
    again = waivers.parse(after, kept.shown, resolve)
    if again.problems or len(again.waivers) != len(waivers.parse(before, kept.shown, resolve).waivers) + 1:
        problem = Problem(
            kept.shown, "cannot add to this file as it is written", "write it as a plain list", None, "usage"
        )
        raise _session.SettingsFailure([problem])
    _io.write_file(kept.path, after)


def _read(kept: Kept) -> str:
    try:
        return kept.path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise click.UsageError(f'cannot read "{kept.shown}": {reason}') from None
