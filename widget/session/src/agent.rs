//! An agent's half of the exchange: the queue, the conversations they hold, their replies, and being on duty.
//!
//! The page hands [`AgentSession::handle`] one [`Input`] at a time with the moment it happened, takes its
//! [`Output`]s until there are none, shows what the session says, and wakes it at [`AgentSession::wake_at`].

mod acts;
mod answers;
mod card;
mod cases;
mod frames;
mod handover;
mod held;
mod input;
mod lapse;
mod lines;
mod listing;
mod moves;
mod order;
mod output;
mod prepared;
mod talk;
#[cfg(test)]
mod tests;
mod view;

use std::collections::{BTreeMap, VecDeque};

use protocol::{
    AgentCommand, AgentFace, CaseList, ClientFrame, CloseCode, CommandId, ConversationId, EpochId,
    StaffList, Timestamp, VERSION,
};
use serde::{Deserialize, Serialize};

use crate::link::{Link, LinkStep};
use crate::moment::{Moment, earliest};
use crate::outbox::{Kept, Outbox, Standing};
use crate::random::Random;

pub use card::{Answer, CaseCard, FACT_CHARS, Fact};
pub use held::UNDO_MS;
pub use input::{Deed, Input};
pub use lapse::Lost;
pub use lines::{Line, List};
pub use output::{Alert, Notice, Output, Why};
pub use prepared::slash_word;
pub use view::{Delivery, Reply};

use cases::Cases;
use handover::Part;
use held::Held;
use lapse::Absence;
use listing::Listing;
use talk::Talk;

/// How long after "later" or "too soon" the server is asked again, in milliseconds.
const AGAIN_MS: u64 = 2_000;

/// What outlives the page: texts that the agent has written and the server does not have.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AgentKept {
    /// What is in the reply boxes.
    #[serde(default)]
    pub drafts: Vec<(ConversationId, String)>,
    /// Notes for colleagues that were changed.
    #[serde(default)]
    pub notes: Vec<(ConversationId, String)>,
    /// Replies on their way.
    #[serde(default)]
    pub replies: Vec<Kept<AgentCommand>>,
}

/// One agent's session.
#[derive(Debug)]
pub struct AgentSession {
    random: Random,
    link: Link,
    greeting: Option<Greeting>,
    cases: Cases,
    listing: Listing,
    talks: BTreeMap<ConversationId, Talk>,
    outbox: Outbox<AgentCommand>,
    asked: BTreeMap<CommandId, Asked>,
    /// What the agent wants to be, while the server has not answered.
    duty_wish: Option<bool>,
    absence: Absence,
    /// Replies that are sent in a moment.
    held: Vec<Held>,
    /// Who works here, and what they have set up.
    staff: StaffList,
    viewing: Option<ConversationId>,
    in_view: bool,
    outputs: VecDeque<Output>,
}

/// What the newest `welcome` said.
#[derive(Debug)]
struct Greeting {
    epoch: EpochId,
    me: AgentFace,
    site: String,
    /// The server's clock at a moment of ours.
    clock: (Timestamp, Moment),
}

/// What a command that is not in the outbox was.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Hello,
    Duty(bool),
    Open(ConversationId),
    Older(ConversationId),
    List(CaseList),
    Keep(ConversationId, Part),
    Most(u32),
    Next,
    Pass,
    Topic(ConversationId),
    Correct(ConversationId),
}

impl AgentSession {
    /// A session of an agent who is signed in, with what an earlier page kept. It connects when it is woken.
    #[must_use]
    pub fn new(seed: u64, kept: AgentKept, now: Moment) -> Self {
        let mut talks: BTreeMap<ConversationId, Talk> = BTreeMap::new();
        for (conversation, draft) in kept.drafts {
            talks.entry(conversation).or_default().draft = draft;
        }
        for (conversation, note) in kept.notes {
            talks.entry(conversation).or_default().handover.note = Some(note);
        }
        let replies = kept
            .replies
            .into_iter()
            .filter(|kept| is_written(&kept.command))
            .map(|kept| Kept {
                refused: None,
                ..kept
            })
            .collect();
        Self {
            random: Random::new(seed),
            link: Link::new(now),
            greeting: None,
            cases: Cases::default(),
            listing: Listing::default(),
            talks,
            outbox: Outbox::new(lane_of, replies),
            asked: BTreeMap::new(),
            duty_wish: None,
            absence: Absence::default(),
            held: Vec::new(),
            staff: StaffList::default(),
            viewing: None,
            in_view: true,
            outputs: VecDeque::new(),
        }
    }

    /// Takes one input. Take the outputs until there are none before the next one.
    pub fn handle(&mut self, input: Input, now: Moment) {
        self.absence.awake(self.wake_at(), now);
        match input {
            Input::Connected => self.greet(now),
            Input::Frame(frame) => {
                if self.link.is_live() {
                    self.absence.heard(now);
                }
                self.link.heard(now);
                self.frame(frame, now);
            }
            Input::Unknown => {
                if self.link.is_live() {
                    self.absence.heard(now);
                }
                self.link.heard(now);
            }
            Input::Closed(code) => self.lost(code, now),
            Input::Wake => {}
            Input::Nudged => {
                let step = self.link.nudge(now);
                self.take_step(step, now);
            }
            Input::SignedIn => self.link = Link::new(now),
            Input::SignedOut => {
                let step = self.link.stop(CloseCode::SignedOut);
                self.take_step(Some(step), now);
            }
            Input::Duty(on) => self.wish_duty(on, now),
            Input::Most(most) => self.wish_most(most, now),
            Input::TakeNext => self.take_next(now),
            Input::Pass(conversation) => self.pass(conversation, now),
            Input::View(conversation) => self.view(conversation, now),
            Input::InView(in_view) => {
                self.in_view = in_view;
                if !in_view {
                    // There may be no later.
                    self.send_held(None, now);
                    self.keep_drafts_at_once(None, now);
                }
                self.look();
            }
            Input::Shown(list, count) => self.show_list(list, count),
            Input::Older(conversation) => self.ask_older(conversation, now),
            Input::Draft(conversation, text) => self.draft(conversation, text, now),
            Input::Suggest(conversation, lines) => {
                self.talk_mut(conversation).suggestions = lines;
            }
            Input::Note(conversation, text) => self.write_note(conversation, text, now),
            Input::UseBegun(conversation) => self.settle_begun(conversation, true, now),
            Input::DropBegun(conversation) => self.settle_begun(conversation, false, now),
            Input::Reply(conversation, id) => self.reply(conversation, id, now),
            Input::Hold(conversation, id) => self.hold(conversation, id, now),
            Input::Undo(conversation) => self.undo(conversation, now),
            Input::SendHeld(conversation) => self.send_held(Some(conversation), now),
            Input::AddNote(conversation, id) => self.add_note(conversation, id, now),
            Input::Correct(conversation, correction) => {
                self.correct(conversation, correction, now);
            }
            Input::Topic(conversation, topic) => self.choose_topic(conversation, topic, now),
            Input::PassOn {
                conversation,
                to,
                note,
                id,
            } => self.pass_on((conversation, id), to, note, now),
            Input::AskLead {
                conversation,
                note,
                id,
            } => self.ask_lead((conversation, id), note, now),
            Input::Snooze {
                conversation,
                until,
                text,
                id,
            } => self.snooze((conversation, id), until, text, now),
            Input::Act(deed, conversation, id) => self.act(deed, conversation, id, now),
        }
        self.pass_time(now);
        self.put(Output::Changed);
    }

    /// The next thing for the page to do.
    pub fn poll(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to hand in [`Input::Wake`], if nothing else happens before.
    #[must_use]
    pub fn wake_at(&self) -> Option<Moment> {
        let live = self.link.is_live();
        let talks = self.talks.iter().filter_map(|(&conversation, talk)| {
            let catch_up = live && self.viewing == Some(conversation);
            earliest([
                talk.heard.wake_at(),
                talk.sender.wake_at(),
                talk.catch_up_at().filter(|_| catch_up),
            ])
        });
        earliest([
            self.link.wake_at(),
            self.outbox.wake_at().filter(|_| live),
            talks.min(),
            self.drafts_wake_at(),
            self.held_wake_at(),
            self.list_wake_at(),
        ])
    }

    /// What must outlive the page.
    #[must_use]
    pub fn kept(&self) -> AgentKept {
        AgentKept {
            drafts: self
                .talks
                .iter()
                .filter(|(_, talk)| !talk.draft.trim().is_empty())
                .map(|(&conversation, talk)| (conversation, talk.draft.clone()))
                .collect(),
            notes: self
                .talks
                .iter()
                .filter_map(|(&conversation, talk)| {
                    Some((conversation, talk.handover.note.clone()?))
                })
                .collect(),
            replies: self
                .outbox
                .entries()
                .iter()
                .filter(|entry| is_written(&entry.kept.command))
                .filter(|entry| !matches!(entry.standing, Standing::Done(_)))
                .map(|entry| entry.kept.clone())
                .chain(self.held_to_keep())
                .collect(),
        }
    }

    /// Does what is due.
    fn pass_time(&mut self, now: Moment) {
        while let Some(step) = self.link.wake(now, &mut self.random) {
            self.take_step(Some(step), now);
        }
        let mut told = Vec::new();
        for (&conversation, talk) in &mut self.talks {
            talk.heard.wake(now);
            if let Some(on) = talk.sender.wake(now) {
                told.push((conversation, on));
            }
        }
        for (conversation, on) in told {
            self.tell_typing(conversation, on, now);
        }
        self.send_what_was_held(now);
        if self.link.is_live() {
            self.keep_drafts(now);
            while let Some(frame) = self.outbox.next_due(now) {
                self.send(frame, now);
            }
            self.load_viewed(now);
            self.look_ahead(now);
            self.tell_seen(now);
        }
    }

    fn take_step(&mut self, step: Option<LinkStep>, now: Moment) {
        match step {
            Some(LinkStep::Connect) => self.put(Output::Connect),
            Some(LinkStep::Ping) => {
                self.ask(AgentCommand::Ping {}, None, now);
            }
            Some(LinkStep::Close) => {
                self.put(Output::Close);
                self.disconnected(now);
            }
            None => {}
        }
    }

    fn greet(&mut self, now: Moment) {
        self.link.connected(now);
        self.ask(
            AgentCommand::Hello { version: VERSION },
            Some(Asked::Hello),
            now,
        );
    }

    fn lost(&mut self, code: Option<u16>, now: Moment) {
        let was_live = self.link.is_live();
        self.link.closed(code, now, &mut self.random);
        self.disconnected(now);
        if !was_live && self.link.wake_at().is_some() {
            self.put(Output::CheckSignIn);
        }
    }

    fn disconnected(&mut self, now: Moment) {
        self.absence.disconnected(now);
        self.outbox.disconnected();
        self.asked.clear();
        for talk in self.talks.values_mut() {
            talk.disconnected();
            talk.handover.disconnected(now);
        }
    }

    /// Sends a command that is not in the outbox, and remembers what it was if its answer matters.
    fn ask(&mut self, command: AgentCommand, asked: Option<Asked>, now: Moment) -> CommandId {
        let id = self.random.command_id();
        if let Some(asked) = asked {
            self.asked.insert(id, asked);
        }
        self.send(ClientFrame { id, command }, now);
        id
    }

    fn send(&mut self, frame: ClientFrame<AgentCommand>, now: Moment) {
        self.link.sent(now);
        self.put(Output::Send(frame));
    }

    fn put(&mut self, output: Output) {
        // One of these is enough for the page to look at everything again.
        let once = matches!(output, Output::Changed | Output::Keep);
        if !once || !self.outputs.contains(&output) {
            self.outputs.push_back(output);
        }
    }

    fn tell(&mut self, notice: Notice) {
        self.put(Output::Told(notice));
    }
}

/// What concerns one conversation is sent in the order in which it was given.
fn lane_of(command: &AgentCommand) -> u128 {
    conversation_of(command).map_or(0, |conversation| conversation.0)
}

fn conversation_of(command: &AgentCommand) -> Option<ConversationId> {
    match command {
        AgentCommand::Take { conversation }
        | AgentCommand::Reply { conversation, .. }
        | AgentCommand::Resolve { conversation, .. }
        | AgentCommand::Transfer { conversation, .. }
        | AgentCommand::AskLead { conversation, .. }
        | AgentCommand::Snooze { conversation, .. }
        | AgentCommand::Wake { conversation }
        | AgentCommand::Topic { conversation, .. }
        | AgentCommand::Correct { conversation, .. }
        | AgentCommand::Note { conversation, .. }
        | AgentCommand::Pass { conversation }
        | AgentCommand::Typing { conversation, .. }
        | AgentCommand::Seen { conversation, .. }
        | AgentCommand::Draft { conversation, .. }
        | AgentCommand::Open { conversation, .. }
        | AgentCommand::History { conversation, .. } => Some(*conversation),
        AgentCommand::View { conversation } => *conversation,
        AgentCommand::Hello { .. }
        | AgentCommand::Duty { .. }
        | AgentCommand::Most { .. }
        | AgentCommand::TakeNext {}
        | AgentCommand::List { .. }
        | AgentCommand::Ping {} => None,
    }
}

/// Whether it is something that the agent has written.
fn is_written(command: &AgentCommand) -> bool {
    matches!(
        command,
        AgentCommand::Reply { .. } | AgentCommand::Note { .. }
    )
}

fn deed_of(command: &AgentCommand) -> Option<Deed> {
    match command {
        AgentCommand::Take { .. } => Some(Deed::Take),
        AgentCommand::Resolve { .. } => Some(Deed::Resolve),
        AgentCommand::Transfer { .. } => Some(Deed::Transfer),
        AgentCommand::Snooze { .. } => Some(Deed::Snooze),
        AgentCommand::Wake { .. } => Some(Deed::Wake),
        AgentCommand::AskLead { on: true, .. } => Some(Deed::AskLead),
        AgentCommand::AskLead { on: false, .. } => Some(Deed::AskNoLead),
        _ => None,
    }
}
