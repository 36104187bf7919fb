//! Every state that a small shop can be in, checked for the promises: one press (G1), one holder (G3), your
//! place in line (G4), human until you say otherwise (G5), and the bot as a guest (G7).
//!
//! Everything that can happen does, in every order and for any length of time: messages, presses, leaving,
//! answers, failures and hand-overs of the bot, going on and off duty, claims, replies, transfers, solving,
//! vanishing, a bot that the site removes and brings back, and a clock that jumps both ways. The space is finite
//! without a bound on how much happens, because [`World`] keeps of what is counted (numbers of requests, lengths
//! of logs) only what the rules may look at; a step that looks at more is an error of its own.
//!
//! That the checks can fail is checked too: each of the broken rules in [`broken`] is found out.

mod broken;
mod moves;
mod promise;
mod world;

use std::io::Write;

use stateright::{Checker, HasDiscoveries, Model, Property};

use promise::properties;
use world::{Rules, Step, World};

/// A shop with two agents, a bot and some visitors, under some rules.
struct Shop {
    visitors: usize,
    /// Whether they ask for supervisors, and agents put things off. Either concerns one conversation alone, and each doubles
    /// the states: of three visitors there would be millions.
    has_all_steps: bool,
    rules: Rules,
}

impl Model for Shop {
    type State = World;
    type Action = Step;

    fn init_states(&self) -> Vec<World> {
        vec![World::opening(self.visitors)]
    }

    fn actions(&self, world: &World, steps: &mut Vec<Step>) {
        // What follows from a broken promise proves nothing.
        if world.wrong.is_none() {
            let is_tried = |step: &Step| self.has_all_steps || !step.concerns_one_conversation();
            steps.extend(world.steps().filter(is_tried));
        }
    }

    fn next_state(&self, world: &World, step: Step) -> Option<World> {
        world.after(self.rules, step)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        properties()
    }
}

fn search(visitors: usize, rules: Rules, finish_when: HasDiscoveries) -> impl Checker<Shop> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let has_all_steps = visitors <= 2;
    Shop {
        visitors,
        has_all_steps,
        rules,
    }
    .checker()
    .threads(threads)
    .finish_when(finish_when)
    .spawn_bfs()
    .join()
}

#[track_caller]
fn check_every_state(visitors: usize) {
    let checker = search(visitors, desk::decide, HasDiscoveries::All);
    checker.assert_properties();
    let size = format!(
        "{visitors} visitors, 2 agents, 1 bot: the promises hold in all {} states, reached by {} steps\n",
        checker.unique_state_count(),
        checker.state_count(),
    );
    // How much was searched is worth seeing when all is well, too: the test harness hides what `println!` prints.
    let shown = std::io::stdout().write_all(size.as_bytes());
    shown.expect("the test's output is open");
}

#[test]
fn the_promises_hold_in_every_state_of_two_visitors() {
    check_every_state(2);
}

#[test]
fn the_promises_hold_in_every_state_of_three_visitors() {
    check_every_state(3);
}
