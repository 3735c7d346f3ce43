"""Where a text explains a term of its trade: in brackets, behind a dash or a word such as 也就是, or beforehand.

An explanation belongs to the term it follows. A marker further on, or behind another term, explains something else.
All places here count in folded text.
"""

from __future__ import annotations

from collections.abc import Sequence

from scriptlint.language.pattern import Node
from scriptlint.language.view import TextView
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass

_HAN = "\u4e00-\u9fff"
# What may stand between a term and its explanation: the rest of a longer word, and a quotation mark.
_REST = rf"[\"'”’」』》]?[{_HAN}]{{0,5}}[\"'”’」』》]?"
_BRACKET = lazy_re(rf"{_REST}\s?[(\[【]([^()\[\]【】]{{4,120}})[)\]】]")
# Brackets that point elsewhere or give a number explain nothing.
_NO_EXPLANATION = lazy_re(r"(?:详见|参见|见|请见|含|不含|单位|附件|下同|以下简称|下称|简称|如有|另收|另计|截至)")
_PLAIN_BEFORE = lazy_re(rf"[{_HAN}]{{3,}}[,;:]?\s?\([^()]{{0,12}}$")
_DASH = lazy_re(rf"{_REST}\s?(?:[—–]{{1,2}}|-{{2}}|[=＝])\s?(?=[^,。;!?\n]{{0,60}}[{_HAN}]{{5}})")
# 容时,是到期日后再宽限三天: the term is set apart and then said to be something.
_SAID_TO_BE = lazy_re(rf"[\"”’」]?[,:]\s?(?:就)?是[{_HAN}]{{6}}")
_SET_APART = lazy_re("[,、(—–]即")
_ATTACHED = lazy_re(rf"{_REST}[ ,:]?\s?")
# 数字越大晃得越凶: a relation told with 越…越… explains what a figure means.
_THE_MORE = lazy_re(rf"[{_HAN}]{{0,8}}越[{_HAN}]{{1,4}}[,、 ]?[^,。;!?\n]{{0,10}}越[{_HAN}]")
_CLAUSE_START = lazy_re(r"(?:^|[\s,。;!?:、(（\"'“‘「『—–-])$")
_ANY_HAN = lazy_re(f"[{_HAN}]")
_TWO_HAN = lazy_re(f"[{_HAN}]{{2}}")
_STOP = lazy_re("[,。;!?]")
_LAST_SENTENCE = lazy_re(r"[^。;!?\n]{0,40}$")
_FILLER = 6
"""How many characters (那, 它其实) may stand between the start of a clause and the words that explain."""
_NEAR = 48
_WITHIN_TERMS = 2
"""One explanation may serve so many terms of a clause; behind a heap of them it explains the last."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a term stands."""

    segment: int
    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Hints:
    """Patterns of the pack that show an explanation."""

    explained: Sequence[Node] = ()
    """Words that begin an explanation, after the term."""
    called: Sequence[Node] = ()
    """Words that give a thing its name, after the explanation and right before the term."""
    asks: Sequence[Node] = ()
    """Words that ask for a meaning."""
    evades: Sequence[Node] = ()
    """Words of a reply that explains nothing."""


def is_explained(view: TextView, use: Use, uses: Sequence[Use], hints: Hints) -> bool:
    """True when this use of a term comes with an explanation. ``uses`` are all uses in the same view."""
    text = view.folded
    return (
        _in_brackets(text, use, uses)
        or _dashed(text, use, uses)
        or _asked_in_text(view, use, hints)
        or _named_after(view, use, hints)
        or _marked(view, use, uses, hints)
        or _by_relation(view, use, uses)
        or _SAID_TO_BE.match(text, use.end) is not None
    )


def _free(start: int, end: int, use: Use, uses: Sequence[Use]) -> bool:
    """True when no other term begins between."""
    return not any(start <= other.start < end and other.term != use.term for other in uses)


def _in_brackets(text: str, use: Use, uses: Sequence[Use]) -> bool:
    found = _BRACKET.match(text, use.end)
    if found and _free(use.end, found.start(1), use, uses) and not _NO_EXPLANATION.match(found[1].strip()):
        return len(_ANY_HAN.findall(found[1])) >= 4
    # 提前还款要付的钱(违约金): the plain words come first.
    return text[use.end : use.end + 1] == ")" and _PLAIN_BEFORE.search(text[: use.start]) is not None


def _dashed(text: str, use: Use, uses: Sequence[Use]) -> bool:
    found = _DASH.match(text, use.end)
    return found is not None and _free(use.end, found.end() + 3, use, uses)


def _asked_in_text(view: TextView, use: Use, hints: Hints) -> bool:
    """什么是久期? 久期是什么意思? The text goes on with the answer."""
    sentence = view.stops.sentence(use.start)
    for node in hints.asks:
        for hit in view.hits(node).all:
            if sentence.start <= hit.start and hit.end <= sentence.end and _near(use, hit.start, hit.end, 4):
                return True
    return False


def _near(use: Use, start: int, end: int, reach: int) -> bool:
    return 0 <= use.start - end <= reach or 0 <= start - use.end <= reach


def _named_after(view: TextView, use: Use, hints: Hints) -> bool:
    text = view.folded
    for node in hints.called:
        for hit in view.hits(node).all:
            gap = text[hit.end : use.start]
            if 0 <= len(gap) <= 3 and not _STOP.search(gap):
                before = text[max(hit.start - 40, 0) : hit.start].rstrip(" ,:—–-")
                told = _LAST_SENTENCE.search(before)
                if told and len(_ANY_HAN.findall(told[0])) >= 4:
                    return True
    return False


def _marked(view: TextView, use: Use, uses: Sequence[Use], hints: Hints) -> bool:
    text = view.folded
    end = view.stops.sentence_end(use.end)
    further = view.stops.sentence_end(end) if end < len(text) else end
    clause = view.stops.clause(use.start)
    heap = {other.term for other in uses if clause.start <= other.start < clause.end}
    for node in hints.explained:
        for hit in view.hits(node).all:
            if hit.start < use.end or hit.start >= further:
                continue
            attached = _ATTACHED.fullmatch(text, use.end, hit.start) is not None
            # A single character explains only the word right before it; 即 may also open a clause.
            alone = hit.end - hit.start == 1 and not _SET_APART.match(text, hit.start - 1)
            if not attached and (alone or not _opens(view, hit.start)):
                continue
            if hit.start - use.end > _NEAR and hit.start - end > _FILLER:
                continue
            others = [o for o in uses if use.end <= o.start < hit.start and o.term != use.term]
            if others and (len(heap) > _WITHIN_TERMS or any(o.start >= clause.end for o in others)):
                continue
            if _TWO_HAN.search(text, hit.end, hit.end + 12):
                return True
    return False


def _opens(view: TextView, start: int) -> bool:
    """True when little stands between the start of a clause and this place."""
    text = view.folded
    begin = max(view.stops.clause(start).start, start - _FILLER)
    return any(_CLAUSE_START.search(text[:place]) for place in range(begin, start + 1))


def _by_relation(view: TextView, use: Use, uses: Sequence[Use]) -> bool:
    text = view.folded
    found = _THE_MORE.search(text, use.end, min(use.end + 30, len(text)))
    return found is not None and _free(use.end, found.start(), use, uses)


def begins_explaining(view: TextView, hints: Hints) -> bool:
    """True when the text opens with words that explain what was said before."""
    hits = (hit for node in hints.explained for hit in view.hits(node).all)
    return any(hit.start <= _FILLER and hit.end - hit.start > 1 for hit in hits)


def asks_meaning(view: TextView, hints: Hints) -> bool:
    """True when somebody asks what a word means."""
    return any(view.hits(node) for node in hints.asks)


def answers(view: TextView, hints: Hints, *, named: bool) -> bool:
    """True when a reply to the question for a meaning gives one; if the word was not named it must say 也就是."""
    evaded = any(hit.start <= 12 for node in hints.evades for hit in view.hits(node).all)
    if evaded or len(_ANY_HAN.findall(view.folded)) < 10:
        return False
    return named or any(hit.end - hit.start > 1 for node in hints.explained for hit in view.hits(node).all)
