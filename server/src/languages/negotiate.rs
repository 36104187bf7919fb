//! Which language somebody gets: the lookup of RFC 4647, section 3.4, with the relations between languages that tags
//! alone do not show.

use icu_locale_core::LanguageIdentifier;

/// More languages than anybody prefers; the rest of a longer list is passed over.
const MOST_PREFERENCES: usize = 32;

/// What a list of an `Accept-Language` header prefers, best first (RFC 9110, section 12.5.4). What is not acceptable, at
/// `q=0`, and what stands for any language are left out.
pub fn preferences(header: &str) -> Vec<&str> {
    let mut found: Vec<(&str, u16)> = header
        .split(',')
        .take(MOST_PREFERENCES)
        .filter_map(|part| {
            let mut fields = part.split(';').map(str::trim);
            let tag = fields.next()?;
            let weight = fields.find_map(|field| field.strip_prefix("q="));
            let weight = weight.map_or(Some(1_000), thousandths)?;
            (weight > 0 && !tag.is_empty() && tag != "*").then_some((tag, weight))
        })
        .collect();
    // Stable: of two that are liked as much, the first.
    found.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    found.into_iter().map(|(tag, _)| tag).collect()
}

/// The language that a browser would rather read than any other, translated or not.
#[must_use]
pub fn preferred(accept_language: Option<&str>) -> Option<protocol::Language> {
    let all = preferences(accept_language?);
    all.into_iter().find_map(protocol::Language::of)
}

/// A weight of 0 to 1 with up to three decimals, in thousandths.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, decimals) = weight.split_once('.').unwrap_or((weight, ""));
    let padded = format!("{decimals:0<3}");
    let decimals: u16 = padded.get(..3)?.parse().ok()?;
    match whole {
        "0" => Some(decimals),
        "1" => Some(1_000),
        _ => None,
    }
}

/// The tag of the catalogue for a language, of those that are known: the most specific one, and otherwise one of a
/// language that its speakers read.
pub fn lookup(asked: &LanguageIdentifier, is_known: impl Fn(&str) -> bool) -> Option<String> {
    let language = match asked.language.as_str() {
        // The written standards of Norwegian are read by all who write either.
        "no" | "nn" => "nb",
        // Codes that ISO has withdrawn and old systems still send.
        "iw" => "he",
        "in" => "id",
        "mo" => "ro",
        other => other,
    };
    let script = asked.script.map(|script| script.to_string());
    let region = asked.region.map(|region| region.to_string());
    let script = match (language, script, region.as_deref()) {
        ("zh", None, Some("HK" | "MO" | "TW")) => Some("Hant".to_owned()),
        ("zh", None, _) => Some("Hans".to_owned()),
        (_, script, _) => script,
    };
    let with = |part: Option<&String>| part.map(|part| format!("{language}-{part}"));
    [
        with(region.as_ref()),
        with(script.as_ref()),
        Some(language.into()),
    ]
    .into_iter()
    .flatten()
    .find(|tag| is_known(tag))
}
