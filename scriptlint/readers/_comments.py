"""Comments that speak to scriptlint, and the context a file states about itself."""

from __future__ import annotations

import re
from collections.abc import Mapping

from scriptlint.model.context import CONTEXT_VALUES
from scriptlint.model.document import Unread
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field
from scriptlint.model.span import Span
from scriptlint.readers._prose import Prose, copied, lines_of, trimmed

Facts = Mapping[str, tuple[str, ...]]

_LINE_COMMENT = lazy_re(r"(?:<!--\s*|#+\s*|//\s*)(?=scriptlint\s*:)")
_DIRECTIVE = lazy_re(r"scriptlint\s*:\s*(.*)", re.DOTALL)
_FACT = lazy_re(r"([a-z]+)\s*=\s*([\w,\-]+)")
_LOOKS_MEANT = lazy_re(r"\s*[A-Za-z_][\w-]*\s*:(?:\s|$)")


def line_comment(source: str, line: Span) -> Prose | None:
    """The comment for scriptlint a stripped line consists of: ``# scriptlint: …``, ``//``, ``<!-- -->``."""
    text = source[line.start : line.end]
    match = _LINE_COMMENT.match(text)
    if match is None:
        return None
    if not text.startswith("<!--"):
        return copied(source, Span(line.start + match.end(), line.end))
    if not text.endswith("-->"):
        return None
    return copied(source, trimmed(source, Span(line.start + match.end(), line.end - 3)))


def stated(comment: str) -> dict[str, tuple[str, ...]] | None:
    """The context a comment states (``scriptlint: kind=sms product=fund,mmf``); None if it says more."""
    directive = _DIRECTIVE.match(comment.strip())
    if directive is None:
        return None
    facts: dict[str, tuple[str, ...]] = {}
    for word in re.sub(r"\s*([=,])\s*", r"\1", directive[1]).split():
        fact = _FACT.fullmatch(word)
        if fact is None or fact[1] not in CONTEXT_VALUES:
            return None
        facts[fact[1]] = tuple(value for value in fact[2].split(",") if value)
    return facts or None


@dataclass(frozen=True, slots=True)
class Front:
    """The block between two ``---`` lines at the top of a file: what it states and where the text begins."""

    facts: Facts = field(default_factory=dict)
    end: int = 0
    unread: tuple[Unread, ...] = ()


def front_matter(source: str) -> Front:
    """Read the front matter of a text. Text that merely begins with a rule has none."""
    if not source.startswith("---"):
        return Front()
    lines = lines_of(source)
    if source[lines[0].start : lines[0].end].rstrip() != "---":
        return Front()
    for index, line in enumerate(lines[1:], 1):
        if source[line.start : line.end].rstrip() in ("---", "..."):
            inside = Span(lines[1].start, line.start)
            following = lines[index + 1].start if index + 1 < len(lines) else line.end
            return _parsed(source, inside, following)
    return Front()


def _parsed(source: str, inside: Span, end: int) -> Front:
    from scriptlint import yamltree  # only for files that have front matter

    text = source[inside.start : inside.end]
    try:
        tree = yamltree.parse(text)
    except (yamltree.TreeError, RecursionError) as error:
        if not _LOOKS_MEANT.match(text):
            return Front()
        first = error.errors[0] if isinstance(error, yamltree.TreeError) else (0, "nested too deeply")
        reason = f"front matter cannot be read: {first[1]}"
        at = min(inside.start + first[0], inside.end)
        return Front({}, end, (Unread(Span(at, inside.end), reason),))
    if not isinstance(tree, yamltree.Mapping):
        return Front()
    return Front(facts_of(yamltree.plain(tree)), end)


def facts_of(value: object) -> dict[str, tuple[str, ...]]:
    """A mapping of single values and lists as facts; a nested ``scriptlint`` mapping counts as if on top."""
    facts: dict[str, tuple[str, ...]] = {}
    if not isinstance(value, dict):
        return facts
    for key, entry in value.items():
        if key == "scriptlint" and isinstance(entry, dict):
            facts.update(facts_of(entry))
        elif isinstance(entry, list):
            facts[str(key)] = tuple(_word(item) for item in entry if not isinstance(item, list | dict))
        elif not isinstance(entry, dict):
            facts[str(key)] = (_word(entry),) if entry is not None else ()
    return facts


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
