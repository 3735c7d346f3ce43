"""What nested data says: which values are turns, titles, answers, comments or mere identifiers."""

from __future__ import annotations

from collections.abc import Sequence

from scriptlint.model.document import Role, Scope, Unread
from scriptlint.model.lazy import lazy_re
from scriptlint.readers import _recordings, _sides
from scriptlint.readers._blocks import Block, Reading
from scriptlint.readers._comments import facts_of, line_comment
from scriptlint.readers._dialogue import Speakers
from scriptlint.readers._entries import Entries
from scriptlint.readers._headers import header_role, is_role_field, is_text_field, set_off
from scriptlint.readers._json import JsonError
from scriptlint.readers._json import parse as parse_json
from scriptlint.readers._place import Place
from scriptlint.readers._prose import lines_of, trimmed, words
from scriptlint.readers._raw import SpeakerNames
from scriptlint.readers._tree import Fields, Items, Leaf, Node, bad, plain

_HAN = lazy_re("[\u4e00-\u9fff]")
_TITLES = frozenset(("title", "scene", "heading", "scenario", "topic", "标题", "场景", "主题", "情景", "场景名称"))
_NAMES = frozenset(("name", "名称"))
_COMMENTS = frozenset(("//", "_comment", "$comment", "#", "__comment__"))
_IDENTIFIERS = words(
    "id version url uri link href code key time timestamp date datetime ts seq index uuid lang locale format "
    "type status channel created updated created_at updated_at 编号 版本 链接 代码 时间 日期 序号"
)
_LONGEST_TITLE = 40
_LONG_NUMBER = 7
"""Digits from which a bare number may be a telephone, card or identity number and is read."""
_TALK = 5
_SHORT_NAME = 12
"""Characters of a speaker's name or of what a legend says it means."""


def format_of(suffix: str, source: str) -> str:
    """``yaml``, ``json`` or ``jsonl``, by suffix or else by the first sign."""
    known = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl"}
    return known.get(suffix) or ("json" if source.lstrip()[:1] in ("{", "[") else "yaml")


def reading(name: str, source: str, names: SpeakerNames) -> Reading:
    """The blocks of a file of that format. Raises ReadError."""
    walker = _Walker(names)
    unread: tuple[Unread, ...] = ()
    try:
        if name == "jsonl":
            unread = _json_lines(source, walker)
        elif name == "json":
            if source.strip():
                walker.document(_json(source))
        else:
            unread = _yaml(source, walker)
    except RecursionError:
        raise bad(source, 0, "nested too deeply to be read") from None
    return Reading(walker.blocks, walker.facts, unread, tuple(walker.notes))


def _json(source: str) -> Node:
    try:
        return parse_json(source)
    except JsonError as error:
        raise bad(source, error.offset, f"not valid JSON: {error.message}") from None


def _json_lines(source: str, walker: _Walker) -> tuple[Unread, ...]:
    unread: list[Unread] = []
    waiting: list[Node] = []
    entries: Entries | None = None
    for full in lines_of(source):
        line = trimmed(source, full)
        if not len(line):
            continue
        comment = line_comment(source, line)
        if comment is not None:
            walker.blocks.append(Block(comment, Scope.COMMENT))
            continue
        try:
            node = parse_json(source, line.start, line.end)
        except JsonError as error:
            column = error.offset - full.start + 1
            unread.append(Unread(line, f"not valid JSON at column {column}: {error.message}"))
            continue
        walker.legends(node)
        # The first lines tell whether this is a recording; all of a long file are not kept for that.
        waiting.append(node)
        if entries is None and len(waiting) < _recordings.SAMPLE:
            continue
        entries = entries or walker.entries(waiting)
        while waiting:
            entries.take(waiting.pop(0))
    entries = entries or walker.entries(waiting)
    for node in waiting:
        entries.take(node)
    walker.blocks.sort(key=lambda block: block.prose.source().start)
    return tuple(unread)


def _yaml(source: str, walker: _Walker) -> tuple[Unread, ...]:
    from scriptlint.readers._yaml import documents  # only for YAML: loading its parser takes time

    nodes, comments, unread = documents(source)
    for node in nodes:
        walker.document(node)
    walker.blocks.extend(Block(comment, Scope.COMMENT) for comment in comments)
    walker.blocks.sort(key=lambda block: block.prose.source().start)
    return unread


class _Walker:
    """Goes through nested data in the order of the file and writes down its text."""

    def __init__(self, names: SpeakerNames) -> None:
        self.blocks: list[Block] = []
        self.notes: list[str] = []
        self.facts: dict[str, tuple[str, ...]] = {}
        self._speakers = Speakers(names)
        self._names = ""
        self._says = ""
        """Keys of the talk being read that name the speaker and hold the words, where only their values tell."""
        self.records = 0
        self._reached = -1

    def document(self, node: Node) -> None:
        """One whole document; its ``scriptlint`` mapping states the context."""
        if isinstance(node, Fields):
            for key, value in node.entries:
                if key == "scriptlint" and isinstance(value, Fields):
                    self.facts.update(facts_of(plain(value)))
            node = Fields(
                tuple(
                    (key, value)
                    for key, value in node.entries
                    if not (key == "scriptlint" and isinstance(value, Fields))
                )
            )
        self.legends(node)
        self.node(node, Place())

    def entries(self, nodes: Sequence[Node]) -> Entries:
        """Takes the lines of JSON lines, of which these are the first."""
        self._talk(nodes)
        return Entries(self, Place(), _recordings.timing(nodes), named=False)

    def node(self, node: Node, place: Place) -> None:
        """Any value, with all that stands in it."""
        if isinstance(node, Leaf):
            self._leaf(node, place)
        elif isinstance(node, Items):
            self._items(node.items, place)
        elif place.timed:
            self._entry(node, place)
        else:
            self._fields(node, place)

    def _items(self, items: Sequence[Node], place: Place) -> None:
        outside = self._talk(items)
        dialogue = self._is_dialogue(items)
        entries = Entries(self, place, None if place.timed or dialogue else _recordings.timing(items))
        for index, item in enumerate(items):
            if dialogue and isinstance(item, Fields):
                self.records += 1
                self._speaker_keys(item, place.inside(str(index), record=self.records))
            else:
                entries.take(item)
        self._names, self._says = outside

    def _entry(self, node: Fields, place: Place) -> None:
        """One entry of a recording: its words are a turn, and what it measures is no text."""
        name = place.speaker or _recordings.speaker(node)
        role = self._speakers.role(name) if name is not None else None
        left = _recordings.repeated(node)
        for key, value in node.entries:
            if key in left or (isinstance(value, Leaf) and _recordings.is_measure(key)):
                continue
            inner = place.inside(key).with_speaker(name)
            if isinstance(value, Leaf) and _recordings.is_speaker(key):
                if role is None and value.is_text:
                    self.node(value, place.inside(key, role=Role.UNKNOWN, turn=False))
                continue
            if _recordings.is_alternatives(key) and isinstance(value, Items) and len(value.items) > 1:
                self._note("of what may have been said, only the likeliest was read")
                value = Items(value.items[:1])
            if isinstance(value, Leaf):
                spoken = value.is_text and (is_text_field(key) or value.prose.text == _recordings.said(node))
                known = role or (Role.UNKNOWN if name is not None else None)
                inner = place.inside(key, role=known if spoken else Role.UNKNOWN, turn=spoken)
            elif isinstance(value, Items) and value.items and all(isinstance(item, Leaf) for item in value.items):
                inner = place.inside(key, role=role or (Role.UNKNOWN if name is not None else None), turn=True)
                value = Items(tuple(item for item in value.items if isinstance(item, Leaf) and item.is_text))
            self.node(value, inner)

    def _note(self, words: str) -> None:
        if words not in self.notes:
            self.notes.append(words)

    def legends(self, node: Node) -> None:
        """Learn what the names of speakers mean, wherever in the file it is said."""
        if isinstance(node, Fields):
            self._learn(node)
            for _, value in node.entries:
                if not isinstance(value, Leaf):
                    self.legends(value)
        elif isinstance(node, Items):
            for name, meaning in _recordings.legend(node):
                self._speakers.learn(name, meaning)
            for item in node.items:
                if not isinstance(item, Leaf):
                    self.legends(item)

    def _talk(self, items: Sequence[Node]) -> tuple[str, str]:
        """Learn which keys of these entries hold a talk, and who in it is the customer. The keys known before."""
        before = self._names, self._says
        self._names, self._says = _sides.keys(items, self._speakers.who, is_role_field, is_text_field)
        if self._names:
            self._speakers.settle(list(_sides.values(items, self._names)))
        return before

    def _is_speaker(self, key: str) -> bool:
        return is_role_field(key) or (bool(key) and key == self._names)

    def _is_said(self, key: str) -> bool:
        return is_text_field(key) or header_role(key) is not None or (bool(key) and key == self._says)

    def _is_dialogue(self, items: Sequence[Node]) -> bool:
        """True for a list of single entries named after two sides: ``- 客户: …``, ``- 客服: …``."""
        roles = set()
        for item in items:
            if not isinstance(item, Fields) or len(item.entries) != 1:
                return False
            roles.add(self._speakers.role(item.entries[0][0]))
        return len(roles - {None}) > 1

    def _speaker_keys(self, node: Fields, place: Place) -> None:
        for key, value in node.entries:
            self.node(value, place.inside(key, role=self._speakers.role(key), turn=True))

    def _fields(self, node: Fields, place: Place) -> None:
        speaker = self._speaker(node)
        left = _recordings.repeated(node)
        paired = not self._learn(node) and self._paired(node)
        section = place.section + self._title(node)
        keys = [key for key, _ in node.entries]
        for key, value in node.entries:
            if key in left:
                continue
            name = key.strip().lower()
            if name in _COMMENTS and isinstance(value, Leaf):
                if value.is_text:
                    self.blocks.append(Block(value.prose.stripped(), Scope.COMMENT, section))
                continue
            role = Role.CUSTOMER if set_off(key, keys) else header_role(key) or place.role
            inner = place.inside(key, role=role, section=section)
            if speaker is not None and key == self._says:
                inner = place.inside(key, role=speaker, section=section, turn=True)
            elif name in _IDENTIFIERS and isinstance(value, Leaf):
                inner = place.inside(key, role=Role.UNKNOWN, section=section, turn=False)
            elif speaker is not None and self._is_speaker(key) and isinstance(value, Leaf):
                if self._speakers.role(value.prose.text) is not None:
                    continue  # it has been heard as the speaker
                inner = place.inside(key, role=Role.UNKNOWN, section=section, turn=False)
            elif speaker is not None and self._is_said(key):
                inner = place.inside(key, role=speaker, section=section, turn=True)
            elif paired and isinstance(value, Leaf) and self._speakers.role(key):
                inner = place.inside(key, role=self._speakers.role(key), section=section, turn=True)
            elif self._is_title(name, value, node):
                inner = place.inside(key, role=place.role, heading=True)
            elif not isinstance(value, Leaf) and _HAN.search(key):
                inner = place.inside(key, role=inner.role, section=(*section, key.strip()))
            self.node(value, inner)

    def _learn(self, node: Fields) -> bool:
        """A legend such as {"A": "坐席", "B": "客户"} says what the names in role fields mean. True if this is one."""
        meanings = [
            (key, value.prose.text)
            for key, value in node.entries
            if isinstance(value, Leaf) and value.is_text and len(key) <= _SHORT_NAME
        ]
        sides = {self._speakers.role(meaning) for _, meaning in meanings if len(meaning) <= _SHORT_NAME}
        if not {Role.INSTITUTION, Role.CUSTOMER} <= sides:
            return False
        for key, meaning in meanings:
            self._speakers.learn(key, meaning)
        return True

    def _speaker(self, node: Fields) -> Role | None:
        """Who says the text of an entry that names its speaker; None when it names none."""
        if not any(self._is_said(key) for key, _ in node.entries):
            return None
        for key, value in node.entries:
            if self._is_speaker(key) and isinstance(value, Leaf) and value.is_text and len(value.prose.text) <= 20:
                return self._speakers.role(value.prose.text) or Role.UNKNOWN
        return None

    def _paired(self, node: Fields) -> bool:
        """True when an entry holds the words of two sides under their names."""
        roles = {
            self._speakers.role(key)
            for key, value in node.entries
            if isinstance(value, Leaf) and value.is_text and len(value.prose.text) >= _TALK
        }
        return len(roles - {None}) > 1

    def _title(self, node: Fields) -> tuple[str, ...]:
        for key, value in node.entries:
            if isinstance(value, Leaf) and self._is_title(key.strip().lower(), value, node):
                return (" ".join(value.prose.text.split()),)
        return ()

    @staticmethod
    def _is_title(name: str, value: Node, node: Fields) -> bool:
        """A title says what an entry is about; a bare name only above a group, for it may be a person's."""
        if not isinstance(value, Leaf) or not value.is_text:
            return False
        if not 0 < len(value.prose.text.strip()) <= _LONGEST_TITLE:
            return False
        if name in _NAMES:
            titled = any(key.strip().lower() in _TITLES for key, _ in node.entries)
            return not titled and any(not isinstance(other, Leaf) for _, other in node.entries)
        return name in _TITLES

    def _leaf(self, leaf: Leaf, place: Place) -> None:
        # An alias in YAML repeats a value that was read where it stands.
        if leaf.span.start <= self._reached:
            return
        self._reached = leaf.span.start
        text = leaf.prose.text
        if not leaf.is_text and sum(char.isdigit() for char in text) < _LONG_NUMBER:
            return
        scope = Scope.TURN if place.turn else Scope.HEADING if place.heading else Scope.VALUE
        role = place.role if leaf.is_text else Role.UNKNOWN
        self.blocks.append(
            Block(
                leaf.prose,
                scope,
                place.section,
                role,
                label=".".join(place.path),
                record=place.record,
                locator=place.locator,
            )
        )
