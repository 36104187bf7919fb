//! Finds out whom a conversation suits that has begun to wait: the language that its visitor writes, and what it is about.

use std::sync::LazyLock;

use desk::{Command, Holder};
use protocol::{Author, EventKind, HistoryPage, Language, Seq, TeamId, TopicId};
use whatlang::{Detector, Lang};

use super::sequencer::Sequencer;
use super::{CommandJob, Reply, unavailable};
use crate::store::{Page, Topic};

/// The most that is read of what a visitor has written, in bytes, the newest first: what they want now counts.
const READ_BYTES: usize = 4_096;

/// Languages that the detector does not know and takes for one of their neighbours. Where the visitor's browser asks for one
/// of them, it is believed.
const NOT_DETECTED: [&str; 6] = ["eu", "gl", "ga", "mt", "is", "ms"];

impl Sequencer {
    /// Sorts what has begun to wait since the last time.
    pub(super) async fn sort_what_is_new(&mut self) {
        for (site, id) in std::mem::take(&mut self.unsorted) {
            let waits = self.conversation(site, id).map(|it| it.holder) == Some(Holder::Queue);
            if !waits {
                continue;
            }
            let page = match self.store.history(id, Page::After(Seq(0))).await {
                Ok(page) => page,
                Err(error) => {
                    unavailable(&error);
                    continue;
                }
            };
            let words = words_of(&page);
            let language = language_of(&words, self.browser_languages.get(&id).copied());
            let set_up = self.set_ups.get(&site);
            let topic = set_up.and_then(|set_up| topic_of(&words, &set_up.topics));
            if language.is_none() && topic.is_none() {
                continue;
            }
            let job = CommandJob {
                site,
                id: None,
                opened_by: None,
                command: Command::Sorted {
                    conversation: id,
                    language,
                    topic,
                },
                reply: Reply::Nobody,
            };
            // Where it cannot be stored, nobody is worse off than unsorted.
            let _stored = self.commit_own(job).await;
        }
    }
}

/// What the visitor has written, the newest message first.
fn words_of(page: &HistoryPage) -> String {
    let mut words = String::new();
    for event in page.events.iter().rev() {
        if let EventKind::Message(message) = &event.kind
            && message.author == (Author::Visitor {})
        {
            words.push_str(&message.text);
            words.push('\n');
        }
        if words.len() >= READ_BYTES {
            break;
        }
    }
    words.truncate(words.floor_char_boundary(READ_BYTES));
    words
}

/// The language that somebody writes, by their words, or else the one that their browser asks for.
fn language_of(words: &str, browser: Option<Language>) -> Option<Language> {
    if let Some(asked) = browser.filter(|asked| NOT_DETECTED.contains(&asked.as_str())) {
        return Some(asked);
    }
    let detected = DETECTOR
        .detect(words)
        .filter(|info| info.confidence() >= SURE);
    detected
        .and_then(|info| two_letters(info.lang().code()))
        .and_then(Language::of)
        .or(browser)
}

/// How sure the detector has to be, of 0 to 1. Of sixteen openings of chats in ten languages, three to fifteen words each, it
/// was right wherever it was that sure, and nowhere wrong above 0.15; its own threshold of 0.9 passes over most.
const SURE: f64 = 0.5;

/// Looks for the languages that have a name in [`two_letters`].
static DETECTOR: LazyLock<Detector> = LazyLock::new(|| {
    let all = Lang::all().iter().copied();
    Detector::with_allowlist(all.filter(|it| two_letters(it.code()).is_some()).collect())
});

/// The tag of a language by its code of ISO 639-3, for those that visitors are spoken to in and some more.
fn two_letters(code: &str) -> Option<&'static str> {
    Some(match code {
        "ara" => "ar",
        "ben" => "bn",
        "bul" => "bg",
        "cat" => "ca",
        "ces" => "cs",
        "cmn" => "zh",
        "dan" => "da",
        "deu" => "de",
        "ell" => "el",
        "eng" => "en",
        "est" => "et",
        "fin" => "fi",
        "fra" => "fr",
        "heb" => "he",
        "hin" => "hi",
        "hrv" => "hr",
        "hun" => "hu",
        "ind" => "id",
        "ita" => "it",
        "jpn" => "ja",
        "kor" => "ko",
        "lav" => "lv",
        "lit" => "lt",
        "nld" => "nl",
        "nob" => "nb",
        "pes" => "fa",
        "pol" => "pl",
        "por" => "pt",
        "ron" => "ro",
        "rus" => "ru",
        "slk" => "sk",
        "slv" => "sl",
        "spa" => "es",
        "swe" => "sv",
        "tha" => "th",
        "tur" => "tr",
        "ukr" => "uk",
        "urd" => "ur",
        "vie" => "vi",
        _ => return None,
    })
}

/// The topic whose words occur most often, and the team that has it; of two with as many, the one that was listed first.
fn topic_of(words: &str, topics: &[Topic]) -> Option<(TopicId, Option<TeamId>)> {
    let text = words.to_lowercase();
    let count = |topic: &Topic| -> usize {
        let words = topic.plan.words.iter();
        words.map(|word| occurrences(&text, word)).sum()
    };
    let counted = topics.iter().map(|topic| (count(topic), topic));
    let best = counted.filter(|(count, _)| *count > 0);
    let best = best.reduce(|best, other| if other.0 > best.0 { other } else { best });
    best.map(|(_, topic)| (topic.id, topic.plan.team))
}

/// How often a word, or some words, stand in a text as words of their own. A longer word that begins with it counts too:
/// most languages put their endings there.
fn occurrences(text: &str, word: &str) -> usize {
    if word.is_empty() {
        return 0;
    }
    let begins_word = |(at, _): &(usize, &str)| {
        let before = text[..*at].chars().next_back();
        before.is_none_or(|character| !character.is_alphanumeric())
    };
    text.match_indices(word).filter(begins_word).count()
}

#[cfg(test)]
mod tests {
    use protocol::{CommandId, Event, Message, Timestamp};

    use super::*;
    use crate::store::TopicPlan;

    fn topic(id: u32, words: &[&str], team: Option<u32>) -> Topic {
        Topic {
            id: TopicId(id),
            plan: TopicPlan {
                name: id.to_string(),
                words: words.iter().map(|&word| word.into()).collect(),
                team: team.map(TeamId),
            },
        }
    }

    #[test]
    fn a_language_is_told_from_the_words_and_else_from_the_browser() {
        let language = |words: &str, browser: Option<&str>| {
            let browser = browser.and_then(Language::of);
            language_of(words, browser).map(|language| language.to_string())
        };
        let spanish =
            "Hola, mi pedido todavía no ha llegado y quisiera saber dónde está el paquete.";
        assert_eq!(language(spanish, Some("en")).as_deref(), Some("es"));
        assert_eq!(language("ok", Some("de")).as_deref(), Some("de"));
        assert_eq!(language("", None), None);
        let galician = "Ola, o meu pedido aínda non chegou e quero saber onde está.";
        assert_eq!(language(galician, Some("gl")).as_deref(), Some("gl"));
    }

    #[test]
    fn a_topic_is_told_from_its_words() {
        let topics = [
            topic(1, &["parcel", "deliver", "on its way"], Some(7)),
            topic(2, &["refund", "money back"], None),
        ];
        for (words, expected) in [
            ("Where is my PARCEL?", Some((TopicId(1), Some(TeamId(7))))),
            (
                "The delivery is late, I want a refund, my money back",
                Some((TopicId(2), None)),
            ),
            ("My undelivered thing", None),
            ("Is it on its way", Some((TopicId(1), Some(TeamId(7))))),
            ("Hello", None),
        ] {
            assert_eq!(topic_of(words, &topics), expected, "{words}");
        }
        let empty = [topic(3, &[""], None)];
        assert_eq!(topic_of("anything", &empty), None);
    }

    #[test]
    fn only_so_much_is_read_and_no_character_is_cut() {
        let said = |seq, author, text: &str| Event {
            seq: Seq(seq),
            at: Timestamp(0),
            kind: EventKind::Message(Message {
                id: CommandId(1),
                author,
                text: text.into(),
                sources: vec![],
                replies: vec![],
                offers_human: false,
            }),
        };
        let long = "é".repeat(5_000);
        let events = vec![
            said(1, Author::Visitor {}, "old"),
            said(2, Author::Bot {}, "an answer"),
            said(3, Author::Visitor {}, "newer"),
        ];
        let mut page = HistoryPage {
            events,
            earlier: false,
        };
        assert_eq!(words_of(&page), "newer\nold\n");
        page.events.push(said(4, Author::Visitor {}, &long));
        assert_eq!(words_of(&page).len(), READ_BYTES);
    }
}
