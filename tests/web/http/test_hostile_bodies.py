"""Whatever is sent is refused with what and where, or kept character for character."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.databases import KINDS, filled
from tests.services.submissions import citation, claim, new_document
from tests.web.contributors import Site, contributed_site, pointers

JSON = {"Content-Type": "application/json"}
CALLS = ("/citations", "/claims", "/quote-checks")


@pytest.fixture(scope="module", params=KINDS)
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    bounds = {"max_submissions_per_hour": 100_000, "max_quote_checks_per_hour": 100_000}
    with filled(request.param, "example", request) as url, contributed_site(url, **bounds) as site:
        yield site


def whole() -> dict[str, Any]:
    """A citation in which every field that can be is given."""
    return citation(
        id="mourned",
        account=None,
        new_account={"id": "a", "answer": "5", "wording": "five", "scope": "ours", "note": "n"},
        speaker=None,
        new_speaker={"name": "A", "side": "guild", "standing": "party", "note": "n"},
        document=None,
        new_document={
            k: v
            for k, v in new_document(
                publisher=None, new_publisher={"name": "P", "kind": "blog", "owner": "o"}, note="n"
            ).items()
            if v is not None
        },
        translation="t",
        note="n",
        occasion="talk",
    )


def places(value: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value in JSON values."""
    yield where
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            yield from places(item, (*where, key))


def put(sent: dict[str, Any], where: tuple[str | int, ...], value: Any) -> Any:
    if not where:
        return value
    changed: Any = copy.deepcopy(sent)
    holder = changed
    for step in where[:-1]:
        holder = holder[step]
    holder[where[-1]] = value
    return changed


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b"null", 422),
        (b'"text"', 422),
        (b'{"claim": "\xff"}', 422),
        (b'{"claim": "\\u0000"}', 422),
        (b'{"claim": "\\ud800"}', 422),
        ('{"claim": "\u202e"}'.encode(), 422),
        (b'{"claim": "a", "claim": "b"}', 422),
        (b'{"a": ' + b"[" * 50 + b"]" * 50 + b"}", 422),
        (b"[" * 200_000, 422),
        (b'{"a": 1e999}', 422),
        (b'{"a": NaN}', 422),
        (b'{"claim": 1, "url": 1, "dossier": 1}', 422),
        (b'{"\\ud800": 1}', 422),
        (b'{"quote": "' + b"a" * 300_000 + b'"}', 413),
        (b'{"quote": "' + b"a" * 10_000_000 + b'"}', 413),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else None,
)
def test_bodies_that_cannot_be_read_are_refused(
    site: Site, call: str, body: bytes, status: int
) -> None:
    answer = site.net.post(call, content=body, headers=JSON)
    assert answer.status_code == status
    problem = answer.json()
    assert problem["detail"].endswith(".")
    assert status != 422 or problem["errors"]


@pytest.mark.parametrize(
    ("note", "where"),
    [
        (r'"a\u0000b"', "/note"),
        (r'"a\ud800b"', "/note"),
        ('"a\u202eb"', "/note"),
        (r'"\u2066"', "/note"),
        ('"a", "note": "b"', "/note"),
        ("[" * 50 + "]" * 50, "/note" + "/0" * 29),
        (r'"a", "\ud800": "b"', r"/\ud800"),
    ],
)
def test_what_must_not_be_in_a_body_is_pointed_at_in_one_that_is_right_otherwise(
    site: Site, note: str, where: str
) -> None:
    body = json.dumps(citation(note="@")).replace('"@"', note)
    answer = site.net.post("/citations", content=body.encode(), headers=JSON)
    assert pointers(answer) == {where}


def test_a_body_without_a_length_is_read_no_further_than_allowed(site: Site) -> None:
    endless = (b" " * 4096 for _ in range(1000))
    assert site.net.post("/citations", content=endless, headers=JSON).status_code == 413


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/x-www-form-urlencoded", "x"])
def test_what_is_not_declared_as_json_is_not_read(site: Site, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    answer = site.net.post("/citations", content=json.dumps(citation()), headers=headers)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("said",), "2022-02-30"),
        (("said",), "yesterday"),
        (("said",), ""),
        (("claim",), "../../etc/passwd"),
        (("claim",), "fire-dead' OR 1=1 --"),
        (("stance",), None),
        (("quote",), " "),
        (("quote",), "a\tb"),
        (("quote",), "x" * 10_001),
        (("new_speaker", "side"), "nowhere"),
        (("new_speaker", "channels"), "guild-notices"),
        (("new_document", "url"), "javascript:alert(1)"),
        (("new_document", "url"), "data:text/html,<b>"),
        (("new_document", "url"), "https://user:word@example.org/"),
        (("new_document", "url"), "https://exa mple.org/"),
        (("new_document", "url"), "https://a%00b/"),
        (("new_document", "url"), "https://["),
        (("new_document", "language"), "<b>"),
        (("new_document", "published"), "2019-13"),
        (("new_document", "read_on"), "2019-05"),
        (("new_document", "new_publisher", "country"), "xx"),
        (("new_account", "answer"), "five or so"),
        (("new_account", "citations"), []),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_field_that_is_wrong_is_pointed_at(
    site: Site, where: tuple[str, ...], value: object
) -> None:
    answer = site.net.post("/citations", json=put(whole(), where, value))
    assert answer.status_code == 422
    assert {problem["pointer"] for problem in answer.json()["errors"]} == {"/" + "/".join(where)}


def test_every_field_keeps_html_as_the_text_it_is(site: Site) -> None:
    script = "<script>alert('1')</script> & “quoted” \\ ' \" ${x} {{x}}\n<b>ս</b> 😀"
    sent = whole()
    for where in [("note",), ("translation",), ("quote",), ("new_account", "wording")]:
        sent = put(sent, where, script)
    for holder in ("new_speaker", "new_document"):
        field = "name" if holder == "new_speaker" else "title"
        sent = put(sent, (holder, field), script)
    answer = site.net.post("/citations", json=sent)
    assert answer.status_code == 202
    kept = site.reader.get(f"/submissions/{answer.json()['id']}")
    assert kept.json()["body"] == sent


_ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["fire-dead", "", "x" * 65, "2019-05-09", "2019-05-31/2019-05-01", "fire-cause", "\ud800"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_anything_anywhere_is_refused_or_kept_as_it_was_sent(
    site: Site, data: st.DataObject
) -> None:
    call, sent = data.draw(st.sampled_from([("/citations", whole()), ("/claims", claim())]))
    where = data.draw(st.sampled_from(list(places(sent))))
    changed = put(sent, where, data.draw(_ANYTHING))
    answer = site.net.post(call, content=json.dumps(changed), headers=JSON)
    assert answer.status_code in (202, 409, 422), answer.text
    if answer.status_code == 202:
        assert answer.json()["body"] == changed
        site.net.post(f"/submissions/{answer.json()['id']}/withdraw")
    if answer.status_code == 422:
        assert answer.json()["errors"]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.text(max_size=30), key=st.text(max_size=30))
@example(path="\0", key="")
@example(path="", key="a ")
def test_any_id_and_any_key_are_answered(site: Site, path: str, key: str) -> None:
    quoted = "".join(f"%{byte:02x}" for byte in path.encode("utf-8", "surrogatepass"))
    for call in (f"/submissions/{quoted}", f"/submissions?batch={quoted}&cursor={quoted}"):
        assert site.net.get(call).status_code < 500
    headers = {"Authorization": b"Bearer " + key.encode("utf-8", "replace")}
    is_header = key.isprintable() and key == key.strip() != ""
    answer = site.reader.get("/submissions", headers=headers) if is_header else None
    assert answer is None or answer.status_code == 401
