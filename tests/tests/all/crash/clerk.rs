//! Ana over all the kills: she takes conversations, replies, and gives some back to the line.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::random::Random;
use human_please_tests::socket::Heard;
use protocol::{Ack, AgentCommand, AgentFrame, CaseHolder, CommandId, ConversationId};
use tokio::time::{MissedTickBehavior, interval};

use super::AGENTS_PACE;
use super::person::Person;

/// Conversations that she has at once.
const LOAD: usize = 5;

/// The agent.
#[derive(Default)]
pub struct Clerk {
    /// Everything she ever did in conversations, in order.
    pub sent: Vec<(CommandId, AgentCommand)>,
    /// The answers.
    pub acks: HashMap<CommandId, Ack>,
    /// What she holds, by what she sent.
    held: BTreeSet<ConversationId>,
}

impl Clerk {
    /// What she is told when she comes back: what she holds, and everybody's number and time.
    pub fn check(&self, agent: &Agent, people: &[Person]) {
        for person in people {
            person.check_case(agent);
        }
        let unsure: BTreeSet<_> = self.unanswered().filter_map(moved).collect();
        for (id, case) in agent.cases.iter().filter(|(id, _)| !unsure.contains(id)) {
            let is_held = self.held.contains(id);
            let is_hers = case.holder == CaseHolder::Me {};
            assert_eq!(is_hers, is_held, "what was acked is so: {case:?}");
            let was_held = self
                .sent
                .iter()
                .any(|(_, command)| moved(command) == Some(*id));
            assert_eq!(
                case.priority,
                was_held && !is_held,
                "who was passed on goes first, and nobody else: {case:?}"
            );
        }
        assert!(
            self.acks.is_empty() || agent.on_duty,
            "she stays on duty until she goes"
        );
    }

    /// Does again what she has no answer to: it counts once, whether it was done or not.
    pub async fn do_again(&mut self, agent: &mut Agent) {
        agent.go_on_duty().await;
        let again: Vec<_> = self
            .sent
            .iter()
            .filter(|(id, _)| !self.acks.contains_key(id))
            .cloned()
            .collect();
        for (id, command) in again {
            let ack = agent.ask(id, command).await.expect("she may, as before");
            self.acks.insert(id, ack);
        }
    }

    /// Works until the server is dead.
    pub async fn work(
        mut self,
        mut agent: Agent,
        mut random: Random,
        messages: Arc<AtomicUsize>,
    ) -> Self {
        let mut ticks = interval(AGENTS_PACE);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = ticks.tick() => {
                    let Some(command) = self.next(&agent, &mut random) else { continue };
                    let id = new_id();
                    self.sent.push((id, command.clone()));
                    agent.send(id, command).await;
                    messages.fetch_add(1, Ordering::SeqCst);
                }
                heard = agent.socket.hear("acks or death") => match heard {
                    Heard::Closed(_) => return self,
                    Heard::Text(text) => match serde_json::from_str(&text).unwrap() {
                        AgentFrame::Ack(ack) => assert_eq!(self.acks.insert(ack.id, ack), None),
                        AgentFrame::Case(case) => {
                            agent.cases.insert(case.conversation, case);
                        }
                        AgentFrame::Refused(refused) => panic!("refused: {refused:?}"),
                        _ => {}
                    },
                },
            }
        }
    }

    fn next(&mut self, agent: &Agent, random: &mut Random) -> Option<AgentCommand> {
        let first = agent
            .queue()
            .into_iter()
            .find(|id| !self.unanswered().any(|command| moved(command) == Some(*id)));
        if self.held.is_empty() || (self.held.len() < LOAD && random.once_in(8)) {
            let conversation = first?;
            self.held.insert(conversation);
            return Some(AgentCommand::Take { conversation });
        }
        let index = random.below(self.held.len() as u64) as usize;
        let conversation = *self.held.iter().nth(index)?;
        if self.held.len() > 1 && random.once_in(12) {
            self.held.remove(&conversation);
            return Some(AgentCommand::Transfer {
                conversation,
                to: None,
                note: None,
            });
        }
        let text = format!("Reply {}", self.sent.len());
        Some(AgentCommand::Reply {
            replies: vec![],
            conversation,
            text,
        })
    }

    fn unanswered(&self) -> impl Iterator<Item = &AgentCommand> {
        let unanswered = self
            .sent
            .iter()
            .filter(|(id, _)| !self.acks.contains_key(id));
        unanswered.map(|(_, command)| command)
    }
}

/// The conversation that a command gives to somebody else.
fn moved(command: &AgentCommand) -> Option<ConversationId> {
    match command {
        AgentCommand::Take { conversation } | AgentCommand::Transfer { conversation, .. } => {
            Some(*conversation)
        }
        _ => None,
    }
}
