//! The way to a mail server: one connection for each letter, and what is known of the letter when it fails.

use std::net::IpAddr;
use std::time::Duration;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;

use super::setting::{BadMail, MailSettings, Security, Smtp};

/// Sends letters.
pub struct Mailer {
    smtp: Smtp,
    tls: Option<TlsParameters>,
    credentials: Option<Credentials>,
    /// Who we say that we are.
    hello: ClientId,
    /// How long a letter may take, from the connection to the last answer.
    within: Duration,
}

/// A letter was not sent, as far as is known. The text says why, in words that have nothing of anybody in them: mail servers
/// repeat addresses in their answers.
pub enum Failed {
    /// Certainly not: it may be tried again.
    NotSent(String),
    /// And it never will be.
    Refused(String),
    /// The connection broke off when the server may have had it.
    Unknown(String),
}

impl Mailer {
    /// What sends by a server, for the host that visitors reach us by.
    ///
    /// # Errors
    ///
    /// [`BadMail::Name`] if no certificate can be for the server's name.
    pub fn new(
        settings: &MailSettings,
        host: Option<&str>,
        within: Duration,
    ) -> Result<Self, BadMail> {
        let smtp = settings.smtp.clone();
        let tls = match smtp.security {
            Security::Plain => None,
            Security::Tls | Security::StartTls => Some(
                TlsParameters::new(smtp.host.clone())
                    .map_err(|_| BadMail::Name(smtp.host.clone()))?,
            ),
        };
        let host = host.unwrap_or("localhost");
        let hello = match host.trim_matches(['[', ']']).parse() {
            Ok(IpAddr::V4(address)) => ClientId::Ipv4(address),
            Ok(IpAddr::V6(address)) => ClientId::Ipv6(address),
            Err(_) => ClientId::Domain(host.to_owned()),
        };
        let credentials = smtp.credentials.clone();
        Ok(Self {
            smtp,
            tls,
            credentials: credentials.map(|(user, password)| Credentials::new(user, password)),
            hello,
            within,
        })
    }

    /// Looks whether the server lets us in.
    ///
    /// # Errors
    ///
    /// Why not.
    pub async fn look(&self) -> Result<(), String> {
        let looking = async {
            let mut connection = self.open().await.map_err(|error| reason(&error))?;
            // It has let us in; how it says goodbye makes no difference.
            let _goodbye = connection.quit().await;
            Ok(())
        };
        tokio::time::timeout(self.within, looking)
            .await
            .unwrap_or_else(|_| Err(LATE.to_owned()))
    }

    /// Sends a letter.
    ///
    /// # Errors
    ///
    /// [`Failed`] says what is known of it then.
    pub async fn send(&self, message: &Message) -> Result<(), Failed> {
        let until = tokio::time::Instant::now() + self.within;
        let mut connection = match tokio::time::timeout_at(until, self.open()).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(error)) => return Err(Failed::NotSent(reason(&error))),
            Err(_) => return Err(Failed::NotSent(LATE.to_owned())),
        };
        let bytes = message.formatted();
        let sending = connection.send(message.envelope(), &bytes);
        match tokio::time::timeout_at(until, sending).await {
            Ok(Ok(_accepted)) => {}
            Ok(Err(error)) if error.is_transient() => return Err(Failed::NotSent(reason(&error))),
            Ok(Err(error)) if error.is_permanent() || error.is_client() => {
                return Err(Failed::Refused(reason(&error)));
            }
            Ok(Err(error)) => return Err(Failed::Unknown(reason(&error))),
            Err(_) => return Err(Failed::Unknown(LATE.to_owned())),
        }
        // The server has it, whatever happens to the goodbye.
        let _goodbye = tokio::time::timeout(GOODBYE, connection.quit()).await;
        Ok(())
    }

    /// A connection on which a letter may be sent: encrypted as it is set, and signed in.
    async fn open(&self) -> Result<AsyncSmtpConnection, Error> {
        let at = (self.smtp.host.as_str(), self.smtp.port);
        let wrapped = match self.smtp.security {
            Security::Tls => self.tls.clone(),
            Security::StartTls | Security::Plain => None,
        };
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(at, Some(self.within), &self.hello, wrapped, None)
                .await?;
        if self.smtp.security == Security::StartTls
            && let Some(tls) = &self.tls
        {
            // A server that does not know it gets nothing from us.
            connection.starttls(tls.clone(), &self.hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }
}

/// How long a server may take to say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

const LATE: &str = "the mail server took too long";

/// Why something failed. An answer of the server's is told by its number alone.
fn reason(error: &Error) -> String {
    match error.status() {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_response() => "the mail server's answer could not be read".to_owned(),
        None => {
            // Such as "Connection error: Connection refused (os error 111)".
            let mut reason = error.to_string();
            let mut cause = std::error::Error::source(error);
            while let Some(error) = cause {
                let said = error.to_string();
                if !reason.contains(&said) {
                    reason.push_str(": ");
                    reason.push_str(&said);
                }
                cause = error.source();
            }
            reason
        }
    }
}
