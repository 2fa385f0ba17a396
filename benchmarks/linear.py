"""Print how long one repeated text takes at three sizes: doubling it should double the time, whatever it is.

    python benchmarks/linear.py [CHARACTERS]

Times are processor seconds of the quantity search for a quarter, a half and all of CHARACTERS (1,000,000).
"""

from __future__ import annotations

import sys
import time

from jfextract import units

PATTERNS = (
    "1",
    "一",
    "万",
    "1万",
    "1、",
    "几",
    "1.",
    "至",
    "约",
    "第",
    "%",
    "2020年",
    "3759件",
    "（",
    "“",
    "县",
    "a1-",
)


def main() -> None:
    whole = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    sizes = (whole // 4, whole // 2, whole)
    units.find("召开会议144次")
    print("| repeated | " + " | ".join(f"{size:,}" for size in sizes) + " | growth |")
    print("|---|" + "--:|" * (len(sizes) + 1))
    for pattern in PATTERNS:
        spent = []
        for size in sizes:
            text = (pattern * (size // len(pattern) + 1))[:size]
            begun = time.process_time()
            units.find(text)
            spent.append(time.process_time() - begun)
        figures = " | ".join(f"{seconds:.2f}" for seconds in spent)
        print(f"| `{pattern}` | {figures} | {spent[-1] / max(spent[0], 1e-3):.1f} |")


if __name__ == "__main__":
    main()
