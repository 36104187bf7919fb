//! A visitor's page and its session.

use std::collections::BTreeMap;

use protocol::{
    CommandId, Context, ContextValue, ConversationId, EpochId, SiteFace, Token, Typing, VERSION,
    VisitorFrame, Welcome,
};
use session::visitor::{Input, Output, Saved, VisitorSession};
use session::{Kept, Moment};

use super::{Line, OUTPUTS, WAKES, assert_gapless, frame, pass};
use crate::choices::Choices;

/// A page: what it keeps outlives its session.
struct Page {
    session: VisitorSession,
    now: Moment,
    line: Line,
    saved: Saved,
    kept: BTreeMap<CommandId, Kept<protocol::VisitorCommand>>,
    sent: Vec<CommandId>,
}

pub fn check(choices: &mut Choices<'_>) {
    let mut page = Page {
        session: VisitorSession::new(Saved::default(), vec![], None, 1, Moment(0)),
        now: Moment(0),
        line: Line::None,
        saved: Saved::default(),
        kept: BTreeMap::new(),
        sent: vec![],
    };
    page.hand(Input::Wake);
    let mut own = 1_000;
    while let Some(choice) = choices.any() {
        page.now = pass(choices, page.now);
        own += 1;
        let id = CommandId(own);
        let input = match choice % 16 {
            0 if page.line == Line::Asked => {
                page.line = Line::Open;
                Input::Connected
            }
            1 if page.line != Line::None => {
                page.line = Line::None;
                let codes = [None, Some(1006), Some(1012), Some(4001), Some(4005)];
                Input::Closed(codes[usize::from(choices.below(5))])
            }
            2..=7 if page.line == Line::Open => {
                Input::Frame(Box::new(frame_of(choices, &page.sent)))
            }
            8 => Input::Say {
                id,
                text: "Hello".into(),
            },
            9 => Input::Human { id },
            10 => Input::Leave { id },
            11 => Input::TakeBack {
                id: frame::id(choices, &page.sent),
                draft: "draft".into(),
            },
            12 => [Input::Earlier, Input::NetworkChanged][usize::from(choices.below(2))].clone(),
            13 => Input::Visible(choices.yes()),
            14 => match choices.below(4) {
                0 => Input::TokenFound(Token("of another tab".into())),
                1 => Input::Typed("draft".into()),
                2 => Input::Posted {
                    id: frame::id(choices, &page.sent),
                },
                // The page is loaded anew, from what it has kept.
                _ => {
                    let kept = page.kept.values().cloned().collect();
                    page.session =
                        VisitorSession::new(page.saved.clone(), kept, None, own as u64, page.now);
                    page.line = Line::None;
                    Input::Wake
                }
            },
            15 => match choices.below(4) {
                0 => Input::Supervisor { id },
                1 => Input::Assistant { id },
                2 => Input::Context(Context(vec![("order".into(), ContextValue::Null)])),
                _ => Input::End { id },
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
            let Some(output) = self.session.next_output() else {
                break;
            };
            match output {
                Output::Connect => self.line = Line::Asked,
                Output::Close => self.line = Line::None,
                Output::Send(frame) => {
                    assert!(self.line == Line::Open, "sent into nothing: {frame:?}");
                    self.sent.push(frame.id);
                }
                Output::Save(saved) => self.saved = saved,
                Output::Keep(kept) => {
                    self.kept.insert(kept.id, kept);
                }
                Output::Forget(id) => {
                    self.kept.remove(&id);
                }
                Output::Arrived { .. } | Output::ContextRefused | Output::Changed(_) => {}
            }
        }
        assert_gapless(self.session.events());
        let unsent = self.session.pending().count();
        assert!(unsent <= 1_000_000);
        // A wait is shown from these two: never less than nothing (R10).
        let since = self.session.state().and_then(|state| state.waiting);
        if let (Some(now), Some(waiting)) = (self.session.server_time(self.now), since) {
            assert!(i64::try_from(now.since_ms(waiting.since)).is_ok());
        }
    }

    /// Wakes the session as long as it wants to be at this moment.
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

fn frame_of(choices: &mut Choices<'_>, sent: &[CommandId]) -> VisitorFrame {
    match choices.below(8) {
        0 => VisitorFrame::Welcome(Welcome {
            version: VERSION,
            conversation: ConversationId(choices.below(2).into()),
            token: choices.yes().then(|| Token("of the server".into())),
            epoch: EpochId(choices.below(2).into()),
            now: frame::time(choices),
            heartbeat_ms: [0, 15_000, u32::MAX][usize::from(choices.below(3))],
            site: SiteFace {
                name: "The shop".into(),
                bot: choices.yes(),
                contact: "hello@shop.example".into(),
            },
            state: frame::state(choices),
            history: frame::page(choices, sent),
        }),
        1 => VisitorFrame::State(frame::state(choices)),
        2 => VisitorFrame::Typing(Typing {
            author: frame::author(choices),
            on: choices.yes(),
        }),
        3 => VisitorFrame::Ack(frame::ack(choices, sent)),
        4 => VisitorFrame::Refused(frame::refused(choices, sent)),
        5 => VisitorFrame::History(frame::page(choices, sent)),
        6 => VisitorFrame::Pong {
            id: frame::id(choices, sent),
        },
        _ => VisitorFrame::Event(frame::event(choices, sent)),
    }
}
