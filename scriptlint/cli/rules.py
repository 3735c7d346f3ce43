"""``scriptlint rules``: list the rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from scriptlint import catalog
from scriptlint.cli import _io, _reference, _session
from scriptlint.model.rule import FAMILIES, Verdict


@click.command("rules")
@click.argument("names", nargs=-1)
@_session.settings_options
@click.option("--family", type=click.Choice(FAMILIES), help="Only rules of this family.")
@click.option("--pack", metavar="NAME", help="Only rules of this pack, such as cn.")
@click.option("--verdict", type=click.Choice([str(verdict) for verdict in Verdict]), help="Only this verdict.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the list.")
@click.option("--write-docs", metavar="DIR", help="Write the rule reference: a page for each rule, and an index.")
def command(names: tuple[str, ...], **options: Any) -> int:
    """List the rules that are applied: all, or those that NAMES (rules, families, packs) stand for."""
    if options["write_docs"] and names:
        raise click.UsageError("--write-docs writes the pages of all rules; it takes no NAMES")
    ready = _session.setup(options, Path.cwd())
    if options["write_docs"]:
        return _reference.write(ready.ruleset, Path.cwd() / options["write_docs"], options["write_docs"])
    ruleset = ready.ruleset
    if options["pack"] and not any(_pack(name) == options["pack"] for name in ruleset.all_rules):
        packs = ", ".join(sorted({_pack(name) for name in ruleset.all_rules}))
        raise click.BadParameter(f'there is no pack "{options["pack"]}"; packs are {packs}', param_hint="--pack")
    wanted = {full for name in names for full in _session.resolved(ready, name)} if names else None
    chosen = [
        name
        for name, rule in ruleset.rules.items()
        if (wanted is None or name in wanted)
        and options["family"] in (None, rule.family)
        and options["pack"] in (None, _pack(name))
        and options["verdict"] in (None, str(rule.verdict))
    ]
    listed = ruleset.only(chosen)
    if options["form"] == "json":
        rows = [catalog.data(ruleset, name) for name in listed.rules]
        _io.out(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", data=True)
    else:
        _io.out(catalog.table(listed, ready.settings.lang))
    return _session.tell(ruleset.problems)


def _pack(name: str) -> str:
    return name.split("/")[0]
