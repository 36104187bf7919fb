//! What shops' pages say of their visitors: kept beside the conversation, told to the people who may read it, and to
//! nobody else (G7).

use std::sync::Arc;

use protocol::{
    Ack, AgentFrame, AgentId, CommandId, Context, ContextValue, ConversationId, RefusalCode,
    Unverified,
};

use super::commit::{answer, refuse};
use super::sequencer::Sequencer;
use super::{Reply, unavailable, wire};
use crate::outbox::Outbox;
use crate::redact::redact;
use crate::store::SiteId;

/// What a shop's page says.
pub struct ContextJob {
    /// On which site.
    pub site: SiteId,
    /// Of whose visitor.
    pub conversation: ConversationId,
    /// By what id.
    pub id: CommandId,
    /// What, checked and masked.
    pub context: Context,
    /// Where the answer goes.
    pub reply: Reply,
}

impl Sequencer {
    /// Keeps what a shop's page says, tells it to the people who may read it, and answers.
    pub(super) async fn keep_context(&mut self, job: ContextJob) {
        let ContextJob {
            site,
            conversation,
            id,
            context,
            reply,
        } = job;
        let kept = match self.fetch(site, conversation, false).await {
            Ok(()) => match self.store.put_context(conversation, &context).await {
                Ok(true) => Ok(()),
                Ok(false) => Err(RefusalCode::NoSuchConversation),
                Err(error) => Err(unavailable(&error)),
            },
            Err(code) => Err(code),
        };
        match kept {
            Ok(()) => {
                let frame = wire::agent_frame(&AgentFrame::Context {
                    conversation,
                    values: as_text(context),
                });
                let standing = self.conversation(site, conversation);
                let holder = standing.and_then(|standing| standing.holder.agent());
                self.hub.tell_readers(conversation, holder, &frame);
                let ack = Ack {
                    id,
                    seq: None,
                    at: (self.clock)(),
                    receipt: None,
                };
                answer(reply, ack);
            }
            Err(code) => refuse(reply, Some(id), code),
        }
        self.forget_if_idle(site, conversation);
    }

    /// Tells an agent's connections what the shop's page says, if it is theirs to read.
    pub(super) async fn tell_context(
        &self,
        site: SiteId,
        conversation: ConversationId,
        agent: AgentId,
    ) {
        let desk = self.desks.get(&site);
        let may_read = desk.is_some_and(|desk| desk.readable_by(agent, conversation).is_some());
        if !may_read || !self.hub.has_other(agent, None::<&Arc<Outbox>>) {
            return;
        }
        match self.store.context(site, conversation).await {
            Ok(context) => {
                let frame = AgentFrame::Context {
                    conversation,
                    values: as_text(context),
                };
                self.hub.tell_agent(agent, &wire::agent_frame(&frame));
            }
            // It is kept, and told again whenever the conversation is opened.
            Err(error) => {
                unavailable(&error);
            }
        }
    }
}

/// A context with card numbers and the like masked, wherever they stand.
#[must_use]
pub fn masked(context: Context) -> Context {
    let masked = |text: &str| redact(text).into_owned();
    let values = context.0.into_iter().map(|(name, value)| {
        let value = match value {
            ContextValue::Text(text) => ContextValue::Text(masked(&text)),
            ContextValue::Number(number) => {
                let shown = masked(&number);
                if shown == number {
                    ContextValue::Number(number)
                } else {
                    ContextValue::Text(shown)
                }
            }
            other => other,
        };
        (masked(&name), value)
    });
    Context(values.collect())
}

/// What agents are shown of a context.
pub fn as_text(context: Context) -> Vec<Unverified> {
    let text = |(name, value)| Unverified {
        name,
        value: match value {
            ContextValue::Text(text) | ContextValue::Number(text) => text,
            ContextValue::Bool(value) => value.to_string(),
            ContextValue::Null => String::new(),
        },
    };
    context.0.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// G8: in names, texts and numbers.
    #[test]
    fn card_numbers_are_masked_wherever_a_page_puts_them() {
        let card = "4111111111111111";
        let number = |text: &str| ContextValue::Number(text.into());
        let context = Context(vec![
            (card.into(), ContextValue::Text(format!("paid with {card}"))),
            ("card".into(), number(card)),
            ("total".into(), number("129.5")),
            ("member".into(), ContextValue::Bool(true)),
            ("coupon".into(), ContextValue::Null),
        ]);
        let shown = as_text(masked(context));
        let pairs: Vec<(&str, &str)> = shown.iter().map(|it| (&*it.name, &*it.value)).collect();
        assert_eq!(
            pairs,
            [
                (
                    "[card ending 1111 removed]",
                    "paid with [card ending 1111 removed]"
                ),
                ("card", "[card ending 1111 removed]"),
                ("total", "129.5"),
                ("member", "true"),
                ("coupon", ""),
            ]
        );
    }
}
