-- One row: a migration that was applied.
insert into ops.migration
values ($version, $name, $checksum, $now)
