"""A server on loopback that speaks LibreTranslate's protocol and DeepL's, in a thread. It can misbehave."""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORD = re.compile(r"<[^>]*>|[^\W\d_]+")


def shouted(html: str) -> str:
    """A language in which everything is shouted. Markup and what is marked as not to be translated stay."""
    kept = re.split(r'(<span translate="no">.*?</span>)', html)
    return "".join(
        part if number % 2 else WORD.sub(lambda m: m[0] if m[0][0] == "<" else m[0].upper(), part)
        for number, part in enumerate(kept)
    )


class Machine:
    """`misbehave` is a function that gets the handler in place of an answer; `asked` is what was asked."""

    def __init__(self) -> None:
        self.asked: list[dict] = []
        self.headers: list[dict] = []
        self.misbehave = None
        machine = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                machine.asked.append(body)
                machine.headers.append(dict(self.headers))
                if machine.misbehave:
                    machine.misbehave(self)
                elif self.path == "/translate":
                    self.say(200, {"translatedText": [shouted(one) for one in body["q"]]})
                else:
                    self.say(200, {"translations": [{"text": shouted(one)} for one in body["text"]]})

            def say(self, status: int, content: object) -> None:
                self.say_bytes(status, json.dumps(content).encode())

            def say_bytes(self, status: int, content: bytes, **headers: str) -> None:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def slow(handler) -> None:
    time.sleep(1.5)
    handler.say(200, {"translatedText": []})


def dripping(handler) -> None:
    """A byte now and then: each arrives in time, the whole never does."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    try:
        for _ in range(20):
            handler.wfile.write(b" " * 20_000)
            handler.wfile.flush()
            time.sleep(0.3)
    except OSError:
        return


def answers(status: int, content: object, **headers: str):
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    return lambda handler: handler.say_bytes(status, text, **headers)
