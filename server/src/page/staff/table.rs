//! Tables, which are stacked cards on a phone. Their roles are written out, because browsers forget those of a table whose
//! cells are shown otherwise.

use maud::{Markup, html};

/// A table: what it is called, its columns, and its rows, of which the first cell is the row's heading.
pub fn table(name: &str, columns: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        table.cards role="table" aria-label=(name) {
            thead role="rowgroup" {
                tr role="row" {
                    @for column in columns { th role="columnheader" scope="col" { (column) } }
                }
            }
            tbody role="rowgroup" {
                @for row in rows {
                    tr role="row" {
                        @for (index, (cell, column)) in row.iter().zip(columns).enumerate() {
                            @if index == 0 {
                                th role="rowheader" scope="row" { (cell) }
                            } @else {
                                td role="cell" data-label=(column) { (cell) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What belongs to a row's thing, as one cell; a dash for nothing.
pub fn or_dash(text: &str) -> Markup {
    html! {
        @if text.is_empty() { span.quiet { "–" } } @else { bdi { (text) } }
    }
}

/// The way to a row's form: its words, and what it is about, which only those hear who do not see the row.
pub fn change(path: &str, words: &str, about: &str) -> Markup {
    html! {
        a.row-link href=(path) { (words) span.unseen { " " (about) } }
    }
}
