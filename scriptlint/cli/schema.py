"""``scriptlint schema``: JSON Schema for editors."""

from __future__ import annotations

import json

import click

from scriptlint import catalog, config
from scriptlint.cli import _io


@click.command("schema")
@click.argument("what", type=click.Choice(["rule", "settings"]), default="rule")
def command(what: str) -> int:
    r"""Print the JSON Schema of a rule file, or of the settings file.

    Save it and name it on the first line of a YAML file, so that the editor completes keys and shows mistakes:

    \b
        # yaml-language-server: $schema=./rule.schema.json
    """
    shape = catalog.rule_schema() if what == "rule" else config.schema()
    _io.out(json.dumps(shape, ensure_ascii=False, indent=2) + "\n", data=True)
    return 0
