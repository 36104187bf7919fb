//! Whether the server lives, whether it can work, and how it does.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::telemetry;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The store answers, and the server is not stopping.
pub async fn ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    if app.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n");
    }
    match app.service.store().check().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            app.service.store_failed(&error);
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the store does not answer\n",
            )
        }
    }
}

/// Counts and times, for Prometheus.
pub async fn metrics() -> String {
    telemetry::metrics()
}
