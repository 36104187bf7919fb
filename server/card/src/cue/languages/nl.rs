//! Dutch.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "mijn naam is|ik heet|naam is|op naam van",
    i_am: "ik ben|u spreekt met|je spreekt met|met",
    regards: "groet|groeten|groetjes|met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|mvg\
        |hartelijke groet|bedankt|alvast bedankt|dank u|vriendelijke groeten",
    slots: &[
        (Name, "naam|volledige naam|voor en achternaam|achternaam|voornaam"),
        (Email, "email|e mail|mail|e mailadres|emailadres|mailadres|e mail adres|email adres"),
        (Phone, "telefoonnummer|telefoon|mobiele nummer|mobiel nummer|06 nummer|mobiel|gsm nummer"),
        (Account, "gebruikersnaam|klantnummer|klantennummer|rekeningnummer|accountnummer|inlognaam"),
        (Membership, "lidmaatschap|lidmaatschapsniveau|niveau"),
        (Order, "ordernummer|bestelnummer|order nummer|bestellingsnummer|nummer van de bestelling\
            |nummer van uw bestelling|nummer van je bestelling|boekingsnummer|reserveringsnummer|bestel nummer\
            |ordernr|bestelnr"),
        (Reference, "trackingnummer|track and trace|track trace code|track en trace code|factuurnummer|factuur|serienummer\
            |zendingsnummer|pakketnummer|ticketnummer"),
        (Product, "product|artikel|model"),
        (Amount, "bedrag|totaal"),
        (Date, "aankoopdatum|besteldatum|datum van de bestelling|datum van aankoop"),
        (Address, "adres|afleveradres|bezorgadres|leveringsadres|factuuradres|volledige adres"),
        (Postcode, "postcode|post code"),
        (Reason, "reden|reden van de retour|reden van retour|reden voor de retour|retourreden"),
    ],
    order: "bestelling|bestellingen|order|boeking|aankoop|reservering",
    asking: &[
        (Name, "hoe heet u|hoe heet je|met wie spreek ik|wie bent u"),
        (Order, "welke bestelling|om welke bestelling|welke order"),
        (Date, "wanneer heeft u besteld|wanneer heb je besteld|wanneer heeft u het gekocht|wanneer heb je het gekocht\
            |wanneer hebt u besteld|wanneer heeft u de bestelling"),
        (Amount, "hoeveel heeft u betaald|hoeveel heb je betaald|hoeveel is er afgeschreven"),
        (Product, "welk product|welk artikel|wat heeft u besteld|wat heb je besteld"),
        (Reason, "waarom wilt u|waarom wil je"),
        (Address, "waar woont u|waar woon je"),
    ],
    request: "wat is|wat was|wat zijn|geef mij|geef me|geeft u mij|stuur mij|stuur me|ik heb nodig|mag ik|ik heb|vertel me\
        |vertel mij|graag ontvang ik|graag|noem",
    may_i: "mag ik|kan ik|zou ik|mogen we|kunnen we|mogen wij",
    have: "hebben|weten|vragen|krijgen|noteren|ontvangen|nodig",
    can_you: "kunt u|kun je|kan je|zou u|zou je|wilt u|wil je|kunt u mij|kun je mij|kunt u me|kun je me|alstublieft\
        |alsjeblieft|zou u mij|zou je me|zou u me|gelieve",
    give: "geven|doorgeven|sturen|vertellen|zeggen|bevestigen|noemen|opgeven|laten weten|delen|spellen|door te geven\
        |te geven|mailen|kunnen geven|willen geven|kunnen doorgeven|willen doorgeven",
    please: "alstublieft|alsjeblieft|aub|svp|graag|a u b",
    filler: "uw|je|jouw|de|het|een|en|of|mij|me|ons|ook|nog|alstublieft|alsjeblieft|volledige|met|even|eerst|van|graag|u\
        |nogmaals|bijbehorende|evenals|dan|dat",
    after: "alstublieft|alsjeblieft|aub|en|of|van|met|voor|nog|waarmee|die|waarop|graag|nogmaals|even|dat|bij|u|dan|ook\
        |nodig|zodat|om|op|is|a u b|opnieuw",
    is: "is|nummer|nr|no|n|de|het|mijn|was|met|van|nummers|zijn|id|ook|hier",
    wish: "ik wil|ik zou|ik wilde|graag|ik heb nodig|kunt u|kun je|kunnen jullie|kan ik|mag ik|alstublieft|ik zoek\
        |waar is|hoe kan ik|ik wens|ik had graag|willen jullie|ik hoop",
    tried: "ik heb al geprobeerd|heb al geprobeerd|ik heb geprobeerd|al geprobeerd|ik probeerde|heb ik al geprobeerd\
        |ik heb al|heb ik geprobeerd",
    bought: "ik kocht|ik bestelde|retourneren|terugsturen|ruilen",
    stop: "en|maar|ik|mijn|is|in|op|met|voor|een|dat|die|het|de|niet|heeft|heb|bij|te|gisteren|vandaag|als|want|omdat\
        |bestelling|klantnummer|ben|woon|wil|of|uit|naar|aan|om|nog|ook|al|u|jullie|was|er|zijn|deze|dit|door",
    small: "ja|nee|ok|oke|prima|hallo|hoi|dag|goedemorgen|goedemiddag|goedenavond|bedankt|dank|u|je|wel|goed|niets|wat\
        |waarom|hoe|waar|wanneer|wie|welke|ik|het|een|moment|wacht|sorry|hulp|mens|medewerker|doei|al|hier|klant\
        |weet|niet|geen|idee|natuurlijk|klopt|zeker|nieuw|zeer|lid|graag|boos",
    thing: "bestelling|product|artikel|pakket|geld|aankoop|iets|het|adres|dit",
    months: "januari,jan|februari,feb|maart,mrt|april,apr|mei|juni,jun|juli,jul|augustus,aug|september,sept,sep\
        |oktober,okt|november,nov|december,dec",
    tiers: "brons|zilver|goud|platina|premium|vip",
    days: "gisteren|vandaag|eergisteren|vorige week|vorige maand|afgelopen week|dagen geleden",
    money: "euro|eur|euros",
    street_first: "",
    street_last: "",
};
