"""One process tree that serves Broadsheet: Prefect's server, a work pool, a worker, and who minds them.

`tree` what runs, kept in a file · `children` processes begun and ended · `server` and `deploying` what they need to
work · `healing` runs that nobody works on any more · `minding` the loop over all that · `stopping` how it ends.
Prefect is asked over its REST interface (`api`): `broadsheet doctor` works where Prefect cannot be imported.
"""
