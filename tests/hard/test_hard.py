"""Each hard thing has a file: texts in which something must be found, and texts that must be left alone.

A file is YAML: ``title``, and the lists ``fail``, ``pass``, ``known-miss`` and ``known-alarm``. A text is a string or a
mapping with ``text``, ``family`` (default: the file's), ``format`` and context keys. Marks ``[[ ]]`` in a failing text
say what must be found: at least one finding of the family must touch each. A passing text has no finding of any rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from _pytest.mark import ParameterSet

from scriptlint import context, engine, packs, readers, triage
from scriptlint.model.context import CONTEXT_VALUES, Context, Fact
from scriptlint.model.finding import Finding

HERE = Path(__file__).parent
RULESET = packs.load([packs.find_rules_dir()], as_of=date(2026, 11, 24))
FILES = sorted(HERE.glob("*.yaml"))
ENOUGH = 10


def entries(path: Path, kind: str) -> list[dict[str, Any]]:
    loaded = yaml.safe_load(path.read_text("utf-8"))
    listed = [item if isinstance(item, dict) else {"text": item} for item in loaded.get(kind) or []]
    return [{"family": loaded["family"], **item} for item in listed]


def cases(kind: str) -> list[ParameterSet]:
    return [
        pytest.param(item, id=f"{path.stem}:{number}")
        for path in FILES
        for number, item in enumerate(entries(path, kind), 1)
    ]


def findings(text: str, item: Mapping[str, Any]) -> list[Finding]:
    document = readers.read("text", text.encode(), readers.ReadOptions(format=item.get("format", "plain")))
    given = {
        key: Fact(tuple([item[key]] if isinstance(item[key], str) else item[key]), "flag")
        for key in CONTEXT_VALUES
        if key in item
    }
    result = engine.lint(document, RULESET, context.infer(document, RULESET, Context(given)))
    assert not result.problems
    return [found for found in triage.supported(result.findings) if found.status.state == "open"]


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and where they stood."""
    plain, marks = "", []
    for number, part in enumerate(text.split("[[")):
        if number:
            inside, _, part = part.partition("]]")
            marks.append((len(plain), len(plain) + len(inside)))
            plain += inside
        plain += part
    return plain, marks


def missed(item: Mapping[str, Any]) -> list[str]:
    """The marked words of a text that no finding of its family touches."""
    text, marks = unmarked(item["text"])
    spans = [f.span for f in findings(text, item) if f.family == item["family"] and f.span]
    return [text[start:end] for start, end in marks if not any(span.start < end and start < span.end for span in spans)]


@pytest.mark.parametrize("item", cases("fail"))
def test_what_offends_is_found(item: dict[str, Any]) -> None:
    assert "[[" in item["text"]
    assert missed(item) == []


@pytest.mark.parametrize("item", cases("pass"))
def test_what_does_not_offend_is_left_alone(item: dict[str, Any]) -> None:
    assert [(found.rule, found.excerpt) for found in findings(item["text"], item)] == []


@pytest.mark.parametrize("item", cases("known-miss"))
def test_a_known_miss_is_still_missed(item: dict[str, Any]) -> None:
    """When this fails the gap is closed: move the text to ``fail``."""
    assert missed(item)


@pytest.mark.parametrize("item", cases("known-alarm"))
def test_a_known_alarm_still_rings(item: dict[str, Any]) -> None:
    """When this fails the gap is closed: move the text to ``pass``."""
    assert findings(item["text"], item)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_there_are_enough_texts(path: Path) -> None:
    assert len(entries(path, "fail")) >= ENOUGH
    assert len(entries(path, "pass")) >= ENOUGH


def test_each_of_the_twenty_has_its_file() -> None:
    assert [path.stem.split("-")[0] for path in FILES] == [f"{number:02}" for number in range(1, 21)]
