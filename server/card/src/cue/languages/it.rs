//! Italian.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "mi chiamo|il mio nome e|mio nome e|nome e|a nome di|a nome",
    i_am: "sono|io sono",
    regards: "saluti|cordiali saluti|distinti saluti|un saluto|grazie|grazie mille|cordialmente|buona giornata",
    slots: &[
        (Name, "nome|nome completo|nome e cognome|cognome|nome e il suo cognome"),
        (Email, "email|e mail|mail|indirizzo email|indirizzo e mail|indirizzo di posta elettronica|posta elettronica\
            |indirizzo mail"),
        (Phone, "telefono|numero di telefono|cellulare|numero di cellulare|recapito telefonico|recapito\
            |numero di telefono cellulare"),
        (Account, "nome utente|username|codice cliente|numero cliente|numero di conto|id cliente|utente"),
        (Membership, "livello|livello di fedelta"),
        (Order, "numero d ordine|numero dell ordine|numero ordine|numero di ordine|numero del suo ordine\
            |numero del tuo ordine|codice ordine|codice dell ordine|numero di prenotazione|codice di prenotazione\
            |codice d ordine|id ordine"),
        (Reference, "numero di tracciamento|codice di tracciamento|numero di spedizione|tracking|numero di fattura\
            |numero fattura|fattura|numero di serie|codice di spedizione"),
        (Product, "prodotto|articolo|modello"),
        (Amount, "importo|totale"),
        (Date, "data di acquisto|data d acquisto|data dell ordine|data dell acquisto"),
        (Address, "indirizzo|indirizzo di consegna|indirizzo di spedizione|indirizzo completo"),
        (Postcode, "cap|codice postale|codice di avviamento postale"),
        (Reason, "motivo|motivo del reso|motivo della restituzione|ragione"),
    ],
    order: "ordine|ordini|prenotazione|acquisto",
    asking: &[
        (Name, "come si chiama|come ti chiami|con chi parlo|con chi sto parlando"),
        (Order, "quale ordine|di quale ordine"),
        (Date, "quando ha acquistato|quando hai acquistato|quando ha ordinato|quando hai ordinato\
            |quando ha effettuato l ordine|quando l ha comprato"),
        (Amount, "quanto ha pagato|quanto hai pagato|quanto le hanno addebitato|quanto ti hanno addebitato"),
        (Product, "quale prodotto|quale articolo|che prodotto|cosa ha acquistato|cosa ha ordinato"),
        (Reason, "perche vuole restituire|perche vuoi restituire|per quale motivo"),
        (Address, "dove abita|dove abiti"),
    ],
    request: "qual e|quali sono|qual era|mi dica|dimmi|mi dia|dammi|mi indichi|mi fornisca|mi serve|mi servirebbe\
        |mi servono|ho bisogno di|ho bisogno del|ho bisogno della|avrei bisogno di|avrei bisogno del|ci serve\
        |indichi|fornisca|mi invii|mi mandi|mi confermi",
    may_i: "posso|potrei|possiamo|potremmo",
    have: "avere|sapere|chiedere|chiederle|chiederti|conoscere",
    can_you: "puo|puoi|potrebbe|potresti|mi puo|mi puoi|mi potrebbe|mi potresti|per favore|per cortesia|ci puo|mi|potete\
        |mi potete|le dispiace|le dispiacerebbe",
    give: "dare|darmi|dire|dirmi|indicare|indicarmi|fornire|fornirmi|confermare|confermarmi|inviare|inviarmi|comunicare\
        |comunicarmi|mandare|mandarmi|lasciare|lasciarmi|da|dai|dici|dice|conferma|ricordarmi|ricordare",
    please: "per favore|per cortesia|perfavore|per piacere",
    filler: "il|lo|la|i|l|le|un|una|suo|sua|tuo|tua|suoi|e|o|ed|di|del|dell|della|me|ci|anche|per favore|per cortesia\
        |completo|con|vostro|vostra|oltre|nonche|prima",
    after: "di|del|dell|della|con|per|che|per favore|per cortesia|e|o|ed|associato|associata|usato|usata|completo|ha|hai\
        |se|a|con cui|grazie|anche|registrato|in modo|cosi|utilizzato|utilizzata",
    is: "e|numero|n|no|nr|num|il|la|mio|mia|era|con|di|codice|sono|i|le|ecco|d|del",
    wish: "vorrei|voglio|volevo|desidero|ho bisogno|mi serve|potete|puo|puoi|potrebbe|potrei|posso|per favore\
        |mi piacerebbe|dov e|come posso|avrei bisogno|gradirei",
    tried: "ho gia provato|ho provato|gia provato|ho gia tentato|ho tentato|ho gia riavviato|ho riavviato|ho cercato di\
        |abbiamo provato",
    bought: "ho comprato|ho acquistato|ho ordinato|restituire|rendere",
    stop: "e|ed|ma|che|il|la|lo|i|gli|le|mio|mia|in|con|per|un|una|uno|non|ha|ho|mi|ti|si|a|al|ieri|oggi|quando|perche\
        |ordine|sono|abito|vorrei|o|del|della|dal|di|da|su|nel|questo|questa|fa|anche|tre|due|senza|come|dei|delle\
        |degli|ancora|gia|molto|dove|dov|era|piu",
    small: "si|no|ok|certo|ciao|salve|grazie|buongiorno|buonasera|perfetto|bene|male|niente|che|perche|come|dove|quando\
        |quale|io|un|attimo|aspetti|scusi|scusa|aiuto|persona|arrivederci|gia|qui|mille|favore|va|cliente|nuovo\
        |nuova|lo|so|non|e|giorno",
    thing: "ordine|prodotto|articolo|pacco|soldi|acquisto|qualcosa|cosa|indirizzo|merce|password|data",
    months: "gennaio,gen|febbraio,feb|marzo|aprile,apr|maggio|giugno,giu|luglio,lug|agosto|settembre,sett|ottobre,ott\
        |novembre,nov|dicembre,dic",
    tiers: "bronzo|argento|oro|platino|diamante|premium|vip",
    days: "ieri|oggi|l altro ieri|la settimana scorsa|il mese scorso|settimana scorsa|giorni fa",
    money: "euro|eur|franchi",
    street_first: "via|viale|piazza|corso|vicolo|largo|strada|v|via della|via dei|piazzale",
    street_last: "",
};
