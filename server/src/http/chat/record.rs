//! `POST /chat/KEY/record`: the visitor's record of their conversation, as a file.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, RawQuery, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, TryStreamExt, stream};
use protocol::{ConversationId, Seq};

use super::{Reaction, Visit, receive};
use crate::app::App;
use crate::page::{Keeping, Record, RecordForm};
use crate::service::Service;
use crate::store::{Page, StoreError};
use crate::visitor::{Claim, Conversation};

/// Sends the record, if the visitor has a conversation; the page, if not.
pub async fn save(
    State(app): State<Arc<App>>,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Response {
    let (visit, post, cookie, _) = match receive(&app, &key, query.as_deref(), request).await {
        Ok(received) => received,
        Err(answer) => return answer,
    };
    let visitor = visit
        .visitor(Claim {
            token: post.token,
            cookie,
            fresh: None,
        })
        .await;
    let Conversation::Begun(id) = visitor.conversation else {
        return visit
            .page(visitor, Keeping::NotKnown, Reaction::default())
            .await;
    };
    let form = post.form.unwrap_or(RecordForm::Html);
    match record(&visit, id, form).await {
        Ok(body) => {
            let attachment = format!("attachment; filename=\"{}\"", form.file_name());
            let headers = [
                (CONTENT_TYPE, form.media_type()),
                (CONTENT_DISPOSITION, &attachment),
                (CACHE_CONTROL, "no-store"),
            ];
            (headers, body).into_response()
        }
        Err(error) => {
            app.service.store_failed(&error);
            visit
                .page(visitor, Keeping::NotKnown, Reaction::default())
                .await
        }
    }
}

/// The record, page by page: a log has no bound, and the memory of a connection has.
async fn record(
    visit: &Visit<'_>,
    id: ConversationId,
    form: RecordForm,
) -> Result<Body, StoreError> {
    let service = Arc::clone(&visit.app.service);
    let site = visit.face.clone();
    let stored = service.store().conversation(visit.site.id, id).await?;
    let standing = stored.map(|stored| stored.standing);
    let last = standing
        .as_ref()
        .map_or(Seq(0), |standing| standing.last_seq);
    let language = visit.language.clone();
    let begin = form.begin(&Record {
        site: &site,
        language: &language,
        receipt: standing
            .and_then(|standing| standing.request)
            .map(|request| request.receipt),
        now: service.now(),
    });
    let ends = ends(&service, id, last).await?;
    let events = stream::iter(ends).then(move |before| {
        let (service, site, language) = (Arc::clone(&service), site.clone(), language.clone());
        async move {
            let history = service.store().history(id, Page::Before(before)).await?;
            Ok::<_, StoreError>(
                history
                    .events
                    .iter()
                    .map(|event| form.event(&language, &site, event, event.seq == Seq(1)))
                    .collect::<String>(),
            )
        }
    });
    let whole = stream::once(async { Ok(begin) })
        .chain(events)
        .chain(stream::once(async move { Ok(form.end().to_owned()) }));
    Ok(Body::from_stream(whole.inspect_err(
        |error| tracing::error!(%error, "a record broke off"),
    )))
}

/// The events that the pages of a log end before, the oldest first. A log only grows at its end, so each of these gives
/// the same page whenever it is read.
async fn ends(service: &Service, id: ConversationId, last: Seq) -> Result<Vec<Seq>, StoreError> {
    let mut ends = vec![last.next()];
    let mut before = last.next();
    loop {
        let history = service.store().history(id, Page::Before(before)).await?;
        match history.events.first() {
            Some(first) if history.earlier => before = first.seq,
            _ => break,
        }
        ends.push(before);
    }
    ends.reverse();
    Ok(ends)
}
