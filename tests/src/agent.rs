//! An agent's client.

use std::collections::BTreeMap;

use protocol::{
    Ack, AgentCommand, AgentFrame, AgentWelcome, CardFact, Case, CaseHolder, CaseList, CommandId,
    ConversationId, Counts, Draft, Event, EventKind, HistoryPage, Note, Place, Refused, Seq,
    StaffList, Typing, Unverified, VERSION,
};

use crate::answers::{Answers, frame, new_id};
use crate::log::Log;
use crate::socket::{Door, Heard, Socket};

/// An agent who has said hello.
pub struct Agent {
    /// The connection.
    pub socket: Socket,
    /// What it was greeted with.
    pub welcome: AgentWelcome,
    /// How each conversation stands that they were told of.
    pub cases: BTreeMap<ConversationId, Case>,
    /// What they have heard of each conversation.
    pub logs: BTreeMap<ConversationId, Log>,
    /// Whether they are on duty, as they were last told.
    pub on_duty: bool,
    /// Who was writing, and where.
    pub typing: Vec<(ConversationId, Typing)>,
    /// What was begun in each conversation, as they were last told.
    pub drafts: BTreeMap<ConversationId, Draft>,
    /// What shops' pages say of their visitors, as it was last told.
    pub contexts: BTreeMap<ConversationId, Vec<Unverified>>,
    /// The notes for colleagues in each conversation, as they were told.
    pub notes: BTreeMap<ConversationId, Vec<Note>>,
    /// Who else looks at each conversation, as it was last told.
    pub viewers: BTreeMap<ConversationId, Vec<String>>,
    /// What is known of conversations, as it was told last.
    pub facts: BTreeMap<ConversationId, Vec<CardFact>>,
    /// What of that the replies ask for that are begun.
    pub known: BTreeMap<ConversationId, Vec<CardFact>>,
    /// Who works here, as it was last told.
    pub staff: StaffList,
    /// What was answered and not asked for yet.
    pub answers: Answers,
    /// How many stand in the lists, as it was last told.
    pub counts: Counts,
    pages: BTreeMap<CommandId, HistoryPage>,
    listed: BTreeMap<CommandId, Option<Place>>,
    pongs: Vec<CommandId>,
}

impl Agent {
    /// Comes in with a session.
    pub async fn come(door: &Door) -> Self {
        let mut socket = Socket::open(door).await.expect("the agent may come in");
        socket
            .send(frame(new_id(), AgentCommand::Hello { version: VERSION }))
            .await;
        let welcome = match socket.hear("welcome").await {
            Heard::Text(text) => match serde_json::from_str(&text) {
                Ok(AgentFrame::Welcome(welcome)) => welcome,
                other => panic!("hello was answered by {other:?}"),
            },
            Heard::Closed(code) => panic!("hello was answered by close code {code:?}"),
        };
        let cases = welcome
            .cases
            .iter()
            .map(|case| (case.conversation, case.clone()))
            .collect();
        Self {
            socket,
            cases,
            logs: BTreeMap::new(),
            on_duty: welcome.me.on_duty,
            counts: welcome.counts,
            welcome,
            typing: vec![],
            drafts: BTreeMap::new(),
            contexts: BTreeMap::new(),
            notes: BTreeMap::new(),
            viewers: BTreeMap::new(),
            facts: BTreeMap::new(),
            known: BTreeMap::new(),
            staff: StaffList::default(),
            answers: Answers::default(),
            pages: BTreeMap::new(),
            listed: BTreeMap::new(),
            pongs: vec![],
        }
    }

    /// Sends a command under an id.
    pub async fn send(&mut self, id: CommandId, command: AgentCommand) {
        self.socket.send(frame(id, command)).await;
    }

    /// Sends a command and hears until it is answered.
    ///
    /// # Errors
    ///
    /// The refusal.
    pub async fn ask(&mut self, id: CommandId, command: AgentCommand) -> Result<Ack, Refused> {
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

    /// Does what must be allowed.
    pub async fn must(&mut self, command: AgentCommand) -> Ack {
        self.ask(new_id(), command)
            .await
            .expect("the agent may do that")
    }

    /// Goes on duty.
    pub async fn go_on_duty(&mut self) {
        self.must(AgentCommand::Duty { on: true }).await;
    }

    /// Takes a conversation, which must work.
    pub async fn take(&mut self, conversation: ConversationId) -> Ack {
        self.must(AgentCommand::Take { conversation }).await
    }

    /// Writes, which must be taken.
    pub async fn reply(&mut self, conversation: ConversationId, text: &str) -> Ack {
        self.must(AgentCommand::Reply {
            replies: vec![],
            conversation,
            text: text.into(),
        })
        .await
    }

    /// Keeps a reply that was begun, which must be allowed.
    pub async fn begin(&mut self, conversation: ConversationId, reply: &str) -> Ack {
        self.must(AgentCommand::Draft {
            conversation,
            reply: Some(reply.into()),
            note: None,
        })
        .await
    }

    /// Keeps a note for colleagues, which must be allowed.
    pub async fn note(&mut self, conversation: ConversationId, note: &str) -> Ack {
        self.must(AgentCommand::Draft {
            conversation,
            reply: None,
            note: Some(note.into()),
        })
        .await
    }

    /// Marks as solved, which must work.
    pub async fn resolve(&mut self, conversation: ConversationId) -> Ack {
        self.must(AgentCommand::Resolve {
            conversation,
            ask: false,
        })
        .await
    }

    /// Opens a conversation from its beginning, which must be allowed.
    pub async fn open(&mut self, conversation: ConversationId) -> HistoryPage {
        let command = AgentCommand::Open {
            conversation,
            after: Seq(0),
        };
        let page = self.read(command).await.expect("the agent may read it");
        self.logs
            .entry(conversation)
            .or_default()
            .read(page.clone());
        page
    }

    /// Asks for a page of history by a command of that kind.
    ///
    /// # Errors
    ///
    /// The refusal.
    pub async fn read(&mut self, command: AgentCommand) -> Result<HistoryPage, Refused> {
        let id = new_id();
        self.send(id, command).await;
        self.until("a page of history", |this| {
            let page = this.pages.remove(&id).map(Ok);
            page.or_else(|| {
                this.answers
                    .take(id)
                    .map(|answer| Err(answer.expect_err("it is no ack")))
            })
        })
        .await
    }

    /// Hears what comes next in a list, and gives the place up to which it is known then.
    pub async fn list(&mut self, list: CaseList, after: Option<Place>) -> Option<Place> {
        let id = new_id();
        self.send(id, AgentCommand::List { list, after }).await;
        self.until("what comes next", |this| this.listed.remove(&id))
            .await
    }

    /// The place up to which a list is known since they came; none if all of it is.
    #[must_use]
    pub fn rest(&self, list: CaseList) -> Option<Place> {
        let rest = self.welcome.rest.iter().find(|rest| rest.list == list);
        rest.map(|rest| rest.after)
    }

    /// Hears all of a list that was not told with the welcome.
    pub async fn list_all(&mut self, list: CaseList) {
        let mut rest = self.rest(list);
        while rest.is_some() {
            rest = self.list(list, rest).await;
        }
    }

    /// Has the server answer, so that everything it had sent before has been heard.
    pub async fn settle(&mut self) {
        let id = new_id();
        self.send(id, AgentCommand::Ping {}).await;
        self.until("pong", |this| this.pongs.contains(&id).then_some(()))
            .await;
    }

    /// Hears until a conversation stands as wanted.
    pub async fn until_case(
        &mut self,
        conversation: ConversationId,
        what: &str,
        wanted: impl Fn(&Case) -> bool,
    ) -> Case {
        self.until(what, |this| {
            this.cases
                .get(&conversation)
                .filter(|case| wanted(case))
                .cloned()
        })
        .await
    }

    /// Hears until a conversation waits.
    pub async fn until_waiting(&mut self, conversation: ConversationId) -> Case {
        self.until_case(conversation, "a conversation in the queue", |case| {
            case.holder == CaseHolder::Queue {}
        })
        .await
    }

    /// Hears until a conversation has the event wanted, and gives the newest such.
    pub async fn until_event(
        &mut self,
        conversation: ConversationId,
        what: &str,
        wanted: impl Fn(&EventKind) -> bool,
    ) -> Event {
        self.until(what, |this| {
            let events = this.logs.get(&conversation)?.events();
            events
                .iter()
                .rev()
                .find(|event| wanted(&event.kind))
                .cloned()
        })
        .await
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
                panic!("the connection was closed with {code:?} while the agent waited for {what}");
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

    /// The conversations that wait, as the agent's page shows them: those of a vanished person first, then by number.
    #[must_use]
    pub fn queue(&self) -> Vec<ConversationId> {
        let mut waiting: Vec<&Case> = self
            .cases
            .values()
            .filter(|case| case.holder == CaseHolder::Queue {})
            .collect();
        waiting.sort_by_key(|case| (!case.priority, case.receipt));
        waiting.into_iter().map(|case| case.conversation).collect()
    }

    async fn hear(&mut self, waiting_for: &str) -> Result<(), Option<u16>> {
        match self.socket.hear(waiting_for).await {
            Heard::Text(text) => {
                self.take_frame(&text);
                Ok(())
            }
            Heard::Closed(code) => Err(code),
        }
    }

    fn take_frame(&mut self, text: &str) {
        match serde_json::from_str(text).expect("the server speaks the protocol") {
            AgentFrame::Welcome(_) => panic!("welcomed twice"),
            AgentFrame::Case(case) => {
                self.cases.insert(case.conversation, case);
            }
            AgentFrame::Listed {
                id, cases, rest, ..
            } => {
                let cases = cases.into_iter().map(|case| (case.conversation, case));
                self.cases.extend(cases);
                self.listed.insert(id, rest);
            }
            AgentFrame::Counts(counts) => self.counts = counts,
            AgentFrame::Event {
                conversation,
                event,
            } => {
                self.logs.entry(conversation).or_default().hear(event);
            }
            AgentFrame::History { id, page, .. } => {
                self.pages.insert(id, page);
            }
            AgentFrame::Draft {
                conversation,
                draft,
            } => {
                self.drafts.insert(conversation, draft);
            }
            AgentFrame::Context {
                conversation,
                values,
            } => {
                self.contexts.insert(conversation, values);
            }
            AgentFrame::Notes {
                conversation,
                notes,
            } => {
                self.notes.insert(conversation, notes);
            }
            AgentFrame::Note { conversation, note } => {
                self.notes.entry(conversation).or_default().push(note);
            }
            AgentFrame::Viewers {
                conversation,
                names,
            } => {
                self.viewers.insert(conversation, names);
            }
            AgentFrame::Card {
                conversation,
                facts,
            } => {
                self.facts.insert(conversation, facts);
            }
            AgentFrame::Known {
                conversation,
                facts,
            } => {
                self.known.insert(conversation, facts);
            }
            AgentFrame::Staff(staff) => self.staff = staff,
            AgentFrame::Typing {
                conversation,
                typing,
            } => self.typing.push((conversation, typing)),
            AgentFrame::Duty { on } => self.on_duty = on,
            AgentFrame::Ack(ack) => self.answers.ack(ack),
            AgentFrame::Refused(refused) => self.answers.refuse(refused),
            AgentFrame::Pong { id } => self.pongs.push(id),
        }
    }
}
