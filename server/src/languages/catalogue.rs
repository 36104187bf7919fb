//! One language's texts, as they are read from its file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use words::{Key, Words};

use super::Plain;

/// The texts of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// The language's name in itself.
    pub name: String,
    /// What both the server and the script say.
    pub words: Words,
    /// What only the server says, in the order of [`Plain::NAMES`].
    pub plain: Box<[Box<str>]>,
    /// What the launcher on the merchant's page says, by name.
    pub loader: BTreeMap<String, Message>,
    /// What `public/alerts.js` says, by name.
    pub alerts: BTreeMap<String, Message>,
}

/// A message of a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Message {
    /// One text.
    Text(String),
    /// A text for each plural category of the language.
    Plural(Plural),
}

/// A text for each plural category of the language.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Plural {
    /// Whether it counts places (1st, 2nd) and not things.
    #[serde(default)]
    pub ordinal: bool,
    /// The texts by category; there is always `other`.
    #[serde(flatten)]
    pub forms: BTreeMap<String, String>,
}

/// A file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) language: String,
    pub(super) page: BTreeMap<String, Message>,
    pub(super) plain: BTreeMap<String, Message>,
    pub(super) loader: BTreeMap<String, Message>,
    pub(super) alerts: BTreeMap<String, Message>,
}

/// Why a file is no catalogue.
#[derive(Debug, thiserror::Error)]
pub enum BadCatalogue {
    /// It is not JSON of this form.
    #[error("it is not a file like en.json: {0}")]
    Form(#[from] serde_json::Error),
    /// A message is missing.
    #[error("it has no message {0:?}")]
    Missing(String),
}

impl Catalogue {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// If it is not JSON of the form of `en.json`, or a message is missing. Messages that nobody asks for are passed
    /// over here; the tests refuse them.
    pub fn parse(text: &str) -> Result<Self, BadCatalogue> {
        let File {
            language,
            page,
            plain,
            loader,
            alerts,
        } = serde_json::from_str(text)?;
        let page = texts(&page, Key::NAMES)?;
        let mut plain = texts(&plain, Plain::NAMES)?;
        plain.shrink_to_fit();
        Ok(Self {
            name: language,
            words: Words::new(page).expect("there is a text for each name"),
            plain: plain.into_iter().map(String::into_boxed_str).collect(),
            loader,
            alerts,
        })
    }
}

/// The texts of these names. A plural's form that the language does not have is its `other`, as the CLDR has it.
fn texts(
    messages: &BTreeMap<String, Message>,
    names: &[&str],
) -> Result<Vec<String>, BadCatalogue> {
    let text = |name: &&str| {
        let (message, category) = name.split_once(':').unwrap_or((name, "other"));
        let found = match messages.get(message) {
            Some(Message::Text(text)) => Some(text),
            Some(Message::Plural(Plural { forms, .. })) => {
                forms.get(category).or_else(|| forms.get("other"))
            }
            None => None,
        };
        found
            .cloned()
            .ok_or_else(|| BadCatalogue::Missing((*name).to_owned()))
    };
    names.iter().map(text).collect()
}
