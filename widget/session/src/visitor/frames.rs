//! What a visitor's session makes of the server's frames.

use protocol::{
    Ack, Author, CloseCode, Event, EventKind, HistoryPage, RefusalCode, Refused, Seq, State,
    VERSION, VisitorCommand, VisitorFrame, Welcome,
};

use super::{History, Output, VisitorSession};
use crate::moment::Moment;
use crate::timeline::Timeline;

/// A page of history that the server sent back for later, or that brought nothing, is asked for again after this long, in
/// milliseconds.
const ASK_AGAIN_MS: u64 = 1_000;

impl VisitorSession {
    pub(super) fn greet(&mut self, now: Moment) {
        self.link.connected(now);
        let hello = VisitorCommand::Hello {
            version: VERSION,
            token: self.saved.token.clone(),
            after: self.timeline.last(),
        };
        self.send_new(hello, now);
    }

    pub(super) fn frame(&mut self, frame: VisitorFrame, now: Moment) {
        match frame {
            VisitorFrame::Welcome(welcome) => self.welcome(welcome, now),
            VisitorFrame::Refused(refused) if self.link.is_greeting() => {
                self.greeting_refused(&refused, now);
            }
            VisitorFrame::Event(event) => self.event(event),
            VisitorFrame::State(state) => self.new_state(state),
            VisitorFrame::Card { facts } => {
                self.facts = facts;
                self.changes.state = true;
            }
            VisitorFrame::Typing(typing) => {
                self.changes.typing |= self.typing_heard.heard(typing, now);
            }
            VisitorFrame::Ack(ack) => self.acked(&ack),
            VisitorFrame::Refused(refused) => self.refused(&refused, now),
            VisitorFrame::History(page) => self.history_came(page, now),
            // That something was heard is all there is to it.
            VisitorFrame::Pong { .. } => {}
        }
    }

    /// Asks for what is missing before an event that came too early.
    pub(super) fn fill_gap(&mut self, now: Moment) {
        let may_ask = match self.history {
            History::Quiet => true,
            History::Asked(_) => false,
            History::Later(at) => at <= now,
        };
        if may_ask {
            // Whoever waits for what came before is shown that it can be asked for again.
            self.changes.log |= self.history != History::Quiet;
            self.history = History::Quiet;
            if let Some(before) = self.timeline.gap() {
                self.ask_history(before, now);
            }
        }
    }

    pub(super) fn ask_earlier(&mut self, now: Moment) {
        if self.could_load_earlier() {
            self.ask_history(self.timeline.first(), now);
        }
    }

    fn ask_history(&mut self, before: Seq, now: Moment) {
        let id = self.random.command_id();
        self.history = History::Asked(id);
        let command = VisitorCommand::History { before };
        self.send(protocol::ClientFrame { id, command }, now);
    }

    fn welcome(&mut self, welcome: Welcome, now: Moment) {
        let asked_after = self.timeline.last();
        let knew = self.saved.conversation.is_some();
        let same = self.saved.conversation == Some(welcome.conversation)
            && self.saved.epoch == Some(welcome.epoch);
        if !same {
            self.saved.conversation = Some(welcome.conversation);
            self.saved.epoch = Some(welcome.epoch);
            self.timeline.clear();
            self.outbox.forget_done();
            self.said.forget_told();
            self.seen = None;
            self.replaced |= knew && self.begun;
        }
        let had_begun = self.begun;
        if welcome.token.is_some() {
            self.saved.token = welcome.token;
            // It is for a conversation of which the server keeps nothing yet.
            self.begun = false;
        }
        if had_begun && !(same && self.begun) {
            self.save();
        }
        self.changes.log = true;
        self.changes.state = true;
        if !same && asked_after > Seq(0) {
            // The history came after an event of another log: ask for this one's from its start.
            let step = self.link.again(now);
            self.step(step, now);
            return;
        }
        self.clock = Some((welcome.now, now));
        self.site = Some(welcome.site);
        self.new_state(welcome.state);
        self.link.greeted(welcome.heartbeat_ms, now);
        // The server may not have kept what it was told.
        self.told_seen = Seq(0);
        let last = self.timeline.last();
        if !welcome.history.events.is_empty() {
            self.begin();
        }
        self.own_events_seen(&welcome.history.events);
        self.timeline.resume(welcome.history);
        if self.seen.is_none() {
            // What was there when the page was loaded is no news.
            self.seen = Some(self.timeline.last());
        }
        self.grew(last);
    }

    fn greeting_refused(&mut self, refused: &Refused, now: Moment) {
        let speaks_another_language = matches!(
            refused.code,
            RefusalCode::WrongVersion
                | RefusalCode::Malformed
                | RefusalCode::UnknownCommand
                | RefusalCode::UnknownField
        );
        let step = if speaks_another_language {
            self.link.stop(CloseCode::WrongVersion)
        } else {
            self.link.give_up(now, &mut self.random)
        };
        self.step(step, now);
    }

    fn event(&mut self, event: Event) {
        self.begin();
        let last = self.timeline.last();
        self.own_events_seen(std::slice::from_ref(&event));
        // If it came too early, what is missing is asked for before this input is done.
        self.timeline.add(event);
        self.grew(last);
    }

    fn history_came(&mut self, page: HistoryPage, now: Moment) {
        let reach = |timeline: &Timeline| (timeline.first(), timeline.last(), timeline.gap());
        let before = reach(&self.timeline);
        self.history = History::Quiet;
        self.own_events_seen(&page.events);
        self.timeline.merge(page);
        self.changes.log = true;
        self.grew(before.1);
        if before != reach(&self.timeline) {
            return;
        }
        // The page did not help, and asking again at once would not either.
        if self.timeline.gap().is_some() {
            // A fresh welcome will.
            let step = self.link.give_up(now, &mut self.random);
            self.step(step, now);
        } else {
            self.history = History::Later(now.after_ms(ASK_AGAIN_MS));
        }
    }

    /// Removes what the log shows from the outbox.
    fn own_events_seen(&mut self, events: &[Event]) {
        for event in events {
            if let EventKind::Message(message) = &event.kind
                && message.author == (Author::Visitor {})
                && self.outbox.get(message.id).is_some()
            {
                self.drop_entry(message.id);
            }
        }
    }

    /// The log reaches further than `last` now, or as far as before.
    fn grew(&mut self, last: Seq) {
        if self.timeline.last() == last {
            return;
        }
        self.changes.log = true;
        self.outbox.shown_to(self.timeline.last());
        let news = last.max(self.seen.unwrap_or(self.timeline.last()));
        for event in self.timeline.events() {
            if let EventKind::Message(message) = &event.kind
                && event.seq > last
            {
                self.changes.typing |= self.typing_heard.wrote(&message.author);
                if event.seq > news && message.author != (Author::Visitor {}) {
                    self.outputs.push_back(Output::Arrived {
                        seq: event.seq,
                        author: message.author.clone(),
                    });
                    self.changes.unread |= !self.visible;
                }
            }
        }
        self.saw_all();
    }

    fn new_state(&mut self, state: State) {
        let handed_over = self.state.as_ref().is_some_and(|old| {
            // A supervisor takes over from a person without a wait in between.
            let supervisor_came = old.supervisor.is_some() && state.supervisor.is_none();
            supervisor_came
                || std::mem::discriminant(&old.answering)
                    != std::mem::discriminant(&state.answering)
        });
        if handed_over {
            self.changes.typing |= self.typing_heard.clear();
        }
        if self.state.as_ref() != Some(&state) {
            self.changes.state = true;
            self.changes.log = true;
        }
        self.state = Some(state);
    }

    fn acked(&mut self, ack: &Ack) {
        if self.outbox.acked(ack, self.timeline.last()) {
            // From now on it is the server's to keep.
            self.outputs.push_back(Output::Forget(ack.id));
            self.changes.log = true;
            self.changes.state = true;
        }
    }

    fn refused(&mut self, refused: &Refused, now: Moment) {
        if let (History::Asked(id), Some(refused_id)) = (self.history, refused.id)
            && id == refused_id
        {
            self.history = History::Later(now.after_ms(ASK_AGAIN_MS));
            return;
        }
        if !self.outbox.refused(refused, now, &mut self.random) {
            return;
        }
        self.changes.log = true;
        self.changes.state = true;
        let Some(entry) = refused.id.and_then(|id| self.outbox.get(id)) else {
            return;
        };
        if refused.retry {
            return;
        }
        let id = entry.kept.id;
        match entry.kept.command {
            VisitorCommand::Say { .. } => self.keep(id),
            VisitorCommand::Human {} => {
                self.human_failed = true;
                self.drop_entry(id);
            }
            VisitorCommand::Contact { .. } => {
                self.contact_refused = Some(refused.code);
                self.drop_entry(id);
            }
            VisitorCommand::Context { .. } => {
                self.outbox.remove(id);
                self.outputs.push_back(Output::ContextRefused);
            }
            // Nothing was written that could be lost, and the state tells the truth about the line.
            _ => self.drop_entry(id),
        }
    }
}
