#!/bin/sh
# Makes the pictures that other servers show (they do not take SVG) from the drawings beside this file.
# Needs Chromium.
set -eu
cd "$(dirname "$0")"
out=../src/main/resources/static
draw() {
  profile=$(mktemp -d)
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --user-data-dir="$profile" \
    --window-size="$2,$3" --screenshot="$profile/shot.png" "file://$PWD/$1.svg" >/dev/null 2>&1
  mv "$profile/shot.png" "$out/$1.png"
  rm -rf "$profile"
}
draw banner 1200 630
draw icon 400 400
