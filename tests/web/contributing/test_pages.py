"""The form, the queue and a submission's page, as a browser without scripts meets them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape

import httpx
import pytest

from app.main import create_app
from app.services.contributing.api_keys import make_key, revoke_key
from app.settings import Settings
from app.storage.claims.documents import get_claim
from app.storage.contributing.submissions import get_submission
from app.storage.database.engine import Database
from app.storage.registers.entries import get_entry
from tests.databases import KINDS, filled
from tests.loaded import NOON
from tests.services.submissions import citation, key, send
from tests.serving import serving
from tests.web.test_pages import text_of

WORDS = {
    "url": "https://council.oskel.test/statements/2019-05-05?utm_source=letter",
    "quote": "our bell rang and rang",
    "claim": "alarm-duty",
    "account": "+",
    "answer": "no",
    "wording": "it rang the bell",
    "speaker": "oskel-mayor",
    "said": "2019-05-05",
    "stance": "asserts",
    "voice": "quoted",
    "do": "send",
}


@dataclass(frozen=True)
class Site:
    """The site's address and database, and a key of each kind."""

    address: str
    database: Database
    secrets: dict[str, str]
    browsers: ExitStack

    def visit(self, name: str = "") -> httpx.Client:
        """A browser, signed in with somebody's key where a name is given."""
        client = self.browsers.enter_context(httpx.Client(base_url=self.address, timeout=60))
        if name:
            answer = post(client, "/review/sign-in", "/review", secret=self.secrets[name])
            assert answer.status_code == 303
        return client


@pytest.fixture(scope="module", params=KINDS)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("data")
    with filled(request.param, "example", request) as url:
        database = Database(url)
        with database.writing() as session:
            secrets = {
                name: make_key(session, name, role, NOON)[1]
                for name, role in (("Net", "contributor"), ("Heron", "moderator"))
            }
        app = create_app(Settings(database_url=url, data_dir=folder, max_submissions_per_hour=1000))
        with serving(app) as address, ExitStack() as browsers:
            yield Site(address, database, secrets, browsers)
        database.close()


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return unescape(found[1])


def post(client: httpx.Client, path: str, form_at: str, **fields: str) -> httpx.Response:
    """Send a form as a browser does: with the token of the page that it stands on."""
    page = client.get(form_at).text
    return client.post(path, data={"token": token_of(page), **fields})


def submitted(site: Site, quote: str) -> str:
    with site.database.writing() as session:
        known = key(session, f"Sender of {quote}"[:60])
        return send(session, known, citation(quote=quote)).id


def test_the_cookie_is_for_our_own_pages_and_no_script(site: Site) -> None:
    cookie = site.visit().get("/review").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "vrm_" not in cookie


@pytest.mark.parametrize("path", ["/contribute", "/review", "/submissions/nothing"])
def test_pages_with_forms_are_never_cached(site: Site, path: str) -> None:
    answer = site.visit().get(path)
    assert "etag" not in answer.headers
    assert answer.status_code == 404 or answer.headers["cache-control"] == "no-store"


def test_a_citation_is_sent_with_the_form_and_its_page_says_so(site: Site) -> None:
    client = site.visit("Net")
    answer = post(client, "/contribute", "/contribute", **WORDS)
    assert answer.status_code == 303, text_of(answer.text)
    page = client.get(answer.headers["location"])
    shown = text_of(page.text)
    assert "waits for a moderator" in shown
    assert "our bell rang and rang" in shown
    with site.database.reading() as session:
        kept = get_submission(session, answer.headers["location"].rpartition("/")[2])
    assert (kept.author, kept.state) == ("Net", "pending")
    assert '"document":"council-statement-2019-05-05"' in kept.body
    again = post(client, "/contribute", "/contribute", **WORDS)
    assert again.status_code == 409
    assert f'href="{answer.headers["location"]}"' in again.text


def test_a_key_given_with_the_form_signs_in(site: Site) -> None:
    client = site.visit()
    wrong = post(client, "/contribute", "/contribute", secret="vrm_wrong", quote="kept words")
    assert wrong.status_code == 401
    assert "kept words" in wrong.text
    right = post(client, "/contribute", "/contribute", secret=site.secrets["Net"])
    assert "Signed in as Net" in right.text
    assert site.secrets["Net"] not in right.text


def test_a_refused_form_keeps_the_input_and_shows_each_fault_beside_its_field(site: Site) -> None:
    fields = WORDS | {"said": "2022-02-30", "speaker": "nobody", "quote": "<b>&amp;\r\nwords"}
    answer = post(site.visit("Net"), "/contribute", "/contribute", **fields)
    assert answer.status_code == 422
    assert "None on record has this name" in answer.text
    assert 'value="2022-02-30"' in answer.text
    assert "&lt;b&gt;&amp;amp;\nwords</textarea>" in answer.text
    for field in ("said", "speaker"):
        assert re.search(rf'id="{field}"[^>]*aria-invalid="true"', answer.text), field


def test_a_new_speaker_whose_name_has_no_letter_is_refused_beside_its_field(site: Site) -> None:
    new = {"speaker": "", "speaker_name": "— 7 —", "speaker_side": "guild"}
    fields = WORDS | new | {"speaker_standing": "party", "quote": "no bell at all"}
    answer = post(site.visit("Net"), "/contribute", "/contribute", **fields)
    assert answer.status_code == 422
    assert "has no letter" in answer.text
    assert re.search(r'id="speaker_name"[^>]*aria-invalid="true"', answer.text)


def test_certainty_moment_wording_and_reading_are_sent_with_the_form(site: Site) -> None:
    own = {"own_as_of": "2019-05-04", "own_wording": "the bell was rung"}
    sent = WORDS | {"quote": "rung, they say", "certainty": "likely", "reading": "editors"} | own
    client = site.visit("Net")
    refused = post(client, "/contribute", "/contribute", **sent)
    assert refused.status_code == 422, "an inference is argued for in the note"
    assert re.search(r'id="note"[^>]*aria-invalid="true"', refused.text)
    assert re.search(r'<option value="likely"[^>]* selected', refused.text)
    answer = post(client, "/contribute", "/contribute", **sent, note="“They say” hedges it.")
    assert answer.status_code == 303, text_of(answer.text)
    with site.database.reading() as session:
        kept = get_submission(session, answer.headers["location"].rpartition("/")[2])
    body = json.loads(kept.body)
    assert (body["certainty"], body["reading"]) == ("likely", "editors")
    assert (body["as_of"], body["wording"]) == ("2019-05-04", "the bell was rung")


def test_a_speaker_can_be_given_by_name(site: Site) -> None:
    with site.database.reading() as session:
        name = get_entry(session, "speaker", "first-elder").name
    fields = WORDS | {"speaker": name, "quote": "the elders heard no bell", "said": "2019-05-05"}
    assert post(site.visit("Net"), "/contribute", "/contribute", **fields).status_code == 303


def test_the_form_suggests_similar_claims(site: Site) -> None:
    words = {"quote": "the harbour office failed to sound the alarm"}
    near = site.visit().get("/contribute", params=words).text
    assert 'value="alarm-duty"' in near
    page = {"url": "https://council.oskel.test/statements/2019-05-05/?fbclid=1"}
    cited = site.visit().get("/contribute", params=page).text
    assert "This page is on record" in cited
    assert "cites this page" in cited


def test_a_form_with_another_visitors_token_is_refused(site: Site) -> None:
    client = site.visit("Net")
    stolen = token_of(site.visit().get("/contribute").text)
    for token in ("", stolen, "x" * 40):
        answer = client.post("/contribute", data={**WORDS, "quote": "forged", "token": token})
        assert answer.status_code == 403
        assert "forged" in answer.text
    moderator = site.visit("Heron")
    pending = submitted(site, "five forged")
    for path in (f"/review/{pending}", "/review", "/review/sign-out"):
        fields = {"do": "accept", "submission": pending, "token": stolen}
        assert moderator.post(path, data=fields).status_code == 403
    with site.database.reading() as session:
        assert get_submission(session, pending).state == "pending"


def test_a_visit_from_another_site_reloads_to_send_the_cookie(site: Site) -> None:
    client = site.visit("Heron")
    foreign = {"Sec-Fetch-Site": "cross-site"}
    answer = client.get("/review?batch=may", headers=foreign)
    assert answer.headers["refresh"] == "0; url=/review?batch=may&again=1"
    assert "set-cookie" not in answer.headers
    again = client.get("/review?batch=may&again=1", headers=foreign)
    assert "Signed in as Heron" in again.text


def test_the_queue_is_for_moderators(site: Site) -> None:
    submitted(site, "five in the queue")
    assert "five in the queue" not in site.visit().get("/review").text
    assert "five in the queue" not in site.visit("Net").get("/review").text
    queue = site.visit("Heron").get("/review").text
    assert "five in the queue" in queue
    assert "How many people died in the fire on the north quay?" in text_of(queue)


def test_a_revoked_key_ends_a_signed_in_visit(site: Site) -> None:
    with site.database.writing() as session:
        secret = make_key(session, "Leaving", "moderator", NOON)[1]
    client = site.visit()
    post(client, "/review/sign-in", "/review", secret=secret)
    assert "Signed in as Leaving" in client.get("/review").text
    with site.database.writing() as session:
        revoke_key(session, "Leaving", NOON)
    assert "Signed in" not in client.get("/review").text


def test_a_moderator_sees_the_effect_and_accepts(site: Site) -> None:
    pending = submitted(site, "five by the page")
    client = site.visit("Heron")
    shown = text_of(client.get(f"/review/{pending}").text)
    assert "What accepting it would do" in shown
    assert "The Oskel Town Council" in shown or "would rest on" in shown
    answer = post(client, f"/review/{pending}", f"/review/{pending}", do="accept")
    assert answer.status_code == 303
    with site.database.reading() as session:
        assert "five by the page" in get_claim(session, "fire-dead").document
    again = post(client, f"/review/{pending}", "/review", do="reject", reason="x")
    assert again.status_code == 409


def test_a_moderator_reads_which_citations_may_be_of_one_origin(site: Site) -> None:
    shared = {
        "claim": "alarm-duty",
        "account": "failed",
        "speaker": "oskel-councillor",
        "document": "lantern-2019-05-08",
        "quote": "“no bell, no flare, no duty done” she said",
        "said": "2019-05-08",
        "voice": "paraphrased",
    }
    with site.database.writing() as session:
        pending = send(session, key(session, "Sender of bells"), citation(**shared)).id
    client = site.visit("Heron")
    shown = client.get(f"/review/{pending}").text
    assert "May be one origin" in shown
    assert "no bell no flare no duty done</q>" in shown
    assert "/claims/alarm-duty#citation-guild-no-bell" in shown
    assert "May be one origin" not in client.get("/review/claims/alarm-duty").text
    assert post(client, f"/review/{pending}", f"/review/{pending}", do="accept").status_code == 303
    # The same on the page on which a curator adds the credit.
    assert "no bell no flare no duty done</q>" in client.get("/review/claims/alarm-duty").text


def test_an_edited_submission_is_previewed_and_a_faulty_edit_keeps_its_text(site: Site) -> None:
    pending = submitted(site, "five to edit")
    client, path = site.visit("Heron"), f"/review/{pending}"
    text = "claim: fire-dead\naccount: five\nspeaker: guild-master\ndocument: guild-notice-14\n"
    text += "voice: quoted\n"
    shown = post(client, path, path, do="show", edited=text + "quote: five\r\nnote: <i>x\r\n")
    assert "What accepting it as edited would do" in text_of(shown.text), text_of(shown.text)
    assert "&lt;i&gt;x" in shown.text
    wrong = post(client, path, path, do="accept", edited=text + "said: soon\n")
    assert wrong.status_code == 422
    assert "line 6, said" in wrong.text
    assert "said: soon" in wrong.text
    right = post(client, path, path, do="accept", edited=text + "quote: five edited\n")
    assert right.status_code == 303
    with site.database.reading() as session:
        assert "five edited" in get_claim(session, "fire-dead").document


def test_a_rejection_needs_a_reason_which_the_contributor_reads(site: Site) -> None:
    pending = submitted(site, "five rejected")
    client, path = site.visit("Heron"), f"/review/{pending}"
    assert post(client, path, path, do="reject", reason=" ").status_code == 422
    assert post(client, path, path, do="reject", reason="Not <so>.").status_code == 303
    assert "Not &lt;so&gt;." in site.visit().get(f"/submissions/{pending}").text


def test_many_are_decided_at_once(site: Site) -> None:
    chosen = [submitted(site, f"five of many {number}") for number in range(3)]
    client = site.visit("Heron")
    token = token_of(client.get("/review").text)
    fields = {"token": token, "do": "reject", "reason": "Spam.", "submission": chosen}
    assert "3 submissions were rejected." in client.post("/review", data=fields).text
    twice = client.post("/review", data=fields | {"do": "accept"}).text
    assert "0 submissions were accepted." in twice
    assert twice.count("has already been rejected") == 3


def test_a_contributor_withdraws_a_submission(site: Site) -> None:
    client = site.visit("Net")
    fields = WORDS | {"quote": "taken back", "said": "2019-05-05"}
    path = post(client, "/contribute", "/contribute", **fields).headers["location"]
    assert post(site.visit("Heron"), path, "/review").status_code == 403
    assert post(client, path, path).status_code == 303
    assert "It was withdrawn." in client.get(path).text


def test_a_conflicting_edit_of_a_claim_keeps_the_typed_text(site: Site) -> None:
    path = "/review/claims/crew-dead"
    first, second = site.visit("Heron"), site.visit("Heron")
    page = first.get(path).text
    typed = unescape(re.search(r'<textarea id="text"[^>]*>\n(.*?)</textarea>', page, re.S)[1])
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    fields = {"revision": revision, "reason": "Clearer."}
    mine = typed.replace("killed", "dead")
    assert post(first, path, path, text=mine, **fields).status_code == 303
    refused = post(second, path, path, text=typed + "\nnote: Mine.\n", **fields)
    assert refused.status_code == 412
    assert "note: Mine." in refused.text
    assert "measure: dead" in refused.text
    assert f'name="revision" value="{revision}"' not in refused.text


@pytest.mark.parametrize(("who", "status"), [("", 401), ("Net", 403)])
@pytest.mark.parametrize(
    "path",
    [
        "/review",
        "/review/nothing",
        "/review/claims/fire-dead",
        "/review/restore/claims/fire-dead/1",
    ],
)
def test_a_visitor_who_may_not_decide_is_offered_to_sign_in(
    site: Site, path: str, who: str, status: int
) -> None:
    client = site.visit(who)
    page = client.get(path)
    assert page.status_code == status
    # RFC 9110, section 15.5.2.
    assert ("www-authenticate" in page.headers) == (status == 401)
    assert 'action="/review/sign-in"' in page.text
    sent = client.post(path, data={"token": token_of(page.text), "do": "accept", "text": "x"})
    assert sent.status_code == status
    assert 'action="/review/sign-in"' in sent.text
    forged = client.post(path, data={"token": "forged", "do": "accept"})
    assert forged.status_code == 403
    assert 'action="/review/sign-in"' in forged.text


def test_a_restoring_form_that_is_not_ours_keeps_what_was_typed(site: Site) -> None:
    client = site.visit("Heron")
    with site.database.reading() as session:
        number = get_claim(session, "alarm-duty").revision
    path = f"/review/restore/claims/alarm-duty/{number}"
    answer = client.post(path, data={"token": "forged", "reason": "Typed words."})
    assert answer.status_code == 422
    assert "Typed words." in answer.text
