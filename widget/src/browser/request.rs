//! Questions to the server that are not part of the exchange: signing in and out.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use super::window;

/// What the server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, empty if there is none.
    pub body: String,
}

/// The server could not be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreachable;

/// Asks the server that this page came from, with its cookies; `json` is the body, if there is one.
///
/// # Errors
///
/// [`Unreachable`] if no answer came.
pub async fn request(method: &str, path: &str, json: Option<&str>) -> Result<Answer, Unreachable> {
    ask(method, path, json).await.map_err(|_| Unreachable)
}

async fn ask(method: &str, path: &str, json: Option<&str>) -> Result<Answer, JsValue> {
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(json) = json {
        let headers = Headers::new()?;
        headers.set("content-type", "application/json")?;
        init.set_headers(&headers);
        init.set_body(&JsValue::from_str(json));
    }
    let response = JsFuture::from(window().fetch_with_str_and_init(path, &init)).await?;
    let response: Response = response.dyn_into()?;
    let body = JsFuture::from(response.text()?).await?;
    Ok(Answer {
        status: response.status(),
        body: body.as_string().unwrap_or_default(),
    })
}
