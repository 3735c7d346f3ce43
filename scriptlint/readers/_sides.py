"""Who the unknown speakers of one conversation are, told by those that are known.

Two who talk with each other are the institution and its customer: where one side is known, so is the other. Beside a
host known by the office (主播, 客服) those who speak up now and then under names of their own are the audience. Where
colleagues may be talking with each other (主管, 讲师) nothing is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from scriptlint.model.document import Role
from scriptlint.model.lazy import lazy_re
from scriptlint.readers._prose import words
from scriptlint.readers._speakernames import Who
from scriptlint.readers._tree import Fields, Leaf, Node

_ASKING = words("c u k 客 户 问 客户 cust")
_SERVING = words("a s b m r 行 司 员 柜 坐 服 答 机 我 银 业 经 顾 agt")
"""Letters and single characters that stand for the two sides where just one of each is used."""
_AMONG_THEMSELVES = lazy_re("主任|主管|讲师|培训|行长|组长|店长|总监|督导|内训|面试|考官|质检|复核")
"""Staff who talk with staff as much as with customers."""
_HOST = lazy_re("主播|客服|小编|官方|助理|助手|投顾|机器人|顾问|管家")
_NO_CUSTOMER = lazy_re(
    "[员岗部组行司师官长导]$|主播|副播|嘉宾|搭档|场控|运营|助播|经理|老师|主任|顾问|专员|客服|助理|旁白|系统|画外|字幕|屏幕|镜头|背景|注意?|备注|提示|说明|小结"
    "|时间|日期|地点|主题|标题|场景|要点|步骤|[0-9]"
)
_FEW_NAMES = 12
_LONGEST_NAME = 14
_FEWEST = 4
"""Entries or labels that a talk has at least."""
_TALK = 4
"""Characters that what is said has in the middle."""


def settled(names: Sequence[str], known: Callable[[str], Who | None]) -> Mapping[str, Role]:
    """Roles of the speakers that ``known`` does not know, from the speakers of one conversation in order."""
    counts = Counter(names)
    if len(counts) == 2 and sum(counts.values()) >= _FEWEST:
        asking, serving = (next((n for n in counts if n.lower() in side), "") for side in (_ASKING, _SERVING))
        if asking and serving:
            return {asking: Role.CUSTOMER, serving: Role.INSTITUTION}
    roles = {name: who.role for name in counts if (who := known(name)) is not None and not who.asks}
    ours = [name for name, role in roles.items() if role is Role.INSTITUTION]
    theirs = [name for name, role in roles.items() if role is Role.CUSTOMER]
    unknown = [name for name in counts if name not in roles and known(name) is None]
    if sum(counts.values()) < _FEWEST or not unknown:
        return {}
    if theirs and not ours:
        return {unknown[0]: Role.INSTITUTION} if len(unknown) == 1 and counts[unknown[0]] > 1 else {}
    if theirs or not ours or any(_AMONG_THEMSELVES.search(name) for name in ours):
        return {}
    if len(ours) == len(unknown) == 1:
        told = counts[unknown[0]] > 1 and not _NO_CUSTOMER.search(unknown[0])
        return {unknown[0]: Role.CUSTOMER} if told else {}
    if len(ours) == 1 and _HOST.search(ours[0]):
        seldom = counts[ours[0]] / 2
        return {name: Role.CUSTOMER for name in unknown if counts[name] <= seldom and not _NO_CUSTOMER.search(name)}
    return {}


def keys(
    entries: Sequence[Node],
    known: Callable[[str], Who | None],
    names_speaker: Callable[[str], bool],
    holds_words: Callable[[str], bool],
) -> tuple[str, str]:
    """The keys of a list of entries that name the speaker and hold the words, both empty if it is no talk.

    A key counts by its name, or by its values: a few short names again and again, one of them known, beside one
    other key with what was said.
    """
    texts: dict[str, list[str]] = {}
    fields = [entry for entry in entries if isinstance(entry, Fields)]
    if len(fields) < _FEWEST or len(fields) < len(entries):
        return "", ""
    for entry in fields:
        for key, text in _strings(entry):
            texts.setdefault(key, []).append(text)
    enough = {key: values for key, values in texts.items() if 5 * len(values) >= 4 * len(fields)}
    speaker = next(
        (key for key, values in enough.items() if names_speaker(key) and _few_names(values)),
        "",
    ) or next((key for key, values in enough.items() if _few_names(values) and _some_known(values, known)), "")
    if not speaker:
        return "", ""
    rest = {key: sum(map(len, values)) / len(values) for key, values in enough.items() if key != speaker}
    said = next((key for key in rest if holds_words(key)), "") or max(rest, key=lambda key: rest[key], default="")
    return (speaker, said) if said and rest[said] >= _TALK else ("", "")


def values(entries: Sequence[Node], key: str) -> Iterator[str]:
    """What stands under one key, entry by entry."""
    for entry in entries:
        if isinstance(entry, Fields):
            yield from (text for name, text in _strings(entry) if name == key)


def _strings(entry: Fields) -> Iterator[tuple[str, str]]:
    for key, value in entry.entries:
        if isinstance(value, Leaf) and value.is_text and value.prose.text.strip():
            yield key, value.prose.text.strip()


def _few_names(values: Sequence[str]) -> bool:
    different = set(values)
    return (
        1 < len(different) <= min(_FEW_NAMES, len(values) - 1)
        and all(len(value) <= _LONGEST_NAME for value in different)
        and not any(re.search("[,，。！？!?：:]", value) for value in different)
    )


def _some_known(values: Sequence[str], known: Callable[[str], Who | None]) -> bool:
    """True when a side is known by more than a letter."""
    return any(len(value) > 1 and (who := known(value)) is not None and not who.asks for value in set(values))
