"""A small real OpenID provider on loopback: discovery, sign-in page, token with a signed ID token, user info, keys."""

import json
import secrets
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET, KEY_ID = "budget", "s3cret", "key-1"


class Provider:
    """`claims` is who signs in next. What was asked of it can be looked at afterwards."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.claims = {"sub": "7", "email": "ana@example.org", "email_verified": True, "name": "Ana"}
        self.codes: dict[str, dict] = {}
        self.tokens: dict[str, dict] = {}
        self.broken = ""
        self.nonsense: dict[str, object] = {}  # by path: what is told in place of what should be
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def as_setting(self) -> str:
        """For the environment variable that names providers."""
        told = {"id": "town", "name": "The town portal", "server_url": self.address}
        return json.dumps([{**told, "client_id": CLIENT, "secret": SECRET}])

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def discovery(self) -> dict:
        names = ("authorization", "token", "userinfo")
        return {
            "issuer": self.address,
            "jwks_uri": f"{self.address}/jwks",
            **{f"{name}_endpoint": f"{self.address}/{name}" for name in names},
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def jwks(self) -> dict:
        public = json.loads(RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """The address to which somebody who signed in here is sent back."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict | None:
        asked = self.codes.pop(form.get("code", ""), None)
        known = b64decode(authorization.removeprefix("Basic ")).decode() == f"{CLIENT}:{SECRET}"
        if asked is None or not known or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if asked["code_challenge"] != challenge or asked["code_challenge_method"] != "S256":
            return None
        access = secrets.token_urlsafe(16)
        self.tokens[access] = self.claims
        return {"access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": self.id_token()}

    def id_token(self, **changed: object) -> str:
        now = int(time())
        claims = {**self.claims, "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **changed}
        return jwt.encode(claims, self.key, "RS256", headers={"kid": KEY_ID})


def handler_of(provider: Provider) -> type[BaseHTTPRequestHandler]:  # noqa: C901
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path in provider.nonsense:
                self.say_anything(provider.nonsense[path])
            else:
                self.answer()

        def answer(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration" and provider.broken != "discovery":
                self.say(provider.discovery())
            elif parts.path == "/jwks":
                self.say(provider.jwks())
            elif parts.path == "/authorization":
                self.send_on(provider.authorize(query))
            elif parts.path == "/userinfo":
                self.say(provider.tokens.get(self.headers["Authorization"].removeprefix("Bearer ")))
            else:
                self.say(None)

        def send_on(self, address: str) -> None:
            self.send_response(302)
            self.send_header("Location", address)
            self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.say(provider.token(form, self.headers.get("Authorization", "")))

        def say_anything(self, document: object) -> None:
            body = document if isinstance(document, bytes) else json.dumps(document).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def say(self, document: dict | None) -> None:
            body = json.dumps(document or {"error": "invalid_grant"}).encode()
            self.send_response(200 if document else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    return Handler
