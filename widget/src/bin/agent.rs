//! The agent page: where its WebAssembly starts.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <p>"Human, please: agents"</p> });
}
