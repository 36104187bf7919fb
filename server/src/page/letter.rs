//! The pages that the links of letters lead to. What is behind a link's `#` is put into the form by a script; without one,
//! the code that the letter gives is typed.

use maud::{Markup, html};
use protocol::Token;

use super::frame::Document;
use super::theme::Theme;
use crate::assets::{self, PageFiles};
use crate::languages::{Language, Plain};

/// What a letter's link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterLink {
    /// Reading and replying.
    Continue,
    /// Never being written to again.
    Stop,
}

impl LetterLink {
    /// The path of its page.
    #[must_use]
    pub fn path(self, key: &str) -> String {
        match self {
            Self::Continue => format!("/continue/{key}"),
            Self::Stop => format!("/continue/{key}/stop"),
        }
    }
}

/// A page with the form.
pub struct LetterPage<'a> {
    /// What the link is for.
    pub link: LetterLink,
    /// The language that its words are in.
    pub language: &'a Language,
    /// The site's key.
    pub key: &'a str,
    /// The shop's name.
    pub shop: &'a str,
    /// The built files, for the style.
    pub files: Option<&'a PageFiles>,
    /// What was posted, where this browser has another conversation of the shop's.
    pub other: Option<&'a Token>,
}

impl LetterPage<'_> {
    /// The page.
    #[must_use]
    pub fn render(&self) -> String {
        let say = |message| self.language.plain(message);
        let title = match self.link {
            LetterLink::Continue => self
                .language
                .plain_with(Plain::RecordTitle, &[("shop", self.shop)]),
            LetterLink::Stop => say(Plain::StopTitle).to_owned(),
        };
        let act = match self.link {
            LetterLink::Continue => say(Plain::ContinueOpen),
            LetterLink::Stop => say(Plain::MailStop),
        };
        let document = Document {
            language: self.language,
            scheme: None,
            style: None,
            theme: Theme::default(),
            title: &title,
            files: self.files,
            has_script: false,
        };
        let path = self.link.path(self.key);
        document.around(&html! {
            body {
                main.article {
                    @if self.link == LetterLink::Stop { p.article-shop { (self.shop) } }
                    h1 { (title) }
                    @match self.other {
                        Some(code) => {
                            p { (self.language.plain_with(Plain::ContinueOther, &[("shop", self.shop)])) }
                            form method="post" action=(path) {
                                input type="hidden" name="code" value=(code.0);
                                input type="hidden" name="sure" value="yes";
                                p { button.button.button-strong { (act) } }
                            }
                            p { a href={ "/chat/" (self.key) } { (say(Plain::OpenTheChat)) } }
                        }
                        None => (self.form(&path, act))
                    }
                }
            }
        })
    }

    fn form(&self, path: &str, act: &str) -> Markup {
        let link = match self.link {
            LetterLink::Continue => "continue",
            LetterLink::Stop => "stop",
        };
        html! {
            form method="post" action=(path) data-letter=(link) {
                div #code-row {
                    p { label for="code" { (self.language.plain(Plain::ContinueCode)) } }
                    p.contact-box {
                        input #code.contact-email type="text" name="code" required autocomplete="off" dir="ltr"
                            spellcheck="false" autocapitalize="off";
                    }
                }
                p { button.button.button-strong { (act) } }
            }
            script type="module" src={ "/assets/letter/" (assets::letter_script().0) } {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(link: LetterLink, tag: &str, shop: &str, other: Option<&Token>) -> String {
        LetterPage {
            link,
            language: &Language::find(tag).unwrap(),
            key: "shop",
            shop,
            files: None,
            other,
        }
        .render()
    }

    #[test]
    fn without_a_script_the_code_is_typed() {
        for (link, path) in [
            (LetterLink::Continue, "/continue/shop"),
            (LetterLink::Stop, "/continue/shop/stop"),
        ] {
            let page = page(link, "en", "Oak", None);
            assert!(
                page.contains(&format!("method=\"post\" action=\"{path}\"")),
                "{page}"
            );
            assert!(
                page.contains("<label for=\"code\">Code from the email</label>"),
                "{page}"
            );
        }
    }

    /// S1, A11.
    #[test]
    fn a_shops_name_is_text_and_the_page_says_its_language() {
        for other in [None, Some(&Token("f".repeat(64)))] {
            for link in [LetterLink::Continue, LetterLink::Stop] {
                let page = page(link, "ar", "<img src=x onerror=alert(1)>", other);
                assert!(!page.contains("<img"), "{page}");
                assert!(page.contains("<html lang=\"ar\" dir=\"rtl\""), "{page}");
            }
        }
    }

    #[test]
    fn another_conversation_is_not_replaced_unasked() {
        let code = Token("f".repeat(64));
        let page = page(LetterLink::Continue, "en", "Oak", Some(&code));
        assert!(page.contains("another conversation with Oak"), "{page}");
        assert!(page.contains("name=\"sure\" value=\"yes\""), "{page}");
        assert!(page.contains(&code.0), "{page}");
        assert!(!page.contains("<script"), "nothing is sent by itself");
    }
}
