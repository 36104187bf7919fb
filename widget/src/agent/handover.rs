//! What passes from one agent to the next: a colleague's half-written words, the note, and what is left to an agent who
//! lost a conversation.

use leptos::html;
use leptos::prelude::*;
use protocol::{Begun, ConversationId};
use session::agent::{AgentSession, Input};

use super::desk::Desk;
use super::{focus, words};
use crate::browser::{self, clock};

/// The most lines that a box of words grows to.
const MOST_LINES: usize = 5;

/// What colleagues left for whoever answers here: between the log and the reply box. `holds` lets the words be used.
#[component]
pub(super) fn Strip(conversation: ConversationId, holds: bool) -> impl IntoView {
    let desk: Desk = expect_context();
    let begun = desk.read(move |session| session.begun(conversation).cloned());
    let note = desk.read(move |session| session.kept_note(conversation).cloned());
    // One's own words are below anyway where they cannot be sent, and one's own note is on the case card.
    let begun = move || begun.get().filter(|begun| holds || !begun.mine);
    let note = move || note.get().filter(|note| !note.mine);
    move || {
        let (begun, note) = (begun(), note());
        (begun.is_some() || note.is_some()).then(|| {
            view! {
                <section class="handover" aria-label=words::HANDED_OVER tabindex="0">
                    {note.map(|note| left(words::note_by(&note, &time_of(&note)), note.text))}
                    {begun.map(|begun| offer(desk, conversation, begun, holds))}
                </section>
            }
        })
    }
}

fn offer(desk: Desk, conversation: ConversationId, begun: Begun, holds: bool) -> impl IntoView {
    let settle = move |input: Input| {
        desk.forget_told();
        desk.input(input);
        focus::move_to([focus::REPLY]);
    };
    let buttons = holds.then(|| {
        view! {
            <div class="handover-acts">
                <button
                    id="use-words"
                    class="button"
                    type="button"
                    on:click=move |_| settle(Input::UseBegun(conversation))
                >
                    {words::USE_WORDS}
                </button>
                <button
                    id="drop-words"
                    class="button"
                    type="button"
                    on:click=move |_| settle(Input::DropBegun(conversation))
                >
                    {words::DROP_WORDS}
                </button>
            </div>
        }
    });
    view! {
        {left(words::begun_by(&begun, &time_of(&begun)), begun.text)}
        {buttons}
    }
}

fn left(label: String, text: String) -> impl IntoView {
    view! {
        <div class="handover-words">
            <p class="handover-who">{label}</p>
            <p class="handover-text" dir="auto">
                {text}
            </p>
        </div>
    }
}

fn time_of(begun: &Begun) -> String {
    clock::time_of_day(begun.at)
}

/// What stands above the bar in place of the reply box: what happened to the claim, and what was written and not sent.
#[component]
pub(super) fn AfterClaim(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let lost = desk.read(move |session| lost(session, conversation));
    let draft = desk.read(move |session| session.draft_of(conversation).trim().to_owned());
    let note = desk.read(move |session| {
        let unsaved = session.is_note_unsaved(conversation);
        unsaved.then(|| session.note_of(conversation).trim().to_owned())
    });
    move || {
        let lost = lost.get().map(|words| {
            view! {
                <p class="lost" role="status">
                    {words}
                </p>
            }
        });
        let draft = Some(draft.get()).filter(|draft| !draft.is_empty());
        let note = note.get().filter(|note| !note.is_empty());
        (lost.is_some() || draft.is_some() || note.is_some()).then(|| {
            view! {
                <div class="after-claim">
                    {lost} {draft.map(|draft| unsent("unsent", words::UNSENT, draft))}
                    {note.map(|note| unsent("unsent-note", words::NOTE_NOT_KEPT, note))}
                </div>
            }
        })
    }
}

/// Words that can be read and copied, and not sent.
fn unsent(id: &'static str, label: &'static str, text: String) -> impl IntoView {
    let rows = lines(&text).to_string();
    view! {
        <div class="unsent">
            <label for=id>{label}</label>
            <textarea id=id class="note-box" dir="auto" readonly rows=rows>
                {text}
            </textarea>
        </div>
    }
}

/// Going on duty again, for who was taken off it while they were gone.
#[component]
pub(super) fn BackToWork(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let offers =
        desk.read(move |session| session.lost_of(conversation).is_some() && !session.on_duty());
    move || {
        offers.get().then(|| {
            view! {
                <button
                    id="back-to-work"
                    class="button button-strong"
                    type="button"
                    on:click=move |_| {
                        desk.forget_told();
                        desk.input(Input::Duty(true));
                        focus::move_to([focus::TITLE]);
                    }
                >
                    {words::GO_ON_DUTY}
                </button>
            }
        })
    }
}

fn lost(session: &AgentSession, conversation: ConversationId) -> Option<String> {
    let lost = session.lost_of(conversation)?;
    let time = clock::time_of_day(lost.at);
    Some(words::lost(lost, &time, session.holder(conversation)))
}

/// The note, on the case card: a box for whoever holds the conversation, text for whoever else may read it.
#[component]
pub(super) fn Note(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let writes = desk.read(move |session| {
        let reads = session.role().is_lead() && !session.closed(conversation);
        session.holds(conversation) || reads
    });
    let note = desk.read(move |session| session.note_of(conversation).to_owned());
    move || {
        if writes.get() {
            return view! { <NoteBox conversation note /> }.into_any();
        }
        let note = note.get();
        (!note.is_empty())
            .then(|| {
                view! {
                    <h3 class="case-part">{words::NOTE}</h3>
                    <p class="handover-text" dir="auto">
                        {note}
                    </p>
                }
            })
            .into_any()
    }
}

#[component]
fn NoteBox(conversation: ConversationId, note: Memo<String>) -> impl IntoView {
    let desk: Desk = expect_context();
    let text_box = NodeRef::<html::Textarea>::new();
    let unsaved = desk.read(move |session| session.is_note_unsaved(conversation));
    Effect::new(move |_| {
        let note = note.get();
        if let Some(text_box) = text_box.get()
            // Setting the same text again would throw the cursor to the end, and end a composition.
            && text_box.value() != note
        {
            text_box.set_value(&note);
        }
    });
    view! {
        <h3 class="case-part">
            <label for="note">{words::NOTE}</label>
        </h3>
        <textarea
            node_ref=text_box
            id="note"
            class="note-box"
            name="note"
            rows=move || note.with(|note| lines(note).max(2).to_string())
            maxlength="8000"
            dir="auto"
            aria-describedby="note-hint"
            on:input=move |event| desk.input(Input::Note(conversation, event_target_value(&event)))
        ></textarea>
        <p class="note-add">
            <button
                id="add-note"
                class="button"
                type="button"
                on:click=move |_| {
                    desk.forget_told();
                    desk.input(Input::AddNote(conversation, browser::command_id()));
                    focus::move_to(["note"]);
                }
            >
                {words::ADD_NOTE}
            </button>
        </p>
        <p id="note-hint" class="quote-note">
            {words::NOTE_HINT}
            {move || unsaved.get().then_some(" ")}
            {move || unsaved.get().then_some(words::NOTE_UNSAVED)}
        </p>
    }
}

/// The lines that a browser is told to show which cannot fit a box to its text by itself.
fn lines(text: &str) -> usize {
    text.split('\n').count().min(MOST_LINES)
}
