//! What waits to be sent to one connection, bounded: a client that does not read is closed, not buffered for.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::extract::ws::Utf8Bytes;
use protocol::CloseCode;
use tokio::sync::Notify;

/// The most bytes that wait for one connection: with what is being sent and the connection's own buffer, less than 1 MiB
/// however a client behaves.
pub const MAX_WAITING_BYTES: usize = 384 * 1024;

/// The most bytes that are taken out to be sent at once, if one frame is not longer.
const MAX_TAKEN_BYTES: usize = 64 * 1024;

/// One connection's outgoing frames. The socket's task owns the socket; everybody else holds this.
#[derive(Default)]
pub struct Outbox {
    waiting: Mutex<Waiting>,
    changed: Notify,
}

#[derive(Default)]
struct Waiting {
    frames: VecDeque<Utf8Bytes>,
    bytes: usize,
    closed: Option<CloseCode>,
}

/// What a socket's task is to do next.
#[derive(Debug)]
pub enum Next {
    /// Send these and come back.
    Send(VecDeque<Utf8Bytes>),
    /// Close with this code.
    Close(CloseCode),
}

impl Outbox {
    /// Adds a frame. If too much waits already, everything is dropped and the connection is closed as slow: the
    /// client finds what it missed in the history.
    pub fn push(&self, frame: Utf8Bytes) {
        let mut waiting = self.lock();
        if waiting.closed.is_some() {
            return;
        }
        waiting.bytes += frame.len();
        if waiting.bytes > MAX_WAITING_BYTES {
            *waiting = Waiting {
                closed: Some(CloseCode::Slow),
                ..Waiting::default()
            };
        } else {
            waiting.frames.push_back(frame);
        }
        // Only the first frame finds the task asleep.
        if waiting.frames.len() <= 1 {
            self.changed.notify_one();
        }
    }

    /// Closes the connection once what waits is sent.
    pub fn close(&self, code: CloseCode) {
        let mut waiting = self.lock();
        waiting.closed.get_or_insert(code);
        self.changed.notify_one();
    }

    /// Waits for something to do. Cancel safe: nothing is taken before it is returned.
    pub async fn next(&self) -> Next {
        loop {
            if let Some(next) = self.take() {
                return next;
            }
            self.changed.notified().await;
        }
    }

    /// What is to be done, if anything is.
    pub fn take(&self) -> Option<Next> {
        let mut waiting = self.lock();
        if waiting.frames.is_empty() {
            return waiting.closed.map(Next::Close);
        }
        let mut taken = 0;
        let mut fits = |frame: &Utf8Bytes| {
            taken += frame.len();
            taken <= MAX_TAKEN_BYTES
        };
        let number = waiting
            .frames
            .iter()
            .take_while(|frame| fits(frame))
            .count();
        let rest = waiting.frames.split_off(number.max(1));
        let frames = std::mem::replace(&mut waiting.frames, rest);
        waiting.bytes -= frames.iter().map(|frame| frame.len()).sum::<usize>();
        Some(Next::Send(frames))
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(length: usize) -> Utf8Bytes {
        "x".repeat(length).into()
    }

    #[tokio::test]
    async fn frames_come_out_in_order_and_then_the_close() {
        let outbox = Outbox::default();
        outbox.push("1".into());
        outbox.push("2".into());
        outbox.close(CloseCode::Restart);
        outbox.push("3".into());
        let Next::Send(frames) = outbox.next().await else {
            panic!("frames come first")
        };
        assert_eq!(frames, ["1", "2"]);
        assert!(matches!(
            outbox.next().await,
            Next::Close(CloseCode::Restart)
        ));
    }

    #[tokio::test]
    async fn a_reader_that_is_too_slow_is_closed_and_holds_no_memory() {
        let outbox = Outbox::default();
        for _ in 0..=MAX_WAITING_BYTES / 1024 {
            outbox.push(frame(1024));
        }
        assert!(matches!(outbox.next().await, Next::Close(CloseCode::Slow)));
        assert_eq!(outbox.lock().bytes, 0);
        outbox.push(frame(1));
        assert!(
            matches!(outbox.next().await, Next::Close(CloseCode::Slow)),
            "it stays closed"
        );
    }

    /// S7: what is being sent counts beside what waits.
    #[tokio::test]
    async fn little_is_taken_out_at_once_and_nothing_is_left_behind() {
        let outbox = Outbox::default();
        for length in [MAX_TAKEN_BYTES - 1, 2, 1, MAX_TAKEN_BYTES + 1, 1] {
            outbox.push(frame(length));
        }
        outbox.close(CloseCode::Restart);
        for lengths in [
            vec![MAX_TAKEN_BYTES - 1],
            vec![2, 1],
            vec![MAX_TAKEN_BYTES + 1],
            vec![1],
        ] {
            let Next::Send(frames) = outbox.next().await else {
                panic!("frames come first")
            };
            let taken: Vec<usize> = frames.iter().map(|frame| frame.len()).collect();
            assert_eq!(taken, lengths);
        }
        assert_eq!(outbox.lock().bytes, 0);
        assert!(matches!(
            outbox.next().await,
            Next::Close(CloseCode::Restart)
        ));
    }

    #[tokio::test]
    async fn a_sleeping_task_is_woken_by_a_frame() {
        let outbox = std::sync::Arc::new(Outbox::default());
        let sleeper = tokio::spawn({
            let outbox = std::sync::Arc::clone(&outbox);
            async move { matches!(outbox.next().await, Next::Send(frames) if frames.len() == 1) }
        });
        tokio::task::yield_now().await;
        outbox.push("1".into());
        assert!(sleeper.await.unwrap());
    }
}
