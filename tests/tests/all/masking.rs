//! G8, P1: a card number is masked before it is stored, passed on, asked of the bot, or logged.

use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use protocol::AgentCommand;

/// Test numbers of card schemes, and ways in which people write them.
const CARDS: [(&str, &str); 10] = [
    ("4111111111111111", "[card ending 1111 removed]"),
    (
        "my card 5500 0055 5555 5559 ok?",
        "my card [card ending 5559 removed] ok?",
    ),
    ("3782-822463-10005", "[card ending 0005 removed]"),
    ("6011.0009.9013.9424", "[card ending 9424 removed]"),
    ("٤٠١٢ ٨٨٨٨ ٨٨٨٨ ١٨٨١", "[card ending 1881 removed]"),
    ("visa4222222222222", "visa[card ending 2222 removed]"),
    ("4111_1111_1111_1111", "[card ending 1111 removed]"),
    ("4111/1111/1111/1111", "[card ending 1111 removed]"),
    ("4111  1111\t1111 - 1111", "[card ending 1111 removed]"),
    ("4111\n1111\n1111\n1111", "[card ending 1111 removed]"),
];

/// The digits as they would lie on the disk, in a run and in groups.
const TRACES: [&str; 12] = [
    "4111111111111111",
    "5500005555555559",
    "5500 0055",
    "3782-8224",
    "378282246310005",
    "6011.0009",
    "٤٠١٢",
    "4222222222222",
    "4111_1111",
    "4111/1111",
    "4111  1111",
    "4111\n1111",
];

#[tokio::test]
async fn a_card_number_is_in_no_event_no_preview_no_question_and_no_file() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut visitor = server.visitor().await;
    let conversation = visitor.welcome.conversation;
    for (text, masked) in CARDS {
        visitor.say(text).await;
        let answer = format!("You said: {masked}");
        visitor
            .until_event("the bot's answer to the masked text", |kind| {
                matches!(kind, protocol::EventKind::Message(message) if message.text == answer)
            })
            .await;
    }
    visitor.human().await;
    ana.take(conversation).await;
    let case = &ana.cases[&conversation];
    assert_eq!(case.preview, "[card ending 1111 removed]");
    for (text, _) in CARDS {
        ana.must(AgentCommand::Reply {
            replies: vec![],
            conversation,
            text: text.into(),
        })
        .await;
    }
    // What is refused is not kept either.
    let transfer = AgentCommand::Transfer {
        conversation,
        to: None,
        note: None,
    };
    ana.must(transfer).await;
    let reply = AgentCommand::Reply {
        replies: vec![],
        conversation,
        text: CARDS[0].0.into(),
    };
    ana.ask(new_id(), reply).await.unwrap_err();
    visitor.settle().await;

    let expected: Vec<&str> = CARDS.iter().map(|(_, masked)| *masked).collect();
    let of = |author| {
        let messages = visitor.log.messages().into_iter();
        messages
            .filter(move |(by, _)| *by == author)
            .map(|(_, text)| text)
            .collect::<Vec<_>>()
    };
    assert_eq!(of("visitor"), expected);
    assert_eq!(of("Ana"), expected);

    let files = server.place.files();
    assert!(
        files
            .iter()
            .any(|(name, bytes)| name.ends_with("-wal") && !bytes.is_empty()),
        "the log is looked at, too"
    );
    assert!(
        files
            .iter()
            .any(|(_, bytes)| contains(bytes, "ending 5559 removed")),
        "what is kept can be found, so what is not found is not kept"
    );
    for (name, bytes) in &files {
        for trace in TRACES {
            assert!(!contains(bytes, trace), "{trace:?} is in {name}");
        }
    }
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}
