//! The limits of the exchange, and the one check of what somebody wrote.

/// The version of this protocol, named in `hello`.
pub const VERSION: u32 = 1;

/// The longest message, in Unicode scalar values after trimming.
pub const MAX_TEXT_CHARS: usize = 8_000;

/// The longest frame a server takes, in bytes.
pub const MAX_FRAME_BYTES: usize = 64 * 1024;

/// The most events in one [`HistoryPage`](crate::HistoryPage).
pub const HISTORY_PAGE_EVENTS: usize = 200;

/// The most events in a page that is asked for by what it is before. Somebody scrolls then, and a phone is to draw it without
/// the page standing still: fifty take a quarter of the time of two hundred.
pub const EARLIER_PAGE_EVENTS: usize = 50;

/// How long, in milliseconds, somebody is believed to write after they last said so: longer than an assistant may take for
/// an answer, which is ten seconds.
pub const TYPING_LASTS_MS: u64 = 12_000;

/// Why a text is not a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextError {
    /// Nothing is left after trimming.
    Empty,
    /// It has more than [`MAX_TEXT_CHARS`] characters.
    TooLong,
}

/// The text of a message as it is stored: trimmed, 1 to [`MAX_TEXT_CHARS`] characters, without NUL.
///
/// NUL is dropped because databases and C libraries take it for the end of a text.
///
/// # Errors
///
/// [`TextError`] if nothing is left or too much is there.
pub fn checked_text(text: &str) -> Result<String, TextError> {
    let text: String = if text.contains('\0') {
        text.chars()
            .filter(|&character| character != '\0')
            .collect::<String>()
            .trim()
            .into()
    } else {
        text.trim().into()
    };
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    // A text of few bytes has few characters: most messages need no count.
    if text.len() > MAX_TEXT_CHARS && text.chars().count() > MAX_TEXT_CHARS {
        return Err(TextError::TooLong);
    }
    Ok(text)
}

/// The most suggested answers of one message.
pub const MAX_REPLIES: usize = 6;

/// The longest suggested answer, in Unicode scalar values.
pub const MAX_REPLY_CHARS: usize = 80;

/// Suggested answers as they are kept: the first [`MAX_REPLIES`] that are something, each on one line, cut to
/// [`MAX_REPLY_CHARS`], and none of them twice. They are an offer, so too much of it is cut and never refused.
pub fn checked_replies<'a>(replies: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for reply in replies {
        let on_one_line = |character: char| match character {
            '\0' => None,
            _ if character.is_whitespace() => Some(' '),
            _ => Some(character),
        };
        let reply: String = reply.trim().chars().filter_map(on_one_line).collect();
        let reply: String = reply.chars().take(MAX_REPLY_CHARS).collect();
        let reply = reply.trim();
        if kept.len() < MAX_REPLIES && !reply.is_empty() && kept.iter().all(|it| it != reply) {
            kept.push(reply.into());
        }
    }
    kept
}

/// The longest email address, in bytes: RFC 5321, 4.5.3.1.3, without its angle brackets.
pub const MAX_EMAIL_BYTES: usize = 254;

/// Why a text is no email address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoEmail;

/// An email address as it is stored: trimmed, one `@` between a local part of RFC 5322's `dot-atom` (3.2.3) and the name
/// of a host with a dot in it, both in letters and digits of any script (RFC 6531). Quoted local parts and addresses of
/// numbers are real and not taken: they are met as attacks more often than as addresses.
///
/// # Errors
///
/// [`NoEmail`] for everything else.
pub fn checked_email(text: &str) -> Result<&str, NoEmail> {
    let email = text.trim();
    let (local, host) = email.split_once('@').ok_or(NoEmail)?;
    let is_dotted = |text: &str, also: &str| {
        text.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .chars()
                    .all(|character| character.is_alphanumeric() || also.contains(character))
        })
    };
    let is_email = email.len() <= MAX_EMAIL_BYTES
        && is_dotted(local, "!#$%&'*+/=?^_`{|}~-")
        && is_dotted(host, "-")
        && host.contains('.');
    if is_email { Ok(email) } else { Err(NoEmail) }
}

/// The text of a draft as it is stored: a message's, or nothing.
///
/// # Errors
///
/// [`TextError::TooLong`] if it has more than [`MAX_TEXT_CHARS`] characters.
pub fn checked_draft(text: &str) -> Result<String, TextError> {
    match checked_text(text) {
        Err(TextError::Empty) => Ok(String::new()),
        other => other,
    }
}

/// The longest name of a person or a site, in Unicode scalar values.
pub const MAX_NAME_CHARS: usize = 200;

/// The longest name of a team or a topic.
pub const MAX_LABEL_CHARS: usize = 60;

/// The most teams of a site, and the most topics: an agent's page has each in a list to choose from.
pub const MAX_LABELS: usize = 100;

/// The most words by which a topic is known.
pub const MAX_TOPIC_WORDS: usize = 100;

/// The longest of them.
pub const MAX_TOPIC_WORD_CHARS: usize = 40;

/// The longest shortcut of a prepared reply.
pub const MAX_SHORTCUT_CHARS: usize = 32;

/// The longest prepared reply: half of the longest message, so that what it is filled with has room.
pub const MAX_PREPARED_CHARS: usize = 4_000;

/// The most prepared replies of a site.
pub const MAX_PREPARED: usize = 300;

/// The most bytes of all of them together. Every agent's page is told of all, in one frame, whose size is bounded.
pub const MAX_PREPARED_BYTES: usize = 96 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_address_is_a_name_at_a_host() {
        for good in [
            "ana@shop.example",
            " ana.lopez+help@mail.shop.example ",
            "o'neill@shop.example",
            "josé@españa.example",
            "用户@例子.公司",
        ] {
            assert_eq!(checked_email(good), Ok(good.trim()), "{good}");
        }
        for bad in [
            "",
            "ana",
            "@shop.example",
            "ana@",
            "ana@shop",
            "ana@.example",
            "ana@shop..example",
            ".ana@shop.example",
            "ana@lopez@shop.example",
            "ana lopez@shop.example",
            "ana@shop.example,ben@shop.example",
            "ana@shop.example\nBcc: ben@shop.example",
            "<ana@shop.example>",
            "\"ana\"@shop.example",
            "\u{202e}ana@shop.example",
            "ana@[10.0.0.1]",
            &["a".repeat(250).as_str(), "@b.example"].concat(),
        ] {
            assert_eq!(checked_email(bad), Err(NoEmail), "{bad}");
        }
    }

    #[test]
    fn a_message_has_1_to_8000_characters_after_trimming() {
        assert_eq!(checked_text(" \n\t "), Err(TextError::Empty));
        assert_eq!(checked_text("\0"), Err(TextError::Empty));
        assert_eq!(checked_text("  hi\0 "), Ok("hi".into()));
        assert_eq!(
            checked_text(&"é".repeat(8_000)).map(|text| text.len()),
            Ok(16_000)
        );
        assert_eq!(checked_text(&"é".repeat(8_001)), Err(TextError::TooLong));
        assert_eq!(
            checked_text(&format!("  {}  ", "a".repeat(8_000))).map(|text| text.len()),
            Ok(8_000)
        );
    }

    #[test]
    fn suggested_answers_are_few_short_and_different() {
        assert_eq!(
            checked_replies([" Yes ", "", "\n", "No\nthanks", "Yes", "a\0b"]),
            ["Yes", "No thanks", "ab"]
        );
        let long = "é".repeat(90);
        assert_eq!(checked_replies([long.as_str()]), ["é".repeat(80)]);
        let many: Vec<String> = (1..9).map(|number| number.to_string()).collect();
        let many = checked_replies(many.iter().map(String::as_str));
        assert_eq!(many, ["1", "2", "3", "4", "5", "6"]);
        for reply in many {
            assert!(checked_text(&reply).is_ok(), "each can be sent");
        }
    }

    #[test]
    fn a_draft_may_be_empty_and_is_no_longer_than_a_message() {
        assert_eq!(checked_draft(" \n\0 "), Ok(String::new()));
        assert_eq!(checked_draft(" Hel "), Ok("Hel".into()));
        assert_eq!(checked_draft(&"é".repeat(8_001)), Err(TextError::TooLong));
    }
}
