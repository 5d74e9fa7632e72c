"""What `broadsheet doctor` examines. Nothing here loads Prefect: it speaks where Prefect cannot be imported.

`finding` what is found · `versions` the pins · `machine` disk, clock, ports · `house` sources, archive, warehouse ·
`serving` the tree, the server, schedules, workers, runs · `examining` all of it, in order.
"""
