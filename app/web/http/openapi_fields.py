"""What the fields of bodies mean, for the description of the API.

Here and not in the shapes: these are the record's own, which files, revisions and the API share,
and their words are for who writes a file. A field means the same in every shape unless its shape is
named before it.
"""

from __future__ import annotations

from collections.abc import Mapping

_ID = "An id: 1 to 64 of a–z, 0–9 and “-”. It never changes and is never used again."
_DERIVED = "Leave it out, and one is made of the name in Latin letters."
_DATE = (
    "EDTF level 1: `2020-11-09`, `2020-12`, `2020`, `2020-12-11/2020-12-13` (from, to), `2021~` "
    "(about), `2020-11-09T18:00:00+04:00`."
)
_ANSWER = (
    "By the claim's kind. yes-no: `yes` or `no`. quantity: `1960`, `2 783`, `about 2000`, "
    "`almost 600`, `nearly 500`, `over 5000`, `more than 60`, `at least 3`, `up to 40`, `24..99`, "
    "`20..40 best 30`, `dozens`, `several dozen`, `hundreds`; none is `0`. date: "
    f"{_DATE} choice: the id of an option. text: leave it out and write a `wording`."
)
_DAY = "A day, `2020-11-09`."
_LANGUAGE = "BCP 47: `en`, `hy`, `az`, `ru`, `tr` …"
_SIDE = "The id of a side (`GET /api/v1/sides`)."
_SPEAKER = "The id of a speaker (`GET /api/v1/speakers`; `GET /api/v1/search?kind=speaker&q=…`)."
_DOCUMENT = "The id of a document (`GET /api/v1/documents`, or search by its address)."
_PUBLISHER = "The id of a publisher (`GET /api/v1/publishers`)."

FIELDS: Mapping[str, str] = {
    "id": _ID,
    "note": "Anything that a reader must know; a sentence or two.",
    "name": "The name as people read it, in any script; it has a letter.",
    "url": "The page's address, http or https, as your browser shows it.",
    "language": f"The language of the document. {_LANGUAGE}",
    "said": f"When it was said; no later than the document was published. {_DATE}",
    "as_of": f"The moment that it speaks of, where that is not the account's. {_DATE}",
    "answer": _ANSWER,
    "wording": "A short clause in the language of the dossier that says what is claimed.",
    "unit": "What is counted: people, vehicles, percent …; where it is not the claim's.",
    "measure": "Which of them: killed, wounded, captured …, as the dossier's list has it.",
    "scope": "Who or what is counted, as the dossier's list has it.",
    "harms": "Sides that the account speaks against, where it is no toll.",
    "speaker": f"Whose statement it is; none for the document's own voice. {_SPEAKER}",
    "speakers": f"The same for a joint statement of several, in place of `speaker`. {_SPEAKER}",
    "new_speaker": "A speaker whom the record lacks, in place of `speaker`.",
    "according_to": f"Another speaker, who reports what this one said. {_SPEAKER}",
    "relayed_by": f"Agencies between speaker and publisher, in order. {_PUBLISHER}",
    "stance": "How the statement is to the account: it asserts it, denies it, declines to say, or "
    "sidesteps the question.",
    "certainty": "How surely the words say it, never how sure you are.",
    "reading": "`editors` where the answer is inferred; `note` then says why.",
    "occasion": "An id of your own, shared by reports of one utterance (one interview, bulletin).",
    "form": "What kind of thing the statement is.",
    "document": f"Where it stands. {_DOCUMENT}",
    "new_document": "A document that the record lacks, in place of `document`. One whose "
    "address is on record is answered with 409 and its id.",
    "voice": "Required with `quote` where a speaker is named: `quoted` for the speaker's own "
    "words, `translated` for the document's translation of them, `paraphrased` for the document's "
    "words about them.",
    "quote": "A short phrase, character for character as it stands on the page: at most 15 words. "
    "With a speaker it needs `voice`.",
    "translation": "Your translation of the quotation into the dossier's language.",
    "batch": "An id of your own for what you send together; submissions are listed by it.",
    "side": _SIDE,
    "speaks_for": "The body that the speaker speaks for, of the same side (`GET /api/v1/bodies`).",
    "standing": "In which capacity the speaker speaks.",
    "plural": "Whether a verb after the name is in the plural.",
    "channels": f"Own outlets of the speaker. {_PUBLISHER}",
    "kind": "What kind of publisher it is.",
    "country": "ISO 3166-1, two capitals: `AM`, `AZ`, `RU`.",
    "owner": "Who owns it.",
    "publisher": f"Who published it. {_PUBLISHER}",
    "new_publisher": "A publisher that the record lacks, in place of `publisher`.",
    "title": "The document's title as the page has it.",
    "published": f"When it was published; leave it out where the page does not say. {_DATE}",
    "read_on": f"The day on which you read it; today where it is left out. {_DAY}",
    "archived": "A copy in a web archive.",
    "credits": f"Agencies that the document credits. {_PUBLISHER}",
    "on": _DAY,
    "by": "Who did it.",
    "where": "Where it was looked for.",
    "words": "For what.",
    "reason": "Why, in a sentence; everyone can read it.",
    "reasons": "On what the conclusion rests.",
    "conclusion": "What the editor concludes.",
    "relation": "How the two accounts are to each other.",
    "label": "What the option is called.",
    "includes": "Ids of options that this one includes, as “both sides” includes each.",
    "unknown": "Whether it means “not known who”.",
    "with": "The id of the account that this one clashes with.",
    "clashes": "For claims of the kind `text`: accounts that this one contradicts.",
    "own_voice_drift": "A curator's mark: the document states a party's version as plain fact.",
    "citations": "Who said it, when and where; at least one.",
    "formerly": "Former ids; empty for what is new.",
    "schema": "The number of the shape; leave it out for today's.",
    "SubmittedCitation.claim": "The id of the claim (the end of its page's address).",
    "SubmittedCitation.id": f"{_ID} Leave it out, and one is made of who and when.",
    "SubmittedCitation.account": "Which version of the claim it supports: an id from "
    "`GET /api/v1/claims/{id}`, under `claim.accounts`.",
    "SubmittedCitation.new_account": "A version that the claim does not have yet, in place of "
    "`account`.",
    "NewSpeaker.id": f"{_ID} {_DERIVED}",
    "NewPublisher.id": f"{_ID} {_DERIVED}",
    "NewDocument.id": f"{_ID} Leave it out, and one is made of publisher and day.",
    "NewAccount.id": f"{_ID} Leave it out, and one is made of the answer.",
    "SubmittedClaim.dossier": "The id of the dossier that it belongs to (`GET /api/v1/dossiers`).",
    "SubmittedClaim.claim": "The claim. What it names is on record, or among the new entries.",
    "SubmittedClaim.new_speakers": "Speakers that it names and the record lacks, each with its id.",
    "SubmittedClaim.new_publishers": "Publishers of its new documents, each with an id.",
    "SubmittedClaim.new_documents": "Documents that it cites and that are new, each with an id.",
    "SubmittedClaim.reason": "Why it should be on record; for the moderator.",
    "Claim.question": "One neutral question that takes no answer for granted.",
    "Claim.summary": "A neutral paragraph: what happened, what is disputed.",
    "Claim.kind": "What can answer it; see `answer`.",
    "Claim.nature": "Whether it asks for a fact, a judgement or an intention.",
    "Claim.unit": "Of a quantity: what is counted, as people or vehicles.",
    "Claim.counting": "`cumulative` for a count that grows, so that a later one is an update; "
    "`once` for one that does not.",
    "Claim.options": "Of a choice: what there is to choose from.",
    "Claim.topic": "The id of a topic of the dossier (`GET /api/v1/dossiers/{id}`).",
    "Claim.happened": f"When what it asks about happened. {_DATE}",
    "Claim.places": "Ids of places of the dossier (`GET /api/v1/places`).",
    "Claim.event": "The id of an event of the dossier.",
    "Claim.part_of": "The id of the claim whose tally this is a part of.",
    "Claim.losses_of": f"Whose losses it counts. {_SIDE}",
    "Claim.accounts": "Every version of the answer, each with who gives it.",
    "Claim.searched": "Where a side was looked for in vain: what makes a silence a finding.",
    "Claim.overrules": "Where a curator decides what two accounts are to each other.",
    "Claim.exemptions": "Citations that an editor read again, as a rule asked about their filing.",
    "Exemption.citation": "The id of the citation.",
    "Exemption.rule": "The rule that asked; `docs/method/claims.md` has them all.",
    "Exemption.reason": "Why the filing is right.",
    "Claim.assessment": "An editor's signed conclusion; never computed.",
    "Overrule.accounts": "The ids of the two accounts.",
    "NewPublisher.url": "Its home page.",
    "Rejection.reason": "Why; the contributor reads it.",
    "Archived.url": "The copy's address.",
    "Archived.on": f"When the copy was made. {_DAY}",
    "Acceptance.edited": "The whole submission as you would have it; leave it out to accept it as "
    "it was sent.",
    "ClaimEdit.claim": "The whole claim as it shall be.",
    "Problem.type": "`about:blank`: the status says what kind of problem it is.",
    "Problem.title": "The status in words.",
    "Problem.status": "The status of the answer.",
    "Problem.detail": "A sentence for a person: what is wrong, and what to do.",
    "Problem.errors": "With 422: every fault, with its place.",
    "Problem.existing": "With 409: what is there already, by `kind`, `id` and `url`; of a citation "
    "its `claim` too.",
    "Problem.near": "With 409 to a claim: claims that ask nearly the same.",
    "FieldProblem.pointer": "A JSON Pointer (RFC 6901) to the field.",
    "FieldProblem.detail": "What is wrong with it.",
    "AskedQuoteCheck.quote": "The words that are looked for on the page.",
}
