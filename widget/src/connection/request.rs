//! Questions to the server that are not part of the exchange: signing in and out.

use gloo_net::Error;
use gloo_net::http::{Method, RequestBuilder};
use serde::Deserialize;

use crate::json;

/// What the server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body, empty if there is none.
    pub body: String,
}

impl Answer {
    /// Whether the server has done what it was asked.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What the server says is wrong, in a sentence for the person; none if it says nothing.
    #[must_use]
    pub fn detail(&self) -> Option<String> {
        let problem: Problem = json::read(&self.body)?;
        Some(problem.detail).filter(|detail| !detail.is_empty())
    }
}

/// What the server answers where it has not done what it was asked.
#[derive(Deserialize)]
struct Problem {
    #[serde(default)]
    detail: String,
}

/// The server could not be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreachable;

/// Asks the server that this page came from, with its cookies; `json` is the body, if there is one.
///
/// # Errors
///
/// [`Unreachable`] if no answer came.
pub async fn request(
    method: Method,
    path: &str,
    json: Option<String>,
) -> Result<Answer, Unreachable> {
    ask(method, path, json).await.map_err(|_| Unreachable)
}

async fn ask(method: Method, path: &str, json: Option<String>) -> Result<Answer, Error> {
    let builder = RequestBuilder::new(path).method(method);
    let request = match json {
        Some(json) => builder
            .header("content-type", "application/json")
            .body(json)?,
        None => builder.build()?,
    };
    let response = request.send().await?;
    Ok(Answer {
        status: response.status(),
        body: response.text().await?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_in_the_servers_words_where_it_has_some() {
        for (body, expected) in [
            (
                r#"{"status":409,"code":"used","detail":"Ask again."}"#,
                Some("Ask again."),
            ),
            (r#"{"detail":""}"#, None),
            ("{}", None),
            ("", None),
            ("<h1>Bad gateway</h1>", None),
        ] {
            let (status, body) = (409, body.to_owned());
            let answer = Answer { status, body };
            assert_eq!(answer.detail().as_deref(), expected, "{}", answer.body);
        }
    }
}
