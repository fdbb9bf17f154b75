"""What holders of keys are answered: submitting, deciding, editing and restoring.

Everything is done on one claim, in one order, so that two runs do the same.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from tools.answers.commands import said_of
from tools.answers.keeping import Folder, Kept
from tools.answers.normalising import Words, build_of
from tools.answers.serving import Installation, client_of
from tools.answers.visiting import Diary, Visitor

CLAIM = "nor-shen-fire-2021"
_MADE = "bell-rung"


@dataclass(frozen=True)
class People:
    """A contributor, a moderator and somebody without a key."""

    net: Visitor
    heron: Visitor
    stranger: Visitor


def keep_visits(installation: Installation, folder: Folder) -> None:
    """Let people change the record of an installation, and store every answer that they get."""
    with installation.served() as (address,), ExitStack() as stack:
        with client_of(address) as client:
            at: str = client.get("/api/v1/changes?limit=1").json()["items"][0]["at"]
            words = Words(build_of(client.get("/").text), first_day=at[:10])
        diary = Diary(folder, words)
        visitors = []
        for name, role in (("Net", "contributor"), ("Heron", "moderator"), ("Stranger", "")):
            secret = _key(installation, folder, words, name, role) if role else ""
            client = stack.enter_context(client_of(address))
            visitors.append(Visitor(name, client, diary, secret))
        people = People(*visitors)
        _sign_in(people)
        _submit_by_form(people)
        sent = _submit_by_api(people)
        _decide(people, sent)
        _edit(people)
        _restore(people)
        _look_around(people)
        _sign_out(people)
    folder.write(Kept("signed-in", "keys list", said_of(installation, words, ("keys", "list"))[0]))
    folder.write(Kept("signed-in", "audit", said_of(installation, words, ("audit",))[0]))


def _key(installation: Installation, folder: Folder, words: Words, name: str, role: str) -> str:
    """Make a key; gives its secret."""
    said, plain = said_of(installation, words, ("keys", "new", "--name", name, "--role", role))
    folder.write(Kept("signed-in", f"keys new {name}", said))
    return plain.split()[-1]


def _sign_in(people: People) -> None:
    for visitor in (people.net, people.heron):
        visitor.opens("/review", "signed out")
        visitor.sends("/review/sign-in", {"secret": "vrm_wrong"}, "with a wrong key")
        visitor.sends("/review/sign-in", {"secret": visitor.secret}, "with the right key")
        visitor.opens("/review", "signed in")
        visitor.opens("/contribute", "signed in")
        visitor.opens("/contribute?lang=ru", "signed in")
        visitor.opens(f"/review/claims/{CLAIM}", "signed in")
    people.heron.opens("/review?state=withdrawn", "nothing there")
    people.heron.opens("/review?state=nonsense", "wrong")


def _submit_by_form(people: People) -> None:
    """What the form refuses, then a citation, sent twice."""
    net = people.net
    claim = net.calls("GET", f"/claims/{CLAIM}", None, "reads")["claim"]
    account = claim["accounts"][0]
    document = account["citations"][0]["document"]
    url = net.calls("GET", f"/documents/{document}", None, "reads")["url"]
    net.opens(f"/contribute?claim={CLAIM}", "with a claim")
    wrong = {"url": "ftp://nowhere", "said": "2022-02-30", "speaker": "nobody", "do": "send"}
    net.sends("/contribute", wrong, "with faults")
    net.sends("/contribute", {"do": "choose"}, "without words")
    typed = {"claim": CLAIM, "account": account["id"], "url": url, "do": "send"}
    right = {**typed, "quote": "words of the form", "voice": "quoted", "translation": "the same"}
    there = net.sends("/contribute", right, "a citation").headers.get("location", "/submissions/0")
    net.opens(there, "what was sent")
    people.stranger.opens(there, "what was sent")
    net.sends("/contribute", right, "the same again")
    net.opens("/contribute", "with what was sent")


def _submit_by_api(people: People) -> dict[str, str]:
    """What the API refuses, and what it takes; gives the ids of what was sent, by a name."""
    net, heron = people.net, people.heron
    _refused_by_api(net)
    sent = {}
    for name in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh"):
        body = _citation(net, f"words of the {name} submission")
        answer = net.calls("POST", "/citations", body, f"the {name}")
        sent[name] = str(answer.get("id", "nowhere"))
    once = {"Idempotency_Key": "one"}
    body = _citation(net, "words sent twice")
    net.calls("POST", "/citations", body, "for the first time", **once)
    net.calls("POST", "/citations", body, "for the second time", **once)
    net.calls("POST", "/citations", _citation(net, "others"), "others by this name", **once)
    sent["claim"] = str(net.calls("POST", "/claims", _proposed(net), "a claim").get("id", "none"))
    new = _citation(net, "of a new page") | {"document": None, "new_document": _document()}
    sent["new"] = str(net.calls("POST", "/citations", new, "a new document").get("id", "none"))
    for address in ("/submissions", "/submissions?state=pending&limit=2", "/submissions?state=x"):
        net.calls("GET", address, None, "lists")
        heron.calls("GET", address, None, "lists")
    for key in sent.values():
        net.calls("GET", f"/submissions/{key}", None, "one")
    return sent


def _refused_by_api(net: Visitor) -> None:
    for number, body in enumerate(
        (
            {},
            {"claim": "nowhere"},
            {"claim": CLAIM, "nothing": 1},
            {"claim": CLAIM, "account": "nowhere", "document": "nowhere", "quote": ""},
            {"claim": CLAIM, "quote": "\u202e", "said": "2022-02-30", "stance": "x"},
            {"claim": CLAIM, "new_document": {"url": "ftp://x"}, "speaker": "nobody"},
            {"claim": {"id": "x"}, "dossier": "nowhere"},
            [],
        )
    ):
        net.calls("POST", "/citations", body, f"wrong {number}")
        net.calls("POST", "/claims", body, f"wrong {number}")
    net.calls("POST", "/quote-checks", {"url": "ftp://x", "quote": "a"}, "a refused address")
    net.calls("POST", "/quote-checks", {}, "nothing to check")
    net.calls("POST", "/submissions/nowhere/accept", {}, "may not")
    net.calls("PUT", f"/claims/{CLAIM}", {}, "may not")


def _decide(people: People, sent: dict[str, str]) -> None:
    """Decide on all that was sent, by pages and by the API, rightly and wrongly."""
    net, heron = people.net, people.heron
    heron.opens("/review", "with what waits")
    for name in ("first", "claim", "new"):
        heron.opens(f"/review/{sent[name]}", f"the {name}")
    first = f"/review/{sent['first']}"
    heron.opens(first, "the first again")
    heron.sends(first, {"do": "show"}, "shows the effect")
    heron.sends(first, {"do": "accept", "edited": "nonsense"}, "accepts nonsense")
    heron.sends(first, {"do": "reject"}, "without a reason")
    heron.sends(first, {"do": "accept"}, "accepts")
    heron.sends(first, {"do": "accept"}, "accepts again")
    heron.opens(first, "when decided")
    second = f"/review/{sent['second']}"
    heron.opens(second, "the second")
    heron.sends(second, {"do": "reject", "reason": "Not these words."}, "rejects")
    net.opens(f"/submissions/{sent['second']}", "when rejected")
    net.opens(f"/submissions/{sent['third']}", "before it is withdrawn")
    net.sends(f"/submissions/{sent['third']}", {}, "withdraws")
    net.calls("POST", f"/submissions/{sent['third']}/withdraw", {}, "withdraws again")
    net.calls("POST", f"/submissions/{sent['fourth']}/withdraw", {}, "withdraws")
    _decide_by_api(people, sent)
    heron.opens("/review", "with what is left")
    unknown = {"submission": "nowhere", "do": "reject", "reason": "Not now."}
    heron.sends("/review", unknown, "what is not there")
    ticked = {"submission": sent["seventh"], "do": "reject"}
    heron.sends("/review", ticked, "many without a reason")
    heron.sends("/review", {**ticked, "reason": "Not now."}, "many")


def _decide_by_api(people: People, sent: dict[str, str]) -> None:
    net, heron = people.net, people.heron
    heron.calls("POST", f"/submissions/{sent['fifth']}/reject", {}, "without a reason")
    heron.calls("POST", f"/submissions/{sent['fifth']}/reject", {"reason": "Not so."}, "rejects")
    heron.calls("POST", f"/submissions/{sent['fifth']}/accept", {}, "too late")
    wrong = {"edited": {"claim": CLAIM, "document": "nowhere"}}
    heron.calls("POST", f"/submissions/{sent['sixth']}/accept", wrong, "edited wrongly")
    edited = {"edited": _citation(heron, "words as the moderator has them")}
    heron.calls("POST", f"/submissions/{sent['sixth']}/accept", edited, "edited")
    heron.calls("POST", f"/submissions/{sent['claim']}/accept", {}, "accepts a claim")
    heron.calls("POST", f"/submissions/{sent['new']}/accept", None, "accepts a document")
    for name in ("sixth", "claim", "new"):
        net.opens(f"/submissions/{sent[name]}", f"the {name}, accepted")


def _edit(people: People) -> None:
    """Edit the claim by its page and by the API, with and without conflicts."""
    heron, address = people.heron, f"/review/claims/{CLAIM}"
    heron.opens(address, "to edit")
    heron.sends(address, {}, "without a reason")
    heron.sends(address, {"text": "id: [", "reason": "Wrong."}, "nonsense")
    text = heron.page.text
    heron.sends(address, {"revision": "1", "reason": "Late."}, "of an old revision")
    heron.opens(address, "to edit again")
    typed = heron.typed(address).get("text", text)
    changed = str(typed).replace("?", " indeed?", 1)
    heron.sends(address, {"text": changed, "reason": "Said more clearly."}, "an edit")
    whole = heron.calls("GET", f"/claims/{CLAIM}", None, "reads")
    body = {"claim": {**whole["claim"], "question": "Who fired then?"}, "reason": "Shorter."}
    heron.calls("PUT", f"/claims/{CLAIM}", body, "without a condition")
    heron.calls("PUT", f"/claims/{CLAIM}", body, "too late", If_Match='"r1"')
    now = f'"r{whole["revision"]["number"]}"'
    wrong = {"claim": {"id": CLAIM}, "reason": "Wrong."}
    heron.calls("PUT", f"/claims/{CLAIM}", wrong, "nonsense", If_Match=now)
    heron.calls("PUT", f"/claims/{CLAIM}", body, "an edit", If_Match=now)


def _restore(people: People) -> None:
    """Bring the first revision back by its page, and a later one by the API."""
    heron, stranger = people.heron, people.stranger
    listed = heron.calls("GET", f"/claims/{CLAIM}/revisions", None, "lists")["items"]
    numbers = sorted(item["number"] for item in listed)
    page = f"/review/restore/claims/{CLAIM}/{numbers[0]}"
    stranger.opens(page, "to restore")
    heron.opens(page, "to restore")
    heron.sends(page, {}, "without a reason")
    heron.sends(page, {"reason": "As it was."}, "restores")
    heron.sends(page, {"reason": "As it was."}, "restores again")
    call = f"/claims/{CLAIM}/revisions/{numbers[1]}/restore"
    heron.calls("POST", call, {"reason": "Back."}, "without a condition")
    heron.calls("POST", call, {"reason": "Back."}, "too late", If_Match='"r1"')
    now = heron.calls("GET", f"/claims/{CLAIM}", None, "reads")["revision"]["number"]
    heron.calls("POST", call, {}, "without a reason", If_Match=f'"r{now}"')
    heron.calls("POST", call, {"reason": "Back."}, "restores", If_Match=f'"r{now}"')


def _look_around(people: People) -> None:
    """What everybody sees after all this."""
    stranger = people.stranger
    listed = stranger.client.get(f"/api/v1/claims/{CLAIM}/revisions").json()["items"]
    past = [f"/claims/{CLAIM}/revisions/{item['number']}" for item in listed]
    past += [f"/claims/{CLAIM}/diff?right={item['number']}" for item in listed]
    for address in (
        *(f"/claims/{CLAIM}", f"/claims/{CLAIM}/history", f"/claims/{CLAIM}/diff", *past),
        *(f"/claims/{_MADE}", f"/claims/{_MADE}/history", "/changes", "/changes.atom", "/links"),
        *("/", "/dossiers/karabakh?q=bell", "/search?q=moderator", f"/claims/{CLAIM}/chart.svg"),
        *(f"/api/v1/claims/{CLAIM}/revisions", "/api/v1/changes?since=1142", "/readyz"),
        *(f"/claims/{CLAIM}?lang=hy", f"/claims/{CLAIM}/history?lang=az", "/changes?lang=ru"),
        *(f"/contribute?claim={CLAIM}", f"/api/v1/claims/{CLAIM}"),
    ):
        stranger.opens(address, "afterwards")
    for state in ("accepted", "rejected", "withdrawn", "pending"):
        people.heron.opens(f"/review?state={state}", "afterwards")
        people.heron.opens(f"/review?state={state}&lang=ru", "afterwards")
    people.net.opens("/contribute", "afterwards")


def _sign_out(people: People) -> None:
    for visitor in (people.net, people.heron):
        visitor.opens("/review", "before leaving")
        visitor.sends("/review/sign-out", {}, "leaves")
        visitor.opens("/review", "when gone")


def _citation(visitor: Visitor, quote: str) -> dict[str, Any]:
    """Words in the voice of a document that the claim cites."""
    claim = visitor.client.get(f"/api/v1/claims/{CLAIM}").json()["claim"]
    account = claim["accounts"][0]
    document = account["citations"][0]["document"]
    return {"claim": CLAIM, "account": account["id"], "document": document, "quote": quote}


def _document() -> dict[str, str]:
    return {
        "url": "https://post.example.org/2019/05/09/Mourning?utm_source=letter#names",
        "title": "A town in mourning",
        "publisher": "tass",
        "published": "2021-10-16",
        "language": "en",
    }


def _proposed(visitor: Visitor) -> dict[str, Any]:
    """A claim that the record does not have."""
    cited = {"id": "keeper", "quote": "rung at ten"}
    cited["document"] = _citation(visitor, "")["document"]
    return {
        "dossier": "karabakh",
        "claim": {
            "id": _MADE,
            "question": "Was the bell rung that night?",
            "kind": "yes-no",
            "topic": "diplomacy",
            "accounts": [{"id": "rung", "answer": "yes", "citations": [cited]}],
        },
    }
