//! The ends that speak the product's protocol.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use protocol::{
    AgentCommand, ClientFrame, CommandId, ConversationId, Seq, VERSION, VisitorCommand,
};
use serde::Serialize;
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::COOKIE;

use crate::load::{Connection, Dialect, End, Heard, Pair};
use crate::seed::Seat;

/// Connects a visitor and an agent for each seat: the visitor asks for a person, and the agent takes it.
pub async fn connect(address: SocketAddr, seats: &[Seat]) -> Result<Vec<Pair>> {
    let mut pairs = Vec::with_capacity(seats.len());
    for seat in seats {
        let mut visitor = visitor(address, &seat.site).await?;
        say_hello(
            &mut visitor,
            &VisitorCommand::Hello {
                version: VERSION,
                token: None,
                after: Seq(0),
            },
        )
        .await?;
        let welcome = answer(&mut visitor, "welcome").await?;
        let conversation: ConversationId = serde_json::from_value(welcome["conversation"].clone())
            .context("welcome names no conversation")?;
        send(&mut visitor, &VisitorCommand::Human {}).await?;
        answer(&mut visitor, "ack").await?;
        let mut agent = agent(address, seat).await?;
        say_hello(&mut agent, &AgentCommand::Hello { version: VERSION }).await?;
        answer(&mut agent, "welcome").await?;
        for command in [
            AgentCommand::Duty { on: true },
            AgentCommand::Take { conversation },
        ] {
            send(&mut agent, &command).await?;
            answer(&mut agent, "ack").await?;
        }
        pairs.push([
            End {
                connection: visitor,
                dialect: Box::new(Visitor),
            },
            End {
                connection: agent,
                dialect: Box::new(Agent { conversation }),
            },
        ]);
    }
    Ok(pairs)
}

/// Connections that have said hello and nothing else.
pub async fn idle(address: SocketAddr, site: &str, connections: usize) -> Result<Vec<Connection>> {
    let mut idle = Vec::with_capacity(connections);
    for _ in 0..connections {
        let mut connection = visitor(address, site).await?;
        say_hello(
            &mut connection,
            &VisitorCommand::Hello {
                version: VERSION,
                token: None,
                after: Seq(0),
            },
        )
        .await?;
        answer(&mut connection, "welcome").await?;
        idle.push(connection);
    }
    Ok(idle)
}

async fn visitor(address: SocketAddr, site: &str) -> Result<Connection> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (connection, _) =
        client_async(format!("ws://{address}/ws/visitor?site={site}"), stream).await?;
    Ok(connection)
}

async fn agent(address: SocketAddr, seat: &Seat) -> Result<Connection> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let mut request = format!("ws://{address}/ws/agent").into_client_request()?;
    let cookie = HeaderValue::from_str(&format!("human-please-agent={}", seat.session.0))?;
    request.headers_mut().insert(COOKIE, cookie);
    let (connection, _) = client_async(request, stream).await?;
    Ok(connection)
}

async fn say_hello(connection: &mut Connection, hello: &impl Serialize) -> Result<()> {
    send(connection, hello).await
}

async fn send(connection: &mut Connection, command: &impl Serialize) -> Result<()> {
    Ok(connection.send(Message::text(frame(command))).await?)
}

/// The first frame of a kind.
async fn answer(connection: &mut Connection, kind: &str) -> Result<Value> {
    while let Some(message) = connection.next().await {
        let Message::Text(text) = message? else {
            continue;
        };
        let mut frame: Value = serde_json::from_str(&text)?;
        if let Some(refused) = frame.get("refused") {
            bail!("refused: {refused}");
        }
        if let Some(found) = frame.get_mut(kind) {
            return Ok(found.take());
        }
    }
    bail!("the connection ended before {kind} came")
}

fn frame(command: &impl Serialize) -> String {
    let id = CommandId(human_please::secret::random_id());
    serde_json::to_string(&ClientFrame { id, command }).expect("the protocol's types are JSON")
}

/// A visitor, who hears events as they are.
struct Visitor;

impl Dialect for Visitor {
    fn say(&self, text: &str) -> String {
        frame(&VisitorCommand::Say { text: text.into() })
    }

    fn hear<'a>(&self, frame: &'a str) -> Heard<'a> {
        hear(frame, r#""author":{"agent":"#)
    }
}

/// An agent, who hears them with the conversation's id.
struct Agent {
    conversation: ConversationId,
}

impl Dialect for Agent {
    fn say(&self, text: &str) -> String {
        frame(&AgentCommand::Reply {
            replies: vec![],
            conversation: self.conversation,
            text: text.into(),
        })
    }

    fn hear<'a>(&self, frame: &'a str) -> Heard<'a> {
        hear(frame, r#""author":{"visitor":"#)
    }
}

/// Finds what the generator counts without reading the rest: it shares the machine with what it measures.
fn hear<'a>(frame: &'a str, from_the_other: &str) -> Heard<'a> {
    if frame.starts_with(r#"{"ack""#) {
        return Heard::Ack;
    }
    if frame.starts_with(r#"{"refused""#) {
        return Heard::Refused(frame.into());
    }
    if !frame.starts_with(r#"{"event""#) || !frame.contains(from_the_other) {
        return Heard::Other;
    }
    const TEXT: &str = r#""text":""#;
    match frame.find(TEXT) {
        Some(at) => Heard::Text(&frame[at + TEXT.len()..]),
        None => Heard::Other,
    }
}
