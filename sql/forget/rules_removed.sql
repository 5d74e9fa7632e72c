-- One row per learned line of the source.
delete from core.rule
where source = $source
