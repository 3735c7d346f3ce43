"""``scriptlint baseline``: count old findings, so that only new ones fail a build."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from scriptlint import discover, ledger, run
from scriptlint.cli import _io, _session
from scriptlint.config import Settings
from scriptlint.ledger import Kept
from scriptlint.model.finding import Finding, Identity
from scriptlint.model.record import replace
from scriptlint.model.report import Report
from scriptlint.run import Setup
from scriptlint.triage import baseline
from scriptlint.triage.baseline import Baseline, LedgerError

DEFAULT = ".scriptlint-baseline.json"

F = TypeVar("F", bound=Callable[..., Any])


@click.group("baseline")
def command() -> None:
    """Count old findings, so that only new ones fail a build.

    The file names rules, paths and digests of masked words: no line numbers, no dates, no text.
    """


def _options(function: F) -> F:
    for option in (
        click.option("--waivers", metavar="FILE", help="Approved exceptions, which need no baseline."),
        click.option("--baseline", metavar="FILE", help=f"The file; the setting `baseline` or {DEFAULT} by default."),
        _session.context_options,
        _session.settings_options,
        click.argument("paths", nargs=-1),
    ):
        function = option(function)
    return function


@command.command("create")
@_options
def create(paths: tuple[str, ...], **options: Any) -> int:
    """Write the open findings in PATHS into a new baseline. Findings of locked rules are left out."""
    found = _Found(paths, options)
    if found.kept.path.exists():
        raise click.UsageError(
            f'"{found.kept.shown}" exists already; `scriptlint baseline update` brings it up to date'
        )
    if code := found.refused():
        return code
    made = Baseline.of(found.identities)
    _io.write_file(found.kept.path, made.text())
    files = len({identity.path for identity in made.counts})
    _io.out(f"{made.total} findings in {files} files written to {found.kept.shown}\n")
    if found.settings.baseline is None and not options["baseline"]:
        _io.out(f"To use it, write into the settings: baseline: {DEFAULT}\n")
    return found.told()


@command.command("update")
@_options
def update(paths: tuple[str, ...], **options: Any) -> int:
    """Make the baseline what is found in PATHS now: new findings come in, those that are gone go out.

    What it knows of files that are not checked, and of rules that do not run, stays.
    """
    return _rewritten(_Found(paths, options), new_too=True)


@command.command("prune")
@_options
def prune(paths: tuple[str, ...], **options: Any) -> int:
    """Take out of the baseline what is no longer found in PATHS. Nothing new comes in."""
    return _rewritten(_Found(paths, options), new_too=False)


@command.command("show")
@_session.settings_options
@click.option("--baseline", metavar="FILE", help=f"The file; the setting `baseline` or {DEFAULT} by default.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
def show(**options: Any) -> int:
    """Show what the baseline knows, by file and rule."""
    cwd = Path.cwd()
    kept = _kept(_session.settings(options, cwd), options, cwd)
    counts: Counter[tuple[str, str]] = Counter()
    for identity, count in _read(kept, None).counts.items():
        counts[identity.path, identity.rule] += count
    rows = sorted(counts.items())
    if options["form"] == "json":
        listed = [{"path": path, "rule": rule, "count": count} for (path, rule), count in rows]
        whole = {"baseline": kept.shown, "total": counts.total(), "findings": listed}
        _io.out(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", data=True)
        return 0
    _io.out("".join(f"{count:5d}  {rule}  {path}\n" for (path, rule), count in rows))
    _io.out(f"{counts.total()} old findings in {len({path for path, _ in counts})} files\n")
    return 0


class _Found:
    """What a check without baseline finds, as a baseline names it."""

    def __init__(self, paths: tuple[str, ...], options: dict[str, Any]) -> None:
        cwd = Path.cwd()
        self.settings = _session.settings(options, cwd)
        self.kept = _kept(self.settings, options, cwd)
        bare = replace(_session.prepared(self.settings, options), settings=replace(self.settings, baseline=None))
        self.setup: Setup = _session.with_ledger(bare, {**options, "baseline": None}, cwd)
        self.setup = replace(self.setup, ledger=replace(self.setup.ledger, baseline_file=self.kept))
        self.report: Report = run.check([Path(path) for path in paths or (".",)], self.setup, cwd)
        self.homes = {record.path: self.kept.home(cwd / record.path, record.path) for record in self.report.files}
        self.locked = run.locked(self.setup)
        self.open: tuple[Finding, ...] = tuple(self.report.open_findings())
        self.barred = [finding for finding in self.open if finding.rule in self.locked]
        self.identities = [
            Identity(finding.rule, self.homes[finding.path], finding.identity.words)
            for finding in self.open
            if finding.rule not in self.locked
        ]

    def refused(self) -> int:
        """2, with the reasons told, when settings or rules are wrong: the baseline would be too small."""
        wrong = [problem for problem in self.report.problems if problem.severity == "usage"]
        return _session.tell(wrong)

    def told(self) -> int:
        """Say what is not in the baseline, and give the exit code."""
        if self.barred:
            rules = ", ".join(sorted({finding.rule for finding in self.barred}))
            _io.err(f"{len(self.barred)} findings of locked rules left out: {rules}; put them right or waive them")
        unread = [problem for problem in self.report.problems if problem.severity == "unread"]
        return 3 if _session.tell(unread) else 0


def _kept(settings: Settings, options: dict[str, Any], cwd: Path) -> Kept:
    flag = options["baseline"]
    path = cwd / flag if flag else settings.baseline or settings.root / DEFAULT
    return Kept(path, discover.shown_path(path, cwd))


def _read(kept: Kept, setup: Setup | None) -> Baseline:
    def unchanged(name: str) -> tuple[str, ...]:
        return (name,)

    try:
        return ledger.read_baseline(kept, run.resolver(setup.ruleset) if setup else unchanged)
    except LedgerError as error:
        raise _session.SettingsFailure(error.problems) from None


def _rewritten(found: _Found, *, new_too: bool) -> int:
    known = _read(found.kept, found.setup)
    if code := found.refused():
        return code
    states = {found.homes[record.path]: record.state for record in found.report.files}
    unseen = {identity.path for identity in known.counts} - states.keys()
    gone = frozenset(path for path in unseen if not (found.kept.path.parent / path).exists())
    hidden = baseline.hide(found.open, known, found.homes, gone=gone, locked=found.locked)
    running = run.running(found.setup)

    def looked_at(identity: Identity) -> bool:
        read = states.get(identity.path) in ("checked", "empty") or identity.path in gone
        return read and identity.rule in running

    kept = Baseline({key: count for key, count in known.counts.items() if key.rule not in found.locked})
    after = baseline.renewed(kept, Counter(found.identities), hidden.moved, looked_at, new_too=new_too)
    _io.write_file(found.kept.path, after.text())
    old = Counter(baseline.at(known, hidden.moved).counts)
    new = Counter(after.counts)
    moved = "".join(f", {path} is now {to}" for path, to in sorted(hidden.moved.items()))
    changed = f"{(new - old).total()} added, {(old - new).total()} taken out, {(old & new).total()} kept"
    _io.out(f"{found.kept.shown}: {changed}{moved}\n")
    return found.told()
