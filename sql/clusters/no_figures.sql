-- One row per text that is compared: the numbers it has; filled by figures.sql.
create or replace temp table figure (
    text_id bigint,
    figures varchar[]
)
