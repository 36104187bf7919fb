//! Who is asked to take what waits, and what is next for whom.

use protocol::{Language, TeamId, TopicId};

use super::*;

const BILLING: TeamId = TeamId(1);
const LAMPS: TopicId = TopicId(1);

fn spanish() -> Language {
    Language::of("es").unwrap()
}

/// What waits is offered.
fn offers() -> Command {
    Command::Offer
}

fn lets_pass(agent: AgentId, conversation: ConversationId) -> Command {
    Command::OfferLapsed {
        conversation,
        agent,
    }
}

fn sorted(
    conversation: ConversationId,
    language: Option<Language>,
    topic: Option<TopicId>,
) -> Command {
    Command::Sorted {
        conversation,
        language,
        topic: topic.map(|topic| (topic, None)),
    }
}

fn with(mut desk: Desk, id: AgentId, edit: impl FnOnce(&mut Agent)) -> Desk {
    let mut agent = desk.roster().agent(id).unwrap().clone();
    edit(&mut agent);
    desk.employ(id, agent);
    desk
}

/// Who was asked, conversation by conversation.
fn asked(desk: &Desk) -> Vec<(ConversationId, AgentId)> {
    desk.offers().map(|(id, offer)| (id, offer.to)).collect()
}

#[test]
fn the_longest_wait_is_offered_first_and_to_whoever_was_idle_for_longest() {
    // Ana has just been done with something; Ben has not had anything.
    let desk = after([asks(NOAH), takes(ANA, NOAH), resolves(ANA, NOAH)]);
    let desk = play(desk, [chooses(ANA, 1), chooses(BEN, 1), asks(MIRA)]);
    check(
        &desk,
        offers(),
        "Mira: offered to Ben => Mira: queue No. 2 of 3 s; Noah: nobody",
    );
    let desk = play(desk, [asks(NOAH), offers()]);
    assert_eq!(asked(&desk), [(MIRA, BEN), (NOAH, ANA)]);
}

#[test]
fn whoever_has_less_to_do_is_asked_before_whoever_has_more() {
    let desk = after([
        asks(MIRA),
        takes(ANA, MIRA),
        goes_off_duty(BEN),
        goes_on_duty(BEN),
    ]);
    let desk = play(desk, [asks(NOAH), offers()]);
    assert_eq!(asked(&desk), [(NOAH, BEN)]);
}

#[test]
fn nobody_is_asked_who_is_off_duty_or_has_no_room() {
    let desk = after([
        goes_off_duty(BEN),
        chooses(ANA, 1),
        asks(NOAH),
        takes(ANA, NOAH),
    ]);
    let desk = play(desk, [asks(MIRA)]);
    check(&desk, offers(), "nothing");
}

#[test]
fn an_offer_takes_room_while_it_stands() {
    let desk = after([
        goes_off_duty(BEN),
        chooses(ANA, 1),
        asks(MIRA),
        asks(NOAH),
        offers(),
    ]);
    assert_eq!(asked(&desk), [(MIRA, ANA)]);
    check(&desk, offers(), "nothing");
}

#[test]
fn an_offer_that_lapses_moves_on_and_comes_round_again() {
    let desk = after([asks(MIRA), offers()]);
    assert_eq!(asked(&desk), [(MIRA, ANA)]);
    check(&desk, lets_pass(BEN, MIRA), "nothing");
    let desk = play(desk, [lets_pass(ANA, MIRA), offers()]);
    assert_eq!(asked(&desk), [(MIRA, BEN)]);
    let desk = play(desk, [lets_pass(BEN, MIRA), offers()]);
    assert_eq!(asked(&desk), [(MIRA, ANA)], "everybody was asked");
}

#[test]
fn an_offer_ends_with_the_wait_and_with_the_duty() {
    let desk = after([asks(MIRA), offers(), takes(BEN, MIRA)]);
    assert_eq!(asked(&desk), []);
    let desk = after([asks(MIRA), offers(), leaves(MIRA)]);
    assert_eq!(asked(&desk), []);
    let desk = after([asks(MIRA), offers(), goes_off_duty(ANA)]);
    assert_eq!(asked(&desk), []);
    assert_eq!(asked(&play(desk, [offers()])), [(MIRA, BEN)]);
}

#[test]
fn an_offer_stands_while_the_visitor_goes_on_writing() {
    let desk = after([asks(MIRA), offers(), says(MIRA)]);
    assert_eq!(asked(&desk), [(MIRA, ANA)]);
}

#[test]
fn who_passed_it_on_is_not_asked_and_who_it_is_for_is_asked_first() {
    let to_ben = Recipient::Person(BEN);
    let story = [
        asks(MIRA),
        takes(ANA, MIRA),
        passes_on(ANA, MIRA, to_ben),
        offers(),
    ];
    let desk = after(story);
    assert_eq!(asked(&desk), [(MIRA, BEN)]);
    let to_queue = Recipient::Queue;
    let desk = after([
        asks(MIRA),
        takes(BEN, MIRA),
        passes_on(BEN, MIRA, to_queue),
        offers(),
    ]);
    assert_eq!(asked(&desk), [(MIRA, ANA)]);
}

#[test]
fn it_is_offered_to_whom_it_suits() {
    let speaks = |agent: &mut Agent| agent.languages = [spanish()].into();
    let english = |agent: &mut Agent| agent.languages = [Language::of("en").unwrap()].into();
    let knows = |agent: &mut Agent| agent.skills = [LAMPS].into();
    let desk = with(with(after([asks(MIRA)]), BEN, speaks), ANA, english);
    let desk = play(desk, [sorted(MIRA, Some(spanish()), None), offers()]);
    assert_eq!(asked(&desk), [(MIRA, BEN)], "by language");

    let desk = with(after([asks(MIRA)]), BEN, knows);
    let desk = play(desk, [sorted(MIRA, None, Some(LAMPS)), offers()]);
    assert_eq!(asked(&desk), [(MIRA, BEN)], "by topic");

    let mut desk = with(after([asks(MIRA), takes(ANA, MIRA)]), BEN, |agent| {
        agent.teams = [BILLING].into()
    });
    desk.set_teams([BILLING].into());
    let to = Recipient::Team(BILLING);
    let desk = play(desk, [passes_on(ANA, MIRA, to), offers()]);
    assert_eq!(asked(&desk), [(MIRA, BEN)], "by team");
}

/// G4: a rule that strands somebody is none.
#[test]
fn what_suits_nobody_on_duty_is_offered_all_the_same() {
    let desk = with(after([asks(MIRA), goes_off_duty(BEN)]), BEN, |agent| {
        agent.languages = [spanish()].into();
    });
    let desk = with(desk, ANA, |agent| {
        agent.languages = [Language::of("en").unwrap()].into();
    });
    let desk = play(desk, [sorted(MIRA, Some(spanish()), Some(LAMPS)), offers()]);
    assert_eq!(asked(&desk), [(MIRA, ANA)]);
}

#[test]
fn whoever_has_not_said_what_they_speak_is_asked_in_any_language() {
    let desk = play(
        after([asks(MIRA)]),
        [sorted(MIRA, Some(spanish()), None), offers()],
    );
    assert_eq!(asked(&desk), [(MIRA, ANA)]);
}

#[test]
fn what_a_person_says_it_is_about_counts_for_more_than_what_was_found_out() {
    let other = TopicId(2);
    let names = acts(ANA, MIRA, AgentAction::Topic { topic: Some(other) });
    let desk = after([asks(MIRA), takes(ANA, MIRA), names]);
    check(
        &desk,
        sorted(MIRA, Some(spanish()), Some(LAMPS)),
        "Mira: arranged: topic 2, in es => Mira: Ana No. 1 of 1 s, topic 2, in es",
    );
}

#[test]
fn what_is_next_is_what_was_offered_then_what_suits_then_the_longest_wait() {
    let desk = after([asks(MIRA), asks(NOAH)]);
    check(
        &desk,
        takes_next(ANA),
        "Mira: taken by Ana => Mira: Ana No. 1 of 1 s; Noah: queue No. 2 of 2 s",
    );
    let is_spanish = play(desk.clone(), [sorted(NOAH, Some(spanish()), None)]);
    let is_spanish = with(is_spanish, BEN, |agent| {
        agent.languages = [spanish()].into()
    });
    let is_spanish = with(is_spanish, ANA, |agent| {
        agent.languages = [Language::of("en").unwrap()].into();
    });
    assert_eq!(is_spanish.next_for(BEN), Some(MIRA), "anybody's");
    let mira_knows = play(is_spanish, [sorted(MIRA, Language::of("en"), None)]);
    assert_eq!(mira_knows.next_for(BEN), Some(NOAH));
    assert_eq!(mira_knows.next_for(ANA), Some(MIRA));
    let offered = play(desk, [chooses(ANA, 1), chooses(BEN, 1), offers()]);
    assert_eq!(asked(&offered), [(MIRA, ANA), (NOAH, BEN)]);
    assert_eq!(offered.next_for(BEN), Some(NOAH));
}

#[test]
fn nothing_is_next_where_nobody_waits() {
    check(&after([]), takes_next(ANA), "refused: NotWaiting");
    let desk = after([asks(MIRA), goes_off_duty(ANA)]);
    check(&desk, takes_next(ANA), "refused: OffDuty");
    check(&desk, takes_next(ZOE), "refused: NoSuchAgent");
}
