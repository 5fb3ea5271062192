"""Requests that nobody should send, and such as people send, mixed."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote_from_bytes

from fuzz_addresses import Address, words
from hypothesis import strategies as st

METHODS = ["GET", "POST", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
ODD = [
    *(b"", b" ", b"\0", b"x\0y", b"\xed\xa0\x80", b"\xff\xfe", b"on", b"..", b"../../etc/passwd"),
    *(b"0", b"1", b"-1", b"2", b"3", b"999999999", b"9" * 30, b"1e9", b"3.5", b"NaN", b"None"),
    *("١٢".encode(), "٣".encode(), b"true", b"[]", b"{}", b'{"a": 1}', b"%s%n", b"<script>"),
    *(b"2026-02-30", b"0001-01-01", b"9999-12-31", b"2026-01-01T25:00", b"2026-11-25"),
    *(b"00000000-0000-0000-0000-000000000000", b"urn:uuid:none", b"x" * 5_000, b"\r\n\r\n"),
    *(b"WEBVTT\n\n", b"---\na: &a [*a]\n---\n", "é\u202e\u2028\U0001f600".encode()),
]
TYPES = [
    *("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=latin-1"),
    *("application/json", "multipart/form-data; boundary=x", "multipart/form-data", "text/xml"),
    *("", "application/json; charset=no-such", "x" * 300),
]
TREES = [b"[" * 100_000, b'{"a":' * 5_000, b'{"a": ' + b"9" * 5_000 + b"}", b'{"a": 1e999}']
BROKEN = ["\ud800", "x\0", "", "x" * 5_000, "9" * 30, "2026-02-30T00:00:00Z"]
HEADERS: dict[str, list[str]] = {
    "Accept": ["application/json", "text/html", "*/*", "x", ""],
    "X-Requested-With": ["peer-xblocks", "XMLHttpRequest"],
    "Idempotency-Key": ["key", "k" * 64, "k" * 65, "", "\x80\xff", "key-e"],
    "Range": [
        "bytes=0-",
        "bytes=5-2",
        "bytes=-1",
        "bytes=0-0,2-3",
        "lines=1",
        f"bytes={'9' * 30}-",
    ],
    "If-None-Match": ['"x"', "*"],
    "If-Range": ['"x"', "x"],
    "Accept-Language": ["es", "xx-y", "*;q=x"],
}


@dataclass(frozen=True)
class Sent:
    """One request."""

    who: str
    method: str
    path: str
    body: bytes = b""
    kind: str = ""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mix:
    """What requests to one address are mixed of."""

    address: Address
    people: list[str]
    ids: dict[str, list[Any]]
    fields: list[str]
    reached: list[Sent]
    schema: dict[str, Any] | None = None
    schemas: dict[str, Any] = field(default_factory=dict)

    def requests(self) -> st.SearchStrategy[Sent]:
        """Any request to this address; mostly by somebody to whom it answered something."""
        people, methods = st.sampled_from(self.people), st.sampled_from(METHODS)
        anyone = st.builds(Sent, people, methods, self.paths())
        who = [anyone, *[st.sampled_from(self.reached)] * 3] if self.reached else [anyone]
        return st.builds(
            lambda of, query, body, headers: Sent(
                of.who, of.method, f"{of.path}?{query}", *body, headers
            ),
            st.one_of(*who),
            self.forms().map(bytes.decode),
            self.bodies(),
            st.fixed_dictionaries({}, optional={n: st.sampled_from(v) for n, v in HEADERS.items()}),
        )

    def paths(self) -> st.SearchStrategy[str]:
        """The route with what is there, what is elsewhere, and what is nowhere in its place."""
        parts = {
            one: st.one_of(self.known(one), self.known(one), self.values()).map(quote_from_bytes)
            for one in self.address.parts
        }
        return st.fixed_dictionaries(parts).map(self.address.path)

    def known(self, part: str) -> st.SearchStrategy[bytes]:
        """What may stand in one place of the route."""
        return st.sampled_from([str(one).encode() for one in self.ids.get(part, [0])])

    def values(self) -> st.SearchStrategy[bytes]:
        """Anything that a field may hold."""
        ids = sorted({str(one) for some in self.ids.values() for one in some})
        return st.one_of(
            st.sampled_from(ODD),
            st.sampled_from([*ids, *words()]).map(str.encode),
            st.text(max_size=12).map(lambda text: text.encode("utf-8", "replace")),
            st.binary(max_size=8),
        )

    def forms(self) -> st.SearchStrategy[bytes]:
        """Fields that the page asks for, as a browser would encode them."""
        names = st.sampled_from([*self.fields, "programme"])
        some = st.lists(st.tuples(names, self.values()), max_size=8)
        each = st.tuples(*(st.tuples(st.just(one), self.values()) for one in self.fields))
        same = self.values().map(lambda value: [(one, value) for one in self.fields])
        return st.one_of(some, each, same).map(
            lambda them: "&".join(
                f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}"
                for name, value in them
            ).encode()
        )

    def bodies(self) -> st.SearchStrategy[tuple[bytes, str]]:
        """A body and what it says that it is: mostly of the kind that is read here."""
        form = st.tuples(self.forms(), st.just(TYPES[0]))
        files = st.tuples(self.multipart(), st.just("multipart/form-data; boundary=x"))
        data = st.tuples(self.documents(), st.just("application/json"))
        any_body = st.one_of(
            self.forms(), self.multipart(), self.documents(), st.sampled_from(TREES)
        )
        wrong = st.tuples(any_body, st.sampled_from(TYPES))
        if self.address.is_rest:
            return st.one_of(data, data, data, wrong)
        return st.one_of(
            form, form, form, files, *[data, files][: bool(self.address.tag) * 2], wrong
        )

    def multipart(self) -> st.SearchStrategy[bytes]:
        """A form with files, whole or broken off."""
        name = st.sampled_from([*self.fields, "recording", "part", "captions"])
        files = st.sampled_from(["", '; filename="a.wav"', '; filename=""', "; filename=../../x"])
        parts = st.lists(st.tuples(name, files, self.values()), max_size=4)
        tail = st.sampled_from([b"--x--\r\n", b"--x\r\nbroken", b""])
        return st.tuples(parts, tail).map(
            lambda both: (
                b"".join(
                    f'--x\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()
                    + value
                    + b"\r\n"
                    for name, file, value in both[0]
                )
                + both[1]
            )
        )

    def documents(self) -> st.SearchStrategy[bytes]:
        """JSON: what the description of the endpoint asks for, nearly; or fields; or anything."""
        texts = self.values().map(lambda value: value.decode("utf-8", "replace"))
        leaves = st.one_of(
            *(texts, st.none(), st.booleans(), st.floats(), st.just(10**40), st.just("\ud800")),
            st.integers(-3, 5),
        )
        anything = st.recursive(
            leaves,
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
            max_leaves=8,
        )
        flat = st.dictionaries(st.sampled_from([*self.fields, "programme"]), anything, max_size=8)
        kinds = [flat, anything]
        if self.schema is not None:
            asked = Asked(self.schemas, anything).of(self.schema)
            kinds = [asked, asked, asked, anything]
        return st.one_of(*kinds).map(lambda data: json.dumps(data).encode())


@dataclass(frozen=True)
class Asked:
    """Data after an OpenAPI schema: mostly right, and in any place something else."""

    schemas: dict[str, Any]
    anything: st.SearchStrategy[Any]

    def of(self, schema: dict[str, Any], depth: int = 0) -> st.SearchStrategy[Any]:
        """Data of this schema, or something else in its place."""
        right = self._right(schema, depth)
        return st.one_of(right, right, right, self.anything) if depth < 6 else st.none()

    def _right(self, schema: dict[str, Any], depth: int) -> st.SearchStrategy[Any]:
        if "$ref" in schema:
            return self._right(self.schemas[schema["$ref"].rpartition("/")[2]], depth)
        for several in ("anyOf", "oneOf", "allOf"):
            if several in schema:
                return st.one_of(*(self._right(one, depth) for one in schema[several]))
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        if "const" in schema:
            return st.just(schema["const"])
        kind = schema.get("type")
        if kind == "object" and "properties" in schema:
            members = {n: self.of(one, depth + 1) for n, one in schema["properties"].items()}
            needed = {n: members.pop(n) for n in schema.get("required", ()) if n in members}
            return st.fixed_dictionaries(needed, optional=members)
        if kind == "array":
            inside = schema.get("prefixItems", [schema.get("items", {})])[0]
            return st.lists(self.of(inside, depth + 1), max_size=2)
        plain = {
            "string": st.text(max_size=8) | st.sampled_from([*words(), *BROKEN]),
            "integer": st.integers(0, 4),
            "number": st.floats(allow_nan=False),
            "boolean": st.booleans(),
            "null": st.none(),
        }
        return plain.get(kind, self.anything)
