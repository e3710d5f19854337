"""What the built book tells other programs, while nobody has told it where it is published."""

from __future__ import annotations

import io

from PIL import Image

from living_article.display.social_card import SIZE
from living_article.web.announce import CARD


def test_the_card_is_there_in_the_size_networks_ask_for(site):
    assert Image.open(io.BytesIO((site / CARD).read_bytes())).size == SIZE


def test_every_page_has_a_description_of_its_own_and_the_icon(pages):
    found = {name: page.find("meta", attrs={"name": "description"}) for name, page in pages.items()}
    texts = [tag["content"] for tag in found.values() if tag]
    assert [name for name, tag in found.items() if not tag] == []
    assert len(set(texts)) == len(texts)
    assert all(0 < len(text) <= 200 for text in texts)
    assert all(page.find("link", rel="icon") for page in pages.values())


def test_no_link_needs_an_address_that_is_not_known(pages, site):
    for name, page in pages.items():
        assert not page.find("link", rel="canonical"), name
        assert not page.select('a[href*="mybinder.org"], a[href*="colab.research"]'), name
    assert not (site / "sitemap.xml").exists()


def test_github_pages_serves_the_site_as_it_is(site):
    assert (site / ".nojekyll").is_file()
