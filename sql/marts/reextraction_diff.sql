-- One row per re-extraction, page and field that it reads otherwise.
create or replace view mart.reextraction_diff as
select
    difference.reextraction_id,
    difference.url_id,
    difference.source,
    url.url,
    difference.field,
    coalesce(before_text.text, difference.before_value) as before_value,
    difference.before_producer,
    difference.before_locator,
    difference.before_raw,
    coalesce(after_text.text, difference.after_value) as after_value,
    difference.after_producer,
    difference.after_locator,
    difference.after_raw,
    page.promoted_load_id is not null as is_promoted,
    difference.before_id,
    difference.after_id,
    difference.payload_digest,
    difference.captured_at
from core.rereading_difference as difference
inner join raw.url as url on difference.url_id = url.url_id
inner join core.rereading as page
    on
        difference.reextraction_id = page.reextraction_id
        and difference.url_id = page.url_id
        and difference.captured_at = page.captured_at
        and difference.payload_digest = page.payload_digest
left join core.body as before_text
    on difference.field = 'text' and difference.before_value = before_text.text_id::varchar
left join core.body as after_text
    on difference.field = 'text' and difference.after_value = after_text.text_id::varchar;

comment on view mart.reextraction_diff is 'One row per re-extraction, page and field that it reads otherwise.';
comment on column mart.reextraction_diff.reextraction_id is 'The re-extraction: broadsheet reextract list.';
comment on column mart.reextraction_diff.url_id is 'The URL.';
comment on column mart.reextraction_diff.source is 'The source it belongs to.';
comment on column mart.reextraction_diff.url is 'The URL in its normalised form.';
comment on column mart.reextraction_diff.field is 'The field; outcome: article or rejected, with the reason.';
comment on column mart.reextraction_diff.before_value is
'The value that stood when it began; null: none. Lists as JSON.';
comment on column mart.reextraction_diff.before_producer is
'Who stated it: json-ld, opengraph, meta, dom, site rule...';
comment on column mart.reextraction_diff.before_locator is 'Where on the page.';
comment on column mart.reextraction_diff.before_raw is 'The words of the page that it was made of, cut.';
comment on column mart.reextraction_diff.after_value is 'The new value; null: none.';
comment on column mart.reextraction_diff.after_producer is 'Who stated it.';
comment on column mart.reextraction_diff.after_locator is 'Where on the page.';
comment on column mart.reextraction_diff.after_raw is 'The words of the page that it was made of, cut.';
comment on column mart.reextraction_diff.is_promoted is 'Whether the new value is the current one.';
comment on column mart.reextraction_diff.before_id is 'The reading that stood, for evidence.evidence.';
comment on column mart.reextraction_diff.after_id is 'The new reading, for evidence.evidence.';
comment on column mart.reextraction_diff.payload_digest is 'SHA-256 of the page.';
comment on column mart.reextraction_diff.captured_at is 'When the page came.';
