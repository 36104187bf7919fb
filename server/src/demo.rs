//! The demo: a shop with help articles and two people who answer, whose passwords nobody else has.

use std::net::SocketAddr;
use std::path::Path;

use protocol::{AgentId, Role, USUAL_LOAD};

use crate::app::Failure;
use crate::assets;
use crate::secret;
use crate::service::system_clock;
use crate::store::{
    By, NewAgent, NewCannedReply, NewSite, SiteId, StaffChange, Store, StoredArticle,
};

/// The demo site's key.
pub const KEY: &str = "demo";

/// Email address, name, and what they may do.
const AGENTS: [(&str, &str, Role); 2] = [
    ("ana@demo.example", "Ana", Role::Agent),
    ("ben@demo.example", "Ben", Role::Admin),
];

/// Prepared replies: shortcut and text.
const REPLIES: [(&str, &str); 5] = [
    (
        "hello",
        "Hello {name}, I am {agent} from {shop}. I have read what you wrote; give me a moment to look it up.",
    ),
    ("order", "I have your order {order} in front of me."),
    (
        "number",
        "Your request has the number {number}, should you want to come back to it.",
    ),
    (
        "sorry",
        "I am sorry about that. It should not have happened, and I will put it right.",
    ),
    (
        "bye",
        "Thank you, {name}. Write again at any time, and it comes back to me.",
    ),
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
    for (shortcut, text) in REPLIES {
        let reply = StaffChange::Canned(
            None,
            NewCannedReply {
                shortcut: shortcut.into(),
                language: protocol::Language::of("en"),
                text: text.into(),
            },
        );
        let by = By {
            name: "The demo",
            at: system_clock()(),
        };
        // The database is new: no shortcut is taken.
        let _made = store.staff().change(site, &reply, by).await?;
    }
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
