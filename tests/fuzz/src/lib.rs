//! R2, R4, S1, S2, S6: what no input may do, whoever sends it. `cargo xtask test fuzz` has libFuzzer look for input that does; what it
//! has ever found, and what it starts from, is in `corpus/` and is replayed here by ordinary tests.
//!
//! Each target is a function from bytes to nothing that panics when a promise is broken.

#![expect(clippy::unwrap_used, reason = "a panic is the report")]

pub mod choices;
pub mod frames;
pub mod rows;
pub mod session;
pub mod text;

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn replay(folder: &str, check: fn(&[u8])) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut replayed = 0;
        for file in std::fs::read_dir(&folder).unwrap() {
            let path = file.unwrap().path();
            let input = std::fs::read(&path).unwrap();
            // Shown if it panics.
            println!("{}", path.display());
            check(&input);
            // And every input that is cut off somewhere.
            for end in (0..input.len()).step_by(1 + input.len() / 50) {
                check(&input[..end]);
            }
            replayed += 1;
        }
        assert!(replayed > 0, "{} is empty", folder.display());
    }

    #[test]
    fn every_frame_that_is_kept_keeps_the_promises() {
        replay("../../server/protocol/samples", frames::check);
    }

    #[test]
    fn every_course_of_a_session_that_is_kept_keeps_the_promises() {
        replay("corpus/session", session::check);
    }

    #[test]
    fn every_row_that_is_kept_keeps_the_promises() {
        replay("corpus/rows", rows::check);
    }

    #[test]
    fn every_text_that_is_kept_keeps_the_promises() {
        replay("corpus/text", text::check);
    }
}
