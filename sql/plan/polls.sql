-- One row per question put to an endpoint, with the URLs that it named.
create or replace temp table poll as
select
    unnest(
        from_json(
            $polls,
            '[{"number": "INTEGER", "source": "VARCHAR", "endpoint": "VARCHAR", "kind": "VARCHAR", "status": "INTEGER",
               "etag": "VARCHAR", "last_modified": "VARCHAR", "reason": "VARCHAR", "detail": "VARCHAR",
               "warc_file": "VARCHAR", "warc_offset": "BIGINT", "warc_length": "BIGINT", "polled_at": "TIMESTAMPTZ",
               "found": [{"url_id": "BIGINT", "url": "VARCHAR", "title": "VARCHAR", "published_at": "TIMESTAMPTZ",
                          "modified_at": "TIMESTAMPTZ", "authors": ["VARCHAR"], "language": "VARCHAR", "guid": "VARCHAR",
                          "variants": ["BIGINT"]}]}]'
        ),
        recursive := true
    )
