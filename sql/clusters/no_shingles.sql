-- One row per text that is compared and shingle of it; filled by shingles.sql.
create or replace temp table shingle (
    text_id bigint,
    shingle ubigint
)
