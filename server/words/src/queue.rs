//! What is said of a place in line, and only what is sure to happen.

use protocol::{Timestamp, WaitEstimate};

use super::{Category, Key, Locale, Speech, joined};

/// From this wait on, in milliseconds, the card says that the line still moves: three minutes, in which Ley 10/2025
/// wants nearly everybody answered.
const LONG_WAIT_MS: u64 = 3 * 60 * 1_000;

/// What is known of somebody's wait.
#[derive(Debug, Clone, Copy)]
pub struct Wait<'a> {
    /// The request's number.
    pub receipt: Option<&'a str>,
    /// How long it has lasted, in milliseconds.
    pub wait_ms: u64,
    /// How long it usually lasts.
    pub estimate: Option<WaitEstimate>,
    /// How many people are on duty.
    pub on_duty: u32,
    /// When the shop, which is closed, opens next, if it says so.
    pub next: Option<Timestamp>,
    /// Whether the browser keeps the visitor's place; none if that is not known.
    pub is_kept: Option<bool>,
}

impl<L: Locale> Speech<'_, L> {
    /// The place in line.
    #[must_use]
    pub fn place(&self, position: u32) -> String {
        if position <= 1 {
            return self.words.get(Key::YouAreNext).into();
        }
        let key = match self.locale.ordinal(position) {
            Category::Zero => Key::PlaceZero,
            Category::One => Key::PlaceOne,
            Category::Two => Key::PlaceTwo,
            Category::Few => Key::PlaceFew,
            Category::Many => Key::PlaceMany,
            Category::Other => Key::PlaceOther,
        };
        let place = position.to_string();
        self.words.fill(key, &[("place", &place)])
    }

    /// Under the place in line: what is expected and what happens next.
    #[must_use]
    pub fn queue_note(&self, wait: &Wait<'_>) -> String {
        let words = self.words;
        let is_lost = wait.is_kept == Some(false);
        let stay = if is_lost {
            words.get(Key::KeepPageOpen)
        } else {
            ""
        };
        if wait.on_duty == 0 {
            let nobody = match wait.next {
                Some(next) => {
                    let time = self.locale.day_and_time(next);
                    words.fill(Key::ClosedUntil, &[("time", &time)])
                }
                None => words.get(Key::NobodyOnDuty).into(),
            };
            let kept = match wait.receipt {
                Some(number) => words.fill(Key::RequestKeptAnswerHere, &[("number", number)]),
                None => words.get(Key::RequestKept).into(),
            };
            return joined(&[&nobody, &kept, stay]);
        }
        let expected = match wait.estimate {
            Some(estimate) if wait.wait_ms > estimate.to_ms => {
                words.get(Key::LongerThanUsual).into()
            }
            Some(estimate) => self.usual(estimate),
            None if wait.wait_ms >= LONG_WAIT_MS => words.get(Key::StillHere).into(),
            None => String::new(),
        };
        let kept = match wait.is_kept {
            Some(true) => words.get(Key::KeepPlaceIfClosed),
            // A promise about closing the page would be a guess.
            None => words.get(Key::RequestKept),
            Some(false) => stay,
        };
        joined(&[&expected, &words.numbered(wait.receipt), kept])
    }

    /// How long it usually takes, in all.
    fn usual(&self, estimate: WaitEstimate) -> String {
        let words = self.words;
        let (from, to) = estimate.minutes();
        let (from_text, to_text) = (from.to_string(), to.to_string());
        let values = [("from", &*from_text), ("to", &*to_text)];
        match (from, to) {
            (0, 1) => words.get(Key::UsuallyLessThanMinute).into(),
            (0, _) => words.fill(Key::UsuallyUpTo, &values),
            _ if from == to => words.fill(Key::UsuallyAbout, &values),
            _ => words.fill(Key::UsuallyFromTo, &values),
        }
    }
}
