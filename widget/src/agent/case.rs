//! The case card: what the agent should know before the first word, each fact a link to where it was said.

use leptos::prelude::*;
use protocol::{CaseHolder, ConversationId, FactKind, Seq, SupervisorWish, Unverified};
use session::agent::{AgentSession, Answer, CaseCard, Fact};

use super::desk::Desk;
use super::handover::Note;
use super::known::Known;
use super::{focus, words};
use crate::browser::{clock, element};
use crate::parts::waited;

/// The pane.
#[component]
pub(super) fn CasePane() -> impl IntoView {
    let desk: Desk = expect_context();
    let viewing = desk.read(AgentSession::viewing);
    view! {
        <section id="case" class="pane case" aria-label=words::CASE_CARD>
            {move || match viewing.get() {
                Some(conversation) => view! { <Card conversation /> }.into_any(),
                None => view! { <p class="empty empty-pane">{words::NO_CASE}</p> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Card(conversation: ConversationId) -> impl IntoView {
    let desk: Desk = expect_context();
    let card = desk.read(move |session| session.card(conversation));
    let name = desk.read(move |session| {
        let mut facts = session.facts(conversation).iter();
        let name = facts.find(|fact| fact.kind == FactKind::Name);
        name.map(|fact| fact.text.clone())
    });
    // What they ask stands among what is known, then.
    let asks = desk.read(move |session| {
        let mut facts = session.facts(conversation).iter();
        facts.any(|fact| fact.kind == FactKind::Asked)
    });
    let context_of = desk.read(move |session| session.context(conversation).to_vec());
    view! {
        <h2 class="case-title">{words::CASE_CARD}</h2>
        <dl class="facts">
            <div class="fact">
                <dt>{words::WHO}</dt>
                <dd dir="auto">
                    {move || {
                        name.get().unwrap_or_else(|| words::VISITOR_UNKNOWN.into())
                    }}
                </dd>
            </div>
            {move || vulnerable(desk, card.get().vulnerable)} {move || contact(card.get().contact)}
            {move || request(desk, &card.get())} <Wait conversation card />
            {move || supervisor(card.get().supervisor)}
        </dl>
        <Known conversation />
        {move || context(context_of.get())}
        <Note conversation />
        {move || (!asks.get()).then(|| first_words(desk, card.get()))}
        <h3 class="case-part">{words::AI_ANSWERED}</h3>
        {move || answers(desk, card.get().answers)}
    }
}

/// What they said first.
fn first_words(desk: Desk, card: CaseCard) -> AnyView {
    let words = match card.first_words {
        Some(fact) => view! {
            <ul class="quotes" role="list">
                <li>{quote(desk, fact)}</li>
            </ul>
        }
        .into_any(),
        None if card.earlier => view! { <p class="empty">{words::NOT_LOADED_YET}</p> }.into_any(),
        None => view! { <p class="empty">{words::NOTHING}</p> }.into_any(),
    };
    view! {
        <h3 class="case-part">{words::IN_THEIR_WORDS}</h3>
        {words}
    }
    .into_any()
}

/// What the shop's page says: never among the facts, and never without the word that nobody has verified it.
fn context(values: Vec<Unverified>) -> Option<AnyView> {
    if values.is_empty() {
        return None;
    }
    let values = values
        .into_iter()
        .map(|Unverified { name, value }| {
            view! {
                <div class="fact">
                    <dt dir="auto">{name}</dt>
                    <dd dir="auto">{value}</dd>
                </div>
            }
        })
        .collect_view();
    let section = view! {
        <section class="context" aria-label=words::FROM_THE_SHOP>
            <h3 class="case-part">{words::FROM_THE_SHOP}</h3>
            <p class="context-note">{words::NOT_VERIFIED}</p>
            <dl class="facts">{values}</dl>
        </section>
    };
    Some(section.into_any())
}

/// That they need particular care, by their own words.
fn vulnerable(desk: Desk, said_in: Option<Seq>) -> Option<AnyView> {
    let seq = said_in?;
    let fact = view! {
        <div class="fact">
            <dt>{words::VULNERABLE}</dt>
            <dd>{link(desk, seq, words::SAYS_SO.into())}</dd>
        </div>
    };
    Some(fact.into_any())
}

/// Where the visitor may be written to.
fn contact(contact: Option<String>) -> Option<AnyView> {
    let contact = contact?;
    let mailto = ["mailto:", &contact].concat();
    let fact = view! {
        <div class="fact">
            <dt>{words::EMAIL_LEFT}</dt>
            <dd>
                <a href=mailto dir="ltr">
                    {contact}
                </a>
            </dd>
        </div>
    };
    Some(fact.into_any())
}

/// Since when they want a supervisor, and by when one is to contact them.
fn supervisor(wish: Option<SupervisorWish>) -> Option<AnyView> {
    let wish = wish?;
    let fact = view! {
        <div class="fact">
            <dt>{words::SUPERVISOR}</dt>
            <dd>{words::supervisor_since(wish)}</dd>
        </div>
    };
    Some(fact.into_any())
}

/// What is known of the request for a person.
fn request(desk: Desk, card: &CaseCard) -> impl IntoView + use<> {
    let receipt = card.receipt.map(|receipt| {
        view! {
            <div class="fact">
                <dt>{words::RECEIPT}</dt>
                <dd>{words::number(Some(receipt))}</dd>
            </div>
        }
    });
    let asked_in = card.asked_in;
    let asked = card.asked_at.map(|at| {
        let when = [&clock::time_of_day(at), ", ", &clock::day(at)].concat();
        view! {
            <div class="fact">
                <dt>{words::FIRST_ASKED}</dt>
                <dd>
                    {match asked_in {
                        Some(seq) => link(desk, seq, when).into_any(),
                        None => when.into_any(),
                    }}
                </dd>
            </div>
        }
    });
    let via = card.via.map(|via| {
        view! {
            <div class="fact">
                <dt>{words::ASKED_BY}</dt>
                <dd>{words::asked_by(via)}</dd>
            </div>
        }
    });
    view! {
        {receipt}
        {asked}
        {via}
    }
}

/// How long they waited, or still wait.
#[component]
fn Wait(conversation: ConversationId, card: Memo<CaseCard>) -> impl IntoView {
    let desk: Desk = expect_context();
    let waits = desk
        .read(move |session| matches!(session.holder(conversation), Some(CaseHolder::Queue {})));
    let asked = Memo::new(move |_| card.with(|card| (card.asked_at, card.taken_at)));
    let wait_ms = move || {
        let (asked_at, taken_at) = asked.get();
        // A wait that is over does not tick.
        let until = taken_at.unwrap_or_else(|| desk.time.get());
        asked_at.map_or(0, |asked_at| until.since_ms(asked_at))
    };
    let urgency = Memo::new(move |_| waits.get().then(|| words::Urgency::of(wait_ms()).name()));
    move || {
        let (asked_at, taken_at) = asked.get();
        let waiting = waits.get();
        (asked_at.is_some() && (waiting || taken_at.is_some())).then(|| {
            let (name, role) = if waiting {
                (words::WAITING, Some("timer"))
            } else {
                (words::WAITED, None)
            };
            view! {
                <div class="fact" data-wait=move || urgency.get()>
                    <dt>{name}</dt>
                    <dd>
                        <span role=role>{move || waited(wait_ms())}</span>
                    </dd>
                </div>
            }
        })
    }
}

fn answers(desk: Desk, answers: Vec<Answer>) -> AnyView {
    if answers.is_empty() {
        return view! { <p class="empty">{words::NOTHING}</p> }.into_any();
    }
    let items = answers
        .into_iter()
        .map(|answer| {
            let sources = (!answer.sources.is_empty()).then(|| {
                view! {
                    " "
                    <span class="quote-note">{words::sources(&answer.sources)}</span>
                }
            });
            view! { <li>{quote(desk, answer.said)} {sources}</li> }
        })
        .collect_view();
    view! {
        <ul class="quotes" role="list">
            {items}
        </ul>
    }
    .into_any()
}

fn quote(desk: Desk, fact: Fact) -> impl IntoView {
    link(desk, fact.seq, fact.text)
}

/// A link to the event that a fact comes from.
pub(super) fn link(desk: Desk, seq: Seq, words: String) -> impl IntoView {
    view! {
        <a
            href=format!("#m{seq}")
            dir="auto"
            on:click=move |event| {
                element::keep_to_ourselves(&event);
                focus::show_event(desk, seq);
            }
        >
            {words}
        </a>
    }
}
