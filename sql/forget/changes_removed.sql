-- One row per difference between readings of the URLs.
delete from core.article_change
where
    extraction_id in (
        select reading.extraction_id
        from core.extraction as reading
        where reading.url_id in (select unnest($url_ids::bigint[]))
    )
    or earlier_id in (
        select reading.extraction_id
        from core.extraction as reading
        where reading.url_id in (select unnest($url_ids::bigint[]))
    )
