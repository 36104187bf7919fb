//! How people say of themselves that they need particular care, in every language that the chat speaks.

/// One language's words.
pub struct Language {
    /// Its tag, as the catalogues of `public/locales` have it.
    pub tag: &'static str,
    /// Words that, directly before a phrase, say the opposite, or name another; separated by `|`.
    pub not: &'static str,
    /// The phrases, separated by `|`.
    pub phrases: &'static str,
}

/// All of them, in the order of their tags.
pub const LANGUAGES: &[Language] = &[
    Language {
        tag: "ar",
        not: "لا|ولا|ليس|ليست|ما",
        phrases: "أنا معاق|انا معاق|أنا معاقة|أنا من ذوي الإعاقة|لدي إعاقة|عندي إعاقة|أنا كفيف|\
            أنا كفيفة|أنا ضعيف البصر|أنا أصم|سمعي ضعيف|أنا على كرسي متحرك|أنا كبير في السن|\
            أنا كبيرة في السن|أنا متقاعد|أنا من الفئات الضعيفة|أعاني من الزهايمر|أنا مصاب بالتوحد|\
            أعتمد على الأكسجين|أنا ضحية عنف أسري|أعاني من مرض خطير|أنا مصاب بالسرطان|عندي سرطان",
    },
    Language {
        tag: "bg",
        not: "не",
        phrases: "съм уязвим|съм уязвима|съм инвалид|имам увреждане|съм сляп|съм сляпа|съм глуха|\
            имам лошо зрение|съм глух|имам увреден слух|съм в инвалидна количка|завися от кислород|\
            съм възрастен човек|съм пенсионер|съм пенсионерка|имам деменция|имам аутизъм|имам рак|\
            имам психично заболяване|съм жертва на насилие|имам тежко заболяване|сляп съм|глух съм",
    },
    Language {
        tag: "bn",
        not: "",
        phrases: "আমি অন্ধ|আমি দৃষ্টিপ্রতিবন্ধী|আমি চোখে কম দেখি|আমি বধির|আমি প্রতিবন্ধী|আমার অটিজম আছে|\
            আমার প্রতিবন্ধকতা আছে|আমি হুইলচেয়ার ব্যবহার করি|আমি বৃদ্ধ|আমি পেনশনভোগী|আমি মানসিক রোগে ভুগছি|\
            আমি ঝুঁকিপূর্ণ অবস্থায় আছি|আমার ডিমেনশিয়া আছে|আমি অক্সিজেনের ওপর নির্ভরশীল|আমার ক্যান্সার হয়েছে|\
            আমি পারিবারিক সহিংসতার শিকার|আমি গুরুতর অসুস্থ|আমি শ্রবণপ্রতিবন্ধী|আমি একজন প্রতিবন্ধী",
    },
    Language {
        tag: "ca",
        not: "no|ni|tampoc|mai",
        phrases: "sóc vulnerable|sóc una persona vulnerable|sóc un consumidor vulnerable|sóc cec|\
            sóc una consumidora vulnerable|estic en situació de vulnerabilitat|tinc discapacitat|\
            estic en risc d'exclusió|tinc una discapacitat|sóc discapacitat|sóc discapacitada|\
            sóc cega|sóc invident|no hi veig bé|sóc sord|sóc sorda|no hi sento bé|sóc pensionista|\
            vaig en cadira de rodes|sóc una persona gran|sóc una persona major|sóc jubilat|\
            sóc jubilada|estic jubilat|estic jubilada|tinc demència|tinc Alzheimer|sóc autista|\
            tinc autisme|tinc una malaltia|depenc d'oxigen|depenc d'un respirador|tinc mala vista|\
            sóc víctima de violència|estic greument malalt|estic greument malalta|tinc càncer",
    },
    Language {
        tag: "cs",
        not: "",
        phrases: "jsem zranitelný|jsem zranitelná|jsem postižený|jsem postižená|mám špatný zrak|\
            mám zdravotní postižení|jsem nevidomý|jsem nevidomá|jsem slepý|jsem slepá|jsem hluchý|\
            jsem hluchá|špatně slyším|jsem na vozíku|jsem starší člověk|jsem důchodce|mám autismus|\
            jsem důchodkyně|mám demenci|mám duševní onemocnění|jsem na plicní ventilaci|\
            jsem obětí domácího násilí|jsem vážně nemocný|jsem vážně nemocná|mám rakovinu",
    },
    Language {
        tag: "da",
        not: "",
        phrases: "jeg er sårbar|jeg er en sårbar|jeg har et handicap|jeg er blind|jeg er en ældre|\
            jeg er svagtseende|jeg har dårligt syn|jeg er døv|jeg er hørehæmmet|jeg er psykisk syg|\
            jeg sidder i kørestol|jeg er pensionist|jeg har demens|jeg har autisme|jeg har kræft|\
            jeg er afhængig af ilt|jeg er udsat for vold|jeg er alvorligt syg",
    },
    Language {
        tag: "de",
        not: "oder|vielleicht",
        phrases: "ich bin schutzbedürftig|ich bin von sozialer Ausgrenzung bedroht|ich bin blind|\
            ich bin behindert|ich bin schwerbehindert|ich habe eine Behinderung|ich blind bin|\
            ich bin sehbehindert|ich sehbehindert bin|ich sehe schlecht|ich bin gehörlos|\
            ich bin taub|ich bin schwerhörig|ich höre schlecht|ich sitze im Rollstuhl|\
            ich bin ein älterer Mensch|ich bin eine ältere|ich bin Rentner|ich bin Rentnerin|\
            ich habe Demenz|ich bin dement|ich habe Alzheimer|ich bin Autist|ich bin Autistin|\
            ich bin autistisch|ich bin psychisch krank|ich bin auf Sauerstoff angewiesen|\
            ich werde beatmet|ich bin Opfer häuslicher Gewalt|ich bin schwer krank|ich habe Krebs",
    },
    Language {
        tag: "el",
        not: "δεν|δε|ούτε",
        phrases: "είμαι ευάλωτος|είμαι ευάλωτη|είμαι ανάπηρος|είμαι ανάπηρη|έχω αναπηρία|\
            είμαι τυφλός|είμαι τυφλή|έχω πρόβλημα όρασης|είμαι κουφός|είμαι κουφή|είμαι ηλικιωμένη|\
            έχω πρόβλημα ακοής|είμαι σε αμαξίδιο|είμαι ηλικιωμένος|είμαι συνταξιούχος|έχω άνοια|\
            έχω αυτισμό|έχω ψυχική ασθένεια|εξαρτώμαι από οξυγόνο|είμαι άτομο με αναπηρία|\
            είμαι θύμα ενδοοικογενειακής βίας|πάσχω από σοβαρή|έχω καρκίνο|πάσχω από καρκίνο",
    },
    Language {
        tag: "en",
        not: "maybe|perhaps|unless|or",
        phrases: "I am vulnerable|I'm vulnerable|I am a vulnerable|I'm a vulnerable|I am disabled|\
            I am in a vulnerable|I'm in a vulnerable|I'm at risk of social|I'm disabled|I am blind|\
            im disabled|I'm terminally ill|I have a disability|I'm blind|im blind|I can't see well|\
            I am visually impaired|I'm visually impaired|my eyesight is bad|I am deaf|I'm deaf|\
            im deaf|I am hard of hearing|I'm hard of hearing|I use a wheelchair|I am a pensioner|\
            I am in a wheelchair|I'm in a wheelchair|I am elderly|I'm elderly|I am an elderly|\
            I'm an elderly|I'm a pensioner|I have dementia|I have Alzheimer's|I am autistic|\
            I'm autistic|I have a learning disability|I have a mental illness|I'm on life support|\
            I depend on a ventilator|I depend on oxygen|I am a victim of domestic|I'm a disabled|\
            I'm a victim of domestic|I am seriously ill|I'm seriously ill|I have cancer",
    },
    Language {
        tag: "es",
        not: "no|ni|tampoco|nunca",
        phrases: "soy vulnerable|soy una persona vulnerable|soy consumidor vulnerable|\
            soy un consumidor vulnerable|soy una consumidora vulnerable|tengo una discapacidad|\
            estoy en situación de vulnerabilidad|estoy en riesgo de exclusión|tengo discapacidad|\
            tengo un grado de discapacidad|soy discapacitado|soy discapacitada|tengo mala vista|\
            soy una persona con discapacidad|soy ciego|soy ciega|soy invidente|uso silla de ruedas|\
            tengo problemas de visión|soy sordo|soy sorda|tengo problemas de audición|soy jubilado|\
            voy en silla de ruedas|estoy en silla de ruedas|soy una persona mayor|soy pensionista|\
            soy jubilada|estoy jubilado|estoy jubilada|tengo demencia|tengo alzhéimer|soy autista|\
            tengo autismo|tengo una enfermedad|soy electrodependiente|dependo de oxígeno|\
            dependo de un respirador|soy víctima de violencia|estoy gravemente enfermo|\
            estoy gravemente enferma|tengo cáncer|soy un cliente vulnerable|soy muy mayor",
    },
    Language {
        tag: "et",
        not: "",
        phrases: "olen haavatav|mul on puue|olen pime|mul on nägemispuue|mul on halb nägemine|\
            olen kurt|mul on kuulmispuue|kuulen halvasti|olen ratastoolis|olen eakas|mul on autism|\
            olen pensionär|mul on dementsus|olen autist|mul on vaimupuue|mul on psüühikahäire|\
            vajan hapnikuaparaati|olen perevägivalla ohver|olen raskelt haige|mul on vähk",
    },
    Language {
        tag: "eu",
        not: "",
        phrases: "zaurgarria naiz|kaltebera naiz|egoera zaurgarrian nago|entzumen arazoak ditut|\
            gizarte bazterketako arriskuan nago|desgaitasuna dut|desgaitasuna daukat|adinekoa naiz|\
            desgaitua naiz|itsua naiz|ikusmen arazoak ditut|gorra naiz|gurpil aulkian nago|\
            gurpil aulkia erabiltzen dut|adineko pertsona naiz|pentsioduna naiz|pentsionista naiz|\
            erretiratuta nago|jubilatuta nago|dementzia dut|Alzheimerra dut|autista naiz|\
            autismoa dut|buruko gaixotasuna dut|arnasgailu baten mende nago|gaixotasun larria dut|\
            genero indarkeriaren biktima naiz|larri gaixo nago|minbizia dut|desgaitasun bat dut",
    },
    Language {
        tag: "fa",
        not: "",
        phrases: "آسیب پذیر هستم|معلول هستم|معلولم|معلولیت دارم|نابینا هستم|نابینام|کم بینا هستم|\
            چشمم ضعیف است|ناشنوا هستم|ناشنوام|از ویلچر استفاده می کنم|روی ویلچر هستم|سالمند هستم|\
            بازنشسته هستم|بازنشسته ام|آلزایمر دارم|زوال عقل دارم|اوتیسم دارم|بیماری روانی دارم|\
            به دستگاه تنفس وابسته هستم|قربانی خشونت خانگی هستم|بیماری سختی دارم|سرطان دارم",
    },
    Language {
        tag: "fi",
        not: "",
        phrases: "olen haavoittuva|olen haavoittuvassa|olen vammainen|olen sokea|olen eläkeläinen|\
            olen näkövammainen|näköni on huono|olen kuuro|olen huonokuuloinen|käytän pyörätuolia|\
            olen pyörätuolissa|olen vanhus|olen eläkkeellä|minulla on muistisairaus|\
            olen autistinen|olen kehitysvammainen|minulla on mielisairaus|olen hengityskoneessa|\
            olen perheväkivallan uhri|olen vakavasti sairas|minulla on syöpä|kuulen huonosti",
    },
    Language {
        tag: "fr",
        not: "ou",
        phrases: "je suis vulnérable|je suis une personne vulnérable|je suis handicapée|\
            je suis un consommateur vulnérable|je suis en situation de vulnérabilité|\
            je risque l'exclusion sociale|je suis handicapé|je suis en situation de handicap|\
            j'ai un handicap|je suis aveugle|je suis non-voyant|je suis non-voyante|je suis sourde|\
            je suis malvoyant|je suis malvoyante|je suis sourd|je suis malentendant|j'ai Alzheimer|\
            je suis malentendante|je suis en fauteuil roulant|je suis une personne âgée|\
            je suis retraité|je suis retraitée|je suis à la retraite|je souffre de démence|\
            je suis autiste|j'ai une maladie|je suis sous oxygène|je dépends d'un respirateur|\
            je suis victime de violences|je suis gravement malade|j'ai un cancer|j'ai la maladie",
    },
    Language {
        tag: "ga",
        not: "",
        phrases: "tá mé leochaileach|táim leochaileach|tá míchumas orm|tá mé dall|táim dall|\
            níl radharc maith agam|tá mé bodhar|tá lagéisteacht orm|tá mé i gcathaoir rothaí|\
            táim i gcathaoir rothaí|is duine scothaosta mé|is pinsinéir mé|tá galar Alzheimer orm|\
            tá uathachas orm|tá míchumas foghlama orm|tá meabhairghalar orm|tá mé go dona tinn|\
            tá mé ag brath ar ocsaigin|is íospartach foréigin baile mé|tá ailse orm|táim bodhar",
    },
    Language {
        tag: "gl",
        not: "non|nin|tampouco|nunca",
        phrases: "son vulnerable|son unha persoa vulnerable|son un consumidor vulnerable|son cego|\
            son unha consumidora vulnerable|estou en situación de vulnerabilidade|teño mala vista|\
            estou en risco de exclusión|teño unha discapacidade|teño discapacidade|son xordo|\
            son discapacitado|son discapacitada|son cega|son xorda|teño problemas de audición|\
            vou en cadeira de rodas|estou en cadeira de rodas|uso cadeira de rodas|son pensionista|\
            son unha persoa maior|son xubilado|son xubilada|teño demencia|teño alzhéimer|\
            son autista|teño autismo|teño unha enfermidade|dependo de osíxeno|son invidente|\
            dependo dun respirador|son vítima de violencia|teño cancro|son un cliente vulnerable",
    },
    Language {
        tag: "he",
        not: "",
        phrases: "אני עיוור|אני עיוורת|יש לי לקות ראייה|אני חירש|אני חירשת|יש לי לקות שמיעה|\
            אני נכה|יש לי מוגבלות|יש לי נכות|אני בכיסא גלגלים|אני קשיש|אני קשישה|אני פנסיונר|\
            אני פנסיונרית|אני פגיע|אני פגיעה|יש לי אלצהיימר|אני על הרצף האוטיסטי|יש לי אוטיזם|\
            יש לי מחלת נפש|אני תלוי בחמצן|אני קורבן לאלימות במשפחה|אני חולה קשה|יש לי סרטן",
    },
    Language {
        tag: "hi",
        not: "",
        phrases: "मैं अंधा हूँ|मैं अंधा हूं|मैं नेत्रहीन हूँ|मैं दृष्टिबाधित हूँ|मुझे कम दिखाई देता है|मेरी नजर कमजोर है|\
            मैं बहरा हूँ|मैं बधिर हूँ|मुझे कम सुनाई देता है|मैं विकलांग हूँ|मैं विकलांग हूं|मैं दिव्यांग हूँ|मैं व्हीलचेयर पर हूँ|\
            मैं व्हीलचेयर का इस्तेमाल|मैं बुजुर्ग हूँ|मैं बुजुर्ग हूं|मैं पेंशनर हूँ|मैं कमजोर वर्ग से हूं|मुझे डिमेंशिया है|मुझे ऑटिज्म है|\
            मुझे मानसिक बीमारी है|मैं वेंटिलेटर पर हूँ|मैं घरेलू हिंसा की शिकार|मैं गंभीर रूप से बीमार हूँ|मुझे कैंसर है",
    },
    Language {
        tag: "hr",
        not: "ne|ni",
        phrases: "sam ranjiv|sam ranjiva|imam invaliditet|sam slijep|sam slijepa|slijep sam|\
            imam slab vid|sam gluh|sam gluha|gluh sam|loše čujem|sam u invalidskim kolicima|\
            sam starija osoba|sam umirovljenik|sam umirovljenica|imam demenciju|imam autizam|\
            imam psihičku bolest|trebam kisik|sam žrtva obiteljskog|imam tešku bolest|imam rak",
    },
    Language {
        tag: "hu",
        not: "nem|se|sem|elég",
        phrases: "sérülékeny vagyok|védendő fogyasztó vagyok|fogyatékos vagyok|látássérült vagyok|\
            fogyatékossággal élek|mozgássérült vagyok|vak vagyok|rossz a látásom|siket vagyok|\
            süket vagyok|nagyothalló vagyok|kerekesszékes vagyok|idős vagyok|nyugdíjas vagyok|\
            demenciám van|autista vagyok|mentális betegségem van|lélegeztetőgépen vagyok|\
            családon belüli erőszak áldozata vagyok|súlyos beteg vagyok|rákos vagyok",
    },
    Language {
        tag: "id",
        not: "ibu|ayah|bapak|anak|istri|suami|nenek|kakek|adik|kakak|tua|saudara|keluarga|teman",
        phrases: "saya rentan|saya kelompok rentan|saya penyandang disabilitas|saya difabel|\
            saya buta|saya tunanetra|penglihatan saya buruk|saya tuli|saya tunarungu|saya lansia|\
            pendengaran saya kurang|saya pakai kursi roda|saya menggunakan kursi roda|saya autis|\
            saya pensiunan|saya menderita demensia|saya punya gangguan mental|saya korban KDRT|\
            saya bergantung pada oksigen|saya sakit parah|saya menderita kanker",
    },
    Language {
        tag: "it",
        not: "non|né|neppure|mai",
        phrases: "sono vulnerabile|sono una persona vulnerabile|sono un consumatore vulnerabile|\
            sono in una situazione di vulnerabilità|sono a rischio di esclusione sociale|\
            sono disabile|sono una persona con disabilità|ho una disabilità|sono invalido|\
            sono invalida|sono cieco|sono cieca|sono non vedente|sono ipovedente|non ci vedo bene|\
            sono sordo|sono sorda|non ci sento bene|sono in sedia a rotelle|uso la sedia a rotelle|\
            sono anziano|sono anziana|sono una persona anziana|sono pensionato|sono pensionata|\
            ho la demenza|ho l'Alzheimer|sono autistico|sono autistica|ho una malattia|\
            dipendo dall'ossigeno|sono vittima di violenza|ho un tumore|ho il cancro",
    },
    Language {
        tag: "ja",
        not: "母は|母が|父は|父が|親は|妻は|妻が|夫は|夫が|娘は|娘が|子は|子が|さんは",
        phrases: "視覚障害があります|目が見えません|聴覚障害があります|耳が聞こえません|難聴です|\
            障害者です|私には障害があります|車椅子を使っています|車いすを使っています|高齢者です|\
            年金生活です|認知症です|自閉症です|知的障害があります|精神疾患があります|重い病気です|\
            人工呼吸器を使っています|社会的弱者です|DVの被害者です|がん患者です",
    },
    Language {
        tag: "ko",
        not: "어머니는|어머니가|아버지는|아버지가|부모님이|남편이|아내가|아들이|딸이",
        phrases: "시각장애인입니다|시각장애가 있습니다|눈이 잘 안 보여요|청각장애인입니다|\
            청각장애가 있습니다|귀가 잘 안 들려요|장애인입니다|저는 장애가 있습니다|취약계층입니다|\
            휠체어를 사용합니다|휠체어를 탑니다|노인입니다|나이가 많습니다|연금 수급자입니다|\
            치매가 있습니다|자폐증이 있습니다|지적장애가 있습니다|정신질환이 있습니다|\
            인공호흡기를 사용합니다|가정폭력 피해자입니다|중증 환자입니다|암 환자입니다",
    },
    Language {
        tag: "lt",
        not: "",
        phrases: "esu pažeidžiamas|esu pažeidžiama|turiu negalią|esu aklas|esu akla|esu kurčias|\
            mano silpnas regėjimas|esu kurčia|blogai girdžiu|sėdžiu vežimėlyje|esu senas žmogus|\
            esu pensininkas|esu pensininkė|sergu demencija|turiu autizmą|turiu psichikos|\
            man reikia deguonies|patiriu smurtą artimoje|sunkiai sergu|sergu vėžiu|esu neįgalus",
    },
    Language {
        tag: "lv",
        not: "",
        phrases: "esmu neaizsargāts|esmu neaizsargāta|man ir invaliditāte|esmu akls|esmu akla|\
            esmu neredzīgs|esmu neredzīga|man ir slikta redze|esmu kurls|esmu kurla|man ir demence|\
            es slikti dzirdu|pārvietojos ratiņkrēslā|esmu vecs cilvēks|esmu pensionārs|\
            esmu pensionāre|man ir autisms|man ir psihiska slimība|esmu atkarīgs no skābekļa|\
            esmu cietusi no vardarbības ģimenē|esmu smagi slims|esmu smagi slima|man ir vēzis",
    },
    Language {
        tag: "mt",
        not: "",
        phrases: "jien vulnerabbli|għandi diżabbiltà|jien b'diżabbiltà|jien agħma|jien għamja|\
            għandi vista ħażina|ma narax sew|jien trux|jien truxa|ma nismax sew|għandi l-Alzheimer|\
            nuża siġġu tar-roti|jien anzjan|jien anzjana|jien pensjonant|jien pensjonanta|\
            jien awtistiku|jien awtistika|għandi marda mentali|niddependi mill-ossiġnu|\
            jien vittma ta' vjolenza domestika|għandi marda serja|għandi l-kanċer",
    },
    Language {
        tag: "nb",
        not: "",
        phrases: "jeg er sårbar|jeg er funksjonshemmet|jeg har en funksjonshemming|jeg er ufør|\
            jeg er blind|jeg er synshemmet|jeg er døv|jeg er hørselshemmet|jeg sitter i rullestol|\
            jeg er en eldre|jeg er pensjonist|jeg har demens|jeg har autisme|jeg er psykisk syk|\
            jeg er avhengig av oksygen|jeg er alvorlig syk|jeg har kreft|jeg er utsatt for vold",
    },
    Language {
        tag: "nl",
        not: "",
        phrases: "ik ben kwetsbaar|ik ben een kwetsbare|ik ben gehandicapt|ik heb een handicap|\
            ik heb een beperking|ik ben blind|ik ben slechtziend|ik ben doof|ik ben slechthorend|\
            ik zit in een rolstoel|ik ben bejaard|ik ben gepensioneerd|ik heb dementie|\
            ik ben autistisch|ik heb een psychische|ik ben afhankelijk van zuurstof|ik heb kanker|\
            ik ben slachtoffer van huiselijk geweld|ik ben ernstig ziek|ik zie slecht",
    },
    Language {
        tag: "pl",
        not: "nie|ani",
        phrases: "jestem odbiorcą wrażliwym|jestem niepełnosprawny|jestem niepełnosprawna|\
            mam orzeczenie o niepełnosprawności|jestem niewidomy|jestem niewidoma|słabo widzę|\
            jestem głuchy|jestem głucha|słabo słyszę|jestem na wózku|jestem starszą osobą|\
            jestem emerytem|jestem emerytką|mam demencję|mam autyzm|mam chorobę|potrzebuję tlenu|\
            jestem ofiarą przemocy|jestem ciężko chory|jestem ciężko chora|mam raka",
    },
    Language {
        tag: "pt",
        not: "não|nem|nunca|tampouco",
        phrases: "sou vulnerável|sou uma pessoa vulnerável|sou um consumidor vulnerável|\
            sou uma consumidora vulnerável|estou em situação de vulnerabilidade|tenho deficiência|\
            estou em risco de exclusão|tenho uma deficiência|sou deficiente|tenho uma incapacidade|\
            sou uma pessoa com deficiência|sou cego|sou cega|sou invisual|tenho problemas de visão|\
            sou surdo|sou surda|ouço mal|ando de cadeira de rodas|uso cadeira de rodas|sou idoso|\
            sou idosa|sou uma pessoa idosa|sou pensionista|sou reformado|sou reformada|sou autista|\
            tenho demência|tenho Alzheimer|tenho uma doença|dependo de oxigénio|tenho cancro|\
            dependo de um ventilador|sou vítima de violência|estou gravemente doente",
    },
    Language {
        tag: "pt-BR",
        not: "não|nem|nunca",
        phrases: "sou vulnerável|estou em situação de vulnerabilidade|tenho uma deficiência|\
            tenho deficiência|sou deficiente|sou uma pessoa com deficiência|sou cego|sou cega|\
            enxergo mal|sou surdo|sou surda|sou cadeirante|uso cadeira de rodas|sou idoso|\
            sou idosa|sou aposentado|sou aposentada|tenho demência|sou autista|dependo de oxigênio|\
            sou vítima de violência|estou gravemente doente|tenho câncer|estou com câncer",
    },
    Language {
        tag: "ro",
        not: "nu|nici",
        phrases: "sunt vulnerabil|sunt vulnerabilă|am o dizabilitate|am un handicap|sunt surdă|\
            sunt nevăzător|sunt nevăzătoare|am probleme cu vederea|sunt surd|am probleme cu auzul|\
            sunt în scaun cu rotile|sunt o persoană în vârstă|sunt pensionar|sunt pensionară|\
            am demență|am autism|depind de oxigen|sunt victima violenței|am o boală|sunt oarbă|\
            sufăr de cancer|sunt orb|am dizabilități|sunt bolnav de cancer|sunt bolnavă de cancer",
    },
    Language {
        tag: "ru",
        not: "не|или",
        phrases: "я уязвим|я уязвима|я инвалид|у меня инвалидность|я слепой|я слепая|я незрячий|\
            я незрячая|я плохо вижу|я глухой|я глухая|я плохо слышу|я колясочник|я пожилой человек|\
            я пенсионер|я пенсионерка|у меня деменция|у меня аутизм|у меня психическое|у меня рак|\
            я завишу от кислорода|я жертва домашнего насилия|я тяжело болен|я тяжело больна",
    },
    Language {
        tag: "sk",
        not: "nie|ani",
        phrases: "som zraniteľný|som zraniteľná|mám zdravotné postihnutie|som nevidiaci|som slepý|\
            som nevidiaca|som slepá|mám zlý zrak|som hluchý|som hluchá|zle počujem|som na vozíku|\
            som starší človek|som dôchodca|som dôchodkyňa|mám demenciu|mám autizmus|mám duševné|\
            potrebujem kyslík|som obeťou domáceho|mám vážnu chorobu|mám rakovinu|som vozičkár",
    },
    Language {
        tag: "sl",
        not: "ne|niti",
        phrases: "sem ranljiv|sem ranljiva|imam invalidnost|sem slep|sem slepa|slep sem|sem gluha|\
            imam slab vid|sem gluh|slabo slišim|sem na invalidskem vozičku|sem starejša oseba|\
            sem upokojenec|sem upokojenka|imam demenco|imam avtizem|imam duševno bolezen|imam raka|\
            potrebujem kisik|sem žrtev nasilja v družini|imam hudo bolezen|gluh sem|upokojenec sem",
    },
    Language {
        tag: "sv",
        not: "",
        phrases: "jag är sårbar|jag är en sårbar|jag har en funktionsnedsättning|jag är blind|\
            jag är synskadad|jag har dålig syn|jag är döv|jag är hörselskadad|jag hör dåligt|\
            jag sitter i rullstol|jag är en äldre|jag är pensionär|jag har demens|jag är autistisk|\
            jag har autism|jag har en intellektuell|jag har en psykisk sjukdom|jag är svårt sjuk|\
            jag är beroende av syrgas|jag är utsatt för våld i hemmet|jag har cancer",
    },
    Language {
        tag: "th",
        not: "ของ|ของดิ|แม่|แม่ดิ|พ่อ|พ่อดิ|ลูก|ลูกดิ|ย่า|ยาย|ปู่|ตา|สามี|ภรรยา|แฟน|เพื่อน|ชาย|สาว",
        phrases: "ฉันเป็นกลุ่มเปราะบาง|ผมเป็นกลุ่มเปราะบาง|ฉันเป็นคนพิการ|ผมเป็นคนพิการ|ฉันตาบอด|ผมตาบอด|\
            ฉันหูหนวก|ผมหูหนวก|ฉันนั่งรถเข็น|ผมนั่งรถเข็น|ฉันเป็นผู้สูงอายุ|ผมเป็นผู้สูงอายุ|ฉันเกษียณ|ผมเกษียณ|ฉันป่วยทางจิต|\
            ฉันเป็นโรคสมองเสื่อม|ผมเป็นโรคสมองเสื่อม|ฉันเป็นออทิสติก|ผมเป็นออทิสติก|ผมป่วยทางจิต|ฉันใช้ออกซิเจน|\
            ผมใช้ออกซิเจน|ฉันเป็นเหยื่อความรุนแรง|ฉันป่วยหนัก|ผมป่วยหนัก|ฉันเป็นมะเร็ง|ผมเป็นมะเร็ง",
    },
    Language {
        tag: "tr",
        not: "",
        phrases: "engelliyim|engelli bireyim|körüm|gözlerim iyi görmüyor|sağırım|ağır işitiyorum|\
            tekerlekli sandalye kullanıyorum|tekerlekli sandalyedeyim|yaşlıyım|emekliyim|otistiğim|\
            savunmasızım|demansım var|Alzheimer hastasıyım|ruhsal bir hastalığım var|ağır hastayım|\
            solunum cihazına bağlıyım|aile içi şiddet mağduruyum|kanser hastasıyım|otizmliyim",
    },
    Language {
        tag: "uk",
        not: "не|або|чи",
        phrases: "я вразливий|я вразлива|у мене інвалідність|я сліпий|я сліпа|я погано бачу|\
            я глухий|я глуха|я погано чую|я на інвалідному візку|я літня людина|я пенсіонер|\
            я пенсіонерка|я на пенсії|у мене деменція|у мене аутизм|у мене психічне|я важко хворий|\
            я залежу від кисню|я жертва домашнього насильства|я важко хвора|у мене рак",
    },
    Language {
        tag: "ur",
        not: "",
        phrases: "میں نابینا ہوں|میں اندھا ہوں|میں اندھی ہوں|میری نظر کمزور ہے|میں معذور ہوں|\
            مجھے کم دکھائی دیتا ہے|میں بہرا ہوں|میں بہری ہوں|مجھے کم سنائی دیتا ہے|مجھے ڈیمنشیا ہے|\
            میں وہیل چیئر پر ہوں|میں بزرگ ہوں|میں بوڑھا ہوں|میں بوڑھی ہوں|میں پنشنر ہوں|\
            میں کمزور طبقے سے ہوں|مجھے آٹزم ہے|مجھے ذہنی بیماری ہے|میں آکسیجن پر ہوں|مجھے کینسر ہے|\
            میں گھریلو تشدد کا شکار ہوں|میں گھریلو تشدد کی شکار ہوں|میں سخت بیمار ہوں",
    },
    Language {
        tag: "vi",
        not: "mẹ|má|bố|cha|ba|con|vợ|chồng|ông|bà|anh|chị|em|bạn|nội|ngoại|gái|trai|của",
        phrases: "tôi dễ bị tổn thương|tôi thuộc nhóm yếu thế|tôi bị khuyết tật|tôi ngồi xe lăn|\
            tôi là người khuyết tật|tôi bị mù|tôi khiếm thị|mắt tôi kém|tôi bị điếc|tôi nghe kém|\
            tôi là người cao tuổi|tôi là người lớn tuổi|tôi đã nghỉ hưu|tôi bị sa sút trí tuệ|\
            tôi bị tự kỷ|tôi bị bệnh tâm thần|tôi phải thở oxy|tôi phải dùng máy thở|\
            tôi là nạn nhân bạo lực gia đình|tôi bị bệnh nặng|tôi bị ung thư|tôi bị Alzheimer",
    },
    Language {
        tag: "zh-Hans",
        not: "",
        phrases: "我是弱势群体|我属于弱势群体|我是残疾人|我有残疾证|我是盲人|我是视障|我视力不好|\
            我是聋人|我听力不好|我坐轮椅|我是老年人|我年纪大了|我退休了|我得了老年痴呆|我有自闭症|\
            我有精神疾病|我有智力障碍|我靠呼吸机|我是家暴受害者|我得了重病|我得了癌症",
    },
    Language {
        tag: "zh-Hant",
        not: "",
        phrases: "我是弱勢|我是身心障礙|我有身心障礙|我是殘疾人士|我是盲人|我是視障|我視力不好|\
            我是聾人|我是聽障|我重聽|我坐輪椅|我是長者|我年紀大了|我退休了|我有失智症|我有自閉症|\
            我有精神疾病|我有智能障礙|我依賴呼吸器|我是家暴受害者|我得了重病|我得了癌症",
    },
];
