//! The elements that the server has rendered, as far as the page keeps them: it never replaces the form, the box in it
//! or the log, and fills the others anew once it knows how things stand.

use std::cell::{Cell, RefCell};

use protocol::{Seq, Token};

use super::card::Card;
use crate::browser::element::{self, HtmlElement, HtmlFormElement, HtmlTextAreaElement, Node};
use crate::browser::{self, soon};

/// The box grows to this many lines, then it scrolls.
const MOST_LINES: u32 = 5;

/// The elements of a conversation page.
#[derive(Debug)]
pub struct Elements {
    /// The form that everything is posted with.
    pub composer: HtmlFormElement,
    /// The box that the visitor writes in.
    pub message: HtmlTextAreaElement,
    /// Closes the chat, where somebody else can open it again.
    pub close: Option<HtmlElement>,
    /// The list of the log's lines.
    pub messages: HtmlElement,
    /// The way to a person.
    pub desk: HtmlElement,
    /// What is wrong.
    pub notices: HtmlElement,
    /// What scrolls: the list, and what stands around it.
    pub log: HtmlElement,
    status: HtmlElement,
    plain: Option<HtmlElement>,
    error: Option<HtmlElement>,
    /// Asks for an email address; the line with the one that was left; the address in it; what is wrong with what was
    /// typed.
    contact: Option<[HtmlElement; 4]>,
    /// What whoever takes the conversation will know of it.
    pub card: Option<Card>,
    /// Asks for a supervisor; the line that says what has come of it.
    supervisor: [Option<HtmlElement>; 2],
    /// Goes back to the assistant; ends the conversation.
    ending: [Option<HtmlElement>; 2],
    /// What the server has rendered in the list and the notices, until the page draws them.
    rendered: RefCell<Option<Vec<Node>>>,
    has_desk: Cell<bool>,
    title: String,
}

impl Elements {
    /// The page's elements; none if this is not a conversation page, or one of another version.
    #[must_use]
    pub fn find() -> Option<Self> {
        let messages: HtmlElement = element::by_id("messages")?;
        let notices: HtmlElement = element::by_id("notices")?;
        let mut rendered = element::children(&messages);
        rendered.extend(element::children(&notices));
        Some(Self {
            composer: element::form("composer")?,
            message: element::text_box("message")?,
            close: element::by_id("close"),
            desk: element::by_id("desk")?,
            log: element::by_id("log")?,
            status: element::by_id("status")?,
            plain: element::by_id("plain"),
            error: element::by_id("message-error"),
            contact: contact(),
            card: Card::find(),
            supervisor: ["supervisor-ask", "supervisor-asked"].map(element::by_id),
            ending: ["assistant", "end"].map(element::by_id),
            rendered: RefCell::new(Some(rendered)),
            has_desk: Cell::new(false),
            title: browser::document().title(),
            messages,
            notices,
        })
    }

    /// The token that the page was rendered for, if its conversation has begun.
    #[must_use]
    pub fn token(&self) -> Option<Token> {
        element::input_value("#composer input[name=token]").map(Token)
    }

    /// The token that the page was rendered for, if its conversation has not begun.
    #[must_use]
    pub fn fresh(&self) -> Option<Token> {
        element::input_value("#composer input[name=fresh]").map(Token)
    }

    /// Who posts the form: the token, or what the token would be.
    #[must_use]
    pub fn identity(&self) -> Option<(&'static str, String)> {
        let token = self.token().map(|token| ("token", token.0));
        token.or_else(|| self.fresh().map(|fresh| ("fresh", fresh.0)))
    }

    /// Has the form post under this token, should it be posted without the script.
    pub fn put_token(&self, token: &Token) {
        element::set_input("#composer input[name=token]", "token", &token.0);
        element::set_input("#composer input[name=fresh]", "token", &token.0);
    }

    /// Removes what the server has rendered in the list and the notices, silently: the page draws them itself within
    /// this task. The second time there is nothing to do.
    pub fn take_over(&self) {
        if let Some(rendered) = self.rendered.take() {
            self.hush();
            element::remove_all(&rendered);
        }
    }

    /// Removes what the server has rendered in the desk, and names what the page draws there.
    pub fn take_over_desk(&self, name: &str) {
        if !self.has_desk.replace(true) {
            element::remove_all(&element::children(&self.desk));
        }
        element::set_attribute(&self.desk, "data-desk", name);
    }

    /// Whether something in the desk is being pressed, by a finger, a mouse or a key, since whenever.
    #[must_use]
    pub fn is_desk_pressed(&self) -> bool {
        // It can fail only for a selector that is none.
        self.desk.matches(":active").unwrap_or(false)
    }

    /// What is drawn into the log now is not read out: it is no news.
    pub fn hush(&self) {
        element::set_attribute(&self.log, "aria-live", "off");
        let log = self.log.clone();
        soon(move || element::remove_attribute(&log, "aria-live"));
    }

    /// Says who answers now, as the style and the visitor read it.
    pub fn show_status(&self, holder: &str, words: &str) {
        element::set_attribute(&self.status, "data-holder", holder);
        say(&self.status, words);
    }

    /// Says in the tab's title how many messages were not seen.
    pub fn show_title(&self, title_with: impl Fn(&str) -> Option<String>) {
        let title = title_with(&self.title);
        browser::set_title(title.as_deref().unwrap_or(&self.title));
    }

    /// Shows or hides the line that says that the page is not updating by itself.
    pub fn show_plain(&self, shown: bool) {
        if let Some(plain) = &self.plain {
            plain.set_hidden(!shown);
        }
    }

    /// Asks for an email address, or shows the one that was left, or neither.
    pub fn show_contact(&self, is_asked: bool, kept: Option<&str>, refused: &str) {
        let Some([ask, kept_line, address, error]) = &self.contact else {
            return;
        };
        ask.set_hidden(!is_asked);
        kept_line.set_hidden(kept.is_none());
        say(address, kept.unwrap_or_default());
        say(error, refused);
    }

    /// Offers a supervisor, or says what has come of asking for one, or neither.
    pub fn show_supervisor(&self, is_offered: bool, words: &str) {
        let [Some(ask), Some(asked)] = &self.supervisor else {
            return;
        };
        let had_focus = element::has_focus(ask);
        ask.set_hidden(!is_offered);
        say(asked, words);
        if had_focus && !is_offered {
            element::set_attribute(asked, "tabindex", "-1");
            element::focus(asked);
        }
    }

    /// Offers the ways out that there are. What is not offered any more is closed, and lets the focus go to the log, where
    /// what came of it stands.
    pub fn show_ending(&self, offers: [bool; 2]) {
        for (way_out, is_offered) in self.ending.iter().flatten().zip(offers) {
            let had_focus = !is_offered && element::has_focus(way_out);
            way_out.set_hidden(!is_offered);
            if !is_offered {
                element::remove_attribute(way_out, "open");
            }
            if had_focus {
                element::focus(&self.log);
            }
        }
    }

    /// Puts the focus on the log, where what had it is no more.
    pub fn focus_log(&self) {
        element::focus(&self.log);
    }

    /// What is in the box for an email address.
    #[must_use]
    pub fn email(&self) -> String {
        element::input_value("#email").unwrap_or_default()
    }

    // --- Scrolling and focus ---

    /// Whether the reader is at the end of the log.
    #[must_use]
    pub fn is_at_end(&self) -> bool {
        element::at_end(&self.log)
    }

    /// Whether the reader is less than two views from the first line. A page that has not been drawn has no views.
    #[must_use]
    pub fn is_near_start(&self) -> bool {
        self.rendered.borrow().is_none() && self.log.scroll_top() < 2 * self.log.client_height()
    }

    /// Where the focus is if it is in the desk.
    #[must_use]
    pub fn desk_focus(&self) -> Option<DeskFocus> {
        element::has_focus(&self.desk).then(|| DeskFocus {
            act: element::focused_value(),
        })
    }

    /// Where the reader is in the log: pixels of it below the upper edge of the view.
    #[must_use]
    pub fn place(&self) -> i32 {
        self.log.scroll_height() - self.log.scroll_top()
    }

    /// Brings the reader back to where they were, after something was drawn above.
    pub fn return_to(&self, place: i32) {
        self.log.set_scroll_top(self.log.scroll_height() - place);
    }

    /// Shows the end of the log, with what follows the messages.
    pub fn show_end(&self) {
        // A browser that scrolls to what is in view already scrolls the page around a frame, too.
        if element::shows_end(&self.log) {
            return;
        }
        if let Some(last) = self.log.last_element_child() {
            element::show(&last);
        }
    }

    /// Keeps the focus in the desk if it was there before drawing.
    pub fn keep_focus(&self, before: Option<DeskFocus>) {
        if let Some(before) = before {
            before.keep(&self.desk);
        }
    }

    // --- The box ---

    /// What is in the box.
    #[must_use]
    pub fn draft(&self) -> String {
        self.message.value()
    }

    /// Puts a text in the box.
    pub fn put_draft(&self, draft: &str) {
        self.message.set_value(draft);
        self.fit();
    }

    /// Makes the box as high as its text, where the browser does not do so by itself.
    pub fn fit(&self) {
        let message = &self.message;
        message.set_rows(1);
        for rows in 2..=MOST_LINES {
            if message.scroll_height() <= message.client_height() {
                break;
            }
            message.set_rows(rows);
        }
    }

    /// Says why the text is not sent; nothing takes it back.
    pub fn show_error(&self, words: &str) {
        let Some(error) = &self.error else { return };
        if error.text_content().as_deref() == Some(words) {
            return;
        }
        error.set_text_content(Some(words));
        if words.is_empty() {
            element::remove_attribute(&self.message, "aria-invalid");
        } else {
            element::set_attribute(&self.message, "aria-invalid", "true");
        }
    }

    /// The event after the last one that the server has rendered. It is where the answer to a post is scrolled to.
    #[must_use]
    pub fn next_rendered(&self) -> Option<Seq> {
        let action = self.composer.action();
        let (_, next) = action.rsplit_once('m')?;
        next.parse().ok().map(Seq)
    }

    /// Has the server render the page again, with the draft, by posting the form.
    pub fn check(&self) {
        element::add_input(&self.composer, "act", "check");
        // It can fail only for a form that is not in the page.
        let _ = self.composer.submit();
    }
}

fn contact() -> Option<[HtmlElement; 4]> {
    Some([
        element::by_id("contact-ask")?,
        element::by_id("contact-kept")?,
        element::by_id("contact-email")?,
        element::by_id("email-error")?,
    ])
}

/// Has an element say something. Setting the same words again would read them out again.
fn say(element: &HtmlElement, words: &str) {
    if element.text_content().as_deref() != Some(words) {
        element.set_text_content(Some(words));
    }
}

/// Where the focus was in the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskFocus {
    /// What the button with the focus does; none if the focus was on no button.
    act: Option<String>,
}

impl DeskFocus {
    /// Puts the focus back if drawing has dropped it: on the button that does the same or, if there is none any more,
    /// on the desk itself. Never on another button: a key that is still held down would press it.
    fn keep(&self, desk: &HtmlElement) {
        if element::has_focus(desk) || element::is_elsewhere() {
            return;
        }
        let same = self.act.as_ref().and_then(|act| {
            element::first::<HtmlElement>(&["#desk button[value=", act, "]"].concat())
        });
        match same {
            Some(button) => element::focus(&button),
            None => {
                element::set_attribute(desk, "tabindex", "-1");
                element::focus(desk);
            }
        }
    }
}
