"""The report: the state of the press on one page that asks nothing of any network.

asking (rows of sql/report) → counting, charts, sparklines (pure) → page (HTML) → keeping (files of the data folder).
"""
