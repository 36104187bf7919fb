//! How the agents' page begins: what is there, and what can be done, before the page runs.

use std::time::Duration;

use human_please_tests::http::{Answer, session};
use human_please_tests::server::{PASSWORD, Server, Setup};
use human_please_tests::staff::Staff;
use human_please_tests::visitor::Visitor;
use protocol::{Answering, ConversationId, EventKind, Role};

const DESK: &str = "/agent";
const ANA: &str = "ana@shop.example";
const JSON: (&str, &str) = ("accept", "application/json");

/// Somebody who has said this waits.
async fn waits(server: &Server, words: &str) -> (Visitor, ConversationId) {
    let mut visitor = server.visitor().await;
    visitor.say(words).await;
    visitor.human().await;
    let id = visitor.welcome.conversation;
    (visitor, id)
}

async fn take(staff: &Staff, id: ConversationId) -> Answer {
    staff.post(DESK, &[("take", &id.to_string())]).await
}

/// Whether a page has what it runs with, and comes to its end.
fn is_whole(page: &Answer) -> bool {
    page.text().contains("/assets/agent/boot-") && page.text().ends_with("</html>\n")
}

#[tokio::test]
async fn the_door_works_before_the_page_runs() {
    let server = Server::start(Setup::default()).await;
    let nobody = Staff::nobody(&server);
    let door = nobody.get(DESK).await;
    assert_eq!(door.status, 200);
    assert_eq!(door.header("cache-control"), Some("no-store"));
    assert!(is_whole(&door), "{}", door.text());
    assert!(door.text().contains(r#"name="password" type="password""#));

    let fields = [("email", " Ana@Shop.example "), ("password", PASSWORD)];
    let entered = nobody.post(DESK, &fields).await;
    assert_eq!(
        (entered.status, entered.header("location")),
        (303, Some(DESK))
    );
    let ana = Staff::with_session(&server, &session(&entered));
    let desk = ana.get(DESK).await;
    assert!(desk.text().contains("Ana"), "{}", desk.text());
    assert!(!desk.text().contains("name=\"password\""));
}

/// S8, and bad input: what is wrong stands beside the fields, and what was typed is kept, but no password.
#[tokio::test]
async fn whoever_is_not_let_in_is_told_why_and_keeps_what_they_typed() {
    let server = Server::start(Setup::default()).await;
    let nobody = Staff::nobody(&server);
    let refused = async |password: &str, status, words: &str| {
        let fields = [("email", ANA), ("password", password)];
        let answer = nobody.post(DESK, &fields).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("set-cookie"), None);
        let page = answer.text();
        assert!(is_whole(&answer) && page.contains(words), "{page}");
        assert!(page.contains(&format!("value=\"{ANA}\"")), "{page}");
        assert!(page.contains(r#"aria-invalid="true""#), "{page}");
        assert!(password.is_empty() || !page.contains(password), "{page}");
    };
    refused("", 422, "Fill in your email and your password.").await;
    for _ in 0..10 {
        refused("a wrong guess", 401, "Email or password is not right.").await;
    }
    refused(PASSWORD, 429, "Too many tries. Try again in 1").await;
}

#[tokio::test]
async fn somebody_is_taken_before_the_page_runs() {
    let server = Server::start(Setup::default()).await;
    let ana = Staff::of(&server, "Ana").await;
    let (mut visitor, id) = waits(&server, "Where is my <b>lamp</b>?").await;
    let desk = ana.get(DESK).await;
    assert_eq!(desk.header("cache-control"), Some("no-store"));
    // S1: what a visitor writes is text.
    let preview = "Where is my &lt;b&gt;lamp&lt;/b&gt;?";
    assert!(desk.text().contains(preview), "{}", desk.text());
    let button = format!("name=\"take\" value=\"{id}\"");
    assert!(desk.text().contains(&button), "{}", desk.text());

    // Off duty nobody is taken by accident, and it is said why.
    let early = take(&ana, id).await;
    assert_eq!(early.status, 409);
    let why = "Go on duty before you take a conversation.";
    assert!(is_whole(&early) && early.text().contains(why));

    let duty = ana.post(DESK, &[("duty", "on")]).await;
    assert_eq!((duty.status, duty.header("location")), (303, Some(DESK)));
    let taken = take(&ana, id).await;
    let leads_to = format!("/agent#case={id}");
    assert_eq!(
        (taken.status, taken.header("location")),
        (303, Some(&*leads_to))
    );
    visitor
        .until_event("that somebody answers", |kind| {
            matches!(kind, EventKind::Taken { .. })
        })
        .await;
    let again = Staff::of(&server, "Ben").await;
    again.post(DESK, &[("duty", "on")]).await;
    assert_eq!(take(&again, id).await.status, 409, "one of two wins");
}

/// L5: a lead takes from here, too, who wants a supervisor, whoever has them.
#[tokio::test]
async fn a_lead_takes_somebody_from_a_colleague_before_the_page_runs() {
    let server = Server::start(Setup::default()).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let (mut visitor, id) = waits(&server, "Hello").await;
    ana.take(id).await;
    let cleo = Staff::with_role(&server, "Cleo", Role::Lead).await;
    cleo.post(DESK, &[("duty", "on")]).await;
    assert_eq!(
        take(&cleo, id).await.status,
        409,
        "nobody has asked for one"
    );
    visitor.supervisor().await;
    assert!(cleo.get(DESK).await.text().contains("Supervisor asked"));
    assert_eq!(take(&cleo, id).await.status, 303);
    let by_cleo =
        |kind: &EventKind| matches!(kind, EventKind::Taken { agent, .. } if agent == "Cleo");
    visitor.until_event("the supervisor", by_cleo).await;
}

/// A script that stays on the page is told the same in JSON.
#[tokio::test]
async fn a_script_that_asks_for_json_gets_it() {
    let server = Server::start(Setup::default()).await;
    let ana = Staff::of(&server, "Ana").await;
    let (_visitor, id) = waits(&server, "Hello").await;
    let origin = format!("http://{}", server.address);
    let says = [("origin", origin.as_str()), JSON];
    let press = async |field| ana.post_from(DESK, &[field], &says).await;
    let wanted = id.to_string();
    let early = press(("take", &*wanted)).await;
    let why = "Go on duty before you take a conversation.";
    assert_eq!((early.status, &early.json()["detail"]), (409, &why.into()));
    assert_eq!(press(("duty", "on")).await.status, 204);
    assert_eq!(press(("take", &*wanted)).await.status, 204);
    let nobody = Staff::nobody(&server);
    let answer = nobody.post_from(DESK, &[("duty", "on")], &says).await;
    assert_eq!(answer.status, 401);
}

/// S3, S4: another site's conversation is like none; another page's form, and one with other fields, are not ours.
#[tokio::test]
async fn what_somebody_may_not_do_is_not_done_from_here_either() {
    let server = Server::start(Setup::default()).await;
    let (_visitor, id) = waits(&server, "Hello").await;
    let rita = Staff::of(&server, "Rita").await;
    assert_eq!(rita.post(DESK, &[("duty", "on")]).await.status, 303);
    let of_another_site = take(&rita, id).await;
    let of_nobody = take(&rita, ConversationId(7)).await;
    assert_eq!((of_another_site.status, of_nobody.status), (404, 404));
    assert_eq!(of_another_site.text(), of_nobody.text());
    assert!(!rita.get(DESK).await.text().contains(&id.to_string()));

    let ana = Staff::of(&server, "Ana").await;
    let foreign = [("origin", "https://shop.example")];
    let answer = ana.post_from(DESK, &[("duty", "on")], &foreign).await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (403, &"foreign_origin".into())
    );
    let nowhere = ana.post_from(DESK, &[("duty", "on")], &[]).await;
    assert_eq!(nowhere.status, 403);
    for fields in [
        &[("take", "7; drop"), ("duty", "x"), ("site", "2")][..],
        &[("take", "x")],
        &[("role", "admin")],
        &[],
    ] {
        assert_eq!(ana.post(DESK, fields).await.status, 400, "{fields:?}");
    }
    assert!(ana.get(DESK).await.text().contains("You are off duty."));
    let nobody = Staff::nobody(&server);
    let led = take(&nobody, id).await;
    assert_eq!((led.status, led.header("location")), (303, Some(DESK)));
}

/// G4: whoever goes on duty and never comes has vanished like everybody else.
#[tokio::test]
async fn whoever_takes_somebody_and_never_comes_costs_nobody_their_place() {
    let server = Server::start(Setup {
        lease: Duration::from_millis(100),
        ..Setup::default()
    })
    .await;
    let ana = Staff::of(&server, "Ana").await;
    let (mut visitor, id) = waits(&server, "Hello").await;
    // Where the machine is slow, being on duty may be over before the next press.
    while take(&ana, id).await.status != 303 {
        ana.post(DESK, &[("duty", "on")]).await;
    }
    visitor
        .until_event("that nobody came", |kind| {
            matches!(kind, EventKind::Returned { .. })
        })
        .await;
    let nobody_there = |answering: &Answering| {
        matches!(
            answering,
            Answering::Queue {
                on_duty: 0,
                position: 1
            }
        )
    };
    visitor.until_answering("the queue", nobody_there).await;
}

/// P8: what the worker keeps has nothing of anybody in it, whoever is signed in.
#[tokio::test]
async fn the_shell_is_the_same_for_everybody() {
    let server = Server::start(Setup::default()).await;
    let ana = Staff::of(&server, "Ana").await;
    let (_visitor, id) = waits(&server, "My secret").await;
    let hers = ana.get("/agent?shell").await;
    let anybodys = Staff::nobody(&server).get("/agent?shell").await;
    assert!(is_whole(&hers));
    assert_eq!(hers.text(), anybodys.text());
    for hers in ["Ana", "My secret", &id.to_string()] {
        assert!(!anybodys.text().contains(hers), "{hers}");
    }
}
