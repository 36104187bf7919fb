//! Commands that must not be lost: kept under their ids until the server has them, over retries, reconnects and
//! reloads.

use protocol::{Ack, ClientFrame, CommandId, RefusalCode, Refused, Seq};
use serde::{Deserialize, Serialize};

use crate::backoff::Backoff;
use crate::moment::Moment;
use crate::random::Random;

/// A command as it is kept in the browser's storage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept<C> {
    /// Its id, the same for each repeat.
    pub id: CommandId,
    /// Its place among the commands of this browser: they are sent in this order.
    pub order: u64,
    /// What is asked for.
    pub command: C,
    /// Refused for good: it is not sent again, but what was written is not thrown away either.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusalCode>,
}

/// A command in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<C> {
    /// What is kept of it.
    pub kept: Kept<C>,
    /// How far it has come.
    pub standing: Standing,
}

/// How far a command has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It waits for its turn, for a connection, or to be tried again.
    Waiting,
    /// It was sent on this connection and has no answer yet.
    InFlight,
    /// The server has it; the event at this place has not arrived yet, and until then the entry stands for it.
    Done(Seq),
    /// The server will never take it.
    Refused(RefusalCode),
}

/// The commands of one client in the order in which they were given.
///
/// Each command belongs to a lane. Within a lane one is sent at a time, so that a refused command cannot be
/// overtaken by the next; a stuck lane does not hold up another.
#[derive(Debug, Clone)]
pub struct Outbox<C> {
    lane_of: fn(&C) -> u128,
    entries: Vec<Entry<C>>,
    lanes: Vec<Lane>,
    next_order: u64,
}

/// What is known of a lane that had a command sent back for later.
#[derive(Debug, Clone, Copy)]
struct Lane {
    key: u128,
    backoff: Backoff,
    not_before: Moment,
    code: RefusalCode,
}

impl<C: Clone> Outbox<C> {
    /// An outbox with what was kept by an earlier page, in any order; `lane_of` names a command's lane.
    #[must_use]
    pub fn new(lane_of: fn(&C) -> u128, kept: Vec<Kept<C>>) -> Self {
        // Insertion, for there are few; the standard library's sort is ten times the size of this type's code.
        let mut entries: Vec<Entry<C>> = Vec::with_capacity(kept.len());
        for kept in kept {
            let place = entries
                .partition_point(|other| (other.kept.order, other.kept.id) < (kept.order, kept.id));
            let standing = kept.refused.map_or(Standing::Waiting, Standing::Refused);
            entries.insert(place, Entry { kept, standing });
        }
        let next_order = entries.last().map_or(0, |last| last.kept.order + 1);
        Self {
            lane_of,
            entries,
            lanes: Vec::new(),
            next_order,
        }
    }

    /// The place that the next command gets.
    #[must_use]
    pub fn next_order(&self) -> u64 {
        self.next_order
    }

    /// What is in the outbox, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry<C>] {
        &self.entries
    }

    /// The entry with this id.
    #[must_use]
    pub fn get(&self, id: CommandId) -> Option<&Entry<C>> {
        self.entries.iter().find(|entry| entry.kept.id == id)
    }

    /// Why the server sent a command back for later, while one waits for that.
    #[must_use]
    pub fn sent_back(&self) -> Option<RefusalCode> {
        self.heads()
            .filter(|entry| entry.standing == Standing::Waiting)
            .find_map(|entry| self.lane(&entry.kept.command))
            .map(|lane| lane.code)
    }

    /// Whether the server sent this command back for later, and that is what it waits for.
    #[must_use]
    pub fn is_sent_back(&self, entry: &Entry<C>) -> bool {
        entry.standing == Standing::Waiting && self.lane(&entry.kept.command).is_some()
    }

    /// Takes a command; false if its id is there already.
    pub fn push(&mut self, id: CommandId, command: C) -> bool {
        if self.get(id).is_some() {
            return false;
        }
        let kept = Kept {
            id,
            order: self.next_order,
            command,
            refused: None,
        };
        self.next_order += 1;
        self.entries.push(Entry {
            kept,
            standing: Standing::Waiting,
        });
        true
    }

    /// The next command to send now, which is in flight from now on.
    pub fn next_due(&mut self, now: Moment) -> Option<ClientFrame<C>> {
        let id = self
            .heads()
            .find(|entry| {
                entry.standing == Standing::Waiting
                    && self
                        .lane(&entry.kept.command)
                        .is_none_or(|lane| lane.not_before <= now)
            })?
            .kept
            .id;
        let entry = self.entry_mut(id)?;
        entry.standing = Standing::InFlight;
        Some(ClientFrame {
            id,
            command: entry.kept.command.clone(),
        })
    }

    /// When a command that was sent back is to be tried again.
    #[must_use]
    pub fn wake_at(&self) -> Option<Moment> {
        self.heads()
            .filter(|entry| entry.standing == Standing::Waiting)
            .filter_map(|entry| self.lane(&entry.kept.command))
            .map(|lane| lane.not_before)
            .min()
    }

    /// The server has a command. Its entry goes, or stands for its event if that is after `last`, the last event
    /// that is shown. True if the id was in the outbox.
    pub fn acked(&mut self, ack: &Ack, last: Seq) -> bool {
        let lane_of = self.lane_of;
        let Some(entry) = self.entry_mut(ack.id) else {
            return false;
        };
        let key = lane_of(&entry.kept.command);
        match ack.seq {
            Some(seq) if seq > last => entry.standing = Standing::Done(seq),
            _ => self.remove(ack.id),
        }
        self.lanes.retain(|lane| lane.key != key);
        true
    }

    /// The server sent a command back: for later, or for good. True if the id was in the outbox.
    pub fn refused(&mut self, refused: &Refused, now: Moment, random: &mut Random) -> bool {
        let lane_of = self.lane_of;
        let Some(entry) = refused.id.and_then(|id| self.entry_mut(id)) else {
            return false;
        };
        if !refused.retry {
            entry.standing = Standing::Refused(refused.code);
            entry.kept.refused = Some(refused.code);
            return true;
        }
        entry.standing = Standing::Waiting;
        let key = lane_of(&entry.kept.command);
        if self.lanes.iter().all(|lane| lane.key != key) {
            self.lanes.push(Lane {
                key,
                backoff: Backoff::default(),
                not_before: now,
                code: refused.code,
            });
        }
        for lane in self.lanes.iter_mut().filter(|lane| lane.key == key) {
            lane.not_before = now.after_ms(lane.backoff.next_ms(random));
            lane.code = refused.code;
        }
        true
    }

    /// Removes an entry: its message was seen in the log, or the person at this end took it back.
    pub fn remove(&mut self, id: CommandId) {
        self.entries.retain(|entry| entry.kept.id != id);
    }

    /// Removes the entries whose events are shown up to `last`.
    pub fn shown_to(&mut self, last: Seq) {
        self.entries
            .retain(|entry| !matches!(entry.standing, Standing::Done(seq) if seq <= last));
    }

    /// Removes the entries that the server has: their log is not shown any more.
    pub fn forget_done(&mut self) {
        self.entries
            .retain(|entry| !matches!(entry.standing, Standing::Done(_)));
    }

    /// The connection is lost: what was in flight is sent again on the next one, at once.
    pub fn disconnected(&mut self) {
        for entry in &mut self.entries {
            if entry.standing == Standing::InFlight {
                entry.standing = Standing::Waiting;
            }
        }
        for lane in &mut self.lanes {
            lane.not_before = Moment::default();
        }
    }

    /// The first open entry of each lane.
    fn heads(&self) -> impl Iterator<Item = &Entry<C>> {
        let open =
            |entry: &&Entry<C>| matches!(entry.standing, Standing::Waiting | Standing::InFlight);
        self.entries
            .iter()
            .enumerate()
            .filter(move |(_, entry)| open(entry))
            .filter(move |(index, entry)| {
                let lane = (self.lane_of)(&entry.kept.command);
                self.entries[..*index]
                    .iter()
                    .filter(open)
                    .all(|earlier| (self.lane_of)(&earlier.kept.command) != lane)
            })
            .map(|(_, entry)| entry)
    }

    fn lane(&self, command: &C) -> Option<&Lane> {
        let key = (self.lane_of)(command);
        self.lanes.iter().find(|lane| lane.key == key)
    }

    fn entry_mut(&mut self, id: CommandId) -> Option<&mut Entry<C>> {
        self.entries.iter_mut().find(|entry| entry.kept.id == id)
    }
}

#[cfg(test)]
mod tests {
    use protocol::Timestamp;

    use super::*;

    /// Words in two lanes: upper case and lower case.
    fn lane_of(word: &&'static str) -> u128 {
        u128::from(word.starts_with(char::is_uppercase))
    }

    fn outbox(words: &[&'static str]) -> Outbox<&'static str> {
        let mut outbox = Outbox::new(lane_of, Vec::new());
        for (index, word) in words.iter().enumerate() {
            assert!(outbox.push(CommandId(index as u128), word));
        }
        outbox
    }

    #[track_caller]
    fn check_due(outbox: &mut Outbox<&'static str>, now: u64, words: &[&'static str]) {
        let mut due = Vec::new();
        while let Some(frame) = outbox.next_due(Moment(now)) {
            due.push(frame.command);
        }
        assert_eq!(due, words);
    }

    fn ack(id: u128, seq: Option<u64>) -> Ack {
        Ack {
            id: CommandId(id),
            seq: seq.map(Seq),
            at: Timestamp(0),
            receipt: None,
        }
    }

    fn refused(id: u128, code: RefusalCode) -> Refused {
        Refused::new(Some(CommandId(id)), code)
    }

    #[test]
    fn one_command_of_each_lane_is_in_flight_at_a_time() {
        let mut outbox = outbox(&["a", "b", "A", "c"]);
        check_due(&mut outbox, 0, &["a", "A"]);
        assert!(outbox.acked(&ack(0, None), Seq(0)));
        check_due(&mut outbox, 0, &["b"]);
        assert!(!outbox.acked(&ack(0, None), Seq(0)), "acked twice");
    }

    #[test]
    fn a_command_sent_back_is_tried_again_later_and_holds_up_only_its_lane() {
        let mut outbox = outbox(&["a", "b"]);
        check_due(&mut outbox, 0, &["a"]);
        assert!(outbox.refused(
            &refused(0, RefusalCode::Unavailable),
            Moment(0),
            &mut Random::new(1)
        ));
        assert_eq!(outbox.sent_back(), Some(RefusalCode::Unavailable));
        assert!(outbox.push(CommandId(9), "A"));
        check_due(&mut outbox, 0, &["A"]);
        let retry = outbox.wake_at().unwrap();
        assert!((500..=1_000).contains(&retry.0), "{retry:?}");
        check_due(&mut outbox, retry.0 - 1, &[]);
        check_due(&mut outbox, retry.0, &["a"]);
        assert_eq!(outbox.sent_back(), None, "it is on its way");
        outbox.acked(&ack(0, None), Seq(0));
        check_due(&mut outbox, retry.0, &["b"]);
        assert_eq!(outbox.wake_at(), None);
    }

    #[test]
    fn a_command_refused_for_good_stays_readable_and_lets_the_next_one_through() {
        let mut outbox = outbox(&["a", "b"]);
        check_due(&mut outbox, 0, &["a"]);
        outbox.refused(
            &refused(0, RefusalCode::TooLong),
            Moment(0),
            &mut Random::new(1),
        );
        check_due(&mut outbox, 0, &["b"]);
        let kept: Vec<_> = outbox
            .entries()
            .iter()
            .map(|entry| entry.kept.clone())
            .collect();
        let outbox = Outbox::new(lane_of, kept);
        assert_eq!(
            outbox.get(CommandId(0)).unwrap().standing,
            Standing::Refused(RefusalCode::TooLong)
        );
    }

    #[test]
    fn an_acked_command_stands_for_its_event_until_the_event_is_shown() {
        let mut outbox = outbox(&["a", "b"]);
        check_due(&mut outbox, 0, &["a"]);
        outbox.acked(&ack(0, Some(5)), Seq(4));
        assert_eq!(outbox.entries()[0].standing, Standing::Done(Seq(5)));
        check_due(&mut outbox, 0, &["b"]);
        outbox.shown_to(Seq(5));
        assert_eq!(outbox.entries().len(), 1);
        outbox.acked(&ack(1, Some(6)), Seq(6));
        assert_eq!(outbox.entries().len(), 0);
    }

    #[test]
    fn a_lost_connection_sends_what_was_in_flight_again() {
        let mut outbox = outbox(&["a", "b"]);
        check_due(&mut outbox, 0, &["a"]);
        outbox.disconnected();
        check_due(&mut outbox, 0, &["a"]);
    }

    #[test]
    fn what_was_kept_is_sent_in_the_order_it_was_given_after_a_reload() {
        let mut kept: Vec<_> = outbox(&["a", "b", "c"])
            .entries()
            .iter()
            .map(|entry| entry.kept.clone())
            .collect();
        kept.reverse();
        let mut outbox = Outbox::new(lane_of, kept);
        assert!(outbox.push(CommandId(7), "d"));
        assert!(!outbox.push(CommandId(0), "a"), "it is there already");
        for (id, word) in [(0, "a"), (1, "b"), (2, "c"), (7, "d")] {
            check_due(&mut outbox, 0, &[word]);
            outbox.acked(&ack(id, None), Seq(0));
        }
    }
}
