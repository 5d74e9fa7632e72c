"""SQL of the pipeline as files, read through broadsheet.warehouse alone."""
