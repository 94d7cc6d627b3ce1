import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkcheck.slug import content_words, is_alike, language_of
from linkcheck.words import count, is_spaceless, join, language_by_script, tokens, with_ngrams


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council met.", 3),
        ("東京都知事が会見", 4),
        ("รัฐบาลไทยประกาศมาตรการใหม่", 6),
        ("In 東京 met the council", 5),
        ("서울 시장이 말했다", 3),
        ("", 0),
    ],
)
def test_words_are_counted_in_every_script(text: str, expected: int) -> None:
    assert count(text) == expected


def test_a_letter_of_a_script_without_spaces_is_a_token() -> None:
    assert tokens("met 東京 in") == ["met", "東", "京", "in"]
    assert tokens("Plain words only") == ["Plain", "words", "only"]
    assert join(["met", "東", "京", "in"]) == "met 東京 in"


@given(st.text())
def test_no_letter_is_lost_between_tokens(text: str) -> None:
    assert "".join(tokens(text)) == "".join(text.split())


@given(st.text(alphabet="abc 東京ไทย"))
def test_a_text_without_those_scripts_is_split_at_white_space(text: str) -> None:
    if not is_spaceless(text):
        assert tokens(text) == text.split()
        assert list(with_ngrams(text.split())) == text.split()


def test_runs_of_a_script_are_cut_into_overlapping_pairs() -> None:
    assert list(with_ngrams(["東京都知事", "met", "都", "iPhone発売"])) == [
        *("東京", "京都", "都知", "知事"),
        "met",
        "都",
        *("iPhone", "発売"),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("東京都知事、緊急事態宣言を要請", "ja"),
        ("北京市政府宣布新的防疫措施", "zh"),
        ("รัฐบาลไทยประกาศมาตรการใหม่", "th"),
        ("서울 시장이 새 정책을 발표했다", "ko"),
        ("The council met in 東京", None),
        ("Only Latin", None),
    ],
)
def test_a_script_tells_the_language(text: str, language: str | None) -> None:
    assert language_by_script(text) == language


@pytest.mark.parametrize(
    ("headline", "other", "same"),
    [
        ("東京都知事、新型コロナで緊急事態宣言を要請", "緊急事態宣言を要請 東京都知事「感染止まらず」", True),
        ("東京都知事、新型コロナで緊急事態宣言を要請", "日本代表、東京五輪で金メダルを獲得", False),
        ("北京宣布暂停所有国际航班", "所有国际航班暂停 北京宣布新措施", True),
        ("北京宣布暂停所有国际航班", "上海举办国际电影节开幕式", False),
        ("รัฐบาลประกาศมาตรการช่วยเหลือเกษตรกร", "มาตรการช่วยเหลือเกษตรกร รัฐบาลประกาศแล้ว", True),
        ("รัฐบาลประกาศมาตรการช่วยเหลือเกษตรกร", "ฟุตบอลทีมชาติไทยชนะเวียดนาม", False),
        ("प्रधानमंत्री ने किसानों के लिए नई योजना की घोषणा की", "किसानों के लिए नई योजना, प्रधानमंत्री की घोषणा", True),
    ],
)
def test_headlines_are_compared_in_every_script(headline: str, other: str, same: bool) -> None:
    assert is_alike(headline, other) is same


def test_grammar_alone_says_nothing_of_a_subject() -> None:
    assert content_words("こちらから") == ()
    assert language_of("もっと読む") == "ja"
