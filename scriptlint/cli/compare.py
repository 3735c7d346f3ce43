"""``scriptlint compare``: what is new, fixed and still open between two JSON reports."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from scriptlint import history
from scriptlint.cli import _history, _io
from scriptlint.history import STATES, Comparison, Row

_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "new": "新增", "returned": "复现", "open": "仍在", "fixed": "已改", "silenced": "已静默", "unchecked": "未检查",
        "family": "按类别", "rule": "按规则", "folder": "按目录", "score": "平均分", "none": "无", "moved": "改名:",
        "rules": "两次检查所用规则不同，差异可能来自规则。", "days": "{old} → {new}",
    },
    "en": {
        "new": "new", "returned": "returned", "open": "open", "fixed": "fixed", "silenced": "silenced",
        "unchecked": "unchecked", "family": "By family", "rule": "By rule", "folder": "By folder",
        "score": "mean score", "none": "none", "moved": "moved:",
        "rules": "The rules of the two runs differ, and so may the results.", "days": "{old} -> {new}",
    },
}  # fmt: skip
_LISTED = ("new", "returned", "fixed", "silenced", "unchecked")


@click.command("compare")
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
@click.option("--depth", type=click.IntRange(min=1), default=1, help="How many folders name an author; 1.")
@click.option("--all", "everything", is_flag=True, help="List findings that are still open, too.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of the output; zh by default.")
@click.option("--fail-on-new", is_flag=True, help="End with 1 when there are new findings or some came back.")
def command(old: str, new: str, form: str, depth: int, everything: bool, lang: str, fail_on_new: bool) -> int:
    """Compare two reports of `check --format json`: what is new, fixed and still open.

    Findings are matched by rule, file and words, wherever they stand now.
    """
    cwd = Path.cwd()
    done = history.compare(_history.read(cwd / old, old), _history.read(cwd / new, new))
    if form == "json":
        _io.out(json.dumps(_data(done, depth), ensure_ascii=False, indent=2) + "\n", data=True)
    else:
        _io.out("".join(f"{line}\n" for line in _lines(done, depth, everything=everything, words=_WORDS[lang])))
    return int(fail_on_new and done.counts["new"] + done.counts["returned"] > 0)


def _keys(depth: int) -> dict[str, Callable[[Row], str]]:
    return {
        "family": lambda row: row.family,
        "rule": lambda row: row.rule,
        "folder": lambda row: history.folder(row.path, depth),
    }


def _lines(done: Comparison, depth: int, *, everything: bool, words: Mapping[str, str]) -> Iterator[str]:
    yield words["days"].format(old=f"{done.old.name} ({done.old.as_of})", new=f"{done.new.name} ({done.new.as_of})")
    if done.old.fingerprint != done.new.fingerprint:
        yield words["rules"]
    yield "  ".join(f"{words[state]} {count}" for state, count in done.counts.items())
    before, after = _mean(done, "old"), _mean(done, "new")
    yield f"{words['score']} {_number(before, words)} → {_number(after, words)}"
    for old, new in sorted(done.moved.items()):
        yield f"{words['moved']} {old} → {new}"
    for title, key in _keys(depth).items():
        yield ""
        yield f"{words[title]}:"
        for name, counts in done.by(key).items():
            yield f"  {name}  " + "  ".join(f"{words[state]} {count}" for state, count in counts.items() if count)
    for state in (*_LISTED, *(("open",) if everything else ())):
        rows = [change.row for change in done.changes if change.state == state]
        if rows:
            yield ""
            yield f"{words[state]}:"
            yield from (f"  {row.path}:{row.line}:{row.column} {row.level} {row.rule} {row.message}" for row in rows)


def _mean(done: Comparison, which: str) -> float | None:
    past = done.old if which == "old" else done.new
    return history.average(score.whole for score in history.scores(past).values())


def _number(value: float | None, words: Mapping[str, str]) -> str:
    return words["none"] if value is None else f"{value:.1f}"


def _data(done: Comparison, depth: int) -> dict[str, Any]:
    before, after = history.scores(done.old), history.scores(done.new)
    return {
        "old": {"name": done.old.name, "as_of": done.old.as_of, "fingerprint": done.old.fingerprint},
        "new": {"name": done.new.name, "as_of": done.new.as_of, "fingerprint": done.new.fingerprint},
        "counts": dict(done.counts),
        **{f"by_{title}": done.by(key) for title, key in _keys(depth).items()},
        "moved": dict(done.moved),
        "scores": {
            path: {
                "old": before[path].whole if path in before else None,
                "new": after[path].whole if path in after else None,
            }
            for path in sorted(before.keys() | after.keys())
        },
        "changes": [
            {
                "state": change.state,
                "path": change.row.path,
                "line": change.row.line,
                "column": change.row.column,
                "rule": change.row.rule,
                "family": change.row.family,
                "level": change.row.level,
                "message": change.row.message,
            }
            for change in sorted(done.changes, key=lambda change: STATES.index(change.state))
        ],
    }
