//! Who is writing: telling the other side about it sparingly, and believing the other side only for a while.

use protocol::{Author, TYPING_LASTS_MS, Typing};

use crate::moment::Moment;

/// While somebody writes, the other side is told again this often, in milliseconds: a listener that came later
/// hears it too.
pub const REPEAT_MS: u64 = 3_000;

/// Without a key press for this long, in milliseconds, somebody has stopped.
pub const PAUSE_MS: u64 = 4_000;

/// Says when to tell the other side that the person at this end writes, or has stopped.
#[derive(Debug, Clone, Copy, Default)]
pub struct TypingSender {
    writing: Option<Writing>,
}

#[derive(Debug, Clone, Copy)]
struct Writing {
    told: Moment,
    key: Moment,
}

impl TypingSender {
    /// A key was pressed; `empty` if nothing is left of the text. What to tell the other side, if anything.
    pub fn typed(&mut self, empty: bool, now: Moment) -> Option<bool> {
        if empty {
            return self.stop();
        }
        match &mut self.writing {
            Some(writing) if now.since_ms(writing.told) < REPEAT_MS => {
                writing.key = now;
                None
            }
            writing => {
                *writing = Some(Writing {
                    told: now,
                    key: now,
                });
                Some(true)
            }
        }
    }

    /// The text was sent or thrown away.
    pub fn stop(&mut self) -> Option<bool> {
        self.writing.take().map(|_| false)
    }

    /// Time has passed.
    pub fn wake(&mut self, now: Moment) -> Option<bool> {
        if self.wake_at().is_some_and(|at| at <= now) {
            self.stop()
        } else {
            None
        }
    }

    /// When to be woken.
    #[must_use]
    pub fn wake_at(&self) -> Option<Moment> {
        self.writing.map(|writing| writing.key.after_ms(PAUSE_MS))
    }

    /// The connection is lost: the other side was told that nobody writes.
    pub fn disconnected(&mut self) {
        self.writing = None;
    }
}

/// Who writes at the other side, as far as it is known.
#[derive(Debug, Clone, Default)]
pub struct TypingHeard {
    heard: Option<(Author, Moment)>,
}

impl TypingHeard {
    /// Who is writing.
    #[must_use]
    pub fn author(&self) -> Option<&Author> {
        self.heard.as_ref().map(|(author, _)| author)
    }

    /// The server said that somebody writes, or has stopped. True if it changes who is shown.
    pub fn heard(&mut self, typing: Typing, now: Moment) -> bool {
        if !typing.on {
            return self.wrote(&typing.author);
        }
        let changed = self.author() != Some(&typing.author);
        self.heard = Some((typing.author, now.after_ms(TYPING_LASTS_MS)));
        changed
    }

    /// This author's message is there: they are not writing it any more. True if it changes who is shown.
    pub fn wrote(&mut self, author: &Author) -> bool {
        let changed = self.author() == Some(author);
        if changed {
            self.heard = None;
        }
        changed
    }

    /// Nobody is known to write: the connection is lost, or somebody else has the conversation now. True if it
    /// changes who is shown.
    pub fn clear(&mut self) -> bool {
        self.heard.take().is_some()
    }

    /// Time has passed. True if it changes who is shown.
    pub fn wake(&mut self, now: Moment) -> bool {
        self.wake_at().is_some_and(|at| at <= now) && self.clear()
    }

    /// When to be woken.
    #[must_use]
    pub fn wake_at(&self) -> Option<Moment> {
        self.heard.as_ref().map(|&(_, until)| until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_side_is_told_once_in_a_while_and_when_it_stops() {
        let mut sender = TypingSender::default();
        assert_eq!(sender.typed(false, Moment(0)), Some(true));
        assert_eq!(sender.typed(false, Moment(200)), None);
        assert_eq!(sender.typed(false, Moment(2_999)), None);
        assert_eq!(sender.typed(false, Moment(3_000)), Some(true));
        assert_eq!(sender.wake_at(), Some(Moment(7_000)));
        assert_eq!(sender.wake(Moment(6_999)), None);
        assert_eq!(sender.wake(Moment(7_000)), Some(false));
        assert_eq!(sender.wake_at(), None);
    }

    #[test]
    fn an_emptied_text_or_a_sent_one_is_not_being_written() {
        let mut sender = TypingSender::default();
        assert_eq!(sender.typed(true, Moment(0)), None);
        sender.typed(false, Moment(0));
        assert_eq!(sender.typed(true, Moment(1)), Some(false));
        sender.typed(false, Moment(2));
        assert_eq!(sender.stop(), Some(false));
        assert_eq!(sender.stop(), None);
    }

    #[test]
    fn the_other_side_is_believed_only_for_a_while() {
        let mut heard = TypingHeard::default();
        let on = Typing {
            author: Author::Bot {},
            on: true,
        };
        assert!(heard.heard(on.clone(), Moment(0)));
        assert!(!heard.heard(on, Moment(5_000)), "nothing new");
        assert_eq!(heard.author(), Some(&Author::Bot {}));
        assert!(!heard.wake(Moment(16_999)));
        assert!(heard.wake(Moment(17_000)));
        assert_eq!(heard.author(), None);
    }

    #[test]
    fn only_the_one_who_wrote_has_stopped_writing() {
        let mut heard = TypingHeard::default();
        let ana = Author::Agent { name: "Ana".into() };
        heard.heard(
            Typing {
                author: ana.clone(),
                on: true,
            },
            Moment(0),
        );
        assert!(!heard.wrote(&Author::Bot {}));
        assert!(!heard.heard(
            Typing {
                author: Author::Bot {},
                on: false
            },
            Moment(0)
        ));
        assert_eq!(heard.author(), Some(&ana));
        assert!(heard.wrote(&ana));
        assert_eq!(heard.author(), None);
    }
}
