"""What language a text is in, whatever its page declares: a sentence in each of some fifty languages."""

# ruff: noqa: RUF001, E501 - other scripts are the point; a sentence a line
import pytest
from fielding import fields, page

SENTENCES = {
    "en": "The council voted on Tuesday to widen the harbour after a debate that lasted for most of the night, officials said.",
    "de": "Der Stadtrat hat am Dienstag nach einer langen Debatte beschlossen, den Hafen zu verbreitern, teilte die Verwaltung mit.",
    "fr": "Le conseil municipal a voté mardi l'élargissement du port après un débat qui a duré une grande partie de la nuit.",
    "es": "El ayuntamiento votó el martes ampliar el puerto tras un debate que duró la mayor parte de la noche, dijeron las autoridades.",
    "pt": "A câmara municipal votou na terça-feira a favor da ampliação do porto, após um debate que durou quase toda a noite.",
    "gl": "O concello votou o martes a favor de ampliar o porto despois dun debate que durou case toda a noite, dixeron as autoridades.",
    "ca": "L'ajuntament va votar dimarts a favor d'ampliar el port després d'un debat que va durar gairebé tota la nit.",
    "it": "Il consiglio comunale ha votato martedì per l'ampliamento del porto dopo un dibattito durato gran parte della notte.",
    "nl": "De gemeenteraad heeft dinsdag besloten de haven te verbreden na een debat dat het grootste deel van de nacht duurde.",
    "af": "Die stadsraad het Dinsdag besluit om die hawe te verbreed ná 'n debat wat die grootste deel van die nag geduur het.",
    "da": "Byrådet vedtog tirsdag at udvide havnen efter en debat, der varede det meste af natten, oplyser kommunen.",
    "no": "Bystyret vedtok tirsdag å utvide havna etter en debatt som varte mesteparten av natten, opplyser kommunen.",
    "sv": "Kommunfullmäktige beslutade på tisdagen att bredda hamnen efter en debatt som varade större delen av natten.",
    "fi": "Kaupunginvaltuusto päätti tiistaina laajentaa satamaa keskustelun jälkeen, joka kesti suurimman osan yöstä.",
    "is": "Bæjarstjórn samþykkti á þriðjudag að stækka höfnina eftir umræður sem stóðu mestan hluta næturinnar.",
    "et": "Linnavolikogu otsustas teisipäeval pärast suurema osa ööst kestnud arutelu sadamat laiendada, teatas linnavalitsus.",
    "lv": "Pilsētas dome otrdien nobalsoja par ostas paplašināšanu pēc debatēm, kas ilga lielāko daļu nakts.",
    "lt": "Miesto taryba antradienį po beveik visą naktį trukusių diskusijų nubalsavo už uosto praplatinimą.",
    "pl": "Rada miasta zagłosowała we wtorek za poszerzeniem portu po debacie, która trwała przez większą część nocy.",
    "cs": "Zastupitelstvo města v úterý schválilo rozšíření přístavu po debatě, která trvala většinu noci, uvedl mluvčí.",
    "sk": "Mestské zastupiteľstvo v utorok schválilo rozšírenie prístavu po debate, ktorá trvala väčšinu noci, uviedol hovorca.",
    "sl": "Mestni svet je v torek po razpravi, ki je trajala večino noči, izglasoval razširitev pristanišča, so sporočili.",
    "hr": "Gradsko vijeće u utorak je izglasalo proširenje luke nakon rasprave koja je trajala veći dio noći, priopćeno je.",
    "bs": "Gradsko vijeće je u utorak izglasalo proširenje luke nakon rasprave koja je trajala veći dio noći, saopćeno je.",
    "sr": "Градско веће је у уторак изгласало проширење луке после расправе која је трајала већи део ноћи, саопштено је.",
    "mk": "Градскиот совет во вторникот изгласа проширување на пристаништето по дебата што траеше поголемиот дел од ноќта.",
    "bg": "Общинският съвет гласува във вторник за разширяване на пристанището след дебат, продължил през по-голямата част от нощта.",
    "ru": "Городской совет во вторник проголосовал за расширение порта после дебатов, которые продолжались большую часть ночи.",
    "uk": "Міська рада у вівторок проголосувала за розширення порту після дебатів, які тривали більшу частину ночі.",
    "be": "Гарадскі савет у аўторак прагаласаваў за пашырэнне порта пасля дэбатаў, якія працягваліся большую частку ночы.",
    "hu": "A városi tanács kedden megszavazta a kikötő bővítését az éjszaka nagy részén át tartó vita után.",
    "ro": "Consiliul local a votat marți extinderea portului după o dezbatere care a durat cea mai mare parte a nopții.",
    "el": "Το δημοτικό συμβούλιο ψήφισε την Τρίτη τη διεύρυνση του λιμανιού μετά από συζήτηση που κράτησε σχεδόν όλη τη νύχτα.",
    "tr": "Belediye meclisi, gecenin büyük bölümünde süren tartışmanın ardından salı günü limanın genişletilmesini oyladı.",
    "az": "Şəhər şurası gecənin çox hissəsi davam edən müzakirələrdən sonra çərşənbə axşamı limanın genişləndirilməsinə səs verdi.",
    "sq": "Këshilli bashkiak votoi të martën për zgjerimin e portit pas një debati që zgjati pjesën më të madhe të natës.",
    "id": "Dewan kota pada hari Selasa memutuskan untuk memperluas pelabuhan setelah perdebatan yang berlangsung hampir sepanjang malam karena biaya.",
    "ms": "Majlis bandaran pada hari Selasa mengundi untuk meluaskan pelabuhan selepas perbahasan yang berlangsung hampir sepanjang malam kerana kos.",
    "tl": "Bumoto ang konseho ng lungsod noong Martes na palawakin ang daungan matapos ang debate na tumagal halos buong magdamag.",
    "sw": "Baraza la mji lilipiga kura Jumanne kupanua bandari baada ya mjadala uliodumu kwa sehemu kubwa ya usiku.",
    "vi": "Hội đồng thành phố hôm thứ Ba đã bỏ phiếu mở rộng bến cảng sau cuộc tranh luận kéo dài gần như suốt đêm.",
    "th": "สภาเมืองลงมติเมื่อวันอังคารให้ขยายท่าเรือหลังจากการอภิปรายที่กินเวลาเกือบทั้งคืน เจ้าหน้าที่กล่าว",
    "ja": "市議会は火曜日、ほぼ一晩中続いた議論の末、港を拡張することを可決したと当局者が述べた。港の工事は来年始まる予定だ。",
    "zh": "市议会周二在持续了大半夜的辩论后投票决定扩建港口，官员们表示，工程将于明年开始，预计需要三年时间才能完成全部建设。",
    "ko": "시의회는 화요일 밤새 이어진 토론 끝에 항구를 확장하기로 의결했다고 관계자들이 밝혔다. 공사는 내년에 시작될 예정이다.",
    "ar": "صوت مجلس المدينة يوم الثلاثاء لصالح توسيع الميناء بعد نقاش استمر معظم الليل، حسبما قال مسؤولون في المدينة.",
    "fa": "شورای شهر روز سه\u200cشنبه پس از بحثی که بیشتر شب ادامه داشت به گسترش بندر رأی داد، مقام\u200cها گفتند که کار آغاز می\u200cشود.",
    "ur": "سٹی کونسل نے منگل کو رات بھر جاری رہنے والی بحث کے بعد بندرگاہ کو وسیع کرنے کے حق میں ووٹ دیا، حکام نے بتایا۔",
    "he": "מועצת העיר הצביעה ביום שלישי בעד הרחבת הנמל לאחר דיון שנמשך רוב הלילה, כך מסרו גורמים רשמיים.",
    "hi": "नगर परिषद ने मंगलवार को रात भर चली बहस के बाद बंदरगाह को चौड़ा करने के पक्ष में मतदान किया, अधिकारियों ने कहा।",
    "mr": "नगर परिषदेने मंगळवारी रात्रभर चाललेल्या चर्चेनंतर बंदर रुंद करण्याच्या बाजूने मतदान केले, असे अधिकाऱ्यांनी सांगितले.",
    "ne": "नगर परिषद्ले मंगलबार रातभर चलेको बहसपछि बन्दरगाह फराकिलो पार्ने पक्षमा मतदान गरेको अधिकारीहरूले बताए।",
    "bn": "নগর পরিষদ মঙ্গলবার প্রায় সারা রাত ধরে চলা বিতর্কের পর বন্দর প্রশস্ত করার পক্ষে ভোট দিয়েছে বলে কর্মকর্তারা জানিয়েছেন।",
    "ta": "நகர சபை செவ்வாய்க்கிழமை இரவு முழுவதும் நீடித்த விவாதத்திற்குப் பிறகு துறைமுகத்தை விரிவாக்க வாக்களித்தது.",
    "te": "రాత్రంతా సాగిన చర్చ తర్వాత మంగళవారం నౌకాశ్రయాన్ని విస్తరించడానికి నగర మండలి ఓటు వేసింది.",
    "ml": "രാത്രി മുഴുവൻ നീണ്ട ചർച്ചയ്ക്ക് ശേഷം ചൊവ്വാഴ്ച തുറമുഖം വികസിപ്പിക്കാൻ നഗരസഭ വോട്ട് ചെയ്തു.",
    "ka": "საკრებულომ სამშაბათს ხმა მისცა ნავსადგურის გაფართოებას დებატების შემდეგ, რომელიც თითქმის მთელი ღამე გაგრძელდა.",
    "hy": "Քաղաքային խորհուրդը երեքշաբթի քվեարկեց նավահանգստի ընդլայնման օգտին գրեթե ամբողջ գիշեր տևած քննարկումից հետո։",
    "eu": "Udalak asteartean portua zabaltzearen alde bozkatu zuen gau osoan zehar luzatu zen eztabaida baten ondoren.",
    "cy": "Pleidleisiodd y cyngor ddydd Mawrth o blaid lledu'r harbwr ar ôl dadl a barhaodd am y rhan fwyaf o'r nos.",
    "ga": "Vótáil an chomhairle Dé Máirt chun an cuan a leathnú tar éis díospóireachta a mhair an chuid is mó den oíche.",
    "lb": "De Gemengerot huet en Dënschdeg fir d'Vergréisserung vum Hafe gestëmmt, no enger Debatt, déi bal déi ganz Nuecht gedauert huet.",
}


@pytest.mark.parametrize("declared", ["right", "wrong", "none"])
@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_in_its_language_whatever_is_declared(code, declared):
    wrong = "de" if code == "en" else "en"
    lang = {"right": code, "wrong": wrong, "none": ""}[declared]
    assert fields(page(lang=lang), text=SENTENCES[code]).language == code


@pytest.mark.parametrize("code", ["sr", "hr", "bs"])
def test_neighbours_written_alike_are_told_apart_by_the_declaration(code):
    read = fields(
        page(lang=code), text="Gradsko veće je u utorak izglasalo proširenje luke posle duge rasprave u noći."
    )
    assert read.language == code
