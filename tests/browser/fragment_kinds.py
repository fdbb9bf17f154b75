"""Pages in many languages and shapes, each with a quotation that a link is to lead to."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, replace

FILLER = "<p>Nothing to see in this line, and little in the next.</p>" * 120


@dataclass(frozen=True)
class Case:
    """A page's words, the quotation, and which of the places with these letters is meant.

    `starts` and `ends` are the words as the page's nodes have them, where they differ; `lands` is
    false where no link can tell the place from another.
    """

    html: str
    quotation: str
    meant: int = 0
    starts: str = ""
    ends: str = ""
    filler_after: str = FILLER
    lands: bool = True


@dataclass(frozen=True)
class Tongue:
    """A sentence in parts, before and of and after the quotation, and two other sentences."""

    before: str
    quoted: str
    after: str
    others: tuple[str, str]
    right_to_left: bool = False

    @property
    def sentence(self) -> str:
        return self.before + self.quoted + self.after


TONGUES = {
    "en": Tongue(
        "In May ", "the pier was swept", " at noon.", ("It rained.", "The boats were gone.")
    ),
    "ru": Tongue(
        "В мае ", "старый мост был закрыт", " на час.", ("Шёл дождь.", "Лодки ушли утром.")
    ),
    "hy": Tongue(
        "Մայիսին ", "հին կամուրջը փակ էր", " մեկ ժամ։", ("Անձրև էր գալիս։", "Նավակները գնացել էին։")
    ),
    "az": Tongue(
        "Mayda ", "köhnə körpü bağlı idi", " bir saat.", ("Yağış yağırdı.", "Qayıqlar getmişdi.")
    ),
    "tr": Tongue(
        "Mayısta ", "eski köprü kapalıydı", " bir saat.", ("Yağmur yağıyordu.", "Şişli ığdır.")
    ),
    "fr": Tongue(
        "En mai, ", "l’ancien pont était fermé", " à midi.", ("Il pleuvait.", "L’été vint.")
    ),
    "de": Tongue(
        "Im Mai war ", "die große Brücke gesperrt", " um zwölf.", ("Es regnete.", "Öde Straße.")
    ),
    "pl": Tongue(
        "W maju ", "stary most był zamknięty", " w południe.", ("Padał deszcz.", "Łódź odpłynęła.")
    ),
    "el": Tongue(
        "Τον Μάιο ", "η παλιά γέφυρα ήταν κλειστή", " για ώρα.", ("Έβρεχε.", "Οι βάρκες έφυγαν.")
    ),
    "ka": Tongue(
        "მაისში ", "ძველი ხიდი დაკეტილი იყო", " ერთი საათით.", ("წვიმდა.", "ნავები წავიდნენ.")
    ),
    "ko": Tongue(
        "오월에 ", "낡은 다리가 닫혀 있었다", " 한 시간 동안.", ("비가 왔다.", "배는 떠났다.")
    ),
    "hi": Tongue("मई में ", "पुराना पुल बंद था", " एक घंटे तक।", ("बारिश हो रही थी।", "नावें जा चुकी थीं।")),
    "he": Tongue(
        "במאי ",
        "הגשר הישן היה סגור",
        " בצהריים.",
        ("ירד גשם.", "הסירות הלכו."),
        right_to_left=True,
    ),
    "he with points": Tongue(
        "בְּמַאי ",
        "הַגֶּשֶׁר הַיָּשָׁן הָיָה סָגוּר",
        " בַּצָּהֳרַיִם.",
        ("יָרַד גֶּשֶׁם.", "הַסִּירוֹת הָלְכוּ."),
        right_to_left=True,
    ),
    "ar": Tongue(
        "في مايو ",
        "كان الجسر القديم مغلقا",
        " عند الظهر.",
        ("كان المطر يهطل.", "رحلت القوارب."),
        right_to_left=True,
    ),
    "ar with vowels": Tongue(
        "فِي مَايُو ",
        "كَانَ الجِسْرُ القَدِيمُ مُغْلَقًا",
        " عِنْدَ الظُّهْرِ.",
        ("كَانَ المَطَرُ يَهْطِلُ.", "رَحَلَتِ القَوَارِبُ."),
        right_to_left=True,
    ),
    "fa": Tongue(
        "در ماه مه ",
        "پل قدیمی را نمی\u200cشد دید",
        " تا ظهر.",
        ("باران می\u200cبارید.", "قایق\u200cها رفته بودند."),
        right_to_left=True,
    ),
    "zh": Tongue("五月的时候，", "旧桥在中午关闭", "了一个小时。", ("下雨了。", "船都走了。")),
    "zh in a word": Tongue("据报道国防部", "宣布部队撤出", "该村庄。", ("下雨了。", "船走了。")),
    "ja": Tongue(
        "五月には", "古い橋が閉鎖された", "と発表した。", ("雨が降った。", "船は去った。")
    ),
    "th": Tongue("ในเดือนพฤษภาคม ", "สะพานเก่าปิดอยู่", "หนึ่งชั่วโมง", ("ฝนตก", "เรือออกไปแล้ว")),
}


def cases() -> Iterator[tuple[str, Case]]:
    """Every kind in every language, by a name."""
    for tongue, said in TONGUES.items():
        for kind, case in _kinds(said):
            # The words as the nodes have them: a selector leaves out signs without a shape.
            yield f"{tongue}, {kind}", replace(case, starts=case.quotation)


def _kinds(said: Tongue) -> Iterator[tuple[str, Case]]:
    sentence, quoted = html.escape(said.sentence), said.quoted
    one, two = said.others
    body = f"<div dir={'rtl' if said.right_to_left else 'ltr'}>"
    yield "once", Case(f"{body}<p>{sentence}</p>", quoted)
    yield (
        "the second of two in other surroundings",
        Case(f"{body}<p>{one} {quoted} {two}</p><p>{sentence}</p>", quoted, meant=1),
    )
    yield (
        "the first of two",
        Case(f"{body}<p>{sentence}</p><p>{one} {quoted} {two}</p>", quoted),
    )
    yield (
        "a block like one before, told apart by the block after",
        Case(f"{body}<p>{quoted}</p><p>{one}</p><p>{quoted}</p><p>{two}</p>", quoted, meant=1),
    )
    yield (
        "a block like one before, told apart by the block before",
        Case(f"{body}<p>{one}</p><p>«{quoted}</p><p>{two}</p><p>«{quoted}</p>", quoted, meant=1),
    )
    yield (
        "a block with nothing to tell it from one before",
        Case(f"{body}<p>{sentence}</p><p>{one}</p><p>{sentence}</p>", quoted, meant=1, lands=False),
    )
    yield (
        "across inline tags",
        Case(
            f"{body}<p>{said.before}<b>{quoted[:3]}</b><i>{quoted[3:]}</i>{said.after}</p>", quoted
        ),
    )
    yield "in a list", Case(f"{body}<ul><li>{one}</li><li>{sentence}</li></ul>", quoted)
    yield (
        "in a cell",
        Case(
            f"{body}<table><tr><td>{one}</td><td>{sentence}</td><td>{two}</td></tr></table>", quoted
        ),
    )
    yield "in quotation marks", Case(f"{body}<p>{one} «{quoted}» {two}</p>", quoted)
    yield "the whole of a block", Case(f"{body}<p>{one}</p><p>{quoted}</p><p>{two}</p>", quoted)
    yield (
        "between other words of the block, three times",
        Case(
            f"{body}<p>{one} {quoted} {one}</p><p>{two} {quoted} {one}</p>"
            f"<p>{two} {quoted} {two}</p>",
            quoted,
            meant=2,
        ),
    )
    yield (
        "after words in capitals or without marks",
        Case(f"{body}<p>{_bare(quoted)}. {one}</p><p>{sentence}</p>", quoted),
    )
    parts = [said.sentence, one, two] * 3
    long = " ".join(f"{number} {part}" for number, part in enumerate(parts, start=71))
    yield (
        "from the first to the last word of a long one",
        Case(f"{body}<p>{said.sentence} {one}</p><p>{two} {long} 80 {one}</p>", f"{long} 80"),
    )


def _bare(text: str) -> str:
    """The same to a browser that compares letters alone: in capitals, or without vowel marks."""
    marks = {*map(chr, range(0x0591, 0x05C8)), *map(chr, range(0x064B, 0x0653))}
    return "".join(sign for sign in text if sign not in marks).upper()
