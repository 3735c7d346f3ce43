"""Who speaks: labels before a turn, and legends that say what the labels of one text mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scriptlint.model.document import Role
from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.model.span import Span
from scriptlint.readers import _sides
from scriptlint.readers._raw import SpeakerNames
from scriptlint.readers._speakernames import Who, builtin

_DATE = r"(?:[0-9]{2,4}[-/.年])?[0-9]{1,2}[-/.月][0-9]{1,2}日?"
_CLOCK = r"[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2}(?:[.,][0-9]{1,3})?)?"
_TIME = (
    rf"[\[【(（]?\s*(?:{_DATE}[ T\t]*)?{_CLOCK}(?:\s*(?:-->|[-–~—至])\s*{_CLOCK})?\s*[\]】)）]?"
    rf"|[\[【(（]\s*{_DATE}\s*[\]】)）]"
)
_CLIP = lazy_re(rf"\s*(?:{_TIME})\s*", has=":：")
_MARKS = "[*_]{0,3}"
_GAP = r"[ \t\u3000]*"
_MAYBE = lazy_re(r"[:：\t【\[「(（]|[QA][0-9]")
"""What every label has; most lines have none of it."""
_LABEL = lazy_re(rf"{_MARKS}([^\s:：*_][^:：\t\n]{{0,30}}?){_MARKS}\s*(?:{_TIME})?{_MARKS}\s*[:：\t]{_MARKS}{_GAP}")
_BRACKETED = lazy_re(rf"{_MARKS}[【\[「](?P<name>[^【】\[\]「」\n]{{1,24}})[】\]」]{_MARKS}{_GAP}[:：]?{_MARKS}{_GAP}")
_NAME_AND_TIME = lazy_re(rf"\s*(?:({_TIME})\s*)?([^\s:：,，。！？!?；;]{{1,20}})(?:\s+({_TIME}))?\s*$")
_LETTERED = lazy_re(r"[*_]{0,3}([QA])[0-9]{1,3}[.、．]\s*[*_]{0,3}")
_OTHER_LABEL = lazy_re(r"[*_]{0,3}[^\s:：,，。！？!?；;]{1,8}[:：]")
_WRAPPING = "[](){}【】「」（）*_ \t\u3000:："
# A second speaker in the same line starts after the end of what the first says.
_TURNOVER = lazy_re(
    r"(?<=[。！？!?…”\"」』；;)）~])[ \t\u3000]*(?=[^\s:：]{1,14}[:：])|[ \t\u3000]+(?=[^\s:：]{1,14}[:：])"
)
_SPOKEN = lazy_re("[我你您吗呢吧啊呀?？]")
_LEGEND = lazy_re(r"([^\s,，、;；=＝:：()（）\[\]【】]{1,6})\s*[=＝]\s*([^\s,，、;；=＝:：()（）\[\]【】]{2,8})")
_SPACED = lazy_re(r"\s*([^\s:：,，。！？!?；;]{2,6})[ \t\u3000]+(?=\S)")
_RECURS = lazy_re(r"\s*([^\s:：,，。！？!?；;、()（）]{1,6})[:：]")
_SAID = lazy_re(r"\s*([^\s:：,，。！？!?；;、()（）“”\"「」]{1,8})[:：]\s*\S")
_FEWEST_TURNS = 4
_TWICE = 2
"""How often a label must stand before it is one: 注意：stands once, a speaker's name again and again."""


@dataclass(frozen=True, slots=True)
class Head:
    """A label at the start of a line: where the words begin, who says them."""

    end: int
    label: Span
    speaker: str
    who: Who


@dataclass(frozen=True, slots=True)
class Utterance:
    """A part of a line said by one speaker. ``label`` is the label that was cut off, if there was one."""

    start: int
    end: int
    role: Role
    speaker: str
    label: Span | None


class Speakers:
    """Knows speakers by their names, with those a team adds."""

    def __init__(self, extra: SpeakerNames) -> None:
        self._extra = {
            _plain(name): Who(role)
            for role, names in (
                (Role.INSTITUTION, extra.institution),
                (Role.CUSTOMER, extra.customer),
                (Role.THIRD, extra.third),
            )
            for name in names
        }
        self._known: dict[str, Who | None] = {}

    def who(self, name: str) -> Who | None:
        """Whose words a label announces; None for a name that tells nothing."""
        key = _plain(name)
        if key not in self._known:
            if len(self._known) > 5_000:  # a long transcript has few speakers; anything else is not worth keeping
                self._known.clear()
            self._known[key] = self._extra.get(key) or builtin(key)
        return self._known[key]

    def role(self, name: str) -> Role | None:
        """The role a value of a role field names."""
        who = self.who(name)
        return who.role if who else None

    def head(self, line: str) -> Head | None:
        """The speaker label a line begins with. Times before it are passed over."""
        if not _MAYBE.search(line):
            return None
        clip = _CLIP.match(line)
        start = clip.end() if clip else len(line) - len(line.lstrip())
        # [00:03 左]: a time in the brackets says nothing of who speaks.
        for bracketed in (_BRACKETED.match(line, start), _BRACKETED.match(line)):
            if bracketed:
                name = re.sub(_TIME, "", bracketed["name"]) or bracketed["name"]
                who = self.who(name)
                if who and not who.asks:
                    return Head(bracketed.end(), Span(*bracketed.span("name")), _shown(name), who)
        match = _LETTERED.match(line, start)
        if match:
            who = builtin(match[1].lower())
            if who:
                return Head(match.end(), Span(match.start(1), match.end()), match[1], who)
        match = _LABEL.match(line, start)
        if match:
            who = self.who(match[1])
            if who:
                return Head(match.end(), Span(*match.span(1)), _shown(match[1]), who)
        match = _NAME_AND_TIME.match(line)
        if match and (match[1] or match[3]):
            who = self.who(match[2])
            if who:
                return Head(len(line), Span(*match.span(2)), _shown(match[2]), who)
        return None

    def utterances(self, lines: Sequence[str | None]) -> list[list[Utterance]]:
        """Divide lines among speakers. None ends a block: no speaker carries on past it.

        A line nobody is known to say comes back as one utterance of unknown role without a label.
        """
        self.settle(_labels(lines))
        heads = [self.head(line) if line else None for line in lines]
        if not any(heads):
            heads = self._spaced(lines)
        present = [head.who for head in heads if head]
        if self._has_other_side(lines):
            present.append(Who(Role.INSTITUTION))
        result: list[list[Utterance]] = []
        current: tuple[Role, str] | None = None
        for line, head in zip(lines, heads, strict=True):
            if line is None:
                current = None
                result.append([])
                continue
            if head and _believed(head, line, present):
                said = self._divide(line, head)
                current = (said[-1].role, said[-1].speaker)
            else:
                if current and current[0] is not Role.INSTITUTION and _OTHER_LABEL.match(line):
                    current = None
                role, speaker = current or (Role.UNKNOWN, "")
                said = [Utterance(0, len(line), role, speaker, None)]
            result.append(said)
        return result

    def learn(self, name: str, meaning: str) -> None:
        """Take a name for what a text says it means (左=催收); a meaning that tells nothing is passed over."""
        who = builtin(_plain(meaning))
        if who is not None and not who.asks and name.strip():
            self._extra.setdefault(_plain(name), Who(who.role))
            self._known.pop(_plain(name), None)

    def settle(self, names: Sequence[str]) -> None:
        """Learn who the unknown are, from the speakers of one conversation in the order in which they speak."""
        for name, role in _sides.settled([_plain(name) for name in names], self.who).items():
            self._extra.setdefault(name, Who(role, "" if role is Role.INSTITUTION else "company"))
            self._known.pop(name, None)

    def read_legend(self, line: str) -> None:
        """Learn the names that a line explains: （左=催收 右=客户）."""
        found = _LEGEND.findall(line) if "=" in line or "＝" in line else ()
        if len(found) > 1:
            for name, meaning in found:
                self.learn(name, meaning)

    def _spaced(self, lines: Sequence[str | None]) -> list[Head | None]:
        """Labels with a space for a colon, as transcripts have them, where both sides have several turns."""
        heads: list[Head | None] = []
        for line in lines:
            match = _SPACED.match(line) if line else None
            who = self.who(match[1]) if match else None
            certain = who is not None and not who.asks and who.needs != "company"
            heads.append(Head(match.end(), Span(*match.span(1)), match[1], who) if match and who and certain else None)
        sides = [head.who.role for head in heads if head]
        if min(sides.count(Role.INSTITUTION), sides.count(Role.CUSTOMER)) < _TWICE:
            return [None] * len(lines)
        return heads

    def _has_other_side(self, lines: Sequence[str | None]) -> bool:
        """True when somebody without a known name talks with somebody who has one (小潘：… 叔：…)."""
        labels = [match[1] for line in lines if line and (match := _RECURS.match(line))]
        again = {label for label, times in Counter(labels).items() if times >= _TWICE}
        known = {label for label in again if (who := self.who(label)) is not None and not who.asks}
        return bool(known) and bool(again - known)

    def _divide(self, line: str, head: Head) -> list[Utterance]:
        parts: list[Utterance] = []
        start = head.end
        for turn in _TURNOVER.finditer(line, start):
            if turn.end() < start:
                continue
            following = self.head(line[turn.end() :])
            if following is None or following.who.asks != head.who.asks or following.who.role is head.who.role:
                continue
            if following.who.needs == "company" and not head.who.asks:
                continue
            parts.append(Utterance(start, turn.start(), head.who.role, head.speaker, head.label))
            by = turn.end()
            head = Head(following.end + by, following.label.shifted(by), following.speaker, following.who)
            start = head.end
        parts.append(Utterance(start, len(line), head.who.role, head.speaker, head.label))
        return parts


def _labels(lines: Sequence[str | None]) -> list[str]:
    """The labels of a text in which nearly every line has one; a note here and there is no talk."""
    spoken = [line for line in lines if line and line.strip()]
    labels = [match[1] for line in spoken if (match := _SAID.match(line[_clip_end(line) :]))]
    return labels if len(labels) >= max(_FEWEST_TURNS, 0.7 * len(spoken)) else []


def _clip_end(line: str) -> int:
    clip = _CLIP.match(line)
    return clip.end() if clip else 0


def _believed(head: Head, line: str, present: Sequence[Who]) -> bool:
    """A label not certain by itself needs the other side beside it, or words that are plainly spoken."""
    who = head.who
    if not who.needs:
        return True
    if who.asks:
        return any(other.asks and other.role is not who.role for other in present)
    if any(other.role is Role.INSTITUTION and not other.needs for other in present):
        return True
    return who.needs == "spoken" and bool(_SPOKEN.search(line, head.end))


def _shown(name: str) -> str:
    """A label as findings show it: what stands in brackets behind it may be a number or a name."""
    name = name.strip(_WRAPPING)
    return re.split(r"[（(【\[<]", name)[0].strip(_WRAPPING) or name


def _plain(name: str) -> str:
    """A label as it is compared: no colon, stars or brackets around it, no case."""
    name = name.strip().strip("*_ \t\u3000:：").lower()
    if len(name) > 2 and name[0] in "[【「(（" and name[-1] in "]】」)）" and not re.search(r"[\]】」)）]", name[:-1]):
        name = name[1:-1].strip()
    return name
