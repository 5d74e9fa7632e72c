-- Checks of a run look at what came since they were clean: docs/decisions/0033-checks-since-the-last-clean-one.md.
alter table ops.check_result add column through_load_id bigint;

comment on column ops.check_result.through_load_id is 'The newest load there was then; null before migration 15.';
