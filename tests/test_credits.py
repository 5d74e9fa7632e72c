import pytest

from broadsheet.credits import credited


@pytest.mark.parametrize(
    "authors, kinds, head, foot, origin",
    [
        (["dpa"], ["organisation"], "", "", "dpa"),
        (["Ann Lee", "The Associated Press"], ["person", "organisation"], "", "", "AP"),
        (["Reuters / AFP"], ["organisation"], "", "", "Reuters"),
        (["Ann Lee"], ["person"], "BERLIN (dpa) - The chancellor said on Monday.", "", "dpa"),
        (["Ann Lee"], ["person"], "The chancellor said so.", "It ends here.\nSource: Reuters", "Reuters"),
        (["Ann Lee"], ["person"], "", "It ends here.\n© AFP", "AFP"),
        (["Ann Lee"], ["person"], "", "So endet es.\ndpa/lno", "dpa"),
        ([], [], "【ロンドン共同】首相は", "", "Kyodo"),
        ([], [], "首相は述べた。", "首相は述べた。【共同】", "Kyodo"),
        (["Seaboard News Service"], ["organisation"], "", "", "Seaboard News Service"),
        (["The Harbour Gazette"], ["organisation"], "", "", None),
        (["Our newsroom staff"], ["organisation"], "", "", None),
        (["Ann Lee"], ["person"], "She took a nap (ap) and left.", "", None),
        (["Ann Lee"], ["person"], "The AP poll (of March) was clear.", "They voted. The AFP said nothing.", None),
        (["Reuters Staff"], ["organisation"], "", "", "Reuters"),
        (["By The Associated Press"], ["organisation"], "", "", "AP"),
        ([], [], "NEW YORK - AP - The mayor said so.", "", "AP"),
        ([], [], "NEW YORK — AP — The mayor said so.", "", "AP"),
        ([], [], "PARIS, Nov 24 (Reuters) - The mayor said so.", "", "Reuters"),
        ([], [], "MÜNCHEN (dpa/lby) - Der Minister kam.", "", "dpa"),
        ([], [], "MÜNCHEN (dpa) Der Minister kam.", "", "dpa"),
        ([], [], "", "It ends.\n(Reporting by Ann Lee; Editing by Bob Ray; Reuters)", "Reuters"),
        ([], [], "The national party (ANP) won", "They won.", None),
        ([], [], "Trump (AP) said so.", "He scored for the club (CNA).", None),
        ([], [], "", "", None),
    ],
)  # fmt: skip
def test_the_origin_is_the_agency_or_the_other_paper_that_an_article_names(authors, kinds, head, foot, origin):
    assert credited(authors, kinds, "The Harbour Gazette", head, foot) == origin


def test_an_agencys_own_article_names_no_other_origin():
    assert credited(["Reuters"], ["organisation"], "Reuters", "LONDON (Reuters) - Yes.", "") is None
