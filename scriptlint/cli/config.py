"""``scriptlint config show``: the settings that hold for a file, each with its origin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from scriptlint import discover, run
from scriptlint.cli import _io, _session
from scriptlint.config import Settings
from scriptlint.run import Script


@click.group("config")
def command() -> None:
    """Show the settings that hold for a file."""


@command.command("show")
@click.argument("file", default="")
@_session.settings_options
@_session.context_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
def show(file: str, **options: Any) -> int:
    """Show every setting for FILE with its value and where the value comes from.

    What the text itself tells (front matter, inference) is in the report of a check.
    """
    cwd = Path.cwd()
    settings = _session.settings(options, cwd)
    ready = _session.prepared(settings, options)
    rows = _rows(settings, options)
    if file:
        script = Script(discover.shown_path(cwd / file, cwd), b"", cwd / file)
        excluded = discover.first_match(settings.exclude, discover.shown_path(cwd / file, settings.root))
        rows["excluded"] = (bool(excluded), f"glob {excluded}" if excluded else "default")
        chosen = run.read_options(script, settings)
        if chosen.encoding != settings.encoding:
            rows["encoding"] = (chosen.encoding, "encodings")
        facts = {**run.settings_facts(script, settings), **ready.given.facts}
        for key, fact in facts.items():
            rows[key] = (list(fact.values), fact.origin + (f" ({fact.reason})" if fact.reason else ""))
    if options["form"] == "json":
        values = {key: {"value": value, "origin": origin} for key, (value, origin) in rows.items()}
        _io.out(json.dumps(values, ensure_ascii=False, indent=2) + "\n", data=True)
        return 0
    widest = max(len(key) for key in rows)
    _io.out("".join(f"{key:<{widest}}  {_shown(value)}  # {origin}\n" for key, (value, origin) in rows.items()))
    return 0


def _rows(settings: Settings, options: dict[str, Any]) -> dict[str, tuple[object, str]]:
    def origin(key: str, flag: str = "") -> str:
        return f"--{flag or key}" if options.get((flag or key).replace("-", "_")) else settings.origin(key)

    rows: dict[str, tuple[object, str]] = {
        "settings": (settings.path or None, "--config" if options["config_path"] else "search"),
        "select": (list(settings.select), origin("select")),
        "ignore": (list(settings.ignore), origin("ignore")),
        "fail-level": (settings.fail_level.word, settings.origin("fail-level")),
        "preview": (settings.preview, origin("preview")),
        "deletions": (settings.deletions, origin("deletions")),
        "lang": (settings.lang, origin("lang")),
        "format": (_one(settings.format), settings.origin("format")),
        "encoding": (settings.encoding, origin("encoding")),
        "exclude": (list(settings.exclude), settings.origin("exclude")),
        "scripts-in-columns": (list(settings.scripts_in_columns), settings.origin("scripts-in-columns")),
        "baseline": (_path(settings.baseline), origin("baseline")),
        "waivers": (_path(settings.waivers), origin("waivers")),
        "rules-paths": (
            [discover.shown_path(path, Path.cwd()) for path in settings.rules_paths],
            "--rules" if options["rules_paths"] else settings.origin("rules-paths"),
        ),
    }
    for name in ("institution", "customer", "third"):
        rows[f"speakers.{name}"] = (
            list(getattr(settings.speakers, name)),
            settings.origin(f"speakers.{name}"),
        )
    for rule, level in settings.levels.items():
        rows[f"levels.{rule}"] = (level.word, settings.origin(f"levels.{rule}"))
    return rows


def _path(path: Path | None) -> str | None:
    return discover.shown_path(path, Path.cwd()) if path else None


def _one(values: tuple[str, ...]) -> object:
    return values[0] if len(values) == 1 else list(values)


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
