//! What is said of a wish for a supervisor (L5), and only what is sure.

use protocol::{Answering, SupervisorWish, Timestamp};

use super::{Key, Locale, Speech, joined};

impl<L: Locale> Speech<'_, L> {
    /// What has come of the wish by now. `now` is none while the server's time is not known.
    #[must_use]
    pub fn supervisor_asked(
        &self,
        wish: SupervisorWish,
        answering: &Answering,
        now: Option<Timestamp>,
    ) -> String {
        let words = self.words;
        let Some(due) = wish.due else {
            let time = self.locale.time(wish.since);
            let asked = words.fill(Key::SupervisorAskedAt, &[("time", &time)]);
            let meanwhile = match answering {
                Answering::Agent { name, .. } => {
                    words.named(name, Key::GoesOnHelping, Key::PersonGoesOnHelping)
                }
                Answering::Bot {} | Answering::Queue { .. } | Answering::Nobody { .. } => {
                    String::new()
                }
            };
            return joined(&[&asked, &meanwhile]);
        };
        let key = if now > Some(due) {
            Key::SupervisorLate
        } else {
            Key::SupervisorDue
        };
        let time = self.locale.day_and_time(due);
        words.fill(key, &[("time", &time)])
    }
}
