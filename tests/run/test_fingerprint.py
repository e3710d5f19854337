"""A fingerprint changes with names, content and text, and with nothing else."""

from living_article.run.fingerprint import PACKAGE, digest, package_files


def test_it_depends_on_names_content_and_text_but_not_on_place_or_order(tmp_path):
    one, other = tmp_path / "one", tmp_path / "else" / "one"
    other.parent.mkdir()
    one.write_text("content")
    other.write_text("content")
    known = digest([("a", one), ("b", one)], "text")
    assert digest([("b", other), ("a", one)], "text") == known
    assert len({known, digest([("a", one), ("c", one)], "text"), digest([("a", one), ("b", one)], "texts")}) == 3
    other.write_text("contents")
    assert digest([("a", one), ("b", other)], "text") != known


def test_a_file_that_is_absent_differs_from_an_empty_one(tmp_path):
    (tmp_path / "empty").write_text("")
    assert digest([("a", tmp_path / "empty")]) != digest([("a", tmp_path / "absent")])


def test_the_package_is_listed_with_its_schemas_and_without_compiled_files():
    names = [name for name, _ in package_files()]
    assert {"cli.py", "run/fingerprint.py", "study/schema.json"} <= set(names)
    assert not [name for name in names if "__pycache__" in name]
    assert all((PACKAGE / name).is_file() for name in names)
