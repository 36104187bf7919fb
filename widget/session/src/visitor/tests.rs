//! A visitor's session as sentences: what happens at the page, and what the session asks the page to do.

mod connection;
mod log;
mod outbox;
mod page;
mod pair;
mod people;
mod server;
