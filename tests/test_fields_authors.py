# ruff: noqa: RUF001 - other scripts are the point
import pytest
from fielding import article, evidence, fields, page
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.fields.names import credited, is_organisation, looks_like_a_name


@pytest.mark.parametrize(
    "line,names",
    [
        ("By Ada Lane", ["Ada Lane"]),
        ("By Ada Lane and Bo Marsh, Political Editors", ["Ada Lane", "Bo Marsh"]),
        ("Von Uta Berg und Max Stein, dpa", ["Uta Berg", "Max Stein", "dpa"]),
        ("Ein Kommentar von Uta Berg", ["Uta Berg"]),
        ("Von unserem Korrespondenten Max Stein", ["Max Stein"]),
        ("Tidings-Online-Redakteurin Uta Berg", ["Uta Berg"]),
        ("Le Phare avec AFP", ["Le Phare avec AFP"]),
        ("Par Léa Roche et Luc Pont", ["Léa Roche", "Luc Pont"]),
        ("Ada Lane (al)", ["Ada Lane"]),
        ("ADA LANE, BO MARSH and CY FENN", ["ADA LANE", "BO MARSH", "CY FENN"]),
        ("Ada Lane; Bo Marsh", ["Ada Lane", "Bo Marsh"]),
        ("Ada Lane, professor at the harbour institute of the coast", ["Ada Lane"]),
        ("Ada Lane, London", ["Ada Lane"]),
        ("Ada Lane for Tidings Online", ["Ada Lane"]),
        ("ada@tidings.test Ada Lane", ["Ada Lane"]),
        ("https://www.tidings.test/author/ada", []),
        ("(Image: Coast Pictures)", []),
        ("Robert Fenn Jr.", ["Robert Fenn Jr."]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("De Wit", ["De Wit"]),
        ("The Coast Press", ["The Coast Press"]),
        ("Ada Lane and Associated Coast Press", ["Ada Lane", "Associated Coast Press"]),
        ("記者・佐伯みなと、真鍋航　配信・東海広域通信", ["佐伯みなと", "真鍋航", "東海広域通信"]),
        ("【佐伯みなと】", ["佐伯みなと"]),
        ("佐伯みなと記者", ["佐伯みなと"]),
        ("김바다 기자", ["김바다"]),
        ("Автор: Анна Морская", ["Анна Морская"]),
        ("By Ada Lane, Bo Marsh, and Cy Fenn, tidings.test", ["Ada Lane", "Bo Marsh", "Cy Fenn"]),
        ("Byron Lane", ["Byron Lane"]),
        ("J. K. Lane and A.B. Marsh", ["J. K. Lane", "A.B. Marsh"]),
        ("Lane, Ada; Marsh, Bo M.", ["Ada Lane", "Bo M. Marsh"]),
        ("Reuters, London", ["Reuters"]),
        ("Robert Fenn, Jr., and Ada Lane", ["Robert Fenn, Jr.", "Ada Lane"]),
        ("Ada Lane, PhD", ["Ada Lane"]),
        ("ada.lane@tidings.test (Ada Lane)", ["Ada Lane"]),
        ("Ada Lane @adalane", ["Ada Lane"]),
        ("@adalane", []),
        ("undefined", []),
        ("By Ada Lane in Marsh Bay", ["Ada Lane"]),
        ("By Ada Lane Published 3 March 2026", ["Ada Lane"]),
        ("Ada Lane | Staff Writer", ["Ada Lane"]),
        ("Reporting by Ada Lane; Editing by Bo Marsh", ["Ada Lane", "Bo Marsh"]),
        ("Text: Uta Berg, Fotos: Max Stein", ["Uta Berg"]),
        ("Propos recueillis par Léa Roche", ["Léa Roche"]),
        ("Luz Mar y Ana Campo", ["Luz Mar", "Ana Campo"]),
        ("a cura di Anna Campo", ["Anna Campo"]),
        ("Por Ana Campo e João Mar", ["Ana Campo", "João Mar"]),
        ("Van onze verslaggever Anna Veld", ["Anna Veld"]),
        ("Skrevet av Anna Mark og Per Hav", ["Anna Mark", "Per Hav"]),
        ("Text: Anna Mark och Per Hav", ["Anna Mark", "Per Hav"]),
        ("Teksti: Anna Pelto ja Matti Meri", ["Anna Pelto", "Matti Meri"]),
        ("oprac. Anna Pole", ["Anna Pole"]),
        ("Anna Polní a Jan Mořský", ["Anna Polní", "Jan Mořský"]),
        ("Írta: Mező Anna és Tenger Pál", ["Mező Anna", "Tenger Pál"]),
        ("Autor: Ana Câmp și Ion Mare", ["Ana Câmp", "Ion Mare"]),
        ("Piše: Ana Polje", ["Ana Polje"]),
        ("Анна Полева и Иван Морев", ["Анна Полева", "Иван Морев"]),
        ("Γράφει η Άννα Κάμπου", ["Άννα Κάμπου"]),
        ("Yazan: Ayşe Tarla ve Can Deniz", ["Ayşe Tarla", "Can Deniz"]),
        ("Oleh: Ani Ladang dan Budi Laut", ["Ani Ladang", "Budi Laut"]),
        ("Tác giả: Nguyễn Đồng", ["Nguyễn Đồng"]),
        ("聞き手・佐伯みなと", ["佐伯みなと"]),
        ("佐伯港・真鍋航", ["佐伯港", "真鍋航"]),
        ("新华社记者王田", ["王田"]),
        ("記者王田／台北報導", ["王田"]),
        ("責任編輯：王田", ["王田"]),
        ("김바다·이들판 기자", ["김바다", "이들판"]),
        ("بقلم: أحمد حقل، سارة بحر", ["أحمد حقل", "سارة بحر"]),
        ("מאת: דן שדה", ["דן שדה"]),
        ("लेखक: राम खेत और सीता सागर", ["राम खेत", "सीता सागर"]),
        ("লেখক: রাম মাঠ", ["রাম মাঠ"]),
        ("โดย สมชาย ทุ่ง", ["สมชาย ทุ่ง"]),
        ("نویسنده: احمد دشت", ["احمد دشت"]),
    ],
)
def test_a_credit_line_becomes_the_names_as_printed(line, names):
    assert credited(line, own=frozenset({"tidingstest"})) == names


def test_de_before_a_name_means_by_in_print_only():
    assert credited("De Luz Mar", printed=True) == ["Luz Mar"]
    assert credited("De Luz Mar") == ["De Luz Mar"]


@pytest.mark.parametrize("name", ["dpa", "AFP", "The Coast Times", "Redaktion", "tidings.test", "東海広域通信", "bpd"])
def test_agencies_mastheads_and_offices_are_organisations(name):
    assert is_organisation(name)


@pytest.mark.parametrize("name", ["Ada Lane", "Uta von Berg", "佐伯みなと", "Mia Post-Haste"])
def test_people_are_no_organisations(name):
    assert not is_organisation(name)


def test_a_name_is_two_to_four_capitalised_words():
    assert looks_like_a_name("Uta von der Berg")
    assert not looks_like_a_name("Read more about harbours")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_credit_line_makes_it_raise_and_names_are_not_blank(line):
    assert all(name.strip() == name and name for name in credited(line, printed=True))


def test_people_and_organisations_come_from_json_ld():
    ld = article(author=[{"@type": "Person", "name": "Ada Lane"}, {"@type": "Organization", "name": "Coastline"}])
    read = fields(page(ld=ld))
    assert (read.authors, read.author_kinds) == (("Ada Lane", "Coastline"), ("person", "organisation"))


def test_references_given_names_and_strings_are_names_too():
    ld = {
        "@graph": [
            article(
                author=[{"@id": "#ada"}, {"givenName": "Bo", "familyName": "Marsh"}, {"name": ["Cy Fenn"]}, "Di Oak"]
            ),
            {"@type": "Person", "@id": "#ada", "name": "Ada Lane"},
        ]
    }
    assert fields(page(ld=ld)).authors == ("Ada Lane", "Bo Marsh", "Cy Fenn", "Di Oak")


ADA, BO = {"@type": "Person", "name": "Ada Lane"}, {"@type": "Person", "name": "Bo Marsh"}
ITEM = {"@type": "ListItem", "position": 1, "item": ADA}


@pytest.mark.parametrize(
    "author,names",
    [
        ("Ada Lane", ("Ada Lane",)),
        (["Ada Lane", "Bo Marsh"], ("Ada Lane", "Bo Marsh")),
        ([[ADA], [BO]], ("Ada Lane", "Bo Marsh")),
        ({"@type": "Person", "name": "Ada Lane and Bo Marsh"}, ("Ada Lane", "Bo Marsh")),
        ({"@type": "Person", "name": {"@value": "Ada Lane", "@language": "en"}}, ("Ada Lane",)),
        ({"@list": [ADA]}, ("Ada Lane",)),
        ({"@type": "ItemList", "itemListElement": [ITEM]}, ("Ada Lane",)),
        ([ITEM], ("Ada Lane",)),
        ({"@type": "Role", "roleName": "reporter", "author": ADA}, ("Ada Lane",)),
        ({"0": ADA, "1": BO}, ("Ada Lane", "Bo Marsh")),
        ([None, {"@type": "Person", "name": ""}, ADA], ("Ada Lane",)),
        ({"@type": "Person", "name": "Ada Lane (ada@tidings.test)"}, ("Ada Lane",)),
        ({"@type": "Person", "name": "Ada O&#039;Lane"}, ("Ada O'Lane",)),
        ("https://www.tidings.test/ada-lane", ()),
        ("#ada", ("Ada Lane",)),
        ({"@id": "#ada"}, ("Ada Lane",)),
        ({"@id": "#nobody"}, ()),
        ({"author": {"author": {"author": {"author": {"author": ADA}}}}}, ()),
    ],
)
def test_authors_are_found_in_every_shape_that_json_ld_gives_them(author, names):
    ld = {"@graph": [article(author=author), {"@id": "#ada", **ADA}]}
    assert fields(page(ld=ld)).authors == names


def test_a_credit_of_the_site_alone_yields_to_one_that_names_somebody():
    ld = article(
        author={"@type": "Organization", "name": "Tidings"}, publisher={"@type": "Organization", "name": "Tidings"}
    )
    read = fields(page(head='<meta name="author" content="Ada Lane">', ld=ld))
    assert read.authors == ("Ada Lane",)
    assert evidence(read, "authors") == [
        ("json-ld", "NewsArticle.author", "Tidings", False),
        ("meta", "meta[author]", "Ada Lane", True),
    ]


def test_the_masthead_is_credited_where_nobody_else_is():
    ld = article(
        author={"@type": "Organization", "name": "Tidings"}, publisher={"@type": "Organization", "name": "Tidings"}
    )
    read = fields(page(ld=ld))
    assert (read.authors, read.author_kinds) == (("Tidings",), ("organisation",))


def test_a_slug_is_no_name():
    head = '<meta name="author" content="Ada Lane">'
    assert fields(page(head=head, ld=article(author="ada-lane"))).authors == ("Ada Lane",)


def test_a_longer_list_of_the_same_people_is_taken():
    head = '<meta name="author" content="Ada Lane">' + "".join(
        f'<meta property="article:author" content="{name}">' for name in ("Ada Lane", "bpd")
    )
    assert fields(page(head=head)).authors == ("Ada Lane", "bpd")


def test_addresses_and_picture_credits_are_no_authors():
    head = '<meta property="article:author" content="https://www.tidings.test/ada">'
    body = '<h1>Harbour</h1><figure><p itemprop="author">Pic Taker</p></figure><p itemprop="author">Ada Lane</p>'
    assert fields(page(head=head, body=body)).authors == ("Ada Lane",)


def test_microdata_of_other_articles_is_left_out():
    body = (
        '<article itemscope itemtype="https://schema.org/NewsArticle"><h1>Harbour</h1>'
        '<p itemprop="author">Ada Lane</p></article>'
        '<div itemscope itemtype="https://schema.org/NewsArticle"><p itemprop="author">Bo Marsh</p></div>'
    )
    assert fields(page(body=body)).authors == ("Ada Lane",)


def test_microdata_that_belongs_to_nothing_counts_beside_the_first_only():
    byline = '<p><span itemProp="author">Ada Lane</span> and <span itemProp="author">Bo Marsh</span></p>'
    teaser = '<ul><li><p><span itemProp="author">Cy Fenn</span></p></li></ul>'
    assert fields(page(body=f"<h1>Harbour</h1>{byline}{teaser}")).authors == ("Ada Lane", "Bo Marsh")


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">By <b>Ada Lane</b> <span>Harbour Correspondent</span> <span>14 March 2026</span></p>',
        '<a rel="author" class="author" href="/authors/ada">Ada Lane</a>',
        '<div><a href="/authors/ada-lane">Ada Lane</a></div>',
        "<p>By Ada Lane</p>",
        '<p>Words: <a rel="author" href="/u/1">Ada Lane</a></p>',
        "<p>作者：Ada Lane</p>",
        "<p>Γράφει η Ada Lane</p>",
        "<p>Szerző: Ada Lane</p>",
        "<p>بقلم: Ada Lane</p>",
        "<p>Ada Lane | 14 March 2026</p>",
        "<div><span>Ada Lane</span> <span>14.03.2026 09:30</span></div>",
    ],
)
def test_a_byline_that_is_only_printed_is_read(byline):
    body = f'<h1>Harbour</h1>{byline}<p>{"The council voted. " * 30}</p><div class="related author">By Bo Marsh</div>'
    assert fields(page(body=body)).authors == ("Ada Lane",)


def test_a_japanese_byline_in_a_bare_page_is_read():
    body = "<h2>港を拡張へ</h2><p><font>2026年3月14日 09時30分</font><br><font>記者・佐伯みなと</font></p>"
    read = fields(page(head="<title>港を拡張へ：潮の便り</title>", body=body, lang="ja"), text="港を拡張する。" * 30)
    assert read.authors == ("佐伯みなと",)
    assert read.author_kinds == ("person",)


def test_a_name_set_off_as_the_last_line_is_credited():
    body = '<h1>Harbour</h1><p>The council voted.</p><p style="text-align:right"><strong>Ada Lane</strong></p>'
    read = fields(page(body=body), text="The council voted.\nAda Lane")
    assert evidence(read, "authors") == [("text", "last line", "Ada Lane", True)]


def test_commenters_are_not_credited():
    body = '<h1>Harbour</h1><div class="comment"><span class="comment-author">Bo Marsh</span></div>'
    assert fields(page(body=body)).authors == ()
