"""Tables are data: loading and checking the TSV files of the rooms."""

from jfextract.lexicon.tables import Row, read_table, room_table

__all__ = ["Row", "read_table", "room_table"]
