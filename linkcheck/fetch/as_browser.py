"""The headers of a browser, for the one request that decides whether a page is gone.

Some sites answer 404 to programs and 200 to people. So a page that was gone for us is asked for once more, at the end
of the run, as a browser asks: only then is it called dead. Nothing else is ever asked in this way, no archive, and
nothing where the user obeys robots.txt or has chosen a name (`user-agent`). Both engines send the same.
"""

BROWSER = (
    ("user-agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"),
    ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("accept-language", "en-US,en;q=0.5"),
    ("upgrade-insecure-requests", "1"),
    ("sec-fetch-dest", "document"),
    ("sec-fetch-mode", "navigate"),
    ("sec-fetch-site", "none"),
    ("sec-fetch-user", "?1"),
)
"""Firefox 145 on Windows: it sends no client hints, which would have to agree with the rest."""
