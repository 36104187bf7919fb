//! What whoever takes the conversation will know of it: shown to the visitor while they wait, for them to put right. Nobody
//! should have to say a thing twice.

use maud::{Markup, html};
use protocol::{Answering, CardFact, Correction, FactKind, MAX_FACT_CHARS};
use words::{Key, card_in_short};

use super::ChatPage;

/// What was put right and is not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uncorrected {
    /// What was typed.
    pub typed: Vec<Correction>,
    /// Why it is not kept, in words.
    pub refusal: Option<String>,
}

/// The element with what belongs in it now. It is always in the page, so that a script need only fill it.
pub fn region(page: &ChatPage<'_>) -> Markup {
    let words = page.words();
    let standing = page.standing;
    let waits = standing.is_some_and(|it| matches!(it.state.answering, Answering::Queue { .. }));
    let facts = standing.map_or(&[][..], |standing| &standing.facts);
    let refusal = page.uncorrected.refusal.as_deref().unwrap_or_default();
    html! {
        // Others fill it and change it: that is no news to be read out while somebody writes.
        details #card.known aria-live="off" hidden[!waits] open[!refusal.is_empty()] {
            summary {
                span.known-title { (words.get(Key::CardSummary)) }
                " "
                span #card-short.known-short dir="auto" { (card_in_short(facts)) }
            }
            p { (words.get(Key::CardHint)) }
            div #card-facts.known-facts {
                @for fact in facts {
                    @if let Some(label) = words.fact_label(fact.kind) { (field(page, label, fact)) }
                }
            }
            (more(page))
            p #card-error.field-error role="alert" { (refusal) }
            p.known-save {
                button.button.button-quiet form="composer" name="act" value="correct" {
                    (words.get(Key::CardSave))
                }
                span #card-saved role="status" {}
            }
        }
    }
}

fn field(page: &ChatPage<'_>, label: &str, fact: &CardFact) -> Markup {
    let mut typed = page.uncorrected.typed.iter();
    let typed = typed.find(|it| it.kind == fact.kind && it.was.as_ref() == Some(&fact.text));
    let value = typed.map_or(Some(&fact.text), |typed| typed.text.as_ref());
    let value = value.map(String::as_str).unwrap_or_default();
    // The names of the protocol.
    let kind = serde_json::to_value(fact.kind).unwrap_or_default();
    html! {
        label {
            span { (label) }
            input type="hidden" form="composer" name="kind" value=(kind.as_str().unwrap_or_default()) autocomplete="off";
            input type="hidden" form="composer" name="was" value=(fact.text) autocomplete="off";
            input form="composer" name="fact" value=(value) dir="auto" maxlength=(MAX_FACT_CHARS) autocomplete="off";
        }
    }
}

/// The field for what is not there yet.
fn more(page: &ChatPage<'_>) -> Markup {
    let mut typed = page.uncorrected.typed.iter();
    let typed = typed.find(|it| it.kind == FactKind::Other && it.was.is_none());
    let value = typed.and_then(|typed| typed.text.as_deref());
    html! {
        label.known-more {
            span { (page.words().get(Key::CardMore)) }
            input type="hidden" form="composer" name="kind" value="other" autocomplete="off";
            input #card-more form="composer" name="fact" value=(value.unwrap_or_default()) dir="auto"
                maxlength=(MAX_FACT_CHARS) autocomplete="off";
        }
    }
}
