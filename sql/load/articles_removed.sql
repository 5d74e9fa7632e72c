-- One row per article that is read anew.
delete from core.article
where
    article_id in (
        select present.article_id
        from present
        inner join core.article as kept on present.article_id = kept.article_id
        where present.extraction_id <> kept.extraction_id
    )
