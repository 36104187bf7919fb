//! What waits to be sent: in order, bounded, each thing from its own time on.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;

/// The most that waits. A notice is of use for a minute, so when there is more, the oldest goes.
pub const MOST: usize = 256;

/// What waits, and how much is under way.
pub struct Queue<T> {
    state: Mutex<State<T>>,
    changed: Notify,
}

struct State<T> {
    waiting: VecDeque<(Instant, T)>,
    under_way: usize,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                under_way: 0,
            }),
            changed: Notify::new(),
        }
    }
}

impl<T> Queue<T> {
    /// Adds a thing that may be taken from `due` on. Gives the oldest, which had to go for it, if there were too many.
    pub fn put(&self, due: Instant, thing: T) -> Option<T> {
        let mut state = self.lock();
        let dropped = (state.waiting.len() >= MOST).then(|| state.waiting.pop_front());
        state.waiting.push_back((due, thing));
        drop(state);
        self.changed.notify_one();
        dropped.flatten().map(|(_, thing)| thing)
    }

    /// Takes the first thing that is due; say when it is [`done`](Self::done).
    pub fn take(&self) -> Option<T> {
        let mut state = self.lock();
        let now = Instant::now();
        let first = state.waiting.iter().position(|(due, _)| *due <= now)?;
        state.under_way += 1;
        state.waiting.remove(first).map(|(_, thing)| thing)
    }

    /// A thing that was taken is under way no more.
    pub fn done(&self) {
        self.lock().under_way -= 1;
    }

    /// Waits until something is due, or more was put.
    pub async fn until_due(&self) {
        let changed = self.changed.notified();
        let next = self.lock().waiting.iter().map(|(due, _)| *due).min();
        match next {
            None => changed.await,
            Some(due) => tokio::select! {
                () = changed => {}
                () = tokio::time::sleep_until(due) => {}
            },
        }
    }

    /// How many things wait or are under way.
    pub fn left(&self) -> usize {
        let state = self.lock();
        state.waiting.len() + state.under_way
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn things_are_taken_in_order_and_not_before_their_time() {
        let queue = Queue::default();
        let now = Instant::now();
        queue.put(now + Duration::from_secs(5), "later");
        queue.put(now, "first");
        queue.put(now, "second");
        assert_eq!(queue.take(), Some("first"));
        assert_eq!(queue.take(), Some("second"));
        assert_eq!(queue.take(), None);
        assert_eq!(queue.left(), 3);
        queue.done();
        queue.done();
        // What was put before is told once; then it is time that passes.
        while queue.take().is_none() {
            queue.until_due().await;
        }
        assert_eq!(now.elapsed(), Duration::from_secs(5));
        queue.done();
        assert_eq!(queue.left(), 0);
    }

    #[tokio::test]
    async fn when_there_is_too_much_the_oldest_goes() {
        let queue = Queue::default();
        let now = Instant::now();
        for number in 0..MOST {
            assert_eq!(queue.put(now, number), None);
        }
        assert_eq!(queue.put(now, MOST), Some(0));
        assert_eq!(queue.left(), MOST);
        assert_eq!(queue.take(), Some(1));
    }
}
