-- One row per selected page and field that the re-extraction reads otherwise, with what each value rests on.
insert into core.rereading_difference by name
with page as (
    select *
    from core.rereading
    where
        reextraction_id = $reextraction_id
        and role = 'selected'
        and after_state in ('article', 'rejected')
        and (
            before_state <> after_state
            or if(before_state = 'article', before_id <> after_id, before_reason is distinct from after_reason)
        )
),

side as (
    select
        url_id,
        captured_at,
        payload_digest,
        'before' as side,
        before_id as extraction_id
    from page
    where before_id is not null
    union all
    select
        url_id,
        captured_at,
        payload_digest,
        'after' as side,
        after_id as extraction_id
    from page
    where after_id is not null
),

reading as (
    select
        extraction_id,
        page_kind,
        canonical_url,
        nullif(title, '') as title,
        if(len(authors) = 0, null, to_json(authors)::varchar) as authors,
        nullif(concat_ws(' ', coalesce(published_at::varchar, published_on::varchar), published_precision), '')
            as published,
        coalesce(modified_at::varchar, modified_on::varchar) as modified,
        section,
        if(len(tags) = 0, null, to_json(tags)::varchar) as tags,
        language,
        declared_language,
        description,
        if(len(images) = 0, null, to_json(images)::varchar) as images,
        site_name,
        next_page,
        access,
        text_id::varchar as text
    from core.extraction
    where extraction_id in (select side.extraction_id from side)
),

value as (
    unpivot reading
    on columns(* exclude (extraction_id))
    into name field value value
),

said as (
    select
        extraction_id,
        field,
        arg_min(producer, number) as producer,
        arg_min(locator, number) as locator,
        arg_min(raw, number) as raw
    from evidence.evidence
    where chosen and extraction_id in (select side.extraction_id from side)
    group by extraction_id, field
),

stated as (
    select
        side.url_id,
        side.captured_at,
        side.payload_digest,
        side.side,
        value.field,
        value.value,
        said.producer,
        said.locator,
        said.raw
    from side
    inner join value on side.extraction_id = value.extraction_id
    left join said on value.extraction_id = said.extraction_id and value.field = said.field
    union all
    select
        url_id,
        captured_at,
        payload_digest,
        'before' as side,
        'outcome' as field,
        concat_ws(': ', before_state, before_reason) as value,
        null as producer,
        null as locator,
        null as raw
    from page
    union all
    select
        url_id,
        captured_at,
        payload_digest,
        'after' as side,
        'outcome' as field,
        concat_ws(': ', after_state, after_reason) as value,
        null as producer,
        null as locator,
        null as raw
    from page
),

difference as (
    select
        url_id,
        captured_at,
        payload_digest,
        field,
        max(value) filter (side = 'before') as before_value,
        max(producer) filter (side = 'before') as before_producer,
        max(locator) filter (side = 'before') as before_locator,
        max(raw) filter (side = 'before') as before_raw,
        max(value) filter (side = 'after') as after_value,
        max(producer) filter (side = 'after') as after_producer,
        max(locator) filter (side = 'after') as after_locator,
        max(raw) filter (side = 'after') as after_raw
    from stated
    group by url_id, captured_at, payload_digest, field
)

select
    page.reextraction_id,
    page.source,
    page.before_id,
    page.after_id,
    difference.*,
    $load_id as load_id
from difference
inner join page
    on
        difference.url_id = page.url_id
        and difference.captured_at = page.captured_at
        and difference.payload_digest = page.payload_digest
where difference.before_value is distinct from difference.after_value
