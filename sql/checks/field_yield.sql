-- One row per source, day and field that was found far more seldom than in the five weeks before: a changed layout.
-- severity: warning
-- A day counts if chance gives so few pages with the field less than once in a thousand times: pages times the relative
-- entropy of the day's share against the earlier one (Chernoff's bound) is 7 or more, and a third of the pages lost it.
-- A day is held against its like where five pages of the same weekday came before: Sundays may have other bylines.
-- `text` is a text at least a third as long as the source's usual one. A clock that went wrong counts for nothing.
with latest as (
    select
        source,
        max(captured_at) as captured_at
    from core.capture
    where captured_at <= $now
    group by source
),

page as materialized (
    select
        capture.source,
        capture.captured_at::date as day,
        capture.extraction_id
    from core.capture as capture
    inner join latest
        on
            capture.source = latest.source
            and capture.captured_at between latest.captured_at - interval 42 days and latest.captured_at
    where capture.state = 'article'
),

usual as (
    select
        page.source,
        median(reading.word_count) as words
    from page
    inner join core.extraction as reading on page.extraction_id = reading.extraction_id
    group by page.source
),

found as (
    select
        page.source,
        page.day,
        count(*) as pages,
        count(*) filter (reading.word_count * 3 >= usual.words) as text,
        count(*) filter (len(reading.authors) > 0) as authors,
        count(reading.published_on) as published_on,
        count(reading.published_at) as published_at,
        count(reading.section) as section,
        count(*) filter (len(reading.tags) > 0) as tags,
        count(reading.language) as language,
        count(reading.description) as description,
        count(*) filter (len(reading.images) > 0) as images
    from page
    inner join core.extraction as reading on page.extraction_id = reading.extraction_id
    inner join usual on page.source = usual.source
    group by page.source, page.day
),

yield as (
    select
        *,
        found / pages as share
    from (unpivot found on columns(* exclude (source, day, pages)) into name field value found)
),

beside as (
    select
        *,
        sum(pages) over before as earlier_pages,
        sum(found) over before as earlier_found,
        sum(pages) over alike as alike_pages,
        sum(found) over alike as alike_found
    from yield
    window
        before as (
            partition by source, field
            order by day range between interval 35 days preceding and interval 1 day preceding
        ),
        alike as (
            partition by source, field, dayofweek(day)
            order by day range between interval 35 days preceding and interval 1 day preceding
        )
),

shares as (
    select
        *,
        if(
            alike_pages >= 5,
            (alike_found + 1) / (alike_pages + 2),
            (earlier_found + 1) / (earlier_pages + 2)
        ) as earlier_share
    from beside
    where earlier_pages >= 10
),

measured as (
    select
        *,
        pages * (
            if(share > 0, share * ln(share / earlier_share), 0)
            + if(share < 1, (1 - share) * ln((1 - share) / (1 - earlier_share)), 0)
        ) as surprise
    from shares
    where share <= earlier_share - 1.0 / 3
)

select
    measured.source,
    measured.field,
    measured.day,
    measured.pages,
    round(measured.share, 3) as share,
    round(measured.earlier_share, 3) as earlier_share
from measured
inner join latest on measured.source = latest.source and measured.day >= latest.captured_at::date - 7
where measured.surprise >= 7
order by measured.day desc, measured.source asc, measured.field asc
