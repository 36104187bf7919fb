//! Decides, commits, answers: one task through which every command of every connection goes.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use desk::{Change, Command, Conversation, Desk, Entry, apply, decide};
use protocol::{Ack, AgentId, ConversationId, RefusalCode, Refused, Receipt, Seq, Timestamp};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;
use tokio_util::sync::CancellationToken;

use super::assistants::Assistants;
use super::looks::Looks;
use super::{AgentGreeting, Clock, CommandJob, Job, Reply, VisitorGreeting, unavailable, wire};
use crate::bus::{Bus, Look, LookAt};
use crate::hub::Hub;
use crate::store::{Append, CommitError, Site, SiteId, Store, StoreError, Write};

/// Commands in one commit. More would only make the first one wait for the last one.
const BATCH: usize = 512;

/// How often a command whose commit lost to another server's is decided anew.
const ATTEMPTS: usize = 5;

/// How often leases are looked at.
const TICK: Duration = Duration::from_secs(1);

pub struct Sequencer {
    pub(super) store: Arc<dyn Store>,
    pub(super) bus: Arc<dyn Bus>,
    pub(super) hub: Arc<Hub>,
    pub(super) assistants: Assistants,
    clock: Clock,
    lease: Duration,
    pub(super) desks: BTreeMap<SiteId, Desk>,
    /// The visitor's newest words, for each conversation that is on a desk.
    pub(super) previews: HashMap<ConversationId, String>,
    /// Agents without a connection here, since when.
    gone: HashMap<(SiteId, AgentId), Instant>,
}

/// A command that the rules allowed.
pub(super) struct Decided {
    pub job: CommandJob,
    pub at: Timestamp,
    pub steps: Vec<Step>,
    pub duty: Vec<(AgentId, bool)>,
    /// The number that the answer names.
    pub receipt: Option<Receipt>,
}

/// What a command changes in one conversation.
pub(super) struct Step {
    pub conversation: ConversationId,
    pub before: Conversation,
    pub after: Conversation,
    pub entries: Vec<Entry>,
}

/// How to take back what was decided but not stored.
#[derive(Default)]
struct Undo {
    conversations: HashMap<(SiteId, ConversationId), Conversation>,
    receipts: HashMap<SiteId, Receipt>,
    duty: HashMap<(SiteId, AgentId), bool>,
}

impl Sequencer {
    pub async fn load(
        store: Arc<dyn Store>,
        bus: Arc<dyn Bus>,
        hub: Arc<Hub>,
        assistants: Assistants,
        clock: Clock,
        lease: Duration,
        sites: &[Arc<Site>],
    ) -> Result<Self, StoreError> {
        let mut sequencer = Self {
            store,
            bus,
            hub,
            assistants,
            clock,
            lease,
            desks: BTreeMap::new(),
            previews: HashMap::new(),
            gone: HashMap::new(),
        };
        for site in sites {
            sequencer.load_site(site).await?;
        }
        Ok(sequencer)
    }

    async fn load_site(&mut self, site: &Site) -> Result<(), StoreError> {
        let mut desk = Desk::new(site.settings.bot, self.store.next_receipt(site.id).await?);
        for agent in self.store.agents(site.id).await? {
            // Nobody is connected yet: whoever does not come back within the lease has vanished.
            self.gone.insert((site.id, agent.id), Instant::now());
            desk.employ(agent.id, agent.name, agent.on_duty);
        }
        for (id, stored) in self.store.open_conversations(site.id).await? {
            // Whoever was removed while they held it does not come back either.
            if let Some(agent) = stored.standing.holder.agent() {
                self.gone.entry((site.id, agent)).or_insert_with(Instant::now);
            }
            desk.remember(id, stored.standing);
            self.previews.insert(id, stored.preview);
        }
        self.desks.insert(site.id, desk);
        Ok(())
    }

    pub async fn run(
        mut self,
        mut inbox: mpsc::Receiver<Job>,
        looks: Arc<Looks>,
        stopping: CancellationToken,
    ) {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut jobs = Vec::with_capacity(BATCH);
        loop {
            tokio::select! {
                biased;
                () = stopping.cancelled(), if !inbox.is_closed() => inbox.close(),
                count = inbox.recv_many(&mut jobs, BATCH) => {
                    if count == 0 {
                        return;
                    }
                    self.take(std::mem::take(&mut jobs)).await;
                }
                look = looks.next() => self.look(look).await,
                _ = ticks.tick() => self.end_leases().await,
            }
        }
    }

    /// Commands first, as one commit; then the rest, which sees what was committed and nothing else.
    async fn take(&mut self, jobs: Vec<Job>) {
        let mut rest = Vec::new();
        let mut commands = Vec::with_capacity(jobs.len());
        for job in jobs {
            match job {
                Job::Command(command) => commands.push(command),
                other => rest.push(other),
            }
        }
        if !commands.is_empty() {
            self.commit_all(commands).await;
        }
        for job in rest {
            self.do_other(job).await;
        }
    }

    async fn commit_all(&mut self, commands: Vec<CommandJob>) {
        let mut undo = Undo::default();
        let mut decided = Vec::with_capacity(commands.len());
        let mut refused = Vec::new();
        for job in commands {
            match self.decide(&job, &mut undo).await {
                Ok(outcome) => decided.push(outcome.with(job)),
                Err(code) => refused.push((job, code)),
            }
        }
        match self.commit(&decided).await {
            Ok(()) => self.deliver(decided),
            Err(CommitError::Conflict) => {
                // A repeat of an old command, or another server came first: find out which, one by one.
                self.undo(undo);
                for done in decided {
                    self.commit_alone(done.job).await;
                }
            }
            Err(CommitError::Unavailable(error)) => {
                let code = unavailable(&error);
                self.undo(undo);
                for done in decided {
                    refuse(done.job, code);
                }
            }
        }
        for (job, code) in refused {
            // What is no longer allowed may have been done: then this is a repeat, and gets the first ack.
            match self.first_ack(&job).await {
                Ok(Some(ack)) => answer(job.reply, ack),
                Ok(None) => self.refuse_and_forget(job, code),
                Err(code) => self.refuse_and_forget(job, code),
            }
        }
    }

    fn refuse_and_forget(&mut self, job: CommandJob, code: RefusalCode) {
        if let Some(id) = conversation_of(&job.command) {
            self.forget_if_idle(job.site, id);
        }
        refuse(job, code);
    }

    async fn first_ack(&self, job: &CommandJob) -> Result<Option<Ack>, RefusalCode> {
        let (Some(id), Some(conversation)) = (job.id, conversation_of(&job.command)) else { return Ok(None) };
        let first = self.store.committed(conversation, id).await.map_err(|error| unavailable(&error))?;
        Ok(first.map(|first| Ack { id, seq: Some(first.seq), at: first.at, receipt: first.receipt }))
    }

    async fn commit_alone(&mut self, job: CommandJob) {
        let outcome = self.try_alone(&job).await;
        match outcome {
            Ok(Alone::Repeat(ack)) => answer(job.reply, ack),
            Ok(Alone::Done(outcome)) => self.deliver(vec![outcome.with(job)]),
            Err(code) => refuse(job, code),
        }
    }

    async fn try_alone(&mut self, job: &CommandJob) -> Result<Alone, RefusalCode> {
        for _ in 0..ATTEMPTS {
            if let Some(ack) = self.first_ack(job).await? {
                return Ok(Alone::Repeat(ack));
            }
            self.look_again(job).await.map_err(|error| unavailable(&error))?;
            let mut undo = Undo::default();
            let outcome = self.decide(job, &mut undo).await?;
            match self.commit_outcome(job, &outcome).await {
                Ok(()) => return Ok(Alone::Done(outcome)),
                Err(CommitError::Conflict) => self.undo(undo),
                Err(CommitError::Unavailable(error)) => {
                    self.undo(undo);
                    return Err(unavailable(&error));
                }
            }
        }
        tracing::warn!(attempts = ATTEMPTS, "a commit lost to other servers every time");
        Err(RefusalCode::Unavailable)
    }

    /// Takes what a command is about from the store again.
    async fn look_again(&mut self, job: &CommandJob) -> Result<(), StoreError> {
        match conversation_of(&job.command) {
            Some(id) => self.catch_up(job.site, id).await,
            None => self.reload_roster(job.site).await,
        }
    }

    /// What a command changes, made true on the desk and noted for taking it back.
    async fn decide(&mut self, job: &CommandJob, undo: &mut Undo) -> Result<Outcome, RefusalCode> {
        let about = conversation_of(&job.command);
        if let Some(id) = about {
            self.fetch(job.site, id, job.opened_by.is_some()).await?;
        }
        let at = (self.clock)();
        let desk = self.desks.get_mut(&job.site).ok_or(RefusalCode::NoSuchConversation)?;
        let changes = decide(desk, job.command.clone(), at).map_err(wire::refusal_code)?;
        undo.receipts.entry(job.site).or_insert(desk.next_receipt());
        let mut outcome = Outcome { at, steps: vec![], duty: vec![], receipt: None };
        for change in changes {
            let before = match &change {
                Change::Logged { conversation, .. } => desk.conversation(*conversation).cloned(),
                Change::Duty { agent, on } => {
                    undo.duty.entry((job.site, *agent)).or_insert(!on);
                    None
                }
            };
            apply(desk, &change);
            match change {
                Change::Duty { agent, on } => outcome.duty.push((agent, on)),
                Change::Logged { conversation, entry } => {
                    let before = before.expect("the rules change only what is on the desk");
                    let after = desk.conversation(conversation).expect("it stays on the desk").clone();
                    undo.conversations.entry((job.site, conversation)).or_insert_with(|| before.clone());
                    outcome.add(conversation, before, after, entry);
                }
            }
        }
        let standing = about.and_then(|id| desk.conversation(id));
        outcome.receipt = standing.and_then(|standing| standing.request).map(|request| request.receipt);
        Ok(outcome)
    }

    /// Puts a conversation on its desk if it is not there: from the store, or blank if `may_begin`.
    async fn fetch(&mut self, site: SiteId, id: ConversationId, may_begin: bool) -> Result<(), RefusalCode> {
        let Some(desk) = self.desks.get(&site) else { return Err(RefusalCode::NoSuchConversation) };
        if desk.conversation(id).is_some() {
            return Ok(());
        }
        let stored = self.store.conversation(site, id).await.map_err(|error| unavailable(&error))?;
        let desk = self.desks.get_mut(&site).expect("it was there a line ago");
        match stored {
            Some(stored) => {
                desk.remember(id, stored.standing);
                self.previews.insert(id, stored.preview);
            }
            None if may_begin => desk.remember(id, desk.blank()),
            None => return Err(RefusalCode::NoSuchConversation),
        }
        Ok(())
    }

    async fn commit(&self, decided: &[Decided]) -> Result<(), CommitError> {
        let writes: Vec<Write<'_>> =
            decided.iter().flat_map(|done| writes_of(&done.job, done.at, &done.steps, &done.duty)).collect();
        self.write(&writes).await
    }

    async fn commit_outcome(&self, job: &CommandJob, outcome: &Outcome) -> Result<(), CommitError> {
        self.write(&writes_of(job, outcome.at, &outcome.steps, &outcome.duty).collect::<Vec<_>>()).await
    }

    async fn write(&self, writes: &[Write<'_>]) -> Result<(), CommitError> {
        if writes.is_empty() {
            return Ok(());
        }
        let began = Instant::now();
        self.store.commit(writes).await?;
        metrics::histogram!("human_please_commit_seconds").record(began.elapsed());
        metrics::counter!("human_please_commits_total").increment(1);
        Ok(())
    }

    fn undo(&mut self, undo: Undo) {
        for ((site, id), before) in undo.conversations {
            if let Some(desk) = self.desks.get_mut(&site) {
                desk.remember(id, before);
            }
        }
        for (site, receipt) in undo.receipts {
            if let Some(desk) = self.desks.get_mut(&site) {
                desk.set_next_receipt(receipt);
            }
        }
        for ((site, agent), on) in undo.duty {
            if let Some(desk) = self.desks.get_mut(&site) {
                apply(desk, &Change::Duty { agent, on });
            }
        }
    }

    async fn do_other(&mut self, job: Job) {
        match job {
            Job::Command(_) => unreachable!("commands are committed before"),
            Job::GreetVisitor { site, conversation, outbox, reply } => {
                let greeting = self.greet_visitor(site, conversation, outbox).await;
                let _caller_gone = reply.send(greeting);
            }
            Job::LeaveVisitor { site, conversation, outbox } => {
                self.hub.unseat_visitor(conversation, &outbox);
                self.forget_if_idle(site, conversation);
            }
            Job::GreetAgent { site, agent, outbox, reply } => {
                let greeting = self.greet_agent(site, agent, outbox).await;
                let _caller_gone = reply.send(greeting);
            }
            Job::LeaveAgent { site, agent, outbox, heard_at } => {
                if let Some(heard_at) = self.hub.unseat_agent(agent, &outbox, heard_at) {
                    self.gone.insert((site, agent), heard_at);
                }
            }
            Job::Typing { site, conversation, typist, on } => self.tell_typing(site, conversation, typist, on),
            Job::Watch { site, agent, conversation, outbox, reply } => {
                let desk = self.desks.get(&site);
                let seen = desk.and_then(|desk| desk.readable_by(agent, conversation));
                let answer = seen.map(|conversation| conversation.last_seq);
                if let (Some(last_seq), Some(outbox)) = (answer, outbox) {
                    self.hub.watch(conversation, outbox, last_seq);
                }
                let _caller_gone = reply.send(answer.ok_or(RefusalCode::NoSuchConversation));
            }
            Job::BotDone { site, conversation, answered } => {
                self.assistants.done(site, conversation, answered);
                self.forget_if_idle(site, conversation);
            }
        }
    }

    async fn look(&mut self, look: Look) {
        let outcome = match look.at {
            LookAt::Conversation(id) => self.catch_up(look.site, id).await,
            LookAt::Roster => self.reload_roster(look.site).await,
        };
        if let Err(error) = outcome {
            unavailable(&error);
        }
    }

    async fn greet_visitor(
        &mut self,
        site: SiteId,
        id: ConversationId,
        outbox: Option<Arc<crate::outbox::Outbox>>,
    ) -> Result<VisitorGreeting, RefusalCode> {
        self.fetch(site, id, true).await?;
        let desk = self.desks.get(&site).expect("the conversation was just put on it");
        let conversation = desk.conversation(id).expect("it was just put there");
        let greeting =
            VisitorGreeting { state: wire::state_of(desk, conversation), last_seq: conversation.last_seq };
        let waits_for_bot = conversation.holder == desk::Holder::Bot && conversation.last_seq > Seq(0);
        match outbox {
            Some(outbox) => {
                self.hub.seat_visitor(id, outbox, greeting.last_seq, greeting.state.clone());
                if waits_for_bot {
                    // The server may have stopped before the assistant had answered.
                    self.assistants.ask_if_unanswered(site, id, greeting.last_seq);
                }
            }
            None => self.forget_if_idle(site, id),
        }
        Ok(greeting)
    }

    async fn greet_agent(
        &mut self,
        site: SiteId,
        agent_id: AgentId,
        outbox: Arc<crate::outbox::Outbox>,
    ) -> Result<AgentGreeting, RefusalCode> {
        self.reload_roster(site).await.map_err(|error| unavailable(&error))?;
        let desk = self.desks.get(&site).ok_or(RefusalCode::NoSuchConversation)?;
        let agent = desk.roster().agent(agent_id).ok_or(RefusalCode::NoSuchConversation)?;
        self.gone.remove(&(site, agent_id));
        self.hub.seat_agent(site, agent_id, outbox);
        let cases = desk
            .conversations()
            .filter(|(id, _)| desk.readable_by(agent_id, *id).is_some())
            .map(|(id, conversation)| {
                wire::case_of(desk, id, conversation, self.preview(id), agent_id)
            })
            .collect();
        Ok(AgentGreeting { name: agent.name.clone(), on_duty: agent.on_duty, load: agent.load, cases })
    }

    /// Takes the agents from the store again: some may be new, and another server's may have gone on duty.
    async fn reload_roster(&mut self, site: SiteId) -> Result<(), StoreError> {
        let agents = self.store.agents(site).await?;
        let Some(desk) = self.desks.get_mut(&site) else { return Ok(()) };
        let on_duty = desk.roster().on_duty();
        for agent in agents {
            desk.employ(agent.id, agent.name, agent.on_duty);
        }
        if desk.roster().on_duty() != on_duty {
            self.tell_queue(site);
        }
        Ok(())
    }

    async fn end_leases(&mut self) {
        let lease = self.lease;
        let ended: Vec<(SiteId, AgentId)> = self
            .gone
            .iter()
            .filter(|(_, since)| since.elapsed() >= lease)
            .map(|(&agent, _)| agent)
            .collect();
        for (site, agent) in ended {
            let job = CommandJob {
                site,
                id: None,
                opened_by: None,
                command: Command::Vanished { agent },
                reply: Reply::Nobody,
            };
            // If it cannot be stored now, the next tick tries again.
            let here_or_stored = self.vanish(job).await;
            if here_or_stored {
                self.gone.remove(&(site, agent));
            }
        }
    }

    async fn vanish(&mut self, job: CommandJob) -> bool {
        let mut undo = Undo::default();
        let Ok(outcome) = self.decide(&job, &mut undo).await else { return true };
        match self.commit_outcome(&job, &outcome).await {
            Ok(()) => {
                self.deliver(vec![outcome.with(job)]);
                true
            }
            Err(error) => {
                tracing::error!(%error, "a lapsed claim could not be stored yet");
                self.undo(undo);
                false
            }
        }
    }

    pub(super) fn preview(&self, id: ConversationId) -> &str {
        self.previews.get(&id).map_or("", String::as_str)
    }

    /// Forgets a conversation that nobody here hears and that does not wait for a person: the store has it.
    pub(super) fn forget_if_idle(&mut self, site: SiteId, id: ConversationId) {
        let Some(desk) = self.desks.get_mut(&site) else { return };
        let is_open = desk.conversation(id).is_some_and(Conversation::is_open);
        if !is_open && !self.hub.has_audience(id) {
            desk.forget(id);
            self.previews.remove(&id);
        }
    }
}

/// A command that was decided alone.
enum Alone {
    Repeat(Ack),
    Done(Outcome),
}

/// What the rules made of a command.
struct Outcome {
    at: Timestamp,
    steps: Vec<Step>,
    duty: Vec<(AgentId, bool)>,
    receipt: Option<Receipt>,
}

impl Outcome {
    fn add(&mut self, conversation: ConversationId, before: Conversation, after: Conversation, entry: Entry) {
        match self.steps.last_mut().filter(|step| step.conversation == conversation) {
            Some(step) => {
                step.after = after;
                step.entries.push(entry);
            }
            None => self.steps.push(Step { conversation, before, after, entries: vec![entry] }),
        }
    }

    fn with(self, job: CommandJob) -> Decided {
        let Self { at, steps, duty, receipt } = self;
        Decided { job, at, steps, duty, receipt }
    }
}

fn writes_of<'a>(
    job: &'a CommandJob,
    at: Timestamp,
    steps: &'a [Step],
    duty: &'a [(AgentId, bool)],
) -> impl Iterator<Item = Write<'a>> {
    let appends = steps.iter().map(move |step| {
        let moved = step.before.holder != step.after.holder
            || step.before.request != step.after.request
            || step.before.last_human != step.after.last_human;
        let begins = step.before.last_seq == Seq(0);
        Write::Append(Append {
            site: job.site,
            conversation: step.conversation,
            opened_by: job.opened_by.filter(|_| begins),
            after: step.before.last_seq,
            at,
            id: job.id,
            entries: &step.entries,
            standing: (moved || begins).then(|| step.after.clone()),
        })
    });
    let duty = duty.iter().map(|&(agent, on)| Write::Duty { agent, on });
    appends.chain(duty)
}

pub(super) fn conversation_of(command: &Command) -> Option<ConversationId> {
    match command {
        Command::Visitor { conversation, .. }
        | Command::Bot { conversation, .. }
        | Command::Agent { conversation, .. } => Some(*conversation),
        Command::Duty { .. } | Command::Vanished { .. } => None,
    }
}

/// Says that a command is done.
pub(super) fn answer(reply: Reply, ack: Ack) {
    match reply {
        Reply::Outbox(outbox) => outbox.push(wire::ack_frame(ack)),
        Reply::Caller(caller) => {
            let _caller_gone = caller.send(Ok(ack));
        }
        Reply::Nobody => {}
    }
}

fn refuse(job: CommandJob, code: RefusalCode) {
    match job.reply {
        Reply::Outbox(outbox) => outbox.push(wire::refused_frame(Refused::new(job.id, code))),
        Reply::Caller(caller) => {
            let _caller_gone = caller.send(Err(code));
        }
        Reply::Nobody => {}
    }
}
