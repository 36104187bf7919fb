//! How the server says no: refusals answer a command, close codes end a connection.

use serde::{Deserialize, Serialize};

use crate::context::BadContext;
use crate::fact::BadFact;
use crate::id::CommandId;
use crate::limit::{NoEmail, TextError};

/// A command is not done. The connection stays open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The command's id; none if the frame had none that could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<CommandId>,
    /// Why.
    pub code: RefusalCode,
    /// The same command, sent again later, may succeed.
    pub retry: bool,
    /// One English sentence for the client's developer, without anything the client sent.
    pub detail: String,
}

impl Refused {
    /// The refusal of the command `id` for `code`, with the code's own sentence.
    #[must_use]
    pub fn new(id: Option<CommandId>, code: RefusalCode) -> Self {
        Self {
            id,
            code,
            retry: code.retry(),
            detail: code.sentence().into(),
        }
    }
}

macro_rules! refusal_codes {
    ($($(#[$doc:meta])* $name:ident, $retry:literal, $sentence:literal;)*) => {
        /// Why a command is not done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum RefusalCode { $($(#[$doc])* $name,)* }

        impl RefusalCode {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Whether the same command, sent again later, may succeed.
            #[must_use]
            pub fn retry(self) -> bool {
                match self { $(Self::$name => $retry,)* }
            }

            /// One English sentence that says what to do.
            #[must_use]
            pub fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }
        }
    };
}

refusal_codes! {
    /// Not a frame of this protocol.
    Malformed, false, "Send one JSON object with an id of 32 hexadecimal digits and a command.";
    /// No such command for this kind of client.
    UnknownCommand, false, "This server does not know that command for this kind of client.";
    /// A field that the command does not have.
    UnknownField, false, "The command has a field that this server does not know.";
    /// A binary frame.
    NotText, false, "Send text frames, not binary ones.";
    /// The first command was not `hello`.
    HelloFirst, false, "Send hello first.";
    /// A second `hello`.
    AlreadyGreeted, false, "This connection has said hello already.";
    /// Another protocol version.
    WrongVersion, false, "This server speaks another version of the protocol.";
    /// The message is empty after trimming.
    Empty, false, "A message needs at least one character.";
    /// The message is too long.
    TooLong, false, "A message has at most 8,000 characters.";
    /// No email address.
    BadEmail, false, "That is no email address.";
    /// No context.
    BadContext, false, "A context has at most 20 values under names of 1 to 40 characters: texts of up to 500, numbers, true, false or null.";
    /// No correction of a card.
    BadFact, false, "A fact has 1 to 200 characters on one line; name the one that it corrects, or none to add one.";
    /// It does not exist, or it is not this client's: the answer is the same.
    NoSuchConversation, false, "There is no such conversation here.";
    /// Somebody else holds the conversation.
    HeldByAnother, false, "Another person has taken this conversation.";
    /// The conversation is not in the queue.
    NotWaiting, false, "This conversation is not waiting for a person.";
    /// The agent does not hold the conversation.
    NotYours, false, "Take the conversation before you answer it.";
    /// The agent is off duty.
    OffDuty, false, "Go on duty before you take a conversation.";
    /// The agent has no room.
    Full, false, "You have as many conversations as you have chosen to have at the same time.";
    /// The person or team is not there.
    NotThere, false, "Nobody by that name can be passed a conversation now.";
    /// It cannot be put off until then, or nobody can have so many conversations.
    OutOfRange, false, "Choose a time within the next 90 days, and 1 to 8 conversations at the same time.";
    /// No assistant answers on this site.
    NoAssistant, false, "No assistant answers here; a person does.";
    /// Too many commands in a short time.
    TooFast, true, "Too many commands in a short time; send it again in a moment.";
    /// The server cannot store anything now. Nothing was done.
    Unavailable, true, "The server cannot store messages right now; nothing was lost, send it again.";
}

impl From<BadContext> for RefusalCode {
    fn from(_: BadContext) -> Self {
        Self::BadContext
    }
}

impl From<BadFact> for RefusalCode {
    fn from(_: BadFact) -> Self {
        Self::BadFact
    }
}

impl From<NoEmail> for RefusalCode {
    fn from(_: NoEmail) -> Self {
        Self::BadEmail
    }
}

impl From<TextError> for RefusalCode {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::Empty,
            TextError::TooLong => Self::TooLong,
        }
    }
}

macro_rules! close_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $reconnect:literal, $reason:literal;)*) => {
        /// Why the server ended a connection.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum CloseCode { $($(#[$doc])* $name = $code,)* }

        impl CloseCode {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The number in the WebSocket close frame.
            #[must_use]
            pub fn number(self) -> u16 {
                self as u16
            }

            /// The code with this number; none for numbers that are not ours.
            #[must_use]
            pub fn from_number(number: u16) -> Option<Self> {
                match number { $($code => Some(Self::$name),)* _ => None }
            }

            /// Whether the client should connect again by itself. It should after numbers that are not ours, too.
            #[must_use]
            pub fn reconnect(self) -> bool {
                match self { $(Self::$name => $reconnect,)* }
            }

            /// The reason in the WebSocket close frame, for developers.
            #[must_use]
            pub fn reason(self) -> &'static str {
                match self { $(Self::$name => $reason,)* }
            }
        }
    };
}

close_codes! {
    /// The frame was not UTF-8.
    NotUtf8 = 1007, true, "a text frame was not UTF-8";
    /// The frame was larger than 64 KiB.
    TooBig = 1009, true, "a frame was larger than 64 KiB";
    /// The server restarts; come back, spread over a few seconds.
    Restart = 1012, true, "the server restarts";
    /// No hello within ten seconds.
    NoHello = 4000, true, "no hello came";
    /// The client speaks another version: load the page again.
    WrongVersion = 4001, false, "another protocol version";
    /// The agent's session ended: sign in again.
    SignedOut = 4002, false, "signed out";
    /// The client did not read fast enough; what it missed is in the history.
    Slow = 4003, true, "the client reads too slowly";
    /// Nothing was heard for two heartbeats.
    Silent = 4004, true, "two heartbeats were missed";
    /// Frame after frame was refused.
    Flooding = 4005, true, "too many frames";
}
