//! The languages that visitors are spoken to in: which one somebody gets, and what it says.
//!
//! The texts are in `public/locales`, one file a language, and are part of the program. A language is read when it is
//! first asked for, and kept.

mod calendar;
mod catalogue;
mod negotiate;
mod plain;
mod script;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use icu_locale_core::Locale;
use words::{Speech, Words};

pub use self::calendar::{Calendar, Zone};
pub use self::catalogue::Catalogue;
pub use self::negotiate::preferred;
pub use self::plain::Plain;
pub use self::script::{ScriptWords, script_words};

use crate::assets;

/// The language that every other one is translated from, and that is spoken where no better one is known.
const ORIGINAL: &str = "en";

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 4] = ["ar", "fa", "he", "ur"];

/// The catalogues by their tags, each read when it is first asked for.
static CATALOGUES: LazyLock<BTreeMap<String, OnceLock<Catalogue>>> = LazyLock::new(|| {
    assets::locales()
        .map(|tag| (tag, OnceLock::new()))
        .collect()
});

/// A language as one visitor speaks it.
#[derive(Debug, Clone)]
pub struct Language {
    tag: &'static str,
    catalogue: &'static Catalogue,
    /// The tag with the region that was asked for: times are written differently in Britain and in America.
    variety: String,
}

impl Language {
    /// The best language for what was asked for in the address, and otherwise for what the browser prefers
    /// (`Accept-Language`).
    #[must_use]
    pub fn choose(asked: Option<&str>, accept_language: Option<&str>) -> Self {
        let preferred = negotiate::preferences(accept_language.unwrap_or_default());
        asked
            .into_iter()
            .chain(preferred)
            .find_map(Self::find)
            .unwrap_or_else(Self::original)
    }

    /// The language that every other one is translated from.
    #[must_use]
    pub fn original() -> Self {
        Self::find(ORIGINAL).expect("English is a part of the program")
    }

    /// The language of a tag, in the variety of its region; none if nobody has translated it.
    #[must_use]
    pub fn find(asked: &str) -> Option<Self> {
        let asked = Locale::try_from_str(asked).ok()?.id;
        let known = negotiate::lookup(&asked, |tag| CATALOGUES.contains_key(tag))?;
        let (tag, slot) = CATALOGUES.get_key_value(&known)?;
        let catalogue = slot.get_or_init(|| read(tag));
        let region = asked.region.filter(|_| !tag.contains('-') || tag.len() > 5);
        let variety = match region {
            Some(region) if tag.starts_with(asked.language.as_str()) => format!("{tag}-{region}"),
            _ => tag.clone(),
        };
        Some(Self {
            tag,
            catalogue,
            variety,
        })
    }

    /// The tags of all languages, in order.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        CATALOGUES.keys().map(String::as_str)
    }

    /// The tag of its catalogue.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// Its tag with the visitor's region, for `lang` attributes and calendars.
    #[must_use]
    pub fn variety(&self) -> &str {
        &self.variety
    }

    /// `ltr` or `rtl`, for `dir` attributes.
    #[must_use]
    pub fn direction(&self) -> &'static str {
        if RIGHT_TO_LEFT.contains(&self.tag) {
            "rtl"
        } else {
            "ltr"
        }
    }

    /// What both the server and the script say.
    #[must_use]
    pub fn words(&self) -> &'static Words {
        &self.catalogue.words
    }

    /// What only the server says.
    #[must_use]
    pub fn plain(&self, message: Plain) -> &'static str {
        &self.catalogue.plain[message as usize]
    }

    /// The same with its placeholders filled.
    #[must_use]
    pub fn plain_with(&self, message: Plain, values: &[(&str, &str)]) -> String {
        words::fill(self.plain(message), values)
    }

    /// The language with its calendar, and times as in a zone.
    #[must_use]
    pub fn speech<'a>(&self, zone: Zone<'a>) -> Speech<'static, Calendar<'a>> {
        Speech {
            words: self.words(),
            locale: Calendar::new(self, zone),
        }
    }
}

fn read(tag: &str) -> Catalogue {
    let text = assets::locale(tag).unwrap_or_default();
    Catalogue::parse(&text).unwrap_or_else(|error| {
        // Every catalogue of a release was read by its tests; this is somebody who translates.
        tracing::error!(%tag, %error, "a language cannot be read, and English stands in for it");
        assert_ne!(tag, ORIGINAL, "English cannot be read: {error}");
        let english = assets::locale(ORIGINAL).unwrap_or_default();
        Catalogue::parse(&english).expect("English is a part of the program")
    })
}

#[cfg(test)]
mod tests;
