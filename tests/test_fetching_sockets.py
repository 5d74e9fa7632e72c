"""Fetching leaves no socket open, whatever the server did with it; the garbage collector is not our broom."""

import gzip
import socket

from faultserver import FaultServer, answer, endless, fetch, html, redirect, then_close, then_reset, wanted

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def test_every_socket_of_a_run_is_closed_at_its_end(monkeypatch):
    made = []

    class Counted(socket.socket):
        def __init__(self, *args, **named):
            super().__init__(*args, **named)
            made.append(self)

    monkeypatch.setattr("socket.socket", Counted)
    routes = {
        "/a": html(),
        "/moved": redirect("/a"),
        "/reset": then_reset(),
        "/closed": then_close(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nThe"),
        "/endless": endless(HEAD, bytes(1 << 16)),
        "/bomb": answer(200, gzip.compress(bytes(1 << 26)), Content_Type="text/html", Content_Encoding="gzip"),
    }
    fetch(FaultServer(routes), wanted(*(f"http://paper.test{path}" for path in routes)))
    assert len(made) >= len(routes)
    assert [each for each in made if each.fileno() != -1] == []
