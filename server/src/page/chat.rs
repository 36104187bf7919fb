//! The conversation page, whole: it works as it is, and a script may take it over. See [`page`](crate::page) for what
//! the script relies on.

mod card;
mod contact;
mod desk;
mod ending;
mod log;
mod replies;
mod supervisor;

use std::borrow::Cow;

use maud::{Markup, html};
use protocol::{
    Answering, CardFact, CommandId, HistoryPage, Seq, SiteFace, State, Timestamp, Token,
};
use words::{Key, Speech};

use super::address::Address;
use super::frame::{CLOSE, Document, icon};
use super::text::linked;
use crate::assets::PageFiles;
use crate::hours::Hours;
use crate::languages::{Calendar, Language, Plain, Zone};

/// Everything that the page shows.
pub struct ChatPage<'a> {
    /// What it was asked for by.
    pub address: &'a Address,
    /// The language that it is in.
    pub language: &'a Language,
    /// The origin in the address, if the site allows it or it is our own.
    pub host_origin: Option<&'a str>,
    /// The shop.
    pub site: &'a SiteFace,
    /// What the page loads; none if the pages were not built.
    pub files: Option<&'a PageFiles>,
    /// The style that is in it; without it the page loads the files with its styles.
    pub style: Option<&'a str>,
    /// Who the visitor is.
    pub identity: Identity<'a>,
    /// Makes the next post count once.
    pub command_id: CommandId,
    /// How the conversation stands; none if the store could not tell.
    pub standing: Option<&'a Standing>,
    /// The time now, which waits are counted to.
    pub now: Timestamp,
    /// What the visitor has typed and not sent.
    pub draft: &'a str,
    /// Why the draft was not sent, in words.
    pub refusal: Option<&'a str>,
    /// What the store could not keep.
    pub failed: Option<Failed>,
    /// What was typed for an address and is not kept.
    pub unkept: &'a Unkept,
    /// What was put right of the card and is not kept.
    pub uncorrected: &'a Uncorrected,
    /// The shop's opening hours, in whose zone their times are said; none if it states none.
    pub hours: Option<&'a Hours>,
}

/// Who the visitor is.
#[derive(Clone, Copy)]
pub struct Identity<'a> {
    /// What proves it.
    pub token: &'a Token,
    /// Whether the token's conversation has begun.
    pub has_begun: bool,
    /// What is known of whether the browser keeps the token.
    pub keeping: Keeping,
}

/// Whether the browser keeps the conversation beyond this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// It has sent our cookie back.
    Kept,
    /// It has not been asked to, or has had no chance to show it.
    NotKnown,
    /// It was given our cookie and has not sent it back.
    Refused,
}

/// How a conversation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who answers.
    pub state: State,
    /// The newest page of its log.
    pub history: HistoryPage,
    /// What whoever takes it will know of it; nothing where it waits for nobody.
    pub facts: Vec<CardFact>,
}

/// What the store could not keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failed {
    /// A message, which is the draft now.
    Message,
    /// A request for a person.
    Human,
    /// A wish for a supervisor.
    Supervisor,
    /// The wish to leave the line.
    Leave,
    /// The wish to go back to the assistant, or to end the conversation.
    Ending,
    /// An address, or the wish to keep it no more.
    Contact,
    /// What was put right of the card.
    Card,
}

impl Standing {
    /// How a conversation stands that has not begun.
    #[must_use]
    pub fn blank(site: &SiteFace) -> Self {
        let answering = if site.bot {
            Answering::Bot {}
        } else {
            Answering::Nobody { last: None }
        };
        Self {
            state: State {
                answering,
                waiting: None,
                opening: None,
                contact: None,
                seen: Seq(0),
                supervisor: None,
            },
            history: HistoryPage::default(),
            facts: vec![],
        }
    }

    /// The event after the last one.
    #[must_use]
    pub fn next(&self) -> Seq {
        let last = self.history.events.last();
        last.map_or(Seq(0), |event| event.seq).next()
    }
}

impl ChatPage<'_> {
    /// The page as HTML.
    #[must_use]
    pub fn render(&self) -> String {
        let title = self.say_with(Plain::PageTitle, &[("shop", &self.site.name)]);
        let document = Document {
            language: self.language,
            scheme: self.address.scheme,
            theme: self.address.theme,
            title: &title,
            files: self.files,
            style: self.style,
            has_script: true,
        };
        document.around(&html! {
            body data-site=(self.address.key) data-host-origin=[self.host_origin] {
                main #chat.chat aria-label=(self.say(Plain::SupportChat)) {
                    (contact::default_button(self))
                    (self.header())
                    div #notices.notices role="status" { (self.notices()) }
                    div #log.log role="log" aria-label=(self.say(Plain::Conversation)) tabindex="0" {
                        (self.welcome())
                        div #messages.blocks {
                            @if let Some(standing) = self.standing.filter(|standing| !standing.history.events.is_empty()) {
                                ol.messages role="list" { (log::entries(self, &standing.history, standing.state.seen)) }
                            }
                        }
                        (card::region(self))
                        (self.record())
                        (ending::region(self))
                        (self.about())
                    }
                    div.foot {
                        (self.plain())
                        (desk::region(self))
                        (supervisor::region(self))
                        (contact::region(self))
                        (self.composer())
                    }
                }
            }
        })
    }

    fn header(&self) -> Markup {
        let (holder, words) = self.status();
        html! {
            header.head {
                div.head-who {
                    h1.head-shop { (self.site.name) }
                    p #status.status role="status" data-holder=(holder) { (words) }
                }
                button #close.icon-button type="button" aria-label=(self.say(Plain::CloseChat)) hidden { (icon("icon", CLOSE)) }
            }
        }
    }

    /// Who answers now, as the style and the visitor read it.
    fn status(&self) -> (&'static str, Cow<'_, str>) {
        match self.standing {
            Some(standing) => {
                let words = self.language.words();
                words.status(&standing.state.answering, &standing.history.events)
            }
            None => ("ended", self.say(Plain::StatusUnknown).into()),
        }
    }

    fn notices(&self) -> Markup {
        let site = self.site;
        html! {
            @if self.failed.is_some() || self.standing.is_none() {
                p.notice data-notice="store" {
                    (match self.failed {
                        Some(Failed::Message) => self.say(Plain::CouldNotKeepMessage),
                        Some(Failed::Human) => self.say(Plain::CouldNotKeepRequest),
                        Some(Failed::Supervisor) => self.say(Plain::CouldNotKeepSupervisor),
                        Some(Failed::Leave) => self.say(Plain::CouldNotLeave),
                        Some(Failed::Contact) => self.say(Plain::CouldNotSaveEmail),
                        Some(Failed::Ending | Failed::Card) => self.words().get(Key::DidNotReach),
                        None => self.say(Plain::CouldNotShow),
                    })
                    " " (self.say(Plain::TryAgainSoon))
                    @if !site.contact.is_empty() { " " (also_reach(self.language, site)) }
                }
            }
            @if self.identity.keeping == Keeping::Refused {
                p.notice data-notice="storage" { (self.words().get(Key::NoStorage)) }
            }
        }
    }

    fn welcome(&self) -> Markup {
        html! {
            section.welcome {
                h2.welcome-title { (self.say(Plain::Hello)) }
                p.disclosure {
                    @if self.site.bot {
                        (self.say(Plain::Disclosure))
                    } @else {
                        (self.say_with(Plain::PersonOnly, &[("shop", &self.site.name)]))
                    }
                }
            }
        }
    }

    /// The way to a copy of the conversation, which a script leaves to the browser. Style hides it while nothing has
    /// been said.
    fn record(&self) -> Markup {
        let url = format!("/chat/{}/record", self.address.key);
        let button = |form, words| {
            html! {
                button.record-as form="composer" formaction=(url) name="as" value=(form) {
                    (self.say(words))
                }
            }
        };
        html! {
            p.record {
                (self.say(Plain::KeepACopy)) " " (button("html", Plain::WebPage)) " · " (button("json", Plain::Json))
            }
        }
    }

    /// What everybody may want to know before they write, quietly. The documents themselves are in English.
    fn about(&self) -> Markup {
        let key = &self.address.key;
        let link = |page: &str, words| {
            html! {
                a href={ "/docs/" (page) "?site=" (key) } hreflang="en" target="_blank" rel="noopener noreferrer" { (self.say(words)) }
            }
        };
        html! {
            p.about { (link("storage", Plain::PrivacyStored)) " · " (link("accessibility", Plain::Accessibility)) }
        }
    }

    /// For those without a script, and for those whose script has not come. A button of the form rather than a link:
    /// the draft goes along, and it works without a cookie.
    fn plain(&self) -> Markup {
        html! {
            p #plain.plain {
                (self.say(Plain::NotUpdating)) " "
                button.plain-check form="composer" name="act" value="check" {
                    (self.say(Plain::CheckForNew))
                }
            }
        }
    }

    fn composer(&self) -> Markup {
        let token_name = if self.identity.has_begun {
            "token"
        } else {
            "fresh"
        };
        let refusal = self.refusal.unwrap_or_default();
        html! {
            // The server looks at all that is sent, and keeps what it refuses.
            form #composer.composer method="post" action=(self.action()) novalidate {
                // Firefox would put the old values back when the page is loaded again.
                input type="hidden" name="id" value=(self.command_id) autocomplete="off";
                input type="hidden" name=(token_name) value=(self.identity.token.0) autocomplete="off";
                div.composer-box {
                    textarea #message.composer-text name="text" rows="1" dir="auto" aria-label=(self.say(Plain::Message))
                        aria-describedby="message-error" aria-invalid=[self.refusal.map(|_| "true")]
                        placeholder=(self.say(Plain::WriteAMessage)) enterkeyhint="send" {
                        // HTML drops the first line break in a text box.
                        @if self.draft.starts_with('\n') { "\n" }
                        (self.draft)
                    }
                    button #send.button.button-strong name="act" value="say" { (self.say(Plain::Send)) }
                }
                p #message-error.field-error role="alert" { (refusal) }
            }
        }
    }

    /// What only the server says.
    fn say(&self, message: Plain) -> &'static str {
        self.language.plain(message)
    }

    fn say_with(&self, message: Plain, values: &[(&str, &str)]) -> String {
        self.language.plain_with(message, values)
    }

    fn words(&self) -> &'static words::Words {
        self.language.words()
    }

    /// What both the server and the script say, with times in the shop's zone if it has told one, and otherwise in UTC:
    /// the visitor's zone is not known here.
    fn speech(&self) -> Speech<'static, Calendar<'_>> {
        self.language
            .speech(self.hours.map_or(Zone::Utc, Zone::Shop))
    }

    /// The page's own address. The fragment is the event that is new after the post, so that the browser shows the
    /// end of the conversation and not its beginning.
    fn action(&self) -> String {
        let next = self.standing.map_or(Seq(1), Standing::next);
        format!("{}#m{next}", self.address.url())
    }
}

pub use card::Uncorrected;
pub use contact::Unkept;
pub(super) use log::author_kind;

/// How else to reach the shop.
pub(super) fn also_reach(language: &Language, site: &SiteFace) -> Markup {
    let values = [("shop", &*site.name), ("contact", &*site.contact)];
    linked(&language.plain_with(Plain::AlsoReachShop, &values))
}

#[cfg(test)]
mod tests;
