//! Lists of conversations: whose they are (S3), what narrows them, how they come in pages; and the views that agents keep.

use desk::{Conversation, Holder};
use human_please::secret::random_id;
use human_please::store::{NewAgent, Query, Reader, Store, Wanted};
use protocol::{
    AgentId, Filter, Language, Role, SavedView, Seq, Standing, TeamId, Timestamp, TopicId,
};

use super::super::site;
use super::{asked, found, held, keep, page, says, taken_by};

/// The matrix: who looks, and how the conversation stands.
pub async fn is_least_rights(store: &dyn Store) {
    let (ours, theirs) = (
        site(store, "rights").await,
        site(store, "rights-rival").await,
    );
    let (ana, ben) = (AgentId(random_id()), AgentId(random_id()));
    let mut kept = vec![];
    for (had, holder) in [
        (None, Holder::Bot),
        (None, Holder::Queue),
        (None, Holder::Nobody),
        (Some(ana), Holder::Agent(ana)),
        (Some(ana), Holder::Nobody),
        (Some(ana), Holder::Queue),
        (Some(ana), Holder::Bot),
        (Some(ana), Holder::Agent(ben)),
    ] {
        let mut entries = vec![says("canary")];
        entries.extend(had.map(taken_by));
        let id = keep(store, ours, 1, &entries, held(holder)).await;
        kept.push((id, had, holder));
    }
    for words in ["", "canary"] {
        for reader in [ana, ben] {
            let found = found(store, ours, Reader::Agent(reader), &asked(words)).await;
            for (id, had, holder) in &kept {
                let may_read = match holder {
                    Holder::Queue => true,
                    Holder::Agent(holder) => *holder == reader,
                    Holder::Nobody => *had == Some(reader),
                    Holder::Bot => false,
                };
                assert_eq!(found.contains(id), may_read, "{words} {had:?} {holder:?}");
                assert_eq!(
                    store.search().had(ours, reader, *id).await.unwrap(),
                    *had == Some(reader)
                );
                assert!(!store.search().had(theirs, reader, *id).await.unwrap());
            }
        }
        assert_eq!(
            found(store, ours, Reader::Lead, &asked(words)).await.len(),
            kept.len()
        );
        for reader in [Reader::Lead, Reader::Agent(ana), Reader::Agent(ben)] {
            assert_eq!(found(store, theirs, reader, &asked(words)).await, []);
        }
    }
}

pub async fn is_narrowed(store: &dyn Store) {
    let site = site(store, "narrow").await;
    let ana = AgentId(random_id());
    let arranged = |standing: Conversation| Conversation {
        vulnerable: Some(Seq(1)),
        arranged: desk::Arranged {
            team: Some(TeamId(2)),
            topic: Some(TopicId(3)),
            language: Language::of("es"),
            ..Default::default()
        },
        ..standing
    };
    let wants_supervisor = Conversation {
        supervisor: Some(desk::SupervisorRequest {
            asked_at: Timestamp(1),
            due: None,
        }),
        ..held(Holder::Nobody)
    };
    let hello = || [says("Hello")];
    let bot = keep(store, site, 10, &hello(), held(Holder::Bot)).await;
    let queue = keep(store, site, 20, &hello(), arranged(held(Holder::Queue))).await;
    let solved = keep(
        store,
        site,
        30,
        &[says("Hello"), taken_by(ana)],
        held(Holder::Nobody),
    )
    .await;
    let wish = keep(store, site, 40, &hello(), wants_supervisor).await;
    let with = |change: fn(&mut Query)| {
        let mut query = asked("");
        change(&mut query);
        query
    };
    let hers = Query {
        agent: Some(ana),
        ..asked("")
    };
    for (query, expected) in [
        (asked(""), vec![wish, solved, queue, bot]),
        (with(|it| it.state = Standing::Open), vec![wish, queue]),
        (with(|it| it.state = Standing::Resolved), vec![solved]),
        (with(|it| it.topic = Some(TopicId(3))), vec![queue]),
        (with(|it| it.topic = Some(TopicId(4))), vec![]),
        (with(|it| it.team = Some(TeamId(2))), vec![queue]),
        (with(|it| it.language = Language::of("es")), vec![queue]),
        (with(|it| it.vulnerable = true), vec![queue]),
        (with(|it| it.from = Some(Timestamp(30))), vec![wish, solved]),
        (with(|it| it.to = Some(Timestamp(30))), vec![queue, bot]),
        (hers, vec![solved]),
    ] {
        assert_eq!(
            found(store, site, Reader::Lead, &query).await,
            expected,
            "{query:?}"
        );
        let words = Query {
            wanted: Wanted::parse("hello").unwrap(),
            ..query
        };
        assert_eq!(
            found(store, site, Reader::Lead, &words).await,
            expected,
            "{words:?}"
        );
    }
}

/// Each is told once, whatever comes meanwhile, and nothing that was there is left out.
pub async fn comes_in_pages(store: &dyn Store) {
    let site = site(store, "paged").await;
    let mut all = vec![];
    for number in 0..25 {
        let entries = [
            says("A lamp"),
            says(&format!("Number {number}")),
            says("The lamp again"),
        ];
        all.insert(
            0,
            keep(store, site, number, &entries, held(Holder::Nobody)).await,
        );
    }
    for words in ["", "lamp"] {
        let mut query = Query {
            count: 10,
            ..asked(words)
        };
        let mut told = vec![];
        let mut came = vec![];
        loop {
            let page = page(store, site, Reader::Lead, &query).await;
            told.extend(page.hits.into_iter().map(|hit| hit.conversation));
            query.after = page.after;
            if page.after.is_none() {
                break;
            }
            // Something happens between two pages: in a new conversation, and in one that comes later.
            came.push(
                keep(
                    store,
                    site,
                    99,
                    &[says("One more lamp")],
                    held(Holder::Nobody),
                )
                .await,
            );
        }
        assert_eq!(told, all, "{words}");
        came.reverse();
        all = [came, all].concat();
    }
}

pub async fn views_are_their_agents(store: &dyn Store) {
    let site = site(store, "views").await;
    let agent = |email: &str| NewAgent {
        id: AgentId(random_id()),
        site,
        email: email.into(),
        name: "Vera".into(),
        password: String::new(),
        role: Role::Agent,
        most: 4,
    };
    let (vera, otto) = (agent("vera@views.example"), agent("otto@views.example"));
    for agent in [&vera, &otto] {
        store.put_agent(agent).await.unwrap();
    }
    let view = |name: &str, q: &str| SavedView {
        name: name.into(),
        filter: Filter {
            q: q.into(),
            ..Filter::default()
        },
    };
    let search = store.search();
    assert!(
        search
            .put_view(vera.id, &view("Lamps", "lamp"), 2)
            .await
            .unwrap()
    );
    assert!(
        search
            .put_view(vera.id, &view("Chairs", "chair"), 2)
            .await
            .unwrap()
    );
    assert!(
        !search
            .put_view(vera.id, &view("Desks", "desk"), 2)
            .await
            .unwrap()
    );
    assert!(
        search
            .put_view(vera.id, &view("LAMPS", "lamps"), 2)
            .await
            .unwrap()
    );
    assert!(
        search
            .put_view(otto.id, &view("Lamps", "otto's"), 2)
            .await
            .unwrap()
    );
    let kept = search.views(vera.id).await.unwrap();
    assert_eq!(kept, [view("Chairs", "chair"), view("LAMPS", "lamps")]);
    search.end_view(vera.id, "lamps").await.unwrap();
    search.end_view(vera.id, "lamps").await.unwrap();
    assert_eq!(
        search.views(vera.id).await.unwrap(),
        [view("Chairs", "chair")]
    );
    assert_eq!(
        search.views(otto.id).await.unwrap(),
        [view("Lamps", "otto's")]
    );
    // They go with the agent, and whoever is not there keeps none.
    assert!(store.remove_agent("vera@views.example").await.unwrap());
    assert_eq!(search.views(vera.id).await.unwrap(), []);
    assert!(
        !search
            .put_view(vera.id, &view("Lamps", "lamp"), 2)
            .await
            .unwrap()
    );
}
