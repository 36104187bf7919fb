//! The way around a network that lets no WebSocket through: the server's frames are events in the answer to one post, and
//! each of ours is a post of its own, one after another.
//!
//! By `XMLHttpRequest`, which tells an answer's text while it comes. To read the answer to a `fetch` takes promises,
//! readers and decoders, which is three times the code, and browsers that are old enough to lack them are among those
//! that need this.

use std::cell::{Cell, OnceCell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use web_sys::XmlHttpRequest;

use super::Signal;
use crate::browser::Timer;

/// What is listened to, of both requests.
const EVENTS: [&str; 2] = ["progress", "loadend"];

/// The browser keeps everything that came in one answer. After this much, in UTF-16 units, another one is begun.
const LONGEST_ANSWER: u32 = 512 * 1024;

/// A stream. Dropping it ends it, and nothing is heard of it any more.
pub struct Stream {
    inner: Rc<Inner>,
    _listener: Closure<dyn Fn()>,
    /// Says that the first frame can be sent; it is what the stream is opened with.
    _opening: Timer,
}

/// While a post is under way, the page looks this often what has come of it, in milliseconds: not every browser tells of
/// the end of a request that was begun while another one's end was told.
const LOOK_MS: u64 = 250;

struct Inner {
    route: String,
    on_signal: Box<dyn Fn(Signal)>,
    /// The request whose answer is the stream.
    events: XmlHttpRequest,
    /// Carries our frames.
    post: XmlHttpRequest,
    waiting: RefCell<Vec<String>>,
    is_begun: Cell<bool>,
    is_posting: Cell<bool>,
    looking: OnceCell<Timer>,
    is_over: Cell<bool>,
    /// Names the stream to the server; empty until it was told.
    key: RefCell<String>,
    /// Where the first event of the answer begins that was not read, in UTF-16 units.
    read: Cell<u32>,
}

impl Stream {
    /// A stream to where `route` leads. It is opened by the first frame that is sent.
    pub fn open(route: &str, on_signal: impl Fn(Signal) + 'static) -> Self {
        let (Ok(events), Ok(post)) = (XmlHttpRequest::new(), XmlHttpRequest::new()) else {
            panic!("every browser has these requests")
        };
        let inner = Rc::new(Inner {
            route: ["/sse/", route].concat(),
            on_signal: Box::new(on_signal),
            events,
            post,
            waiting: RefCell::default(),
            is_begun: Cell::default(),
            is_posting: Cell::default(),
            looking: OnceCell::new(),
            is_over: Cell::default(),
            key: RefCell::default(),
            read: Cell::default(),
        });
        let here = Rc::downgrade(&inner);
        let opening = Timer::new(move || with(&here, |inner| (inner.on_signal)(Signal::Open)));
        opening.set(0);
        let here = Rc::downgrade(&inner);
        inner
            .looking
            .get_or_init(|| Timer::new(move || with(&here, Inner::look)));
        let here = Rc::downgrade(&inner);
        let listener = Closure::<dyn Fn()>::new(move || with(&here, Inner::look));
        for request in [&inner.events, &inner.post] {
            for name in EVENTS {
                // It can fail only if a request were no event target.
                let _ = request
                    .add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            }
        }
        Self {
            inner,
            _listener: listener,
            _opening: opening,
        }
    }

    /// Sends one frame, after those before it. Where that fails `Closed` follows.
    pub fn send_text(&self, text: String) {
        self.inner.waiting.borrow_mut().push(text);
        self.inner.send_next();
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.inner.is_over.set(true);
        // Ends that nobody is told of any more.
        let _ = (self.inner.events.abort(), self.inner.post.abort());
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Its key is nobody's business.
        formatter.write_str("Stream")
    }
}

fn with(inner: &Weak<Inner>, run: impl FnOnce(&Inner)) {
    if let Some(inner) = inner.upgrade() {
        run(&inner);
    }
}

impl Inner {
    /// Something has come of one of the requests.
    fn look(&self) {
        self.read_more();
        if self.is_posting.get() && is_done(&self.post) {
            self.is_posting.set(false);
            if self.post.status() == Ok(204) {
                self.send_next();
            } else {
                self.end(None);
            }
        }
        if self.is_posting.get()
            && let Some(looking) = self.looking.get()
        {
            looking.set(LOOK_MS);
        }
        let is_long = self.read.get() > LONGEST_ANSWER && !self.is_posting.get();
        if is_done(&self.events) || is_long {
            self.end(None);
        }
    }

    fn read_more(&self) {
        while !self.is_over.get()
            && let Some(event) = self.next_event()
        {
            if let Some(frame) = event.strip_prefix("data: ") {
                (self.on_signal)(Signal::Text(frame.to_owned()));
            } else if let Some(key) = event.strip_prefix("event: open\ndata: ") {
                key.clone_into(&mut self.key.borrow_mut());
                self.send_next();
            } else if let Some(code) = event.strip_prefix("event: close\ndata: ") {
                self.end(code.parse::<u64>().ok());
            }
        }
    }

    /// The next event that has come as a whole. The browser searches: what is not read yet never becomes a string of ours.
    fn next_event(&self) -> Option<String> {
        let answer: JsString = self.events.response().ok()?.unchecked_into();
        let from = self.read.get();
        let end = answer.index_of("\n\n", i32::try_from(from).ok()?);
        let end = u32::try_from(end).ok()?;
        self.read.set(end + 2);
        Some(answer.slice(from, end).into())
    }

    fn send_next(&self) {
        let has_key = !self.key.borrow().is_empty();
        if self.is_over.get() || self.is_posting.get() || self.is_begun.get() && !has_key {
            return;
        }
        let text = {
            let waiting = &mut *self.waiting.borrow_mut();
            if waiting.is_empty() {
                return;
            }
            waiting.remove(0)
        };
        if self.is_begun.replace(true) {
            self.is_posting.set(true);
            let text = [&self.key.borrow(), "\n", &text].concat();
            post(&self.post, "/sse/send", &text);
            if let Some(looking) = self.looking.get() {
                looking.set(LOOK_MS);
            }
        } else {
            post(&self.events, &self.route, &text);
        }
    }

    fn end(&self, code: Option<u64>) {
        if !self.is_over.replace(true) {
            let code = code.and_then(|code| code.try_into().ok());
            (self.on_signal)(Signal::Closed(code));
        }
    }
}

fn is_done(request: &XmlHttpRequest) -> bool {
    request.ready_state() == XmlHttpRequest::DONE
}

fn post(request: &XmlHttpRequest, path: &str, text: &str) {
    // What the browser does not even try ends like what fails on its way.
    let _ = request.open("POST", path);
    let _ = request.send_with_opt_str(Some(text));
}
