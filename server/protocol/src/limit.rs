//! The limits of the exchange, and the one check of what somebody wrote.

/// The version of this protocol, named in `hello`.
pub const VERSION: u32 = 1;

/// The longest message, in Unicode scalar values after trimming.
pub const MAX_TEXT_CHARS: usize = 8_000;

/// The longest frame a server takes, in bytes.
pub const MAX_FRAME_BYTES: usize = 64 * 1024;

/// The most events in one [`HistoryPage`](crate::HistoryPage).
pub const HISTORY_PAGE_EVENTS: usize = 200;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
