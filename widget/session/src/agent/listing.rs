//! Lists that are longer than what the server tells by itself: the page is given more of them before it gets there.

use std::collections::BTreeMap;

use protocol::{AgentCommand, Case, CaseList, CommandId, Place};

use crate::moment::Moment;

use super::{AGAIN_MS, AgentSession, Asked, List};

/// How many lines are known beyond those that the page shows, at least: a screen or two, so that nobody sees the end of what is
/// known who does not hurry.
const AHEAD: usize = 100;

/// How far the page is in the lists.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// How many lines it has come to.
    shown: BTreeMap<CaseList, usize>,
    /// When the server may be asked again.
    again_at: Option<Moment>,
}

impl AgentSession {
    /// The page shows the first `count` lines of a list, or some of them.
    pub(super) fn show_list(&mut self, list: List, count: usize) {
        if let Some(list) = list.in_parts() {
            self.listing.shown.insert(list, count);
        }
    }

    /// Asks for more of the lists whose known end is near.
    pub(super) fn look_ahead(&mut self, now: Moment) {
        if self.greeting.is_none() || self.listing.again_at.is_some_and(|at| now < at) {
            return;
        }
        self.listing.again_at = None;
        for list in [List::Queue, List::Others] {
            let Some(told) = list.in_parts() else {
                continue;
            };
            let Some(after) = self.cases.order().rest(told) else {
                continue;
            };
            let known = self.cases.order().known(list).count();
            let shown = self.listing.shown.get(&told).copied().unwrap_or(0);
            let is_asked = |asked: &Asked| matches!(asked, Asked::List(asked) if *asked == told);
            if known < shown.saturating_add(AHEAD) && !self.asked.values().any(is_asked) {
                let command = AgentCommand::List {
                    list: told,
                    after: Some(after),
                };
                self.ask(command, Some(Asked::List(told)), now);
            }
        }
    }

    pub(super) fn hear_listed(
        &mut self,
        id: CommandId,
        (list, rest): (CaseList, Option<Place>),
        cases: Vec<Case>,
        now: Moment,
    ) {
        // What answers an earlier connection does not follow what is known now.
        if self.asked.remove(&id).is_some() {
            if rest.is_some_and(|rest| self.cases.order().reaches(list, rest)) {
                // Nothing new: asked again at once, it would say so for ever.
                self.list_refused(now);
            }
            self.cases.extend(list, cases, rest);
            self.look();
            self.forget_unseen();
        }
    }

    /// The server cannot tell more now.
    pub(super) fn list_refused(&mut self, now: Moment) {
        self.listing.again_at = Some(now.after_ms(AGAIN_MS));
    }

    pub(super) fn list_wake_at(&self) -> Option<Moment> {
        self.listing.again_at.filter(|_| self.link.is_live())
    }
}
