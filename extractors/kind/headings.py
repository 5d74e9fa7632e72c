"""Words by which headlines and addresses name the kind of their page, in the languages we met."""

from __future__ import annotations

import re

NUMBER = re.compile(
    r"\W*(?:http|error|fehler|erreur|errore|erro|ошибка|помилка|エラー|错误|錯誤|오류|خطأ|त्रुटि|hata|błąd|oops|\W)*(?:404|410)"
    r"(?:error|fehler|エラー|错误|錯誤|오류|\W)*"
)
OOPS = re.compile(
    r"(?:oops|whoops|oups|oeps|hups|hoppla|huch|hoppsan|ojdå|jejda|üzgünüz|упс|おっと|哎呀|אופס|عذرا|ups(?=!)|ops(?=!))\b"
)
LIVE = re.compile(
    r"\bas it happened\b|\blatest updates\b|\blive-?bericht|\bdie entwicklungen\b|"
    r"\blive\b|\bliveblog|\blive-?ticker|\bticker\b|\ben direct\b|\ben vivo\b|\ben directo\b|\bao vivo\b|"
    r"\bin diretta\b|\bdiretta\b|\bminuto a minuto\b|\bminute par minute\b|\bminute by minute\b|\blivebericht|"
    r"\bdirekte\b|\bna żywo\b|\bcanlı\b|онлайн|прямая трансляция|хроника|текстовая трансляция|速報|ライブ|実況|"
    r"タイムライン|直播|滚动|실시간|생중계|لحظة بلحظة|مباشر|लाइव|پوشش زنده|तुरंत अपडेट"
)
GALLERY = re.compile(
    r"\bphotographs\b|\bphotostory\b|"
    r"\bin pictures\b|\bin photos\b|\bphotos:|\bphoto (?:gallery|essay)\b|\bgaller(?:y|ies)\b|\bslideshow\b|"
    r"\bphotos\b|\bpictures\b|bilderstrecke|bildergalerie|\bfotostrecke|fotogalerie|\bbilder\b|in bildern|"
    r"diaporama|en images|\bgalerie|\bfotos\b|\bgalería|en imágenes|en fotos|galeria|em imagens|fotogallery|"
    r"\bin foto\b|le foto|in beeld|bildspel|w obiektywie|zdjęcia|foto galeri|фотогалерея|фоторепортаж|"
    r"в фотографиях|\bфото\b|写真特集|写真で|フォトギャラリー|フォト|【写真】|写真|组图|图集|高清图|圖集|화보|"
    r"포토|사진|معرض صور|بالصور|صور|तस्वीरों में|तस्वीरें|फोटो|گالری"
)
VIDEO = re.compile(
    r"\bvideos?\b|\bwatch\b|\bvidéos?\b|\bvídeos?\b|\bклип|видео|відео|動画|映像|视频|視頻|影片|영상|동영상|فيديو|"
    r"بالفيديو|वीडियो|ویدیو|\bwideo\b|\bdouga\b|\bclip\b|\btv\b"
)
LISTING = re.compile(
    r"\b(?:latest|all) (?:news|stories|articles)\b|\beverything (?:about|on)\b|\barchives?\b|\btopics?\b|"
    r"\btags?\b|\bsearch results\b|\bresults for\b|\bstories by\b|\barticles by\b|\bdossier\b|\barchiv\b|"
    r"\balle artikel\b|\bsuchergebnisse\b|\bthema\b|\btoutes les\b|\bactualités\b|\brésultats\b|"
    r"\búltimas noticias\b|\btodas las\b|\bresultados\b|\bnoticias de\b|\bultime notizie\b|\btutte le\b|"
    r"\búltimas notícias\b|\bтеги?\b|все новости|последние новости|результаты поиска|архив|記事一覧|一覧|検索結果|"
    r"ニュース一覧|最新ニュース|列表|搜索结果|专题|목록|검색 결과|전체기사|أحدث الأخبار|آخر الأخبار|كل الأخبار|"
    r"नवीनतम|ताज़ा खबरें|सभी खबरें|खोज परिणाम"
)
PATHS = {
    "live": re.compile(r"/[^/]*\b(?:live(?:blog|ticker)?s?|ticker|direct|en-vivo|diretta)\b"),
    "gallery": re.compile(
        r"/[^/]*\b(?:galler(?:y|ies)|photos?|pictures|bilder|bildergalerie|fotos?|fotostrecke|slideshow|shashin|"
        r"diaporama)\b"
    ),
    "video": re.compile(r"/(?:[^/]*[-_])?(?:videos?|watch|tv|clips?|douga|mediathek)(?:[-_/]|$)"),
    "listing": re.compile(
        r"^/*$|/(?:tags?|topics?|categor(?:y|ies|ie)|sections?|authors?|archives?|archiv|search|suche|dossiers?|themen?|tokushu|rubri\w+|"
        r"page/\d+)/?(?:[^/]*/?)$|/(?:news|latest)/?$"
    ),
    "data": re.compile(
        r"/(?:weather|wetter|meteo|tiempo|clima|weer|pogoda|vader|var|saa|pocasi|forecast|standings|fixtures|scores|results|"
        r"tabelle|klassement|classement|clasificacion|classifica|aktien?|stocks?|quotes?|markets|kurse|tenki|hava-durumu|cuaca)/"
    ),
    "named": re.compile(
        r"/(?:tags?|categor(?:y|ies|ie|ia)|etiquetas?|kategorien?|kategori|schlagworte?|mots?-cles?|authors?|auteurs?|autore?s?|"
        r"autoren?|search|suche|busca|buscar|ricerca|recherche|zoeken|szukaj|sok|search-results)/?[^/]*/?$"
    ),
    "other": re.compile(
        r"/(?:subscri(?:be|ptions?)|abo(?:s|nnement|nnements|nnieren)?|log-?in|sign-?in|sign-?up|regist(?:er|ration|rieren)|"
        r"newsletters?|contact(?:-us)?|about(?:-us)?|privacy(?:-policy)?|terms[\w-]*|weather|wetter|account|help|faq|impressum|"
        r"datenschutz|unsubscribe|cookies?(?:-policy)?|checkout|cart|404|error|not-found|suscripcion(?:es)?|kontakt|agb|koudoku|toiawase)/?(?:\.\w+)?$"
    ),
}  # fmt: skip
DATA = re.compile(
    r"\bweather\b|\bforecast\b|\bstandings\b|\bfixtures\b|\bresults\b|\bscores\b|\bstocks?\b|share price|"
    r"exchange rates?|"
    r"\bwetter|\btabelle\b|\bspielplan\b|\baktie\b|\bkurse?\b|\bmétéo\b|\bclassement\b|\bcours\b|\bcotation\b|"
    r"\btiempo en\b|\bel tiempo\b|\bclasificación\b|\bcotizaci|\bprevisão do tempo\b|\bclassificação\b|\btabela\b|"
    r"\bcotação\b|\bmeteo\b|\bprevisioni\b|\bclassifica\b|\bquotazioni?\b|\bweer\b|\bstand\b|\bbeurs\b|\bpogoda\b|"
    r"\bnotowania\b|\bkursy\b|\bväder\b|\btabell\b|\bvær\b|\bsää\b|\bpočasí\b|\bidőjárás\b|\bvremea\b|"
    r"\bпогода\b|турнирная таблица|\bкурс валют|курсы валют|турнірна таблиця|\bκαιρός\b|\bhava durumu\b|"
    r"\bpuan durumu\b|"
    r"\bkurlar\b|天気|順位表|株価|天气|天氣|积分榜|行情|날씨|순위|시세|طقس|ترتيب|أسعار|מזג|טבלת|मौसम|अंक तालिका|"
    r"\bcuaca\b|\bklasemen\b|\bthời tiết\b|bảng xếp hạng|สภาพอากาศ|آب و هوا"
)
THREAD = re.compile(
    r"/(?:viewtopic|showthread|viewthread|viewforum|forumdisplay)\b|/forums?/(?:topics?|threads?|t)/|/threads?/[^/]*\.\d+"
)
OTHER = (
    "rss", "rss feeds", "rss feed", "rss-feeds", "flux rss", "fuentes rss", "canali rss", "newsletter", "newsletters",
    "our newsletters", "unsere newsletter", "nos newsletters", "nieuwsbrieven", "nyhetsbrev", "sign in", "log in",
    "privacy policy", "privacy notice", "terms of use", "terms and conditions", "terms of service", "contact us",
    "contact", "about us", "imprint", "help", "help centre", "help center", "frequently asked questions", "faq",
    "advertise with us", "cookie policy", "accessibility statement", "site map", "sitemap", "unsubscribe",
    "thank you", "thank you for subscribing", "server error", "access denied", "forbidden", "service unavailable",
    "internal server error", "bad gateway", "impressum", "datenschutz", "datenschutzerklärung", "agb",
    "allgemeine geschäftsbedingungen", "kontakt", "über uns", "hilfe", "mediadaten", "mentions légales",
    "politique de confidentialité", "nous contacter", "contactez-nous", "qui sommes-nous", "conditions générales",
    "aviso legal", "política de privacidad", "contacto", "quiénes somos", "términos y condiciones",
    "política de privacidade", "fale conosco", "quem somos", "termos de uso", "informativa sulla privacy",
    "contatti", "chi siamo", "note legali", "privacybeleid", "over ons", "polityka prywatności", "regulamin",
    "gizlilik politikası", "iletişim", "hakkımızda", "политика конфиденциальности", "контакты", "о нас",
    "пользовательское соглашение", "お問い合わせ", "プライバシーポリシー", "会社概要", "利用規約", "サイトマップ",
    "よくある質問", "关于我们", "联系我们", "隐私政策", "개인정보처리방침", "회사소개", "이용약관", "اتصل بنا",
    "سياسة الخصوصية", "من نحن", "شروط الاستخدام", "संपर्क करें", "गोपनीयता नीति", "हमारे बारे में",
    "नियम और शर्तें",
)  # fmt: skip
