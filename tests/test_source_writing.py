"""Changes to sources.toml: what its owner wrote stays as it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import ConfigError
from broadsheet.model import Endpoint, EndpointKind
from broadsheet.sourcefile import parsed_sources
from broadsheet.sourcewriting import added, paused, removed
from broadsheet.tomllines import lines_of

FEED = Endpoint("https://c.test/feed", EndpointKind.FEED)
TWO = """\
# All my sites.

# The first: slow.
[[source]]
name = "a"            # short
home = "https://a.test/"
endpoints = [{url="https://a.test/f",   kind="feed"}]

delay = 3             # they asked for it

# The second.
# It has two lines.
[[source]]
home = "https://b.test/"
name = "b"
paused = false        # for now
endpoints = [
    { url = "https://b.test/f", kind = "feed" },  # all
]
"""


def names(text):
    return [source.name for source in parsed_sources(text, "x")]


def test_a_source_is_added_at_the_end_and_all_else_stays():
    text = added(TWO, "c", "https://c.test/", [FEED], {"delay": 2.5, "language": "en"})
    assert text == TWO + (
        '\n[[source]]\nname = "c"\nhome = "https://c.test/"\nendpoints = [\n'
        '    {url = "https://c.test/feed", kind = "feed"},\n]\ndelay = 2.5\nlanguage = "en"\n'
    )
    assert names(text) == ["a", "b", "c"]


@pytest.mark.parametrize("text", ["", "# mine\n", "# mine", TWO.replace("\n", "\r\n")])
def test_any_file_that_is_right_takes_one_more(text):
    after = added(text, "c", "https://c.test/", [FEED])
    assert after.startswith(text)
    assert names(after)[-1] == "c"
    assert ("\r\n" in after) == ("\r\n" in text)
    assert after.count("\n") == after.count("\r\n") or "\r\n" not in after


def test_a_name_that_is_there_is_not_added_twice():
    with pytest.raises(ConfigError, match="two sources are named 'a'"):
        added(TWO, "a", "https://c.test/", [FEED])


def test_a_source_goes_with_the_comment_above_it():
    assert removed(TWO, "b") == TWO[: TWO.index("\n# The second.")]
    assert removed(TWO, "a") == "# All my sites.\n\n" + TWO[TWO.index("# The second.") :]


def test_the_comment_that_opens_the_file_stays():
    text = TWO.replace("# All my sites.\n\n", "")
    assert removed(text, "a") == "# The first: slow.\n\n" + text[text.index("# The second.") :]


def test_a_source_is_paused_and_resumed_where_it_says_so():
    assert paused(TWO, "b", pause=True) == TWO.replace("paused = false", "paused = true")
    assert paused(TWO, "a", pause=True) == TWO.replace("# short\n", "# short\npaused = true\n")
    assert paused(paused(TWO, "b", pause=True), "b", pause=False) == TWO
    assert paused(TWO, "a", pause=False) == TWO


@pytest.mark.parametrize("change", [removed, lambda text, name: paused(text, name, pause=True)])
def test_a_name_that_is_not_there_is_told(change):
    with pytest.raises(KeyError):
        change(TWO, "z")


def test_sources_in_one_array_are_left_to_their_owner():
    entry = '{ name = "a", home = "https://a.test/", endpoints = [{ url = "https://a.test/f", kind = "feed" }] }'
    text = f"source = [{entry}]\n"
    assert names(text) == ["a"]
    for change in (lambda: removed(text, "a"), lambda: paused(text, "a", pause=True)):
        with pytest.raises(ConfigError, match=r"one array.*edit the file by hand"):
            change()
    with pytest.raises(ConfigError, match="write each as"):
        added(text, "c", "https://c.test/", [FEED])


ENTRY = 'home = "https://{0}.test/"\nendpoints = [{{ url = "https://{0}.test/f", kind = "feed" }}]\n'
A, B = ENTRY.format("a"), ENTRY.format("b")
SECOND = f'[[source]]\nname = "b"\n{B}'
BETWEEN = "# ---------- German papers ----------\n\n# the big one\n"
AFTER = "\n# switched off until they repair it:\n# [[source]]\n# name = 'c'\n"


def test_no_comment_goes_but_the_one_right_above():
    first, second = f'[[source]]\nname = "a"\n{A}\n', f'[[source]]\nname = "b"\n{B}'
    text = f"# my file\n\n{first}{BETWEEN}{second}{AFTER}"
    assert removed(text, "a") == f"# my file\n\n{BETWEEN}{second}{AFTER}"
    assert removed(text, "b") == f"# my file\n\n{first}# ---------- German papers ----------\n{AFTER}"


def test_a_commented_out_entry_right_above_stays():
    off = '# [[source]]\n# name = "c"\n'
    text = f'# my file\n\n{off}[[source]]\nname = "a"\n{A}'
    assert removed(text, "a") == f"# my file\n\n{off}"


def test_values_of_many_lines_go_whole_and_comments_within_them_with_them():
    many = "include = [\n  # these\n\n  'x',\n\n  # no more\n]\nexclude = ['''\n\n# [no](comment)\n''']\n"
    text = f'[[source]]\nname = "a"\n{A}{many}# said about a\n'
    assert removed(text + f'\n[[source]]\nname = "b"\n{B}', "a") == f'# said about a\n\n[[source]]\nname = "b"\n{B}'


@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")  # brackets within a pattern
@pytest.mark.parametrize(
    "text",
    [
        f'[["source"]]\nname = "a"\n{A}[[ source ]]\nname = "b"\n{B}',
        f"[['source']] # a\nname = 'a'\n{A}\n  [[\tsource\t]]\n'name' = 'b'\n{B}",
        f"[[source]]\nname = 'a'\n{A}include = ['''\n[[source]]\npaused = false\n''']\n[[source]]\nname = 'b'\n{B}",
        f'[[source]]\n{A}include = ["""\n[[source]]"""""]\nname = "a"\n[source.poll]\nlongest = "2 d"\n{SECOND}',
        f"# \u2028[[source]]\n[[source]]\n# \u2028\x85 paused = false\nname = 'a' # \u2028 x\n{A}{SECOND}",
        f'[[source]]\npaused = false\nname = """\\\n  a"""\n{A}{SECOND}',
        f'[[source]]\nname = """\\\n  a"""\n{A}{SECOND}'.replace("\n", "\r\n"),
        f'[[source]]\n{A}"n\\u0061me" = "a"\n[[source]]\nname = "b"\n{B}',
        f'[[source]]\nname = "b"\n{B}[[source]]\n{A}name = "a"',
    ],
)
def test_entries_are_found_however_toml_lets_them_be_written(text):
    assert names(removed(text, "a")) == ["b"]
    assert names(removed(text, "b")) == ["a"]
    stopped = paused(text, "a", pause=True)
    assert [each.paused for each in parsed_sources(stopped, "x") if each.name == "a"] == [True]
    assert not any(each.paused for each in parsed_sources(paused(stopped, "a", pause=False), "x"))
    assert added(text, "c", "https://c.test/", [FEED]).startswith(text)
    assert "".join(line.text for line in lines_of(text)) == text


def test_what_is_written_too_oddly_is_left_to_its_owner_in_words():
    text = f'[[source]]\nname = "a"\n{A}"p\\u0061used" = false\n'
    with pytest.raises(ConfigError, match="is not changed here: edit the file by hand"):
        paused(text, "a", pause=True)


COMMENT = st.sampled_from(["", "\n", "# note\n", "\n# note\n# more\n\n", "# [[source]]\n"])


@settings(deadline=None, max_examples=80)
@given(st.lists(COMMENT, min_size=1, max_size=5), st.integers(0, 4))
def test_taking_one_out_leaves_the_others_as_they_were(comments, number):
    text = "".join(
        f'{comment}[[source]]\nname = "s{n}"\nhome = "https://s{n}.test/"\n'
        f'endpoints = [{{ url = "https://s{n}.test/f", kind = "feed" }}]\n'
        for n, comment in enumerate(comments)
    )
    name = f"s{number % len(comments)}"
    others = tuple(source for source in parsed_sources(text, "x") if source.name != name)
    assert parsed_sources(removed(text, name), "x") == others
    stopped = {source.name: source.paused for source in parsed_sources(paused(text, name, pause=True), "x")}
    assert stopped == {each: each == name for each in names(text)}
