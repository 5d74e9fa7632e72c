"""Names of months (full, short, inflected, by their distinct beginnings) and of time zones, as pages print them."""

from __future__ import annotations

_NAMES = """
1 january jan januar jänner jän janvier janv enero ene gennaio gen janeiro januari ocak январ янв stycz sty leden ledn január ianuarie ian siječnj siječ sausi tammik janúar ιανουαρ ιαν січ januā जनवरी জানুয়ারি يناير ינואר มกราคม มค januwari студз كانونالثاني มกรา
2 february feb februar feber février févr fév febrero febbraio fevereiro fev februari şubat феврал фев lut únor února február februarie veljač vasari helmik febrúar φεβρουαρ φεβ лют februā फरवरी ফেব্রুয়ারি فبراير פברואר กุมภาพันธ์ лютаг شباط กพ กุมภา
3 march mar märz mär mrz mars marzo março maart mrt mart март мар marz březen březn március márc martie ožujk ožuj kovo kov maalisk μαρτ μαρ берез मार्च মার্চ مارس מרץ มีนาคม maret mac сакав آذار اذار มีค มีนา març marec märts machi
4 april apr avril avr abril abr aprile nisan апрел апр kwiet kwi duben dubn április ápr aprilie travnj trav baland huhtik apríl απριλ απρ квіт अप्रैल এপ্রিল أبريل אפריל เมษายน красав نيسان เมย เมษา
5 may mai mayo maggio mag maio mei mayıs мая май maj května květen květn május máj svibnj svib gegužė gegu toukok maí μαΐ μαι μαϊ трав मई মে مايو מאי พฤษภาคม траўн ايار أيار พค พฤษภา
6 june jun juni juin junio giugno giu junho haziran haz июн czerw cze červen červn június jún iunie iun lipnj lip birželi kesäk júní ιουν черв जून জুন يونيو יוני มิถุนายน чэрв حزيران มิย มิถุนา
7 july jul juli juillet juil julio luglio lug julho temmuz tem июл lipc lipiec červenec července július júl iulie iul srpnj srp liepos heinäk júlí ιουλ лип जुलाई জুলাই يوليو יולי กรกฎาคม ліпен تموز กค กรกฎา
8 august aug août aoû agosto ago ağustos ağu август авг sierp sie srpen srpna augusztus kolovoz kolov rugpjū elok ágúst αυγ серп अगस्त আগস্ট أغسطس אוגוסט สิงหาคม augustus agustus ogos augusti жнів آب สค สิงหา
9 september sep sept septembre septiembre set sett settembre setembro eylül eyl сентябр сен wrzes wrześ wrz září szeptember szept septembrie rujn ruj rugsėj syysk σεπτ σεπ верес सितंबर সেপ্টেম্বর سبتمبر ספטמבר กันยายน верас ايلول أيلول กย กันยา
10 october oct okt oktober octobre octubre ottobre ott out outubro ekim eki октябр окт paźdz paź říjen říjn október octombrie spali lokak οκτ жовт अक्टूबर অক্টোবর أكتوبر אוקטובר ตุลาคม кастр تشرينالأول ตค ตุลา
11 november nov novembre noviembre novembro kasım kas ноябр ноя listopad lis listopadu noiembrie noi studen lapkri marrask nóvember νοεμ νοε листоп नवंबर নভেম্বর نوفمبر נובמבר พฤศจิกายน лістап تشرينالثاني พย พฤศจิกา
12 december dec dez dezember décembre déc diciembre dic dicembre dezembro aralık ara декабр дек grud gru prosinec prosin decembrie prosinac gruodži jouluk desember des δεκ груд दिसंबर ডিসেম্বর ديسمبر דצמבר ธันวาคม disember снеж كانونالأول ธค ธันวา
"""  # noqa: E501 - one month a line

MONTHS: dict[str, int] = {
    name.casefold(): int(line.split()[0]) for line in _NAMES.strip().splitlines() for name in line.split()[1:]
}

# Minutes east of UTC. Abbreviations that mean different zones in different countries (IST, CST in China) are left out.
ZONES: dict[str, int] = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "BST": 60, "WEST": 60, "CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120,
    "EET": 120, "EEST": 180, "SAST": 120, "CAT": 120, "EAT": 180, "MSK": 180, "TRT": 180, "GST": 240, "PKT": 300,
    "WIB": 420, "ICT": 420, "WITA": 480, "SGT": 480, "HKT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570,
    "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
# Zones printed without saying whether the clocks are at summer time.
PLACES: dict[str, str] = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
}  # fmt: skip
