"""Whether a page shows what its address was cited for, or something in its place."""

from __future__ import annotations

from typing import get_args

import pytest

from app.fetching.pages.notices import NoticeRule, notice_in
from app.fetching.pages.reading import read_page
from app.fetching.pages.shown import REASONS, NotShownRule, what_hides
from app.fetching.pages.values import NotText, PageText
from app.web.wording import terms

URL = "https://daily.example/2020/10/05/towns-trade-blame-481516"
TITLE = "Towns trade blame after the fire at the harbour"
SENTENCES = (
    "The mayor of the eastern town said on Monday that nobody had been at the harbour that night.",
    "A spokesman of the western town answered that two boats had left it shortly before midnight.",
    "Neither of the two would say who had asked the ferrymen to stay ashore on the Sunday.",
)
ARTICLE = "".join(f"<p>{sentence * 3}</p>" for sentence in SENTENCES)


def read(body: str, title: str = "Daily") -> PageText:
    page = read_page(f"<title>{title}</title><body>{body}".encode(), "text/html; charset=utf-8")
    assert isinstance(page, PageText), page
    return page


def rule(
    page: PageText, final_url: str = URL, *, url: str = URL, titles: tuple[str, ...] = (TITLE,)
) -> NotShownRule | None:
    found = what_hides(page, url, final_url, titles)
    return found.rule if found else None


# What walls and notices say, in the languages of the interface and in Turkish.
NOTICES: list[tuple[NoticeRule, str]] = [
    ("log-in", "You must log in to continue."),
    ("log-in", "Log in or sign up to view"),
    ("log-in", "Please sign in to read this page"),
    ("log-in", "Login • Instagram"),
    ("log-in", "Log into Facebook"),
    ("log-in", "See more of Harbour Office on Facebook"),
    ("log-in", "Войдите, чтобы продолжить"),
    ("log-in", "Чтобы просмотреть страницу, войдите или зарегистрируйтесь"),
    ("log-in", "Для просмотра необходимо авторизоваться"),
    ("log-in", "Страница доступна только авторизованным пользователям"),
    ("log-in", "Շարունակելու համար մուտք գործեք"),
    ("log-in", "Այս էջը տեսնելու համար պետք է մուտք գործեք"),
    ("log-in", "Davam etmək üçün hesabınıza daxil olun"),
    ("log-in", "Bu səhifəni görmək üçün daxil olun"),
    ("log-in", "Devam etmek için giriş yap"),
    ("unavailable", "This content isn't available right now"),
    ("unavailable", "Sorry, this page isn’t available."),
    ("unavailable", "Hmm...this page doesn’t exist. Try searching for something else."),
    ("unavailable", "This post is unavailable"),
    ("unavailable", "This Post is from an account that no longer exists."),
    ("unavailable", "Video unavailable"),
    ("unavailable", "404 Not Found"),
    ("unavailable", "The page you are looking for could not be found."),
    ("unavailable", "Страница не найдена"),
    ("unavailable", "Эта страница сейчас недоступна"),
    ("unavailable", "Запись удалена"),
    ("unavailable", "Запрашиваемая страница не существует"),
    ("unavailable", "Эջը չի գտնվել".replace("Э", "Է")),
    ("unavailable", "Այս գրառումը այժմ հասանելի չէ"),
    ("unavailable", "Նյութը հեռացված է"),
    ("unavailable", "Səhifə tapılmadı"),
    ("unavailable", "Bu paylaşım artıq mövcud deyil"),
    ("unavailable", "Aradığınız sayfa bulunamadı"),
    ("subscribers", "Subscribe to continue reading"),
    ("subscribers", "This article is for subscribers"),
    ("subscribers", "Материал доступен только подписчикам"),
    ("subscribers", "Чтобы дочитать статью, оформите подписку"),
    ("subscribers", "Հասանելի է միայն բաժանորդներին"),
    ("subscribers", "Bu məqalə yalnız abunəçilər üçündür"),
    ("consent", "Before you continue to YouTube"),
    ("consent", "Прежде чем перейти на YouTube"),
    ("consent", "Նախքան YouTube շարունակելը"),
    ("consent", "YouTube-a keçməzdən əvvəl"),
    ("person-check", "Just a moment..."),
    ("person-check", "Attention Required! | Cloudflare"),
    ("person-check", "Enable JavaScript and cookies to continue"),
    ("person-check", "Verify you are human by completing the action below."),
    ("person-check", "Подтвердите, что вы не робот"),
    ("person-check", "Հաստատեք, որ ռոբոտ չեք"),
    ("person-check", "Robot olmadığınızı təsdiqləyin"),
    ("scripts", "JavaScript is not available."),
    ("scripts", "You need to enable JavaScript to run this app."),
    ("scripts", "Включите JavaScript"),
    ("scripts", "Միացրեք JavaScript-ը"),
    ("scripts", "JavaScript-i aktivləşdirin"),
    ("app", "If you have Telegram, you can view and join Harbour Office right away."),
    ("app", "Если у вас есть Telegram, вы можете открыть канал"),
    ("app", "Եթե ունեք Telegram, կարող եք դիտել"),
]


@pytest.mark.parametrize(("expected", "line"), NOTICES)
def test_a_page_of_a_notice_alone_is_not_shown(expected: NotShownRule, line: str) -> None:
    assert notice_in(line) == expected
    footer = "<p>English · Русский · Հայերեն · Azərbaycan<p>About<p>Help<p>© 2026"
    assert rule(read(f"<p>Daily<p>{line}{footer}")) == expected
    assert rule(read(f"<p>Daily{footer}", title=line)) == expected


@pytest.mark.parametrize(("_expected", "line"), NOTICES)
def test_an_article_with_such_a_line_is_shown(_expected: NotShownRule, line: str) -> None:
    assert rule(read(f"{ARTICLE * 5}<p>{line}", title=TITLE)) is None
    # Neither is an article about log-ins a wall, however short it is.
    quoting = f"<p>{SENTENCES[0]} The site then showed “{line}” to everybody. {SENTENCES[1]} " * 2
    assert rule(read(quoting, title="A site that nobody could read for a day")) is None


@pytest.mark.parametrize(
    "line",
    [
        "Log in",
        "Sign in to comment",
        "Log in to view comments",
        "You must be logged in to post a comment.",
        "Войти",
        "Вам нужно войти, чтобы комментировать",
        "Մուտք",
        "Daxil ol",
        "The page was found in the archive",
        "Subscribe to our newsletter",
        "Подпишитесь на наш канал",
        "Страница истории",
        "Just a moment later the bridge was shut",
        "The account of the harbour office was found to be true",
        "Видео с места событий",
    ],
)
def test_what_is_on_pages_that_are_shown_too_is_no_notice(line: str) -> None:
    assert notice_in(line) is None


def test_a_short_text_under_the_title_on_record_is_the_page() -> None:
    body = f"<h1>{TITLE}</h1>" + "".join(f"<p>{s}</p>" for s in SENTENCES * 2)
    assert rule(read(f"{body}<p>This video is unavailable")) is None
    # Without a title on record, a few lines with a notice are a notice.
    assert rule(read("<p>Two lines.<p>This video is unavailable"), titles=()) == "unavailable"


def test_the_beginning_of_an_article_for_subscribers_is_not_the_article() -> None:
    told = '{"@type": "NewsArticle", "isAccessibleForFree": "False"}'
    script = f'<script type="application/ld+json">{told}</script>'
    body = f"{script}<h1>{TITLE}</h1>{ARTICLE}<p>Subscribe to continue reading"
    assert rule(read(body, title=TITLE)) == "subscribers"
    # A site that says so of itself, and yet serves the whole of it, has no such line.
    assert rule(read(f"{script}<h1>{TITLE}</h1>{ARTICLE}", title=TITLE)) is None
    assert rule(read(f"{ARTICLE * 5}<p>Subscribe to continue reading", title=TITLE)) is None


@pytest.mark.parametrize(
    ("final_url", "expected"),
    [
        ("https://daily.example/", "front-page"),
        ("https://daily.example", "front-page"),
        ("https://www.daily.example/ru/", "front-page"),
        ("https://daily.example/index.php", "front-page"),
        ("https://parked.example/", "front-page"),
        ("https://daily.example/accounts/login/?next=/2020/", "log-in"),
        ("https://daily.example/login.php?next=1", "log-in"),
        ("https://social.example/authwall", "log-in"),
        ("https://consent.daily.example/m?continue=x", "consent"),
        ("https://daily.example/sports/scores", "other-page"),
        ("https://daily.example/2021/06/01/another-story-999999", "other-page"),
        ("https://daily.example/en/481516", None),
        ("https://new.example/archive/towns-trade-blame-481516.html", None),
        ("https://daily.example/2020/10/05/towns-trade-blame-481516/?amp", None),
    ],
)
def test_where_redirects_lead(final_url: str, expected: NotShownRule | None) -> None:
    other = read(f"<h1>Scores of the week</h1>{ARTICLE.replace('harbour', 'stadium')}")
    assert rule(other, final_url) == expected


def test_another_article_is_told_by_its_title_and_its_address_together() -> None:
    other = "<link rel=canonical href=https://daily.example/2021/scores-of-the-week><h1>Scores</h1>"
    assert rule(read(other + ARTICLE.replace("harbour", "pitch"))) == "other-page"
    # The title is still there: the canonical address is a mistake of the site's.
    assert rule(read(f"{other}{ARTICLE}<p>{TITLE}")) is None
    # No title on record, or none that can be compared: nothing shows that it is another page.
    assert rule(read(other + ARTICLE), titles=()) is None
    assert rule(read(other + ARTICLE), titles=("Fire",)) is None
    assert (
        rule(read(other + ARTICLE), titles=("Пожар в порту рассорил два соседних города",)) is None
    )
    # A page at its own address has been rewritten, title and all: that is for readers to know.
    assert rule(read(ARTICLE.replace("harbour", "pitch"))) is None


def test_an_address_that_was_a_front_page_is_one() -> None:
    assert rule(read(ARTICLE), "https://daily.example/", url="https://daily.example") is None
    assert rule(read(ARTICLE), "https://d.example/login", url="https://d.example/login") is None


def test_a_page_whose_words_only_scripts_write_says_so() -> None:
    for body in ("<div id=root></div><script src=app.js></script>", "<noscript>Enable</noscript>"):
        page = read_page(f"<!doctype html><title>x</title>{body}".encode(), "text/html")
        assert isinstance(page, NotText)
        assert page.rule == ("scripts" if "<script" in body else "empty")


def test_every_reason_is_said_in_the_words_of_the_pages() -> None:
    assert set(REASONS) == {*get_args(NoticeRule), "front-page", "other-page"}
    for key, reason in REASONS.items():
        assert terms.unread(key, "") == reason
    assert terms.unread("timeout", "The server did not answer in time.").startswith("The server")
    assert terms.unread(None, "Why.") == "Why."
