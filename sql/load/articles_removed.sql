-- One row per article that is read anew.
delete from core.article
where
    rowid in (
        select before.place
        from article_before as before
        inner join present on before.article_id = present.article_id
        where before.extraction_id <> present.extraction_id
    )
