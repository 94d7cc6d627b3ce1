"""The only HTTP: a schedule over an onion over a wire."""
