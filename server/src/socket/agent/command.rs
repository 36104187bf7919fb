//! From what an agent's client asks for to what the rules decide: checked, and masked before anything else sees it.

use desk::{AgentAction, Command};
use protocol::{
    AgentCommand, AgentId, CommandId, LOADS, RefusalCode, TextError, checked_draft, checked_text,
};

use crate::redact::{masked_replies, redact, redact_unfinished};
use crate::service::wordless;

/// What the rules are to decide.
pub struct Decidable {
    /// A note that comes first.
    pub note: Option<(CommandId, Command)>,
    /// The command.
    pub command: Command,
}

/// What a command asks the rules for.
///
/// # Errors
///
/// What is wrong with it.
pub fn decidable(
    agent: AgentId,
    id: CommandId,
    command: AgentCommand,
) -> Result<Decidable, RefusalCode> {
    let about = |conversation, action| Command::Agent {
        agent,
        conversation,
        action,
    };
    let mut first = None;
    let mut with_note = |conversation, note: Option<String>| {
        if let Some(note) = note {
            let id = beside(id);
            let action = noted(id, &note)?;
            first = Some((id, about(conversation, action)));
        }
        Ok::<_, RefusalCode>(())
    };
    let command = match command {
        AgentCommand::Duty { on } => Command::Duty { agent, on },
        AgentCommand::Most { most } if LOADS.contains(&most) => Command::Most { agent, most },
        AgentCommand::Most { .. } => return Err(RefusalCode::OutOfRange),
        AgentCommand::TakeNext {} => Command::TakeNext { agent },
        AgentCommand::Pass { conversation } => Command::OfferLapsed {
            conversation,
            agent,
        },
        AgentCommand::Take { conversation } => about(conversation, AgentAction::Take),
        AgentCommand::Reply {
            conversation,
            text,
            replies,
        } => {
            let text = masked(&text)?;
            let replies = masked_replies(&replies);
            about(conversation, AgentAction::Say { id, text, replies })
        }
        AgentCommand::Draft {
            conversation,
            reply,
            note,
        } => {
            let reply = begun(reply)?;
            let note = begun(note)?;
            about(conversation, AgentAction::Draft { reply, note })
        }
        AgentCommand::Resolve { conversation, ask } => {
            let question = ask.then(|| wordless(beside(id)));
            about(conversation, AgentAction::Resolve { question })
        }
        AgentCommand::Transfer {
            conversation,
            to,
            note,
        } => {
            with_note(conversation, note)?;
            let to = match to {
                None => desk::Recipient::Queue,
                Some(protocol::Recipient::Team(team)) => desk::Recipient::Team(team),
                Some(protocol::Recipient::Person(person)) => desk::Recipient::Person(person),
            };
            about(conversation, AgentAction::Transfer { to })
        }
        AgentCommand::AskLead {
            conversation,
            on,
            note,
        } => {
            with_note(conversation, note)?;
            about(conversation, AgentAction::AskLead { on })
        }
        AgentCommand::Snooze {
            conversation,
            until,
            text,
        } => {
            let text = masked(&text)?;
            about(conversation, AgentAction::Snooze { until, id, text })
        }
        AgentCommand::Wake { conversation } => about(conversation, AgentAction::Wake),
        AgentCommand::Topic {
            conversation,
            topic,
        } => about(conversation, AgentAction::Topic { topic }),
        AgentCommand::Note { conversation, text } => about(conversation, noted(id, &text)?),
        AgentCommand::Hello { .. }
        | AgentCommand::Typing { .. }
        | AgentCommand::Correct { .. }
        | AgentCommand::Seen { .. }
        | AgentCommand::View { .. }
        | AgentCommand::Open { .. }
        | AgentCommand::History { .. }
        | AgentCommand::List { .. }
        | AgentCommand::Ping {} => return Err(RefusalCode::UnknownCommand),
    };
    Ok(Decidable {
        note: first,
        command,
    })
}

/// An id for what a command brings beside itself: another one, and the same whenever the command is repeated.
fn beside(id: CommandId) -> CommandId {
    CommandId(!id.0)
}

fn noted(id: CommandId, text: &str) -> Result<AgentAction, RefusalCode> {
    let text = masked(text)?;
    Ok(AgentAction::Note { id, text })
}

/// A text as it is kept.
fn masked(text: &str) -> Result<String, RefusalCode> {
    Ok(redact(&checked_text(text)?).into_owned())
}

/// A part of a draft as it is kept: masked, even where a number is half typed.
fn begun(part: Option<String>) -> Result<Option<String>, TextError> {
    let checked = part.map(|text| checked_draft(&text)).transpose()?;
    Ok(checked.map(|text| redact_unfinished(&text).into_owned()))
}
