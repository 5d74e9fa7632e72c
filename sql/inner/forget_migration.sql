-- One row: the marts as they were applied before.
delete from ops.migration
where version = $version
