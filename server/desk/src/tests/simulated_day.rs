//! A day of a busy desk, played by the rules: nobody gets more than they chose, and the work is spread evenly.

use std::collections::BTreeMap;
use std::io::Write;

use protocol::{LOADS, Language, TopicId};

use super::*;

/// The day, in seconds: ten hours.
const DAY_S: i64 = 10 * 60 * 60;

/// How long an offer stands before it moves on, in seconds.
const OFFER_S: i64 = crate::routing::OFFER_LASTS_MS / 1_000;

/// The numbers of SplitMix64 (Steele, Lea and Flood 2014), which are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (number ^ (number >> 31)) % most
    }

    fn is_one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }
}

/// What came of the day.
struct Day {
    desk: Desk,
    now: i64,
    numbers: Numbers,
    /// When each claim is to end.
    ends: BTreeMap<ConversationId, i64>,
    /// Since when each offer stands.
    offered: BTreeMap<ConversationId, (AgentId, i64)>,
    /// Since when each one waits.
    waits: BTreeMap<ConversationId, i64>,
    taken: BTreeMap<AgentId, u32>,
    on_duty_s: BTreeMap<AgentId, i64>,
    waited_s: Vec<i64>,
}

impl Day {
    fn give(&mut self, command: Command) -> bool {
        let now = Timestamp(self.now * 1_000);
        let Ok(changes) = decide(&self.desk, command, now) else {
            return false;
        };
        for change in &changes {
            apply(&mut self.desk, change);
            match change {
                Change::Offered {
                    conversation,
                    offer,
                } => {
                    self.offered.insert(*conversation, (offer.to, self.now));
                }
                Change::Logged {
                    conversation,
                    entry: Entry::Taken { by, .. },
                } => {
                    *self.taken.entry(by.id).or_default() += 1;
                    let lasts = 240 + i64::try_from(self.numbers.below(600)).unwrap();
                    self.ends.insert(*conversation, self.now + lasts);
                    let since = self.waits.remove(conversation).unwrap();
                    self.waited_s.push(self.now - since);
                }
                _ => {}
            }
        }
        true
    }

    /// One second of it.
    fn pass(&mut self) {
        // About 75 requests an hour.
        if self.numbers.is_one_in(48) {
            let id = ConversationId(1_000 + u128::from(self.desk.next_receipt().0));
            self.desk.remember(id, self.desk.blank());
            self.waits.insert(id, self.now);
            assert!(self.give(asks(id)));
            let languages = ["en", "en", "en", "es", "es", "fr"];
            let language = Language::of(languages[self.numbers.below(6) as usize]);
            let topic = TopicId(u32::try_from(self.numbers.below(3)).unwrap());
            self.give(Command::Sorted {
                conversation: id,
                language,
                topic: Some((topic, None)),
            });
        }
        self.give(Command::Offer);
        let due: Vec<_> = self.offered.iter().map(|(&id, &it)| (id, it)).collect();
        for (id, (agent, since)) in due {
            if self.desk.offer(id).is_none_or(|offer| offer.to != agent) {
                self.offered.remove(&id);
            } else if self.now - since >= OFFER_S {
                self.give(Command::OfferLapsed {
                    conversation: id,
                    agent,
                });
                self.offered.remove(&id);
            } else if self.numbers.is_one_in(9) {
                // Most are taken within a few seconds; whoever is busy with words lets one pass now and then.
                self.give(takes(agent, id));
            }
        }
        let over: Vec<_> = self
            .ends
            .iter()
            .filter(|(_, at)| **at <= self.now)
            .collect();
        let over: Vec<_> = over.into_iter().map(|(&id, _)| id).collect();
        for id in over {
            self.ends.remove(&id);
            let holder = self.desk.conversation(id).and_then(|it| it.holder.agent());
            assert!(self.give(resolves(holder.unwrap(), id)));
            self.desk.forget(id);
        }
        for (id, agent) in self.desk.roster().agents() {
            assert!(agent.load <= agent.most, "nobody gets more than they chose");
            *self.on_duty_s.entry(id).or_default() += i64::from(agent.on_duty);
        }
        self.now += 1;
    }
}

/// The Gini coefficient: 0 where all are equal, towards 1 where one has everything. By mean differences, as in Gini 1912.
fn gini(values: &[f64]) -> f64 {
    let differences: f64 = values
        .iter()
        .flat_map(|one| values.iter().map(move |other| (one - other).abs()))
        .sum();
    let count = values.len() as f64;
    let sum: f64 = values.iter().sum();
    differences / (2.0 * count * sum)
}

#[test]
fn a_day_s_work_is_spread_evenly() {
    let mut desk = Desk::new(false, Receipt(1));
    let speak = [vec![], vec!["en"], vec!["en", "es"], vec!["es", "fr", "en"]];
    for number in 1..=12_u32 {
        let most = 4 + number % 3;
        assert!(LOADS.contains(&most));
        let languages = &speak[number as usize % speak.len()];
        let agent = Agent {
            most,
            languages: languages
                .iter()
                .filter_map(|tag| Language::of(tag))
                .collect(),
            skills: [TopicId(number % 3), TopicId((number + 1) % 3)].into(),
            ..Agent::new(number.to_string(), Role::Agent)
        };
        desk.employ(AgentId(number.into()), agent);
    }
    let mut day = Day {
        desk,
        now: 0,
        numbers: Numbers(2026),
        ends: BTreeMap::new(),
        offered: BTreeMap::new(),
        waits: BTreeMap::new(),
        taken: BTreeMap::new(),
        on_duty_s: BTreeMap::new(),
        waited_s: vec![],
    };
    while day.now < DAY_S {
        for number in 1..=12 {
            // Each works for six hours, some from the morning on and some until the evening.
            let begins = (number % 3) * 2 * 60 * 60;
            let agent = AgentId(u128::try_from(number).unwrap());
            if day.now == begins {
                assert!(day.give(goes_on_duty(agent)));
            }
            if day.now == begins + 6 * 60 * 60 {
                assert!(day.give(goes_off_duty(agent)));
            }
        }
        day.pass();
    }
    let per_hour: Vec<f64> = day
        .on_duty_s
        .iter()
        .map(|(agent, seconds)| {
            let taken = day.taken.get(agent).copied().unwrap_or(0);
            f64::from(taken) / (*seconds as f64 / 3_600.0)
        })
        .collect();
    day.waited_s.sort_unstable();
    let taken = day.waited_s.len();
    let wait = |share: usize| day.waited_s[taken * share / 100];
    let within = day.waited_s.iter().filter(|&&wait| wait < 180).count();
    let gini = gini(&per_hour);
    let figures = format!(
        "a simulated day: {taken} conversations, 12 agents; conversations an hour on duty: Gini {gini:.3}; wait: median {} s, \
         95 % within {} s, {:.1} % within three minutes\n",
        wait(50),
        wait(95),
        100.0 * within as f64 / taken as f64,
    );
    // The test harness hides what `println!` prints.
    let shown = std::io::stdout().write_all(figures.as_bytes());
    shown.expect("the test's output is open");
    assert!(taken > 600, "{figures}");
    assert!(gini < 0.1, "{figures}");
    assert!(wait(95) < 180, "{figures}");
}

#[test]
fn the_gini_coefficient_is_what_it_is_known_to_be() {
    assert!(gini(&[3.0, 3.0, 3.0]).abs() < 1e-9);
    assert!((gini(&[0.0, 0.0, 0.0, 1.0]) - 0.75).abs() < 1e-9);
    assert!((gini(&[1.0, 2.0, 3.0, 4.0]) - 0.25).abs() < 1e-9);
}
