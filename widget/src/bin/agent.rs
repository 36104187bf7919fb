//! The agent page: where its WebAssembly starts.

fn main() {
    widget::agent::start();
}
