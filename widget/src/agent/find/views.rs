//! The views that an agent keeps: filters under names.

use gloo_net::http::Method;
use leptos::html;
use leptos::prelude::*;
use protocol::{MAX_VIEW_NAME_CHARS, SavedView, SavedViews, ViewName};
use wasm_bindgen_futures::spawn_local;

use super::super::words;
use super::{Fields, ask};
use crate::browser::element;
use crate::json;

const VIEWS: &str = "/api/v1/agent/views";

/// Learns which there are. What cannot be learnt now is learnt when the form is opened next.
pub(super) async fn load(views: RwSignal<Vec<SavedView>>) {
    if let Ok(Some(kept)) = ask::<SavedViews>(Method::GET, VIEWS, None).await {
        views.set(kept.views);
    }
}

/// The views that the agent keeps.
#[component]
pub(super) fn Views(
    fields: Fields,
    views: RwSignal<Vec<SavedView>>,
    look: Callback<()>,
) -> impl IntoView {
    let name = NodeRef::<html::Input>::new();
    let error = RwSignal::new(String::new());
    let reload = move || spawn_local(load(views));
    let keep = move |event: leptos::ev::SubmitEvent| {
        element::keep_to_ourselves(&event);
        let Some(input) = name.get_untracked() else {
            return;
        };
        let view = SavedView {
            name: input.value(),
            filter: fields.filter(),
        };
        spawn_local(async move {
            match ask::<()>(Method::PUT, VIEWS, json::write(&view)).await {
                Ok(_) => {
                    input.set_value("");
                    error.set(String::new());
                    reload();
                }
                Err(why) => error.set(why),
            }
        });
    };
    let forget = move |name: String| {
        spawn_local(async move {
            let named = json::write(&ViewName { name });
            if let Err(why) = ask::<()>(Method::DELETE, VIEWS, named).await {
                error.set(why);
            }
            reload();
        });
    };
    let view_line = move |view: SavedView| {
        let (filter, removed) = (view.filter, view.name.clone());
        view! {
            <li>
                <button
                    class="button"
                    type="button"
                    on:click=move |_| {
                        fields.show(&filter);
                        look.run(());
                    }
                >
                    {view.name}
                </button>
                <button
                    class="known-change"
                    type="button"
                    aria-label=words::remove_view(&removed)
                    on:click=move |_| forget(removed.clone())
                >
                    {words::REMOVE}
                </button>
            </li>
        }
    };
    view! {
        <div class="find-views">
            <ul role="list" aria-label=words::VIEWS>
                {move || views.get().into_iter().map(view_line).collect_view()}
            </ul>
            <details>
                <summary>{words::KEEP_VIEW}</summary>
                <form class="find-box" on:submit=keep>
                    <input
                        node_ref=name
                        class="field-input"
                        aria-label=words::VIEW_NAME
                        placeholder=words::VIEW_NAME
                        maxlength=MAX_VIEW_NAME_CHARS.to_string()
                        dir="auto"
                        autocomplete="off"
                        aria-describedby="view-error"
                    />
                    <button class="button" type="submit">
                        {words::SAVE}
                    </button>
                </form>
                <p id="view-error" class="field-error" role="alert">
                    {move || error.get()}
                </p>
            </details>
        </div>
    }
}
