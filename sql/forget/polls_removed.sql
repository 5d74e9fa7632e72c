-- One row per question put to an endpoint of the source.
delete from raw.poll
where source = $source
