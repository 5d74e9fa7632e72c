-- One row per page that stands otherwise than the re-extraction knows: it is left as it is.
delete from move
where not stands
