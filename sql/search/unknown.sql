-- One row per article of $ids that the index holds: it is to be taken out or written anew.
delete from seen.known
where article_id in (select unnest($ids::bigint[]))
