//! The reply box.

use leptos::html;
use leptos::prelude::*;
use protocol::ConversationId;
use session::agent::Input;

use super::desk::Desk;
use super::known::AskedAgain;
use super::prepared::{Helpers, Prepared, PreparedList};
use super::{focus, words};
use crate::browser::{self, element};

/// The most lines that the box grows to.
const MOST_LINES: usize = 5;

/// The box to write in, with its button. What is in it is kept for each conversation.
#[component]
pub(super) fn Composer(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let text_box = NodeRef::<html::Textarea>::new();
    let draft = desk.read(move |session| session.draft_of(conversation).to_owned());
    Effect::new(move |_| {
        let draft = draft.get();
        if let Some(text_box) = text_box.get()
            // Setting the same text again would throw the cursor to the end, and end a composition.
            && text_box.value() != draft
        {
            text_box.set_value(&draft);
        }
    });
    let held = desk.read(move |session| {
        let held = session.held_reply(conversation);
        held.map(|(text, _)| text.to_owned())
    });
    let prepared = Prepared::new(desk, conversation, text_box);
    let warned = StoredValue::new(String::new());
    let send = move || {
        desk.forget_told();
        // What a prepared reply leaves open is seldom meant to be sent so.
        let is_unfilled = draft.with_untracked(|draft| {
            let is_known = warned.with_value(|warned| warned == draft);
            !is_known && protocol::unfilled(draft).next().is_some()
        });
        if is_unfilled {
            warned.set_value(draft.get_untracked());
            desk.reply_error.set(words::UNFILLED);
            focus::move_to([focus::REPLY]);
            return;
        }
        // Sent with nothing in the box, what is held goes at once.
        let is_empty = draft.with_untracked(|draft| draft.trim().is_empty());
        if is_empty && held.with_untracked(Option::is_some) {
            desk.input(Input::SendHeld(conversation));
        } else {
            desk.input(Input::Hold(conversation, browser::command_id()));
        }
        if let Some(text_box) = text_box.get_untracked() {
            element::focus(&text_box);
        }
    };
    let write = move |event| {
        desk.reply_error.set("");
        desk.input(Input::Draft(conversation, event_target_value(&event)));
        prepared.look();
    };
    let press = move |event: leptos::ev::KeyboardEvent| {
        if !event.is_composing() && prepared.press(&event.key()) {
            element::keep_to_ourselves(&event);
        } else if element::is_plain_enter(&event) || element::is_ctrl_enter(&event) {
            element::keep_to_ourselves(&event);
            send();
        }
    };
    view! {
        <form
            id="composer"
            class="composer"
            on:submit=move |event| {
                element::keep_to_ourselves(&event);
                send();
            }
        >
            <AskedAgain conversation />
            <PreparedList prepared />
            {move || held.get().map(|text| view! { <Held conversation text /> })}
            <div class="composer-box">
                <textarea
                    node_ref=text_box
                    id=focus::REPLY
                    class="composer-text"
                    name="text"
                    rows=move || draft.with(|draft| lines(draft).to_string())
                    dir="auto"
                    aria-label=words::REPLY
                    aria-describedby="reply-error"
                    aria-autocomplete="list"
                    aria-activedescendant=move || prepared.active()
                    aria-invalid=move || (!desk.reply_error.get().is_empty()).then_some("true")
                    placeholder=words::WRITE_REPLY
                    enterkeyhint="send"
                    on:input=write
                    on:keydown=press
                    on:click=move |_| prepared.look()
                    on:blur=move |_| prepared.close()
                ></textarea>
                <button id="send" class="button button-strong" type="submit">
                    {words::SEND}
                </button>
            </div>
            <div class="composer-more">
                <Helpers prepared />
                <Suggestions conversation />
            </div>
            <p id="reply-error" class="field-error" role="alert">
                {move || desk.reply_error.get()}
            </p>
        </form>
    }
}

/// The reply that can still be taken back.
#[component]
fn Held(conversation: ConversationId, text: String) -> impl IntoView {
    let desk: Desk = expect_context();
    let settle = move |input: Input| {
        desk.input(input);
        focus::move_to([focus::REPLY]);
    };
    view! {
        <div class="held" role="status">
            <p class="held-text" dir="auto">
                <span class="visually-hidden">{words::HELD}</span>
                {text}
            </p>
            <button
                id="undo"
                class="button"
                type="button"
                on:click=move |_| settle(Input::Undo(conversation))
            >
                {words::UNDO}
            </button>
            <button
                id="send-now"
                class="button"
                type="button"
                on:click=move |_| settle(Input::SendHeld(conversation))
            >
                {words::SEND_NOW}
            </button>
        </div>
    }
}

/// The answers to suggest with the reply, behind a press: most replies need none.
#[component]
fn Suggestions(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let text_box = NodeRef::<html::Textarea>::new();
    let suggestions = desk.read(move |session| session.suggestions_of(conversation).to_owned());
    Effect::new(move |_| {
        let suggestions = suggestions.get();
        if let Some(text_box) = text_box.get()
            && text_box.value() != suggestions
        {
            text_box.set_value(&suggestions);
        }
    });
    view! {
        <details class="suggestions">
            <summary>{words::ADD_SUGGESTED}</summary>
            <textarea
                node_ref=text_box
                class="composer-text"
                rows="3"
                dir="auto"
                aria-label=words::SUGGESTED_BOX
                aria-describedby="suggestions-hint"
                on:input=move |event| {
                    desk.input(Input::Suggest(conversation, event_target_value(&event)));
                }
            ></textarea>
            <p id="suggestions-hint">{words::SUGGESTED_HINT}</p>
        </details>
    }
}

/// The lines that a browser is told to show which cannot fit the box to its text by itself.
fn lines(text: &str) -> usize {
    text.split('\n').count().min(MOST_LINES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_grows_with_its_lines_up_to_five() {
        for (text, expected) in [
            ("", 1),
            ("a", 1),
            ("a\n", 2),
            ("a\nb\nc", 3),
            ("\n\n\n\n\n\n\n", 5),
        ] {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }
}
