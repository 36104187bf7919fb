//! Posting a form's fields without leaving the page.

use std::cell::Cell;
use std::rc::Rc;

use protocol::Seq;
use wasm_bindgen::prelude::*;
use web_sys::{Headers, HtmlFormElement, RequestInit, Response, Url};

use super::window;

/// A field's name and value.
pub type Field = (&'static str, String);

/// Posts fields to where a form would be posted, and calls `done` with what the server says that comes next in the log
/// once it has taken them; none if it has not.
///
/// `done` is boxed: the code below would otherwise be downloaded once for each caller.
pub fn post(form: &HtmlFormElement, fields: &[Field], done: Box<dyn FnOnce(Option<Seq>)>) {
    let Ok(init) = request(fields) else {
        return done(None);
    };
    let done = Rc::new(Cell::new(Some(done)));
    let settle = move |taken: fn(JsValue) -> Option<Seq>| {
        let done = Rc::clone(&done);
        Closure::<dyn FnMut(JsValue)>::new(move |result| {
            if let Some(done) = done.take() {
                done(taken(result));
            }
        })
    };
    let answered = settle(|answer| {
        let answer: Response = answer.dyn_into().ok().filter(Response::ok)?;
        let next = answer.headers().get("human-please-next").ok().flatten();
        // A page without a log has nothing to show.
        let next = next.and_then(|next| next.parse().ok());
        Some(next.map_or(Seq(0), Seq))
    });
    let failed = settle(|_| None);
    let _ = window()
        .fetch_with_str_and_init(&form.action(), &init)
        .then2(&answered, &failed);
    // One of the two is called, some time: a few bytes for each post, and posts are rare.
    answered.forget();
    failed.forget();
}

/// An address with this field in its query, instead of one of the same name; none if it is there already, or the address
/// is none.
#[must_use]
pub fn with_field(address: &str, name: &str, value: &str) -> Option<String> {
    let url = Url::new(address).ok()?;
    let query = url.search_params();
    if query.get(name).as_deref() == Some(value) {
        return None;
    }
    query.set(name, value);
    Some(url.href())
}

fn request(fields: &[Field]) -> Result<RequestInit, JsValue> {
    let mut body = String::new();
    for (name, value) in fields {
        if !body.is_empty() {
            body.push('&');
        }
        body.push_str(name);
        body.push('=');
        body.push_str(&String::from(js_sys::encode_uri_component(value)));
    }
    let headers = Headers::new()?;
    headers.set("content-type", "application/x-www-form-urlencoded")?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(&JsValue::from_str(&body));
    Ok(init)
}
