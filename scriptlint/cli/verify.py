"""``scriptlint verify``: make the check of a manifest anew and say what differs."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from scriptlint import evidence, run
from scriptlint.cli import _evidence, _io, _session
from scriptlint.evidence import Call, ManifestError


@click.command("verify")
@click.argument("manifest", metavar="MANIFEST")
@click.option("--root", metavar="DIR", help="Folder the check was made in; the current one by default.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
def command(manifest: str, root: str | None, form: str) -> int:
    """Make the check of MANIFEST anew, by the rules of its day, and say what differs.

    Ends with 0 when the result is the same, whatever changed around it, and with 1 when it is not.
    """
    path, folder = Path.cwd() / manifest, Path.cwd() / (root or "")
    if not folder.is_dir():
        raise click.BadParameter(f'there is no folder "{root}"', param_hint="--root")
    old = _read(path, manifest)
    new = _again(old, folder, path)
    try:
        differences = evidence.compare(old, new)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise click.UsageError(f'cannot use "{manifest}": it is not whole ({error!r})') from None
    same = old["result"] == new["result"]
    if form == "json":
        listed = [{"kind": d.kind, "what": d.what, "before": d.before, "after": d.after} for d in differences]
        _io.out(json.dumps({"same": same, "differences": listed}, ensure_ascii=False, indent=2) + "\n", data=True)
        return int(not same)
    for kind, title in (("cause", "What changed around the result:"), ("result", "What changed in the result:")):
        found = [difference for difference in differences if difference.kind == kind]
        if found:
            _io.out("".join([f"{title}\n", *(f"  {difference}\n" for difference in found)]))
    files, findings = new["counts"]["files"], sum(new["counts"][level] for level in ("error", "warning", "info"))
    verdict = "The result is the same" if same else "The result differs"
    _io.out(f"{verdict}: {files} files, {findings} open findings, by the rules of {old['as_of']}\n")
    return int(not same)


def _read(path: Path, shown: str) -> dict[str, Any]:
    try:
        return evidence.parse(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise click.UsageError(f'cannot read "{shown}": {error.strerror}') from None
    except UnicodeDecodeError:
        raise click.UsageError(f'cannot use "{shown}": not UTF-8') from None
    except ManifestError as error:
        raise click.UsageError(f'cannot use "{shown}": {error}') from None


def _again(old: dict[str, Any], cwd: Path, manifest: Path) -> dict[str, Any]:
    recorded = old["call"]["options"]
    options: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in recorded.items()
        if name in (*_evidence.RECORDED, "diff_from")
    }
    try:
        options["as_of"] = datetime.fromisoformat(old["as_of"])
    except ValueError:
        raise click.UsageError(f'the manifest has no day "{old["as_of"]}"') from None
    settings = _session.settings(options, cwd)
    setup = _session.with_ledger(_session.prepared(settings, options), options, cwd)
    paths = [str(path) for path in old["call"]["paths"]]
    outputs = [cwd / str(path) for path in old["call"].get("outputs", ())]
    real = frozenset(os.path.realpath(path) for path in (*outputs, manifest))
    report = run.check(
        [Path(path) for path in paths], setup, cwd, named_too=bool(options.get("force_exclude")), outputs=real
    )
    call = Call(tuple(paths), recorded, tuple(old["call"].get("outputs", ())))
    return _evidence.manifest(report, setup, call, cwd)
