"""`manage.py extract`: one line of JSON an article, faults on standard error, no database."""

import json

import pytest
from django.core.management import call_command

ARTICLE = {
    "id": "a1",
    "title": "Northern Group meets in Oslo",
    "text": "The Northern Group met in Oslo on Tuesday, Norwegian Defence Minister Kari Berg said.",
    "published": "2024-03-20",
}


def write(path, content):
    path.write_text(json.dumps(content) if not isinstance(content, str) else content, encoding="utf-8")
    return path


def test_files_and_directories_are_read_in_order(tmp_path, capsys):
    write(tmp_path / "2.json", {**ARTICLE, "id": "second"})
    write(tmp_path / "1.json", {**ARTICLE, "id": "first"})
    alone = write(tmp_path / "alone.txt", {**ARTICLE, "id": "alone"})
    call_command("extract", str(alone), str(tmp_path))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == ["alone", "first", "second"]
    assert lines[0]["meetings"][0]["starts"] == "2024-03-19"


@pytest.mark.parametrize(
    "content, fault",
    [
        ("{", "is not JSON"),
        ("[]", "one JSON object"),
        ({"title": "x"}, "'text' is missing or empty"),
        ({**ARTICLE, "published": "2024-13-45"}, "'published' is no date"),
    ],
)
def test_a_bad_file_is_named_and_the_others_are_read(tmp_path, capsys, content, fault):
    write(tmp_path / "bad.json", content)
    write(tmp_path / "good.json", ARTICLE)
    with pytest.raises(SystemExit) as stop:
        call_command("extract", str(tmp_path))
    out = capsys.readouterr()
    assert stop.value.code == 1
    assert [json.loads(line)["id"] for line in out.out.splitlines()] == ["a1"]
    assert out.err.count("\n") == 1
    assert "bad.json" in out.err
    assert fault in out.err


def test_bytes_that_are_no_text_and_missing_files(tmp_path, capsys):
    (tmp_path / "b.json").write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(SystemExit):
        call_command("extract", str(tmp_path / "b.json"), str(tmp_path / "absent.json"))
    err = capsys.readouterr().err.splitlines()
    assert len(err) == 2
    assert "not UTF-8" in err[0]
    assert "cannot be read" in err[1]
