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
