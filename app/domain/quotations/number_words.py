"""Numbers written in words, and what else changes a number beside it, by language.

CLDR as Babel has it holds no spelled-out numbers, so the words are listed here: patterns, since
most of these languages bend them. A language's words make a number with its own only: “on” is ten
in Azerbaijani and “six” is six in English and French.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The number words of one language, as patterns.

    After a `small` one a number goes on with one of `large` only (“two hundred”, but “one, two”),
    after one of `tens` and of `large` with any. `between` may stand between two.
    """

    small: str
    tens: str
    large: str
    between: str = ""


WORDS = {
    "en": Words(
        "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
        "|fifteen|sixteen|seventeen|eighteen|nineteen",
        "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety",
        "hundreds?|thousands?|millions?|billions?|trillions?|dozens?|tens|scores?|halves|thirds?"
        "|quarters?|fifths?|tenths?|half",
        "(?<=hundred) and|(?<=thousand) and|(?<=million) and| and a(?= half)"
        "|(?<=tens) of|(?<=dozens) of|(?<=scores) of|(?<=hundreds) of|(?<=thousands) of"
        "|(?<=half) an?|(?<=quarter) of an?",
    ),
    "ru": Words(
        "ноль|один|одн(?:а|о|у|ого|ому|ой|им)|два|две|двух|двум|двумя|три|тр[её]х|тр[её]м|тремя"
        "|четыре|четыр[её]х|четыр[её]м|четырьмя|(?:пят|шест|сем|девят|десят)(?:ь|и|ью)"
        "|восемь|восьми|восемью|[а-яё]+надцат(?:ь|и|ью)"
        "|(?:перв|втор|пят|шест|седьм|восьм|девят|десят|сот)(?:ый|ая|ое|ого|ой|ому|ую|ом|ым)"
        "|четв[её]рт(?:ый|ая|ое|ого|ой|ому|ую|ом|ым)|трет(?:ий|ья|ье|ьего|ьей|ьему|ью)",
        "(?:два|три)дцат(?:ь|и|ью)|сорока?|(?:пят|шест|сем|восем)ь?и?десят[иью]*|девяност[оа]",
        "ст[оа]|двести|двухсот|триста|четыреста|[а-яё]+сот|[а-яё]+ст(?:ам|ами|ах)"
        "|тысяч(?:а|и|у|ам|ами|ах|ей|ью)?|(?:миллион|миллиард|триллион)(?:а|у|ом|е|ы|ов|ам|ами|ах)?"
        "|полтора|полторы|полутора|пол(?:овина|овины|овину|овиной)|десят(?:ок|ка|ку|ки|ков|кам|ках)"
        "|дюжин(?:а|у|ы|ой)?|сотн(?:я|и|ю|ей|ям|ями|ях)|сотен|трет(?:ь|и|ей)|четверт(?:ь|и|ей)"
        "|десятых|пятых",
        " с(?= половиной)",
    ),
    "hy": Words(
        "զրո|մեկ|երկու|երեք|չորս|հինգ|վեց|յոթ|ութ|ինը|ինն|տաս[նը]?|տասն[ա-և]+|[ա-և]+երորդ[ա-և]*",
        "քսան[ա-և]*|երեսուն[ա-և]*|քառասուն[ա-և]*|հիսուն[ա-և]*|վաթսուն[ա-և]*|յոթանասուն[ա-և]*"
        "|ութսուն[ա-և]*|իննսուն[ա-և]*",
        "հարյուր[ա-և]*|հազար[ա-և]*|միլիոն[ա-և]*|միլիարդ[ա-և]*|տրիլիոն[ա-և]*|տասնյակ[ա-և]*"
        "|մեկուկես|երկուսուկես|կես|երրորդ[ա-և]*|քառորդ[ա-և]*",
    ),
    "az": Words(
        "sıfır|bir|iki|üç|dörd|beş|altı|yeddi|səkkiz|doqquz",
        "on|iyirmi|otuz|qırx|əlli|altmış|yetmiş|səksən|doxsan"
        # “üçdə iki” is two thirds.
        "|ikidə|üçdə|dörddə|beşdə|altıda|yeddidə|səkkizdə|doqquzda",
        "yüz(?:ə|dən|də|ün|ü|lük|lərlə|lərcə)?|min(?:ə|dən|də|in|i|lik|lərlə|lərcə)?"
        "|(?:milyon|milyard|trilyon)(?:a|dan|da|ın|un|ı|u|luq|lıq|larla|larca)?|yarım|onlarla|düzün|onluq",
        " və(?= yarım)",
    ),
    "tr": Words(
        "sıfır|bir|iki|üç|dört|beş|altı|yedi|sekiz|dokuz",
        "on|yirmi|otuz|kırk|elli|altmış|yetmiş|seksen|doksan"
        "|ikide|üçte|dörtte|beşte|altıda|yedide|sekizde|dokuzda",
        "yüz(?:e|den|de|ün|ü|lük|lerce)?|bin(?:e|den|de|in|i|lik|lerce)?"
        "|(?:milyon|milyar|trilyon)(?:a|dan|da|ın|un|ı|u|luk|lık|larca)?|buçuk|yarım|onlarca|düzine",
    ),
    "fr": Words(
        "zéro|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
        "|quinze|seize",
        "trente|quarante|cinquante|soixante|septante|octante|huitante|nonante",
        "vingts?|cents?|mille|milliers?|millions?|milliards?|billions?|dizaines?|douzaines?"
        "|vingtaines?|centaines?|demie?|tiers|quarts?",
        " et(?= (?:un|une|onze|demie?)\\b)|(?<=dizaines) de|(?<=centaines) de|(?<=milliers) de"
        "|(?<=dizaine) de|(?<=centaine) de|(?<=douzaine) de",
    ),
    "de": Words(
        "null|ein|eine[nmrs]?|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf"
        "|[a-zäöü]+zehn",
        "[a-zäöü]*(?:zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)",
        "[a-zäöü]*hundert(?:e|en)?|[a-zäöü]*tausend(?:e|en)?|million(?:en)?|milliarden?"
        "|billion(?:en)?|dutzende?n?|halbe?[nrs]?|[a-zäöü]+einhalb|anderthalb|drittel|viertel",
        "(?<=dutzende) von",
    ),
}

# A quantity without a number, which one of the language's multipliers makes one: “several hundred”.
QUANTIFIERS = {
    "en": "several|few|many|couple(?: of)?",
    "ru": "несколько|нескольких|пара|пару",
    "hy": "մի քանի|մի քանի տասնյակ",
    "az": "bir neçə|neçə",
    "tr": "birkaç|birçok",
    "fr": "quelques|plusieurs",
    "de": "einige|einigen|mehrere|mehreren|wenige|paar",
}

# Multipliers that CLDR does not have: the small ones, and abbreviations of newspapers.
MULTIPLIERS = {
    "en": "hundreds?|dozens?|score|bn|mln|mn|tn|trn|thousands|millions|billions|trillions",
    "ru": "тыс|тысяч(?:ам|ами|ах|у|ей)|сотен|сотн[яию]|десятк(?:а|ов)|дюжин[аы]?"
    "|(?:миллион|миллиард|триллион)(?:у|ом|е|ы|ам|ами|ах)",
    "hy": "հարյուր[ա-և]*|հազ|տասնյակ[ա-և]*|(?:հազար|միլիոն|միլիարդ|տրիլիոն)[ա-և]+",
    "az": "yüz(?:ə|dən|ü|lük|lərlə)?"
    "|min(?:ə|dən|də|in|i|lik|lərlə)"
    "|(?:milyon|milyard|trilyon)(?:a|dan|da|ın|un|ı|u|luq|lıq|larla)",
    "tr": "yüz|milyar|düzine"
    "|bin(?:e|den|de|in|i|lik|lerce)"
    "|(?:milyon|milyar|trilyon)(?:a|dan|da|ın|un|ı|u|luk|lık|larca)",
    "fr": "cents?|douzaines?|dizaines?|centaines?|milliers|mds|mrd",
    "de": "hundert|dutzend|tsd|mio|mrd|bio",
    "ar": "مئة|مائة|مئات|آلاف|ألفا",
    "he": "אלפים|מאות|מיליוני",
    "th": "สิบ|ร้อย",
    "zh": "十|百|千|萬|億|兆",
    "ja": "十|百|千|億",
}

# Units as newspapers write them, beside those of CLDR.
UNITS = {
    "en": "per cent|pct|percentage points?|kilomet(?:re|er)s?|met(?:re|er)s?|centimet(?:re|er)s?"
    "|millimet(?:re|er)s?|square kilomet(?:re|er)s?|square met(?:re|er)s?|cubic met(?:re|er)s?"
    "|sq\\.? ?(?:km|m|miles?)|lit(?:re|er)s?|tonnes?|tons?|kilos?|kgs|kms",
    "ru": "проц|п\\. ?п|процентн(?:ых|ый|ого) пункт(?:ов|а)?|кв\\.? ?(?:км|м)|куб\\.? ?м"
    "|квадратн(?:ыми|ым|ому|ого) (?:километр|метр)(?:ами|ам|ом|у)",
    "hy": "տոկոսային կետ[ա-և]*|քառ\\.? ?(?:կմ|մ)|քառակուսի (?:կիլոմետր|մետր)[ա-և]*|խոր\\.? ?մ",
    "az": "faiz bəndi|kv\\.? ?(?:km|m)|kub\\.? ?m|kilo",
    "tr": "yüzde puan|kilo|dönüm",
    "fr": "p\\. ?100|points? de pourcentage|kilos?|km carrés",
    "de": "prozentpunkte?n?|kilo|qkm|qm|prozentige?",
}

# How the last word of a measure or multiplier may end where a language bends it. Listed, as not
# every longer word is the same one: “тоннель” is no tonne.
ENDINGS = {
    "en": "",
    "ru": "(?:а|я|у|ю|ом|ем|е|ы|и|ов|ев|ей|ам|ями|ами|ах|ой|ою)?",
    "hy": "(?:ը|ն|ի|ին|ից|ով|ում|անոց|անոցը|ներ|ների|նոց|եր|երի|ավոր|ավորները?)?",
    "az": "(?:[ıiuü]|[aə]|d[aə]n?|l[ıiuü][kq]|n[ıi]n|[ıiuü]n|l[aə]r[a-zəıöüşçğ]*|s[ıi]|y[aə])?",
    "tr": "(?:[ıiuü]|[ae]|[dt][ae]n?|l[ıiuü]k|n[ıiuü]n|[ıiuü]n|l[ae]r[a-zıöüşçğ]*|s[ıi]|y[ae])?",
    "fr": "s?",
    "de": "(?:n|s|e|en|es)?",
}

# Words directly before a number that change it.
BEFORE = "minus|минус|մինուս|mənfi|eksi|moins|yüzde|половин[аыу]|половиной"
# Between two numbers of which the second one's multiplier or measure is that of both. “And” too, as
# in “between 24 and 30 thousand”: that it begins something new is rarer, and less bad to miss.
TO = "to|or|and|до|или|и|կամ|մինչև|և|ու|ilə|və|veya|ve|ya da|à|ou|et|bis|oder|und"
# After a number and before its multiplier.
AND_A_HALF = "and a half|с половиной|et demie?|buçuk|yarım|ու կես|einhalb|с лишним"
