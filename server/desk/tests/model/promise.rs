//! The promises, as properties of every state; and the states that must be reached, so that no promise holds
//! only because nothing happens.

use desk::{BotAction, Command, Conversation, Desk, Holder, Refusal, VisitorAction, apply};
use protocol::{CommandId, ConversationId, Timestamp};
use stateright::Property;

use crate::Shop;
use crate::world::{AGENTS, CLOCK, LEAD, Rules, Step, World, Wrong, bot_actions};

pub const ONE_PRESS: &str = "G1: one press reaches the queue, in every state";
pub const ANSWERED: &str = "G1: what a visitor writes is somebody's to answer";
pub const GAPLESS: &str = "G2: every event has the next place in its log";
pub const ONE_HOLDER: &str = "G3: the line and the loads are what is held, each conversation once";
pub const NOT_MOVED: &str = "G3: nobody moves a conversation who has no say in it";
pub const FIRST_REQUEST: &str = "G4: a request keeps its first number and time until it is solved";
pub const IN_TURN: &str = "G4: the line is in the order of asking, after those who came back";
pub const NUMBERS: &str = "G4: no request's number is given twice";
pub const RESTART: &str = "G4: a server that starts again has the same line";
pub const HUMAN: &str = "G5: after a person, the bot has it only if the visitor chose it";
pub const SAME_PERSON: &str = "G5: a message after the end goes to that person, then to the queue";
pub const ASSISTANT_PRESS: &str =
    "G5: one press gives it back to the assistant, in every state, if there is one";
pub const END_PRESS: &str = "one press ends it, in every state, and gives up no supervisor";
pub const GUEST: &str = "G7: the bot does nothing where it is not asked";
pub const SUPERVISOR: &str =
    "L5: a wish for a supervisor stays until one takes it or the visitor goes";
pub const SUPERVISOR_PRESS: &str =
    "L5: one press asks for a supervisor, in every state, and costs no place";
pub const NO_MORE: &str = "nobody has more to do than they have chosen";
pub const ENOUGH: &str = "the rules look at nothing that this model leaves out";

/// Everything that is checked.
pub fn properties() -> Vec<Property<Shop>> {
    let mut properties = promises();
    properties.extend(reached());
    properties
}

fn promises() -> Vec<Property<Shop>> {
    vec![
        Property::always(ONE_PRESS, |shop: &Shop, world: &World| {
            conversations(world).all(|(id, before)| {
                CLOCK.iter().all(|&now| {
                    let after = after(world, shop.rules, press(id), now);
                    after.is_ok_and(|after| match before.holder {
                        Holder::Bot | Holder::Nobody => after.holder == Holder::Queue,
                        Holder::Queue => after == *before,
                        // Whoever has put it off goes on with it, or it is in line again.
                        Holder::Agent(_) if before.arranged.snoozed.is_some() => {
                            after.arranged.snoozed.is_none()
                        }
                        Holder::Agent(_) => after == *before,
                    })
                })
            })
        }),
        Property::always(ANSWERED, |shop: &Shop, world: &World| {
            conversations(world).all(|(id, _)| {
                let after = after(world, shop.rules, message(id), CLOCK[0]);
                after.is_ok_and(|after| match after.holder {
                    Holder::Bot => world.desk.has_bot,
                    Holder::Queue | Holder::Agent(_) => after.request.is_some(),
                    Holder::Nobody => false,
                })
            })
        }),
        Property::always(GAPLESS, |_, world: &World| {
            world.wrong != Some(Wrong::SeqGap)
        }),
        Property::always(ONE_HOLDER, |_, world: &World| one_holder(&world.desk)),
        Property::always(NOT_MOVED, |_, world: &World| {
            world.wrong != Some(Wrong::Moved)
        }),
        Property::always(FIRST_REQUEST, |_, world: &World| {
            world.conversations().all(|(_, conversation, visitor)| {
                let request = conversation.request;
                request.map(|request| (request.receipt, request.requested_at)) == visitor.request
                    && conversation.is_open() == (request.is_some() || visitor.supervisor)
            })
        }),
        Property::always(IN_TURN, |_, world: &World| {
            let waits = |id: &ConversationId| {
                let conversation = world.desk.conversation(*id);
                conversation.is_some_and(|conversation| conversation.holder == Holder::Queue)
            };
            let mut line: Vec<_> = world.asked.iter().copied().filter(waits).collect();
            line.sort_by_key(|&id| !world.visitor(id).came_back);
            world.desk.queue().iter().eq(line)
        }),
        Property::always(NUMBERS, |_, world: &World| {
            world.wrong != Some(Wrong::NumberReused)
        }),
        Property::always(RESTART, |_, world: &World| {
            world.wrong != Some(Wrong::LostByRestart)
        }),
        Property::always(HUMAN, |_, world: &World| {
            world.conversations().all(|(_, conversation, visitor)| {
                let bot_has_it = conversation.holder == Holder::Bot;
                !(visitor.human && bot_has_it) && visitor.human == conversation.last_human.is_some()
            })
        }),
        Property::always(SAME_PERSON, |shop: &Shop, world: &World| {
            conversations(world)
                .filter(|(_, before)| before.holder == Holder::Nobody)
                .all(|(id, before)| {
                    let roster = world.desk.roster();
                    let there = before
                        .last_human
                        .filter(|&last| roster.agent(last).is_some_and(|agent| agent.is_free()));
                    // Whoever never had a person, and is owed none, had the bot.
                    let had_bot = world.desk.has_bot
                        && before.has_begun()
                        && before.last_human.is_none()
                        && before.supervisor.is_none();
                    let to = match there {
                        Some(agent) => Holder::Agent(agent),
                        None if had_bot => Holder::Bot,
                        None => Holder::Queue,
                    };
                    after(world, shop.rules, message(id), CLOCK[0])
                        .is_ok_and(|after| after.holder == to)
                })
        }),
        Property::always(ASSISTANT_PRESS, |shop: &Shop, world: &World| {
            conversations(world).all(|(id, before)| {
                let press = (id, VisitorAction::ChooseAssistant);
                match after(world, shop.rules, press, CLOCK[0]) {
                    Err(refusal) => !world.desk.has_bot && refusal == Refusal::NoAssistant,
                    Ok(after) if before.holder == Holder::Bot || !before.has_begun() => {
                        world.desk.has_bot && after == *before
                    }
                    Ok(after) => {
                        after.holder == Holder::Bot
                            && after.request.is_none()
                            && after.last_human.is_none()
                            && after.supervisor.is_none()
                    }
                }
            })
        }),
        Property::always(END_PRESS, |shop: &Shop, world: &World| {
            conversations(world).all(|(id, before)| {
                let press = (id, VisitorAction::End);
                after(world, shop.rules, press, CLOCK[0]).is_ok_and(|after| {
                    let is_over = after.holder == Holder::Nobody && after.request.is_none();
                    (is_over || !before.has_begun())
                        && after.last_human == before.last_human
                        && after.supervisor == before.supervisor
                })
            })
        }),
        Property::always(GUEST, |shop: &Shop, world: &World| {
            conversations(world)
                .filter(|(_, before)| before.holder != Holder::Bot)
                .all(|(conversation, _)| {
                    bot_actions().into_iter().all(|action: BotAction| {
                        let command = Command::Bot {
                            conversation,
                            action,
                        };
                        let outcome = (shop.rules)(&world.desk, command, CLOCK[0]);
                        outcome == Err(Refusal::NotTheBotsTurn)
                    })
                })
        }),
        Property::always(SUPERVISOR, |_, world: &World| {
            world.conversations().all(|(_, conversation, visitor)| {
                let bot_has_it = conversation.holder == Holder::Bot;
                conversation.supervisor.is_some() == visitor.supervisor
                    && !(visitor.supervisor && bot_has_it)
            })
        }),
        Property::always(SUPERVISOR_PRESS, |shop: &Shop, world: &World| {
            conversations(world).all(|(id, before)| {
                let press = (id, VisitorAction::AskForSupervisor);
                let after = after(world, shop.rules, press, CLOCK[0]);
                after.is_ok_and(|after| {
                    let is_there = before.holder == Holder::Agent(LEAD);
                    let slept = before.arranged.snoozed.is_some();
                    let is_back = slept && after.holder == Holder::Queue;
                    let goes_in_line = is_back
                        || (before.supervisor.is_none()
                            && matches!(before.holder, Holder::Bot | Holder::Nobody));
                    let holder = if goes_in_line {
                        Holder::Queue
                    } else {
                        before.holder
                    };
                    (after.supervisor.is_some() || (is_there && !is_back))
                        && after.holder == holder
                        && (before.request.is_none()
                            || after.request.map(|it| it.receipt)
                                == before.request.map(|it| it.receipt))
                })
            })
        }),
        Property::always(NO_MORE, |_, world: &World| {
            let mut agents = world.desk.roster().agents();
            agents.all(|(_, agent)| agent.load <= agent.most)
        }),
        Property::always(ENOUGH, |shop: &Shop, world: &World| {
            let other = world.with_other_counts();
            world.steps().all(|step| match step {
                Step::HasBot(_) => true,
                Step::Command(command, now) => {
                    (shop.rules)(&other, command.clone(), now)
                        == (shop.rules)(&world.desk, command, now)
                }
            })
        }),
    ]
}

fn reached() -> Vec<Property<Shop>> {
    vec![
        Property::sometimes("everybody waits", |_, world: &World| {
            conversations(world).all(|(_, it)| it.holder == Holder::Queue)
        }),
        Property::sometimes("one agent holds everything", |_, world: &World| {
            conversations(world).all(|(_, it)| it.holder == Holder::Agent(LEAD))
        }),
        Property::sometimes("an agent has no room for more", |_, world: &World| {
            let agent = world.desk.roster().agent(AGENTS[0]);
            agent.is_some_and(|agent| !agent.has_room())
        }),
        Property::sometimes("everything is put off", |shop: &Shop, world: &World| {
            let is_put_off = |it: &Conversation| it.arranged.snoozed.is_some();
            !shop.has_all_steps || conversations(world).all(|(_, it)| is_put_off(it))
        }),
        Property::sometimes("both agents hold something", |_, world: &World| {
            world
                .desk
                .roster()
                .agents()
                .all(|(_, agent)| agent.load > 0)
        }),
        Property::sometimes(
            "what is solved still wants a supervisor",
            |shop: &Shop, world: &World| {
                let wants =
                    |it: &Conversation| it.holder == Holder::Nobody && it.supervisor.is_some();
                !shop.has_all_steps || conversations(world).all(|(_, it)| wants(it))
            },
        ),
        Property::sometimes("everything is solved", |_, world: &World| {
            conversations(world)
                .all(|(_, it)| it.holder == Holder::Nobody && it.last_human.is_some())
        }),
        Property::sometimes("what no person had is ended", |_, world: &World| {
            let is_ended = |it: &Conversation| {
                it.holder == Holder::Nobody && it.last_human.is_none() && it.has_begun()
            };
            conversations(world).all(|(_, it)| is_ended(it))
        }),
        Property::sometimes(
            "the bot has one and a person another",
            |_, world: &World| {
                let has = |holder| conversations(world).any(|(_, it)| it.holder == holder);
                has(Holder::Bot) && has(Holder::Agent(AGENTS[0]))
            },
        ),
        Property::sometimes(
            "who was let down goes before who asked first",
            |_, world: &World| {
                let first = world.desk.queue().iter().next();
                let asked_first = world.asked.first().copied();
                let waits = asked_first.and_then(|id| world.desk.conversation(id));
                waits.is_some_and(|it| it.holder == Holder::Queue) && first != asked_first
            },
        ),
        Property::sometimes("everybody came back", |_, world: &World| {
            world.visitors.iter().all(|visitor| visitor.came_back)
        }),
        Property::sometimes(
            "who asked later shows an earlier time",
            |_, world: &World| {
                let times = || world.asked.iter().map(|&id| world.visitor(id).request);
                times().zip(times().skip(1)).any(|pair| match pair {
                    (Some((_, earlier)), Some((_, later))) => later < earlier,
                    _ => false,
                })
            },
        ),
        Property::sometimes(
            "an agent off duty still holds something",
            |_, world: &World| {
                let mut agents = world.desk.roster().agents();
                agents.any(|(_, agent)| !agent.on_duty && agent.load > 0)
            },
        ),
        Property::sometimes(
            "nobody is on duty and somebody waits",
            |_, world: &World| world.desk.roster().on_duty() == 0 && !world.desk.queue().is_empty(),
        ),
        Property::sometimes(
            "who had a person waits in turn again",
            |_, world: &World| {
                world.conversations().any(|(_, it, visitor)| {
                    it.holder == Holder::Queue && visitor.human && !visitor.came_back
                })
            },
        ),
        Property::sometimes(
            "the bot has it where the site has none",
            |_, world: &World| {
                !world.desk.has_bot && conversations(world).any(|(_, it)| it.holder == Holder::Bot)
            },
        ),
    ]
}

fn one_holder(desk: &Desk) -> bool {
    let held = |holder| {
        desk.conversations()
            .filter(move |(_, conversation)| conversation.holder == holder)
            .map(|(id, _)| id)
    };
    let busied = |agent| {
        let all = desk.conversations();
        all.filter(|(_, it)| it.busies() == Some(agent)).count()
    };
    let mut line: Vec<_> = desk.queue().iter().collect();
    line.sort_unstable();
    let loads_are_right = desk
        .roster()
        .agents()
        .all(|(id, agent)| agent.load as usize == busied(id));
    let agents = desk.roster().agents();
    let by_agents: usize = agents.map(|(id, _)| held(Holder::Agent(id)).count()).sum();
    let by_bot_or_nobody = held(Holder::Bot).count() + held(Holder::Nobody).count();
    let everything = line.len() + by_agents + by_bot_or_nobody;
    line.iter().copied().eq(held(Holder::Queue))
        && loads_are_right
        && everything == desk.conversations().count()
}

fn conversations(world: &World) -> impl Iterator<Item = (ConversationId, &Conversation)> {
    world.desk.conversations()
}

/// The conversation that a visitor's command is about, after it.
fn after(
    world: &World,
    rules: Rules,
    (conversation, action): (ConversationId, VisitorAction),
    now: Timestamp,
) -> Result<Conversation, Refusal> {
    let command = Command::Visitor {
        conversation,
        action,
    };
    let mut desk = world.desk.clone();
    for change in rules(&world.desk, command, now)? {
        apply(&mut desk, &change);
    }
    let after = desk.conversation(conversation);
    after.cloned().ok_or(Refusal::NoSuchConversation)
}

fn press(id: ConversationId) -> (ConversationId, VisitorAction) {
    (id, VisitorAction::AskForHuman)
}

fn message(id: ConversationId) -> (ConversationId, VisitorAction) {
    let says = VisitorAction::Say {
        id: CommandId(0),
        text: String::new(),
    };
    (id, says)
}
