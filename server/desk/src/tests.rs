//! The rules' tests. A story is played on a small desk, one more command is given, and what it changes and how
//! the desk stands after it are compared as text, by [`check`].
//!
//! The shop has two agents on duty, Ana and Ben, who is a supervisor, and two visitors, Mira and Noah, who have not
//! written yet. The commands of a story come at 1 s, 2 s and so on; the one that is checked comes at 9 s.

mod agent;
mod bot;
mod drafts;
mod ending;
mod holders;
mod lead;
mod line;
mod loads;
mod memory;
mod routing;
mod simulated_day;
mod snooze;
mod solved;
mod supervisor;
mod text;
mod transfer;
mod visitor;
mod vulnerable;

use protocol::{AgentId, CommandId, ConversationId, Receipt, Role, Timestamp};

use crate::{
    Agent, AgentAction, BotAction, Change, Command, Conversation, Desk, Entry, Holder, Recipient,
    SolvedQuestion, VisitorAction, apply, decide,
};

const MIRA: ConversationId = ConversationId(1);
const NOAH: ConversationId = ConversationId(2);

const ANA: AgentId = AgentId(1);
const BEN: AgentId = AgentId(2);
/// Answers for another site.
const ZOE: AgentId = AgentId(3);

/// Gives `command` at 9 s and compares its changes, and how the desk stands after them, with `expected`:
/// `changes => desk`, or `nothing`, or `refused: why`.
#[track_caller]
fn check(desk: &Desk, command: Command, expected: &str) {
    let mut after = desk.clone();
    let outcome = decide(desk, command.clone(), Timestamp(9_000));
    for change in outcome.iter().flatten() {
        apply(&mut after, change);
    }
    let found = match &outcome {
        Err(refusal) => format!("refused: {refusal:?}"),
        Ok(changes) if changes.is_empty() => "nothing".into(),
        Ok(changes) => format!("{} => {}", text::changes(changes), text::desk(&after)),
    };
    assert_eq!(found, expected, "{} at\n{desk:#?}", text::command(&command));
    assert_whole(&after);
}

/// The desk after a story.
#[track_caller]
fn after(story: impl IntoIterator<Item = Command>) -> Desk {
    play(shop(true), story)
}

/// The desk after a story in a shop without an assistant.
#[track_caller]
fn after_without_bot(story: impl IntoIterator<Item = Command>) -> Desk {
    play(shop(false), story)
}

#[track_caller]
fn play(mut desk: Desk, story: impl IntoIterator<Item = Command>) -> Desk {
    for (seconds, command) in (1..).zip(story) {
        let name = text::command(&command);
        let changes = decide(&desk, command, Timestamp(seconds * 1_000));
        let changes = changes.unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        for change in &changes {
            apply(&mut desk, change);
        }
        assert_whole(&desk);
    }
    desk
}

fn shop(has_bot: bool) -> Desk {
    let mut desk = Desk::new(has_bot, Receipt(1));
    desk.employ(ANA, on_duty("Ana", Role::Agent));
    desk.employ(BEN, on_duty("Ben", Role::Lead));
    desk.remember(MIRA, desk.blank());
    desk.remember(NOAH, desk.blank());
    desk
}

fn on_duty(name: &str, role: Role) -> Agent {
    Agent {
        on_duty: true,
        ..Agent::new(name, role)
    }
}

/// G3: the line holds exactly those who wait, each once, at their position, and each agent's load is what
/// they hold.
#[track_caller]
fn assert_whole(desk: &Desk) {
    let mut waiting: Vec<_> = held(desk, Holder::Queue).collect();
    let line: Vec<_> = desk.queue().iter().collect();
    for (index, &id) in line.iter().enumerate() {
        let request = desk.conversation(id).unwrap().request.unwrap();
        assert_eq!(desk.queue().position(&request), index + 1, "{desk:#?}");
    }
    waiting.sort_unstable();
    let mut in_line = line.clone();
    in_line.sort_unstable();
    assert_eq!(in_line, waiting, "{desk:#?}");
    assert_eq!(desk.queue().len(), line.len());
    assert_eq!(desk.queue().is_empty(), line.is_empty());
    for (id, agent) in desk.roster().agents() {
        let busied = desk
            .conversations()
            .filter(|(_, it)| it.busies() == Some(id));
        assert_eq!(
            agent.load as usize,
            busied.count(),
            "{}: {desk:#?}",
            agent.name
        );
        assert!(agent.load <= agent.most, "{}: {desk:#?}", agent.name);
        let offered = desk.offers().filter(|(_, offer)| offer.to == id).count();
        assert!(offered == 0 || agent.on_duty, "{}: {desk:#?}", agent.name);
    }
    for (id, _) in desk.offers() {
        let waits = desk.conversation(id).unwrap().holder == Holder::Queue;
        assert!(waits, "what is offered waits: {desk:#?}");
    }
}

fn held(desk: &Desk, holder: Holder) -> impl Iterator<Item = ConversationId> {
    desk.conversations()
        .filter(move |(_, conversation)| conversation.holder == holder)
        .map(|(id, _)| id)
}

fn says(conversation: ConversationId) -> Command {
    let id = CommandId(7);
    let text = "Is my order on its way?".into();
    let action = VisitorAction::Say { id, text };
    Command::Visitor {
        conversation,
        action,
    }
}

fn asks(conversation: ConversationId) -> Command {
    let action = VisitorAction::AskForHuman;
    Command::Visitor {
        conversation,
        action,
    }
}

fn leaves(conversation: ConversationId) -> Command {
    let action = VisitorAction::LeaveQueue;
    Command::Visitor {
        conversation,
        action,
    }
}

fn chooses_bot(conversation: ConversationId) -> Command {
    let action = VisitorAction::ChooseAssistant;
    Command::Visitor {
        conversation,
        action,
    }
}

fn ends(conversation: ConversationId) -> Command {
    let action = VisitorAction::End;
    Command::Visitor {
        conversation,
        action,
    }
}

fn asks_for_supervisor(conversation: ConversationId) -> Command {
    let action = VisitorAction::AskForSupervisor;
    Command::Visitor {
        conversation,
        action,
    }
}

/// At 60 s one is to have contacted them.
fn has_no_supervisor(conversation: ConversationId) -> Command {
    Command::SupervisorLate {
        conversation,
        by: Timestamp(60_000),
    }
}

fn bot_says(conversation: ConversationId) -> Command {
    let action = BotAction::Say {
        id: CommandId(8),
        text: "Orders leave within a day.".into(),
        sources: vec![],
        replies: vec![],
        offers_human: false,
    };
    Command::Bot {
        conversation,
        action,
    }
}

fn bot_hands_over(conversation: ConversationId) -> Command {
    let action = BotAction::HandOver;
    Command::Bot {
        conversation,
        action,
    }
}

fn bot_fails(conversation: ConversationId) -> Command {
    let action = BotAction::Fail;
    Command::Bot {
        conversation,
        action,
    }
}

fn takes(agent: AgentId, conversation: ConversationId) -> Command {
    let action = AgentAction::Take;
    Command::Agent {
        agent,
        conversation,
        action,
    }
}

fn replies(agent: AgentId, conversation: ConversationId) -> Command {
    let id = CommandId(9);
    let text = "Hello, I can see your order.".into();
    let replies = vec![];
    let action = AgentAction::Say { id, text, replies };
    Command::Agent {
        agent,
        conversation,
        action,
    }
}

fn begins(agent: AgentId, conversation: ConversationId, reply: &str) -> Command {
    drafts(agent, conversation, Some(reply), None)
}

fn notes(agent: AgentId, conversation: ConversationId, note: &str) -> Command {
    drafts(agent, conversation, None, Some(note))
}

fn drafts(
    agent: AgentId,
    conversation: ConversationId,
    reply: Option<&str>,
    note: Option<&str>,
) -> Command {
    let action = AgentAction::Draft {
        reply: reply.map(str::to_owned),
        note: note.map(str::to_owned),
    };
    Command::Agent {
        agent,
        conversation,
        action,
    }
}

fn resolves(agent: AgentId, conversation: ConversationId) -> Command {
    let action = AgentAction::Resolve { question: None };
    Command::Agent {
        agent,
        conversation,
        action,
    }
}

fn transfers(agent: AgentId, conversation: ConversationId) -> Command {
    let to = Recipient::Queue;
    let action = AgentAction::Transfer { to };
    Command::Agent {
        agent,
        conversation,
        action,
    }
}

fn passes_on(agent: AgentId, conversation: ConversationId, to: Recipient) -> Command {
    acts(agent, conversation, AgentAction::Transfer { to })
}

fn asks_lead(agent: AgentId, conversation: ConversationId, on: bool) -> Command {
    acts(agent, conversation, AgentAction::AskLead { on })
}

/// Until so many seconds.
fn snoozes(agent: AgentId, conversation: ConversationId, until_s: i64) -> Command {
    let action = AgentAction::Snooze {
        until: Timestamp(until_s * 1_000),
        id: CommandId(10),
        text: "I call the depot and come back to you.".into(),
    };
    acts(agent, conversation, action)
}

fn wakes(agent: AgentId, conversation: ConversationId) -> Command {
    acts(agent, conversation, AgentAction::Wake)
}

fn notes_about(agent: AgentId, conversation: ConversationId) -> Command {
    let action = AgentAction::Note {
        id: CommandId(11),
        text: "The depot calls back at four.".into(),
    };
    acts(agent, conversation, action)
}

fn asks_if_solved(agent: AgentId, conversation: ConversationId) -> Command {
    let question = SolvedQuestion {
        id: CommandId(12),
        text: "Is it solved?".into(),
        yes: "Yes".into(),
        no: "No".into(),
    };
    let question = Some(question);
    acts(agent, conversation, AgentAction::Resolve { question })
}

fn answers(conversation: ConversationId, text: &str) -> Command {
    let id = CommandId(13);
    let text = text.into();
    let action = VisitorAction::Say { id, text };
    Command::Visitor {
        conversation,
        action,
    }
}

fn acts(agent: AgentId, conversation: ConversationId, action: AgentAction) -> Command {
    Command::Agent {
        agent,
        conversation,
        action,
    }
}

fn is_due(conversation: ConversationId) -> Command {
    Command::SnoozeOver { conversation }
}

fn chooses(agent: AgentId, most: u32) -> Command {
    Command::Most { agent, most }
}

fn takes_next(agent: AgentId) -> Command {
    Command::TakeNext { agent }
}

fn goes_on_duty(agent: AgentId) -> Command {
    Command::Duty { agent, on: true }
}

fn goes_off_duty(agent: AgentId) -> Command {
    Command::Duty { agent, on: false }
}

fn vanishes(agent: AgentId) -> Command {
    Command::Vanished { agent }
}
