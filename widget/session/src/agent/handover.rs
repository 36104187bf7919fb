//! What passes from one agent to the next: the half-written reply and the note, which the server is told of while they
//! are written, and which it tells whoever has the conversation then.

use protocol::{AgentCommand, Begun, CommandId, ConversationId, Draft, MAX_TEXT_CHARS, Timestamp};

use crate::moment::Moment;
use crate::outbox::Standing;

use super::talk::Talk;
use super::{AGAIN_MS, AgentSession, Asked, Output, conversation_of};

/// A change is sent this long after it was made, in milliseconds, with all that follow it until then.
pub(super) const EACH_MS: u64 = 1_000;

/// What is known of one conversation's draft, here and at the server.
#[derive(Debug, Default)]
pub(super) struct Handover {
    /// A reply that was begun elsewhere: by a colleague, or by this agent on another device.
    begun: Option<Begun>,
    /// The note as the server has it.
    kept_note: Option<Begun>,
    /// The note as it was changed here, until the server has it.
    pub note: Option<String>,
    pub reply_upkeep: Upkeep,
    pub note_upkeep: Upkeep,
}

/// Keeps the server's copy of one text box up to date.
#[derive(Debug, Default)]
pub(super) struct Upkeep {
    /// When to send what has changed; none if nothing has.
    due: Option<Moment>,
    /// What was sent and is not answered.
    asked: Option<(CommandId, String)>,
}

/// Which box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Reply,
    Note,
}

impl Upkeep {
    /// The text has changed.
    pub fn changed(&mut self, now: Moment) {
        self.due.get_or_insert(now.after_ms(EACH_MS));
    }

    /// The server need not be told any more: the text was sent, or the conversation is somebody else's.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    fn is_dirty(&self) -> bool {
        self.due.is_some() || self.asked.is_some()
    }

    /// When it is to be sent; none while an answer is awaited.
    fn due(&self) -> Option<Moment> {
        self.due.filter(|_| self.asked.is_none())
    }

    fn sent(&mut self, id: CommandId, text: String) {
        self.due = None;
        self.asked = Some((id, text));
    }

    /// Takes the text that was sent under this id.
    fn answered(&mut self, id: CommandId) -> Option<String> {
        self.asked
            .take_if(|(asked, _)| *asked == id)
            .map(|(_, text)| text)
    }

    /// Without an answer it is not known whether the server has it: it is sent again.
    fn disconnected(&mut self, now: Moment) {
        if self.asked.take().is_some() {
            self.due = Some(now);
        }
    }
}

impl Handover {
    /// Whether anything is here that would be lost with it.
    pub fn has_unsaved_note(&self) -> bool {
        self.note.is_some()
    }

    /// The claim has ended: what is written from now on is not this agent's to keep.
    pub fn stop(&mut self) {
        self.reply_upkeep.stop();
        self.note_upkeep.stop();
    }

    pub fn disconnected(&mut self, now: Moment) {
        self.reply_upkeep.disconnected(now);
        self.note_upkeep.disconnected(now);
    }

    /// The reply that was begun elsewhere, if it is not in the box already.
    pub fn offer(&self, draft: &str) -> Option<&Begun> {
        let begun = self.begun.as_ref()?;
        (!draft.trim_start().starts_with(&begun.text)).then_some(begun)
    }

    fn note_text(&self) -> &str {
        match (&self.note, &self.kept_note) {
            (Some(note), _) => note,
            (None, Some(kept)) => &kept.text,
            (None, None) => "",
        }
    }
}

impl AgentSession {
    /// What was begun in a conversation, as the server has it.
    pub(super) fn hear_draft(&mut self, conversation: ConversationId, draft: Draft, now: Moment) {
        let mine = self.cases.is_mine(conversation);
        if !mine && self.viewing != Some(conversation) {
            return;
        }
        let sending = self.is_replying(conversation);
        let talk = self.talk_mut(conversation);
        let Draft { reply, note } = draft;
        talk.handover.kept_note = note;
        let own = reply.as_ref().filter(|reply| reply.mine);
        let is_behind = match &reply {
            None => !talk.draft.trim().is_empty(),
            Some(_) => own.is_some_and(|own| {
                let written = talk.draft.trim();
                written != own.text && written.starts_with(&own.text)
            }),
        };
        // An older state of what is in this box, or on its way, is nothing to be offered.
        let is_older = own.is_some() && (sending || talk.handover.reply_upkeep.is_dirty());
        talk.handover.begun = reply.filter(|_| !is_older);
        if mine && is_behind {
            talk.handover.reply_upkeep.changed(now);
        }
    }

    /// The reply box has changed.
    pub(super) fn keep_reply(&mut self, conversation: ConversationId, now: Moment) {
        if !self.cases.is_mine(conversation) {
            return;
        }
        let handover = &mut self.talk_mut(conversation).handover;
        // Their own words on another device: who goes on writing here has chosen.
        handover.begun.take_if(|begun| begun.mine);
        handover.reply_upkeep.changed(now);
    }

    /// The note has changed.
    pub(super) fn write_note(&mut self, conversation: ConversationId, text: String, now: Moment) {
        let mine = self.cases.is_mine(conversation);
        let handover = &mut self.talk_mut(conversation).handover;
        if handover.note_text() == text {
            return;
        }
        handover.note = Some(text);
        if mine {
            handover.note_upkeep.changed(now);
        }
        self.put(Output::Keep);
    }

    /// Puts a note that the server would not take back into its box.
    pub(super) fn hand_back_note(&mut self, conversation: ConversationId, text: &str) {
        let handover = &mut self.talk_mut(conversation).handover;
        let written = handover.note_text().trim();
        handover.note = Some(if written.is_empty() {
            text.to_owned()
        } else {
            [text, "\n\n", written].concat()
        });
        self.put(Output::Keep);
    }

    /// Puts the words that were begun elsewhere before what is in the reply box, or drops them.
    pub(super) fn settle_begun(&mut self, conversation: ConversationId, uses: bool, now: Moment) {
        let talk = self.talk_mut(conversation);
        let Some(begun) = talk.handover.begun.take() else {
            return;
        };
        if uses {
            talk.hand_back(&begun.text);
        }
        talk.handover.reply_upkeep.changed(now);
        self.put(Output::Keep);
    }

    /// The conversation has just become this agent's: what they wrote before is to be kept from now on.
    pub(super) fn begin_upkeep(&mut self, conversation: ConversationId, now: Moment) {
        let talk = self.talk_mut(conversation);
        if !talk.draft.trim().is_empty() {
            talk.handover.reply_upkeep.changed(now);
        }
        if talk.handover.has_unsaved_note() {
            talk.handover.note_upkeep.changed(now);
        }
    }

    /// Sends what is due.
    pub(super) fn keep_drafts(&mut self, now: Moment) {
        let due: Vec<_> = self
            .parts()
            .filter(|(_, _, upkeep)| upkeep.due().is_some_and(|due| due <= now))
            .map(|(conversation, part, _)| (conversation, part))
            .collect();
        for (conversation, part) in due {
            self.keep_part(conversation, part, now);
        }
    }

    /// Sends what has changed at once, in one conversation or in all, even before an earlier change is answered: there
    /// may be no later.
    pub(super) fn keep_drafts_at_once(&mut self, only: Option<ConversationId>, now: Moment) {
        let changed: Vec<_> = self
            .parts()
            .filter(|(conversation, _, _)| only.is_none_or(|only| only == *conversation))
            .filter(|(_, _, upkeep)| upkeep.due.is_some())
            .map(|(conversation, part, _)| (conversation, part))
            .collect();
        for (conversation, part) in changed {
            self.keep_part(conversation, part, now);
        }
    }

    /// When something is to be sent next.
    pub(super) fn drafts_wake_at(&self) -> Option<Moment> {
        self.parts().filter_map(|(_, _, upkeep)| upkeep.due()).min()
    }

    /// The boxes whose text may be sent now.
    fn parts(&self) -> impl Iterator<Item = (ConversationId, Part, &Upkeep)> {
        let may_keep = |conversation| self.link.is_live() && self.cases.is_mine(conversation);
        self.talks
            .iter()
            .filter(move |&(&conversation, _)| may_keep(conversation))
            .flat_map(|(&conversation, Talk { handover, .. })| {
                let reply = (conversation, Part::Reply, &handover.reply_upkeep);
                let note = (conversation, Part::Note, &handover.note_upkeep);
                // A reply on its way ends what was begun: what is begun after it is sent after it.
                let reply = Some(reply).filter(|_| !self.is_replying(conversation));
                reply.into_iter().chain([note])
            })
    }

    fn keep_part(&mut self, conversation: ConversationId, part: Part, now: Moment) {
        let talk = self.talk_mut(conversation);
        let text = match part {
            Part::Reply => talk.draft.as_str(),
            Part::Note => talk.handover.note_text(),
        };
        // As much of it as a message may have: better than nothing.
        let text: String = text.trim().chars().take(MAX_TEXT_CHARS).collect();
        let (reply, note) = match part {
            Part::Reply => (Some(text.clone()), None),
            Part::Note => (None, Some(text.clone())),
        };
        let command = AgentCommand::Draft {
            conversation,
            reply,
            note,
        };
        let id = self.ask(command, Some(Asked::Keep(conversation, part)), now);
        self.upkeep(conversation, part).sent(id, text);
    }

    /// The server has it.
    pub(super) fn kept_part(
        &mut self,
        conversation: ConversationId,
        part: Part,
        (id, at): (CommandId, Timestamp),
    ) {
        let name = self.name().to_owned();
        let Some(text) = self.upkeep(conversation, part).answered(id) else {
            return;
        };
        if part == Part::Note {
            let handover = &mut self.talk_mut(conversation).handover;
            handover.note.take_if(|note| note.trim() == text);
            handover.kept_note = (!text.is_empty()).then_some(Begun {
                name,
                mine: true,
                at,
                text,
            });
            self.put(Output::Keep);
        }
    }

    /// The server does not take it: not now, or not any more.
    pub(super) fn part_refused(
        &mut self,
        conversation: ConversationId,
        part: Part,
        id: CommandId,
        again: Option<Moment>,
    ) {
        let upkeep = self.upkeep(conversation, part);
        if upkeep.answered(id).is_some()
            && let Some(now) = again
        {
            upkeep.due = Some(now.after_ms(AGAIN_MS));
        }
    }

    /// A reply was taken, and ended what the server had of the box: what is in it now is sent anew.
    pub(super) fn replied(&mut self, conversation: ConversationId, now: Moment) {
        let mine = self.cases.is_mine(conversation);
        let talk = self.talk_mut(conversation);
        if mine && !talk.draft.trim().is_empty() {
            // Before what may be waiting to be done after the reply.
            talk.handover.reply_upkeep.due = Some(now);
        }
    }

    fn upkeep(&mut self, conversation: ConversationId, part: Part) -> &mut Upkeep {
        let handover = &mut self.talk_mut(conversation).handover;
        match part {
            Part::Reply => &mut handover.reply_upkeep,
            Part::Note => &mut handover.note_upkeep,
        }
    }

    /// Whether a reply of this agent is on its way.
    fn is_replying(&self, conversation: ConversationId) -> bool {
        self.outbox.entries().iter().any(|entry| {
            conversation_of(&entry.kept.command) == Some(conversation)
                && matches!(entry.kept.command, AgentCommand::Reply { .. })
                && matches!(entry.standing, Standing::Waiting | Standing::InFlight)
        }) || self.held_reply(conversation).is_some()
    }

    /// What was begun elsewhere and is not in the reply box: a colleague's words, or this agent's own on another device.
    #[must_use]
    pub fn begun(&self, conversation: ConversationId) -> Option<&Begun> {
        let talk = self.talks.get(&conversation)?;
        talk.handover.offer(&talk.draft)
    }

    /// The note for colleagues, as it stands here.
    #[must_use]
    pub fn note_of(&self, conversation: ConversationId) -> &str {
        self.talks
            .get(&conversation)
            .map_or("", |talk| talk.handover.note_text())
    }

    /// The note as the server has it, with its author; none if it was changed here since.
    #[must_use]
    pub fn kept_note(&self, conversation: ConversationId) -> Option<&Begun> {
        let handover = &self.talks.get(&conversation)?.handover;
        handover
            .kept_note
            .as_ref()
            .filter(|_| handover.note.is_none())
    }

    /// Whether the note was changed here and the server does not have the change.
    #[must_use]
    pub fn is_note_unsaved(&self, conversation: ConversationId) -> bool {
        self.talks
            .get(&conversation)
            .is_some_and(|talk| talk.handover.has_unsaved_note())
    }
}
