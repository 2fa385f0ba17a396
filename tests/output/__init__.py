"""Tests of jfextract.output."""
