"""Adapters: real source schemas mapped to the landing contract, one package each."""
