//! Posting a form's fields without leaving the page.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Headers, HtmlFormElement, RequestInit, Response};

use super::window;

/// A field's name and value.
pub type Field = (&'static str, String);

/// Posts fields to where a form would be posted, and calls `done` with whether the server has taken them.
pub fn post(form: &HtmlFormElement, fields: &[Field], done: impl FnOnce(bool) + 'static) {
    let Ok(init) = request(fields) else {
        return done(false);
    };
    let done = Rc::new(Cell::new(Some(done)));
    let settle = move |is_taken: fn(JsValue) -> bool| {
        let done = Rc::clone(&done);
        Closure::<dyn FnMut(JsValue)>::new(move |result| {
            if let Some(done) = done.take() {
                done(is_taken(result));
            }
        })
    };
    let answered = settle(|answer| answer.dyn_into().is_ok_and(|answer: Response| answer.ok()));
    let failed = settle(|_| false);
    let _ = window()
        .fetch_with_str_and_init(&form.action(), &init)
        .then2(&answered, &failed);
    // One of the two is called, some time: a few bytes for each post, and posts are rare.
    answered.forget();
    failed.forget();
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
