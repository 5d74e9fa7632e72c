from contextlib import ExitStack
from datetime import UTC, datetime

from broadsheet.model import Run
from flows.folders import adopted, removed, run_folder, run_of
from flows.locks import held, leased

WHEN = datetime(2026, 3, 14, 12, tzinfo=UTC)


def a_run(name, *sources, kind="ingest"):
    return Run(name, kind, WHEN, sources)


def died(data, run):
    """What a killed run leaves: its folder, which nobody holds."""
    with run_folder(data, run) as folder:
        pass
    return folder


def names(folders):
    return [folder.name for folder in folders]


def test_a_folder_names_its_run_and_goes_whole(tmp_path):
    run = a_run("r1", "a", "b")
    with run_folder(tmp_path, run) as folder:
        assert run_of(folder) == run
        removed(folder)
    assert list((tmp_path / "stages").iterdir()) == []


def test_the_folder_of_a_living_run_is_not_adopted_and_that_of_a_dead_one_is(tmp_path):
    died(tmp_path, a_run("dead", "a"))
    with run_folder(tmp_path, a_run("living", "a")), ExitStack() as stack:
        assert names(adopted(tmp_path, "ingest", {"a"}, stack)) == ["dead"]


def test_a_dead_run_is_adopted_with_all_its_sources_or_not_at_all(tmp_path):
    died(tmp_path, a_run("dead-1", "b", "c"))
    died(tmp_path, a_run("dead-2", "b"))
    with leased(tmp_path, ["c"]), ExitStack() as stack:
        assert names(adopted(tmp_path, "ingest", {"a"}, stack)) == ["dead-2"]
    with ExitStack() as stack:
        assert names(adopted(tmp_path, "ingest", {"a"}, stack)) == ["dead-1", "dead-2"]


def test_what_was_not_adopted_is_given_back(tmp_path):
    died(tmp_path, a_run("dead", "b", "c"))
    with leased(tmp_path, ["c"]), ExitStack() as stack:
        assert names(adopted(tmp_path, "ingest", {"a"}, stack)) == []
        with leased(tmp_path, ["b"]) as free:
            assert free == ("b",)


def test_a_run_over_files_adopts_its_like_alone(tmp_path):
    died(tmp_path, a_run("of-sites", "a"))
    died(tmp_path, a_run("of-files", kind="warc"))
    with ExitStack() as stack:
        assert names(adopted(tmp_path, "warc", set(), stack)) == ["of-files"]


def test_a_folder_half_made_or_half_gone_is_swept(tmp_path):
    stages = tmp_path / "stages"
    for name in (".half-made", ".half-gone"):
        (stages / name).mkdir(parents=True)
    (stages / ".half-made" / "lock").touch()
    (stages / ".living").mkdir()
    with held(stages / ".living" / "lock"), ExitStack() as stack:
        assert names(adopted(tmp_path, "ingest", set(), stack)) == []
        assert names(stages.iterdir()) == [".living"]
