"""Values that are made when they are first used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, AnyStr, TypeVar, cast, overload

from scriptlint.model.regexes import REGEXES

T = TypeVar("T")


def lazy_re(source: AnyStr, flags: int = 0, *, has: str = "") -> re.Pattern[AnyStr]:
    """A regular expression for module level: a run compiles only those that its texts and rules call for.

    ``has`` are characters of which any match has one: until a text has one of them, too, nothing is compiled.
    """
    return cast("re.Pattern[AnyStr]", _Late(source, flags, has))


_NOTHING: Mapping[str, Callable[..., Any]] = {
    "match": lambda *_: None,
    "search": lambda *_: None,
    "fullmatch": lambda *_: None,
    "findall": lambda *_: [],
    "finditer": lambda *_: iter(()),
}
"""What an expression gives where it matches nowhere."""


class _Late:
    """Stands in for a pattern. Each method is looked up once and then kept, so that later calls cost nothing more."""

    def __init__(self, source: str | bytes, flags: int, has: str) -> None:
        self.__dict__.update(pattern=source, _late=(source, flags), _has=has)

    def __getattr__(self, name: str) -> Any:
        own = self.__dict__
        if "_pattern" not in own:
            if own["_has"] and name in _NOTHING:
                return self._gated(name)
            source, flags = own["_late"]
            own["_pattern"] = REGEXES.compile(source, flags) if isinstance(source, str) else re.compile(source, flags)
        value = own[name] = getattr(own["_pattern"], name)
        return value

    def _gated(self, name: str) -> Callable[..., Any]:
        def method(text: str, *places: int) -> Any:
            if not any(char in text for char in self.__dict__["_has"]):
                return _NOTHING[name]()
            self.__dict__["_has"] = ""
            return getattr(self, name)(text, *places)

        return method


class LazyMap(Mapping[str, T]):
    """A mapping that knows its keys and makes a value when somebody asks for it."""

    __slots__ = ("_made", "_make", "_names")

    def __init__(self, names: Iterable[str], make: Callable[[str], T]) -> None:
        self._names = dict.fromkeys(names)
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._made:
            if name not in self._names:
                raise KeyError(name)
            self._made[name] = self._make(name)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


class LazySequence(Sequence[T]):
    """A sequence that is made when somebody looks into it."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Sequence[T]]) -> None:
        self._make = make
        self._made: Sequence[T] | None = None

    @property
    def _all(self) -> Sequence[T]:
        if self._made is None:
            self._made = self._make()
        return self._made

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self._all[index]

    def __iter__(self) -> Iterator[T]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self._all) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self._all))

    def __reduce__(self) -> tuple[type[tuple[T, ...]], tuple[tuple[T, ...]]]:
        return (tuple, (tuple(self._all),))
