from fielding import URL, article, page

from broadsheet.model import Page, SiteRules
from extractors.page import parse_page


def structured(html, url=URL):
    return parse_page(Page(html.encode(), url), SiteRules()).structured


def test_the_article_of_this_address_comes_before_others():
    other = article(headline="Another", url="https://www.tidings.test/other", author="A", datePublished="2026-01-01")
    this = article(url=URL)
    assert [node["headline"] for node in structured(page(ld=[other, this])).articles] == ["Harbour to be widened"]


def test_nodes_of_the_same_headline_are_of_the_same_article():
    assert len(structured(page(ld=[article(), article(author="A"), article(headline="Another")])).articles) == 2


def test_types_and_body_are_offered():
    data = structured(page(ld=[article(articleBody="Long ago."), {"@type": "VideoObject", "name": "x"}]))
    assert data.types == {"NewsArticle", "VideoObject"}
    assert data.article_bodies == ("Long ago.",)


def test_meta_names_are_lower_case_and_keep_all_contents():
    data = structured(page(head='<meta property="Article:Tag" content="a"><meta property="article:tag" content="b">'))
    assert data.meta["article:tag"] == ("a", "b")
    assert data.first("og:type", "article:tag") == "a"
    assert data.first("nothing") == ""


def test_microdata_and_links_are_kept_by_name():
    data = structured(
        page(
            head='<link rel="canonical" href="/x">', body='<p itemprop="author">A</p><a rel="next tag" href="/2">2</a>'
        )
    )
    assert [e.text for e in data.items["author"]] == ["A"]
    assert sorted(data.links) == ["canonical", "next", "tag"]


def test_microdata_is_seen_in_any_spelling_of_the_attribute():
    xhtml = '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    for attribute in ("itemprop", "itemProp", "ITEMPROP"):
        body = f'<div itemScope="" itemType="https://schema.org/NewsArticle"><p {attribute}="author">A</p></div>'
        for html in (page(body=body), xhtml.format(body)):
            assert [e.text for e in structured(html).items["author"]] == ["A"]


def test_rdfa_is_read_where_there_is_no_microdata_but_the_word():
    body = '<p property="schema:author">A</p><script>var itemprop = 1</script>'
    assert [e.text for e in structured(page(body=body)).items["author"]] == ["A"]


def test_a_page_that_is_no_markup_has_no_structured_data():
    data = structured("")
    assert (data.articles, data.pages, dict(data.meta), data.types, data.og_type) == ((), (), {}, frozenset(), "")


def test_thousands_of_meta_tags_are_cut():
    html = page(head='<meta name="author" content="A">' * 5000 + '<meta name="late" content="x">')
    assert len(structured(html).meta["author"]) <= 40
