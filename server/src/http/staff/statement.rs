//! `/agent/work/statement.csv`: somebody's work as a table, for the same people as the page.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::Role;

use super::Visit;
use super::kind::answer;
use super::work::{Asked, Rows, clocks, rows, whose};
use crate::app::App;
use crate::http::policy;
use crate::page::staff::notice::Notice;
use crate::work::{Period, statement};

/// `GET`: the table.
pub async fn download(
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Agent).await?;
        let agent = whose(&visit, asked.agent.as_deref()).await?;
        let (zone, _) = clocks(&visit);
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let period = Period::between(&text(&asked.from), &text(&asked.to)).ok();
        let span = period.and_then(|period| Some((period, period.span(&zone)?)));
        let Some((period, span)) = span else {
            return Err(visit.notice(StatusCode::UNPROCESSABLE_ENTITY, Notice::Unreadable));
        };
        let now = app.service.now();
        let Rows { shifts, deeds } = rows(&visit, &agent, span, now).await?;
        let table = statement(&agent.name, &shifts, &deeds, span, now);
        let name = format!(
            "attachment; filename=\"work-{}-{}.csv\"",
            period.from, period.to
        );
        let headers = [
            (CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
            (CONTENT_DISPOSITION, &name),
            (CACHE_CONTROL, "no-store"),
        ];
        let mut response = (headers, table).into_response();
        policy::apply(&mut response, &app.public_url, policy::Kind::Staff);
        Ok(response)
    })
    .await
}
