//! One language's cues, as small letters without accents and without any punctuation, in phrases that are separated by `|`.

use protocol::FactKind;

use super::Cue;

/// One language's cues.
#[derive(Debug)]
pub struct Language {
    /// The speaker's name follows.
    pub name: &'static str,
    /// The speaker's name follows, or something else that they are.
    pub i_am: &'static str,
    /// Ends a letter, before its writer's name.
    pub regards: &'static str,
    /// What the kinds of facts are called, as somebody asks for them.
    pub slots: &'static [(FactKind, &'static str)],
    /// What an order is called, which its number may follow.
    pub order: &'static str,
    /// Questions that need no such name.
    pub asking: &'static [(FactKind, &'static str)],
    /// Asks for what follows.
    pub request: &'static str,
    /// Asks for what follows together with one of `have`, which may stand at the end.
    pub may_i: &'static str,
    /// The rest of `may_i`.
    pub have: &'static str,
    /// Asks for what follows together with one of `give`, which may stand at the end.
    pub can_you: &'static str,
    /// The rest of `can_you`.
    pub give: &'static str,
    /// Please.
    pub please: &'static str,
    /// May stand between a request and what is asked for. Nothing that makes it another one: no "new", no "other".
    pub filler: &'static str,
    /// May follow what is asked for.
    pub after: &'static str,
    /// May stand between the name of a fact and its value.
    pub is: &'static str,
    /// Begins a wish.
    pub wish: &'static str,
    /// Tells what was tried.
    pub tried: &'static str,
    /// What was bought follows.
    pub bought: &'static str,
    /// Ends a name or the name of a thing.
    pub stop: &'static str,
    /// No name and no account.
    pub small: &'static str,
    /// Things that say nothing of what they are.
    pub thing: &'static str,
    /// The twelve months, separated by `|`; the forms of one by `,`.
    pub months: &'static str,
    /// Levels of a programme.
    pub tiers: &'static str,
    /// Days that are told from today.
    pub days: &'static str,
    /// Words for currencies.
    pub money: &'static str,
    /// Words for a street, before its number.
    pub street_first: &'static str,
    /// Words for a street, after its number.
    pub street_last: &'static str,
}

impl Language {
    /// Has every phrase told, with what it means.
    pub fn each(&self, mut tell: impl FnMut(&'static str, Cue)) {
        let mut all = |phrases: &'static str, cue: Cue| {
            let phrases = phrases.split('|').filter(|phrase| !phrase.is_empty());
            phrases.for_each(|phrase| tell(phrase, cue));
        };
        all(self.name, Cue::Name);
        all(self.i_am, Cue::IAm);
        all(self.regards, Cue::Regards);
        all(self.order, Cue::Order);
        all(self.request, Cue::Request);
        all(self.may_i, Cue::MayI);
        all(self.have, Cue::Have);
        all(self.can_you, Cue::CanYou);
        all(self.give, Cue::Give);
        all(self.please, Cue::Please);
        all(self.filler, Cue::Filler);
        all(self.after, Cue::After);
        all(self.is, Cue::Is);
        all(self.wish, Cue::Wish);
        all(self.tried, Cue::Tried);
        all(self.bought, Cue::Bought);
        all(self.stop, Cue::Stop);
        all(self.small, Cue::Small);
        all(self.thing, Cue::Thing);
        all(self.tiers, Cue::Tier);
        all(self.days, Cue::Day);
        all(self.money, Cue::Money);
        all(self.street_first, Cue::StreetFirst);
        all(self.street_last, Cue::StreetLast);
        for &(kind, phrases) in self.slots {
            all(phrases, Cue::Slot(kind));
        }
        for &(kind, phrases) in self.asking {
            all(phrases, Cue::Asking(kind));
        }
        for (month, forms) in (1..).zip(self.months.split('|')) {
            forms
                .split(',')
                .for_each(|form| tell(form, Cue::Month(month)));
        }
    }
}
