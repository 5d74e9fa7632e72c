-- One row per URL of the batch that shows an article, and name that its pages go by: their article.
create or replace temp table resolved as
with recursive article as (
    select
        url_id,
        url,
        target,
        canonical_id,
        canonical_url,
        captured_at,
        payload_digest
    from stage
    where disposition = 'article'
),

-- A page goes by the URL that it calls canonical, by the one that answered after redirects, and by its own.
name as (
    select
        url_id,
        url,
        canonical_id as named_id,
        coalesce(canonical_url, url) as named_url,
        row(captured_at, payload_digest, 1, url) as rank
    from article
    union all
    select
        url_id,
        url,
        core.stable_id(target) as named_id,
        target as named_url,
        row(captured_at, payload_digest, 2, url) as rank
    from article
    where target <> url
    union all
    select
        url_id,
        url,
        url_id as named_id,
        url as named_url,
        row(captured_at, payload_digest, 3, url) as rank
    from article
),

named as (
    select
        name.url_id,
        name.named_id,
        any_value(name.url) as url,
        any_value(name.named_url) as named_url,
        any_value(kept.article_id) as kept_id,
        coalesce(any_value(kept.article_id), name.named_id) as known_as,
        min(name.rank) as first_named
    from name
    left join core.article_url as kept on name.named_id = kept.url_id
    group by name.url_id, name.named_id
),

-- URLs that share a name, or have names of one article, or are joined by others that do, show one article.
kin as (
    select
        url_id,
        url_id as member
    from named
    union
    select
        kin.url_id,
        other.url_id as member
    from kin
    inner join named as mine on kin.member = mine.url_id
    inner join named as other on mine.known_as = other.known_as
),

family as (
    select
        kin.url_id,
        any_value(named.kept_id) filter (named.named_id = kin.url_id) as own_id,
        arg_min(named.kept_id, named.first_named) as kept_id,
        arg_min(named.named_id, named.first_named) as first_id,
        list_distinct(list(named.kept_id)) as kept_ids
    from kin
    inner join named on kin.member = named.url_id
    group by kin.url_id
)

select
    named.url_id,
    named.url,
    named.named_id,
    named.named_url,
    coalesce(family.own_id, family.kept_id, family.first_id) as article_id,
    coalesce(family.own_id, family.kept_id) is not null as is_known,
    family.kept_ids,
    -- Six articles or more at once are no discovery: a paper's template names one address on all of its pages.
    len(family.kept_ids) between 2 and 5 as is_merging
from named
inner join family on named.url_id = family.url_id
