//! Prepared replies: found by what is typed after a slash, and filled with what is known.

use protocol::{ConversationId, FactKind, PreparedReply, filled};

use super::AgentSession;

/// The most that are offered at once: more than fit above a reply box on a phone help nobody.
const MOST: usize = 8;

/// The longest word after a slash, in characters, that is taken for a shortcut.
const LONGEST_WORD: usize = 40;

/// What is typed after a slash, directly before the cursor: the text from the slash on, without it. None where there is no
/// slash that begins a word.
#[must_use]
pub fn slash_word(before_cursor: &str) -> Option<&str> {
    let (before, word) = before_cursor.rsplit_once('/')?;
    let begins = before.is_empty() || before.ends_with(char::is_whitespace);
    let is_word = word.chars().count() <= LONGEST_WORD && !word.contains(char::is_whitespace);
    (begins && is_word).then_some(word)
}

impl AgentSession {
    /// The prepared replies that fit what is typed after a slash: by their shortcuts, then by their texts; of those, first
    /// the ones in the visitor's language.
    #[must_use]
    pub fn prepared(&self, conversation: ConversationId, word: &str) -> Vec<&PreparedReply> {
        let language = self.case(conversation).and_then(|case| case.language);
        let word = word.to_lowercase();
        let rank = |reply: &PreparedReply| {
            let shortcut = reply.shortcut.to_lowercase();
            let found = if shortcut.starts_with(&word) {
                0
            } else if shortcut.contains(&word) {
                1
            } else if reply.text.to_lowercase().contains(&word) {
                2
            } else {
                return None;
            };
            let is_foreign = reply.language.is_some() && reply.language != language;
            Some((is_foreign, found, shortcut))
        };
        let replies = self.staff().replies.iter();
        let mut replies: Vec<_> = replies
            .filter_map(|reply| Some((rank(reply)?, reply)))
            .collect();
        replies.sort_by(|(one, _), (other, _)| one.cmp(other));
        let replies = replies.into_iter().map(|(_, reply)| reply);
        replies.take(MOST).collect()
    }

    /// A prepared reply for a conversation, with what is known in place of its placeholders.
    #[must_use]
    pub fn prepared_text(&self, conversation: ConversationId, text: &str) -> String {
        let fact = |kind| {
            let mut facts = self.facts(conversation).iter();
            facts.find(|it| it.kind == kind).map(|it| it.text.as_str())
        };
        let case = self.case(conversation);
        let number = case.and_then(|case| case.receipt);
        let number = number.map(|receipt| receipt.to_string());
        filled(text, |name| match name {
            "name" => fact(FactKind::Name),
            "order" => fact(FactKind::Order),
            "agent" => Some(self.name()),
            "shop" => Some(self.site()),
            "number" => number.as_deref(),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_that_begins_a_word_asks_for_a_prepared_reply() {
        for (before_cursor, expected) in [
            ("/", Some("")),
            ("/hi", Some("hi")),
            ("Hello /hi", Some("hi")),
            ("Hello\n/hi", Some("hi")),
            ("/hi there", None),
            ("and/or", None),
            ("https://shop", None),
            ("1/2", None),
            ("hi", None),
            ("", None),
        ] {
            assert_eq!(slash_word(before_cursor), expected, "{before_cursor:?}");
        }
        let long = ["/", &"a".repeat(LONGEST_WORD + 1)].concat();
        assert_eq!(slash_word(&long), None);
    }
}
