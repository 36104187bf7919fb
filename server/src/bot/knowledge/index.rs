//! Finds the passage that fits a question best, and says how well it fits.
//!
//! A full-text index proposes passages (BM25); each is then judged by a score between 0 and 1 that does not depend on
//! how long the question is:
//!
//! - *coverage*: which share of the question's words the passage knows, each word weighed by how rare it is in the
//!   articles (a word that no article has weighs most);
//! - *likeness*: how much the question is like the heading, or like one of the other phrases that people ask for the
//!   section with (Dice's coefficient with the same weights).
//!
//! The score is the mean of both.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexBuilder, Searcher, TantivyDocument, TantivyError, Term};

use super::vocabulary::{Terms, Vocabulary, WordId};
use super::words::Word;
use crate::bot::article::{Article, Passage};

/// How many passages the full-text index proposes.
const CANDIDATES: usize = 32;

/// What the title and the labels count for in the full-text index; the text counts 1.
const TITLE_BOOST: f32 = 2.0;
const LABEL_BOOST: f32 = 1.5;

/// Added below the line, in the weight of words: a passage may know all of a question that is one common word, but
/// nobody can be sure what was meant.
const COVERAGE_DOUBT: f32 = 1.0;
const LIKENESS_DOUBT: f32 = 0.5;

/// What the writer may hold in memory while the index is built: the least that it takes, which is far more than the
/// articles of a shop need.
const WRITER_BYTES: usize = 15_000_000;

/// A passage as the index knows it.
struct Entry {
    article: usize,
    passage: usize,
    /// All its words, with those of its title and labels. In order.
    words: Vec<WordId>,
    /// What it is asked for by: the words of its heading, of heading and title, of each other phrase. In order.
    labels: Vec<Vec<WordId>>,
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The article's place among those that the index was made of.
    pub article: usize,
    /// The passage's place in the article.
    pub passage: usize,
    /// How well it fits, 0 to 1.
    pub score: f32,
    /// Other articles with their scores, the best first.
    pub others: Vec<(usize, f32)>,
}

/// The index of all passages.
pub struct Index {
    vocabulary: Vocabulary,
    entries: Vec<Entry>,
    searcher: Searcher,
    fields: Fields,
}

struct Fields {
    title: Field,
    labels: Field,
    body: Field,
    entry: Field,
}

impl Index {
    /// Reads the articles into an index in memory.
    pub fn new(articles: &[Article]) -> Result<Self, TantivyError> {
        let mut schema = Schema::builder();
        // Texts are cut and stemmed before they come here, so that the index and the judge know the same words.
        let stemmed = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("whitespace")
                .set_index_option(IndexRecordOption::WithFreqs),
        );
        let fields = Fields {
            title: schema.add_text_field("title", stemmed.clone()),
            labels: schema.add_text_field("labels", stemmed.clone()),
            body: schema.add_text_field("body", stemmed),
            entry: schema.add_u64_field("entry", FAST),
        };
        let index = IndexBuilder::new().schema(schema.build()).create_in_ram()?;
        let mut writer = index.writer_with_num_threads(1, WRITER_BYTES)?;

        let mut vocabulary = Vocabulary::new();
        let mut entries = Vec::new();
        for (article_at, article) in articles.iter().enumerate() {
            for (passage_at, passage) in article.passages.iter().enumerate() {
                let title = vocabulary.learn(&article.title);
                let body = vocabulary.learn(&passage.text);
                let labels: Vec<_> = labels(article, passage)
                    .iter()
                    .map(|label| vocabulary.learn(label))
                    .collect();

                let mut document = TantivyDocument::new();
                document.add_u64(fields.entry, entries.len() as u64);
                document.add_text(fields.title, stems(&title));
                document.add_text(fields.labels, stems(labels.iter().flatten()));
                document.add_text(fields.body, stems(&body));
                writer.add_document(document)?;

                let all = title.iter().chain(&body).chain(labels.iter().flatten());
                entries.push(Entry {
                    article: article_at,
                    passage: passage_at,
                    words: vocabulary.ids(all),
                    labels: labels.iter().map(|label| vocabulary.ids(label)).collect(),
                });
            }
        }
        vocabulary.weigh(entries.iter().map(|entry| entry.words.as_slice()));
        writer.commit()?;
        // Ends the writer's threads and gives back their memory.
        writer.wait_merging_threads()?;
        Ok(Self {
            vocabulary,
            entries,
            searcher: index.reader()?.searcher(),
            fields,
        })
    }

    /// The words of the articles.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The passage that fits best; none if no passage has any word of the question.
    pub fn best(&self, terms: &Terms) -> Result<Option<Found>, TantivyError> {
        let mut scored: Vec<(&Entry, f32)> = self
            .candidates(terms)?
            .into_iter()
            .map(|entry| (entry, self.score(entry, terms)))
            .collect();
        // It keeps the order of equals: on equal scores the full-text index's first choice is taken.
        scored.sort_by(|(_, left), (_, right)| right.total_cmp(left));
        let Some(&(best, score)) = scored.first() else {
            return Ok(None);
        };
        let mut others: Vec<(usize, f32)> = Vec::new();
        for (entry, score) in scored {
            let is_new = others.iter().all(|(article, _)| *article != entry.article);
            if is_new && entry.article != best.article {
                others.push((entry.article, score));
            }
        }
        Ok(Some(Found {
            article: best.article,
            passage: best.passage,
            score,
            others,
        }))
    }

    /// What the full-text index proposes, best first. Every word is a query of its own: nothing that people write is
    /// read as query syntax.
    fn candidates(&self, terms: &Terms) -> Result<Vec<&Entry>, TantivyError> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for word in &terms.words {
            for (field, boost) in [
                (self.fields.title, TITLE_BOOST),
                (self.fields.labels, LABEL_BOOST),
                (self.fields.body, 1.0),
            ] {
                let term = Term::from_field_text(field, &word.stem);
                let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
                let boosted = BoostQuery::new(Box::new(query), boost);
                clauses.push((Occur::Should, Box::new(boosted)));
            }
        }
        let found = self.searcher.search(
            &BooleanQuery::new(clauses),
            &TopDocs::with_limit(CANDIDATES).order_by_score(),
        )?;
        let mut entries = Vec::with_capacity(found.len());
        for (_, document) in found {
            let segment = self.searcher.segment_reader(document.segment_ord);
            let entry = segment
                .fast_fields()
                .u64("entry")?
                .first(document.doc_id)
                .and_then(|entry| self.entries.get(usize::try_from(entry).ok()?))
                .expect("every document was written with the number of its entry");
            entries.push(entry);
        }
        Ok(entries)
    }

    fn score(&self, entry: &Entry, terms: &Terms) -> f32 {
        let shared = |words: &[WordId]| {
            let shared = words.iter().filter(|id| terms.ids.contains(id));
            self.vocabulary.weight(shared)
        };
        let coverage = shared(&entry.words) / (terms.weight + COVERAGE_DOUBT);
        let likeness = entry
            .labels
            .iter()
            .map(|label| {
                let both = self.vocabulary.weight(label) + terms.weight;
                2.0 * shared(label) / (both + LIKENESS_DOUBT)
            })
            .fold(0.0, f32::max);
        f32::midpoint(coverage, likeness)
    }
}

/// What a passage is asked for by. Text before the first heading stands for the whole article.
fn labels(article: &Article, passage: &Passage) -> Vec<String> {
    let mut labels = if passage.heading.is_empty() {
        vec![article.title.clone()]
    } else {
        let with_title = format!("{} {}", passage.heading, article.title);
        vec![passage.heading.clone(), with_title]
    };
    labels.extend(passage.asked.iter().cloned());
    labels
}

fn stems<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    let stems: Vec<_> = words.into_iter().map(|word| word.stem.as_str()).collect();
    stems.join(" ")
}
