"""What we know of single sites: `<site>.toml`, and `<site>.py` for what no selector can say."""
