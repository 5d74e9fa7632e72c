-- One row per reading that the batch's versions and articles need, with its text.
-- Texts are found by their place: a search by id would unpack every text there is (5 s in a million).
create or replace temp table needed as
with here as (
    select *
    from reading
    qualify row_number() over (partition by extraction_id order by captured_at, url) = 1
),

kept as (
    select
        extraction.*,
        body.text
    from place
    inner join core.extraction as extraction on place.extraction_row = extraction.rowid
    inner join core.body as body on place.body_row = body.rowid
)

select * exclude (url, target, source, captured_at, disposition) from here
union all by name
select * exclude (load_id) from kept
