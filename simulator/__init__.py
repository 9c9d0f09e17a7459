"""The demo marketplace: a seeded, synthetic economy written night by night as a landing zone."""
