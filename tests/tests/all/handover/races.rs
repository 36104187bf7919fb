//! G3, R6, R12: never two holders, however claims, lapses, returns and restarts of the server fall together.

use std::collections::BTreeSet;

use human_please_tests::random::Random;
use protocol::EventKind;

use super::*;

/// Each has a lapse in it, which takes a second or two.
const ROUNDS: u64 = 5;

/// What agents were told about their replies.
#[derive(Default)]
struct Told {
    acked: BTreeSet<String>,
    refused: BTreeSet<String>,
}

impl Told {
    async fn reply(&mut self, agent: &mut Agent, conversation: ConversationId, text: String) {
        let reply = AgentCommand::Reply {
            replies: vec![],
            conversation,
            text: text.clone(),
        };
        match agent.ask(new_id(), reply).await {
            Ok(_) => self.acked.insert(text),
            Err(_) => self.refused.insert(text),
        };
    }
}

/// Both take it at once. The one who has it then, and the other.
async fn both_take(
    server: &Server,
    conversation: ConversationId,
    random: &mut Random,
) -> (Agent, Agent) {
    let mut one = server.agent_on_duty("Ana").await;
    let mut other = server.agent_on_duty("Ben").await;
    if random.once_in(2) {
        std::mem::swap(&mut one, &mut other);
    }
    let ids = [new_id(), new_id()];
    one.send(ids[0], AgentCommand::Take { conversation }).await;
    other
        .send(ids[1], AgentCommand::Take { conversation })
        .await;
    match (one.answer(ids[0]).await, other.answer(ids[1]).await) {
        (Ok(_), Err(refused)) => {
            assert_eq!(refused.code, RefusalCode::HeldByAnother);
            (one, other)
        }
        (Err(refused), Ok(_)) => {
            assert_eq!(refused.code, RefusalCode::HeldByAnother);
            (other, one)
        }
        both => panic!("of two who take it one wins: {both:?}"),
    }
}

/// Who has a conversation, from its log alone; fails where one takes it from another, or writes without having it.
fn holder_after(events: &[protocol::Event]) -> Option<String> {
    let mut holder: Option<String> = None;
    for event in events {
        match &event.kind {
            EventKind::Taken { agent, .. } => {
                assert_eq!(holder, None, "{agent} took what somebody held: {events:#?}");
                holder = Some(agent.clone());
            }
            EventKind::Returned { agent, .. } | EventKind::Resolved { agent } => {
                assert_eq!(holder.as_ref(), Some(agent), "{events:#?}");
                holder = None;
            }
            EventKind::Message(message) => {
                if let protocol::Author::Agent { name } = &message.author {
                    assert_eq!(holder.as_ref(), Some(name), "{events:#?}");
                }
            }
            _ => {}
        }
    }
    holder
}

#[tokio::test]
async fn there_are_never_two_holders_across_claims_lapses_and_restarts() {
    let mut random = Random::of_story();
    let mut told = Told::default();
    let mut server = Server::start(short_lease()).await;
    let mut visitor = server.visitor().await;
    visitor.say("Hello").await;
    let conversation = visitor.welcome.conversation;
    let token = visitor.token.clone();
    for round in 0..ROUNDS {
        let (mut holder, mut other) = both_take(&server, conversation, &mut random).await;
        let name = holder.welcome.me.name.clone();
        let others_name = other.welcome.me.name.clone();
        holder
            .begin(conversation, &format!("begun in round {round}"))
            .await;
        told.reply(&mut holder, conversation, format!("{name} {round}"))
            .await;
        holder
            .begin(conversation, &format!("begun again in round {round}"))
            .await;
        holder.socket.cut();
        // The server is stopped before, while or after the lease ends, or not at all.
        if !random.once_in(3) {
            tokio::time::sleep(Duration::from_millis(random.below(1_300))).await;
            drop(other);
            server = Server::start_at(server.stop().await, short_lease()).await;
            other = server.agent_on_duty(&others_name).await;
        }
        // The one who vanished is back at a moment of chance, and believes that it is still theirs.
        tokio::time::sleep(Duration::from_millis(random.below(1_300))).await;
        let mut back = server.agent(&name).await;
        let lost = !back.welcome.lapsed.is_empty();
        let late = format!("{name} late in round {round}");
        told.reply(&mut back, conversation, late.clone()).await;
        assert_eq!(
            told.refused.contains(&late),
            lost,
            "it is refused exactly where it is told to be lost"
        );
        let takes = other
            .ask(new_id(), AgentCommand::Take { conversation })
            .await;
        assert_eq!(takes.is_ok(), lost, "{takes:?}");
        let now = if lost { &mut other } else { &mut back };
        if lost {
            let draft = draft_of(now, conversation).await;
            let begun = format!("begun again in round {round}");
            assert_eq!(draft.reply.map(|begun| begun.text), Some(begun));
        }
        told.reply(now, conversation, format!("the holder of round {round}"))
            .await;
        now.must(AgentCommand::Transfer {
            conversation,
            to: None,
            note: None,
        })
        .await;
    }
    let visitor = Visitor::load(&server.door(), &token).await;
    assert_eq!(holder_after(visitor.log.events()), None);
    let said: Vec<String> = visitor
        .log
        .messages()
        .into_iter()
        .filter(|(by, _)| *by != "visitor")
        .map(|(_, text)| text.to_owned())
        .collect();
    let stored: BTreeSet<String> = said.iter().cloned().collect();
    assert_eq!(stored.len(), said.len(), "none is there twice");
    assert_eq!(
        stored, told.acked,
        "what was acked is there, and nothing else"
    );
    assert!(told.refused.is_disjoint(&stored));
}
