"""Planted schemes: one module each, found by `simulator.planting.discover`."""
