//! How changes, commands and desks are written in tests.

use protocol::{AgentId, RequestVia, ReturnReason};

use super::{
    ANA, AgentAction, BEN, BotAction, Change, Command, Conversation, ConversationId, Desk, Entry,
    Holder, MIRA, NOAH, VisitorAction,
};
use crate::{Arranged, Author, DraftStep, HumanRequest};

/// What was decided, in order.
pub fn changes(changes: &[Change]) -> String {
    let lines: Vec<_> = changes
        .iter()
        .map(|change| match change {
            Change::Logged {
                conversation,
                entry,
            } => format!("{}: {}", visitor(*conversation), self::entry(entry)),
            Change::Draft {
                conversation,
                step: DraftStep::Kept { by, reply, note },
            } => {
                let of = |what: &str, words: &Option<String>| match words.as_deref() {
                    None => String::new(),
                    Some("") => format!(" no {what}"),
                    Some(_) => format!(" a {what}"),
                };
                let (reply, note) = (of("reply", reply), of("note", note));
                format!("{}: {} keeps{reply}{note}", visitor(*conversation), by.name)
            }
            Change::Draft {
                conversation,
                step: DraftStep::ReplyDone,
            } => {
                format!("{}: the draft is done", visitor(*conversation))
            }
            Change::Arranged {
                conversation,
                arranged,
            } => {
                let arranged = self::arranged(arranged);
                let arranged = arranged.trim_start_matches(", ");
                let arranged = if arranged.is_empty() {
                    "nothing"
                } else {
                    arranged
                };
                format!("{}: arranged: {arranged}", visitor(*conversation))
            }
            Change::Noted {
                conversation, by, ..
            } => format!("{}: {} notes", visitor(*conversation), by.name),
            Change::Offered {
                conversation,
                offer,
            } => format!("{}: offered to {}", visitor(*conversation), agent(offer.to)),
            Change::Passed {
                conversation,
                agent,
            } => format!(
                "{}: passed by {}",
                visitor(*conversation),
                self::agent(*agent)
            ),
            Change::Most { agent, most } => format!("{} takes {most}", self::agent(*agent)),
            Change::Duty { agent, on: true } => format!("{} on duty", self::agent(*agent)),
            Change::Duty { agent, on: false } => format!("{} off duty", self::agent(*agent)),
        })
        .collect();
    lines.join("; ")
}

/// Every conversation that has begun, then the line if more than one waits, then who is off duty.
pub fn desk(desk: &Desk) -> String {
    let mut parts: Vec<_> = desk
        .conversations()
        .filter(|(_, conversation)| conversation.last_seq.0 > 0)
        .map(|(id, conversation)| format!("{}: {}", visitor(id), self::conversation(conversation)))
        .collect();
    let line: Vec<_> = desk.queue().iter().map(visitor).collect();
    if line.len() > 1 {
        parts.push(format!("line: {}", line.join(" ")));
    }
    for (id, agent) in desk.roster().agents() {
        if !agent.on_duty {
            parts.push(format!("{} off duty", self::agent(id)));
        }
    }
    parts.join("; ")
}

/// What somebody wants. A new command must be added to [`super::holders::every_command`] too.
pub fn command(command: &Command) -> String {
    match command {
        Command::Visitor {
            conversation,
            action,
        } => {
            let wish = match action {
                VisitorAction::Say { .. } => "writes",
                VisitorAction::AskForHuman => "asks for a person",
                VisitorAction::AskForSupervisor => "asks for a supervisor",
                VisitorAction::LeaveQueue => "leaves the line",
                VisitorAction::ChooseAssistant => "chooses the bot",
                VisitorAction::End => "ends it",
            };
            format!("{} {wish}", visitor(*conversation))
        }
        Command::Bot {
            conversation,
            action,
        } => {
            let wish = match action {
                BotAction::Say { .. } => "writes to",
                BotAction::HandOver => "hands over",
                BotAction::Fail => "fails",
            };
            format!("the bot {wish} {}", visitor(*conversation))
        }
        Command::Agent {
            agent,
            conversation,
            action,
        } => {
            let wish = match action {
                AgentAction::Take => "takes",
                AgentAction::Say { .. } => "writes to",
                AgentAction::Draft { .. } => "drafts for",
                AgentAction::Resolve { .. } => "resolves",
                AgentAction::Transfer { .. } => "transfers",
                AgentAction::AskLead { on: true } => "asks a lead about",
                AgentAction::AskLead { on: false } => "needs no lead for",
                AgentAction::Snooze { .. } => "puts off",
                AgentAction::Wake => "goes on with",
                AgentAction::Topic { .. } => "names the topic of",
                AgentAction::Note { .. } => "notes about",
            };
            format!("{} {wish} {}", self::agent(*agent), visitor(*conversation))
        }
        Command::Duty { agent, on: true } => format!("{} goes on duty", self::agent(*agent)),
        Command::Duty { agent, on: false } => format!("{} goes off duty", self::agent(*agent)),
        Command::Most { agent, most } => format!("{} takes {most}", self::agent(*agent)),
        Command::TakeNext { agent } => format!("{} takes the next", self::agent(*agent)),
        Command::Offer => "what waits is offered".into(),
        Command::OfferLapsed {
            conversation,
            agent,
        } => format!(
            "{} lets {} pass",
            self::agent(*agent),
            visitor(*conversation)
        ),
        Command::SnoozeOver { conversation } => format!("{} is due", visitor(*conversation)),
        Command::Sorted { conversation, .. } => format!("{} is sorted", visitor(*conversation)),
        Command::Vanished { agent } => format!("{} vanishes", self::agent(*agent)),
        Command::SupervisorLate { conversation, .. } => {
            format!("{} has no supervisor", visitor(*conversation))
        }
    }
}

fn entry(entry: &Entry) -> String {
    match entry {
        Entry::Message(message) => match &message.author {
            Author::Visitor => "visitor writes".into(),
            Author::Bot => "bot writes".into(),
            Author::Agent(person) => format!("{} writes", person.name),
        },
        Entry::HumanRequested { request, via } => {
            let via = match via {
                RequestVia::Button => "button",
                RequestVia::Reopen => "reopening",
                RequestVia::Message => "message",
                RequestVia::Bot => "bot",
            };
            format!("request {} by {via}", self::request(request))
        }
        Entry::Taken { by, lead: false } => format!("taken by {}", by.name),
        Entry::Taken { by, lead: true } => format!("taken by {}, a supervisor", by.name),
        Entry::Returned { from, reason } => match reason {
            ReturnReason::Transferred => format!("transferred by {}", from.name),
            ReturnReason::Vanished if from.name.is_empty() => "somebody vanished".into(),
            ReturnReason::Vanished => format!("{} vanished", from.name),
        },
        Entry::Resolved(person) => format!("resolved by {}", person.name),
        Entry::Reopened { to: Some(person) } => format!("reopened to {}", person.name),
        Entry::Reopened { to: None } => "reopened".into(),
        Entry::LeftQueue => "left the line".into(),
        Entry::AssistantChosen => "back to the bot".into(),
        Entry::Ended => "ended".into(),
        Entry::BotFailed => "bot failed".into(),
        Entry::SupervisorRequested { .. } => "a supervisor is wanted".into(),
        Entry::CallbackPromised { by } => format!("a call-back by {} s", by.0 / 1_000),
    }
}

fn conversation(conversation: &Conversation) -> String {
    let mut text: String = match conversation.holder {
        Holder::Bot => "bot".into(),
        Holder::Queue => "queue".into(),
        Holder::Agent(id) => agent(id).into(),
        Holder::Nobody => "nobody".into(),
    };
    if let Some(request) = &conversation.request {
        text = format!("{text} {}", self::request(request));
    }
    if conversation.unanswered > 0 {
        text = format!("{text}, {} unanswered", conversation.unanswered);
    }
    if conversation.has_draft {
        text.push_str(", a draft");
    }
    if let Some(seq) = conversation.vulnerable {
        text = format!("{text}, vulnerable by message {seq}");
    }
    if let Some(wish) = &conversation.supervisor {
        text = format!("{text}, supervisor wanted at {} s", wish.asked_at.0 / 1_000);
        if let Some(due) = wish.due {
            text = format!("{text}, due at {} s", due.0 / 1_000);
        }
    }
    text + &arranged(&conversation.arranged)
}

fn arranged(arranged: &Arranged) -> String {
    let Arranged {
        team,
        wanted,
        topic,
        language,
        snoozed,
        help,
        solved,
    } = arranged;
    let parts = [
        team.map(|team| format!("team {}", team.0)),
        wanted.map(|id| format!("for {}", agent(id))),
        topic.map(|topic| format!("topic {}", topic.0)),
        language.map(|language| format!("in {language}")),
        snoozed.map(|until| format!("asleep until {} s", until.0 / 1_000)),
        help.map(|since| format!("a lead asked for at {} s", since.0 / 1_000)),
        solved.as_ref().map(|yes| format!("solved by {yes:?}")),
    ];
    let parts = parts
        .into_iter()
        .flatten()
        .map(|part| [", ", &part].concat());
    parts.collect()
}

fn request(request: &HumanRequest) -> String {
    let first = if request.priority { " goes first" } else { "" };
    let seconds = request.requested_at.0 / 1_000;
    format!("No. {} of {seconds} s{first}", request.receipt)
}

fn visitor(id: ConversationId) -> &'static str {
    match id {
        MIRA => "Mira",
        NOAH => "Noah",
        _ => "a stranger",
    }
}

fn agent(id: AgentId) -> &'static str {
    match id {
        ANA => "Ana",
        BEN => "Ben",
        _ => "an unknown agent",
    }
}
