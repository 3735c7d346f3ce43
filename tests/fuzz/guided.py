"""Fuzzing led by what code is reached, for a machine with atheris (``pip install 'scriptlint[fuzz]'``).

    python -m tests.fuzz.guided READER CORPUS_FOLDER [-max_total_time=3600 and other options of libFuzzer]

The samples of the reader are put into the folder first. It knows no format, so it finds what lies in decoding and in
text formats; what lies behind zip and Flate is found by ``python -m tests.fuzz``.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["scriptlint.readers"]):
    from scriptlint import readers
    from scriptlint.model.document import ReadError
    from tests.fuzz.samples import samples
    from tests.properties.test_readers import check_places

    # Readers import their parsers when they read, and only what is imported here is watched.
    for sample in samples(sys.argv[1]):
        readers.read(sample.name, sample.data)


def main() -> None:
    """Begin; libFuzzer ends the process."""
    reader, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for index, sample in enumerate(samples(reader)):
        (folder / f"sample-{index}").write_bytes(sample.data)
    name = samples(reader)[0].name

    def look(data: bytes) -> None:
        with contextlib.suppress(ReadError):
            document = readers.read(name, data)
            if len(document.source) < 30_000:
                check_places(document)

    atheris.Setup([sys.argv[0], "-rss_limit_mb=500", "-timeout=10", *sys.argv[2:]], look)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
