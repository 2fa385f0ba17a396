"""The rules, by kind of expression; ``jfextract.times.scan`` holds their order."""
