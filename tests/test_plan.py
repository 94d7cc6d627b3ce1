"""What is to be asked: the rules of resolution, and that nothing is dropped or doubled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from linkcheck import uri
from linkcheck.model import ReasonCode, Reference, Role, Span, Verdict
from linkcheck.plan import Ground, Plan, Scope, discreet, patterns, plan

LOCAL = Ground(url="file:///docs/guide/intro.md")


def reference(raw: str, role: Role = Role.CITATION, base: str | None = None) -> Reference:
    return Reference(raw=raw, span=Span(0, len(raw), 1, 1), element="link", role=role, base=base)


def planned(raw: str, ground: Ground = LOCAL, scope: Scope | None = None, **said: object) -> Plan:
    return plan(reference(raw, **said), raw, ground, scope or Scope())  # type: ignore[arg-type]  # test shorthand


@pytest.mark.parametrize(
    "raw", ["", "  ", "#", "#!", "about:blank", "javascript:void(0)", "JavaScript:;", "\tjavascript:x"]
)
def test_a_lost_target_is_a_placeholder(raw: str) -> None:
    result = planned(raw)

    assert result.judgement is not None
    assert result.judgement.verdict is Verdict.PLACEHOLDER
    assert result.link is None


def test_a_control_of_a_page_has_lost_no_target() -> None:
    button = replace(reference("#"), is_control=True)
    result = plan(button, button.raw, LOCAL, Scope())

    assert result.judgement is not None
    assert result.judgement.verdict is Verdict.SKIPPED
    assert result.judgement.reason.code is ReasonCode.CONTROL


@pytest.mark.parametrize("raw", ["#top", "#id", "#!/route"])
def test_a_fragment_of_the_document_itself_has_no_link(raw: str) -> None:
    result = planned(raw)

    assert result.judgement is None
    assert result.link is None
    assert result.fragment == raw[1:]
    assert result.url == f"file:///docs/guide/intro.md{raw}"


@pytest.mark.parametrize(
    ("raw", "ground", "url"),
    [
        ("other.md", LOCAL, "file:///docs/guide/other.md"),
        ("../a%20b.md#x", LOCAL, "file:///docs/a%20b.md#x"),
        ("/img/a.png", LOCAL, "file:///img/a.png"),
        ("//cdn.example.org/x", LOCAL, "https://cdn.example.org/x"),
        ("other", Ground(url=LOCAL.url, base_url="https://site.org/docs/"), "https://site.org/docs/other"),
        ("/x", Ground(url=LOCAL.url, base_url="https://site.org/docs/"), "https://site.org/x"),
        ("/x", Ground(url=LOCAL.url, origin="https://paper.org:443"), "https://paper.org/x"),
        ("x.md", Ground(url=LOCAL.url, origin="https://paper.org:443"), "file:///docs/guide/x.md"),
        ("../../../img/x", Ground(url=LOCAL.url, origin="https://paper.org:443"), "https://paper.org/img/x"),
        ("/x", Ground(url="https://site.org/a/b"), "https://site.org/x"),
        ("?q=1", Ground(url="https://site.org/a/b"), "https://site.org/a/b?q=1"),
        ("//cdn.example.org/x", Ground(url=None), "https://cdn.example.org/x"),
    ],
)
def test_a_relative_destination_stands_on_what_the_rules_say(raw: str, ground: Ground, url: str) -> None:
    assert planned(raw, ground).url == url


def test_base_href_comes_first() -> None:
    ground = Ground(url="file:///a.html", base_url="https://site.org/docs/")

    assert planned("x", ground, base="https://elsewhere.org/y/").url == "https://elsewhere.org/y/x"
    assert planned("x", ground, base="sub/").url == "https://site.org/docs/sub/x"


def test_an_address_that_three_values_have_in_common_is_kept_once() -> None:
    raw = f"https://site.org/{len(LOCAL.url or '')}"
    result = planned(raw)

    assert result.url is raw
    assert result.link is raw


def test_a_local_link_is_asked_without_query() -> None:
    result = planned("other.md?raw=1#part")

    assert result.link == "file:///docs/guide/other.md"
    assert result.fragment == "part"


@pytest.mark.parametrize(
    ("raw", "is_out"),
    [
        ("../../LICENSE", False),
        ("../../../LICENSE", True),
        ("x/../../../LICENSE", False),
        ("x/../../../../LICENSE", True),
        ("/../LICENSE", True),
        ("%2e%2E/../../a", True),
        ("a?../../../../x", False),
    ],
)
def test_a_path_that_climbs_out_of_the_root_is_not_looked_up(raw: str, is_out: bool) -> None:
    result = planned(raw)

    assert (result.link is None) is is_out
    if result.judgement:
        assert result.judgement.reason.code is ReasonCode.OUTSIDE_ROOT


def test_standard_input_has_no_folder() -> None:
    result = planned("other.md", Ground(url=None))

    assert result.judgement is not None
    assert result.judgement.reason.code is ReasonCode.NO_BASE


@pytest.mark.parametrize(
    "raw", ["mailto:a@b.org", "tel:+1", "ftp://x.org/", "data:text/plain,x", "file:///etc/passwd", "C:\\x"]
)
def test_other_schemes_are_skipped_by_design(raw: str) -> None:
    result = planned(raw)

    assert result.judgement is not None
    assert result.judgement.verdict is Verdict.SKIPPED
    assert result.judgement.reason.code is ReasonCode.SCHEME
    assert result.judgement.reason.code.is_by_design


@pytest.mark.parametrize("raw", ["doi:10.1000/182", "DOI:10.1000/182", "doi: 10.1000/182"])
def test_a_doi_is_asked_where_dois_are_resolved(raw: str) -> None:
    assert planned(raw).link == "https://doi.org/10.1000/182"


@pytest.mark.parametrize("raw", ["doi:11.1000/182", "doi:10.1/182", "doi:10.1000"])
def test_what_only_begins_as_a_doi_is_another_scheme(raw: str) -> None:
    result = planned(raw)

    assert result.judgement is not None
    assert result.judgement.reason.code is ReasonCode.SCHEME


@pytest.mark.parametrize(
    "raw",
    [
        "https://x.org/{{ page }}",
        "{{site.url}}/page",
        "https://x.org/%7B%7Bpage%7D%7D",
        "https://x.org/%7b%7bpage",
        "{% url 'page' %}",
        "<%= url %>",
        "<?php echo $url ?>",
        "/story/<?= $id ?>",
        '@Url.Action("Index")',
        "https://x.org/${id}",
        "https://x.org/$%7Bid%7D",
        "https://x.org/%24%7Bid%7D",
        "https://x.org/%(id)s",
        "https://<host>/x",
        "https://<your-host>/x",
        "https://x.org/<user name>",
        "https://%3Chost%3E/x",
        "https://api.x.org/repos/{owner}/{repo}",
        "https://x.org/list{?page,size}",
        "https://x.org/{+path}",
    ],
)
def test_templates_are_skipped(raw: str) -> None:
    result = planned(raw)

    assert result.judgement is not None
    assert result.judgement.reason.code is ReasonCode.TEMPLATE
    assert result.judgement.reason.code.is_by_design


@pytest.mark.parametrize(
    "raw",
    [
        "https://x.org/?id={F3F2504E-4F89-11D3-9A0C-0305E82C3301}",
        "https://x.org/%7BF3F2504E-4F89-11D3-9A0C-0305E82C3301%7D",
        'https://x.org/?q={"a":{"b":1}}',
        "https://x.org/?q=%7B%22a%22%3A%7B%22b%22%3A1%7D%7D",
        "https://x.org/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2",
        "https://x.org/(SICI)1097-0258(19980815/30)17:15/16%3C1661::AID-SIM968%3E3.0.CO;2-2",
        "https://x.org/0123.nsf/$FILE/a.pdf",
        "https://x.org/a<b",
        "https://x.org/100%25/{}",
    ],
)
def test_addresses_with_braces_and_brackets_of_their_own_are_asked(raw: str) -> None:
    assert planned(raw).link is not None


@pytest.mark.parametrize("raw", ["http://[::1", "https://a b.org/", "http://x.org:99999/", "https://"])
def test_what_whatwg_cannot_parse_is_invalid(raw: str) -> None:
    result = planned(raw)

    assert result.judgement is not None
    assert result.judgement.verdict is Verdict.INVALID


def test_a_password_in_a_document_is_neither_sent_nor_repeated() -> None:
    result = planned("https://me:secret@x.org/a@b?c@d#e@f")

    assert result.url == "https://x.org/a@b?c@d#e@f"
    assert result.link == "https://x.org/a@b?c@d"


def test_a_person_says_what_is_checked() -> None:
    scope = Scope(include=patterns(["keep"]), exclude=patterns(["drop"]))

    assert planned("https://x.org/keep", scope=scope).judgement is None
    for raw in ("https://x.org/keep-drop", "https://x.org/other"):
        result = planned(raw, scope=scope)
        assert result.judgement is not None
        assert result.judgement.reason.code is ReasonCode.EXCLUDED
        assert result.url == raw


def test_roles_that_are_not_wanted_are_listed_but_not_asked() -> None:
    result = planned("https://x.org/", scope=Scope(roles=frozenset({Role.ORIGINAL})))

    assert result.judgement is not None
    assert result.link is None


def test_a_role_that_is_not_wanted_shows_the_address_as_any_other() -> None:
    scope = Scope(roles=frozenset({Role.IMAGE}))

    assert planned("https://me:secret@x.org/p", scope=scope).url == "https://x.org/p"
    assert planned("/x", Ground(url=LOCAL.url, origin="https://paper.org:443"), scope).url == "https://paper.org/x"


def test_roles_hold_for_places_in_the_document_itself_too() -> None:
    for raw in ("#part", "#", ""):
        result = planned(raw, scope=Scope(roles=frozenset({Role.IMAGE})))
        assert result.judgement is not None
        assert result.judgement.reason.code is ReasonCode.EXCLUDED


def test_navigation_of_a_page_is_asked_only_when_wanted() -> None:
    page = Ground(url="https://x.org/story")

    assert planned("/home", page, role=Role.NAVIGATION).link is None
    assert (
        planned("/home", page, Scope(roles=frozenset({Role.NAVIGATION})), role=Role.NAVIGATION).link
        == "https://x.org/home"
    )
    assert planned("/home", LOCAL, role=Role.NAVIGATION).link == "file:///home"


@given(st.text(), st.sampled_from([LOCAL, Ground(url=None), Ground(url="https://x.org/a")]))
def test_every_destination_gets_exactly_one_plan(raw: str, ground: Ground) -> None:
    result = planned(raw, ground)

    is_settled = result.judgement is not None
    is_asked = result.link is not None
    is_own = result.fragment is not None and result.link is None
    assert is_settled + is_asked + (is_own and not is_settled) == 1
    if result.link:
        assert "#" not in result.link
        assert uri.key(result.link) == result.link


def test_shards_share_out_every_reference_once() -> None:
    raws = [f"https://site-{number}.org/{path}" for number in range(20) for path in ("", "x")]
    raws += ["#", "b.md", "mailto:a@b.org", "https://"]
    ground = Ground(url="file:///a.md")
    taken = []
    for share in (1, 2, 3):
        for raw in raws:
            reference = Reference(raw=raw, span=Span(0, 1, 1, 1), element="link")
            made = plan(reference, raw, ground, Scope(shard=(share, 3)))
            text = made.judgement.reason.text if made.judgement else ""
            if not text.startswith("falls to shard"):
                taken.append((raw, share))

    assert sorted(raw for raw, _ in taken) == sorted(raws)
    shares = dict(taken)
    assert {shares[raw] for raw in raws[-4:]} == {1}
    assert all(shares[f"https://site-{number}.org/"] == shares[f"https://site-{number}.org/x"] for number in range(20))
    assert set(shares.values()) == {1, 2, 3}


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("https://me:pass@a.test/x?y=:z@", "https://***@a.test/x?y=:z@"),
        ("//me:p@ss@a.test/", "//***@a.test/"),
        ("ftp://me:@a.test", "ftp://***@a.test"),
        ("https://me@a.test/", "https://***@a.test/"),
        ("https://a.test/a:b@c", "https://a.test/a:b@c"),
        ("mailto:a@b.test", "mailto:a@b.test"),
        ("/x:y@z", "/x:y@z"),
    ],
)
def test_a_password_is_hidden_and_nothing_else(raw: str, shown: str) -> None:
    reference = Reference(raw=raw, span=Span(3, 9, 1, 1), element="link", text=f"see {raw} there")

    assert discreet(reference) == replace(reference, raw=shown, text=f"see {shown} there")


@pytest.mark.parametrize("scheme", ["htp", "htpp", "hhtp", "htttp", "ttp", "htps", "htpps", "httpss", "htts"])
def test_a_misspelt_scheme_gets_a_hint(scheme: str) -> None:
    judgement = planned(f"{scheme}://a.test/").judgement

    assert judgement
    assert judgement.verdict is Verdict.SKIPPED
    assert "; did you mean `http" in judgement.reason.text


@pytest.mark.parametrize("scheme", ["ftp", "mailto", "shttp", "tel", "ssh", "git", "magnet", "xmpp", "h"])
def test_other_schemes_are_left_alone(scheme: str) -> None:
    judgement = planned(f"{scheme}:x").judgement

    assert judgement
    assert judgement.reason.text == f"`{scheme}:` is not checked"


SITE = Scope(
    remaps=tuple(
        (patterns([pattern])[0], target)
        for pattern, target in [
            (r"^https://docs\.example\.org/$", "./docs/index.md"),
            (r"^https://docs\.example\.org/(?P<name>.*?)/?$", "./docs/${name}.md"),
            (r"^http://old\.example\.org/(.*)", "https://new.example.org/$1"),
            (r"^https://up\.example\.org/(.*)", "../../$1"),
            (r"^https://root\.example\.org/(.*)", "/$1"),
        ]
    ),
    here="file:///site/",
)


@pytest.mark.parametrize(
    ("raw", "link", "fragment"),
    [
        ("https://docs.example.org/guide/start", "file:///site/docs/guide/start.md", None),
        ("https://docs.example.org/guide/start/#Install", "file:///site/docs/guide/start.md", "Install"),
        ("https://docs.example.org/guide?x=1#y", "file:///site/docs/guide.md", "y"),
        ("https://docs.example.org/", "file:///site/docs/index.md", None),
        ("https://docs.example.org/a%20b", "file:///site/docs/a%20b.md", None),
        ("http://old.example.org/x?y=1", "https://new.example.org/x?y=1", None),
        ("https://root.example.org/x.md", "file:///x.md", None),
        ("https://other.example.org/x", "https://other.example.org/x", None),
    ],
)
def test_a_url_may_be_checked_elsewhere(raw: str, link: str, fragment: str | None) -> None:
    result = planned(raw, scope=SITE)

    assert (result.url, result.link, result.fragment) == (uri.resolve(raw, None), link, fragment)


@pytest.mark.parametrize("raw", ["https://up.example.org/x", "https://docs.example.org/../..%2f../x"])
def test_nothing_is_remapped_to_what_lies_outside_the_root(raw: str) -> None:
    result = planned(raw, scope=SITE)

    assert result.link is None or result.link.startswith("file:///site/docs/")


def test_an_untrusted_config_leads_no_local_link_elsewhere() -> None:
    remaps = ((patterns(["."])[0], "./index.md"),)
    trusted, untrusted = (Scope(remaps=remaps, remaps_files=it_is) for it_is in (True, False))

    assert planned("gone.md", scope=trusted).link == "file:///index.md"
    assert planned("gone.md", scope=untrusted).link == "file:///docs/guide/gone.md"
    assert planned("https://a.org/", scope=untrusted).link == "file:///index.md"


def test_a_group_that_there_is_not_is_empty() -> None:
    scope = Scope(remaps=((patterns(["^https://a.org/(x)?"])[0], "./$1$2${name}y"),))

    assert planned("https://a.org/", scope=scope).link == "file:///y"


def test_an_address_that_no_server_takes_is_invalid_and_kept_short() -> None:
    long = reference("https://paper.org/" + "a" * 10_000_000)
    result = plan(long, long.raw, LOCAL, Scope())

    assert result.judgement is not None
    assert (result.judgement.verdict, result.link) == (Verdict.INVALID, None)
    assert len(discreet(long).raw) < 2_000


def test_a_picture_written_into_the_page_is_no_address() -> None:
    picture = reference("data:image/png;base64," + "A" * 1_000_000)
    result = plan(picture, picture.raw, LOCAL, Scope())

    assert result.judgement is not None
    assert result.judgement.reason.code is ReasonCode.SCHEME
    assert len(discreet(picture).raw) < 2_000
