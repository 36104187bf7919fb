//! Sentences of each language, as people write them.

use std::collections::BTreeSet;

use super::is_said;
use super::phrases::LANGUAGES;

/// What writers say of themselves: each must match in its language.
const SAID: &[(&str, &str)] = &[
    ("ar", "مرحبا، أنا كفيف وأستخدم قارئ الشاشة."),
    ("ar", "عندي إعاقة وأحتاج إلى مساعدة في دفع الفاتورة."),
    ("bg", "Здравейте, аз съм сляп и ми трябва помощ."),
    ("bg", "Аз съм пенсионерка и имам увреден слух."),
    ("bn", "আমি অন্ধ, ওয়েবসাইটটি ব্যবহার করতে পারছি না।"),
    ("bn", "নমস্কার, আমি হুইলচেয়ার ব্যবহার করি।"),
    ("ca", "Bon dia, soc cec i no puc llegir la factura."),
    ("ca", "Tinc una discapacitat reconeguda del 65 %."),
    ("cs", "Dobrý den, jsem nevidomá a nemohu najít formulář."),
    ("cs", "Jsem důchodce a mám špatný zrak."),
    ("da", "Hej, jeg er blind og bruger skærmlæser."),
    ("da", "Jeg er pensionist, kan jeg få hjælp?"),
    ("de", "Guten Tag, ich bin blind und brauche Hilfe."),
    (
        "de",
        "Da ich sehbehindert bin, kann ich das Formular nicht lesen.",
    ),
    ("el", "Καλησπέρα, είμαι τυφλή και χρειάζομαι βοήθεια."),
    ("el", "Έχω αναπηρία 67% και θέλω έκπτωση."),
    ("en", "Hello, I’m deaf so please don't phone me."),
    ("en", "I am a pensioner and my eyesight is bad."),
    ("es", "Hola, soy ciega y no puedo leer la factura."),
    (
        "es",
        "Buenos días, soy una persona mayor y tengo problemas de audición.",
    ),
    ("et", "Tere, olen pime ja vajan abi."),
    ("et", "Mul on puue ja ma liigun ratastoolis."),
    ("eu", "Kaixo, itsua naiz eta laguntza behar dut."),
    ("eu", "Desgaitasuna dut, % 65ekoa."),
    ("fa", "سلام، من نابینا هستم و به کمک نیاز دارم."),
    ("fa", "من از ویلچر استفاده می‌کنم."),
    ("fi", "Hei, olen sokea ja tarvitsen apua."),
    ("fi", "Olen eläkeläinen ja näköni on huono."),
    (
        "fr",
        "Bonjour, je suis malvoyante et je n'arrive pas à lire la facture.",
    ),
    ("fr", "J’ai un handicap, pouvez-vous m'aider ?"),
    ("ga", "Dia duit, tá mé dall agus tá cabhair uaim."),
    ("ga", "Is pinsinéir mé agus níl radharc maith agam."),
    ("gl", "Ola, son xorda e non podo chamar por teléfono."),
    ("gl", "Teño unha discapacidade do 65 %."),
    ("he", "שלום, אני עיוור ומשתמש בקורא מסך."),
    ("he", "יש לי מוגבלות ואני צריכה עזרה."),
    ("hi", "नमस्ते, मैं दृष्टिबाधित हूँ और मुझे मदद चाहिए।"),
    ("hi", "मुझे कैंसर है, कृपया जल्दी कीजिए।"),
    ("hr", "Dobar dan, ja sam slijepa i trebam pomoć."),
    ("hr", "Imam invaliditet, možete li mi pomoći?"),
    ("hu", "Jó napot, vak vagyok, és segítségre van szükségem."),
    ("hu", "Nyugdíjas vagyok, és nagyothalló vagyok."),
    ("id", "Halo, saya tunanetra dan butuh bantuan."),
    ("id", "Saya penyandang disabilitas, saya pakai kursi roda."),
    (
        "it",
        "Buongiorno, sono cieca e non riesco a leggere la bolletta.",
    ),
    ("it", "Ho un tumore e dipendo dall'ossigeno."),
    ("ja", "視覚障害がありますので、電話でお願いします。"),
    ("ja", "私は車椅子を使っています。"),
    ("ko", "안녕하세요, 저는 시각장애인입니다."),
    ("ko", "제가 귀가 잘 안 들려요. 전화는 어렵습니다."),
    ("lt", "Laba diena, esu akla ir man reikia pagalbos."),
    ("lt", "Turiu negalią, ar galite padėti?"),
    ("lv", "Labdien, esmu neredzīgs, un man vajag palīdzību."),
    ("lv", "Man ir invaliditāte, vai varat palīdzēt?"),
    ("mt", "Bonġu, jien għamja u għandi bżonn l-għajnuna."),
    ("mt", "Għandi diżabbiltà, tistgħu tgħinuni?"),
    ("nb", "Hei, jeg er blind og bruker skjermleser."),
    ("nb", "Jeg er ufør og trenger hjelp."),
    ("nl", "Hallo, ik ben slechtziend en heb hulp nodig."),
    ("nl", "Ik heb een beperking, kunt u mij helpen?"),
    ("pl", "Dzień dobry, jestem niewidoma i potrzebuję pomocy."),
    ("pl", "Jestem emerytem i słabo słyszę."),
    ("pt", "Bom dia, sou cego e não consigo ler a fatura."),
    ("pt", "Tenho uma deficiência e ando de cadeira de rodas."),
    ("pt-BR", "Oi, sou cadeirante e preciso de ajuda."),
    ("pt-BR", "Tenho deficiência auditiva, pode ser por escrito?"),
    ("ro", "Bună ziua, sunt nevăzătoare și am nevoie de ajutor."),
    ("ro", "Am un handicap grav, mă puteți ajuta?"),
    ("ru", "Здравствуйте, я незрячая, помогите, пожалуйста."),
    ("ru", "У меня инвалидность второй группы."),
    ("sk", "Dobrý deň, som nevidiaca a potrebujem pomoc."),
    ("sk", "Mám zdravotné postihnutie, pomôžete mi?"),
    ("sl", "Pozdravljeni, slep sem in potrebujem pomoč."),
    ("sl", "Sem upokojenka in slabo slišim."),
    ("sv", "Hej, jag är synskadad och behöver hjälp."),
    ("sv", "Jag sitter i rullstol och är ensam."),
    ("th", "สวัสดีค่ะ ดิฉันตาบอด ช่วยด้วยนะคะ"),
    ("th", "ผมเป็นคนพิการครับ"),
    ("tr", "Merhaba, görme engelliyim, yardıma ihtiyacım var."),
    ("tr", "Emekliyim, telefonda ağır işitiyorum."),
    ("uk", "Доброго дня, я сліпа й потребую допомоги."),
    ("uk", "У мене інвалідність другої групи."),
    ("ur", "السلام علیکم، میں نابینا ہوں، مدد چاہیے۔"),
    ("ur", "مجھے کینسر ہے، جلدی کریں۔"),
    ("vi", "Xin chào, tôi bị khuyết tật và cần giúp đỡ."),
    ("vi", "Tôi khiếm thị, không đọc được hóa đơn."),
    ("zh-Hans", "你好，我是盲人，看不到验证码。"),
    ("zh-Hans", "我年纪大了，不会用手机。"),
    ("zh-Hant", "您好，我是聽障，無法打電話。"),
    ("zh-Hant", "我有身心障礙手冊，請幫幫我。"),
];

/// What must match in no language: denied, of somebody else, or harmless.
const NOT_SAID: &[(&str, &str)] = &[
    ("ar", "أمي معاقة وتحتاج إلى كرسي متحرك."),
    ("ar", "ليس لدي إعاقة، شكرا."),
    ("bg", "Не съм глух, просто няма звук."),
    ("bg", "Майка ми е пенсионерка."),
    ("bn", "আমার মা প্রতিবন্ধী।"),
    ("ca", "No soc cec, només busco el botó."),
    ("ca", "La meva mare és sorda."),
    ("cs", "Nejsem slepý, jen to tlačítko nevidím."),
    ("cs", "Moje maminka je na vozíku."),
    ("da", "Jeg er ikke blind, men jeg kan ikke se knappen."),
    ("da", "Min mor sidder i kørestol."),
    ("de", "Ich bin nicht behindert."),
    ("de", "Meine Mutter ist schwerhörig."),
    ("de", "Entweder fehlt der Knopf oder ich bin blind."),
    ("el", "Δεν είμαι τυφλός, απλώς δεν βρίσκω το κουμπί."),
    ("el", "Η μητέρα μου είναι κωφή."),
    ("en", "I can't see the button."),
    ("en", "Is it suitable for blind people?"),
    ("en", "My mother is disabled."),
    ("en", "I am not disabled, I'm old enough to know."),
    ("es", "No soy ciego, pero no veo el botón."),
    ("es", "Mi madre es sorda y pensionista."),
    ("es", "¿Es adecuado para personas con discapacidad?"),
    ("et", "Ma ei ole pime."),
    ("et", "Mu ema on kurt."),
    ("eu", "Ez naiz itsua."),
    ("eu", "Nire ama gorra da."),
    ("fa", "مادرم ناشنوا است."),
    ("fa", "من نابینا نیستم."),
    ("fi", "En ole sokea."),
    ("fi", "Äitini on kuuro."),
    ("fr", "Je ne suis pas sourd."),
    ("fr", "Ma mère est aveugle."),
    ("fr", "Je suis âgé de 30 ans."),
    ("ga", "Níl mé dall."),
    ("ga", "Tá mo mháthair bodhar."),
    ("gl", "Non son cego, pero non vexo o botón."),
    ("gl", "A miña nai é xorda."),
    ("he", "אני לא עיוור."),
    ("he", "אמא שלי חירשת."),
    ("hi", "मैं विकलांग नहीं हूँ।"),
    ("hi", "मेरी माँ बहरी हैं।"),
    ("hr", "Nisam slijep, samo ne vidim gumb."),
    ("hr", "Moja majka je gluha."),
    ("hu", "Nem vagyok vak."),
    ("hu", "Anyám siket."),
    ("hu", "Elég idős vagyok ehhez?"),
    ("id", "Ibu saya tunanetra."),
    ("id", "Saya tidak buta."),
    ("it", "Non sono cieco, ma non vedo il pulsante."),
    ("it", "Mia madre è sorda."),
    ("ja", "母は視覚障害があります。"),
    ("ja", "サーバーに障害がありますか。"),
    ("ko", "어머니는 시각장애인입니다."),
    ("ko", "저는 장애인이 아닙니다."),
    ("lt", "Nesu aklas."),
    ("lt", "Mano mama kurčia."),
    ("lv", "Es neesmu akls."),
    ("lv", "Mana māte ir kurla."),
    ("mt", "Jien m'iniex trux."),
    ("mt", "Ommi hija truxa."),
    ("nb", "Jeg er ikke døv."),
    ("nb", "Moren min sitter i rullestol."),
    ("nl", "Ik ben niet doof."),
    ("nl", "Mijn moeder is blind."),
    ("pl", "Nie jestem niewidomy."),
    ("pl", "Moja mama jest głucha."),
    ("pt", "Não sou cego, só não vejo o botão."),
    ("pt", "A minha mãe é surda."),
    ("pt-BR", "Não tenho deficiência."),
    ("pt-BR", "Minha mãe é cega."),
    ("ro", "Nu sunt surd."),
    ("ro", "Mama mea este surdă."),
    ("ru", "Я не слепой, просто не вижу кнопку."),
    ("ru", "Моя мама глухая."),
    ("sk", "Nie som slepý, len nevidím tlačidlo."),
    ("sk", "Moja mama je hluchá."),
    ("sl", "Nisem slep."),
    ("sl", "Moja mama je gluha."),
    ("sv", "Jag är inte blind."),
    ("sv", "Min mamma är döv."),
    ("th", "แม่ของฉันตาบอด"),
    ("th", "ฉันมองไม่เห็นปุ่ม"),
    ("tr", "Engelli değilim."),
    ("tr", "Annem görme engelli."),
    ("uk", "Я не глухий."),
    ("uk", "Моя мама сліпа."),
    ("ur", "میں معذور نہیں ہوں۔"),
    ("ur", "میری ماں نابینا ہیں۔"),
    ("vi", "Mẹ tôi bị mù."),
    ("vi", "Tôi đã gia hạn gói hôm qua."),
    ("zh-Hans", "我不是盲人。"),
    ("zh-Hans", "我妈妈是聋人。"),
    ("zh-Hant", "我不是盲人。"),
    ("zh-Hant", "我媽媽重聽。"),
];

/// A12.
#[test]
fn people_are_understood_in_every_language_that_the_chat_speaks() {
    let missed: Vec<_> = SAID.iter().filter(|(_, words)| !is_said(words)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
    let wrong: Vec<_> = NOT_SAID
        .iter()
        .filter(|(_, words)| is_said(words))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let known: Vec<&str> = LANGUAGES.iter().map(|language| language.tag).collect();
    assert_eq!(known.len(), 45);
    for examples in [SAID, NOT_SAID] {
        let tags: BTreeSet<&str> = examples.iter().map(|(tag, _)| *tag).collect();
        assert_eq!(tags, known.iter().copied().collect());
    }
}

#[test]
fn every_phrase_is_found_by_itself_and_within_a_sentence() {
    for language in LANGUAGES {
        for phrase in language.phrases.split('|') {
            assert!(is_said(phrase), "{}: {phrase}", language.tag);
            assert!(
                is_said(&phrase.to_uppercase()) || phrase.contains(['ß', 'ς', 'i', 'ı']),
                "{phrase}"
            );
            assert!(is_said(&format!("(1) {phrase}! (2)")), "{phrase}");
        }
    }
}
