"""Manifests: what a check was made of, written by ``check`` and made anew by ``verify``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import click

from scriptlint import discover, evidence
from scriptlint.cli import _io
from scriptlint.evidence import Call
from scriptlint.model.context import CONTEXT_VALUES
from scriptlint.model.record import dataclass
from scriptlint.model.report import Report
from scriptlint.run import Setup

RECORDED = (
    "select", "ignore", "preview", "deletions", "encoding", "rules_paths", "config_path", "baseline", "waivers",
    "fail_level", "force_exclude", *CONTEXT_VALUES,
)  # fmt: skip
"""Flags that a result depends on. The day is recorded apart, and the revision as git knows it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A manifest to be written when the run is over."""

    target: Path
    setup: Setup
    call: Call
    cwd: Path

    def write(self, report: Report) -> None:
        """Write the manifest of a report."""
        _io.write_file(self.target, evidence.text(manifest(report, self.setup, self.call, self.cwd)))


def asked(
    paths: Iterable[str], options: Mapping[str, Any], setup: Setup, outputs: Iterable[Path], cwd: Path
) -> Evidence | None:
    """The manifest that the command line asks for, or None."""
    if not options["manifest"]:
        return None
    target = cwd / options["manifest"]
    if not target.parent.is_dir():
        raise click.UsageError(f'cannot write "{options["manifest"]}": there is no folder "{target.parent}"')
    return Evidence(target, setup, call(tuple(paths), options, setup, outputs, cwd), cwd)


def manifest(report: Report, setup: Setup, call: Call, cwd: Path) -> dict[str, Any]:
    """The manifest of a run."""
    kept = (("baseline", setup.ledger.baseline_file), ("waivers", setup.ledger.waivers_file))
    files = {kind: each.path for kind, each in kept if each is not None}
    if setup.settings.path:
        files["settings"] = cwd / setup.settings.path
    records = {
        kind: (discover.shown_path(path, cwd), sha256(path.read_bytes()).hexdigest()) for kind, path in files.items()
    }
    return evidence.build(report, call, setup.settings, setup.ruleset.packs, records)


def call(paths: Iterable[str], options: Mapping[str, Any], setup: Setup, outputs: Iterable[Path], cwd: Path) -> Call:
    """What is asked for, as a manifest records it. Raises a usage error for what cannot be made anew."""
    if "-" in paths:
        raise click.UsageError("--manifest records files and does not go with standard input")
    if options.get("fix"):
        raise click.UsageError("--manifest records a check and does not go with --fix")
    given = {name: _plain(options[name]) for name in RECORDED if options.get(name)}
    changes = setup.ledger.changes
    if changes is not None:
        given["diff_from"] = changes.revision
    shown = tuple(discover.shown_path(path, cwd) for path in outputs)
    return Call(tuple(discover.shown_path(cwd / path, cwd) for path in paths), given, shown)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
