//! The state of the model: a desk, and what is remembered beside it to hold the desk to its promises.

use desk::{
    Agent, AgentAction, BotAction, Change, Command, Conversation, Desk, Entry, Recipient, Refusal,
    VisitorAction, apply,
};
use protocol::{AgentId, CommandId, ConversationId, Receipt, Role, Seq, Timestamp};

use crate::moves::may_move;

/// The rules that a model is checked under: [`desk::decide`], or broken ones.
pub type Rules = fn(&Desk, Command, Timestamp) -> Result<Vec<Change>, Refusal>;

/// The agents of the shop.
pub const AGENTS: [AgentId; 2] = [AgentId(1), AgentId(2)];

/// The one of them who is a supervisor.
pub const LEAD: AgentId = AGENTS[1];

/// The clock may show either at any time, so it runs on, stands still and is turned back.
pub const CLOCK: [Timestamp; 2] = [Timestamp(0), Timestamp(1)];

/// Everything that is true in the shop.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    pub desk: Desk,
    /// What each visitor was promised.
    pub visitors: Vec<Visitor>,
    /// Whose request is open, in the order in which they asked.
    pub asked: Vec<ConversationId>,
    /// What the last step did that no step may do.
    pub wrong: Option<Wrong>,
}

/// What one visitor was promised. It is kept from what people do, not from what the desk says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Visitor {
    /// The request that is not solved yet, as it was first made.
    pub request: Option<(Receipt, Timestamp)>,
    /// The person who had them passed them on or vanished, and nobody has taken them since.
    pub came_back: bool,
    /// A person had them, and they have not chosen the bot since.
    pub human: bool,
    /// They have asked for a supervisor, and none has taken them since.
    pub supervisor: bool,
}

/// What no step may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wrong {
    /// A conversation went from one holder to another by the doing of somebody who has no say in it.
    Moved,
    /// A request's number was given before.
    NumberReused,
    /// An event has no place in its log.
    SeqGap,
    /// A server that starts again would have another line or other loads than before.
    LostByRestart,
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Somebody gives a command while the clock shows this.
    Command(Command, Timestamp),
    /// The site removes its bot, or gets one.
    HasBot(bool),
}

impl Step {
    /// Whether a visitor asks for a supervisor with it, or an agent puts something off.
    pub fn concerns_one_conversation(&self) -> bool {
        let asks = VisitorAction::AskForSupervisor;
        match self {
            Self::Command(Command::Visitor { action, .. }, _) => *action == asks,
            Self::Command(Command::Agent { action, .. }, _) => {
                matches!(action, AgentAction::Snooze { .. })
            }
            _ => false,
        }
    }
}

impl World {
    /// The shop before anything happens.
    pub fn opening(visitors: usize) -> Self {
        let mut desk = Desk::new(true, Receipt(1));
        for id in AGENTS {
            let (role, most) = match id == LEAD {
                true => (Role::Lead, 8),
                // One fewer than there are visitors: there is always somebody for whom they have no room.
                false => (Role::Agent, u32::try_from(visitors - 1).unwrap_or(1)),
            };
            let agent = Agent {
                on_duty: true,
                most,
                ..Agent::new("", role)
            };
            desk.employ(id, agent);
        }
        for id in 1..=visitors {
            desk.remember(ConversationId(id as u128), desk.blank());
        }
        Self {
            desk,
            visitors: vec![Visitor::default(); visitors],
            asked: vec![],
            wrong: None,
        }
    }

    /// Every visitor's conversation, with what they were promised.
    pub fn conversations(
        &self,
    ) -> impl Iterator<Item = (ConversationId, &Conversation, &Visitor)> + Clone {
        (1..)
            .map(ConversationId)
            .zip(&self.visitors)
            .map(|(id, visitor)| {
                let conversation = self.desk.conversation(id).expect("none is forgotten");
                (id, conversation, visitor)
            })
    }

    /// What a visitor was promised.
    pub fn visitor(&self, id: ConversationId) -> &Visitor {
        &self.visitors[index(id)]
    }

    /// Everything that can happen next.
    pub fn steps(&self) -> impl Iterator<Item = Step> {
        let commands = self.conversations().flat_map(|(id, ..)| commands_about(id));
        let duties = AGENTS.iter().flat_map(|&agent| {
            [
                Command::Duty { agent, on: true },
                Command::Duty { agent, on: false },
                Command::Vanished { agent },
            ]
        });
        commands
            .chain(duties)
            .flat_map(|command| {
                // What agents do makes no request; later than every request is enough to see that.
                let times = match command {
                    Command::Visitor { .. } | Command::Bot { .. } => &CLOCK[..],
                    // But for what is put off until later: only the earlier one is before that.
                    Command::Agent {
                        action: AgentAction::Snooze { .. },
                        ..
                    } => &CLOCK[..1],
                    _ => &CLOCK[1..],
                };
                times
                    .iter()
                    .map(move |&now| Step::Command(command.clone(), now))
            })
            .chain([Step::HasBot(!self.desk.has_bot)])
    }

    /// The world after a step; none if the step changes nothing.
    pub fn after(&self, rules: Rules, step: Step) -> Option<Self> {
        let mut after = self.clone();
        match step {
            Step::HasBot(has_bot) => after.desk.has_bot = has_bot,
            Step::Command(command, now) => {
                let changes = rules(&self.desk, command.clone(), now).ok()?;
                if changes.is_empty() {
                    return None;
                }
                for change in &changes {
                    apply(&mut after.desk, change);
                    after.remember_promises(&self.desk, &command, change, now);
                }
                after.wrong = self.wrong_in(&after, &command, &changes);
                after.leave_out_counts();
            }
        }
        Some(after)
    }

    fn remember_promises(
        &mut self,
        before: &Desk,
        command: &Command,
        change: &Change,
        now: Timestamp,
    ) {
        let Change::Logged {
            conversation: id,
            entry,
        } = change
        else {
            return;
        };
        let visitor = &mut self.visitors[index(*id)];
        match (entry, command) {
            // Only the first one counts: whatever else asks, the promise stands.
            (Entry::HumanRequested { request, .. }, _) if visitor.request.is_none() => {
                visitor.request = Some((request.receipt, now));
                self.asked.push(*id);
            }
            (Entry::Taken { .. }, Command::Agent { agent, .. }) => {
                visitor.human = true;
                visitor.came_back = false;
                visitor.supervisor &= *agent != LEAD;
            }
            (Entry::SupervisorRequested { .. }, Command::Visitor { action, .. }) => {
                visitor.supervisor |= *action == VisitorAction::AskForSupervisor;
            }
            (
                Entry::Returned { .. },
                Command::Vanished { .. } | Command::Agent { .. } | Command::SnoozeOver { .. },
            ) => visitor.came_back = true,
            (Entry::Returned { .. }, Command::Visitor { .. }) => {
                let slept = before.conversation(*id).map(|it| it.arranged.snoozed);
                visitor.came_back |= slept.flatten().is_some();
            }
            (Entry::Resolved(_), Command::Agent { .. }) => {
                visitor.request = None;
                self.asked.retain(|asked| asked != id);
            }
            (
                Entry::LeftQueue | Entry::AssistantChosen,
                Command::Visitor {
                    action: VisitorAction::LeaveQueue | VisitorAction::ChooseAssistant,
                    ..
                },
            ) => {
                *visitor = Visitor::default();
                self.asked.retain(|asked| asked != id);
            }
            (Entry::Ended, Command::Visitor { action, .. }) if *action == VisitorAction::End => {
                visitor.request = None;
                visitor.came_back = false;
                self.asked.retain(|asked| asked != id);
            }
            _ => {}
        }
    }

    /// What the step from this world to `after` did that no step may do.
    fn wrong_in(&self, after: &Self, command: &Command, changes: &[Change]) -> Option<Wrong> {
        let mut next_receipt = self.desk.next_receipt();
        for (id, before, _) in self.conversations() {
            let now = after.desk.conversation(id).expect("none is forgotten");
            if now.holder != before.holder && !may_move(before, now.holder, command) {
                return Some(Wrong::Moved);
            }
            let mut seq = before.last_seq;
            for change in changes {
                match change {
                    Change::Logged {
                        conversation,
                        entry,
                    } if *conversation == id => {
                        seq = seq.next();
                        if let Entry::HumanRequested { request, .. } = entry {
                            if request.receipt < next_receipt {
                                return Some(Wrong::NumberReused);
                            }
                            next_receipt = Receipt(request.receipt.0 + 1);
                        }
                    }
                    _ => {}
                }
            }
            if now.last_seq != seq {
                return Some(Wrong::SeqGap);
            }
        }
        if after.desk.next_receipt() != next_receipt {
            return Some(Wrong::NumberReused);
        }
        let restarted = remade(&after.desk, next_receipt, |_| {});
        let is_same = |desk: &Desk| remade(desk, next_receipt, |_| {}) == restarted;
        (!is_same(&after.desk)).then_some(Wrong::LostByRestart)
    }

    /// Numbers that only ever grow would make the world endless. What the rules may look at is kept: which
    /// request has the smaller number, and that the next one is greater than all.
    fn leave_out_counts(&mut self) {
        let mut open: Vec<_> = self
            .conversations()
            .flat_map(|(_, conversation, visitor)| {
                let asked = conversation.request.map(|request| request.receipt);
                asked
                    .into_iter()
                    .chain(visitor.request.map(|(receipt, _)| receipt))
            })
            .collect();
        open.sort_unstable();
        open.dedup();
        let renumbered = |receipt: Receipt| {
            let index = open.binary_search(&receipt).expect("it is an open one");
            Receipt(index as u64 + 1)
        };

        let next_receipt = Receipt(open.len() as u64 + 1);
        self.desk = remade(&self.desk, next_receipt, |conversation| {
            // Whether there is anything in it is all that the rules ask of its length.
            conversation.last_seq = conversation.last_seq.min(Seq(1));
            conversation.unanswered = 0;
            // Whether a reply was begun moves nobody: with it there would be eight times as many states of three visitors.
            conversation.has_draft = false;
            // Who is asked first to take it moves nobody either.
            conversation.arranged.wanted = None;
            // That a supervisor is wanted does; since when, and whether a call-back was promised, does not.
            if let Some(wish) = &mut conversation.supervisor {
                wish.asked_at = CLOCK[0];
                wish.due = None;
            }
            if let Some(request) = &mut conversation.request {
                request.receipt = renumbered(request.receipt);
            }
        });
        for visitor in &mut self.visitors {
            if let Some((receipt, _)) = &mut visitor.request {
                *receipt = renumbered(*receipt);
            }
        }
    }

    /// The desk, with other lengths of logs and counts of messages: what [`Self::leave_out_counts`] leaves out.
    pub fn with_other_counts(&self) -> Desk {
        let next_receipt = self.desk.next_receipt();
        remade(&self.desk, next_receipt, |conversation| {
            conversation.last_seq = Seq(11 * conversation.last_seq.0);
            conversation.unanswered = 5;
            if let Some(wish) = &mut conversation.supervisor {
                wish.asked_at = Timestamp(5);
            }
        })
    }
}

/// Conversations are numbered from 1.
fn index(id: ConversationId) -> usize {
    usize::try_from(id.0).expect("there are few") - 1
}

/// The desk as a server makes it again after a restart from what the store tells, with each conversation changed
/// by `edit`.
fn remade(desk: &Desk, next_receipt: Receipt, edit: impl Fn(&mut Conversation)) -> Desk {
    let mut remade = Desk::new(desk.has_bot, next_receipt);
    for (id, agent) in desk.roster().agents() {
        remade.employ(id, agent.clone());
    }
    for (id, conversation) in desk.conversations() {
        let mut conversation = conversation.clone();
        edit(&mut conversation);
        remade.remember(id, conversation);
    }
    remade
}

/// Everything that the bot can try.
pub fn bot_actions() -> [BotAction; 3] {
    let answers = BotAction::Say {
        id: CommandId(0),
        text: String::new(),
        sources: vec![],
        replies: vec![],
        offers_human: true,
    };
    [answers, BotAction::HandOver, BotAction::Fail]
}

fn commands_about(conversation: ConversationId) -> impl Iterator<Item = Command> {
    let says = VisitorAction::Say {
        id: CommandId(0),
        text: String::new(),
    };
    let replies = AgentAction::Say {
        id: CommandId(0),
        text: String::new(),
        replies: vec![],
    };
    let visitor = [
        says,
        VisitorAction::AskForHuman,
        VisitorAction::AskForSupervisor,
        VisitorAction::LeaveQueue,
        VisitorAction::ChooseAssistant,
        VisitorAction::End,
    ];
    let is_late = Command::SupervisorLate {
        conversation,
        by: CLOCK[1],
    };
    let begins = AgentAction::Draft {
        reply: Some("Your".into()),
        note: Some(String::new()),
    };
    let agent = [
        AgentAction::Take,
        replies,
        begins,
        AgentAction::Resolve { question: None },
        passes_on(),
        AgentAction::Snooze {
            until: CLOCK[1],
            id: CommandId(0),
            text: String::new(),
        },
        AgentAction::Wake,
    ];
    let by_visitor = visitor.map(|action| Command::Visitor {
        conversation,
        action,
    });
    let by_bot = bot_actions().map(|action| Command::Bot {
        conversation,
        action,
    });
    let by_agents = AGENTS.into_iter().flat_map(move |agent_id| {
        agent.clone().map(|action| Command::Agent {
            agent: agent_id,
            conversation,
            action,
        })
    });
    by_visitor
        .into_iter()
        .chain(by_bot)
        .chain(by_agents)
        .chain([is_late, Command::SnoozeOver { conversation }])
}

pub fn passes_on() -> AgentAction {
    let to = Recipient::Queue;
    AgentAction::Transfer { to }
}
