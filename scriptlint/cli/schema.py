"""``scriptlint schema``: JSON Schema of what people write for scriptlint, and of what programs read from it."""

from __future__ import annotations

import json

import click

from scriptlint import catalog, config, reporters
from scriptlint.cli import _io
from scriptlint.triage import baseline, waivers


@click.command("schema")
@click.argument(
    "what", type=click.Choice(["rule", "settings", "waivers", "baseline", "report", "report-line"]), default="rule"
)
def command(what: str) -> int:
    r"""Print the JSON Schema of a rule file (the default), of the settings, of waivers, or of another file.

    Save it and name it on the first line of a YAML file, so that the editor completes keys and shows mistakes:

    \b
        # yaml-language-server: $schema=./rule.schema.json
    """
    if what == "rule":
        shape = catalog.rule_schema()
    elif what == "settings":
        shape = config.schema()
    elif what == "waivers":
        shape = waivers.SCHEMA
    elif what == "baseline":
        shape = baseline.SCHEMA
    else:
        shape = reporters.schema(what)
    _io.out(json.dumps(shape, ensure_ascii=False, indent=2) + "\n", data=True)
    return 0
