"""Counting of ballots: pure functions, no Django, no clock. `docs/counting.md` states the rules."""
