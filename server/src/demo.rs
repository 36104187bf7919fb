//! The demo: a shop with help articles and two people who answer, whose passwords nobody else has.

use std::net::SocketAddr;
use std::path::Path;

use protocol::{AgentId, Role, USUAL_LOAD};

use crate::app::Failure;
use crate::assets;
use crate::secret;
use crate::store::{NewAgent, NewSite, SiteId, Store, StoredArticle};

/// The demo site's key.
pub const KEY: &str = "demo";

/// Email address, name, and what they may do.
const AGENTS: [(&str, &str, Role); 2] = [
    ("ana@demo.example", "Ana", Role::Agent),
    ("ben@demo.example", "Ben", Role::Admin),
];

/// Makes the demo in a new database, and prints where it is and how to sign in.
///
/// # Errors
///
/// [`Failure`] if the store fails.
pub async fn seed(store: &dyn Store, database: &Path, address: SocketAddr) -> Result<(), Failure> {
    println!("demo shop   http://{address}/demo");
    println!("agent page  http://{address}/agent");
    if store
        .sites()
        .await?
        .iter()
        .any(|site| site.settings.key == KEY)
    {
        println!(
            "the demo's agents are {} and {}; their passwords were printed when {} was new. To choose new ones:\n  \
             human-please agent add {} --name {} --site {KEY} --database sqlite:{}",
            AGENTS[0].0,
            AGENTS[1].0,
            database.display(),
            AGENTS[0].0,
            AGENTS[0].1,
            database.display(),
        );
        return Ok(());
    }
    let site = store
        .put_site(&NewSite {
            key: KEY.into(),
            name: "Lumen & Oak".into(),
            origins: vec![],
            bot: true,
            contact: "hello@lumen-and-oak.example".into(),
            hours: None,
        })
        .await?;
    let articles: Vec<StoredArticle> = assets::demo_articles()
        .into_iter()
        .map(|(slug, markdown)| StoredArticle { slug, markdown })
        .collect();
    store.put_articles(site, &articles).await?;
    for (email, name, role) in AGENTS {
        let password = employ(store, site, email, name, role).await?;
        println!("demo agent {email} {password}");
    }
    Ok(())
}

/// Adds an agent with a new password, which is given back and kept as a hash only.
async fn employ(
    store: &dyn Store,
    site: SiteId,
    email: &str,
    name: &str,
    role: Role,
) -> Result<String, Failure> {
    let password = secret::new_password();
    let agent = NewAgent {
        id: AgentId(secret::random_id()),
        site,
        email: email.into(),
        name: name.into(),
        role,
        most: USUAL_LOAD,
        password: tokio::task::spawn_blocking({
            let password = password.clone();
            move || secret::hash_password(&password)
        })
        .await?,
    };
    store.put_agent(&agent).await?;
    Ok(password)
}
