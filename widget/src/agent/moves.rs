//! What an agent does with a conversation as a whole: pass it on, ask a lead, put it off, mark it as solved.

use leptos::html;
use leptos::prelude::*;
use protocol::{AgentId, ConversationId, Recipient, TeamId};
use session::agent::{AgentSession, Deed, Input};

use super::desk::Desk;
use super::{focus, words};
use crate::browser::{self, clock, element, later};

/// The form that is open below the buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Transfer,
    Lead,
    Snooze,
}

impl Form {
    fn id(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Lead => "ask-lead",
            Self::Snooze => "put-off",
        }
    }
}

/// The buttons, and the form that one of them has opened.
#[component]
pub(super) fn Moves(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let form = RwSignal::new(None::<Form>);
    let is_asked = desk.read(move |session| {
        let case = session.case(conversation);
        case.is_some_and(|case| case.help.is_some())
    });
    let is_put_off = desk.read(move |session| {
        let case = session.case(conversation);
        case.is_some_and(|case| case.snoozed.is_some())
    });
    let act = move |deed| {
        desk.forget_told();
        desk.input(Input::Act(deed, conversation, browser::command_id()));
    };
    let toggle = move |which: Form| {
        let open = form.get_untracked() != Some(which);
        form.set(open.then_some(which));
        if open {
            focus::move_to([[which.id(), "-first"].concat()]);
        }
    };
    let opener = move |which: Form, label: &'static str| {
        view! {
            <button
                id=which.id()
                class="button"
                type="button"
                aria-expanded=move || (form.get() == Some(which)).to_string()
                aria-controls="move-form"
                on:click=move |_| toggle(which)
            >
                {label}
            </button>
        }
    };
    let close = Callback::new(move |()| {
        if let Some(which) = form.get_untracked() {
            form.set(None);
            focus::move_to([which.id()]);
        }
    });
    view! {
        <div
            class="moves"
            on:keydown=move |event| {
                if element::is_escape(&event) && form.get_untracked().is_some() {
                    element::keep_to_ourselves(&event);
                    close.run(());
                }
            }
        >
            <div class="talk-actions">
                {opener(Form::Transfer, words::TRANSFER)}
                {move || {
                    if is_asked.get() {
                        view! {
                            <button
                                id="ask-lead"
                                class="button"
                                type="button"
                                on:click=move |_| act(Deed::AskNoLead)
                            >
                                {words::ASK_NO_LEAD}
                            </button>
                        }
                            .into_any()
                    } else {
                        opener(Form::Lead, words::ASK_LEAD).into_any()
                    }
                }}
                {move || {
                    if is_put_off.get() {
                        view! {
                            <button
                                id="put-off"
                                class="button"
                                type="button"
                                on:click=move |_| act(Deed::Wake)
                            >
                                {words::GO_ON}
                            </button>
                        }
                            .into_any()
                    } else {
                        opener(Form::Snooze, words::PUT_OFF).into_any()
                    }
                }}
                <button
                    id="resolve"
                    class="button button-strong"
                    type="button"
                    aria-describedby="resolve-hint"
                    on:click=move |_| act(Deed::Resolve)
                >
                    {words::RESOLVE}
                </button>
                <span id="resolve-hint" hidden>
                    {words::RESOLVE_HINT}
                </span>
            </div>
            <div id="move-form">
                {move || match form.get() {
                    Some(Form::Transfer) => view! { <Transfer conversation close /> }.into_any(),
                    Some(Form::Lead) => view! { <Lead conversation close /> }.into_any(),
                    Some(Form::Snooze) => view! { <Snooze conversation close /> }.into_any(),
                    None => ().into_any(),
                }}
            </div>
        </div>
    }
}

/// To whom it can be passed on: the choice's value, and its words.
fn recipients(session: &AgentSession) -> Vec<(String, String)> {
    let staff = session.staff();
    let teams = staff
        .teams
        .iter()
        .map(|team| (format!("t{}", team.id.0), words::team(&team.name)));
    let people = staff
        .people
        .iter()
        .filter(|person| person.on_duty && Some(person.id) != session.me())
        .map(|person| (format!("p{}", person.id), words::colleague(person)));
    teams.chain(people).collect()
}

fn recipient(value: &str) -> Option<Recipient> {
    let (kind, id) = value.split_at_checked(1)?;
    match kind {
        "t" => id.parse().ok().map(|id| Recipient::Team(TeamId(id))),
        "p" => id.parse::<AgentId>().ok().map(Recipient::Person),
        _ => None,
    }
}

#[component]
fn Transfer(conversation: ConversationId, close: Callback<()>) -> impl IntoView {
    let desk: Desk = expect_context();
    let to = NodeRef::<html::Select>::new();
    let note = NodeRef::<html::Textarea>::new();
    let choices = desk.read(recipients);
    let submit = move |event: leptos::ev::SubmitEvent| {
        element::keep_to_ourselves(&event);
        desk.forget_told();
        desk.input(Input::PassOn {
            conversation,
            to: to.get().and_then(|to| recipient(&to.value())),
            note: note.get().map(|note| note.value()).unwrap_or_default(),
            id: browser::command_id(),
        });
    };
    view! {
        <form class="move-form" aria-label=words::TRANSFER on:submit=submit>
            <label class="field">
                <span class="field-label">{words::TRANSFER_TO}</span>
                <select node_ref=to id="transfer-first" class="field-input">
                    <option value="">{words::TO_QUEUE}</option>
                    <For
                        each=move || choices.get()
                        key=|(value, words)| (value.clone(), words.clone())
                        children=|(value, words)| view! { <option value=value>{words}</option> }
                    />
                </select>
            </label>
            {note_field(note)} {buttons(words::PASS_ON, close)}
            <p class="quote-note">{words::TRANSFER_HINT}</p>
        </form>
    }
}

#[component]
fn Lead(conversation: ConversationId, close: Callback<()>) -> impl IntoView {
    let desk: Desk = expect_context();
    let note = NodeRef::<html::Textarea>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        element::keep_to_ourselves(&event);
        desk.forget_told();
        desk.input(Input::AskLead {
            conversation,
            note: note.get().map(|note| note.value()).unwrap_or_default(),
            id: browser::command_id(),
        });
        close.run(());
    };
    view! {
        <form class="move-form" aria-label=words::ASK_LEAD on:submit=submit>
            <p>{words::ASK_LEAD_HINT}</p>
            <label class="field">
                <span class="field-label">{words::NOTE_FOR_LEAD}</span>
                <textarea
                    node_ref=note
                    id="ask-lead-first"
                    class="field-input"
                    rows="2"
                    maxlength="8000"
                    dir="auto"
                ></textarea>
            </label>
            {buttons(words::ASK_NOW, close)}
        </form>
    }
}

#[component]
fn Snooze(conversation: ConversationId, close: Callback<()>) -> impl IntoView {
    let desk: Desk = expect_context();
    let times = later::suggestions(desk.time.get_untracked());
    let until = RwSignal::new(times[0]);
    let text = RwSignal::new(words::back_at(&clock::day_and_time(times[0])));
    let error = RwSignal::new("");
    let choose = move |at| {
        until.set(at);
        error.set("");
        text.set(words::back_at(&clock::day_and_time(at)));
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        element::keep_to_ourselves(&event);
        if until.get_untracked() <= desk.time.get_untracked() {
            error.set(words::CHOOSE_LATER);
            return;
        }
        desk.forget_told();
        desk.input(Input::Snooze {
            conversation,
            until: until.get_untracked(),
            text: text.get_untracked(),
            id: browser::command_id(),
        });
        close.run(());
    };
    let names = [words::IN_AN_HOUR, words::TOMORROW, words::MONDAY];
    let suggested = names.into_iter().zip(times).map(|(name, at)| {
        view! {
            <button
                class="button"
                type="button"
                aria-pressed=move || (until.get() == at).to_string()
                on:click=move |_| choose(at)
            >
                {name}
            </button>
        }
    });
    let suggested = suggested.collect_view();
    view! {
        <form class="move-form" aria-label=words::PUT_OFF on:submit=submit>
            <div class="choices" role="group" aria-label=words::UNTIL>
                {suggested}
            </div>
            <label class="field">
                <span class="field-label">{words::UNTIL}</span>
                <input
                    id="put-off-first"
                    class="field-input"
                    type="datetime-local"
                    prop:value=move || later::input_value(until.get())
                    aria-describedby="put-off-error"
                    aria-invalid=move || (!error.get().is_empty()).then_some("true")
                    on:change=move |event| {
                        match later::from_input(&event_target_value(&event)) {
                            Some(at) => choose(at),
                            None => error.set(words::CHOOSE_LATER),
                        }
                    }
                />
            </label>
            <p id="put-off-error" class="field-error" role="alert">
                {move || error.get()}
            </p>
            <label class="field">
                <span class="field-label">{words::VISITOR_IS_TOLD}</span>
                <textarea
                    class="field-input"
                    rows="2"
                    maxlength="8000"
                    dir="auto"
                    prop:value=move || text.get()
                    on:input=move |event| text.set(event_target_value(&event))
                ></textarea>
            </label>
            {buttons(words::PUT_OFF, close)}
            <p class="quote-note">{words::PUT_OFF_HINT}</p>
        </form>
    }
}

fn note_field(note: NodeRef<html::Textarea>) -> impl IntoView {
    view! {
        <label class="field">
            <span class="field-label">{words::NOTE_FOR_COLLEAGUE}</span>
            <textarea node_ref=note class="field-input" rows="2" maxlength="8000" dir="auto"></textarea>
        </label>
    }
}

fn buttons(label: &'static str, close: Callback<()>) -> impl IntoView {
    view! {
        <div class="handover-acts">
            <button class="button button-strong" type="submit">
                {label}
            </button>
            <button class="button" type="button" on:click=move |_| close.run(())>
                {words::CANCEL}
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_names_a_team_or_a_person_or_nobody() {
        assert_eq!(recipient(""), None);
        assert_eq!(recipient("t7"), Some(Recipient::Team(TeamId(7))));
        let id = AgentId(7);
        assert_eq!(recipient(&format!("p{id}")), Some(Recipient::Person(id)));
        for other in ["t", "tx", "p7", "x7", "é"] {
            assert_eq!(recipient(other), None, "{other}");
        }
    }
}
