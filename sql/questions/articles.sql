-- One row per article: what was published last?
select
    title,
    authors,
    published_at,
    word_count
from mart.articles
order by published_at desc nulls last
limit 20
