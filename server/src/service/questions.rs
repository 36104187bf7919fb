//! What visitors are asked in a person's name at the end, in their own language.

use desk::{AgentAction, Command, Desk, SolvedQuestion};
use protocol::CommandId;

use crate::languages::{Language, Plain};

/// The question that asks for its words: the visitor's language is known where the conversation is.
#[must_use]
pub fn wordless(id: CommandId) -> SolvedQuestion {
    SolvedQuestion {
        id,
        text: String::new(),
        yes: String::new(),
        no: String::new(),
    }
}

/// Puts the words of the visitor's language into a question that has none.
pub fn phrase(desk: &Desk, command: &mut Command) {
    if let Command::Agent {
        conversation,
        action: AgentAction::Resolve {
            question: Some(question),
        },
        ..
    } = command
    {
        let conversation = desk.conversation(*conversation);
        let language = conversation.and_then(|it| it.arranged.language);
        let language = language.and_then(|language| Language::find(language.as_str()));
        let language = language.unwrap_or_else(Language::original);
        question.text = language.plain(Plain::AskSolved).into();
        question.yes = language.plain(Plain::SolvedYes).into();
        question.no = language.plain(Plain::SolvedNo).into();
    }
}
