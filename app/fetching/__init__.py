"""The web, safely: public pages only, bounded in time and size, and politely."""
