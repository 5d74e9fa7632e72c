"""A server of large files on loopback that knows ranges and fails as told: drops, short files, busy answers."""

import contextlib
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Files(ThreadingHTTPServer):
    """Serves `files` by path. `troubles` are taken one a request: "drop", "busy", "short", "rot", "whole"."""

    daemon_threads = True

    def __init__(self, files):
        super().__init__(("127.0.0.1", 0), Answering)
        self.files = files
        self.troubles = []
        self.asked = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/"


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        path, span = self.path.lstrip("/"), self.headers.get("Range")
        self.server.asked.append((path, span))
        trouble = self.server.troubles.pop(0) if self.server.troubles else ""
        data = self.server.files.get(path)
        if data is None:
            self.send_error(404)
        elif trouble == "busy":
            self.send_error(503)
        else:
            self.answered(data, "" if trouble == "whole" else span, trouble)

    def answered(self, data, span, trouble):
        start = int(re.fullmatch(r"bytes=(\d+)-", span)[1]) if span else 0
        if span and start >= len(data):
            self.send_error(416)
            return
        self.send_response(206 if span else 200)
        if span:
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        rest = data[start:]
        rest = rest[: len(rest) // 2] if trouble == "short" else bytes(len(rest)) if trouble == "rot" else rest
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest[: len(rest) // 2] if trouble == "drop" else rest)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(files):
    server = Files(files)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
