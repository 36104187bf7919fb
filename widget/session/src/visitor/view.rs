//! What a visitor's page reads to show it.

use protocol::{
    Author, CardFact, CommandId, Event, EventKind, RefusalCode, SiteFace, State, Timestamp, Token,
    VisitorCommand,
};

use super::{History, VisitorSession};
use crate::link::{LinkState, Transport};
use crate::moment::Moment;
use crate::outbox::{Kept, Standing};

/// A message of the visitor that the log does not show yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending<'a> {
    /// Its id.
    pub id: CommandId,
    /// What was written.
    pub text: &'a str,
    /// How far it has come.
    pub state: Delivery,
}

/// How far a message of the visitor has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// It is on its way, or next.
    Sending,
    /// It is kept here and tried again by itself.
    NotSent,
    /// The server has it.
    Sent,
    /// A person has seen it.
    Seen,
    /// The server does not take it. It stays here until the visitor takes it back.
    Refused(RefusalCode),
}

impl VisitorSession {
    /// The log, oldest first, without gaps.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        self.timeline.events()
    }

    /// Whether the log has events before the first one here, which can be asked for.
    #[must_use]
    pub fn has_earlier(&self) -> bool {
        self.timeline.earlier()
    }

    /// Whether [`Input::Earlier`](super::Input::Earlier) would ask for what came before right now. Whenever that becomes so
    /// without the reader's doing, the log is said to have changed: a reader who waits at its start need not move again.
    #[must_use]
    pub fn could_load_earlier(&self) -> bool {
        self.link.is_live() && self.history == History::Quiet && self.timeline.earlier()
    }

    /// Whether a page of history is on its way.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        matches!(self.history, History::Asked(_))
    }

    /// The visitor's messages that come after the log, in the order they were written.
    pub fn pending(&self) -> impl Iterator<Item = Pending<'_>> {
        let apart = matches!(
            self.link.state(),
            LinkState::Reconnecting { .. } | LinkState::Stopped(_)
        );
        let mut sent_back = false;
        self.outbox.entries().iter().filter_map(move |entry| {
            let VisitorCommand::Say { text } = &entry.kept.command else {
                return None;
            };
            // The first of the lane tells for those that wait behind it.
            sent_back |= self.outbox.is_sent_back(entry);
            let state = match entry.standing {
                Standing::Done(_) => Delivery::Sent,
                Standing::Refused(code) => Delivery::Refused(code),
                Standing::Waiting | Standing::InFlight if apart || sent_back => Delivery::NotSent,
                Standing::Waiting | Standing::InFlight => Delivery::Sending,
            };
            Some(Pending {
                id: entry.kept.id,
                text,
                state,
            })
        })
    }

    /// The first command that waits to be sent, for a page that has another way than the connection.
    #[must_use]
    pub fn first_unsent(&self) -> Option<&Kept<VisitorCommand>> {
        self.outbox
            .entries()
            .iter()
            .find(|entry| {
                // The page's own form has no field for what the shop's page says, or for what is put right.
                let has_no_field = matches!(
                    entry.kept.command,
                    VisitorCommand::Context { .. } | VisitorCommand::Correct { .. }
                );
                entry.standing == Standing::Waiting && !has_no_field
            })
            .map(|entry| &entry.kept)
    }

    /// Whether a press of *Human please* is here and the log does not show it yet.
    #[must_use]
    pub fn human_pending(&self) -> bool {
        self.last_wish() == Some(true)
    }

    /// Whether the visitor has left the line and the log does not show it yet.
    #[must_use]
    pub fn leave_pending(&self) -> bool {
        self.last_wish() == Some(false)
    }

    /// Whether the visitor's last wish that the log does not show yet is for a person, or not to wait any more.
    fn last_wish(&self) -> Option<bool> {
        self.outbox
            .entries()
            .iter()
            .rev()
            .find_map(|entry| match entry.kept.command {
                VisitorCommand::Human {} => Some(true),
                VisitorCommand::Leave {} => Some(false),
                _ => None,
            })
    }

    /// Whether a wish for a supervisor is here and the server has not taken it yet.
    #[must_use]
    pub fn supervisor_pending(&self) -> bool {
        self.outbox
            .entries()
            .iter()
            .any(|entry| matches!(entry.kept.command, VisitorCommand::Supervisor {}))
    }

    /// Whether the visitor has gone back to the assistant, or ended the conversation, and the log does not show it yet.
    #[must_use]
    pub fn ending_pending(&self) -> bool {
        self.outbox.entries().iter().any(|entry| {
            matches!(
                entry.kept.command,
                VisitorCommand::Assistant {} | VisitorCommand::End {}
            )
        })
    }

    /// Whether the last press of *Human please* was refused for good.
    #[must_use]
    pub fn human_failed(&self) -> bool {
        self.human_failed
    }

    /// Why the address that the visitor left last is not kept; none if it is, or may be yet.
    #[must_use]
    pub fn contact_refused(&self) -> Option<RefusalCode> {
        self.contact_refused
    }

    /// What whoever takes the conversation will know of it.
    #[must_use]
    pub fn facts(&self) -> &[CardFact] {
        &self.facts
    }

    /// Why the server cannot take what was sent right now; none if it can, as far as is known.
    #[must_use]
    pub fn trouble(&self) -> Option<RefusalCode> {
        self.outbox.sent_back()
    }

    /// Who answers and the open request; none before the first welcome.
    #[must_use]
    pub fn state(&self) -> Option<&State> {
        self.state.as_ref()
    }

    /// The shop; none before the first welcome.
    #[must_use]
    pub fn site(&self) -> Option<&SiteFace> {
        self.site.as_ref()
    }

    /// How the connection stands.
    #[must_use]
    pub fn link(&self) -> LinkState {
        self.link.state()
    }

    /// What the connection is made by, where one is to be made.
    #[must_use]
    pub fn transport(&self) -> Transport {
        self.link.transport()
    }

    /// Who at the other side is writing, while it is true.
    #[must_use]
    pub fn typing(&self) -> Option<&Author> {
        self.typing_heard.author()
    }

    /// How many messages of others came while the page was out of view.
    #[must_use]
    pub fn unread(&self) -> usize {
        if self.visible {
            0
        } else {
            self.unread_after_seen()
        }
    }

    /// Whether the conversation that an earlier page showed is gone, and this is another one.
    #[must_use]
    pub fn was_replaced(&self) -> bool {
        self.replaced
    }

    /// What the server's clock shows at a moment; none before the first welcome.
    #[must_use]
    pub fn server_time(&self, now: Moment) -> Option<Timestamp> {
        let (shown, at) = self.clock?;
        let passed = i64::try_from(now.since_ms(at)).unwrap_or(i64::MAX);
        Some(Timestamp(shown.0.saturating_add(passed)))
    }

    /// The token that proves who the visitor is, for the page's forms.
    #[must_use]
    pub fn token(&self) -> Option<&Token> {
        self.saved.token.as_ref()
    }

    /// The draft that an earlier page saved, or this one was told of last.
    #[must_use]
    pub fn draft(&self) -> &str {
        &self.saved.draft
    }

    pub(super) fn unread_after_seen(&self) -> usize {
        let Some(seen) = self.seen else {
            return 0;
        };
        self.timeline
            .events()
            .iter()
            .rev()
            .take_while(|event| event.seq > seen)
            .filter(|event| match &event.kind {
                EventKind::Message(message) => message.author != (Author::Visitor {}),
                _ => false,
            })
            .count()
    }

    /// Whether the visitor has written or asked for a person here.
    pub(super) fn visitor_was_active(&self) -> bool {
        self.timeline
            .events()
            .iter()
            .any(|event| match &event.kind {
                EventKind::Message(message) => message.author == (Author::Visitor {}),
                EventKind::HumanRequested { .. } => true,
                _ => false,
            })
    }
}
