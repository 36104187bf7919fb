//! What the page's script says, as one small file a language: a JSON array of texts in the order of
//! [`Key::NAMES`](words::Key::NAMES). Its name holds the hash of what is in it, so browsers keep it for ever.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::Language;

/// The file of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptWords {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub json: String,
}

/// The files that were asked for, by tag.
static FILES: LazyLock<Mutex<BTreeMap<&'static str, ScriptWords>>> = LazyLock::new(Mutex::default);

impl Language {
    /// The file with what the script says in this language.
    #[must_use]
    pub fn script_words(&self) -> ScriptWords {
        let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
        let file = files.entry(self.tag).or_insert_with(|| {
            let texts: Vec<&str> = self.words().texts().collect();
            let json = serde_json::to_string(&texts).expect("texts are plain data");
            let hash = Sha256::digest(&json);
            let hash: String = hash
                .iter()
                .take(8)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            ScriptWords {
                name: format!("{}-{hash}.json", self.tag),
                json,
            }
        });
        file.clone()
    }
}

/// The file of this name, if it is one of this version's.
#[must_use]
pub fn script_words(name: &str) -> Option<ScriptWords> {
    let (tag, _) = name.rsplit_once('-')?;
    let file = Language::find(tag)?.script_words();
    (file.name == name).then_some(file)
}
