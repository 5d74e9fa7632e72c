-- Evidence is written before the load that it belongs to: which load that was, so that one that never came is seen.
create table ops.pending (
    batch_key varchar not null
);
comment on table ops.pending is 'One row: the batch whose evidence was written last.';
comment on column ops.pending.batch_key is
'Its key; if the warehouse did not load it, evidence of readings it does not know is taken out before the next load.';

insert into ops.pending values ('');
