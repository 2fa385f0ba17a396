#!/bin/sh
# Run the tests with Python 3.10, the oldest that is supported, where one is installed.
set -eu
for candidate in "${PYTHON_OLDEST:-}" python3.10 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10.*/bin/python; do
  if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
    [ -x .venv-oldest/bin/pytest ] || {
      "$candidate" -m venv .venv-oldest
      .venv-oldest/bin/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
    }
    exec .venv-oldest/bin/pytest -m 'not browser and not spark' -p no:cacheprovider
  fi
done
echo "no Python 3.10 here: its tests were left out (set PYTHON_OLDEST to one)"
