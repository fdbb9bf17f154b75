"""The web, safely: public pages only, bounded in time and size, and politely."""

from app.fetching.addresses import judge_url
from app.fetching.fetched import Fetched
from app.fetching.fetcher import Fetcher
from app.fetching.networks import judge_address
from app.fetching.rules import Allowance, FetchRules

__all__ = ["Allowance", "FetchRules", "Fetched", "Fetcher", "judge_address", "judge_url"]
