"""Where required words count: within which reach of a claim, in whose mouth, and seen by whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from scriptlint.language import Hit, Node, Passage, TextView, figures
from scriptlint.model.document import Role, Scope
from scriptlint.model.lazy import lazy_re
from scriptlint.model.span import Span


def triggers(passage: Passage, when: Sequence[Node], column: Sequence[Node]) -> Iterator[tuple[int, Hit]]:
    """What makes a warning necessary: words, a rate under a header, or without either the text itself."""
    headers = {
        view.segment.text.strip() for view in passage.views if column and any(view.hits(node) for node in column)
    }
    for index, view in enumerate(passage.views):
        yield from (
            (index, hit) for hit in sorted(chain.from_iterable(view.hits(node).all for node in view.possible(when)))
        )
        if headers and view.segment.label.strip() in headers:
            yield from ((index, Hit(rate.span.start, rate.span.end)) for rate in figures.rates(view.folded)[:1])
    if when or column:
        return
    for index, view in enumerate(passage.views):
        # The text itself is the reason: point at its first sentence.
        if view.segment.scope is not Scope.COMMENT and view.folded.strip():
            yield index, Hit(0, len(view.folded[: view.stops.sentence_end(0)].rstrip()))
            return


_SENDER = lazy_re(r"\s*(?:第?[0-9]{1,3}[条.、:)]*\s*)?【([^】\n]{2,16})】(?=\s*\S)")


def messages(passage: Passage) -> Sequence[int] | None:
    """Which of several messages in one file each view belongs to; None for a file that is one text.

    A list of messages shows by its senders (【…】 at the start of each), or by its kind where each stands in a
    record of its own. A warning in one message does nothing for who gets another.
    """
    senders = [match[1] if (match := _SENDER.match(view.segment.text)) else "" for view in passage.views]
    named = [sender for sender in senders if sender]
    if len(named) > len({*named}):  # one sender more than once; steps of a script have names of their own
        numbers = [0]
        for sender in senders:
            numbers.append(numbers[-1] + bool(sender))
        return numbers[1:]
    records = [view.segment.record for view in passage.views]
    if {"sms", "push"} & set(passage.context.values("kind")) and len({*records} - {None}) > 1:
        return [-1 if record is None else record for record in records]
    return None


Limits = tuple[TextView, Span]


class Within:
    """Where the required words would count for each trigger of a passage.

    Only views that hold some of the words are kept, by what they share with the trigger (its section, its record), so
    that a long text with many triggers is not gone through for each.
    """

    def __init__(self, passage: Passage, reach: str, nodes: Sequence[Node]) -> None:
        self._views = passage.views
        self._reach = reach
        self._nodes = nodes
        self._texts = messages(passage) if reach in ("document", "section", "record") else None
        self._holding: dict[object, list[TextView]] | None = None

    def of(self, index: int, hit: Hit) -> Iterator[Limits]:
        """The views, and the part of each, in which the words would count for this trigger."""
        view = self._views[index]
        if self._reach == "sentence":
            start = view.stops.sentence(hit.start).start
            yield view, Span(start, view.stops.sentence(max(hit.end - 1, hit.start)).end)
        elif self._reach == "segment":
            yield view, Span(0, len(view.folded))
        else:
            if self._holding is None:
                self._holding = self._sorted()
            for other in self._holding.get(self._key(index), ()):
                if reaches(other, view):
                    yield other, Span(0, len(other.folded))

    def _sorted(self) -> dict[object, list[TextView]]:
        holding: dict[object, list[TextView]] = {}
        for index, view in enumerate(self._views):
            if any(view.hits(node) for node in view.possible(self._nodes)):
                holding.setdefault(self._key(index), []).append(view)
        return holding

    def _key(self, index: int) -> object:
        segment = self._views[index].segment
        if self._texts is not None:
            return self._texts[index]
        if self._reach == "section":
            return segment.section
        if self._reach == "record":
            return ("alone", index) if segment.record is None else segment.record
        return None


# Slides are shown without their notes; who reads the notes out reads the claim there, too.
_UNSHOWN = lazy_re(r"slide [0-9]+ notes")


def reaches(warning: TextView, claim: TextView) -> bool:
    """True when who hears or sees the claim gets this text as well.

    A customer who recites the warning has not been warned, and what is hidden warns nobody, unless the claim is
    hidden with it (a sheet of scripts that is not shown).
    """
    segment = warning.segment
    if segment.role is Role.CUSTOMER or segment.scope is Scope.COMMENT:
        return False
    return warning is claim or not out_of_sight(warning) or out_of_sight(claim)


def out_of_sight(view: TextView) -> bool:
    """True for hidden text and for notes to slides."""
    segment = view.segment
    hidden = segment.prominence is not None and segment.prominence.hidden
    return hidden or (segment.scope is Scope.NOTE and _UNSHOWN.search(segment.locator) is not None)


def warnings(
    view: TextView,
    limits: Span,
    group: Sequence[Node],
    withdrawn: Sequence[Node],
    topics: Sequence[Sequence[Node]],
    about: frozenset[int],
) -> Iterator[Hit]:
    """Where the warning stands here, is no question, is not taken back and is about the same subject."""
    for node in view.possible(group):
        for hit in view.hits(node).all:
            inside = limits.start <= hit.start and hit.end <= limits.end
            if not inside or _ASKED.match(view.folded, hit.end) or _taken_back(view, hit, withdrawn):
                continue
            other = topics_of(view, hit, topics) if len(about) == 1 else frozenset()
            # What names several subjects, or none, warns of all of them.
            if len(other) != 1 or other == about:
                yield hit


def topics_of(view: TextView, hit: Hit, topics: Sequence[Sequence[Node]]) -> frozenset[int]:
    """The subjects that the sentence of a hit names; where it names none, those of its line and headings."""
    sentence = view.stops.sentence(hit.start)
    named = {number: [other for node in topic for other in view.hits(node).all] for number, topic in enumerate(topics)}
    near = frozenset(
        number
        for number, hits in named.items()
        if any(sentence.start <= other.start and other.end <= sentence.end for other in hits)
    )
    return near or frozenset(number for number, hits in named.items() if hits)


_ASKED = lazy_re(r"[^,。!;?\n]{0,3}(?:\?|[吗么](?:[,。!;\"”』」…~]|$))")
"""What makes a warning a question: 会变少吗 warns nobody."""


def _taken_back(view: TextView, hit: Hit, withdrawn: Sequence[Node]) -> bool:
    if not withdrawn:
        return False
    start = view.stops.sentence(hit.start).start
    end = view.stops.sentence_end(view.stops.sentence_end(hit.end - 1))
    return any(
        start <= other.start and other.end <= end and not (hit.start <= other.start and other.end <= hit.end)
        for node in withdrawn
        for other in view.hits(node).all
    )
