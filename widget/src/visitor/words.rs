//! What the page says, in the language that the server has rendered it in. The sentences are those of the `words` crate,
//! which the server uses too; their texts come with the page, in one file.

use std::cell::OnceCell;

use protocol::{RefusalCode, Timestamp};
use session::visitor::Delivery;
use words::{Category, Key, Locale, Speech, Words};

use crate::browser::{self, clock};
use crate::parts::SourceWords;

thread_local! {
    /// The page's language. There is one for as long as the page lives.
    static WORDS: OnceCell<&'static Words> = const { OnceCell::new() };
}

/// The reader's calendar and grammar, by the browser's `Intl`.
#[derive(Debug, Clone, Copy)]
pub struct Reader;

impl Locale for Reader {
    fn ordinal(&self, number: u32) -> Category {
        match clock::ordinal(number).as_str() {
            "zero" => Category::Zero,
            "one" => Category::One,
            "two" => Category::Two,
            "few" => Category::Few,
            "many" => Category::Many,
            _ => Category::Other,
        }
    }

    fn number(&self, number: usize) -> String {
        clock::number(number)
    }

    fn time(&self, at: Timestamp) -> String {
        clock::time_of_day(at)
    }

    fn day_and_time(&self, at: Timestamp) -> String {
        let (day, time) = (clock::day(at), clock::time_of_day(at));
        words().fill(Key::DayAndTime, &[("day", &day), ("time", &time)])
    }
}

/// Learns the page's language from the texts that came with it. False if they are those of another version: then the
/// page stays as the server has rendered it.
#[must_use]
pub fn learn() -> bool {
    let words = browser::texts("humanPleaseWords").and_then(Words::new);
    let Some(words) = words else { return false };
    WORDS.with(|slot| {
        slot.get_or_init(|| Box::leak(Box::new(words)));
    });
    true
}

/// The texts.
///
/// # Panics
///
/// If the page has not [learned](learn) them; it draws nothing before.
#[must_use]
pub fn words() -> &'static Words {
    WORDS.with(|slot| *slot.get().expect("the page has learned its language"))
}

/// One text.
#[must_use]
pub fn say(key: Key) -> &'static str {
    words().get(key)
}

/// The language with the reader's calendar.
#[must_use]
pub fn speech() -> Speech<'static, Reader> {
    Speech {
        words: words(),
        locale: Reader,
    }
}

/// A text about how else to reach the shop, and the one where no way is known.
#[must_use]
pub fn with_contact(key: Key, without: Key, contact: &str) -> String {
    let key = if contact.is_empty() { without } else { key };
    words().fill(key, &[("contact", contact)])
}

/// The line under an answer that is taken from articles.
#[must_use]
pub fn source_words() -> SourceWords {
    SourceWords {
        line: say(Key::Source),
        title: say(Key::Quoted),
        comma: say(Key::Comma),
        new_tab: say(Key::NewTab),
    }
}

/// How far a message has come.
#[must_use]
pub fn delivery(state: Delivery) -> String {
    let key = match state {
        Delivery::Sending => Key::Sending,
        Delivery::Sent => Key::Sent,
        Delivery::Seen => Key::Seen,
        Delivery::NotSent => Key::NotSentRetry,
        Delivery::Refused(RefusalCode::TooLong) => Key::NotSentTooLong,
        Delivery::Refused(RefusalCode::Empty) => Key::NotSentEmpty,
        Delivery::Refused(_) => Key::NotSent,
    };
    let limit = clock::number(protocol::MAX_TEXT_CHARS);
    words().fill(key, &[("limit", &limit)])
}

/// Why an email address is not kept.
#[must_use]
pub fn contact_refused(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::BadEmail => say(Key::EmailBad),
        _ => say(Key::EmailNotSaved),
    }
}

/// Before the page's title while messages were not seen.
#[must_use]
pub fn unread_title(unread: usize, title: &str) -> String {
    ["(", &unread.to_string(), ") ", title].concat()
}
