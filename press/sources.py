"""The press as sources.toml names it."""

SOURCES_TOML = """\
# The sample press: three fictional papers that Broadsheet serves to itself (python -m press).

[[source]]
name = "harbour-gazette"
home = "http://www.harbourgazette.test/"
endpoints = [
    { url = "http://www.harbourgazette.test/rss.xml", kind = "feed" },
    { url = "http://www.harbourgazette.test/sitemap.xml", kind = "sitemap" },
    { url = "http://www.harbourgazette.test/harbour/", kind = "section" },
]
include = ['/20\\d\\d/', '^http://www\\.harbourgazette\\.test/(galleries|live|members|private|tools|topics|video)/']
delay = 0
connections = 4

[[source]]
name = "alpenkurier"
home = "http://alpenkurier.test/"
endpoints = [
    { url = "http://alpenkurier.test/feed.atom", kind = "feed" },
    { url = "http://alpenkurier.test/sitemap.xml", kind = "sitemap" },
]
delay = 0
connections = 4

[[source]]
name = "shiosai-shimbun"
home = "http://shiosai-shimbun.test/"
endpoints = [
    { url = "http://shiosai-shimbun.test/chiiki/", kind = "section" },
    { url = "http://shiosai-shimbun.test/keizai/", kind = "section" },
    { url = "http://shiosai-shimbun.test/kagaku/", kind = "section" },
    { url = "http://shiosai-shimbun.test/bunka/", kind = "section" },
    { url = "http://shiosai-shimbun.test/sports/", kind = "section" },
    { url = "http://shiosai-shimbun.test/backnumber.txt", kind = "list" },
]
include = ['/\\d{8}-\\d{2}\\.html$']
delay = 0
connections = 4
time_zone = "Asia/Tokyo"
language = "ja"
"""
