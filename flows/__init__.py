"""The pipeline's runs and its command line: the only room that knows every other, and the only one that knows Prefect.

`discover`, `fetch`, `extract` and `load` are plain functions over a `Scene`; `ingest` makes them a flow.
"""
