//! Portuguese.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "meu nome e|o meu nome e|chamo me|me chamo|nome e|em nome de",
    i_am: "sou|eu sou|sou o|sou a|aqui e|aqui e o|aqui e a",
    regards: "cumprimentos|melhores cumprimentos|com os melhores cumprimentos|atenciosamente|obrigado|obrigada|abraco\
        |abracos|att|muito obrigado|muito obrigada|cordialmente",
    slots: &[
        (Name, "nome|nome completo|nome e apelido|nome e sobrenome"),
        (Email, "email|e mail|correio eletronico|endereco de email|endereco de e mail|mail"),
        (Phone, "telefone|numero de telefone|telemovel|celular|numero de telemovel|numero de celular|numero do telefone\
            |contacto telefonico|numero do celular"),
        (Account, "utilizador|nome de utilizador|usuario|nome de usuario|numero de cliente|numero da conta\
            |codigo de cliente|login"),
        (Membership, "nivel|nivel de fidelidade|categoria de socio"),
        (Order, "numero do pedido|numero de pedido|numero da encomenda|numero de encomenda|numero da sua encomenda\
            |numero do seu pedido|numero do teu pedido|numero da tua encomenda|codigo do pedido\
            |referencia da encomenda|numero da reserva|numero da compra|n do pedido|id do pedido"),
        (Reference, "codigo de rastreio|codigo de rastreamento|numero de rastreio|numero de seguimento|numero da fatura\
            |fatura|nota fiscal|numero de serie|protocolo|numero do protocolo"),
        (Product, "produto|artigo|modelo"),
        (Amount, "valor|montante|total"),
        (Date, "data da compra|data de compra|data do pedido|data da encomenda"),
        (Address, "morada|endereco|endereco de entrega|morada de entrega|endereco completo"),
        (Postcode, "cep|codigo postal"),
        (Reason, "motivo|motivo da devolucao|razao"),
    ],
    order: "pedido|pedidos|encomenda|encomendas|reserva|compra",
    asking: &[
        (Name, "como se chama|como te chamas|com quem falo|com quem estou falando|como voce se chama"),
        (Order, "qual pedido|que encomenda|qual encomenda|que pedido"),
        (Date, "quando comprou|quando fez o pedido|quando fez a encomenda|quando voce comprou|quando compraste"),
        (Amount, "quanto pagou|quanto pagaste|quanto foi cobrado|quanto lhe cobraram|quanto voce pagou"),
        (Product, "qual produto|que produto|que artigo|o que comprou|qual artigo"),
        (Reason, "por que quer devolver|porque quer devolver|por que motivo|por que voce quer devolver"),
        (Address, "onde mora|onde vive"),
    ],
    request: "qual e|qual o|qual a|quais sao|qual|diga me|me diga|diz me|de me|indique|indique me|informe|me informe\
        |me passa|me passe|me envie|preciso do|preciso da|preciso de|precisava do|precisava da|preciso\
        |preciso apenas do|necessito do|me confirme|confirme",
    may_i: "posso|poderia|podemos|podia",
    have: "ter|saber|pedir|perguntar|pedir lhe|anotar",
    can_you: "pode|podes|poderia|poderias|pode me|podia|podias|voce pode|voce poderia|por favor|por gentileza|podem|me\
        |importa se de|consegue|consegues",
    give: "dar|dar me|dizer|dizer me|indicar|indicar me|informar|informar me|fornecer|fornecer me|confirmar\
        |confirmar me|enviar|enviar me|passar|me passar|me dizer|me dar|me informar|me confirmar|me enviar\
        |me fornecer|facultar|facultar me|compartilhar|da|diz",
    please: "por favor|por gentileza|pf|se faz favor",
    filler: "o|a|os|as|seu|sua|teu|tua|e|ou|um|uma|me|nos|tambem|de|do|da|por favor|por gentileza|completo|com|bem como\
        |vosso|voce|so|apenas|lhe|primeiro",
    after: "de|com|que|para|do|da|por favor|por gentileza|e|ou|associado|associada|usado|completo|usou|cadastrado\
        |cadastrada|no|na|em|se|registado|tambem|novamente|obrigado|obrigada|utilizado|utilizou",
    is: "e|numero|n|no|nr|num|o|a|meu|minha|era|com|de|codigo|sao|os|as|do|da",
    wish: "quero|queria|gostaria|gostava|preciso|desejo|pode|podem|poderia|podia|por favor|como faco|como posso\
        |onde esta|precisava|eu quero|queria saber|posso",
    tried: "ja tentei|tentei|ja experimentei|experimentei|ja reiniciei|reiniciei|eu tentei|ja testei|eu ja tentei|testei",
    bought: "comprei|encomendei|pedi|adquiri|devolver|trocar",
    stop: "e|mas|que|o|a|os|as|meu|minha|em|com|para|por|um|uma|nao|ha|me|lhe|ao|ontem|hoje|quando|porque|pedido\
        |encomenda|sou|tenho|quero|moro|chegou|esta|ou|do|da|de|sem|desde|no|na|dos|das|ainda|uns|umas|este|isto|ja\
        |muito|como",
    small: "sim|nao|ok|claro|ola|oi|obrigado|obrigada|bom|boa|dia|tarde|noite|perfeito|bem|mal|nada|que|porque|como|onde\
        |quando|qual|eu|um|momento|espere|desculpe|ajuda|pessoa|adeus|tchau|ja|aqui|muito|favor|cliente|sei|certo\
        |isso|novo|nova|socio",
    thing: "pedido|produto|artigo|pacote|dinheiro|compra|algo|isso|encomenda|morada|endereco|coisa|senha|data|dados",
    months: "janeiro,jan|fevereiro,fev|marco|abril,abr|maio|junho,jun|julho,jul|agosto|setembro|outubro,out|novembro,nov\
        |dezembro,dez",
    tiers: "bronze|prata|ouro|platina|diamante|premium|vip",
    days: "ontem|hoje|anteontem|semana passada|na semana passada|mes passado",
    money: "euro|euros|eur|reais|brl|real",
    street_first: "rua|r|avenida|av|travessa|praca|largo|estrada|alameda|rua da|rua do|rua das",
    street_last: "",
};
