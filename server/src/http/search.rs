//! `/api/v1/agent/search`: conversations found again.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::HeaderMap;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use desk::Holder;
use protocol::{
    AgentId, CaseHolder, Filter, Found, FoundCase, MAX_FOUND, Search, Snippet, USUAL_FOUND,
};

use super::problem::{bad_field, malformed, unavailable};
use super::session::signed_in_here;
use crate::app::App;
use crate::store::{BadWanted, FoundPage, Hit, Place, Query, Reader, StoredAgent, Wanted, snippet};

/// `POST`: a page of what is looked for, which is in the body because URLs are logged.
pub async fn find(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    search: Result<Json<Search>, JsonRejection>,
) -> Response {
    let agent = match signed_in_here(&app, &headers).await {
        Ok(agent) => agent,
        Err(refused) => return refused,
    };
    let Ok(Json(search)) = search else {
        let detail = "Send {\"filter\": {…}, \"after\": …, \"count\": …} as application/json, each with what the protocol lists.";
        return malformed(detail);
    };
    let query = match query_of(search, &agent) {
        Ok(query) => query,
        Err(wrong) => return wrong.answer(),
    };
    let reader = if agent.role.is_lead() {
        Reader::Lead
    } else {
        Reader::Agent(agent.id)
    };
    let store = app.service.store();
    let found = async {
        let page = store.search().find(agent.site, reader, &query).await?;
        let people = store.agents(agent.site).await?;
        let names = people.into_iter().map(|it| (it.id, it.name)).collect();
        Ok(told(page, &query.wanted, agent.id, &names))
    };
    match found.await {
        Ok(found) => ([(CACHE_CONTROL, "no-store")], Json(found)).into_response(),
        Err(error) => unavailable(&app, &error),
    }
}

/// A field that is wrong, and how.
pub struct Wrong {
    field: &'static str,
    code: &'static str,
    detail: &'static str,
}

impl Wrong {
    /// A field with what is told of it: a code, and what to do instead.
    pub fn new(field: &'static str, code: &'static str, detail: &'static str) -> Self {
        Self {
            field,
            code,
            detail,
        }
    }

    /// The answer that says so.
    pub fn answer(self) -> Response {
        bad_field(self.field, self.code, self.detail)
    }
}

/// What somebody looks for, if they may and it is something.
fn query_of(search: Search, agent: &StoredAgent) -> Result<Query, Wrong> {
    let wanted = checked(&search.filter, agent)?;
    let count = search.count.unwrap_or(USUAL_FOUND);
    if !(1..=MAX_FOUND).contains(&count) {
        let detail = "Ask for 1 to 100 conversations at once.";
        return Err(Wrong::new("count", "out_of_range", detail));
    }
    let after = search.after.as_deref().map(Place::parse);
    if after == Some(None) {
        let detail = "That is no place in a list. Ask for the first page again, without it.";
        return Err(Wrong::new("after", "no_such_place", detail));
    }
    let filter = search.filter;
    Ok(Query {
        wanted,
        state: filter.state,
        topic: filter.topic,
        language: filter.language,
        team: filter.team,
        agent: filter.agent,
        vulnerable: filter.vulnerable,
        from: filter.from,
        to: filter.to,
        after: after.flatten(),
        count: count as usize,
    })
}

/// The words of a filter that somebody may use.
///
/// # Errors
///
/// The field that is wrong.
pub fn checked(filter: &Filter, agent: &StoredAgent) -> Result<Wanted, Wrong> {
    let wanted = Wanted::parse(&filter.q).map_err(|bad| match bad {
        BadWanted::TooLong => Wrong::new(
            "q",
            "too_long",
            "Look for at most 200 characters: a few words are enough.",
        ),
        BadWanted::TooMany => Wrong::new(
            "q",
            "too_many_words",
            "Look for at most 20 words, or put quotation marks around those that follow each other.",
        ),
        BadWanted::NoWords => Wrong::new(
            "q",
            "no_words",
            "There is no letter or digit to look for. Type a word, or leave it empty for all.",
        ),
    })?;
    if !agent.role.is_lead() && filter.agent.is_some_and(|other| other != agent.id) {
        let detail =
            "Only a lead may ask for what others have had. Name yourself, or leave it out.";
        return Err(Wrong::new("agent", "not_allowed", detail));
    }
    if let (Some(from), Some(to)) = (filter.from, filter.to)
        && from >= to
    {
        let detail = "The end is not after the beginning. Choose a later one.";
        return Err(Wrong::new("to", "out_of_range", detail));
    }
    Ok(wanted)
}

fn told(
    page: FoundPage,
    wanted: &Wanted,
    agent: AgentId,
    names: &HashMap<AgentId, String>,
) -> Found {
    let case = |hit| case_of(hit, wanted, agent, names);
    Found {
        conversations: page.hits.into_iter().map(case).collect(),
        after: page.after.map(Place::written),
        behind: page.behind,
    }
}

fn case_of(
    hit: Hit,
    wanted: &Wanted,
    agent: AgentId,
    names: &HashMap<AgentId, String>,
) -> FoundCase {
    let standing = hit.stored.standing;
    let particulars = hit.stored.particulars;
    let snippet = hit.said.map(|said| {
        let places = wanted.places_in(&said.text).unwrap_or_default();
        let (text, matches) = snippet(&said.text, &places);
        Snippet {
            seq: said.seq,
            at: said.at,
            author: said.author,
            text,
            matches,
        }
    });
    FoundCase {
        conversation: hit.conversation,
        holder: match standing.holder {
            Holder::Bot => CaseHolder::Bot {},
            Holder::Queue => CaseHolder::Queue {},
            Holder::Agent(holder) if holder == agent => CaseHolder::Me {},
            Holder::Agent(holder) => CaseHolder::Other {
                name: names.get(&holder).cloned().unwrap_or_default(),
            },
            Holder::Nobody => CaseHolder::Nobody {},
        },
        last: standing
            .last_human
            .and_then(|last| names.get(&last))
            .cloned(),
        receipt: hit.receipt,
        name: hit.name,
        contact: particulars.contact,
        topic: standing.arranged.topic,
        language: standing.arranged.language,
        team: standing.arranged.team,
        vulnerable: standing.vulnerable.is_some(),
        at: hit.at,
        preview: particulars.preview,
        snippet,
    }
}
