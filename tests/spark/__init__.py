"""Tests of jfextract.corpus.engines.spark; make test-spark runs them."""
