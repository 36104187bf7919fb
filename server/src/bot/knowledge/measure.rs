//! Measures how often the bot answers rightly, wrongly, and not at all, and holds the line.

use serde::Deserialize;

use super::tests::demo_shop;
use super::*;

#[derive(Deserialize)]
struct Questions {
    tuned_on: Set,
    held_out: Set,
}

/// Questions of one kind of use.
#[derive(Deserialize)]
struct Set {
    answerable: Vec<Answerable>,
    /// Written for this file; no article answers them.
    off_topic: Vec<String>,
    /// Of a bank's customers; no article answers them.
    banking: Vec<String>,
}

#[derive(Deserialize)]
struct Answerable {
    question: String,
    /// The articles that may be quoted.
    articles: Vec<String>,
}

fn questions() -> Questions {
    serde_json::from_str(include_str!("questions.json")).unwrap()
}

/// What the bot finds for each question of a set.
struct Measured {
    /// Score, and whether the article is a right one.
    answerable: Vec<(f32, bool)>,
    off_topic: Vec<f32>,
    banking: Vec<f32>,
}

/// Shares, 0 to 1, at one threshold.
#[derive(Debug)]
struct Shares {
    /// Of the answerable: quoted from a right article.
    right: f64,
    /// Of the answerable: quoted from a wrong article.
    wrong: f64,
    /// Of the answered among the answerable: from a right article.
    precision: f64,
    /// Of the unanswerable: quoted all the same.
    off_topic: f64,
    banking: f64,
}

impl Measured {
    fn of(knowledge: &Knowledge, set: &Set) -> Self {
        let find = |question: &str| {
            let terms = knowledge.terms(question, &[]);
            knowledge.index.best(&terms).unwrap()
        };
        let score = |question: &String| find(question).map_or(0.0, |found| found.score);
        Self {
            answerable: set
                .answerable
                .iter()
                .map(|asked| match find(&asked.question) {
                    Some(found) => {
                        let slug = &knowledge.articles[found.article].slug;
                        (found.score, asked.articles.contains(slug))
                    }
                    None => (0.0, false),
                })
                .collect(),
            off_topic: set.off_topic.iter().map(score).collect(),
            banking: set.banking.iter().map(score).collect(),
        }
    }

    fn at(&self, threshold: f32) -> Shares {
        let right = |(score, is_right): &&(f32, bool)| *score >= threshold && *is_right;
        let wrong = |(score, is_right): &&(f32, bool)| *score >= threshold && !*is_right;
        let (right, wrong) = (
            self.answerable.iter().filter(right).count(),
            self.answerable.iter().filter(wrong).count(),
        );
        let answered = |scores: &[f32]| {
            let answered = scores.iter().filter(|score| **score >= threshold).count();
            share(answered, scores.len())
        };
        Shares {
            right: share(right, self.answerable.len()),
            wrong: share(wrong, self.answerable.len()),
            precision: share(right, right + wrong),
            off_topic: answered(&self.off_topic),
            banking: answered(&self.banking),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "hundreds of questions")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn table(name: &str, measured: &Measured) {
    println!(
        "{name}: {} answerable, {} off topic, {} banking",
        measured.answerable.len(),
        measured.off_topic.len(),
        measured.banking.len()
    );
    println!("| from | right | wrong | precision | off topic answered | banking answered |");
    println!("|---|---|---|---|---|---|");
    for hundredths in (40_u8..=75).step_by(5) {
        let threshold = f32::from(hundredths) / 100.0;
        let shares = measured.at(threshold);
        println!(
            "| {threshold:.2} | {:.2} | {:.2} | {:.2} | {:.2} | {:.2} |",
            shares.right, shares.wrong, shares.precision, shares.off_topic, shares.banking
        );
    }
}

#[test]
fn the_bot_answers_what_it_knows_and_little_else() {
    let knowledge = demo_shop();
    let questions = questions();
    let tuned_on = Measured::of(knowledge, &questions.tuned_on);
    let held_out = Measured::of(knowledge, &questions.held_out);
    table("tuned on", &tuned_on);
    table("held out", &held_out);

    // The line: a change that answers fewer questions rightly, or more of them wrongly, has to say why.
    let shares = tuned_on.at(ANSWERS_FROM);
    assert!(
        shares.right >= 0.80 && shares.precision >= 0.97,
        "{shares:?}"
    );
    assert!(
        shares.off_topic <= 0.05 && shares.banking <= 0.08,
        "{shares:?}"
    );
    let shares = held_out.at(ANSWERS_FROM);
    assert!(
        shares.right >= 0.62 && shares.precision >= 0.88,
        "{shares:?}"
    );
    assert!(
        shares.off_topic <= 0.12 && shares.banking <= 0.08,
        "{shares:?}"
    );
    let unsure = held_out.at(NEAR_FROM);
    assert!(unsure.right >= 0.75, "{unsure:?}");
}

#[test]
fn every_question_names_articles_that_exist() {
    let knowledge = demo_shop();
    let questions = questions();
    for set in [&questions.tuned_on, &questions.held_out] {
        for asked in &set.answerable {
            assert!(!asked.articles.is_empty(), "{}", asked.question);
            for slug in &asked.articles {
                assert!(knowledge.article(slug).is_some(), "{slug}");
            }
        }
    }
}
