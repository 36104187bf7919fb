//! L10, A11: every catalogue says all that the English one says, in its own words, and each visitor gets the best one.

use std::collections::{BTreeMap, BTreeSet};

use icu_plurals::{PluralCategory, PluralRules};
use protocol::Timestamp;
use words::{Category, Key, Locale as _, Part};

use super::catalogue::{File, Message};
use super::*;
use crate::hours::HoursText;

/// The languages that the product promises: the official ones of the European Union, Spain's, and the world's most
/// used ones with their scripts.
const PROMISED: [&str; 43] = [
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl",
    "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "mt", "nb", "nl", "pl", "pt",
    "pt-BR", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi", "zh-Hans", "zh-Hant",
];

/// Messages of three words and more that a language writes as English does. There are none.
const SAME_AS_ENGLISH: [(&str, &str); 0] = [];

/// The longest *Human please* that a launcher holds on a 320 px screen, in characters.
const LONGEST_BUTTON: usize = 26;

fn file(tag: &str) -> File {
    serde_json::from_str(&assets::locale(tag).unwrap())
        .unwrap_or_else(|error| panic!("{tag}: {error}"))
}

fn groups(file: &File) -> [(&'static str, &BTreeMap<String, Message>); 4] {
    [
        ("page", &file.page),
        ("plain", &file.plain),
        ("loader", &file.loader),
        ("alerts", &file.alerts),
    ]
}

/// What is wrong with a translation.
fn faults(tag: &str, file: &File, english: &File) -> Vec<String> {
    let mut faults = Vec::new();
    for ((group, messages), (_, originals)) in groups(file).into_iter().zip(groups(english)) {
        for name in originals
            .keys()
            .filter(|name| !messages.contains_key(*name))
        {
            faults.push(format!("{group}.{name} is missing"));
        }
        for (name, message) in messages {
            match originals.get(name) {
                None => faults.push(format!("{group}.{name} is in no catalogue but this one")),
                Some(original) => faults.extend(message_faults(tag, name, message, original)),
            }
        }
    }
    faults
}

fn message_faults(tag: &str, name: &str, message: &Message, original: &Message) -> Vec<String> {
    let mut faults = Vec::new();
    let (forms, originals) = match (message, original) {
        (Message::Text(text), Message::Text(original)) => (vec![("other", text)], vec![original]),
        (Message::Plural(plural), Message::Plural(original)) => {
            let needed = categories(tag, plural.ordinal);
            let given: BTreeSet<&str> = plural.forms.keys().map(String::as_str).collect();
            if plural.ordinal != original.ordinal || given != needed {
                faults.push(format!(
                    "{name} has the forms {given:?} and needs {needed:?}"
                ));
            }
            let forms = plural
                .forms
                .iter()
                .map(|(form, text)| (form.as_str(), text));
            (forms.collect(), original.forms.values().collect())
        }
        _ => {
            return vec![format!("{name} is not of the form that it has in English")];
        }
    };
    let needed = slots(originals[originals.len() - 1]);
    for (category, form) in forms {
        // "One message" needs no number.
        let is_one_word = category != "other" && slots(form).is_empty();
        if slots(form) != needed && !is_one_word {
            faults.push(format!(
                "{name} has the placeholders {:?} and needs {needed:?}",
                slots(form)
            ));
        }
        if form.trim() != form && name != "comma" || form.is_empty() {
            faults.push(format!("{name} is empty, or begins or ends with a space"));
        }
        if form.contains(['<', '>', '&']) || form.chars().any(char::is_control) {
            faults.push(format!("{name} has signs of markup or control characters"));
        }
        let is_sentence = form.split_whitespace().count() >= 3;
        let is_known = SAME_AS_ENGLISH.contains(&(tag, name));
        if tag != ORIGINAL && is_sentence && !is_known && originals.contains(&form) {
            faults.push(format!("{name} is not translated"));
        }
    }
    faults
}

fn slots(text: &str) -> BTreeSet<&str> {
    let slot = |part| match part {
        Part::Slot(name) => Some(name),
        Part::Text(_) => None,
    };
    words::parts(text).filter_map(slot).collect()
}

/// The plural categories of a language, as the catalogues name them.
fn categories(tag: &str, ordinal: bool) -> BTreeSet<&'static str> {
    let tag = Locale::try_from_str(tag).unwrap();
    let rules = if ordinal {
        PluralRules::try_new_ordinal((&tag).into())
    } else {
        PluralRules::try_new_cardinal((&tag).into())
    };
    let name = |category| match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    };
    rules.unwrap().categories().map(name).collect()
}

#[test]
fn every_language_says_everything_in_its_own_words() {
    let tags: Vec<&str> = Language::tags().collect();
    for tag in PROMISED {
        assert!(tags.contains(&tag), "{tag} is promised");
    }
    let english = file(ORIGINAL);
    let names = |group: &BTreeMap<String, Message>| group.keys().cloned().collect::<BTreeSet<_>>();
    let known = |names: &[&str]| {
        let base = |name: &&str| name.split(':').next().unwrap().to_owned();
        names.iter().map(base).collect::<BTreeSet<_>>()
    };
    assert_eq!(
        names(&english.page),
        known(Key::NAMES),
        "nobody asks for the others"
    );
    assert_eq!(
        names(&english.plain),
        known(Plain::NAMES),
        "nobody asks for the others"
    );
    let faults: Vec<String> = tags
        .iter()
        .flat_map(|tag| {
            let faults = faults(tag, &file(tag), &english);
            faults
                .into_iter()
                .map(move |fault| format!("{tag}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The guard itself: it refuses what it is there to refuse.
#[test]
fn a_translation_that_is_not_whole_is_refused() {
    let english = file(ORIGINAL);
    let refused = |change: &dyn Fn(&mut File), fault: &str| {
        let mut german = file("de");
        change(&mut german);
        let found = faults("de", &german, &english);
        assert!(found.iter().any(|found| found.contains(fault)), "{found:?}");
    };
    let put = |name: &'static str, text: &'static str| {
        move |file: &mut File| {
            file.page.insert(name.into(), Message::Text(text.into()));
        }
    };
    refused(
        &|file| drop(file.page.remove("sent")),
        "page.sent is missing",
    );
    refused(
        &put("more", "x"),
        "page.more is in no catalogue but this one",
    );
    refused(
        &put("left_line", "You left the line."),
        "left_line is not translated",
    );
    refused(
        &put("is_here", "{nmae} ist da"),
        "is_here has the placeholders",
    );
    refused(
        &put("is_here", "Jemand ist da"),
        "is_here has the placeholders",
    );
    refused(&put("place", "{place}."), "place is not of the form");
    refused(&put("sent", ""), "sent is empty");
    refused(&put("sent", "<b>Gesendet</b>"), "sent has signs of markup");
    let without_a_form = |file: &mut File| match file.loader.get_mut("open_chat_unread") {
        Some(Message::Plural(plural)) => drop(plural.forms.remove("one")),
        _ => panic!("it is a plural"),
    };
    refused(&without_a_form, "open_chat_unread has the forms");
}

/// L14: what is said of the AI and of the way to a person is said everywhere, and by the same name.
#[test]
fn the_button_and_the_disclosure_are_whole_in_every_language() {
    for tag in Language::tags() {
        let language = Language::find(tag).unwrap();
        let words = language.words();
        let button = words.get(Key::HumanPlease);
        assert!(button.chars().count() <= LONGEST_BUTTON, "{tag}: {button}");
        for mention in [words.get(Key::AiFailed), language.plain(Plain::PersonOnly)] {
            assert!(
                mention.contains(button),
                "{tag}: {button} is not in {mention}"
            );
        }
        let not_ready = match &language.catalogue.loader["chat_not_ready"] {
            Message::Text(text) => text,
            Message::Plural(_) => panic!("it is a text"),
        };
        assert!(
            not_ready.contains(button),
            "{tag}: {button} is not in {not_ready}"
        );
        // What labels its messages is what the disclosure calls it.
        let ai = ai(tag);
        for text in [
            words.get(Key::AiAssistant),
            words.get(Key::StatusAi),
            words.get(Key::AiFailed),
            language.plain(Plain::Disclosure),
        ] {
            assert!(
                text.to_lowercase().contains(ai),
                "{tag}: {ai} is not in {text}"
            );
        }
    }
}

/// What an AI is called in a language, in lower case.
fn ai(tag: &str) -> &'static str {
    match tag {
        "ar" => "لذكاء الاصطناعي",
        "bg" | "ru" => "ии",
        "bn" => "এআই",
        "ca" | "es" | "fr" | "gl" | "it" | "pt" | "pt-BR" => "ia",
        "de" | "nb" => "ki",
        "et" => "tehisintellekti",
        "eu" => "aa",
        "fa" => "هوش مصنوعی",
        "fi" => "tekoäly",
        "lt" => "di",
        "lv" => "mi",
        "sl" => "umetna inteligenca",
        "tr" => "yapay zekâ",
        "uk" => "ші",
        "ur" => "اے آئی",
        _ => "ai",
    }
}

#[test]
fn the_visitor_gets_what_was_asked_for_and_otherwise_what_the_browser_prefers() {
    let chosen = |asked, header| {
        let language = Language::choose(asked, header);
        format!("{} {}", language.tag(), language.variety())
    };
    for (asked, header, result) in [
        (None, None, "en en"),
        (Some("de"), Some("fr"), "de de"),
        (Some("de-AT"), None, "de de-AT"),
        (Some("EN-us"), None, "en en-US"),
        // Nobody has translated it: the browser knows another one.
        (Some("tlh"), Some("fr-CH, de;q=0.5"), "fr fr-CH"),
        (Some("not a tag"), Some("it"), "it it"),
        (None, Some("tlh, cy;q=0.9, es;q=0.8, *;q=0.1"), "es es"),
        (None, Some("de;q=0, nl;q=0.2, sv;q=0.3"), "sv sv"),
        (None, Some("de;q=2, ;q=1, fr;q=0.001"), "fr fr"),
        (Some("zh"), None, "zh-Hans zh-Hans"),
        (Some("zh-TW"), None, "zh-Hant zh-Hant-TW"),
        (Some("zh-Hant-HK"), None, "zh-Hant zh-Hant-HK"),
        (Some("zh-SG"), None, "zh-Hans zh-Hans-SG"),
        (Some("pt-BR"), None, "pt-BR pt-BR"),
        (Some("pt-AO"), None, "pt pt-AO"),
        (Some("nn-NO"), None, "nb nb"),
        (Some("no"), None, "nb nb"),
        (Some("iw-IL"), None, "he he"),
        (Some("ca-ES-valencia"), None, "ca ca-ES"),
        (Some("sr"), Some("xx"), "en en"),
    ] {
        assert_eq!(chosen(asked, header), result, "{asked:?} {header:?}");
    }
    assert_eq!(Language::find("ar-EG").unwrap().direction(), "rtl");
    assert_eq!(Language::find("de").unwrap().direction(), "ltr");
}

#[test]
fn a_header_of_any_length_is_read_in_bounds() {
    let header = "x-y,".repeat(100_000);
    assert_eq!(Language::choose(None, Some(&header)).tag(), "en");
}

#[test]
fn days_and_times_are_written_as_the_language_writes_them() {
    // 2026-11-21 10:31:05 UTC
    let at = Timestamp(1_795_257_065_000);
    for (tag, day, full) in [
        (
            "en",
            "Saturday 21 November",
            "Saturday, 21 November 2026, 10:31 UTC",
        ),
        (
            "en-US",
            "Saturday, November 21",
            "Saturday, November 21, 2026, 10:31\u{202f}AM UTC",
        ),
        (
            "de",
            "Samstag, 21. November",
            "Samstag, 21. November 2026, 10:31 UTC",
        ),
        (
            "es",
            "sábado, 21 de noviembre",
            "sábado, 21 de noviembre de 2026, 10:31 UTC",
        ),
        ("ja", "11月21日土曜日", "2026年11月21日土曜日 10:31 UTC"),
    ] {
        let language = Language::find(tag).unwrap();
        let calendar = language.speech(Zone::Utc).locale;
        assert_eq!(calendar.day(at), day, "{tag}");
        assert_eq!(calendar.full(at), full, "{tag}");
    }
}

#[test]
fn times_of_a_shop_are_in_its_zone_and_say_so() {
    let text = HoursText {
        time_zone: "Europe/Madrid".into(),
        week: "daily 09:00-18:00".into(),
        exceptions: vec![],
    };
    let hours = text.parse().unwrap();
    let calendar = Language::find("en")
        .unwrap()
        .speech(Zone::Shop(&hours))
        .locale;
    assert_eq!(
        calendar.day_and_time(Timestamp(1_795_257_065_000)),
        "Saturday 21 November, 11:31 (Europe/Madrid)"
    );
}

#[test]
fn numbers_have_latin_digits_and_every_language_has_a_calendar() {
    for tag in Language::tags() {
        let language = Language::find(tag).unwrap();
        let calendar = language.speech(Zone::Utc).locale;
        let said = [
            calendar.number(8_412),
            calendar.full(Timestamp(1_795_257_065_000)),
        ];
        for text in said {
            let is_latin = |char: char| !char.is_numeric() || char.is_ascii_digit();
            assert!(text.chars().all(is_latin), "{tag}: {text}");
        }
    }
    let number = |tag| {
        Language::find(tag)
            .unwrap()
            .speech(Zone::Utc)
            .locale
            .number(8_412)
    };
    assert_eq!([number("en"), number("de")], ["8,412", "8.412"]);
}

#[test]
fn places_are_counted_by_each_languages_grammar() {
    let place = |tag, place| Language::find(tag).unwrap().speech(Zone::Utc).place(place);
    assert_eq!(place("en", 22), "22nd in line");
    assert_eq!(place("en", 13), "13th in line");
    let french = Language::find("fr").unwrap();
    assert_eq!(french.speech(Zone::Utc).locale.ordinal(1), Category::One);
}

#[test]
fn no_moment_is_beyond_the_calendar() {
    for at in [i64::MIN, -1, 0, i64::MAX] {
        for tag in ["en", "fa", "th"] {
            let calendar = Language::find(tag).unwrap().speech(Zone::Utc).locale;
            assert!(!calendar.full(Timestamp(at)).is_empty());
        }
    }
}

#[test]
fn the_scripts_words_have_a_name_that_changes_with_them() {
    let german = Language::find("de").unwrap().script_words();
    assert_eq!(script_words(&german.name), Some(german.page.clone()));
    let alerts = ["alerts-", &german.name].concat();
    assert_eq!(script_words(&alerts), Some(german.alerts.clone()));
    assert!(german.name.starts_with("de-") && german.name.ends_with(".json"));
    assert_eq!(script_words("de-00000000.json"), None);
    assert_eq!(script_words("../de.json"), None);
    assert_eq!(script_words("alerts-de-00000000.json"), None);
    let chinese = Language::find("zh-TW").unwrap().script_words();
    assert_eq!(script_words(&chinese.name), Some(chinese.page.clone()));
    let texts: Vec<String> = serde_json::from_str(&german.page).unwrap();
    assert!(Words::new(texts).is_some());
}
