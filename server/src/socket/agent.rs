//! `/ws/agent` and `/sse/agent`: an agent's connection.

mod command;

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use protocol::{
    AgentCommand, AgentFace, AgentFrame, AgentWelcome, ClientFrame, CloseCode, CommandId,
    ConversationId, RefusalCode, Refused, VERSION,
};
use tokio::time::Instant;

use super::allowance::{Allowance, Pass};
use super::stream::{self, Page as Opener};
use super::wire::Wire;
use super::{MAX_CONNECTIONS, Refusal, Socket, frame, with_limits};
use crate::app::App;
use crate::http::AgentCookie;
use crate::origin;
use crate::outbox::Outbox;
use crate::service::{CommandJob, CorrectionJob, End, Reply, agent_frame, kept_correction};
use crate::store::{Page, SecretHash, StoredAgent};

/// Commands that one agent's connection may send at once, and each second after that.
const BURST: u16 = 1_000;
const EACH_SECOND: u16 = 500;

/// Who wants in, once it is known that they may.
struct Guest {
    agent: StoredAgent,
    session: SecretHash,
    from: origin::From,
}

/// Begins an agent's connection over a WebSocket: from our own page, with a session.
pub async fn upgrade(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    let guest = match admit(&app, &headers).await {
        Ok(guest) => guest,
        Err(refusal) => return refusal.into_response(),
    };
    let connection = {
        let app = Arc::clone(&app);
        move |socket: WebSocket| async move {
            let wire = Wire::WebSocket(Box::new(socket));
            let socket = Socket::new(wire, app.stopping.clone(), app.patience);
            run(app, guest.agent, guest.session, socket).await;
        }
    };
    let sockets = app.sockets.clone();
    with_limits(upgrade).on_upgrade(move |socket| sockets.track_future(connection(socket)))
}

/// Begins the same over a stream: `hello` is the first frame.
pub async fn stream(State(app): State<Arc<App>>, headers: HeaderMap, hello: String) -> Response {
    match admit(&app, &headers).await {
        Ok(guest) => stream::begin(&app, Opener::of(&headers, guest.from), hello, |socket| {
            run(Arc::clone(&app), guest.agent, guest.session, socket)
        }),
        Err(refusal) => refusal.into_response(),
    }
}

/// Lets an agent in, or says why not.
async fn admit(app: &App, headers: &HeaderMap) -> Result<Guest, Refusal> {
    let from = app.public_url.origin_of(headers, None);
    if !matches!(from, origin::From::Own | origin::From::NoPage) {
        return Err((
            StatusCode::FORBIDDEN,
            "Only this server's own page may open the agent socket.\n",
        ));
    }
    const SIGNED_OUT: Refusal = (StatusCode::UNAUTHORIZED, "Sign in first.\n");
    let Some(session) = AgentCookie::read(headers, &app.public_url) else {
        return Err(SIGNED_OUT);
    };
    let store = app.service.store();
    let agent = match store.session(&session, app.service.now()).await {
        Ok(Some(agent)) => agent,
        Ok(None) => return Err(SIGNED_OUT),
        Err(error) => {
            app.service.store_failed(&error);
            return Err((
                StatusCode::SERVICE_UNAVAILABLE,
                "The server cannot read its store; try again soon.\n",
            ));
        }
    };
    if app.sockets.len() >= MAX_CONNECTIONS {
        return Err((
            StatusCode::SERVICE_UNAVAILABLE,
            "Too many connections; try again soon.\n",
        ));
    }
    Ok(Guest {
        agent,
        session,
        from,
    })
}

async fn run(app: Arc<App>, agent: StoredAgent, session: SecretHash, mut socket: Socket) {
    metrics::gauge!("human_please_connections", "kind" => "agent").increment(1);
    let _until_signed_out = app.signed_in.enter(session, &socket.outbox);
    let mut allowance = Allowance::new(BURST, EACH_SECOND, Instant::now());
    while let Some(text) = socket.before_hello().await {
        let refused = match frame::parse::<AgentCommand>(&text) {
            Ok(ClientFrame {
                id,
                command: AgentCommand::Hello { version: VERSION },
            }) => match greet(&app, &agent, &mut socket).await {
                Ok(welcomed) => {
                    if welcomed {
                        serve(&app, &agent, &mut socket, &mut allowance).await;
                    }
                    let outbox = Arc::clone(&socket.outbox);
                    app.service
                        .leave_agent(agent.site, agent.id, outbox, socket.heard_at)
                        .await;
                    break;
                }
                Err(code) => Refused::new(Some(id), code),
            },
            Ok(ClientFrame {
                id,
                command: AgentCommand::Hello { .. },
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
    metrics::gauge!("human_please_connections", "kind" => "agent").decrement(1);
}

/// Says welcome. False if the connection ended meanwhile.
async fn greet(app: &App, agent: &StoredAgent, socket: &mut Socket) -> Result<bool, RefusalCode> {
    let service = &app.service;
    let greeting = service
        .greet_agent(agent.site, agent.id, Some(Arc::clone(&socket.outbox)))
        .await?;
    let lists = greeting.lists;
    let site = service.site_by_id(agent.site);
    let welcome = AgentFrame::Welcome(AgentWelcome {
        version: VERSION,
        epoch: service.epoch(),
        now: service.now(),
        heartbeat_ms: u32::try_from(app.patience.heartbeat.as_millis())
            .expect("a heartbeat is seconds"),
        me: AgentFace {
            id: agent.id,
            name: greeting.name,
            on_duty: greeting.on_duty,
            load: greeting.load,
            lead: greeting.role.is_lead(),
            role: greeting.role,
            most: greeting.most,
        },
        site: site
            .map(|site| site.settings.name.clone())
            .unwrap_or_default(),
        cases: lists.cases,
        rest: lists.rest,
        counts: lists.counts,
        newest: lists.newest,
        lapsed: greeting.lapsed,
    });
    Ok(socket.send_now(agent_frame(&welcome)).await.is_some())
}

async fn serve(app: &App, agent: &StoredAgent, socket: &mut Socket, allowance: &mut Allowance) {
    while let Some(text) = socket.next().await {
        let parsed = frame::parse::<AgentCommand>(&text);
        match allowance.take(Instant::now()) {
            Pass::Yes => {}
            Pass::No => {
                let id = parsed.map_or_else(|refused| refused.id, |frame| Some(frame.id));
                socket.refuse(Refused::new(id, RefusalCode::TooFast));
                continue;
            }
            Pass::Enough => {
                socket.outbox.close(CloseCode::Flooding);
                continue;
            }
        }
        match parsed {
            Err(refused) => socket.refuse(refused),
            Ok(ClientFrame { id, command }) => match obey(app, agent, socket, id, command).await {
                Some(Ok(())) => {}
                Some(Err(code)) => socket.refuse(Refused::new(Some(id), code)),
                None => return,
            },
        }
    }
}

/// Does what a command asks for, or says why not. None if the connection ended meanwhile.
async fn obey(
    app: &App,
    agent: &StoredAgent,
    socket: &mut Socket,
    id: CommandId,
    command: AgentCommand,
) -> Option<Result<(), RefusalCode>> {
    let command = match command {
        AgentCommand::Hello { .. } => return Some(Err(RefusalCode::AlreadyGreeted)),
        AgentCommand::Typing { conversation, on } => {
            app.service
                .typing(agent.site, conversation, End::Agent(agent.id), on)
                .await;
            return Some(Ok(()));
        }
        AgentCommand::Seen { conversation, seq } => {
            app.service
                .seen(agent.site, conversation, End::Agent(agent.id), seq)
                .await;
            return Some(Ok(()));
        }
        AgentCommand::Correct {
            conversation,
            correction,
        } => {
            let correction = match kept_correction(&correction) {
                Ok(correction) => correction,
                Err(bad) => return Some(Err(bad.into())),
            };
            let job = CorrectionJob {
                site: agent.site,
                conversation,
                id,
                by: End::Agent(agent.id),
                correction,
                reply: Reply::Outbox(Arc::clone(&socket.outbox)),
            };
            app.service.keep_correction(job).await;
            return Some(Ok(()));
        }
        AgentCommand::View { conversation } => {
            let outbox = Arc::clone(&socket.outbox);
            app.service
                .view(agent.site, agent.id, conversation, outbox)
                .await;
            return Some(Ok(()));
        }
        AgentCommand::Open {
            conversation,
            after,
        } => {
            let outbox = Some(Arc::clone(&socket.outbox));
            let page = Page::After(after);
            return show(app, agent, socket, id, conversation, page, outbox).await;
        }
        AgentCommand::History {
            conversation,
            before,
        } => {
            let page = Page::Before(before);
            return show(app, agent, socket, id, conversation, page, None).await;
        }
        AgentCommand::List { list, after } => {
            let outbox = Arc::clone(&socket.outbox);
            app.service
                .list((agent.site, agent.id), (list, after), id, outbox)
                .await;
            return Some(Ok(()));
        }
        AgentCommand::Ping {} => {
            socket.outbox.push(agent_frame(&AgentFrame::Pong { id }));
            return Some(Ok(()));
        }
        command => match command::decidable(agent.id, id, command) {
            Ok(decidable) => decidable,
            Err(code) => return Some(Err(code)),
        },
    };
    let command::Decidable { note, command } = command;
    if let Some((id, note)) = note {
        app.service
            .submit(CommandJob {
                site: agent.site,
                id: Some(id),
                opened_by: None,
                command: note,
                reply: Reply::Nobody,
            })
            .await;
    }
    let reply = Reply::Outbox(Arc::clone(&socket.outbox));
    let job = CommandJob {
        site: agent.site,
        id: Some(id),
        opened_by: None,
        command,
        reply,
    };
    app.service.submit(job).await;
    Some(Ok(()))
}

async fn show(
    app: &App,
    agent: &StoredAgent,
    socket: &mut Socket,
    id: CommandId,
    conversation: ConversationId,
    page: Page,
    outbox: Option<Arc<Outbox>>,
) -> Option<Result<(), RefusalCode>> {
    match app
        .service
        .read_as_agent(agent.site, agent.id, conversation, page, outbox)
        .await
    {
        Ok((page, beside)) => {
            let history = AgentFrame::History {
                id,
                conversation,
                page,
            };
            // Before the events in the outbox, which come after it.
            let frames = match beside {
                None => vec![history],
                Some(beside) => vec![
                    AgentFrame::Case(beside.case),
                    history,
                    AgentFrame::Draft {
                        conversation,
                        draft: beside.draft,
                    },
                    AgentFrame::Context {
                        conversation,
                        values: beside.context,
                    },
                    AgentFrame::Notes {
                        conversation,
                        notes: beside.notes,
                    },
                ],
            };
            let frames = frames.iter().map(agent_frame);
            socket.send_all(frames.collect()).await.map(Ok)
        }
        Err(code) => Some(Err(code)),
    }
}
