//! A posted form, read: strictly UTF-8, bounded, and with its text in the form in which messages are kept.

use axum::body::{Body, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use percent_encoding::percent_decode;
use protocol::{CommandId, Correction, FactKind, MAX_CARD_FACTS, Token};
use sha2::{Digest, Sha256};

use crate::page::RecordForm;
use crate::secret;

/// The largest body, in bytes. The longest message has 8,000 characters of up to 4 bytes, which a form sends as 12
/// each: 96,000 bytes. More than twice as much fits, so that a text that is too long comes back to be shortened.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// Why a post cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It has more than [`MAX_BODY_BYTES`].
    TooLarge,
    /// It is of another type than a form's.
    NotAForm,
    /// It is not UTF-8, it broke off, or its button is none of ours.
    NotText,
}

/// What the form's buttons do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Sends the text.
    Say,
    /// Asks for a person.
    Human,
    /// Asks for a supervisor.
    Supervisor,
    /// Leaves the line.
    Leave,
    /// Goes back to the assistant.
    Assistant,
    /// Ends the conversation.
    End,
    /// Leaves an email address.
    Contact,
    /// Takes it back.
    NoContact,
    /// Puts right what people are shown. So does every other, on its way.
    Correct,
    /// Shows what is new.
    Check,
    /// Removes the cookie.
    Forget,
}

/// A post of the conversation page's form.
pub struct Post {
    /// Which button was pressed.
    pub act: Act,
    /// The text, with line breaks as a message has them.
    pub text: String,
    /// The suggested answer whose button was pressed, which is sent in place of the text.
    pub reply: Option<String>,
    /// What was typed for an email address.
    pub email: String,
    /// What was put right of the card: what stands there as it was is not among it.
    pub corrections: Vec<Correction>,
    /// The token of a conversation that has begun.
    pub token: Option<Token>,
    /// The token of a conversation that begins with this post.
    pub fresh: Option<Token>,
    /// The form of the record that is asked for.
    pub form: Option<RecordForm>,
    /// Made anew for each page.
    nonce: CommandId,
    /// The command's id, from a script that sends the same command over its socket as well.
    command: Option<CommandId>,
}

impl Post {
    /// Reads a post.
    pub async fn read(headers: &HeaderMap, body: Body) -> Result<Self, Unreadable> {
        let media_type = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let media_type = media_type
            .and_then(|value| value.split(';').next())
            .unwrap_or_default();
        if !media_type
            .trim()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        {
            return Err(Unreadable::NotAForm);
        }
        let body = to_bytes(body, MAX_BODY_BYTES)
            .await
            .map_err(|_| Unreadable::TooLarge)?;
        Self::of(fields(&body).ok_or(Unreadable::NotText)?)
    }

    fn of(fields: Vec<(String, String)>) -> Result<Self, Unreadable> {
        let mut post = Self {
            act: Act::Say,
            text: String::new(),
            reply: None,
            email: String::new(),
            corrections: vec![],
            token: None,
            fresh: None,
            form: None,
            nonce: CommandId(secret::random_id()),
            command: None,
        };
        for (name, value) in fields {
            match name.as_str() {
                "act" => post.act = Act::parse(&value).ok_or(Unreadable::NotText)?,
                // Browsers send line breaks in forms as CR LF, whatever was typed.
                "text" => post.text = value.replace("\r\n", "\n"),
                "reply" => post.reply = Some(value),
                "email" => post.email = value.trim().to_owned(),
                "kind" | "was" | "fact" => post.take_fact(&name, value),
                "token" => post.token = secret::token_of(&value),
                "fresh" => post.fresh = secret::token_of(&value),
                "as" => post.form = RecordForm::parse(&value),
                "command" => post.command = value.parse().ok(),
                "id" => post.nonce = value.parse().unwrap_or(post.nonce),
                // A newer page may have more fields.
                _ => {}
            }
        }
        post.corrections.retain(|it| it.was != it.text);
        // Enter in a field of the card presses the form's first button.
        if post.act == Act::Contact && post.email.is_empty() && !post.corrections.is_empty() {
            post.act = Act::Correct;
        }
        // White space alone is no draft that anybody would miss, and it hides what the box is for.
        if post.text.trim().is_empty() {
            post.text.clear();
        }
        Ok(post)
    }

    /// Takes a field of the card: of each fact first its kind, then what it was, then what it is.
    fn take_fact(&mut self, name: &str, value: String) {
        if name == "kind" {
            let kind = serde_json::from_value(value.into()).unwrap_or(FactKind::Other);
            if self.corrections.len() <= MAX_CARD_FACTS {
                self.corrections.push(Correction {
                    kind,
                    was: None,
                    text: None,
                });
            }
            return;
        }
        let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        if let Some(correction) = self.corrections.last_mut() {
            match name {
                "was" => correction.was = value,
                _ => correction.text = value,
            }
        }
    }

    /// What is to be sent.
    pub fn words(&self) -> &str {
        self.reply.as_deref().unwrap_or(&self.text)
    }

    /// What comes back into the box where nothing could be kept: a suggested answer stands before what was typed.
    pub fn unsent(&self) -> String {
        match &self.reply {
            Some(reply) if self.text.is_empty() => reply.clone(),
            Some(reply) => [reply, "\n", &self.text].concat(),
            None => self.text.clone(),
        }
    }

    /// The command's id: the same for the same form with the same words, so that a post that is sent twice counts
    /// once. Other words in the same form, after going back to it, are another command.
    pub fn command_id(&self) -> CommandId {
        if let Some(command) = self.command {
            return command;
        }
        let mut digest = Sha256::new();
        digest.update(self.nonce.0.to_be_bytes());
        digest.update([self.act as u8]);
        // The other acts leave the text alone.
        if self.act == Act::Say {
            digest.update(self.words().as_bytes());
        }
        CommandId(secret::id_from(digest))
    }
}

impl Act {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "say" => Self::Say,
            "human" => Self::Human,
            "supervisor" => Self::Supervisor,
            "leave" => Self::Leave,
            "assistant" => Self::Assistant,
            "end" => Self::End,
            "contact" => Self::Contact,
            "no-contact" => Self::NoContact,
            "correct" => Self::Correct,
            "check" => Self::Check,
            "forget" => Self::Forget,
            _ => return None,
        })
    }
}

/// The fields of a form or a query, in order; none if a name or a value is not UTF-8.
pub fn fields(encoded: &[u8]) -> Option<Vec<(String, String)>> {
    encoded
        .split(|&byte| byte == b'&')
        .filter(|field| !field.is_empty())
        .map(|field| {
            let mut parts = field.splitn(2, |&byte| byte == b'=');
            let name = decoded(parts.next().unwrap_or_default())?;
            Some((name, decoded(parts.next().unwrap_or_default())?))
        })
        .collect()
}

fn decoded(encoded: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = encoded
        .iter()
        .map(|&byte| if byte == b'+' { b' ' } else { byte })
        .collect();
    percent_decode(&spaced).decode_utf8().ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(body: &str) -> Post {
        Post::of(fields(body.as_bytes()).unwrap()).unwrap_or_else(|why| panic!("{body}: {why:?}"))
    }

    #[test]
    fn a_form_is_read_as_browsers_write_it() {
        let post = post("act=say&text=a+b%2Bc%0D%0A%C3%A9%F0%9F%99%82&other=1&&x");
        assert_eq!(post.act, Act::Say);
        assert_eq!(post.text, "a b+c\né🙂");
        assert_eq!(fields(b""), Some(vec![]));
        assert_eq!(fields(b"a=b=c"), Some(vec![("a".into(), "b=c".into())]));
    }

    #[test]
    fn what_is_not_utf_8_is_no_form() {
        for body in [
            &b"text=%FF"[..],
            b"text=%C3",
            b"text=\xff",
            b"%FF=x",
            b"text=%ED%A0%80",
        ] {
            assert_eq!(fields(body), None);
        }
    }

    #[test]
    fn an_unknown_button_is_not_guessed_at() {
        for body in ["act=", "act=Say", "act=resolve"] {
            let fields = fields(body.as_bytes()).unwrap();
            assert!(
                matches!(Post::of(fields), Err(Unreadable::NotText)),
                "{body}"
            );
        }
        assert_eq!(
            post("text=x").act,
            Act::Say,
            "a form without a button sends its text"
        );
    }

    #[test]
    fn only_our_own_kind_of_token_is_looked_for() {
        let good = "0123456789abcdef".repeat(4);
        assert_eq!(
            post(&format!("token={good}")).token,
            Some(Token(good.clone()))
        );
        assert_eq!(
            post(&format!("fresh={good}")).fresh,
            Some(Token(good.clone()))
        );
        for bad in ["", "abc", &good.to_uppercase(), &"g".repeat(64), &good[1..]] {
            assert_eq!(post(&format!("token={bad}")).token, None, "{bad}");
        }
    }

    #[test]
    fn the_same_form_with_the_same_words_is_the_same_command() {
        let nonce = "0123456789abcdef0123456789abcdef";
        let id = |rest: &str| post(&format!("id={nonce}&{rest}")).command_id();
        assert_eq!(id("act=say&text=hello"), id("text=hello&act=say"));
        assert_ne!(id("act=say&text=hello"), id("act=say&text=hello2"));
        assert_ne!(id("act=say&text=hello"), id("act=human&text=hello"));
        assert_eq!(id("act=human&text=draft"), id("act=human&text=draft2"));
        let other = "f".repeat(32);
        assert_ne!(
            id("text=hello"),
            post(&format!("id={other}&text=hello")).command_id()
        );
        assert_ne!(
            post("text=x").command_id(),
            post("text=x").command_id(),
            "no id, no repeat"
        );
        assert_ne!(
            post("id=1&text=x").command_id(),
            post("id=1&text=x").command_id()
        );
    }

    #[test]
    fn a_suggested_answer_is_sent_in_place_of_what_is_typed() {
        let post = post("text=half+a&reply=Yes%2C+please");
        assert_eq!((post.act, post.words()), (Act::Say, "Yes, please"));
        assert_eq!(post.text, "half a", "it stays a draft");
        assert_eq!(post.unsent(), "Yes, please\nhalf a");
        // A button of that name sends words and does nothing else, whatever they are.
        let named = self::post("reply=leave");
        assert_eq!((named.act, named.words()), (Act::Say, "leave"));
    }

    #[test]
    fn a_script_may_name_the_command_itself() {
        let (nonce, command) = ("1".repeat(32), "2".repeat(32));
        let named = post(&format!("id={nonce}&command={command}&text=hello"));
        assert_eq!(Ok(named.command_id()), command.parse());
        let misnamed = post(&format!("id={nonce}&command=x&text=hello"));
        assert_eq!(
            misnamed.command_id(),
            post(&format!("id={nonce}&text=hello")).command_id()
        );
    }

    #[tokio::test]
    async fn a_body_has_a_type_and_a_size() {
        let read = async |media_type: &'static str, length: usize| {
            let mut headers = HeaderMap::new();
            headers.insert(CONTENT_TYPE, media_type.parse().unwrap());
            let body = format!("text={}", "a".repeat(length - "text=".len()));
            Post::read(&headers, body.into())
                .await
                .map(|post| post.text.len())
        };
        let form = "application/x-www-form-urlencoded";
        assert_eq!(read(form, MAX_BODY_BYTES).await, Ok(MAX_BODY_BYTES - 5));
        assert_eq!(
            read("Application/X-WWW-Form-urlencoded; charset=UTF-8", 10).await,
            Ok(5)
        );
        assert_eq!(
            read(form, MAX_BODY_BYTES + 1).await,
            Err(Unreadable::TooLarge)
        );
        assert_eq!(read("text/plain", 10).await, Err(Unreadable::NotAForm));
        assert_eq!(
            read("multipart/form-data; boundary=x", 10).await,
            Err(Unreadable::NotAForm)
        );
        let none = Post::read(&HeaderMap::new(), "text=x".into()).await;
        assert!(matches!(none, Err(Unreadable::NotAForm)));
    }
}
