//! Asks the bots. A bot is a guest (G7): it is given stored, masked history, it has ten seconds, and whatever it
//! does, it does through the same rules as everybody else.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use desk::{BotAction, Command};
use protocol::{
    Author, CommandId, ConversationId, Event, EventKind, RefusalCode, Seq, Typing, VisitorFrame,
};
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::TaskTracker;

use super::{CommandJob, Job, Reply, unavailable, wire};
use crate::bot::{self, Bot, Question, Turn};
use crate::hub::Hub;
use crate::outbox::Outbox;
use crate::redact::{masked_replies, redact};
use crate::secret::random_id;
use crate::store::{Page, SiteId, Store, StoreError};

/// How long after the store has failed a bot's answer is tried again.
const AGAIN: Duration = Duration::from_secs(2);

/// Bots that answer, and the conversations that they answer in now.
#[derive(Clone)]
pub struct Assistants {
    bots: Arc<HashMap<SiteId, Arc<dyn Bot>>>,
    store: Arc<dyn Store>,
    hub: Arc<Hub>,
    jobs: mpsc::WeakSender<Job>,
    tasks: TaskTracker,
    /// The conversations that a bot is answering in.
    running: Arc<Mutex<HashMap<ConversationId, Running>>>,
}

/// An answer that is on its way.
struct Running {
    /// The visitor's newest message.
    newest: Seq,
    /// The visitor was told that the bot writes.
    typing: bool,
}

/// When to answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum If {
    Always,
    Unanswered,
}

impl Assistants {
    pub fn new(
        bots: HashMap<SiteId, Arc<dyn Bot>>,
        store: Arc<dyn Store>,
        hub: Arc<Hub>,
        jobs: mpsc::WeakSender<Job>,
        tasks: TaskTracker,
    ) -> Self {
        Self {
            bots: Arc::new(bots),
            store,
            hub,
            jobs,
            tasks,
            running: Arc::default(),
        }
    }

    /// Has the bot answer the visitor's message `seq`. One answer at a time for each conversation; what comes in
    /// between is answered next, the newest only.
    pub fn ask(&self, site: SiteId, conversation: ConversationId, seq: Seq) {
        self.begin(site, conversation, seq, If::Always);
    }

    /// Has the bot answer if the visitor has the last word.
    pub fn ask_if_unanswered(&self, site: SiteId, conversation: ConversationId, last_seq: Seq) {
        self.begin(site, conversation, last_seq, If::Unanswered);
    }

    /// Says that the bot has answered everything up to `answered`; asks it again if the visitor has written since.
    pub fn done(&self, site: SiteId, conversation: ConversationId, answered: Seq) {
        let ended = self.lock().remove(&conversation);
        if let Some(ended) = ended.filter(|ended| ended.newest > answered) {
            self.ask(site, conversation, ended.newest);
        }
    }

    /// Tells a visitor's new connection if the bot writes at this moment.
    pub fn show_typing(&self, conversation: ConversationId, outbox: &Outbox) {
        // With the lock kept, or that it has stopped could come before that it writes.
        let running = self.lock();
        if running.get(&conversation).is_some_and(|it| it.typing) {
            outbox.push(typing_frame(true));
        }
    }

    fn begin(&self, site: SiteId, conversation: ConversationId, seq: Seq, when: If) {
        match self.lock().entry(conversation) {
            Entry::Occupied(mut running) => {
                if when == If::Always {
                    running.get_mut().newest = seq;
                }
                return;
            }
            Entry::Vacant(idle) => {
                idle.insert(Running {
                    newest: seq,
                    typing: false,
                });
            }
        }
        let this = self.clone();
        self.tasks
            .spawn(async move { this.answer(site, conversation, seq, when).await });
    }

    async fn answer(&self, site: SiteId, conversation: ConversationId, asked: Seq, when: If) {
        let mut answered = asked;
        let action = match self.question(conversation, when).await {
            Ok(None) => None,
            Ok(Some((seq, question))) => {
                answered = answered.max(seq);
                Some(self.action(site, conversation, question).await)
            }
            Err(error) => {
                unavailable(&error);
                Some(BotAction::Fail)
            }
        };
        if let Some(action) = action {
            self.act(site, conversation, action).await;
        }
        let Some(jobs) = self.jobs.upgrade() else {
            return;
        };
        let _stopping = jobs
            .send(Job::BotDone {
                site,
                conversation,
                answered,
            })
            .await;
    }

    /// Has the bot's action done. While nothing can be stored it is tried again: nobody else would, and the visitor waits
    /// for an answer, or to hear that there is none.
    async fn act(&self, site: SiteId, conversation: ConversationId, action: BotAction) {
        let id = match &action {
            BotAction::Say { id, .. } => Some(*id),
            BotAction::HandOver | BotAction::Fail => None,
        };
        while let Some(jobs) = self.jobs.upgrade() {
            let (reply, answer) = oneshot::channel();
            let job = CommandJob {
                site,
                id,
                opened_by: None,
                command: Command::Bot {
                    conversation,
                    action: action.clone(),
                },
                reply: Reply::Caller(reply),
            };
            let stopping = jobs.send(Job::Command(job)).await.is_err();
            if stopping || !matches!(answer.await, Ok(Err(RefusalCode::Unavailable))) {
                return;
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn action(
        &self,
        site: SiteId,
        conversation: ConversationId,
        question: Question,
    ) -> BotAction {
        let Some(bot) = self.bots.get(&site).cloned() else {
            // The site has lost its assistant since the visitor wrote.
            metrics::counter!("human_please_bot_failures_total").increment(1);
            return BotAction::Fail;
        };
        self.tell_typing(conversation, true);
        let answer = bot::ask(bot, question).await;
        self.tell_typing(conversation, false);
        match answer {
            Ok(answer) => match protocol::checked_text(&answer.text) {
                Ok(text) => BotAction::Say {
                    id: CommandId(random_id()),
                    text: redact(&text).into_owned(),
                    sources: answer.sources,
                    replies: masked_replies(&answer.replies),
                    offers_human: answer.offers_human,
                },
                Err(error) => {
                    tracing::warn!(?error, "the assistant's answer is no message");
                    BotAction::Fail
                }
            },
            Err(failure) => {
                tracing::warn!(%failure, "the assistant did not answer");
                metrics::counter!("human_please_bot_failures_total").increment(1);
                BotAction::Fail
            }
        }
    }

    /// The visitor's newest message, its place, and what was said before it.
    async fn question(
        &self,
        conversation: ConversationId,
        when: If,
    ) -> Result<Option<(Seq, Question)>, StoreError> {
        let page = self
            .store
            .history(conversation, Page::After(Seq(0)))
            .await?;
        let last = page.events.last().map(|event| event.seq);
        let mut turns: Vec<(Seq, Turn)> = page.events.into_iter().filter_map(turn_of).collect();
        let Some(newest) = turns
            .iter()
            .rposition(|(_, turn)| turn.author == Author::Visitor {})
        else {
            return Ok(None);
        };
        // Whatever has come after it, the bot owes nothing any more: it has answered or failed, or the visitor has asked
        // for a person instead. Or else each reload of the page would have it speak, or fail, again.
        if when == If::Unanswered && last != Some(turns[newest].0) {
            return Ok(None);
        }
        turns.truncate(newest + 1);
        Ok(turns.pop().map(|(seq, turn)| {
            let history = turns.into_iter().map(|(_, turn)| turn).collect();
            (
                seq,
                Question {
                    text: turn.text,
                    history,
                },
            )
        }))
    }

    fn tell_typing(&self, conversation: ConversationId, on: bool) {
        let mut running = self.lock();
        if let Some(running) = running.get_mut(&conversation) {
            running.typing = on;
        }
        self.hub.tell_visitors(conversation, &typing_frame(on));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ConversationId, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn typing_frame(on: bool) -> Utf8Bytes {
    wire::visitor_frame(&VisitorFrame::Typing(Typing {
        author: Author::Bot {},
        on,
    }))
}

/// What a bot is shown of an event.
fn turn_of(event: Event) -> Option<(Seq, Turn)> {
    match event.kind {
        EventKind::Message(message) => Some((
            event.seq,
            Turn {
                author: message.author,
                text: message.text,
            },
        )),
        _ => None,
    }
}
