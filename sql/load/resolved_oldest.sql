-- One row per URL of the batch whose names lead to several articles: they go on as the one that we have longest.
update resolved
set article_id = oldest.article_id
from (
    with merging as (
        select distinct
            url_id,
            unnest(kept_ids) as kept_id
        from resolved
        where is_merging
    ),

    age as (
        select
            address.article_id,
            min(address.load_id) as first_load
        from core.article_url as address
        semi join merging on address.article_id = merging.kept_id
        group by address.article_id
    )

    select
        merging.url_id,
        arg_min(merging.kept_id, row(age.first_load, merging.kept_id)) as article_id
    from merging
    inner join age on merging.kept_id = age.article_id
    group by merging.url_id
) as oldest
where resolved.url_id = oldest.url_id
