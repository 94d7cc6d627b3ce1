"""What linkcheck does not tell apart yet: the word that is wanted, and the one that is said today."""

from linkcheck.model import Verdict
from tests.zoo.dens import interrupts, page, says, talks
from tests.zoo.row import Dispute, Row
from tests.zoo.words import ALIVE, NOT_HTTP, RESET, page_says

_NOT_HERE = b"<title>Page not found</title><h1>404</h1><p>Sorry, the page that you were looking for does not exist."
_FOR_SALE = b"<title>zoo.test is for sale</title><h1>This domain is for sale!</h1><a href=https://sedo.com/>Buy it</a>"

_NO_HEAD = b"<html>HTTP/0.9 has no head</html>\r\n"
_SSH, _NO_SSH = b"SSH-2.0-OpenSSH_9.9\r\n", b"Invalid SSH identification string.\r\n"

DISPUTED = (
    Dispute(Row("speaks-http-0.9", says(_NO_HEAD), NOT_HTTP), RESET),
    Dispute(Row("speaks-ssh", talks(interrupts(_NO_SSH, greeting=_SSH)), NOT_HTTP), RESET),
    Dispute(Row("200-not-found", page(200, _NOT_HERE), page_says(Verdict.SOFT_404)), ALIVE),
    Dispute(Row("200-for-sale", page(200, _FOR_SALE), page_says(Verdict.USURPED)), ALIVE),
)
