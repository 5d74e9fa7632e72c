-- One row per URL of a withdrawn article, or that only the promotion taken back had named.
delete from core.article_url
where
    article_id in (select merged.alias_id from merged)
    or (
        load_id in (select move.promoted_load_id from move)
        and url_id not in (select capture.url_id from core.capture as capture where capture.state = 'article')
        and url_id not in (
            select capture.canonical_id from core.capture as capture where capture.canonical_id is not null
        )
    )
