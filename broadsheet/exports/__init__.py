"""Taking articles along: Parquet, JSON lines and CSV, and folders of them here or on any store that fsspec reaches."""
