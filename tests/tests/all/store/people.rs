//! Agents, their sessions, and a site's articles.

use human_please::secret::random_id;
use human_please::store::{NewAgent, SecretHash, Store, StoredArticle, Write};
use protocol::{AgentId, Role, Timestamp};

use super::{must, site};

pub async fn are_found_and_their_sessions_end(store: &dyn Store) {
    let site = site(store, "people").await;
    let ana = NewAgent {
        id: AgentId(random_id()),
        site,
        email: "Ana@people.example".into(),
        name: "Ana".into(),
        password: "hash one".into(),
        role: Role::Agent,
        most: 3,
    };
    store.put_agent(&ana).await.unwrap();
    let kept = store
        .agent_by_email("aNA@PEOPLE.example")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (kept.id, kept.name.as_str(), kept.on_duty),
        (ana.id, "Ana", false)
    );
    assert_eq!(store.agents(site).await.unwrap(), [kept]);
    assert_eq!(
        store.agent_by_email("nobody@people.example").await.unwrap(),
        None
    );

    let session = SecretHash([3; 32]);
    store
        .put_session(&session, ana.id, Timestamp(5_000))
        .await
        .unwrap();
    let whose = async |session, now| {
        store
            .session(&session, Timestamp(now))
            .await
            .unwrap()
            .map(|agent| agent.id)
    };
    assert_eq!(whose(session, 4_999).await, Some(ana.id));
    assert_eq!(whose(session, 5_000).await, None, "it has expired");

    for on in [true, false, true] {
        let (agent, at) = (ana.id, Timestamp(1_000));
        must(store.commit(&[Write::Duty { agent, on, at }]).await);
        assert_eq!(store.agents(site).await.unwrap()[0].on_duty, on);
    }

    // A new password for the same address keeps who they are and whether they are on duty, and ends their sessions.
    let renewed = NewAgent {
        id: AgentId(random_id()),
        password: "hash two".into(),
        name: "Ana B.".into(),
        role: Role::Lead,
        ..ana.clone()
    };
    store.put_agent(&renewed).await.unwrap();
    let kept = store.agent_by_email(&ana.email).await.unwrap().unwrap();
    assert_eq!(
        (kept.id, kept.name.as_str(), kept.password.as_str()),
        (ana.id, "Ana B.", "hash two")
    );
    assert!(kept.on_duty && kept.role == Role::Lead);
    assert_eq!(kept.most, 3);
    assert_eq!(whose(session, 1).await, None);

    let (one, other) = (SecretHash([4; 32]), SecretHash([5; 32]));
    for session in [&one, &other] {
        store
            .put_session(session, ana.id, Timestamp(5_000))
            .await
            .unwrap();
    }
    store.end_session(&one).await.unwrap();
    assert_eq!(whose(one, 0).await, None);
    assert_eq!(
        whose(other, 0).await,
        Some(ana.id),
        "one session is not another"
    );
    assert!(store.remove_agent("ANA@people.example").await.unwrap());
    assert!(!store.remove_agent("ana@people.example").await.unwrap());
    assert_eq!(whose(other, 0).await, None);
    store.check().await.unwrap();
}

pub async fn articles_are_replaced_as_a_whole(store: &dyn Store) {
    let site = site(store, "articles").await;
    let articles = |slugs: &[&str]| -> Vec<StoredArticle> {
        slugs
            .iter()
            .map(|&slug| StoredArticle {
                slug: slug.into(),
                markdown: format!("# {slug}"),
            })
            .collect()
    };
    assert_eq!(store.articles(site).await.unwrap(), []);
    store
        .put_articles(site, &articles(&["a", "b"]))
        .await
        .unwrap();
    store
        .put_articles(site, &articles(&["b", "c"]))
        .await
        .unwrap();
    assert_eq!(store.articles(site).await.unwrap(), articles(&["b", "c"]));
    let elsewhere = super::site(store, "articles-elsewhere").await;
    assert_eq!(store.articles(elsewhere).await.unwrap(), []);
}
