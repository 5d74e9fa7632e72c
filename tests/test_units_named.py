"""Units told by a name, a credit, an echo or an appeal; and columns that stand in several containers."""

import pytest
from lxml.html import document_fromstring

from extractors.blocks import text_blocks
from extractors.judge import Verdict, judged
from extractors.says import PageSays
from extractors.units import by_units

SAYS = PageSays(frozenset({"theferryreturns"}), (), ("harbour gazette",), ("marawren",), ())
FIRST = "<p>The night ferry to the island returns in May after a pause of eleven years, the port authority said.</p>"
SECOND = "<p>The first boat is to leave on the evening of the third of May, weather permitting, with ninety beds.</p>"
THIRD = "<p>Islanders had collected nine hundred signatures, which is rather more than the island has inhabitants.</p>"
TEXT = FIRST + SECOND + THIRD
SENTENCE = "I was on the last boat eleven years ago, and the soup was cold even then, as my aunt will confirm."


def kept_of(markup, *, judge=lambda _block: True):
    """The lines left of a page of which the engine took everything, and the reasons of the others."""
    blocks = text_blocks(document_fromstring(f"<html><body><main>{markup}</main></body></html>"))
    verdicts = [Verdict(keep=True) if judge(block) else Verdict(keep=False, reason="unlike") for block in blocks]
    pairs = list(zip(blocks, by_units(blocks, [True] * len(blocks), verdicts, SAYS), strict=True))
    return [block.text for block, verdict in pairs if verdict.keep], {verdict.reason for _, verdict in pairs} - {""}


ARTICLE, _ = kept_of(TEXT)


@pytest.mark.parametrize(
    "name, reason",
    [
        ("sf_comment_text", "comments of readers"),
        ("leserkommentar", "comments of readers"),
        ("author-bio", "box: about the author"),
        ("related-posts", "box: related articles"),
        ("sharedaddy", "box: to share the page"),
        ("sidebar", "box: sidebar"),
    ],
)
def test_a_container_that_says_what_it_holds_is_believed(name, reason):
    lines, reasons = kept_of(f"{TEXT}<div class={name}><div><p>{SENTENCE}</p><p>{SENTENCE[:60]}.</p></div></div>")
    assert lines == ARTICLE
    assert reasons == {reason}


@pytest.mark.parametrize("name", ["commentary", "comments-page", "author-info", "sidebar-left", "related-posts"])
def test_a_container_around_the_text_may_have_any_name(name):
    assert kept_of(f"<div class={name}>{TEXT}</div>")[0] == ARTICLE


def test_an_opinion_that_calls_itself_a_comment_keeps_its_quotes():
    quote = f"<div class=kommentar__zitat><div><p>{SENTENCE}</p></div></div>"
    assert kept_of(f"<div class=kommentar>{TEXT}{quote}{FIRST}</div>")[0] == [*ARTICLE, SENTENCE, ARTICLE[0]]


@pytest.mark.parametrize("name", ["expert-comment", "kommentar", "bio-block", "respond"])
def test_a_comment_or_a_life_told_between_paragraphs_is_of_the_text(name):
    box = f"<div class={name}><p>{SENTENCE}</p><p>{SENTENCE[:60]}.</p></div>"
    assert kept_of(FIRST + box + SECOND + THIRD)[0] == [ARTICLE[0], SENTENCE, f"{SENTENCE[:60]}.", *ARTICLE[1:]]


def test_a_box_of_commentary_is_no_comment_of_a_reader():
    assert kept_of(f"{TEXT}<div class=commentary-note><p>{SENTENCE}</p></div>")[0] == [*ARTICLE, SENTENCE]


@pytest.mark.parametrize(
    "picture",
    [
        "<figure><p>The Elin at the quay in autumn, with her lamps lit.</p></figure>",
        "<div class=wp-caption><p class=wp-caption-text>The Elin at the quay in autumn, with her lamps lit.</p></div>",
        "<div><p>The Elin at the quay in autumn, with her lamps lit.</p><p>Photo: Jon Weir</p></div>",
        "<p>Foto: Jon Weir</p>",
        "<p>(写真/共同)</p>",
    ],
)
def test_captions_and_credits_of_pictures_are_refused(picture):
    lines, reasons = kept_of(FIRST + picture + SECOND + THIRD)
    assert lines == ARTICLE
    assert reasons == {"caption of a picture"}


@pytest.mark.parametrize(
    "held",
    [
        "<table><tr><td>May</td><td>ninety beds</td></tr></table>",
        "<blockquote>It was worth the wait, and the soup is hot again, as it should be.</blockquote>",
        "<pre>departs = weather.permits(3, 5)</pre>",
    ],
)
def test_a_figure_may_hold_a_table_a_quote_or_code(held):
    assert len(kept_of(f"{FIRST}<figure>{held}</figure>{SECOND}{THIRD}")[0]) == len(ARTICLE) + 1


def test_a_paragraph_that_speaks_of_photos_is_no_credit():
    line = "Photo albums of the old boat were passed around in the waiting room while the rain went on outside."
    assert kept_of(f"{FIRST}<p>{line}</p>{SECOND}")[0] == [ARTICLE[0], line, ARTICLE[1]]


@pytest.mark.parametrize(
    "appeal",
    [
        "Follow the Harbour Gazette on Instagram and YouTube.",
        "Like this story? Share it with a friend!",
        "Hat Ihnen dieser Artikel gefallen? Dann unterstützen Sie uns bitte mit einer Spende.",
        "Write to Mara Wren at mara@harbour.example",
        "Suivez toute l'actualité de la baie sur Facebook.",
        "Jon Weir contributed to this report.",
        "Additional reporting by Jon Weir",
        "mit dpa",
    ],
)
def test_appeals_and_credits_of_colleagues_close_no_article(appeal):
    assert kept_of(f"{TEXT}<p>{appeal}</p>")[0] == ARTICLE


@pytest.mark.parametrize(
    "last",
    [
        "Get there early, says the port authority, for the quay is narrow and the gulls are not shy.",
        "Folgenreich war auch der Streik, der den Hafen elf Tage lang lahmlegte und das Dorf ohne Brot ließ.",
        "If you miss the boat, there is always the night train and a long walk over the dunes to the light.",
        "She contributed to the repair of the quay with her own two hands and a borrowed spade.",
        "Reporters and writers from all over the bay have contributed money for the new quay.",
        "Subscribe or lose it: that was the message our newspapers in the bay sent to their readers this week.",
        "Join us for a glass on the quay on Friday at six, said the mayor, and bring a chair of your own.",
        "Jetzt soll eine App helfen, die den Wasserstand im Hafen meldet und vor dem Nebel warnt.",
        "Jetzt hoffen alle auf der Insel, dass unsere Fähre bis zum Frühjahr wieder fährt.",
        "Mara Wren: The soup was cold even then, and nobody on board complained of it for long.",
        "The last to come on board that night was Mara Wren, with a dog and a lamp.",
    ],
)
def test_a_last_paragraph_may_begin_as_an_appeal_does(last):
    assert kept_of(f"{TEXT}<p>{last}</p>")[0] == [*ARTICLE, last]


def test_an_appeal_to_readers_in_general_words_closes_a_text_only_where_none_of_it_stands_below():
    appeal = "<p>Do you have a story of your own? Tell us.</p>"
    assert kept_of(TEXT + appeal)[0] == ARTICLE
    assert kept_of(TEXT + appeal + FIRST)[0] == [*ARTICLE, "Do you have a story of your own? Tell us.", ARTICLE[0]]


def test_a_page_about_its_author_is_no_note_about_the_author():
    lines = [
        f"Mara Wren {told}"
        for told in (
            "keeps goats in the hills above the bay and writes of them every day.",
            "has published four books about ferries, which her brother translated.",
            "can be met at the inn on Thursdays.",
        )
    ]
    assert kept_of("".join(f"<p>{line}</p>" for line in lines))[0] == lines


def test_an_author_named_above_a_last_paragraph_is_of_the_story():
    line = "Mara Wren was on the last boat too, in a coat that was too thin for the wind of that night."
    assert kept_of(f"{TEXT}<p>{line}</p>{FIRST}")[0] == [*ARTICLE, line, ARTICLE[0]]


def test_short_texts_beside_the_column_tell_that_it_is_not_the_whole_page():
    short = ["Beds for ninety in the hull", "Soup that is hot at any hour", "A deck for those who smoke"]
    markup = "".join(f"<section class=point><div><p>{line}</p></div></section>" for line in short)
    page = f"<html><body><section><div>{FIRST}{SECOND}</div></section>{markup}</body></html>"
    blocks = text_blocks(document_fromstring(page))
    verdicts = by_units(blocks, [True] * len(blocks), [Verdict(keep=True)] * len(blocks), SAYS)
    assert [block.text for block, verdict in zip(blocks, verdicts, strict=True) if verdict.keep][2:] == short


@pytest.mark.parametrize(
    "notice",
    [
        "Empfohlener redaktioneller Inhalt",
        "An dieser Stelle finden Sie einen von unseren Redakteuren ausgewählten, externen Inhalt.",
        "Please enable JavaScript to watch this film.",
        "Your browser does not support the audio element.",
        "This video is currently unavailable.",
        "Accept all cookies to view this content.",
    ],
)
def test_what_stands_in_for_an_embedded_part_is_refused(notice):
    lines, reasons = kept_of(f"{FIRST}<p>{notice}</p>{SECOND}{THIRD}")
    assert lines == ARTICLE
    assert reasons == {"stands in for a part"}


@pytest.mark.parametrize(
    "line",
    [
        "JavaScript was written in ten days, and your browser runs more of it than of anything else, cookies or not.",
        "To use the planner of the ferry you need JavaScript, because the map of the bay is drawn in the page itself.",
        "Sites may ask you to accept cookies before they show any content, which the court in Bonn called a nuisance.",
    ],
)
def test_an_article_may_speak_of_programs_and_cookies(line):
    assert kept_of(f"{FIRST}<p>{line}</p>{SECOND}")[0] == [ARTICLE[0], line, ARTICLE[1]]


def test_a_pull_quote_that_the_text_says_again_is_left_out_and_a_quote_of_its_own_stays():
    echo = "<blockquote>The first boat is to leave on the evening of the third of May</blockquote>"
    own = "<blockquote>It was worth the wait, and the soup is hot again, as it should be.</blockquote>"
    assert kept_of(FIRST + echo + SECOND + own + THIRD)[0] == [
        *ARTICLE[:2],
        "It was worth the wait, and the soup is hot again, as it should be.",
        ARTICLE[2],
    ]


def test_a_line_that_leads_to_another_page_is_left_out_without_a_link_too():
    line = "<p><b>Lesen Sie auch:</b> Papierfabrik heizt bald die halbe Stadt</p>"
    assert kept_of(FIRST + line + SECOND + THIRD)[0] == ARTICLE


def test_a_heading_the_judge_refused_is_taken_back_in_a_column_of_one_container_a_paragraph():
    parts = (FIRST, SECOND, "<h3>What the soup was like</h3>", THIRD)
    markup = "".join(f"<div class=part>{text}</div>" for text in parts)
    lines, _ = kept_of(markup, judge=lambda block: block.tag != "h3")
    assert lines[2] == "What the soup was like"


@pytest.mark.parametrize(
    "line",
    [
        "3. Mai 2011 von Mara",
        "May 3, 2011 - 11:28 AMT",
        "17:41 JST, October 13, 2024",
        "Posted on Tuesday at 11:28",
        "2024-05-03",
        "2024年5月3日",
        "Mara Wren, Harbour correspondent",
    ],
)
def test_datelines_and_bylines_above_the_text_are_refused(line):
    assert kept_of(f"<div><div>{line}</div></div>{TEXT}")[0] == ARTICLE


def test_a_dated_heading_an_appointment_and_a_dated_sentence_belong_to_the_text():
    lines = ["Tuesday, 3 May 2011", "When: 3 May 2011, 7 pm", "It began on 3 May 2011."]
    markup = f"<div><h2>{lines[0]}</h2><div>{lines[1]}</div><div>{lines[2]}</div></div>"
    assert kept_of(markup + TEXT)[0] == [*lines, *ARTICLE]


def test_a_last_line_that_says_who_the_author_is_is_left_out():
    last = "<p>Mara Wren is a marine biologist and has lived on the island for eleven years.</p>"
    assert kept_of(TEXT + last)[0] == ARTICLE
    assert len(kept_of(last + TEXT * 2)[0]) == 1 + 2 * len(ARTICLE)


def test_addresses_printed_below_the_text_are_the_articles_own():
    address = "<p><a href=https://harbour.example/a>https://harbour.example/a</a></p>"
    blocks = text_blocks(document_fromstring(f"<html><body><main>{TEXT * 2}{address}</main></body></html>"))
    assert "below the text" not in judged(blocks, [True] * len(blocks), SAYS)[-1].reason
