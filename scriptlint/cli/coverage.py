"""``scriptlint coverage``: the law against the rules, clause by clause."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from scriptlint import coverage
from scriptlint.cli import _io, _session


@click.command("coverage")
@_session.settings_options
@click.option("--open", "only_open", is_flag=True, help="Only clauses without a rule and without a reason.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the matrix.")
def command(**options: Any) -> int:
    """Show for every clause which rules rest on it, which clauses have none and why, and which are not in force."""
    ready = _session.setup(options, Path.cwd())
    rows = coverage.matrix(ready.ruleset, ready.as_of)
    if options["only_open"]:
        rows = tuple(row for row in rows if row.state == "open")
    if options["form"] == "json":
        _io.out(json.dumps(coverage.data(rows), ensure_ascii=False, indent=2) + "\n", data=True)
    else:
        _io.out(coverage.table(rows, ready.settings.lang))
    return _session.tell(ready.ruleset.problems)
