-- One row per endpoint of the source.
delete from raw.endpoint
where source = $source
