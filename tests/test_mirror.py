"""A second place of the archive: kept as the first, read if a file is missing, never emptied by a loss; forgetting."""

import shutil

import pytest
from forgetting import SENTENCES, Silent, house, settings, standing
from warehousing import NOW, ask, opened, url

from broadsheet import archive
from broadsheet.errors import ArchiveError
from broadsheet.model import RecordPosition
from flows.carrying import carried
from flows.forget import forget
from flows.mirror import mirrored
from flows.tidy import tidied


@pytest.fixture
def data(tmp_path):
    house(tmp_path / "data", tmp_path)
    return tmp_path / "data"


@pytest.fixture
def there(tmp_path):
    (tmp_path / "store").mkdir()
    return tmp_path / "store"


def sent(data, there):
    return mirrored(data, f"file://{there}", Silent())


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.gz"))


def places(data):
    with opened(data) as warehouse:
        return [
            RecordPosition(*each)
            for each in ask(
                warehouse, "select warc_file, warc_offset, warc_length from raw.fetched where dropped_at is null"
            )
        ]


def test_it_holds_what_the_archive_holds_and_a_second_time_nothing_is_sent(data, there):
    assert sent(data, there).sent == 1
    assert files(there) == files(data / "archive")
    assert (there / files(there)[0]).read_bytes() == (data / "archive" / files(there)[0]).read_bytes()
    assert sent(data, there).sent == 0


def test_a_page_whose_file_is_lost_is_read_from_there(data, there):
    sent(data, there)
    known = places(data)
    for path in (data / "archive").rglob("*.warc.gz"):
        path.unlink()
    pages = [archive.read_one(data, each) for each in known]
    assert {page.url for page in pages} >= {url("secret"), url("tree")}
    assert files(data / "archive") == files(there)
    with pytest.raises(ArchiveError):
        archive.read_one(data, RecordPosition("archive/2026/11/20/none.warc.gz", 0, 10))


def test_a_disk_that_is_lost_takes_nothing_with_it(data, there):
    sent(data, there)
    kept = files(there)
    shutil.rmtree(data / "archive")
    assert sent(data, there).removed == 0
    assert files(there) == kept


def test_what_is_merged_here_is_merged_there(data, there):
    sent(data, there)
    before = files(there)
    tidied(settings(data), Silent())
    sent(data, there)
    assert files(there) == files(data / "archive")
    assert files(there) != before


def test_what_comes_back_otherwise_is_an_error_and_is_sent_again(data, there, monkeypatch):
    from flows import mirror

    digests = iter(["a", "b"])
    monkeypatch.setattr(mirror, "digest", lambda _: next(digests))
    with pytest.raises(ArchiveError, match="sent again"):
        sent(data, there)
    assert files(there) == []


def test_maintenance_keeps_it(data, there):
    settings_ = settings(data).model_copy(update={"archive": f"file://{there}"})
    assert carried(settings_, Silent()) == (f"archive: 1 file(s) sent to file://{there}, 0 removed there.",)


@pytest.mark.parametrize("lost", [False, True])
def test_forgetting_reaches_it(data, there, lost):
    sent(data, there)
    if lost:
        for path in (data / "archive").rglob("*.warc.gz"):
            path.unlink()
    (report,) = forget(settings(data), url("secret"), f"a reason, {NOW:%Y}", Silent())
    assert report.left == ()
    assert standing(there, SENTENCES) == set()
    assert files(there) == files(data / "archive")
    assert len(files(there)) == 2
