//! S6: frames, as the server reads what clients send, and as the pages read what the server sends.

use std::fmt::Debug;

use human_please::socket::parse_frame;
use protocol::{AgentCommand, AgentFrame, ClientFrame, Refused, VisitorCommand, VisitorFrame};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Whatever comes: what is read is read alike by all, what is written reads back, and a refusal can be sent.
///
/// # Panics
///
/// If not.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    command::<VisitorCommand>(text);
    command::<AgentCommand>(text);
    let by_serde = serde_json::from_str::<VisitorFrame>(text).ok();
    alike(by_serde, widget::visitor::read_frame(text));
    let by_serde = serde_json::from_str::<AgentFrame>(text).ok();
    alike(by_serde, widget::json::read::<AgentFrame>(text));
}

fn command<C>(text: &str)
where
    C: Serialize + DeserializeOwned + PartialEq + Debug,
{
    match parse_frame::<C>(text) {
        Ok(frame) => {
            let json = serde_json::to_string(&frame).unwrap();
            assert_eq!(parse_frame::<C>(&json), Ok(frame), "{json}");
            // The page writes the same by its own hand.
            let frame: ClientFrame<C> = serde_json::from_str(&json).unwrap();
            if let Some(by_page) = widget::json::write(&frame) {
                assert_eq!(parse_frame::<C>(&by_page), Ok(frame), "{by_page}");
            }
        }
        Err(refused) => {
            let json = serde_json::to_string(&refused).unwrap();
            let read: Refused = serde_json::from_str(&json).unwrap();
            assert_eq!(read, refused);
        }
    }
}

/// The page may pass over more than `serde` does, but what both read is the same thing.
fn alike<F: PartialEq + Debug>(by_serde: Option<F>, by_page: Option<F>) {
    if let (Some(by_serde), Some(by_page)) = (by_serde, by_page) {
        assert_eq!(by_serde, by_page);
    }
}
