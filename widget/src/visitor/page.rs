//! Where the session meets the browser: what happens goes in, what the session asks for is done, and what changed is
//! shown.

mod drawing;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use protocol::{Answering, CommandId, Token};
use session::visitor::{Changes, Input, Output, VisitorSession};

use self::drawing::Drawn;
use super::courier::Courier;
use super::elements::Elements;
use super::keeper::Keeper;
use super::outward::Outward;
use super::wire;
use crate::browser::{self, Timer, element, now};
use crate::connection::{Connection, Signal};

/// While something in the desk is pressed, the page looks this often whether it still is, in milliseconds.
const PRESS_MS: u64 = 50;

/// The page.
pub struct Page {
    session: RefCell<VisitorSession>,
    connection: RefCell<Option<Connection>>,
    /// Where the connection leads.
    route: String,
    /// Wakes the session.
    alarm: OnceCell<Timer>,
    /// Ticks once a second while something on the page counts seconds, and more often while something is pressed.
    second: OnceCell<Timer>,
    elements: Elements,
    keeper: Keeper,
    outward: Outward,
    courier: Courier,
    drawn: RefCell<Drawn>,
    /// Whether what the server has rendered has been taken over, so that changes are to be seen.
    is_shown: Cell<bool>,
    /// Whether the shop page or the app shows us; they do when they make the frame or the webview.
    is_open: Cell<bool>,
}

impl Page {
    /// A page over these elements, for the site with this key; it does nothing before [`begin`](Self::begin).
    #[must_use]
    pub fn new(site: &str, elements: Elements, outward: Outward) -> Rc<Self> {
        let keeper = Keeper::open(site);
        let mut saved = keeper.saved();
        match (elements.token(), &saved.token) {
            // What the visitor sees and has just done belongs to the token that the page was rendered for.
            (Some(token), known) if known.as_ref() != Some(&token) => {
                saved.token = Some(token);
                saved.conversation = None;
                saved.epoch = None;
            }
            // The server did not know who it renders the page for. The storage does.
            (None, Some(token)) => elements.put_token(token),
            _ => {}
        }
        let fresh = elements.fresh();
        let seed = browser::random() as u64;
        let drawn = Drawn::new(&elements);
        Rc::new(Self {
            session: RefCell::new(VisitorSession::new(
                saved,
                keeper.kept(),
                fresh,
                seed,
                now(),
            )),
            connection: RefCell::new(None),
            route: ["visitor?site=", site].concat(),
            alarm: OnceCell::new(),
            second: OnceCell::new(),
            elements,
            keeper,
            outward,
            courier: Courier::default(),
            drawn: RefCell::new(drawn),
            is_shown: Cell::new(false),
            is_open: Cell::new(true),
        })
    }

    /// Connects, and shows nothing before [`show_all`](Self::show_all).
    pub fn begin(self: &Rc<Self>) {
        let page = Rc::downgrade(self);
        self.alarm
            .get_or_init(|| timer(page, |page| page.handle(Input::Wake)));
        let page = Rc::downgrade(self);
        self.second.get_or_init(|| timer(page, Self::tick));
        self.handle(Input::Visible(browser::in_view()));
    }

    /// Shows what is known so far, and from now on what changes.
    pub fn show_all(self: &Rc<Self>) {
        self.is_shown.set(true);
        self.changed(Changes {
            log: true,
            state: true,
            ..Changes::default()
        });
    }

    /// Tells the session what happened, and does what it asks for.
    pub fn handle(self: &Rc<Self>, input: Input) {
        self.session.borrow_mut().handle(input, now());
        loop {
            // Its own statement: the session must be free again while its wishes are done.
            let output = self.session.borrow_mut().next_output();
            match output {
                Some(output) => self.obey(output),
                None => break,
            }
        }
        let wake_at = self.read(VisitorSession::wake_at);
        if let (Some(alarm), Some(wake_at)) = (self.alarm.get(), wake_at) {
            alarm.set(wake_at.since_ms(now()));
        }
        self.courier.look(self);
    }

    /// Reads the session.
    pub fn read<T>(&self, read: impl FnOnce(&VisitorSession) -> T) -> T {
        read(&self.session.borrow())
    }

    /// The visitor sends what they have written, as [`checked_text`](protocol::checked_text) returned it.
    pub fn say(self: &Rc<Self>, text: String) {
        let id = browser::command_id();
        self.handle(Input::Say { id, text });
        self.elements.show_end();
    }

    /// The visitor sends an answer that was suggested to them. What is in the box stays there.
    pub fn answer(self: &Rc<Self>, reply: String) {
        self.say(reply);
        let draft = self.elements.draft();
        if !draft.is_empty() {
            self.handle(Input::Typed(draft));
        }
        self.elements.focus_log();
    }

    /// The visitor asks for a person.
    pub fn ask_for_human(self: &Rc<Self>) {
        let id = browser::command_id();
        self.handle(Input::Human { id });
    }

    /// The visitor asks for a supervisor.
    pub fn ask_for_supervisor(self: &Rc<Self>) {
        let id = browser::command_id();
        self.handle(Input::Supervisor { id });
    }

    /// The visitor leaves the line.
    pub fn leave(self: &Rc<Self>) {
        let id = browser::command_id();
        self.handle(Input::Leave { id });
    }

    /// The visitor goes back to the assistant.
    pub fn choose_assistant(self: &Rc<Self>) {
        let id = browser::command_id();
        self.handle(Input::Assistant { id });
    }

    /// The visitor ends the conversation.
    pub fn end(self: &Rc<Self>) {
        let id = browser::command_id();
        self.handle(Input::End { id });
    }

    /// The visitor leaves an email address, or takes it back.
    pub fn leave_contact(self: &Rc<Self>, email: String) {
        let id = browser::command_id();
        self.handle(Input::Contact { id, email });
    }

    /// Whether the visitor waits for a person or has one.
    #[must_use]
    pub fn has_request(&self) -> bool {
        self.read(|session| {
            let has_it = |answering: &Answering| {
                matches!(answering, Answering::Queue { .. } | Answering::Agent { .. })
            };
            session.human_pending()
                || session
                    .state()
                    .is_some_and(|state| has_it(&state.answering))
        })
    }

    /// The visitor has scrolled the log. What came before is asked for before they reach it.
    pub fn scrolled(self: &Rc<Self>) {
        // Where the reader is costs a layout, and is looked at last.
        if self.read(VisitorSession::could_load_earlier) && self.elements.is_near_start() {
            self.handle(Input::Earlier);
        }
    }

    /// The shop page or the app has opened or closed the chat, or the browser has shown or hidden the page.
    pub fn seen_changed(self: &Rc<Self>, is_open: Option<bool>) {
        if let Some(is_open) = is_open {
            self.is_open.set(is_open);
        }
        self.handle(Input::Visible(self.is_open.get() && browser::in_view()));
        // A page that is not drawn is nowhere near its start.
        self.scrolled();
    }

    /// Whether whoever holds the page shows it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.is_open.get()
    }

    /// Forgets the visitor on this device, as the shop page asks when its own visitor signs out.
    pub fn forget(self: &Rc<Self>) {
        drop(self.connection.take());
        self.keeper.forget_all();
        self.courier.forget(self);
    }

    /// A post of the form has begun the conversation of this token.
    pub fn begun(self: &Rc<Self>, token: Token) {
        self.elements.put_token(&token);
        self.handle(Input::TokenFound(token));
    }

    /// The page's elements.
    #[must_use]
    pub fn elements(&self) -> &Elements {
        &self.elements
    }

    /// The storage.
    #[must_use]
    pub fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// Whoever holds the page.
    #[must_use]
    pub fn outward(&self) -> &Outward {
        &self.outward
    }

    /// The way around connections that do not come through.
    #[must_use]
    pub fn courier(&self) -> &Courier {
        &self.courier
    }

    /// Brings a refused message back into the box, before what is there.
    pub fn take_back(self: &Rc<Self>, id: CommandId) {
        let text = self.read(|session| {
            let pending = session.pending().find(|pending| pending.id == id);
            pending.map(|pending| pending.text.to_owned())
        });
        let Some(text) = text else { return };
        let draft = match self.elements.draft() {
            draft if draft.trim().is_empty() => text,
            draft => [&text, "\n", &draft].concat(),
        };
        self.elements.put_draft(&draft);
        element::focus(&self.elements.message);
        self.handle(Input::TakeBack { id, draft });
    }

    fn obey(self: &Rc<Self>, output: Output) {
        match output {
            Output::Connect => self.connect(),
            Output::Close => drop(self.connection.take()),
            Output::Send(frame) => {
                if let Some(connection) = self.connection.borrow().as_ref() {
                    connection.send_text(wire::write_command(&frame));
                }
            }
            Output::Save(saved) => {
                self.keeper.save(&saved);
                if let Some(token) = &saved.token {
                    self.elements.put_token(token);
                }
            }
            Output::Keep(kept) => self.keeper.keep(&kept),
            Output::Forget(id) => self.keeper.forget(id),
            Output::Arrived { seq, author } => self.outward.message(&author, seq),
            Output::ContextRefused => self.outward.bad_context(),
            Output::Changed(changes) if self.is_shown.get() => self.changed(changes),
            Output::Changed(_) => {}
        }
    }

    /// Draws what has changed. A reader who waits at the start of the log does not scroll again to have it asked for: the
    /// connection may be back, or the page of history that came was a short one.
    fn changed(self: &Rc<Self>, changes: Changes) {
        self.show(changes);
        self.scrolled();
    }

    fn connect(self: &Rc<Self>) {
        let page = Rc::downgrade(self);
        let transport = self.read(VisitorSession::transport);
        let connection = Connection::open(transport, &self.route, move |signal| {
            if let Some(page) = page.upgrade() {
                page.hear(signal);
            }
        });
        // Dropping the one before closes it.
        drop(self.connection.replace(Some(connection)));
    }

    fn hear(self: &Rc<Self>, signal: Signal) {
        match signal {
            Signal::Open => self.handle(Input::Connected),
            Signal::Closed(number) => self.handle(Input::Closed(number)),
            Signal::Text(text) => {
                // A frame of a kind that this page does not know is to be ignored.
                if let Some(frame) = wire::read_frame(&text) {
                    self.handle(Input::Frame(Box::new(frame)));
                }
            }
        }
    }

    /// A second has passed.
    fn tick(self: &Rc<Self>) {
        self.show_seconds();
        self.courier.look(self);
    }
}

fn timer(page: Weak<Page>, run: impl Fn(&Rc<Page>) + 'static) -> Timer {
    Timer::new(move || {
        if let Some(page) = page.upgrade() {
            run(&page);
        }
    })
}
