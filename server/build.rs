//! Has a release built again when the files that it carries inside have changed: the pages and the demo.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A development build reads them from the folder while it runs.
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        println!("cargo::rerun-if-changed=../dist");
        println!("cargo::rerun-if-changed=../public");
    }
}
