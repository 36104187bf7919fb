//! Fields of forms: each with its label, what it is for, and what is wrong with what was typed.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::words;

/// What is wrong with a form, by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    /// By the fields' ids.
    beside: BTreeMap<&'static str, String>,
    /// What is about no field.
    of_all: Option<String>,
}

impl Problems {
    /// One, beside a field.
    #[must_use]
    pub fn one(field: &'static str, words: impl Into<String>) -> Self {
        let mut problems = Self::default();
        problems.add(field, words);
        problems
    }

    /// One, about the whole form.
    #[must_use]
    pub fn of_all(words: impl Into<String>) -> Self {
        Self {
            of_all: Some(words.into()),
            ..Self::default()
        }
    }

    /// Adds what is wrong with a field.
    pub fn add(&mut self, field: &'static str, words: impl Into<String>) {
        self.beside.insert(field, words.into());
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.beside.is_empty() && self.of_all.is_none()
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.beside.get(field).map(String::as_str)
    }

    /// A field, with what is wrong with it.
    pub(super) fn field<'a>(
        &'a self,
        id: &'static str,
        label: &'a str,
        hint: &'a str,
    ) -> Field<'a> {
        Field {
            id,
            label,
            hint,
            problem: self.of(id),
        }
    }

    /// All of it, each with the way to its field; nothing if nothing is wrong.
    pub(super) fn summary(&self) -> Markup {
        html! {
            @if !self.is_empty() {
                div.problems role="alert" {
                    h2 { (words::TO_PUT_RIGHT) }
                    @if let Some(words) = &self.of_all { p { (words) } }
                    @if !self.beside.is_empty() {
                        ul {
                            @for (field, words) in &self.beside {
                                li { a href={ "#" (field) } { (words) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A field with one value.
pub struct Field<'a> {
    /// Its id, and its name in the form.
    pub id: &'static str,
    /// What it is called.
    pub label: &'a str,
    /// What it is for; may be empty.
    pub hint: &'a str,
    /// What is wrong with it.
    pub problem: Option<&'a str>,
}

impl Field<'_> {
    /// What describes it, for `aria-describedby`: none if nothing does.
    pub fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| [self.id, "-hint"].concat());
        let error = self.problem.map(|_| [self.id, "-error"].concat());
        let both: Vec<String> = hint.into_iter().chain(error).collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    /// `aria-invalid`.
    pub fn invalid(&self) -> Option<&'static str> {
        self.problem.map(|_| "true")
    }

    /// The label, and then the control with what is said of it.
    pub fn around(&self, control: &Markup) -> Markup {
        html! {
            div.field {
                label for=(self.id) { (self.label) }
                (self.said())
                (control)
            }
        }
    }

    /// What it is for, and what is wrong.
    fn said(&self) -> Markup {
        html! {
            @if !self.hint.is_empty() { p.hint id={ (self.id) "-hint" } { (self.hint) } }
            @if let Some(problem) = self.problem {
                p.field-error id={ (self.id) "-error" } { (problem) }
            }
        }
    }

    /// A line of text.
    pub fn text(&self, value: &str, most: usize) -> Markup {
        self.around(&html! {
            input.input id=(self.id) name=(self.id) type="text" value=(value) maxlength=(most) required
                autocomplete="off" dir="auto" aria-describedby=[self.described_by()] aria-invalid=[self.invalid()];
        })
    }

    /// Some lines of text.
    pub fn lines(&self, value: &str, rows: usize, is_required: bool) -> Markup {
        self.around(&html! {
            // A browser drops the first line break in it.
            textarea.input id=(self.id) name=(self.id) rows=(rows) required[is_required] dir="auto"
                aria-describedby=[self.described_by()] aria-invalid=[self.invalid()] { "\n" (value) }
        })
    }

    /// One of some choices: values and what they are called.
    pub fn select(&self, choices: &[(String, String)], chosen: &str) -> Markup {
        self.around(&html! {
            select.input id=(self.id) name=(self.id) aria-describedby=[self.described_by()] aria-invalid=[self.invalid()] {
                @for (value, name) in choices {
                    option value=(value) selected[value == chosen] { (name) }
                }
            }
        })
    }

    /// Any of some choices: values and what they are called.
    pub fn checkboxes(
        &self,
        choices: &[(String, String)],
        is_chosen: impl Fn(&str) -> bool,
    ) -> Markup {
        html! {
            fieldset.field id=(self.id) tabindex="-1" aria-describedby=[self.described_by()] {
                legend { (self.label) }
                (self.said())
                @if choices.is_empty() { p.quiet { (words::NONE_YET) } }
                div.choices {
                    @for (value, name) in choices {
                        label.choice {
                            input type="checkbox" name=(self.id) value=(value) checked[is_chosen(value)];
                            bdi { (name) }
                        }
                    }
                }
            }
        }
    }
}
