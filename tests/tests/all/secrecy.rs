//! S3: what is somebody else's is answered like what does not exist.

use human_please::secret::random_id;
use human_please_tests::agent::Agent;
use human_please_tests::answers::{frame, new_id};
use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use human_please_tests::socket::Heard;
use human_please_tests::visitor::Visitor;
use protocol::{AgentCommand, CommandId, ConversationId, RefusalCode, Seq};

fn every_command(conversation: ConversationId) -> [AgentCommand; 7] {
    [
        AgentCommand::Take { conversation },
        AgentCommand::Reply {
            replies: vec![],
            conversation,
            text: "Hi".into(),
        },
        AgentCommand::Draft {
            conversation,
            reply: Some("Hi".into()),
            note: Some(String::new()),
        },
        AgentCommand::Resolve {
            conversation,
            ask: false,
        },
        AgentCommand::Transfer {
            conversation,
            to: None,
            note: None,
        },
        AgentCommand::Open {
            conversation,
            after: Seq(0),
        },
        AgentCommand::History {
            conversation,
            before: Seq(9),
        },
    ]
}

/// Sends a command and gives the whole answer as it came, with the ids that were sent taken out.
async fn answer(
    agent: &mut Agent,
    id: CommandId,
    command: AgentCommand,
    about: ConversationId,
) -> String {
    agent.socket.send(frame(id, command)).await;
    loop {
        match agent.socket.hear("an answer").await {
            // Who works here is told by itself, a moment after they came on duty, and answers nothing.
            Heard::Text(text) if text.starts_with(r#"{"staff":"#) => {}
            Heard::Text(text) => {
                return text
                    .replace(&id.to_string(), "ID")
                    .replace(&about.to_string(), "CONVERSATION");
            }
            Heard::Closed(code) => panic!("closed with {code:?}"),
        }
    }
}

async fn same_as_nothing(
    agent: &mut Agent,
    commands: [AgentCommand; 7],
    theirs: ConversationId,
    used: CommandId,
) {
    let nothing = ConversationId(random_id());
    for (of_theirs, of_nothing) in commands.into_iter().zip(every_command(nothing)) {
        let expected = answer(agent, new_id(), of_nothing, nothing).await;
        assert!(expected.contains("no_such_conversation"), "{expected}");
        // Neither a fresh id nor one that was used in that conversation tells anything.
        for id in [new_id(), used] {
            let told = answer(agent, id, of_theirs.clone(), theirs).await;
            assert_eq!(told, expected, "{of_theirs:?}");
        }
    }
    // Typing is not answered: the next answer is the ping's.
    agent
        .send(
            new_id(),
            AgentCommand::Typing {
                conversation: theirs,
                on: true,
            },
        )
        .await;
    agent.settle().await;
}

/// Sends everything that an outsider might, and checks that nobody heard of it.
async fn nothing_to_see(outsider: &mut Agent, visitor: &mut Visitor, used: CommandId) {
    let conversation = visitor.welcome.conversation;
    let by_people = |visitor: &Visitor| {
        visitor
            .typing
            .iter()
            .filter(|typing| typing.author != protocol::Author::Bot {})
            .count()
    };
    visitor.settle().await;
    let (log, state) = (visitor.log.clone(), visitor.state.clone());
    same_as_nothing(outsider, every_command(conversation), conversation, used).await;
    visitor.settle().await;
    assert_eq!(
        (&visitor.log, &visitor.state),
        (&log, &state),
        "nothing was done"
    );
    assert_eq!(by_people(visitor), 0, "nobody was heard typing");
    assert!(outsider.logs.is_empty(), "nothing was heard");
}

#[tokio::test]
async fn another_sites_conversation_is_answered_like_a_random_id_whoever_holds_it() {
    let (thinking, mut thoughts) = bot::thinking();
    let server = Server::start(Setup::with_bot(thinking)).await;
    let mut rita = server.agent_on_duty("Rita").await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut visitor = server.visitor().await;
    let conversation = visitor.welcome.conversation;

    // The bot has it, and thinks.
    let used = new_id();
    let say = protocol::VisitorCommand::Say {
        text: "Hello".into(),
    };
    visitor.ask(used, say).await.unwrap();
    thoughts.asked().await;
    nothing_to_see(&mut rita, &mut visitor, used).await;
    // It waits.
    visitor.human().await;
    thoughts.speak("Too late");
    visitor
        .until_answering("the queue", |answering| {
            matches!(answering, protocol::Answering::Queue { .. })
        })
        .await;
    nothing_to_see(&mut rita, &mut visitor, used).await;
    // Ana has it.
    let last = ana.take(conversation).await.seq.unwrap();
    visitor.until_seq(last).await;
    visitor
        .until_answering("Ana", |answering| {
            matches!(answering, protocol::Answering::Agent { .. })
        })
        .await;
    nothing_to_see(&mut rita, &mut visitor, used).await;
    // Nobody has it.
    let last = ana.resolve(conversation).await.seq.unwrap();
    visitor.until_seq(last).await;
    visitor
        .until_answering("nobody", |answering| {
            matches!(answering, protocol::Answering::Nobody { .. })
        })
        .await;
    nothing_to_see(&mut rita, &mut visitor, used).await;

    rita.settle().await;
    assert!(
        rita.cases.is_empty(),
        "not a word of another site's queue: {:?}",
        rita.cases
    );
}

/// Within a site, too, only what waits and one's own can be read and answered.
#[tokio::test]
async fn a_colleagues_conversation_and_the_bots_are_answered_like_a_random_id() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut cleo = server.agent_on_duty("Cleo").await;
    let mut visitor = server.visitor().await;
    let conversation = visitor.welcome.conversation;
    let used = new_id();
    visitor
        .ask(
            used,
            protocol::VisitorCommand::Say {
                text: "Hello".into(),
            },
        )
        .await
        .unwrap();
    visitor.until_event("the bot's answer", |kind| {
        matches!(kind, protocol::EventKind::Message(message) if message.author == protocol::Author::Bot {})
    })
    .await;
    cleo.settle().await;
    nothing_to_see(&mut cleo, &mut visitor, used).await;

    visitor.human().await;
    ana.take(conversation).await;
    visitor
        .until_answering("Ana", |answering| {
            matches!(answering, protocol::Answering::Agent { .. })
        })
        .await;
    cleo.settle().await;
    cleo.logs.clear();
    let [take, rest @ ..] = every_command(conversation);
    // Cleo saw it wait, and is told who was quicker. Everything else is none of her business.
    let refused = cleo.ask(new_id(), take).await.unwrap_err();
    assert_eq!(refused.code, RefusalCode::HeldByAnother);
    let nothing = ConversationId(random_id());
    for (of_anas, of_nothing) in rest
        .into_iter()
        .zip(every_command(nothing).into_iter().skip(1))
    {
        let expected = answer(&mut cleo, new_id(), of_nothing, nothing).await;
        assert_eq!(
            answer(&mut cleo, new_id(), of_anas.clone(), conversation).await,
            expected,
            "{of_anas:?}"
        );
        assert_eq!(
            answer(&mut cleo, used, of_anas.clone(), conversation).await,
            expected,
            "{of_anas:?}"
        );
    }
    visitor.say("Only Ana hears this").await;
    ana.until_event(conversation, "the visitor's words", |kind| {
        matches!(kind, protocol::EventKind::Message(message) if message.text == "Only Ana hears this")
    })
    .await;
    cleo.settle().await;
    assert!(cleo.logs.is_empty(), "{:?}", cleo.logs);
    let told = &cleo.cases[&conversation];
    assert_eq!(
        told.holder,
        protocol::CaseHolder::Other { name: "Ana".into() }
    );
    assert_eq!(
        told.preview, "",
        "nor do the visitor's words stand in his list"
    );
}

/// A visitor has no way to name a conversation but by the token that opens it.
#[tokio::test]
async fn a_guessed_token_opens_nothing() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Mine").await;
    let conversation = visitor.welcome.conversation.to_string();
    let mut almost = visitor.token.0.clone();
    almost.replace_range(0..1, if almost.starts_with('0') { "1" } else { "0" });
    for guess in [
        String::new(),
        conversation.clone(),
        conversation.repeat(2),
        almost,
        "%".into(),
        "x".repeat(9_000),
    ] {
        let stranger = Visitor::load(&server.door(), &protocol::Token(guess)).await;
        assert_ne!(stranger.welcome.conversation, visitor.welcome.conversation);
        assert!(stranger.welcome.token.is_some());
        assert_eq!(stranger.log.events(), []);
    }
}
