//! Every sample of the contract reads as `serde` reads it, and what is written reads back.

use std::path::Path;

use protocol::{ConversationId, EpochId, RefusalCode};
use serde_json::json;

use super::*;

fn samples(kind: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/protocol/samples");
    let mut samples = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.split('.').next() == Some(kind) {
            samples.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    samples
}

#[test]
fn every_frame_of_the_contract_reads_as_it_should() {
    let samples = samples("visitor_frame");
    assert!(samples.len() >= 20, "{} samples", samples.len());
    for (name, sample) in samples {
        let expected: VisitorFrame = serde_json::from_str(&sample).unwrap();
        assert_eq!(read_frame(&sample), Some(expected), "{name}");
        for end in 0..sample.trim_end().len() {
            if let Some(cut) = sample.get(..end) {
                assert_eq!(read_frame(cut), None, "{cut}");
            }
        }
    }
}

#[test]
fn a_frame_of_which_a_field_is_missing_is_refused_as_it_should_be() {
    for (name, sample) in samples("visitor_frame") {
        let whole: serde_json::Value = serde_json::from_str(&sample).unwrap();
        for pointer in pointers(&whole, "") {
            let mut less = whole.clone();
            let (parent, field) = pointer.rsplit_once('/').unwrap();
            let Some(serde_json::Value::Object(fields)) = less.pointer_mut(parent) else {
                continue;
            };
            fields.remove(field);
            let json = less.to_string();
            let expected = serde_json::from_str::<VisitorFrame>(&json).ok();
            // Where the contract wants a yes or no, a missing one is taken for no.
            let is_flag = matches!(whole.pointer(&pointer), Some(serde_json::Value::Bool(_)));
            if !is_flag {
                assert_eq!(read_frame(&json), expected, "{name} without {pointer}");
            }
        }
    }
}

fn pointers(value: &serde_json::Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let serde_json::Value::Object(fields) = value {
        for (name, value) in fields {
            let pointer = format!("{at}/{name}");
            found.extend(pointers(value, &pointer));
            found.push(pointer);
        }
    }
    found
}

#[test]
fn every_command_of_the_contract_is_written_as_it_should_be() {
    let samples = samples("visitor_command");
    assert!(samples.len() >= 7, "{} samples", samples.len());
    for (name, sample) in samples {
        let frame: ClientFrame<VisitorCommand> = serde_json::from_str(&sample).unwrap();
        let written = write_command(&frame);
        assert_eq!(written, serde_json::to_string(&frame).unwrap(), "{name}");
    }
}

#[test]
fn texts_of_every_kind_survive() {
    for text in [
        "",
        "\"\\/\u{8}\u{c}\n\r\t",
        "\u{0}\u{1f}\u{7f}",
        "é🙂\u{2028}\u{fffd}",
    ] {
        let frame = ClientFrame {
            id: CommandId(1),
            command: VisitorCommand::Say { text: text.into() },
        };
        let written = write_command(&frame);
        assert_eq!(
            serde_json::from_str::<ClientFrame<_>>(&written).unwrap(),
            frame
        );
        let value = Value::of(&json!({ "text": text }).to_string());
        assert_eq!(value.get("text").text(), Some(text));
    }
    let escaped = Value::of(r#""\u00e9\uD83D\uDE42\/""#);
    assert_eq!(escaped.text(), Some("é🙂/"));
}

#[test]
fn unknown_frames_and_fields_are_passed_over() {
    assert_eq!(read_frame(r#"{"unheard_of":{}}"#), None);
    assert_eq!(
        read_frame(
            r#" {"pong":{"more":[1.5,{"a":[null,-2e9]}],"id":"00000000000000000000000000000001"}} "#
        ),
        Some(VisitorFrame::Pong { id: CommandId(1) })
    );
}

/// R15: a page of today counts what a newer server tells of tomorrow.
#[test]
fn an_event_of_an_unknown_kind_reads_as_one() {
    for kind in [
        r#"{"danced":{"with":[{"taken":{}}]}}"#,
        r#"{"danced":null}"#,
    ] {
        let frame = [r#"{"event":{"seq":7,"at":8,"kind":"#, kind, "}}"].concat();
        let expected: VisitorFrame = serde_json::from_str(&frame).unwrap();
        assert!(
            matches!(&expected, VisitorFrame::Event(event) if event.kind == EventKind::Unknown {})
        );
        assert_eq!(read_frame(&frame), Some(expected));
    }
}

#[test]
fn what_is_not_json_is_nothing() {
    let deep = "[".repeat(100_000);
    for json in [
        "",
        "{",
        "[1",
        "[1,]",
        "[1 2]",
        "{\"a\"}",
        "{\"a\":1,}",
        "{1:2}",
        "\"",
        "\"\\x\"",
        "\"\\ud83d\"",
        "\"\\ud83d\\u0041\"",
        "\"\\u12\"",
        "\"\\u+123\"",
        "1 2",
        "]",
        &deep,
    ] {
        assert_eq!(Value::of(json), Value::Null, "{json:.20}");
    }
}

#[test]
fn what_a_page_saves_and_keeps_is_there_for_the_next() {
    let full = Saved {
        token: Some(Token("secret".into())),
        conversation: Some(ConversationId(1)),
        epoch: Some(EpochId(2)),
        draft: "half a \"sentence\"".into(),
    };
    for saved in [Saved::default(), full] {
        assert_eq!(read_saved(&write_saved(&saved)), saved);
    }
    assert_eq!(read_saved("rubbish"), Saved::default());
    for (command, refused) in [
        (VisitorCommand::Say { text: "hi".into() }, None),
        (
            VisitorCommand::Say { text: "hi".into() },
            Some(RefusalCode::TooLong),
        ),
        (VisitorCommand::Human {}, None),
        (VisitorCommand::Supervisor {}, None),
        (VisitorCommand::Assistant {}, None),
        (VisitorCommand::End {}, None),
        (VisitorCommand::Leave {}, None),
    ] {
        let kept = Kept {
            id: CommandId(7),
            order: 3,
            command,
            refused,
        };
        assert_eq!(read_kept(&write_kept(&kept)), Some(kept));
    }
    assert_eq!(read_kept("rubbish"), None);
}
