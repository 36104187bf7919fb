//! What whoever takes the conversation will know of it: shown while the visitor waits, and put right by them.

use std::cell::RefCell;
use std::rc::Rc;

use protocol::{CardFact, Correction, FactKind, MAX_FACT_CHARS};
use session::visitor::Input;
use words::{Key, card_in_short};

use super::page::Page;
use super::words::{say, words};
use crate::browser::element::{self, Element, Event, HtmlElement, HtmlInputElement};
use crate::browser::{self, on};

/// The elements of the card, and what is in them.
#[derive(Debug)]
pub struct Card {
    whole: HtmlElement,
    short: HtmlElement,
    facts: HtmlElement,
    more: HtmlInputElement,
    saved: HtmlElement,
    drawn: RefCell<Drawn>,
}

#[derive(Debug, Default)]
struct Drawn {
    facts: Vec<CardFact>,
    /// The fields of those that the visitor reads.
    fields: Vec<(Correction, HtmlInputElement)>,
    /// Something was put right and is not drawn yet.
    is_due: bool,
}

impl Card {
    /// The page's card, if it has one.
    #[must_use]
    pub fn find() -> Option<Self> {
        Some(Self {
            whole: element::by_id("card")?,
            short: element::by_id("card-short")?,
            facts: element::by_id("card-facts")?,
            more: element::by_id("card-more")?,
            saved: element::by_id("card-saved")?,
            drawn: RefCell::default(),
        })
    }

    /// Whether the focus is in it.
    #[must_use]
    pub fn has_focus(&self) -> bool {
        element::has_focus(&self.whole)
    }

    /// Shows what is known, while the visitor waits. What is under their hands stays as it is.
    pub fn show(&self, waits: bool, facts: &[CardFact]) {
        self.whole.set_hidden(!waits);
        let mut drawn = self.drawn.borrow_mut();
        if !waits || drawn.facts == facts {
            return;
        }
        let drawn = &mut *drawn;
        if std::mem::take(&mut drawn.is_due) {
            self.saved.set_text_content(Some(say(Key::CardSaved)));
        }
        // While they go from field to field, what was put right is in its field.
        let kinds = facts.iter().map(|fact| fact.kind);
        if !kinds.eq(drawn.facts.iter().map(|fact| fact.kind)) {
            if element::has_focus(&self.facts) {
                return;
            }
            self.facts.set_text_content(None);
            drawn.fields.clear();
        }
        drawn.facts = facts.to_vec();
        self.short.set_text_content(Some(&card_in_short(facts)));
        let labelled = facts
            .iter()
            .filter_map(|fact| Some((fact, words().fact_label(fact.kind)?)));
        for (index, (fact, label)) in labelled.enumerate() {
            match drawn.fields.get_mut(index) {
                Some((correction, input)) => {
                    let is_typed = typed(input) != correction.text;
                    *correction = correction_of(fact);
                    if !is_typed {
                        input.set_value(&fact.text);
                    }
                }
                None => {
                    if let Some(input) = field(&self.facts, label, &fact.text) {
                        drawn.fields.push((correction_of(fact), input));
                    }
                }
            }
        }
    }

    /// What the visitor has put right since it was drawn.
    fn corrections(&self) -> Vec<Correction> {
        let mut drawn = self.drawn.borrow_mut();
        let mut corrections = Vec::new();
        for (correction, input) in &mut drawn.fields {
            let text = typed(input);
            if correction.text != text {
                correction.text.clone_from(&text);
                corrections.push(correction.clone());
            }
        }
        if let Some(text) = typed(&self.more) {
            self.more.set_value("");
            corrections.push(Correction {
                kind: FactKind::Other,
                was: None,
                text: Some(text),
            });
        }
        drawn.is_due |= !corrections.is_empty();
        corrections
    }
}

/// Nothing is put right yet.
fn correction_of(fact: &CardFact) -> Correction {
    Correction {
        kind: fact.kind,
        was: Some(fact.text.clone()),
        text: Some(fact.text.clone()),
    }
}

fn typed(input: &HtmlInputElement) -> Option<String> {
    Some(input.value().trim().to_owned()).filter(|text| !text.is_empty())
}

fn field(facts: &Element, label: &str, text: &str) -> Option<HtmlInputElement> {
    let line = element::append(facts, "label");
    element::append_text(&element::append(&line, "span"), label);
    let input = element::append(&line, "input");
    for (name, value) in [
        ("form", "composer"),
        ("dir", "auto"),
        ("autocomplete", "off"),
        ("maxlength", &MAX_FACT_CHARS.to_string()),
        ("value", text),
    ] {
        element::set_attribute(&input, name, value);
    }
    element::as_input(input)
}

/// Puts right what the visitor changes, as soon as they leave the field.
pub fn attach(page: &Rc<Page>) {
    if let Some(card) = &page.elements().card {
        let here = Rc::clone(page);
        on(&card.whole, "change", move |_: Event| put_right(&here));
    }
}

/// Puts right what the visitor has changed.
pub fn put_right(page: &Rc<Page>) {
    let card = page.elements().card.as_ref();
    for correction in card.map(Card::corrections).unwrap_or_default() {
        let id = browser::command_id();
        page.handle(Input::Correct { id, correction });
    }
}
