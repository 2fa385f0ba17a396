"""Tests of jfextract.schema."""
