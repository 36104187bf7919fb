//! The harness of the stories in `tests/`: servers, clients that speak the protocol, and what a story turns by hand.
//!
//! Every wait is for something that happens and names it when it does not come; none is for time to pass. A server
//! has a port and a database of its own, which are gone when it is dropped, and fails its story if it leaves a
//! connection's task behind.

pub mod agent;
pub mod answers;
pub mod bot;
pub mod client;
pub mod clock;
pub mod crowd;
pub mod figures;
mod furnish;
pub mod http;
pub mod link;
pub mod log;
pub mod mail_server;
mod place;
pub mod program;
pub mod push;
pub mod random;
pub mod server;
pub mod socket;
pub mod staff;
pub mod store;
pub mod stream;
pub mod visitor;
