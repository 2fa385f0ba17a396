"""Documents into things people use: JSON rows, tables, frames, a page; nothing here extracts.

``records`` writes and reads the JSON row, ``frames`` makes pandas and Arrow tables, ``tables`` writes CSV
and Parquet, ``html`` the page, ``chart`` its charts, ``terminal`` the table on a terminal; ``codebook`` and ``panel`` set the
figures of many documents beside each other.
"""
