//! Written documents with places in them that the server fills in: `<!--NAME-->` in the file.

use maud::{Markup, html};

use super::text::linked;

/// The document with each place filled in that `part` knows; every other remark stays as it is.
#[must_use]
pub fn fill_in(document: &str, part: impl Fn(&str) -> Option<Markup>) -> String {
    let mut filled = String::with_capacity(document.len());
    let mut rest = document;
    while let Some((before, after)) = rest.split_once("<!--") {
        let Some((name, after)) = after.split_once("-->") else {
            break;
        };
        filled.push_str(before);
        match part(name) {
            Some(part) => filled.push_str(&part.into_string()),
            None => filled.extend(["<!--", name, "-->"]),
        }
        rest = after;
    }
    filled + rest
}

/// The documents that there are: where each is, and what it is called among them.
const DOCUMENTS: [(&str, &str); 4] = [
    ("/docs/embed", "Embed"),
    ("/demo/webview", "Apps"),
    ("/docs/storage", "What is kept"),
    ("/docs/accessibility", "Accessibility"),
];

/// What every document begins with: the ways to all of them. `here` is where this one is.
#[must_use]
pub fn documents(here: &str) -> Markup {
    html! {
        header.head {
            p.head-name { "Human, please" }
            nav aria-label="Documents" {
                ul {
                    @for (place, name) in DOCUMENTS {
                        li { a href=(place) aria-current=[(place == here).then_some("page")] { (name) } }
                    }
                }
            }
        }
    }
}

/// Whom to tell: a shop by its name and its contact, or how to find out.
#[must_use]
pub fn reach(shop: Option<(&str, &str)>) -> Markup {
    html! {
        @match shop {
            Some((name, contact)) if !contact.is_empty() => {
                "Write to " (name) ": " (linked(contact)) ". Or say it in the chat, where a person can be asked for at any moment."
            }
            Some((name, _)) => {
                "Say it in the chat of " (name) ", where a person can be asked for at any moment."
            }
            None => {
                "Say it in the chat, where a person can be asked for at any moment, or write to the shop whose chat it is: \
                 how is on the shop's own pages."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_in_and_other_remarks_stay() {
        let filled = fill_in("a <!--one--> b <!-- a remark --> <!--two-->", |name| {
            (name == "one").then(|| html! { "<1>" })
        });
        assert_eq!(filled, "a &lt;1&gt; b <!-- a remark --> <!--two-->");
        assert_eq!(fill_in("a <!-- open", |_| None), "a <!-- open");
    }

    #[test]
    fn each_document_is_among_them_and_says_which_it_is() {
        for (place, name) in DOCUMENTS {
            let words = documents(place).into_string();
            let link = format!("<a href=\"{place}\" aria-current=\"page\">{name}</a>");
            assert!(words.contains(&link), "{words}");
            assert_eq!(words.matches("aria-current").count(), 1, "{words}");
            assert_eq!(words.matches("<li>").count(), DOCUMENTS.len());
        }
    }

    /// S1.
    #[test]
    fn a_shops_name_and_contact_are_text() {
        let words = reach(Some(("<b>Us</b>", "https://shop.example/help <i>"))).into_string();
        assert!(words.contains("&lt;b&gt;Us&lt;/b&gt;"), "{words}");
        assert!(
            words.contains("href=\"https://shop.example/help\""),
            "{words}"
        );
        assert!(!words.contains("<i>"), "{words}");
        assert!(
            reach(Some(("Us", "")))
                .into_string()
                .contains("the chat of Us")
        );
    }
}
