"""Video and social platforms whose pages say 200 to everything, and how they can be asked (https://oembed.com)."""

import re
from urllib.parse import urlencode

from msgspec import Struct

from linkcheck import uri


class Platform(Struct, frozen=True):
    """One platform."""

    name: str
    content: re.Pattern[str]
    """What the path (with its query) of a page begins with that is somebody's content."""
    oembed: str = ""
    """The address that tells of a page; empty where there is none that answers everybody."""

    def question(self, url: str) -> str:
        """Give the address at which the platform says whether a page is there."""
        return f"{self.oembed}{'&' if '?' in self.oembed else '?'}{urlencode({'url': url, 'format': 'json'})}"


def platform_of(url: str) -> Platform | None:
    """Give the platform whose content a URL is; None for its front page and everybody else's pages."""
    parts = uri.parse(url)
    if parts is None or parts.scheme not in uri.WEB:
        return None
    host = parts.host
    if not host.endswith(_ENDINGS):
        return None
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    platform = _PLATFORMS.get(host)
    asked = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return platform if platform and platform.content.match(asked) else None


_PREFIXES = ("www.", "m.", "mobile.", "de-de.", "en-gb.", "fr-fr.", "web.", "old.")
_ANY = re.compile(r"/[^/?]")


def _made(name: str, content: str, oembed: str = "") -> Platform:
    return Platform(name, re.compile(content) if content else _ANY, oembed)


_YOUTUBE = _made("YouTube", r"/watch\?|/shorts/|/live/|/playlist\?|/embed/", "https://www.youtube.com/oembed")
_X = _made("X", r"/[^/]+/status/\d", "https://publish.twitter.com/oembed")
_PLATFORMS = {
    "youtube.com": _YOUTUBE,
    "youtu.be": _made("YouTube", "", "https://www.youtube.com/oembed"),
    "vimeo.com": _made("Vimeo", r"/\d|/[^/]+/\d", "https://vimeo.com/api/oembed.json"),
    "dailymotion.com": _made("Dailymotion", r"/video/", "https://www.dailymotion.com/services/oembed"),
    "twitter.com": _X,
    "x.com": _X,
    "tiktok.com": _made("TikTok", r"/@[^/]+/video/", "https://www.tiktok.com/oembed"),
    "soundcloud.com": _made("SoundCloud", r"/[^/]+/[^/]", "https://soundcloud.com/oembed"),
    "open.spotify.com": _made(
        "Spotify", r"/(?:[a-z-]+/)?(?:track|album|playlist|episode|show|artist)/", "https://open.spotify.com/oembed"
    ),
    "flickr.com": _made("Flickr", r"/photos/[^/]+/\d", "https://www.flickr.com/services/oembed/"),
    "ted.com": _made("TED", r"/talks/", "https://www.ted.com/services/v1/oembed.json"),
    "instagram.com": _made("Instagram", ""),
    "facebook.com": _made("Facebook", ""),
    "fb.watch": _made("Facebook", ""),
    "threads.net": _made("Threads", ""),
    "threads.com": _made("Threads", ""),
    "linkedin.com": _made("LinkedIn", ""),
    "pinterest.com": _made("Pinterest", ""),
    "quora.com": _made("Quora", ""),
    "vk.com": _made("VK", ""),
    "weibo.com": _made("Weibo", ""),
    "t.me": _made("Telegram", ""),
    "discord.com": _made("Discord", ""),
    "discord.gg": _made("Discord", ""),
    "snapchat.com": _made("Snapchat", ""),
    "twitch.tv": _made("Twitch", ""),
    "bilibili.com": _made("Bilibili", r"/video/"),
    "rumble.com": _made("Rumble", r"/v"),
}
"""By host without `www.`. YouTube alone is 27 % of the addresses of free-programming-books."""
_ENDINGS = tuple(_PLATFORMS)
