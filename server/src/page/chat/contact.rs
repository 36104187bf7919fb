//! Where to write to a visitor who has gone: asked for where nobody is on duty or a supervisor is to contact them, and
//! shown once it was left. It is always in the page, so that a script need only show it.

use maud::{Markup, html};
use protocol::{MAX_EMAIL_BYTES, State};
use words::{Part, parts};

use super::ChatPage;
use crate::languages::Plain;

/// What was typed for an address and is not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unkept {
    /// What was typed.
    pub email: String,
    /// Why it is not kept, in words; none if the visitor has pressed another button.
    pub refusal: Option<&'static str>,
}

/// The button that Enter presses in the form's one text input. It has to be the page's first.
pub fn default_button(page: &ChatPage<'_>) -> Markup {
    html! {
        button form="composer" name="act" value="contact" hidden {
            (page.say(Plain::EmailSave))
        }
    }
}

/// The element with what belongs in it now.
pub fn region(page: &ChatPage<'_>) -> Markup {
    let state = page.standing.map(|standing| &standing.state);
    let kept = state.and_then(|state| state.contact.as_deref());
    let has_typed = kept.is_none() && !page.unkept.email.is_empty();
    let is_asked = has_typed || state.is_some_and(State::asks_for_contact);
    let refusal = page.unkept.refusal;
    html! {
        div #contact.contact {
            div #contact-ask.contact-ask hidden[!is_asked] {
                label.contact-label for="email" {
                    (page.say(Plain::EmailLabel))
                }
                div.contact-box {
                    input #email.contact-email type="text" inputmode="email" autocomplete="email" name="email"
                        form="composer" dir="ltr" maxlength=(MAX_EMAIL_BYTES) spellcheck="false" autocapitalize="off"
                        aria-describedby="email-error" aria-invalid=[refusal.map(|_| "true")]
                        value=(page.unkept.email);
                    button.button.button-quiet form="composer" name="act" value="contact" {
                        (page.say(Plain::EmailSave))
                    }
                }
                p #email-error.field-error role="alert" { (refusal.unwrap_or_default()) }
            }
            p #contact-kept.contact-kept hidden[kept.is_none()] {
                @for part in parts(page.say(Plain::EmailKept)) {
                    @match part {
                        Part::Text(text) => (text)
                        Part::Slot(_) => span #contact-email.contact-address dir="ltr" { (kept.unwrap_or_default()) }
                    }
                }
                " "
                button.button.button-quiet form="composer" name="act" value="no-contact" {
                    (page.say(Plain::EmailRemove))
                }
            }
        }
    }
}
