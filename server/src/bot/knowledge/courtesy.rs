//! What people say to a bot that is no question to the articles: a greeting, thanks, whether it is human, and the wish
//! for a person. Small rules on whole words; where they err, they err towards a person.

/// Messages with more words are about something.
const MAX_WORDS: usize = 12;

/// Something that is said for its own sake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Courtesy {
    /// They want to talk to a person.
    WantsPerson,
    /// They ask whether they talk to one.
    AsksWhetherHuman,
    /// They say hello.
    Greets,
    /// They say thanks, goodbye, or that it is fine.
    Thanks,
}

/// Somebody who answers, whatever the sentence around it.
const PERSON: &[&str] = &[
    "human",
    "humans",
    "person",
    "agent",
    "agents",
    "representative",
    "rep",
    "operator",
    "advisor",
    "adviser",
    "supervisor",
    "manager",
];

/// Somebody who answers, if one talks to them.
const SOMEBODY: &[&str] = &[
    "someone", "somebody", "anyone", "anybody", "people", "staff", "employee", "team", "service",
    "support",
];

const TALK: &[&str] = &["speak", "talk", "chat", "reach"];

/// Followed by “me” or “us”.
const CONNECT: &[&str] = &["connect", "transfer", "put", "pass", "hand", "forward"];

const WANT: &[&str] = &[
    "want", "need", "get", "give", "prefer", "rather", "like", "have",
];

/// Words beside the person in a message that asks for nothing else.
const BESIDE_PERSON: &[&str] = &[
    "a",
    "actual",
    "an",
    "another",
    "any",
    "assistant",
    "bot",
    "can",
    "chat",
    "connect",
    "could",
    "customer",
    "for",
    "from",
    "get",
    "give",
    "go",
    "have",
    "hello",
    "help",
    "hey",
    "hi",
    "i",
    "id",
    "im",
    "just",
    "let",
    "like",
    "live",
    "me",
    "my",
    "need",
    "no",
    "not",
    "now",
    "ok",
    "please",
    "pls",
    "plz",
    "real",
    "right",
    "service",
    "some",
    "speak",
    "still",
    "support",
    "talk",
    "the",
    "through",
    "to",
    "transfer",
    "want",
    "with",
    "would",
    "you",
    "your",
];

const GREETING: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "hiya",
    "howdy",
    "greetings",
    "good",
    "dear",
];

const BESIDE_GREETING: &[&str] = &[
    "afternoon",
    "all",
    "are",
    "day",
    "evening",
    "everyone",
    "how",
    "morning",
    "team",
    "there",
    "today",
    "you",
];

const THANKS: &[&str] = &[
    "thanks",
    "thank",
    "thx",
    "ty",
    "cheers",
    "perfect",
    "great",
    "ok",
    "okay",
    "bye",
    "goodbye",
    "appreciate",
    "appreciated",
    "super",
    "lovely",
    "wonderful",
    "excellent",
    "awesome",
];

const BESIDE_THANKS: &[&str] = &[
    "a", "again", "all", "and", "day", "fine", "for", "got", "have", "help", "helpful", "i", "is",
    "it", "its", "lot", "many", "much", "nice", "no", "now", "so", "that", "thats", "the", "then",
    "this", "very", "was", "worries", "you", "your", "youre", "really", "good", "evening",
];

/// What one may take the other side for.
const TAKEN_FOR: &[&str] = &[
    "human",
    "humans",
    "person",
    "robot",
    "bot",
    "chatbot",
    "machine",
    "ai",
    "computer",
    "automated",
    "program",
];

/// Recognises what is no question to the articles; `words` are those of the whole message, in lower case and without
/// apostrophes.
pub fn recognise(words: &[String]) -> Option<Courtesy> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if asks_whether_human(&words) {
        return Some(Courtesy::AsksWhetherHuman);
    }
    if wants_person(&words) {
        return Some(Courtesy::WantsPerson);
    }
    if is_only(&words, GREETING, BESIDE_GREETING) {
        return Some(Courtesy::Greets);
    }
    is_only(&words, THANKS, BESIDE_THANKS).then_some(Courtesy::Thanks)
}

/// Whether the message is made of these words only, with at least one that matters.
fn is_only(words: &[&str], matter: &[&str], beside: &[&str]) -> bool {
    words.len() <= MAX_WORDS
        && words.iter().any(|word| matter.contains(word))
        && words
            .iter()
            .all(|word| matter.contains(word) || beside.contains(word))
}

fn wants_person(words: &[&str]) -> bool {
    if is_only(words, PERSON, BESIDE_PERSON) {
        return true;
    }
    // “… put me through to an agent”, “… give me a real person”: the verb, and soon after it whom.
    words.iter().enumerate().any(|(at, verb)| {
        let after = &words[at + 1..];
        let connects = CONNECT.contains(verb) && matches!(after.first(), Some(&"me" | &"us"));
        if TALK.contains(verb) || connects {
            names(after, 5, SOMEBODY)
        } else {
            WANT.contains(verb) && names(after, 3, &[])
        }
    })
}

/// Whether one of the first words means somebody who answers, and not “another person”.
fn names(words: &[&str], within: usize, somebody: &[&str]) -> bool {
    let mut before = "";
    words.iter().take(within).any(|word| {
        let is_other = matches!(std::mem::replace(&mut before, word), "another" | "other");
        (PERSON.contains(word) || somebody.contains(word)) && !is_other
    })
}

/// “Are you a robot”, “am I talking to a real person”, “is this a bot”.
fn asks_whether_human(words: &[&str]) -> bool {
    const YOU: [&[&str]; 5] = [
        &["are", "you"],
        &["are", "u"],
        &["r", "u"],
        &["you", "are"],
        &["youre"],
    ];
    const THIS: [&[&str]; 6] = [
        &["is", "this"],
        &["is", "it"],
        &["is", "that"],
        &["am", "i", "talking"],
        &["am", "i", "speaking"],
        &["am", "i", "chatting"],
    ];
    words.len() <= MAX_WORDS
        && (0..words.len()).any(|at| {
            let after = |openings: &[&[&str]]| {
                let opening = openings
                    .iter()
                    .find(|opening| words[at..].starts_with(opening))?;
                let rest = &words[at + opening.len()..];
                let small =
                    |word: &&str| matches!(*word, "a" | "an" | "to" | "with" | "just" | "the");
                Some(
                    rest.iter()
                        .copied()
                        .filter(|word| !small(word))
                        .collect::<Vec<_>>(),
                )
            };
            let is_taken_for = |word: &str| TAKEN_FOR.contains(&word);
            match (after(&YOU).as_deref(), after(&THIS).as_deref()) {
                (Some(["real" | "alive", ..]), _) => true,
                // “Is this real oak” asks something else.
                (Some([what, ..]), _) | (_, Some(["real", what, ..] | [what, ..])) => {
                    is_taken_for(what)
                }
                _ => false,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::super::words::Words;
    use super::*;

    fn recognised(text: &str) -> Option<Courtesy> {
        recognise(&Words::new().split(text))
    }

    #[test]
    fn a_wish_for_a_person_is_heard_however_it_is_said() {
        for text in [
            "human",
            "Human please!",
            "agent",
            "I want to talk to a human",
            "i'd like to speak with a real person",
            "let me talk to somebody",
            "Can I speak to someone please?",
            "REAL PERSON NOW",
            "customer service representative",
            "put me through to an agent",
            "No bot, give me a human",
            "This is useless, I need a person",
            "I have been waiting for days, connect me with a manager at once",
            "can you transfer me to customer support",
            "I would rather have a human",
            "is there a way to reach a person",
        ] {
            assert_eq!(recognised(text), Some(Courtesy::WantsPerson), "{text}");
        }
    }

    #[test]
    fn whoever_asks_whether_it_is_human_is_understood() {
        for text in [
            "Are you human?",
            "are you a bot",
            "r u real",
            "hello, am I talking to a real person?",
            "Is this a robot or a person",
            "you're a machine",
        ] {
            assert_eq!(recognised(text), Some(Courtesy::AsksWhetherHuman), "{text}");
        }
    }

    #[test]
    fn greetings_and_thanks_are_told_apart() {
        for text in [
            "Hi",
            "hello there",
            "Good morning!",
            "hey, how are you today",
        ] {
            assert_eq!(recognised(text), Some(Courtesy::Greets), "{text}");
        }
        for text in [
            "thanks",
            "Thank you very much for your help",
            "ok",
            "Perfect. Thanks",
            "That's great, bye",
        ] {
            assert_eq!(recognised(text), Some(Courtesy::Thanks), "{text}");
        }
    }

    #[test]
    fn a_question_is_none_of_these() {
        for text in [
            "",
            "🙂",
            "Hi, where is my order?",
            "The person who delivered my lamp broke it",
            "Can I send it to another person?",
            "are you open on sunday",
            "is this lamp dimmable",
            "is it real oak",
            "is it too late to put one more item in my order",
            "can you pass the service to my neighbour",
            "can you help me",
            "I want to return a lamp someone gave me",
            "Do I need to put the bulb in the box",
            "ok but how long does it take",
            "good bulbs",
            "What does your chat cost",
        ] {
            assert_eq!(recognised(text), None, "{text}");
        }
    }
}
