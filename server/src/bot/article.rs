//! Help articles: Markdown read into passages that a bot can quote, and shown to people as safe HTML.
//!
//! An article is one Markdown file: `# Title`, then paragraphs and `##` sections. Below a heading it may say in which
//! other words people ask for that section, parted by semicolons, in a comment that nobody is shown:
//!
//! ```markdown
//! ## How long a refund takes
//! <!-- asked: when do I get my money back; still waiting for my refund -->
//!
//! The money is back with you within 7 days …
//! ```

use std::fmt::Write;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Parser, Tag, TagEnd, html};

/// The longest slug, in characters: it stands in URLs and file names.
pub const MAX_SLUG_CHARS: usize = 80;

/// The longest passage, in characters. Passages are quoted whole in a chat 380 pixels wide, where 1,500 characters
/// already fill two screens.
pub const MAX_PASSAGE_CHARS: usize = 1_500;

/// A help article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its name in URLs: lower case letters, digits and hyphens.
    pub slug: String,
    /// Its title, as text.
    pub title: String,
    /// The whole article, as it was written.
    pub markdown: String,
    /// What can be quoted, in reading order.
    pub passages: Vec<Passage>,
}

/// A paragraph with the list that follows it, if one does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The heading that it stands under; empty before the first one.
    pub heading: String,
    /// Other words in which people ask for this section.
    pub asked: Vec<String>,
    /// The words of the article without their markup; list items are lines that begin with `- ` or a number.
    pub text: String,
}

/// What keeps a file from being an article. Says what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArticleError {
    /// The file name cannot stand in a URL.
    #[error("its file name must be 1 to {MAX_SLUG_CHARS} lower case letters, digits and hyphens")]
    Slug,
    /// It does not begin with a title.
    #[error("it must begin with a title: a first line such as `# Returning an item`")]
    NoTitle,
    /// There is only a title.
    #[error("it has no text below its title: write at least one paragraph")]
    NoText,
    /// A paragraph is too long to be quoted.
    #[error(
        "a paragraph under “{heading}” has {characters} characters: \
         split it into paragraphs of at most {MAX_PASSAGE_CHARS}"
    )]
    LongPassage {
        /// Where it stands.
        heading: String,
        /// How long it is.
        characters: usize,
    },
}

impl Article {
    /// Reads an article.
    ///
    /// # Errors
    ///
    /// [`ArticleError`] if the file is no article.
    pub fn parse(
        slug: impl Into<String>,
        markdown: impl Into<String>,
    ) -> Result<Self, ArticleError> {
        let (slug, markdown) = (slug.into(), markdown.into());
        let slug_is_plain = slug
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if slug.is_empty() || slug.len() > MAX_SLUG_CHARS || !slug_is_plain {
            return Err(ArticleError::Slug);
        }
        let mut reader = Reader::default();
        for event in Parser::new(&markdown) {
            reader.take(event);
        }
        let title = reader.title.ok_or(ArticleError::NoTitle)?;
        if reader.passages.is_empty() {
            return Err(ArticleError::NoText);
        }
        for passage in &reader.passages {
            let characters = passage.text.chars().count();
            if characters > MAX_PASSAGE_CHARS {
                return Err(ArticleError::LongPassage {
                    heading: [&passage.heading, &title]
                        .into_iter()
                        .find(|heading| !heading.is_empty())
                        .cloned()
                        .unwrap_or_default(),
                    characters,
                });
            }
        }
        Ok(Self {
            slug,
            title,
            passages: reader.passages,
            markdown,
        })
    }

    /// Where people read it: a path on this server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("/help/{}", self.slug)
    }

    /// The article as HTML that is safe to put into a page: it begins with the title as `h1`.
    ///
    /// HTML in the Markdown is shown as text, comments are left out. Links lead to http, https, mailto or a path on
    /// this server; any other link is shown as its text, and a picture as its description, so that reading an
    /// article fetches nothing from elsewhere.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut open_links = Vec::new();
        let mut block = String::new();
        let events = Parser::new(&self.markdown).filter_map(|event| match event {
            Event::Start(Tag::HtmlBlock) => {
                block.clear();
                None
            }
            Event::Html(line) => {
                block.push_str(&line);
                None
            }
            Event::End(TagEnd::HtmlBlock) => {
                (!is_comment(&block)).then(|| Event::Text(std::mem::take(&mut block).into()))
            }
            Event::InlineHtml(tag) => (!is_comment(&tag)).then_some(Event::Text(tag)),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                let target = link_target(link_type, &dest_url);
                open_links.push(target.is_some());
                target.map(|target| Event::InlineHtml(link_start(&target).into()))
            }
            Event::End(TagEnd::Link) => open_links
                .pop()
                .unwrap_or(false)
                .then_some(Event::InlineHtml("</a>".into())),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
            other => Some(other),
        });
        let mut page = String::with_capacity(self.markdown.len() * 5 / 4);
        html::push_html(&mut page, events);
        page
    }
}

fn is_comment(html: &str) -> bool {
    comment(html).is_some()
}

/// What a piece of HTML says if it is one comment and nothing else.
fn comment(html: &str) -> Option<&str> {
    let inside = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    (!inside.contains("-->")).then_some(inside)
}

/// Where a link may lead; none if nowhere.
fn link_target(link_type: LinkType, target: &str) -> Option<String> {
    if link_type == LinkType::Email {
        return Some(format!("mailto:{target}"));
    }
    // Browsers drop tabs and line breaks from URLs and take `\` for `/`, so that neither can be judged by its look.
    let is_plain = !target.contains(|character: char| {
        character.is_control() || character.is_whitespace() || character == '\\'
    });
    let lower = target.to_ascii_lowercase();
    let is_abroad = ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    let is_here = target.starts_with('/') && !target.starts_with("//");
    (is_plain && (is_abroad || is_here)).then(|| target.to_owned())
}

fn link_start(target: &str) -> String {
    let mut tag = String::from("<a href=\"");
    for character in target.chars() {
        match character {
            '&' => tag.push_str("&amp;"),
            '<' => tag.push_str("&lt;"),
            '>' => tag.push_str("&gt;"),
            '"' => tag.push_str("&quot;"),
            '\'' => tag.push_str("&#39;"),
            other => tag.push(other),
        }
    }
    tag.push_str(if target.starts_with('/') {
        "\">"
    } else {
        "\" rel=\"noopener noreferrer\">"
    });
    tag
}

/// Puts an article together from the events of the Markdown parser.
#[derive(Default)]
struct Reader {
    title: Option<String>,
    heading: String,
    asked: Vec<String>,
    passages: Vec<Passage>,
    /// The words of the block that is being read.
    text: String,
    /// HTML of the block that is being read.
    html: String,
    /// The open lists, outermost first; the number of the next item if they are numbered.
    lists: Vec<Option<u64>>,
    /// Whether the block before this one is a passage of the same section, which a list then belongs to.
    follows_passage: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::CodeBlock(_)) => self.text.clear(),
            Event::End(TagEnd::Heading(level)) => self.end_heading(level),
            Event::Start(Tag::Paragraph) if self.lists.is_empty() => self.text.clear(),
            Event::End(TagEnd::Paragraph) if self.lists.is_empty() => self.end_passage(),
            Event::End(TagEnd::CodeBlock) if self.lists.is_empty() => self.end_passage(),
            Event::Start(Tag::List(first)) => {
                if self.lists.is_empty() {
                    self.text.clear();
                }
                self.lists.push(first);
            }
            Event::Start(Tag::Item) => self.start_item(),
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.end_list();
                }
            }
            Event::Start(Tag::HtmlBlock) => self.html.clear(),
            Event::Html(line) => self.html.push_str(&line),
            Event::End(TagEnd::HtmlBlock) => self.end_html(),
            Event::Text(words) | Event::Code(words) => self.text.push_str(&words),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            _ => {}
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let heading = self.text.trim().to_owned();
        self.follows_passage = false;
        if level == HeadingLevel::H1 && self.title.is_none() && self.passages.is_empty() {
            if !heading.is_empty() {
                self.title = Some(heading);
            }
            return;
        }
        self.heading = heading;
        self.asked.clear();
    }

    fn end_passage(&mut self) {
        let text = self.text.trim();
        if text.is_empty() {
            return;
        }
        self.passages.push(Passage {
            heading: self.heading.clone(),
            asked: self.asked.clone(),
            text: text.to_owned(),
        });
        self.follows_passage = true;
    }

    fn start_item(&mut self) {
        let depth = self.lists.len().saturating_sub(1);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&"  ".repeat(depth));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                write!(self.text, "{number}. ").expect("writing to a string cannot fail");
                *number += 1;
            }
            _ => self.text.push_str("- "),
        }
    }

    fn end_list(&mut self) {
        match self.passages.last_mut() {
            Some(passage) if self.follows_passage => {
                passage.text.push('\n');
                passage.text.push_str(self.text.trim());
            }
            _ => self.end_passage(),
        }
        self.follows_passage = false;
    }

    fn end_html(&mut self) {
        if let Some(asked) = comment(&self.html).and_then(|said| said.trim().strip_prefix("asked:"))
        {
            let phrases = asked.split(';').map(str::trim);
            self.asked.extend(
                phrases
                    .filter(|phrase| !phrase.is_empty())
                    .map(str::to_owned),
            );
        }
    }
}

#[cfg(test)]
mod tests;
