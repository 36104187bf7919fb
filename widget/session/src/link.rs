//! The life of a connection: when to connect and by what, when to ask whether the server is still there, when to give up
//! on a connection, and when to try again.
//!
//! The page does what the steps say and reports what happened. After it was told to connect or to close, it
//! reports nothing of an older connection any more.

mod transport;

use protocol::CloseCode;

use crate::backoff::Backoff;
use crate::moment::Moment;
use crate::random::Random;

pub use transport::Transport;

use transport::Choice;

/// A connection that is not open, or not greeted, after this long is given up, in milliseconds.
pub const OPENING_MS: u64 = 10_000;

/// The same for the opening of a WebSocket where none has come through yet, in milliseconds: some networks swallow
/// them, and the other way is open.
pub const TRIAL_MS: u64 = 5_000;

/// After something happened that may have cut the connection, the server has this long to answer, in milliseconds.
pub const PROBE_MS: u64 = 5_000;

/// A connection that lived this long, in milliseconds, was a success: the waits begin again after it. A server that
/// greets and then hangs up is not asked every second.
pub const SETTLED_MS: u64 = 10_000;

/// Clients come back within this span, in milliseconds, after a server restarts.
pub const RESTART_SPREAD_MS: u64 = 4_000;

/// Clients come back within this span, in milliseconds, after a connection that had settled is lost: as likely as not
/// everybody has lost theirs in the same moment.
pub const LOST_SPREAD_MS: u64 = 2_000;

/// The shortest wait of those who come back spread out, in milliseconds.
const LEAST_MS: u64 = 200;

/// How the connection stands, for the person at this end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// The first connection is on its way.
    Connecting {
        /// Since then.
        since: Moment,
    },
    /// The server has greeted, and what is sent arrives.
    Live,
    /// The connection was lost, or could not be made.
    Reconnecting {
        /// Since then.
        since: Moment,
        /// When it is tried next; none while it is being tried.
        next_try: Option<Moment>,
    },
    /// It is not tried again: the page has to be loaded again, or the agent has to sign in again.
    Stopped(CloseCode),
}

/// What the page is to do with the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStep {
    /// Open a connection.
    Connect,
    /// Send a `ping`.
    Ping,
    /// Close the connection and forget it.
    Close,
}

/// The state of one client's connection.
#[derive(Debug, Clone)]
pub struct Link {
    phase: Phase,
    backoff: Backoff,
    choice: Choice,
    /// Since when there is no connection that works.
    apart_since: Moment,
    failed: bool,
}

#[derive(Debug, Clone, Copy)]
enum Phase {
    Apart { at: Moment },
    Opening { until: Moment },
    Greeting { until: Moment, answered: bool },
    Live(Live),
    Stopped(CloseCode),
}

#[derive(Debug, Clone, Copy)]
struct Live {
    heartbeat_ms: u64,
    since: Moment,
    sent: Moment,
    heard: Moment,
    /// Until then something must be heard.
    answer_by: Option<Moment>,
}

impl Live {
    fn ping_at(&self) -> Moment {
        // A client that only sends must ask too: nothing that it sends need be answered.
        self.sent.min(self.heard).after_ms(self.heartbeat_ms)
    }

    /// Whether the server has heard nothing for so long that it has given this connection up, however it looks from
    /// here: the page slept.
    fn is_given_up(&self, now: Moment) -> bool {
        now.since_ms(self.sent) >= 2 * self.heartbeat_ms
    }
}

impl Link {
    /// A link that connects as soon as it is woken.
    #[must_use]
    pub fn new(now: Moment) -> Self {
        Self {
            phase: Phase::Apart { at: now },
            backoff: Backoff::default(),
            choice: Choice::default(),
            apart_since: now,
            failed: false,
        }
    }

    /// How it stands.
    #[must_use]
    pub fn state(&self) -> LinkState {
        let next_try = match self.phase {
            Phase::Live(_) => return LinkState::Live,
            Phase::Stopped(code) => return LinkState::Stopped(code),
            Phase::Apart { at } => Some(at),
            Phase::Opening { .. } | Phase::Greeting { .. } => None,
        };
        let since = self.apart_since;
        if self.failed {
            LinkState::Reconnecting { since, next_try }
        } else {
            LinkState::Connecting { since }
        }
    }

    /// What the connection is made by.
    #[must_use]
    pub fn transport(&self) -> Transport {
        self.choice.transport()
    }

    /// Whether the server has greeted.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self.phase, Phase::Live(_))
    }

    /// Whether `hello` was sent and not answered.
    #[must_use]
    pub fn is_greeting(&self) -> bool {
        matches!(self.phase, Phase::Greeting { .. })
    }

    /// The connection is open: send `hello`.
    pub fn connected(&mut self, now: Moment) {
        self.phase = Phase::Greeting {
            until: now.after_ms(OPENING_MS),
            answered: false,
        };
    }

    /// The server has greeted, and named its heartbeat.
    pub fn greeted(&mut self, heartbeat_ms: u32, now: Moment) {
        self.failed = false;
        self.choice.came_through();
        self.phase = Phase::Live(Live {
            // A heartbeat of nothing would be a ping without end.
            heartbeat_ms: u64::from(heartbeat_ms).max(1_000),
            since: now,
            sent: now,
            heard: now,
            answer_by: None,
        });
    }

    /// A frame came in.
    pub fn heard(&mut self, now: Moment) {
        match &mut self.phase {
            Phase::Live(live) => {
                live.heard = now;
                live.answer_by = None;
            }
            Phase::Greeting { answered, .. } => *answered = true,
            _ => {}
        }
    }

    /// A frame went out.
    pub fn sent(&mut self, now: Moment) {
        if let Phase::Live(live) = &mut self.phase {
            live.sent = now;
        }
    }

    /// The connection ended, with the number of the close frame if there was one.
    pub fn closed(&mut self, number: Option<u16>, now: Moment, random: &mut Random) {
        let code = number.and_then(CloseCode::from_number);
        match code {
            Some(code) if !code.reconnect() => self.phase = Phase::Stopped(code),
            _ => self.retry(code, now, random),
        }
    }

    /// The connection is of no use and is given up: close it. It is tried again later.
    pub fn give_up(&mut self, now: Moment, random: &mut Random) -> LinkStep {
        self.retry(None, now, random);
        LinkStep::Close
    }

    /// The connection is closed to begin a new one at once: close it.
    pub fn again(&mut self, now: Moment) -> LinkStep {
        self.leave_live(now);
        self.phase = Phase::Apart { at: now };
        LinkStep::Close
    }

    /// The server has nothing for this client: close the connection and do not try again.
    pub fn stop(&mut self, code: CloseCode) -> LinkStep {
        self.phase = Phase::Stopped(code);
        LinkStep::Close
    }

    /// The network changed, or the page came back into view: try now, or ask whether the server is still there.
    pub fn nudge(&mut self, now: Moment) -> Option<LinkStep> {
        match &mut self.phase {
            Phase::Apart { at } => {
                *at = now;
                None
            }
            Phase::Live(live) if live.is_given_up(now) => Some(self.again(now)),
            Phase::Live(live) if live.answer_by.is_none_or(|by| by > now.after_ms(PROBE_MS)) => {
                live.answer_by = Some(now.after_ms(PROBE_MS));
                Some(LinkStep::Ping)
            }
            _ => None,
        }
    }

    /// Time has passed. To be called until it returns nothing.
    pub fn wake(&mut self, now: Moment, random: &mut Random) -> Option<LinkStep> {
        match &mut self.phase {
            Phase::Apart { at } if *at <= now => {
                let is_trial = self.choice.choose(now);
                let patience_ms = if is_trial { TRIAL_MS } else { OPENING_MS };
                self.phase = Phase::Opening {
                    until: now.after_ms(patience_ms),
                };
                Some(LinkStep::Connect)
            }
            Phase::Opening { until } | Phase::Greeting { until, .. } if *until <= now => {
                Some(self.give_up(now, random))
            }
            // A page that slept for too long begins anew: there is nobody to ask any more.
            Phase::Live(live) if live.is_given_up(now) => Some(self.again(now)),
            Phase::Live(live) => match live.answer_by {
                Some(by) if by <= now => Some(self.give_up(now, random)),
                // A page that slept for a while wakes up late: it asks first, and waits for the answer.
                None if live.ping_at() <= now => {
                    live.answer_by = Some(now.after_ms(live.heartbeat_ms));
                    Some(LinkStep::Ping)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// When to be woken.
    #[must_use]
    pub fn wake_at(&self) -> Option<Moment> {
        match &self.phase {
            Phase::Apart { at } => Some(*at),
            Phase::Opening { until } | Phase::Greeting { until, .. } => Some(*until),
            Phase::Live(live) => Some(live.answer_by.unwrap_or_else(|| live.ping_at())),
            Phase::Stopped(_) => None,
        }
    }

    fn retry(&mut self, code: Option<CloseCode>, now: Moment, random: &mut Random) {
        // Nothing is heard of a connection that was closed from here.
        if matches!(self.phase, Phase::Apart { .. } | Phase::Stopped(_)) {
            return;
        }
        let had_settled = match self.phase {
            Phase::Live(live) => now.since_ms(live.since) >= SETTLED_MS,
            _ => false,
        };
        let answered = matches!(self.phase, Phase::Greeting { answered: true, .. });
        if had_settled {
            self.backoff.reset();
            self.choice.settled();
        } else if code.is_none() && !answered {
            self.choice.failed(now);
        }
        self.leave_live(now);
        let wait_ms = if code == Some(CloseCode::Restart) {
            LEAST_MS + random.below(RESTART_SPREAD_MS)
        } else if had_settled {
            LEAST_MS + random.below(LOST_SPREAD_MS)
        } else if self.choice.has_another_way() {
            self.phase = Phase::Apart { at: now };
            return;
        } else {
            self.backoff.next_ms(random)
        };
        self.failed = true;
        self.phase = Phase::Apart {
            at: now.after_ms(wait_ms),
        };
    }

    fn leave_live(&mut self, now: Moment) {
        if self.is_live() {
            self.apart_since = now;
        }
    }
}

#[cfg(test)]
mod storm;
#[cfg(test)]
mod tests;
