#!/bin/sh
# Install headless Chromium and a CJK font with apt where they are missing; elsewhere, install them by hand.
set -eu
if command -v chromium >/dev/null && fc-list ':lang=zh' 2>/dev/null | grep -q .; then
  exit 0
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "the browser tests need chromium and a CJK font (Debian: chromium fonts-noto-cjk)" >&2
  exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null
