//! Looks for input that breaks what `text` promises.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| human_please_fuzz::text::check(input));
