"""The packs are found from a wheel, from an editable install and from a checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ASK = "from scriptlint import packs; print(packs.find_rules_dir()); print(len(list(packs.find_rules_dir().glob('cn/*/*.yaml'))))"


def rules_seen_from(cwd: Path, path: Path) -> tuple[Path, int]:
    """The folder a fresh interpreter finds the packs in when ``path`` comes first on its module path."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(path)!r}); {ASK}"],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
    )
    folder, count = done.stdout.split("\n")[:2]
    return Path(folder), int(count)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, unpacked as pip would."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(ROOT),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    zipfile.ZipFile(wheel).extractall(site)
    return site


def test_the_wheel_carries_its_packs(unpacked: Path, tmp_path: Path) -> None:
    folder, count = rules_seen_from(tmp_path, unpacked)
    assert folder == unpacked / "scriptlint" / "rules"
    assert count == len(list(ROOT.glob("rules/cn/*/*.yaml")))


def test_a_checkout_and_an_editable_install_use_the_folder_beside_the_package(tmp_path: Path) -> None:
    """An editable install puts nothing but the path of the checkout on the module path."""
    folder, count = rules_seen_from(tmp_path, ROOT)
    assert folder == ROOT / "rules"
    assert count == len(list(ROOT.glob("rules/cn/*/*.yaml")))


def test_the_tests_themselves_run_from_an_editable_install() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "show", "--files", "scriptlint"], capture_output=True, text=True, check=True
    )
    assert "Editable project location" in done.stdout


def test_the_wheel_holds_what_belongs_in_it_and_no_more(unpacked: Path) -> None:
    tops = {path.name for path in unpacked.iterdir()}
    assert {name.split("-")[0] for name in tops} == {"scriptlint"}
    assert (unpacked / "scriptlint" / "language" / "data" / "traditional.txt").is_file()
