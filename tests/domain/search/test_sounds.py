"""Names are one sound in every script and romanisation; different names are different sounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.search.sounds import SHORTEST_KEY, sounds, sounds_in


@pytest.mark.parametrize(
    "spellings",
    [
        "Harutyunyan Arutyunyan Арутюнян Հարությունյան Հարութիւնեան Haroutiounian Harutiunian",
        "Pashinyan Pashinian Пашинян Փաշինյան Paşinyan Paschinjan",
        "Çavuşoğlu Cavusoglu Chavushoglu Чавушоглу Չավուշօղլու",
        "Əliyev Aliyev Aliev Eliyev Алиев Ալիև Alijew Aliyeff",
        "Lavrov Lawrow Lavroff Лавров Լավրով",
        "Hajiyev Hacıyev Haciyev Gadzhiev Гаджиев Հաջիև",
        "Gəncə Ganja Gyanja Gandja Gandzha Гянджа Гянжа Գյանջա Gǝncǝ",
        "Şuşa Susa Susha Shusha Шуша Շուշա",
        "Jermuk Dzhermuk Djermouk Dschermuk Cermuk Джермук Ջերմուկ",
        "Ağdam Agdam Aghdam Агдам Աղդամ",
        "Xankəndi Xankǝndi Xankendi Khankendi Hankendi Ханкенди Խանքենդի",
        "Xocavənd Khojavend Khodzhavend Ходжавенд Խոջավենդ",
        "Laçın Lacin Lachin Lachyn Лачин Լաչին",
        "Erdoğan Erdogan Эрдоган Էրդողան",
        "Мацакян Matsakyan Macakyan Մացակյան",
        "Göygöl Гёйгёль Goygol",
        "Alexander Aleksander Александер",
        "Hajizada Hacızadə Hajizadeh Гаджизаде",
    ],
)
def test_the_spellings_of_a_name_sound_alike(spellings: str) -> None:
    first, *others = spellings.split()
    for spelling in others:
        assert sounds(spelling) & sounds(first), spelling


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aliyev", "Alikhanov"),
        ("Harutyunyan", "Hovhannisyan"),
        ("Mirzoyan", "Mirzayev"),
        ("Shusha", "Shushi"),
        ("Lachin", "Lachinov"),
        ("Hasanov", "Hajiyev"),
        ("Muradov", "Mammadov"),
        ("Barda", "Bardi"),
        ("Galuzin", "Kalinin"),
        ("Petrosyan", "Poghosyan"),
        ("Kocharyan", "Gasparyan"),
    ],
)
def test_different_names_sound_different(one: str, other: str) -> None:
    assert not sounds(one) & sounds(other)


def test_numbers_and_short_words_have_no_sound() -> None:
    assert [word for word in ("Sor", "Zod", "2020", "T-72", "the", "", "…") if sounds(word)] == []


def test_only_what_begins_with_a_capital_is_taken_for_a_name() -> None:
    assert len(list(sounds_in("the Ministry of Defence"))) == 2
    assert len(list(sounds_in("ივანიშვილი"))) == 1  # a script without capitals


@given(st.text())
def test_keys_are_few_and_of_plain_letters(word: str) -> None:
    found = sounds(word)
    assert len(found) <= 36
    assert all(key.isascii() and key.isalpha() and len(key) >= SHORTEST_KEY for key in found)
