"""What pages write when they show something else than what their address was cited for.

Patterns for lines and titles in lower case with plain apostrophes: of Facebook, Instagram, X,
YouTube, LinkedIn, Telegram, VK, Google, Cloudflare and DDoS-Guard, and of sites of news, in
English, Russian, Armenian, Azerbaijani and Turkish. Each is a whole saying and no single word,
since “log in” and “page not found” are on pages that are shown too.
"""

from __future__ import annotations

import re
from typing import Literal

NoticeRule = Literal[
    "log-in", "unavailable", "subscribers", "consent", "person-check", "scripts", "app"
]

_ITEM = "content|page|post|photo|video|tweet|story|article|account|profile|message|channel"
_RU_ITEM = (
    "страниц[аы]|запис[ьи]|публикаци[яи]|материал|пост|видео(?:запись)?|контент|новость|статья"
    "|аккаунт|профиль|сообщение"
)
_RU_GONE = r"(?:не найден|удал[её]н|недоступ|скрыт|не существует|больше не (?:существует|доступ))"
_HY_ITEM = (
    "էջը|գրառումը|հրապարակումը|նյութը|բովանդակությունը|տեսանյութը|հոդվածը|հաշիվը|լուրը|պրոֆիլը"
)
_HY_GONE = (
    "(?:չի գտնվել|չգտնվեց|գոյություն չունի|(?:հասանելի|մատչելի) չէ|(?:ջնջված|հեռացված) է"
    "|(?:ջնջվել|հեռացվել) է|այլևս հասանելի չէ)"
)
_AZ_ITEM = "səhifə|məzmun|paylaşım|xəbər|material|məqalə|video|hesab|profil|post"
_AZ_GONE = (
    "(?:tapılmadı|tapılmayıb|mövcud deyil|əlçatan deyil|əlçatmazdır|silinib|silinmişdir"
    "|artıq mövcud deyil)"
)
_TR_ITEM = "sayfa|içerik|gönderi|haber|video|hesap|tweet"
_TR_GONE = "(?:bulunamadı|mevcut değil|silindi|silinmiş|kaldırıldı|kullanılamıyor|erişilemiyor)"
_EN_GONE = (
    r"(?:(?:isn't|is not|is no longer|is currently not|'s not) (?:currently )?available"
    r"|(?:is|is currently) unavailable|(?:has been|was|were) (?:deleted|removed)|(?:was )?not found"
    r"|doesn't exist|does not exist|no longer exists|(?:can't|cannot|could not) be found)"
)

_NOTICES: dict[NoticeRule, tuple[str, ...]] = {
    "log-in": (
        r"you (?:must|need to|have to) (?:be logged in|log ?in|sign in|be signed in)\b"
        r"(?! to (?:com|re|post|vote))",
        r"(?:log ?in|sign in|sign up|join|register) (?:or \w+(?: \w+)? )?(?:in order )?"
        r"to (?:continue|view|see|read|access|watch|facebook|instagram|x\b|twitter|linkedin|vk)"
        r"(?! (?:\w+ )?(?:comment|repl))",
        r"^log (?:in|into) (?:to )?(?:facebook|instagram|x|twitter|linkedin)\b",
        r"^(?:login|log in|sign in|вход|войти|giriş|մուտք) ?[•|·–—-] ?\w+$",
        r"^\w+ [–—-] (?:log in or sign up|войдите или зарегистрируйтесь|մուտք գործեք կամ գրանցվեք)",
        r"^see more (?:of|on|from) .+ on (?:facebook|instagram|linkedin)",
        r"(?:войдите|авторизуйтесь|зарегистрируйтесь)[\w ,]*,? чтобы (?:\w+ ){0,2}"
        r"(?:продолжить|просм|увидеть|посмотреть|читать|прочитать|получить доступ)",
        r"(?:чтобы|для) (?:продолж|просм|увидеть|посмотреть|чтени|читать|прочитать)[\w ]*,? "
        r"(?:\w+ )?(?:войдите|авторизуйтесь|войти|авторизоваться|авторизаци)",
        r"(?:вы должны|вам нужно|необходимо|требуется|нужно) (?:сначала )?"
        r"(?:войти|авторизоваться|авторизация|вход)\b(?!,? чтобы (?:комм|остав))",
        r"доступн\w+ только (?:для )?(?:авторизованн|зарегистрированн)",
        r"^вход (?:на|в) (?:facebook|instagram|вконтакте|x|twitter)",
        r"(?:շարունակելու|տեսնելու|դիտելու|կարդալու) համար[ ՝,]*(?:\w+ )?"
        r"(?:մուտք գործեք|գրանցվեք)",
        r"մուտք գործեք[ ՝,]*(?:որպեսզի|որ|և) (?:շարունակ|տեսն|դիտ|կարդ)",
        r"(?:պետք է|անհրաժեշտ է) (?:նախ )?մուտք գործ",
        r"^մուտք (?:գործել )?(?:facebook|instagram|x|twitter)",
        r"(?:davam etmək|görmək|baxmaq|oxumaq) üçün (?:\w+ ){0,2}"
        r"(?:daxil ol|giriş ed|qeydiyyatdan keç)",
        r"(?:hesabınıza|sistemə|sayta) (?:daxil ol(?:un|malısınız)|giriş edin)$",
        r"^(?:facebook|instagram|x|twitter)(?:-[a-zə]+)? (?:daxil ol|giriş)",
        r"(?:devam etmek|görmek|görüntülemek|okumak|izlemek) için (?:\w+ ){0,2}"
        r"(?:giriş yap|oturum aç|kaydol)",
        r"giriş yapmalısın",
    ),
    "unavailable": (
        rf"(?:this|the|that|requested|sorry, this) (?:\w+ )?(?:{_ITEM}) {_EN_GONE}",
        rf"^(?:{_ITEM}) (?:unavailable|{_EN_GONE})",
        r"^hmm\.{2,3} ?this page doesn't exist",
        r"^account suspended|this (?:post|tweet) is from (?:a suspended|an) account",
        r"^(?:error )?404\b|\b404 (?:error|not found)|page not found",
        r"the page you (?:are|were|'re)? ?(?:looking for|requested).{0,40}"
        r"(?:not|n't|cannot|no longer)",
        rf"^(?:к сожалению, )?(?:эта |этот |это |данная |запрашиваемая |запрошенная )?"
        rf"(?:{_RU_ITEM})(?: \w+)? ?(?:был[ао]? )?(?:сейчас )?{_RU_GONE}",
        rf"(?:эта|этот|это|данная|данный|запрашиваемая|запрошенная|такой) (?:{_RU_ITEM})"
        rf"(?: \w+)? (?:был[ао]? )?(?:сейчас )?{_RU_GONE}",
        r"ошибка 404|404 ошибка|страница не найдена|такой страницы (?:нет|не существует)",
        rf"^(?:ցավոք[,՝]? )?(?:այս |այդ |նշված |հարցված )?(?:{_HY_ITEM}) (?:այժմ |ներկայումս )?"
        rf"{_HY_GONE}",
        r"սխալ 404|404 սխալ|էջը (?:չի գտնվել|չգտնվեց)",
        rf"^(?:təəssüf ki, )?(?:bu |axtardığınız |istədiyiniz )?(?:{_AZ_ITEM})(?: hazırda| artıq)? "
        rf"{_AZ_GONE}",
        r"xəta 404|404 xətası|səhifə tapılmadı",
        rf"^(?:üzgünüz, )?(?:bu |aradığınız )?(?:{_TR_ITEM})(?: şu anda| şu an| artık)? {_TR_GONE}",
        r"sayfa bulunamadı",
    ),
    "subscribers": (
        r"(?:subscribe|subscription) (?:now )?(?:is )?(?:required )?"
        r"to (?:continue|keep|read|unlock|access)",
        r"(?:this|the) (?:article|content|story|text) is (?:\w+ )?(?:for|to|reserved for) "
        r"(?:our )?(?:paid |paying |premium )?(?:subscribers|members)",
        r"to (?:continue|keep) reading[,:]? .{0,40}(?:subscri|register|log in|sign)",
        r"already (?:a subscriber|have a subscription)\?",
        r"you(?:'ve| have) (?:read|reached|used) .{0,40}(?:free|limit|articles)",
        r"(?:доступ\w+|читать|материал|статья) (?:\w+ )?(?:только )?(?:для |по )?подпис(?:чик|ке)",
        r"(?:оформите|купите) подписку|чтобы (?:читать|прочитать|дочитать) .{0,40}подпи",
        r"(?:միայն|հասանելի է) (?:\w+ )?բաժանորդներ",
        r"բաժանորդագրվեք[ ՝,]*(?:շարունակ|կարդա|որ)",
        r"(?:yalnız|ancaq) abunəçilər|(?:oxumaq|davam etmək) üçün abunə",
        r"(?:yalnızca|sadece) aboneler|(?:okumak|devam etmek) için abone",
    ),
    "consent": (
        r"^before you continue(?: to .{1,30})?$",
        r"^прежде чем (?:перейти|продолжить|вы продолжите)",
        r"^նախքան (?:\S+ )?շարունակել",
        r"^(?:\S+ )?(?:davam etməzdən|keçməzdən) əvvəl",
        r"^(?:\S+ )?devam etmeden önce$",
    ),
    "person-check": (
        r"^just a moment\.*$|^attention required! \| cloudflare|^ddos-guard$",
        r"checking (?:if the site connection is secure|your browser before)",
        r"enable javascript and cookies to continue",
        r"(?:verify|confirm|prove)(?:ing)? (?:that )?you(?: a|')re (?:(?:a )?human|not a robot)",
        r"(?:are you a robot|i'm not a robot)\??$|unusual traffic from your (?:computer )?network",
        r"complete the (?:captcha|security check)|performing security verification",
        r"проверка (?:вашего )?браузера|подтвердите, что (?:вы не робот|запросы отправляли вы)",
        r"(?:вы|я) не робот\b|что вы (?:не робот|человек)",
        r"հաստատե[քլ][ ՝,]*որ (?:դուք )?(?:ռոբոտ չեք|մարդ եք)|ստուգում ենք (?:ձեր )?դիտարկիչը",
        r"(?:robot olmadığınızı|insan olduğunuzu) (?:təsdiq|doğrula|sübut)|brauzeriniz yoxlanılır",
    ),
    "scripts": (
        r"enable javascript|javascript is (?:not available|disabled|required|turned off)",
        r"(?:включите|разрешите) (?:поддержку )?javascript|javascript (?:отключ|выключ)",
        r"միացրեք javascript|javascript-ն? (?:անջատված|միացված չէ)",
        r"javascript-?[iı] (?:aktiv|yandır|işə sal)|javascript (?:söndürülüb|aktiv deyil)",
        r"javascript(?:'i|i) etkinleştir|javascript (?:kapalı|devre dışı)",
    ),
    "app": (
        r"if you have telegram, you can (?:view|contact|join|launch)",
        r"если у вас есть telegram, (?:вы )?мо",
        r"եթե ունեք telegram",
        r"telegram(?:-ınız|ınız)? varsa",
        r"open (?:this |it )?in the (?:\w+ )?app to (?:view|see|continue|read)",
    ),
}
_PATTERNS = {rule: re.compile("|".join(some)) for rule, some in _NOTICES.items()}
_APOSTROPHES = str.maketrans("’‘ʼ`", "''''")


def notice_in(line: str) -> NoticeRule | None:
    """What a line or a title asks for or regrets, if it does."""
    plain = " ".join(line.translate(_APOSTROPHES).lower().replace("i̇", "i").split())
    return next((rule for rule, pattern in _PATTERNS.items() if pattern.search(plain)), None)
