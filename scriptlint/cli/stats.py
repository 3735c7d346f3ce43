"""``scriptlint stats``: how a series of runs develops."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from scriptlint import history
from scriptlint.cli import _history, _io
from scriptlint.history import Past
from scriptlint.model.report import RunPoint
from scriptlint.model.rule import FAMILIES

_BARS = "▁▂▃▄▅▆▇█"  # a GBK console has them
_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "as_of": "日期", "files": "文件", "error": "错误", "warning": "警告", "info": "提示", "new": "新增",
        "fixed": "已改", "score": "平均分", "run": "报告", "trend": "走势:", "families": "各类别平均分:",
        "folders": "各目录平均分（最近一次）:", "documents": "得分最低的文件（最近一次）:",
        "formula": "得分 = 100 - 10×错误 - 3×警告 - 1×提示，最低 0。已屏蔽和已豁免的不计。",
    },
    "en": {
        "as_of": "day", "files": "files", "error": "errors", "warning": "warnings", "info": "infos", "new": "new",
        "fixed": "fixed", "score": "score", "run": "report", "trend": "Trend:", "families": "Mean score by family:",
        "folders": "Mean score by folder, last run:", "documents": "Lowest scores, last run:",
        "formula": "Score = 100 - 10 x errors - 3 x warnings - 1 x infos, 0 at least; suppressed and waived ones left out.",
    },
}  # fmt: skip


@click.command("stats")
@click.argument("folder", metavar="DIR")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the output.")
@click.option("--depth", type=click.IntRange(min=1), default=1, help="How many folders name an author; 1.")
@click.option("--top", type=click.IntRange(min=0), default=10, help="How many documents to list; 10.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language of the output; zh by default.")
def command(folder: str, form: str, depth: int, top: int, lang: str) -> int:
    """Show how the runs in DIR develop: JSON reports of `check`, in the order of their days and names."""
    runs, others = _history.read_folder(Path.cwd() / folder, folder)
    for name in others:
        _io.err(f"{folder}/{name}: no report of `scriptlint check --format json`, left out")
    if not runs:
        raise click.UsageError(
            f'there is no JSON report in "{folder}"; write them with `scriptlint check --format json`'
        )
    if form == "json":
        _io.out(json.dumps(history.data(runs), ensure_ascii=False, indent=2) + "\n", data=True)
        return 0
    last = max(runs, key=lambda run: (run.as_of, run.name))
    lines = (*_table(history.points(runs), _WORDS[lang]), *_last(last, depth, top, _WORDS[lang]))
    _io.out("".join(f"{line}\n" for line in lines))
    return 0


def _table(points: Sequence[RunPoint], words: Mapping[str, str]) -> Iterator[str]:
    columns = ("files", "error", "warning", "info", "new", "fixed", "score")
    yield f"{words['as_of']}  " + "  ".join(words[name] for name in columns) + f"  {words['run']}"
    for point in points:
        values = (point.files, *point.levels.values(), point.new, point.fixed, point.score)
        cells = "  ".join(
            ("-" if value is None else str(value)).rjust(_width(words[name]))
            for name, value in zip(columns, values, strict=True)
        )
        yield f"{point.as_of}  {cells}  {point.name}"
    yield ""
    yield words["trend"]
    for level in ("error", "warning", "info"):
        yield _trend(words[level], [float(point.levels[level]) for point in points])
    yield _trend(words["score"], [point.score for point in points], top=100)
    yield ""
    yield words["families"]
    for family in FAMILIES:
        yield _trend(family, [point.family_scores[family] for point in points], top=100)


def _trend(name: str, values: Sequence[float | None], top: float = 0) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return f"  {name}  -"
    highest = top or max(known) or 1
    bars = "".join(
        " " if value is None else _BARS[min(int(value / highest * (len(_BARS) - 1) + 0.5), len(_BARS) - 1)]
        for value in values
    )
    return f"  {bars}  {known[0]:g} → {known[-1]:g}  {name}"


def _last(run: Past, depth: int, top: int, words: Mapping[str, str]) -> Iterator[str]:
    scores = history.scores(run)
    folders: dict[str, list[int]] = {}
    for path, score in scores.items():
        folders.setdefault(history.folder(path, depth), []).append(score.whole)
    yield ""
    yield words["folders"]
    for name, values in sorted(folders.items()):
        yield f"  {history.average(values):5.1f}  {name} ({len(values)})"
    yield ""
    yield words["documents"]
    for path, score in sorted(scores.items(), key=lambda item: (item[1].whole, item[0]))[:top]:
        low = "  ".join(f"{family} {value}" for family, value in score.families.items() if value < 100)
        yield f"  {score.whole:5d}  {path}  {low}".rstrip()
    yield words["formula"]


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E80 else 1 for char in text)
