//! Swedish, with the words of Norwegian and Danish that come cheap.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "jag heter|mitt namn ar|namnet ar|namn ar|jeg heter|jeg hedder|mitt navn er|mit navn er|navnet er|i namnet",
    i_am: "jag ar|det ar|jeg er|har ar",
    regards: "mvh|med vanlig halsning|med vanliga halsningar|vanliga halsningar|halsningar|halsning|tack|tack pa forhand\
        |med venlig hilsen|med vennlig hilsen|hilsen|vh|tack sa mycket|takk|tak",
    slots: &[
        (Name, "namn|fullstandiga namn|for och efternamn|efternamn|fornamn|navn|hela namn"),
        (Email, "email|e mail|mail|e post|epost|e postadress|epostadress|mejladress|mejl|mailadress|e mailadress"),
        (Phone, "telefonnummer|telefon|mobilnummer|mobil|tlf nummer|mobiltelefonnummer|nummer"),
        (Account, "anvandarnamn|kundnummer|kontonummer|kundnr|brukernavn|brugernavn|kundenummer|medlemsnummer"),
        (Membership, "medlemsniva|medlemskap|niva"),
        (Order, "ordernummer|bestallningsnummer|ordrenummer|bestillingsnummer|ordernr|bokningsnummer|order nummer\
            |nummer pa ordern|nummer pa bestallningen|ordrenr|bestallningsnr"),
        (Reference, "sparningsnummer|kollinummer|paketnummer|fakturanummer|faktura|serienummer|arendenummer|sandningsnummer\
            |sporingsnummer"),
        (Product, "produkt|vara|artikel|modell"),
        (Amount, "belopp|summa|beloppet"),
        (Date, "kopdatum|orderdatum|datum for kopet|inkopsdatum"),
        (Address, "adress|leveransadress|adressen|fakturaadress|adresse|leveringsadresse"),
        (Postcode, "postnummer"),
        (Reason, "anledning|orsak|anledningen|skal|anledningen till returen|orsaken|orsaken till returen"),
    ],
    order: "bestallning|bestallningen|order|ordern|bokning|kop|ordre|bestilling|bestallningar|kopet",
    asking: &[
        (Name, "vad heter du|hva heter du|hvad hedder du|vem talar jag med|vem pratar jag med"),
        (Order, "vilken bestallning|vilken order"),
        (Date, "nar bestallde du|nar kopte du|nar gjorde du bestallningen|nar lade du bestallningen"),
        (Amount, "hur mycket betalade du|hur mycket har du betalat|hur mycket drogs"),
        (Product, "vilken produkt|vilken vara|vad kopte du|vad bestallde du"),
        (Reason, "varfor vill du"),
        (Address, "var bor du"),
    ],
    request: "vad ar|vad var|vad har du for|ge mig|skicka mig|jag behover|vi behover|jag skulle behova|beratta|hva er\
        |hvad er|uppge|ange|kan jag fa|far jag|kan vi fa|kan jeg fa|ma jeg fa|skriv|skicka|jag behover bara\
        |vilket ar|vilken ar",
    may_i: "kan jag|far jag|skulle jag kunna|kan vi|far vi|kan jeg|skulle jag",
    have: "fa|ha|be om|fraga om|veta|fraga efter|kunna fa",
    can_you: "kan du|skulle du kunna|kunde du|vill du|snalla|kan ni|skulle ni kunna|kan du vanligen|vanligen|var god\
        |kan du vara snall och|har du mojlighet att",
    give: "ge|ge mig|skicka|skicka mig|bekrafta|uppge|saga|saga mig|beratta|ange|skriva|dela|lamna|meddela|oppgi|oplyse\
        |sende",
    please: "snalla|vanligen|garna",
    filler: "ditt|din|dina|ert|er|era|ett|en|den|det|och|eller|mig|oss|aven|ocksa|hela|fullstandiga|tack|snalla|med|samt\
        |for|bara|forst|dit|og|jag|du",
    after: "tack|och|eller|som|pa|for|till|med|igen|snalla|aven|ocksa|en gang till|sa|du|kopplat|kopplad|i|ar|har\
        |anvande|gang till",
    is: "ar|er|nummer|nr|no|n|mitt|min|det|var|med|id|har|pa|med nummer",
    wish: "jag vill|jag skulle vilja|jag onskar|jag behover|kan du|kan ni|kan jag|skulle du|snalla|var ar|nar kommer\
        |hur kan jag|jag undrar|jag soker|jeg vil|jeg onsker|kunde ni|jag ville|hur gor jag",
    tried: "jag har redan forsokt|jag har forsokt|har redan forsokt|jag har redan provat|jag har provat|har redan provat\
        |jag forsokte|jag provade|redan provat|jag har redan|jeg har allerede provd|jeg har provd|jeg har provet",
    bought: "jag kopte|jag bestallde|jag har kopt|jag har bestallt|returnera|skicka tillbaka|lamna tillbaka",
    stop: "och|men|jag|mitt|min|mina|ar|i|pa|med|for|ett|en|att|som|det|den|inte|har|hos|till|fran|igar|idag|nar\
        |bestallning|kundnummer|bor|vill|eller|av|om|de|vi|ni|du|var|sedan|redan|nagra|og|er|an|sa|fick|mycket",
    small: "ja|nej|ok|okej|hej|hejsan|tack|god|morgon|kvall|dag|bra|perfekt|inget|vad|varfor|hur|var|nar|vem|vilken|jag\
        |det|ett|ogonblick|vanta|forlat|ursakta|hjalp|manniska|redan|har|vet|inte|kund|ingen|aning|visst|absolut\
        |naturligtvis|precis|ny|mycket|medlem|nei|hei|takk|tak|sa|snalla",
    thing: "bestallning|produkt|vara|paket|pengar|kop|nagot|det|adress|den|losenord|varan|paketet",
    months: "januari,jan|februari,feb|mars|april,apr|maj|juni,jun|juli,jul|augusti,aug|september,sept,sep|oktober,okt\
        |november,nov|december,dec",
    tiers: "brons|silver|guld|platina|premium|vip",
    days: "igar|idag|i gar|i dag|i forrgar|forra veckan|forra manaden",
    money: "kr|kronor|sek|nok|dkk|kroner|spann|euro|eur",
    street_first: "",
    street_last: "",
};
