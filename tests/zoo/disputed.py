"""What linkcheck does not tell apart yet: the word that is wanted, and the one that is said today."""

from linkcheck.model import Verdict
from tests.zoo.dens import page
from tests.zoo.row import Dispute, Row
from tests.zoo.words import ALIVE, page_says

_NOT_HERE = b"<title>Page not found</title><h1>404</h1><p>Sorry, the page that you were looking for does not exist."
_FOR_SALE = b"<title>zoo.test is for sale</title><h1>This domain is for sale!</h1><a href=https://sedo.com/>Buy it</a>"

DISPUTED = (
    Dispute(Row("200-not-found", page(200, _NOT_HERE), page_says(Verdict.SOFT_404)), ALIVE),
    Dispute(Row("200-for-sale", page(200, _FOR_SALE), page_says(Verdict.USURPED)), ALIVE),
)
