//! Reads what a client sent, and says what is wrong with it.

use protocol::{ClientFrame, CommandId, RefusalCode, Refused};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Reads a frame.
///
/// # Errors
///
/// The refusal to answer with, which names the frame's id if it has one. What the client sent is in no error.
pub fn parse<C: DeserializeOwned>(text: &str) -> Result<ClientFrame<C>, Refused> {
    serde_json::from_str(text).map_err(|error| {
        let code = if error.is_data() {
            code_of(&error.to_string())
        } else {
            RefusalCode::Malformed
        };
        Refused::new(id_of(text), code)
    })
}

/// serde_json tells kinds of bad data only by its text; a test holds it.
fn code_of(error: &str) -> RefusalCode {
    if error.starts_with("unknown variant") {
        RefusalCode::UnknownCommand
    } else if error.starts_with("unknown field") {
        RefusalCode::UnknownField
    } else {
        RefusalCode::Malformed
    }
}

/// The id alone, so that the client knows which of its commands was refused.
fn id_of(text: &str) -> Option<CommandId> {
    #[derive(Deserialize)]
    struct OnlyId {
        id: CommandId,
    }
    serde_json::from_str::<OnlyId>(text)
        .ok()
        .map(|frame| frame.id)
}

#[cfg(test)]
mod tests {
    use protocol::{AgentCommand, VisitorCommand};

    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef";

    fn refusal(text: &str) -> (RefusalCode, bool) {
        let refused = parse::<VisitorCommand>(text).unwrap_err();
        (refused.code, refused.id.is_some())
    }

    #[test]
    fn a_good_frame_is_read() {
        let text = format!(r#"{{"id":"{ID}","command":{{"say":{{"text":"hi"}}}}}}"#);
        assert!(parse::<VisitorCommand>(&text).is_ok());
    }

    #[test]
    fn each_fault_gets_its_code_and_the_id_if_there_is_one() {
        for (command, code) in [
            (r#"{"dance":{}}"#, RefusalCode::UnknownCommand),
            (
                r#"{"take":{"conversation":"0123456789abcdef0123456789abcdef"}}"#,
                RefusalCode::UnknownCommand,
            ),
            (
                r#"{"say":{"text":"hi","author":"agent"}}"#,
                RefusalCode::UnknownField,
            ),
            (r#"{"ping":{"x":1}}"#, RefusalCode::UnknownField),
            (r#"{"say":{}}"#, RefusalCode::Malformed),
            (r#"{"say":{"text":7}}"#, RefusalCode::Malformed),
            ("7", RefusalCode::Malformed),
        ] {
            let text = format!(r#"{{"id":"{ID}","command":{command}}}"#);
            assert_eq!(refusal(&text), (code, true), "{command}");
        }
        let extra = format!(r#"{{"id":"{ID}","command":{{"human":{{}}}},"seq":1}}"#);
        assert_eq!(refusal(&extra), (RefusalCode::UnknownField, true));
        for text in [
            "",
            "{",
            "null",
            "[]",
            r#"{"id":"x","command":{"human":{}}}"#,
            r#"{"command":{"human":{}}}"#,
        ] {
            assert_eq!(refusal(text), (RefusalCode::Malformed, false), "{text}");
        }
    }

    #[test]
    fn a_visitor_command_is_unknown_to_the_agents_socket() {
        let text = format!(r#"{{"id":"{ID}","command":{{"human":{{}}}}}}"#);
        assert_eq!(
            parse::<AgentCommand>(&text).unwrap_err().code,
            RefusalCode::UnknownCommand
        );
    }

    #[test]
    fn no_refusal_repeats_what_the_client_sent() {
        let text = format!(r#"{{"id":"{ID}","command":{{"<b>secret</b>":{{}}}}}}"#);
        assert!(
            !parse::<VisitorCommand>(&text)
                .unwrap_err()
                .detail
                .contains("secret")
        );
    }
}
