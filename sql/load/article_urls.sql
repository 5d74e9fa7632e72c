-- One row per URL of an article that is not kept yet: as read, and as its page names it.
insert into core.article_url
with named as (
    select
        url_id,
        article_id,
        url,
        1 as rank
    from resolved
    union all
    select
        named_id as url_id,
        article_id,
        named_url as url,
        2 as rank
    from resolved
)

select
    named.url_id,
    named.article_id,
    named.url,
    $load_id as load_id
from named
anti join core.article_url as kept on named.url_id = kept.url_id
qualify row_number() over (partition by named.url_id order by named.rank, named.article_id) = 1
