"""Print the JSON Schema of a document row: ``python -m jfextract.schema > document.schema.json``."""

import json

from jfextract.schema import document_json_schema

if __name__ == "__main__":
    print(json.dumps(document_json_schema(), ensure_ascii=False, indent=2))
