"""Collects the modules of a plug-in folder; a file's name is its key.

Modules are listed from the folder and imported one by one when asked for, so that a run loads only the
readers, verbs and reporters it uses, and adding one means adding one file.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


@cache
def names(package: str) -> tuple[str, ...]:
    """The plug-ins of a package, sorted. Modules that start with an underscore are helpers, not plug-ins."""
    module = import_module(package)
    return tuple(sorted(info.name for info in iter_modules(module.__path__) if not info.name.startswith("_")))


def load(package: str, name: str) -> ModuleType:
    """Import one plug-in. Raises KeyError when there is none of that name."""
    if name not in names(package):
        raise KeyError(name)
    return import_module(f"{package}.{name.replace('-', '_')}")
