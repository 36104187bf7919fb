//! Draws what has changed.

use std::mem;

use protocol::{CommandId, Event, Seq};
use session::LinkState;
use session::visitor::Changes;

use super::super::courier::PATIENCE_MS;
use super::super::elements::Elements;
use super::super::lines::{self, Line};
use super::super::{desk, ending, log, notices, view, words};
use super::{PRESS_MS, Page};
use crate::browser::{clock, now};
use crate::parts::{Blocks, Region};

/// What the page has drawn.
pub(super) struct Drawn {
    log: Blocks<Line>,
    /// The first event.
    first: Option<Seq>,
    /// The last event of what was loaded first.
    end: Seq,
    desk: Region,
    notices: Region,
    /// The visitor's own messages whose delivery could change when the log was drawn.
    unsettled: Vec<CommandId>,
}

impl Drawn {
    /// Nothing yet.
    pub(super) fn new(elements: &Elements) -> Self {
        Self {
            log: Blocks::new(elements.messages.clone().into()),
            desk: Region::new(elements.desk.clone()),
            notices: Region::new(elements.notices.clone()),
            unsettled: Vec::new(),
            first: None,
            end: Seq(0),
        }
    }

    /// The last event of what was loaded first or, where none of it is left, of what was loaded in its place.
    fn end_of_loaded(&mut self, events: &[Event]) -> Seq {
        if let [first, .., last] | [first @ last] = events
            && first.seq > self.end
        {
            self.end = last.seq;
        }
        self.end
    }
}

impl Page {
    /// Draws what has changed.
    pub(super) fn show(&self, changes: Changes) {
        let is_at_end = self.elements.is_at_end();
        if changes.log || changes.typing {
            self.show_log();
        }
        {
            let session = self.session.borrow();
            if let Some((holder, words)) = view::status(&session) {
                self.elements.show_status(holder, &words);
            }
            let unread = session.unread();
            let with_count = |title: &str| (unread > 0).then(|| words::unread_title(unread, title));
            self.elements.show_title(with_count);
            self.outward.tell(&session, now());
        }
        self.show_seconds();
        if is_at_end {
            self.elements.show_end();
        }
    }

    fn show_log(&self) {
        let session = self.session.borrow();
        if session.state().is_some() {
            self.elements.take_over();
        }
        let mut drawn = self.drawn.borrow_mut();
        let drawn = &mut *drawn;
        let first = session.events().first().map(|event| event.seq);
        let has_earlier = mem::replace(&mut drawn.first, first) > first;
        let place = has_earlier.then(|| {
            // What came before is no news.
            self.elements.hush();
            self.elements.place()
        });
        let written_at = session.server_time(now());
        let written_at = written_at.unwrap_or_else(clock::local_now);
        let lines = lines::lines(&session, drawn.end_of_loaded(session.events()));
        // What could change when it was drawn last, or can now. The rest of ten thousand messages stays as it is.
        let now_unsettled: Vec<CommandId> = view::unsettled(&session).collect();
        let unsettled = mem::replace(&mut drawn.unsettled, now_unsettled.clone());
        let is_settled = |line: Line| match line {
            Line::Own(id) => !unsettled.contains(&id) && !now_unsettled.contains(&id),
            _ => false,
        };
        drawn.log.draw(&lines, |(_, line), is_new| {
            if !is_new && is_settled(line) {
                return None;
            }
            log::line(&session, line, is_new, written_at)
        });
        if let Some(place) = place {
            self.elements.return_to(place);
        }
    }

    /// Draws what changes by itself as time passes.
    pub(super) fn show_seconds(&self) {
        let session = self.session.borrow();
        let mut drawn = self.drawn.borrow_mut();
        let (at, lasts) = (now(), self.keeper.lasts());
        // A browser drops a press on what is no longer there when it ends. So the desk waits until then.
        let is_pressed = self.elements.is_desk_pressed();
        // Until then what the server has rendered is nearer to the truth.
        let knows = session.state().is_some() || session.human_pending();
        if knows && !is_pressed {
            let focus = self.elements.desk_focus();
            let desk = view::desk(&session);
            self.elements.take_over_desk(desk.name());
            let queue = view::queue(&session, at, lasts).unwrap_or_default();
            let (is_offered, words) = view::supervisor(&session, &desk, at);
            self.elements.show_supervisor(is_offered, &words);
            self.elements.show_ending(ending::offers(&session));
            drawn.desk.draw(desk::desk(desk, &queue));
            self.elements.keep_focus(focus);
        }
        if let (Some(card), true) = (&self.elements.card, session.state().is_some()) {
            card.show(view::is_waiting(&session), session.facts());
        }
        if let Some(state) = session.state() {
            let is_asked = state.asks_for_contact();
            let refused = session.contact_refused().map_or("", words::contact_refused);
            let kept = state.contact.as_deref();
            self.elements.show_contact(is_asked, kept, refused);
        }
        drawn.notices.draw(notices::notices(&session, at, lasts));
        let (is_plain, ticks) = match session.link() {
            LinkState::Live => (false, view::is_waiting(&session)),
            LinkState::Stopped(_) => (true, false),
            LinkState::Connecting { since } | LinkState::Reconnecting { since, .. } => {
                (at.since_ms(since) >= PATIENCE_MS, true)
            }
        };
        self.elements.show_plain(is_plain);
        if let Some(second) = self.second.get().filter(|_| ticks || is_pressed) {
            second.set(if is_pressed { PRESS_MS } else { 1_000 });
        }
    }
}
