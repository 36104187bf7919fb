//! `/agent/work`: somebody's own work, and, for leads, the same page about somebody else of their site.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::tz::TimeZone;
use protocol::{AgentId, Role, Timestamp};
use serde::Deserialize;

use super::kind::answer;
use super::{Answered, Shown, Visit};
use crate::app::App;
use crate::page::staff::work::{Chooser, FROM, Figures, PERIODS, TO, chooser, figures};
use crate::page::staff::{Here, Problems, words};
use crate::store::StoredAgent;
use crate::work::{BadPeriod, Deed, Period, Shift, Span, Totals, shifts, stretch_at, within};

/// How far back it is looked for a break, in milliseconds: two days. Nobody is on duty for longer.
const LOOK_BACK_MS: i64 = 48 * 60 * 60 * 1_000;

/// What an address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// Whose work.
    pub agent: Option<String>,
    /// A period by its name.
    pub period: Option<String>,
    /// Or its first day,
    pub from: Option<String>,
    /// and its last.
    pub to: Option<String>,
}

/// Whose work it is; what is not there, is somebody else's site's, or is not the business of whoever asks, is answered alike.
pub async fn whose(visit: &Visit<'_>, asked: Option<&str>) -> Answered<StoredAgent> {
    let Some(asked) = asked else {
        return Ok(visit.agent.clone());
    };
    let id: AgentId = asked.parse().map_err(|_| visit.not_there())?;
    if id == visit.agent.id {
        return Ok(visit.agent.clone());
    }
    if !visit.agent.role.is_lead() {
        return Err(visit.not_there());
    }
    let staff = visit.app.service.store().staff();
    let found = staff.agent(visit.site.id, id).await;
    let found = found.map_err(|error| visit.failed(&error))?;
    found.ok_or_else(|| visit.not_there())
}

/// The clocks of a site, and what they are called.
pub fn clocks<'v>(visit: &'v Visit<'_>) -> (TimeZone, &'v str) {
    match &visit.site.settings.hours {
        Some(hours) => (hours.zone().clone(), hours.zone_name()),
        None => (TimeZone::UTC, "UTC"),
    }
}

/// The rows that somebody's figures rest on.
pub struct Rows {
    /// Their shifts in the period.
    pub shifts: Vec<Shift>,
    /// What they did in it.
    pub deeds: Vec<Deed>,
}

/// Reads them.
pub async fn rows(
    visit: &Visit<'_>,
    agent: &StoredAgent,
    span: Span,
    now: Timestamp,
) -> Answered<Rows> {
    let work = visit.app.service.store().work();
    let read = async {
        let turns = work.turns(agent.id, span).await?;
        let all = shifts(&turns, agent.on_duty);
        Ok(Rows {
            shifts: within(&all, span, now),
            deeds: work.deeds(visit.site.id, agent.id, span).await?,
        })
    };
    read.await.map_err(|error| visit.failed(&error))
}

/// `GET`: the page.
pub async fn show(
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    answer(async {
        let visit = Visit::with(&app, &headers, Role::Agent).await?;
        let agent = whose(&visit, asked.agent.as_deref()).await?;
        let now = app.service.now();
        let (zone, zone_name) = clocks(&visit);
        let is_own = agent.id == visit.agent.id;
        let title = if is_own {
            words::MY_WORK.to_owned()
        } else {
            words::work_of(&agent.name)
        };
        let here = if is_own { Here::Work } else { Here::Elsewhere };
        let mut wanted = Chooser {
            agent: asked.agent.clone(),
            chosen: String::new(),
            from: asked.from.clone().unwrap_or_default(),
            to: asked.to.clone().unwrap_or_default(),
        };
        let (period, span) = match period(&asked, now, &zone, &mut wanted) {
            Ok(found) => found,
            Err(problems) => {
                let shown = Shown::with(here, &title, &problems);
                let main = chooser(&wanted, &problems);
                return Ok(visit.page(StatusCode::UNPROCESSABLE_ENTITY, shown, &main));
            }
        };
        let Rows { shifts, deeds } = rows(&visit, &agent, span, now).await?;
        let lately = Span {
            from: Timestamp(now.0 - LOOK_BACK_MS),
            to: Timestamp(now.0 + 1),
        };
        let turns = app.service.store().work().turns(agent.id, lately).await;
        let turns = turns.map_err(|error| visit.failed(&error))?;
        let known = Figures {
            period,
            span,
            zone: &zone,
            zone_name,
            shifts: &shifts,
            totals: Totals::of(&deeds),
            stretch_ms: stretch_at(&self::shifts(&turns, agent.on_duty), now),
            now,
        };
        let main = maud::html! {
            (chooser(&wanted, &Problems::default()))
            (figures(&wanted, &known))
        };
        Ok(visit.page(StatusCode::OK, Shown::plain(here, &title), &main))
    })
    .await
}

/// The period that is asked for; this week where none is. What the chooser shows then is put into it.
fn period(
    asked: &Asked,
    now: Timestamp,
    zone: &TimeZone,
    wanted: &mut Chooser,
) -> Result<(Period, Span), Problems> {
    let beyond = || Problems::one(FROM, words::BAD_DAY);
    let period = if asked.period.is_none() && (asked.from.is_some() || asked.to.is_some()) {
        Period::between(&wanted.from, &wanted.to).map_err(problem)?
    } else {
        let name = asked.period.as_deref().unwrap_or_default();
        let known = PERIODS.iter().find(|(known, _)| *known == name);
        let name = known.map_or("week", |(known, _)| known);
        wanted.chosen = name.into();
        let today = Period::today(now, zone).ok_or_else(beyond)?;
        let found = match name {
            "today" => Some(today),
            "last-week" => Period::week(today.from, 1),
            "month" => Some(Period::month(today.from)),
            _ => Period::week(today.from, 0),
        };
        found.ok_or_else(beyond)?
    };
    wanted.from = period.from.to_string();
    wanted.to = period.to.to_string();
    let span = period.span(zone).ok_or_else(beyond)?;
    Ok((period, span))
}

/// What is said of days that are no period.
fn problem(bad: BadPeriod) -> Problems {
    match bad {
        BadPeriod::From => Problems::one(FROM, words::BAD_DAY),
        BadPeriod::To => Problems::one(TO, words::BAD_DAY),
        BadPeriod::Backwards => Problems::one(TO, words::BACKWARDS),
        BadPeriod::TooLong => Problems::one(TO, words::TOO_LONG),
    }
}
