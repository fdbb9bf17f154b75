"""Names of any script in Latin letters, and by their sound, which is one key for every spelling.

A key is made of what romanisations agree on. They differ in how a sound is written (kh, x, h; dzh,
j, c), in whether it is written at all (the y of Pashinyan, the H of Harutyunyan), and in marks that
keyboards lack (ş, ç, ə); these differences are folded away. Where one letter stands for several
sounds (c is ch without its mark, j in Azerbaijani, ts among scholars), a word has several keys, and
two words sound alike where they share one.

Soundex and its kin lost: they keep four or six letters of consonants, so that half of a register
sounds like the other half; Beider–Morse lost, as it knows neither Armenian nor Azerbaijani.

First each name is romanised: anyascii has a spelling for every letter of Unicode, and where it is
not the usual one of a language whose names this tool meets daily, a few rules go before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from anyascii import anyascii

from app.domain.search.words import words_in

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

_ROMANISING = tuple(
    (re.compile(pattern), to) for pattern, to in (*_ARMENIAN, *_CYRILLIC, *_AZERBAIJANI)
)


def romanised(text: str) -> str:
    """A text in lower-case ASCII: `Վահրամ Պողոսյան` is `vahram poghosyan`, `Əliyev` `aliyev`.

    Letters that no one has a spelling for are left out; so are the signs that some romanisations
    set for aspirated and soft consonants, and every apostrophe.
    """
    # Composed, as `й` may come as `и` with a breve.
    found = unicodedata.normalize("NFC", text).lower()
    for pattern, to in _ROMANISING:
        found = pattern.sub(to, found)
    return anyascii(found).lower().replace("'", "").replace("`", "")


# Of three letters nearly every sequence is somebody's name.
SHORTEST_KEY = 4
_MAX_KEYS = 12
_MAX_LETTERS = 40
# A key of ten letters is one slip from 400 others, and all are asked for at once.
_MAX_SLIPPED = 3
_LETTERS = "abcdfiklmnoprstuvz"

# Letters whose mark says which of the sounds of the bare letter it is, before the mark comes off.
_MARKED = str.maketrans(
    {
        **dict.fromkeys("çčć", "ch"),
        **dict.fromkeys("şșšś", "sh"),
        **dict.fromkeys("žźż", "zh"),
        **dict.fromkeys("ğģ", "gh"),
        "ё": "|",  # o or e: Гёйгёль is Göygöl, Горбачёв is Gorbachev
        "ö": "o",
        "ü": "u",
        "ı": "i",
    }
)

# Read from the left, the longest first: the sounds that a spelling may stand for. k is every sound
# of the back of the mouth, as Hadrut is Гадрут, Qafan Kapan, and Xankəndi Khankendi; s is sh too,
# as who types without marks writes Cavusoglu; z is zh, j and dz. None of these pairs tells two
# names of the region apart, but a vowel between consonants does: it stays, i apart from a.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "shch": ("s",),
    "tsch": ("c",),
    "dsch": ("z",),
    "sch": ("s",),
    "tch": ("c",),
    "dzh": ("z",),
    "dsh": ("z",),
    "dj": ("z",),
    "dz": ("z",),
    "sh": ("s",),
    "ch": ("c",),
    "zh": ("z",),
    "kh": ("k",),
    "gh": ("k",),
    "th": ("t",),
    "ph": ("p",),
    "ck": ("k",),
    "tz": ("ts",),
    "ou": ("u",),
    "oo": ("u",),
    "a": ("a",),
    "e": ("a",),
    "i": ("i",),
    "y": ("i",),
    "o": ("o",),
    "u": ("u",),
    "|": ("o", "a"),
    "b": ("b",),
    "c": ("c", "z", "k", "ts"),
    "d": ("d",),
    "f": ("f",),
    "g": ("k",),
    "h": ("k",),
    "j": ("z", "i"),
    "k": ("k",),
    "l": ("l",),
    "m": ("m",),
    "n": ("n",),
    "p": ("p",),
    "q": ("k",),
    "r": ("r",),
    "s": ("s",),
    "t": ("t",),
    "v": ("v",),
    "w": ("v",),
    "x": ("k", "ks"),
    "z": ("z",),
}
_SPELLING = re.compile("|".join(map(re.escape, _SPELLINGS)))
# Lavroff is Lavrov, Aliyeff Aliyev.
_FINAL_F = re.compile(r"(?<=[oe])ff?$")
_FINAL_H = re.compile(r"(?<=[ae])h$")  # Hajizadeh is Hajizada
# The y of Pashinyan, Aliyev and Yerevan is written as y, i or j, or not at all.
_GLIDE = re.compile(r"i+(?=[aou])")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=50_000)
def sounds(word: str) -> frozenset[str]:
    """The keys of one word as it was written; none for a number and for what is too short.

    `Арутюнян`, `Harutyunyan`, `Arutiunian` and `Հարությունյան` share one, `Гянжа`, `Gəncə` and
    `Gyanja` another.
    """
    letters = romanised(_without_marks(word[:_MAX_LETTERS]))
    if not letters.replace("|", "").isalpha():
        return frozenset()
    forms = [_FINAL_F.sub("v", letters)]
    # Russian has no h, and leaves it out or writes г: Арутюнян, Гарутюнян.
    if letters[0] == "h":
        forms.append(forms[0][1:])
    if _FINAL_H.search(letters):
        forms.append(forms[0][:-1])
    keys = (_key(parts) for form in forms for parts in islice(_readings(form), _MAX_KEYS))
    return frozenset(key for key in keys if len(key) >= SHORTEST_KEY)


def sounds_in(text: str) -> Iterator[frozenset[str]]:
    """The keys of the names in a text: of every word that may be one."""
    for word in words_in(text):
        written = text[word.start : word.end]
        if may_be_name(written):
            yield sounds(written)


def may_be_name(word: str) -> bool:
    """Whether a word begins as names do: not with a small letter, where its script has capitals."""
    # By the title case: Georgian letters are small ones that no name begins otherwise with.
    return word[0].title() == word[0]


def sounds_near(word: str) -> frozenset[str]:
    """The keys that one letter too many, too few, wrong or at its neighbour's place leads to."""
    near = {slip for key in islice(sorted(sounds(word)), _MAX_SLIPPED) for slip in _slips(key)}
    return frozenset(key for key in near if len(key) >= SHORTEST_KEY) | sounds(word)


def _slips(key: str) -> Iterator[str]:
    for place in range(len(key) + 1):
        start, rest = key[:place], key[place:]
        yield start + rest[1:]
        yield start + rest[1:2] + rest[:1] + rest[2:]
        for letter in _LETTERS:
            yield start + letter + rest
            yield start + letter + rest[1:]


def _without_marks(word: str) -> str:
    return unicodedata.normalize("NFC", word).lower().translate(_MARKED)


def _readings(letters: str) -> Iterator[tuple[str, ...]]:
    return product(*(_SPELLINGS[found] for found in _SPELLING.findall(letters)))


def _key(parts: tuple[str, ...]) -> str:
    return _DOUBLED.sub(r"\1", _GLIDE.sub("", _DOUBLED.sub(r"\1", "".join(parts))))
