"""The little of CSS that says whether text is seen: simple rules of a stylesheet, and declarations in order of weight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from scriptlint.model.lazy import lazy_re
from scriptlint.model.record import dataclass, field

_COMMENT = lazy_re(r"/\*.*?(?:\*/|$)", re.DOTALL)
_BRACE = lazy_re(r"[{}]")
_DECLARATION = lazy_re(r"([\w-]+)\s*:\s*((?:[^;\"'()]|\"[^\"]*\"|'[^']*'|\([^()]*\)|[\"'()])+)")
_COMPOUND = lazy_re(r"(\*|[a-zA-Z][\w-]*)?((?:[.#][\w\-\u0080-\uffff]+)*)$")
_PART = lazy_re(r"([.#])([\w\-\u0080-\uffff]+)")
_PLAIN_MEDIA = lazy_re(r"@media\s+(?:only\s+)?(?:all|screen)\s*$")
_MATTERS = frozenset(
    [
        "display",
        "visibility",
        "opacity",
        "font-size",
        "font",
        "color",
        "background",
        "background-color",
        "background-image",
        "text-indent",
        "position",
        "left",
        "right",
        "top",
        "clip",
        "clip-path",
        "height",
        "width",
        "max-height",
        "max-width",
        "overflow",
        "transform",
    ]
)
_MOST_RULES = 5_000
_MOST_ALIKE = 500
"""Rules that end in the same name; a page has a handful."""
_MOST_ABOVE = 60
_DEEPEST = 8
_CONTENT = lazy_re(r"""content\s*:\s*(?:"([^"\n]*)"|'([^'\n]*)')""")

Declarations = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """An element as selectors see it."""

    tag: str
    id: str = ""
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Compound:
    tag: str
    ids: frozenset[str]
    classes: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        """The same as names with their signs."""
        tags = {self.tag} - {"", "*"}
        return frozenset(tags | {f"#{name}" for name in self.ids} | {f".{name}" for name in self.classes})

    def fits(self, node: Node) -> bool:
        """True when an element is of this tag, id and these classes."""
        return (
            (self.tag in ("", "*", node.tag)) and self.ids <= {node.id} and self.classes <= node.classes
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rule:
    path: tuple[_Compound, ...]
    """Outermost first; the last is the element itself."""
    weight: tuple[int, int, int, int]
    declarations: Declarations
    needs: frozenset[str]
    """Tags, ids and classes that must stand around the element."""


@dataclass(slots=True)
class Sheet:
    """Rules whose selectors are tags, classes, ids and their nesting. Other rules are passed over."""

    rules: dict[str, list[_Rule]] = field(default_factory=dict)
    count: int = 0

    def add(self, css: str) -> None:
        """Take up the rules of a stylesheet."""
        self._add(_COMMENT.sub(" ", css), 0)

    def _add(self, css: str, depth: int) -> None:
        for prelude, body in _blocks(css):
            if prelude.startswith("@"):
                nests = prelude.startswith(("@supports", "@layer")) or _PLAIN_MEDIA.match(prelude.lower())
                if nests and depth < _DEEPEST:
                    self._add(body, depth + 1)
                continue
            given = declarations(body)
            if given:
                for selector in prelude.split(","):
                    self._rule(selector, given)

    def _rule(self, selector: str, given: Declarations) -> None:
        path: list[_Compound] = []
        for word in selector.replace(">", " ").split():
            match = _COMPOUND.match(word)
            if match is None:
                return
            parts = _PART.findall(match[2])
            path.append(
                _Compound(
                    (match[1] or "").lower(),
                    frozenset(name for sign, name in parts if sign == "#"),
                    frozenset(name for sign, name in parts if sign == "."),
                )
            )
        if not path or self.count >= _MOST_RULES:
            return
        self.count += 1
        last = path[-1]
        needs = frozenset(key for part in path[:-1] for key in part.keys)
        weight = (
            sum(len(part.ids) for part in path),
            sum(len(part.classes) for part in path),
            sum(part.tag not in ("", "*") for part in path),
            self.count,
        )
        key = "#" + min(last.ids) if last.ids else "." + min(last.classes) if last.classes else last.tag
        self.rules.setdefault(key or "*", []).append(_Rule(tuple(path), weight, given, needs))

    def of(self, node: Node, above: Sequence[Node]) -> list[Declarations]:
        """The declarations for an element, those of least weight first; ``above`` are the elements around it."""
        if not self.rules:
            return []
        keys = (f"#{node.id}", *sorted(f".{name}" for name in node.classes), node.tag, "*")
        known = _known(above)
        found = [
            rule
            for key in keys
            for rule in self.rules.get(key, ())[:_MOST_ALIKE]
            if rule.needs <= known and rule.path[-1].fits(node) and _inside(rule, above)
        ]
        return [rule.declarations for rule in sorted(found, key=lambda rule: rule.weight)]


def _known(above: Sequence[Node]) -> frozenset[str]:
    """All tags, ids and classes of the elements around one."""
    nodes = above[-_MOST_ABOVE:]
    names = {node.tag for node in nodes} | {f"#{node.id}" for node in nodes}
    return frozenset(names.union(*({f".{name}" for name in node.classes} for node in nodes)))


def _inside(rule: _Rule, above: Sequence[Node]) -> bool:
    wanted = len(rule.path) - 2
    for node in reversed(above[-_MOST_ABOVE:]):
        if wanted < 0:
            return True
        if rule.path[wanted].fits(node):
            wanted -= 1
    return wanted < 0


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """What stands before each pair of braces, and what stands in it."""
    depth = start = opened = 0
    prelude = ""
    for match in _BRACE.finditer(css):
        if match[0] == "{":
            if depth == 0:
                prelude, opened = css[start : match.start()].rsplit(";", 1)[-1].strip(), match.end()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield prelude, css[opened : match.start()]
                start = match.end()
        else:
            start = match.end()


def declarations(text: str) -> dict[str, str]:
    """Those declarations that bear on how visible text is, in lower case."""
    if ":" not in text:
        return {}
    found: dict[str, str] = {}
    for match in _DECLARATION.finditer(text[:20_000]):
        name, value = match[1].lower(), " ".join(match[2].lower().split())
        if name in _MATTERS and not found.get(name, "").endswith("!important"):
            found[name] = value
    return found


def merged(layers: Sequence[Declarations]) -> dict[str, str]:
    """Declarations of rising weight as one; what is important beats what is not."""
    result: dict[str, str] = {}
    for layer in layers:
        for name, value in layer.items():
            if value.endswith("!important") or not result.get(name, "").endswith("!important"):
                result[name] = value
    return {name: value.removesuffix("!important").strip() for name, value in result.items()}


def contents(css: str) -> Iterator[tuple[int, int]]:
    """The places of words that a stylesheet writes before or after elements."""
    for match in _CONTENT.finditer(css):
        group = 1 if match[1] is not None else 2
        if any(char > "\u2fff" for char in match[group]):
            yield match.span(group)
