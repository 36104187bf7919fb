//! Catalan.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "em dic|el meu nom es|em dic de nom|nom es|a nom de",
    i_am: "soc|soc la|soc en",
    regards: "salutacions|una salutacio|atentament|cordialment|gracies|moltes gracies|salut",
    slots: &[
        (Name, "nom|nom complet|nom i cognoms"),
        (Email, "correu|correu electronic|email|e mail|adreca electronica|adreca de correu|adreca de correu electronic"),
        (Phone, "telefon|numero de telefon|mobil|numero de mobil|telefon de contacte"),
        (Account, "usuari|nom d usuari|numero de client|numero de compte"),
        (Membership, "nivell|nivell de soci"),
        (Order, "numero de comanda|numero de la comanda|numero de la vostra comanda|numero de la teva comanda\
            |referencia de la comanda|numero de reserva|codi de la comanda"),
        (Reference, "numero de seguiment|codi de seguiment|numero de factura|factura|numero de serie"),
        (Product, "producte|article|model"),
        (Amount, "import|total"),
        (Date, "data de compra|data de la comanda|data de la compra"),
        (Address, "adreca|adreca d enviament|adreca de lliurament|domicili"),
        (Postcode, "codi postal|cp"),
        (Reason, "motiu|motiu de la devolucio|rao"),
    ],
    order: "comanda|comandes|reserva|compra",
    asking: &[
        (Name, "com us dieu|com et dius|com es diu voste|com es diu|amb qui parlo"),
        (Order, "quina comanda"),
        (Date, "quan ho vau comprar|quan ho vas comprar|quan vau fer la comanda|quan vas fer la comanda"),
        (Amount, "quant vau pagar|quant vas pagar|quant us han cobrat|quant t han cobrat"),
        (Product, "quin producte|quin article"),
        (Reason, "per que ho voleu tornar|per que ho vols tornar"),
        (Address, "on viviu|on vius"),
    ],
    request: "quin es|quina es|quins son|digueu me|digue m|digues me|doneu me|dona m|necessito|necessitaria|necessitem\
        |em cal|em caldria|ens cal|faciliteu me|indiqueu|envieu me",
    may_i: "puc|podria|podem",
    have: "tenir|saber|demanar|demanar vos|demanar te|preguntar",
    can_you: "podeu|pots|podrieu|podries|em podeu|em pots|em podrieu|em podries|ens podeu|si us plau|sisplau|em|pot|em pot\
        |em podria|podria",
    give: "dir|donar|indicar|facilitar|confirmar|enviar|passar|dir me|donar me|dius|dieu|dones|doneu|diu|passes\
        |indiqueu|compartir",
    please: "si us plau|sisplau|per favor",
    filler: "el|la|els|les|un|una|vostre|vostra|teu|teva|seu|seva|i|o|tambe|de|d|del|l|em|ens|me|m|us|et|si us plau\
        |sisplau|complet|es|amb|a mes",
    after: "de|amb|que|per|del|si us plau|sisplau|i|o|associat|associada|a|d|en|complet|vau|vas|heu|fer|una altra vegada\
        |gracies|tambe|es|abans",
    is: "es|numero|n|no|nr|num|el|la|meu|meva|era|amb|de|referencia|codi|son|les|els",
    wish: "vull|voldria|volia|m agradaria|necessito|desitjo|podeu|podrieu|pots|podries|si us plau|em podeu|com puc\
        |on es",
    tried: "ja he provat|he provat|ja ho he provat|he intentat|ja he intentat|vaig provar|he reiniciat|ja he reiniciat",
    bought: "vaig comprar|he comprat|vaig demanar|he demanat|tornar|retornar",
    stop: "i|pero|que|el|la|els|les|meu|meva|es|en|amb|per|un|una|no|ha|he|em|et|ho|li|a|al|fa|ahir|avui|quan|perque\
        |comanda|soc|tinc|vull|visc|va|esta|o|del|de|d|sense|des|dels|uns|unes|ni|ja|encara",
    small: "si|no|val|ok|d|acord|hola|gracies|bon|bona|dia|tarda|nit|perfecte|be|malament|res|que|per|com|on|quan|quin\
        |ho|es|jo|un|moment|espera|perdo|ajuda|persona|adeu|ja|aqui|moltes|client|clienta|soci|nou|nova",
    thing: "comanda|producte|article|paquet|diners|compra|res|un|aixo|data|adreca|cosa|dades",
    months: "gener|febrer|marc|abril|maig|juny|juliol|agost|setembre,set|octubre,oct|novembre,nov|desembre,des",
    tiers: "bronze|plata|or|plati|diamant|premium|vip",
    days: "ahir|avui|abans d ahir|la setmana passada|el mes passat|fa",
    money: "euro|euros|eur",
    street_first: "carrer|c|avinguda|av|placa|passeig|cami|carretera|ronda|travessera|carrer de|carrer del",
    street_last: "",
};
