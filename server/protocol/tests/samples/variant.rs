//! The variants of the protocol's enumerations. A new variant does not compile until it is listed here, and then
//! the test asks for its sample.

use protocol::{
    AgentCommand, AgentFrame, Answering, Author, CaseHolder, EventKind, Recipient, RequestVia,
    ReturnReason, VisitorCommand, VisitorFrame,
};

/// An enumeration that knows its variants.
pub trait Variants {
    const TYPE: &'static str;
    const ALL: &'static [&'static str];

    fn variant(&self) -> &'static str;
}

macro_rules! variants {
    ($($type:ident: $($variant:ident)*;)*) => {$(
        impl Variants for $type {
            const TYPE: &'static str = stringify!($type);
            const ALL: &'static [&'static str] = &[$(stringify!($variant),)*];

            fn variant(&self) -> &'static str {
                match self { $($type::$variant { .. } => stringify!($variant),)* }
            }
        }
    )*

        /// Every tag there is: the keys of objects that say which variant their one value is.
        pub fn tags() -> Vec<String> {
            [$(<$type as Variants>::ALL,)*].concat().into_iter().map(snake_case).collect()
        }
    };
}

variants! {
    VisitorCommand: Hello Say Human Supervisor Leave Assistant End Contact Context Correct Typing Seen History Ping;
    AgentCommand: Hello Duty Most Take TakeNext Pass Reply Resolve Transfer AskLead Snooze Wake Topic Note Correct Typing
        Seen View Draft Open History List Ping;
    VisitorFrame: Welcome Event State Card Typing Ack Refused History Pong;
    AgentFrame: Welcome Case Listed Counts Event History Draft Notes Note Card Known Viewers Staff Context Typing Duty Ack Refused Pong;
    EventKind: Message HumanRequested Taken Returned Resolved Reopened LeftQueue AssistantChosen
        Ended BotFailed SupervisorRequested CallbackPromised Unknown;
    Author: Visitor Bot Agent;
    RequestVia: Button Reopen Message Bot;
    ReturnReason: Transferred Vanished;
    Answering: Bot Queue Agent Nobody;
    CaseHolder: Bot Queue Me Other Nobody;
    Recipient: Team Person;
}

/// A variant's name as it crosses the wire.
pub fn snake_case(name: &str) -> String {
    let mut text = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(character.to_ascii_lowercase());
    }
    text
}
