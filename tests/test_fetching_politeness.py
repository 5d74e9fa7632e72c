"""Politeness: a host's gate, and what a Retry-After means."""

import asyncio
import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.fetching import Hosts
from broadsheet.fetching.politeness import PATIENCE, HostGate, retry_after
from broadsheet.model import Reason, Source

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


class Day(asyncio.SelectorEventLoop):
    """A loop whose clock jumps to the next thing to do: hours pass in no time."""

    def __init__(self):
        super().__init__()
        self._now = 0.0

    def time(self):
        return self._now

    def _run_once(self):
        due = [handle.when() for handle in self._scheduled if not handle.cancelled()]
        if not self._ready and due:
            self._now = max(self._now, min(due))
        super()._run_once()


def in_a_day(coroutine):
    loop = Day()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()


async def visit(gate, log, took=0.0, connecting=0.0):
    async with gate.turn() as turn:
        await asyncio.sleep(connecting)
        log.append(asyncio.get_running_loop().time())
        turn.sent()
        await asyncio.sleep(took)


def times(gate, visits, **kind):
    async def run():
        log = []
        await asyncio.gather(*(visit(gate, log, **kind) for _ in range(visits)))
        return log

    return in_a_day(run())


def gaps(moments):
    return [later - earlier for earlier, later in itertools.pairwise(moments)]


@pytest.mark.parametrize("took, connecting", [(0.0, 0.0), (0.7, 0.0), (5.0, 0.0), (0.0, 2.0), (5.0, 2.0)])
def test_requests_leave_no_closer_than_the_delay(took, connecting):
    moments = times(HostGate(1.0, 3), 8, took=took, connecting=connecting)
    assert min(gaps(moments)) >= 1.0


def test_the_delay_counts_from_the_head_of_an_answer_and_a_mute_server_is_not_waited_for():
    async def visit_and_hear(gate, log, heard_after):
        async with gate.turn() as turn:
            log.append(asyncio.get_running_loop().time())
            turn.sent()
            await asyncio.sleep(heard_after)
            turn.heard()
            await asyncio.sleep(100.0)

    async def run(heard_after):
        gate, log = HostGate(1.0, 9), []
        await asyncio.gather(*(visit_and_hear(gate, log, heard_after) for _ in range(4)))
        return log

    assert in_a_day(run(0.3)) == pytest.approx([0.0, 1.3, 2.6, 3.9])
    assert in_a_day(run(60.0)) == pytest.approx([n * (1.0 + PATIENCE) for n in range(4)])


def test_a_gate_without_delay_lets_its_connections_through_at_once():
    assert times(HostGate(0.0, 2), 6, took=1.0) == [0.0, 0.0, 1.0, 1.0, 2.0, 2.0]


def test_no_more_are_under_way_than_connections():
    assert times(HostGate(1.0, 1), 3, took=10.0) == [0.0, 10.0, 20.0]


def test_a_crawl_delay_only_ever_slows_down():
    gate = HostGate(1.0, 2)
    gate.slow_to(0.5)
    gate.slow_to(7.0)
    gate.slow_to(3.0)
    assert gaps(times(gate, 3)) == pytest.approx([7.0] * 2)


def test_a_crawl_delay_of_a_day_is_taken_as_a_minute():
    gate = HostGate(1.0, 2)
    gate.slow_to(86_400.0)
    assert gaps(times(gate, 2)) == pytest.approx([60.0])


@pytest.mark.parametrize(
    "history, delay",
    [
        ([], 1.0),
        ([(True, 0.1)], 1.0),
        ([(False, 0.1)], 2.0),
        ([(True, 6.0)], 2.0),
        ([(False, 0.1)] * 5, 8.0),
        ([(False, 0.1)] * 5 + [(True, 0.1)], 6.0),
        ([(False, 0.1)] * 5 + [(True, 0.1)] * 8, 1.0),
    ],
)
def test_trouble_and_slowness_make_a_host_slower_and_good_answers_faster_again(history, delay):
    gate = HostGate(1.0, 1)
    for well, seconds in history:
        gate.noted(well=well, seconds=seconds)
    assert gaps(times(gate, 2)) == pytest.approx([delay])


def test_a_pause_holds_all_and_may_grow_while_they_wait():
    async def run():
        gate, log = HostGate(0.0, 2), []
        gate.pause(5.0)
        waiting = [asyncio.ensure_future(visit(gate, log)) for _ in range(2)]
        await asyncio.sleep(4.0)
        gate.pause(10.0)
        gate.pause(1.0)
        await asyncio.gather(*waiting)
        return log

    assert in_a_day(run()) == [14.0, 14.0]


def test_a_host_has_one_gate_whoever_asks_it_in_a_run():
    async def run():
        hosts, log = Hosts(), []
        for url in ("http://paper.test/a", "https://www.paper.test/b", "http://other.test/"):
            await visit(hosts.gate(url, Source("paper", "http://paper.test/", delay=30.0)), log)
        return log

    assert in_a_day(run()) == [0.0, 30.0, 30.0]


def test_a_turn_that_is_given_up_frees_the_gate():
    async def run():
        gate, log = HostGate(1.0, 1), []
        gate.pause(5.0)
        given_up = asyncio.ensure_future(visit(gate, log))
        await asyncio.sleep(1.0)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
        await visit(gate, log)
        return log

    assert len(in_a_day(run())) == 1


def test_the_most_careful_source_decides_how_a_host_is_asked():
    hosts = Hosts()
    for delay, connections in ((2.0, 4), (5.0, 2), (1.0, 3)):
        gate = hosts.gate("http://paper.test/", Source("paper", "", delay=delay, connections=connections))
    assert gaps(times(gate, 2)) == pytest.approx([5.0])
    assert gate.connections == 2


def test_a_gate_that_closes_lets_those_who_wait_see_it_at_once():
    async def run():
        gate = HostGate(0.0, 1)
        gate.close(Reason.RATE_LIMITED, "later")
        gate.pause(1000.0)
        async with gate.turn():
            return asyncio.get_running_loop().time()

    assert in_a_day(run()) == 0.0


def test_a_host_that_gives_no_answer_ten_times_running_is_closed():
    gate = HostGate(0.0, 1)
    for _ in range(9):
        gate.failed(Reason.TIMEOUT)
    gate.answered()
    for _ in range(9):
        gate.failed(Reason.TIMEOUT)
    assert gate.closed is None
    gate.failed(Reason.CONNECTION_FAILED)
    gate.close(Reason.RATE_LIMITED, "later")
    assert gate.closed.reason is Reason.CONNECTION_FAILED


@pytest.mark.parametrize(
    "value, seconds",
    [
        (None, None),
        ("", None),
        ("0", 0.0),
        ("120", 120.0),
        (" 120 ", 120.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("Tue, 24 Nov 2026 06:01:00 GMT", 60.0),
        ("Tue, 24 Nov 2026 05:00:00 GMT", 0.0),
        ("Tuesday, 24-Nov-26 06:01:00 GMT", 60.0),
        ("Tue Nov 24 06:01:00 2026", 60.0),
        ("Tue, 24 Nov 2026 07:01:00 +0100", 60.0),
        ("Tue, 24 Nov 99999999999999 05:00:00 GMT", None),
        ("Fri, 31 Dec 9999 23:00:00 -1400", None),
        ("99999999999999999999", 1e20),
    ],
)
def test_retry_after_is_read_in_both_forms(value, seconds):
    assert retry_after(value, NOW) == seconds


PIECES = st.sampled_from(
    ["Tue", "Tue,", "24", "Nov", "2026", "05:00:00", "GMT", "+0000", "-0000", "+99999999", "9" * 14, "0", ",", "."]
)


@settings(deadline=None)
@given(st.text(max_size=40) | st.lists(PIECES, max_size=7).map(" ".join))
def test_no_retry_after_makes_it_raise(value):
    found = retry_after(value, NOW)
    assert found is None or found >= 0
