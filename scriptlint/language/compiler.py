"""Turns pattern strings into nodes, and collects what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from scriptlint import yamltree
from scriptlint.language.pattern import Node, PatternError, parse
from scriptlint.language.scorer import Scorer
from scriptlint.language.vocabulary import Vocabulary, concepts_in
from scriptlint.model.record import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """A string of a rule file with the place it stands at: ``at`` is the offset of its first character."""

    text: str
    at: int


@dataclass(slots=True)
class Compiler:
    """What a verb needs to build its matcher. Mistakes are kept, so that all are reported at once."""

    vocabulary: Vocabulary
    glossaries: Mapping[str, Sequence[GlossaryEntry]] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)
    """Other data files of the pack, by name (``variables``)."""
    models: Mapping[str, Scorer] = field(default_factory=dict)
    """Trained scorers of the pack, by name."""
    errors: list[tuple[int, str]] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    """Everything compiled so far: the scanner must know its literals."""
    parsed: dict[str, Node] = field(default_factory=dict)
    """The same by what was written."""
    extra_literals: set[str] = field(default_factory=set)
    """Literals a verb looks up in a view without a pattern."""

    def pattern(self, words: Words, *, rule: bool = True) -> Node | None:
        """Compile one pattern; None when it is wrong, with the mistake noted.

        A pattern of a rule (not of the vocabulary) must be more than one character.
        """
        try:
            node = self.parsed.get(words.text) or parse(words.text)
        except PatternError as error:
            self.errors.append((words.at + error.offset, error.message))
            return None
        for name in concepts_in(node):
            if name not in self.vocabulary:
                self.errors.append(
                    (
                        words.at + max(words.text.find(name), 0),
                        unknown("concept", name, self.vocabulary.names),
                    )
                )
                return None
        if rule and len(words.text) == 1:
            self.errors.append((words.at, "a single character is everywhere; write more of the expression"))
            return None
        self.parsed[words.text] = node
        self.nodes.append(node)
        return node

    def patterns(self, many: Iterable[Words], *, rule: bool = True) -> Sequence[Node]:
        """Compile several patterns, leaving out the wrong ones."""
        return tuple(node for words in many if (node := self.pattern(words, rule=rule)) is not None)

    def literals(self, nodes: Iterable[Node]) -> frozenset[str] | None:
        """The prefilter of a matcher that looks for any of these nodes."""
        result: set[str] = set()
        for node in nodes:
            required = self.vocabulary.required(node)
            if required is None:
                return None
            result |= required
        return frozenset(result)


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term with its explanation in plain Chinese."""

    term: str
    forms: tuple[str, ...]
    """The term and its other forms, folded."""
    plain: str
    instead: str
    harmless: tuple[str, ...]
    soft: bool
    """True for terms that only an elderly audience needs explained."""


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """A message for a name that does not exist, with the nearest that does."""
    import difflib

    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f'unknown {what} "{name}"' + (f'; did you mean "{close[0]}"?' if close else "")


def words_of(node: yamltree.Node | None) -> tuple[Words, ...]:
    """The strings of a scalar or a list of scalars, with their places."""
    if node is None:
        return ()
    if isinstance(node, yamltree.Scalar):
        return (Words(node.text, node.span.start + (1 if node.style in ("'", '"') else 0)),)
    if isinstance(node, yamltree.Sequence):
        return tuple(words for item in node.items for words in words_of(item))
    return ()
