"""Names of any script in plain Latin letters, as people of the region write them in English.

anyascii has a spelling for every letter of Unicode. Where it is not the usual one of a language
whose names this tool meets daily, a few rules go before it; the rest is its own.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

# Armenian as BGN/PCGN romanise it (gh, kh, ts, ch, zh are anyascii's too), in both orthographies.
# anyascii spells `ու` by its letters, “ow”, and knows nothing of how a word begins.
_ARMENIAN: tuple[tuple[str, str], ...] = (
    (r"\bու", "u"),
    (r"ու", "u"),
    (r"\bո(?=վ)", "o"),
    (r"\bո", "vo"),
    (r"\b(?:և|եւ|եվ)", "yev"),
    (r"և|եւ", "ev"),
    (r"իւ(?=\w)", "yu"),  # Հարութիւնեան, in the classical orthography, is Harutyunyan
    (r"եա", "ya"),
    (r"\bե", "ye"),
    (r"ւ", "v"),
    (r"ը", "y"),
)
# The endings of Russian names and adjectives have lost their second letter everywhere: Zelensky,
# Dmitry, not Dmitriy.
_CYRILLIC: tuple[tuple[str, str], ...] = ((r"(?<=\w)(?:ий|ый)\b", "y"),)
# Aliyev, not Eliyev: the English usage of Azerbaijan's own authorities. U+01DD looks the same and
# is what some keyboards have.
_AZERBAIJANI: tuple[tuple[str, str], ...] = ((r"[əǝ]", "a"),)

_RULES = tuple((re.compile(pattern), to) for pattern, to in (*_ARMENIAN, *_CYRILLIC, *_AZERBAIJANI))


def romanised(text: str) -> str:
    """A text in lower-case ASCII: `Վահրամ Պողոսյան` is `vahram poghosyan`, `Əliyev` `aliyev`.

    Letters that no one has a spelling for are left out; so are the signs that some romanisations
    set for aspirated and soft consonants, and every apostrophe.
    """
    # Composed, as `й` may come as `и` with a breve.
    found = unicodedata.normalize("NFC", text).lower()
    for pattern, to in _RULES:
        found = pattern.sub(to, found)
    return anyascii(found).lower().replace("'", "").replace("`", "")
