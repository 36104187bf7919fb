//! What a letter says, in the visitor's language: that a person has answered, and how to read it. Nothing in it was chosen
//! by a visitor, and no word of what was written in the chat is in it.

use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use maud::{DOCTYPE, Markup, html};
use protocol::{Token, checked_email};
use sha2::{Digest, Sha256};
use words::{Locale as _, Part, parts};

use crate::languages::{Language, Plain, Zone};
use crate::origin::PublicUrl;
use crate::secret;
use crate::store::{Claim, Letter, Site};

/// Everything that a letter is written from.
pub struct Written<'a> {
    pub from: &'a Mailbox,
    pub public_url: &'a PublicUrl,
    pub site: &'a Site,
    pub claim: &'a Claim,
    pub letter: &'a Letter,
    pub language: &'a Language,
    /// What opens the conversation.
    pub link: &'a Token,
    /// What stops letters.
    pub stop: &'a Token,
}

/// Why a letter could not be written. Its text has nothing of anybody in it.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    /// The visitor's address is none that letters go to.
    #[error("the address that a visitor has left is none that letters go to")]
    Address,
    /// It has no form that mail servers take.
    #[error("it cannot be put into the form of a letter")]
    Form,
}

/// The letter's words, with everything filled in.
struct Said {
    shop: String,
    subject: String,
    answered: String,
    number: Option<String>,
    until: String,
    ignore: String,
    /// Opens the conversation.
    link: String,
    /// Where the code is typed by those who cannot follow the link.
    place: String,
    /// Stops letters.
    stop: String,
}

impl Written<'_> {
    /// The letter as it is sent.
    ///
    /// # Errors
    ///
    /// [`Unwritable`] if there is no such letter.
    pub fn message(&self) -> Result<Message, Unwritable> {
        let said = self.said();
        let to = self.letter.email.parse().map_err(|_| Unwritable::Address)?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(said.subject.clone())
            .message_id(Some(self.message_id()))
            .header(AutoSubmitted)
            .header(ListUnsubscribe(format!("<{}>", said.stop)));
        if let Some(address) = reply_to(&self.site.settings.contact) {
            message = message.reply_to(address);
        }
        message
            .multipart(MultiPart::alternative_plain_html(
                self.plain(&said),
                self.html(&said),
            ))
            .map_err(|_| Unwritable::Form)
    }

    /// The same for each letter about the same words, so that whoever gets one twice is shown one.
    fn message_id(&self) -> String {
        let mut digest = Sha256::new();
        digest.update(b"letter");
        digest.update(self.claim.conversation.0.to_be_bytes());
        digest.update(self.letter.seq.0.to_be_bytes());
        digest.update(self.claim.at.0.to_be_bytes());
        let host = self.public_url.host().unwrap_or("localhost");
        format!("<{:032x}@{host}>", secret::id_from(digest))
    }

    fn said(&self) -> Said {
        let settings = &self.site.settings;
        let shop = inert(&settings.name);
        let place = self.public_url.link(&format!("/continue/{}", settings.key));
        let zone = settings.hours.as_ref().map_or(Zone::Utc, Zone::Shop);
        let until = self.language.speech(zone).locale;
        let until = until.day_and_time(self.claim.expires_at());
        let say = |message, values: &[(&str, &str)]| self.language.plain_with(message, values);
        let receipt = self.letter.receipt.map(|receipt| receipt.0.to_string());
        Said {
            subject: say(Plain::MailSubject, &[("shop", &shop)]),
            answered: say(
                Plain::MailAnswered,
                &[("name", &inert(&self.letter.name)), ("shop", &shop)],
            ),
            number: receipt.map(|number| say(Plain::RecordRequest, &[("number", &number)])),
            until: say(Plain::MailUntil, &[("time", &until)]),
            ignore: say(Plain::MailIgnore, &[("shop", &shop)]),
            link: format!("{place}#{}", self.link.0),
            stop: format!("{place}/stop#{}", self.stop.0),
            place,
            shop,
        }
    }

    fn plain(&self, said: &Said) -> String {
        let say = |message| self.language.plain(message);
        let code = words::fill(say(Plain::MailCode), &[("address", &said.place)]);
        let mut lines = vec![said.answered.clone()];
        lines.extend(said.number.clone());
        lines.extend([
            String::new(),
            say(Plain::MailRead).to_owned(),
            said.link.clone(),
            String::new(),
            said.until.clone(),
            String::new(),
            code,
            self.link.0.clone(),
            String::new(),
            said.ignore.clone(),
            String::new(),
            say(Plain::MailStop).to_owned(),
            said.stop.clone(),
            String::new(),
        ]);
        lines.join("\n")
    }

    /// The same with links. Mail programs show no more of a style than what stands in the elements, and show their own
    /// colours at night: so there are hardly any.
    fn html(&self, said: &Said) -> String {
        const BODY: &str = "margin:0;padding:24px 16px;font-family:system-ui,-apple-system,'Segoe UI',sans-serif;\
            font-size:16px;line-height:1.5";
        const SHEET: &str = "max-width:560px;margin:0 auto";
        const HEAD: &str = "margin:0 0 16px;font-size:20px;line-height:1.3";
        const TEXT: &str = "margin:0 0 16px";
        const BUTTON: &str = "display:inline-block;padding:12px 20px;border-radius:14px;background:#1f4d3f;\
            color:#ffffff;text-decoration:none;font-weight:600";
        const SMALL: &str = "margin:0 0 12px;font-size:14px";
        const CODE: &str = "margin:0 0 16px;font-family:ui-monospace,Consolas,monospace;font-size:13px;\
            overflow-wrap:anywhere;word-break:break-all";
        let say = |message| self.language.plain(message);
        let dir = self.language.direction();
        let page = html! {
            (DOCTYPE)
            html lang=(self.language.tag()) dir=(dir) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (said.subject) }
                }
                body dir=(dir) style=(BODY) {
                    div style=(SHEET) {
                        h1 style=(HEAD) { bdi { (said.shop) } }
                        p style=(TEXT) {
                            (said.answered)
                            @if let Some(number) = &said.number { br; (number) }
                        }
                        p style=(TEXT) {
                            a href=(said.link) style=(BUTTON) { (say(Plain::MailRead)) }
                        }
                        p style=(TEXT) { (said.until) }
                        p style=(SMALL) { (with_link(say(Plain::MailCode), &said.place)) }
                        p style=(CODE) dir="ltr" { (self.link.0) }
                        p style=(SMALL) { (said.ignore) }
                        p style=(SMALL) { a href=(said.stop) { (say(Plain::MailStop)) } }
                    }
                }
            }
        };
        page.into_string()
    }
}

/// A message with a link where its placeholder is.
fn with_link(message: &str, address: &str) -> Markup {
    html! {
        @for part in parts(message) {
            @match part {
                Part::Text(text) => (text)
                Part::Slot(_) => a href=(address) dir="ltr" { (address) }
            }
        }
    }
}

/// Whom an answer to the letter goes to: the shop, if an email address is all that it gives as its contact.
fn reply_to(contact: &str) -> Option<Mailbox> {
    let address = checked_email(contact).ok()?.parse().ok()?;
    Some(Mailbox::new(None, address))
}

/// A name as it stands in a line: what breaks the line, or turns the direction of what comes after it, is taken out.
fn inert(name: &str) -> String {
    let turns = |character: char| matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let visible = name.chars().filter(|&character| !turns(character));
    let spaced: String = visible
        .map(|character| {
            let breaks = character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
            if breaks { ' ' } else { character }
        })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// RFC 3834: no machine answers a letter that a machine sent.
#[derive(Debug, Clone)]
struct AutoSubmitted;

/// RFC 2369: how to get no more of them. The link opens a page where one press does it. RFC 8058's way, where the mail
/// program does that itself, would need a secret in the part of the URL that servers see and log (S10).
#[derive(Debug, Clone)]
struct ListUnsubscribe(String);

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        // An address on this server, of ASCII without a space: a line of its own, which is shorter than the longest.
        HeaderValue::dangerous_new_pre_encoded(
            Self::name(),
            self.0.clone(),
            format!("\r\n {}", self.0),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S1.
    #[test]
    fn a_name_is_one_line_and_turns_nothing_around() {
        assert_eq!(inert("Lumen & Oak"), "Lumen & Oak");
        assert_eq!(inert(" A\r\nBcc: b@c.example\0 "), "A Bcc: b@c.example");
        assert_eq!(inert("\u{202e}kaO\u{202c} \u{2066}x\u{2069}"), "kaO x");
        assert_eq!(inert("one\u{2028}two"), "one two");
        assert_eq!(inert("مصباح"), "مصباح");
    }

    #[test]
    fn answers_go_to_a_contact_that_is_an_address_and_nothing_else() {
        let address = |contact| reply_to(contact).map(|mailbox| mailbox.email.to_string());
        assert_eq!(
            address(" help@shop.example "),
            Some("help@shop.example".into())
        );
        for other in [
            "",
            "+34 600 000 000",
            "help@shop.example or +34 600 000 000",
        ] {
            assert_eq!(address(other), None, "{other}");
        }
    }
}
