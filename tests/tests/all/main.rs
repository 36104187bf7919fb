//! The stories of the server as a whole: real sockets, real files, and the program itself.
//!
//! One program for all of them, because linking the product takes longer than running it.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod app;
mod attention;
mod backup;
mod begin;
mod bots;
mod card;
mod cluster;
mod context;
mod crash;
mod demo;
mod disk;
mod doors;
mod ending;
mod estimate;
mod exchange;
mod first_look;
mod flood;
mod frames;
mod handover;
mod headers;
mod invited;
mod link;
mod links;
mod long_line;
mod mail;
mod masking;
mod moves;
mod nobody_there;
mod pages;
mod patience;
mod people;
mod push;
mod repeats;
mod replies;
mod restart;
mod rights;
mod search;
mod secrecy;
mod sign_in;
mod silence;
mod staff_pages;
mod store;
mod storm;
mod stream;
mod supervisor;
#[cfg(target_os = "linux")]
mod sync;
mod tabs;
mod vanish;
mod versions;
mod vulnerable;
mod work;
