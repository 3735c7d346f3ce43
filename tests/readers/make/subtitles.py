"""Makes the twin in subtitles anew: ``python -m tests.readers.make.subtitles`` in the root of the project."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent.parent


def main() -> None:
    """Write the twin as SubRip: every line is a cue of three seconds."""
    lines = [line for line in (HERE / "twins" / "twin.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    cues = [
        f"{number}\n00:{number // 20:02}:{number * 3 % 60:02},000 --> 00:{number // 20:02}:{number * 3 % 60 + 2:02},900\n{line}\n"
        for number, line in enumerate(lines, 1)
    ]
    (HERE / "twins" / "twin.srt").write_text("\n".join(cues), encoding="utf-8")


if __name__ == "__main__":
    main()
