//! What is posted by the forms of those who answer, read: our own page's, bounded, UTF-8, and no field that the form does not have.

use axum::body::{Body, to_bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};

use super::chat::{Sender, fields};
use crate::origin::PublicUrl;
use crate::page::staff::notice::Notice;

/// The largest body, in bytes. The longest prepared reply has 4,000 characters of up to 4 bytes, which a form sends as 12 each;
/// nearly three times as much fits, so that what is too long comes back to be shortened.
const MAX_BODY_BYTES: usize = 128 * 1024;

/// The fields that a form has.
#[derive(Clone, Copy)]
pub struct Known {
    /// Those that come once.
    pub once: &'static [&'static str],
    /// Those that come as often as something is chosen.
    pub many: &'static [&'static str],
}

/// No field: a button alone.
pub const BUTTON: Known = Known {
    once: &[],
    many: &[],
};

/// The fields of a form.
#[derive(Debug)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Whether a field is there.
    pub fn has(&self, wanted: &str) -> bool {
        self.0.iter().any(|(name, _)| name == wanted)
    }

    /// A value; empty if it is not there.
    pub fn text(&self, wanted: &str) -> String {
        let found = self.0.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// All values of what may be chosen more than once.
    pub fn all(&self, wanted: &str) -> Vec<String> {
        let found = self.0.iter().filter(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone()).collect()
    }

    /// The fields, if the form has these and no others (S4).
    fn of(fields: Vec<(String, String)>, known: Known) -> Option<Self> {
        let is_known = |name: &str| {
            let times = fields.iter().filter(|(other, _)| other == name).count();
            known.many.contains(&name) || (known.once.contains(&name) && times == 1)
        };
        let all_known = fields.iter().all(|(name, _)| is_known(name));
        all_known.then_some(Self(fields))
    }
}

/// Reads what was posted; otherwise, what its sender is told.
pub async fn read(
    (headers, public_url): (&HeaderMap, &PublicUrl),
    body: Body,
    known: Known,
) -> Result<Form, (StatusCode, Notice)> {
    if Sender::of(headers, public_url) != Sender::Own {
        return Err((StatusCode::FORBIDDEN, Notice::Foreign));
    }
    let media_type = headers.get(CONTENT_TYPE);
    let media_type = media_type.and_then(|it| it.to_str().ok());
    let media_type = media_type.and_then(|it| it.split(';').next());
    let is_form = media_type.is_some_and(|it| {
        it.trim()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    });
    // A button alone sends nothing, and some say then that it is of no type.
    let is_empty = media_type.is_none() && known.once.is_empty() && known.many.is_empty();
    if !is_form && !is_empty {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, Notice::Unreadable));
    }
    let Ok(body) = to_bytes(body, MAX_BODY_BYTES).await else {
        return Err((StatusCode::PAYLOAD_TOO_LARGE, Notice::Unreadable));
    };
    let form = fields(&body).and_then(|fields| Form::of(fields, known));
    form.ok_or((StatusCode::BAD_REQUEST, Notice::Unreadable))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Known = Known {
        once: &["name"],
        many: &["teams"],
    };

    fn form(body: &str) -> Option<Form> {
        Form::of(fields(body.as_bytes())?, KNOWN)
    }

    /// S4.
    #[test]
    fn a_field_that_the_form_does_not_have_makes_it_unreadable() {
        let read = form("name=Ana&teams=1&teams=2").unwrap();
        assert_eq!(read.text("name"), "Ana");
        assert_eq!(read.all("teams"), ["1", "2"]);
        assert_eq!(form("").unwrap().text("name"), "");
        for body in [
            "name=Ana&role=admin",
            "name=Ana&name=Ben",
            "site=2",
            "Name=Ana",
            "=",
        ] {
            assert!(form(body).is_none(), "{body}");
        }
    }
}
