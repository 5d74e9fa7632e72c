-- One row per difference between readings of the URLs.
delete from core.article_change
where
    list_has_any(
        [extraction_id, earlier_id],
        (
            select coalesce(list(extraction.extraction_id), [])
            from core.extraction as extraction
            where extraction.url_id in (select unnest($url_ids::bigint[]))
        )
    )
