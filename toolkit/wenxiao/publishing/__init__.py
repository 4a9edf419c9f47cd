"""Publishing: the disclosure gate, the static site, its open data and its proofs."""
