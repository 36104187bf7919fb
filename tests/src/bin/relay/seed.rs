//! A database with sites and agents who are signed in, so that the measurement need not hash passwords.

use std::path::Path;

use anyhow::Result;
use human_please::secret;
use human_please::store::{NewAgent, NewSite, SqliteStore, Store};
use protocol::{AgentId, Role, Timestamp, Token};

/// A site without agents, for connections that do nothing.
pub const KEY: &str = "idle";

/// Conversations of one site. Every agent of a site hears of its whole queue, so real sites are of this size.
const EACH_SITE: usize = 20;

/// An agent who waits for one visitor.
pub struct Seat {
    /// The visitor's site.
    pub site: String,
    /// The agent's session.
    pub session: Token,
}

/// Makes the database, with one seat for each conversation.
pub async fn seed(database: &Path, conversations: usize) -> Result<Vec<Seat>> {
    let store = SqliteStore::open(database).await?;
    let site = |key: String| NewSite {
        key,
        name: "Bench".into(),
        origins: vec![],
        bot: false,
        contact: "bench@shop.example".into(),
        hours: None,
    };
    store.put_site(&site(KEY.into())).await?;
    let mut seats = Vec::with_capacity(conversations);
    let mut site_id = None;
    for number in 0..conversations {
        let key = format!("site-{}", number / EACH_SITE);
        if number % EACH_SITE == 0 {
            site_id = Some(store.put_site(&site(key.clone())).await?);
        }
        let agent = NewAgent {
            id: AgentId(secret::random_id()),
            site: site_id.expect("the first conversation makes the first site"),
            email: format!("agent-{number}@shop.example"),
            name: format!("Agent {number}"),
            password: "signs in by session only".into(),
            role: Role::Agent,
            most: u32::MAX,
        };
        store.put_agent(&agent).await?;
        let session = secret::new_token();
        store
            .put_session(&secret::hash_token(&session), agent.id, Timestamp(i64::MAX))
            .await?;
        seats.push(Seat { site: key, session });
    }
    store.close().await;
    Ok(seats)
}
