"""A manifest: everything a result came of, so that the same check can be made years later and compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from scriptlint import discover
from scriptlint.config import Settings
from scriptlint.model.finding import SILENT
from scriptlint.model.record import dataclass
from scriptlint.model.report import Report
from scriptlint.model.rule import Pack

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Call:
    """What was asked for: the paths, the flags that were given, and files of reports, which are no scripts."""

    paths: tuple[str, ...]
    options: Mapping[str, Any]
    outputs: tuple[str, ...] = ()


class ManifestError(Exception):
    """A file that is no manifest of ours."""


def build(
    report: Report,
    call: Call,
    settings: Settings,
    packs: Iterable[Pack],
    records: Mapping[str, tuple[str, str]],
) -> dict[str, Any]:
    """The manifest of a run. ``records`` are the files kept beside the scripts: by kind their name and digest."""
    return {
        "scriptlint": "manifest",
        "format": FORMAT,
        "tool": report.version,
        "as_of": report.as_of,
        "rules": {
            "fingerprint": report.fingerprint,
            "applied": report.rules,
            "packs": [
                {"name": pack.name, "version": pack.version, "digest": pack.digest, "rules": pack.rules}
                for pack in packs
            ],
        },
        "call": {"paths": list(call.paths), "options": dict(call.options), "outputs": list(call.outputs)},
        "settings": of_settings(settings),
        "records": {kind: {"path": path, "sha256": digest} for kind, (path, digest) in sorted(records.items())},
        "files": list(_files(report)),
        "skipped": dict(report.skipped),
        "counts": _counts(report),
        "result": _result(report),
    }


def text(manifest: Mapping[str, Any]) -> str:
    """The file."""
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def parse(written: str) -> dict[str, Any]:
    """Read a manifest. Raises ManifestError."""
    try:
        data = json.loads(written)
    except ValueError as error:
        place = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ManifestError(f"not JSON{place}") from None
    if not isinstance(data, dict) or data.get("scriptlint") != "manifest":
        raise ManifestError("no manifest of scriptlint; `scriptlint check --manifest FILE` writes one")
    if data.get("format") != FORMAT:
        raise ManifestError(f"a manifest of format {data.get('format')}; this version reads format {FORMAT}")
    kinds = {
        "tool": str, "as_of": str, "rules": dict, "call": dict, "settings": dict, "records": dict, "files": list,
        "counts": dict, "result": str,
    }  # fmt: skip
    for key, kind in kinds.items():
        if not isinstance(data.get(key), kind):
            raise ManifestError(f'"{key}" is missing or wrong')
    call = data["call"]
    if not isinstance(call.get("paths"), list) or not isinstance(call.get("options"), dict):
        raise ManifestError('"call" does not say what was checked')
    if not all(isinstance(file, dict) and "path" in file and "sha256" in file for file in data["files"]):
        raise ManifestError('"files" does not say which files there were')
    return data


def of_settings(settings: Settings) -> dict[str, Any]:
    """The settings that were in force, flags included. Paths are as seen from the folder of the settings file."""

    def inside(path: Path | None) -> str | None:
        return discover.shown_path(path, settings.root) if path is not None else None

    return {
        "select": list(settings.select),
        "ignore": list(settings.ignore),
        "fail-level": settings.fail_level.word,
        "levels": {name: level.word for name, level in sorted(settings.levels.items())},
        "preview": settings.preview,
        "deletions": settings.deletions,
        "lang": settings.lang,
        "encoding": settings.encoding,
        "exclude": list(settings.exclude),
        "scripts-in-columns": list(settings.scripts_in_columns),
        "rules-paths": [inside(path) for path in settings.rules_paths],
        "speakers": {role: list(getattr(settings.speakers, role)) for role in ("institution", "customer", "third")},
        "contexts": [
            {"files": list(globs.files), **{key: list(values) for key, values in globs.values.items()}}
            for globs in settings.contexts
        ],
        "encodings": [{"files": list(globs.files), "encoding": globs.encoding} for globs in settings.encodings],
        "baseline": inside(settings.baseline),
        "waivers": inside(settings.waivers),
    }


def _files(report: Report) -> Iterator[dict[str, Any]]:
    found: dict[str, Counter[tuple[str, str, str]]] = {}
    for finding in report.findings:
        key = (finding.rule, finding.level.word, finding.status.state)
        found.setdefault(finding.path, Counter())[key] += 1
    for record in report.files:
        yield {
            "path": record.path,
            "sha256": record.sha256,
            "state": record.state,
            "encoding": record.encoding,
            "findings": [
                {"rule": rule, "level": level, "status": status, "count": count}
                for (rule, level, status), count in sorted(found.get(record.path, Counter()).items())
            ],
        }


def _counts(report: Report) -> dict[str, int]:
    states = Counter(record.state for record in report.files)
    levels = Counter(finding.level.word for finding in report.open_findings())
    silent = Counter(finding.status.state for finding in report.findings)
    problems = Counter(problem.severity for problem in report.problems)
    return {
        "files": len(report.files),
        **{state: states[state] for state in ("checked", "partial", "empty", "unread")},
        **{level: levels[level] for level in ("error", "warning", "info")},
        **{state: silent[state] for state in SILENT},
        **{f"problems_{severity}": problems[severity] for severity in ("usage", "unread", "note")},
    }


def _result(report: Report) -> str:
    """One digest of all findings with their places and statuses, whatever the language they are told in."""
    rows = [
        [
            finding.path,
            finding.rule,
            finding.level.word,
            finding.status.state,
            [finding.span.start, finding.span.end] if finding.span else None,
            finding.identity.words,
        ]
        for finding in report.findings
    ]
    states = [[record.path, record.state] for record in report.files]
    return sha256(json.dumps([rows, states], ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the manifest has it. ``kind`` is ``cause`` or ``result``."""

    kind: str
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.what}: {self.before or 'none'} -> {self.after or 'none'}"


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What differs between a manifest and the same check made anew: causes first, then results."""
    return (*_causes(old, new), *_results(old, new))


def _causes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    yield from _differing("cause", {"tool version": old["tool"]}, {"tool version": new["tool"]})
    yield from _differing("cause", _flat_rules(old["rules"]), _flat_rules(new["rules"]))
    yield from _differing("cause", _named("setting ", old["settings"]), _named("setting ", new["settings"]))
    yield from _differing("cause", _flat_records(old["records"]), _flat_records(new["records"]))
    before = {file["path"]: file for file in old["files"]}
    after = {file["path"]: file for file in new["files"]}
    for path in sorted(before.keys() | after.keys()):
        if path not in after:
            yield Difference("cause", f"file {path}", "there", "not checked now")
        elif path not in before:
            yield Difference("cause", f"file {path}", "not checked then", "there")
        elif before[path]["sha256"] != after[path]["sha256"]:
            yield Difference("cause", f"content of {path}", before[path]["sha256"][:16], after[path]["sha256"][:16])


def _results(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    if old["result"] == new["result"]:
        return
    found = list(_differing("result", _flat_findings(old["files"]), _flat_findings(new["files"])))
    yield from found
    if not found:
        yield Difference("result", "places or words of findings", old["result"][:16], new["result"][:16])


def _differing(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield Difference(kind, name, _shown(before.get(name)), _shown(after.get(name)))


def _flat_rules(rules: Mapping[str, Any]) -> dict[str, Any]:
    packs = {f"pack {pack['name']}": f"{pack['version']} {pack['digest']}".strip() for pack in rules.get("packs", ())}
    return {"rules": rules.get("fingerprint"), "rules applied": rules.get("applied"), **packs}


def _named(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {prefix + name: value for name, value in values.items()}


def _flat_records(records: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{kind} file {record['path']}": record["sha256"][:16] for kind, record in records.items()}


def _flat_findings(files: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    counts = {
        f"{file['path']}: {found['rule']} {found['level']} {found['status']}": found["count"]
        for file in files
        for found in file.get("findings", ())
    }
    return {**counts, **{f"{file['path']}: state": file.get("state") for file in files}}


def _shown(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
