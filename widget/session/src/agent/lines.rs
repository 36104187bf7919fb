//! The agent's lists as the page shows them, and their lines.

use std::ops::Range;

use protocol::{Author, Case, CaseList, ConversationId, Timestamp};

use super::{AgentSession, Deed};

/// One line of *Queue* or *My conversations*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// How the conversation stands.
    pub case: Case,
    /// The visitor's messages that the agent has not looked at.
    pub unread: u32,
    /// The visitor is writing.
    pub writing: bool,
    /// What is being done with it and has no answer yet.
    pub deed: Option<Deed>,
}

/// A list of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Who waits, the next one first.
    Queue,
    /// What this agent holds, the oldest request first.
    Mine,
    /// What other people hold, as a lead is told.
    Others,
}

impl List {
    /// What the server tells of it where it is long; none if it is always told as a whole.
    pub(super) fn in_parts(self) -> Option<CaseList> {
        match self {
            Self::Queue => Some(CaseList::Queue),
            Self::Mine => None,
            Self::Others => Some(CaseList::All),
        }
    }
}

impl AgentSession {
    /// How many lines a list has, those among them that are not known yet: these come after all others.
    #[must_use]
    pub fn count(&self, list: List) -> usize {
        match list {
            List::Queue => self.cases.waiting(),
            List::Mine => self.cases.order().known(list).count(),
            List::Others => self.cases.held_by_others(),
        }
    }

    /// The conversations in these lines of a list, the first one at 0, as far as they are known.
    #[must_use]
    pub fn listed(&self, list: List, lines: Range<usize>) -> Vec<ConversationId> {
        let known = self.cases.order().known(list);
        known.skip(lines.start).take(lines.len()).collect()
    }

    /// Which line of a list a conversation is, the first one at 0; none if it is not there, or not known to be.
    #[must_use]
    pub fn place_in(&self, list: List, conversation: ConversationId) -> Option<usize> {
        let mut known = self.cases.order().known(list);
        known.position(|it| it == conversation)
    }

    /// All lines of a list that are known.
    #[must_use]
    pub fn lines(&self, list: List) -> Vec<Line> {
        let known = self.cases.order().known(list);
        known.filter_map(|id| self.line(id)).collect()
    }

    /// The line of a conversation; none if the server has not told of it.
    #[must_use]
    pub fn line(&self, conversation: ConversationId) -> Option<Line> {
        let case = self.case(conversation)?;
        Some(Line {
            unread: self.cases.unread(conversation),
            writing: matches!(self.writing(conversation), Some(Author::Visitor {})),
            deed: self.deed(conversation),
            case: case.clone(),
        })
    }

    /// Since when somebody has waited longest, of those who are known; none if nobody waits.
    #[must_use]
    pub fn longest_wait(&self) -> Option<Timestamp> {
        self.cases.order().longest_wait()
    }

    /// The visitors' messages that the agent has not looked at, in all that they hold.
    #[must_use]
    pub fn all_unread(&self) -> u32 {
        let mine = self.cases.order().known(List::Mine);
        mine.map(|id| self.cases.unread(id)).sum()
    }
}
