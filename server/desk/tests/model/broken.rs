//! Rules that break a promise, each in one way that has happened to others: the search must find each out.

use desk::{
    AgentAction, Author, BotAction, Change, Command, Desk, Entry, Holder, HumanRequest, Message,
    Person, Refusal, VisitorAction, decide,
};
use protocol::{AgentId, ConversationId, Receipt, RequestVia, ReturnReason, Timestamp};
use stateright::{Checker, HasDiscoveries};

use crate::promise::*;
use crate::search;
use crate::world::Rules;

type Decided = Result<Vec<Change>, Refusal>;

#[track_caller]
fn check_that_it_is_found_out(rules: Rules, promise: &'static str) {
    let checker = search(2, rules, HasDiscoveries::AnyOf([promise].into()));
    let path = checker.discovery(promise);
    let path = path.unwrap_or_else(|| panic!("nothing breaks “{promise}”"));
    println!("{promise}: broken after {:?}", path.into_actions());
}

#[test]
fn a_press_that_is_refused_when_nobody_is_on_duty_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match &command {
            Command::Visitor { action, .. }
                if *action == VisitorAction::AskForHuman && desk.roster().on_duty() == 0 =>
            {
                Err(Refusal::OffDuty)
            }
            _ => decide(desk, command, now),
        }
    }
    check_that_it_is_found_out(rules, ONE_PRESS);
}

#[test]
fn a_press_that_does_nothing_after_the_end_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match &command {
            Command::Visitor {
                conversation,
                action: VisitorAction::AskForHuman,
            } if holder(desk, *conversation) == Some(Holder::Nobody) => Ok(vec![]),
            _ => decide(desk, command, now),
        }
    }
    check_that_it_is_found_out(rules, ONE_PRESS);
}

#[test]
fn a_message_that_nobody_gets_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        let says = matches!(
            &command,
            Command::Visitor {
                action: VisitorAction::Say { .. },
                ..
            }
        );
        let mut changes = decide(desk, command, now)?;
        if says {
            changes.retain(|change| matches!(entry(change), Some(Entry::Message(_))));
        }
        Ok(changes)
    }
    check_that_it_is_found_out(rules, ANSWERED);
}

#[test]
fn a_second_agent_who_steals_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match (&command, decide(desk, command.clone(), now)) {
            (
                Command::Agent {
                    agent,
                    conversation,
                    action: AgentAction::Take,
                },
                Err(Refusal::HeldByAnother),
            ) => Ok(vec![logged(*conversation, taken(*agent))]),
            (_, decided) => decided,
        }
    }
    check_that_it_is_found_out(rules, NOT_MOVED);
}

#[test]
fn a_claim_by_somebody_who_is_no_agent_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        let mut changes = decide(desk, command, now)?;
        for change in &mut changes {
            if let Change::Logged {
                entry: Entry::Taken { by, .. },
                ..
            } = change
            {
                by.id = AgentId(99);
            }
        }
        Ok(changes)
    }
    check_that_it_is_found_out(rules, ONE_HOLDER);
}

#[test]
fn a_second_press_that_resets_the_time_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match &command {
            Command::Visitor {
                conversation,
                action: VisitorAction::AskForHuman,
            } if holder(desk, *conversation) == Some(Holder::Queue) => {
                let request = HumanRequest {
                    receipt: desk.next_receipt(),
                    requested_at: now,
                    priority: false,
                };
                let via = RequestVia::Button;
                let entry = Entry::HumanRequested { request, via };
                Ok(vec![logged(*conversation, entry)])
            }
            _ => decide(desk, command, now),
        }
    }
    check_that_it_is_found_out(rules, FIRST_REQUEST);
    check_that_it_is_found_out(rules, IN_TURN);
}

#[test]
fn a_request_whose_time_is_made_up_is_found_out() {
    fn rules(desk: &Desk, command: Command, _: Timestamp) -> Decided {
        decide(desk, command, Timestamp(5))
    }
    check_that_it_is_found_out(rules, FIRST_REQUEST);
}

#[test]
fn a_number_that_is_given_twice_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        let mut changes = decide(desk, command, now)?;
        for change in &mut changes {
            if let Change::Logged {
                entry: Entry::HumanRequested { request, .. },
                ..
            } = change
            {
                request.receipt = Receipt(1);
            }
        }
        Ok(changes)
    }
    check_that_it_is_found_out(rules, NUMBERS);
}

#[test]
fn a_press_that_lets_who_waits_pass_the_others_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match &command {
            Command::Visitor {
                conversation,
                action: VisitorAction::AskForHuman,
            } if holder(desk, *conversation) == Some(Holder::Queue) => {
                let from = person(AgentId(1));
                let reason = ReturnReason::Vanished;
                Ok(vec![logged(
                    *conversation,
                    Entry::Returned { from, reason },
                )])
            }
            _ => decide(desk, command, now),
        }
    }
    check_that_it_is_found_out(rules, IN_TURN);
}

#[test]
fn a_wait_that_ends_when_the_last_agent_leaves_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        let mut changes = decide(desk, command.clone(), now)?;
        if matches!(command, Command::Duty { on: false, .. }) && desk.roster().on_duty() == 1 {
            let waiting = desk.queue().iter();
            changes.extend(waiting.map(|id| logged(id, Entry::LeftQueue)));
        }
        Ok(changes)
    }
    check_that_it_is_found_out(rules, FIRST_REQUEST);
    check_that_it_is_found_out(rules, NOT_MOVED);
}

#[test]
fn a_bot_that_gets_a_solved_conversation_back_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        let mut changes = decide(desk, command, now)?;
        if let Some(Change::Logged {
            conversation,
            entry: Entry::Resolved(_),
        }) = changes.last()
        {
            changes.push(logged(*conversation, Entry::LeftQueue));
        }
        Ok(changes)
    }
    check_that_it_is_found_out(rules, HUMAN);
}

#[test]
fn a_solved_conversation_that_goes_to_anybody_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        let mut changes = decide(desk, command, now)?;
        for change in &mut changes {
            if let Change::Logged {
                entry: Entry::Reopened { to },
                ..
            } = change
            {
                *to = None;
            }
        }
        Ok(changes)
    }
    check_that_it_is_found_out(rules, SAME_PERSON);
}

#[test]
fn a_bot_that_speaks_while_a_person_has_it_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match (&command, decide(desk, command.clone(), now)) {
            (
                Command::Bot {
                    conversation,
                    action: BotAction::Say { id, text, .. },
                },
                Err(Refusal::NotTheBotsTurn),
            ) => {
                let message = Message {
                    id: *id,
                    author: Author::Bot,
                    text: text.clone(),
                    sources: vec![],
                    replies: vec![],
                    offers_human: false,
                };
                Ok(vec![logged(*conversation, Entry::Message(message))])
            }
            (_, decided) => decided,
        }
    }
    check_that_it_is_found_out(rules, GUEST);
}

#[test]
fn a_wish_that_is_lost_when_it_is_marked_as_solved_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        let mut changes = decide(desk, command, now)?;
        if let Some(Change::Logged {
            conversation,
            entry: Entry::Resolved(by),
        }) = changes.last().cloned()
        {
            let by_lead = Entry::Taken { by, lead: true };
            changes.insert(0, logged(conversation, by_lead));
        }
        Ok(changes)
    }
    check_that_it_is_found_out(rules, SUPERVISOR);
}

#[test]
fn a_wish_that_lets_anybody_take_it_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match (&command, decide(desk, command.clone(), now)) {
            (
                Command::Agent {
                    agent,
                    conversation,
                    action: AgentAction::Take,
                },
                Err(Refusal::HeldByAnother | Refusal::NotWaiting),
            ) if desk
                .conversation(*conversation)
                .is_some_and(|it| it.supervisor.is_some()) =>
            {
                Ok(vec![logged(*conversation, taken(*agent))])
            }
            (_, decided) => decided,
        }
    }
    check_that_it_is_found_out(rules, NOT_MOVED);
}

#[test]
fn a_press_for_a_supervisor_that_gives_up_the_place_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match &command {
            Command::Visitor {
                conversation,
                action: VisitorAction::AskForSupervisor,
            } if holder(desk, *conversation) == Some(Holder::Queue) => {
                Ok(vec![logged(*conversation, Entry::LeftQueue)])
            }
            _ => decide(desk, command, now),
        }
    }
    check_that_it_is_found_out(rules, SUPERVISOR_PRESS);
}

#[test]
fn an_end_that_gives_a_persons_conversation_to_the_bot_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        let mut changes = decide(desk, command, now)?;
        for change in &mut changes {
            if let Change::Logged { entry, .. } = change
                && *entry == Entry::Ended
            {
                *entry = Entry::AssistantChosen;
            }
        }
        Ok(changes)
    }
    check_that_it_is_found_out(rules, HUMAN);
    check_that_it_is_found_out(rules, END_PRESS);
}

#[test]
fn an_end_that_leaves_the_request_in_line_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match &command {
            Command::Visitor {
                conversation,
                action: VisitorAction::End,
            } if holder(desk, *conversation) == Some(Holder::Queue) => Ok(vec![]),
            _ => decide(desk, command, now),
        }
    }
    check_that_it_is_found_out(rules, END_PRESS);
}

#[test]
fn an_ended_conversation_with_a_person_that_the_bot_answers_again_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        let mut changes = decide(desk, command, now)?;
        if let Some(Change::Logged {
            conversation,
            entry: Entry::Reopened { to: None },
        }) = changes.first().cloned()
        {
            changes.retain(|change| matches!(entry(change), Some(Entry::Message(_))));
            changes.insert(0, logged(conversation, Entry::AssistantChosen));
        }
        Ok(changes)
    }
    check_that_it_is_found_out(rules, SAME_PERSON);
}

#[test]
fn a_press_for_the_assistant_that_a_person_can_keep_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match &command {
            Command::Visitor {
                conversation,
                action: VisitorAction::ChooseAssistant,
            } if matches!(holder(desk, *conversation), Some(Holder::Agent(_))) => {
                Err(Refusal::HeldByAnother)
            }
            _ => decide(desk, command, now),
        }
    }
    check_that_it_is_found_out(rules, ASSISTANT_PRESS);
}

#[test]
fn a_person_who_gives_it_to_the_bot_is_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        let is_transfer = matches!(
            &command,
            Command::Agent {
                action: AgentAction::Transfer { .. },
                ..
            }
        );
        let mut changes = decide(desk, command, now)?;
        for change in &mut changes {
            if let Change::Logged { entry, .. } = change
                && is_transfer
            {
                *entry = Entry::AssistantChosen;
            }
        }
        Ok(changes)
    }
    check_that_it_is_found_out(rules, NOT_MOVED);
}

#[test]
fn rules_that_count_messages_are_found_out() {
    fn rules(desk: &Desk, command: Command, now: Timestamp) -> Decided {
        match &command {
            Command::Bot { conversation, .. }
                if desk
                    .conversation(*conversation)
                    .is_some_and(|it| it.last_seq.0 > 10) =>
            {
                Ok(vec![])
            }
            _ => decide(desk, command, now),
        }
    }
    check_that_it_is_found_out(rules, ENOUGH);
}

fn holder(desk: &Desk, id: ConversationId) -> Option<Holder> {
    desk.conversation(id)
        .map(|conversation| conversation.holder)
}

fn entry(change: &Change) -> Option<&Entry> {
    match change {
        Change::Logged { entry, .. } => Some(entry),
        _ => None,
    }
}

fn logged(conversation: ConversationId, entry: Entry) -> Change {
    Change::Logged {
        conversation,
        entry,
    }
}

fn taken(by: AgentId) -> Entry {
    let by = person(by);
    Entry::Taken { by, lead: false }
}

fn person(id: AgentId) -> Person {
    Person {
        id,
        name: String::new(),
    }
}
