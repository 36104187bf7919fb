//! The list of changes: who did what to whom or what, when, and how it was before and after.

use maud::{Markup, html};

use super::table::{or_dash, table};
use super::{Section, words};
use crate::page::moment::Moment;
use crate::store::Audited;

/// Entries of one page.
pub const PAGE_ENTRIES: usize = 50;

/// What is longer is folded, so that a page can be looked over.
const UNFOLDED_CHARS: usize = 160;

/// A page of the list. `older` is the number before which the next page's are, `is_newest` whether there is no page before.
#[must_use]
pub fn list(entries: &[Audited], older: Option<i64>, is_newest: bool) -> Markup {
    let rows: Vec<Vec<Markup>> = entries.iter().map(row).collect();
    let columns = [
        words::WHAT,
        words::ABOUT,
        words::BEFORE,
        words::AFTER,
        words::WHO,
        words::WHEN,
    ];
    let path = Section::Changes.path();
    html! {
        p.lead { (words::CHANGES_LEAD) }
        @if rows.is_empty() { p.quiet { (words::NONE_YET) } } @else {
            (table(words::CHANGES, &columns, &rows))
        }
        @if older.is_some() || !is_newest {
            p.actions {
                @if let Some(older) = older { a.button rel="next" href={ (path) "?before=" (older) } { (words::OLDER) } }
                @if !is_newest { a.button href=(path) { (words::NEWEST) } }
            }
        }
    }
}

fn row(entry: &Audited) -> Vec<Markup> {
    let at = Moment::of(entry.at).machine_time();
    // The same without the letters between its parts.
    let shown = at.replace('T', " ").replace('Z', "");
    vec![
        html! { (capitalized(&entry.what)) },
        or_dash(&entry.about),
        folded(&entry.before),
        folded(&entry.after),
        html! { bdi { (entry.by) } },
        html! { time datetime=(at) { (shown) } },
    ]
}

/// The words with a capital letter in front, as a heading has them.
fn capitalized(words: &str) -> String {
    let mut rest = words.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest).collect()
}

fn folded(text: &str) -> Markup {
    if text.chars().count() <= UNFOLDED_CHARS {
        return html! { span.written { (or_dash(text)) } };
    }
    let begin: String = text.chars().take(UNFOLDED_CHARS / 2).collect();
    html! {
        details {
            summary { bdi { (begin) "…" } }
            span.written { bdi { (text) } }
        }
    }
}
