//! A visitor's client.

use protocol::{
    Ack, Answering, CardFact, CommandId, Event, EventKind, HistoryPage, Refused, Seq, State, Token,
    Typing, VERSION, VisitorCommand, VisitorFrame, Welcome,
};

use crate::answers::{Answers, frame, new_id};
use crate::log::Log;
use crate::socket::{Door, Heard, Socket};

/// A visitor who has said hello.
pub struct Visitor {
    /// The connection.
    pub socket: Socket,
    /// What it was greeted with.
    pub welcome: Welcome,
    /// What proves who they are.
    pub token: Token,
    /// Their conversation as they see it.
    pub log: Log,
    /// Who answers, as they were last told.
    pub state: State,
    /// Every state that they were told, in order.
    pub states: Vec<State>,
    /// Who was writing.
    pub typing: Vec<Typing>,
    /// What people are shown of the conversation, as it was told last.
    pub facts: Vec<CardFact>,
    answers: Answers,
    pages: Vec<HistoryPage>,
    pongs: Vec<CommandId>,
}

impl Visitor {
    /// Comes in for the first time.
    pub async fn come(door: &Door) -> Self {
        Self::enter(door, None, Log::default()).await
    }

    /// Comes in with a token and nothing shown yet, as a page does that is loaded anew.
    pub async fn load(door: &Door, token: &Token) -> Self {
        Self::enter(door, Some(token.clone()), Log::default()).await
    }

    /// Comes back after a lost connection, with what was heard before.
    pub async fn resume(door: &Door, token: &Token, log: Log) -> Self {
        Self::enter(door, Some(token.clone()), log).await
    }

    async fn enter(door: &Door, token: Option<Token>, mut log: Log) -> Self {
        let mut socket = Socket::open(door).await.expect("the visitor may come in");
        let after = log.last();
        let hello = VisitorCommand::Hello {
            version: VERSION,
            token: token.clone(),
            after,
        };
        socket.send(frame(new_id(), hello)).await;
        let welcome = match socket.hear("welcome").await {
            Heard::Text(text) => match serde_json::from_str(&text) {
                Ok(VisitorFrame::Welcome(welcome)) => welcome,
                other => panic!("hello was answered by {other:?}"),
            },
            Heard::Closed(code) => panic!("hello was answered by close code {code:?}"),
        };
        log.read(welcome.history.clone());
        Self {
            socket,
            token: welcome
                .token
                .clone()
                .or(token)
                .expect("a new visitor gets a token"),
            log,
            state: welcome.state.clone(),
            states: vec![welcome.state.clone()],
            welcome,
            typing: vec![],
            facts: vec![],
            answers: Answers::default(),
            pages: vec![],
            pongs: vec![],
        }
    }

    /// Sends a command under an id.
    pub async fn send(&mut self, id: CommandId, command: VisitorCommand) {
        self.socket.send(frame(id, command)).await;
    }

    /// Sends a command and hears until it is answered.
    ///
    /// # Errors
    ///
    /// The refusal.
    pub async fn ask(&mut self, id: CommandId, command: VisitorCommand) -> Result<Ack, Refused> {
        self.send(id, command).await;
        self.answer(id).await
    }

    /// Hears until a command is answered.
    ///
    /// # Errors
    ///
    /// The refusal.
    pub async fn answer(&mut self, id: CommandId) -> Result<Ack, Refused> {
        self.until("an answer", |this| this.answers.take(id)).await
    }

    /// Writes, which must be taken.
    pub async fn say(&mut self, text: &str) -> Ack {
        let say = VisitorCommand::Say { text: text.into() };
        self.ask(new_id(), say).await.expect("the message is taken")
    }

    /// Presses the button, which must always work.
    pub async fn human(&mut self) -> Ack {
        self.ask(new_id(), VisitorCommand::Human {})
            .await
            .expect("the button works")
    }

    /// Asks for a supervisor, which must always work.
    pub async fn supervisor(&mut self) -> Ack {
        self.ask(new_id(), VisitorCommand::Supervisor {})
            .await
            .expect("a supervisor can be asked for")
    }

    /// Leaves the line, which must be possible.
    pub async fn leave(&mut self) -> Ack {
        self.ask(new_id(), VisitorCommand::Leave {})
            .await
            .expect("the visitor may leave the line")
    }

    /// Goes back to the assistant, which must be possible.
    pub async fn assistant(&mut self) -> Ack {
        self.ask(new_id(), VisitorCommand::Assistant {})
            .await
            .expect("the visitor may go back to the assistant")
    }

    /// Ends the conversation, which must always work.
    pub async fn end(&mut self) -> Ack {
        self.ask(new_id(), VisitorCommand::End {})
            .await
            .expect("the visitor may end it")
    }

    /// The page of history before an event.
    pub async fn history(&mut self, before: Seq) -> HistoryPage {
        self.send(new_id(), VisitorCommand::History { before })
            .await;
        self.until("a page of history", |this| this.pages.pop())
            .await
    }

    /// Has the server answer, so that everything it had sent before has been heard.
    pub async fn settle(&mut self) {
        let id = new_id();
        self.send(id, VisitorCommand::Ping {}).await;
        self.until("pong", |this| this.pongs.contains(&id).then_some(()))
            .await;
    }

    /// Hears until who answers is as wanted.
    pub async fn until_answering(
        &mut self,
        who: &str,
        wanted: impl Fn(&Answering) -> bool,
    ) -> State {
        self.until(who, |this| {
            wanted(&this.state.answering).then(|| this.state.clone())
        })
        .await
    }

    /// Hears until the newest events contain the one wanted, and gives the newest such.
    pub async fn until_event(&mut self, what: &str, wanted: impl Fn(&EventKind) -> bool) -> Event {
        self.until(what, |this| {
            this.log
                .events()
                .iter()
                .rev()
                .find(|event| wanted(&event.kind))
                .cloned()
        })
        .await
    }

    /// Hears until the log reaches an event.
    pub async fn until_seq(&mut self, seq: Seq) {
        self.until(&format!("event {seq}"), |this| {
            (this.log.last() >= seq).then_some(())
        })
        .await;
    }

    /// Hears until something is so.
    ///
    /// # Panics
    ///
    /// If the connection ends before.
    pub async fn until<T>(&mut self, what: &str, mut so: impl FnMut(&mut Self) -> Option<T>) -> T {
        loop {
            if let Some(found) = so(self) {
                return found;
            }
            if let Err(code) = self.hear(what).await {
                panic!(
                    "the connection was closed with {code:?} while the visitor waited for {what}"
                );
            }
        }
    }

    /// Hears everything to the end of the connection, and gives its close code.
    pub async fn until_closed(&mut self) -> Option<u16> {
        loop {
            if let Err(code) = self.hear("the connection's end").await {
                return code;
            }
        }
    }

    /// Hears one frame.
    ///
    /// # Errors
    ///
    /// The close code, if the connection has ended.
    pub async fn hear(&mut self, waiting_for: &str) -> Result<(), Option<u16>> {
        match self.socket.hear(waiting_for).await {
            Heard::Text(text) => {
                self.take(&text);
                Ok(())
            }
            Heard::Closed(code) => Err(code),
        }
    }

    fn take(&mut self, text: &str) {
        match serde_json::from_str(text).expect("the server speaks the protocol") {
            VisitorFrame::Welcome(_) => panic!("welcomed twice"),
            VisitorFrame::Event(event) => self.log.hear(event),
            VisitorFrame::State(state) => {
                self.states.push(state.clone());
                self.state = state;
            }
            VisitorFrame::Card { facts } => self.facts = facts,
            VisitorFrame::Typing(typing) => self.typing.push(typing),
            VisitorFrame::Ack(ack) => self.answers.ack(ack),
            VisitorFrame::Refused(refused) => self.answers.refuse(refused),
            VisitorFrame::History(page) => self.pages.push(page),
            VisitorFrame::Pong { id } => self.pongs.push(id),
        }
    }

    /// Refusals of frames whose id could not be read.
    pub fn nameless_refusals(&mut self) -> &mut Vec<Refused> {
        &mut self.answers.nameless
    }
}
