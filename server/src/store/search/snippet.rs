//! The part of a text in which something was found, short enough for a list.

use std::ops::Range;

/// The longest part, in characters.
const MAX_CHARS: usize = 200;

/// How much of it stands before what was found first, at most.
const BEFORE: usize = 60;

/// The most places that are told.
const MAX_PLACES: usize = 50;

/// The part of a text around the first of these places, and where they are in it. The places are in order and apart.
#[must_use]
pub fn snippet(text: &str, places: &[Range<usize>]) -> (String, Vec<(u32, u32)>) {
    let letters: Vec<char> = text.chars().collect();
    let first = places.first().map_or(0, |place| place.start);
    // All of a short text, and no less than fits at the end of a long one.
    let mut begin = first.saturating_sub(BEFORE);
    begin = begin.min(letters.len().saturating_sub(MAX_CHARS));
    if begin > 0 {
        // From the beginning of a word, if there is one before what was found.
        let words = letters[begin..first].iter();
        let space = words.clone().position(|letter| letter.is_whitespace());
        begin += space.map_or(0, |space| space + 1);
    }
    let end = letters.len().min(begin + MAX_CHARS);
    let on_one_line = |letter: &char| {
        if letter.is_whitespace() || letter.is_control() {
            ' '
        } else {
            *letter
        }
    };
    let part = letters[begin..end].iter().map(on_one_line).collect();
    let here = places.iter().filter(|place| place.start < end);
    let number = |place: usize| u32::try_from(place - begin).expect("a part is short");
    let here = here.map(|place| (number(place.start), number(place.end.min(end))));
    (part, here.take(MAX_PLACES).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown<const COUNT: usize>(
        text: &str,
        places: [(usize, usize); COUNT],
    ) -> (String, Vec<String>) {
        let (part, places) = snippet(text, &places.map(|(from, to)| from..to));
        let letters: Vec<char> = part.chars().collect();
        let place = |&(from, to): &(u32, u32)| letters[from as usize..to as usize].iter().collect();
        let places = places.iter().map(place).collect();
        (part, places)
    }

    #[test]
    fn a_short_text_is_shown_whole_on_one_line() {
        let text = "Où est\nma lampe?";
        let (part, places) = shown(text, [(3, 6), (10, 15)]);
        assert_eq!(part, "Où est ma lampe?");
        assert_eq!(places, ["est", "lampe"]);
    }

    #[test]
    fn of_a_long_text_the_part_around_the_first_place_is_shown() {
        let text = ["word ".repeat(100), "lamp ".into(), "more ".repeat(100)].concat();
        let (part, places) = shown(&text, [(500, 504), (900, 904)]);
        assert_eq!(places, ["lamp"]);
        assert!(part.starts_with("word "), "{part}");
        assert_eq!(part.find("lamp"), Some(55), "{part}");
        assert_eq!(part.chars().count(), 200);
        // At the end there is no more to show behind it, so there is more before it.
        let (part, places) = shown(&text, [(1_000, 1_004)]);
        assert_eq!(places, ["more"]);
        assert!(part.chars().count() > 190, "{part}");
    }

    #[test]
    fn a_place_that_is_longer_than_the_part_is_cut() {
        let (part, places) = shown(&"電".repeat(500), [(100, 400)]);
        assert_eq!(part.chars().count(), 200);
        assert_eq!(places, ["電".repeat(140)]);
        assert_eq!(shown("", []), (String::new(), vec![]));
    }
}
