"""What linkcheck does not tell apart yet: the word that is wanted, and the one that is said today."""

from tests.zoo.dens import says
from tests.zoo.row import Dispute, Row
from tests.zoo.words import ALIVE, BLANK

DISPUTED = (
    Dispute(Row("type-missing", says(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ntext"), ALIVE), BLANK),
    Dispute(
        Row("type-nonsense", says(b"HTTP/1.1 200 OK\r\ncontent-type: ;;;\r\ncontent-length: 4\r\n\r\ntext"), ALIVE),
        BLANK,
    ),
)
