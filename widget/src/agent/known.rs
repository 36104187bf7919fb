//! What is known of a conversation: each fact with the message that has it, for the agent to put right, and what of it the
//! reply is about to ask again.

use leptos::html;
use leptos::prelude::*;
use protocol::{CardFact, ConversationId, Correction, FactKind, MAX_FACT_CHARS};
use session::agent::{AgentSession, Input};

use super::case::link;
use super::desk::Desk;
use super::{focus, words};
use crate::browser::element;

/// What is being changed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Editing {
    Fact(FactKind, String),
    New,
}

const ADD: &str = "add-fact";
const EDITED: &str = "fact-text";

/// The facts, and the way to add one.
#[component]
pub(super) fn Known(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let facts = desk.read(move |session| session.facts(conversation).to_vec());
    let may_correct = desk.read(move |session| session.may_correct(conversation));
    let editing = RwSignal::new(None::<Editing>);
    let begin = move |what: Editing| {
        editing.set(Some(what));
        focus::move_to([EDITED]);
    };
    let row = move |fact: CardFact| {
        let this = Editing::Fact(fact.kind, fact.text.clone());
        let edited = {
            let this = this.clone();
            Memo::new(move |_| editing.with(|it| it.as_ref() == Some(&this)))
        };
        move || {
            if edited.get() {
                let fact = fact.clone();
                return view! { <Edit conversation fact=Some(fact) editing /> }.into_any();
            }
            let this = this.clone();
            let change = may_correct.get().then(|| {
                view! {
                    <button
                        class="known-change"
                        type="button"
                        aria-label=words::change(&fact)
                        on:click=move |_| begin(this.clone())
                    >
                        {words::CHANGE}
                    </button>
                }
            });
            view! {
                <span class="known-kind">{words::kind(fact.kind)}</span>
                <span class="known-text" dir="auto">
                    {match fact.seq {
                        Some(seq) => link(desk, seq, fact.text.clone()).into_any(),
                        None => fact.text.clone().into_any(),
                    }}
                    {fact
                        .by
                        .as_ref()
                        .map(|by| {
                            view! {
                                " "
                                <span class="quote-note">{words::put_right_by(by)}</span>
                            }
                        })}
                </span>
                {change}
            }
            .into_any()
        }
    };
    view! {
        <section class="known" aria-labelledby="known-title">
            <h3 id="known-title" class="case-part">
                {words::KNOWN}
            </h3>
            <ul class="known-facts" role="list">
                <For
                    each=move || facts.get()
                    key=CardFact::clone
                    children=move |fact| view! { <li class="known-fact">{row(fact)}</li> }
                />
            </ul>
            {move || {
                facts
                    .with(Vec::is_empty)
                    .then(|| view! { <p class="empty">{words::NOTHING_KNOWN}</p> })
            }}
            {move || {
                let is_new = editing.with(|it| *it == Some(Editing::New));
                may_correct
                    .get()
                    .then(|| {
                        if is_new {
                            view! { <Edit conversation fact=None editing /> }.into_any()
                        } else {
                            view! {
                                <button
                                    id=ADD
                                    class="known-change"
                                    type="button"
                                    on:click=move |_| begin(Editing::New)
                                >
                                    {words::ADD_FACT}
                                </button>
                            }
                                .into_any()
                        }
                    })
            }}
            <p class="context-note">{words::VISITOR_SEES}</p>
        </section>
    }
}

/// The form that changes a fact, or adds one.
#[component]
fn Edit(
    conversation: ConversationId,
    fact: Option<CardFact>,
    editing: RwSignal<Option<Editing>>,
) -> impl IntoView {
    let desk: Desk = expect_context();
    let kind = NodeRef::<html::Select>::new();
    let text = NodeRef::<html::Input>::new();
    let error = RwSignal::new("");
    let was = fact.as_ref().map(|fact| fact.text.clone());
    let of_kind = fact.as_ref().map(|fact| fact.kind);
    let close = move || {
        editing.set(None);
        focus::move_to([ADD, focus::TITLE]);
    };
    let put_right = {
        let was = was.clone();
        move |text: Option<String>| {
            let chosen = move || {
                let at: Option<usize> = kind.get_untracked()?.value().parse().ok();
                FactKind::ALL.get(at?).copied()
            };
            let kind = of_kind.or_else(chosen).unwrap_or(FactKind::Other);
            let correction = Correction {
                kind,
                was: was.clone(),
                text,
            };
            desk.forget_told();
            desk.input(Input::Correct(conversation, correction));
            close();
        }
    };
    let save = put_right.clone();
    let submit = move |event: leptos::ev::SubmitEvent| {
        element::keep_to_ourselves(&event);
        let typed = text.get_untracked().map(|text| text.value());
        let typed = typed.unwrap_or_default().trim().to_owned();
        if typed.is_empty() {
            error.set(words::FACT_EMPTY);
            focus::move_to([EDITED]);
        } else {
            save(Some(typed));
        }
    };
    let label = of_kind.map_or(words::FACT_TEXT, words::kind);
    let kinds = of_kind.is_none().then(|| {
        let options = FactKind::ALL.into_iter().enumerate().rev();
        let options = options.map(|(at, kind)| {
            view! { <option value=at.to_string()>{words::kind(kind)}</option> }
        });
        view! {
            <label class="field">
                <span class="field-label">{words::FACT_KIND}</span>
                <select node_ref=kind class="field-input">
                    {options.collect_view()}
                </select>
            </label>
        }
    });
    let remove = was.is_some().then(|| {
        view! {
            <button class="button" type="button" on:click=move |_| put_right(None)>
                {words::REMOVE}
            </button>
        }
    });
    view! {
        <form
            class="known-form"
            on:submit=submit
            on:keydown=move |event| {
                if element::is_escape(&event) {
                    element::keep_to_ourselves(&event);
                    close();
                }
            }
        >
            {kinds}
            <label class="field">
                <span class="field-label">{label}</span>
                <input
                    node_ref=text
                    id=EDITED
                    class="field-input"
                    dir="auto"
                    maxlength=MAX_FACT_CHARS.to_string()
                    prop:value=was.unwrap_or_default()
                    autocomplete="off"
                    aria-describedby="fact-error"
                    aria-invalid=move || (!error.get().is_empty()).then_some("true")
                    on:input=move |_| error.set("")
                />
            </label>
            <p id="fact-error" class="field-error" role="alert">
                {move || error.get()}
            </p>
            <div class="known-acts">
                <button class="button button-strong" type="submit">
                    {words::SAVE}
                </button>
                {remove}
                <button class="button" type="button" on:click=move |_| close()>
                    {words::CANCEL}
                </button>
            </div>
        </form>
    }
}

/// What the reply asks for and is known already: before it is sent, and while it can be taken back.
#[component]
pub(super) fn AskedAgain(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let known = desk.read(move |session: &AgentSession| session.known(conversation).to_vec());
    view! {
        <div class="asked-again" role="status">
            {move || {
                let known = known.get();
                (!known.is_empty())
                    .then(|| {
                        let facts = known
                            .into_iter()
                            .map(|fact| {
                                let words = [words::kind(fact.kind), " ", &fact.text].concat();
                                let fact = match fact.seq {
                                    Some(seq) => link(desk, seq, words).into_any(),
                                    None => words.into_any(),
                                };
                                view! { <li dir="auto">{fact}</li> }
                            })
                            .collect_view();
                        view! {
                            <p>{words::ALREADY_KNOWN}</p>
                            <ul role="list">{facts}</ul>
                        }
                    })
            }}
        </div>
    }
}
