//! Every way in which a conversation may go from one holder to another.

use desk::{AgentAction, Command, Conversation, Holder, VisitorAction};
use protocol::AgentId;

use crate::world::{LEAD, passes_on};

/// Whether a conversation may go from one holder to another by a command: every way there is.
pub fn may_move(before: &Conversation, to: Holder, command: &Command) -> bool {
    let by_wanted_lead = before.supervisor.is_some() && is_by(LEAD, AgentAction::Take, command);
    let visitor_does = |what: &[VisitorAction]| matches!(command, Command::Visitor { action, .. } if what.contains(action));
    match (before.holder, to) {
        (Holder::Nobody | Holder::Agent(_), Holder::Agent(LEAD)) if by_wanted_lead => true,
        (Holder::Bot, Holder::Queue) => {
            matches!(command, Command::Visitor { .. } | Command::Bot { .. })
        }
        (Holder::Bot, Holder::Nobody) => visitor_does(&[VisitorAction::End]),
        (Holder::Nobody, Holder::Queue | Holder::Agent(_)) => {
            matches!(command, Command::Visitor { .. })
        }
        // By writing, too, where no person has had it.
        (Holder::Nobody, Holder::Bot) => match command {
            Command::Visitor {
                action: VisitorAction::Say { .. },
                ..
            } => before.last_human.is_none(),
            _ => visitor_does(&[VisitorAction::ChooseAssistant]),
        },
        (Holder::Queue, Holder::Bot) => {
            visitor_does(&[VisitorAction::LeaveQueue, VisitorAction::ChooseAssistant])
        }
        (Holder::Queue, Holder::Nobody) => {
            visitor_does(&[VisitorAction::LeaveQueue, VisitorAction::End])
        }
        (Holder::Agent(_), Holder::Bot) => visitor_does(&[VisitorAction::ChooseAssistant]),
        (Holder::Queue, Holder::Agent(by)) => is_by(by, AgentAction::Take, command),
        (Holder::Agent(by), Holder::Nobody) => {
            is_by(by, AgentAction::Resolve { question: None }, command)
                || visitor_does(&[VisitorAction::End])
        }
        (Holder::Agent(by), Holder::Queue) => {
            let slept = before.arranged.snoozed.is_some();
            let is_woken = matches!(
                command,
                Command::Visitor { .. } | Command::SnoozeOver { .. }
            );
            is_by(by, passes_on(), command)
                || matches!(command, Command::Vanished { agent } if *agent == by)
                || (slept && is_woken)
        }
        (Holder::Bot, _) | (Holder::Nobody, _) | (Holder::Queue, Holder::Queue) => false,
        (Holder::Agent(_), Holder::Agent(_)) => false,
    }
}

fn is_by(by: AgentId, does: AgentAction, command: &Command) -> bool {
    matches!(command, Command::Agent { agent, action, .. } if *agent == by && *action == does)
}
