-- One row per version that is no longer what we know.
delete from core.article_version
where
    rowid in (
        select before.place
        from version_before as before
        inner join core.article_version_past as past
            on before.article_id = past.article_id and before.number = past.number
        where past.until_load_id = $load_id
    )
