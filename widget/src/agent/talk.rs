//! The middle pane: the conversation that the agent looks at, and what they can do with it.

use leptos::prelude::*;
use protocol::{CaseHolder, ConversationId, Event, EventKind, Receipt};
use session::agent::{AgentSession, Deed, Input};

use super::composer::Composer;
use super::desk::Desk;
use super::handover::{AfterClaim, BackToWork, Strip};
use super::lists::take;
use super::log::Log;
use super::moves::Moves;
use super::{focus, words};
use crate::browser::{self, clock};

/// Whose the conversation is, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Standing {
    /// It waits, or its visitor waits for this agent to supervise it.
    Waiting,
    /// It is this agent's.
    Mine,
    /// It was this agent's when they marked it as solved.
    SolvedByMe,
    /// It is somebody else's, or nobody's.
    #[default]
    Elsewhere,
}

/// The pane.
#[component]
pub(super) fn TalkPane() -> impl IntoView {
    let desk: Desk = expect_context();
    let viewing = desk.read(AgentSession::viewing);
    view! {
        <section id="talk" class="pane talk" aria-label=words::TALK>
            {move || match viewing.get() {
                Some(conversation) => view! { <Talk conversation /> }.into_any(),
                None => view! { <p class="empty empty-pane">{words::NO_TALK}</p> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Talk(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let receipt = desk.read(move |session| receipt(session, conversation));
    let note = desk.read(move |session| note(session, conversation));
    let standing = desk.read(move |session| standing(session, conversation));
    Effect::new(move |before: Option<Standing>| {
        let now = standing.get();
        // What the agent is doing now leads the focus when it is done.
        let by_agent = desk.peek(|session| session.deed(conversation).is_some());
        if before.is_some_and(|before| before != now) && !by_agent {
            focus::rescue(focus::IN_PLACE);
        }
        now
    });
    let viewers = desk.read(move |session| words::viewers(session.viewers(conversation)));
    let moves =
        move || (standing.get() == Standing::Mine).then(|| view! { <Moves conversation /> });
    view! {
        <header class="talk-head">
            <div class="talk-who">
                <h2 class="talk-title" id=focus::TITLE tabindex="-1">
                    {move || words::visitor(receipt.get())}
                </h2>
                <p class="talk-note">{move || note.get()}</p>
                <p class="talk-note talk-viewers" role="status">
                    {move || viewers.get()}
                </p>
            </div>
            {moves}
        </header>
        <Log conversation />
        {move || match standing.get() {
            Standing::Mine => {
                view! {
                    <Strip conversation holds=true />
                    <Composer conversation />
                }
                    .into_any()
            }
            Standing::Waiting => {
                view! {
                    <Strip conversation holds=false />
                    <AfterClaim conversation />
                    <TakeBar conversation />
                }
                    .into_any()
            }
            Standing::SolvedByMe => over(conversation, words::COMES_BACK).into_any(),
            Standing::Elsewhere => over(conversation, words::NOT_YOURS).into_any(),
        }}
    }
}

/// What stands in place of the reply box while the conversation waits.
#[component]
fn TakeBar(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let on_duty = desk.read(AgentSession::is_as_good_as_on_duty);
    let press = move |_| {
        if !on_duty.get_untracked() {
            desk.input(Input::Duty(true));
            desk.input(Input::Act(Deed::Take, conversation, browser::command_id()));
        } else {
            take(desk, conversation);
        }
    };
    let note = move || match on_duty.get() {
        true => words::TAKE_TO_ANSWER,
        false => words::OFF_DUTY_TO_ANSWER,
    };
    let label = move || match on_duty.get() {
        true => words::TAKE,
        false => words::GO_ON_DUTY_AND_TAKE,
    };
    view! {
        <div class="take-bar">
            <p class="take-note">{note}</p>
            <button
                id=focus::TAKE_NOW
                class="button button-strong"
                type="button"
                on:click=press
            >
                {label}
            </button>
        </div>
    }
}

fn over(conversation: ConversationId, words: &'static str) -> impl IntoView {
    view! {
        <AfterClaim conversation />
        <div class="take-bar">
            <p class="take-note">{words}</p>
            <BackToWork conversation />
        </div>
    }
}

fn receipt(session: &AgentSession, conversation: ConversationId) -> Option<Receipt> {
    let case = session.case(conversation).and_then(|case| case.receipt);
    // After the end no request is open, but the log still knows its number.
    case.or_else(|| session.card(conversation).receipt)
}

fn standing(session: &AgentSession, conversation: ConversationId) -> Standing {
    match session.holder(conversation) {
        Some(CaseHolder::Me {}) => Standing::Mine,
        _ if session.may_take(conversation) => Standing::Waiting,
        _ => match solved_by(session, conversation) {
            Some((agent, _)) if agent == session.name() => Standing::SolvedByMe,
            _ => Standing::Elsewhere,
        },
    }
}

/// One line under the title that says how the conversation stands.
fn note(session: &AgentSession, conversation: ConversationId) -> String {
    let note = holder_note(session, conversation);
    let wish = session.case(conversation).and_then(|case| case.supervisor);
    match wish.map(words::supervisor_asked) {
        Some(asked) if note.is_empty() => asked,
        Some(asked) => [&note, " · ", &asked].concat(),
        None => note,
    }
}

fn holder_note(session: &AgentSession, conversation: ConversationId) -> String {
    let card = session.card(conversation);
    match session.holder(conversation) {
        Some(CaseHolder::Queue {}) => card.asked_at.map_or_else(
            || words::WAITING.into(),
            |at| words::waiting_since(&clock::time_of_day(at)),
        ),
        // What came back to its person was theirs as soon as it was asked for again: nobody took it.
        Some(CaseHolder::Me {}) => card
            .taken_at
            .or(card.asked_at)
            .map_or_else(String::new, |at| {
                words::yours_since(&clock::time_of_day(at))
            }),
        Some(CaseHolder::Other { name }) => words::held_by(name),
        Some(CaseHolder::Bot {} | CaseHolder::Nobody {}) | None => {
            match solved_by(session, conversation) {
                Some((agent, time)) => words::solved(agent, &time, agent == session.name()),
                None => gone(session, conversation).into(),
            }
        }
    }
}

/// Where it has gone that nobody has it and no person marked it as solved.
fn gone(session: &AgentSession, conversation: ConversationId) -> &'static str {
    match last_deed(session, conversation).map(|event| &event.kind) {
        Some(EventKind::AssistantChosen {}) => words::WENT_BACK_TO_AI,
        Some(EventKind::Ended {}) => words::ENDED_BY_VISITOR,
        _ => words::ELSEWHERE,
    }
}

/// Who marked it as solved, if that is the last thing that happened, and when.
fn solved_by(session: &AgentSession, conversation: ConversationId) -> Option<(&str, String)> {
    let last = last_deed(session, conversation)?;
    match &last.kind {
        EventKind::Resolved { agent } => Some((agent, clock::time_of_day(last.at))),
        _ => None,
    }
}

/// What happened last, whatever was said after it: a visitor who says that it is solved leaves it so.
fn last_deed(session: &AgentSession, conversation: ConversationId) -> Option<&Event> {
    let mut events = session.events(conversation).iter().rev();
    events.find(|event| !matches!(event.kind, EventKind::Message(_)))
}
