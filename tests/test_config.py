"""The settings file: what it may hold, where it is found, and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from scriptlint import config, tomltree, yamltree
from scriptlint.config import Settings, SettingsError
from scriptlint.model.rule import Level


def wrong(text: str, *, toml: bool = False) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        config.parse(text, "settings", Path(), toml=toml)
    return [f"{problem.place()}: {problem.message}" for problem in caught.value.problems]


FULL = """\
select: [return-claim, privacy]
ignore: jargon
fail-level: warning
levels:
  denied-risk: info
  jargon: off
lang: en
format: jsonl
preview: true
encoding: gb18030
exclude: ["archive/**"]
scripts-in-columns: stages.xlsx
speakers:
  institution: [小安]
contexts:
  - {files: "sms/**", kind: sms, product: [fund, mmf]}
encodings:
  - {files: ["hk/**"], encoding: big5}
"""

SAME_IN_TOML = """\
[project]
name = "other"

[tool.scriptlint]
select = ["return-claim", "privacy"]
ignore = "jargon"
fail-level = "warning"
lang = "en"
format = 'jsonl'
preview = true
encoding = "gb18030"
exclude = [
  "archive/**",  # a comment
]
scripts-in-columns = "stages.xlsx"
speakers.institution = ["小安"]

[tool.scriptlint.levels]
denied-risk = "info"
"jargon" = "off"

[[tool.scriptlint.contexts]]
files = "sms/**"
kind = "sms"
product = ["fund", "mmf"]

[[tool.scriptlint.encodings]]
files = ["hk/**"]
encoding = "big5"

[tool.other]
select = 1
"""


def plain(settings: Settings) -> dict[str, object]:
    return {
        "select": settings.select,
        "ignore": settings.ignore,
        "fail_level": settings.fail_level,
        "levels": dict(settings.levels),
        "lang": settings.lang,
        "format": list(settings.format),
        "preview": settings.preview,
        "encoding": settings.encoding,
        "exclude": settings.exclude,
        "scripts-in-columns": settings.scripts_in_columns,
        "institution": settings.speakers.institution,
        "contexts": [(globs.files, dict(globs.values)) for globs in settings.contexts],
        "encodings": [(globs.files, globs.encoding) for globs in settings.encodings],
    }


def test_every_key_is_understood() -> None:
    assert plain(config.parse(FULL, "settings", Path())) == {
        "select": ("return-claim", "privacy"),
        "ignore": ("jargon",),
        "fail_level": Level.WARNING,
        "levels": {"denied-risk": Level.INFO, "jargon": Level.OFF},
        "lang": "en",
        "format": ["jsonl"],
        "preview": True,
        "encoding": "gb18030",
        "exclude": ("archive/**",),
        "scripts-in-columns": ("stages.xlsx",),
        "institution": ("小安",),
        "contexts": [(("sms/**",), {"kind": ("sms",), "product": ("fund", "mmf")})],
        "encodings": [(("hk/**",), "big5")],
    }


def test_toml_says_the_same_as_yaml() -> None:
    assert plain(config.parse(SAME_IN_TOML, "s", Path(), toml=True)) == plain(config.parse(FULL, "s", Path()))


def test_the_schema_that_editors_get_accepts_what_the_loader_accepts() -> None:
    jsonschema.Draft202012Validator.check_schema(config.schema())
    jsonschema.validate(yamltree.plain(yamltree.parse(FULL)), config.schema())


def test_empty_settings_are_the_defaults() -> None:
    assert plain(config.parse("# nothing\n", "settings", Path())) == plain(Settings())


def test_all_mistakes_are_told_at_once_with_their_places() -> None:
    text = "selct: [privacy]\nfail-level: eror\nlevels:\n  jargon: loud\ncontexts:\n  - {files: a, kind: smss}\n"
    assert wrong(text) == [
        'settings:1:1: unknown key "selct"; did you mean "select"?',
        'settings:2:13: fail-level must be error, warning or info, not "eror"; did you mean "error"?',
        'settings:4:11: jargon must be error, warning, info or off, not "loud"',
        "settings:6:22: kind must be ad, page, sms, push, script, chat, notice, video, collection, training "
        'or internal, not "smss"; did you mean "sms"?',
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a list\n", "settings:1:1: this must be a mapping, not a list"),
        ("select: [a\n", "settings:2:1: "),
        ("lang: zh\nlang: en\n", 'settings:2:1: duplicate key "lang" (first at line 1)'),
        ("contexts:\n  - {kind: sms}\n", 'settings:2:5: the key "files" is missing in an entry of contexts'),
        ("encoding: utf9\n", 'settings:1:11: unknown encoding "utf9"; try utf-8, gb18030, big5 or utf-16'),
        ("encodings:\n  - {files: a, encoding: zip}\n", 'settings:2:26: unknown encoding "zip"'),
        ("rules-paths: [nowhere]\n", 'settings:1:15: there is no folder "nowhere" beside the settings'),
        ("preview: maybe\n", 'settings:1:10: preview must be true or false, not "maybe"'),
    ],
)
def test_wrong_settings_are_refused(text: str, message: str) -> None:
    assert wrong(text)[0].startswith(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[tool.scriptlint]\nlang = "zh"\nformt = "text"\n',
            'settings:3:1: unknown key "formt"; did you mean "format"?',
        ),
        ('[tool.scriptlint]\nlang = "fr"\n', 'settings:2:8: lang must be zh or en, not "fr"'),
        ('[tool.scriptlint.levels]\na = "x"\n', 'settings:2:5: a must be error, warning, info or off, not "x"'),
        ('[tool]\nscriptlint = { lang = "fr" }\n', 'settings:2:23: lang must be zh or en, not "fr"'),
        ('[[tool.scriptlint.contexts]]\nkind = "sms"\n', 'settings:1:19: the key "files" is missing'),
        ("[tool.scriptlint]\nselect = [1.5]\n", "settings:2:11: an entry of select must be"),
        ("[tool.scriptlint]\nlang = \n", "settings:2:8: this is not TOML: Invalid value"),
    ],
)
def test_wrong_toml_has_places_too(text: str, message: str) -> None:
    assert wrong(text, toml=True)[0].startswith(message)


def test_the_toml_walk_agrees_with_the_standard_library() -> None:
    text = (
        'a.b = """x\n"quoted" \\" end"""\nc = \'\'\'lit\'eral\'\'\'\n[t]\n"odd key" = {x = [1, [2, 3],], y.z = true}\n'
        "[[t.list]]\nn = 0x1F\n[[t.list]]\nn = 1_000\n[t.list.inner]\nd = -1.5e3 # end\n"
    )
    import tomllib

    node = tomltree.parse(f"[other]\nq = 1\n[tool.x]\n{text.replace('[t', '[tool.x.t')}", ("tool", "x"))
    assert node is not None
    assert yamltree.plain(node) == tomllib.loads(text)


def test_a_table_that_is_missing_is_no_settings() -> None:
    assert tomltree.parse("[tool.other]\na = 1\n", ("tool", "scriptlint")) is None


def test_settings_are_searched_upward_to_the_root_of_the_repository(tmp_path: Path) -> None:
    inside = tmp_path / "repo" / "scripts"
    inside.mkdir(parents=True)
    (tmp_path / ".scriptlint.yaml").write_text("lang: en\n")
    (tmp_path / "repo" / "pyproject.toml").write_text('[project]\nname = "scriptlint-users"\n')
    assert config.find(inside) == tmp_path / ".scriptlint.yaml"
    (tmp_path / "repo" / ".git").mkdir()
    assert config.find(inside) is None
    (tmp_path / "repo" / "pyproject.toml").write_text('[tool.scriptlint]\nlang = "en"\n')
    assert config.find(inside) == tmp_path / "repo" / "pyproject.toml"
    (tmp_path / "repo" / ".scriptlint.yaml").write_text("lang: zh\n")
    assert config.find(inside) == tmp_path / "repo" / ".scriptlint.yaml"


def test_values_know_where_they_come_from(tmp_path: Path) -> None:
    path = tmp_path / ".scriptlint.yaml"
    path.write_text("lang: en\nlevels:\n  jargon: info\n", encoding="utf-8-sig")
    settings = config.load(path, ".scriptlint.yaml")
    assert settings.origin("lang") == ".scriptlint.yaml:1:1"
    assert settings.origin("levels.jargon") == ".scriptlint.yaml:3:3"
    assert settings.origin("format") == "default"


def test_settings_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / ".scriptlint.yaml"
    path.write_bytes("语言: 中文".encode("gbk"))
    with pytest.raises(SettingsError) as caught:
        config.load(path, ".scriptlint.yaml")
    assert [problem.message for problem in caught.value.problems] == ["cannot read the settings: not UTF-8"]
