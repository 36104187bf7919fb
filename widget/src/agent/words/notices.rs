//! What is said of things that happened, or did not.

use protocol::{CaseHolder, Receipt, RefusalCode};
use session::agent::{AgentSession, Deed, Notice, Why};

use super::super::desk::Told;
use super::{BAD_NEWS, GOOD_NEWS, lost_in_all, not_sent, number};

/// The agent is off duty and pressed *Take*.
pub fn off_duty_take(receipt: Option<Receipt>) -> Told {
    bad(format!(
        "You are off duty. Go on duty to take {}.",
        number(receipt)
    ))
}

/// What was not done, as the server has said it.
pub fn refused(words: String) -> Told {
    bad(words)
}

/// The words of a notice.
pub fn told(session: &AgentSession, notice: &Notice) -> Told {
    let number_of = |conversation| number(session.case(conversation).and_then(|case| case.receipt));
    match notice {
        Notice::Done(deed, conversation) => {
            let number = number_of(*conversation);
            good(match deed {
                Deed::Take => format!("You have taken {number}."),
                Deed::Resolve => "Marked as solved.".into(),
                Deed::Transfer => format!("{number} is back in the queue, with its original time."),
                Deed::Snooze => format!("{number} is put off. The visitor has been told."),
                Deed::Wake => format!("You go on with {number}."),
                Deed::AskLead => "The leads have been asked.".into(),
                Deed::AskNoLead => "No lead is asked any more.".into(),
            })
        }
        Notice::NotDone {
            deed,
            conversation,
            why,
        } => not_done(*deed, &number_of(*conversation), why),
        Notice::NotSent(_, error) => bad(not_sent(*error).into()),
        Notice::HandedBack(conversation, code) => {
            let number = number_of(*conversation);
            let (why, place) = match session.holder(*conversation) {
                Some(CaseHolder::Me {}) => (refusal(*code).into(), "in the reply box"),
                Some(CaseHolder::Other { name }) => {
                    (format!("{name} has it now."), "below the conversation")
                }
                _ => (refusal(*code).into(), "below the conversation"),
            };
            bad(format!(
                "Your reply to {number} was not sent: {why} It is kept {place}."
            ))
        }
        Notice::Duty(true) => good("You are on duty.".into()),
        Notice::Duty(false) => good("You are off duty.".into()),
        Notice::DutyNotChanged(why) => {
            bad(format!("Nothing has changed: {} Try again.", reason(why)))
        }
        Notice::TakenOffDuty => {
            bad("You are off duty now. Go on duty to take conversations.".into())
        }
        Notice::Lost { count, away_ms } => bad(lost_in_all(*count, *away_ms)),
        Notice::NotLoaded(_) => {
            bad("Older messages could not be loaded now. Try again in a moment.".into())
        }
        Notice::MostNotChanged(why) => bad(format!("Your number has not changed: {}", reason(why))),
        Notice::NextNotTaken(Why::Refused(RefusalCode::NotWaiting)) => {
            good("Nobody is waiting.".into())
        }
        Notice::NextNotTaken(why) => bad(format!("Nothing was taken: {}", reason(why))),
        Notice::NoteNotAdded(_, error) => bad(not_sent(*error).into()),
        Notice::NoteHandedBack(_, code) => bad(format!(
            "Your note was not kept: {} It is still in its box.",
            refusal(*code)
        )),
        Notice::NotCorrected(_, why) => bad(format!("The card has not changed: {}", reason(why))),
        Notice::TopicNotChanged(_, why) => {
            bad(format!("The topic has not changed: {}", reason(why)))
        }
    }
}

fn not_done(deed: Deed, number: &str, why: &Why) -> Told {
    bad(match (deed, why) {
        (Deed::Take, Why::Other(name)) => {
            format!("Somebody else was quicker: {name} has taken {number}.")
        }
        (Deed::Take, Why::Refused(RefusalCode::HeldByAnother)) => {
            format!("Somebody else was quicker: {number} is taken.")
        }
        (Deed::Take, why) => format!("{number} is not taken: {}", reason(why)),
        (Deed::Resolve, why) => format!("{number} is not marked as solved: {}", reason(why)),
        (Deed::Transfer, why) => format!("{number} is not passed on: {}", reason(why)),
        (Deed::Snooze, why) => format!("{number} is not put off: {}", reason(why)),
        (Deed::Wake, why) => format!("{number} is still put off: {}", reason(why)),
        (Deed::AskLead, why) => format!("No lead was asked: {}", reason(why)),
        (Deed::AskNoLead, why) => format!("A lead is still asked: {}", reason(why)),
    })
}

fn reason(why: &Why) -> String {
    match why {
        Why::NoConnection => "there is no connection. Press again when it is back.".into(),
        Why::Other(name) => format!("{name} has it now."),
        Why::Refused(code) => refusal(*code).into(),
    }
}

fn refusal(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::HeldByAnother => "somebody else has it now.",
        RefusalCode::NotWaiting => "it is not waiting any more.",
        RefusalCode::NotYours => "it is not yours any more.",
        RefusalCode::OffDuty => "you are off duty. Go on duty first.",
        RefusalCode::NoSuchConversation => "the desk does not know it any more.",
        RefusalCode::Empty => "there was nothing to send.",
        RefusalCode::TooLong => "it is longer than 8,000 characters.",
        RefusalCode::Full => {
            "you have as many conversations as you chose. Finish one, or choose a higher number."
        }
        RefusalCode::NotThere => "nobody is there to take it. Choose somebody else.",
        RefusalCode::OutOfRange => "choose a time within the next 90 days.",
        RefusalCode::TooFast => "too much was sent in a short time.",
        RefusalCode::Unavailable => "the server cannot store anything right now.",
        _ => "this page and the server do not understand each other. Load the page again.",
    }
}

fn good(words: String) -> Told {
    Told {
        kind: GOOD_NEWS,
        words,
    }
}

fn bad(words: String) -> Told {
    Told {
        kind: BAD_NEWS,
        words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_quicker_is_named_where_it_is_known() {
        let told = not_done(Deed::Take, "No. 4127", &Why::Other("Ben".into()));
        assert_eq!(
            told.words,
            "Somebody else was quicker: Ben has taken No. 4127."
        );
        assert_eq!(told.kind, BAD_NEWS);
    }

    #[test]
    fn every_refusal_ends_as_a_sentence() {
        for &code in RefusalCode::ALL {
            assert!(refusal(code).ends_with('.'), "{code:?}");
        }
    }
}
