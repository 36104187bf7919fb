//! The pages on which leads and admins see to their team: what they add, change and remove, who may, and what is kept of it.

mod changes;
mod forms;
mod passwords;
mod people;
mod rights;

use human_please::store::{
    Audited, CannedReply, StaffChange, StoredAgent, Team, TeamPlan, Topic, TopicPlan,
};
use human_please_tests::server::Server;
use human_please_tests::staff::who;
use protocol::{AgentId, TeamId, TopicId};

/// Where everything is.
const TEAM: &str = "/agent/team";
const TEAMS: &str = "/agent/team/teams";
const TOPICS: &str = "/agent/team/topics";
const REPLIES: &str = "/agent/team/replies";

/// What would be seen if it were taken for markup.
const HOSTILE: &str = "<img src=x onerror=alert(1)>\"'&";

fn person(id: AgentId) -> String {
    format!("{TEAM}/people/{id}")
}

/// What was changed of an agent's site, the newest first.
async fn audit(server: &Server, of: &str) -> Vec<Audited> {
    let (_, site) = who(server, of).await;
    let asked =
        server.look(move |store| async move { store.staff().audit(site, None, 1_000).await });
    asked.await.unwrap()
}

/// What an agent's site has set up.
async fn set_up(server: &Server, of: &str) -> SetUp {
    let (_, site) = who(server, of).await;
    let asked = server.look(move |store| async move {
        SetUp {
            people: store.agents(site).await.unwrap(),
            teams: store.staff().teams(site).await.unwrap(),
            topics: store.staff().topics(site).await.unwrap(),
            replies: store.staff().canned_replies(site).await.unwrap(),
        }
    });
    asked.await
}

/// All of it, to be compared.
async fn all(server: &Server, of: &str) -> String {
    format!("{:?}", set_up(server, of).await)
}

/// What a site has set up.
#[derive(Debug)]
struct SetUp {
    people: Vec<StoredAgent>,
    teams: Vec<Team>,
    topics: Vec<Topic>,
    replies: Vec<CannedReply>,
}

/// Gives an agent's site a team, a topic and a prepared reply, and their numbers.
async fn furnish(server: &Server, of: &str) -> (TeamId, TopicId, i64) {
    let (_, site) = who(server, of).await;
    let store = server.service.store();
    let staff = store.staff();
    let by = human_please::store::By {
        name: "a story",
        at: server.service.now(),
    };
    let plan = TeamPlan {
        name: "Billing".into(),
        members: vec![],
    };
    let topic = TopicPlan {
        name: "Refunds".into(),
        words: vec!["refund".into()],
        team: None,
    };
    let reply = human_please::store::NewCannedReply {
        shortcut: "hello".into(),
        language: None,
        text: "Hello {name}".into(),
    };
    for change in [
        StaffChange::Team(None, plan),
        StaffChange::Topic(None, topic),
        StaffChange::Canned(None, reply),
    ] {
        staff.change(site, &change, by).await.unwrap().unwrap();
    }
    let set_up = set_up(server, of).await;
    (
        set_up.teams[0].id,
        set_up.topics[0].id,
        set_up.replies[0].id,
    )
}
