//! A visitor's half of the exchange.

mod context;
mod frames;
mod input;
mod output;
mod saved;
#[cfg(test)]
mod tests;
mod view;

use std::collections::VecDeque;

use protocol::{
    Answering, Author, CardFact, ClientFrame, CommandId, RefusalCode, Seq, SiteFace, State,
    Timestamp, Token, VisitorCommand,
};

pub use input::Input;
pub use output::{Changes, Output};
pub use saved::Saved;
pub use view::{Delivery, Pending};

use self::context::Said;
use crate::link::{Link, LinkState, LinkStep};
use crate::moment::{Moment, earliest};
use crate::outbox::{Kept, Outbox, Standing};
use crate::random::Random;
use crate::timeline::Timeline;
use crate::typing::{TypingHeard, TypingSender};

/// A draft is saved this long after the first key press since it was saved last, in milliseconds.
const SAVE_DRAFT_MS: u64 = 400;

/// The session of one visitor on one page.
#[derive(Debug)]
pub struct VisitorSession {
    saved: Saved,
    link: Link,
    shown_link: LinkState,
    outbox: Outbox<VisitorCommand>,
    timeline: Timeline,
    typing_sender: TypingSender,
    typing_heard: TypingHeard,
    history: History,
    random: Random,
    site: Option<SiteFace>,
    state: Option<State>,
    /// The server's clock, and when it showed that.
    clock: Option<(Timestamp, Moment)>,
    visible: bool,
    /// The last event that was in view; none before the first welcome.
    seen: Option<Seq>,
    /// A person's last message that the server was told on this connection to have been in view.
    told_seen: Seq,
    human_failed: bool,
    /// Why the address that the visitor left last is not kept.
    contact_refused: Option<RefusalCode>,
    /// What whoever takes the conversation will know of it.
    facts: Vec<CardFact>,
    /// What the shop's page says of the visitor.
    said: Said,
    /// The conversation is, or may be, in the server's store: its token is worth keeping. A server keeps nothing of
    /// somebody who has only looked.
    begun: bool,
    replaced: bool,
    save_at: Option<Moment>,
    changes: Changes,
    outputs: VecDeque<Output>,
}

/// How far a request for a page of history has come. One is asked for at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum History {
    Quiet,
    Asked(CommandId),
    Later(Moment),
}

/// Messages are sent one after another. What concerns the line does not wait for them, nor it for an address or for what the
/// shop's page says.
fn lane_of(command: &VisitorCommand) -> u128 {
    match command {
        VisitorCommand::Say { .. } => 0,
        VisitorCommand::Contact { .. } => 2,
        VisitorCommand::Context { .. } => 3,
        VisitorCommand::Correct { .. } => 4,
        _ => 1,
    }
}

impl VisitorSession {
    /// A session that takes up what an earlier page saved and kept. It connects as soon as it is woken. `fresh` is the
    /// token that this page was given for a conversation that it may begin: whatever way its first words take, they
    /// begin the same one. `seed` is any number that differs from page to page.
    #[must_use]
    pub fn new(
        mut saved: Saved,
        kept: Vec<Kept<VisitorCommand>>,
        fresh: Option<Token>,
        seed: u64,
        now: Moment,
    ) -> Self {
        let link = Link::new(now);
        let begun = saved.token.is_some();
        saved.token = saved.token.or(fresh);
        Self {
            begun,
            saved,
            shown_link: link.state(),
            link,
            outbox: Outbox::new(lane_of, kept),
            timeline: Timeline::default(),
            typing_sender: TypingSender::default(),
            typing_heard: TypingHeard::default(),
            history: History::Quiet,
            random: Random::new(seed),
            site: None,
            state: None,
            clock: None,
            visible: true,
            seen: None,
            told_seen: Seq(0),
            human_failed: false,
            contact_refused: None,
            facts: vec![],
            said: Said::default(),
            replaced: false,
            save_at: None,
            changes: Changes::default(),
            outputs: VecDeque::new(),
        }
    }

    /// Takes one input.
    pub fn handle(&mut self, input: Input, now: Moment) {
        match input {
            Input::Connected => self.greet(now),
            Input::Frame(frame) => {
                self.link.heard(now);
                self.frame(*frame, now);
            }
            Input::Closed(number) => {
                self.link.closed(number, now, &mut self.random);
                self.lost();
            }
            Input::Wake => {}
            Input::NetworkChanged => self.nudge(now),
            Input::Visible(visible) => self.visible(visible, now),
            Input::Typed(draft) => self.typed(draft, now),
            Input::Say { id, text } => self.say(id, text, now),
            Input::Human { id } => self.ask_for_human(id),
            Input::Supervisor { id } => self.push(id, VisitorCommand::Supervisor {}),
            Input::Leave { id } => self.push(id, VisitorCommand::Leave {}),
            Input::Assistant { id } => self.push(id, VisitorCommand::Assistant {}),
            Input::End { id } => self.push(id, VisitorCommand::End {}),
            Input::Contact { id, email } => self.leave_contact(id, email),
            Input::Correct { id, correction } => {
                self.push(id, VisitorCommand::Correct { correction });
            }
            Input::Context(context) => self.take_context(context),
            Input::TakeBack { id, draft } => self.take_back(id, draft),
            Input::Earlier => self.ask_earlier(now),
            Input::TokenFound(token) => self.token_found(token, now),
            Input::Posted { id } => self.drop_entry(id),
        }
        self.advance(now);
    }

    /// The next thing to do, until there is none.
    pub fn next_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to send [`Input::Wake`] at the latest, once all outputs are taken.
    #[must_use]
    pub fn wake_at(&self) -> Option<Moment> {
        let live = self.link.is_live();
        let history = match self.history {
            History::Later(at) => Some(at),
            _ => None,
        };
        earliest([
            self.link.wake_at(),
            self.outbox.wake_at().filter(|_| live),
            self.typing_sender.wake_at(),
            self.typing_heard.wake_at(),
            history.filter(|_| live),
            self.save_at,
        ])
    }

    /// Does what is due by now, and says what has changed.
    fn advance(&mut self, now: Moment) {
        while let Some(step) = self.link.wake(now, &mut self.random) {
            self.step(step, now);
        }
        if let Some(on) = self.typing_sender.wake(now) {
            self.send_typing(on, now);
        }
        if self.link.is_live() {
            self.fill_gap(now);
            self.tell_seen(now);
            self.tell_context();
            while let Some(frame) = self.outbox.next_due(now) {
                // Before the server can store anything that only this token gives access to.
                self.begin();
                self.changes.log = true;
                self.send(frame, now);
            }
        }
        self.changes.typing |= self.typing_heard.wake(now);
        if self.save_at.is_some_and(|at| at <= now) {
            self.save();
        }
        let link = self.link.state();
        if link != self.shown_link {
            self.shown_link = link;
            self.changes.link = true;
            self.changes.log = true;
        }
        let changes = std::mem::take(&mut self.changes);
        if changes != Changes::default() {
            self.outputs.push_back(Output::Changed(changes));
        }
    }

    fn step(&mut self, step: LinkStep, now: Moment) {
        match step {
            LinkStep::Connect => self.outputs.push_back(Output::Connect),
            LinkStep::Ping => self.send_new(VisitorCommand::Ping {}, now),
            LinkStep::Close => {
                self.lost();
                self.outputs.push_back(Output::Close);
            }
        }
    }

    fn lost(&mut self) {
        self.outbox.disconnected();
        self.typing_sender.disconnected();
        self.changes.typing |= self.typing_heard.clear();
        self.history = History::Quiet;
    }

    fn nudge(&mut self, now: Moment) {
        if let Some(step) = self.link.nudge(now) {
            self.step(step, now);
        }
    }

    fn visible(&mut self, visible: bool, now: Moment) {
        self.visible = visible;
        if visible {
            self.nudge(now);
            self.saw_all();
        } else if self.save_at.is_some() {
            // The page may not come back.
            self.save();
        }
    }

    fn saw_all(&mut self) {
        if self.visible && self.seen.is_some() {
            self.changes.unread |= self.unread_after_seen() > 0;
            self.seen = Some(self.timeline.last());
        }
    }

    /// Tells the person who wrote last that it was in view. No assistant wants to know.
    fn tell_seen(&mut self, now: Moment) {
        let newest = self
            .timeline
            .last_message(|author| matches!(author, Author::Agent { .. }));
        if self.visible && newest > self.told_seen {
            self.told_seen = newest;
            self.send_new(VisitorCommand::Seen { seq: newest }, now);
        }
    }

    fn typed(&mut self, draft: String, now: Moment) {
        let empty = draft.trim().is_empty();
        self.saved.draft = draft;
        self.save_at
            .get_or_insert_with(|| now.after_ms(SAVE_DRAFT_MS));
        // An assistant has no use for it.
        let listens = self.state.as_ref().is_some_and(|state| {
            matches!(
                state.answering,
                Answering::Agent { .. } | Answering::Queue { .. }
            )
        });
        if self.link.is_live()
            && listens
            && let Some(on) = self.typing_sender.typed(empty, now)
        {
            self.send_typing(on, now);
        }
    }

    fn say(&mut self, id: CommandId, text: String, now: Moment) {
        if let Some(on) = self.typing_sender.stop() {
            self.send_typing(on, now);
        }
        self.push(id, VisitorCommand::Say { text });
        // After it is kept: what was written is always in one of the two.
        self.saved.draft.clear();
        self.save();
    }

    fn ask_for_human(&mut self, id: CommandId) {
        self.human_failed = false;
        if !self.human_pending() {
            self.push(id, VisitorCommand::Human {});
        }
    }

    fn leave_contact(&mut self, id: CommandId, email: String) {
        self.contact_refused = None;
        self.push(id, VisitorCommand::Contact { email });
    }

    fn push(&mut self, id: CommandId, command: VisitorCommand) {
        if self.outbox.push(id, command) {
            self.keep(id);
        }
        self.changes.log = true;
        self.changes.state = true;
    }

    fn keep(&mut self, id: CommandId) {
        if let Some(entry) = self.outbox.get(id) {
            self.outputs.push_back(Output::Keep(entry.kept.clone()));
        }
    }

    fn take_back(&mut self, id: CommandId, draft: String) {
        let refused = self
            .outbox
            .get(id)
            .is_some_and(|entry| matches!(entry.standing, Standing::Refused(_)));
        if refused {
            // Before it is let go: what was written is always in one of the two.
            self.saved.draft = draft;
            self.save();
            self.drop_entry(id);
        }
    }

    fn drop_entry(&mut self, id: CommandId) {
        self.outbox.remove(id);
        self.outputs.push_back(Output::Forget(id));
        self.changes.log = true;
        self.changes.state = true;
    }

    fn token_found(&mut self, token: Token, now: Moment) {
        let in_use = self.visitor_was_active()
            || self
                .outbox
                .entries()
                .iter()
                .any(|entry| matches!(entry.standing, Standing::InFlight | Standing::Done(_)));
        if self.saved.token.as_ref() == Some(&token) {
            return self.begin();
        }
        if in_use {
            return;
        }
        self.begun = true;
        self.saved.token = Some(token);
        self.saved.conversation = None;
        self.saved.epoch = None;
        self.timeline.clear();
        self.seen = None;
        self.changes.log = true;
        let step = self.link.again(now);
        self.step(step, now);
    }

    /// The conversation is in the store from now on.
    fn begin(&mut self) {
        if !self.begun {
            self.begun = true;
            self.save();
        }
    }

    fn save(&mut self) {
        self.save_at = None;
        let saved = if self.begun {
            self.saved.clone()
        } else {
            Saved {
                draft: self.saved.draft.clone(),
                ..Saved::default()
            }
        };
        self.outputs.push_back(Output::Save(saved));
    }

    fn send_typing(&mut self, on: bool, now: Moment) {
        self.send_new(VisitorCommand::Typing { on }, now);
    }

    fn send_new(&mut self, command: VisitorCommand, now: Moment) {
        let id = self.random.command_id();
        self.send(ClientFrame { id, command }, now);
    }

    fn send(&mut self, frame: ClientFrame<VisitorCommand>, now: Moment) {
        self.link.sent(now);
        self.outputs.push_back(Output::Send(frame));
    }
}
