"""The structure a tagged PDF states: which words are a heading, a list item, a cell of which row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject

from scriptlint.model.document import Scope
from scriptlint.model.record import dataclass

_SCOPES: Mapping[str, Scope] = {
    "P": Scope.PARAGRAPH,
    "BlockQuote": Scope.PARAGRAPH,
    "Caption": Scope.PARAGRAPH,
    "Div": Scope.PARAGRAPH,
    "TOCI": Scope.LIST_ITEM,
    "LI": Scope.LIST_ITEM,
    "LBody": Scope.LIST_ITEM,
    "TD": Scope.TABLE_CELL,
    "TH": Scope.TABLE_CELL,
    "Note": Scope.NOTE,
    "Title": Scope.HEADING,
    **{f"H{level}": Scope.HEADING for level in ("", *range(1, 7))},
}
_HOLDERS = ("LI", "LBody", "TD", "TH", "Note")
"""What keeps its scope when a paragraph stands inside it."""
_DEEPEST = 60
_MOST_NODES = 50_000


@dataclass(frozen=True, slots=True)
class Tag:
    """One element of the structure: what it is, its heading level, and its place in a table."""

    key: int
    scope: Scope
    level: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    header: bool = False


class Tags:
    """Answers to which element a marked run of a page belongs."""

    def __init__(self, root: DictionaryObject) -> None:
        self._parents: dict[int, Any] = {}
        self._roles: Mapping[str, Any] = {}
        self._known: dict[int, Tag | None] = {}
        self._rows: dict[int, dict[int, int]] = {}
        tree = _get(root, "/StructTreeRoot")
        if isinstance(tree, DictionaryObject):
            roles = _get(tree, "/RoleMap")
            self._roles = roles if isinstance(roles, DictionaryObject) else {}
            self._collect(_get(tree, "/ParentTree"))

    def of(self, page: DictionaryObject) -> dict[int, Tag]:
        """The elements of a page by the numbers of its marked runs."""
        found = {mark: self._tag(element) for mark, element in enumerate(self._elements(page))}
        return {mark: tag for mark, tag in found.items() if tag is not None}

    def alternatives(self, page: DictionaryObject) -> list[str]:
        """The words a page's pictures have for those who cannot see them."""
        seen: dict[int, str] = {}
        for element in self._elements(page):
            if isinstance(element, DictionaryObject) and isinstance(element.get("/Alt"), str):
                seen.setdefault(_number(element), str(element["/Alt"]).strip())
        return [words for words in seen.values() if words]

    def _elements(self, page: DictionaryObject) -> list[Any]:
        number = page.get("/StructParents")
        entries = _object(self._parents.get(number)) if isinstance(number, int) else None
        return [_object(entry) for entry in entries[:_MOST_NODES]] if isinstance(entries, ArrayObject) else []

    def _collect(self, tree: Any) -> None:
        waiting = [tree]
        for _ in range(_MOST_NODES):
            if not waiting:
                return
            node = _object(waiting.pop())
            if isinstance(node, DictionaryObject):
                numbers = _get(node, "/Nums")
                if isinstance(numbers, ArrayObject):
                    for key, value in zip(numbers[::2], numbers[1::2], strict=False):
                        if isinstance(key, int):
                            self._parents[int(key)] = value
                kids = _get(node, "/Kids")
                if isinstance(kids, ArrayObject):
                    waiting += kids

    def _tag(self, element: Any) -> Tag | None:
        if not isinstance(element, DictionaryObject):
            return None
        key = _number(element)
        if key not in self._known:
            self._known[key] = self._climb(element)
        return self._known[key]

    def _climb(self, element: DictionaryObject) -> Tag | None:
        """The block an element is part of, as part of the cell, list item or note that holds it."""
        inner: DictionaryObject | None = None
        holder: DictionaryObject | None = None
        kind = ""
        above: Any = element
        for _ in range(_DEEPEST):
            if not isinstance(above, DictionaryObject):
                break
            name = self._kind(above)
            if inner is None and name in _SCOPES:
                inner, kind = above, name
            if holder is None and name in _HOLDERS:
                holder, kind = above, name
            above = _get(above, "/P")
        if inner is None:
            return None
        if holder is not None and kind in ("TD", "TH"):
            table, row, column = self._place(holder)
            return Tag(_number(inner), Scope.TABLE_CELL, 0, table, row, column, kind == "TH")
        level = int(kind[1:] or 1) if kind[0] == "H" else 1 if kind == "Title" else 0
        return Tag(_number(inner), _SCOPES[kind], level)

    def _place(self, cell: DictionaryObject) -> tuple[int, int, int]:
        row = _get(cell, "/P")
        kids = _get(row, "/K") if isinstance(row, DictionaryObject) else None
        numbers = [_number(_object(kid)) for kid in kids] if isinstance(kids, ArrayObject) else []
        column = numbers.index(_number(cell)) if _number(cell) in numbers else 0
        table: Any = row
        for _ in range(_DEEPEST):
            if not isinstance(table, DictionaryObject) or self._kind(table) == "Table":
                break
            table = _get(table, "/P")
        key = _number(table)
        rows = self._rows.setdefault(key, {})
        return key, rows.setdefault(_number(row), len(rows)), column

    def _kind(self, element: DictionaryObject) -> str:
        name = str(element.get("/S", "")).removeprefix("/")
        if name not in _SCOPES and name != "Table":
            name = str(self._roles.get(f"/{name}", name)).removeprefix("/")
        return name


def _get(node: DictionaryObject, key: str) -> Any:
    return _object(node.get(key))


def _object(value: Any) -> Any:
    return value.get_object() if value is not None and hasattr(value, "get_object") else value


def _number(value: Any) -> int:
    """What tells one element from another: its number in the file."""
    reference = getattr(value, "indirect_reference", None)
    return reference.idnum if reference is not None else id(value)
