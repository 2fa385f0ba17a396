"""Print the scores of the annotated reports in the form of tests/quality/floors.toml."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.quality.scoring import scores
from tests.quality.test_gold_floors import FOLDERS, gold_and_found


def main() -> None:
    print("# Measured quality. A figure may rise; it sinks only with a reason in the commit message.")
    print("# Made by benchmarks/floors.py.")
    for name, folder in FOLDERS.items():
        if folder.exists():
            gold, found, _ = gold_and_found(name)
            print(f"\n[{name}]")
            for score, value in scores(gold, found).items():
                print(f"{score} = {value}")


if __name__ == "__main__":
    main()
