//! Elements that the server has rendered, and what is done to them.

use wasm_bindgen::JsCast;
pub use web_sys::{
    Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
    KeyboardEvent, Node, SubmitEvent,
};
use web_sys::{HtmlButtonElement, HtmlDialogElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::document;

/// The element with this id, if it is there and of the expected kind.
#[must_use]
pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// The text box with this id.
#[must_use]
pub fn text_box(id: &str) -> Option<HtmlTextAreaElement> {
    by_id(id)
}

/// The form with this id.
#[must_use]
pub fn form(id: &str) -> Option<HtmlFormElement> {
    by_id(id)
}

/// The first element that matches a selector.
#[must_use]
pub fn first<T: JsCast>(selector: &str) -> Option<T> {
    document()
        .query_selector(selector)
        .ok()
        .flatten()?
        .dyn_into()
        .ok()
}

/// The first element inside another one that matches a selector.
#[must_use]
pub fn within<T: JsCast>(outer: &Element, selector: &str) -> Option<T> {
    let inner = outer.query_selector(selector).ok().flatten()?;
    inner.dyn_into().ok()
}

/// An attribute of what matches a selector, where an event's target is or is inside of that.
#[must_use]
pub fn attribute_around(event: &Event, selector: &str, name: &str) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok().flatten()?.get_attribute(name)
}

/// The value of the input that matches a selector, if there is one and it has a value.
#[must_use]
pub fn input_value(selector: &str) -> Option<String> {
    first::<HtmlInputElement>(selector)
        .map(|input| input.value())
        .filter(|value| !value.is_empty())
}

/// The text of what matches a selector, if there is such a thing.
#[must_use]
pub fn text_of(selector: &str) -> Option<String> {
    first::<Element>(selector)?.text_content()
}

/// Puts a text into the input with this id, if there is one.
pub fn type_into(id: &str, text: &str) {
    if let Some(input) = by_id::<HtmlInputElement>(id) {
        input.set_value(text);
    }
}

/// Gives the input that matches a selector this name and value, if there is one.
pub fn set_input(selector: &str, name: &str, value: &str) {
    if let Some(input) = first::<HtmlInputElement>(selector) {
        input.set_name(name);
        input.set_value(value);
    }
}

/// Adds a hidden input to a form.
pub fn add_input(form: &HtmlFormElement, name: &str, value: &str) {
    let input = document()
        .create_element("input")
        .ok()
        .and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.set_type("hidden");
        input.set_name(name);
        input.set_value(value);
        // A form takes every input.
        let _ = form.append_child(&input);
    }
}

/// The name and the value of the button that a form was submitted with.
#[must_use]
pub fn submitted_with(event: &SubmitEvent) -> Option<(String, String)> {
    let button: HtmlButtonElement = event.submitter()?.dyn_into().ok()?;
    Some((button.name(), button.value()))
}

/// What stands before the cursor in a text box.
#[must_use]
pub fn before_cursor(text_box: &HtmlTextAreaElement) -> String {
    let text = text_box.value();
    let units = text_box.selection_start().ok().flatten();
    let units = units.map_or(usize::MAX, |units| units as usize);
    let mut seen = 0;
    let before = text.chars().take_while(|character| {
        seen += character.len_utf16();
        seen <= units
    });
    before.collect()
}

/// Puts a text into a text box in place of what stands between `from`, in bytes, and the cursor, and puts the cursor behind
/// it.
pub fn type_over(text_box: &HtmlTextAreaElement, from: usize, text: &str) {
    let before = before_cursor(text_box);
    let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
    let kept = before.get(..from).unwrap_or(&before);
    // They can fail only where the box has no text.
    let _ = text_box.set_selection_range(units(kept), units(&before));
    let _ = text_box.set_range_text(text);
    let end = units(kept) + units(text);
    let _ = text_box.set_selection_range(end, end);
}

/// Whether a key press is Enter alone: not with Shift, and not to choose a word while composing.
#[must_use]
pub fn is_plain_enter(event: &KeyboardEvent) -> bool {
    // 229 is what Safari says for the Enter that ends a composition.
    event.key() == "Enter"
        && !event.shift_key()
        && !event.ctrl_key()
        && !event.alt_key()
        && !event.meta_key()
        && !event.is_composing()
        && event.key_code() != 229
}

/// Whether a key press is Enter with Ctrl, or with Command on a Mac, and not to choose a word while composing.
#[must_use]
pub fn is_ctrl_enter(event: &KeyboardEvent) -> bool {
    event.key() == "Enter"
        && (event.ctrl_key() || event.meta_key())
        && !event.shift_key()
        && !event.alt_key()
        && !event.is_composing()
        && event.key_code() != 229
}

/// Whether a key press is K with Ctrl, or with Command on a Mac.
#[must_use]
pub fn is_ctrl_k(event: &KeyboardEvent) -> bool {
    event.key().eq_ignore_ascii_case("k")
        && (event.ctrl_key() || event.meta_key())
        && !event.shift_key()
        && !event.alt_key()
}

/// Opens a dialog that keeps the focus until it is closed.
pub fn show_modal(dialog: &HtmlDialogElement) {
    // It can fail only where it is open already, or not in the page.
    let _ = dialog.show_modal();
}

/// Whether what has told of an event is an opened `<details>`.
#[must_use]
pub fn is_open(event: &Event) -> bool {
    let details = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    details.is_some_and(|details| details.has_attribute("open"))
}

/// Presses the button with this id, if it is there.
pub fn press(id: &str) {
    if let Some(button) = by_id::<HtmlElement>(id) {
        focus(&button);
        button.click();
    }
}

/// Whether a key press is Escape, and not to leave a composition.
#[must_use]
pub fn is_escape(event: &KeyboardEvent) -> bool {
    event.key() == "Escape" && !event.is_composing() && event.key_code() != 229
}

/// The children of an element now.
#[must_use]
pub fn children(parent: &Element) -> Vec<Node> {
    std::iter::successors(parent.first_child(), Node::next_sibling).collect()
}

/// Takes nodes out of the page.
pub fn remove_all(nodes: &[Node]) {
    for node in nodes {
        if let Some(parent) = node.parent_node() {
            // It is a child of its parent.
            let _ = parent.remove_child(node);
        }
    }
}

/// Takes the element with this id out of the page, if it is there.
pub fn remove_by_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.remove();
    }
}

/// Whether the focus is on this element or inside it.
#[must_use]
pub fn has_focus(element: &Element) -> bool {
    element.contains(document().active_element().as_deref())
}

/// Whether there is an element with this id.
#[must_use]
pub fn is_there(id: &str) -> bool {
    document().get_element_by_id(id).is_some()
}

/// The id of what has the focus, if that is inside of an element.
#[must_use]
pub fn focused_within(outer: &HtmlElement) -> Option<String> {
    let focused = document().active_element()?;
    let is_inside = outer.contains(Some(&focused));
    Some(focused.id()).filter(|id| is_inside && !id.is_empty())
}

/// What the button with the focus does.
#[must_use]
pub fn focused_value() -> Option<String> {
    let button: HtmlButtonElement = document().active_element()?.dyn_into().ok()?;
    Some(button.value()).filter(|value| !value.is_empty())
}

/// Whether something has the focus, and not just the page as a whole, where it falls when its element is removed.
#[must_use]
pub fn is_elsewhere() -> bool {
    document()
        .active_element()
        .is_some_and(|element| element.tag_name() != "BODY")
}

/// Puts the focus on an element.
pub fn focus(element: &HtmlElement) {
    // An element that cannot take the focus leaves it where it is.
    let _ = element.focus();
}

/// Whether the focus is nowhere: what had it is not in the page any more, or nothing has had it yet.
#[must_use]
pub fn nothing_has_focus() -> bool {
    let body = document().body();
    document()
        .active_element()
        .is_none_or(|active| body.is_some_and(|body| *body == active))
}

/// Puts the focus on an element that does not take it by itself, such as an item of a list.
pub fn focus_anyway(element: &HtmlElement) {
    set_attribute(element, "tabindex", "-1");
    focus(element);
}

/// A new element of this name, which is nowhere yet.
#[must_use]
pub fn create(name: &str) -> Element {
    document()
        .create_element(name)
        .expect("the names of all elements of ours are names")
}

/// Adds a new element of this name to the end of another one.
pub fn append(parent: &Element, name: &str) -> Element {
    let element = create(name);
    // A new element may be the child of any other.
    let _ = parent.append_child(&element);
    element
}

/// Puts an element into another one, before one of its children or at its end.
pub fn insert(parent: &Element, element: &Element, next: Option<&Element>) {
    // It can fail only where `next` is no child.
    let _ = parent.insert_before(element, next.map(AsRef::as_ref));
}

/// An element as an input, if it is one.
#[must_use]
pub fn as_input(element: Element) -> Option<HtmlInputElement> {
    element.dyn_into().ok()
}

/// Adds a text to the end of an element, as text.
pub fn append_text(parent: &Element, text: &str) {
    // As above.
    let _ = parent.append_child(&document().create_text_node(text));
}

/// Sets an attribute.
pub fn set_attribute(element: &Element, name: &str, value: &str) {
    // It can fail only for a name that is no name, and all of ours are.
    let _ = element.set_attribute(name, value);
}

/// Removes an attribute.
pub fn remove_attribute(element: &Element, name: &str) {
    // Removing what is not there is no error.
    let _ = element.remove_attribute(name);
}

/// Brings an element into view with as little scrolling as possible, at once.
pub fn show(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether an element shows its end, give or take a line: by its own scrolling, or the page's where the page scrolls.
#[must_use]
pub fn at_end(element: &Element) -> bool {
    is_near_end(element, 32)
}

/// Whether an element shows all of its end, in the same way.
#[must_use]
pub fn shows_end(element: &Element) -> bool {
    is_near_end(element, 2)
}

fn is_near_end(element: &Element, px: i32) -> bool {
    let is_near = |element: &Element| {
        element.scroll_height() - element.client_height() - element.scroll_top() < px
    };
    is_near(element)
        && document()
            .document_element()
            .is_none_or(|page| is_near(&page))
}

/// Keeps the browser from doing what it does by itself for an event.
pub fn keep_to_ourselves(event: &Event) {
    event.prevent_default();
}
