//! `/agent/team/replies`: prepared replies.

use maud::Markup;
use protocol::Language;

use super::kind::Kind;
use crate::http::form::{Form, Known};
use crate::page::staff::replies::{LANGUAGE, SHORTCUT, TEXT, Typed, fields, list};
use crate::page::staff::{Problems, Section, SetUp, words};
use crate::store::{NewCannedReply, StaffChange};
use crate::typed;

/// Prepared replies.
pub struct Replies;

impl Kind for Replies {
    type Typed = Typed;

    const SECTION: Section = Section::Replies;
    const ADD: &'static str = words::ADD_REPLY;
    const REMOVED: &'static str = words::REPLY_REMOVED;
    const KNOWN: Known = Known {
        once: &[SHORTCUT, LANGUAGE, TEXT],
        many: &[],
    };
    const TAKEN: (&'static str, &'static str) = (SHORTCUT, words::TAKEN_SHORTCUT);

    fn list(set_up: &SetUp) -> Markup {
        list(&set_up.replies)
    }

    fn kept(set_up: &SetUp, id: i64) -> Option<(String, Typed)> {
        let found = set_up.replies.iter().find(|it| it.id == id)?;
        let typed = Typed {
            shortcut: found.reply.shortcut.clone(),
            language: found
                .reply
                .language
                .map(|it| it.to_string())
                .unwrap_or_default(),
            text: found.reply.text.clone(),
        };
        Some((["/", &typed.shortcut].concat(), typed))
    }

    fn typed(form: &Form) -> Typed {
        Typed {
            shortcut: form.text(SHORTCUT),
            language: form.text(LANGUAGE),
            text: form.text(TEXT),
        }
    }

    fn fields(typed: &Typed, problems: &Problems, _: &SetUp) -> Markup {
        fields(typed, problems)
    }

    fn change(id: Option<i64>, typed: &Typed, _: &SetUp) -> Result<StaffChange, Problems> {
        let mut problems = Problems::default();
        let shortcut = typed::shortcut(&typed.shortcut);
        let text = typed::prepared(&typed.text);
        let language = Language::of(&typed.language);
        let is_known = words::language(&typed.language).is_some();
        if !typed.language.is_empty() && !is_known {
            problems.add(LANGUAGE, words::NOT_A_CHOICE);
        }
        if let Err(bad) = &shortcut {
            problems.add(SHORTCUT, bad.advice());
        }
        if let Err(bad) = &text {
            problems.add(TEXT, bad.advice());
        }
        match (shortcut, text) {
            (Ok(shortcut), Ok(text)) if problems.is_empty() => {
                let reply = NewCannedReply {
                    shortcut,
                    language,
                    text,
                };
                Ok(StaffChange::Canned(id, reply))
            }
            _ => Err(problems),
        }
    }

    fn removal(id: i64) -> StaffChange {
        StaffChange::RemoveCanned(id)
    }
}
