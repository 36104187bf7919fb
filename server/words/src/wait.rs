//! How long somebody has waited, as every page says it.

/// A wait as minutes and seconds, over an hour with hours: `0:07`, `1:12`, `1:02:03`. It is in milliseconds.
#[must_use]
pub fn waited(wait_ms: u64) -> String {
    let seconds = wait_ms / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let mut text = String::with_capacity(8);
    if hours > 0 {
        text.push_str(&hours.to_string());
        text.push(':');
        push_two_digits(&mut text, minutes);
    } else {
        text.push_str(&minutes.to_string());
    }
    text.push(':');
    push_two_digits(&mut text, seconds);
    text
}

fn push_two_digits(text: &mut String, number: u64) {
    if number < 10 {
        text.push('0');
    }
    text.push_str(&number.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_reads_like_a_clock() {
        for (wait_ms, text) in [
            (0, "0:00"),
            (7_999, "0:07"),
            (72_000, "1:12"),
            (847_000, "14:07"),
            (3_599_999, "59:59"),
            (3_723_000, "1:02:03"),
            (360_000_000, "100:00:00"),
        ] {
            assert_eq!(waited(wait_ms), text);
        }
    }
}
