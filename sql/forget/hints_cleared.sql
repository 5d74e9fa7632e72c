-- One row per URL of another article whose endpoint gave one of the sentences as its title.
update raw.url
set hint_title = null
where regexp_matches(regexp_replace(lower(nfc_normalize(hint_title)), '[^\p{L}\p{N}]+', ' ', 'g'), $pattern)
