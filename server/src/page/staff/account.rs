//! One's own account: who is signed in, and the form that changes the password.

use maud::{Markup, html};

use super::field::Field;
use super::{ACCOUNT, DESK, Problems, words};
use crate::secret::PASSWORD_CHARS;
use crate::store::StoredAgent;

/// The id of a field.
pub const CURRENT: &str = "current";
/// The id of a field.
pub const NEW: &str = "password";

/// The page. No password that was typed is ever in it.
#[must_use]
pub fn page(agent: &StoredAgent, problems: &Problems) -> Markup {
    let field = |id, label, hint| problems.field(id, label, hint);
    html! {
        dl.terms {
            div { dt { (words::NAME) } dd { bdi { (agent.name) } } }
            div { dt { (words::EMAIL) } dd { (agent.email) } }
            div { dt { (words::ROLE) } dd { (words::role(agent.role)) } }
        }
        p.quiet { (words::ACCOUNT_LEAD) }
        h2 { (words::CHANGE_PASSWORD) }
        form method="post" action=(ACCOUNT) {
            // For password managers: whose it is.
            input type="text" name="username" value=(agent.email) autocomplete="username" readonly hidden;
            (password(&field(CURRENT, words::CURRENT, ""), "current-password"))
            (password(&field(NEW, words::NEW, words::NEW_HINT), "new-password"))
            p.actions { button.button.button-strong { (words::CHANGE_PASSWORD) } }
        }
        p.actions { a href=(DESK) { (words::TO_DESK) } }
    }
}

fn password(field: &Field<'_>, kind: &str) -> Markup {
    field.around(&html! {
        input.input id=(field.id) name=(field.id) type="password" required autocomplete=(kind)
            maxlength=(PASSWORD_CHARS.end() + 1) aria-describedby=[field.described_by()] aria-invalid=[field.invalid()];
    })
}
