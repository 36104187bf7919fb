//! When a draft asks for what is known, and when it only speaks of it.

use card::asked_again;
use protocol::{Fact, FactKind};

use FactKind::{
    Account, Address, Amount, Asked, Date, Email, Name, Order, Phone, Postcode, Reason, Reference,
};

/// One fact of each of these kinds.
fn known(kinds: &[FactKind]) -> Vec<Fact> {
    let fact = |kind: &FactKind| Fact {
        kind: *kind,
        text: format!("value of {kind:?}"),
        seq: None,
    };
    kinds.iter().map(fact).collect()
}

const ALL: &[FactKind] = &[
    Name, Email, Phone, Account, Order, Reference, Amount, Date, Address, Postcode, Asked, Reason,
];

#[track_caller]
fn check(draft: &str, expected: &[FactKind]) {
    let facts = known(ALL);
    let again = asked_again(draft, &facts);
    let again: Vec<_> = again.iter().map(|&index| facts[index].kind).collect();
    assert_eq!(again, expected, "{draft}");
}

#[test]
fn a_question_for_what_is_known_is_told() {
    check("Could you give me your order number?", &[Order]);
    check("could you please confirm your e-mail address", &[Email]);
    check("Sure! What's your name?", &[Name]);
    check("And your phone?", &[Phone]);
    check("Order number please", &[Order]);
    check("I'd just need your phone number.", &[Phone]);
    check(
        "Please provide:\n- name\n- email\n- order number",
        &[Name, Email, Order],
    );
    check("What is your username, Crystal?", &[Account]);
    check("How much did you pay?", &[Amount]);
}

#[test]
fn it_is_told_in_other_languages_too() {
    check("¿Me podrías facilitar tu número de pedido?", &[Order]);
    check("Em podeu dir el vostre nom?", &[Name]);
    check("Zein da zure izena?", &[Name]);
    check("Cal é o seu enderezo?", &[Address]);
    check("Quel est votre numéro de téléphone ?", &[Phone]);
    check("Können Sie mir Ihre Bestellnummer nennen?", &[Order]);
    check("Qual è il suo indirizzo email?", &[Email]);
    check("Pode dizer-me o seu nome?", &[Name]);
    check("Wat is uw e-mailadres?", &[Email]);
    check("Proszę podać numer telefonu", &[Phone]);
    check("Kan jag få ditt namn och din e-postadress?", &[Name, Email]);
}

#[test]
fn speaking_of_what_is_known_is_not_asking_for_it() {
    for draft in [
        "I can see your order number 3348",
        "Your email is confirmed.",
        "Have you received an order confirmation email?",
        "Can I send you an email?",
        "You don't need to give me your order number.",
        "Thank you for your order number!",
        "What is the name of the product?",
        "Can you open your email settings?",
        "Please keep your order number at hand.",
        "Können Sie Ihre Bestellnummer sehen?",
        "Ihre Bestellnummer habe ich schon.",
        "¿Ha recibido el correo de confirmación?",
        "Votre adresse est bien enregistrée.",
        "How can I help you?",
        "",
    ] {
        check(draft, &[]);
    }
}

#[test]
fn asking_for_another_one_is_not_asking_again() {
    for draft in [
        "Do you have another email?",
        "What is the new address?",
        "Could you give me a different phone number?",
        "May I have a second phone number, please?",
        "¿Me puede dar otro número de teléfono?",
        "Haben Sie eine andere E-Mail-Adresse?",
        "Pouvez-vous me donner une autre adresse ?",
    ] {
        check(draft, &[]);
    }
}

#[test]
fn a_draft_that_has_the_value_itself_does_not_ask_for_it() {
    let fact = Fact {
        kind: Order,
        text: "3348".into(),
        seq: None,
    };
    let facts = [fact];
    assert_eq!(asked_again("What is your order number?", &facts), [0]);
    let draft = "What is your order number, is it 3348?";
    assert!(asked_again(draft, &facts).is_empty());
}

#[test]
fn nothing_is_asked_again_while_nothing_is_known() {
    assert!(asked_again("What is your name?", &[]).is_empty());
    assert!(asked_again("What is your name?", &known(&[Order])).is_empty());
    // A number of a parcel and one of an invoice are of one kind, and not each other's answer.
    check("What is your tracking number?", &[]);
}
