//! The visitor's conversation page: where its WebAssembly starts.

/// The heap. The standard library's allocator is made for programs whose size nobody looks at.
#[global_allocator]
static HEAP: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    widget::visitor::start();
}
