"""A corpus on an engine that spreads work over machines; each engine is an extra of its own."""
