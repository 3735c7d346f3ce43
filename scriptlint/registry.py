"""Collects the modules of a plug-in folder; a file's name is its key.

Modules are listed from the folder and imported one by one when asked for, so that a run loads only the
readers, verbs and reporters it uses, and adding one means adding one file.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from types import ModuleType


@cache
def names(package: str) -> tuple[str, ...]:
    """The plug-ins of a package, sorted. Modules that start with an underscore are helpers, not plug-ins."""
    module = import_module(package)
    # pkgutil would do it for archives, too, but takes longer to import than most commands to run.
    files = (name for folder in module.__path__ for name in os.listdir(folder))
    return tuple(sorted({name[:-3] for name in files if name.endswith(".py") and not name.startswith("_")}))


def load(package: str, name: str) -> ModuleType:
    """Import one plug-in. Raises KeyError when there is none of that name."""
    if name not in names(package):
        raise KeyError(name)
    return import_module(f"{package}.{name.replace('-', '_')}")
