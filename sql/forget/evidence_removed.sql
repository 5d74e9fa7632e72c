-- One row per piece of evidence of a reading of the URLs.
delete from evidence.evidence
where
    extraction_id in (
        select extraction.extraction_id
        from core.extraction as extraction
        where extraction.url_id in (select unnest($url_ids::bigint[]))
    )
