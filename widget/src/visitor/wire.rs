//! The exchange as the visitor's page reads and writes it, by hand: what `serde` makes of `protocol`'s types would be a
//! quarter of what a visitor downloads. The tests hold it against every sample of the contract.
//!
//! What is missing or of another kind than the contract says makes the whole frame unreadable; unknown fields and
//! unknown frames are passed over, and an unknown kind of event is read as that.

use protocol::{
    Ack, Answering, Author, CardFact, ClientFrame, CommandId, ContextValue, Event, EventKind,
    HistoryPage, Message, Opening, Receipt, Refused, Seq, SiteFace, Source, State, SupervisorWish,
    Timestamp, Token, Typing, VisitorCommand, VisitorFrame, WaitEstimate, Waiting, Welcome,
};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use session::Kept;
use session::visitor::Saved;

use crate::json::{self, Value, push_text};

/// Reads a frame of the server's.
#[must_use]
pub fn read_frame(json: &str) -> Option<VisitorFrame> {
    let value = Value::of(json);
    let (name, content) = value.variant()?;
    Some(match name {
        "welcome" => VisitorFrame::Welcome(welcome(content)?),
        "event" => VisitorFrame::Event(event(content)?),
        "state" => VisitorFrame::State(state(content)?),
        "card" => VisitorFrame::Card {
            facts: match content.get("facts") {
                Value::List(facts) => facts.iter().map(fact).collect::<Option<_>>()?,
                _ => return None,
            },
        },
        "typing" => VisitorFrame::Typing(Typing {
            author: author(content.get("author"))?,
            on: content.get("on").is_true(),
        }),
        "ack" => VisitorFrame::Ack(Ack {
            id: id(content)?,
            seq: content.get("seq").count().map(Seq),
            at: moment(content.get("at"))?,
            receipt: content.get("receipt").count().map(Receipt),
        }),
        "refused" => VisitorFrame::Refused(Refused {
            id: id(content),
            code: word(content.get("code"))?,
            retry: content.get("retry").is_true(),
            detail: content.get("detail").text()?.into(),
        }),
        "history" => VisitorFrame::History(page(content)?),
        "pong" => VisitorFrame::Pong { id: id(content)? },
        _ => return None,
    })
}

/// Writes a command for the server.
#[must_use]
pub fn write_command(frame: &ClientFrame<VisitorCommand>) -> String {
    let mut json = String::from("{\"id\":");
    push_text(&mut json, &frame.id.to_string());
    json.push_str(",\"command\":");
    push_command(&mut json, &frame.command);
    json.push('}');
    json
}

/// Reads what [`write_saved`] wrote; as for somebody new where there is nothing to read.
#[must_use]
pub fn read_saved(json: &str) -> Saved {
    let value = Value::of(json);
    Saved {
        token: value.get("token").text().map(|token| Token(token.into())),
        conversation: parsed(value.get("conversation")),
        epoch: parsed(value.get("epoch")),
        draft: value.get("draft").text().unwrap_or_default().into(),
    }
}

/// Writes what a page saves.
#[must_use]
pub fn write_saved(saved: &Saved) -> String {
    let mut json = String::from("{\"draft\":");
    push_text(&mut json, &saved.draft);
    let token = saved.token.as_ref().map(|token| token.0.clone());
    let conversation = saved.conversation.map(|id| id.to_string());
    let epoch = saved.epoch.map(|id| id.to_string());
    for (name, value) in [
        ("token", token),
        ("conversation", conversation),
        ("epoch", epoch),
    ] {
        if let Some(value) = value {
            json.push(',');
            push_text(&mut json, name);
            json.push(':');
            push_text(&mut json, &value);
        }
    }
    json.push('}');
    json
}

/// Reads what [`write_kept`] wrote.
#[must_use]
pub fn read_kept(json: &str) -> Option<Kept<VisitorCommand>> {
    let value = Value::of(json);
    let (name, content) = value.get("command").variant()?;
    let command = match name {
        "say" => VisitorCommand::Say {
            text: content.get("text").text()?.into(),
        },
        "human" => VisitorCommand::Human {},
        "supervisor" => VisitorCommand::Supervisor {},
        "leave" => VisitorCommand::Leave {},
        "assistant" => VisitorCommand::Assistant {},
        "end" => VisitorCommand::End {},
        "contact" => VisitorCommand::Contact {
            email: content.get("email").text()?.into(),
        },
        // Nothing else is kept.
        _ => return None,
    };
    Some(Kept {
        id: id(&value)?,
        order: value.get("order").count()?,
        command,
        refused: word(value.get("refused")),
    })
}

/// Writes a command as it is kept.
#[must_use]
pub fn write_kept(kept: &Kept<VisitorCommand>) -> String {
    let mut json = String::from("{\"id\":");
    push_text(&mut json, &kept.id.to_string());
    json.push_str(",\"order\":");
    json.push_str(&kept.order.to_string());
    json.push_str(",\"command\":");
    push_command(&mut json, &kept.command);
    if let Some(code) = kept.refused.and_then(|code| json::write(&code)) {
        json.push_str(",\"refused\":");
        json.push_str(&code);
    }
    json.push('}');
    json
}

fn push_command(json: &mut String, command: &VisitorCommand) {
    match command {
        VisitorCommand::Hello {
            version,
            token,
            after,
        } => {
            json.push_str("{\"hello\":{\"version\":");
            json.push_str(&version.to_string());
            if let Some(token) = token {
                json.push_str(",\"token\":");
                push_text(json, &token.0);
            }
            json.push_str(",\"after\":");
            json.push_str(&after.0.to_string());
            json.push_str("}}");
        }
        VisitorCommand::Say { text } => {
            json.push_str("{\"say\":{\"text\":");
            push_text(json, text);
            json.push_str("}}");
        }
        VisitorCommand::Human {} => json.push_str("{\"human\":{}}"),
        VisitorCommand::Supervisor {} => json.push_str("{\"supervisor\":{}}"),
        VisitorCommand::Leave {} => json.push_str("{\"leave\":{}}"),
        VisitorCommand::Assistant {} => json.push_str("{\"assistant\":{}}"),
        VisitorCommand::End {} => json.push_str("{\"end\":{}}"),
        VisitorCommand::Contact { email } => {
            json.push_str("{\"contact\":{\"email\":");
            push_text(json, email);
            json.push_str("}}");
        }
        VisitorCommand::Context { values } => {
            json.push_str("{\"context\":{\"values\":{");
            for (index, (name, value)) in values.0.iter().enumerate() {
                if index > 0 {
                    json.push(',');
                }
                push_text(json, name);
                json.push(':');
                match value {
                    ContextValue::Text(text) => push_text(json, text),
                    ContextValue::Number(number) => json.push_str(number),
                    ContextValue::Bool(value) => {
                        json.push_str(if *value { "true" } else { "false" })
                    }
                    ContextValue::Null => json.push_str("null"),
                }
            }
            json.push_str("}}}");
        }
        VisitorCommand::Correct { correction } => {
            json.push_str("{\"correct\":{\"correction\":{\"kind\":");
            json.push_str(&json::write(&correction.kind).unwrap_or_default());
            for (name, value) in [("was", &correction.was), ("text", &correction.text)] {
                if let Some(value) = value {
                    json.push(',');
                    push_text(json, name);
                    json.push(':');
                    push_text(json, value);
                }
            }
            json.push_str("}}}");
        }
        VisitorCommand::Typing { on: true } => json.push_str("{\"typing\":{\"on\":true}}"),
        VisitorCommand::Typing { on: false } => json.push_str("{\"typing\":{\"on\":false}}"),
        VisitorCommand::Seen { seq } => {
            json.push_str("{\"seen\":{\"seq\":");
            json.push_str(&seq.0.to_string());
            json.push_str("}}");
        }
        VisitorCommand::History { before } => {
            json.push_str("{\"history\":{\"before\":");
            json.push_str(&before.0.to_string());
            json.push_str("}}");
        }
        VisitorCommand::Ping {} => json.push_str("{\"ping\":{}}"),
    }
}

fn welcome(value: &Value) -> Option<Welcome> {
    let site = value.get("site");
    Some(Welcome {
        version: number(value.get("version"))?,
        conversation: parsed(value.get("conversation"))?,
        token: value.get("token").text().map(|token| Token(token.into())),
        epoch: parsed(value.get("epoch"))?,
        now: moment(value.get("now"))?,
        heartbeat_ms: number(value.get("heartbeat_ms"))?,
        site: SiteFace {
            name: site.get("name").text()?.into(),
            bot: site.get("bot").is_true(),
            contact: site.get("contact").text()?.into(),
        },
        state: state(value.get("state"))?,
        history: page(value.get("history"))?,
    })
}

fn page(value: &Value) -> Option<HistoryPage> {
    let Value::List(events) = value.get("events") else {
        return None;
    };
    Some(HistoryPage {
        events: events.iter().map(event).collect::<Option<_>>()?,
        earlier: value.get("earlier").is_true(),
    })
}

fn event(value: &Value) -> Option<Event> {
    let (name, content) = value.get("kind").variant()?;
    let agent = || Some(content.get("agent").text()?.into());
    Some(Event {
        seq: Seq(value.get("seq").count()?),
        at: moment(value.get("at"))?,
        kind: match name {
            "message" => EventKind::Message(message(content)?),
            "human_requested" => EventKind::HumanRequested {
                receipt: Receipt(content.get("receipt").count()?),
                via: word(content.get("via"))?,
            },
            "taken" => EventKind::Taken {
                agent: agent()?,
                lead: content.get("lead").is_true(),
            },
            "returned" => EventKind::Returned {
                reason: word(content.get("reason"))?,
                agent: agent()?,
            },
            "resolved" => EventKind::Resolved { agent: agent()? },
            "reopened" => EventKind::Reopened { agent: agent() },
            "left_queue" => EventKind::LeftQueue {},
            "assistant_chosen" => EventKind::AssistantChosen {},
            "ended" => EventKind::Ended {},
            "bot_failed" => EventKind::BotFailed {},
            "supervisor_requested" => EventKind::SupervisorRequested {},
            "callback_promised" => EventKind::CallbackPromised {
                by: moment(content.get("by"))?,
            },
            // A newer server's. It is an event in its place all the same.
            _ => EventKind::Unknown {},
        },
    })
}

fn message(value: &Value) -> Option<Message> {
    let source = |source: &Value| {
        Some(Source {
            title: source.get("title").text()?.into(),
            url: source.get("url").text()?.into(),
        })
    };
    let sources = value.get("sources").items().iter().map(source);
    let replies = value.get("replies").items().iter();
    let replies = replies.map(|reply| reply.text().map(Into::into));
    Some(Message {
        id: id(value)?,
        author: author(value.get("author"))?,
        text: value.get("text").text()?.into(),
        sources: sources.collect::<Option<_>>()?,
        replies: replies.collect::<Option<_>>()?,
        offers_human: value.get("offers_human").is_true(),
    })
}

fn fact(value: &Value) -> Option<CardFact> {
    Some(CardFact {
        kind: word(value.get("kind"))?,
        text: value.get("text").text()?.into(),
        seq: value.get("seq").count().map(Seq),
        by: match value.get("by") {
            Value::Null => None,
            by => Some(author(by)?),
        },
    })
}

fn author(value: &Value) -> Option<Author> {
    let (name, content) = value.variant()?;
    Some(match name {
        "visitor" => Author::Visitor {},
        "bot" => Author::Bot {},
        "agent" => Author::Agent {
            name: content.get("name").text()?.into(),
        },
        _ => return None,
    })
}

fn state(value: &Value) -> Option<State> {
    let (name, content) = value.get("answering").variant()?;
    Some(State {
        answering: match name {
            "bot" => Answering::Bot {},
            "queue" => Answering::Queue {
                position: number(content.get("position"))?,
                on_duty: number(content.get("on_duty"))?,
            },
            "agent" => Answering::Agent {
                name: content.get("name").text()?.into(),
                lead: content.get("lead").is_true(),
            },
            "nobody" => Answering::Nobody {
                last: content.get("last").text().map(Into::into),
            },
            _ => return None,
        },
        waiting: match value.get("waiting") {
            Value::Null => None,
            waiting => Some(Waiting {
                receipt: Receipt(waiting.get("receipt").count()?),
                since: moment(waiting.get("since"))?,
                estimate: match waiting.get("estimate") {
                    Value::Null => None,
                    estimate => Some(WaitEstimate {
                        from_ms: estimate.get("from_ms").count()?,
                        to_ms: estimate.get("to_ms").count()?,
                    }),
                },
            }),
        },
        opening: opening(value.get("opening")),
        contact: value.get("contact").text().map(Into::into),
        seen: Seq(value.get("seen").count().unwrap_or(0)),
        supervisor: match value.get("supervisor") {
            Value::Null => None,
            wish => Some(SupervisorWish {
                since: moment(wish.get("since"))?,
                due: moment(wish.get("due")),
            }),
        },
    })
}

fn opening(value: &Value) -> Option<Opening> {
    (!matches!(value, Value::Null)).then(|| Opening {
        open: value.get("open").is_true(),
        until: moment(value.get("until")),
    })
}

fn id(value: &Value) -> Option<CommandId> {
    parsed(value.get("id"))
}

fn parsed<T: std::str::FromStr>(value: &Value) -> Option<T> {
    value.text()?.parse().ok()
}

fn number(value: &Value) -> Option<u32> {
    u32::try_from(value.number()?).ok()
}

fn moment(value: &Value) -> Option<Timestamp> {
    value.number().map(Timestamp)
}

/// One of the contract's own words: the reason of a refusal, for example.
fn word<'a, T: Deserialize<'a>>(value: &'a Value) -> Option<T> {
    let word: StrDeserializer<'a, Error> = value.text()?.into_deserializer();
    T::deserialize(word).ok()
}

#[cfg(test)]
mod tests;
