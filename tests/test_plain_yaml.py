from pathlib import Path

import pytest
import yaml

from living_article.plain_yaml import read_yaml

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["data/study.yml", "data/design.yml", "_toc.yml", "_config.yml"])
def test_values_are_those_of_the_plain_loader(name):
    text = (ROOT / name).read_text("utf-8")
    assert read_yaml(text) == yaml.safe_load(text)


def test_nothing_but_plain_values():
    with pytest.raises(yaml.YAMLError):
        read_yaml("!!python/object/apply:os.getcwd []")
    with pytest.raises(yaml.YAMLError):
        read_yaml("a: [1")
