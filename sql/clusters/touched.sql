-- One row per article whose cluster is to be settled: the unsettled, all that likeness leads to from them, directly or
-- by others, and all of the clusters of these: so the same comes out whatever was settled before.
create or replace temp table touched as
with recursive alike as (
    select
        text_id,
        other_id
    from core.likeness
    union all
    select
        other_id as text_id,
        text_id as other_id
    from core.likeness
),

before as (
    select distinct article.text_id
    from core.cluster_member as mine
    semi join unsettled on mine.article_id = unsettled.article_id
    inner join core.cluster_member as member on mine.cluster_id = member.cluster_id
    inner join core.article as article on member.article_id = article.article_id
),

text as (
    select text_id from unsettled
    union
    select before.text_id from before
    union
    select alike.other_id as text_id
    from text
    inner join alike on text.text_id = alike.text_id
),

near as (
    select article_id
    from core.article
    where text_id in (select text.text_id from text)
),

clusters as (
    select distinct member.cluster_id
    from core.cluster_member as member
    semi join near on member.article_id = near.article_id
),

articles as (
    select article_id from near
    union
    select member.article_id
    from core.cluster_member as member
    semi join clusters on member.cluster_id = clusters.cluster_id
)

select
    article.article_id,
    article.text_id,
    article.word_count,
    article.first_seen_at,
    article.cluster_id,
    article.load_id,
    member.cluster_id as member_of
from core.article as article
semi join articles on article.article_id = articles.article_id
left join core.cluster_member as member on article.article_id = member.article_id
