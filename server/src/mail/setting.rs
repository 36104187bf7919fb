//! What is set for letters: the mail server, and who writes. Nothing here prints a password.

use std::convert::Infallible;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use lettre::Address;
use lettre::message::Mailbox;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::origin::PublicUrl;

/// A setting with a password in it: it is taken as it is typed, and printed by nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Unshown(pub String);

impl FromStr for Unshown {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Unshown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

/// How letters are sent, and from whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailSettings {
    /// By which server.
    pub smtp: Smtp,
    /// From whom.
    pub from: Mailbox,
}

/// A mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    /// How the connection is kept from others' eyes.
    pub security: Security,
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// A user's name and password; none for a server that asks for none.
    pub credentials: Option<(String, String)>,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Smtp")
            .field("security", &self.security)
            .field("host", &self.host)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

/// How a connection to a mail server is kept from others' eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// TLS after STARTTLS (RFC 3207), and nothing is sent without.
    StartTls,
    /// Not at all: only to this machine itself.
    Plain,
}

/// Settings for letters that cannot be used. Says which, and what to write; never what was written, which may hold a
/// password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadMail {
    /// The mail server.
    #[error(
        "--smtp (HUMAN_PLEASE_SMTP) {0}. It takes smtps://USER:PASSWORD@HOST, smtp://USER:PASSWORD@HOST for STARTTLS, \
         or smtp+plain://127.0.0.1:PORT for a server on this machine, each with an optional :PORT; signs in USER and \
         PASSWORD that have a meaning in URLs are written as %XX"
    )]
    Smtp(&'static str),
    /// Who writes.
    #[error(
        "--mail-from (HUMAN_PLEASE_MAIL_FROM) {0}. It takes an address that the mail server may send from, with a name \
         before it, such as \"Lumen & Oak <help@shop.example>\""
    )]
    From(&'static str),
    /// Where links lead.
    #[error(
        "--smtp needs --public-url (HUMAN_PLEASE_PUBLIC_URL) too: letters have links in them, such as https://chat.shop.example"
    )]
    NoPublicUrl,
    /// TLS cannot begin.
    #[error("--smtp (HUMAN_PLEASE_SMTP): {0} is no name that a certificate can be for")]
    Name(String),
}

impl MailSettings {
    /// Checks the settings; none if there is no mail server.
    ///
    /// # Errors
    ///
    /// [`BadMail`] says which setting, and what to write.
    pub fn parse(
        smtp: Option<&Unshown>,
        from: Option<&str>,
        public_url: &PublicUrl,
    ) -> Result<Option<Self>, BadMail> {
        let smtp = smtp.map(|smtp| Smtp::parse(&smtp.0)).transpose()?;
        let from = from.map(mailbox_of).transpose()?;
        match (smtp, from) {
            (None, None) => Ok(None),
            (Some(_), None) => Err(BadMail::From("is needed with --smtp")),
            (None, Some(_)) => Err(BadMail::Smtp("is needed with --mail-from")),
            (Some(_), Some(_)) if public_url.host().is_none() => Err(BadMail::NoPublicUrl),
            (Some(smtp), Some(from)) => Ok(Some(Self { smtp, from })),
        }
    }
}

impl Smtp {
    /// Reads a URL.
    ///
    /// # Errors
    ///
    /// [`BadMail::Smtp`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, BadMail> {
        let url = Url::parse(text.trim()).map_err(|_| BadMail::Smtp("is no URL"))?;
        let (security, usual_port) = match url.scheme() {
            "smtps" => (Security::Tls, Some(465)),
            "smtp" => (Security::StartTls, Some(587)),
            "smtp+plain" => (Security::Plain, None),
            _ => return Err(BadMail::Smtp("begins with another word")),
        };
        let host = url.host().filter(|host| host.to_string() != "");
        let host = host.ok_or(BadMail::Smtp("names no host"))?;
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none();
        if !is_bare || url.fragment().is_some() {
            return Err(BadMail::Smtp("has something behind the host and the port"));
        }
        if security == Security::Plain && !is_this_machine(&host) {
            return Err(BadMail::Smtp(
                "has smtp+plain, which sends everything unencrypted, with another host than 127.0.0.1, [::1] or localhost",
            ));
        }
        let port = url.port().or(usual_port);
        let port = port.ok_or(BadMail::Smtp("names no port"))?;
        let decoded = |text: &str| {
            let text = percent_decode_str(text).decode_utf8();
            text.map(String::from)
                .map_err(|_| BadMail::Smtp("has a user or a password that is no text"))
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) => return Err(BadMail::Smtp("has a password and no user")),
            (_, None) => return Err(BadMail::Smtp("has a user and no password")),
            (user, Some(password)) => Some((decoded(user)?, decoded(password)?)),
        };
        Ok(Self {
            security,
            // As the system's resolver and a certificate have it: without the brackets.
            host: match address_of(&host) {
                Some(address) => address.to_string(),
                None => host.to_string(),
            },
            port,
            credentials,
        })
    }
}

/// The address that a host is, if it is one. URLs of these schemes have IPv4 addresses as names.
fn address_of(host: &Host<&str>) -> Option<IpAddr> {
    match host {
        Host::Domain(name) => name.parse().ok(),
        Host::Ipv4(address) => Some((*address).into()),
        Host::Ipv6(address) => Some((*address).into()),
    }
}

fn is_this_machine(host: &Host<&str>) -> bool {
    match address_of(host) {
        Some(address) => address.is_loopback(),
        None => matches!(host, Host::Domain(name) if name.eq_ignore_ascii_case("localhost")),
    }
}

/// Who writes: an address alone, or in angle brackets behind a name.
fn mailbox_of(text: &str) -> Result<Mailbox, BadMail> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(BadMail::From(
            "has a line break or another control character in it",
        ));
    }
    let (name, address) = match text.strip_suffix('>') {
        Some(named) => named
            .rsplit_once('<')
            .ok_or(BadMail::From("has > without <"))?,
        None => ("", text),
    };
    let name = name.trim();
    let unquoted = name.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
    let name = unquoted.unwrap_or(name).trim();
    let address: Address = address
        .trim()
        .parse()
        .map_err(|_| BadMail::From("has no email address"))?;
    Ok(Mailbox::new(
        (!name.is_empty()).then(|| name.to_owned()),
        address,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(smtp: &str, from: Option<&str>) -> Result<Option<MailSettings>, BadMail> {
        let public_url = PublicUrl::parse(Some("https://chat.example")).unwrap();
        MailSettings::parse(Some(&Unshown(smtp.into())), from, &public_url)
    }

    #[test]
    fn a_mail_server_is_named_by_a_url() {
        let login = Some(("me@shop.example".to_owned(), "p:w/d@".to_owned()));
        for (url, security, host, port, credentials) in [
            (
                "smtps://mail.example",
                Security::Tls,
                "mail.example",
                465,
                None,
            ),
            (
                "smtp://mail.example/",
                Security::StartTls,
                "mail.example",
                587,
                None,
            ),
            (
                "smtps://me%40shop.example:p%3Aw%2Fd%40@mail.example:4465",
                Security::Tls,
                "mail.example",
                4465,
                login.clone(),
            ),
            (
                "smtp://me%40shop.example:p:w%2Fd%40@10.0.0.1:25",
                Security::StartTls,
                "10.0.0.1",
                25,
                login,
            ),
            (
                "smtp+plain://127.0.0.1:2525",
                Security::Plain,
                "127.0.0.1",
                2525,
                None,
            ),
            (
                "smtp+plain://127.9.9.9:2525",
                Security::Plain,
                "127.9.9.9",
                2525,
                None,
            ),
            (
                "smtp+plain://[::1]:2525",
                Security::Plain,
                "::1",
                2525,
                None,
            ),
            (
                "smtp+plain://localhost:2525",
                Security::Plain,
                "localhost",
                2525,
                None,
            ),
        ] {
            let smtp = Smtp::parse(url).unwrap_or_else(|error| panic!("{url}: {error}"));
            let expected = Smtp {
                security,
                host: host.into(),
                port,
                credentials,
            };
            assert!(smtp == expected, "{url}: {smtp:?}");
        }
    }

    #[test]
    fn a_bad_url_is_refused_and_not_repeated() {
        for (url, why) in [
            ("mail.example", "is no URL"),
            ("https://u:hunter2@mail.example", "begins with another word"),
            ("smtps://", "names no host"),
            ("smtps://u:hunter2@mail.example/inbox", "behind the host"),
            ("smtps://u:hunter2@mail.example?tls=no", "behind the host"),
            ("smtps://u:hunter2@mail.example#x", "behind the host"),
            ("smtps://hunter2@mail.example", "a user and no password"),
            ("smtps://:hunter2@mail.example", "a password and no user"),
            ("smtps://u:hunter2%FF@mail.example", "is no text"),
            ("smtp+plain://127.0.0.1", "names no port"),
            ("smtp+plain://mail.example:25", "unencrypted"),
            ("smtp+plain://10.0.0.1:25", "unencrypted"),
            ("smtp+plain://127.0.0.1.mail.example:25", "unencrypted"),
            ("smtp+plain://localhost.mail.example:25", "unencrypted"),
            ("smtp+plain://[::2]:25", "unencrypted"),
        ] {
            let error = parsed(url, Some("a@b.example")).expect_err(url).to_string();
            assert!(error.starts_with("--smtp (HUMAN_PLEASE_SMTP) "), "{error}");
            assert!(error.contains(why), "{url}: {error}");
            assert!(error.contains("smtps://USER:PASSWORD@HOST"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn nothing_prints_a_password() {
        let url = "smtps://bookkeeper:hunter2@mail.example";
        let settings = parsed(url, Some("Lumen & Oak <help@shop.example>"));
        let printed = format!("{settings:?} {:?}", Unshown(url.into()));
        assert!(printed.contains("mail.example"), "{printed}");
        assert!(!printed.contains("hunter2"), "{printed}");
        assert!(!printed.contains("bookkeeper"), "{printed}");
    }

    #[test]
    fn whoever_writes_has_an_address_and_may_have_a_name() {
        for (from, name, address) in [
            (
                "Lumen & Oak <help@shop.example>",
                Some("Lumen & Oak"),
                "help@shop.example",
            ),
            (
                "\"Oak, Lumen\" <help@shop.example>",
                Some("Oak, Lumen"),
                "help@shop.example",
            ),
            (
                " Łucja Świat <help@shop.example> ",
                Some("Łucja Świat"),
                "help@shop.example",
            ),
            ("<help@shop.example>", None, "help@shop.example"),
            ("help@shop.example", None, "help@shop.example"),
        ] {
            let mailbox = mailbox_of(from).unwrap_or_else(|error| panic!("{from}: {error}"));
            assert_eq!(mailbox.name.as_deref(), name, "{from}");
            assert_eq!(mailbox.email.to_string(), address, "{from}");
        }
        for from in [
            "",
            "Lumen & Oak",
            "help@",
            "Oak help@shop.example>",
            "Oak <help@shop.example",
            "Oak <help@shop.example>\r\nBcc: all@shop.example",
            "Oak\n<help@shop.example>",
        ] {
            let error = mailbox_of(from).expect_err(from).to_string();
            assert!(error.contains("--mail-from"), "{error}");
            assert!(error.contains("Lumen & Oak <help@shop.example>"), "{error}");
        }
    }

    #[test]
    fn both_are_needed_and_so_is_a_place_for_links_to_lead_to() {
        let public_url = PublicUrl::parse(Some("https://chat.example")).unwrap();
        let smtp = Unshown("smtps://mail.example".into());
        let from = "help@shop.example";
        let parse = |smtp, from, public_url| MailSettings::parse(smtp, from, public_url);
        assert_eq!(parse(None, None, &public_url), Ok(None));
        assert!(matches!(
            parse(Some(&smtp), None, &public_url),
            Err(BadMail::From(_))
        ));
        assert!(matches!(
            parse(None, Some(from), &public_url),
            Err(BadMail::Smtp(_))
        ));
        let nowhere = PublicUrl::parse(None).unwrap();
        assert_eq!(
            parse(Some(&smtp), Some(from), &nowhere),
            Err(BadMail::NoPublicUrl)
        );
        assert!(parse(Some(&smtp), Some(from), &public_url).is_ok_and(|it| it.is_some()));
    }
}
