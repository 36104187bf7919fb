//! The assistant of a plan: how it behaves is written in the question, so that it is the same in every run.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use human_please::bot::{Answer, Bot, BotError, Question};
use human_please_tests::bot::words;
use tokio::sync::watch;

/// How a bot behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Answers,
    Offers,
    Errs,
    Panics,
    SaysNothing,
    /// It is silent until the plan lets it go, and then errs.
    Hangs,
}

impl Mood {
    pub const ALL: [Self; 6] = [
        Self::Answers,
        Self::Offers,
        Self::Errs,
        Self::Panics,
        Self::SaysNothing,
        Self::Hangs,
    ];

    /// The word that puts a bot into this mood.
    pub fn word(self) -> &'static str {
        match self {
            Self::Answers => "answer",
            Self::Offers => "offer",
            Self::Errs => "err",
            Self::Panics => "panic",
            Self::SaysNothing => "silent",
            Self::Hangs => "hang",
        }
    }

    fn of(text: &str) -> Self {
        let word = text.rsplit(' ').next().unwrap_or_default();
        let mut moods = Self::ALL.into_iter();
        moods
            .find(|mood| mood.word() == word)
            .unwrap_or(Self::Answers)
    }
}

/// A bot that behaves as each question says.
pub struct MoodyBot {
    hangs: watch::Sender<bool>,
    hold: Mutex<Hold>,
    freed: Condvar,
}

/// What keeps those who hang.
#[derive(Default)]
struct Hold {
    /// They may go.
    free: bool,
    /// How many servers' lives are over: those who hung in one of them have nobody to tell.
    lives: u64,
}

impl MoodyBot {
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            hangs: watch::channel(false).0,
            hold: Mutex::default(),
            freed: Condvar::new(),
        })
    }

    /// Whether it hangs, and word of it.
    pub fn hangs(&self) -> watch::Receiver<bool> {
        self.hangs.subscribe()
    }

    /// Lets a bot that hangs go, and every later one for as long as it is free.
    pub fn free(&self, free: bool) {
        self.lock().free = free;
        self.freed.notify_all();
        if free {
            // Before its thread says so: it does nothing else any more.
            self.hangs.send_replace(false);
        }
    }

    /// Lets those go who hang in a life that is over, and keeps nobody of the next.
    pub fn end_life(&self) {
        self.lock().lives += 1;
        self.freed.notify_all();
        self.hangs.send_replace(false);
    }

    fn hang(&self) {
        let mut hold = self.lock();
        let life = hold.lives;
        if !hold.free {
            self.hangs.send_replace(true);
        }
        while !hold.free && hold.lives == life {
            hold = self
                .freed
                .wait(hold)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Hold> {
        self.hold.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bot for MoodyBot {
    fn answer(&self, question: &Question) -> Result<Answer, BotError> {
        match Mood::of(&question.text) {
            Mood::Answers => Ok(words("An article says so.")),
            Mood::Offers => Ok(Answer {
                replies: vec![],
                offers_human: true,
                ..words("A person knows more.")
            }),
            Mood::Errs => Err(BotError("the index is gone".into())),
            // Without the panic's own words on the plan's screen.
            Mood::Panics => std::panic::resume_unwind(Box::new("a bot's bug")),
            Mood::SaysNothing => Ok(words(" ")),
            Mood::Hangs => {
                self.hang();
                Err(BotError("the plan let it go".into()))
            }
        }
    }
}
