//! Pages that say why something is not shown or not done, and what to do.

use maud::{Markup, html};

use super::words;

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Only leads and admins may.
    ForLeads,
    /// Only admins may.
    ForAdmins,
    /// It is not there, or somebody else's: which of the two is not told.
    NotThere,
    /// The form is another page's.
    Foreign,
    /// It is no form of ours.
    Unreadable,
    /// The store cannot be reached.
    Unavailable,
}

impl Notice {
    /// Its heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.words().0
    }

    /// What it says.
    #[must_use]
    pub fn markup(self) -> Markup {
        html! { p { (self.words().1) } }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::ForLeads => (words::NOT_ALLOWED, words::NOT_ALLOWED_AGENT),
            Self::ForAdmins => (words::NOT_ADMIN, words::NOT_ALLOWED_LEAD),
            Self::NotThere => (words::NOT_THERE, words::NOT_THERE_WHY),
            Self::Foreign => (words::FOREIGN, words::FOREIGN_WHY),
            Self::Unreadable => (words::UNREADABLE, words::UNREADABLE_WHY),
            Self::Unavailable => (words::UNAVAILABLE, words::UNAVAILABLE_WHY),
        }
    }
}
