"""Transcripts that speech recognisers write: times, speakers, and words that are said twice."""

from __future__ import annotations

import json

import pytest

from scriptlint import readers
from scriptlint.model.document import Document, Role, Scope
from scriptlint.readers import ReadOptions, SpeakerNames


def read(data: object, options: ReadOptions | None = None) -> Document:
    return readers.read("a.json", json.dumps(data, ensure_ascii=False).encode(), options)


def turns(document: Document) -> list[tuple[str, str]]:
    return [(segment.locator, segment.text) for segment in document.segments if segment.scope is Scope.TURN]


@pytest.mark.parametrize(
    ("times", "place"),
    [
        (({"start": 0.0, "end": 2.5}, {"start": 65.2, "end": 66.0}), "00:01:05"),
        (({"begin_time": 0, "end_time": 2500}, {"begin_time": 65200, "end_time": 66000}), "00:01:05"),
        (({"bg": "0", "ed": "2500"}, {"bg": "65200", "ed": "66000"}), "00:01:05"),
        (({"StartMs": 0, "EndMs": 500}, {"StartMs": 65200, "EndMs": 65900}), "00:01:05"),
        (({"start": 0, "end": 3}, {"start": 65, "end": 69}), "00:01:05"),
        (({"startTime": "0s"}, {"startTime": "65.2s"}), "00:01:05"),
        (({"offset": "PT0S"}, {"offset": "PT1M5.2S"}), "00:01:05"),
        (({"offsetInTicks": 0}, {"offsetInTicks": 652000000}), "00:01:05"),
        (({"开始时间": "00:00:00,100"}, {"开始时间": "00:01:05,200"}), "00:01:05"),
        (({"time": "10:01"}, {"time": "10:02"}), "10:02"),
    ],
)
def test_times_of_every_kind(times: tuple[dict[str, object], dict[str, object]], place: str) -> None:
    words = ("您好，请问有什么可以帮您？", "这款产品稳赚不赔。")
    entries = [{**time, "text": text} for time, text in zip(times, words, strict=True)]
    assert turns(read({"result": {"utterances": entries}}))[-1] == (place, "这款产品稳赚不赔。")


def test_dates_are_no_places_in_a_recording() -> None:
    document = read([{"time": 1700000000, "text": "您好"}, {"time": 1700000060, "text": "再见"}])
    assert {segment.locator for segment in document.segments} == {""}


def roles(data: object, options: ReadOptions | None = None) -> list[Role]:
    return [segment.role for segment in read(data, options).segments if segment.scope is Scope.TURN]


def two(first: object, second: object, key: str = "speaker_id") -> list[dict[str, object]]:
    return [
        {"start": 0.5, "end": 2.0, key: first, "text": "您好，请讲。"},
        {"start": 2.5, "end": 4.0, key: second, "text": "这个保本吗？"},
    ]


@pytest.mark.parametrize(
    "legend",
    [
        {"speakers": [{"id": 0, "role": "坐席"}, {"id": 1, "role": "客户"}]},
        {"roles": {"0": "agent", "1": "customer"}},
        {"channels": [{"channel": "0", "name": "客服"}, {"channel": "1", "name": "用户"}]},
    ],
)
@pytest.mark.parametrize("later", [False, True])
def test_numbers_of_speakers_are_resolved_where_the_file_tells(legend: dict[str, object], later: bool) -> None:
    body = {"segments": two(0, 1)}
    assert roles({**body, **legend} if later else {**legend, **body}) == [Role.INSTITUTION, Role.CUSTOMER]


def test_numbers_of_speakers_are_resolved_where_the_settings_tell() -> None:
    options = ReadOptions(speakers=SpeakerNames(institution=("SPEAKER_00",), customer=("SPEAKER_01",)))
    data = two("SPEAKER_00", "SPEAKER_01", "speaker")
    assert roles(data, options) == [Role.INSTITUTION, Role.CUSTOMER]
    assert roles(data) == [Role.UNKNOWN, Role.UNKNOWN]


def test_a_speaker_may_stand_further_in() -> None:
    data = [{"start": 0.5, "end": 2.5, "text": "这个保本吗？", "additions": {"speaker": "客户"}}]
    assert roles(data) == [Role.CUSTOMER]


def test_a_sentence_over_two_entries_is_whole() -> None:
    data = [
        {"start": 0.0, "end": 2.0, "spk": 0, "text": "这款产品保证收"},
        {"start": 2.2, "end": 3.0, "spk": 0, "text": "益，放心。"},
        {"start": 3.1, "end": 4.0, "spk": 1, "text": "真的"},
        {"start": 4.1, "end": 5.0, "spk": 0, "text": "真的"},
        {"start": 9.0, "end": 9.5, "spk": 0, "text": "隔了很久"},
    ]
    assert [text for _, text in turns(read(data))] == ["这款产品保证收益，放心。", "真的", "真的", "隔了很久"]


def test_what_is_said_twice_is_read_once_and_only_then() -> None:
    words = [{"word": "您好", "start": 0.1, "end": 0.5}, {"word": "保本", "start": 0.5, "end": 0.9}]
    entry = {"start": 0.1, "end": 0.9, "text": "您好，保本。", "words": words}
    assert len(read({"text": "您好保本", "segments": [entry]}).segments) == 1
    other = read({"text": "您好，稳赚。", "segments": [entry]})
    assert {segment.text for segment in other.segments} == {"您好，稳赚。", "您好，保本。"}
    words.append({"word": "稳赚", "start": 0.9, "end": 1.2})
    assert "稳赚" in {segment.text for segment in read({"segments": [entry]}).segments}


def test_personal_data_in_an_entry_is_not_left_out() -> None:
    data = [{"start": 0.0, "end": 2.0, "text": "好的。", "phone": 13800001234, "name": "周大海"}]
    assert {"13800001234", "周大海"} <= {segment.text for segment in read(data).segments}
