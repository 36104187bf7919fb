//! What the page's scripts say, as small files of each language. Their names hold the hash of what is in them, so browsers keep
//! them for ever.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::Language;

/// What stands before the name of the file with the words of `public/alerts.js`: it finds it by the name of the other one.
const ALERTS: &str = "alerts-";

/// The files of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptWords {
    /// The name of the first, which says what is in both.
    pub name: String,
    /// What the page says: a JSON array of texts in the order of [`Key::NAMES`](words::Key::NAMES).
    pub page: String,
    /// What `public/alerts.js` says: a JSON object.
    pub alerts: String,
}

/// The files that were asked for, by tag.
static FILES: LazyLock<Mutex<BTreeMap<&'static str, Arc<ScriptWords>>>> =
    LazyLock::new(Mutex::default);

impl Language {
    /// The files with what scripts say in this language.
    #[must_use]
    pub fn script_words(&self) -> Arc<ScriptWords> {
        let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
        let file = files.entry(self.tag).or_insert_with(|| {
            let texts: Vec<&str> = self.words().texts().collect();
            let page = serde_json::to_string(&texts).expect("texts are plain data");
            let alerts = serde_json::to_string(&self.catalogue.alerts).expect("so are these");
            let hash = Sha256::new().chain_update(&page).chain_update(&alerts);
            let hash = hash.finalize();
            let hash: String = hash
                .iter()
                .take(4)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            Arc::new(ScriptWords {
                name: format!("{}-{hash}.json", self.tag),
                page,
                alerts,
            })
        });
        Arc::clone(file)
    }
}

/// What is in the file of this name, if it is one of this version's.
#[must_use]
pub fn script_words(name: &str) -> Option<String> {
    let (name, is_of_alerts) = match name.strip_prefix(ALERTS) {
        Some(name) => (name, true),
        None => (name, false),
    };
    let (tag, _) = name.rsplit_once('-')?;
    let words = Language::find(tag)?.script_words();
    let json = if is_of_alerts {
        &words.alerts
    } else {
        &words.page
    };
    (words.name == name).then(|| json.clone())
}
