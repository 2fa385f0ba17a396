#!/bin/sh
# Picture of the page for the README: `make demo`, then this; writes docs/images/report.png.
# Shows the plots and one report of out/report.html, whose third is the one with figures over years.
# Needs headless Chromium and a CJK font (scripts/install_browser.sh).
set -eu
cd "$(dirname "$0")/.."
page=out/report.html
picture=docs/images/report.png
[ -f "$page" ] || { echo "$page is not there; run make demo first" >&2; exit 1; }
aside=$(mktemp -d)
trap 'rm -rf "$aside"' EXIT
# a still picture cannot scroll: the other reports are hidden in a copy
sed 's|</head>|<style>.report:not(#d2), .overview, nav { display: none }</style></head>|' "$page" >"$aside/page.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$aside/profile" \
  --window-size=1280,1150 --screenshot="$PWD/$picture" "file://$aside/page.html" 2>/dev/null
echo "$picture: $(wc -c <"$picture") bytes"
