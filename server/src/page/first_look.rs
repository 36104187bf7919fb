//! How the agents' page begins: the door, or the beginning of the queue. It is there before the page runs and works without it;
//! then the page takes its place, with the same elements under the same ids, so that nothing moves and nobody's place is lost.

#[cfg(test)]
mod tests;

use maud::{Markup, html};
use protocol::{Case, CaseList, StaffList, Timestamp, Turn};
use words::desk::{self as says, LONG, Urgency, marks, visitor};
use words::waited;

use crate::service::AgentGreeting;

pub use super::staff::{ACCOUNT, DESK, TEAM, WORK};

/// A field of the door.
pub const EMAIL: &str = "email";
/// A field of the door.
pub const PASSWORD: &str = "password";
/// The switch: [`ON`], or anything else for off.
pub const DUTY: &str = "duty";
/// On duty.
pub const ON: &str = "on";
/// Who is to be taken: the conversation's id.
pub const TAKE: &str = "take";

/// More lines than a screen has room for. The page brings the others.
const LINES: usize = 20;

/// The built page with this in the place of what says that it is on its way.
#[must_use]
pub fn begin(html: &str, beginning: &Markup) -> String {
    let parts = html.split_once("<body>").and_then(|(head, rest)| {
        let (_, end) = rest.rsplit_once("</body>")?;
        Some((head, end))
    });
    match parts {
        Some((head, end)) => [head, "<body>", &beginning.0, "</body>", end].concat(),
        None => html.to_owned(),
    }
}

/// What whoever is not signed in sees.
#[derive(Debug, Default)]
pub struct Door<'a> {
    /// What they typed; their password is never shown again.
    pub email: &'a str,
    /// Why they were not let in.
    pub problem: String,
}

impl Door<'_> {
    /// The door.
    #[must_use]
    pub fn markup(&self) -> Markup {
        let invalid = (!self.problem.is_empty()).then_some("true");
        html! {
            div #opening {
                main.door {
                    p #on-its-way.door-note role="status" hidden { (says::OPENING) }
                    form #sign-in.door-form method="post" action=(DESK) {
                        h1.door-title { (says::DOOR_TITLE) }
                        p.door-note { (says::DOOR_NOTE) }
                        p #sign-in-error.field-error role="alert" { (self.problem) }
                        label.field {
                            span.field-label { (says::EMAIL) }
                            input #email.field-input name=(EMAIL) type="email" autocomplete="username" required
                                value=(self.email) aria-invalid=[invalid] aria-describedby="sign-in-error";
                        }
                        label.field {
                            span.field-label { (says::PASSWORD) }
                            input #password.field-input name=(PASSWORD) type="password" autocomplete="current-password"
                                required aria-invalid=[invalid] aria-describedby="sign-in-error";
                        }
                        button.button.button-strong { (says::SIGN_IN) }
                        noscript { p.door-note { (says::NO_SCRIPT) } }
                    }
                }
            }
        }
    }
}

/// What whoever is signed in sees.
pub struct FirstLook<'a> {
    /// The site's name.
    pub site: &'a str,
    /// How the desk stands.
    pub greeting: &'a AgentGreeting,
    /// What the site's people have set up.
    pub staff: &'a StaffList,
    /// The time now.
    pub now: Timestamp,
    /// What was asked for and not done; empty if there is no such thing.
    pub refused: &'a str,
}

/// Somebody who waits, and where they stand.
type Line<'a> = (Turn, &'a Case);

impl FirstLook<'_> {
    /// The beginning of the desk. What only the running page can do stands there and waits.
    #[must_use]
    pub fn markup(&self) -> Markup {
        let lines = self.lines();
        let waiting = self.waiting(&lines);
        html! {
            div #opening data-unreachable=(says::UNREACHABLE_NOW) data-unable=(says::NO_SCRIPT) data-taken=(says::TAKEN) {
                div #desk-page.desk-page data-view="queue" {
                    (self.bar())
                    div #notices.notices role="status" {
                        @if !self.refused.is_empty() {
                            p.notice data-notice="refused" { (self.refused) }
                        }
                        noscript { p.notice data-notice="refused" { (says::NO_SCRIPT) } }
                    }
                    (self.tabs(&lines, waiting))
                    main.panes {
                        (self.lists(&lines, waiting))
                        section #talk.pane.talk aria-label=(says::TALK) {
                            p.empty.empty-pane { (says::NO_TALK) }
                        }
                        section #case.pane.case aria-label=(says::CASE_CARD) {
                            p.empty.empty-pane { (says::NO_CASE) }
                        }
                    }
                }
            }
        }
    }

    fn bar(&self) -> Markup {
        let on = self.greeting.on_duty;
        html! {
            header.bar {
                div.bar-who {
                    h1.bar-shop { (self.site) }
                    p.bar-me {
                        span.bar-name { (self.greeting.name) } " · "
                        span #connection role="status" data-connection="opening" { (says::CONNECTING) }
                    }
                }
                form method="post" action=(DESK) {
                    button #duty.switch role="switch" aria-checked=(on) name=(DUTY) value=(if on { "off" } else { ON }) {
                        (says::ON_DUTY)
                        span.switch-track aria-hidden="true" {}
                    }
                }
                button #palette-open.button type="button" disabled { (says::PALETTE_OPEN) }
                details.menu {
                    summary #menu.button { (says::MENU) }
                    nav.menu-list aria-label=(says::MENU) {
                        a href=(WORK) { (says::MY_WORK) }
                        @if self.greeting.role.is_lead() {
                            a href=(TEAM) { (says::TEAM_PAGE) }
                        }
                        a href=(ACCOUNT) { (says::ACCOUNT) }
                    }
                }
            }
        }
    }

    fn tabs(&self, lines: &[Line<'_>], waiting: usize) -> Markup {
        html! {
            nav #tabs.tabs aria-label=(says::PANES) {
                button.tab.tab-queue type="button" aria-current="true" {
                    (says::QUEUE)
                    @if waiting > 0 {
                        " "
                        span.count data-wait=(self.urgency(lines)) { (waiting) }
                    }
                }
                button.tab.tab-conversation type="button" disabled { (says::CONVERSATION) }
                button.tab type="button" disabled { (says::CASE) }
            }
        }
    }

    fn lists(&self, lines: &[Line<'_>], waiting: usize) -> Markup {
        let most = self.greeting.most;
        html! {
            section #lists.pane.lists aria-label=(says::LISTS) tabindex="-1" {
                p #off-duty.alerts hidden[self.greeting.on_duty] { (says::OFF_DUTY) }
                p.alerts {
                    span { (says::ALERTS) }
                    button.switch type="button" role="switch" aria-checked="false" disabled {
                        (says::SOUND)
                        span.switch-track aria-hidden="true" {}
                    }
                    // Which of these it is, the browser knows.
                    button.button type="button" disabled data-permission="default" { (says::NOTIFY_ME) }
                    span data-permission="granted" hidden { (says::NOTIFIED) }
                    span data-permission="denied" hidden { (says::NOT_NOTIFIED) }
                }
                details.find inert { summary { (says::FIND) } }
                div.list-block {
                    h2.list-title {
                        (says::QUEUE)
                        @if waiting > 0 { " " span.count aria-hidden="true" { (waiting) } }
                    }
                    @if waiting == 0 { p.empty { (says::NOBODY_WAITS) } }
                    div.take-row {
                        @if waiting > 0 && self.greeting.on_duty {
                            button.button type="button" disabled { (says::TAKE_NEXT) }
                        }
                        label.at-once {
                            (says::AT_ONCE)
                            select.at-once-number disabled { option selected { (most) } }
                        }
                    }
                    form.entries-window.long[waiting > LONG] method="post" action=(DESK) {
                        ul.entries role="list" aria-label=(says::QUEUE) {
                            @for (index, (_, case)) in lines.iter().take(LINES).enumerate() { (self.line(index, case)) }
                        }
                    }
                }
            }
        }
    }

    fn line(&self, index: usize, case: &Case) -> Markup {
        let wait_ms = self.wait_ms(case);
        let id = case.conversation;
        let preview = match case.preview.as_str() {
            "" => says::NO_MESSAGE,
            preview => preview,
        };
        let notes = [
            case.came_back().then(|| says::CAME_BACK.to_owned()),
            case.supervisor.map(|_| says::SUPERVISOR_ASKED.to_owned()),
        ];
        let notes = notes.into_iter().flatten().chain(marks(case, self.staff));
        html! {
            li.entry data-case=(id) data-first[index == 0] data-wait=(Urgency::of(wait_ms).name())
                data-offer[case.offer.is_some()] {
                div.entry-lines {
                    span.entry-wait role="timer" aria-label=(says::WAITING) { (waited(wait_ms)) }
                    a.entry-open href={ "#case=" (id) } id={ "case-" (id) } {
                        (visitor(case.receipt))
                        @if case.vulnerable.is_some() {
                            " " span.entry-note.entry-care { (says::VULNERABLE) }
                        }
                        @for note in notes { " " span.entry-note { (note) } }
                    }
                    p.entry-words dir="auto" { (preview) }
                }
                button.button.take id={ "take-" (id) } name=(TAKE) value=(id) aria-describedby={ "case-" (id) } {
                    (says::TAKE)
                }
                @if case.offer.is_some() {
                    button.button.let-go type="button" disabled { (says::LET_GO) }
                }
            }
        }
    }

    /// Those who wait, as far as they are told at first, in the order of the page.
    fn lines(&self) -> Vec<Line<'_>> {
        let is_lead = self.greeting.role.is_lead();
        let cases = self.greeting.lists.cases.iter();
        let mut lines: Vec<_> = cases
            .filter_map(|case| Some((Turn::of(case, is_lead)?, case)))
            .collect();
        lines.sort_by_key(|(turn, _)| *turn);
        lines
    }

    fn wait_ms(&self, case: &Case) -> u64 {
        let since = case.waits_since();
        since.map_or(0, |since| self.now.since_ms(since))
    }

    fn urgency(&self, lines: &[Line<'_>]) -> &'static str {
        let waits = lines.iter().map(|(_, case)| self.wait_ms(case));
        Urgency::of(waits.max().unwrap_or(0)).name()
    }

    /// How many wait, those among them that are not told at first.
    fn waiting(&self, lines: &[Line<'_>]) -> usize {
        let elsewhere = lines.iter().filter(|(_, case)| !CaseList::Queue.has(case));
        let waiting = usize::try_from(self.greeting.lists.counts.waiting);
        waiting
            .unwrap_or(usize::MAX)
            .saturating_add(elsewhere.count())
    }
}
