//! G4: what is being written is kept at the server while it is written, and what a colleague had begun is offered.

use protocol::{Begun, Draft};

use super::*;

fn begun(name: &str, mine: bool, text: &str) -> Option<Begun> {
    Some(Begun {
        name: name.into(),
        mine,
        at: Timestamp(950_000),
        text: text.into(),
    })
}

fn draft(reply: Option<Begun>, note: Option<Begun>) -> AgentFrame {
    AgentFrame::Draft {
        conversation: LAMP,
        draft: Draft { reply, note },
    }
}

fn reply_of(text: &str) -> (ConversationId, Option<String>, Option<String>) {
    (LAMP, Some(text.into()), None)
}

fn note_of(text: &str) -> (ConversationId, Option<String>, Option<String>) {
    (LAMP, None, Some(text.into()))
}

fn write(page: &mut Page, text: &str) {
    page.input(Input::Draft(LAMP, text.into()));
}

fn is_draft(command: &AgentCommand) -> bool {
    matches!(command, AgentCommand::Draft { .. })
}

fn offered(page: &Page) -> Option<(&str, &str)> {
    let begun = page.session.begun(LAMP)?;
    Some((&begun.name, &begun.text))
}

#[test]
fn what_is_written_is_kept_once_a_second_and_not_again_where_nothing_changed() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    write(&mut page, "Y");
    page.pass_ms(400);
    write(&mut page, "Yo");
    page.pass_ms(599);
    assert_eq!(page.drafts(), []);
    page.pass_ms(1);
    let id = {
        let Some(Output::Send(frame)) = page
            .outputs
            .iter()
            .find(|output| matches!(output, Output::Send(frame) if is_draft(&frame.command)))
        else {
            panic!("nothing is kept");
        };
        frame.id
    };
    assert_eq!(page.drafts(), [reply_of("Yo")]);
    // The next one waits for the answer, and then has all that was written meanwhile.
    write(&mut page, "You");
    page.pass_ms(5_000);
    write(&mut page, "Your ");
    assert_eq!(page.drafts(), []);
    page.ack(id, 0);
    assert_eq!(page.drafts(), [reply_of("Your")]);
    page.pass_ms(10_000);
    assert_eq!(page.drafts(), []);
}

#[test]
fn only_the_holder_keeps_anything_and_who_takes_it_begins() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.input(Input::View(Some(LAMP)));
    write(&mut page, "Before I took it");
    page.pass_ms(5_000);
    assert_eq!(page.drafts(), []);
    page.frame(AgentFrame::Case(mine(LAMP, 4)));
    page.pass_ms(1_000);
    assert_eq!(page.drafts(), [reply_of("Before I took it")]);
}

#[test]
fn a_page_that_is_hidden_keeps_what_it_has_at_once() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    write(&mut page, "You");
    page.input(Input::Note(LAMP, "Call at four".into()));
    page.input(Input::InView(false));
    assert_eq!(page.drafts(), [reply_of("You"), note_of("Call at four")]);
    // Even before an earlier one is answered.
    write(&mut page, "Your lamp");
    page.input(Input::InView(false));
    assert_eq!(page.drafts(), [reply_of("Your lamp")]);
}

#[test]
fn giving_it_back_keeps_the_last_words_before_the_claim_ends() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.input(Input::Note(LAMP, "Angry, and right".into()));
    page.act(Deed::Transfer, LAMP);
    let sent: Vec<_> = page
        .outputs
        .iter()
        .filter_map(|output| match output {
            Output::Send(frame) => Some(is_draft(&frame.command)),
            _ => None,
        })
        .collect();
    assert_eq!(sent, [true, false], "the note, then the transfer");
    assert_eq!(page.drafts(), [note_of("Angry, and right")]);
}

#[test]
fn a_reply_on_its_way_ends_what_was_begun_and_what_follows_is_kept_after_it() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = page.write(LAMP, "Hello.");
    page.outputs.clear();
    write(&mut page, "Your");
    page.pass_ms(5_000);
    assert_eq!(page.drafts(), [], "the reply would end it");
    page.ack(id, 4);
    assert_eq!(page.drafts(), [reply_of("Your")]);
    // And where nothing follows, there is nothing to keep.
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    let id = page.write(LAMP, "Hello.");
    page.ack(id, 4);
    page.pass_ms(5_000);
    assert_eq!(page.drafts(), []);
}

#[test]
fn a_draft_that_was_not_answered_is_kept_again_after_a_reconnect_and_one_for_later_later() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    write(&mut page, "You");
    page.pass_ms(1_000);
    assert_eq!(page.drafts(), [reply_of("You")]);
    page.reconnect(welcome(vec![mine(LAMP, 3)]));
    let id = page.sent_id(is_draft);
    page.refuse(id, RefusalCode::Unavailable);
    assert_eq!(page.drafts(), []);
    page.pass_ms(2_000);
    let id = page.sent_id(is_draft);
    page.refuse(id, RefusalCode::NotYours);
    page.pass_ms(60_000);
    assert_eq!(
        page.drafts(),
        [],
        "what is refused for good is not tried again"
    );
    assert_eq!(page.session.draft_of(LAMP), "You", "and not lost here");
}

#[test]
fn a_lost_claim_keeps_nothing_more() {
    for lose in [
        |page: &mut Page| page.frame(AgentFrame::Case(waits(LAMP, 4))),
        |page: &mut Page| page.reconnect(welcome(vec![waits(LAMP, 4)])),
    ] {
        let mut page = Page::greeted(vec![mine(LAMP, 3)]);
        write(&mut page, "You");
        page.input(Input::Note(LAMP, "Note".into()));
        lose(&mut page);
        page.pass_ms(5_000);
        assert_eq!(page.drafts(), []);
        assert_eq!(page.session.draft_of(LAMP), "You");
        assert_eq!(page.session.note_of(LAMP), "Note");
        assert!(page.session.is_note_unsaved(LAMP));
    }
}

#[test]
fn what_a_colleague_had_begun_is_offered_and_never_put_over_what_is_written() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    write(&mut page, "Hi, I am Ana.");
    page.frame(draft(begun("Ben", false, "Your lamp"), None));
    assert_eq!(page.session.draft_of(LAMP), "Hi, I am Ana.");
    assert_eq!(offered(&page), Some(("Ben", "Your lamp")));
    // Writing on does not make it go away.
    write(&mut page, "Hi, I am Ana!");
    assert_eq!(offered(&page), Some(("Ben", "Your lamp")));

    page.input(Input::UseBegun(LAMP));
    assert_eq!(page.session.draft_of(LAMP), "Your lamp\n\nHi, I am Ana!");
    assert_eq!(offered(&page), None);
}

#[test]
fn what_is_not_wanted_goes_at_the_server_too() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.frame(draft(begun("Ben", false, "Your lamp"), None));
    assert_eq!(page.session.draft_of(LAMP), "");
    page.input(Input::DropBegun(LAMP));
    assert_eq!(offered(&page), None);
    page.pass_ms(1_000);
    assert_eq!(page.drafts(), [reply_of("")]);
}

#[test]
fn words_that_are_in_the_box_already_are_not_offered() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    write(&mut page, "Your lamp is here");
    page.frame(draft(begun("Ana", true, "Your lamp"), None));
    assert_eq!(offered(&page), None);
    // The server is behind, which is mended.
    page.pass_ms(1_000);
    assert_eq!(page.drafts(), [reply_of("Your lamp is here")]);
}

#[test]
fn an_agents_own_words_from_another_device_are_offered_until_they_write_here() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.frame(draft(begun("Ana", true, "From my phone"), None));
    assert_eq!(offered(&page), Some(("Ana", "From my phone")));
    write(&mut page, "A");
    assert_eq!(offered(&page), None);
    // What was sent on the other device is not offered any more.
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.frame(draft(begun("Ana", true, "From my phone"), None));
    page.frame(draft(None, None));
    assert_eq!(offered(&page), None);
}

#[test]
fn an_older_state_of_what_is_being_written_here_is_not_offered() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    write(&mut page, "Your lamp");
    page.pass_ms(1_000);
    write(&mut page, "Good day");
    page.frame(draft(begun("Ana", true, "Your lamp"), None));
    assert_eq!(offered(&page), None);
    // Nor what is on its way to the visitor.
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.write(LAMP, "Your lamp is here");
    page.frame(draft(begun("Ana", true, "Your lamp"), None));
    assert_eq!(offered(&page), None);
}

#[test]
fn the_note_is_the_servers_until_it_is_changed_here_and_again_once_that_is_kept() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.frame(draft(None, begun("Ben", false, "Likes tea")));
    assert_eq!(page.session.note_of(LAMP), "Likes tea");
    assert_eq!(page.session.kept_note(LAMP).unwrap().name, "Ben");
    page.input(Input::Note(LAMP, "Likes coffee ".into()));
    assert_eq!(page.session.kept_note(LAMP), None);
    // What another device said meanwhile does not undo what is typed here.
    page.frame(draft(None, begun("Ana", true, "Likes water")));
    assert_eq!(page.session.note_of(LAMP), "Likes coffee ");
    page.pass_ms(1_000);
    let id = page.sent_id(is_draft);
    page.ack(id, 0);
    assert!(!page.session.is_note_unsaved(LAMP));
    let kept = page.session.kept_note(LAMP).unwrap();
    assert_eq!(
        (&*kept.name, &*kept.text, kept.mine),
        ("Ana", "Likes coffee", true)
    );
}

#[test]
fn a_note_that_the_server_does_not_have_outlives_the_page() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.input(Input::Closed(Some(1006)));
    page.input(Input::Note(LAMP, "Call at four".into()));
    let json = serde_json::to_string(&page.session.kept()).unwrap();

    let mut page = Page::blank(serde_json::from_str(&json).unwrap());
    page.wake();
    page.connect(welcome(vec![mine(LAMP, 3)]));
    assert_eq!(page.session.note_of(LAMP), "Call at four");
    page.pass_ms(1_000);
    assert_eq!(page.drafts(), [note_of("Call at four")]);
}

#[test]
fn as_much_is_kept_as_a_message_may_have() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    write(&mut page, &"é".repeat(9_000));
    page.pass_ms(1_000);
    assert_eq!(page.drafts(), [reply_of(&"é".repeat(8_000))]);
}

#[test]
fn what_concerns_a_conversation_that_is_neither_held_nor_looked_at_is_passed_over() {
    let mut page = Page::greeted(vec![waits(LAMP, 3)]);
    page.frame(draft(
        begun("Ben", false, "Your lamp"),
        begun("Ben", false, "Note"),
    ));
    assert_eq!(offered(&page), None);
    page.input(Input::View(Some(LAMP)));
    page.frame(draft(
        begun("Ben", false, "Your lamp"),
        begun("Ben", false, "Note"),
    ));
    assert_eq!(offered(&page), Some(("Ben", "Your lamp")));
    assert_eq!(page.session.note_of(LAMP), "Note");
}
