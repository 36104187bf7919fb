//! Basque.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "nire izena|nire izen abizenak|izena",
    i_am: "ni",
    regards: "agur|agur bero bat|eskerrik asko|mila esker|adeitasunez|ondo izan",
    slots: &[
        (Name, "izena|izen abizenak|izen osoa"),
        (Email, "emaila|posta|posta elektronikoa|helbide elektronikoa|e posta|email helbidea"),
        (Phone, "telefonoa|telefono zenbakia|mugikorra"),
        (Account, "erabiltzailea|erabiltzaile izena|bezero zenbakia|kontu zenbakia"),
        (Membership, "maila"),
        (Order, "eskaera zenbakia|eskari zenbakia|eskaeraren zenbakia|eskariaren zenbakia|erreserba zenbakia"),
        (Reference, "jarraipen zenbakia|jarraipen kodea|faktura zenbakia|serie zenbakia"),
        (Product, "produktua|artikulua|eredua"),
        (Amount, "zenbatekoa"),
        (Date, "erosketa data|eskaeraren data"),
        (Address, "helbidea|bidalketa helbidea"),
        (Postcode, "posta kodea"),
        (Reason, "arrazoia|itzultzeko arrazoia"),
    ],
    order: "eskaera|eskaria|eskaerak|erreserba|erosketa",
    asking: &[
        (Name, "nola deitzen zara|nola duzu izena|zein da zure izena"),
        (Order, "zein eskaera|zein eskari"),
        (Date, "noiz erosi zenuen|noiz egin zenuen eskaera"),
        (Amount, "zenbat ordaindu zenuen|zenbat kobratu dizute"),
        (Product, "zein produktu|zer erosi zenuen"),
        (Reason, "zergatik itzuli nahi duzu"),
        (Address, "non bizi zara"),
    ],
    request: "zein da|zein dira|esango didazu|esango zenidake|emango didazu|emango zenidake|esan|eman|esadazu|emadazu\
        |behar dut|beharko dut|beharko nuke|behar dugu|jakin dezaket|bidali|bidaliko didazu|esan dezakezu\
        |eman dezakezu",
    may_i: "ahal dut",
    have: "jakin|galdetu",
    can_you: "ahal duzu|mesedez",
    give: "esan|eman|bidali|adierazi",
    please: "mesedez",
    filler: "zure|eta|edo|ere|mesedez|da|baita|hau|bat",
    after: "eta|edo|mesedez|da|ere|zein|esan|eman|behar|berriro",
    is: "da|zenbakia|hau|hauxe|zk|dira",
    wish: "nahi dut|nahiko nuke|nahi nuke|behar dut|gustatuko litzaidake|mesedez|non dago|ahal duzue|nahi nuen",
    tried: "saiatu naiz|probatu dut|jada probatu dut|dagoeneko probatu|probatu ditut|berrabiarazi dut|saiatua naiz",
    bought: "erosi nuen|erosi dut|eskatu nuen|eskatu dut",
    stop: "da|naiz|eta|edo|ez|dut|du|nire|bat|hau|baina|zara|nuen|dago|dira|deitzen|zen|izan",
    small: "bai|ez|ados|kaixo|eskerrik|asko|egun|on|ongi|ondo|agur|zer|nola|non|noiz|zergatik|barkatu|laguntza|ni|hau\
        |mesedez|bezeroa|arratsalde|gabon",
    thing: "eskaera|produktua|paketea|dirua|zerbait|hau",
    months: "urtarrila,urtarrilaren,urtarrilak|otsaila,otsailaren,otsailak|martxoa,martxoaren,martxoak\
        |apirila,apirilaren,apirilak|maiatza,maiatzaren,maiatzak|ekaina,ekainaren,ekainak\
        |uztaila,uztailaren,uztailak|abuztua,abuztuaren,abuztuak|iraila,irailaren,irailak|urria,urriaren,urriak\
        |azaroa,azaroaren,azaroak|abendua,abenduaren,abenduak",
    tiers: "brontzea|zilarra|urrea|premium|vip",
    days: "atzo|gaur|herenegun|joan den astean|joan den hilean",
    money: "euro|eur|eurotan|euroko",
    street_first: "",
    street_last: "kalea|etorbidea|plaza|hiribidea",
};
