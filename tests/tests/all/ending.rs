//! G5, L12: back to the assistant only when the visitor says so, and the visitor's own end. The person who had them is told,
//! the request is closed, nothing is deleted, and a person can be asked for at any time (G1).

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{
    AgentCommand, Answering, Author, CaseHolder, ConversationId, EventKind, Receipt, RefusalCode,
    VisitorCommand,
};

fn in_queue(answering: &Answering) -> bool {
    matches!(answering, Answering::Queue { .. })
}

fn with_ana(answering: &Answering) -> bool {
    matches!(answering, Answering::Agent { name, .. } if name == "Ana")
}

fn with_bot(answering: &Answering) -> bool {
    matches!(answering, Answering::Bot {})
}

fn with_nobody(answering: &Answering) -> bool {
    matches!(answering, Answering::Nobody { .. })
}

fn is_said(kind: &EventKind, wanted: &str) -> bool {
    matches!(kind, EventKind::Message(message) if message.text == wanted)
}

fn is_bots(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Message(message) if message.author == (Author::Bot {}))
}

/// A visitor of a shop with an assistant, whose conversation Ana has and looks at.
async fn taken(server: &Server) -> (Visitor, Agent, ConversationId) {
    let mut visitor = server.visitor().await;
    visitor.human().await;
    let conversation = visitor.welcome.conversation;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    ana.open(conversation).await;
    visitor.until_answering("Ana", with_ana).await;
    (visitor, ana, conversation)
}

/// Everything that an agent has heard of a conversation.
fn heard(agent: &Agent, conversation: ConversationId) -> Vec<EventKind> {
    let events = agent.logs[&conversation].events();
    events.iter().map(|event| event.kind.clone()).collect()
}

#[tokio::test]
async fn a_visitor_goes_back_from_a_person_to_the_assistant_and_the_person_is_told() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let (mut visitor, mut ana, conversation) = taken(&server).await;
    visitor.assistant().await;
    let state = visitor.until_answering("the bot", with_bot).await;
    assert_eq!(state.waiting, None, "the request is closed");
    let chosen = |kind: &EventKind| *kind == EventKind::AssistantChosen {};
    ana.until_event(conversation, "that they went", chosen)
        .await;
    let went = |case: &protocol::Case| case.holder == CaseHolder::Bot {};
    let case = ana.until_case(conversation, "with the bot", went).await;
    assert_eq!((case.receipt, case.preview.as_str()), (None, ""));
    let reply = AgentCommand::Reply {
        replies: vec![],
        conversation,
        text: "One more thing".into(),
    };
    let refused = ana.ask(new_id(), reply).await.unwrap_err();
    assert_eq!(refused.code, RefusalCode::NoSuchConversation);

    // The assistant answers, and what it is told is none of Ana's, who still has the conversation open.
    visitor.say("Is my lamp in stock?").await;
    visitor.until_event("an answer", is_bots).await;
    ana.settle().await;
    assert!(heard(&ana, conversation).last().is_some_and(chosen));
    // A second choice changes nothing, and a person is one press away.
    assert_eq!(visitor.assistant().await.seq, None);
    assert_eq!(visitor.human().await.receipt, Some(Receipt(2)));
    ana.until_waiting(conversation).await;
}

#[tokio::test]
async fn after_the_end_only_the_visitors_word_gives_it_to_the_assistant() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let (mut visitor, mut ana, conversation) = taken(&server).await;
    ana.resolve(conversation).await;
    visitor.until_answering("nobody", with_nobody).await;
    visitor.say("It is broken").await;
    visitor.until_answering("Ana again", with_ana).await;
    ana.resolve(conversation).await;
    visitor.until_answering("nobody", with_nobody).await;
    visitor.assistant().await;
    visitor.until_answering("the bot", with_bot).await;
    visitor.say("Is it in stock?").await;
    visitor.until_event("an answer", is_bots).await;
}

#[tokio::test]
async fn out_of_the_line_it_is_leaving_the_line_and_without_an_assistant_it_is_refused() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    visitor.human().await;
    visitor.assistant().await;
    visitor
        .until_event("left", |kind| *kind == EventKind::LeftQueue {})
        .await;
    visitor.until_answering("the bot", with_bot).await;

    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    visitor.human().await;
    let refused = visitor.ask(new_id(), VisitorCommand::Assistant {}).await;
    assert_eq!(refused.unwrap_err().code, RefusalCode::NoAssistant);
    visitor
        .until_answering("the line as before", in_queue)
        .await;
}

#[tokio::test]
async fn a_visitor_ends_it_and_what_they_write_next_goes_to_the_person_they_had() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let (mut visitor, mut ana, conversation) = taken(&server).await;
    ana.begin(conversation, "I have looked, and").await;
    let mut tab = Visitor::load(&server.door(), &visitor.token).await;
    let id = new_id();
    let ended = visitor.ask(id, VisitorCommand::End {}).await.unwrap();
    let is_ended = |kind: &EventKind| *kind == EventKind::Ended {};
    // Every tab and the person hear it, and a repeat gets the first answer.
    tab.until_event("the end", is_ended).await;
    let event = ana.until_event(conversation, "the end", is_ended).await;
    assert_eq!(Some(event.seq), ended.seq);
    assert_eq!(
        visitor.ask(id, VisitorCommand::End {}).await.unwrap(),
        ended
    );
    assert_eq!(visitor.end().await.seq, None, "it is over already");
    let state = visitor.until_answering("nobody", with_nobody).await;
    assert_eq!(state.waiting, None);
    let last = Some("Ana".to_owned());
    assert_eq!(state.answering, Answering::Nobody { last });
    let over = |case: &protocol::Case| case.holder == CaseHolder::Nobody {};
    ana.until_case(conversation, "the end", over).await;

    // Nothing is deleted, and it survives a restart.
    let (token, log) = (visitor.token.clone(), visitor.log.clone());
    drop((visitor, tab, ana));
    let place = server.stop().await;
    let server = Server::start_at(place, Setup::with_bot(bot::echoing())).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut visitor = Visitor::load(&server.door(), &token).await;
    assert_eq!(visitor.log.events(), log.events());
    assert!(with_nobody(&visitor.state.answering));
    visitor.say("One more thing").await;
    visitor.until_answering("Ana again", with_ana).await;
    let case = ana
        .until_case(conversation, "hers again", |case| case.unanswered == 1)
        .await;
    assert_eq!(case.holder, CaseHolder::Me {});
    ana.open(conversation).await;
    let draft = |ana: &mut Agent| ana.drafts.get(&conversation).cloned();
    let draft = ana.until("what she had begun", draft).await;
    assert_eq!(draft.reply.unwrap().text, "I have looked, and");
    let more = |kind: &EventKind| is_said(kind, "One more thing");
    ana.until_event(conversation, "what they wrote", more).await;
}

#[tokio::test]
async fn an_end_in_line_closes_the_request_and_lets_the_next_one_forward() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    let mut next = server.visitor().await;
    visitor.human().await;
    next.human().await;
    visitor.end().await;
    visitor.until_answering("nobody", with_nobody).await;
    let is_next = |it: &Answering| matches!(it, Answering::Queue { position: 1, .. });
    next.until_answering("the first place", is_next).await;
    // No person had it, so the assistant is who answered.
    visitor.say("Is it in stock?").await;
    visitor.until_event("an answer", is_bots).await;
    assert_eq!(visitor.human().await.receipt, Some(Receipt(3)));
}

/// Who has said nothing has nothing to end, and nothing is kept of them.
#[tokio::test]
async fn an_end_before_the_first_word_begins_nothing() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    assert_eq!(visitor.end().await.seq, None);
    assert_eq!(visitor.assistant().await.seq, None);
    let token = visitor.token.clone();
    let again = Visitor::load(&server.door(), &token).await;
    assert_eq!(again.log.events(), []);
    visitor.say("Hello").await;
    visitor.until_event("an answer", is_bots).await;
}
