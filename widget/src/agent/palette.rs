//! Everything by keys: a list of all that can be done now, found by a few letters, and the sheet that names the keys.
//!
//! What can be done is what has a button on the page. The list presses it, so a button is in one place alone.

use leptos::html;
use leptos::prelude::*;
use protocol::ConversationId;
use session::agent::{Line, List};

use super::choice::Choice;
use super::desk::{Desk, Pane};
use super::{focus, words};
use crate::browser::{element, soon};

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Deed {
    /// Press what has this id, in this pane.
    Press(&'static str, Option<Pane>),
    /// Go to what has this id, in this pane.
    Go(&'static str, Pane),
    /// Open a conversation.
    Open(ConversationId),
    /// Show the keys.
    Keys,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    label: String,
    deed: Deed,
}

const LIST: &str = "palette-list";
const SEARCH: &str = "palette-search";

/// Buttons that do the opposite once they were pressed, or more than their name while off duty: they say so themselves.
const TURNING: [&str; 3] = [focus::TAKE_NOW, "ask-lead", "put-off"];

/// The buttons, by their ids, with their panes and what they do in words.
const BUTTONS: [(&str, Option<Pane>, &str); 17] = [
    ("find-open", Some(Pane::Queue), words::FIND),
    ("take-next", Some(Pane::Queue), words::TAKE_NEXT),
    (focus::TAKE_NOW, Some(Pane::Conversation), words::TAKE),
    ("resolve", Some(Pane::Conversation), words::RESOLVE),
    ("transfer", Some(Pane::Conversation), words::TRANSFER),
    ("ask-lead", Some(Pane::Conversation), words::ASK_LEAD),
    ("put-off", Some(Pane::Conversation), words::PUT_OFF),
    ("undo", Some(Pane::Conversation), words::UNDO),
    ("send-now", Some(Pane::Conversation), words::SEND_NOW),
    ("prepared-open", Some(Pane::Conversation), words::PREPARED),
    ("use-words", Some(Pane::Conversation), words::USE_WORDS),
    ("older", Some(Pane::Conversation), words::OLDER),
    ("add-fact", Some(Pane::Case), words::ADD_FACT),
    ("add-note", Some(Pane::Case), words::ADD_NOTE),
    (focus::DUTY, None, words::DUTY_SWITCH),
    ("sound", None, words::SOUND_SWITCH),
    ("sign-out", None, words::SIGN_OUT),
];

/// The places, by their ids.
const PLACES: [(&str, Pane, &str); 5] = [
    (focus::REPLY, Pane::Conversation, words::GO_TO_REPLY),
    (focus::LOG, Pane::Conversation, words::GO_TO_LOG),
    (focus::LISTS, Pane::Queue, words::GO_TO_LISTS),
    ("note", Pane::Case, words::GO_TO_NOTE),
    ("at-once", Pane::Queue, words::GO_TO_AT_ONCE),
];

/// How many lines of each list are offered, at most: one of thousands is not found by its words here.
const LINES: usize = 50;

/// What can be done now.
fn entries(desk: Desk) -> Vec<Entry> {
    let there = |id: &str| element::by_id::<element::HtmlElement>(id);
    let is_there = |id: &str| there(id).is_some();
    let buttons = BUTTONS.iter().filter_map(|&(id, pane, label)| {
        let button = there(id)?;
        let own = || button.text_content().unwrap_or_default();
        Some(Entry {
            label: match TURNING.contains(&id) {
                true => own().trim().to_owned(),
                false => label.into(),
            },
            deed: Deed::Press(id, pane),
        })
    });
    let places = PLACES.iter().filter(|(id, ..)| is_there(id));
    let places = places.map(|&(id, pane, label)| Entry {
        label: label.into(),
        deed: Deed::Go(id, pane),
    });
    let lines = desk.peek(|session| {
        let mine = session.listed(List::Mine, 0..LINES).into_iter();
        let listed = mine.chain(session.listed(List::Queue, 0..LINES));
        listed.filter_map(|id| session.line(id)).collect::<Vec<_>>()
    });
    let open = |line: &Line| Entry {
        label: words::open_line(line.case.receipt, &line.case.preview),
        deed: Deed::Open(line.case.conversation),
    };
    let keys = Entry {
        label: words::SHOW_KEYS.into(),
        deed: Deed::Keys,
    };
    let mut entries: Vec<Entry> = buttons.chain(places).collect();
    entries.push(keys);
    entries.extend(lines.iter().map(open));
    entries
}

/// Whether all words that are looked for are in a label, in any order.
fn fits(label: &str, wanted: &str) -> bool {
    let label = label.to_lowercase();
    let mut words = wanted.split_whitespace();
    words.all(|word| label.contains(&word.to_lowercase()))
}

/// The two sheets, closed until they are asked for.
#[component]
pub(super) fn Palette() -> impl IntoView {
    let desk: Desk = expect_context();
    let sheet = NodeRef::<html::Dialog>::new();
    let keys = NodeRef::<html::Dialog>::new();
    let entries_now = RwSignal::new(Vec::<Entry>::new());
    let wanted = RwSignal::new(String::new());
    let choice = Choice::new(LIST);
    let found = Memo::new(move |_| {
        let all = entries_now.get();
        let wanted = wanted.get();
        let fitting = all.into_iter().filter(|it| fits(&it.label, &wanted));
        fitting.collect::<Vec<_>>()
    });
    let open = move || {
        entries_now.set(entries(desk));
        wanted.set(String::new());
        choice.begin_again();
        if let Some(sheet) = sheet.get_untracked() {
            element::show_modal(&sheet);
            focus::move_to([SEARCH]);
        }
    };
    let listener = window_event_listener(leptos::ev::keydown, move |event| {
        if element::is_ctrl_k(&event) {
            element::keep_to_ourselves(&event);
            match sheet.get_untracked() {
                Some(sheet) if sheet.open() => sheet.close(),
                _ => open(),
            }
        }
    });
    on_cleanup(move || listener.remove());
    let act = move |index: usize| {
        let Some(entry) = found.with_untracked(|found| found.get(index).cloned()) else {
            return;
        };
        if let Some(sheet) = sheet.get_untracked() {
            sheet.close();
        }
        match entry.deed {
            Deed::Press(id, pane) => {
                if let Some(pane) = pane {
                    desk.go_to(pane);
                }
                soon(move || element::press(id));
            }
            Deed::Go(id, pane) => {
                desk.go_to(pane);
                focus::move_to([id]);
            }
            Deed::Open(conversation) => {
                desk.open(conversation);
                focus::move_to([focus::REPLY, focus::TAKE_NOW, focus::TITLE]);
            }
            Deed::Keys => {
                if let Some(keys) = keys.get_untracked() {
                    element::show_modal(&keys);
                }
            }
        }
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        match &*event.key() {
            "Enter" if !event.is_composing() => act(choice.index()),
            key if choice.press(key, found.with_untracked(Vec::len)) => {}
            _ => return,
        }
        element::keep_to_ourselves(&event);
        let option = choice.id(choice.index());
        if let Some(option) = element::by_id::<element::HtmlElement>(&option) {
            element::show(&option);
        }
    };
    let list = move || {
        let found = found.get();
        if found.is_empty() {
            return view! { <p class="empty">{words::NOTHING_FOUND}</p> }.into_any();
        }
        let options = found.into_iter().enumerate().map(|(index, entry)| {
            view! {
                <li
                    id=choice.id(index)
                    class="palette-entry"
                    role="option"
                    dir="auto"
                    aria-selected=move || choice.aria_selected(index)
                    on:click=move |_| act(index)
                >
                    {entry.label}
                </li>
            }
        });
        let options = options.collect_view();
        view! {
            <ul id=LIST class="palette-list" role="listbox" aria-label=words::PALETTE>
                {options}
            </ul>
        }
        .into_any()
    };
    view! {
        <button id="palette-open" class="button" type="button" aria-keyshortcuts="Control+K" on:click=move |_| open()>
            {words::PALETTE_OPEN}
        </button>
        <dialog node_ref=sheet class="sheet" aria-label=words::PALETTE>
            <input
                id=SEARCH
                class="field-input"
                type="text"
                role="combobox"
                aria-label=words::PALETTE_SEARCH
                placeholder=words::PALETTE_SEARCH
                aria-expanded=move || found.with(|found| !found.is_empty()).to_string()
                aria-controls=move || found.with(|found| !found.is_empty()).then_some(LIST)
                aria-autocomplete="list"
                aria-activedescendant=move || {
                    // Where nothing was found there is no list to point at.
                    found.with(|found| !found.is_empty()).then(|| choice.chosen_id())
                }
                autocomplete="off"
                spellcheck="false"
                dir="auto"
                prop:value=move || wanted.get()
                on:input=move |event| {
                    wanted.set(event_target_value(&event));
                    choice.begin_again();
                }
                on:keydown=press
            />
            {list}
        </dialog>
        <Keys keys />
    }
}

/// The keys, and what they do.
#[component]
fn Keys(keys: NodeRef<html::Dialog>) -> impl IntoView {
    let rows = words::KEYS.map(|(key, does)| {
        view! {
            <div class="fact">
                <dt>
                    <kbd>{key}</kbd>
                </dt>
                <dd>{does}</dd>
            </div>
        }
    });
    let close = move |_| {
        if let Some(keys) = keys.get_untracked() {
            keys.close();
        }
    };
    view! {
        <dialog node_ref=keys class="sheet" aria-labelledby="keys-title">
            <h2 id="keys-title" class="case-title">
                {words::KEYS_TITLE}
            </h2>
            <dl class="facts">{rows}</dl>
            <button class="button" type="button" on:click=close>
                {words::CLOSE}
            </button>
        </dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_for_is_found_by_the_beginnings_of_words_in_any_order() {
        for (label, wanted, expected) in [
            ("Transfer", "", true),
            ("Transfer", "TRANS", true),
            ("Open No. 4: Where is my lamp?", "lamp 4", true),
            ("Open No. 4: Where is my lamp?", "chair", false),
        ] {
            assert_eq!(fits(label, wanted), expected, "{label} by {wanted}");
        }
    }
}
