//! French.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "je m appelle|mon nom est|je me nomme|mon nom c est|nom est|au nom de|m appelle",
    i_am: "je suis|c est|ici",
    regards: "cordialement|bien cordialement|merci|salutations|sinceres salutations|bien a vous|merci d avance\
        |merci beaucoup|bonne journee",
    slots: &[
        (Name, "nom|nom complet|nom et prenom|prenom|nom de famille|prenom et nom|nom et votre prenom"),
        (Email, "email|e mail|mail|adresse e mail|adresse email|adresse mail|courriel|adresse courriel\
            |adresse electronique"),
        (Phone, "telephone|numero de telephone|portable|numero de portable|numero|numero de mobile|mobile"),
        (Account, "identifiant|nom d utilisateur|numero de client|numero client|numero de compte|pseudo|login"),
        (Membership, "niveau|niveau de fidelite|statut de membre|statut de fidelite"),
        (Order, "numero de commande|numero de la commande|numero de votre commande|numero de ta commande\
            |reference de commande|reference de la commande|numero de reservation|reference de votre commande\
            |n de commande"),
        (Reference, "numero de suivi|numero de colis|code de suivi|numero de facture|facture|numero de serie|suivi|reference"),
        (Product, "produit|article|modele|nom du produit"),
        (Amount, "montant|total|montant total"),
        (Date, "date d achat|date de commande|date de la commande|date de l achat"),
        (Address, "adresse|adresse de livraison|adresse postale|adresse de facturation|adresse complete"),
        (Postcode, "code postal|cp"),
        (Reason, "raison|motif|motif du retour|raison du retour|raison de votre retour|motif de votre retour"),
    ],
    order: "commande|commandes|reservation|achat",
    asking: &[
        (Name, "comment vous appelez vous|comment t appelles tu|comment vous appelez|a qui ai je l honneur\
            |a qui je parle|a qui ai je le plaisir"),
        (Order, "quelle commande|de quelle commande"),
        (Date, "quand avez vous achete|quand avez vous commande|quand l avez vous achete|quand as tu commande\
            |quand avez vous passe"),
        (Amount, "combien avez vous paye|combien vous a t on preleve|combien as tu paye|combien avez vous ete debite"),
        (Product, "quel produit|quel article|qu avez vous achete|qu avez vous commande"),
        (Reason, "pourquoi souhaitez vous|pourquoi voulez vous|pour quelle raison"),
        (Address, "ou habitez vous|ou habites tu"),
    ],
    request: "quel est|quelle est|quels sont|quelles sont|quel etait|quelle etait|donnez moi|indiquez moi|dites moi\
        |donne moi|dis moi|j ai besoin de|j ai besoin d|j aurais besoin de|j aurai besoin de|il me faut\
        |il me faudrait|il nous faut|il nous faudrait|merci de m indiquer|merci de me donner|merci de nous indiquer\
        |envoyez moi|communiquez moi|precisez moi|indiquez|precisez|veuillez indiquer|quel|quelle",
    may_i: "puis je|pourrais je|pouvons nous|est ce que je peux|je peux|pourrions nous|je pourrais",
    have: "avoir|connaitre|savoir|vous demander|te demander|demander|prendre|noter",
    can_you: "pouvez vous|pourriez vous|peux tu|pourrais tu|vous pouvez|est ce que vous pouvez|veuillez|merci de\
        |vous serait il possible de|auriez vous l amabilite de|tu peux|est ce que tu peux|vous pourriez\
        |s il vous plait|priere de",
    give: "donner|indiquer|communiquer|fournir|transmettre|confirmer|preciser|envoyer|dire|rappeler|partager|epeler\
        |laisser",
    please: "s il vous plait|svp|stp|s il te plait",
    filler: "votre|vos|ton|ta|tes|le|la|les|l|un|une|et|ou|de|d|du|me|m|nous|moi|aussi|ainsi que|s il vous plait|svp|stp\
        |complet|complete|est|a|egalement|bien|associe|associee|avec",
    after: "de|d|du|avec|pour|que|s il vous plait|svp|stp|et|ou|associe|associee|sur|utilise|utilisee|complet|complete|a\
        |au|afin|si|merci|lie|liee|est|qui|dans|pour que|encore|aussi|lors",
    is: "est|numero|n|no|nr|num|le|la|mon|ma|c|etait|de|reference|avec|sont|les|voici|code|du",
    wish: "je veux|je voudrais|j aimerais|je souhaite|je souhaiterais|j ai besoin|pouvez vous|pourriez vous|est ce que\
        |puis je|je desire|s il vous plait|svp|merci de|ou est|je cherche|vous pouvez|je voulais",
    tried: "j ai deja essaye|j ai essaye|j ai deja tente|j ai tente|deja essaye|j ai redemarre|j ai deja redemarre\
        |j ai reinstalle|nous avons essaye|on a essaye",
    bought: "j ai achete|j ai commande|achete|retourner|renvoyer|echanger|rendre|retour de",
    stop: "et|mais|que|qui|le|la|les|mon|ma|mes|est|en|avec|pour|par|un|une|ne|n|pas|a|ai|j|je|me|m|l|il|elle|au|y|hier\
        |quand|parce|car|commande|suis|c|ce|cette|sur|dans|ou|du|de|des|d|sans|depuis|sont|ont|qu|chez|deux|vous\
        |nous|tout|tres|s|plus",
    small: "oui|non|ok|d|accord|bonjour|salut|merci|bonsoir|parfait|bien|mal|rien|quoi|pourquoi|comment|ou|quand|quel|je\
        |c|un|moment|attendez|pardon|desole|aide|personne|au|revoir|deja|ici|sur|voila|client|cliente|jour|membre\
        |nouveau|nouvelle|ne|sais|pas|la",
    thing: "commande|produit|article|colis|argent|achat|chose|ca|adresse|donnees|mot|date|navigateur",
    months: "janvier,janv|fevrier,fev,fevr|mars|avril,avr|mai|juin|juillet,juil|aout|septembre,sept|octobre,oct\
        |novembre,nov|decembre,dec",
    tiers: "bronze|argent|or|platine|diamant|premium|vip",
    days: "hier|aujourd hui|avant hier|la semaine derniere|le mois dernier|il y a",
    money: "euro|euros|eur|francs|dollars|chf",
    street_first: "rue|avenue|av|bd|boulevard|place|allee|chemin|impasse|quai|route|cours|rue de|rue du",
    street_last: "",
};
