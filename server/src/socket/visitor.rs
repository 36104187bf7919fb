//! `/ws/visitor` and `/sse/visitor`: a visitor's connection.

use std::sync::Arc;

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::{Command, VisitorAction};
use protocol::{
    ClientFrame, CloseCode, CommandId, ConversationId, Language, RefusalCode, Refused, Seq,
    SiteFace, Token, VERSION, VisitorCommand, VisitorFrame, Welcome, checked_context, checked_text,
};
use serde::Deserialize;
use tokio::time::Instant;

use super::allowance::{Allowance, Pass};
use super::stream::{self, Page as Opener};
use super::wire::Wire;
use super::{MAX_CONNECTIONS, Refusal, Socket, frame, with_limits};
use crate::app::App;
use crate::floods::{self, Entered, Sender, Work};
use crate::http::{VisitorCookie, accepted_languages};
use crate::languages::preferred;
use crate::origin;
use crate::outbox::Outbox;
use crate::redact::redact;
use crate::secret;
use crate::service::{
    CommandJob, ContextJob, CorrectionJob, End, Reply, kept_correction, masked, visitor_frame,
};
use crate::store::{Page, SecretHash, Site};
use crate::visitor::{Claim, Visitor, contact_of};

/// Commands that one visitor's connection may send at once, and each second after that: far more than fingers can.
const BURST: u16 = 60;
const EACH_SECOND: u16 = 20;

/// What the URL says.
#[derive(Deserialize)]
pub struct Address {
    site: String,
}

/// Who wants in, once it is known that they may.
struct Guest {
    site: Arc<Site>,
    from: origin::From,
    cookie: Option<Token>,
    sender: Sender,
    language: Option<Language>,
    _entered: Entered,
}

/// Begins a visitor's connection over a WebSocket, unless a page of a foreign origin asks.
pub async fn upgrade(
    State(app): State<Arc<App>>,
    Query(address): Query<Address>,
    sender: Sender,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let guest = match admit(&app, &address, sender, &headers).await {
        Ok(guest) => guest,
        Err(refusal) => return refusal.into_response(),
    };
    let connection = {
        let app = Arc::clone(&app);
        move |socket: WebSocket| async move {
            let wire = Wire::WebSocket(Box::new(socket));
            let socket = Socket::new(wire, app.stopping.clone(), app.patience);
            run(app, guest, socket).await;
        }
    };
    let sockets = app.sockets.clone();
    with_limits(upgrade).on_upgrade(move |socket| sockets.track_future(connection(socket)))
}

/// Begins the same over a stream: `hello` is the first frame.
pub async fn stream(
    State(app): State<Arc<App>>,
    Query(address): Query<Address>,
    sender: Sender,
    headers: HeaderMap,
    hello: String,
) -> Response {
    match admit(&app, &address, sender, &headers).await {
        Ok(guest) => stream::begin(&app, Opener::of(&headers, guest.from), hello, |socket| {
            run(Arc::clone(&app), guest, socket)
        }),
        Err(refusal) => refusal.into_response(),
    }
}

/// Lets somebody in when it is their turn, or says why not.
async fn admit(
    app: &App,
    address: &Address,
    sender: Sender,
    headers: &HeaderMap,
) -> Result<Guest, Refusal> {
    let Some(site) = app.service.site(&address.site) else {
        return Err((StatusCode::NOT_FOUND, "There is no site with this key.\n"));
    };
    let from = app.public_url.origin_of(headers, Some(&site));
    if from == origin::From::Foreign {
        let text = "This page's origin may not open the chat. Add it with: human-please site set KEY --origin ORIGIN\n";
        return Err((StatusCode::FORBIDDEN, text));
    }
    floods::wait(app.floods.arrival(sender)).await;
    let entered = if app.sockets.len() < MAX_CONNECTIONS {
        app.floods.enter(sender)
    } else {
        None
    };
    let Some(entered) = entered else {
        return Err((
            StatusCode::SERVICE_UNAVAILABLE,
            "Too many connections; try again soon.\n",
        ));
    };
    // The cookie speaks for the visitor only to our own page: a merchant's script must not read the chat with it.
    let cookie = if from == origin::From::Own {
        VisitorCookie::read(headers, &site, &app.public_url)
    } else {
        None
    };
    Ok(Guest {
        site,
        from,
        cookie,
        sender,
        language: preferred(accepted_languages(headers)),
        _entered: entered,
    })
}

/// Which conversation a connection is about.
struct Seat {
    site: Arc<Site>,
    conversation: ConversationId,
    /// What is kept of the token, should the connection begin the conversation.
    token: SecretHash,
    /// Whether there is something in it.
    has_begun: bool,
}

async fn run(app: Arc<App>, guest: Guest, mut socket: Socket) {
    let Guest { site, sender, .. } = &guest;
    metrics::gauge!("human_please_connections", "kind" => "visitor").increment(1);
    let mut allowance = Allowance::new(BURST, EACH_SECOND, Instant::now());
    while let Some(text) = socket.before_hello().await {
        let refused = match frame::parse::<VisitorCommand>(&text) {
            Ok(ClientFrame {
                id,
                command:
                    VisitorCommand::Hello {
                        version: VERSION,
                        token,
                        after,
                    },
            }) => {
                let claim = Claim {
                    token,
                    cookie: guest.cookie.clone(),
                    fresh: None,
                };
                match greet(&app, &guest, claim, after, &mut socket).await {
                    Ok(Some(mut seat)) => {
                        serve(&app, *sender, &mut seat, &mut socket, &mut allowance).await;
                        let outbox = Arc::clone(&socket.outbox);
                        app.service
                            .leave_visitor(site.id, seat.conversation, outbox)
                            .await;
                        break;
                    }
                    Ok(None) => break,
                    Err(code) => Refused::new(Some(id), code),
                }
            }
            Ok(ClientFrame {
                id,
                command: VisitorCommand::Hello { .. },
            }) => {
                socket.refuse(Refused::new(Some(id), RefusalCode::WrongVersion));
                socket.outbox.close(CloseCode::WrongVersion);
                continue;
            }
            Ok(ClientFrame { id, .. }) => Refused::new(Some(id), RefusalCode::HelloFirst),
            Err(refused) => refused,
        };
        socket.refuse(refused);
        if allowance.take(Instant::now()) == Pass::Enough {
            socket.outbox.close(CloseCode::Flooding);
        }
    }
    metrics::gauge!("human_please_connections", "kind" => "visitor").decrement(1);
}

/// Finds or begins the conversation and says welcome. None if the connection ended meanwhile.
async fn greet(
    app: &App,
    guest: &Guest,
    claim: Claim,
    after: Seq,
    socket: &mut Socket,
) -> Result<Option<Seat>, RefusalCode> {
    let service = &app.service;
    let site = &guest.site;
    let claimed = claim.token.clone();
    let visitor = Visitor::find(&**service.store(), site.id, claim)
        .await
        .map_err(|(_, error)| service.store_failed(&error))?;
    let seat = Seat {
        site: Arc::clone(site),
        conversation: visitor.conversation_id(site.id),
        token: secret::hash_token(&visitor.token),
        has_begun: visitor.has_begun(),
    };
    // The client has it already, and keeps it, if it claimed it for a conversation that is in the store.
    let is_theirs = claimed.as_ref() == Some(&visitor.token);
    let new_token = (!is_theirs || !visitor.has_begun()).then_some(visitor.token);
    let outbox = Arc::clone(&socket.outbox);
    let greeting = service
        .greet_visitor(site.id, seat.conversation, Some(outbox), guest.language)
        .await?;
    let after = if new_token.is_some() { Seq(0) } else { after };
    let history = if greeting.last_seq > after {
        service
            .history(seat.conversation, Page::After(after), greeting.last_seq)
            .await
    } else {
        Ok(protocol::HistoryPage::default())
    };
    let history = match history {
        Ok(history) => history,
        Err(code) => {
            service
                .leave_visitor(site.id, seat.conversation, Arc::clone(&socket.outbox))
                .await;
            return Err(code);
        }
    };
    let welcome = VisitorFrame::Welcome(Welcome {
        version: VERSION,
        conversation: seat.conversation,
        token: new_token,
        epoch: service.epoch(),
        now: service.now(),
        heartbeat_ms: u32::try_from(app.patience.heartbeat.as_millis())
            .expect("a heartbeat is seconds"),
        site: face_of(site),
        state: greeting.state,
        history,
    });
    // Before the events in the outbox, which come after it.
    if socket.send_now(visitor_frame(&welcome)).await.is_none() {
        service
            .leave_visitor(site.id, seat.conversation, Arc::clone(&socket.outbox))
            .await;
        return Ok(None);
    }
    Ok(Some(seat))
}

/// What a visitor is shown of a site.
#[must_use]
pub fn face_of(site: &Site) -> SiteFace {
    let settings = &site.settings;
    SiteFace {
        name: settings.name.clone(),
        bot: settings.bot,
        contact: settings.contact.clone(),
    }
}

async fn serve(
    app: &App,
    sender: Sender,
    seat: &mut Seat,
    socket: &mut Socket,
    allowance: &mut Allowance,
) {
    while let Some(text) = socket.next().await {
        let ClientFrame { id, command } = match frame::parse::<VisitorCommand>(&text) {
            Ok(frame) => frame,
            Err(refused) => {
                socket.refuse(refused);
                if allowance.take(Instant::now()) == Pass::Enough {
                    socket.outbox.close(CloseCode::Flooding);
                }
                continue;
            }
        };
        // The way to a person, or to a supervisor, is never refused. It waits for its turn where it comes faster than
        // anybody can press.
        if matches!(
            command,
            VisitorCommand::Human {} | VisitorCommand::Supervisor {}
        ) {
            let turn = app.floods.turn(sender, seat.conversation, !seat.has_begun);
            seat.has_begun = true;
            floods::wait(turn).await;
        } else {
            match allowance.take(Instant::now()) {
                Pass::Yes => {}
                Pass::No => {
                    socket.refuse(Refused::new(Some(id), RefusalCode::TooFast));
                    continue;
                }
                Pass::Enough => {
                    socket.outbox.close(CloseCode::Flooding);
                    continue;
                }
            }
            let begins = !seat.has_begun && matches!(command, VisitorCommand::Say { .. });
            let stored_after = (app.floods)
                .pass(sender, seat.conversation, work(&command))
                .filter(|_| !begins || app.floods.may_begin(sender));
            let Some(stored_after) = stored_after else {
                socket.refuse(Refused::new(Some(id), RefusalCode::TooFast));
                continue;
            };
            seat.has_begun |= begins;
            floods::wait(stored_after).await;
        }
        if let Err(code) = obey(app, seat, &socket.outbox, id, command).await {
            socket.refuse(Refused::new(Some(id), code));
        }
    }
}

/// What a command comes to.
fn work(command: &VisitorCommand) -> Work {
    match command {
        VisitorCommand::Typing { .. }
        | VisitorCommand::History { .. }
        | VisitorCommand::Ping {} => Work::Passing,
        _ => Work::Stored,
    }
}

async fn obey(
    app: &App,
    seat: &Seat,
    outbox: &Arc<Outbox>,
    id: CommandId,
    command: VisitorCommand,
) -> Result<(), RefusalCode> {
    let service = &app.service;
    let conversation = seat.conversation;
    let action = match command {
        VisitorCommand::Hello { .. } => return Err(RefusalCode::AlreadyGreeted),
        VisitorCommand::Say { text } => {
            let text = checked_text(&text)?;
            VisitorAction::Say {
                id,
                text: redact(&text).into_owned(),
            }
        }
        VisitorCommand::Human {} => VisitorAction::AskForHuman,
        VisitorCommand::Supervisor {} => VisitorAction::AskForSupervisor,
        VisitorCommand::Leave {} => VisitorAction::LeaveQueue,
        VisitorCommand::Assistant {} => VisitorAction::ChooseAssistant,
        VisitorCommand::End {} => VisitorAction::End,
        VisitorCommand::Contact { email } => {
            let email = contact_of(&email)?;
            let reply = Reply::Outbox(Arc::clone(outbox));
            service
                .keep_contact(seat.site.id, conversation, id, email, reply)
                .await;
            return Ok(());
        }
        VisitorCommand::Context { values } => {
            let job = ContextJob {
                site: seat.site.id,
                conversation,
                id,
                context: masked(checked_context(values)?),
                reply: Reply::Outbox(Arc::clone(outbox)),
            };
            service.keep_context(job).await;
            return Ok(());
        }
        VisitorCommand::Correct { correction } => {
            let job = CorrectionJob {
                site: seat.site.id,
                conversation,
                id,
                by: End::Visitor,
                correction: kept_correction(&correction)?,
                reply: Reply::Outbox(Arc::clone(outbox)),
            };
            service.keep_correction(job).await;
            return Ok(());
        }
        VisitorCommand::Typing { on } => {
            service
                .typing(seat.site.id, conversation, End::Visitor, on)
                .await;
            return Ok(());
        }
        VisitorCommand::Seen { seq } => {
            service
                .seen(seat.site.id, conversation, End::Visitor, seq)
                .await;
            return Ok(());
        }
        VisitorCommand::History { before } => {
            let page = service
                .history(conversation, Page::Before(before), Seq(u64::MAX))
                .await?;
            outbox.push(visitor_frame(&VisitorFrame::History(page)));
            return Ok(());
        }
        VisitorCommand::Ping {} => {
            outbox.push(visitor_frame(&VisitorFrame::Pong { id }));
            return Ok(());
        }
    };
    let job = CommandJob {
        site: seat.site.id,
        id: Some(id),
        opened_by: Some(seat.token),
        command: Command::Visitor {
            conversation,
            action,
        },
        reply: Reply::Outbox(Arc::clone(outbox)),
    };
    service.submit(job).await;
    Ok(())
}
