//! Posting a form's fields without leaving the page.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, HtmlFormElement, RequestInit, Response};

use super::window;

/// A field's name and value.
pub type Field = (&'static str, String);

/// Posts fields to where a form would be posted. True if the server has taken them.
pub async fn post(form: &HtmlFormElement, fields: &[Field]) -> bool {
    send(form, fields).await.unwrap_or(false)
}

async fn send(form: &HtmlFormElement, fields: &[Field]) -> Result<bool, JsValue> {
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
    let answer = JsFuture::from(window().fetch_with_str_and_init(&form.action(), &init)).await?;
    let response: Response = answer.dyn_into()?;
    Ok(response.ok())
}
