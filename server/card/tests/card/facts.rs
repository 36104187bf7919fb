//! What the card finds in a conversation, and what it leaves.

use card::Facts;
use protocol::FactKind::{
    Account, Address, Article, Asked, Date, Membership, Name, Order, Postcode, Product, Reference,
    Tried,
};
use protocol::{Author, EventKind, MAX_FACTS, Message, ReturnReason, Seq, Source};

use super::log::{VALUES, event, found, hear, message};

#[test]
fn a_name_is_found_where_the_visitor_says_it() {
    for (text, name) in [
        (
            "Hi, my name is Crystal Minh and I need help",
            "Crystal Minh",
        ),
        ("my name is crystal minh and i need help", "crystal minh"),
        ("MY NAME IS JOHN SMITH AND I WANT A REFUND", "JOHN SMITH"),
        ("Hi, I'm Ana, my parcel is late", "Ana"),
        ("je m’appelle Jean-Pierre O'Neill", "Jean-Pierre O'Neill"),
        ("Me llamo María de la Cruz", "María de la Cruz"),
        ("Where is it?\n\nKind regards\nAnn Lee", "Ann Lee"),
        ("Name: Ludwig van Beethoven", "Ludwig van Beethoven"),
    ] {
        found(&[("visitor", text)], &[Name], &[name]);
    }
}

#[test]
fn what_somebody_is_or_thanks_is_no_name() {
    for text in [
        "I'm Spanish and I'm angry",
        "Ich bin Kunde bei Ihnen",
        "I'm not sure. It's Monday, right?",
        "Thanks, Ana",
        "my name is not important",
        "this is ridiculous",
        "the name is wrong on my invoice",
    ] {
        found(&[("visitor", text)], &[Name], &[]);
    }
}

#[test]
fn a_name_that_an_agent_says_is_no_fact() {
    found(
        &[("agent", "My name is Ana Ruiz, order #4127 is yours?")],
        VALUES,
        &[],
    );
}

#[test]
fn numbers_are_told_apart_by_their_shapes() {
    found(
        &[(
            "visitor",
            "Order LO-20417 of 12/11/2026, paid 1.299,00 €, call +34 611 22 33 44 or write to a.b@c.example",
        )],
        VALUES,
        &[
            "a.b@c.example",
            "+34 611 22 33 44",
            "LO-20417",
            "1.299,00 €",
            "12/11/2026",
        ],
    );
    for text in [
        "it is 3/4 full, 45 minutes, 20 % off, 10.0.0.1, size 42",
        "version 10.4.12.3 of 2026",
        "I waited 30 min at 10:30",
        "https://shop.example/order/4127?id=12345678",
        "[card ending 1111 removed] and [account ending 3000 removed]",
    ] {
        found(&[("visitor", text)], VALUES, &[]);
    }
}

#[test]
fn a_second_order_is_a_second_fact_and_a_repeated_one_is_not() {
    let facts = hear(&[
        ("visitor", "orders 4127 and 4128 are late"),
        ("visitor", "my order #4127!"),
        ("visitor", "order number is 5003"),
    ]);
    let orders: Vec<_> = facts
        .found()
        .iter()
        .filter(|fact| fact.kind == Order)
        .map(|fact| (fact.text.as_str(), fact.seq))
        .collect();
    let expected = [
        ("4127", Some(Seq(1))),
        ("4128", Some(Seq(1))),
        ("5003", Some(Seq(3))),
    ];
    assert_eq!(orders, expected);
}

#[test]
fn other_numbers_are_not_taken_for_orders() {
    found(
        &[(
            "visitor",
            "tracking number 1Z999AA10123456784, my customer number is 77120",
        )],
        &[Order, Reference, Account],
        &["77120", "1Z999AA10123456784"],
    );
}

#[test]
fn a_value_may_stand_before_its_name_or_below_it() {
    found(
        &[("visitor", "4711-220 is my order number")],
        &[Order],
        &["4711-220"],
    );
    found(&[("visitor", "Order number\n5512")], &[Order], &["5512"]);
    found(&[("visitor", "pedido nº 4127")], &[Order], &["4127"]);
    found(&[("visitor", "Auftrag Nr. 4127")], &[Order], &["4127"]);
}

#[test]
fn an_address_is_found_with_its_code() {
    for (text, address, code) in [
        (
            "send it to 6821 1st ave, san mateo, ny 75227 please",
            "6821 1st ave, san mateo, ny 75227",
            "75227",
        ),
        (
            "vivo en C/ Mayor, 12, 28013 Madrid",
            "C/ Mayor, 12, 28013 Madrid",
            "28013",
        ),
        (
            "Hauptstr. 5, 10115 Berlin",
            "Hauptstr. 5, 10115 Berlin",
            "10115",
        ),
        (
            "mieszkam na ul. Długa 5, 00-950 Warszawa",
            "ul. Długa 5, 00-950 Warszawa",
            "00-950",
        ),
        (
            "Keizersgracht 12, 1015 AB Amsterdam",
            "Keizersgracht 12, 1015 AB Amsterdam",
            "1015 AB",
        ),
    ] {
        found(&[("visitor", text)], &[Address], &[address]);
        found(&[("visitor", text)], &[Postcode], &[code]);
    }
}

#[test]
fn a_day_is_found_however_it_is_written() {
    for (text, date) in [
        ("bought on 2019-11-06", "2019-11-06"),
        ("on the 3rd of May", "3rd of May"),
        ("am 3. März 2026", "3. März 2026"),
        ("le 1er juillet", "1er juillet"),
        ("dnia 5 stycznia 2026", "5 stycznia 2026"),
        ("November 6th, 2019", "November 6th, 2019"),
        ("I got it in May", "May"),
    ] {
        found(&[("visitor", text)], &[Date], &[date]);
    }
    found(
        &[("visitor", "it may be so, mar 5%, may 10:30, I took out 30")],
        &[Date],
        &[],
    );
}

#[test]
fn a_wish_and_what_was_tried_are_kept_in_the_visitors_words() {
    let log = [(
        "visitor",
        "Hi! I already tried restarting it twice, could you send me a new one? Thanks",
    )];
    found(&log, &[Tried], &["I already tried restarting it twice"]);
    found(&log, &[Asked], &["could you send me a new one?"]);
}

#[test]
fn courtesies_are_no_wishes() {
    for text in [
        "Hello, can you help me?",
        "hi, are you there?",
        "thanks!",
        "how are you?",
    ] {
        found(&[("visitor", text)], &[Asked], &[]);
    }
}

#[test]
fn the_first_sentence_that_says_something_tells_what_it_is_about() {
    let log = [
        ("visitor", "hello"),
        ("visitor", "The zip of my new jacket broke yesterday."),
        ("visitor", "The colour faded as well."),
    ];
    found(
        &log,
        &[Asked],
        &["The zip of my new jacket broke yesterday."],
    );
    found(
        &[("visitor", "我的包裹还没有到")],
        &[Asked],
        &["我的包裹还没有到"],
    );
}

#[test]
fn what_was_bought_is_named_without_its_article() {
    found(
        &[("visitor", "I bought some michael kors jeans in November")],
        &[Product],
        &["michael kors jeans"],
    );
    found(
        &[("visitor", "I want to return an item I ordered")],
        &[Product],
        &[],
    );
}

#[test]
fn a_name_of_a_fact_without_its_value_is_no_fact() {
    for text in [
        "the account number is certainly right",
        "I login to the mobile app",
        "what is the exchange rate?",
        "my order is late and my phone is broken",
        "your order number is wrong",
    ] {
        found(&[("visitor", text)], VALUES, &[]);
    }
}

#[test]
fn a_level_is_found_beside_member_and_nowhere_else() {
    found(
        &[("visitor", "I'm a gold member")],
        &[Membership],
        &["gold"],
    );
    found(&[("visitor", "I lost my gold ring")], &[Membership], &[]);
}

#[test]
fn an_article_is_a_fact_where_the_assistant_quotes_it() {
    let mut event = event(7, "bot", "Orders leave within a day.");
    let EventKind::Message(message) = &mut event.kind else {
        unreachable!()
    };
    message.sources.push(Source {
        title: "Shipping times".into(),
        url: "/help/shipping-times".into(),
    });
    let mut facts = Facts::default();
    facts.hear(&event);
    let [article] = facts.found() else {
        panic!("{facts:?}")
    };
    assert_eq!((article.kind, article.seq), (Article, Some(Seq(7))));
    assert_eq!(article.text, "Shipping times");
}

#[test]
fn the_first_value_and_the_newest_ones_stay_when_there_are_too_many() {
    let mut facts = Facts::default();
    for seq in 1..=100 {
        facts.hear(&event(
            seq,
            "visitor",
            &format!("order number {}", 5000 + seq),
        ));
    }
    let orders: Vec<_> = facts
        .found()
        .iter()
        .filter(|fact| fact.kind == Order)
        .collect();
    let orders: Vec<_> = orders.iter().map(|fact| fact.text.as_str()).collect();
    assert_eq!(orders, ["5001", "5098", "5099", "5100"]);
    assert!(facts.found().len() <= MAX_FACTS);
}

#[test]
fn only_messages_tell_anything() {
    let mut facts = Facts::default();
    let mut other = event(1, "visitor", "");
    other.kind = EventKind::Returned {
        reason: ReturnReason::Transferred,
        agent: "My name is Ana".into(),
    };
    facts.hear(&other);
    assert_eq!(facts.found(), []);
    // A message of an agent's is a question at most.
    let message = Message {
        author: Author::Agent { name: "Ana".into() },
        ..message(2, "visitor", "my order number is 4127")
    };
    other.kind = EventKind::Message(message);
    facts.hear(&other);
    assert_eq!(facts.found(), []);
}
