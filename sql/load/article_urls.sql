-- One row per URL of an article that is not kept yet: as read, as its page names it, and of its AMP and mobile forms.
insert into core.article_url by name
with form as (
    select
        url_id,
        unnest(forms) as url
    from stage
    where disposition = 'article'
),

named as (
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
    union all
    select
        core.stable_id(form.url) as url_id,
        resolved.article_id,
        form.url,
        3 as rank
    from form
    inner join resolved on form.url_id = resolved.url_id
)

select
    named.url_id,
    named.article_id,
    named.url,
    named.rank = 3 as is_form,
    $load_id as load_id
from named
anti join core.article_url as kept on named.url_id = kept.url_id
qualify row_number() over (partition by named.url_id order by named.rank, named.article_id) = 1
