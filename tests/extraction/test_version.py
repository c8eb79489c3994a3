"""The version of the rules: another whenever a reading may come out otherwise."""

from extraction.version import digest_of


def test_every_change_of_a_rule_or_a_weight_is_another_version(tmp_path):
    for name in ("dates.py", "fit.csv", "scoring/judging.py", "notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("one\n")
    first = digest_of(tmp_path)
    told = {}
    for name in ("dates.py", "fit.csv", "scoring/judging.py", "notes.txt"):
        (tmp_path / name).write_text("two\n")
        told[name] = digest_of(tmp_path) != first
        (tmp_path / name).write_text("one\n")
    assert told == {"dates.py": True, "fit.csv": True, "scoring/judging.py": False, "notes.txt": False}
    (tmp_path / "dates.py").rename(tmp_path / "days.py")
    assert digest_of(tmp_path) != first
