//! What posts wait for: their turn, where there are more than people make, and the assistant's answer.

use std::time::Duration;

use protocol::{Ack, Answering, ConversationId, RefusalCode};

use super::Visit;
use super::form::Act;
use super::problem::Problem;
use crate::floods::{self, Work};
use crate::store::Page;
use crate::visitor::{Conversation, Visitor};

/// How long a post waits for the assistant's answer, so that the page that comes back holds it. Answers from help
/// articles take milliseconds; whoever waits for a slower one is not held up, but presses *Check for new messages*.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// The first pause between two looks for the answer; each one is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_millis(10);

impl Visit<'_> {
    /// A press waits for its turn, where there are more than people make; anything else is refused then.
    pub async fn wait_for_turn(&self, visitor: &Visitor, act: Act) -> Result<(), Problem> {
        let (Some(from), floods) = (self.from, &self.app.floods) else {
            return Ok(());
        };
        let conversation = visitor.conversation_id(self.site.id);
        let begins = visitor.conversation == Conversation::New;
        if matches!(act, Act::Human | Act::Supervisor) {
            floods::wait(floods.turn(from, conversation, begins)).await;
            return Ok(());
        }
        match floods.pass(from, conversation, Work::Stored) {
            Some(stored_after) if !begins || floods.may_begin(from) => {
                floods::wait(stored_after).await;
                Ok(())
            }
            _ => Err(Problem::Refused(RefusalCode::TooFast)),
        }
    }

    /// Waits for the event after the visitor's message if the assistant has the conversation, for a short while.
    pub async fn wait_for_answer(&self, conversation: ConversationId, message: Ack) {
        let (Some(seq), service) = (message.seq, &self.app.service) else {
            return;
        };
        let answered = async {
            let greeting = service
                .greet_visitor(self.site.id, conversation, None, None)
                .await;
            let bot_has_it = |state| matches!(state, Answering::Bot {});
            if !greeting.is_ok_and(|greeting| bot_has_it(greeting.state.answering)) {
                return;
            }
            let mut pause = FIRST_PAUSE;
            // A store that fails now is reported by whoever reads it for the page.
            while let Ok(page) = service
                .store()
                .history(conversation, Page::After(seq))
                .await
            {
                if !page.events.is_empty() {
                    return;
                }
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
        };
        // Late is not wrong: the page says how to look again.
        let _in_time = tokio::time::timeout(ANSWER_WITHIN, answered).await;
    }
}
