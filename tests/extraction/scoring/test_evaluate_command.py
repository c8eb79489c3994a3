"""`manage.py evaluate` and the scorecard: the figures come out, and what is not in the format is said in one line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from worked_example import ANNOTATION, ARTICLE, example, reading

from extraction.scoring.evaluation import evaluate
from extraction.scoring.speed import Speed
from ingest.management.commands.evaluate import printed, report_of
from ingest.management.commands.scorecard import scorecard

ROOT = Path(__file__).parents[3]
SPEED = Speed(relevant=1, read_words=18000.0, gate_words=None)


@pytest.fixture
def directory(tmp_path) -> Path:
    for part, record in (("articles", ARTICLE), ("gold", ANNOTATION)):
        (tmp_path / part).mkdir()
        (tmp_path / part / "w1.json").write_text(json.dumps(record), encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path) -> str:
    out = io.StringIO()
    call_command("evaluate", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_one_json_object_a_directory(directory):
    lines = run(directory, directory, "--json", "--per-article").splitlines()
    first, second = map(json.loads, lines)
    assert first["directory"] == str(directory)
    assert first["rows"] == second["rows"]
    assert first["per_article"]["w1"] == first["rows"]["all"]
    assert first["articles"] == 1
    assert first["gate"] == [1, 1]
    assert first["speed"]["words_per_second"] > 0


def test_the_figures_of_the_engine_are_printed(directory):
    text = run(directory, "--per-article")
    rows = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line[:1].isalpha()}
    report = json.loads(run(directory, "--json"))
    for name, row in report["rows"].items():
        assert rows[name] == [f"{row[f]:.3f}" for f in ("precision", "recall", "f1")] + [
            str(row[f]) for f in ("right", "wrong", "missed")
        ]
    assert rows["w1"] == rows["all"]


def test_a_report_says_what_was_counted():
    text = printed(report_of(evaluate([example()], lambda article: reading()), SPEED))
    assert "1 articles, overall F1 0.681, 95 % interval 0.681 to 0.681" in text
    assert "values with a true quote: 20 of 21; articles with a value lacking one: w1" in text
    assert "(confidence x 0.8 >= 0.5): 15 of 18 = 0.833" in text
    assert "[0.70, 0.80)         3      1  0.717        0.333" in text
    assert "expected calibration error 0.183" in text
    assert "18000 words/s = 30.0 articles of 600 words/s" in text


def test_the_scorecard_has_every_directory_and_no_article():
    report = report_of(evaluate([example()], lambda article: reading()), SPEED)
    text = scorecard("python manage.py scorecard", {"Tune half": report, "Test half": report})
    assert text == scorecard("python manage.py scorecard", {"Tune half": report, "Test half": report})
    assert "Built by `python manage.py scorecard`, measured on" in text
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    assert rows.count(["`all`", "0.800", "0.593", "0.681", "16", "4", "11"]) == 2
    assert rows.count(["0.70 to under 0.80", "3", "1", "0.717", "0.333"]) == 2
    assert ["Overall F1", "0.681", "0.681"] in rows
    assert text.index("## Summary") < text.index("## Tune half") < text.index("## Test half")
    assert "w1" not in text
    assert len({len(line) for line in text.split("## Tune half")[1].split("###")[0].splitlines() if line}) == 1


def broken(directory: Path, part: str, content: bytes) -> Path:
    path = directory / part / "w1.json"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("part", "content", "said"),
    [
        ("articles", b"\xff", "is not UTF-8 text (byte 0)"),
        ("articles", b"{", "is not JSON"),
        ("articles", b"[]", "is not an article: the file must hold one JSON object"),
        ("articles", b'{"id": "w1", "title": "a", "text": " "}', "'text' is missing or empty"),
        ("articles", b'{"id": "w1", "title": "a", "text": "b", "published": "soon"}', "'published' is no date"),
        (
            "articles",
            b'{"id": "w2", "title": "a", "text": "b"}',
            "gold/w1.json: 'id' is 'w1', that of its article is 'w2'",
        ),
        ("gold", b"7", "w1.json: is not an annotation: the file must hold one JSON object"),
        ("gold", json.dumps({**ANNOTATION, "packages": {}}).encode(), "'packages' must be a list"),
        ("gold", b"[" * 100000, "is not JSON"),
    ],
)
def test_a_file_that_is_not_in_the_format_is_named(directory, part, content, said):
    broken(directory, part, content)
    with pytest.raises(CommandError) as fault:
        run(directory)
    assert str(fault.value).startswith(f"{directory}/")
    assert "w1.json: " in str(fault.value)
    assert said in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_directory_that_is_not_in_the_format_is_named(directory, tmp_path):
    def fault(path: Path) -> str:
        with pytest.raises(CommandError) as raised:
            run(path)
        return str(raised.value)

    assert (
        fault(tmp_path / "nowhere")
        == f"{tmp_path}/nowhere: is not a directory; name one that holds articles/ and gold/"
    )
    (directory / "gold" / "w1.json").unlink()
    assert "articles/w1.json: has no counterpart" in fault(directory)
    (directory / "articles" / "w1.json").unlink()
    assert "holds no *.json" in fault(directory)
    (directory / "gold").rmdir()
    assert "has no directory gold/" in fault(directory)


def test_a_fault_ends_with_status_one_and_no_servers_are_asked(directory):
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@192.0.2.1/none", "REDIS_URL": "redis://192.0.2.1/0"}

    def status(path: Path) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "manage.py", "evaluate", str(path)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.returncode, done.stderr

    assert status(directory) == (0, "")
    broken(directory, "gold", b"{}")
    code, said = status(directory)
    assert code == 1
    assert said.count("\n") == 1
    assert f"{directory}/gold/w1.json: is not an annotation: 'id' must be text" in said
