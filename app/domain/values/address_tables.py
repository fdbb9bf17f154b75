"""What is known of addresses on the web: tracking parameters, and how single sites spell a page.

`canonical_addresses.py` reads these tables. Each line is a documented habit of one company or
site; a habit that is only likely is not here, as two pages taken for one would hide a source.
"""

from __future__ import annotations

import re
from typing import NamedTuple

TRACKING_PREFIXES = (
    "utm_",  # Google Analytics, and everybody after it
    "mtm_",  # Matomo
    "matomo_",
    "piwik_",
    "hsa_",  # HubSpot Ads
    "at_custom",  # AT Internet (Piano): the BBC, France Médias Monde
    "at_link",
    "__cft__",  # Facebook, on links within posts
)

TRACKING = frozenset(
    {
        "__tn__",  # Facebook: the place of a link in its feed
        "__twitter_impression",  # X, on AMP pages
        "_branch_match_id",  # Branch
        "_ga",  # Google Analytics, from one domain to the next
        "_gl",
        "_hsenc",  # HubSpot
        "_hsmi",
        "_openstat",  # Openstat, on Russian sites
        "amp_gsa",  # AMP caches and viewers
        "amp_js_v",
        "amp_kit",
        "at_bbc_team",  # AT Internet (Piano)
        "at_campaign",
        "at_format",
        "at_medium",
        "at_ptr_name",
        "cmpid",  # Adobe, Bloomberg, RFE/RL
        "dclid",  # Google Display
        "doing_wp_cron",  # WordPress: a clock that ran while the page was asked for
        "fb_action_ids",  # Facebook
        "fb_action_types",
        "fb_ref",
        "fb_source",
        "fbclid",
        "gad_campaignid",  # Google Ads
        "gad_source",
        "gbraid",
        "gclid",
        "gclsrc",
        "guccounter",  # Yahoo's consent pages
        "guce_referrer",
        "guce_referrer_sig",
        "igsh",  # Instagram
        "igshid",
        "mc_cid",  # Mailchimp
        "mc_eid",
        "mibextid",  # Facebook's and Instagram's apps
        "mkt_tok",  # Marketo
        "msclkid",  # Microsoft Advertising
        "ns_campaign",  # comScore: the BBC's older links
        "ns_fee",
        "ns_linkname",
        "ns_mchannel",
        "ns_source",
        "oly_anon_id",  # Omeda
        "oly_enc_id",
        "pk_campaign",  # Piwik, as Matomo was called
        "pk_cid",
        "pk_content",
        "pk_keyword",
        "pk_kwd",
        "pk_medium",
        "pk_source",
        "rb_clickid",  # Russian advertising networks
        "ref_src",  # X, on the pages that its buttons stand on
        "ref_url",
        "s_cid",  # Adobe Analytics
        "sfnsn",  # Facebook's app
        "sphrase_id",  # Bitrix: the search by which a visitor found the page
        "srsltid",  # Google Merchant Center
        "ttclid",  # TikTok
        "twclid",  # X
        "usqp",  # Google's AMP viewer
        "vero_id",  # Vero
        "wbraid",  # Google Ads
        "wickedid",  # Wicked Reports
        "wprov",  # Wikimedia: by which button a link was shared
        "wt_mc",  # Webtrekk: Deutsche Welle
        "xtor",  # AT Internet: French media
        "yclid",  # Yandex Direct
        "ymclid",  # Yandex Market
        "ysclid",  # Yandex Search
    }
)

AMP_PARAMETERS = {"amp": {"", "1", "true", "amp"}, "outputtype": {"amp"}, "output": {"amp"}}
"""Parameters that ask for a page's AMP form, by the values that do."""

HOSTS = {
    "telegram.me": "t.me",
    "telegram.dog": "t.me",
    "twitter.com": "x.com",
    "youtube-nocookie.com": "youtube.com",
    "music.youtube.com": "youtube.com",
    "mbasic.facebook.com": "facebook.com",
    "touch.facebook.com": "facebook.com",
    "novideo.rbc.ru": "rbc.ru",
    # One archive under seven names; a copy has the same short id under each.
    **{f"archive.{ending}": "archive.today" for ending in ("ph", "is", "md", "vn", "li", "fo")},
}
"""Names of one site, “www.”, “m.”, “amp.” and “mobile.” left out."""

SHARED_SUFFIXES = frozenset(
    {"ac", "co", "com", "edu", "gob", "gov", "mil", "ne", "net", "or", "org"}
)
"""First labels of domains under which others register: `m.com.tr` is no mobile form of `com.tr`."""

# Under these the segment “amp” is a word and no form.
WORD_SEGMENTS = frozenset({"wiki", "tag", "tags", "topic", "topics", "dictionary", "category"})


class SiteRule(NamedTuple):
    """How a site spells one page: a host and path that match become `to`.

    `query` says which parameters are left: only those named, or all but those named after a “-”,
    with a value or without; None leaves all. Where `needs` names one, the rule is for addresses
    that have it.
    """

    site: re.Pattern[str]
    to: str
    query: frozenset[str] | None
    in_lower_case: bool
    needs: str


def _rule(
    site: str, to: str, query: str | None = None, *, lower: bool = False, needs: str = ""
) -> SiteRule:
    names = None if query is None else frozenset(query.split())
    return SiteRule(re.compile(site), to, names, lower, needs)


_VIDEO = r"([\w-]{1,20})"
_RFE = (
    r"((?:.*\.)?(?:azatutyun\.am|azadliq\.org|azadliqradiosu\.az|svoboda\.org|rferl\.org|"
    r"currenttime\.tv|radiotavisupleba\.ge|ekhokavkaza\.com|radiosvoboda\.org|azattyq\.org))"
)

SITE_RULES = (
    # The number alone finds a post; the name before it may be any.
    _rule(r"x\.com/(?:i/web|[^/]+)/status(?:es)?/(\d+)(?:/.*)?", r"x.com/i/status/\1", ""),
    _rule(r"(x\.com/\w{1,15})", r"\1", "-s -t", lower=True),
    # t.me/s/ is the same channel for readers without an account; names are without case.
    _rule(r"t\.me/(?:s/)?([A-Za-z]\w{0,31})/(\d+)", r"t.me/\1/\2", "comment thread", lower=True),
    _rule(r"([a-z]\w{0,31})\.t\.me/(\d+)", r"t.me/\1/\2", "comment thread"),
    _rule(r"t\.me/(?:s/)?([A-Za-z]\w{0,31})", r"t.me/\1", lower=True),
    _rule(rf"youtu\.be/{_VIDEO}", r"youtube.com/watch?v=\1", ""),
    _rule(rf"youtube\.com/(?:shorts|embed|live|v)/{_VIDEO}", r"youtube.com/watch?v=\1", ""),
    # The moment at which a link starts, and the list it was found in, are not of the video.
    _rule(r"youtube\.com/watch", "youtube.com/watch", "v", needs="v"),
    # Blogger's mobile form, on domains of any name.
    _rule(r"([^/]+/\d{4}/\d{2}/[^/]+\.html)", r"\1", "-m=0 -m=1"),
    # Radio Free Europe/Radio Liberty: each page is /a/<number>.html, with words before it or not.
    _rule(_RFE + r"/(?:a/)?(?:[^/]+/)?(\d{6,9})\.html", r"\1/a/\2.html"),
    _rule(
        r"interfax\.ru/(?:russia|world|moscow|business|culture|digital)/(\d+)", r"interfax.ru/\1"
    ),
    _rule(r"iz\.ru/(?:export/google/)?(\d{6,})(?:/\d{4}-\d\d-\d\d/.*)?", r"iz.ru/\1"),
    _rule(r"rbc\.ru/rbcnews(/.+)", r"rbc.ru\1"),
    _rule(r"regnum\.ru/(?:news/)?(\d{5,})(?:\.html)?", r"regnum.ru/news/\1"),
    _rule(r"(armenpress\.am/[a-z]{2,3})/(?:news/|print/)?(\d{5,})", r"\1/news/\2"),
    _rule(r"panarmenian\.net/m(/.+)", r"panarmenian.net\1"),
    _rule(r"(unn\.ua/(?:ru|en))/news/([^/]+)", r"\1/\2"),
)

CARRIERS = {
    # Redirections and viewers that carry the page's address in a parameter.
    ("google", "/url"): ("q", "url"),
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
    ("vk.com", "/away.php"): ("to",),
    ("t.me", "/iv"): ("url",),
    ("yandexwebcache.net", "/yandbtm"): ("url",),
    ("hghltd.yandex.net", "/yandbtm"): ("url",),
    ("panarmenian.net", "/arm/tofv"): ("tourl",),
    ("panarmenian.net", "/rus/tofv"): ("tourl",),
    ("panarmenian.net", "/eng/tofv"): ("tourl",),
}
