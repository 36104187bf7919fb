//! The pages' JSON is everybody's JSON: every sample of the contract reads and writes as `serde_json` has it.

use std::fmt::Debug;
use std::path::Path;

use protocol::{AgentCommand, AgentFrame, ClientFrame, CommandId, VisitorCommand, VisitorFrame};
use serde::Serialize;
use serde::de::DeserializeOwned;
use session::Kept;
use session::visitor::Saved;

use super::{read, write};

#[track_caller]
fn check<T: DeserializeOwned + Serialize + PartialEq + Debug>(json: &str) {
    let expected: T = serde_json::from_str(json).unwrap();
    assert_eq!(read::<T>(json).as_ref(), Some(&expected), "{json}");
    let written = write(&expected).unwrap();
    assert_eq!(written, serde_json::to_string(&expected).unwrap());
    // Every text that is cut short is refused, and none makes it panic.
    for end in 0..json.trim_end().len() {
        if let Some(cut) = json.get(..end) {
            assert_eq!(read::<T>(cut), None, "{cut}");
        }
    }
}

#[test]
fn every_sample_of_the_contract_reads_and_writes_as_it_should() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/protocol/samples");
    let mut count = 0;
    for entry in std::fs::read_dir(samples).unwrap() {
        let path = entry.unwrap().path();
        let json = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        count += 1;
        match name.split('.').next().unwrap() {
            "visitor_frame" => check::<VisitorFrame>(&json),
            // Values of any kind are written by hand in `visitor/wire`, whose tests have this one.
            _ if name == "visitor_command.context.json" => {}
            "visitor_command" => check::<ClientFrame<VisitorCommand>>(&json),
            "agent_frame" => check::<AgentFrame>(&json),
            "agent_command" => check::<ClientFrame<AgentCommand>>(&json),
            // Lists of codes, which no client reads.
            _ => count -= 1,
        }
    }
    assert!(count > 40, "{count} samples");
}

#[test]
fn what_the_page_keeps_reads_as_it_was_written() {
    check::<Saved>(r#"{"token":"abc","draft":"a \"quoted\"\nline \u00e9 \ud83d\ude42"}"#);
    check::<Saved>(r#"{"draft":""}"#);
    let kept = Kept {
        id: CommandId(7),
        order: u64::MAX,
        command: VisitorCommand::Say {
            text: "\u{0}\u{1f}\t\r\\/é🙂\u{2028}".into(),
        },
        refused: Some(protocol::RefusalCode::TooLong),
    };
    let written = write(&kept).unwrap();
    assert_eq!(read(&written), Some(kept.clone()));
    assert_eq!(serde_json::from_str::<Kept<_>>(&written).unwrap(), kept);
}

#[test]
fn unknown_fields_are_passed_over_whatever_they_hold() {
    let json = r#" { "new" : [ {"a":[1,-2.5e3,{"b":"]}\""}]}, null, true ] , "draft" : "x" , "newer":{} } "#;
    assert_eq!(
        read::<Saved>(json).map(|saved| saved.draft),
        Some("x".into())
    );
    let frame = r#"{"pong":{"id":"00000000000000000000000000000001","more":[[[]]]}}"#;
    let id = CommandId(1);
    assert_eq!(read(frame), Some(VisitorFrame::Pong { id }));
}

#[test]
fn what_is_not_the_json_of_the_value_is_refused() {
    for json in [
        "",
        "null",
        "[]",
        "{",
        "{}x",
        r#"{"draft":1}"#,
        r#"{"draft":"\x"}"#,
        r#"{"draft":"\ud83d"}"#,
        r#"{"draft":"\ud83d\ud83d"}"#,
        r#"{"draft":"\u12"}"#,
        r#"{"draft":"\u+123"}"#,
        r#"{"draft":"a" "token":"b"}"#,
        r#"{"draft":"a","draft":"b"}"#,
        r#"{"draft":"a","new":]}"#,
        r#"{"draft":"a","new":}"#,
    ] {
        assert_eq!(read::<Saved>(json), None, "{json}");
    }
    for frame in [
        r#""pong""#,
        r#"{"unheard_of":{}}"#,
        r#"{"pong":{}}"#,
        r#"{"pong":null}"#,
    ] {
        assert_eq!(read::<VisitorFrame>(frame), None, "{frame}");
    }
}
