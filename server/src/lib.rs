//! The server: relays messages between visitors, the assistant and the people who answer, and keeps every one of
//! them before it says so.
//!
//! Data flows one way. [`socket`] and [`http`] read what clients want, [`service`] asks the rules (the `desk` crate),
//! commits what they decide to the [`store`], and tells everybody through the [`hub`]. [`page`] shows the same
//! conversation as plain HTML.

pub mod accept;
pub mod admin;
pub mod app;
pub mod assets;
pub mod bot;
pub mod bus;
pub mod demo;
pub mod floods;
pub mod hours;
pub mod http;
pub mod hub;
pub mod languages;
pub mod mail;
pub mod origin;
pub mod outbox;
pub mod page;
pub mod push;
pub mod redact;
pub mod secret;
pub mod service;
pub mod settings;
pub mod sign_in;
pub mod socket;
pub mod store;
pub mod telemetry;
pub mod typed;
pub mod visitor;
pub mod work;
