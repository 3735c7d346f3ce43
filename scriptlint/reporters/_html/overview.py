"""The top of the page: what came of the run, in a sentence, in numbers and in charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from scriptlint.model.report import Report
from scriptlint.model.rule import FAMILIES
from scriptlint.reporters._html import charts
from scriptlint.reporters._html.charts import Row
from scriptlint.reporters._html.escaping import Html, joined, tag
from scriptlint.reporters._html.notes import Numbered
from scriptlint.reporters._html.words import LEVELS, Words

_ROWS = 8


def header(report: Report, words: Words) -> Html:
    """Title and verdict."""
    day = tag("p", joined(report.as_of, " · scriptlint ", report.version), cls="quiet")
    return tag("header", joined(tag("h1", words["title"]), day))


def section(report: Report, numbered: Sequence[Numbered], words: Words) -> Html:
    """The overview."""
    found = [item for item in numbered if item.is_open]
    numbers = tag("ul", joined(*(_number(*each) for each in _numbers(report, numbered, words))), cls="numbers-row")
    drawn = [
        charts.bars(words["by_family"], _families(found, words), words),
        _by_file(report, found, words),
        _by_rule(found, words),
        charts.trend(report.history, words),
    ]
    inner = joined(
        tag("h2", words["overview"], cls="unseen-title"),
        tag("p", _verdict(report, found, words), cls="verdict"),
        tag("p", words["disclaimer"], cls="quiet"),
        numbers,
        tag("div", joined(*(drawn if found or report.history else drawn[3:])), cls="charts"),
    )
    return tag("section", inner, id="overview")


def _verdict(report: Report, found: Sequence[Numbered], words: Words) -> Html:
    states = Counter(record.state for record in report.files)
    read = len(report.files) - states["unread"]
    bad = len({item.file for item in found})
    said = words["found" if found else "clean" if report.files else "nothing"].format(files=read, bad=bad)
    short = states["unread"] + states["partial"]
    more = []
    if short:
        more.append(tag("strong", words["not_whole"].format(count=short)))
    if any(problem.severity == "usage" for problem in report.problems):
        more.append(tag("strong", words["wrong"]))
    return joined(said, *(joined(words["semicolon"], each) for each in more), words["stop"].strip())


def _numbers(report: Report, numbered: Sequence[Numbered], words: Words) -> Iterable[tuple[int, str, str, str]]:
    levels = Counter(item.finding.level.word for item in numbered if item.is_open)
    for level in LEVELS:
        yield levels[level], words[f"level_{level}"], level, f"#level={level}"
    states = Counter(item.finding.status.state for item in numbered if not item.is_open)
    silent = ",".join(sorted(states))
    yield sum(states.values()), words["settled"], "settled", f"#status={silent}" if silent else ""
    unread = sum(max(1, len(record.unread)) for record in report.files if record.state in ("unread", "partial"))
    yield unread, words["unread_parts"], "unread" if unread else "none", "#problems" if unread else ""
    yield len(report.files), words["files"], "none", "#files"


def _number(count: int, name: str, kind: str, target: str) -> Html:
    inner = joined(tag("b", f"{count:,}"), tag("span", name))
    lead = tag("a", inner, href=target) if target and count else tag("span", inner)
    return tag("li", lead, cls=f"number {kind}" + ("" if count else " zero"))


def _counts(found: Iterable[Numbered]) -> Mapping[str, int]:
    return Counter(item.finding.level.word for item in found)


def _families(found: Sequence[Numbered], words: Words) -> list[Row]:
    present = {item.finding.family for item in found}
    names = [*FAMILIES, *sorted(present - set(FAMILIES))]
    return [
        Row(
            words.get(f"family_{name}", name),
            f"#family={name}",
            _counts(item for item in found if item.finding.family == name),
        )
        for name in names
    ]


def _by_file(report: Report, found: Sequence[Numbered], words: Words) -> Html:
    rows: list[Row] = []
    paths = [record.path for record in report.files]
    by_file: dict[int, list[Numbered]] = {}
    for item in found:
        by_file.setdefault(item.file, []).append(item)
    for index, items in by_file.items():
        if index:
            path = paths[index - 1]
            rows.append(Row(path.rsplit("/", 1)[-1], f"#file={index}", _counts(items), path))
    rows.sort(key=_weight)
    return charts.bars(words["by_file"], rows[:_ROWS], words, hidden=len(rows) - len(rows[:_ROWS]))


def _by_rule(found: Sequence[Numbered], words: Words) -> Html:
    by_rule: dict[str, list[Numbered]] = {}
    for item in found:
        by_rule.setdefault(item.finding.rule, []).append(item)
    rows = [Row(items[0].title or name, f"#rule={name}", _counts(items), name) for name, items in by_rule.items()]
    rows.sort(key=lambda row: (-row.total, *_weight(row)))
    return charts.bars(words["by_rule"], rows[:_ROWS], words, hidden=len(rows) - len(rows[:_ROWS]))


def _weight(row: Row) -> tuple[int, int, int, str]:
    """The loudest first."""
    return (*(-row.counts.get(level, 0) for level in LEVELS), row.hint)  # type: ignore[return-value]
