"""Dataclasses that cost next to nothing until the first of them is made.

What ``dataclasses`` generates for a class takes half a millisecond, mostly for methods that a run never calls; a
check of one small file meets a hundred classes and makes records of thirty. Here the constructor is generated when it
is first called and the other methods are shared. To readers and to mypy these are plain dataclasses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    from operator import attrgetter

    _MISSING = object()

    class _Field:
        __slots__ = ("default", "factory")

        def __init__(self, default, factory):
            self.default = default
            self.factory = factory

    def field(*, default=_MISSING, default_factory=_MISSING):
        """A field with a default that is made anew for each record."""
        return _Field(default, default_factory)

    def dataclass(cls=None, /, *, frozen=False, slots=False, order=False):
        """As in ``dataclasses``, for the options that this project uses."""
        if cls is None:
            return lambda cls: _made(cls, frozen, slots, order)
        return _made(cls, frozen, slots, order)

    def replace(record, /, **changes):
        """The same record with other values in some fields."""
        for name in record.__match_args__:
            if name not in changes:
                changes[name] = getattr(record, name)
        return record.__class__(**changes)

    def _made(cls, frozen, slots, order):
        defaults = {}
        for base in reversed(cls.__mro__[1:]):
            defaults.update(base.__dict__.get("_record_defaults", ()))
        own = [name for name in cls.__annotations__ if name not in defaults]
        namespace = dict(cls.__dict__)
        for name in cls.__annotations__:
            default = namespace.get(name, _MISSING)
            if not isinstance(default, _Field):
                default = _Field(default, _MISSING)
                if slots:
                    namespace.pop(name, None)
            elif default.default is _MISSING or slots:
                del namespace[name]
            else:
                namespace[name] = default.default
            defaults[name] = default
        names = tuple(defaults)
        namespace["_record_defaults"] = defaults
        namespace["_record_values"] = attrgetter(*names) if len(names) > 1 else _few(names)
        namespace["__match_args__"] = names
        namespace["__dataclass_fields__"] = _Fields()
        namespace["__qualname__"] = cls.__qualname__
        for name in ("__dict__", "__weakref__"):
            namespace.pop(name, None)
        if slots:
            namespace["__slots__"] = tuple(own)
            namespace["__getstate__"] = _getstate
            namespace["__setstate__"] = _setstate
        for name, method in (_COMPARED | _ORDERED if order else _COMPARED).items():
            namespace.setdefault(name, method)
        if frozen:
            namespace["__setattr__"] = _refuse
            namespace["__delattr__"] = _refuse
        # A class that defines __eq__ has None for its hash unless it says otherwise; so has a changeable record.
        if namespace.get("__hash__") is None:
            namespace["__hash__"] = _hash if frozen else None

        def first(self, /, *args, **kwargs):
            made.__init__ = _constructor(made, defaults, frozen, slots)
            made.__init__(self, *args, **kwargs)

        namespace["__init__"] = first
        made = type(cls)(cls.__name__, cls.__bases__, namespace)
        return made

    def _few(names):
        get = attrgetter(*names) if names else None
        return staticmethod(lambda record: (get(record),) if get else ())

    def _constructor(cls, defaults, frozen, slots):
        known = {"_missing": _MISSING, "_set": object.__setattr__}
        parameters = ["self"]
        lines = []
        for name, default in defaults.items():
            value = name
            if default.factory is not _MISSING:
                known[f"_factory_{name}"] = default.factory
                parameters.append(f"{name}=_missing")
                value = f"_factory_{name}() if {name} is _missing else {name}"
            elif default.default is not _MISSING:
                known[f"_default_{name}"] = default.default
                parameters.append(f"{name}=_default_{name}")
            else:
                parameters.append(name)
            if slots:
                known[f"_set_{name}"] = getattr(cls, name).__set__
                lines.append(f"  _set_{name}(self, {value})")
            else:
                lines.append(f"  _set(self, {name!r}, {value})" if frozen else f"  self.{name} = {value}")
        if hasattr(cls, "__post_init__"):
            lines.append("  self.__post_init__()")
        exec(f"def __init__({', '.join(parameters)}):\n" + ("\n".join(lines) or "  pass"), known)
        made = known["__init__"]
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        made.__annotations__ = {name: cls.__annotations__.get(name, "object") for name in defaults}
        return made

    class _Fields:
        """What the functions of ``dataclasses`` look for, made when they do."""

        def __get__(self, record, cls):
            import dataclasses

            fields = []
            for name, default in cls._record_defaults.items():
                if default.factory is not _MISSING:
                    made = dataclasses.field(default_factory=default.factory)
                elif default.default is not _MISSING:
                    made = dataclasses.field(default=default.default)
                else:
                    made = dataclasses.field()
                fields.append((name, cls.__annotations__.get(name, "object"), made))
            return dataclasses.make_dataclass(cls.__name__, fields).__dataclass_fields__

    def _eq(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._record_values(self) == self._record_values(other)

    def _lt(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._record_values(self) < self._record_values(other)

    def _le(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._record_values(self) <= self._record_values(other)

    def _gt(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._record_values(self) > self._record_values(other)

    def _ge(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self._record_values(self) >= self._record_values(other)

    def _hash(self):
        return hash(self._record_values(self))

    def _repr(self):
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{self.__class__.__qualname__}({shown})"

    def _refuse(self, name, *_):  # noqa: ARG001
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"cannot change field {name!r}")

    def _getstate(self):
        return [getattr(self, name) for name in self.__match_args__]

    def _setstate(self, state):
        for name, value in zip(self.__match_args__, state, strict=True):
            object.__setattr__(self, name, value)

    _COMPARED = {"__eq__": _eq, "__repr__": _repr}
    _ORDERED = {"__lt__": _lt, "__le__": _le, "__gt__": _gt, "__ge__": _ge}
