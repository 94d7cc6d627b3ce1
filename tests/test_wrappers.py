"""Which addresses carry another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck import uri
from linkcheck.wrappers import inner_of

INNER = "https://paper.org/story?id=4"
CODED = "https%3A%2F%2Fpaper.org%2Fstory%3Fid%3D4"


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.google.com/url?q={CODED}&sa=D",
        f"https://google.co.uk/url?url={CODED}",
        f"https://eur01.safelinks.protection.outlook.com/?url={CODED}&data=05%7C02",
        f"https://l.facebook.com/l.php?u={CODED}&h=AT0",
        f"https://lm.facebook.com/l.php?u={CODED}",
        f"https://l.instagram.com/?u={CODED}",
        f"https://www.youtube.com/redirect?event=video&q={CODED}",
        f"https://duckduckgo.com/l/?uddg={CODED}",
        f"https://consent.youtube.com/m?continue={CODED}&gl=DE",
        f"https://consent.google.de/ml?continue={CODED}",
        f"https://guce.techcrunch.com/consent?brandType=eu&done={CODED}",
        f"https://www.reddit.com/over18?dest={CODED}",
        f"https://www.linkedin.com/authwall?trk=x&sessionRedirect={CODED}",
        f"https://www.google.com/sorry/index?continue={CODED}&q=x",
        f"https://steamcommunity.com/linkfilter/?url={CODED}",
        f"https://vk.com/away.php?to={CODED}",
        f"https://out.reddit.com/t3_x?url={CODED}",
        "https://urldefense.com/v3/__https://paper.org/story?id=4__;!!abc",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__paper.org_story-3Fid-3D4&d=x",
        f"https://www.google.com/url?q=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3D{CODED.replace('%', '%25')}",
    ],
)
def test_redirectors_are_opened(url: str) -> None:
    assert inner_of(url) == INNER


@pytest.mark.parametrize(
    "url",
    [
        INNER,
        "https://www.google.com/search?q=https%3A%2F%2Fpaper.org",
        "https://www.google.com/url?sa=D",
        "https://www.google.com/url?q=javascript%3Aalert(1)",
        "https://www.google.com/url?q=nonsense",
        "https://www.google.com/url?q=http%3A%2F%2Flocalhost%2F",
        f"https://notgoogle.com/url?q={CODED}",
        f"https://paper.org/url?q={CODED}",
        "mailto:a@b.org",
        "",
    ],
)
def test_other_addresses_are_left_alone(url: str) -> None:
    assert inner_of(url) is None


@given(st.text(max_size=200))
def test_any_inner_text_gives_an_address_or_nothing(text: str) -> None:
    inner = inner_of(f"https://www.google.com/url?q={text}")

    assert inner is None or uri.scheme_of(inner) in uri.WEB
