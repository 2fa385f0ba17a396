"""Tables are data: loading and checking the TSV files of the rooms."""

from jfextract.lexicon.tables import Row, read_table, room_cells, room_table
from jfextract.lexicon.user import Lexicon

__all__ = ["Lexicon", "Row", "read_table", "room_cells", "room_table"]
