"""From whatever was scraped to clean simplified text: decoding, repair, normalising, article, offsets, words."""
