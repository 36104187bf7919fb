//! Where the session meets the browser: what happens goes in, what the session asks for is done, and what changed is
//! shown.

use std::cell::{Cell, OnceCell, RefCell};
use std::mem;
use std::rc::{Rc, Weak};

use protocol::{Answering, CommandId, Seq, Token};
use session::LinkState;
use session::visitor::{Changes, Input, Output, VisitorSession};

use super::courier::{Courier, PATIENCE_MS};
use super::elements::Elements;
use super::keeper::Keeper;
use super::outward::Outward;
use super::view::{self, Line};
use super::{desk, ending, log, notices, wire, words};
use crate::browser::{self, Timer, clock, element, now};
use crate::connection::{Connection, Signal};
use crate::parts::{List, Region};

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
    first_shown: Cell<Option<Seq>>,
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
        let drawn = Drawn {
            log: List::new(elements.messages.clone()),
            desk: Region::new(elements.desk.clone()),
            notices: Region::new(elements.notices.clone()),
            unsettled: Vec::new(),
        };
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
            first_shown: Cell::new(None),
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
    pub fn show_all(&self) {
        self.is_shown.set(true);
        self.show(Changes {
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
        if self.elements.is_near_start() && self.read(VisitorSession::has_earlier) {
            self.handle(Input::Earlier);
        }
    }

    /// The shop page or the app has opened or closed the chat, or the browser has shown or hidden the page.
    pub fn seen_changed(self: &Rc<Self>, is_open: Option<bool>) {
        if let Some(is_open) = is_open {
            self.is_open.set(is_open);
        }
        self.handle(Input::Visible(self.is_open.get() && browser::in_view()));
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
            Output::Changed(changes) if self.is_shown.get() => self.show(changes),
            Output::Changed(_) => {}
        }
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

    /// Draws what has changed.
    fn show(&self, changes: Changes) {
        let is_at_end = self.elements.is_at_end();
        if changes.log || changes.typing {
            self.show_log();
        }
        {
            let session = self.session.borrow();
            if let Some((holder, words)) = view::status(&session) {
                self.elements.show_status(holder, &words);
            }
            let unread = session.unread();
            let with_count = |title: &str| (unread > 0).then(|| words::unread_title(unread, title));
            self.elements.show_title(with_count);
            self.outward.tell(&session, now());
        }
        self.show_seconds();
        if is_at_end {
            self.elements.show_end();
        }
    }

    fn show_log(&self) {
        let session = self.session.borrow();
        if session.state().is_some() {
            self.elements.take_over();
        }
        let first = session.events().first().map(|event| event.seq);
        let has_earlier = self.first_shown.replace(first) > first;
        let place = has_earlier.then(|| {
            // What came before is no news.
            self.elements.hush();
            self.elements.place()
        });
        let written_at = session.server_time(now());
        let written_at = written_at.unwrap_or_else(clock::local_now);
        let lines = view::lines(&session);
        let mut drawn = self.drawn.borrow_mut();
        // What could change when it was drawn last, or can now. The rest of ten thousand messages stays as it is.
        let now_unsettled: Vec<CommandId> = view::unsettled(&session).collect();
        let unsettled = mem::replace(&mut drawn.unsettled, now_unsettled.clone());
        let is_settled = |line: Line| match line {
            Line::Own(id) => !unsettled.contains(&id) && !now_unsettled.contains(&id),
            _ => false,
        };
        drawn.log.draw(&lines, |line, is_new| {
            if !is_new && is_settled(line) {
                return None;
            }
            log::line(&session, line, is_new, written_at)
        });
        drop(drawn);
        if let Some(place) = place {
            self.elements.return_to(place);
        }
    }

    /// Draws what changes by itself as time passes.
    fn show_seconds(&self) {
        let session = self.session.borrow();
        let mut drawn = self.drawn.borrow_mut();
        let (at, lasts) = (now(), self.keeper.lasts());
        // A browser drops a press on what is no longer there when it ends. So the desk waits until then.
        let is_pressed = self.elements.is_desk_pressed();
        // Until then what the server has rendered is nearer to the truth.
        let knows = session.state().is_some() || session.human_pending();
        if knows && !is_pressed {
            let focus = self.elements.desk_focus();
            let desk = view::desk(&session);
            self.elements.take_over_desk(desk.name());
            let queue = view::queue(&session, at, lasts).unwrap_or_default();
            let (is_offered, words) = view::supervisor(&session, &desk, at);
            self.elements.show_supervisor(is_offered, &words);
            self.elements.show_ending(ending::offers(&session));
            drawn.desk.draw(desk::desk(desk, &queue));
            self.elements.keep_focus(focus);
        }
        if let Some(state) = session.state() {
            let is_asked = state.asks_for_contact();
            let refused = session.contact_refused().map_or("", words::contact_refused);
            let kept = state.contact.as_deref();
            self.elements.show_contact(is_asked, kept, refused);
        }
        drawn.notices.draw(notices::notices(&session, at, lasts));
        let (is_plain, ticks) = match session.link() {
            LinkState::Live => (false, view::is_waiting(&session)),
            LinkState::Stopped(_) => (true, false),
            LinkState::Connecting { since } | LinkState::Reconnecting { since, .. } => {
                (at.since_ms(since) >= PATIENCE_MS, true)
            }
        };
        self.elements.show_plain(is_plain);
        if let Some(second) = self.second.get().filter(|_| ticks || is_pressed) {
            second.set(if is_pressed { PRESS_MS } else { 1_000 });
        }
    }
}

/// What the page has drawn.
struct Drawn {
    log: List<Line>,
    desk: Region,
    notices: Region,
    /// The visitor's own messages whose delivery could change when the log was drawn.
    unsettled: Vec<CommandId>,
}

fn timer(page: Weak<Page>, run: impl Fn(&Rc<Page>) + 'static) -> Timer {
    Timer::new(move || {
        if let Some(page) = page.upgrade() {
            run(&page);
        }
    })
}
