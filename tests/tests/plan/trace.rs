//! The trace of a plan: everything that clients sent and were told, as one number that two runs of a seed must share.

use std::collections::HashMap;
use std::fmt::Write;

/// What happened, line by line.
#[derive(Debug, Default)]
pub struct Trace {
    pub lines: Vec<String>,
    /// Ids in the order in which they came up: the server draws some of them anew in each run.
    ids: HashMap<String, usize>,
}

impl Trace {
    /// Adds a line, with every id replaced by its number.
    pub fn add(&mut self, line: &str) {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let mut plain = String::with_capacity(line.len());
        let mut rest = line;
        while let Some(start) = rest.bytes().position(is_digit) {
            let length = rest[start..]
                .bytes()
                .take_while(|&byte| is_digit(byte))
                .count();
            plain.push_str(&rest[..start]);
            let word = &rest[start..start + length];
            if length == 32 {
                let next = self.ids.len();
                let number = *self.ids.entry(word.to_owned()).or_insert(next);
                let _infallible = write!(plain, "#{number}");
            } else {
                plain.push_str(word);
            }
            rest = &rest[start + length..];
        }
        plain.push_str(rest);
        self.lines.push(plain);
    }

    /// The number: FNV-1a of 64 bits.
    pub fn hash(&self) -> u64 {
        let bytes = self
            .lines
            .iter()
            .flat_map(|line| line.bytes().chain([b'\n']));
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }
}

#[test]
fn a_trace_does_not_depend_on_ids_and_depends_on_all_else() {
    let hash = |lines: [&str; 2]| {
        let mut trace = Trace::default();
        for line in lines {
            trace.add(line);
        }
        trace.hash()
    };
    let (one, other) = ("0123456789abcdef0123456789abcdef", "f".repeat(32));
    let lines =
        |id: &str, text: &str| hash([&format!("says {text} as {id}"), &format!("ack {id}")]);
    assert_eq!(lines(one, "a"), lines(&other, "a"));
    assert_ne!(lines(one, "a"), lines(one, "b"));
    assert_ne!(hash([one, one]), hash([one, &other]));
}
