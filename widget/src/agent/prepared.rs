//! Prepared replies in the reply box: offered as soon as a slash begins a word, chosen with the keys or a finger.

use leptos::html;
use leptos::prelude::*;
use protocol::{ConversationId, PreparedReply};
use session::agent::{Input, slash_word};

use super::choice::Choice;
use super::desk::Desk;
use super::words;
use crate::browser::element;

/// The list's id.
const LIST: &str = "prepared";

/// What is offered for what stands before the cursor.
#[derive(Clone, Copy)]
pub(super) struct Prepared {
    desk: Desk,
    conversation: ConversationId,
    text_box: NodeRef<html::Textarea>,
    /// What is typed after the slash; none while nothing is offered.
    word: RwSignal<Option<String>>,
    found: Memo<Vec<PreparedReply>>,
    /// The one that Enter takes.
    choice: Choice,
}

impl Prepared {
    pub fn new(
        desk: Desk,
        conversation: ConversationId,
        text_box: NodeRef<html::Textarea>,
    ) -> Self {
        let word = RwSignal::new(None::<String>);
        // They may change while they are offered.
        let found = desk.read(move |session| {
            word.with(|word| match word {
                Some(word) => {
                    let found = session.prepared(conversation, word).into_iter();
                    found.cloned().collect()
                }
                None => vec![],
            })
        });
        Self {
            desk,
            conversation,
            text_box,
            word,
            found,
            choice: Choice::new(LIST),
        }
    }

    /// The text or the cursor has changed.
    pub fn look(self) {
        let before = self.before_cursor();
        let word = before.as_deref().and_then(slash_word).map(str::to_owned);
        if self.word.with_untracked(|known| *known != word) {
            self.choice.begin_again();
            self.word.set(word);
        }
    }

    /// Offers nothing any more.
    pub fn close(self) {
        self.word.set(None);
    }

    /// Does what a key does while something is offered. False if it does nothing.
    pub fn press(self, key: &str) -> bool {
        let count = self.found.with_untracked(Vec::len);
        if count == 0 {
            return false;
        }
        match key {
            "Enter" | "Tab" => self.insert(self.choice.index()),
            "Escape" => self.close(),
            _ => return self.choice.press(key, count),
        }
        true
    }

    /// Begins a word with a slash, for those who do not type one.
    pub fn open(self) {
        let Some(text_box) = self.text_box.get_untracked() else {
            return;
        };
        let before = self.before_cursor().unwrap_or_default();
        let gap = if before.is_empty() || before.ends_with(char::is_whitespace) {
            "/"
        } else {
            " /"
        };
        element::type_over(&text_box, before.len(), gap);
        self.written();
        element::focus(&text_box);
        self.look();
    }

    /// Puts a text where the cursor is.
    pub fn type_in(self, text: &str) {
        if let Some(text_box) = self.text_box.get_untracked() {
            let at = self.before_cursor().map_or(0, |before| before.len());
            element::type_over(&text_box, at, text);
            self.written();
            element::focus(&text_box);
        }
    }

    fn insert(self, index: usize) {
        let text = self.found.with_untracked(|found| {
            let reply = found.get(index)?;
            let conversation = self.conversation;
            Some(
                self.desk
                    .peek(|session| session.prepared_text(conversation, &reply.text)),
            )
        });
        let (Some(text), Some(text_box)) = (text, self.text_box.get_untracked()) else {
            return;
        };
        let before = self.before_cursor().unwrap_or_default();
        let word = slash_word(&before).map_or(0, |word| word.len() + "/".len());
        element::type_over(&text_box, before.len() - word, &text);
        self.close();
        self.written();
        element::focus(&text_box);
    }

    fn before_cursor(self) -> Option<String> {
        self.text_box
            .get_untracked()
            .map(|text_box| element::before_cursor(&text_box))
    }

    fn written(self) {
        if let Some(text_box) = self.text_box.get_untracked() {
            self.desk
                .input(Input::Draft(self.conversation, text_box.value()));
        }
    }

    /// The id of the option that Enter takes, for those who hear the list.
    pub fn active(self) -> Option<String> {
        let is_open = self.found.with(|found| !found.is_empty());
        is_open.then(|| self.choice.chosen_id())
    }
}

/// The list above the reply box.
#[component]
pub(super) fn PreparedList(prepared: Prepared) -> impl IntoView {
    let list = move || {
        let found = prepared.found.get();
        let is_asked = prepared.word.with(Option::is_some);
        if found.is_empty() {
            let has_none = is_asked
                && prepared
                    .desk
                    .peek(|session| session.staff().replies.is_empty());
            return has_none
                .then(|| view! { <p class="prepared-none">{words::NO_PREPARED}</p> }.into_any());
        }
        let options = found.into_iter().enumerate().map(|(index, reply)| {
            view! {
                <li
                    id=prepared.choice.id(index)
                    role="option"
                    class="prepared-reply"
                    aria-selected=move || prepared.choice.aria_selected(index)
                    // The box keeps the focus.
                    on:mousedown=|event| element::keep_to_ourselves(&event)
                    on:click=move |_| prepared.insert(index)
                >
                    <span class="prepared-shortcut">{["/", &reply.shortcut].concat()}</span>
                    <span class="prepared-text" dir="auto">
                        {reply.text}
                    </span>
                </li>
            }
        });
        let options = options.collect_view();
        Some(
            view! {
                <ul id=LIST class="prepared" role="listbox" aria-label=words::PREPARED>
                    {options}
                </ul>
            }
            .into_any(),
        )
    };
    view! { <div class="prepared-place">{list}</div> }
}

/// The signs that are offered: what people who help use, and no more.
const SIGNS: [&str; 16] = [
    "🙂", "😊", "😀", "😉", "🙏", "👍", "👏", "🎉", "❤️", "😔", "🤔", "👀", "✅", "📦", "⏳", "☎️",
];

/// The ways into the reply box for those who do not type them: prepared replies and signs.
#[component]
pub(super) fn Helpers(prepared: Prepared) -> impl IntoView {
    let signs = SIGNS.map(|sign| {
        view! {
            <button class="sign" type="button" on:click=move |_| prepared.type_in(sign)>
                {sign}
            </button>
        }
    });
    view! {
        <button
            id="prepared-open"
            class="known-change"
            type="button"
            on:click=move |_| prepared.open()
        >
            {words::PREPARED}
        </button>
        <details class="signs">
            <summary>{words::SIGNS}</summary>
            <div class="signs-all" role="group" aria-label=words::SIGNS>
                {signs}
            </div>
        </details>
    }
}
