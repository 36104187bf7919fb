//! What happens to the server of a plan: it is stopped, killed, put on a disk that fails, and on an older copy.

use std::collections::HashSet;

use human_please::store::sqlite::{backup, restore};
use protocol::{AgentFrame, CommandId, EventKind, VisitorFrame};

use super::World;
use crate::history::{Entry, Wish};
use crate::life::Life;
use crate::operation::ServerAct;
use crate::socket::Socket;
use crate::verdict::Kind;

impl World {
    pub fn server_acts(&mut self, act: ServerAct) {
        match act {
            ServerAct::Restart => {
                self.stop();
                self.start();
            }
            ServerAct::Kill { down_ms } => {
                self.kill();
                self.pass(down_ms);
                self.start();
            }
            ServerAct::KillAt(at) => self.ground.hand.stop_at(Some(at)),
            ServerAct::Fail(fails) => self.ground.hand.fail(fails),
            ServerAct::FreeBot => {
                self.ground.bot.free(true);
                self.run();
                self.ground.bot.free(false);
            }
            ServerAct::Backup => {
                let (database, copy) = (self.place.database(), self.place.copy());
                let _before = std::fs::remove_file(&copy);
                let copied = self.ground.elsewhere.block_on(backup(&database, &copy));
                copied.expect("a database can be copied while it is served");
            }
            ServerAct::Restore if self.place.copy().exists() => self.restore(),
            ServerAct::Restore => {}
        }
    }

    fn restore(&mut self) {
        self.stop();
        // What the old server said and nobody has read yet must not be taken for the new one's.
        self.lose_down();
        let stored = self.stored();
        self.check(&stored, None);
        let known: HashSet<_> = self.history.iter().flat_map(known_by).collect();
        // What pages know to be stored is theirs no longer, and is lost if it came after the copy, as whoever puts it back
        // is told. All else they still keep.
        let is_open =
            |entry: &Entry| matches!(entry, Entry::Asked { id, .. } if !known.contains(id));
        let stored_replies: Vec<_> = (self.history.iter())
            .filter(|entry| !is_open(entry))
            .filter_map(reply)
            .map(String::from)
            .collect();
        // A reply that was refused went back into its box, and may have been sent together with the next one.
        let is_in_another = |entry: &Entry| {
            reply(entry).is_some_and(|text| stored_replies.iter().any(|other| other.contains(text)))
        };
        self.history
            .retain(|entry| is_open(entry) && !is_in_another(entry));
        self.stop();
        let copy = self.place.copy();
        let database = self.place.begin_anew();
        let restored = self.ground.elsewhere.block_on(restore(&copy, &database));
        restored.expect("a copy can be put back");
        self.counts.restores += 1;
        self.start();
    }

    /// Stops the server as SIGTERM does.
    fn stop(&mut self) {
        if let Some(life) = &self.life {
            life.begin_to_stop();
            self.run();
        }
        if let Some(life) = self.life.take() {
            match life.stop() {
                Ok(()) => self.counts.restarts += 1,
                Err(stuck) => {
                    self.life = Some(stuck);
                    if !self.ground.hand.was_stuck() {
                        self.fault(Kind::Restless, "the server does not stop".into());
                    }
                    self.kill();
                }
            }
        }
    }

    pub(super) fn kill(&mut self) {
        let Some(life) = self.life.take() else {
            return;
        };
        self.counts.kills += 1;
        self.trace.add("the server is killed");
        self.place.go_on();
        life.end();
        if self.random.once_in(2) {
            self.lose_down();
        }
    }

    /// What the server wrote and nobody has read is lost.
    fn lose_down(&self) {
        for wire in &self.wires {
            if let Some(Socket { link, .. }) = &wire.socket {
                link.lose_down();
            }
        }
    }

    /// Starts the server, if it does not run.
    pub fn start(&mut self) {
        self.ground.hand.stop_at(None);
        if self.life.is_none() {
            self.life = Some(Life::start(&self.place.database(), &self.ground));
        }
    }
}

/// The reply that an agent wanted sent.
fn reply(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Asked {
            wish: Wish::Reply(_, text),
            ..
        } => Some(text),
        _ => None,
    }
}

/// The commands of which a page learned that they are stored.
fn known_by(entry: &Entry) -> Vec<CommandId> {
    let (ack, events) = match entry {
        Entry::VisitorTold { frame, .. } => match &**frame {
            VisitorFrame::Ack(ack) => (Some(ack), &[][..]),
            VisitorFrame::Event(event) => (None, std::slice::from_ref(event)),
            VisitorFrame::Welcome(welcome) => (None, &welcome.history.events[..]),
            VisitorFrame::History(page) => (None, &page.events[..]),
            _ => return vec![],
        },
        Entry::AgentTold { frame, .. } => match &**frame {
            AgentFrame::Ack(ack) => (Some(ack), &[][..]),
            AgentFrame::Event { event, .. } => (None, std::slice::from_ref(event)),
            AgentFrame::History { page, .. } => (None, &page.events[..]),
            _ => return vec![],
        },
        Entry::Asked { .. } => return vec![],
    };
    let messages = events.iter().filter_map(|event| match &event.kind {
        EventKind::Message(message) => Some(message.id),
        _ => None,
    });
    ack.map(|ack| ack.id).into_iter().chain(messages).collect()
}
