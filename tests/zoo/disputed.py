"""What linkcheck does not tell apart yet: the word that is wanted, and the one that is said today. Now nothing."""

from tests.zoo.row import Dispute

DISPUTED: tuple[Dispute, ...] = ()
