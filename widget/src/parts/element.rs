//! Elements, all of one shape. Leptos builds code for each shape of a view that it is told of, and a visitor downloads it
//! all: a page of twenty small views pays for twenty. Told so, it pays for one.

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::element::custom;

/// An attribute and its value; none leaves it out. An element that is drawn again in the same place is the same element if
/// it has the same tag: then it has to name the same attributes, in the same order.
pub type Attribute<'a> = (&'static str, Option<&'a str>);

/// An element. Its tag is in capital letters, as browsers name elements of HTML: Leptos compares it with theirs.
#[must_use]
pub fn element(tag: &'static str, attributes: &[Attribute<'_>], children: Vec<AnyView>) -> AnyView {
    let attribute = |&(name, value): &Attribute<'_>| -> AnyAttribute {
        custom_attribute(name, value.map(str::to_owned)).into_any_attr()
    };
    let attributes: Vec<AnyAttribute> = attributes.iter().map(attribute).collect();
    custom(tag)
        .add_any_attr(attributes)
        .child(children)
        .into_any()
}

/// A text.
#[must_use]
pub fn text(text: impl Into<String>) -> AnyView {
    text.into().into_any()
}
