"""Reading pages: a page goes in, what it says comes out. Pure: no network, database, clock or log."""
