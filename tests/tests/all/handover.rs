//! G4, R12: what an agent has begun, and their note for colleagues, pass to whoever takes the conversation next. G7, G8:
//! nobody else ever gets any of it.

mod races;
mod secret;
mod wake;

use std::time::Duration;

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::clock::HandClock;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{AgentCommand, Answering, Begun, ConversationId, Draft, RefusalCode, Timestamp};

fn short_lease() -> Setup {
    Setup {
        lease: Duration::from_millis(100),
        ..Setup::default()
    }
}

/// A lease that no story outlives.
fn long_lease() -> Setup {
    Setup {
        lease: Duration::from_secs(600),
        ..Setup::default()
    }
}

fn in_queue(answering: &Answering) -> bool {
    matches!(answering, Answering::Queue { .. })
}

fn with_an_agent(answering: &Answering) -> bool {
    matches!(answering, Answering::Agent { .. })
}

fn begun(name: &str, mine: bool, at: i64, text: &str) -> Option<Begun> {
    Some(Begun {
        name: name.into(),
        mine,
        at: Timestamp(at),
        text: text.into(),
    })
}

/// A visitor whose conversation Ana has taken.
async fn with_ana(server: &Server) -> (Visitor, Agent, ConversationId) {
    let mut visitor = server.visitor().await;
    visitor.say("Where is my lamp?").await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    visitor.until_answering("Ana", with_an_agent).await;
    (visitor, ana, conversation)
}

/// What somebody hears who opens a conversation.
async fn draft_of(agent: &mut Agent, conversation: ConversationId) -> Draft {
    agent.drafts.clear();
    agent.open(conversation).await;
    agent.settle().await;
    agent.drafts[&conversation].clone()
}

#[tokio::test]
async fn what_a_vanished_agent_had_begun_is_handed_to_whoever_takes_it_next() {
    let clock = HandClock::at(Timestamp(1_000));
    let server = Server::start(Setup {
        clock: clock.clock(),
        ..short_lease()
    })
    .await;
    let (mut visitor, mut ana, conversation) = with_ana(&server).await;
    ana.begin(conversation, "  Your lamp ").await;
    clock.set(Timestamp(2_000));
    ana.begin(conversation, "Your lamp is on").await;
    ana.note(conversation, "The depot calls back at four.")
        .await;
    clock.set(Timestamp(3_000));
    ana.socket.cut();
    visitor.until_answering("the queue again", in_queue).await;

    // Whoever reads it in the queue sees it, before they take it.
    let mut ben = server.agent_on_duty("Ben").await;
    let expected = Draft {
        reply: begun("Ana", false, 2_000, "Your lamp is on"),
        note: begun("Ana", false, 2_000, "The depot calls back at four."),
    };
    assert_eq!(draft_of(&mut ben, conversation).await, expected);
    // And whoever takes it has it, on every device, without asking for anything.
    let mut phone = server.agent("Ben").await;
    ben.drafts.clear();
    ben.take(conversation).await;
    for device in [&mut ben, &mut phone] {
        let told = device
            .until("what was begun", |this| {
                this.drafts.get(&conversation).cloned()
            })
            .await;
        assert_eq!(told, expected);
    }
    // The next one goes on from there.
    ben.begin(conversation, "Your lamp is on its way").await;
    let own = draft_of(&mut ben, conversation).await;
    assert_eq!(
        own.reply,
        begun("Ben", true, 3_000, "Your lamp is on its way")
    );
    assert_eq!(own.note, expected.note, "what is left out stays");
}

#[tokio::test]
async fn it_survives_a_transfer_a_restart_and_the_way_to_another_device() {
    let server = Server::start(long_lease()).await;
    let (_visitor, mut ana, conversation) = with_ana(&server).await;
    let mut phone = server.agent("Ana").await;
    ana.begin(conversation, "Half a").await;
    ana.note(conversation, "Angry, and right").await;
    // The other device hears it by itself; the one that it comes from knows it.
    let told = phone
        .until("what was begun at the desk", |this| {
            let draft = this.drafts.get(&conversation)?;
            draft.note.is_some().then(|| draft.clone())
        })
        .await;
    let text = |words: &Option<Begun>| words.as_ref().map(|words| words.text.clone());
    assert_eq!(text(&told.reply).as_deref(), Some("Half a"));
    assert!(told.reply.unwrap().mine);
    ana.settle().await;
    assert!(ana.drafts.values().all(|draft| draft.note.is_none()));
    drop((ana, phone));

    let server = Server::start_at(server.stop().await, long_lease()).await;
    let mut ana = server.agent("Ana").await;
    let kept = draft_of(&mut ana, conversation).await;
    assert_eq!(text(&kept.reply).as_deref(), Some("Half a"));
    assert_eq!(text(&kept.note).as_deref(), Some("Angry, and right"));
    ana.must(AgentCommand::Transfer {
        conversation,
        to: None,
        note: None,
    })
    .await;
    let mut ben = server.agent_on_duty("Ben").await;
    ben.take(conversation).await;
    let handed = draft_of(&mut ben, conversation).await;
    assert_eq!(text(&handed.reply).as_deref(), Some("Half a"));
    assert_eq!(text(&handed.note).as_deref(), Some("Angry, and right"));
}

#[tokio::test]
async fn a_reply_or_the_end_clears_what_was_begun_and_the_note_stays() {
    let server = Server::start(long_lease()).await;
    let (mut visitor, mut ana, conversation) = with_ana(&server).await;
    let mut phone = server.agent("Ana").await;
    ana.note(conversation, "Likes tea").await;
    ana.begin(conversation, "Hel").await;
    ana.reply(conversation, "Hello!").await;
    phone
        .until("the other device to know that it is sent", |this| {
            let draft = this.drafts.get(&conversation)?;
            (draft.note.is_some() && draft.reply.is_none()).then_some(())
        })
        .await;
    let kept = draft_of(&mut ana, conversation).await;
    assert_eq!(kept.reply, None);
    assert_eq!(kept.note.unwrap().text, "Likes tea");

    ana.begin(conversation, "Good").await;
    ana.resolve(conversation).await;
    // The visitor is back: it is Ana's again, and nothing is left of the goodbye.
    visitor.say("One more thing").await;
    ana.until_case(conversation, "her own again", |case| {
        case.holder == protocol::CaseHolder::Me {}
    })
    .await;
    let kept = draft_of(&mut ana, conversation).await;
    assert_eq!(kept.reply, None);
    assert_eq!(kept.note.unwrap().text, "Likes tea");
    // The note goes when it is emptied, and the box too.
    ana.begin(conversation, "Yes?").await;
    ana.begin(conversation, "").await;
    ana.note(conversation, " ").await;
    assert_eq!(draft_of(&mut ana, conversation).await, Draft::default());
}

/// A draft that is not on disk is not acked (G2), and what is too long is no draft.
#[tokio::test]
async fn what_cannot_be_kept_is_refused_and_what_was_kept_stays() {
    let setup = long_lease();
    let hand = setup.store.clone();
    let server = Server::start(setup).await;
    let (_visitor, mut ana, conversation) = with_ana(&server).await;
    ana.begin(conversation, "Kept").await;
    let draft = |reply: &str| AgentCommand::Draft {
        conversation,
        reply: Some(reply.into()),
        note: None,
    };
    let refused = ana.ask(new_id(), draft(&"é".repeat(8_001))).await;
    assert_eq!(refused.unwrap_err().code, RefusalCode::TooLong);
    hand.fail(true);
    let refused = ana.ask(new_id(), draft("Lost")).await.unwrap_err();
    assert_eq!(
        (refused.code, refused.retry),
        (RefusalCode::Unavailable, true)
    );
    hand.fail(false);
    let kept = draft_of(&mut ana, conversation).await;
    assert_eq!(kept.reply.unwrap().text, "Kept");
    // The longest that is allowed is kept whole.
    let longest = "é".repeat(8_000);
    ana.begin(conversation, &longest).await;
    let kept = draft_of(&mut ana, conversation).await;
    assert_eq!(kept.reply.unwrap().text, longest);
}
