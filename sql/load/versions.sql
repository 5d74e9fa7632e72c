-- One row per version of the articles that the batch touches, rebuilt from their captures.
create or replace temp table version as
with starts as (
    select *
    from history
    where
        is_main
        and case state
            when 'gone' then coalesce(earlier_state = 'article', false)
            else not has_earlier or earlier_state = 'gone' or differs_from_earlier
        end
),

numbered as (
    select
        *,
        1 as number
    from starts
    where is_alone
    union all by name
    select
        *,
        row_number() over in_order as number,
        lead(captured_at) over in_order as valid_to
    from starts
    where not is_alone
    window in_order as (partition by article_id order by captured_at, payload_digest, url_id)
)

select
    article_id,
    number,
    state,
    url_id,
    extraction_id,
    earlier_id,
    content_hash,
    coalesce(has_earlier and earlier_state = 'gone' and not differs_from_earlier, false) as returned,
    is_unsure,
    captured_at as valid_from,
    valid_to,
    loaded_at as known_from
from numbered
