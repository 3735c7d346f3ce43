"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


def lazy_re(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """An expression for module level: a run compiles only those that its texts and rules call for."""
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
