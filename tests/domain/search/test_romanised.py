"""Names of every script as people write them in Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.contributing.records import slug
from app.domain.search.sounds import romanised


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Վահրամ Պողոսյան", "vahram poghosyan"),
        ("Նիկոլ Փաշինյան", "nikol pashinyan"),
        ("Արայիկ Հարությունյան", "arayik harutyunyan"),
        ("Հարութիւնեան", "harutyunyan"),
        ("ՈՍԿԱՆՅԱՆ Ովսաննա", "voskanyan ovsanna"),
        ("Երևան Եղիշե Խաչատուր Ծատուրյան", "yerevan yeghishe khachatur tsaturyan"),
        ("Արայիկ Թևոսյան", "arayik tevosyan"),
        ("Араик Арутюнян", "araik arutyunyan"),
        ("Пашинян Хачатрян Щербаков", "pashinyan khachatryan shcherbakov"),
        ("Чавушоглу", "chavushoglu"),
        ("Дмитрий Грозный, Юрий", "dmitry grozny, yury"),
        ("Володимир Зеленський", "volodimir zelensky"),
        ("İlham ƏLİYEV Əliyev", "ilham aliyev aliyev"),
        ("Xankǝndi", "xankandi"),
        ("Mevlüt Çavuşoğlu", "mevlut cavusoglu"),
        ("ბიძინა ივანიშვილი", "bidzina ivanishvili"),
        ("北京", "beijing"),
        ("Straße Ærø", "strasse aero"),
        ("O’Brien, Мар'яна", "obrien, maryana"),
    ],
)
def test_a_name_is_romanised_as_people_write_it(name: str, latin: str) -> None:
    assert romanised(name) == latin


@given(st.text())
def test_a_romanised_text_is_lower_case_ascii(text: str) -> None:
    found = romanised(text)
    assert found.isascii()
    assert found == found.lower()


def test_an_id_is_made_of_the_romanised_name() -> None:
    assert slug("Վահրամ Պողոսյան", otherwise="") == "vahram-poghosyan"
    assert slug("Armenia's Ministry of Defence", otherwise="") == "armenias-ministry-of-defence"
    assert slug("—", otherwise="unnamed") == "unnamed"
