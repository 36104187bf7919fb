//! Somebody's browser on the pages of staff: it keeps a session, and posts forms as our own pages do.

use std::net::SocketAddr;

use human_please::store::{By, SiteId, StaffChange};
use hyper::Method;
use protocol::{AgentId, Role};

use crate::http::{self, Answer};
use crate::server::{AGENTS, Server};

/// A browser in which somebody is signed in, or nobody.
#[derive(Debug, Clone)]
pub struct Staff {
    address: SocketAddr,
    cookie: String,
}

impl Staff {
    /// The agent of that name, signed in.
    pub async fn of(server: &Server, name: &str) -> Self {
        Self::with_session(server, &server.session(name).await)
    }

    /// The same, with another role from now on.
    ///
    /// # Panics
    ///
    /// If the role cannot be given.
    pub async fn with_role(server: &Server, name: &str, role: Role) -> Self {
        let (id, site) = who(server, name).await;
        let by = By {
            name: "a story",
            at: server.service.now(),
        };
        let change = StaffChange::Role(id, role);
        let staff = server.service.store().staff();
        let made = staff.change(site, &change, by).await;
        made.expect("the store answers").expect("it can be given");
        server.service.reload_staff(site).await;
        Self::of(server, name).await
    }

    /// Whoever has a session.
    #[must_use]
    pub fn with_session(server: &Server, session: &str) -> Self {
        Self {
            address: server.address,
            cookie: format!("human-please-agent={session}"),
        }
    }

    /// Nobody.
    #[must_use]
    pub fn nobody(server: &Server) -> Self {
        Self {
            address: server.address,
            cookie: String::new(),
        }
    }

    /// Gets a page.
    pub async fn get(&self, path: &str) -> Answer {
        let headers = [("cookie", self.cookie.as_str())];
        http::request(self.address, Method::GET, path, &headers, "").await
    }

    /// Posts a form, as our own page does.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let origin = format!("http://{}", self.address);
        self.post_from(path, fields, &[("origin", &origin)]).await
    }

    /// Posts a form with what a browser says of the page that it is on.
    pub async fn post_from(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        says: &[(&str, &str)],
    ) -> Answer {
        let body = form(fields);
        let mut headers = vec![
            ("cookie", self.cookie.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        headers.extend(says);
        http::request(self.address, Method::POST, path, &headers, &body).await
    }
}

/// Who an agent of that name is, and for which site.
///
/// # Panics
///
/// If there is none.
pub async fn who(server: &Server, name: &str) -> (AgentId, SiteId) {
    let known = AGENTS.into_iter().find(|(_, known, _)| *known == name);
    let (email, ..) = known.expect("one of AGENTS");
    let asked = server.look(move |store| async move { store.agent_by_email(email).await });
    let agent = asked.await;
    let agent = agent.expect("the store answers").expect("they work here");
    (agent.id, agent.site)
}

/// Fields as a form sends them.
fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| -> String {
        text.bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect()
    };
    let pairs = fields
        .iter()
        .map(|(name, value)| [encoded(name), encoded(value)].join("="));
    pairs.collect::<Vec<_>>().join("&")
}
