//! What the visitor asks and wishes, and what they say they have tried: whole sentences, in their words.

use std::ops::Range;

use protocol::FactKind;

use crate::cue::{Cue, Mark};
use crate::reading::Reading;
use crate::text::{Gap, Text};

/// How many words must be left of a sentence without its courtesies, for it to say what a conversation is about.
const MIN_WORDS: usize = 2;

/// The same for scripts that put no spaces between words, in characters.
const MIN_CHARACTERS: usize = 8;

/// Finds them. If nobody knows yet what the visitor wants, the first sentence that says something says that.
pub fn find(reading: &mut Reading<'_>, is_about: bool) {
    let sentences: Vec<_> = reading.text.parts(Gap::Line).collect();
    let mut first = None;
    for sentence in sentences {
        let is_question = reading.text.gap(sentence.end - 1) == Gap::Question;
        let marks = reading.marks.within(&sentence);
        let tried = marks.iter().find(|mark| mark.cue == Cue::Tried);
        let wish = marks.iter().find(|mark| is_wish(reading, &sentence, mark));
        let (tried, wish) = parted(reading.text, &sentence, tried, wish, is_question);
        if let Some(words) = tried.filter(|words| says_something(reading, words, 1)) {
            quote(reading, FactKind::Tried, words);
        } else if wish.is_none() && first.is_none() && says_something(reading, &sentence, MIN_WORDS)
        {
            first = Some(sentence);
        }
        if let Some(words) = wish.filter(|words| says_something(reading, words, 1)) {
            quote(reading, FactKind::Asked, words);
        }
    }
    if !is_about
        && !reading.has(FactKind::Asked)
        && let Some(words) = first
    {
        quote(reading, FactKind::Asked, words);
    }
}

/// Whether a wish begins there. A "please" begins one only if the rest of the sentence says what for.
fn is_wish(reading: &Reading<'_>, sentence: &Range<usize>, mark: &Mark) -> bool {
    let is_please = || {
        let mut marks = reading.marks.at(mark.at).iter();
        marks.any(|other| other.cue == Cue::Please && other.words == mark.words)
    };
    mark.cue == Cue::Wish && (mark.end() + 2 <= sentence.end || !is_please())
}

/// The part of a sentence that tells what was tried, and the part that asks.
fn parted(
    text: &Text<'_>,
    sentence: &Range<usize>,
    tried: Option<&Mark>,
    wish: Option<&Mark>,
    is_question: bool,
) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let is_wish = is_question || wish.is_some();
    let whole = || Some(sentence.clone());
    match (tried, wish) {
        (None, _) => (None, is_wish.then(|| sentence.clone())),
        (Some(_), None) => (whole(), is_question.then(|| sentence.clone())),
        (Some(tried), Some(wish)) => {
            let (one, other) = (tried.at.min(wish.at), tried.at.max(wish.at));
            // They are two things if a comma is between them.
            let Some(comma) = (one..other).rfind(|&word| text.gap(word) >= Gap::Comma) else {
                return (whole(), None);
            };
            let (before, after) = (sentence.start..comma + 1, comma + 1..sentence.end);
            if tried.at < wish.at {
                (Some(before), Some(after))
            } else {
                (Some(after), Some(before))
            }
        }
    }
}

/// Whether enough words are left that are no courtesy and belong to no other fact.
fn says_something(reading: &Reading<'_>, words: &Range<usize>, least: usize) -> bool {
    let is_empty = |cue: Cue| {
        let is_courtesy = matches!(cue, Cue::Small | Cue::Please | Cue::Name | Cue::Regards);
        // "My order number is" says nothing beside the number. As a part of a question it may be all there is.
        let is_of_value = matches!(cue, Cue::Slot(_) | Cue::Is | Cue::IAm);
        is_courtesy || (is_of_value && least > 1)
    };
    let mut count = 0;
    let mut characters = 0;
    let mut at = words.start;
    while at < words.end {
        let mut marks = reading.marks.at(at).iter();
        let empty = marks.find(|mark| is_empty(mark.cue));
        if let Some(mark) = empty {
            at = mark.end();
            continue;
        }
        let raw = reading.text.raw_word(at);
        if reading.is_free(at) && raw.len() > 1 {
            count += 1;
            characters += raw.chars().filter(|letter| !letter.is_ascii()).count();
        }
        at += 1;
    }
    // Two words beside an address are no more than what leads to it: "abito in via Roma 10".
    let has_address = least > 1 && reading.has(FactKind::Address);
    let least = least + usize::from(has_address);
    count >= least || (characters >= MIN_CHARACTERS && count > 0)
}

/// The sentence without a greeting before it, and with the mark that ends it.
fn quote(reading: &mut Reading<'_>, kind: FactKind, words: Range<usize>) {
    let text = reading.text;
    let mut start = words.start;
    for word in words.clone() {
        let is_small = reading.marks.is(word, Cue::Small) || reading.marks.is(word, Cue::Please);
        if !is_small {
            break;
        }
        if text.gap(word) >= Gap::Comma && word + 1 < words.end {
            start = word + 1;
        }
    }
    let (Some(first), Some(last)) = (text.words.get(start), text.words.get(words.end - 1)) else {
        return;
    };
    let end = last.raw.end;
    let marks = text.raw[end..].char_indices().take(3);
    let marks =
        marks.take_while(|(_, mark)| ['?', '!', '.', ')', '"', '？', '。', '！'].contains(mark));
    let end = marks
        .last()
        .map_or(end, |(at, mark)| end + at + mark.len_utf8());
    let before = text.raw[..first.raw.start].chars().next_back();
    let opening = before.filter(|mark| ['¿', '¡', '#', '"', '(', '$', '€'].contains(mark));
    let from = first.raw.start - opening.map_or(0, char::len_utf8);
    reading.quote(kind, start, &text.raw[from..end]);
}
