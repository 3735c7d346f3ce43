"""Times in recordings, as subtitles and transcripts name places."""

from __future__ import annotations


def clock(seconds: float) -> str:
    """A time from the start as hours, minutes and seconds: ``00:01:05``."""
    whole = max(int(seconds), 0)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
