//! The visitor's conversation page: where its WebAssembly starts.

use leptos::prelude::*;

fn main() {
    mount_to_body(|| view! { <p>"Human, please"</p> });
}
