//! Spanish.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "me llamo|mi nombre es|mi nombre completo es|soy el sr|soy la sra|a nombre de|nombre es",
    i_am: "soy|le habla|les habla",
    regards: "saludos|un saludo|atentamente|cordialmente|gracias|muchas gracias|saludos cordiales|un cordial saludo|atte",
    slots: &[
        (Name, "nombre|nombre completo|nombre y apellidos|nombre y apellido"),
        (Email, "correo|correo electronico|email|e mail|mail|direccion de correo|direccion de correo electronico"),
        (Phone, "telefono|numero de telefono|movil|numero de movil|celular|numero de celular|telefono de contacto\
            |numero de contacto"),
        (Account, "usuario|nombre de usuario|numero de cliente|numero de cuenta|identificador|id de cliente|numero de socio"),
        (Membership, "nivel|nivel de socio|categoria de socio|tipo de membresia|membresia"),
        (Order, "numero de pedido|numero del pedido|numero de tu pedido|numero de su pedido|referencia del pedido\
            |codigo de pedido|numero de reserva|localizador|numero de orden|id del pedido|n de pedido\
            |numero de compra"),
        (Reference, "numero de seguimiento|codigo de seguimiento|numero de factura|factura|numero de serie\
            |numero de incidencia|seguimiento|numero de envio"),
        (Product, "producto|articulo|modelo|nombre del producto"),
        (Amount, "importe|total|importe total"),
        (Date, "fecha de compra|fecha del pedido|fecha de la compra"),
        (Address, "direccion|direccion de envio|direccion de entrega|direccion postal|domicilio|direccion completa"),
        (Postcode, "codigo postal|cp|c p"),
        (Reason, "motivo|motivo de la devolucion|razon|razon de la devolucion|motivo de su devolucion"),
    ],
    order: "pedido|pedidos|reserva|compra|orden|encargo",
    asking: &[
        (Name, "como se llama|como te llamas|con quien hablo|con quien tengo el gusto|quien eres"),
        (Order, "que pedido|cual pedido|de que pedido"),
        (Date, "cuando compro|cuando compraste|cuando hizo el pedido|cuando hiciste el pedido|cuando lo compro\
            |cuando lo compraste|cuando realizo el pedido"),
        (Amount, "cuanto pago|cuanto pagaste|cuanto le cobraron|cuanto te cobraron|cuanto le han cobrado\
            |cuanto te han cobrado"),
        (Product, "que producto|que articulo|que compro|que compraste"),
        (Reason, "por que quiere devolver|por que lo devuelve|por que quieres devolver|por que motivo"),
        (Address, "donde vive|donde vives"),
    ],
    request: "cual es|cual era|cuales son|digame|dime|deme|dame|indiqueme|indicame|facilite|facilitame|facilite me\
        |necesito|necesitaria|necesitamos|necesitare|proporcione|envieme|enviame|confirmeme|indique|solo necesito\
        |me falta|que",
    may_i: "puedo|podria|podemos|podriamos",
    have: "tener|saber|pedir|pedirle|pedirte|preguntar|preguntarle|conocer|preguntarte",
    can_you: "puede|puedes|podria|podrias|me puede|me puedes|me podria|me podrias|me|nos|nos puede|nos puedes|nos podria\
        |por favor|seria tan amable de|podeis|me podeis|le importaria|te importaria",
    give: "dar|darme|decir|decirme|indicar|indicarme|facilitar|facilitarme|proporcionar|proporcionarme|confirmar\
        |confirmarme|enviar|enviarme|pasar|pasarme|das|da|dices|dice|indica|indicas|pasas|pasa|facilita|facilitas\
        |confirma|confirmas|compartir|recordarme|recordar|escribir|mandar|mandarme|deletrear",
    please: "por favor|porfa|porfavor",
    filler: "su|tu|el|la|los|las|y|o|e|un|una|me|nos|por favor|tambien|sus|tus|de|del|vuestro|vuestra|completo|es|con\
        |asi como|ademas|primero|le|te|cual|asociado|asociada|registrado",
    after: "de|con|que|para|del|por favor|y|o|asociado|asociada|registrado|por|en|completo|si|utilizo|uso|usaste|usted\
        |al|a|otra vez|de nuevo|gracias|tambien|es|se|cuando|antes|primero",
    is: "es|numero|n|no|nr|num|el|la|mi|era|con|de|referencia|codigo|seria|son|los|las",
    wish: "quiero|quisiera|queria|me gustaria|necesito|deseo|puede|pueden|podria|podrian|puedes|podeis|me puede\
        |por favor|querria|como puedo|donde esta|quiere",
    tried: "ya he probado|he probado|ya probe|probe|he intentado|ya he intentado|intente|ya intente|ya lo he intentado\
        |ya he reiniciado|he reiniciado|ya reinicie|ya he",
    bought: "compre|he comprado|pedi|he pedido|encargue|devolver|compramos|devolucion de",
    stop: "y|e|pero|que|el|la|los|las|mi|es|en|con|para|por|un|una|no|ha|he|se|me|te|lo|le|les|a|al|hace|ayer|hoy\
        |cuando|porque|pedido|soy|tengo|quiero|vivo|llego|llega|esta|este|o|del|de|sin|su|tu|como|desde|mis|unos\
        |unas|ni|ya|muy|todavia",
    small: "si|no|vale|ok|claro|hola|gracias|buenas|buenos|dias|tardes|noches|perfecto|genial|bien|mal|nada|que|por|como\
        |donde|cuando|cual|lo|es|yo|se|un|momento|espera|perdon|ayuda|persona|adios|ya|aqui|muchas|favor|de|acuerdo\
        |supuesto|cliente|clienta|socio|socia|nuevo|nueva",
    thing: "pedido|producto|articulo|paquete|dinero|compra|algo|uno|esto|eso|cosa|direccion|importe|datos|contrasena\
        |fecha",
    months: "enero,ene|febrero,feb|marzo|abril,abr|mayo|junio,jun|julio,jul|agosto|septiembre,setiembre,sept|octubre,oct\
        |noviembre,nov|diciembre,dic",
    tiers: "bronce|plata|oro|platino|diamante|premium|vip|basico",
    days: "ayer|hoy|anteayer|la semana pasada|el mes pasado|hace dos dias|hace una semana|el lunes pasado|hace",
    money: "euro|euros|eur|dolares|pesos|soles",
    street_first: "calle|c|avenida|avda|av|plaza|pza|paseo|camino|carretera|ronda|travesia|calle de|calle del",
    street_last: "",
};
