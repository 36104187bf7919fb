//! The pages that the server writes itself: values in, HTML out, and no input or output in between.
//!
//! Every page is a [`maud`] template, which escapes whatever is put into it. The one piece of HTML that is taken as it
//! stands is a help article's, which [`Article::to_html`](crate::bot::article::Article::to_html) has made safe.
//!
//! # What the script finds on the conversation page
//!
//! The page works without a script. A script that takes it over relies on this, besides the elements with ids:
//!
//! - `<body data-site>` is the site's key. `data-host-origin`, if it is there, is the origin of the shop page that
//!   holds the frame; it is one that the site allows, or this server's own.
//! - `<form id="composer">` is never replaced, and neither is `<textarea id="message">` in it, which may hold a draft.
//!   Its hidden inputs are for posts without a script:
//!   - `id` makes a post that is sent twice count once.
//!   - `token` proves who the visitor is. It is there exactly if the conversation on the page has begun, and is the
//!     only place where a script can learn the token. Prefer it to a token kept from before: what the visitor sees
//!     and has just done belongs to this one.
//!   - `fresh` is there instead if no conversation has begun: what the token will be if a post begins one. Over a
//!     socket it opens nothing before that.
//! - `#notices` may hold notices of the server's. They speak of what the server saw, cookies and the last post: a
//!   script that knows better empties it.
//! - A script may post the form's fields itself. With `command`, the id that it sends the same command under over its
//!   socket, whichever comes first counts. An answer that is no error says that the command is done.
//! - `act=forget`, posted to the form's `action`, removes the cookie: without that, forgetting a visitor is not
//!   complete, because a script cannot see the cookie.

mod address;
mod article;
mod chat;
mod document;
pub(crate) mod first_look;
mod frame;
mod letter;
mod moment;
mod notice;
mod record;
pub(crate) mod staff;
mod text;
mod theme;

pub use address::{Address, Scheme};
pub use article::article;
pub use chat::{ChatPage, Failed, Identity, Keeping, Standing, Uncorrected, Unkept};
pub use document::{documents, fill_in, reach};
pub use letter::{LetterLink, LetterPage};
pub use notice::{Notice, notice};
pub use record::{Record, RecordForm};
pub use theme::{Accent, Theme};
