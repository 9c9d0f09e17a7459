"""Olist, a real Brazilian marketplace: its public order files mapped to the landing contract."""
