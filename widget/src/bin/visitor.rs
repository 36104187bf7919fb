//! The visitor's conversation page: where its WebAssembly starts.

fn main() {
    widget::visitor::start();
}
