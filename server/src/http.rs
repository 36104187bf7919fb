//! Every URL, one file a resource.

mod account;
mod agent_app;
mod agent_page;
mod chat;
mod compress;
mod cookie;
mod docs;
mod embed;
mod form;
mod health;
mod help;
mod letter;
mod policy;
mod problem;
mod push;
mod reports;
mod search;
mod session;
mod staff;
mod statics;
mod views;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::extract::State;
use axum::http::header::{
    ACCEPT_LANGUAGE, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post, put};
use protocol::MAX_FRAME_BYTES;

use crate::app::App;
use crate::socket;

pub use cookie::{AgentCookie, VisitorCookie};
pub use reports::Reports;

/// Two years, in which a browser that has been here asks by TLS only.
const TLS_ONLY: &str = "max-age=63072000";

/// Everything this server answers to.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/chat/{key}", get(chat::show).post(chat::act))
        .route("/chat/{key}/record", post(chat::save))
        .route(
            "/continue/{key}",
            get(letter::show_continue).post(letter::follow),
        )
        .route(
            "/continue/{key}/stop",
            get(letter::show_stop).post(letter::stop),
        )
        .route("/help/{slug}", get(help::show))
        .route("/agent", get(agent_page::show).post(agent_page::act))
        .route("/agent.webmanifest", get(agent_app::manifest))
        .route("/agent-worker.js", get(agent_app::worker))
        .route("/ws/visitor", get(socket::upgrade_visitor))
        .route("/ws/agent", get(socket::upgrade_agent))
        .route("/sse/visitor", post(socket::stream_visitor))
        .route("/sse/agent", post(socket::stream_agent))
        .route("/sse/send", post(socket::send_to_stream))
        .route(
            "/api/v1/agent/session",
            post(session::sign_in)
                .get(session::who)
                .delete(session::sign_out),
        )
        .route(
            "/api/v1/agent/invitation",
            post(account::look).put(account::accept),
        )
        .route("/api/v1/agent/password", put(account::change))
        .route(
            "/api/v1/agent/push",
            get(push::key)
                .put(push::subscribe)
                .delete(push::unsubscribe),
        )
        .route("/api/v1/agent/search", post(search::find))
        .route(
            "/api/v1/agent/views",
            get(views::list).put(views::keep).delete(views::forget),
        )
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics))
        .route(
            "/csp-reports",
            post(reports::take).layer(DefaultBodyLimit::max(reports::MAX_POST_BYTES)),
        )
        .merge(embed::router())
        .merge(statics::router())
        .merge(docs::router())
        .merge(staff::router())
        .layer(DefaultBodyLimit::max(MAX_FRAME_BYTES))
        .layer(middleware::map_response_with_state(
            Arc::clone(&app),
            with_common_headers,
        ))
        .with_state(app)
}

/// The languages that a browser prefers, as it says.
pub fn accepted_languages(headers: &HeaderMap) -> Option<&str> {
    headers.get(ACCEPT_LANGUAGE)?.to_str().ok()
}

/// What every answer says: guess no types, tell no other site where somebody came from, and, where we are reached by TLS, come
/// by nothing else.
async fn with_common_headers(State(app): State<Arc<App>>, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if app.public_url.is_secure() {
        let tls_only = HeaderValue::from_static(TLS_ONLY);
        headers.insert(STRICT_TRANSPORT_SECURITY, tls_only);
    }
    response
}
