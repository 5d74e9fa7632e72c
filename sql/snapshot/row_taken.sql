-- One row per row of $rows that says something forgotten: it goes.
delete from frozen
where rowid in (select unnest($rows::bigint[]))
