"""jfextract."""
