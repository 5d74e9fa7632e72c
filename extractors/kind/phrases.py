"""What walls and errors say of themselves, in the languages we met: phrases in lower case, found as they stand.

A phrase alone never decides: it counts with its place (a headline, or the text) and with how much else there is to
read. They speak to the reader ("sign in to continue"), which articles on the same matter seldom do.
"""

from __future__ import annotations

NOT_FOUND = (
    "article has expired", "page has expired", "story has expired", "link has expired", "artikel ist abgelaufen",
    "article expired", "article a expiré", "ha caducado", "indisponível", "article indisponible", "no disponible",
    "article unavailable", "срок публикации", "can't be found", "cannot be found", "could not be found",
    "couldn't be found", "nothing was found", "not found", "404 error", "error 404", "cannot find that page",
    "can't find that page", "can't find this page", "cannot find the page", "can't find the page",
    "cannot find this page", "couldn't find that page", "couldn't find the page", "couldn't find this page",
    "could not find the page", "page doesn't exist", "page does not exist", "page no longer exists",
    "page isn't available", "page is not available", "no longer available", "page is missing", "page unavailable",
    "nothing here", "page is gone", "lost this page", "nicht gefunden", "existiert nicht", "nicht verfügbar",
    "nicht mehr verfügbar", "nicht auffindbar", "fehler 404", "introuvable", "page n'existe", "n'existe pas",
    "n'existe plus", "n'est plus disponible", "erreur 404", "no encontrad", "no existe", "no se encuentra",
    "no está disponible", "no hemos encontrado", "não encontrad", "não existe", "erro 404", "não está disponível",
    "non trovat", "non esiste", "non è disponibile", "errore 404", "niet gevonden", "bestaat niet", "hittades inte",
    "ikke fundet", "ikke funnet", "fant ikke", "finns inte", "ei löytynyt", "nie znaleziono", "nie istnieje",
    "nenalezen", "bulunamadı", "nu a fost găsit", "nem található", "не найден", "не существует",
    "ничего не найдено", "не знайдено", "ошибка 404", "δεν βρέθηκε", "見つかりません", "見つかりませんでした",
    "存在しません", "お探しのページ", "掲載期間が終了", "未找到", "找不到", "不存在", "已删除", "찾을 수 없",
    "존재하지 않", "غير موجود", "لم يتم العثور", "لا توجد", "לא נמצא", "नहीं मिला", "नहीं मिली", "मौजूद नहीं",
    "উপলব্ধ নেই", "পাওয়া যায়নি", "ไม่พบ", "không tìm thấy", "tidak ditemukan", "پیدا نشد", "یافت نشد",
)  # fmt: skip
REQUESTED = (
    "die sie suchen", "seite gibt es nicht", "contenu demandé", "指定された記事", "at this address",
    "link that brought you", "you are looking for", "you were looking for", "you're looking for", "you requested",
    "mistyped", "check the address", "check the url", "ihnen aufgerufene", "gesuchte seite", "aufgerufene seite",
    "page que vous", "que buscas", "que busca", "que você procur", "che cerchi", "che stai cercando", "u zoekt",
    "запрашиваем", "неправильно набран", "お探しの", "您访问的", "您要查找", "您要找", "요청하신", "التي تبحث عنها",
    "आप खोज रहे", "aradığınız", "you have requested", "you are trying to reach", "typed the address",
    "pagina richiesta", "die von ihnen angeforderte", "página solicitada", "page demandée", "ご指定のページ",
    "ご指定の", "الصفحة المطلوبة", "запрошенная страница", "strona, której szukasz", "sidan du söker",
    "siden du leter", "siden du leder", "your request could not",
)  # fmt: skip
MISSING = (
    *NOT_FOUND, *REQUESTED, "moved or deleted", "been moved", "been removed", "been deleted", "verschoben",
    "a été déplacé", "a été supprimé", "ha sido movid", "ha sido eliminad", "foi removid", "foi movid",
    "è stata spostata", "è stata rimossa", "была удалена", "был удалён", "был удален", "перемещена", "掲載期間",
    "削除された", "移動または", "変更された可能性", "삭제되었", "تم نقل", "تم حذف", "हटा दिया",
)  # fmt: skip

LOGIN_HEADS = (
    "sign in", "log in", "login", "log on", "please sign in", "create an account", "create a free account",
    "create your account", "register to continue", "register to read", "members only", "welcome back", "anmelden",
    "einloggen", "anmeldung", "melden sie sich an", "jetzt registrieren", "connexion", "connectez-vous",
    "se connecter", "identifiez-vous", "iniciar sesión", "inicia sesión", "inicie sesión", "identifícate",
    "acceder", "regístrate", "entrar", "faça login", "faça seu login", "iniciar sessão", "accedi", "accesso",
    "effettua il login", "registrati", "inloggen", "logga in", "log ind", "logg inn", "zaloguj", "přihlášení",
    "giriş yap", "oturum aç", "войти", "вход", "войдите", "авторизация", "авторизуйтесь", "вхід", "увійдіть",
    "ログイン", "会員登録", "会員限定", "登录", "登入", "请登录", "로그인", "تسجيل الدخول", "سجل الدخول",
    "سجّل الدخول", "התחבר", "लॉग इन", "लॉगिन", "साइन इन", "เข้าสู่ระบบ", "đăng nhập", "masuk", "ورود",
)  # fmt: skip
LOGIN_GATES = (
    "sign in to", "log in to", "login to", "sign in or", "log in or", "please sign in", "please log in",
    "logged in to", "register to continue", "register to read", "register for free to", "registered users",
    "registered readers", "for members", "members only", "free account to", "create a free account",
    "create an account to", "you must be logged", "you need to be logged", "melden sie sich an", "melde dich an",
    "bitte anmelden", "bitte loggen", "registrieren sie sich", "kostenlos registrieren", "einloggen, um",
    "anmelden, um", "connectez-vous", "identifiez-vous", "créez un compte", "créer un compte",
    "réservé aux membres", "inicia sesión", "inicie sesión", "regístrate", "regístrese", "usuarios registrados",
    "crea una cuenta", "crea tu cuenta", "faça login", "faça seu login", "cadastre-se", "crie uma conta",
    "crie sua conta", "accedi per", "accedi o", "registrati", "effettua il login", "utenti registrati", "log in om",
    "maak een account", "logga in för", "zaloguj się", "giriş yap", "войдите", "авторизуйтесь", "зарегистрируйтесь",
    "зарегистрированн", "увійдіть", "ログインしてください", "ログインが必要", "会員限定", "会員登録", "无法查看",
    "请登录", "请先登录", "請登入", "注册后", "로그인 후", "로그인이 필요", "로그인하", "회원 전용", "سجل الدخول",
    "سجّل الدخول", "تسجيل الدخول", "إنشاء حساب", "للأعضاء", "लॉग इन कर", "लॉगिन कर", "साइन इन कर", "खाता बनाए",
    "đăng nhập để",
)  # fmt: skip

PAY_GATES = (
    "premium article", "premium content", "premium story", "subscriber content", "trial to read", "to read on.",
    "premium-artikel", "article premium", "contenido premium", "conteúdo premium", "contenuto premium", "付费内容",
    "付费文章", "会员内容", "프리미엄 기사", "プレミアム記事", "محتوى مدفوع", "to continue reading",
    "to keep reading", "continue reading this", "to read the full", "to read the rest", "to read this article",
    "to read this story", "rest of this article", "rest of this story", "article is for subscribers",
    "story is for subscribers", "content is for subscribers", "only for subscribers", "for subscribers only",
    "subscribers only", "subscriber-only", "exclusive to subscribers", "reserved for subscribers",
    "subscribe to read", "subscribe to continue", "subscribe to unlock", "unlock this article", "unlock this story",
    "free articles this month", "reached your limit", "reached your free", "um weiterzulesen", "weiterlesen mit",
    "jetzt weiterlesen", "nur für abonnenten", "artikel freischalten", "ganzen artikel lesen",
    "vollständigen artikel", "réservé aux abonnés", "réservé à nos abonnés", "réservée aux abonnés",
    "pour lire la suite", "lire la suite de cet article", "solo para suscriptores", "exclusivo para suscriptores",
    "para seguir leyendo", "para continuar leyendo", "suscríbete para", "exclusivo para assinantes",
    "riservato agli abbonati", "per continuare a leggere", "alleen voor abonnees", "dla subskrybentów",
    "dla prenumeratorów", "abonelere özel", "доступен подписчикам", "чтобы читать дальше",
    "чтобы продолжить чтение", "оформите подписку", "для передплатників", "有料会員", "有料記事", "続きを読むには",
    "この記事は会員", "会員限定記事", "订阅以", "会员专享", "유료 회원", "유료회원", "구독자 전용",
    "لمتابعة القراءة", "لمواصلة القراءة", "आगे पढ़ने", "पूरा पढ़ने", "нашим подписчикам",
    "unseren abonnenten vorbehalten", "subscribe for unlimited access to this", "للمشتركين فقط", "केवल सब्सक्राइबर",
    "केवल सदस्यों", "только для подписчиков", "только подписчикам", "この先は", "ここから先は", "구독자만",
)  # fmt: skip
PAY_OFFERS = (
    "probeabo", "test-abo", "vollständigen text", "essai gratuit", "prueba gratuita", "your first month",
    "start your free trial", "unlimited access", "cancel at any time", "cancel anytime", "jederzeit kündbar",
    "sans engagement", "full access to this", "available to subscribers", "subscribe now to", "become a subscriber",
    "article limit", "your free articles", "already a subscriber", "unseren abonnenten", "abonnentinnen",
    "bereits abonnent", "bereits abonniert", "plus-artikel", "noch kein abo", "déjà abonné", "il vous reste",
    "abonnez-vous pour", "contenido exclusivo", "ya eres suscriptor", "conteúdo exclusivo", "continuar lendo",
    "assine para", "já é assinante", "per gli abbonati", "abbonati per", "sei già abbonato", "voor abonnees",
    "verder lezen", "al abonnee", "för prenumeranter", "läs vidare", "czytaj dalej", "для подписчиков",
    "по подписке", "есть подписка", "購読すると", "付费", "订阅后", "訂閱", "阅读全文", "구독하", "للمشتركين",
    "اشترك ل", "اشترك الآن", "सब्सक्राइबर", "सदस्यता लें", "सब्सक्राइब कर", "ग्राहकों के लिए",
)  # fmt: skip

CONSENT_HEADS = (
    "çerez", "toestemming", "prywatność", "your choice", "your privacy", "privacy choices", "privacy settings",
    "privacy preferences", "cookie settings", "cookie preferences", "cookie consent", "cookies",
    "before you continue", "consent", "your data", "we need your consent", "accept cookies", "continue with ads",
    "continue with advertising", "zustimmung", "einwilligung", "datenschutz-einstellungen",
    "datenschutzeinstellungen", "privatsphäre", "mit werbung", "cookie-einstellungen", "vie privée", "vos données",
    "consentement", "votre choix", "gestion des cookies", "privacidad", "tu consentimiento", "su consentimiento",
    "consentimiento", "privacidade", "seus dados", "tua privacy", "vostra privacy", "consenso", "uw privacy",
    "je privacy", "samtycke", "samtykke", "prywatnoś", "zgoda", "gizlilik", "конфиденциальност", "согласие",
    "файлы cookie", "куки", "プライバシー", "クッキー", "同意", "隐私", "隱私", "개인정보", "쿠키", "الخصوصية",
    "ملفات تعريف الارتباط", "خصوصيت", "गोपनीयता", "कुकी", "सहमति",
)  # fmt: skip
CONSENT_TALK = (
    "ortaklarımız", "kişisel veri", "çerezler kullan", "onayınızı", "kabul et", "nasi partnerzy", "dane osobowe",
    "persoonlijke gegevens", "cookies gebruiken", "gebruiken cookies", "our partners", "we use cookies",
    "uses cookies", "use of cookies", "accept all", "reject all", "accept cookies", "cookie policy",
    "manage preferences", "manage options", "manage settings", "withdraw your consent", "withdraw consent",
    "change your mind", "your consent", "legitimate interest", "personalised ad", "personalized ad",
    "store and/or access", "store information on", "information on a device", "personal data", "vendors",
    "audience research", "measure ad", "without tracking", "ad-free", "wir und unsere", "unsere partner",
    "alle akzeptieren", "akzeptieren und", "zustimmen und", "ihre zustimmung", "ihre einwilligung", "widerruf",
    "werbetracking", "tracking", "auf einem gerät", "personenbezogene", "personalisierte", "verwendet cookies",
    "verwenden cookies", "pur-abo", "mit werbung", "ohne werbung", "nos partenaires", "tout accepter",
    "tout refuser", "accepter et", "continuer sans accepter", "votre consentement", "données personnelles",
    "publicités personnalisées", "utilisons des cookies", "utilise des cookies", "retirer votre", "nuestros socios",
    "aceptar todo", "rechazar todo", "aceptar y", "tu consentimiento", "su consentimiento", "datos personales",
    "publicidad personalizada", "anuncios personalizados", "utilizamos cookies", "usamos cookies",
    "nossos parceiros", "aceitar todos", "aceitar e", "dados pessoais", "seu consentimento",
    "anúncios personalizados", "i nostri partner", "nostri partner", "accetta tutto", "accetta e", "rifiuta tutto",
    "dati personali", "tuo consenso", "annunci personalizzati", "pubblicità personalizzata", "utilizziamo cookie",
    "onze partners", "alles accepteren", "persoonsgegevens", "uw toestemming", "våra partner", "acceptera alla",
    "personuppgifter", "ditt samtycke", "naszymi partnerami", "akceptuj", "danych osobowych", "zgodę",
    "tümünü kabul", "наши партнёры", "наши партнеры", "принять все", "принять всё", "принять и",
    "персональных данных", "персональные данные", "персонализированн", "файлы cookie", "ваше согласие", "отозвать",
    "パートナー", "すべて同意", "同意する", "同意して", "すべて受け入れ", "パーソナライズ", "個人データ",
    "個人情報", "クッキーを使用", "cookieを使用", "cookie を使用", "合作伙伴", "接受所有", "全部接受", "个人数据",
    "个性化", "使用cookie", "使用 cookie", "파트너", "모두 동의", "모두 수락", "맞춤 광고", "맞춤형 광고",
    "쿠키를 사용", "شركاؤنا", "شركائنا", "قبول الكل", "أوافق", "موافقتك", "ملفات تعريف الارتباط",
    "البيانات الشخصية", "إعلانات مخصصة", "हमारे पार्टनर", "हमारे साझेदार", "सभी स्वीकार", "स्वीकार करें",
    "व्यक्तिगत डेटा", "कुकीज़ का", "कुकी का", "आपकी सहमति", "विज्ञापन दिखा",
)  # fmt: skip

SCRIPT_TALK = (
    "javascript is enabled", "javascript switched on", "javascript enabled", "javascript turned on",
    "javascript aktiviert", "enable javascript", "javascript is disabled", "javascript is required",
    "requires javascript", "without javascript", "turn on javascript", "javascript to run", "javascript aktivieren",
    "aktivieren sie javascript", "javascript muss", "javascript benötigt", "activer javascript",
    "activez javascript", "javascript est", "activar javascript", "habilitar javascript", "active javascript",
    "habilite javascript", "ative o javascript", "abilita javascript", "attivare javascript",
    "javascript in te schakelen", "włącz javascript", "javascript'i", "включите javascript", "включить javascript",
    "javascriptを有効", "javascript を有効", "启用javascript", "启用 javascript", "javascript를",
    "تفعيل javascript", "تفعيل جافا", "जावास्क्रिप्ट", "javascript चालू", "javascript सक्षम",
    "checking your browser", "verify you are human", "verifying you are human", "are you a robot", "not a robot",
    "unusual traffic", "just a moment",
)  # fmt: skip

NOTICES = (
    "©", "(c) 20", "copyright", "all rights reserved", "alle rechte", "tous droits", "todos los derechos",
    "todos os direitos", "tutti i diritti", "wszelkie prawa", "все права", "無断転載", "版权所有", "版權所有",
    "무단 전재", "جميع الحقوق", "सर्वाधिकार", "newsletter", "ニュースレター", "рассылк", "뉴스레터",
    "النشرة البريدية", "न्यूज़लेटर", "forgot your password", "forgotten your password", "passwort vergessen",
    "mot de passe oublié", "olvidaste tu contraseña",
)  # fmt: skip

THANKS = (
    "thank you for", "thanks for", "you're signed up", "you are signed up", "check your inbox",
    "confirm your email", "danke für", "vielen dank für", "merci pour", "merci de", "gracias por", "obrigado por",
    "grazie per", "bedankt voor", "спасибо за", "ご登録ありがとう", "お申し込みありがとう", "感谢您", "감사합니다",
    "شكرا ل", "धन्यवाद", "choose your subscription", "choose a subscription", "subscribe to the",
    "subscription offers", "jetzt abonnieren", "unsere abos", "nos offres", "nos abonnements", "suscripciones",
    "abbonamenti", "購読のご案内", "订阅方案", "구독 안내",
)  # fmt: skip
