-- One row per article that a run found new or edited, the newest first: $most of each, with how many there are.
with attempts as (
    select
        outcome,
        source,
        url,
        article_id,
        captured_at
    from ops.attempt
    where run_id = $run_id and outcome in ('new', 'edited')
)

select
    attempts.outcome,
    attempts.source,
    attempts.url,
    article.title,
    article.published_at,
    article.word_count,
    count(*) over (partition by attempts.outcome) as of_all
from attempts
left join core.article as article on attempts.article_id = article.article_id
qualify
    row_number() over (
        partition by attempts.outcome
        order by article.published_at desc nulls last, attempts.captured_at desc, attempts.url asc
    ) <= $most
order by attempts.outcome desc, article.published_at desc nulls last, attempts.captured_at desc, attempts.url asc
