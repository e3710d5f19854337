from __future__ import annotations

import pytest

from living_article.errors import InputError
from living_article.web.addresses import REPOSITORY, REVISION, SITE, Addresses, addresses


@pytest.fixture(autouse=True)
def unset(monkeypatch):
    for name in (SITE, REPOSITORY, REVISION):
        monkeypatch.delenv(name, raising=False)


def test_nothing_set_is_no_address():
    empty = {"html": {"baseurl": ""}, "repository": {"url": "", "branch": ""}}
    assert addresses({}) == addresses(empty) == Addresses("", "", "HEAD")


def test_the_configuration_is_read_and_slashes_are_settled():
    config = {
        "html": {"baseurl": "https://a.example/book"},
        "repository": {"url": "https://git.example/o/r.git", "branch": "dev"},
    }
    assert addresses(config) == Addresses("https://a.example/book/", "https://git.example/o/r", "dev")


def test_the_environment_goes_first(monkeypatch):
    monkeypatch.setenv(SITE, "https://b.example/")
    monkeypatch.setenv(REPOSITORY, "https://github.com/o/r")
    monkeypatch.setenv(REVISION, "v1.0")
    config = {"html": {"baseurl": "https://a.example"}, "repository": {"url": "https://git.example/x/y"}}
    assert addresses(config) == Addresses("https://b.example/", "https://github.com/o/r", "v1.0")


@pytest.mark.parametrize(
    "wrong", ["example.org", "ftp://example.org", "https://", "https://a.example/?q=1", "file:///x"]
)
def test_what_is_no_address_is_refused_with_its_place(wrong, monkeypatch):
    with pytest.raises(InputError, match="_config.yml, column repository.url, value .*not an address") as error:
        addresses({"repository": {"url": wrong}})
    assert "https://" in str(error.value)
    monkeypatch.setenv(SITE, wrong)
    with pytest.raises(InputError, match=SITE):
        addresses({})
