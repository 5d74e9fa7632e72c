"""Query parameters that carry a campaign or a click and never choose what is shown. Pure.

Each is documented by the vendor named beside it. `ref`, `source`, `id`, `p`, `from`, `campaign` and the like are not
listed: on some sites they choose the article. docs/reference/discovery.md prints the list with its sources.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote_plus

PREFIXES: Final = {
    "utm_": "Google Analytics, campaign parameters",
    "mtm_": "Matomo, campaign tracking",
    "matomo_": "Matomo, campaign tracking",
    "piwik_": "Matomo under its old name",
    "pk_": "Matomo under its old name",
    "at_custom": "Piano Analytics (AT Internet), campaigns",
    "hsa_": "HubSpot, ads tracking",
    "__hs": "HubSpot, cross-domain tracking",
    "itm_": "internal campaigns after the manner of utm_",
}

VENDORS: Final = {
    "Google Ads and Analytics: click ids, cross-domain linker":
        "gclid gclsrc dclid wbraid gbraid gad_source gad_campaignid srsltid _ga _gl",
    "Meta: click id, sharing": "fbclid fb_action_ids fb_action_types fb_source fb_ref igsh igshid mibextid sfnsn",
    "Microsoft Advertising and MSN": "msclkid ocid",
    "X: click id, embedding": "twclid ref_src __twitter_impression twitter_impression",
    "TikTok, LinkedIn, Reddit, Pinterest, Snap: click ids": "ttclid li_fat_id rdt_cid epik sccid scclid",
    "Yandex: click ids, Openstat": "yclid ymclid ysclid _openstat",
    "Impact, Outbrain, Taboola, Wicked Reports, Rokt: click ids":
        "irclickid dicbo obclid oborigurl tblci wickedid rb_clickid",
    "Adobe Analytics and Advertising": "s_cid s_kwcid",
    "Comscore Digital Analytix": "ns_mchannel ns_source ns_campaign ns_linkname ns_fee",
    "Piano Analytics (AT Internet)":
        "xtor at_medium at_campaign at_link_id at_link_origin at_link_type at_bbc_team at_ptr_name at_format "
        "at_campaign_type",
    "Mapp Intelligence (Webtrekk)": "wt_mc wt_zmc wt.mc_id",
    "Oracle (IBM) Digital Analytics": "cmpid",
    "The New York Times, Mail Online: sharing": "smid smtyp ito",
    "Yahoo: consent redirect": "guccounter guce_referrer guce_referrer_sig",
    "Mailchimp": "mc_cid mc_eid",
    "Marketo": "mkt_tok",
    "HubSpot: mail": "_hsenc _hsmi hsctatracking",
    "Vero, Bronto, Omeda, MailerLite, Klaviyo, Drip, Listrak":
        "vero_id vero_conv _bta_tid _bta_c oly_anon_id oly_enc_id ml_subscriber ml_subscriber_hash _ke __s "
        "nr_email_referer trk_contact trk_msg trk_module trk_sid",
    "AMP caches and viewers": "amp_js_v amp_gsa usqp",
}  # fmt: skip

NAMES: Final = frozenset(name for names in VENDORS.values() for name in names.split())
_PREFIXES: Final = tuple(PREFIXES)


def is_tracking(piece: str) -> bool:
    """Whether a piece of a query (`name=value`, still escaped) is one of them; case makes no difference."""
    name = unquote_plus(piece.partition("=")[0]).lower()
    return name in NAMES or name.startswith(_PREFIXES)
