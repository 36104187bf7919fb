//! Where the assistants of a plan wait with their answers: they think on threads of their own, and which of them is done first
//! must not be a matter of threads. Each is let out when the server has done all that there was to do.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use human_please::bot::{Answer, Bot, BotError, Question};
use tokio::sync::watch;

/// The gate of one server's life.
pub struct Gate {
    /// How many answers have come to it.
    come: watch::Sender<u64>,
    open: Mutex<Open>,
    opened: Condvar,
}

#[derive(Default)]
struct Open {
    /// So many answers may leave, in the order in which they have come.
    up_to: u64,
    /// The life is over: all may leave.
    for_good: bool,
}

impl Gate {
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            come: watch::channel(0).0,
            open: Mutex::default(),
            opened: Condvar::new(),
        })
    }

    /// Waits until an answer stands here.
    pub async fn next(&self) {
        let left = self.lock().up_to;
        // The sender is ours.
        let _ = self.come.subscribe().wait_for(|come| *come > left).await;
    }

    /// Lets out the next one.
    pub fn let_one_out(&self) {
        self.lock().up_to += 1;
        self.opened.notify_all();
    }

    /// Lets all out, who have nobody to tell any more.
    pub fn open_for_good(&self) {
        self.lock().for_good = true;
        self.opened.notify_all();
    }

    fn is_open_for_good(&self) -> bool {
        self.lock().for_good
    }

    fn wait(&self) {
        let mut open = self.lock();
        let mut number = 0;
        self.come.send_modify(|come| {
            *come += 1;
            number = *come;
        });
        while open.up_to < number && !open.for_good {
            open = self
                .opened
                .wait(open)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A bot whose answers wait at a gate.
pub struct GatedBot {
    pub bot: Arc<dyn Bot>,
    pub gate: Arc<Gate>,
}

impl Bot for GatedBot {
    fn answer(&self, question: &Question) -> Result<Answer, BotError> {
        // Whoever comes to think only when the life is over keeps no thread, and says nothing to the next.
        if self.gate.is_open_for_good() {
            return Err(BotError("the life is over".into()));
        }
        let _leaving = Leaving(&self.gate);
        self.bot.answer(question)
    }
}

/// Waits at the gate at last, if the bot has panicked too.
struct Leaving<'a>(&'a Gate);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        self.0.wait();
    }
}
