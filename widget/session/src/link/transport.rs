//! What a connection is made by: chosen by trying, and by what came through before on this page.

use crate::moment::Moment;

/// What carries the frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transport {
    /// A WebSocket.
    #[default]
    Socket,
    /// Server-sent events one way and posts the other, where no WebSocket comes through.
    Stream,
}

/// For this long after a WebSocket has failed, in milliseconds, a stream that came through is what is tried first.
pub const SOCKET_AGAIN_MS: u64 = 5 * 60 * 1_000;

/// What came through before is tried this often for each time that the other is: a server that is away fails both, and
/// says nothing about either.
const TRIES: u32 = 3;

/// The choice, and what it is made by.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    transport: Transport,
    /// What a server has answered by last; none on a page that was never answered.
    proven: Option<Transport>,
    /// Tries in a row that came to nothing.
    failures: u32,
    socket_failed_at: Option<Moment>,
}

impl Choice {
    /// What was chosen last.
    pub fn transport(&self) -> Transport {
        self.transport
    }

    /// Chooses for one more try. True if nobody knows whether it comes through at all and there is another way.
    pub fn choose(&mut self, now: Moment) -> bool {
        let is_barred = self
            .socket_failed_at
            .is_some_and(|at| now.since_ms(at) < SOCKET_AGAIN_MS);
        let first = match self.proven {
            Some(Transport::Stream) if is_barred => Transport::Stream,
            _ => Transport::Socket,
        };
        let tries = if self.proven == Some(first) { TRIES } else { 1 };
        self.transport = if self.failures % (tries + 1) < tries {
            first
        } else {
            first.other()
        };
        self.transport == Transport::Socket && self.proven != Some(Transport::Socket)
    }

    /// The server has answered.
    pub fn came_through(&mut self) {
        self.proven = Some(self.transport);
    }

    /// The connection lasted.
    pub fn settled(&mut self) {
        self.failures = 0;
    }

    /// Nothing came through, or not for long.
    pub fn failed(&mut self, now: Moment) {
        self.failures = self.failures.saturating_add(1);
        if self.transport == Transport::Socket {
            self.socket_failed_at = Some(now);
        }
    }

    /// Whether the other way is to be tried without a wait: the first try failed, and was one of a WebSocket where it
    /// is not known to come through.
    pub fn has_another_way(&self) -> bool {
        self.failures == 1
            && self.transport == Transport::Socket
            && self.proven != Some(Transport::Socket)
    }
}

impl Transport {
    fn other(self) -> Self {
        match self {
            Self::Socket => Self::Stream,
            Self::Stream => Self::Socket,
        }
    }
}
