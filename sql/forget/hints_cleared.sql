-- One row per URL of another article whose endpoint gave one of the sentences as its title.
update raw.url
set hint_title = null
where has_trace(hint_title)
