//! German.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "ich heisse|ich heise|mein name ist|mein name lautet|name ist|mein voller name ist|auf den namen",
    i_am: "ich bin|hier ist|hier spricht",
    regards: "viele grusse|mit freundlichen grussen|mit freundlichem gruss|freundliche grusse|liebe grusse|beste grusse\
        |schone grusse|mfg|lg|vg|gruss|grusse|danke|vielen dank|viele gruesse|mit freundlichen gruessen",
    slots: &[
        (Name, "name|namen|vollstandigen namen|vollstandiger name|vor und nachname|vor und nachnamen|vornamen|nachnamen\
            |nachname|vorname|vollen namen|voller name"),
        (Email, "email|e mail|mail|e mail adresse|email adresse|mailadresse|emailadresse|mail adresse"),
        (Phone, "telefonnummer|telefon|handynummer|handy|mobilnummer|rufnummer|ruckrufnummer"),
        (Account, "benutzername|benutzernamen|nutzername|nutzernamen|kundennummer|kundennr|kontonummer|kunden nr\
            |kunden nummer|benutzerkonto|mitgliedsnummer"),
        (Membership, "mitgliedsstufe|mitgliedschaft|mitgliedsstatus|status"),
        (Order, "bestellnummer|bestellnr|auftragsnummer|bestell nr|bestell nummer|auftragsnr|bestellnummern\
            |buchungsnummer|nummer der bestellung|nummer ihrer bestellung|nummer deiner bestellung|bestell id"),
        (Reference, "sendungsnummer|paketnummer|trackingnummer|tracking nummer|rechnungsnummer|rechnung|seriennummer\
            |ticketnummer|vorgangsnummer|vertragsnummer"),
        (Product, "produkt|artikel|modell|artikelname"),
        (Amount, "betrag|summe|rechnungsbetrag"),
        (Date, "kaufdatum|bestelldatum|datum der bestellung|datum ihrer bestellung"),
        (Address, "adresse|lieferadresse|anschrift|rechnungsadresse|lieferanschrift|postanschrift"),
        (Postcode, "postleitzahl|plz"),
        (Reason, "grund|grund der ruckgabe|ruckgabegrund|grund fur die ruckgabe|grund fur die rucksendung"),
    ],
    order: "bestellung|bestellungen|auftrag|buchung|kauf|order|bestell",
    asking: &[
        (Name, "wie heissen sie|wie heisst du|mit wem spreche ich|wer sind sie|wie ist ihr werter name"),
        (Order, "welche bestellung|um welche bestellung"),
        (Date, "wann haben sie bestellt|wann haben sie gekauft|wann hast du bestellt|wann haben sie es gekauft\
            |wann haben sie die bestellung|wann hast du es gekauft"),
        (Amount, "wie viel haben sie bezahlt|wie viel hast du bezahlt|wieviel haben sie bezahlt|wie viel wurde abgebucht\
            |wie hoch war"),
        (Product, "welches produkt|welchen artikel|welcher artikel|was haben sie bestellt|was haben sie gekauft\
            |um welches produkt|um welchen artikel"),
        (Reason, "warum mochten sie|warum wollen sie|weshalb mochten sie|warum mochtest du|aus welchem grund"),
        (Address, "wo wohnen sie|wo wohnst du"),
    ],
    request: "wie lautet|wie lauten|wie ist|wie war|was ist|nennen sie|nennen sie mir|geben sie|geben sie mir\
        |sagen sie mir|schicken sie mir|teilen sie mir|ich brauche|ich brauchte|ich benotige|ich benotigte\
        |wir brauchen|wir benotigen|nenn mir|gib mir|sag mir|bestatigen sie|bitte um|ich bitte um|noch ihre|welche\
        |ich brauche noch|ich benotige noch",
    may_i: "darf ich|kann ich|konnte ich|durfte ich|konnten wir|durfen wir|konnen wir|ich durfte",
    have: "haben|erfahren|wissen|fragen|erfragen|notieren|bekommen|nach|erhalten",
    can_you: "konnen sie|konnten sie|kannst du|konntest du|wurden sie|wurdest du|bitte|mogen sie|konnen sie mir\
        |konnten sie mir|kannst du mir|konntest du mir",
    give: "nennen|geben|sagen|mitteilen|schicken|senden|durchgeben|bestatigen|angeben|verraten|zukommen lassen\
        |ubermitteln|buchstabieren|mit|an|durch",
    please: "bitte|bitteschon",
    filler: "ihre|ihr|ihren|ihrem|ihrer|deine|dein|deinen|deiner|die|der|das|den|dem|eine|ein|einen|und|oder|mir|uns\
        |bitte|noch|auch|sowie|mal|kurz|dazu|fur|mich|sie|du|eben|einmal|nur|jetzt|dann|nochmal|noch einmal\
        |vollstandige|vollstandigen|genaue|zuerst|sagen|denn|nach",
    after: "bitte|und|oder|zu|mit|fur|an|noch|mir|nochmal|noch einmal|denn|auf|von|die|der|bei|damit|sowie|zum|zur|unter\
        |sagen|aus|dann|haben sie|bekannt|verwendet|noch mal|erneut",
    is: "ist|lautet|nummer|nr|no|n|die|der|das|meine|mein|war|mit|von|nummern|lauten|sind|hier|unter|id|auf",
    wish: "ich mochte|ich wurde|ich will|ich wollte|ich hatte gern|ich hatte gerne|ich brauche|ich benotige|konnen sie\
        |konnten sie|kann ich|konnte ich|bitte|ich suche|ich bitte|wann kommt|wo ist|wie kann ich|kannst du\
        |konntest du|ich bitte um|ich wunsche",
    tried: "ich habe schon versucht|ich habe bereits versucht|habe ich schon versucht|habe schon versucht\
        |ich habe versucht|ich habe schon|ich habe bereits|schon probiert|bereits probiert|hab schon versucht\
        |habe bereits versucht|ich hab schon|habe schon probiert|schon versucht|bereits versucht|habe ich schon\
        |habe ich bereits",
    bought: "ich habe bestellt|gekauft habe ich|ich kaufte|ich bestellte",
    stop: "und|aber|ich|mein|meine|meinen|ist|in|im|am|an|mit|von|vom|fur|ein|eine|einen|dass|die|der|das|den|sie|wir\
        |es|nicht|hat|habe|haben|bei|zu|zum|zur|seit|gestern|heute|wenn|weil|bestellung|kundennummer|email|wohne|bin\
        |oder|auf|aus|als|wie|noch|um|nach|auch|schon|mochte|wurde|war|sind|sehr|bitte",
    small: "ja|nein|ok|okay|klar|gerne|hallo|danke|guten|tag|morgen|abend|bitte|gut|super|perfekt|nichts|was|warum|wie\
        |wo|wann|wer|welche|ich|es|das|ein|moment|warten|sorry|entschuldigung|hilfe|mensch|mitarbeiter|tschuss|schon\
        |hier|vielen|dank|kunde|kundin|weiss|nicht|keine|ahnung|genau|stimmt|richtig|naturlich|moin|servus|neu|sehr\
        |mitglied|keinen|kein",
    thing: "bestellung|produkt|artikel|paket|geld|ware|etwas|eins|das|adresse|sendung",
    months: "januar,jan|februar,feb|marz,maerz|april,apr|mai|juni,jun|juli,jul|august,aug|september,sept,sep|oktober,okt\
        |november,nov|dezember,dez",
    tiers: "bronze|silber|gold|platin|diamant|premium|vip",
    days: "gestern|heute|vorgestern|letzte woche|letzten monat|letzten montag|vor einer woche|vor zwei tagen",
    money: "euro|eur|euros|franken|chf|cent",
    street_first: "am|an der|unter den",
    street_last: "",
};
