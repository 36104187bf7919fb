//! What people type when they set up their work, checked and tidied: names, shortcuts, words, prepared texts, dates.

use std::collections::BTreeSet;

use protocol::{
    MAX_PREPARED_CHARS, MAX_SHORTCUT_CHARS, MAX_TOPIC_WORD_CHARS, MAX_TOPIC_WORDS, PLACEHOLDERS,
};

/// Why a text cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bad {
    /// Nothing is there.
    Missing,
    /// It has more characters than this.
    Long(usize),
    /// It has characters that are not shown.
    Unshown,
    /// It has characters that turn around what is shown beside them.
    TurnsAround,
    /// A shortcut has another character than letters, digits, `-` and `_`.
    Character(char),
    /// A line has more characters than this: it begins so.
    LongLine(usize, String),
    /// There are more lines than this.
    ManyLines(usize),
    /// Something in braces is no placeholder.
    Placeholder(String),
}

impl Bad {
    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> String {
        match self {
            Self::Missing => "Write something here.".into(),
            Self::Long(most) => format!("Write at most {most} characters."),
            Self::Unshown => {
                "There are characters in it that cannot be shown. Type it again.".into()
            }
            Self::TurnsAround => "There are characters in it that turn around what is shown beside them. Type it again: \
                 right-to-left words need none."
                .into(),
            Self::Character(character) if character.is_whitespace() => {
                "Use letters, digits, - and _ only, without spaces.".into()
            }
            Self::Character(character) => {
                format!("Use letters, digits, - and _ only, not “{character}”.")
            }
            Self::LongLine(most, begin) => {
                format!("Write at most {most} characters on each line. One begins with “{begin}”.")
            }
            Self::ManyLines(most) => format!("Write at most {most} lines."),
            Self::Placeholder(name) => format!(
                "{{{name}}} is no placeholder and would be sent as it is. There are {}.",
                PLACEHOLDERS.map(|name| ["{", name, "}"].concat()).join(" ")
            ),
        }
    }
}

/// A name on one line, trimmed.
///
/// # Errors
///
/// [`Bad`] says what is wrong with it.
pub fn one_line(text: &str, most: usize) -> Result<String, Bad> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Bad::Missing);
    }
    if text.chars().count() > most {
        return Err(Bad::Long(most));
    }
    if text.contains(char::is_control) {
        return Err(Bad::Unshown);
    }
    if text.contains(turns_text_around) {
        return Err(Bad::TurnsAround);
    }
    Ok(text.into())
}

/// Whether a character gives the text around it another direction. In a name it would move the words that say who is a
/// person: these are Unicode's embeddings, overrides and isolates (UAX #9, 2.1 to 2.5).
fn turns_text_around(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What is typed after a slash to get a prepared reply, in lower case and without the slash.
///
/// # Errors
///
/// [`Bad`] says what is wrong with it.
pub fn shortcut(text: &str) -> Result<String, Bad> {
    let text = text.trim();
    let text = one_line(text.strip_prefix('/').unwrap_or(text), MAX_SHORTCUT_CHARS)?;
    let is_strange = |it: &char| !it.is_alphanumeric() && !matches!(it, '-' | '_');
    match text.chars().find(is_strange) {
        Some(character) => Err(Bad::Character(character)),
        None => Ok(text.to_lowercase()),
    }
}

/// The text of a prepared reply, trimmed, with line breaks as a message has them.
///
/// # Errors
///
/// [`Bad`] says what is wrong with it.
pub fn prepared(text: &str) -> Result<String, Bad> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Bad::Missing);
    }
    if text.chars().count() > MAX_PREPARED_CHARS {
        return Err(Bad::Long(MAX_PREPARED_CHARS));
    }
    if text.contains(|it: char| it.is_control() && it != '\n') {
        return Err(Bad::Unshown);
    }
    match misnamed(text) {
        Some(name) => Err(Bad::Placeholder(name.into())),
        None => Ok(text.into()),
    }
}

/// The first word in braces that looks like a placeholder and is none.
fn misnamed(text: &str) -> Option<&str> {
    text.split('{').skip(1).find_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        let is_word = !name.is_empty() && name.chars().all(|it| it.is_alphabetic() || it == '_');
        (is_word && !PLACEHOLDERS.contains(&name)).then_some(name)
    })
}

/// The words by which a topic is known: one on each line, in lower case, none of them twice.
///
/// # Errors
///
/// [`Bad`] says what is wrong with them.
pub fn topic_words(text: &str) -> Result<Vec<String>, Bad> {
    let mut seen = BTreeSet::new();
    let mut words = vec![];
    for line in text.lines().map(str::trim).filter(|it| !it.is_empty()) {
        let word = one_line(line, MAX_TOPIC_WORD_CHARS).map_err(|bad| match bad {
            Bad::Long(most) => Bad::LongLine(most, line.chars().take(20).collect()),
            other => other,
        })?;
        let word = word.to_lowercase();
        if seen.insert(word.clone()) {
            words.push(word);
        }
    }
    if words.len() > MAX_TOPIC_WORDS {
        return Err(Bad::ManyLines(MAX_TOPIC_WORDS));
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_of_any_script_and_turns_nothing_around() {
        for name in ["أمينة", "שרה", "Zoë O’Neill", "Ana \u{200f}", "<b>Ana</b>"] {
            assert_eq!(one_line(name, 200), Ok(name.trim().into()));
        }
        for character in ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}'] {
            let name = format!("{character}Ana");
            assert_eq!(one_line(&name, 200), Err(Bad::TurnsAround));
        }
        assert_eq!(one_line(" \t ", 5), Err(Bad::Missing));
        assert_eq!(one_line("A\0na", 5), Err(Bad::Unshown));
        assert_eq!(one_line("éééééé", 5), Err(Bad::Long(5)));
        assert_eq!(one_line(" ééééé ", 5), Ok("ééééé".into()));
    }

    #[test]
    fn a_shortcut_is_one_word_with_or_without_its_slash() {
        for (typed, kept) in [
            ("/Hello", "hello"),
            (" refund_2-b ", "refund_2-b"),
            ("Ñandú", "ñandú"),
        ] {
            assert_eq!(shortcut(typed), Ok(kept.into()), "{typed}");
        }
        for (typed, bad) in [
            ("/", Bad::Missing),
            ("a b", Bad::Character(' ')),
            ("<b>", Bad::Character('<')),
            ("//a", Bad::Character('/')),
            (&"a".repeat(33), Bad::Long(32)),
        ] {
            assert_eq!(shortcut(typed), Err(bad), "{typed}");
        }
    }

    #[test]
    fn a_prepared_text_names_no_placeholder_that_is_none() {
        let text = "Hello {name},\r\n\r\nI am {agent} of {shop}. No. {number}, order {order}. ";
        assert_eq!(prepared(text).unwrap().matches("\r\n").count(), 0);
        for fine in ["{", "}", "{}", "{ name }", "a {1} b", "{{name}}"] {
            assert!(prepared(fine).is_ok(), "{fine}");
        }
        for (text, name) in [("Hi {nmae}", "nmae"), ("{name} {Agent}", "Agent")] {
            let bad = prepared(text).unwrap_err();
            assert_eq!(bad, Bad::Placeholder(name.into()), "{text}");
            assert!(
                bad.advice()
                    .contains("{name} {agent} {shop} {number} {order}")
            );
        }
        assert_eq!(prepared("\n \r\n"), Err(Bad::Missing));
        assert_eq!(prepared("a\u{7}b"), Err(Bad::Unshown));
        let long = "é".repeat(MAX_PREPARED_CHARS);
        assert!(prepared(&long).is_ok());
        assert_eq!(prepared(&(long + "é")), Err(Bad::Long(MAX_PREPARED_CHARS)));
    }

    #[test]
    fn a_topics_words_are_one_on_each_line_and_few() {
        assert_eq!(
            topic_words(" Refund\r\n\r\nmoney back\nREFUND\n").unwrap(),
            ["refund", "money back"]
        );
        assert_eq!(topic_words("").unwrap(), Vec::<String>::new());
        let many: Vec<String> = (0..=MAX_TOPIC_WORDS).map(|it| it.to_string()).collect();
        assert_eq!(topic_words(&many.join("\n")), Err(Bad::ManyLines(100)));
        assert!(topic_words(&many[1..].join("\n")).is_ok());
        let long = "x".repeat(MAX_TOPIC_WORD_CHARS + 1);
        assert_eq!(topic_words(&long), Err(Bad::LongLine(40, "x".repeat(20))));
    }
}
