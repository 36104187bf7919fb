//! A visitor over all the kills: what they sent, what was acked, and what they see when they come back.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::log::Log;
use human_please_tests::random::Random;
use human_please_tests::socket::{Door, Heard};
use human_please_tests::visitor::Visitor;
use protocol::{
    Ack, Answering, CaseHolder, CommandId, ConversationId, Receipt, Timestamp, Token,
    VisitorCommand, VisitorFrame,
};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::VISITORS_PACE;

/// One visitor.
pub struct Person {
    token: Option<Token>,
    conversation: Option<ConversationId>,
    writes: bool,
    /// What they have heard.
    pub log: Log,
    /// Everything they ever wanted, in order.
    pub sent: Vec<(CommandId, VisitorCommand)>,
    /// The answers.
    pub acks: HashMap<CommandId, Ack>,
}

impl Person {
    /// Somebody who asks for a person and then writes all the time.
    pub fn who_writes() -> Self {
        Self {
            token: None,
            conversation: None,
            writes: true,
            log: Log::default(),
            sent: vec![(new_id(), VisitorCommand::Human {})],
            acks: HashMap::new(),
        }
    }

    /// Somebody who asks for a person, and closes the page when they have their number.
    pub fn who_only_asks() -> Self {
        Self {
            writes: false,
            ..Self::who_writes()
        }
    }

    /// Whether they come back after a kill.
    pub fn comes_back(&self) -> bool {
        self.writes || self.request().is_none()
    }

    /// Their conversation, once they were told which it is.
    pub fn conversation(&self) -> Option<ConversationId> {
        self.conversation
    }

    /// The number and the time of their request for a person, as they were acked.
    pub fn request(&self) -> Option<(Receipt, Timestamp)> {
        let ack = self.acks.get(&self.sent[0].0)?;
        Some((ack.receipt?, ack.at))
    }

    /// Comes, or comes back.
    pub async fn come(&mut self, door: &Door) -> Visitor {
        let visitor = match &self.token {
            Some(token) => Visitor::resume(door, token, self.log.clone()).await,
            None => Visitor::come(door).await,
        };
        self.token = Some(visitor.token.clone());
        let conversation = visitor.welcome.conversation;
        assert_eq!(
            *self.conversation.get_or_insert(conversation),
            conversation,
            "it is the same conversation as before"
        );
        visitor
    }

    /// What the server says that was started again: the number, the time and the place in line.
    pub fn check(&self, visitor: &Visitor, agent: &Agent) {
        let Some((receipt, since)) = self.request() else {
            return;
        };
        assert_eq!(visitor.welcome.token, None, "the visitor is known");
        let waiting = visitor.state.waiting.expect("whoever asked has a request");
        assert_eq!((waiting.receipt, waiting.since), (receipt, since));
        let place = agent
            .queue()
            .iter()
            .position(|&id| Some(id) == self.conversation);
        match (&visitor.state.answering, place) {
            (Answering::Queue { position, .. }, Some(place)) => {
                assert_eq!(*position as usize, place + 1, "the place by the numbers");
            }
            (Answering::Agent { name, .. }, None) => assert_eq!(name, "Ana"),
            (answering, place) => panic!("told {answering:?}, and stands at {place:?}"),
        }
    }

    /// What an agent is told of it.
    pub fn check_case(&self, agent: &Agent) {
        let (Some((receipt, since)), Some(conversation)) = (self.request(), self.conversation)
        else {
            return;
        };
        let case = agent.cases.get(&conversation);
        let case = case.expect("a request that was acked is never gone");
        assert_eq!((case.receipt, case.since), (Some(receipt), Some(since)));
        assert!(matches!(
            case.holder,
            CaseHolder::Queue {} | CaseHolder::Me {}
        ));
    }

    /// Sends again what was not acked, and one old thing that was; then writes until the server is dead.
    pub async fn write(
        mut self,
        mut visitor: Visitor,
        round: usize,
        mut random: Random,
        messages: Arc<AtomicUsize>,
    ) -> Self {
        let old = self.something_acked(&mut random);
        let again = self.sent.iter().filter(|(id, _)| {
            let is_old = old.is_some_and(|old| old == *id);
            is_old || !self.acks.contains_key(id)
        });
        for (id, command) in again {
            visitor.send(*id, command.clone()).await;
        }
        let pace = VISITORS_PACE.as_millis() as u64;
        let first = Instant::now() + Duration::from_millis(random.below(pace));
        let mut ticks = interval_at(first, VISITORS_PACE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for number in 0.. {
            let heard = loop {
                tokio::select! {
                    _ = ticks.tick(), if self.writes => break None,
                    heard = visitor.socket.hear("acks or death") => match heard {
                        Heard::Text(text) => self.take(&mut visitor, &text, old),
                        Heard::Closed(_) => break Some(()),
                    },
                }
            };
            if heard.is_some() {
                break;
            }
            let text = format!("Round {round}, message {number}");
            let (id, command) = (new_id(), VisitorCommand::Say { text });
            self.sent.push((id, command.clone()));
            visitor.send(id, command).await;
            messages.fetch_add(1, Ordering::SeqCst);
        }
        self.log = visitor.log;
        self
    }

    fn something_acked(&self, random: &mut Random) -> Option<CommandId> {
        let acked: Vec<_> = self
            .sent
            .iter()
            .filter(|(id, _)| self.acks.contains_key(id))
            .collect();
        (!acked.is_empty()).then(|| acked[random.below(acked.len() as u64) as usize].0)
    }

    fn take(&mut self, visitor: &mut Visitor, text: &str, old: Option<CommandId>) {
        match serde_json::from_str(text).unwrap() {
            VisitorFrame::Ack(ack) if old == Some(ack.id) => {
                assert_eq!(ack, self.acks[&ack.id], "a repeat gets the first ack");
            }
            VisitorFrame::Ack(ack) => assert_eq!(self.acks.insert(ack.id, ack), None),
            VisitorFrame::Event(event) => visitor.log.hear(event),
            VisitorFrame::Refused(refused) => panic!("refused: {refused:?}"),
            _ => {}
        }
    }
}
