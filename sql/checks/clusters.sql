-- One row per article, pair or id whose cluster is told in two ways, or rests on what is not there.
-- severity: error
with said_twice as (
    select
        'article in two clusters' as problem,
        article_id as id
    from core.cluster_member
    group by article_id
    having count(*) > 1
),

other_told as (
    select
        'cluster of the article is not that of its member row' as problem,
        article.article_id as id
    from core.article as article
    left join core.cluster_member as member on article.article_id = member.article_id
    where article.cluster_id <> coalesce(member.cluster_id, article.article_id)
),

without_article as (
    select
        'member without article' as problem,
        member.article_id as id
    from core.cluster_member as member
    anti join core.article as article on member.article_id = article.article_id
),

pair_twice as (
    select
        'pair of texts measured twice' as problem,
        text_id as id
    from core.likeness
    group by text_id, other_id
    having count(*) > 1
),

alias_twice as (
    select
        'alias of two clusters' as problem,
        alias_id as id
    from core.cluster_alias
    group by alias_id
    having count(*) > 1
),

alias_of_alias as (
    select
        'alias of an id that is no longer used' as problem,
        alias.alias_id as id
    from core.cluster_alias as alias
    semi join core.cluster_alias as other on alias.cluster_id = other.alias_id
)

select * from said_twice
union all
select * from other_told
union all
select * from without_article
union all
select * from pair_twice
union all
select * from alias_twice
union all
select * from alias_of_alias
order by problem, id
