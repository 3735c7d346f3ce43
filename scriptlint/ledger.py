"""The records kept beside the scripts, read for a run: baseline, waivers, and what changed since a revision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scriptlint import discover
from scriptlint.model.finding import Finding, Identity, Problem
from scriptlint.model.record import dataclass, field
from scriptlint.model.report import FileRecord

if TYPE_CHECKING:  # most runs have none of these records
    from scriptlint.changes import Changes
    from scriptlint.triage.baseline import Baseline
    from scriptlint.triage.waivers import Book, Resolve


@dataclass(frozen=True, slots=True)
class Kept:
    """A file beside the scripts: where it is and how it is shown. What it holds names paths as seen from its folder."""

    path: Path
    shown: str

    def home(self, path: Path | None, shown: str) -> str:
        """How this file names a script."""
        return discover.shown_path(path, self.path.parent) if path is not None else shown


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything from outside the scripts that decides what becomes of findings."""

    known: Baseline | None = None
    baseline_file: Kept | None = None
    book: Book | None = None
    waivers_file: Kept | None = None
    changes: Changes | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """The findings of a run with their statuses, what a person should know, and what the baseline had left."""

    findings: tuple[Finding, ...]
    notes: tuple[Problem, ...] = ()
    left: Mapping[Identity, int] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)


def read_baseline(kept: Kept, resolve: Resolve) -> Baseline:
    """Read a baseline, with old names of rules replaced by their new ones. Raises LedgerError."""
    from scriptlint.triage import baseline

    known = baseline.parse(_text(kept, "baseline", "make it with `scriptlint baseline create`"), kept.shown)
    names: dict[str, str] = {}
    counts: Counter[Identity] = Counter()
    for identity, count in known.counts.items():
        if identity.rule not in names:
            names[identity.rule] = _current(identity.rule, resolve)
        counts[identity._replace(rule=names[identity.rule])] += count
    return baseline.Baseline(counts)


def _current(rule: str, resolve: Resolve) -> str:
    try:
        found = resolve(rule)
    except KeyError:
        return rule  # its pack is not here today, or it is one about our own comments
    return found[0] if len(found) == 1 else rule


def read_waivers(kept: Kept, resolve: Resolve) -> Book:
    """Read a file of waivers. Raises LedgerError when it cannot be read at all."""
    from scriptlint.triage import waivers

    return waivers.parse(_text(kept, "file of waivers", "begin it with `scriptlint waivers add`"), kept.shown, resolve)


def _text(kept: Kept, what: str, cure: str) -> str:
    try:
        return kept.path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        message, cure = f"there is no {what} here", cure
    except OSError as error:
        message, cure = f"cannot read this {what}: {error.strerror}", ""
    except UnicodeDecodeError:
        message, cure = f"cannot read this {what}: not UTF-8", "save it as UTF-8"
    from scriptlint.triage.baseline import LedgerError

    raise LedgerError([Problem(kept.shown, message, cure, severity="usage")])


def settle(
    ledger: Ledger,
    findings: tuple[Finding, ...],
    files: Mapping[str, Path | None],
    *,
    day: date,
    running: frozenset[str],
    locked: frozenset[str],
    records: Iterable[FileRecord] = (),
) -> Settled:
    """Apply waivers, then the baseline. ``files`` has the real path of each checked file by its shown one.

    ``records`` are those of the files; only of those that were read to the end can an old finding be called gone.
    """
    notes: list[Problem] = []
    if ledger.book is not None and ledger.waivers_file is not None:
        from scriptlint.triage import waivers

        homes = {shown: ledger.waivers_file.home(path, shown) for shown, path in files.items()}
        applied = waivers.apply(findings, ledger.book, day, homes, discover.glob_matches, running)
        findings = applied.findings
        notes += [*ledger.book.problems, *applied.notes]
    if ledger.known is None or ledger.baseline_file is None:
        return Settled(findings, tuple(notes))
    from scriptlint.triage import baseline

    kept = ledger.baseline_file
    homes = {shown: kept.home(path, shown) for shown, path in files.items()}
    unseen = {identity.path for identity in ledger.known.counts} - set(homes.values())
    gone = frozenset(path for path in unseen if not (kept.path.parent / path).exists())
    hidden = baseline.hide(findings, ledger.known, homes, gone=gone, locked=locked)
    read = {homes[record.path] for record in records if record.state in ("checked", "empty")}
    stale = {
        identity: count
        for identity, count in hidden.left.items()
        if identity.rule in running and identity.rule not in locked and (identity.path in read | gone)
    }
    if stale:
        message = f"{sum(stale.values())} old findings of this baseline are there no more"
        notes.append(Problem(kept.shown, message, "`scriptlint baseline prune` takes them out", severity="note"))
    barred = sum(count for identity, count in ledger.known.counts.items() if identity.rule in locked)
    if barred:
        message = f"{barred} old findings of this baseline are of locked rules and stay open"
        notes.append(Problem(kept.shown, message, "put them right, or enter waivers for them", severity="note"))
    return Settled(hidden.findings, tuple(notes), stale, hidden.moved)
