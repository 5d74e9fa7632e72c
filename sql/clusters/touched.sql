-- One row per article whose cluster is to be settled: the unsettled, those they are like, and all of their clusters.
create or replace temp table touched as
with alike as (
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

text as (
    select text_id from unsettled
    union
    select alike.other_id as text_id
    from alike
    semi join unsettled on alike.text_id = unsettled.text_id
),

near as (
    select article_id from unsettled
    union
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
    article.first_seen_at,
    member.cluster_id as member_of
from core.article as article
semi join articles on article.article_id = articles.article_id
left join core.cluster_member as member on article.article_id = member.article_id
