#!/bin/sh
# Run the tests of the Spark engine on a real cluster of this machine, in a virtual environment of their own.
# Java is installed with apt where it is missing; elsewhere, install a Java 17 runtime by hand.
set -eu
python=${PYTHON:-python3}
if ! command -v java >/dev/null; then
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "the Spark tests need Java 17 (Debian: openjdk-17-jre-headless)" >&2
    exit 1
  fi
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless procps >/dev/null
fi
if [ ! -e .venv-spark/.ready ] || [ pyproject.toml -nt .venv-spark/.ready ]; then
  "$python" -m venv .venv-spark
  .venv-spark/bin/python -m pip install --quiet --disable-pip-version-check -e '.[spark]' 'pytest>=8.3'
  touch .venv-spark/.ready
fi
PYSPARK_PYTHON=$PWD/.venv-spark/bin/python exec .venv-spark/bin/python -m pytest -m spark -p no:cacheprovider tests/spark
