"""Transcripts of calls as speech recognisers write them: lists of entries with a time, a speaker and what was said.

Recognisers repeat themselves: the whole text beside its sentences, each sentence beside its words, a raw form beside
the polished one. What only repeats is left out, and only if it really says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass
from scriptlint.readers._headers import header_key, is_role_field, is_text_field
from scriptlint.readers._prose import words
from scriptlint.readers._times import clock
from scriptlint.readers._tree import Fields, Items, Leaf, Node

_STARTS = words(
    "start begin starttime begintime startms beginms startoffset offset offsetms offsetinms offsetinticks bg st "
    "starttimems begintimems startsec startseconds startmillis timestamp time ts 开始 开始时间 起始时间 时间 时间点"
)
_ENDS = words("end endtime endms endtimems ed et stop endsec endseconds endmillis 结束 结束时间 终止时间")
_SPEAKERS = words(
    "speakerid spkid speakerlabel speakername speakertag rolename roletype roleid channel channelid channelnumber "
    "channeltag track trackid 声道 通道 说话人编号"
)
_IDS = words(
    "id speaker speakerid spk spkid channel channelid channelnumber index label key code no 编号 声道 通道 说话人"
)
_MEANINGS = words("role name type label rolename speakername identity desc title 身份 角色 名称 姓名 类型")
_ALTERNATIVES = words("alternatives nbest")
_MEASURES = words(
    "confidence conf score prob probability avglogprob nospeechprob compressionratio temperature seek duration "
    "speechspeed speed silenceduration emotionvalue volume snr gain energy"
)
_HAN = lazy_re("[\u3400-\u9fff]")
_CLOCK = lazy_re(r"(?:([0-9]{1,2}):)?([0-9]{1,2}):([0-9]{1,2}(?:[.,][0-9]{1,6})?)$")
_ISO = lazy_re(r"PT(?:([0-9.]+)H)?(?:([0-9.]+)M)?(?:([0-9.]+)S)?$", re.IGNORECASE)
_SECONDS = lazy_re(r"(-?[0-9]+(?:\.[0-9]+)?)\s*s?$", re.IGNORECASE)
_SLOW = 20.0
"""Units of time per character from which they must be milliseconds: nobody speaks that slowly."""
_LONG = 36_000.0
"""Ten hours in seconds; whole numbers above count milliseconds."""
_DATE = 1e9
"""Numbers above count from 1970: dates, not places in a recording."""
_MOST_LEGEND = 50
SAMPLE = 500
"""Entries from which it is decided how a recording counts time."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When an entry was said, in seconds from the start."""

    start: float
    end: float | None
    written: str = ""
    """The time as the entry has it, where it is one for people (``10:02``)."""

    @property
    def shown(self) -> str:
        """The time as a place."""
        return self.written or clock(self.start)


@dataclass(frozen=True, slots=True)
class _Raw:
    value: float
    unit: float | None
    """Seconds of one unit, where the value or its name says so."""
    whole: bool
    written: str = ""


@dataclass(frozen=True, slots=True)
class Timing:
    """How the entries of a recording count time."""

    unit: float
    """Seconds of one unit of plain numbers."""

    def of(self, node: Node) -> Moment | None:
        """When an entry was said; None when it does not tell."""
        start, end = _raw(node, _STARTS), _raw(node, _ENDS)
        if start is None:
            return None
        last = end.value * (end.unit or self.unit) if end else None
        return Moment(start.value * (start.unit or self.unit), last, start.written)


def timing(items: Sequence[Node]) -> Timing | None:
    """How a list counts time, if it is a recording: entries of which most have a time and words. Else None."""
    items = items[:SAMPLE]
    timed = [(_raw(item, _STARTS), _raw(item, _ENDS), said(item)) for item in items]
    good = sum(start is not None and bool(text) for start, _, text in timed)
    if not good or 2 * good < len(items) or not all(isinstance(item, Fields) for item in items):
        return None
    unit = _unit(timed)
    return Timing(unit) if unit is not None else None


def _unit(timed: Sequence[tuple[_Raw | None, _Raw | None, str]]) -> float | None:
    """Seconds of one unit of the plain numbers of a recording; None when they are dates."""
    plain = [raw for start, end, _ in timed for raw in (start, end) if raw is not None and raw.unit is None]
    if not plain:
        return 1.0
    largest = max(raw.value for raw in plain)
    if largest >= _DATE:
        return None
    if not all(raw.whole for raw in plain):
        return 1.0
    spans = [(end.value - start.value, len(text)) for start, end, text in timed if start and end and text]
    length = sum(count for _, count in spans)
    if length and sum(span for span, _ in spans) / length > _SLOW:
        return 0.001
    return 0.001 if largest > _LONG else 1.0


def _raw(node: Node, names: frozenset[str]) -> _Raw | None:
    if not isinstance(node, Fields):
        return None
    for key, value in node.entries:
        name = header_key(key)
        if name in names and isinstance(value, Leaf):
            found = _value(value.prose.text.strip(), name)
            if found is not None:
                return found
    return None


def _value(text: str, name: str) -> _Raw | None:
    if len(text) > 30:
        return None
    clock = _CLOCK.match(text)
    if clock:
        hours, minutes, seconds = clock[1] or "0", clock[2], clock[3].replace(",", ".")
        return _Raw(int(hours) * 3600 + int(minutes) * 60 + float(seconds), 1.0, False, re.split("[.,]", text)[0])
    iso = _ISO.match(text)
    if iso and any(iso.groups()):
        hours, minutes, seconds = (_float(part) for part in iso.groups())
        return _Raw(hours * 3600 + minutes * 60 + seconds, 1.0, False)
    number = _SECONDS.match(text)
    if number is None:
        return None
    unit = 0.001 if name.endswith(("ms", "millis")) else 1e-7 if name.endswith("ticks") else None
    if text.lower().endswith("s") or name.endswith(("sec", "seconds")):
        unit = 1.0
    return _Raw(float(number[1]), unit, "." not in text)


def _float(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def said(node: Node) -> str:
    """The words of an entry, wherever it keeps them: in a field, or one level further in."""
    if not isinstance(node, Fields):
        return ""
    for key, value in node.entries:
        if isinstance(value, Leaf) and value.is_text and _holds_words(key):
            return value.prose.text
    for _, value in node.entries:
        inner = value.items[0] if isinstance(value, Items) and value.items else value
        if isinstance(inner, Leaf) and isinstance(value, Items) and inner.is_text and _HAN.search(inner.prose.text):
            return inner.prose.text
        if isinstance(inner, Fields):
            for key, leaf in inner.entries:
                if isinstance(leaf, Leaf) and leaf.is_text and _holds_words(key):
                    return leaf.prose.text
    return ""


def _holds_words(key: str) -> bool:
    name = header_key(key)
    return is_text_field(key) or name in ("onebest", "finalsentence", "display", "transcriptiontext", "识别结果", "res")


def speaker(node: Fields) -> str | None:
    """The name or number of who says an entry, if it tells; also where it stands one level further in."""
    for inner in (node, *(value for _, value in node.entries if isinstance(value, Fields))):
        for key, value in inner.entries:
            if isinstance(value, Leaf) and is_speaker(key) and 0 < len(value.prose.text) <= 20:
                return value.prose.text
    return None


def is_speaker(key: str) -> bool:
    """True for a field that names the speaker in a recording, where it may be a channel."""
    return is_role_field(key) or header_key(key) in _SPEAKERS


def is_measure(key: str) -> bool:
    """True for a field that holds a time or what a recogniser measured, and no words."""
    name = header_key(key)
    return name in _STARTS or name in _ENDS or name in _MEASURES


def is_alternatives(key: str) -> bool:
    """True for a list of what else may have been said, the likeliest first."""
    return header_key(key) in _ALTERNATIVES


def repeated(node: Fields) -> frozenset[str]:
    """The keys of a group that only repeat the words of another of its keys."""
    texts = {
        key: _squeezed(value.prose.text) for key, value in node.entries if isinstance(value, Leaf) and value.is_text
    }
    lists = {
        key: _squeezed("".join(said(item) or _word(item) for item in value.items))
        for key, value in node.entries
        if isinstance(value, Items) and value.items and isinstance(value.items[0], Fields)
    }
    found: set[str] = set()
    timed = {
        key
        for key, value in node.entries
        if isinstance(value, Items) and key in lists and timing(value.items) is not None
    }
    for key, text in texts.items():
        if len(text) < 2:
            continue
        for other, together in lists.items():
            if together == text:
                # Sentences tell more than the whole: when, and who. Words tell less than their sentence.
                values = next(value for name, value in node.entries if name == other)
                found.add(key if other in timed and isinstance(values, Items) and not _are_words(values) else other)
    seen: dict[str, str] = {}
    for key, text in texts.items():
        if len(text) >= 2 and key not in found:
            other = seen.setdefault(text, key)
            if other != key and (_is_raw(key) or _is_raw(other) or (_holds_words(key) and _holds_words(other))):
                found.add(other if _is_raw(other) else key)
                seen[text] = key if _is_raw(other) else other
    return frozenset(found)


def _is_raw(key: str) -> bool:
    """True for a form without punctuation that recognisers give beside the polished one."""
    return header_key(key) in ("lexical", "itn", "maskeditn", "slicesentence")


def _are_words(node: Items) -> bool:
    """True for a list of single words with their times."""
    lengths = sorted(len(said(item) or _word(item)) for item in node.items)
    return bool(lengths) and lengths[len(lengths) // 2] <= 3


def _word(node: Node) -> str:
    if isinstance(node, Fields):
        for key, value in node.entries:
            if header_key(key) in ("word", "w", "wordstext", "char", "token") and isinstance(value, Leaf):
                return value.prose.text
    return ""


def _squeezed(text: str) -> str:
    """What a text says without blanks, punctuation and, in Chinese, the times that may stand in it."""
    if _HAN.search(text):
        return "".join(_HAN.findall(text))
    return re.sub(r"[\W_]+", "", text).lower()


def legend(node: Node) -> Iterator[tuple[str, str]]:
    """Numbers or names with what they mean: ``{"id": 0, "role": "坐席"}`` in a list of speakers or channels."""
    if not isinstance(node, Items) or len(node.items) > _MOST_LEGEND:
        return
    for item in node.items:
        if not isinstance(item, Fields) or said(item):
            continue
        leaves = [(header_key(key), value.prose.text) for key, value in item.entries if isinstance(value, Leaf)]
        names = [text for key, text in leaves if key in _IDS and len(text) <= 20]
        meanings = [text for key, text in leaves if key in _MEANINGS and 0 < len(text) <= 12]
        for name in names[:1]:
            for meaning in meanings:
                if meaning != name:
                    yield name, meaning
