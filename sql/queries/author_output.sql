-- One row per author: who writes how much?
--
-- Parameters
--   $source varchar = null: one source; null: all
--   $since date = (select max(published_on) - 30 from mart.articles): first day of publication
--   $most bigint = 20: how many rows
--
-- Example, on the sample press: broadsheet ask author_output
--   author        articles  words  sources              last_on
--  ────────────────────────────────────────────────────────────────
--   Lena Brugger         8    839  ["alpenkurier"]      2026-03-15
--   真鍋航               7   1529  ["shiosai-shimbun"]  2026-03-13
--   佐伯みなと           6   1473  ["shiosai-shimbun"]  2026-03-14
--   倉田ちひろ           6   1407  ["shiosai-shimbun"]  2026-03-15
--   ... 12 more
select
    author.author,
    count(*) as articles,
    sum(article.word_count) as words,
    list(distinct author.source order by author.source) as sources,
    max(author.published_on) as last_on
from mart.authors as author
inner join mart.articles as article on author.article_id = article.article_id
where
    author.kind = 'person'
    and author.published_on >= $since
    and ($source is null or author.source = $source)
group by author.author
order by articles desc, words desc, author.author asc
limit $most
