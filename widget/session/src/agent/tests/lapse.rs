//! R12: an agent who wakes is told what happened to what they held, before they can send anything there.

use protocol::Lapse;

use super::*;
use crate::agent::Lost;

const WENT_BACK: Timestamp = Timestamp(1_060_000);

fn ben() -> CaseHolder {
    CaseHolder::Other { name: "Ben".into() }
}

/// The greeting of a server from which an agent was away until its clock shows `now`.
fn awake(now: i64, cases: Vec<Case>, holder: CaseHolder) -> AgentWelcome {
    let mut welcome = welcome(cases);
    welcome.now = Timestamp(now);
    welcome.me.on_duty = false;
    welcome.lapsed = vec![Lapse {
        conversation: LAMP,
        at: WENT_BACK,
        holder,
    }];
    welcome
}

fn notice(away_ms: Option<u64>) -> Notice {
    Notice::Lost { count: 1, away_ms }
}

#[test]
fn who_was_cut_off_hears_for_how_long_and_who_has_it_now() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.input(Input::View(Some(LAMP)));
    page.pass_ms(10_000);
    page.input(Input::Unknown);
    page.input(Input::Draft(LAMP, "Half a".into()));
    page.input(Input::Closed(Some(1006)));
    page.outputs.clear();
    page.pass_until(|page| page.outputs.contains(&Output::Connect));
    page.connect(awake(1_190_000, vec![], ben()));
    assert_eq!(
        page.session.lost_of(LAMP),
        Some(Lost {
            at: WENT_BACK,
            // Since the last sign of life, of whatever kind.
            away_ms: Some(180_000),
        })
    );
    assert_eq!(page.session.holder(LAMP), Some(&ben()));
    assert!(page.notices().contains(&notice(Some(180_000))));
    assert_eq!(page.session.draft_of(LAMP), "Half a");
    page.pass_ms(5_000);
    assert_eq!(page.drafts(), []);
}

/// The browser was stopped whole: what came meanwhile is heard on waking, and then that the connection is lost.
#[test]
fn who_slept_hears_how_long_they_slept() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.input(Input::View(Some(LAMP)));
    page.now = page.now.after_ms(180_000);
    page.frame(AgentFrame::Case(waits(CHAIR, 2)));
    page.input(Input::Closed(Some(4004)));
    page.outputs.clear();
    page.pass_until(|page| page.outputs.contains(&Output::Connect));
    let passed = i64::try_from(page.now.0).unwrap();
    page.connect(awake(
        1_000_000 + passed,
        vec![waits(LAMP, 4)],
        CaseHolder::Queue {},
    ));
    let away_ms = page.session.lost_of(LAMP).unwrap().away_ms.unwrap();
    assert!((180_000..200_000).contains(&away_ms), "{away_ms}");
}

#[test]
fn a_page_that_is_loaded_anew_says_what_was_lost_and_not_for_how_long() {
    let mut page = Page::blank(AgentKept::default());
    page.wake();
    page.connect(awake(1_190_000, vec![waits(LAMP, 4)], CaseHolder::Queue {}));
    assert_eq!(page.notices(), [notice(None)]);
    assert_eq!(page.session.lost_of(LAMP).unwrap().away_ms, None);
}

#[test]
fn it_is_told_once_and_kept_while_it_is_looked_at() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.input(Input::View(Some(LAMP)));
    page.reconnect(awake(1_190_000, vec![], ben()));
    let lost = page.session.lost_of(LAMP);
    page.outputs.clear();
    page.reconnect(awake(1_200_000, vec![], ben()));
    assert_eq!(page.notices(), []);
    assert_eq!(page.session.lost_of(LAMP), lost);
    // Who is back at work and looks elsewhere knows.
    page.frame(AgentFrame::Duty { on: true });
    assert_eq!(page.session.lost_of(LAMP), lost);
    page.input(Input::View(None));
    assert_eq!(page.session.lost_of(LAMP), None);
}

#[test]
fn who_takes_it_again_has_lost_nothing() {
    for regain in [
        |page: &mut Page| page.frame(AgentFrame::Case(mine(LAMP, 5))),
        |page: &mut Page| {
            let id = page.act(Deed::Take, LAMP);
            page.ack(id, 5);
        },
        |page: &mut Page| page.reconnect(welcome(vec![mine(LAMP, 5)])),
    ] {
        let mut page = Page::greeted(vec![mine(LAMP, 3)]);
        page.input(Input::View(Some(LAMP)));
        page.reconnect(awake(1_190_000, vec![waits(LAMP, 4)], CaseHolder::Queue {}));
        assert!(page.session.lost_of(LAMP).is_some());
        regain(&mut page);
        assert_eq!(page.session.lost_of(LAMP), None);
    }
}

/// What was pressed while nobody knew that it was too late is not sent, and never shown as sent.
#[test]
fn a_reply_that_was_on_its_way_comes_back_and_was_never_sent() {
    let mut page = Page::greeted(vec![mine(LAMP, 3)]);
    page.input(Input::View(Some(LAMP)));
    page.now = page.now.after_ms(180_000);
    let id = page.write(LAMP, "Here I am again");
    let is_sent = |page: &Page| {
        let replies = page.session.replies(LAMP);
        let mut replies = replies.iter();
        replies.any(|reply| reply.delivery == crate::agent::Delivery::Sent)
    };
    assert!(!is_sent(&page));
    page.input(Input::Closed(None));
    assert!(!is_sent(&page));
    page.outputs.clear();
    page.pass_until(|page| page.outputs.contains(&Output::Connect));
    page.connect(awake(1_190_000, vec![], ben()));
    assert!(!is_sent(&page));
    // It may have arrived before: only the server knows, which is asked under the same id.
    assert_eq!(
        page.sent_id(|command| matches!(command, AgentCommand::Reply { .. })),
        id
    );
    page.refuse(id, RefusalCode::NoSuchConversation);
    assert_eq!(page.session.replies(LAMP), []);
    assert_eq!(page.session.draft_of(LAMP), "Here I am again");
    assert!(
        page.notices()
            .contains(&Notice::HandedBack(LAMP, RefusalCode::NoSuchConversation))
    );
}
