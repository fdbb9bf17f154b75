"""Whether decoded text is what somebody wrote, or a wrong encoding's idea of it (mojibake).

What is judged are the words with characters beyond ASCII, since encodings of the web differ in
nothing else. No rule here is enough to take an encoding; they decide whether a label may stand that
detection contradicts, and whether anything may.
"""

from __future__ import annotations

import re

from charset_normalizer.cd import coherence_ratio
from charset_normalizer.md import mess_ratio
from webencodings import lookup

_MAX_WORDS = 400
_MARKUP = re.compile(r"<(script|style)\b.*?</\1|<[^>]*>?|&#?\w+;", re.S | re.I)
# What even English has around its words; without letters it is no evidence of any encoding.
_AROUND = "\"'«»“”„‘’‚‹›…–—-.,;:!?()[]{}/\\|*•·°№§©®™€£ \u00a0"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_RUN = re.compile(r"[^\W\d_a-zA-Z]{3,}")
# Letters of two scripts side by side, or a letter and then a sign that is in no word.
_MIXED = re.compile(
    "[a-zA-Z][\u0370-\u06ff]|[\u0370-\u06ff][a-zA-Z]|"
    r"[^\W\d_][\x80-\x9f\xa1-\xac\xae-\xb6\xb8-\xbf\xd7\xf7\u2020-\u2030\u20a0-\u20bf\u2100-\u25ff]"
)
# Letters of the Encoding Standard's table for documents in these languages that name no encoding
# (HTML, 13.2.3.2, step 9). It is left out for languages of which no page is in such an encoding.
_OF_LANGUAGES = {
    "windows-1250": "bs cs hr hu pl ro sk sl",
    "windows-1251": "ba be bg kk ky mk mn ru sah sr tg tt uk",
    "windows-1252": "ca da de en es fi fr ga is it nl no pt sv",
    "windows-1253": "el",
    "windows-1254": "az ku tr",
    "windows-1255": "he yi",
    "windows-1256": "ar fa ur",
    "windows-1257": "et lt lv",
    "windows-874": "th",
}
_OF_LANGUAGE = {tag: name for name, tags in _OF_LANGUAGES.items() for tag in tags.split()}

_MESSY = 0.5
_CLEARLY = 0.2
_MANY = 0.3
_SHARE = 0.5
# Fewer words may all be names, or a list of languages.
_ENOUGH_WORDS = 3
# Letters beyond ASCII: a sentence in Russian, a paragraph in Turkish.
_ENOUGH_LETTERS = 20


def words_beyond_ascii(text: str) -> list[str]:
    """The words of a page, or of its beginning, that say something of its encoding."""
    words = (word.strip(_AROUND) for word in _MARKUP.sub(" ", text).split())
    return [word for word in words if _letters(word)][:_MAX_WORDS]


def is_garbled(words: list[str]) -> bool:
    """Whether nobody wrote these words of a page in an old encoding, in whichever language."""
    if len(words) < _ENOUGH_WORDS or _count(words) < _ENOUGH_LETTERS:
        return False
    return _mess(words) >= _MESSY or _mixed(words) >= _MANY or is_decoded_twice(words)


def is_decoded_twice(words: list[str]) -> bool:
    """Whether most words are UTF-8 that somebody took for a single-byte encoding before us."""
    # A page in which that befell the quotation marks alone is read as everybody reads it.
    return len(words) >= _ENOUGH_WORDS and sum(map(_hides_utf8, words)) > _SHARE * len(words)


def loses(named: list[str], detected: list[str], language: str | None, *, is_weighed: bool) -> bool:
    """Whether what a label makes of a page must yield to what a detector makes of it.

    They are the same words, decoded twice. `language` is the page's own word for its language;
    `is_weighed` where the detector knows the named encoding too, and found the other likelier.
    """
    if named == detected or not detected or _mess(detected) > _mess(named):
        return False
    return (
        (is_weighed and _count(detected) >= _ENOUGH_LETTERS)
        or _mess(named) - _mess(detected) >= _CLEARLY
        or _odd_case(named) - _odd_case(detected) >= _SHARE
        or _mixed(named) - _mixed(detected) >= _CLEARLY
        or (
            len(detected) >= _ENOUGH_WORDS
            and _foreign(named, language) - _foreign(detected, language) >= _CLEARLY
        )
        or _coherence(named) + _CLEARLY < _coherence(detected)
    )


def _letters(word: str) -> list[str]:
    return [sign for sign in word if sign > "\x7f" and sign.isalpha()]


def _count(words: list[str]) -> int:
    return sum(len(_letters(word)) for word in words)


def _mess(words: list[str]) -> float:
    return mess_ratio(" ".join(words), maximum_threshold=_MESSY)


def _coherence(words: list[str]) -> float:
    return max((share for _, share in coherence_ratio(" ".join(words), 0.1)), default=0.0)


def _odd_case(words: list[str]) -> float:
    """The share of words that go on in upper case: those of KOI8 read as windows-1251 do."""
    runs = [run[0] for word in words if (run := _RUN.search(word))]
    return sum(run[1:].isupper() for run in runs) / len(runs) if runs else 0.0


def _mixed(words: list[str]) -> float:
    """The share of words in which letters are beside those of another script, or beside signs."""
    return sum(bool(_MIXED.search(word)) for word in words) / len(words) if words else 0.0


def _foreign(words: list[str], language: str | None) -> float:
    """The share of letters beyond ASCII that the old encoding of the page's language lacks."""
    encoding = _OF_LANGUAGE.get(language or "")
    letters = [letter for word in words for letter in _letters(word)]
    if encoding is None or not letters:
        return 0.0
    encode = lookup(encoding).codec_info.encode
    return sum(not encode(letter, "ignore")[0] for letter in letters) / len(letters)


def _hides_utf8(word: str) -> bool:
    for run in _NOT_ASCII.findall(word):
        for encoding in ("cp1252", "cp1251"):
            try:
                hidden = b"".join(_byte(sign, encoding) for sign in run).decode("utf-8")
            except UnicodeError:
                continue
            if _letters(hidden):
                return True
    return False


def _byte(sign: str, encoding: str) -> bytes:
    try:
        return sign.encode(encoding)
    except UnicodeError:
        # What Python's codec leaves open is a control character to browsers.
        return sign.encode("latin-1")
