//! The address of a conversation page: which site, in which frame, language and colours. Never a secret.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::theme::{Accent, Theme};
use crate::origin::parse_origin;

/// The longest language tag that is kept, in bytes: RFC 5646, section 4.4.1, gives 35 as what any buffer must hold.
const MAX_LOCALE_BYTES: usize = 35;

/// What stands in a query as it is: RFC 3986's unreserved characters.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The address of a conversation page. What was given and cannot be used is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The site's key.
    pub key: String,
    /// The origin of the page that holds the frame, as browsers write it.
    pub host: Option<String>,
    /// The language that was asked for: parts of letters and digits with hyphens between them.
    pub locale: Option<String>,
    /// The colours that were asked for.
    pub scheme: Option<Scheme>,
    /// The shop's own look.
    pub theme: Theme,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// As the visitor's system has it.
    Auto,
}

impl Address {
    /// The address of a site's conversation page, with nothing said about the rest.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self {
            key: key.into(),
            host: None,
            locale: None,
            scheme: None,
            theme: Theme::default(),
        }
    }

    /// Takes a field of the query. The first of each name counts; unknown ones are ignored.
    pub fn take(&mut self, name: &str, value: &str) {
        match name {
            "host" if self.host.is_none() => self.host = parse_origin(value),
            "locale" if self.locale.is_none() => {
                self.locale = is_locale(value).then(|| value.into());
            }
            "scheme" if self.scheme.is_none() => self.scheme = Scheme::parse(value),
            "accent" if self.theme.accent.is_none() => self.theme.accent = Accent::parse(value),
            "radius" if self.theme.radius.is_none() => {
                self.theme.radius = Theme::parse_radius(value);
            }
            _ => {}
        }
    }

    /// The path and the query.
    #[must_use]
    pub fn url(&self) -> String {
        let accent = self.theme.accent.map(Accent::digits);
        let radius = self.theme.radius.map(|radius| radius.to_string());
        let fields = [
            ("host", self.host.as_deref()),
            ("locale", self.locale.as_deref()),
            ("scheme", self.scheme.map(Scheme::name)),
            ("accent", accent.as_deref()),
            ("radius", radius.as_deref()),
        ];
        let mut url = format!("/chat/{}", utf8_percent_encode(&self.key, ESCAPED));
        let mut mark = '?';
        for (name, value) in fields {
            if let Some(value) = value {
                url.push(mark);
                url.push_str(name);
                url.push('=');
                url.extend(utf8_percent_encode(value, ESCAPED));
                mark = '&';
            }
        }
        url
    }
}

impl Scheme {
    /// Its name in addresses and in the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Auto => "auto",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Light, Self::Dark, Self::Auto]
            .into_iter()
            .find(|scheme| scheme.name() == name)
    }
}

fn is_locale(text: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    text.len() <= MAX_LOCALE_BYTES && text.split('-').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(fields: &[(&str, &str)]) -> Address {
        let mut address = Address::new("demo");
        for (name, value) in fields {
            address.take(name, value);
        }
        address
    }

    #[test]
    fn what_was_asked_for_comes_back_in_the_url() {
        assert_eq!(address(&[]).url(), "/chat/demo");
        let full = address(&[
            ("scheme", "dark"),
            ("locale", "en-GB"),
            ("host", "https://shop.example:8443"),
            ("accent", "#06C"),
            ("radius", "4"),
        ]);
        assert_eq!(
            full.url(),
            "/chat/demo?host=https%3A%2F%2Fshop.example%3A8443&locale=en-GB&scheme=dark&accent=0066cc&radius=4"
        );
    }

    #[test]
    fn what_cannot_be_used_is_left_out() {
        for (name, value) in [
            ("host", "javascript:alert(1)"),
            ("host", "https://a.example/path"),
            ("host", "*"),
            ("host", "null"),
            ("locale", ""),
            ("locale", "en_GB"),
            ("locale", "en\" onload=\""),
            ("locale", "a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p-q-r-s"),
            ("scheme", "sepia"),
            ("accent", "red;}"),
            ("radius", "100"),
            ("token", "secret"),
            ("", ""),
        ] {
            assert_eq!(
                address(&[(name, value)]),
                Address::new("demo"),
                "{name}={value}"
            );
        }
    }

    #[test]
    fn the_first_field_of_a_name_counts() {
        let twice = address(&[("scheme", "dark"), ("scheme", "light")]);
        assert_eq!(twice.scheme, Some(Scheme::Dark));
    }
}
