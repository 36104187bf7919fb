//! Long silences: nothing happens, and nothing may come of it.

use protocol::EventKind;

use crate::bot::Mood;
use crate::history::Holder;
use crate::operation::{AgentAct, Plan, ServerAct, VisitorAct};
use crate::run::elsewhere;
use crate::world::World;

/// L6, L9, R10, R12: one visitor waits in line, another's agent has gone; four hours with a restart, then thirty days.
/// Both wait as they did, since when they did, and nothing has been marked as solved.
#[test]
fn four_hours_and_thirty_days_of_silence_end_nothing() {
    let plan = Plan {
        seed: 1,
        has_bot: true,
        is_wordy: false,
        steps: vec![],
    };
    let elsewhere = elsewhere();
    let mut world = World::new(&plan, elsewhere.handle(), None);
    world.visitor_acts(0, VisitorAct::Say(Mood::Answers));
    world.visitor_acts(0, VisitorAct::Human);
    world.pass(60_000);
    world.visitor_acts(3, VisitorAct::Human);
    world.run();
    for act in [AgentAct::Load, AgentAct::Duty(true), AgentAct::Take(1)] {
        world.agent_acts(0, act);
        world.run();
    }
    let before = world.stored();
    let holders = |stored: &crate::history::Stored| {
        let standings = stored.standings.values();
        let mut holders: Vec<_> = standings
            .map(|standing| {
                let request = standing.request.expect("it is open");
                (request.receipt, request.since, standing.holder.clone())
            })
            .collect();
        holders.sort_by_key(|(receipt, ..)| *receipt);
        holders
    };
    let [first, second] = <[_; 2]>::try_from(holders(&before)).unwrap();
    assert_eq!(first.2, Holder::Queue);
    assert_eq!(second.2, Holder::Agent("Ana".into()));

    for tab in [0, 3] {
        world.close_tab(tab);
    }
    world.close_desk(0);
    world.sleep_hours(3);
    world.server_acts(ServerAct::Restart);
    world.sleep_hours(1);
    world.sleep_hours(30 * 24);

    let after = world.stored();
    assert_eq!(
        holders(&after),
        [first, (second.0, second.1, Holder::Queue)],
        "only the one who had gone does not have it any more"
    );
    let ends = |(_, event): &(_, protocol::Event)| {
        matches!(
            event.kind,
            EventKind::Resolved { .. } | EventKind::LeftQueue {}
        )
    };
    assert!(!after.events.iter().any(ends));
    world.come_to_rest();
    let (verdict, ..) = world.end();
    assert!(verdict.faults.is_empty(), "{:?}", verdict.faults);
}
