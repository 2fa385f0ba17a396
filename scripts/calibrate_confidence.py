"""Count how often a linked figure is right, by the rule that gave its item, in annotated reports.

    python scripts/calibrate_confidence.py FOLDER/NAME [...] --source "what the annotation is"

FOLDER/NAME.docs.jsonl and FOLDER/NAME.gold.jsonl hold texts and annotation with the field names of the record. A
figure is right when span, value, unit, item and change are. Writes link/data/confidence.tsv.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.quality.scoring import is_fact, paired

from jfextract import Extractor
from jfextract.link.confidence import group_of

TABLE = ROOT / "src" / "jfextract" / "link" / "data" / "confidence.tsv"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--source", required=True)
    arguments = parser.parse_args()
    extractor = Extractor()
    right: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    for each in arguments.sets:
        texts, gold = (
            [
                json.loads(line)
                for line in each.with_name(f"{each.name}.{part}.jsonl").read_text("utf-8").splitlines()
            ]
            for part in ("docs", "gold")
        )
        annotation = {entry["id"]: entry["measures"] for entry in gold}
        for text in texts:
            doc = extractor.extract(text["text"], date=text["date"], title=text.get("title"))
            records = [asdict(measure) for measure in doc.measures]
            matched = {j: i for i, j in paired(annotation[text["id"]], records)}
            for at, measure in enumerate(doc.measures):
                entry = annotation[text["id"]][matched[at]] if at in matched else None
                if entry is not None and entry.get("optional"):
                    continue
                key = (measure.rule.partition("+")[2] or "none", group_of(measure.kind))
                seen[key] += 1
                right[key] += entry is not None and is_fact(entry, records[at])
    head = f"# source: counted in {arguments.source}\n# licence: Apache-2.0\n# date: {datetime.date.today():%Y-%m}\n"
    rows = "".join(
        f"{rule}\t{group}\t{right[rule, group]}\t{seen[rule, group]}\n" for rule, group in sorted(seen)
    )
    TABLE.write_text(
        f"{head}# made by scripts/calibrate_confidence.py\nrule\tgroup\tright\tseen\n{rows}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
