//! Text that somebody wrote: text nodes, in the few elements and links that `protocol` reads in it. No part of it is ever
//! read as markup.
//!
//! The nodes are made here rather than by Leptos, for which each kind of element would be code of its own.

use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::view::{Mountable, Position, PositionState};
use protocol::text::{Part, Piece, links, pieces};

use crate::browser::element::{Element, Node, append, append_text, create, set_attribute};

/// A message: paragraphs, lists and code.
#[must_use]
pub fn written_text(text: String) -> Written {
    Written { text, marks: true }
}

/// Written of ours with the links that may be made of them.
#[must_use]
pub fn linked_text(text: &str) -> Written {
    Written {
        text: text.to_owned(),
        marks: false,
    }
}

/// A text that is to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    text: String,
    /// Whether it is a message, whose marks are read.
    marks: bool,
}

/// A text that is drawn, and stays as it is until it is another one: whoever selects it or follows a link in it is not to
/// lose it, and a screen reader is not to read it again.
pub struct Drawn {
    written: Written,
    element: Element,
}

no_attrs!(Written);

impl Render for Written {
    type State = Drawn;

    fn build(self) -> Drawn {
        let element = create(if self.marks { "div" } else { "span" });
        if self.marks {
            set_attribute(&element, "class", "message-text");
        }
        self.fill(&element);
        Drawn {
            written: self,
            element,
        }
    }

    fn rebuild(self, drawn: &mut Drawn) {
        if self != drawn.written {
            drawn.element.set_text_content(None);
            self.fill(&drawn.element);
            drawn.written = self;
        }
    }
}

impl Written {
    fn fill(&self, element: &Element) {
        let pieces = if self.marks {
            pieces(&self.text)
        } else {
            links(&self.text)
        };
        show(element, &pieces);
    }
}

fn show(parent: &Element, pieces: &[Piece<'_>]) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => append_text(parent, text),
            Piece::Part(part, pieces) => {
                let element = append(parent, part.tag());
                match *part {
                    Part::Item | Part::Code | Part::Strong => {}
                    // Each has the direction of its own first letter.
                    _ => set_attribute(&element, "dir", "auto"),
                }
                match *part {
                    Part::Numbers(first) => {
                        set_attribute(&element, "start", &first.to_string());
                    }
                    Part::Listing(language) => {
                        // What is wider than the page is scrolled, also by those who have only a keyboard.
                        set_attribute(&element, "tabindex", "0");
                        if !language.is_empty() {
                            set_attribute(&element, "data-language", language);
                        }
                    }
                    _ => {}
                }
                show(&element, pieces);
            }
            Piece::Link(link) => {
                let element = append(parent, "a");
                for (name, value) in [
                    ("href", &*link.href()),
                    ("target", "_blank"),
                    ("rel", "noopener noreferrer nofollow"),
                ] {
                    set_attribute(&element, name, value);
                }
                append_text(&element, link.text);
                if let Some(beside) = link.beside {
                    append_text(&element, " ");
                    let host = append(&element, "bdi");
                    set_attribute(&host, "class", "link-host");
                    set_attribute(&host, "dir", "ltr");
                    append_text(&host, &["(", beside, ")"].concat());
                }
            }
        }
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        self.element.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.element.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.element.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.element.elements()
    }
}

/// Leptos asks every view how it is written as HTML, which a page in a browser never does.
impl RenderHtml for Written {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _html: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _attributes: Vec<leptos::attr::any_attribute::AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        _cursor: &Cursor,
        _position: &PositionState,
    ) -> Drawn {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
