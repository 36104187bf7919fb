//! Finding conversations again: by their words and by what they are, solved ones too; and the views that an agent keeps.

mod hits;
mod resolved;
mod views;

use gloo_net::http::Method;
use leptos::prelude::*;
use protocol::{
    AgentId, Filter, Found, Language, MAX_SEARCH_CHARS, SavedView, Search, Standing, TeamId,
    TopicId,
};
use serde::de::DeserializeOwned;
use wasm_bindgen_futures::spawn_local;

use self::hits::Results;
pub(super) use self::resolved::Resolved;
use self::views::Views;
use super::desk::Desk;
use super::{focus, words};
use crate::browser::element;
use crate::connection::request::{Unreachable, request};
use crate::json;

const SEARCH: &str = "/api/v1/agent/search";

/// The box for words.
const BOX: &str = "find";

/// What was found so far.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Nothing,
    Looking,
    Found(Found),
}

/// The fields, as signals: what is chosen in them is what is looked for.
#[derive(Clone, Copy)]
struct Fields {
    q: RwSignal<String>,
    state: RwSignal<String>,
    topic: RwSignal<String>,
    team: RwSignal<String>,
    language: RwSignal<String>,
    agent: RwSignal<String>,
    vulnerable: RwSignal<bool>,
}

impl Fields {
    fn new() -> Self {
        let empty = || RwSignal::new(String::new());
        Self {
            q: empty(),
            state: empty(),
            topic: empty(),
            team: empty(),
            language: empty(),
            agent: empty(),
            vulnerable: RwSignal::new(false),
        }
    }

    fn filter(self) -> Filter {
        Filter {
            q: self.q.get_untracked().trim().to_owned(),
            state: match &*self.state.get_untracked() {
                "open" => Standing::Open,
                "resolved" => Standing::Resolved,
                _ => Standing::All,
            },
            topic: self.topic.get_untracked().parse().ok().map(TopicId),
            team: self.team.get_untracked().parse().ok().map(TeamId),
            language: Language::of(&self.language.get_untracked()),
            agent: self.agent.get_untracked().parse::<AgentId>().ok(),
            vulnerable: self.vulnerable.get_untracked(),
            from: None,
            to: None,
        }
    }

    fn show(self, filter: &Filter) {
        self.q.set(filter.q.clone());
        self.state.set(
            match filter.state {
                Standing::Open => "open",
                Standing::Resolved => "resolved",
                Standing::All => "",
            }
            .into(),
        );
        let text = |number: Option<u32>| number.map(|it| it.to_string()).unwrap_or_default();
        self.topic.set(text(filter.topic.map(|topic| topic.0)));
        self.team.set(text(filter.team.map(|team| team.0)));
        let language = filter.language.map(|it| it.as_str().to_owned());
        self.language.set(language.unwrap_or_default());
        let agent = filter.agent.map(|agent| agent.to_string());
        self.agent.set(agent.unwrap_or_default());
        self.vulnerable.set(filter.vulnerable);
    }
}

/// Asks the server, and gives what it answers or why it does not.
async fn ask<T: DeserializeOwned>(
    method: Method,
    url: &str,
    body: Option<String>,
) -> Result<Option<T>, String> {
    let answer = request(method, url, body)
        .await
        .map_err(|Unreachable| words::NOT_LOOKED.to_owned())?;
    if answer.is_success() {
        return Ok(json::read(&answer.body));
    }
    let detail = answer.detail();
    Err(detail.unwrap_or_else(|| words::NOT_LOOKED.into()))
}

/// What is looked for, one question after another.
#[derive(Clone, Copy)]
struct Asking {
    outcome: RwSignal<Outcome>,
    /// Why the newest question was not answered; empty if it was.
    why: RwSignal<String>,
    /// How many questions were asked. Only the answer to the newest counts.
    asked: StoredValue<u64>,
}

impl Asking {
    fn new() -> Self {
        Self {
            outcome: RwSignal::new(Outcome::Nothing),
            why: RwSignal::new(String::new()),
            asked: StoredValue::new(0),
        }
    }

    /// Looks for conversations, from the newest on, or for more of them behind what was found. What was found before stays until
    /// then, and where that cannot be looked for.
    fn look(self, filter: Filter, after: Option<String>) {
        let Self {
            outcome,
            why,
            asked,
        } = self;
        why.set(String::new());
        let before = match outcome.get_untracked() {
            Outcome::Found(found) if after.is_some() => found.conversations,
            Outcome::Found(_) => vec![],
            Outcome::Nothing | Outcome::Looking => {
                outcome.set(Outcome::Looking);
                vec![]
            }
        };
        asked.update_value(|asked| *asked += 1);
        let number = asked.get_value();
        let search = Search {
            filter,
            after,
            count: None,
        };
        spawn_local(async move {
            let answer = ask::<Found>(Method::POST, SEARCH, json::write(&search)).await;
            // Whoever has signed out meanwhile has no such list any more.
            if asked.try_get_value() != Some(number) {
                return;
            }
            match answer {
                Ok(Some(mut found)) => {
                    found.conversations.splice(0..0, before);
                    outcome.set(Outcome::Found(found));
                }
                Ok(None) => self.fail(words::NOT_LOOKED.into()),
                Err(why) => self.fail(why),
            }
        });
    }

    fn fail(self, why: String) {
        self.why.set(why);
        if self.outcome.with_untracked(|it| *it == Outcome::Looking) {
            self.outcome.set(Outcome::Nothing);
        }
    }
}

/// What was found, how many to somebody who cannot see it, and the button for more.
#[component]
fn Outcomes(
    outcome: RwSignal<Outcome>,
    name: &'static str,
    empty: &'static str,
    more: Callback<Option<String>>,
) -> impl IntoView {
    let count = move || {
        outcome.with(|it| match it {
            Outcome::Found(found) => words::found(found.conversations.len(), found.after.is_some()),
            _ => String::new(),
        })
    };
    view! {
        <div role="status" class="visually-hidden">
            {count}
        </div>
        {move || match outcome.get() {
            Outcome::Found(found) => {
                let after = found.after.clone();
                let more = after
                    .map(|after| {
                        view! {
                            <button
                                class="button"
                                type="button"
                                on:click=move |_| more.run(Some(after.clone()))
                            >
                                {words::FIND_MORE}
                            </button>
                        }
                    });
                view! {
                    <Results found name empty />
                    {more}
                }
                    .into_any()
            }
            Outcome::Looking => view! { <p class="empty">{words::LOOKING}</p> }.into_any(),
            Outcome::Nothing => ().into_any(),
        }}
    }
}

/// The form and what it has found. Closed until somebody looks for something.
#[component]
pub(super) fn Find() -> impl IntoView {
    let fields = Fields::new();
    let asking = Asking::new();
    let outcome = asking.outcome;
    let kept_views = RwSignal::new(Vec::<SavedView>::new());
    let look = move |after: Option<String>| {
        if after.is_none() {
            outcome.set(Outcome::Looking);
        }
        asking.look(fields.filter(), after);
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        element::keep_to_ourselves(&event);
        look(None);
    };
    let is_looking = move || outcome.with(|it| *it == Outcome::Looking).then_some("true");
    let has_failed = move || asking.why.with(|why| !why.is_empty());
    view! {
        <details
            class="find"
            on:toggle=move |event| {
                spawn_local(views::load(kept_views));
                if element::is_open(&event) {
                    focus::move_to([BOX]);
                }
            }
        >
            <summary id="find-open">{words::FIND}</summary>
            <form class="find-form" role="search" on:submit=submit>
                <div class="find-box">
                    <input
                        id=BOX
                        class="field-input"
                        type="search"
                        dir="auto"
                        aria-label=words::FIND_WORDS
                        placeholder=words::FIND_WORDS
                        maxlength=MAX_SEARCH_CHARS.to_string()
                        aria-describedby="find-error"
                        aria-invalid=move || has_failed().then_some("true")
                        prop:value=move || fields.q.get()
                        on:input=move |event| fields.q.set(event_target_value(&event))
                    />
                    <button class="button button-strong" type="submit" aria-busy=is_looking>
                        {words::LOOK}
                    </button>
                </div>
                <Filters fields />
                <p id="find-error" class="field-error" role="alert">
                    {move || asking.why.get()}
                </p>
            </form>
            <Views fields views=kept_views look=Callback::new(move |()| look(None)) />
            <Outcomes
                outcome
                name=words::FOUND
                empty=words::FOUND_NOTHING
                more=Callback::new(look)
            />
        </details>
    }
}

/// What narrows it down.
#[component]
fn Filters(fields: Fields) -> impl IntoView {
    let desk: Desk = expect_context();
    let topics = desk.read(|session| {
        let topics = session.staff().topics.iter();
        options(topics.map(|it| (it.id.0, &it.name)))
    });
    let teams = desk.read(|session| {
        let teams = session.staff().teams.iter();
        options(teams.map(|it| (it.id.0, &it.name)))
    });
    let people = desk.read(|session| {
        let people = session.staff().people.iter();
        options(people.map(|it| (it.id, &it.name)))
    });
    let is_lead = desk.read(|session| session.role().is_lead());
    let states = || {
        vec![
            ("open".to_owned(), words::OPEN.to_owned()),
            ("resolved".to_owned(), words::RESOLVED.to_owned()),
        ]
    };
    view! {
        <div class="find-choices">
            {choice(words::STANDING, fields.state, words::ANY, states())}
            {move || {
                let topics = topics.get();
                (!topics.is_empty())
                    .then(|| choice(words::TOPIC, fields.topic, words::ANY, topics))
            }}
            {move || {
                let teams = teams.get();
                (!teams.is_empty()).then(|| choice(words::TEAM, fields.team, words::ANY, teams))
            }}
            {move || {
                is_lead
                    .get()
                    .then(|| choice(words::HAD_BY, fields.agent, words::ANYBODY, people.get()))
            }}
            <label class="find-check">
                <input
                    type="checkbox"
                    prop:checked=move || fields.vulnerable.get()
                    on:change=move |event| fields.vulnerable.set(event_target_checked(&event))
                />
                {words::VULNERABLE}
            </label>
        </div>
    }
}

/// What can be chosen in a field: values, and what they are called.
type Options = Vec<(String, String)>;

fn options<'a>(all: impl Iterator<Item = (impl ToString, &'a String)>) -> Options {
    all.map(|(id, name)| (id.to_string(), name.clone()))
        .collect()
}

fn choice(
    label: &'static str,
    field: RwSignal<String>,
    any: &'static str,
    options: Options,
) -> impl IntoView {
    let options = options.into_iter().map(|(value, words)| {
        let this = value.clone();
        view! {
            <option value=value prop:selected=move || field.get() == this>
                {words}
            </option>
        }
    });
    let options = options.collect_view();
    view! {
        <label class="find-choice">
            {label}
            <select on:change=move |event| field.set(event_target_value(&event))>
                <option value="" prop:selected=move || field.with(String::is_empty)>
                    {any}
                </option>
                {options}
            </select>
        </label>
    }
}
