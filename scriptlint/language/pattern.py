"""The pattern language: how a rule author writes down a way of saying something.

    {promise} .. {principal | gain}      concepts with a gap inside the sentence
    (随时 | 任何时候) [都] 能取            literal text, alternatives, an optional part
    {percent} ~4 /复利|单利/              a gap inside the clause, a regular expression

A parsed pattern is a tree of the nodes below. Literals are folded when parsed.
"""

from __future__ import annotations

import re

from scriptlint.language.expressions import look
from scriptlint.language.fold import HAN, fold_words
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

DEFAULT_SENTENCE_GAP = 10
DEFAULT_CLAUSE_GAP = 8
LONGEST_GAP = 50


class PatternError(Exception):
    """A pattern that cannot be read. ``offset`` counts in the pattern string."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message


@dataclass(frozen=True, slots=True)
class Literal:
    """Folded words, found as they stand."""

    text: str


@dataclass(frozen=True, slots=True)
class Concept:
    """Any way the vocabulary says one of these concepts."""

    names: tuple[str, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression over folded text. ``plain`` says that no text can keep it busy."""

    source: str
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to ``longest`` characters of anything inside the sentence, or inside the clause."""

    longest: int
    clause: bool


@dataclass(frozen=True, slots=True)
class Optional:
    """A part that may be missing."""

    body: Node


@dataclass(frozen=True, slots=True)
class Either:
    """One of several ways."""

    ways: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Parts one after the other; a space may stand between them."""

    parts: tuple[Node, ...]


Node = Literal | Concept | Expression | Gap | Optional | Either | Series

_WORDS = lazy_re(r"(?:[^{}\[\]()|~/\\\s.]|\.(?!\.))+")
_NAME = lazy_re(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")


def parse(text: str) -> Node:
    """Read a pattern. Raises PatternError with the place of the first mistake."""
    if _WORDS.fullmatch(text):  # most ways of saying something are mere words
        return Literal(fold_words(text))
    parser = _Parser(text)
    node = parser.series(closing="")
    if parser.position < len(text):
        raise PatternError(parser.position, f'"{text[parser.position]}" closes nothing')
    _check_ends(node)
    return node


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def series(self, closing: str) -> Node:
        parts: list[Node] = []
        while self.position < len(self.text):
            char = self.text[self.position]
            if char in closing or char in "])}|":
                break
            if char.isspace():
                self.position += 1
            elif char == "{":
                parts.append(self._concept())
            elif char == "[":
                parts.append(Optional(self._group("]", allow_ways=True)))
            elif char == "(":
                parts.append(self._group(")", allow_ways=True))
            elif char == "/":
                parts.append(self._expression())
            elif char == "~":
                self.position += 1
                parts.append(Gap(self._number(DEFAULT_CLAUSE_GAP), clause=True))
            elif self.text.startswith("..", self.position):
                self.position += 2
                parts.append(Gap(self._number(DEFAULT_SENTENCE_GAP), clause=False))
            else:
                parts.append(Literal(self._words()))
        if not parts:
            raise PatternError(self.position, "nothing to look for here")
        return parts[0] if len(parts) == 1 else Series(tuple(parts))

    def _words(self) -> str:
        words: list[str] = []
        while self.position < len(self.text):
            char = self.text[self.position]
            if char == "\\":
                if self.position + 1 >= len(self.text):
                    raise PatternError(self.position, "a backslash must be followed by a character")
                words.append(self.text[self.position + 1])
                self.position += 2
                continue
            run = _WORDS.match(self.text, self.position)
            if run is None:
                break
            words.append(run[0])
            self.position = run.end()
        return fold_words("".join(words))

    def _number(self, default: int) -> int:
        start = self.position
        while self.position < len(self.text) and self.text[self.position] in "0123456789":
            self.position += 1
        if start == self.position:
            return default
        number = int(self.text[start : self.position])
        if not 1 <= number <= LONGEST_GAP:
            raise PatternError(start, f"a gap is 1 to {LONGEST_GAP} characters, not {number}")
        return number

    def _concept(self) -> Node:
        start = self.position
        end = self.text.find("}", start)
        if end < 0:
            raise PatternError(start, '"{" is not closed')
        names: list[str] = []
        offset = start + 1
        for part in self.text[start + 1 : end].split("|"):
            name = part.strip()
            if not _NAME.match(name):
                raise PatternError(offset, f'"{name}" is not a concept name (lower-case words joined by dashes)')
            names.append(name)
            offset += len(part) + 1
        self.position = end + 1
        return Concept(tuple(names), start + 1)

    def _group(self, closing: str, *, allow_ways: bool) -> Node:
        start = self.position
        self.position += 1
        ways = [self.series(closing + "|")]
        while allow_ways and self.position < len(self.text) and self.text[self.position] == "|":
            self.position += 1
            ways.append(self.series(closing + "|"))
        if self.position >= len(self.text) or self.text[self.position] != closing:
            raise PatternError(start, f'"{self.text[start]}" is not closed')
        self.position += 1
        return ways[0] if len(ways) == 1 else Either(tuple(ways))

    def _expression(self) -> Node:
        start = self.position
        end = start + 1
        while end < len(self.text) and self.text[end] != "/":
            end += 2 if self.text[end] == "\\" else 1
        if end >= len(self.text):
            raise PatternError(start, "the regular expression is not closed by /")
        source = self.text[start + 1 : end].replace("\\/", "/")
        self.position = end + 1
        check_expression(source, start + 1)
        return Expression(source, look(source).plain)


_HAN_CLASS = lazy_re(rf"[{HAN}]")


def check_expression(source: str, offset: int) -> None:
    """Refuse what cannot work in unspaced text or has no bound. Raises PatternError."""
    if re.search(r"\\[bBwWdD]", source):
        raise PatternError(offset, r"\b, \w and \d do not work beside Han characters; write a class such as [0-9]")
    if re.search(r"(?<!\\)[*+](?!\+)", re.sub(r"\[[^\]]*\]", "", source)):
        raise PatternError(offset, "repeat with a bound, such as {1,20}, not with * or +")
    for match in re.finditer(r"\{(\d*),(\d*)\}", source):
        if not match[2] or int(match[2]) > LONGEST_GAP:
            raise PatternError(offset + match.start(), f"a repeat is at most {LONGEST_GAP}")
    if look(source).plain:
        return
    import regex  # only for what the expressions of Python might not do

    try:
        regex.compile(source)
    except regex.error as error:
        raise PatternError(offset, f"not a regular expression: {str(error).split(' at position')[0]}") from None


def _check_ends(node: Node) -> None:
    parts = node.parts if isinstance(node, Series) else (node,)
    if isinstance(parts[0], Gap) or isinstance(parts[-1], Gap):
        raise PatternError(0, "a gap needs words on both sides")
    if all(isinstance(part, Optional | Gap) for part in parts):
        raise PatternError(0, "every part is optional, so this matches nothing in particular")
