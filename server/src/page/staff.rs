//! The pages on which people manage their own work and their team: the document around each, and what they have in common.
//!
//! They are light on purpose: HTML and one style, no script. What people have typed is only ever text in them.

pub mod account;
pub mod changes;
mod field;
pub mod notice;
pub mod people;
pub mod replies;
mod table;
pub mod teams;
pub mod topics;
pub mod words;
pub mod work;

use maud::{DOCTYPE, Markup, html};
use protocol::Role;

use crate::assets;
use crate::store::{CannedReply, StoredAgent, Team, Topic};

pub use field::Problems;

/// The agents' page.
pub const DESK: &str = "/agent";

/// Somebody's own work.
pub const WORK: &str = "/agent/work";

/// Who works for the site.
pub const TEAM: &str = "/agent/team";

/// One's own account.
pub const ACCOUNT: &str = "/agent/account";

/// A part of what leads see to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Who works for the site.
    People,
    /// Their teams.
    Teams,
    /// What conversations are about.
    Topics,
    /// Prepared replies.
    Replies,
    /// Who changed what.
    Changes,
}

impl Section {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::People,
        Self::Teams,
        Self::Topics,
        Self::Replies,
        Self::Changes,
    ];

    /// Where it is.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::People => TEAM,
            Self::Teams => "/agent/team/teams",
            Self::Topics => "/agent/team/topics",
            Self::Replies => "/agent/team/replies",
            Self::Changes => "/agent/team/changes",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::People => words::PEOPLE,
            Self::Teams => words::TEAMS,
            Self::Topics => words::TOPICS,
            Self::Replies => words::REPLIES,
            Self::Changes => words::CHANGES,
        }
    }
}

/// Which of the pages somebody is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// Somebody's work.
    Work,
    /// A part of what leads see to.
    Team(Section),
    /// One's own account.
    Account,
    /// None of them.
    Elsewhere,
}

/// What has just been done, as the page after it says. It is named in that page's address, so it is one of these words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Something was changed.
    Saved,
    /// Something was removed.
    Removed,
    /// A password was changed.
    Password,
}

impl Done {
    const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::Saved, "saved", words::SAVED),
        (Self::Removed, "removed", words::REMOVED),
        (Self::Password, "password", words::PASSWORD_CHANGED),
    ];

    /// Its name in an address.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(done, ..)| *done == self)
            .map_or("", |(_, name, _)| name)
    }

    /// What an address names.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known, _)| *known == name);
        found.map(|(done, ..)| *done)
    }

    fn words(self) -> &'static str {
        let found = Self::ALL.iter().find(|(done, ..)| *done == self);
        found.map_or("", |(.., words)| words)
    }
}

/// Who looks at a page.
#[derive(Debug, Clone, Copy)]
pub struct Viewer<'a> {
    /// Their name.
    pub name: &'a str,
    /// What they may do.
    pub role: Role,
    /// The name of the site that they work for.
    pub site: &'a str,
}

/// What the people of a site have set up.
#[derive(Debug, Clone, Default)]
pub struct SetUp {
    /// Who works there, by name.
    pub people: Vec<StoredAgent>,
    /// Their teams, by name.
    pub teams: Vec<Team>,
    /// Their topics, by name.
    pub topics: Vec<Topic>,
    /// Their prepared replies, by shortcut.
    pub replies: Vec<CannedReply>,
}

/// A page.
pub struct StaffPage<'a> {
    /// Who looks at it.
    pub viewer: Viewer<'a>,
    /// Which it is.
    pub here: Here,
    /// Its heading.
    pub title: &'a str,
    /// What has just been done.
    pub done: Option<Done>,
    /// What is wrong with what was typed.
    pub problems: &'a Problems,
}

impl StaffPage<'_> {
    /// The page around what it is for.
    #[must_use]
    pub fn around(&self, main: &Markup) -> String {
        let site = self.viewer.site;
        let before = if !self.problems.is_empty() {
            words::TITLE_PROBLEM
        } else {
            self.done.map_or("", Done::words)
        };
        let document = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                    meta name="color-scheme" content="light dark";
                    // Under our answers' own policy a browser would name no origin with a form that it posts.
                    meta name="referrer" content="same-origin";
                    title {
                        @if !before.is_empty() { (before.trim_end_matches('.')) " · " }
                        (self.title) " · " (site)
                    }
                    link rel="icon" href="/icons/app.svg";
                    link rel="stylesheet" href={ "/assets/staff/" (assets::staff_style().0) };
                }
                body {
                    a.skip href="#main" { (words::SKIP) }
                    (self.head())
                    @if let Here::Team(section) = self.here { (sections(section)) }
                    main #main.staff-main tabindex="-1" {
                        h1 { (self.title) }
                        @if let Some(done) = self.done {
                            p.done role="status" { (done.words()) }
                        }
                        (self.problems.summary())
                        (main)
                    }
                }
            }
        };
        document.into_string()
    }

    fn head(&self) -> Markup {
        let ways = [
            (DESK, words::CONVERSATIONS, false),
            (WORK, words::MY_WORK, self.here == Here::Work),
            (TEAM, words::TEAM, matches!(self.here, Here::Team(_))),
            (ACCOUNT, words::ACCOUNT, self.here == Here::Account),
        ];
        html! {
            header.staff-head {
                div.staff-who {
                    p.staff-site { bdi { (self.viewer.site) } }
                    p.quiet { bdi { (self.viewer.name) } " · " (words::role(self.viewer.role)) }
                }
                nav.staff-nav aria-label=(words::PAGES) {
                    ul {
                        @for (path, name, is_here) in ways {
                            li { a href=(path) aria-current=[is_here.then_some("page")] { (name) } }
                        }
                    }
                }
            }
        }
    }
}

fn sections(here: Section) -> Markup {
    html! {
        nav.staff-sections aria-label=(words::SECTIONS) {
            ul {
                @for section in Section::ALL {
                    li {
                        a href=(section.path()) aria-current=[(section == here).then_some("page")] { (section.name()) }
                    }
                }
            }
        }
    }
}

/// A question before something is removed, with the button that does it and the way back.
#[must_use]
pub fn confirm(what: &str, consequence: &str, action: &str, back: &str) -> Markup {
    html! {
        p { (words::REMOVE_BEFORE) " " strong { bdi { (what) } } "?" }
        p { (consequence) }
        form.actions method="post" action=(action) {
            button.button.button-danger { (words::REMOVE) }
            a.button href=(back) { (words::CANCEL) }
        }
    }
}

#[cfg(test)]
mod tests;
