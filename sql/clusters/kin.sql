-- One row per pair of articles to be settled that are alike: the shorter text's, the longer one's, how much of the
-- shorter one that holds, the ratio of their lengths, and the longer one's words.
with named as (
    select
        article_id,
        text_id,
        word_count,
        min(article_id) over (partition by text_id) as first_id
    from touched
)

select
    if(one.word_count <= other.word_count, one.article_id, other.article_id) as article_id,
    if(one.word_count <= other.word_count, other.article_id, one.article_id) as other_id,
    likeness.shared / likeness.shorter as share,
    likeness.shorter / likeness.longer as ratio,
    greatest(one.word_count, other.word_count) as words
from core.likeness as likeness
inner join named as one on likeness.text_id = one.text_id and one.article_id = one.first_id
inner join named as other on likeness.other_id = other.text_id and other.article_id = other.first_id
order by article_id, other_id
