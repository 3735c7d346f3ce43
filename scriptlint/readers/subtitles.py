"""Subtitles (SubRip, WebVTT): what is said, with the time; sentences whole again that are divided over several cues."""

from __future__ import annotations

from scriptlint.model.document import Document
from scriptlint.readers._raw import RawFile

SUFFIXES = (".srt", ".vtt")


def read(raw: RawFile) -> Document:
    """Read subtitles, however badly numbered. Raises ReadError when they cannot be decoded."""
    from scriptlint.readers._blocks import document
    from scriptlint.readers._cues import reading

    decoded = raw.decoded()
    return document(raw, decoded, "subtitles", reading(decoded.text, raw.options.speakers))
