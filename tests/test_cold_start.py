"""Starting: what a plain check loads, and that compiled packs from the cache are the same as the packs themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from scriptlint import cachefiles, packs, run
from scriptlint.config import Settings
from scriptlint.language.ruleset import RuleSet
from scriptlint.language.storedlanguage import StoredLanguage
from scriptlint.model.report import Report

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 11, 24)

# One module more is a quarter of a millisecond more for every file that an editor saves.
MAY_LOAD = """
    cachefiles cli cli._io cli._outputs cli._progress cli._session cli.check config context discover engine
    language language.compiler language.entities language.entities.gate language.entities.line language.expressions
    language.figures language.fold language.guards language.hits language.matching language.pattern
    language.placeholders language.repairs language.ruleset language.scan language.scorer language.sentences
    language.stored language.storedlanguage language.view language.vocabulary ledger
    model model.context model.document model.finding model.lazy model.places model.record model.regexes model.report model.rule
    model.span packs packs.cache packs.loaded packs.plain packs.thawing
    readers readers._blocks readers._comments readers._decode readers._dialogue readers._lines readers._plainblocks
    readers._prose readers._raw readers._sides readers._speakernames readers._tree readers.plain regexcache registry
    reporters reporters._options reporters._width reporters.text run selection
    triage triage.changed triage.comments
    verbs verbs._insert verbs._reach verbs.detect verbs.forbid verbs.require verbs.scored yamltree
"""
MUST_NOT_LOAD = ("yaml", "regex", "json.tool", "tomllib", "tempfile", "subprocess", "difflib", "multiprocessing")


def load(rules: Path, cache: Path | None, day: date = DAY) -> RuleSet:
    return packs.load([rules], as_of=day, cache=cache)


def check(ruleset: RuleSet, *paths: Path) -> Report:
    return run.check(paths, run.Setup(ruleset, Settings(), DAY), ROOT)


def same(one: Report, other: Report) -> bool:
    return (one.findings, one.problems, one.files, tuple(one.rulebook)) == (
        other.findings,
        other.problems,
        other.files,
        tuple(other.rulebook),
    )


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packs as they are now, whatever somebody does to them while the tests run."""
    return Path(shutil.copytree(packs.find_rules_dir(), tmp_path_factory.mktemp("packs") / "rules"))


@pytest.fixture(scope="module")
def cache(rules: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled packs in it."""
    folder = tmp_path_factory.mktemp("cache")
    assert not load(rules, folder).problems
    return folder


def test_a_plain_check_loads_only_what_it_uses(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("您好，本产品保本保息，稳赚不赔。\n", encoding="utf-8")
    code = (
        "import sys; from scriptlint.cli import main; code = main(['check', 'a.txt']);"
        "print(*sorted(sys.modules), file=sys.stderr); sys.exit(code)"
    )
    for _ in range(2):  # the first fills the cache
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env={**os.environ, "SCRIPTLINT_CACHE_DIR": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 1, done.stderr
    loaded = set(done.stderr.split())
    own = {name.removeprefix("scriptlint.") for name in loaded if name.startswith("scriptlint.")}
    assert own - {*MAY_LOAD.split()} == set()
    assert loaded & {*MUST_NOT_LOAD} == set()


def test_findings_are_the_same_with_and_without_the_cache(rules: Path, cache: Path) -> None:
    plain, stored = load(rules, None), load(rules, cache)
    assert isinstance(stored.language, StoredLanguage)
    assert not isinstance(plain.language, StoredLanguage)
    assert same(check(plain, ROOT / "examples"), check(stored, ROOT / "examples"))
    assert dict(plain.all_rules) == dict(stored.all_rules)
    assert dict(plain.rules) == dict(stored.rules)
    assert dict(plain.instruments) == dict(stored.instruments)
    for name in ("inactive", "masking", "packs", "fingerprint", "locked", "default_guards", "running"):
        assert getattr(plain, name) == getattr(stored, name)


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 11, 24)])
def test_the_day_is_no_matter_of_the_cache(rules: Path, cache: Path, day: date) -> None:
    plain, stored = load(rules, None, day), load(rules, cache, day)
    assert isinstance(stored.language, StoredLanguage)
    assert dict(plain.rules) == dict(stored.rules)
    assert plain.inactive == stored.inactive


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "foreign"])
def test_a_damaged_cache_is_made_anew(rules: Path, cache: Path, tmp_path: Path, damage: str) -> None:
    shutil.copytree(cache, tmp_path / "cache")
    (file,) = (tmp_path / "cache" / "packs").iterdir()
    whole = file.read_bytes()
    middle = len(whole) // 2
    broken = {
        "cut": whole[:middle],
        "changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "empty": b"",
        "foreign": cachefiles.Writer().file({"something": "else"}),
    }[damage]
    file.write_bytes(broken)
    ruleset = load(rules, tmp_path / "cache")
    assert not isinstance(ruleset.language, StoredLanguage)
    assert file.read_bytes() == whole
    file = ROOT / "examples" / "wealth"
    assert same(check(ruleset, file), check(load(rules, cache), file))


def test_a_pack_that_changes_is_compiled_anew(rules: Path, tmp_path: Path) -> None:
    shutil.copytree(rules, tmp_path / "rules")
    file = tmp_path / "rules" / "cn" / "privacy" / "bank-card-number.yaml"
    first = packs.load([tmp_path / "rules"], as_of=DAY, cache=tmp_path / "cache")
    assert not first.problems
    times = file.stat()
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("银行卡", "银行咔"), encoding="utf-8")  # as long as before
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    second = packs.load([tmp_path / "rules"], as_of=DAY, cache=tmp_path / "cache")
    assert not isinstance(second.language, StoredLanguage)
    assert second.fingerprint != first.fingerprint
    assert isinstance(packs.load([tmp_path / "rules"], as_of=DAY, cache=tmp_path / "cache").language, StoredLanguage)


def test_packs_with_mistakes_are_not_kept(tmp_path: Path) -> None:
    (tmp_path / "rules" / "zz" / "conduct").mkdir(parents=True)
    (tmp_path / "rules" / "zz" / "conduct" / "x.yaml").write_text("id: y\n", encoding="utf-8")
    for _ in range(2):
        assert packs.load([tmp_path / "rules"], as_of=DAY, cache=tmp_path / "cache").problems
    assert not (tmp_path / "cache").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work otherwise there")
def test_what_others_can_write_to_is_not_read(rules: Path, cache: Path, tmp_path: Path) -> None:
    shutil.copytree(cache, tmp_path / "cache")
    folder = tmp_path / "cache" / "packs"
    assert folder.stat().st_mode & 0o777 == 0o700
    for path, mode in ((folder, 0o777), (next(folder.iterdir()), 0o666)):
        old = path.stat().st_mode
        path.chmod(mode)
        assert not isinstance(load(rules, tmp_path / "cache").language, StoredLanguage)
        path.chmod(old)


def test_a_cache_that_cannot_be_written_is_no_error(rules: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder", encoding="utf-8")
    assert not load(rules, tmp_path / "cache").problems


def test_a_reader_of_the_cache_makes_nothing_but_data(tmp_path: Path) -> None:
    writer = cachefiles.Writer()
    place = writer.add(("a", 1))
    cachefiles.write(tmp_path / "x", "name", writer.file({"at": place}), 8)
    parts = cachefiles.read(tmp_path / "x", "name")
    assert parts is not None
    assert parts.at(parts.main["at"]) == ("a", 1)
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == ["name"]
    with pytest.raises(ValueError, match="unmarshallable"):
        writer.add(object())


def test_old_files_of_the_cache_go(tmp_path: Path) -> None:
    for number in range(5):
        cachefiles.write(tmp_path / "x", str(number), cachefiles.Writer().file(number), 3)
        os.utime(tmp_path / "x" / str(number), (number, number))
    cachefiles.write(tmp_path / "x", "last", cachefiles.Writer().file(0), 3)
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == ["3", "4", "last"]


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({"SCRIPTLINT_CACHE_DIR": "/a/b", "HOME": "/home/x"}, "/a/b"),
        ({"XDG_CACHE_HOME": "/c", "HOME": "/home/x"}, "/c/scriptlint"),
        ({"XDG_CACHE_HOME": "c", "HOME": "/home/x"}, "/home/x/.cache/scriptlint"),
        ({}, None),
    ],
)
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="other folders there")
def test_where_the_cache_is(environ: dict[str, str], folder: str | None) -> None:
    found = cachefiles.folder(environ)
    assert (str(found) if found else None) == folder
