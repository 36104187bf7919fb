//! The assistant of a plan: how it behaves is written in the question, so that it is the same in every run.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

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
    asked: AtomicUsize,
    hangs: watch::Sender<bool>,
    /// Whether those who hang may go.
    free: Mutex<bool>,
    freed: Condvar,
}

impl MoodyBot {
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            asked: AtomicUsize::new(0),
            hangs: watch::channel(false).0,
            free: Mutex::new(false),
            freed: Condvar::new(),
        })
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Whether it hangs, and word of it.
    pub fn hangs(&self) -> watch::Receiver<bool> {
        self.hangs.subscribe()
    }

    /// Lets a bot that hangs go, and every later one for as long as it is free.
    pub fn free(&self, free: bool) {
        *self.free.lock().unwrap_or_else(PoisonError::into_inner) = free;
        self.freed.notify_all();
        if free {
            // Before its thread says so: it does nothing else any more.
            self.hangs.send_replace(false);
        }
    }

    fn hang(&self) {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if !*free {
            self.hangs.send_replace(true);
        }
        while !*free {
            free = self
                .freed
                .wait(free)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Bot for MoodyBot {
    fn answer(&self, question: &Question) -> Result<Answer, BotError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
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
