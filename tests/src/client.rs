//! A visitor's page without a browser: the session that the real page drives, with a real socket, a real clock, and a
//! storage that outlives it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use protocol::{CommandId, Event, State, Token, VisitorCommand, VisitorFrame};
use session::visitor::{Input, Output, Saved, VisitorSession};
use session::{Kept, LinkState, Moment};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::answers::new_id;
use crate::socket::{Door, Heard, Socket, soon};

/// What the browser keeps for the pages of one visitor.
#[derive(Debug, Clone, Default)]
pub struct Storage(Arc<Mutex<Stored>>);

#[derive(Debug, Default)]
struct Stored {
    saved: Saved,
    kept: BTreeMap<CommandId, Kept<VisitorCommand>>,
}

/// What a page shows.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// The log.
    pub events: Vec<Event>,
    /// The messages that the log does not show yet.
    pub pending: Vec<CommandId>,
    /// A press that the log does not show yet.
    pub human_pending: bool,
    /// Who answers; none before the first welcome.
    pub state: Option<State>,
    /// How the connection stands; none before the page has begun.
    pub link: Option<LinkState>,
    /// How often the page began to connect.
    pub attempts: usize,
}

/// An open page. Dropped, it is closed without a word.
pub struct Client {
    inputs: mpsc::UnboundedSender<Input>,
    shown: watch::Receiver<Shown>,
    task: JoinHandle<()>,
}

impl Storage {
    /// What proves who the visitor is, once it is kept.
    #[must_use]
    pub fn token(&self) -> Option<Token> {
        self.lock().saved.token.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Stored> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Client {
    /// Loads the page.
    #[must_use]
    pub fn load(door: &Door, storage: &Storage, seed: u64) -> Self {
        let (inputs, inbox) = mpsc::unbounded_channel();
        let (shows, shown) = watch::channel(Shown::default());
        let session = {
            let stored = storage.lock();
            let kept = stored.kept.values().cloned().collect();
            VisitorSession::new(stored.saved.clone(), kept, None, seed, Moment(0))
        };
        let page = Page {
            door: door.clone(),
            storage: storage.clone(),
            session,
            began: Instant::now(),
            line: Line::None,
            attempts: 0,
            shows,
        };
        Self {
            inputs,
            shown,
            task: tokio::spawn(page.run(inbox)),
        }
    }

    /// Writes a message, and gives its id.
    pub fn say(&self, text: &str) -> CommandId {
        let id = new_id();
        self.hand(Input::Say {
            id,
            text: text.into(),
        });
        id
    }

    /// Presses *Human please*.
    pub fn human(&self) {
        self.hand(Input::Human { id: new_id() });
    }

    fn hand(&self, input: Input) {
        self.inputs.send(input).expect("the page is open");
    }

    /// What it shows now.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.shown.borrow().clone()
    }

    /// Waits until it shows what is wanted.
    ///
    /// # Panics
    ///
    /// If it does not.
    pub async fn until(&mut self, what: &str, wanted: impl Fn(&Shown) -> bool) -> Shown {
        let shown = self.shown.wait_for(|shown| wanted(shown));
        let shown = soon(what, shown).await.expect("the page is open");
        shown.clone()
    }

    /// Waits until everything that was written is in the log.
    pub async fn until_all_is_sent(&mut self) -> Shown {
        self.until("an empty outbox on a live connection", |shown| {
            let is_live = shown.link == Some(LinkState::Live);
            is_live && shown.pending.is_empty() && !shown.human_pending
        })
        .await
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Page {
    door: Door,
    storage: Storage,
    session: VisitorSession,
    began: Instant,
    line: Line,
    attempts: usize,
    shows: watch::Sender<Shown>,
}

enum Line {
    None,
    Opening(JoinHandle<Option<Socket>>),
    Open(Box<Socket>),
}

impl Line {
    /// What it tells next; nothing as long as there is none.
    async fn next(&mut self) -> Input {
        match self {
            Self::None => std::future::pending().await,
            Self::Opening(opening) => match opening.await.ok().flatten() {
                Some(socket) => {
                    *self = Self::Open(Box::new(socket));
                    Input::Connected
                }
                None => {
                    *self = Self::None;
                    Input::Closed(None)
                }
            },
            Self::Open(socket) => match socket.next().await {
                Heard::Text(text) => {
                    let frame: VisitorFrame =
                        serde_json::from_str(&text).expect("the server speaks the protocol");
                    Input::Frame(Box::new(frame))
                }
                Heard::Closed(code) => {
                    *self = Self::None;
                    Input::Closed(code)
                }
            },
        }
    }
}

impl Page {
    async fn run(mut self, mut inbox: mpsc::UnboundedReceiver<Input>) {
        self.take(Input::Wake).await;
        loop {
            let wake_at = self.session.wake_at();
            let wake_at = wake_at.map(|at| self.began + std::time::Duration::from_millis(at.0));
            let input = tokio::select! {
                input = inbox.recv() => match input {
                    Some(input) => input,
                    None => return,
                },
                input = self.line.next() => input,
                () = sleep_until(wake_at) => Input::Wake,
            };
            self.take(input).await;
        }
    }

    async fn take(&mut self, input: Input) {
        let now = self.began.elapsed().as_millis();
        let now = Moment(u64::try_from(now).expect("no story takes that long"));
        self.session.handle(input, now);
        while let Some(output) = self.session.next_output() {
            match output {
                Output::Connect => {
                    self.attempts += 1;
                    let door = self.door.clone();
                    self.line =
                        Line::Opening(tokio::spawn(async move { Socket::try_open(&door).await }));
                }
                Output::Close => self.line = Line::None,
                Output::Send(frame) => {
                    let Line::Open(socket) = &mut self.line else {
                        panic!("sent into nothing: {frame:?}");
                    };
                    let json = serde_json::to_string(&frame).expect("frames are plain");
                    socket.send(json).await;
                }
                Output::Save(saved) => self.storage.lock().saved = saved,
                Output::Keep(kept) => {
                    self.storage.lock().kept.insert(kept.id, kept);
                }
                Output::Forget(id) => {
                    self.storage.lock().kept.remove(&id);
                }
                Output::Arrived { .. } | Output::ContextRefused | Output::Changed(_) => {}
            }
        }
        self.shows.send_replace(Shown {
            events: self.session.events().to_vec(),
            pending: self.session.pending().map(|pending| pending.id).collect(),
            human_pending: self.session.human_pending(),
            state: self.session.state().cloned(),
            link: Some(self.session.link()),
            attempts: self.attempts,
        });
    }
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
