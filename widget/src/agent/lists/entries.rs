//! A list's lines. Of a long list only those are built that are in view or near it, so that ten thousand scroll like ten.

use std::ops::Range;

use leptos::html;
use leptos::prelude::*;
use protocol::ConversationId;
use session::agent::{Input, List};

use super::super::desk::Desk;
use super::super::words::LONG;
use super::line::{Other, Own, Waiting};
use crate::browser::element::{self, HtmlElement};

/// A long list with fewer lines than this is short again. Lower than [`LONG`], so that a list does not change its looks
/// with every line that comes and goes.
const SHORT: usize = 80;

/// How many lines are built above and below those that are in view, for whoever scrolls or presses Tab.
const AROUND: usize = 12;

/// Where a line stands in its list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// From 0; none for a line that is about to go.
    index: Memo<Option<usize>>,
    /// How many lines the list has if it is long, and not all of them are there to be counted.
    of: Memo<Option<usize>>,
}

impl Place {
    /// How many lines stand above, for the style sheet.
    pub fn at(self) -> impl Fn() -> Option<String> {
        move || Some(self.among_many()?.to_string())
    }

    pub fn is_first(self) -> impl Fn() -> Option<&'static str> {
        move || (self.index.get() == Some(0)).then_some("")
    }

    /// The line's number, for whoever cannot see how far down the list it is.
    pub fn number(self) -> impl Fn() -> Option<String> {
        move || Some((self.among_many()? + 1).to_string())
    }

    /// How many lines there are.
    pub fn count(self) -> impl Fn() -> Option<String> {
        move || self.of.get().map(|count| count.to_string())
    }

    /// The index, if the list is long.
    fn among_many(self) -> Option<usize> {
        self.of.get().and(self.index.get())
    }
}

/// The lines of a list.
#[component]
pub(super) fn Entries(list: List, name: &'static str) -> impl IntoView {
    let desk: Desk = expect_context();
    let count = desk.read(move |session| session.count(list));
    let is_long = Memo::new(move |before: Option<&bool>| {
        let was_long = before.copied().unwrap_or(false);
        count.get() > if was_long { SHORT } else { LONG }
    });
    let of = Memo::new(move |_| is_long.get().then(|| count.get()));
    let built = RwSignal::new(0..LONG);
    // Whoever scrolls away from the line that they are at finds it again where they left it.
    let at = RwSignal::new(None::<ConversationId>);
    let rows = desk.read(move |session| {
        let built = if is_long.get() {
            built.get()
        } else {
            0..LONG + 1
        };
        let first = built.start;
        let listed = session.listed(list, built.clone()).into_iter();
        let mut rows: Vec<(usize, ConversationId)> = (first..).zip(listed).collect();
        if let Some(at) = at.get()
            && let Some(index) = session.place_in(list, at)
            && !built.contains(&index)
        {
            let before = rows.iter().filter(|(other, _)| *other < index).count();
            rows.insert(before, (index, at));
        }
        rows
    });
    let window = NodeRef::<html::Div>::new();
    let look = move || {
        let Some(window) = window.get_untracked() else {
            return;
        };
        let in_view = lines_in_view(&window).unwrap_or(0..0);
        let around = in_view.start.saturating_sub(AROUND)..in_view.end + AROUND;
        // Not for each line that comes into view: there are some left that are built.
        let has_room = built.with_untracked(|built| {
            let near = in_view.start.saturating_sub(AROUND / 2)..in_view.end + AROUND / 2;
            built.start <= near.start
                && near.end <= built.end
                && built.len() <= around.len() + AROUND
        });
        if has_room {
            return;
        }
        built.set(around);
        if is_long.get_untracked() {
            desk.input(Input::Shown(list, in_view.end));
        }
    };
    Effect::new(move |_| {
        is_long.track();
        look();
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| look());
    on_cleanup(move || resized.remove());
    let height = move || of.get().map(|count| count.to_string());
    view! {
        <div
            class="entries-window"
            class:long=is_long
            node_ref=window
            on:scroll=move |_| look()
        >
            <ul
                class="entries"
                role="list"
                aria-label=name
                style:--count=height
                on:focusin=move |event| at.set(line_of(&event))
                on:focusout=move |_| at.set(None)
            >
                <For
                    each=move || rows.get()
                    key=|(_, conversation)| *conversation
                    children=move |(_, conversation)| {
                        let index = Memo::new(move |_| {
                            rows.with(|rows| {
                                let row = rows.iter().find(|(_, it)| *it == conversation);
                                row.map(|(index, _)| *index)
                            })
                        });
                        let place = Place { index, of };
                        match list {
                            List::Queue => view! { <Waiting conversation place /> }.into_any(),
                            List::Mine => view! { <Own conversation place /> }.into_any(),
                            List::Others => view! { <Other conversation place /> }.into_any(),
                        }
                    }
                />
            </ul>
        </div>
    }
}

/// The conversation of the line where something happens.
fn line_of(event: &leptos::ev::FocusEvent) -> Option<ConversationId> {
    let conversation = element::attribute_around(event, ".entry", "data-case");
    conversation?.parse().ok()
}

/// The lines of a long list that are in view; none if it has none.
fn lines_in_view(window: &HtmlElement) -> Option<Range<usize>> {
    let line: HtmlElement = element::within(window, ".entry")?;
    let height = usize::try_from(line.offset_height())
        .ok()
        .filter(|it| *it > 0)?;
    let top = usize::try_from(window.scroll_top()).unwrap_or(0);
    let shown = usize::try_from(window.client_height()).unwrap_or(0);
    Some(top / height..(top + shown).div_ceil(height))
}
