//! What crosses the wire between a client and the server: the whole contract, and nothing but types.
//!
//! A third party can write a client from this page and the JSON files in `samples/`: one frame for each thing that
//! can be said, exactly as it crosses the wire, called `TYPE.VARIANT.json`. `samples/refusals.json` and
//! `samples/close_codes.json` have every code. Tests hold this page, the samples and the types to each other.
//!
//! # Connections
//!
//! A visitor's client opens the WebSocket `wss://HOST/ws/visitor?site=KEY`, where `KEY` is the merchant's; an
//! agent's client opens `wss://HOST/ws/agent` with the cookie that signing in sets. On a loopback address it is
//! `ws:`. Before the WebSocket begins, the server answers 404 for a key it does not know, 403 for a page whose
//! origin the site does not list (a client that is no page sends no `Origin`), 401 for an agent who is not signed
//! in, and 503 when it has as many connections as it takes. Nothing secret is ever part of the URL.
//!
//! Every frame is one JSON object in one text frame, in UTF-8. A frame to the server has at most
//! [`MAX_FRAME_BYTES`]; the longest message fits if its characters are sent as they are and not as `\u` escapes. A
//! frame from the server can be larger: a page of history is. All numbers are whole and below 2^53.
//!
//! A client sends [`ClientFrame`]s: a [`CommandId`] of its own making and a command. The id is 128 random bits as 32
//! lowercase hexadecimal digits. The first command is `hello` with [`VERSION`]; until it is answered by `welcome`,
//! every other command is refused.
//!
//! ```json
//! {"id": "4be2a6d1c05f4e7f8a9b30c1d2e3f401", "command": {"hello": {"version": 1, "after": 0}}}
//! ```
//!
//! # Streams, where no WebSocket comes through
//!
//! Some networks let no WebSocket pass. Then the same frames take another way, with the same limits, answers and close
//! codes. The client posts its `hello` to `https://HOST/sse/visitor?site=KEY`, or to `https://HOST/sse/agent`, as the
//! whole body. What refuses a WebSocket refuses this. The answer is a stream of server-sent events that stays open:
//!
//! ```text
//! event: open
//! data: 4be2a6d1c05f4e7f8a9b30c1d2e3f401
//!
//! data: {"welcome": {"version": 1}}
//!
//! event: close
//! data: 1012
//!
//! ```
//!
//! The first event, `open`, gives the stream's key: 128 random bits as 32 lowercase hexadecimal digits, which are a secret
//! as the token is. Every event without a name is one frame, in one line. The last one, `close`, is the code of the table
//! below; a stream that ends without it was cut. Lines that begin with a colon are signs of life: pass over them.
//!
//! Each later frame of the client is posted to `https://HOST/sse/send`; the body is the key, a line feed, and the frame. It
//! is answered with 204, and what it brings comes in the stream. Wait for that before you post the next one, so that
//! nothing overtakes. 404 says that the stream has ended, or was opened by another page: open a new one, and send again
//! what was not answered. A page of another origin, which the site lists, may post without asking first: send the body as
//! `text/plain`.
//!
//! # Who a visitor is
//!
//! The first `welcome` of a new conversation has a [`Token`]. Keep it (in the client's own storage, in no URL and
//! no log) and send it with every later `hello`: it is all that proves who the visitor is. A `hello` without a
//! token, or with one that this server does not know for this site, begins a new conversation, so compare
//! [`Welcome::conversation`] with the one you knew. (The server's own page may be known by its cookie instead.)
//!
//! ```json
//! {"id": "4be2a6d1c05f4e7f8a9b30c1d2e3f402", "command": {"hello": {"version": 1, "after": 4,
//!  "token": "7d0f5a1c9e3b48d26a7f0c5b1e94d38260fbc71a5d9e3f48b2c60a7d1e5f9384"}}}
//! ```
//!
//! Any number of connections, tabs and devices may share a conversation; each hears everything.
//!
//! # Commands
//!
//! ## What a visitor's client asks for
//!
//! | command | what it asks for | answered by |
//! |---|---|---|
//! | `hello` | the conversation, from the event after the one that `after` names | `welcome` |
//! | `say` | to write a message | `ack` |
//! | `human` | a person; refused only while nothing can be stored | `ack` with the request's `receipt` |
//! | `supervisor` | a supervisor in the same conversation; refused only while nothing can be stored | `ack` |
//! | `leave` | to leave the line for a person and go on with the assistant | `ack` |
//! | `assistant` | to go on with the assistant, whoever has the conversation or had it | `ack` |
//! | `end` | to end the conversation; writing or asking again goes on with it | `ack` |
//! | `contact` | to leave an email address that a person may write to, or to take it back | `ack` |
//! | `context` | to show people what the shop's page says of the visitor | `ack` |
//! | `correct` | to put right what people are shown of the conversation | `ack` |
//! | `typing` | to show the other side that the visitor writes; repeat it every few seconds | nothing |
//! | `seen` | to show the other side how far the visitor has seen | nothing |
//! | `history` | the page of events before `before` | `history` |
//! | `ping` | a sign of life | `pong` |
//!
//! ## What an agent's client asks for
//!
//! | command | what it asks for | answered by |
//! |---|---|---|
//! | `hello` | everything that this agent holds, and the beginning of the lists of what waits and what others hold | `welcome` |
//! | `duty` | to be on or off duty, on every device | `ack`, and `duty` on every device |
//! | `most` | to have at most so many conversations at the same time, 1 to 8 | `ack` |
//! | `take` | a conversation out of the queue, or one that asks for a supervisor; of several agents one wins | `ack` |
//! | `take_next` | what is next for this agent; its `case` says which | `ack` |
//! | `pass` | to let an offer go on to somebody else | `ack` |
//! | `reply` | to write to the visitor of a conversation that this agent holds | `ack` |
//! | `resolve` | to mark as solved what this agent holds, and to ask the visitor whether it is | `ack` |
//! | `transfer` | to pass on what this agent holds, to the queue, a team or a person, with its first number and time | `ack` |
//! | `ask_lead` | a lead to take part in what this agent holds, or none any more | `ack` |
//! | `snooze` | to put off until later what this agent holds, and to tell the visitor so | `ack` |
//! | `wake` | to go on with what was put off | `ack` |
//! | `topic` | to say what a conversation is about that this agent holds | `ack` |
//! | `note` | to leave a note for colleagues | `ack` |
//! | `correct` | to put right what the card says of a conversation that this agent holds | `ack` |
//! | `typing` | to show the visitor that the agent writes; repeat it every few seconds | nothing |
//! | `seen` | to show the visitor how far the agent has seen a conversation that they hold | nothing |
//! | `view` | to show others that this connection shows a conversation | nothing |
//! | `draft` | to keep a reply that was begun, and a note for colleagues, in a conversation that this agent holds | `ack` |
//! | `open` | the events after `after`, and to hear what follows on this connection | `history` |
//! | `history` | the page of events before `before` | `history` |
//! | `list` | what comes next in a list of which there is more than was told | `listed` |
//! | `ping` | a sign of life | `pong` |
//!
//! # Answers
//!
//! Every command but `typing`, `seen` and `view` is answered once on the connection that sent it, unless the connection ends before:
//!
//! - by [`Ack`]: it is done, and what it changed is on disk. Without `seq` it added nothing to a conversation: it was
//!   about something else, or what it asked for was true already;
//! - by [`Refused`]: it is not done. `retry` says whether the very same frame, sent again later, may succeed;
//! - by its own answer, as the tables say.
//!
//! ```json
//! {"ack": {"id": "4be2a6d1c05f4e7f8a9b30c1d2e3f404", "seq": 5, "at": 1795300045000, "receipt": 4127}}
//! ```
//!
//! ```json
//! {"refused": {"id": "4be2a6d1c05f4e7f8a9b30c1d2e3f403", "code": "too_long", "retry": false,
//!  "detail": "A message has at most 8,000 characters."}}
//! ```
//!
//! Commands are done in the order in which they arrive, and none waits for another: who must not have two messages
//! swapped when the first is refused sends the second after the first one's answer. What a command changed is also
//! told as an event to everybody who hears the conversation, the author included, before the ack or after it.
//!
//! # Exactly once
//!
//! A command that changed a conversation is known by its `CommandId` for ever. Send it again under the same id
//! after a lost connection, as often as needed: the first one counts, and every repeat gets the first one's ack. A
//! refused command has changed nothing; the same id may be used again for it.
//!
//! # Order and resuming
//!
//! A conversation is a log of [`Event`]s whose [`Seq`] counts from 1 without gaps; every reader sees the same order.
//!
//! ```json
//! {"event": {"seq": 2, "at": 1795300018000, "kind": {"message": {
//!  "id": "4be2a6d1c05f4e7f8a9b30c1d2e3f420", "author": {"bot": {}},
//!  "text": "Orders leave our workshop within one working day.",
//!  "sources": [{"title": "Shipping times", "url": "/help/shipping-times"}], "offers_human": true}}}}
//! ```
//!
//! `hello` and `open` name the last `seq` that the client has, and get what came since: a [`HistoryPage`] of at most
//! [`HISTORY_PAGE_EVENTS`], fewer where they are long, always the newest. If its first event is not the next one, or
//! an event arrives that is not, ask for `history` before that event until the gap is closed: a page of at most
//! [`EARLIER_PAGE_EVENTS`]. `earlier` says whether there is anything before the first event of a page; it is false in a
//! page without events.
//!
//! If [`Welcome::epoch`] is not the one that the client knew, the server's history was replaced (by an older backup,
//! for example): drop what is shown, ask for it anew, keep what is unsent, and send it again.
//!
//! # Long lists
//!
//! An agent's `welcome` has all that stands in their lists, but of a long list only its beginning. Then `rest` says up to which
//! [`Place`] it is known, and `list` asks for what comes after that, a [`Place`] at a time, until `listed` has no `rest`. Whatever
//! changes is told as a `case` all the same, wherever it stands: keep what stands after the place up to which a list is known,
//! and show it once the list is known that far. [`Counts`] says how many there are.
//!
//! ```json
//! {"id": "4be2a6d1c05f4e7f8a9b30c1d2e3f421", "command": {"list": {"list": "queue", "after":
//!  {"priority": false, "receipt": 4127, "conversation": "8c5d0a7e41b24b0f9c3e6d1f2a3b4c5d"}}}}
//! ```
//!
//! # Who answers
//!
//! [`State`] is in `welcome` and comes again whenever it changes, so a client need not work it out from events:
//!
//! ```json
//! {"state": {"answering": {"queue": {"position": 2, "on_duty": 1}},
//!  "waiting": {"receipt": 4127, "since": 1795300045000}}}
//! ```
//!
//! `waiting` stays while the request is open, with a person too: its number and time are the first ones, whatever
//! happens in between. Show the wait as it is, from `since` and the server's clock ([`Welcome::now`]); where
//! `on_duty` is 0, say that nobody is there, and when people are next here if [`Opening`] tells.
//!
//! `estimate` is the range of the whole wait, counted from `since`, of eight in ten requests like this one. It is made
//! once, with the request, from what happened before, and stays as it was told: a wait that is longer is longer than
//! usual, and is to be called so.
//!
//! A visitor who is not content asks for a `supervisor`, and `supervisor` in the state says since when. Whoever has the
//! conversation goes on with it, and nobody loses a place. A person who is a lead may take it from the queue, from another
//! person's hands, or after it was marked as solved; that ends the wish. If none has within three minutes, the server
//! promises that one contacts the visitor on the same working day: `due` says by when, and the log has it.
//!
//! ```json
//! {"state": {"answering": {"agent": {"name": "Ana"}},
//!  "waiting": {"receipt": 4127, "since": 1795300045000},
//!  "supervisor": {"since": 1795300300000, "due": 1795370400000}}}
//! ```
//!
//! Once a person has taken a conversation, what its visitor writes is for that person, then for the line, also after the
//! end. Only the visitor gives it back to the assistant, by `leave` or `assistant`; the person who had it hears that as an
//! event. `end` is the visitor's own end, and what `resolved` is otherwise: what they write next goes back to the person
//! who had it last, if that one is on duty, and else to the line. Where no person ever had it, the assistant answers again.
//! A person can be asked for at any time, also after the end.
//!
//! An agent's client hears of every conversation of the site as a [`Case`]. The queue's order is: first those with
//! `priority`, who came back from a person or said that they need particular care, then by `receipt`, the smallest number
//! first. `vulnerable` names the message in which they said so. An agent whose connections are all lost for longer than the
//! server's lease, at most a minute, is taken off duty, and what they held goes back to the front of the queue.
//!
//! What waits is also offered: its `case` has `offer` for one agent at a time, whom it suits and who has room, and says until
//! when. An offer is a question: `take` answers it, `pass` or its end moves it on, and anybody on duty with room may take the
//! conversation meanwhile. Nobody gets more than they have chosen by `most`; `take` is refused with `full` then.
//!
//! What that agent had begun stays with the conversation. A client sends `draft` while its agent writes, about once a
//! second, and at once when its page is hidden; the newest counts, of all the agent's devices, and repeats need no id
//! of their own. Whoever takes the conversation next hears it as a [`Draft`] with its author's name: offer it, and put
//! it in no box over what somebody else has written. The reply goes when its conversation's holder has sent one, or has
//! marked it as solved; the note stays until it is changed. Card numbers are masked in both, unfinished ones too. No
//! visitor's client, no assistant and no record ever gets any of it.
//!
//! ```json
//! {"draft": {"conversation": "8c5d0a7e41b24b0f9c3e6d1f2a3b4c5d", "draft": {
//!  "reply": {"name": "Ana", "mine": false, "at": 1795300090000, "text": "Your parcel is in"},
//!  "note": {"name": "Ana", "mine": false, "at": 1795300085000, "text": "The depot calls back at four."}}}}
//! ```
//!
//! An agent who was gone for too long finds in [`AgentWelcome::lapsed`] what went back meanwhile. What they send to it
//! all the same is refused; it has reached nobody.
//!
//! # Finding conversations again
//!
//! Agents' clients post a [`Search`] to `/api/v1/agent/search` with the same cookie, as `application/json`, and get a
//! [`Found`]; `samples/search.json` and `samples/found.json` show one of each. An agent finds what waits, what they hold, and
//! what they have had and nobody has now; a lead finds everything of the site. What is found so is opened like any other:
//! by `open`, whether it stands in the agent's lists or not. `GET`, `PUT` and `DELETE` of `/api/v1/agent/views` tell, keep and
//! forget the agent's own [`SavedViews`]. An answer other than 200 and 204 has a `code` for the client, a `detail` for people
//! and, with 422, the `field` that it is about.
//!
//! # What the shop's page says
//!
//! The page of a shop may know who its visitor is and what they look at: an order, a basket, a plan. It says so with
//! `context`: at most [`MAX_CONTEXT_VALUES`] values under names of 1 to [`MAX_CONTEXT_NAME_CHARS`] characters, each a text
//! of up to [`MAX_CONTEXT_TEXT_CHARS`] characters, a number, true, false or null. A newer one takes the place of the one
//! before. It is kept beside a conversation that has begun, and refused with `no_such_conversation` before: send it once
//! there is an event. Card numbers are masked in it. It is in no log, no record and no question to an assistant.
//!
//! ```json
//! {"id": "4be2a6d1c05f4e7f8a9b30c1d2e3f40f", "command": {"context": {"values":
//!  {"order": "LO-20417", "total": 129.5, "items": 3, "member": true, "coupon": null}}}}
//! ```
//!
//! Agents' clients get it as text, and must show it as what it is: anybody who has the page open can have it say anything.
//!
//! ```json
//! {"context": {"conversation": "8c5d0a7e41b24b0f9c3e6d1f2a3b4c5d", "values": [
//!  {"name": "order", "value": "LO-20417"}, {"name": "total", "value": "129.5"}]}}
//! ```
//!
//! # The card
//!
//! Whoever takes a conversation is told first what is known of it: who, about what, what was tried, which article the
//! assistant quoted. The server finds it by rules in what was said, and links each [`CardFact`] to the message that has it
//! first. The visitor gets the same `card` while they wait. `correct` puts a fact right, adds one or takes one away, for
//! both of them; `by` says who did. To say the same twice changes nothing, so it needs no id of its own.
//!
//! ```json
//! {"id": "4be2a6d1c05f4e7f8a9b30c1d2e3f52d", "command": {"correct": {
//!  "conversation": "8c5d0a7e41b24b0f9c3e6d1f2a3b4c5d",
//!  "correction": {"kind": "order", "was": "4127", "text": "4128"}}}}
//! ```
//!
//! ```json
//! {"card": {"conversation": "8c5d0a7e41b24b0f9c3e6d1f2a3b4c5d", "facts": [
//!  {"kind": "name", "text": "Mira Okafor", "seq": 1},
//!  {"kind": "order", "text": "4128", "seq": 3, "by": {"visitor": {}}}]}}
//! ```
//!
//! Where a reply that an agent has begun asks for what the card says, `known` answers its `draft`: show it before the reply
//! is sent. Nobody should have to say a thing twice.
//!
//! # What was seen, and who writes
//!
//! A client says `seen` when somebody else's message is in view: its page is in front, and shows the conversation. The
//! furthest counts, of all the devices at one end, and it is kept. The other end finds it in [`State::seen`] or
//! [`Case::seen`]: the message that it wrote last is seen if its `seq` is not beyond that. Only who holds a conversation
//! has seen it for the visitor; a look at the line promises nobody an answer. The server keeps it within a second or
//! two, so a client says it again after each `welcome`.
//!
//! Who writes says `typing` with `on` every few seconds, and without it once. A message of theirs ends it too, and so does
//! silence after [`TYPING_LASTS_MS`]. Whoever comes in between hears it right after `welcome`.
//!
//! # Heartbeats
//!
//! `welcome` gives [`Welcome::heartbeat_ms`], which is shorter than proxies leave an idle connection open. A client that
//! has sent nothing for that long sends `ping`. Either side that has heard nothing for two heartbeats takes the
//! connection for dead; a client that has slept for longer than that is not heard any more, and connects again at once.
//!
//! # Refusals
//!
//! The connection stays open. An unknown command or field is refused, not passed over.
//!
//! | code | retry | meaning |
//! |---|---|---|
//! | `malformed` | no | Send one JSON object with an id of 32 hexadecimal digits and a command. |
//! | `unknown_command` | no | This server does not know that command for this kind of client. |
//! | `unknown_field` | no | The command has a field that this server does not know. |
//! | `not_text` | no | Send text frames, not binary ones. |
//! | `hello_first` | no | Send hello first. |
//! | `already_greeted` | no | This connection has said hello already. |
//! | `wrong_version` | no | This server speaks another version of the protocol. |
//! | `empty` | no | A message needs at least one character. |
//! | `too_long` | no | A message has at most 8,000 characters. |
//! | `bad_email` | no | That is no email address. |
//! | `bad_context` | no | A context has at most 20 values under names of 1 to 40 characters: texts of up to 500, numbers, true, false or null. |
//! | `bad_fact` | no | A fact has 1 to 200 characters on one line; name the one that it corrects, or none to add one. |
//! | `no_such_conversation` | no | There is no such conversation here. |
//! | `held_by_another` | no | Another person has taken this conversation. |
//! | `not_waiting` | no | This conversation is not waiting for a person. |
//! | `not_yours` | no | Take the conversation before you answer it. |
//! | `off_duty` | no | Go on duty before you take a conversation. |
//! | `full` | no | You have as many conversations as you have chosen to have at the same time. |
//! | `not_there` | no | Nobody by that name can be passed a conversation now. |
//! | `out_of_range` | no | Choose a time within the next 90 days, and 1 to 8 conversations at the same time. |
//! | `no_assistant` | no | No assistant answers here; a person does. |
//! | `too_fast` | yes | Too many commands in a short time; send it again in a moment. |
//! | `unavailable` | yes | The server cannot store messages right now; nothing was lost, send it again. |
//!
//! # Close codes
//!
//! Connect again by yourself after every code but those with "no": also after codes that are not listed, and after
//! none. A connection that has lasted is made again within two seconds, at a random moment, for thousands may have lost
//! theirs with you. After a failure wait about a second, twice as long after each further one, up to half a minute, each
//! time a random part of it.
//!
//! | code | meaning | reconnect | what to do |
//! |---|---|---|---|
//! | 1007 | a text frame was not UTF-8 | yes | mend the client: it sent bytes that are no text |
//! | 1009 | a frame was larger than 64 KiB | yes | mend the client; send no frame larger than that |
//! | 1012 | the server restarts | yes | come back, at a random moment within a few seconds |
//! | 4000 | no hello came | yes | say hello within ten seconds of connecting |
//! | 4001 | another protocol version | no | load the page, or update the app; connecting again changes nothing |
//! | 4002 | signed out | no | sign in again (agents only) |
//! | 4003 | the client reads too slowly | yes | come back and resume; what was missed is in the history |
//! | 4004 | two heartbeats were missed | yes | come back and resume; send `ping` in time |
//! | 4005 | too many frames | yes | heed refusals; wait before you send a refused frame again |
//!
//! # Versions
//!
//! Within one [`VERSION`] the server may add commands, fields of frames and whole frames. So a client must ignore
//! fields and frames that it does not know, and a client that is newer than its server hears that its command or
//! field is unknown. It may add kinds of events, too: a client counts one that it does not know in the order like any
//! other, and shows a quiet line where it stands. What such an event has changed is in the [`State`] or the [`Case`], which
//! is told anyway. A new author, holder or reason is something that every client must be able to show: it comes with a
//! new version. So does a new refusal code, unless it answers nothing but a command that is as new.
//!
//! # Who wrote it
//!
//! Every message carries its [`Author`], which the server knows and no client says. A client must show on every
//! message whether an AI or a person wrote it.
//!
//! # Suggested answers
//!
//! A message of the assistant's or of a person's may carry up to [`MAX_REPLIES`] answers, each of up to [`MAX_REPLY_CHARS`]
//! characters, that its author suggests. A client shows them as buttons below the message while nobody has written after
//! it, and sends the text of the one that is pressed with `say`, as the visitor's own words. They may write what they like.
//!
//! # Showing text
//!
//! Text is text, never markup: a client shows it as such, or as [`text::pieces`] reads it, which finds the only links
//! that may be made of it and a small part of Markdown. The server stores [`checked_text`] of what was sent, with card
//! numbers and the like masked: show what comes back, not what was typed.

mod agent;
mod case;
mod context;
mod event;
mod fact;
mod frame;
mod id;
mod limit;
mod list;
mod people;
mod refusal;
mod search;
mod staff;
pub mod text;
mod visitor;

pub use agent::{
    AgentCommand, AgentFace, AgentFrame, AgentWelcome, Begun, Draft, Lapse, Note, Unverified,
};
pub use case::{Case, CaseHolder};
pub use context::{
    BadContext, Context, ContextValue, MAX_CONTEXT_NAME_CHARS, MAX_CONTEXT_TEXT_CHARS,
    MAX_CONTEXT_VALUES, checked_context,
};
pub use event::{
    Author, Event, EventKind, Message, RequestVia, ReturnReason, Source, is_ended,
    is_human_offered, is_solved,
};
pub use fact::{
    BadFact, CardFact, Correction, Fact, FactKind, MAX_CARD_FACTS, MAX_FACT_CHARS, MAX_FACTS,
    checked_correction,
};
pub use frame::{Ack, ClientFrame, HistoryPage, Typing};
pub use id::{
    AgentId, CommandId, ConversationId, EpochId, ParseIdError, Receipt, Seq, Timestamp, Token,
};
pub use limit::{
    EARLIER_PAGE_EVENTS, HISTORY_PAGE_EVENTS, MAX_EMAIL_BYTES, MAX_FRAME_BYTES, MAX_LABEL_CHARS,
    MAX_LABELS, MAX_NAME_CHARS, MAX_PREPARED, MAX_PREPARED_BYTES, MAX_PREPARED_CHARS, MAX_REPLIES,
    MAX_REPLY_CHARS, MAX_SHORTCUT_CHARS, MAX_TEXT_CHARS, MAX_TOPIC_WORD_CHARS, MAX_TOPIC_WORDS,
    NoEmail, TYPING_LASTS_MS, TextError, VERSION, checked_draft, checked_email, checked_replies,
    checked_text,
};
pub use list::{CaseList, Counts, Place, Rest, Turn};
pub use people::{LOADS, Language, Role, TeamId, TopicId, USUAL_LOAD};
pub use refusal::{CloseCode, RefusalCode, Refused};
pub use search::{
    Filter, Found, FoundCase, MAX_FOUND, MAX_SEARCH_CHARS, MAX_SEARCH_WORDS, MAX_VIEW_NAME_CHARS,
    MAX_VIEWS, SavedView, SavedViews, Search, Snippet, Standing, USUAL_FOUND, ViewName,
};
pub use staff::{
    Colleague, PLACEHOLDERS, PreparedReply, Recipient, StaffList, TeamFace, TopicFace, filled,
    unfilled,
};
pub use visitor::{
    Answering, Opening, SiteFace, State, SupervisorWish, VisitorCommand, VisitorFrame,
    WaitEstimate, Waiting, Welcome,
};
