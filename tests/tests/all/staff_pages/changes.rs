//! The list of changes: who did what, when, and how it was before and after.

use human_please::store::StaffChange;
use human_please_tests::server::{Server, Setup};
use human_please_tests::staff::{Staff, who};

#[tokio::test]
async fn changes_are_listed_by_fifty_with_who_what_when_before_and_after() {
    let server = Server::start(Setup::default()).await;
    let lead = Staff::of(&server, "Ben").await;
    let (cleo, site) = who(&server, "Cleo").await;
    let path = format!("/agent/team/people/{cleo}");
    for round in 0..101 {
        let languages = if round % 2 == 0 { "es" } else { "ca" };
        let saved = lead.post(&path, &[("languages", languages)]).await;
        assert_eq!(saved.status, 303);
    }
    // What changes nothing is no change.
    assert_eq!(lead.post(&path, &[("languages", "es")]).await.status, 303);
    let mut path = "/agent/team/changes".to_owned();
    let mut counts = vec![];
    loop {
        let page = lead.get(&path).await;
        counts.push(page.text().matches("<time ").count());
        let next = page.text().split_once("rel=\"next\" href=\"");
        let Some((_, rest)) = next else {
            break;
        };
        path = rest.split('"').next().unwrap().to_owned();
    }
    assert_eq!(counts, [50, 50, 1]);
    let first = lead.get("/agent/team/changes").await;
    for part in [
        "Abilities",
        "cleo@shop.example",
        "languages: ca; topics: any; teams: none",
        "languages: es; topics: any; teams: none",
        "<bdi>Ben</bdi>",
    ] {
        assert!(first.text().contains(part), "{part}");
    }
    // Another site's are none of theirs.
    let rita = Staff::with_role(&server, "Rita", protocol::Role::Lead).await;
    let theirs = rita.get("/agent/team/changes").await;
    assert!(!theirs.text().contains("cleo@"), "{}", theirs.text());
    let change = StaffChange::Remove(cleo);
    let by = human_please::store::By {
        name: "command line",
        at: server.service.now(),
    };
    let staff = server.service.store().staff();
    staff.change(site, &change, by).await.unwrap().unwrap();
    let first = lead.get("/agent/team/changes").await;
    assert!(first.text().contains("command line"));
}
