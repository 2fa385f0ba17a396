"""Tests of jfextract.corpus."""
