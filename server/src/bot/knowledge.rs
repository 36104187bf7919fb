//! The bot that answers from help articles: it quotes the passage that answers, word for word, and names the article.
//! It never invents, never rephrases, and says so when it does not know.
//!
//! # When it answers
//!
//! A passage is quoted if its score reaches `ANSWERS_FROM` (how it is made is told at the top of
//! `knowledge/index.rs`). That number was chosen by measuring on the questions of `knowledge/questions.json` against
//! the articles of the demo shop. On the 194 that were held out, 89 of which an article answers:
//!
//! | from | right | wrong | right among answered | off topic answered | banking answered |
//! |------|-------|-------|----------------------|--------------------|------------------|
//! | 0.45 | 0.78  | 0.15  | 0.84                 | 0.20               | 0.42             |
//! | 0.55 | 0.76  | 0.13  | 0.85                 | 0.12               | 0.19             |
//! | 0.60 | 0.69  | 0.10  | 0.87                 | 0.12               | 0.10             |
//! | 0.65 | 0.64  | 0.08  | 0.89                 | 0.12               | 0.07             |
//! | 0.70 | 0.58  | 0.07  | 0.90                 | 0.04               | 0.05             |
//! | 0.75 | 0.46  | 0.03  | 0.93                 | 0.00               | 0.01             |
//!
//! *Right* and *wrong* are shares of the questions that an article answers; the last two columns are shares of those
//! that none does. At 0.65 nine of ten answers are right; beyond it, each wrong answer that is saved costs about three
//! right ones. An “I do not know” costs the visitor one press and reaches a person; a wrong quote costs trust. On the
//! 696 questions that the bot and the articles were tuned on, 0.65 gives 0.82 right, 0.01 wrong, 0.03 and 0.06.
//!
//! A merchant teaches the bot by adding the words in which people ask to an article, see
//! [`article`](super::article).
//!
//! `cargo test --package human-please bot::knowledge::measure -- --nocapture` prints both tables anew, and fails if the
//! bot has become worse.
//!
//! # What it costs
//!
//! Measured with the 28 articles of the demo shop on a busy machine with 2 cores, release build: 90 ms to load, 2.2 MB
//! of memory afterwards (14 MB while loading, most of it the index writer's), 0.1 ms for an answer, 9 ms for a message
//! of 8,000 characters.

use protocol::{Author, MAX_REPLY_CHARS, Source};
use tantivy::TantivyError;

use super::article::{Article, ArticleError};
use super::{Answer, Bot, BotError, Question, Turn};
use courtesy::Courtesy;
use index::Index;
use vocabulary::Terms;

mod courtesy;
mod index;
mod vocabulary;
mod words;

/// The least score that is quoted; why this one is told at the top.
const ANSWERS_FROM: f32 = 0.65;

/// The least score for which the article is named as the nearest one, without a quote. Of the held-out questions that
/// fall between both, two thirds belong to the article that is named.
const NEAR_FROM: f32 = 0.45;

/// The most characters of a message that are read: the longest message there is.
const MAX_QUESTION_CHARS: usize = protocol::MAX_TEXT_CHARS;

/// The most articles that are suggested to be asked about next.
const SUGGESTIONS: usize = 3;

/// How far back, in messages, the bot looks for what it has already quoted.
const REMEMBERED_TURNS: usize = 6;

/// Answers from help articles.
pub struct Knowledge {
    articles: Vec<Article>,
    index: Index,
}

/// Why articles cannot be answered from. Says what to change.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// A file is no article.
    #[error("the help article “{slug}” cannot be used: {error}")]
    Article {
        /// Which one.
        slug: String,
        /// What is wrong with it.
        error: ArticleError,
    },
    /// Two articles would be found under the same name.
    #[error("two help articles are called “{0}”: rename one of them")]
    Twice(String),
    /// The full-text index failed.
    #[error("the help articles could not be indexed: {0}")]
    Index(#[from] TantivyError),
}

impl Knowledge {
    /// Reads articles, each a slug and its Markdown. Without any, the bot knows nothing and says so.
    ///
    /// # Errors
    ///
    /// [`KnowledgeError`] if an article cannot be used; it names the article.
    pub fn from_articles<Slug, Markdown>(
        articles: impl IntoIterator<Item = (Slug, Markdown)>,
    ) -> Result<Self, KnowledgeError>
    where
        Slug: Into<String>,
        Markdown: Into<String>,
    {
        let mut read = articles
            .into_iter()
            .map(|(slug, markdown)| {
                let slug = slug.into();
                Article::parse(slug.clone(), markdown)
                    .map_err(|error| KnowledgeError::Article { slug, error })
            })
            .collect::<Result<Vec<_>, _>>()?;
        read.sort_by(|left, right| left.slug.cmp(&right.slug));
        if let Some(twice) = read.windows(2).find(|pair| pair[0].slug == pair[1].slug) {
            return Err(KnowledgeError::Twice(twice[0].slug.clone()));
        }
        Ok(Self {
            index: Index::new(&read)?,
            articles: read,
        })
    }

    /// All articles, by slug.
    #[must_use]
    pub fn articles(&self) -> &[Article] {
        &self.articles
    }

    /// The article with this slug.
    #[must_use]
    pub fn article(&self, slug: &str) -> Option<&Article> {
        let at = self
            .articles
            .binary_search_by(|article| article.slug.as_str().cmp(slug));
        at.ok().map(|at| &self.articles[at])
    }

    /// What is asked, in the words that can be looked up. A message that says nothing by itself (“and how long does
    /// that take”) is read together with what the visitor wrote before it.
    fn terms(&self, text: &str, history: &[Turn]) -> Terms {
        let vocabulary = self.index.vocabulary();
        let terms = vocabulary.terms([text]);
        if terms.has_content() || terms.words.is_empty() {
            return terms;
        }
        let is_visitor = |turn: &&Turn| turn.author == Author::Visitor {};
        match history.iter().rev().find(is_visitor) {
            Some(before) => vocabulary.terms([first_chars(&before.text), text]),
            None => terms,
        }
    }
}

impl Knowledge {
    /// The titles of articles that can be asked about next: those that, asked for by their title, are what is quoted, and
    /// that were not quoted just now.
    fn suggestions(
        &self,
        articles: impl Iterator<Item = usize>,
        history: &[Turn],
    ) -> Result<Vec<String>, BotError> {
        let mut titles = Vec::new();
        for at in articles {
            let title = &self.articles[at].title;
            let terms = self.index.vocabulary().terms([title.as_str()]);
            let found = self
                .index
                .best(&terms)
                .map_err(|error| BotError(error.into()))?;
            let is_answered = found.is_some_and(|found| {
                let passage = &self.articles[found.article].passages[found.passage];
                let mut recent = history.iter().rev().take(REMEMBERED_TURNS);
                let was_quoted = recent.any(|turn| turn.text.contains(&passage.text));
                found.article == at && found.score >= ANSWERS_FROM && !was_quoted
            });
            if is_answered && title.chars().count() <= MAX_REPLY_CHARS && titles.len() < SUGGESTIONS
            {
                titles.push(title.clone());
            }
        }
        Ok(titles)
    }
}

impl Bot for Knowledge {
    fn answer(&self, question: &Question) -> Result<Answer, BotError> {
        let text = first_chars(&question.text);
        let words = self.index.vocabulary().split(text);
        if let Some(courtesy) = courtesy::recognise(&words) {
            return Ok(replies_to(courtesy));
        }
        let terms = self.terms(text, &question.history);
        if !terms.has_content() {
            return Ok(asks_for_more());
        }
        let found = self
            .index
            .best(&terms)
            .map_err(|error| BotError(error.into()))?;
        let Some(found) = found.filter(|found| found.score >= NEAR_FROM) else {
            return Ok(does_not_know(None));
        };
        let article = &self.articles[found.article];
        let passage = &article.passages[found.passage];
        let others = found.others.iter().filter(|(_, score)| *score >= NEAR_FROM);
        let others = others.map(|(other, _)| *other);
        if found.score < ANSWERS_FROM {
            let near = std::iter::once(found.article).chain(others);
            let replies = self.suggestions(near, &question.history)?;
            return Ok(Answer {
                replies,
                ..does_not_know(Some(article))
            });
        }
        let recent = question.history.iter().rev().take(REMEMBERED_TURNS);
        let was_quoted = recent
            .filter(|turn| turn.author == Author::Bot {})
            .any(|turn| turn.text.contains(&passage.text));
        Ok(if was_quoted {
            has_no_more(article)
        } else {
            Answer {
                replies: self.suggestions(others, &question.history)?,
                ..quotes(article, &passage.heading, &passage.text)
            }
        })
    }
}

fn first_chars(text: &str) -> &str {
    match text.char_indices().nth(MAX_QUESTION_CHARS) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

fn source(article: &Article) -> Source {
    Source {
        title: article.title.clone(),
        url: article.url(),
    }
}

fn quotes(article: &Article, heading: &str, passage: &str) -> Answer {
    let place = if heading.is_empty() {
        format!("“{}”", article.title)
    } else {
        format!("“{}”, under “{heading}”", article.title)
    };
    Answer {
        text: format!("From our help page {place}:\n\n{passage}"),
        sources: vec![source(article)],
        replies: Vec::new(),
        offers_human: false,
    }
}

fn has_no_more(article: &Article) -> Answer {
    Answer {
        text: "What I quoted above is all that I find about this in our help pages. A person can look into it with \
               you: press “Human please”."
            .into(),
        sources: vec![source(article)],
        replies: Vec::new(),
        offers_human: true,
    }
}

fn does_not_know(nearest: Option<&Article>) -> Answer {
    let text = match nearest {
        None => {
            "I do not know. I find nothing about this in our help pages. A person can help you: press “Human please”."
                .into()
        }
        Some(article) => format!(
            "I do not know. The nearest help page that I find is “{}”, and I am not sure that it answers you. A \
             person can help you: press “Human please”.",
            article.title
        ),
    };
    Answer {
        text,
        sources: nearest.map(source).into_iter().collect(),
        replies: Vec::new(),
        offers_human: true,
    }
}

fn asks_for_more() -> Answer {
    Answer {
        text: "Tell me in a sentence what it is about, and I look it up in our help pages. If you would rather talk \
               to a person, press “Human please”."
            .into(),
        sources: Vec::new(),
        replies: Vec::new(),
        offers_human: true,
    }
}

fn replies_to(courtesy: Courtesy) -> Answer {
    let (text, offers_human) = match courtesy {
        Courtesy::WantsPerson => (
            "Of course. Press “Human please” and you are in line for a person. They see what was said here, so you \
             need not repeat it. I am an AI assistant.",
            true,
        ),
        Courtesy::AsksWhetherHuman => (
            "No, I am an AI assistant. I quote from our help pages. A person is one press away: press “Human please”.",
            true,
        ),
        Courtesy::Greets => (
            "Hello. I am an AI assistant and answer from our help pages. What is it about? If you would rather talk \
             to a person, press “Human please”.",
            false,
        ),
        Courtesy::Thanks => (
            "You are welcome. If something is still open, write it here, or press “Human please” for a person.",
            false,
        ),
    };
    Answer {
        text: text.into(),
        sources: Vec::new(),
        replies: Vec::new(),
        offers_human,
    }
}

#[cfg(test)]
mod measure;
#[cfg(test)]
mod tests;
