//! Plain pages for what cannot be shown: they say what happened and what to do.

use maud::html;

use super::frame::Document;
use crate::assets::PageFiles;

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
}

/// The page that says so. `back` is the address of the page that the visitor came from, if it is one of ours.
#[must_use]
pub fn notice(notice: Notice, back: Option<&str>, files: Option<&PageFiles>) -> String {
    let (title, words) = match notice {
        Notice::NoSuchSite => (
            "There is no chat here",
            "The address names no shop that we know. Go back to the shop and open the chat from there.",
        ),
        Notice::NoSuchArticle => (
            "There is no such help page",
            "It may have been renamed or taken away. Ask in the chat: the assistant finds it, and a person can tell you.",
        ),
        Notice::ArticlesUnavailable => (
            "The help pages cannot be read right now",
            "Please try again in a moment.",
        ),
        Notice::ForeignForm => (
            "This came from another page",
            "Your browser says that another page sent this, so nothing was done. Open the chat and write there.",
        ),
        Notice::UnreadableForm => (
            "We could not read that",
            "What your browser sent is not text that we understand, so nothing was done. Go back: your text may still be there.",
        ),
        Notice::TooLarge => (
            "That is too long for one message",
            "Nothing was sent. Go back, where your text may still be, and send it in pieces of up to 8,000 characters.",
        ),
    };
    let document = Document {
        language: "en",
        scheme: None,
        title,
        files,
        has_script: false,
    };
    document.around(&html! {
        body {
            main.article {
                h1 { (title) }
                p { (words) }
                @if let Some(back) = back {
                    p { a href=(back) { "Open the chat" } }
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
        assert!(!notice(Notice::NoSuchSite, None, None).contains("<a "));
    }
}
