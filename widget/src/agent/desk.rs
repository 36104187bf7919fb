//! Drives the session: hands it what happens, does what it asks for, and tells the components that it changed.

use leptos::prelude::*;
use protocol::{AgentFrame, CloseCode, ConversationId, Timestamp};
use session::agent::{AgentKept, AgentSession, Input, Notice, Output};
use session::{LinkState, Moment};
use wasm_bindgen_futures::spawn_local;

use super::alerts::Alerts;
use super::kept::KeptStore;
use super::{door, focus, words};
use crate::browser::{self, Timer};
use crate::connection::{Connection, Signal};
use crate::json;

/// What the page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// It is not known yet whether anybody is signed in.
    Loading,
    /// Somebody has come by an invitation, and chooses a password.
    Invited,
    /// Nobody is signed in.
    Door,
    /// Somebody is.
    Desk,
}

/// Which pane is seen where only one fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pane {
    Queue,
    Conversation,
    Case,
}

/// A notice about something that happened, until the agent does something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub kind: &'static str,
    pub words: String,
}

/// The page's one handle on everything that is not a component. A copy is as good as the original.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    driver: StoredValue<Driver, LocalStorage>,
    changed: Trigger,
    pub stage: RwSignal<Stage>,
    /// Why the door is shown to somebody who was at the desk; empty if they just came.
    pub door_note: RwSignal<&'static str>,
    /// The server's time, each second.
    pub time: RwSignal<Timestamp>,
    pub pane: RwSignal<Pane>,
    pub told: RwSignal<Option<Told>>,
    /// Why the reply cannot be sent as it is.
    pub reply_error: RwSignal<&'static str>,
    pub alerts: Alerts,
    /// The secret of the link that somebody was invited by.
    pub invitation: StoredValue<String>,
}

/// What belongs to one signed-in agent.
struct Seat {
    email: String,
    session: AgentSession,
    connection: Option<Connection>,
    kept: KeptStore,
}

struct Driver {
    seat: Option<Seat>,
    /// What the last agent here had written, for a browser that stores nothing.
    left_behind: Option<(String, AgentKept)>,
    wake: Timer,
    tick: Timer,
    told: Timer,
    look_in: Timer,
}

/// How long a notice of success stays, in milliseconds. Bad news stays until the agent does something else.
const GOOD_NEWS_MS: u64 = 12_000;

/// What the address of an invitation names.
const INVITATION: &str = "invitation";

/// How long to wait before asking a server again that could not be reached, in milliseconds.
const LOOK_IN_MS: u64 = 3_000;

impl Desk {
    /// A page of which nothing is known; finds out whether somebody is signed in.
    pub fn begin() -> Self {
        let driver = StoredValue::new_local(Driver {
            seat: None,
            left_behind: None,
            wake: Timer::new(|| {}),
            tick: Timer::new(|| {}),
            told: Timer::new(|| {}),
            look_in: Timer::new(|| {}),
        });
        let desk = Self {
            driver,
            changed: Trigger::new(),
            stage: RwSignal::new(Stage::Loading),
            door_note: RwSignal::new(""),
            time: RwSignal::new(browser::clock::local_now()),
            pane: RwSignal::new(Pane::Queue),
            told: RwSignal::new(None),
            reply_error: RwSignal::new(""),
            alerts: Alerts::new(),
            invitation: StoredValue::new(String::new()),
        };
        driver.update_value(|driver| {
            driver.wake = Timer::new(move || desk.input(Input::Wake));
            driver.tick = Timer::new(move || desk.tick());
            driver.told = Timer::new(move || desk.told.set(None));
            driver.look_in = Timer::new(move || spawn_local(door::look_in(desk)));
        });
        desk.listen();
        match browser::take_fragment(INVITATION) {
            Some(token) => {
                desk.invitation.set_value(token);
                desk.stage.set(Stage::Invited);
            }
            None => spawn_local(door::look_in(desk)),
        }
        desk
    }

    /// Finds out a little later whether somebody is signed in.
    pub fn look_in_later(self) {
        self.driver
            .with_value(|driver| driver.look_in.set(LOOK_IN_MS));
    }

    /// Reads the session, and again whenever it has changed; nothing while nobody is signed in.
    pub fn read<T: Default + PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&AgentSession) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| {
            self.changed.track();
            self.peek(&read)
        })
    }

    /// Reads the session once.
    pub fn peek<T: Default>(self, read: impl FnOnce(&AgentSession) -> T) -> T {
        self.driver
            .with_value(|driver| driver.seat.as_ref().map(|seat| read(&seat.session)))
            .unwrap_or_default()
    }

    /// The agent with this address is signed in.
    pub fn sit_down(self, email: String) {
        let now = browser::now();
        self.driver.update_value(|driver| {
            let kept = KeptStore::open(&email);
            let mut before = kept.stored().clone();
            // Where the browser stores nothing, the page itself remembers for as long as it lives.
            if let Some((_, left)) = driver
                .left_behind
                .take()
                .filter(|(other, _)| *other == email)
            {
                before = left;
            }
            let seed = browser::random() as u64;
            let mut session = AgentSession::new(seed, before, now);
            session.handle(Input::InView(browser::in_view()), now);
            driver.seat = Some(Seat {
                email,
                session,
                connection: None,
                kept,
            });
        });
        self.door_note.set("");
        self.told.set(None);
        self.set_pane(Pane::Queue);
        browser::step::name_step(Pane::Queue.name());
        self.stage.set(Stage::Desk);
        self.input(Input::Wake);
        self.tick();
        spawn_local(self.alerts.subscribe());
        self.heed_address();
    }

    /// Opens what the page's address names: the conversation of a notice, or of what was pressed before the page ran.
    fn heed_address(self) {
        if let Some(conversation) = browser::take_fragment("case") {
            self.open_noticed(&conversation);
        }
    }

    /// Opens the conversation of a notice that the agent has pressed.
    fn open_noticed(self, conversation: &str) {
        if let Ok(conversation) = conversation.parse() {
            self.open(conversation);
        }
    }

    /// Nobody is signed in any more, and why.
    pub fn leave(self, note: &'static str) {
        self.driver.update_value(|driver| {
            driver.wake.stop();
            driver.tick.stop();
            if let Some(seat) = driver.seat.take() {
                driver.left_behind = Some((seat.email, seat.session.kept()));
            }
        });
        self.door_note.set(note);
        self.stage.set(Stage::Door);
        self.changed.notify();
    }

    /// Something happened.
    pub fn input(self, input: Input) {
        let Some(outputs) = self.driver.try_update_value(|driver| {
            let seat = driver.seat.as_mut()?;
            seat.session.handle(input, browser::now());
            let mut outputs = Vec::new();
            while let Some(output) = seat.session.poll() {
                outputs.push(output);
            }
            Some(outputs)
        }) else {
            return;
        };
        for output in outputs.unwrap_or_default() {
            self.put(output);
        }
        self.set_wake();
        if let LinkState::Stopped(CloseCode::SignedOut) = self.link() {
            self.leave(words::SIGNED_OUT);
        }
    }

    /// Shows a notice. Good news goes by itself.
    pub fn tell(self, told: Told) {
        self.driver.with_value(|driver| {
            if told.kind == words::GOOD_NEWS {
                driver.told.set(GOOD_NEWS_MS);
            } else {
                driver.told.stop();
            }
        });
        self.told.set(Some(told));
    }

    /// The agent does something else: what they were told, they have read.
    pub fn forget_told(self) {
        if self.told.with_untracked(Option::is_some) {
            self.told.set(None);
        }
    }

    /// Shows one pane where only one fits, as a step that the back button takes back.
    pub fn go_to(self, pane: Pane) {
        if self.pane.get_untracked() != pane {
            browser::step::add_step(pane.name());
            self.set_pane(pane);
        }
    }

    /// Looks at a conversation.
    pub fn open(self, conversation: ConversationId) {
        self.forget_told();
        self.reply_error.set("");
        self.input(Input::View(Some(conversation)));
        self.go_to(Pane::Conversation);
    }

    fn link(self) -> LinkState {
        self.driver
            .with_value(|driver| driver.seat.as_ref().map(|seat| seat.session.link()))
            .unwrap_or(LinkState::Connecting { since: Moment(0) })
    }

    fn set_pane(self, pane: Pane) {
        self.pane.set(pane);
    }

    fn listen(self) {
        browser::on_view(move |in_view| {
            self.input(Input::InView(in_view));
            if in_view {
                self.input(Input::Nudged);
            }
        });
        browser::on_online(move || self.input(Input::Nudged));
        browser::on_shown_again(move || self.input(Input::Nudged));
        browser::step::on_step(move |name| {
            if let Some(pane) = Pane::named(name) {
                self.set_pane(pane);
            }
        });
        browser::on_fragment(move || {
            let is_seated = self.driver.with_value(|driver| driver.seat.is_some());
            if browser::has_fragment(INVITATION) {
                // Whoever comes by an invitation begins anew.
                browser::reload();
            } else if is_seated {
                // The jump has dropped the step's name.
                browser::step::name_step(self.pane.get_untracked().name());
                self.heed_address();
            }
        });
        browser::push::on_pressed(move |conversation| self.open_noticed(&conversation));
        self.alerts.listen();
    }

    fn put(self, output: Output) {
        match output {
            Output::Connect => self.connect(),
            Output::Close => self.set_connection(None),
            Output::Send(frame) => self.driver.with_value(|driver| {
                if let Some(connection) = driver
                    .seat
                    .as_ref()
                    .and_then(|seat| seat.connection.as_ref())
                {
                    connection.send(&frame);
                }
            }),
            Output::CheckSignIn => spawn_local(door::check(self)),
            Output::Keep => self.driver.update_value(|driver| {
                if let Some(seat) = &mut driver.seat {
                    seat.kept.store(seat.session.kept());
                }
            }),
            Output::Changed => self.changed.notify(),
            Output::Alert(alert) => self.alerts.give(self, alert),
            Output::Told(notice) => self.hear(&notice),
        }
    }

    fn hear(self, notice: &Notice) {
        if let Notice::NotSent(_, error) = notice {
            self.reply_error.set(words::not_sent(*error));
            return;
        }
        match notice {
            Notice::Done(deed, conversation) => focus::after(self, *deed, *conversation),
            Notice::NotDone { .. } => focus::rescue(focus::IN_PLACE),
            _ => {}
        }
        let told = self.peek(|session| Some(words::told(session, notice)));
        if let Some(told) = told {
            self.tell(told);
        }
    }

    fn connect(self) {
        let Some(transport) = self.peek(|session| Some(session.transport())) else {
            return;
        };
        let connection = Connection::open(transport, "agent", move |signal| {
            self.input(match signal {
                Signal::Open => Input::Connected,
                Signal::Text(text) => match json::read::<AgentFrame>(&text) {
                    Some(frame) => Input::Frame(frame),
                    None => Input::Unknown,
                },
                Signal::Closed(code) => Input::Closed(code),
            });
        });
        self.set_connection(Some(connection));
    }

    fn set_connection(self, connection: Option<Connection>) {
        let before = self.driver.try_update_value(|driver| {
            let seat = driver.seat.as_mut()?;
            std::mem::replace(&mut seat.connection, connection)
        });
        // Closed only now that nothing is borrowed.
        drop(before);
    }

    fn set_wake(self) {
        self.driver.with_value(|driver| {
            let at = driver.seat.as_ref().and_then(|seat| seat.session.wake_at());
            match at {
                Some(at) => driver.wake.set(at.since_ms(browser::now())),
                None => driver.wake.stop(),
            }
        });
    }

    /// Lets every wait that is shown go on by a second.
    fn tick(self) {
        let now = browser::now();
        let time = self
            .peek(|session| session.server_time(now))
            .unwrap_or_else(browser::clock::local_now);
        self.time.set(time);
        self.driver.with_value(|driver| {
            if driver.seat.is_some() {
                driver.tick.set(1_000);
            }
        });
    }
}

impl Pane {
    /// The pane's name in the page and in its history.
    pub fn name(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Conversation => "conversation",
            Self::Case => "case",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Queue, Self::Conversation, Self::Case]
            .into_iter()
            .find(|pane| pane.name() == name)
    }
}
