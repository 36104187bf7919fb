//! Prepared replies: the list, and the form of one.

use maud::{Markup, html};
use protocol::{Language, MAX_SHORTCUT_CHARS};

use super::table::{change, table};
use super::{Problems, Section, words};
use crate::store::CannedReply;

/// The id of a field.
pub const SHORTCUT: &str = "shortcut";
/// The id of a field.
pub const LANGUAGE: &str = "language";
/// The id of a field.
pub const TEXT: &str = "text";

/// What is in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// What is typed after a slash.
    pub shortcut: String,
    /// The letters of a language; empty for any.
    pub language: String,
    /// What is put into the reply box.
    pub text: String,
}

/// All of them.
#[must_use]
pub fn list(replies: &[CannedReply]) -> Markup {
    let rows: Vec<Vec<Markup>> = replies.iter().map(row).collect();
    let columns = [
        words::REPLY_SHORTCUT,
        words::REPLY_LANGUAGE,
        words::REPLY_TEXT,
        words::CHANGE,
    ];
    html! {
        p.actions { a.button.button-strong href={ (Section::Replies.path()) "/new" } { (words::ADD_REPLY) } }
        @if rows.is_empty() { p.quiet { (words::NONE_YET) } } @else {
            (table(words::REPLIES, &columns, &rows))
        }
    }
}

fn row(CannedReply { id, reply }: &CannedReply) -> Vec<Markup> {
    let path = format!("{}/{id}", Section::Replies.path());
    vec![
        html! { bdi { "/" (reply.shortcut) } },
        html! { (language_name(reply.language)) },
        html! { span.excerpt dir="auto" { (reply.text) } },
        change(&path, words::CHANGE, &reply.shortcut),
    ]
}

/// What a language is called; its letters where nobody has given it a name.
#[must_use]
pub fn language_name(language: Option<Language>) -> String {
    match language {
        None => words::ANY_LANGUAGE.into(),
        Some(language) => {
            words::language(language.as_str()).map_or_else(|| language.to_string(), str::to_owned)
        }
    }
}

/// The fields of the form.
#[must_use]
pub fn fields(typed: &Typed, problems: &Problems) -> Markup {
    let any = (String::new(), words::ANY_LANGUAGE.to_owned());
    let named = words::LANGUAGE_NAMES.map(|(letters, name)| (letters.into(), name.into()));
    let languages: Vec<(String, String)> = std::iter::once(any).chain(named).collect();
    let field = |id, label, hint| problems.field(id, label, hint);
    html! {
        (field(SHORTCUT, words::REPLY_SHORTCUT, words::REPLY_SHORTCUT_HINT).text(&typed.shortcut, MAX_SHORTCUT_CHARS + 1))
        (field(LANGUAGE, words::REPLY_LANGUAGE, words::REPLY_LANGUAGE_HINT).select(&languages, &typed.language))
        (field(TEXT, words::REPLY_TEXT, words::REPLY_TEXT_HINT).lines(&typed.text, 8, true))
    }
}
