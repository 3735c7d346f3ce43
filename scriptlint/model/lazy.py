"""Values that are made when they are first used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, AnyStr, TypeVar, cast, overload

T = TypeVar("T")


def lazy_re(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A regular expression for module level: a run compiles only those that its texts and rules call for."""
    return cast("re.Pattern[AnyStr]", _Late(source, flags))


class _Late:
    """Stands in for a pattern. Each method is looked up once and then kept, so that later calls cost nothing more."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.__dict__.update(pattern=source, _late=(source, flags))

    def __getattr__(self, name: str) -> Any:
        own = self.__dict__
        if "_pattern" not in own:
            own["_pattern"] = re.compile(*own["_late"])
        value = own[name] = getattr(own["_pattern"], name)
        return value


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
