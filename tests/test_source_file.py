"""The file of sources, changed by several at once and in the middle of anything."""

import os
import threading

import pytest

from broadsheet.errors import ConfigError
from broadsheet.model import Endpoint, EndpointKind
from broadsheet.sourcefile import read_sources
from broadsheet.sourcewriting import added
from flows.cli.source_file import edited


def adding(name):
    return lambda text: added(
        text, name, f"https://{name}.test/", [Endpoint(f"https://{name}.test/f", EndpointKind.FEED)]
    )


def test_two_edits_at_once_are_both_done(tmp_path):
    path, within, go = tmp_path / "sources.toml", threading.Event(), threading.Event()

    def slow(text):
        within.set()
        assert go.wait(20)
        return adding("a")(text)

    first = threading.Thread(target=edited, args=(path, slow))
    second = threading.Thread(target=edited, args=(path, adding("b")))
    first.start()
    assert within.wait(20)
    second.start()
    second.join(0.2)  # it waits: had it not to, it would be through by now
    go.set()
    first.join(20)
    second.join(20)
    assert [source.name for source in read_sources(path)] == ["a", "b"]
    assert sorted(each.name for each in tmp_path.iterdir()) == [".sources.toml.lock", "sources.toml"]


def test_many_edits_at_once_are_all_done(tmp_path):
    path = tmp_path / "sources.toml"
    names = [f"n{number}" for number in range(12)]
    threads = [threading.Thread(target=edited, args=(path, adding(name))) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(source.name for source in read_sources(path)) == sorted(names)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_mode_link_line_ends_and_byte_order_mark_stay(tmp_path, mark):
    real, link = tmp_path / "real" / "mine.toml", tmp_path / "sources.toml"
    real.parent.mkdir()
    real.write_bytes(mark + b"# mine\r\n")
    real.chmod(0o640)
    link.symlink_to(real)
    assert [source.name for source in edited(link, adding("a"))] == ["a"]
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.read_bytes().startswith(mark + b"# mine\r\n\r\n[[source]]\r\n")
    assert [source.name for source in read_sources(link)] == ["a"]


def test_an_edit_that_fails_leaves_the_file_and_nothing_beside_it(tmp_path, monkeypatch):
    path = tmp_path / "sources.toml"
    path.write_text("# mine\n")

    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ConfigError, match=r"cannot be written \(No space left on device\); name another"):
        edited(path, adding("a"))
    assert path.read_text() == "# mine\n"
    assert sorted(each.name for each in tmp_path.iterdir()) == [".sources.toml.lock", "sources.toml"]
