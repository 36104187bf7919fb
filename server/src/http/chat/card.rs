//! How a conversation stands, with what is known of it while it waits, and what the visitor puts right of that.

use protocol::{Answering, CommandId, ConversationId, RefusalCode, Seq};
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use super::Visit;
use super::form::{Act, Post};
use super::problem::Problem;
use crate::page::Standing;
use crate::secret;
use crate::service::{CorrectionJob, End, Reply, kept_correction};
use crate::store::Page;
use crate::visitor::{Conversation, Visitor};

impl Visit<'_> {
    /// How a conversation stands.
    ///
    /// # Errors
    ///
    /// [`RefusalCode::Unavailable`] if the store cannot be read.
    pub(super) async fn standing(
        &self,
        conversation: ConversationId,
    ) -> Result<Standing, RefusalCode> {
        let service = &self.app.service;
        let language = protocol::Language::of(self.language.tag());
        let greeting = service
            .greet_visitor(self.site.id, conversation, None, language)
            .await?;
        let page = Page::After(Seq(0));
        let history = service
            .history(conversation, page, greeting.last_seq)
            .await?;
        let facts = match greeting.state.answering {
            Answering::Queue { .. } => {
                let last = greeting.last_seq;
                service.card(self.site.id, conversation, last).await?
            }
            _ => vec![],
        };
        Ok(Standing {
            state: greeting.state,
            history,
            facts,
        })
    }

    /// Keeps what a post puts right: all of it, or what comes before the first that cannot be kept.
    ///
    /// # Errors
    ///
    /// Why it is not kept.
    pub(super) async fn put_right(&self, visitor: &Visitor, post: &Post) -> Result<(), Problem> {
        let Conversation::Begun(conversation) = visitor.conversation else {
            return Ok(());
        };
        for (index, correction) in post.corrections.iter().enumerate() {
            let bad = |_| Problem::Refused(RefusalCode::BadFact);
            let correction = kept_correction(correction).map_err(bad)?;
            self.wait_for_turn(visitor, Act::Correct).await?;
            let (reply, answer) = oneshot::channel();
            let job = CorrectionJob {
                site: self.site.id,
                conversation,
                id: id_within(post.command_id(), index),
                by: End::Visitor,
                correction,
                reply: Reply::Caller(reply),
            };
            self.app.service.keep_correction(job).await;
            let answer = answer.await.unwrap_or(Err(RefusalCode::Unavailable));
            answer.map_err(Problem::Refused)?;
        }
        Ok(())
    }
}

/// The id of one of the commands that a post stands for.
fn id_within(post: CommandId, index: usize) -> CommandId {
    let digest = Sha256::new()
        .chain_update(post.0.to_be_bytes())
        .chain_update(index.to_be_bytes());
    CommandId(secret::id_from(digest))
}
