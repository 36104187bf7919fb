//! Bots that behave as a story wants them to: well, badly, or not before they are told to.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use human_please::bot::{Answer, Bot, BotError, Question};
use tokio::sync::mpsc;

/// A bot that does what a closure does.
pub struct Scripted<F>(pub F);

impl<F: Fn(&Question) -> Result<Answer, BotError> + Send + Sync> Bot for Scripted<F> {
    fn answer(&self, question: &Question) -> Result<Answer, BotError> {
        (self.0)(question)
    }
}

/// Repeats what it was asked.
#[must_use]
pub fn echoing() -> Arc<dyn Bot> {
    Arc::new(Scripted(|question: &Question| {
        Ok(words(&format!("You said: {}", question.text)))
    }))
}

/// Says that it cannot.
#[must_use]
pub fn erring() -> Arc<dyn Bot> {
    Arc::new(Scripted(|_: &Question| {
        Err(BotError("the index is gone".into()))
    }))
}

/// Breaks.
#[must_use]
pub fn panicking() -> Arc<dyn Bot> {
    Arc::new(Scripted(|_: &Question| {
        panic!("a bot's bug, which the story wants")
    }))
}

/// Says nothing at all.
#[must_use]
pub fn speechless() -> Arc<dyn Bot> {
    Arc::new(Scripted(|_: &Question| Ok(words(" \n "))))
}

/// The words of an answer, without sources.
#[must_use]
pub fn words(text: &str) -> Answer {
    Answer {
        text: text.into(),
        sources: vec![],
        replies: vec![],
        offers_human: false,
    }
}

/// A bot that thinks until the story lets it speak.
#[must_use]
pub fn thinking() -> (Arc<dyn Bot>, Thoughts) {
    let (asked, was_asked) = mpsc::unbounded_channel();
    let (speak, may_speak): (Sender<String>, Receiver<String>) = channel();
    let may_speak = Mutex::new(may_speak);
    let bot = Scripted(move |question: &Question| {
        let _story_over = asked.send(question.text.clone());
        // When the story is over, it stops thinking: a runtime waits for such threads.
        match may_speak
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv()
        {
            Ok(text) => Ok(words(&text)),
            Err(_) => Err(BotError("the story is over".into())),
        }
    });
    (Arc::new(bot), Thoughts { was_asked, speak })
}

/// The story's end of a bot that thinks. Dropped, the bot stops thinking.
pub struct Thoughts {
    was_asked: mpsc::UnboundedReceiver<String>,
    speak: Sender<String>,
}

impl Thoughts {
    /// What it was asked next.
    pub async fn asked(&mut self) -> String {
        let asked = crate::socket::soon("the bot to be asked", self.was_asked.recv()).await;
        asked.expect("the bot is there as long as its server")
    }

    /// Lets it answer one question.
    pub fn speak(&self, text: &str) {
        self.speak
            .send(text.into())
            .expect("the bot is there as long as its server");
    }
}
