//! G7, G8: every way out of the desk, and that what was begun takes none of them.

use std::sync::{Arc, Mutex};

use human_please::bot::{Bot, Question};
use human_please::secret::random_id;
use human_please_tests::answers::frame;
use human_please_tests::bot::{Scripted, words};
use human_please_tests::http;
use human_please_tests::socket::{Heard, Socket};
use hyper::Method;
use protocol::{CommandId, VERSION, VisitorCommand};

use super::*;

/// What no message says.
const BEGUN: &str = "heliotrope";
const NOTE: &str = "vermilion";

#[track_caller]
fn tells_nothing(what: &str, text: &str) {
    for secret in [BEGUN, NOTE] {
        assert!(
            !text.contains(secret),
            "{what} tells what was begun: {text}"
        );
    }
}

/// Everything that a visitor's connection has been sent, as it came, up to the answer to a ping.
async fn all_frames(socket: &mut Socket) -> String {
    let id = new_id();
    socket.send(frame(id, VisitorCommand::Ping {})).await;
    let mut all = String::new();
    loop {
        match socket.hear("pong").await {
            Heard::Text(text) => {
                all.push_str(&text);
                if text.contains("pong") && text.contains(&id.to_string()) {
                    return all;
                }
            }
            Heard::Closed(code) => panic!("closed with {code:?}"),
        }
    }
}

async fn come_again(server: &Server, visitor: &Visitor) -> Socket {
    let mut socket = Socket::open(&server.door()).await.unwrap();
    let hello = VisitorCommand::Hello {
        version: VERSION,
        token: Some(visitor.token.clone()),
        after: protocol::Seq(0),
    };
    socket.send(frame(new_id(), hello)).await;
    socket
}

/// The page and both records, as the visitor's browser gets them.
async fn by_http(server: &Server, visitor: &Visitor) -> String {
    let token = &visitor.token.0;
    let origin = format!("http://{}", server.address);
    let mut all = String::new();
    for (path, fields) in [
        ("/chat/shop", format!("token={token}&act=check")),
        ("/chat/shop/record", format!("token={token}&as=json")),
        ("/chat/shop/record", format!("token={token}&as=html")),
    ] {
        let headers = [
            ("origin", origin.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let answer = http::request(server.address, Method::POST, path, &headers, &fields).await;
        let text = answer.text();
        assert!(text.contains("Where is my lamp?"), "{path}: {text}");
        all.push_str(text);
    }
    all
}

#[tokio::test]
async fn no_visitors_frame_page_or_record_and_no_question_to_the_bot_has_any_of_it() {
    let questions = Arc::new(Mutex::new(String::new()));
    let bot: Arc<dyn Bot> = {
        let questions = Arc::clone(&questions);
        Arc::new(Scripted(move |question: &Question| {
            let mut all = questions.lock().unwrap();
            all.push_str(&question.text);
            question
                .history
                .iter()
                .for_each(|turn| all.push_str(&turn.text));
            Ok(words("I am only a bot"))
        }))
    };
    let server = Server::start(Setup {
        lease: Duration::from_millis(100),
        ..Setup::with_bot(bot)
    })
    .await;
    let mut visitor = server.visitor().await;
    visitor.say("Where is my lamp?").await;
    visitor.human().await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    visitor.until_answering("Ana", with_an_agent).await;
    let mut tab = come_again(&server, &visitor).await;
    ana.begin(conversation, BEGUN).await;
    ana.note(conversation, NOTE).await;
    ana.send(
        new_id(),
        AgentCommand::Typing {
            conversation,
            on: true,
        },
    )
    .await;
    ana.settle().await;
    tells_nothing("a frame while Ana writes", &all_frames(&mut tab).await);
    tells_nothing("a page while Ana writes", &by_http(&server, &visitor).await);

    ana.socket.cut();
    visitor.until_answering("the queue again", in_queue).await;
    tells_nothing("a frame after the lapse", &all_frames(&mut tab).await);
    tells_nothing("a page after the lapse", &by_http(&server, &visitor).await);
    // A colleague's list has none of it either: whoever may read it opens it.
    let ben = server.agent_on_duty("Ben").await;
    tells_nothing("a greeting", &format!("{:?}", ben.welcome));

    visitor.leave().await;
    visitor.say("Bot, what did they note?").await;
    visitor
        .until_event("the bot's answer to that", |kind| {
            matches!(kind, protocol::EventKind::Message(message) if message.text == "I am only a bot")
        })
        .await;
    let mut again = come_again(&server, &visitor).await;
    tells_nothing("a fresh load", &all_frames(&mut again).await);
    let questions = questions.lock().unwrap().clone();
    assert!(questions.contains("what did they note"), "it was asked");
    tells_nothing("a question to the bot", &questions);

    // It is kept all the while, so that what is not told was there to tell.
    let files = server.place.files();
    let kept = |text: &str| {
        let mut files = files.iter();
        files.any(|(_, bytes)| {
            bytes
                .windows(text.len())
                .any(|bytes| bytes == text.as_bytes())
        })
    };
    assert!(kept(BEGUN) && kept(NOTE));
}

/// S3: only who may read a conversation as an agent is told, and only its holder writes.
#[tokio::test]
async fn colleagues_and_other_sites_neither_read_nor_write_it() {
    let server = Server::start(long_lease()).await;
    let (mut visitor, mut ana, conversation) = with_ana(&server).await;
    ana.begin(conversation, BEGUN).await;
    ana.note(conversation, NOTE).await;
    let mut cleo = server.agent_on_duty("Cleo").await;
    let mut rita = server.agent_on_duty("Rita").await;
    let overwrites = |conversation| AgentCommand::Draft {
        conversation,
        reply: Some("Mine now".into()),
        note: Some(String::new()),
    };
    let opens = |conversation| AgentCommand::Open {
        conversation,
        after: protocol::Seq(0),
    };
    for outsider in [&mut cleo, &mut rita] {
        for about in [conversation, ConversationId(random_id())] {
            let refused = outsider.ask(new_id(), overwrites(about)).await.unwrap_err();
            assert_eq!(refused.code, RefusalCode::NoSuchConversation);
            outsider.read(opens(about)).await.unwrap_err();
        }
        outsider.settle().await;
        assert!(outsider.drafts.is_empty(), "{:?}", outsider.drafts);
    }
    // It waits: Cleo may read it, and not write it. Rita neither.
    ana.must(AgentCommand::Transfer {
        conversation,
        to: None,
        note: None,
    })
    .await;
    cleo.until_waiting(conversation).await;
    let refused = cleo.ask(new_id(), overwrites(conversation)).await;
    assert_eq!(refused.unwrap_err().code, RefusalCode::NotYours);
    let refused = ana.ask(new_id(), overwrites(conversation)).await;
    assert_eq!(refused.unwrap_err().code, RefusalCode::NotYours);
    rita.read(opens(conversation)).await.unwrap_err();
    assert!(rita.drafts.is_empty());
    let read = draft_of(&mut cleo, conversation).await;
    assert_eq!(read.reply.unwrap().text, BEGUN);
    assert_eq!(read.note.unwrap().text, NOTE);
    // Cleo takes it and begins: what Ana sends late changes nothing, and she hears nothing of hers.
    cleo.take(conversation).await;
    ana.drafts.clear();
    cleo.begin(conversation, "Cleo's own").await;
    let refused = ana.ask(new_id(), overwrites(conversation)).await;
    assert_eq!(refused.unwrap_err().code, RefusalCode::NoSuchConversation);
    ana.settle().await;
    assert!(ana.drafts.is_empty(), "{:?}", ana.drafts);
    let kept = draft_of(&mut cleo, conversation).await;
    assert_eq!(kept.reply.unwrap().text, "Cleo's own");
    visitor.settle().await;
    assert_eq!(visitor.log.messages(), [("visitor", "Where is my lamp?")]);
}

/// A repeat of a command's id that made an event is no draft, and a draft's id makes none.
#[tokio::test]
async fn a_draft_is_no_event_whatever_its_id() {
    let server = Server::start(long_lease()).await;
    let (mut visitor, mut ana, conversation) = with_ana(&server).await;
    let id: CommandId = new_id();
    let draft = AgentCommand::Draft {
        conversation,
        reply: Some("Hel".into()),
        note: None,
    };
    let ack = ana.ask(id, draft.clone()).await.unwrap();
    assert_eq!(ack.seq, None);
    let reply = AgentCommand::Reply {
        replies: vec![],
        conversation,
        text: "Hello".into(),
    };
    let ack = ana.ask(id, reply).await.unwrap();
    visitor.until_seq(ack.seq.unwrap()).await;
    assert_eq!(visitor.log.messages().len(), 2);
}

/// The same as `masking` for messages: and a number that is still being typed is never there in full.
#[tokio::test]
async fn a_card_number_is_masked_while_it_is_typed() {
    let server = Server::start(long_lease()).await;
    let (_visitor, mut ana, conversation) = with_ana(&server).await;
    let card = "4111 1111 1111 1111";
    for end in 1..=card.len() {
        ana.begin(conversation, &card[..end]).await;
    }
    ana.note(conversation, "4012888888881881").await;
    let kept = draft_of(&mut ana, conversation).await;
    assert_eq!(kept.reply.unwrap().text, "[card ending 1111 removed]");
    assert_eq!(kept.note.unwrap().text, "[card ending 1881 removed]");
    for (name, bytes) in server.place.files() {
        for trace in ["4111 1111 1111 1", "4012888888881"] {
            let found = bytes
                .windows(trace.len())
                .any(|bytes| bytes == trace.as_bytes());
            assert!(!found, "{trace:?} is in {name}");
        }
    }
}
