"""Documents into things people use: JSON rows, tables, frames, a page; nothing here extracts.

``records`` writes and reads the JSON row, ``frames`` makes pandas and Arrow tables, ``tables`` writes CSV
and Parquet, ``html`` the page, ``panel`` the figures by year, ``terminal`` the table on a terminal.
"""
