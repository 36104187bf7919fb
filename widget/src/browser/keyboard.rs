//! What an on-screen keyboard leaves of the page.
//!
//! Some browsers make the page smaller when the keyboard comes, and style follows by itself. Safari and the webviews of iOS
//! lay it over the page and say so only in the visual viewport.

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, VisualViewport};

use super::{document, on, window};

/// A page that the reader has enlarged with two fingers shows a part of itself on purpose.
const ENLARGED: f64 = 1.01;

/// Calls `handle` whenever the view has become larger or smaller. Before that, where the page is in no frame, it writes
/// down for the style how much of the page is in view, `--view-height`, and where that begins, `--view-top`. In a frame it
/// is for the page around it to keep the frame in view.
pub fn on_view_resized(handle: impl Fn() + Clone + 'static) {
    let Some(view) = window().visual_viewport() else {
        return;
    };
    let is_framed = window().parent().ok().flatten() != Some(window());
    for name in ["resize", "scroll"] {
        let (here, handle) = (view.clone(), handle.clone());
        on(&view, name, move |_: Event| {
            if here.scale() < ENLARGED {
                if !is_framed {
                    fit(&here);
                }
                handle();
            }
        });
    }
}

fn fit(view: &VisualViewport) {
    if let Some(page) = document().document_element() {
        let style = page.unchecked_into::<HtmlElement>().style();
        for (name, px) in [
            ("--view-height", view.height()),
            ("--view-top", view.page_top()),
        ] {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a screen has far fewer than 2^31 pixels"
            )]
            let px = px as i32;
            // It can fail only for a name that is no name.
            let _ = style.set_property(name, &[&px.to_string(), "px"].concat());
        }
    }
}
