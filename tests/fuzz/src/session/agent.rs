//! An agent's page and its session.

use protocol::{
    AgentFace, AgentFrame, AgentId, AgentWelcome, Begun, Case, CaseHolder, CaseList, CommandId,
    ConversationId, Counts, Draft, EpochId, Language, Lapse, Receipt, Rest, Role, TeamId, TopicId,
    Typing, VERSION,
};
use session::Moment;
use session::agent::{AgentKept, AgentSession, Deed, Input, List, Output};

use super::{Line, OUTPUTS, WAKES, assert_gapless, frame, pass};
use crate::choices::Choices;

const CONVERSATIONS: u8 = 3;

struct Page {
    session: AgentSession,
    now: Moment,
    line: Line,
    sent: Vec<CommandId>,
}

pub fn check(choices: &mut Choices<'_>) {
    let mut page = Page {
        session: AgentSession::new(1, AgentKept::default(), Moment(0)),
        now: Moment(0),
        line: Line::None,
        sent: vec![],
    };
    page.hand(Input::Wake);
    let mut own = 1_000;
    while let Some(choice) = choices.any() {
        page.now = pass(choices, page.now);
        own += 1;
        let id = CommandId(own);
        let about = conversation(choices);
        let input = match choice % 16 {
            0 if page.line == Line::Asked => {
                page.line = Line::Open;
                Input::Connected
            }
            1 if page.line != Line::None => {
                page.line = Line::None;
                let codes = [None, Some(1006), Some(1012), Some(4001), Some(4010)];
                Input::Closed(codes[usize::from(choices.below(5))])
            }
            2..=7 if page.line == Line::Open => Input::Frame(frame_of(choices, &page.sent)),
            8 => Input::View(choices.yes().then_some(about)),
            9 => match choices.below(4) {
                0 => Input::Note(about, "A note".into()),
                1 => Input::UseBegun(about),
                2 => Input::DropBegun(about),
                _ => Input::Draft(about, "A reply".into()),
            },
            10 => match choices.below(6) {
                0 => Input::Hold(about, id),
                1 => Input::Undo(about),
                2 => Input::SendHeld(about),
                3 => Input::AddNote(about, id),
                4 => Input::TakeNext,
                _ => Input::Reply(about, id),
            },
            11 => {
                let deeds = [Deed::Take, Deed::Resolve, Deed::Transfer, Deed::Wake];
                Input::Act(deeds[usize::from(choices.below(4))], about, id)
            }
            12 => Input::Older(about),
            13 => Input::Duty(choices.yes()),
            14 => match choices.below(6) {
                0 => Input::InView(choices.yes()),
                1 => Input::Nudged,
                2 => Input::SignedOut,
                3 => Input::SignedIn,
                4 if page.line == Line::Open => Input::Unknown,
                // The page is loaded anew, from what it has kept.
                _ => {
                    let kept = page.session.kept();
                    page.session = AgentSession::new(own as u64, kept, page.now);
                    page.line = Line::None;
                    Input::Wake
                }
            },
            _ => Input::Wake,
        };
        page.hand(input);
        page.wake();
    }
}

impl Page {
    fn hand(&mut self, input: Input) {
        self.session.handle(input, self.now);
        for number in 0.. {
            assert!(number < OUTPUTS, "outputs without end");
            let Some(output) = self.session.poll() else {
                break;
            };
            match output {
                Output::Connect => self.line = Line::Asked,
                Output::Close => self.line = Line::None,
                Output::Send(frame) => {
                    assert!(self.line == Line::Open, "sent into nothing: {frame:?}");
                    self.sent.push(frame.id);
                }
                _ => {}
            }
        }
        for number in 0..CONVERSATIONS {
            let conversation = ConversationId(number.into());
            assert_gapless(self.session.events(conversation));
            // What is shown beside the log.
            let _shown = (
                self.session.replies(conversation).len(),
                self.session.card(conversation),
            );
        }
        let (queue, mine) = (
            self.session.lines(List::Queue),
            self.session.lines(List::Mine),
        );
        let is_mine = |line: &session::agent::Line| {
            mine.iter()
                .any(|held| held.case.conversation == line.case.conversation)
        };
        assert!(!queue.iter().any(is_mine), "in both lists");
    }

    fn wake(&mut self) {
        for _ in 0..WAKES {
            if self.session.wake_at().is_none_or(|at| at > self.now) {
                return;
            }
            self.hand(Input::Wake);
        }
        panic!("it wants to be woken for ever");
    }
}

fn conversation(choices: &mut Choices<'_>) -> ConversationId {
    ConversationId(choices.below(CONVERSATIONS).into())
}

fn holder(choices: &mut Choices<'_>) -> CaseHolder {
    match choices.below(5) {
        0 => CaseHolder::Queue {},
        1 => CaseHolder::Me {},
        2 => CaseHolder::Other { name: "Ben".into() },
        3 => CaseHolder::Bot {},
        _ => CaseHolder::Nobody {},
    }
}

fn lapse(choices: &mut Choices<'_>) -> Lapse {
    Lapse {
        conversation: conversation(choices),
        at: frame::time(choices),
        holder: holder(choices),
    }
}

fn begun(choices: &mut Choices<'_>) -> Begun {
    Begun {
        name: "Ben".into(),
        mine: choices.yes(),
        at: frame::time(choices),
        text: "Hello, I".into(),
    }
}

fn case(choices: &mut Choices<'_>) -> Case {
    Case {
        receipt: choices.yes().then(|| Receipt(choices.below(4).into())),
        since: choices.yes().then(|| frame::time(choices)),
        priority: choices.yes(),
        preview: "Hello".into(),
        contact: choices.yes().then(|| "sam@example.org".into()),
        supervisor: frame::wish(choices),
        vulnerable: choices.yes().then(|| frame::seq(choices)),
        unanswered: choices.below(3).into(),
        seen: frame::seq(choices),
        offer: choices.yes().then(|| frame::time(choices)),
        wanted: choices.yes().then(|| "Ben".into()),
        team: choices.yes().then_some(TeamId(1)),
        topic: choices.yes().then_some(TopicId(1)),
        language: Language::of(["es", "none at all"][usize::from(choices.yes())]),
        snoozed: choices.yes().then(|| frame::time(choices)),
        help: choices.yes().then(|| frame::time(choices)),
        ..Case::bare(conversation(choices), holder(choices), frame::seq(choices))
    }
}

fn rest(choices: &mut Choices<'_>) -> Rest {
    let list = CaseList::EACH[usize::from(choices.yes())];
    let after = list.place(&case(choices));
    Rest { list, after }
}

fn counts(choices: &mut Choices<'_>) -> Counts {
    Counts {
        waiting: choices.below(5).into(),
        held: choices.below(5).into(),
    }
}

fn frame_of(choices: &mut Choices<'_>, sent: &[CommandId]) -> AgentFrame {
    match choices.below(10) {
        0 => AgentFrame::Welcome(AgentWelcome {
            version: VERSION,
            epoch: EpochId(choices.below(2).into()),
            now: frame::time(choices),
            heartbeat_ms: [0, 15_000, u32::MAX][usize::from(choices.below(3))],
            me: AgentFace {
                id: AgentId(1),
                name: "Ana".into(),
                on_duty: choices.yes(),
                load: choices.below(3).into(),
                lead: choices.yes(),
                role: [Role::Agent, Role::Lead, Role::Admin][usize::from(choices.below(3))],
                most: choices.below(9).into(),
            },
            site: "The shop".into(),
            cases: (0..choices.below(4)).map(|_| case(choices)).collect(),
            rest: (0..choices.below(3)).map(|_| rest(choices)).collect(),
            counts: counts(choices),
            newest: choices.yes().then(|| Receipt(choices.below(5).into())),
            lapsed: (0..choices.below(3)).map(|_| lapse(choices)).collect(),
        }),
        1 | 2 => AgentFrame::Case(case(choices)),
        3 => AgentFrame::History {
            id: frame::id(choices, sent),
            conversation: conversation(choices),
            page: frame::page(choices, sent),
        },
        4 => AgentFrame::Typing {
            conversation: conversation(choices),
            typing: Typing {
                author: frame::author(choices),
                on: choices.yes(),
            },
        },
        5 if choices.yes() => AgentFrame::Draft {
            conversation: conversation(choices),
            draft: Draft {
                reply: choices.yes().then(|| begun(choices)),
                note: choices.yes().then(|| begun(choices)),
            },
        },
        5 => AgentFrame::Duty { on: choices.yes() },
        6 => AgentFrame::Ack(frame::ack(choices, sent)),
        7 => AgentFrame::Refused(frame::refused(choices, sent)),
        8 if choices.yes() => {
            let Rest { list, after } = rest(choices);
            AgentFrame::Listed {
                id: frame::id(choices, sent),
                list,
                cases: (0..choices.below(4)).map(|_| case(choices)).collect(),
                rest: choices.yes().then_some(after),
            }
        }
        8 if choices.yes() => AgentFrame::Counts(counts(choices)),
        8 => AgentFrame::Pong {
            id: frame::id(choices, sent),
        },
        _ => AgentFrame::Event {
            conversation: conversation(choices),
            event: frame::event(choices, sent),
        },
    }
}
