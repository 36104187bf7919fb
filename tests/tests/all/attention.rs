//! R4: what each end has seen, and who writes, is the same for a page that was there and for one that is loaded now.

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{AgentCommand, Author, ConversationId, Seq, Typing, VisitorCommand};

async fn seen_by(agent: &mut Agent, conversation: ConversationId, seq: Seq) {
    agent
        .send(new_id(), AgentCommand::Seen { conversation, seq })
        .await;
}

async fn until_seen(visitor: &mut Visitor, seq: Seq) {
    visitor
        .until("what the person has seen", |this| {
            (this.state.seen == seq).then_some(())
        })
        .await;
}

async fn held(server: &Server) -> (Visitor, Agent, ConversationId) {
    let mut visitor = server.visitor().await;
    visitor.human().await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.until_waiting(conversation).await;
    ana.take(conversation).await;
    (visitor, ana, conversation)
}

#[tokio::test]
async fn what_was_seen_is_told_at_once_and_found_after_a_restart() {
    let server = Server::start(Setup::default()).await;
    let (mut visitor, mut ana, conversation) = held(&server).await;
    let asked = visitor.say("Is it on its way?").await.seq.unwrap();
    seen_by(&mut ana, conversation, asked).await;
    until_seen(&mut visitor, asked).await;

    let replied = ana.reply(conversation, "It left today.").await.seq.unwrap();
    let seen = VisitorCommand::Seen { seq: replied };
    visitor.send(new_id(), seen).await;
    let case = ana
        .until_case(conversation, "the reply was seen", |case| {
            case.seen == replied
        })
        .await;

    let tab = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(tab.state, visitor.state);
    let device = server.agent("Ana").await;
    assert_eq!(device.cases[&conversation], case);

    drop((ana, device));
    let token = visitor.token.clone();
    let server = Server::start_at(server.stop().await, Setup::default()).await;
    let tab = Visitor::load(&server.door(), &token).await;
    assert_eq!(tab.state, visitor.state);
    let ana = server.agent("Ana").await;
    assert_eq!(ana.cases[&conversation], case);
}

#[tokio::test]
async fn nobody_is_told_that_somebody_has_seen_what_they_have_not() {
    let server = Server::start(Setup::default()).await;
    let (mut visitor, mut ana, conversation) = held(&server).await;
    let first = visitor.say("First").await.seq.unwrap();
    // A client that says more than there is.
    seen_by(&mut ana, conversation, Seq(1 << 50)).await;
    until_seen(&mut visitor, first).await;
    // What was seen stays seen.
    seen_by(&mut ana, conversation, Seq(1)).await;
    ana.must(AgentCommand::Transfer {
        conversation,
        to: None,
        note: None,
    })
    .await;
    let second = visitor.say("Second").await.seq.unwrap();
    // Who only looks at the line has promised nothing, nor has one who has passed it on.
    let mut ben = server.agent_on_duty("Ben").await;
    ben.open(conversation).await;
    seen_by(&mut ben, conversation, second).await;
    seen_by(&mut ana, conversation, second).await;
    ben.settle().await;
    ana.settle().await;
    let tab = Visitor::load(&server.door(), &visitor.token).await;
    assert_eq!(tab.state.seen, first);
    assert!(visitor.states.iter().all(|state| state.seen <= first));
    ben.take(conversation).await;
    seen_by(&mut ben, conversation, second).await;
    until_seen(&mut visitor, second).await;
}

#[tokio::test]
async fn what_is_kept_late_for_a_disk_that_fails_is_kept_in_the_end() {
    let setup = Setup::default();
    let server = Server::start(setup.clone()).await;
    let (mut visitor, mut ana, conversation) = held(&server).await;
    let asked = visitor.say("Hello?").await.seq.unwrap();
    setup.store.fail(true);
    seen_by(&mut ana, conversation, asked).await;
    until_seen(&mut visitor, asked).await;
    setup.store.until_unkept().await;
    setup.store.fail(false);
    drop(ana);
    let token = visitor.token.clone();
    let server = Server::start_at(server.stop().await, Setup::default()).await;
    let tab = Visitor::load(&server.door(), &token).await;
    assert_eq!(tab.state.seen, asked);
}

#[tokio::test]
async fn whoever_comes_while_somebody_writes_hears_of_it_and_nobody_hears_of_it_afterwards() {
    let server = Server::start(Setup::default()).await;
    let (mut visitor, mut ana, conversation) = held(&server).await;
    let (by_ana, by_visitor) = (Author::Agent { name: "Ana".into() }, Author::Visitor {});
    let on = true;
    let typing = AgentCommand::Typing { conversation, on };
    ana.send(new_id(), typing.clone()).await;
    visitor.send(new_id(), VisitorCommand::Typing { on }).await;
    visitor
        .until("Ana to be writing", |this| this.typing.pop())
        .await;
    ana.until("the visitor to be writing", |this| this.typing.pop())
        .await;

    let mut tab = Visitor::load(&server.door(), &visitor.token).await;
    tab.settle().await;
    let author = by_ana;
    assert_eq!(tab.typing, [Typing { author, on }]);
    let mut device = server.agent("Ana").await;
    device.settle().await;
    let author = by_visitor;
    assert_eq!(device.typing, [(conversation, Typing { author, on })]);

    ana.reply(conversation, "Here it is.").await;
    visitor.say("Thank you!").await;
    let mut tab = Visitor::load(&server.door(), &visitor.token).await;
    tab.settle().await;
    assert_eq!(tab.typing, []);
    let mut device = server.agent("Ana").await;
    device.settle().await;
    assert_eq!(device.typing, []);

    // Who has passed it on does not write there any more, though they never said so.
    ana.send(new_id(), typing).await;
    visitor
        .until("Ana to be writing", |this| this.typing.pop())
        .await;
    ana.must(AgentCommand::Transfer {
        conversation,
        to: None,
        note: None,
    })
    .await;
    let mut tab = Visitor::load(&server.door(), &visitor.token).await;
    tab.settle().await;
    assert_eq!(tab.typing, []);
}

#[tokio::test]
async fn whoever_comes_while_the_assistant_writes_hears_of_it_until_it_has_answered() {
    let (bot, mut thoughts) = bot::thinking();
    let server = Server::start(Setup::with_bot(bot)).await;
    let mut visitor = server.visitor().await;
    visitor.say("Where is my order?").await;
    thoughts.asked().await;
    let mut tab = Visitor::load(&server.door(), &visitor.token).await;
    tab.settle().await;
    let author = Author::Bot {};
    assert_eq!(tab.typing, [Typing { author, on: true }]);
    thoughts.speak("On its way.");
    tab.until_seq(Seq(2)).await;
    let mut tab = Visitor::load(&server.door(), &visitor.token).await;
    tab.settle().await;
    assert_eq!(tab.typing, []);
}
