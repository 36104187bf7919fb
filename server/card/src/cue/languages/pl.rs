//! Polish.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "nazywam sie|mam na imie|moje imie i nazwisko to|moje imie to|moje nazwisko to|imie i nazwisko to|na nazwisko",
    i_am: "jestem|tu|z tej strony",
    regards: "pozdrawiam|z powazaniem|pozdrowienia|dziekuje|dzieki|serdecznie pozdrawiam|z wyrazami szacunku",
    slots: &[
        (Name, "imie|imie i nazwisko|nazwisko|imienia i nazwiska|imienia|nazwiska|pelne imie i nazwisko"),
        (Email, "email|e mail|mail|adres email|adres e mail|maila|adresu email|adresu e mail|emaila|adres mailowy\
            |adresu mailowego|e maila"),
        (Phone, "telefon|numer telefonu|numeru telefonu|numer kontaktowy|telefonu|numer komorki|telefon kontaktowy"),
        (Account, "login|nazwa uzytkownika|nazwe uzytkownika|nazwy uzytkownika|numer klienta|numeru klienta|numer konta\
            |loginu"),
        (Membership, "poziom|poziom czlonkostwa|status czlonkostwa"),
        (Order, "numer zamowienia|numeru zamowienia|nr zamowienia|id zamowienia|numer rezerwacji|numery zamowien\
            |numer panstwa zamowienia"),
        (Reference, "numer przesylki|numer paczki|numeru przesylki|numer sledzenia|numer listu przewozowego|numer faktury\
            |faktura|faktury|numer seryjny|numer reklamacji"),
        (Product, "produkt|artykul|model|nazwa produktu|nazwe produktu"),
        (Amount, "kwota|kwote|suma"),
        (Date, "data zakupu|date zakupu|data zamowienia|date zamowienia|daty zamowienia"),
        (Address, "adres|adres dostawy|adres wysylki|adresu|adresu dostawy|adres zamieszkania"),
        (Postcode, "kod pocztowy|kodu pocztowego"),
        (Reason, "powod|powod zwrotu|przyczyna|przyczyne zwrotu|przyczyna zwrotu|powodu zwrotu"),
    ],
    order: "zamowienie|zamowienia|zamowieniu|zamowieniem|rezerwacja|zakup|zam",
    asking: &[
        (Name, "jak sie pan nazywa|jak sie pani nazywa|jak sie nazywasz|jak masz na imie|jak ma pan na imie\
            |jak ma pani na imie|z kim rozmawiam|z kim mam przyjemnosc"),
        (Order, "ktore zamowienie|ktorego zamowienia|jakiego zamowienia"),
        (Date, "kiedy pan kupil|kiedy pani kupila|kiedy zlozono zamowienie|kiedy kupiles|kiedy kupilas\
            |kiedy zostalo zlozone|kiedy pan zamowil|kiedy pani zamowila"),
        (Amount, "ile pan zaplacil|ile pani zaplacila|ile zaplaciles|ile zaplacilas|ile pobrano"),
        (Product, "jaki produkt|ktory produkt|co pan kupil|co pani kupila|ktorego produktu|jakiego produktu"),
        (Reason, "dlaczego chce pan|dlaczego chce pani|dlaczego chcesz|z jakiego powodu"),
        (Address, "gdzie pan mieszka|gdzie pani mieszka|gdzie mieszkasz"),
    ],
    request: "jaki jest|jaka jest|jakie jest|jakie sa|prosze podac|prosze o|prosze o podanie|podaj|podaj mi|potrzebuje\
        |potrzebujemy|potrzebny jest|poprosze|poprosze o|bede potrzebowac|prosze mi podac|prosze napisac\
        |prosze przeslac|prosze potwierdzic|podac",
    may_i: "czy moge|moge|czy mozemy|czy moglbym|czy moglabym|moglbym|moglabym|czy mogla bym",
    have: "prosic o|prosic|poznac|dostac|zapytac o|spytac o|wiedziec|uzyskac",
    can_you: "czy moze pan|czy moze pani|czy mozesz|moze pan|moze pani|mozesz|czy moglby pan|czy moglaby pani|moglby pan\
        |moglaby pani|prosze|czy moga panstwo|czy mozna|czy moglbys|czy moglabys|moglbys|moglabys",
    give: "podac|przeslac|wyslac|potwierdzic|napisac|przekazac|powiedziec|podac mi|mi podac|przypomniec|wpisac\
        |udostepnic|o|o podanie|o przeslanie",
    please: "prosze|poprosze",
    filler: "pana|pani|panstwa|twoj|twoja|twoje|swoj|swoja|swoje|swojego|i|oraz|lub|albo|nam|tez|takze|prosze|pelne\
        |jeszcze|do|a|to|o|ten|ta|tylko|najpierw|pan",
    after: "i|oraz|lub|albo|do|z|na|prosze|jeszcze|ktory|ktorego|przypisany|dla|aby|w|od|podany|raz jeszcze|ponownie\
        |tego|a|zeby|to",
    is: "to|jest|numer|nr|no|n|moj|moja|moje|o numerze|o nr|numerze|numery|id|z|byl",
    wish: "chce|chcialbym|chcialabym|potrzebuje|prosze|czy moge|czy mozna|czy moga|czy mozecie|poprosze|gdzie jest\
        |jak moge|moge|szukam|chcialam|chcialem|czy mozesz|zalezy mi",
    tried: "probowalem juz|probowalam juz|probowalem|probowalam|juz probowalem|juz probowalam|sprobowalem|sprobowalam\
        |wyprobowalem|zresetowalem juz|zresetowalam juz|juz zresetowalem|uruchomilem ponownie|uruchomilam ponownie",
    bought: "kupilem|kupilam|zamowilem|zamowilam|zwrocic|wymienic|oddac|reklamowac",
    stop: "i|oraz|ale|ze|ktory|ktora|ktore|moj|moja|moje|jest|w|we|na|z|do|od|dla|nie|sie|mi|mnie|to|ta|ten|po|o|za\
        |wczoraj|dzisiaj|dzis|kiedy|bo|zamowienie|zamowienia|mam|chce|mieszkam|czy|a|u|przez|przy|juz|dnia|jeszcze\
        |jak|bardzo",
    small: "tak|nie|ok|dobrze|czesc|dzien|dobry|witam|dziekuje|dzieki|prosze|super|swietnie|nic|co|dlaczego|jak|gdzie\
        |kiedy|kto|ktory|ja|to|chwile|moment|czekam|przepraszam|pomoc|czlowiek|konsultant|do|widzenia|juz|tu|klient\
        |klientka|wiem|jasne|oczywiscie|klientem|wieczor|zainteresowany|zainteresowana|zadowolony|zadowolona|nowy\
        |nowa|bardzo",
    thing: "zamowienie|produkt|towar|paczka|paczke|pieniadze|zakup|cos|to|adres|haslo|rzecz|date",
    months: "stycznia,styczen,styczniu|lutego,luty,lutym|marca,marzec,marcu|kwietnia,kwiecien,kwietniu|maja,maj,maju\
        |czerwca,czerwiec,czerwcu|lipca,lipiec,lipcu|sierpnia,sierpien,sierpniu|wrzesnia,wrzesien,wrzesniu\
        |pazdziernika,pazdziernik,pazdzierniku|listopada,listopad,listopadzie|grudnia,grudzien,grudniu",
    tiers: "brazowy|srebrny|zloty|platynowy|premium|vip|brazowa|srebrna|zlota",
    days: "wczoraj|dzisiaj|dzis|przedwczoraj|w zeszlym tygodniu|w zeszlym miesiacu|dni temu",
    money: "zl|zlotych|zlote|pln|euro|eur|zloty",
    street_first: "ul|ulica|ulicy|al|aleja|aleje|plac|pl|os|osiedle",
    street_last: "",
};
