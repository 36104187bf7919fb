//! L5: a visitor who is not content asks for a supervisor in the same conversation. One takes it, or is promised for the same
//! working day; and at every moment one person has it (G3).

use std::time::Duration;

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::clock::HandClock;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::{
    AgentCommand, Answering, CaseHolder, ConversationId, EventKind, Receipt, RefusalCode, State,
    SupervisorWish, Timestamp, VisitorCommand,
};

/// 2026-11-23 10:42 in Madrid, a Monday.
const MONDAY: Timestamp = Timestamp(1_795_426_920_000);

/// The same day at 18:00, when the shop closes.
const CLOSING: Timestamp = Timestamp(1_795_453_200_000);

fn setup(clock: &HandClock, supervisor_within: Duration) -> Setup {
    Setup {
        clock: clock.clock(),
        supervisor_within,
        ..Setup::default()
    }
}

fn ana() -> Answering {
    Answering::Agent {
        name: "Ana".into(),
        lead: false,
    }
}

fn ben() -> Answering {
    Answering::Agent {
        name: "Ben".into(),
        lead: true,
    }
}

fn wish(since: Timestamp, due: Option<Timestamp>) -> Option<SupervisorWish> {
    Some(SupervisorWish { since, due })
}

/// A visitor whose conversation Ana has.
async fn with_ana(server: &Server) -> (Visitor, Agent, ConversationId) {
    let mut visitor = server.visitor().await;
    visitor.say("The lamp is cracked, again").await;
    let conversation = visitor.welcome.conversation;
    let mut agent = server.agent_on_duty("Ana").await;
    agent.take(conversation).await;
    visitor.until_answering("Ana", |it| *it == ana()).await;
    (visitor, agent, conversation)
}

async fn until(visitor: &mut Visitor, what: &str, wanted: impl Fn(&State) -> bool) -> State {
    visitor
        .until(what, |it| wanted(&it.state).then(|| it.state.clone()))
        .await
}

async fn until_wanted(agent: &mut Agent, conversation: ConversationId) -> protocol::Case {
    agent
        .until_case(conversation, "a wish", |case| case.supervisor.is_some())
        .await
}

/// L5, G3: out of another person's hands, while that person goes on until then.
#[tokio::test]
async fn a_supervisor_who_is_on_duty_takes_it_from_the_person_who_has_it() {
    let clock = HandClock::at(MONDAY);
    let server = Server::start(setup(&clock, Duration::from_secs(600))).await;
    let mut lead = server.agent_on_duty("Ben").await;
    let (mut visitor, mut agent, conversation) = with_ana(&server).await;
    lead.settle().await;
    let refused = lead.ask(new_id(), AgentCommand::Take { conversation });
    assert_eq!(refused.await.unwrap_err().code, RefusalCode::HeldByAnother);
    agent.begin(conversation, "I can only").await;

    visitor.supervisor().await;
    let state = until(&mut visitor, "the wish", |it| it.supervisor.is_some()).await;
    assert_eq!(state.supervisor, wish(MONDAY, None));
    assert_eq!(state.answering, ana(), "she goes on");
    let case = until_wanted(&mut lead, conversation).await;
    assert_eq!(case.holder, CaseHolder::Other { name: "Ana".into() });
    assert_eq!(case.preview, "The lamp is cracked, again");
    let shown = until_wanted(&mut agent, conversation).await;
    assert_eq!(shown.holder, CaseHolder::Me {});
    agent.reply(conversation, "I have told my lead").await;

    // What is said meanwhile is read by whoever is to take it.
    lead.open(conversation).await;
    visitor.say("Thank you").await;
    let is_thanks =
        |kind: &EventKind| matches!(kind, EventKind::Message(it) if it.text == "Thank you");
    lead.until_event(conversation, "what is said", is_thanks)
        .await;
    agent.begin(conversation, "She will be here").await;
    lead.take(conversation).await;
    let state = until(&mut visitor, "Ben", |it| it.answering == ben()).await;
    assert_eq!(state.supervisor, None);
    assert_eq!(
        state.waiting.unwrap().receipt,
        Receipt(1),
        "the same request"
    );
    let taken = visitor
        .until_event("the claim", |kind| {
            matches!(kind, EventKind::Taken { lead: true, .. })
        })
        .await;
    let name = "Ben".to_owned();
    assert_eq!(
        taken.kind,
        EventKind::Taken {
            agent: name.clone(),
            lead: true
        }
    );
    // The one before hears of it, and can write no more; what she had begun is here.
    agent
        .until_case(conversation, "Ben's", |case| {
            case.holder == CaseHolder::Other { name: name.clone() } && case.supervisor.is_none()
        })
        .await;
    let text = "One more thing".to_owned();
    let late = agent.ask(
        new_id(),
        AgentCommand::Reply {
            replies: vec![],
            conversation,
            text,
        },
    );
    assert_eq!(
        late.await.unwrap_err().code,
        RefusalCode::NoSuchConversation
    );
    let drafts = |it: &mut Agent| it.drafts.get(&conversation)?.reply.clone();
    let draft = lead.until("what Ana had begun", drafts).await;
    assert_eq!((&*draft.name, &*draft.text), ("Ana", "She will be here"));
    lead.reply(conversation, "Ben here").await;

    // Asked again, a supervisor is there already.
    assert_eq!(visitor.supervisor().await.seq, None);
}

/// L5: three minutes are the server's own to count; here they are none.
#[tokio::test]
async fn where_none_is_free_one_is_promised_for_the_same_working_day_whatever_happens_then() {
    let clock = HandClock::at(MONDAY);
    let server = Server::start(setup(&clock, Duration::ZERO)).await;
    server.open_on_weekdays().await;
    let (mut visitor, mut agent, conversation) = with_ana(&server).await;
    visitor.supervisor().await;
    let is_promised = |it: &State| it.supervisor.is_some_and(|wish| wish.due.is_some());
    let state = until(&mut visitor, "the promise", is_promised).await;
    assert_eq!(state.supervisor, wish(MONDAY, Some(CLOSING)));
    let promised = |kind: &EventKind| matches!(kind, EventKind::CallbackPromised { .. });
    let event = visitor.until_event("the promise", promised).await;
    assert_eq!(event.kind, EventKind::CallbackPromised { by: CLOSING });
    let is_due = |case: &protocol::Case| case.supervisor == wish(MONDAY, Some(CLOSING));
    agent.until_case(conversation, "the task", is_due).await;

    // Whoever is no supervisor ends the conversation, and not the wish.
    agent.resolve(conversation).await;
    let ended = |it: &State| matches!(it.answering, Answering::Nobody { .. });
    let state = until(&mut visitor, "the end", ended).await;
    assert_eq!(state.supervisor, wish(MONDAY, Some(CLOSING)));
    let (token, log) = (visitor.token.clone(), visitor.log.clone());
    drop((visitor, agent));
    let place = server.stop().await;

    let server = Server::start_at(place, setup(&clock, Duration::ZERO)).await;
    let mut visitor = Visitor::load(&server.door(), &token).await;
    assert_eq!(visitor.state.supervisor, state.supervisor);
    assert_eq!(visitor.log, log, "it is promised once");
    let agent = server.agent("Ana").await;
    assert!(!agent.cases.contains_key(&conversation), "not hers to see");
    let mut lead = server.agent_on_duty("Ben").await;
    assert_eq!(lead.cases[&conversation].supervisor, state.supervisor);
    assert_eq!(lead.cases[&conversation].holder, CaseHolder::Nobody {});
    lead.open(conversation).await;
    lead.take(conversation).await;
    let state = until(&mut visitor, "Ben", |it| it.answering == ben()).await;
    assert_eq!(state.supervisor, None);
    lead.reply(conversation, "Ben here, about your lamp").await;
    let spoke =
        |kind: &EventKind| matches!(kind, EventKind::Message(it) if it.text.starts_with("Ben"));
    visitor.until_event("what Ben says", spoke).await;
}

/// L5, R8, R10: the three minutes of a wish that a server finds when it starts are told by the clock of the day.
#[tokio::test]
async fn a_wish_that_grew_old_while_the_server_was_down_is_promised_when_it_is_back() {
    let clock = HandClock::at(MONDAY);
    let patient = setup(&clock, Duration::from_secs(180));
    let server = Server::start(patient.clone()).await;
    let (mut visitor, agent, _) = with_ana(&server).await;
    visitor.supervisor().await;
    let token = visitor.token.clone();
    drop((visitor, agent));
    let place = server.stop().await;

    clock.set(Timestamp(MONDAY.0 + 180_000));
    let server = Server::start_at(place, patient).await;
    let mut visitor = Visitor::load(&server.door(), &token).await;
    let is_promised = |it: &State| it.supervisor.is_some_and(|wish| wish.due.is_some());
    let state = until(&mut visitor, "the promise", is_promised).await;
    // Without hours the day ends at midnight in UTC.
    let midnight = Timestamp(1_795_478_399_999);
    assert_eq!(state.supervisor, wish(MONDAY, Some(midnight)));
}

/// L5, R1: two tabs, and a press that is sent twice.
#[tokio::test]
async fn a_press_that_comes_twice_counts_once() {
    let server = Server::start(Setup::default()).await;
    let (mut visitor, _agent, _) = with_ana(&server).await;
    let mut tab = Visitor::load(&server.door(), &visitor.token).await;
    let id = new_id();
    visitor.send(id, VisitorCommand::Supervisor {}).await;
    tab.send(id, VisitorCommand::Supervisor {}).await;
    let (one, same) = (visitor.answer(id).await, tab.answer(id).await);
    assert_eq!(one, same);
    let seq = one.unwrap().seq.expect("it was logged");
    // Another press, of the other tab, finds it true.
    assert_eq!(tab.supervisor().await.seq, None);
    visitor.settle().await;
    assert_eq!((visitor.log.last(), tab.log.last()), (seq, seq));
    assert_eq!(visitor.state, tab.state);
}

/// L5, G1, G4: where nobody was asked for yet it asks for a person, and in line it keeps the place.
#[tokio::test]
async fn a_supervisor_is_asked_for_in_every_state() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut first = server.visitor().await;
    first.say("Hello").await;
    first.supervisor().await;
    let mut second = server.visitor().await;
    second.human().await;
    second.supervisor().await;
    for (visitor, position) in [(&mut first, 1), (&mut second, 2)] {
        let in_line = Answering::Queue {
            position,
            on_duty: 0,
        };
        let state = until(visitor, "the line", |it| it.answering == in_line).await;
        let state = if state.supervisor.is_some() {
            state
        } else {
            until(visitor, "the wish", |it| it.supervisor.is_some()).await
        };
        assert_eq!(state.waiting.unwrap().receipt, Receipt(position.into()));
    }
    // Whoever goes back to the assistant wants none any more.
    first.leave().await;
    let state = until(&mut first, "the bot", |it| {
        it.answering == Answering::Bot {}
    })
    .await;
    assert_eq!(state.supervisor, None);
}
