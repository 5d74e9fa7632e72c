-- One row per pair of articles to be settled that are alike, or have the same text: the shorter one, the longer one, how
-- much of the shorter one the longer one holds, and whether they resemble each other. Of two that do, neither is much
-- longer, and two in five of the longer one's shingles are the other's.
with named as (
    select
        article_id,
        text_id,
        word_count,
        min(article_id) over (partition by text_id) as first_id
    from touched
)

select
    article_id,
    first_id as other_id,
    1.0 as share,
    true as resembling
from named
where article_id <> first_id
union
select
    if(one.word_count <= other.word_count, one.article_id, other.article_id) as article_id,
    if(one.word_count <= other.word_count, other.article_id, one.article_id) as other_id,
    likeness.shared / likeness.shorter as share,
    likeness.shared * 5 >= likeness.longer * 2 and likeness.shorter * 5 >= likeness.longer * 3 as resembling
from core.likeness as likeness
inner join named as one on likeness.text_id = one.text_id and one.article_id = one.first_id
inner join named as other on likeness.other_id = other.text_id and other.article_id = other.first_id
order by article_id, other_id
