"""What is read from a regular expression: characters that must be there, and whether it can get lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import regex

from scriptlint import packs
from scriptlint.language import Node
from scriptlint.language.expressions import look
from scriptlint.language.pattern import Expression
from scriptlint.language.vocabulary import children
from scriptlint.packs import compiling

EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").rglob("*.*"))


@pytest.mark.parametrize(
    ("source", "characters"),
    [
        ("[0-9]{1,3}%", "%"),
        ("(?:年化|月息)[0-9]", "年月"),
        ("(?:年化)?[0-3]", "0123"),
        ("(?<![0-9])保本", "保"),
        ("[^。]{1,3}", None),
        ("[一-龥]{2}", None),
        ("(?:保本)?(?=息)", None),
        ("a|", None),
        ("(?i:Apr)", None),
        ("保[[本]]", None),
    ],
)
def test_characters_that_must_be_there(source: str, characters: str | None) -> None:
    assert look(source).characters == (frozenset(characters) if characters else None)


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("[0-9]{1,3}(?:元|万)", True),
        (r"(?<![0-9])[0-9]{4}(?![0-9])", True),
        ("(?:a{1,50}){1,50}b", False),
        ("[ab]{0,50}[ab]{0,50}[ab]{0,50}[ab]{0,50}c", False),
        (r"(a)\1", False),
        ("(?<=a{1,2})b", False),
        (r"\p{Han}", False),
        ("[a--b]", False),
    ],
)
def test_expressions_that_no_text_keeps_busy(source: str, plain: bool) -> None:
    assert look(source).plain is plain


def test_both_libraries_find_the_same_with_the_expressions_of_the_packs() -> None:
    compiled = compiling.compiled([packs.find_rules_dir()])
    vocabulary = compiled.language.vocabulary
    ways = [way for name in vocabulary.names for way in vocabulary[name].ways]
    found = {node.source for root in (*ways, *compiled.compiler.nodes) for node in _expressions(root) if node.plain}
    assert len(found) > 100
    text = "\n".join(path.read_bytes().decode("utf-8", "replace") for path in EXAMPLES if path.is_file())
    for source in sorted(found):
        mine = [match.span() for match in re.finditer(source, text)]
        assert mine == [match.span() for match in regex.finditer(source, text)], source
        needed = look(source).characters
        assert needed is None or all(needed & {*text[start:end]} for start, end in mine), source


def _expressions(node: Node) -> list[Expression]:
    own = [node] if isinstance(node, Expression) else []
    return own + [found for inner in children(node) for found in _expressions(inner)]
