//! What is in a new database: the sites and the people of most stories.

use std::path::Path;
use std::sync::LazyLock;

use human_please::secret;
use human_please::store::{NewAgent, NewSite, SiteId, SqliteStore, Store};
use protocol::{AgentId, Role};

use crate::server::{AGENTS, LEAD, PASSWORD, RIVAL, SHOP};

/// Hashing is slow on purpose; once is enough for all stories.
static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| secret::hash_password(PASSWORD));

/// Puts sites and agents into a database file.
///
/// # Panics
///
/// If it cannot be opened.
pub async fn furnish_file(database: &Path) {
    let store = SqliteStore::open(database)
        .await
        .expect("the database opens");
    furnish(&store, false, vec![]).await;
    store.close().await;
}

/// Opens the sites and employs the agents, where they are not there yet. Gives the shop.
///
/// # Panics
///
/// If the store fails.
pub async fn furnish(store: &dyn Store, has_bot: bool, origins: Vec<String>) -> SiteId {
    let site = |key: &str, bot, origins| NewSite {
        key: key.into(),
        name: format!("The {key}"),
        origins,
        bot,
        contact: format!("hello@{key}.example"),
        hours: None,
    };
    let shop = store
        .put_site(&site(SHOP, has_bot, origins))
        .await
        .expect("the store takes a site");
    let rival = store
        .put_site(&site(RIVAL, false, vec![]))
        .await
        .expect("the store takes a site");
    for (email, name, key) in AGENTS {
        if store
            .agent_by_email(email)
            .await
            .expect("the store answers")
            .is_some()
        {
            continue;
        }
        let agent = NewAgent {
            id: AgentId(secret::random_id()),
            site: if key == SHOP { shop } else { rival },
            email: email.into(),
            name: name.into(),
            password: PASSWORD_HASH.clone(),
            role: if name == LEAD {
                Role::Lead
            } else {
                Role::Agent
            },
            // Stories are about other things than how much one person takes.
            most: u32::MAX,
        };
        store
            .put_agent(&agent)
            .await
            .expect("the store takes an agent");
    }
    shop
}
