//! Bots: anything automatic that answers. A bot is a guest (G7): it is shown stored, masked history and gives back
//! words. It runs on a thread of its own against a deadline, so that its failure never holds anybody up.

pub mod article;
pub mod knowledge;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use protocol::{Author, Source};
use tokio::sync::Semaphore;

/// How long a bot may take for one answer. Ten seconds are required at most; people leave a chat that is silent for
/// longer, and a person could have been asked.
pub const DEADLINE: Duration = Duration::from_secs(10);

/// The most bots that answer at the same time. A bot that hangs keeps its thread for ever, because a thread cannot
/// be stopped from outside: this bounds how many threads that can cost.
const SEATS_AT_ONCE: usize = 16;

static SEATS: Semaphore = Semaphore::const_new(SEATS_AT_ONCE);

/// What a bot is asked. It has no `Debug`: what people write is not for logs.
pub struct Question {
    /// The visitor's newest message, masked.
    pub text: String,
    /// What was said before it, oldest first, masked.
    pub history: Vec<Turn>,
}

/// One earlier message of the conversation.
pub struct Turn {
    /// Who wrote it.
    pub author: Author,
    /// What they wrote.
    pub text: String,
}

/// What a bot says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Text, never markup.
    pub text: String,
    /// The articles it is taken from.
    pub sources: Vec<Source>,
    /// Answers that it suggests; what is more than a message may carry is cut.
    pub replies: Vec<String>,
    /// Whether the message comes with an offer of a person, because the bot cannot help or was asked for one.
    pub offers_human: bool,
}

/// Anything automatic that answers.
pub trait Bot: Send + Sync {
    /// Answers the visitor's newest message. May block; [`ask`] gives it a thread and a deadline.
    ///
    /// # Errors
    ///
    /// [`BotError`] if it cannot answer for a reason of its own. Not knowing the answer is no error.
    fn answer(&self, question: &Question) -> Result<Answer, BotError>;
}

/// Why a bot could not answer. For the log: it must not quote what people wrote.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct BotError(#[from] pub Box<dyn Error + Send + Sync>);

/// How a bot failed to answer. The visitor is told that it failed and is offered a person.
#[derive(Debug, thiserror::Error)]
pub enum BotFailure {
    /// It said so itself.
    #[error("the bot erred: {0}")]
    Erred(#[from] BotError),
    /// It panicked.
    #[error("the bot panicked")]
    Panicked,
    /// It was silent for longer than [`DEADLINE`].
    #[error("the bot did not answer within {} s", DEADLINE.as_secs())]
    TimedOut,
}

/// Has a bot answer, on a thread of its own and within [`DEADLINE`].
///
/// Waiting for a free thread counts as the bot's time. A bot that is late is not waited for; what it says then is
/// dropped.
///
/// # Errors
///
/// [`BotFailure`] if it errs, panics or is late.
pub async fn ask(bot: Arc<dyn Bot>, question: Question) -> Result<Answer, BotFailure> {
    let answering = async {
        let seat = SEATS.acquire().await.expect("the seats are never closed");
        tokio::task::spawn_blocking(move || {
            let _kept_until_answered = seat;
            bot.answer(&question)
        })
        .await
    };
    match tokio::time::timeout(DEADLINE, answering).await {
        Ok(Ok(answer)) => Ok(answer?),
        // The task is never cancelled, so it can only have panicked. The payload may quote the visitor: not kept.
        Ok(Err(_panic)) => Err(BotFailure::Panicked),
        Err(_late) => Err(BotFailure::TimedOut),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    fn question() -> Question {
        Question {
            text: "Is my order on its way?".into(),
            history: Vec::new(),
        }
    }

    struct Answering<F>(F);

    impl<F: Fn() -> Result<Answer, BotError> + Send + Sync> Bot for Answering<F> {
        fn answer(&self, _: &Question) -> Result<Answer, BotError> {
            (self.0)()
        }
    }

    #[tokio::test]
    async fn an_answer_in_time_is_passed_on() {
        let said = Answer {
            text: "Orders leave within a day.".into(),
            sources: Vec::new(),
            replies: vec![],
            offers_human: false,
        };
        let bot = Answering({
            let said = said.clone();
            move || Ok(said.clone())
        });
        assert_eq!(ask(Arc::new(bot), question()).await.unwrap(), said);
    }

    #[tokio::test]
    async fn an_error_and_a_panic_are_told_apart() {
        let erring = Answering(|| Err(BotError("the index is gone".into())));
        let failure = ask(Arc::new(erring), question()).await.unwrap_err();
        assert_eq!(failure.to_string(), "the bot erred: the index is gone");

        let panicking = Answering(|| panic!("a bug"));
        let failure = ask(Arc::new(panicking), question()).await.unwrap_err();
        assert!(matches!(failure, BotFailure::Panicked));
    }

    #[tokio::test(start_paused = true)]
    async fn a_bot_that_hangs_is_not_waited_for() {
        let (started, mut has_started) = tokio::sync::mpsc::channel(1);
        let (release, hold): (Sender<()>, Receiver<()>) = channel();
        let hold = Mutex::new(hold);
        let hanging = Answering(move || {
            started.blocking_send(()).unwrap();
            let _released = hold.lock().unwrap().recv();
            Err(BotError("too late".into()))
        });
        let asking = tokio::spawn(ask(Arc::new(hanging), question()));
        has_started.recv().await.unwrap();

        tokio::time::advance(DEADLINE - Duration::from_millis(1)).await;
        assert!(!asking.is_finished());
        tokio::time::advance(Duration::from_millis(2)).await;
        assert!(matches!(asking.await.unwrap(), Err(BotFailure::TimedOut)));
        // Lets the thread end, which the runtime waits for.
        drop(release);
    }
}
