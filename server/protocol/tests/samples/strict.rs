//! The server takes exactly what it knows; a client takes what it knows and ignores the rest.

use protocol::{
    AgentCommand, AgentFrame, ClientFrame, Event, EventKind, Found, SavedView, Search, Seq,
    ViewName, VisitorCommand, VisitorFrame,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::variant::tags;
use crate::{find, samples};

fn parses<T: DeserializeOwned>(value: &Value) -> bool {
    serde_json::from_value::<T>(value.clone()).is_ok()
}

fn is_visitors(frame: &Value) -> bool {
    parses::<ClientFrame<VisitorCommand>>(frame)
}

fn is_agents(frame: &Value) -> bool {
    parses::<ClientFrame<AgentCommand>>(frame)
}

fn client_frame(command: Value) -> Value {
    json!({"id": "4be2a6d1c05f4e7f8a9b30c1d2e3f401", "command": command})
}

#[test]
fn an_unknown_field_of_a_client_is_an_error_wherever_it_is() {
    let mut checked = 0;
    for sample in samples() {
        let is_known = match sample.kind() {
            "visitor_command" => is_visitors,
            "agent_command" => is_agents,
            _ => continue,
        };
        let good = sample.value();
        assert!(is_known(&good), "{}", sample.name);

        let mut beside_the_command = good.clone();
        beside_the_command["author"] = json!("agent");
        let mut second_command = good.clone();
        second_command["command"]["ping2"] = json!({});
        let mut in_the_command = good.clone();
        in_the_command["command"][sample.variant().unwrap()]["priority"] = json!(true);
        for bad in [beside_the_command, second_command, in_the_command] {
            assert!(!is_known(&bad), "{bad}");
        }
        checked += 1;
    }
    assert!(checked >= 19, "only {checked} samples were tried");
}

#[test]
fn an_unknown_field_of_a_search_or_a_view_is_an_error_wherever_it_is() {
    let searches = |value: &Value| parses::<Search>(value);
    let views = |value: &Value| parses::<SavedView>(value);
    for (name, is_known) in [
        ("search", &searches as &dyn Fn(&Value) -> bool),
        ("saved_view", &views),
    ] {
        let good = find(name).value();
        assert!(is_known(&good), "{name}");
        let mut beside_the_filter = good.clone();
        beside_the_filter["site"] = json!("rival");
        let mut in_the_filter = good.clone();
        in_the_filter["filter"]["site"] = json!(1);
        let mut of_another_type = good.clone();
        of_another_type["filter"]["vulnerable"] = json!("yes");
        let mut of_another_state = good;
        of_another_state["filter"]["state"] = json!("Open");
        for bad in [
            beside_the_filter,
            in_the_filter,
            of_another_type,
            of_another_state,
        ] {
            assert!(!is_known(&bad), "{bad}");
        }
    }
    let search = |value: Value| serde_json::from_value::<Search>(value).unwrap();
    assert_eq!(search(json!({})), Search::default());
    assert_eq!(search(json!({ "filter": {} })), Search::default());
    assert!(!parses::<ViewName>(&json!({ "name": "x", "id": 1 })));
}

#[test]
fn an_unknown_command_is_an_error() {
    for command in [
        json!({"dance": {}}),
        json!({"Ping": {}}),
        json!({}),
        json!("ping"),
        json!(null),
    ] {
        let frame = client_frame(command);
        assert!(!is_visitors(&frame) && !is_agents(&frame), "{frame}");
    }
}

#[test]
fn a_command_without_fields_takes_none() {
    for command in ["human", "supervisor", "leave", "assistant", "end", "ping"] {
        assert!(is_visitors(&client_frame(json!({ command: {} }))));
        assert!(!is_visitors(&client_frame(json!({ command: {"x": 1} }))));
        assert!(!is_visitors(&client_frame(json!({ command: null }))));
    }
}

#[test]
fn an_agents_command_is_none_of_a_visitors_and_the_other_way_round() {
    // What both may say has the same form for both, and gives neither more than their own.
    let said_by_both = ["hello", "ping"];
    for sample in samples() {
        let (foreign, variant) = (sample.value(), sample.variant().unwrap_or_default());
        match sample.kind() {
            "agent_command" if !said_by_both.contains(&variant) => {
                assert!(!is_visitors(&foreign), "{}", sample.name);
            }
            "visitor_command" if variant != "ping" => {
                assert!(!is_agents(&foreign), "{}", sample.name);
            }
            _ => {}
        }
    }
}

#[test]
fn a_frame_without_a_good_id_is_an_error() {
    let ping = json!({"ping": {}});
    assert!(!is_visitors(&json!({ "command": ping })));
    for id in ["", "1", "4BE2A6D1C05F4E7F8A9B30C1D2E3F401"] {
        assert!(!is_visitors(&json!({ "id": id, "command": ping })), "{id}");
    }
}

#[test]
fn what_may_be_left_out_of_a_command_may_be_left_out() {
    assert!(is_visitors(&client_frame(json!({"hello": {"version": 1}}))));
    assert!(is_agents(&client_frame(json!({"hello": {"version": 1}}))));
    let conversation = "8c5d0a7e41b24b0f9c3e6d1f2a3b4c5d";
    let open = json!({"open": {"conversation": conversation}});
    assert!(is_agents(&client_frame(open)));
}

#[test]
fn a_client_ignores_fields_that_a_newer_server_sends() {
    let mut checked = 0;
    for sample in samples() {
        let mut newer = sample.value();
        add_to_every_object(&mut newer, &tags());
        assert_ne!(newer, sample.value(), "{}", sample.name);
        match sample.kind() {
            "visitor_frame" => {
                let read = serde_json::from_value::<VisitorFrame>(newer);
                assert_eq!(read.unwrap(), sample.parse(), "{}", sample.name);
            }
            "agent_frame" => {
                let read = serde_json::from_value::<AgentFrame>(newer);
                assert_eq!(read.unwrap(), sample.parse(), "{}", sample.name);
            }
            "found" => {
                let read = serde_json::from_value::<Found>(newer);
                assert_eq!(read.unwrap(), sample.parse(), "{}", sample.name);
            }
            _ => continue,
        }
        checked += 1;
    }
    assert!(checked >= 19, "only {checked} samples were tried");
}

#[test]
fn a_frame_that_a_client_does_not_know_is_an_error_which_it_can_ignore() {
    let frame = json!({"weather": {"sun": true}});
    assert!(!parses::<VisitorFrame>(&frame));
    assert!(!parses::<AgentFrame>(&frame));
}

/// Adds a field to every object but those whose one key says which variant their value is.
fn add_to_every_object(value: &mut Value, tags: &[String]) {
    match value {
        Value::Array(values) => values
            .iter_mut()
            .for_each(|it| add_to_every_object(it, tags)),
        Value::Object(fields) => {
            fields
                .values_mut()
                .for_each(|it| add_to_every_object(it, tags));
            let is_variant = fields.len() == 1
                && fields
                    .iter()
                    .all(|(key, value)| tags.contains(key) && value.is_object());
            if !is_variant {
                fields.insert("from_the_future".into(), json!([1]));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// L5 came with two kinds of events; R15 asks that the next ones cost a page of today nothing.
#[test]
fn an_event_of_a_kind_that_a_client_does_not_know_is_still_an_event_in_its_place() {
    let read = |kind: Value| {
        serde_json::from_value::<Event>(json!({"seq": 7, "at": 8, "kind": kind}))
            .map(|event| (event.seq, event.kind))
            .ok()
    };
    for kind in [
        json!({"danced": {}}),
        json!({"danced": {"with": [{"agent": "Ana"}, null], "taken": {}}}),
        json!({"danced": null}),
    ] {
        assert_eq!(
            read(kind.clone()),
            Some((Seq(7), EventKind::Unknown {})),
            "{kind}"
        );
    }
    // What is known has to be whole, and there is one of it.
    for bad in [
        json!({"taken": {}}),
        json!({"taken": null}),
        json!({}),
        json!("bot_failed"),
        json!({"bot_failed": {}, "taken": {"agent": "Ana"}}),
        json!({"danced": {}, "taken": {"agent": "Ana"}}),
    ] {
        assert_eq!(read(bad.clone()), None, "{bad}");
    }
}
