//! Plain pages for what cannot be shown: they say what happened and what to do.

use maud::html;
use protocol::MAX_TEXT_CHARS;
use words::Locale as _;

use super::frame::Document;
use super::theme::Theme;
use crate::assets::PageFiles;
use crate::languages::{Language, Plain, Zone};

/// Why there is nothing else to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// No site has the key in the address.
    NoSuchSite,
    /// No site has an article of this name.
    NoSuchArticle,
    /// The articles cannot be read now.
    ArticlesUnavailable,
    /// A form of another site's page was posted to a chat.
    ForeignForm,
    /// What was posted is not text in UTF-8, or not a form.
    UnreadableForm,
    /// What was posted is larger than any message.
    TooLarge,
    /// What a letter's link has is unknown, has expired, or was replaced: which of them is not told.
    LinkGone,
    /// A mailbox is never written to again.
    MailStopped,
    /// A conversation cannot be read now.
    NotShown,
}

/// The page that says so. `back` is the address of the page that the visitor came from, if it is one of ours.
#[must_use]
pub fn notice(
    notice: Notice,
    language: &Language,
    back: Option<&str>,
    files: Option<&PageFiles>,
) -> String {
    let (title, words) = match notice {
        Notice::NoSuchSite => (Plain::NoSuchSiteTitle, Plain::NoSuchSite),
        Notice::NoSuchArticle => (Plain::NoSuchArticleTitle, Plain::NoSuchArticle),
        Notice::ArticlesUnavailable => (Plain::ArticlesUnavailableTitle, Plain::TryAgainSoon),
        Notice::ForeignForm => (Plain::ForeignFormTitle, Plain::ForeignForm),
        Notice::UnreadableForm => (Plain::UnreadableFormTitle, Plain::UnreadableForm),
        Notice::TooLarge => (Plain::TooLargeTitle, Plain::TooLarge),
        Notice::LinkGone => (Plain::LinkGoneTitle, Plain::LinkGone),
        Notice::MailStopped => (Plain::StopTitle, Plain::Stopped),
        Notice::NotShown => (Plain::CouldNotShow, Plain::TryAgainSoon),
    };
    let title = language.plain(title);
    let limit = language.speech(Zone::Utc).locale.number(MAX_TEXT_CHARS);
    let document = Document {
        language,
        scheme: None,
        style: None,
        theme: Theme::default(),
        title,
        files,
        has_script: false,
    };
    document.around(&html! {
        body {
            main.article {
                h1 { (title) }
                p { (language.plain_with(words, &[("limit", &limit)])) }
                @if let Some(back) = back {
                    p { a href=(back) { (language.plain(Plain::OpenTheChat)) } }
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_says_what_to_do_and_leads_back() {
        let page = notice(
            Notice::ForeignForm,
            &Language::original(),
            Some("/chat/demo?scheme=dark&locale=en"),
            None,
        );
        assert!(
            page.contains("<h1>This came from another page</h1>"),
            "{page}"
        );
        assert!(
            page.contains("<a href=\"/chat/demo?scheme=dark&amp;locale=en\">Open the chat</a>"),
            "{page}"
        );
        assert!(!notice(Notice::NoSuchSite, &Language::original(), None, None).contains("<a "));
    }
}
