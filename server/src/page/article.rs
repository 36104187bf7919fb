//! A help article, as the link under an answer opens it.

use maud::{PreEscaped, html};

use super::frame::Document;
use super::theme::Theme;
use crate::assets::PageFiles;
use crate::bot::article::Article;
use crate::languages::Language;

/// The article as a page of a shop's.
#[must_use]
pub fn article(shop: &str, article: &Article, files: Option<&PageFiles>) -> String {
    let title = format!("{} · {shop} Help", article.title);
    let document = Document {
        // Shops write their articles in English so far as we know.
        language: &Language::original(),
        scheme: None,
        style: None,
        theme: Theme::default(),
        title: &title,
        files,
        has_script: false,
    };
    document.around(&html! {
        body {
            main.article {
                p.article-shop { (shop) " · Help" }
                (PreEscaped(article.to_html()))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(markdown: &str) -> String {
        let read = Article::parse("a", markdown).unwrap();
        article("Lumen & <Oak>", &read, None)
    }

    #[test]
    fn an_article_stands_under_the_shops_name() {
        let page = page("# Returns & more\n\nSend it *back*.");
        assert!(
            page.contains("<title>Returns &amp; more · Lumen &amp; &lt;Oak&gt; Help</title>"),
            "{page}"
        );
        assert!(
            page.contains("<p class=\"article-shop\">Lumen &amp; &lt;Oak&gt; · Help</p>"),
            "{page}"
        );
        assert!(page.contains("<p>Send it <em>back</em>.</p>"), "{page}");
        assert!(!page.contains("<script"), "an article needs none: {page}");
    }

    #[test]
    fn an_article_cannot_bring_a_script() {
        let page = page(
            "# T\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n[y](<https://a.example/\"onclick=\"alert(1)>)",
        );
        for bad in ["<script", "javascript:", "<img", "\"onclick"] {
            assert!(!page.contains(bad), "{bad} in {page}");
        }
    }
}
