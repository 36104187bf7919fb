//! Galician.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "chamome|chamo me|o meu nome e|meu nome e|nome e|a nome de",
    i_am: "son|eu son|son a|son o",
    regards: "saudos|un saudo|atentamente|cordialmente|grazas|moitas grazas",
    slots: &[
        (Name, "nome|nome completo|nome e apelidos"),
        (Email, "correo|correo electronico|email|e mail|enderezo electronico|enderezo de correo"),
        (Phone, "telefono|numero de telefono|mobil|numero de mobil|telefono de contacto"),
        (Account, "usuario|nome de usuario|numero de cliente|numero de conta"),
        (Membership, "nivel|nivel de socio"),
        (Order, "numero de pedido|numero do pedido|numero do teu pedido|numero do seu pedido|referencia do pedido\
            |numero de reserva"),
        (Reference, "numero de seguimento|codigo de seguimento|numero de factura|factura|numero de serie"),
        (Product, "produto|artigo|modelo"),
        (Amount, "importe|total"),
        (Date, "data de compra|data do pedido|data da compra"),
        (Address, "enderezo|enderezo de envio|enderezo de entrega|domicilio"),
        (Postcode, "codigo postal|cp"),
        (Reason, "motivo|motivo da devolucion|razon"),
    ],
    order: "pedido|pedidos|reserva|compra|encargo",
    asking: &[
        (Name, "como se chama|como te chamas|con quen falo"),
        (Order, "que pedido"),
        (Date, "cando o mercou|cando o mercaches|cando fixo o pedido|cando fixeches o pedido|cando o comprou\
            |cando o compraches"),
        (Amount, "canto pagou|canto pagaches|canto lle cobraron|canto che cobraron"),
        (Product, "que produto|que artigo"),
        (Reason, "por que o quere devolver|por que queres devolver"),
        (Address, "onde vive|onde vives"),
    ],
    request: "cal e|cales son|digame|dime|deame|dame|necesito|precisaria|preciso|necesitamos|indiqueme|indicame|faciliteme\
        |facilitame|envieme",
    may_i: "podo|poderia|podemos",
    have: "ter|saber|pedir|pedirlle|pedirche|preguntar",
    can_you: "pode|podes|poderia|poderias|podeme|podesme|por favor|pode me|poderiame|poderiasme|me|poderia me",
    give: "dar|darme|dicir|dicirme|indicar|indicarme|facilitar|facilitarme|confirmar|confirmarme|enviar|enviarme|pasar\
        |pasarme|das|di|dis",
    please: "por favor",
    filler: "o|a|os|as|seu|sua|teu|tua|voso|vosa|e|ou|un|unha|me|nos|tamen|de|do|da|por favor|completo|con",
    after: "de|con|que|para|do|da|por favor|e|ou|asociado|por|en|completo|se|usou|usaches|outra vez|grazas|tamen|ao",
    is: "e|numero|n|no|nr|num|o|a|meu|mina|era|con|de|referencia|codigo|son|os|as",
    wish: "quero|queria|gustariame|necesito|preciso|desexo|pode|poden|poderia|podedes|podes|por favor|como podo\
        |onde esta",
    tried: "xa probei|probei|xa intentei|intentei|tentei|xa tentei|xa reiniciei|reiniciei|xa o probei",
    bought: "merquei|comprei|pedin|encarguei|devolver",
    stop: "e|pero|que|o|a|os|as|meu|mina|en|con|para|por|un|unha|non|ha|me|lle|ao|fai|onte|hoxe|cando|porque|pedido|son\
        |teno|quero|vivo|chegou|esta|ou|do|da|de|sen|desde|uns|unhas|ainda|xa",
    small: "si|non|vale|ok|claro|ola|grazas|bos|boas|dias|tardes|noites|perfecto|ben|mal|nada|que|por|como|onde|cando\
        |cal|eu|un|momento|espera|perdon|axuda|persoa|adeus|xa|aqui|moitas|favor|cliente|clienta",
    thing: "pedido|produto|artigo|paquete|dineiro|compra|algo|isto|data|enderezo|cousa|datos",
    months: "xaneiro|febreiro|marzo|abril|maio|xuno|xullo|agosto|setembro|outubro|novembro|decembro",
    tiers: "bronce|prata|ouro|platino|diamante|premium|vip",
    days: "onte|hoxe|a semana pasada|o mes pasado|hai",
    money: "euro|euros|eur",
    street_first: "rua|r|avenida|avda|av|praza|paseo|camino|estrada|rolda|travesia|rua de|rua do|rua da",
    street_last: "",
};
