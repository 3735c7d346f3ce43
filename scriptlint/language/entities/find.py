"""All kinds together, in a fixed order: one run of text is reported as one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from scriptlint.language.entities import contact, documents, masks, numbers, people, secrets, spoken
from scriptlint.language.entities.gate import ASSIGNED, MASK, SPOKEN
from scriptlint.language.entities.line import Entity, Line, prepare
from scriptlint.model.lazy import lazy_re

_Finder = Callable[[Line], Iterator[Entity]]
_NUMBER = lazy_re(r"[0-9]{4}|[0-9][ -][0-9]|[0-9](?:[^0-9]{1,8}[0-9]){4}")

# The order settles what a number is that fits several shapes: the stricter check first. For each finder a
# cheap test that text without such data does not pass.
_FINDERS: tuple[tuple[re.Pattern[str], _Finder], ...] = (
    (ASSIGNED, secrets.credentials),
    (lazy_re("https?://|[0-9]\\.[0-9]", re.IGNORECASE), contact.network),
    (lazy_re("@"), contact.emails),
    (_NUMBER, documents.resident_ids),
    (_NUMBER, numbers.ibans),
    (_NUMBER, numbers.cards),
    (_NUMBER, documents.first_generation_ids),
    (_NUMBER, documents.papers),
    (_NUMBER, numbers.mobiles),
    (_NUMBER, numbers.accounts),
    (lazy_re("[0-9]{3}"), numbers.codes),
    (_NUMBER, numbers.references),
    (MASK, masks.revealing),
    (MASK, masks.insufficient),
    (SPOKEN, spoken.spoken_numbers),
    (lazy_re("微信|威信|薇信|v信|wx|vx|qq|扣扣|weixin|wechat", re.IGNORECASE), contact.messengers),
    (lazy_re("[0-9](?:号|栋|幢|座)"), contact.addresses),
    (lazy_re("[A-HJ-NP-Z][·• ]?[A-Z0-9]{4}"), contact.plates),
    (lazy_re("[:-][0-9A-Fa-f]{2}[:-]|定位|坐标|轨迹|经纬度|位置"), contact.devices),
)
# These overlap with the ones above on purpose: the name and the number are two findings in one.
_ABOUT_PEOPLE: tuple[tuple[re.Pattern[str], _Finder], ...] = (
    (
        lazy_re(
            "[0-9万]|确诊|病|癌|住院|手术|欠|逾期|黑名单|失信|透析|乙肝|结节|肝硬|瘫|肿瘤|残疾|低保|离婚|拆迁|抚恤|低保|贷|拖|担|[千百块]"
        ),
        people.named_facts,
    ),
    (lazy_re("[:：]|户名|客户|姓名"), people.names),
    (lazy_re("(?:19|20)[0-9]{2}"), people.birth_dates),
)


@lru_cache(maxsize=512)
def everything(text: str, before: str, spoken: bool) -> tuple[Entity, ...]:
    """All data in a text that passed the gate, in order of place."""
    # Several rules ask about the same text, each for its kinds.
    line = prepare(text, before, spoken=spoken)
    taken: list[Entity] = []
    for gate, finder in _FINDERS:
        if gate.search(line.flat):
            for entity in finder(line):
                if not any(entity.start < other.end and other.start < entity.end for other in taken):
                    taken.append(entity)
    for gate, finder in _ABOUT_PEOPLE:
        if gate.search(line.flat):
            taken.extend(finder(line))
    result = []
    for entity in taken:
        if entity.start >= line.base:
            end = line.original(entity.end - 1) + 1
            result.append(Entity(entity.kind, line.original(entity.start), end, entity.shown, entity.confidence))
    return tuple(sorted(result, key=lambda entity: (entity.start, entity.end, entity.kind)))
