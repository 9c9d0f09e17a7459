"""Pages for people; `docs.generate` writes the ones that follow from the code."""
