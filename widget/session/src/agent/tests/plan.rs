//! Random frames, presses, losses and waits: whatever happens, nothing panics, nothing written is lost, and the
//! queue is in order.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use protocol::{Begun, Draft, EventKind, ReturnReason, TextError, Typing};

use super::*;

/// One thing that happens.
#[expect(
    clippy::large_enum_variant,
    reason = "a plan has few steps, and is gone with its test"
)]
#[derive(Debug, Clone)]
enum Step {
    Input(Input),
    /// The server answers the oldest command that waits for an answer.
    Answer(Reaction),
    /// The server greets.
    Greet(Vec<Case>, u128),
    PassMs(u64),
}

#[derive(Debug, Clone)]
enum Reaction {
    Ack(u64),
    Refuse(RefusalCode),
    History(HistoryPage),
    Nothing,
}

fn conversation() -> impl Strategy<Value = ConversationId> {
    (1..=3_u128).prop_map(ConversationId)
}

fn id() -> impl Strategy<Value = CommandId> {
    (0..40_u128).prop_map(CommandId)
}

fn some_case() -> impl Strategy<Value = Case> {
    let holder = prop_oneof![
        Just(CaseHolder::Queue {}),
        Just(CaseHolder::Me {}),
        Just(CaseHolder::Bot {}),
        Just(CaseHolder::Nobody {}),
        Just(CaseHolder::Other { name: "Bo".into() }),
    ];
    (
        conversation(),
        holder,
        proptest::option::of(0..5_i64),
        any::<bool>(),
        0..4_u32,
        0..12_u64,
    )
        .prop_map(
            |(conversation, holder, since, priority, unanswered, last_seq)| Case {
                holder,
                since: since.map(Timestamp),
                priority,
                unanswered,
                ..case(conversation, CaseHolder::Bot {}, last_seq)
            },
        )
}

fn some_event() -> impl Strategy<Value = Event> {
    let kind = prop_oneof![
        Just(visitor(0, "Hello?").kind),
        id().prop_map(|id| ana(0, id, "another's").kind),
        Just(EventKind::Taken {
            agent: "Ana".into(),
            lead: false,
        }),
        Just(EventKind::Returned {
            reason: ReturnReason::Vanished,
            agent: "Ana".into()
        }),
        Just(EventKind::Resolved {
            agent: "Ana".into()
        }),
    ];
    (0..12_u64, kind).prop_map(|(seq, kind)| Event {
        seq: Seq(seq),
        at: Timestamp(0),
        kind,
    })
}

fn some_page() -> impl Strategy<Value = HistoryPage> {
    (1..10_u64, 0..5_u64, any::<bool>())
        .prop_map(|(first, length, earlier)| page(first..first + length, earlier))
}

fn frame() -> impl Strategy<Value = AgentFrame> {
    prop_oneof![
        some_case().prop_map(AgentFrame::Case),
        (conversation(), some_event()).prop_map(|(conversation, event)| AgentFrame::Event {
            conversation,
            event
        }),
        (id(), conversation(), some_page()).prop_map(|(id, conversation, page)| {
            AgentFrame::History {
                id,
                conversation,
                page,
            }
        }),
        (conversation(), any::<bool>()).prop_map(|(conversation, on)| AgentFrame::Typing {
            conversation,
            typing: Typing {
                author: Author::Visitor {},
                on
            }
        }),
        (conversation(), some_words(), some_words()).prop_map(|(conversation, reply, note)| {
            AgentFrame::Draft {
                conversation,
                draft: Draft { reply, note },
            }
        }),
        any::<bool>().prop_map(|on| AgentFrame::Duty { on }),
        id().prop_map(|id| AgentFrame::Pong { id }),
    ]
}

fn some_words() -> impl Strategy<Value = Option<Begun>> {
    let words = any::<bool>().prop_map(|mine| Begun {
        name: if mine { "Ana" } else { "Bo" }.into(),
        mine,
        at: Timestamp(0),
        text: "begun elsewhere".into(),
    });
    proptest::option::of(words)
}

fn code() -> impl Strategy<Value = RefusalCode> {
    (0..RefusalCode::ALL.len()).prop_map(|index| RefusalCode::ALL[index])
}

fn step() -> impl Strategy<Value = Step> {
    let deed = prop_oneof![Just(Deed::Take), Just(Deed::Resolve), Just(Deed::Transfer)];
    let input = prop_oneof![
        4 => frame().prop_map(Input::Frame),
        1 => Just(Input::Connected),
        1 => Just(Input::Unknown),
        1 => proptest::option::of(prop_oneof![Just(1006), Just(1012), Just(4003)]).prop_map(Input::Closed),
        1 => Just(Input::Nudged),
        1 => Just(Input::SignedIn),
        1 => any::<bool>().prop_map(Input::Duty),
        2 => proptest::option::of(conversation()).prop_map(Input::View),
        1 => any::<bool>().prop_map(Input::InView),
        1 => conversation().prop_map(Input::Older),
        1 => conversation().prop_map(|conversation| Input::Note(conversation, "noted here".into())),
        1 => conversation().prop_map(Input::UseBegun),
        1 => conversation().prop_map(Input::DropBegun),
        3 => (conversation(), id()).prop_map(|(conversation, id)| Input::Reply(conversation, id)),
        2 => (deed, conversation(), id()).prop_map(|(deed, conversation, id)| Input::Act(deed, conversation, id)),
    ];
    prop_oneof![
        8 => input.prop_map(Step::Input),
        2 => prop_oneof![
            (1..12_u64).prop_map(Reaction::Ack),
            code().prop_map(Reaction::Refuse),
            some_page().prop_map(Reaction::History),
            Just(Reaction::Nothing),
        ].prop_map(Step::Answer),
        1 => (proptest::collection::vec(some_case(), 0..4), 1..3_u128).prop_map(|(cases, epoch)| Step::Greet(cases, epoch)),
        1 => (0..30_000_u64).prop_map(Step::PassMs),
    ]
}

/// What was written, and what the server is known to have of it.
#[derive(Default)]
struct Written {
    texts: Vec<(ConversationId, String)>,
    acked: Vec<String>,
    /// Where a note was written that the server is not known to have.
    notes: BTreeSet<ConversationId>,
    awaiting: Vec<(CommandId, AgentCommand)>,
    sent: BTreeMap<CommandId, AgentCommand>,
}

impl Written {
    /// Notes what was sent. A message never changes under its id.
    fn note(&mut self, page: &mut Page) {
        for output in std::mem::take(&mut page.outputs) {
            match output {
                Output::Send(frame) => {
                    if matches!(frame.command, AgentCommand::Reply { .. }) {
                        let before = self.sent.insert(frame.id, frame.command.clone());
                        assert!(before.is_none_or(|before| before == frame.command));
                    }
                    self.awaiting.push((frame.id, frame.command));
                }
                Output::Close => self.awaiting.clear(),
                _ => {}
            }
        }
    }
}

fn run(steps: Vec<Step>) {
    let mut page = Page::blank(AgentKept::default());
    let mut written = Written::default();
    for (index, step) in steps.into_iter().enumerate() {
        match step {
            Step::Input(Input::Reply(conversation, id)) => {
                // A browser's ids never repeat.
                let id = CommandId(0x1000 + 0x100 * index as u128 + id.0);
                let text = format!("reply {index}");
                let draft = [page.session.draft_of(conversation), &text].join(" ");
                page.input(Input::Draft(conversation, draft));
                written.texts.push((conversation, text));
                page.input(Input::Reply(conversation, id));
            }
            Step::Input(Input::Act(deed, conversation, id)) => {
                let id = CommandId(0x1000 + 0x100 * index as u128 + id.0);
                page.input(Input::Act(deed, conversation, id));
            }
            Step::Input(Input::Note(conversation, note)) => {
                // What the server has as it is need not be written again.
                if page.session.note_of(conversation) != note {
                    written.notes.insert(conversation);
                }
                page.input(Input::Note(conversation, note));
            }
            Step::Input(input) => {
                if matches!(input, Input::Closed(_)) {
                    written.awaiting.clear();
                }
                page.input(input);
            }
            Step::Answer(reaction) => answer(&mut page, &mut written, reaction),
            Step::Greet(cases, epoch) => page.frame(AgentFrame::Welcome(AgentWelcome {
                epoch: EpochId(epoch),
                ..welcome(cases)
            })),
            Step::PassMs(ms) => page.pass_ms(ms),
        }
        written.note(&mut page);
        check(&page, &written);
    }
}

fn answer(page: &mut Page, written: &mut Written, reaction: Reaction) {
    if written.awaiting.is_empty() {
        return;
    }
    let (id, command) = written.awaiting.remove(0);
    match reaction {
        Reaction::Ack(seq) => {
            match command {
                AgentCommand::Reply { text, .. } => written.acked.push(text),
                AgentCommand::Draft {
                    conversation,
                    note: Some(_),
                    ..
                } => {
                    written.notes.remove(&conversation);
                }
                _ => {}
            }
            page.ack(id, seq);
        }
        Reaction::Refuse(code) => page.refuse(id, code),
        Reaction::History(history) => page.frame(AgentFrame::History {
            id,
            conversation: LAMP,
            page: history,
        }),
        Reaction::Nothing => {}
    }
}

fn check(page: &Page, written: &Written) {
    for (conversation, text) in &written.texts {
        let drafted = page.session.draft_of(*conversation).contains(text);
        let pending = page
            .session
            .replies(*conversation)
            .iter()
            .any(|reply| reply.text.contains(text));
        let acked = written.acked.iter().any(|acked| acked.contains(text));
        assert!(drafted || pending || acked, "{text:?} is lost");
    }
    let kept = page.session.kept();
    for conversation in &written.notes {
        // Here until the server has acked it, and there from then on: it is shown either way.
        assert_eq!(page.session.note_of(*conversation), "noted here");
    }
    assert!(kept.replies.len() <= written.texts.len());

    let queue = page.session.lines(List::Queue);
    assert!(
        queue
            .iter()
            .all(|line| line.case.holder == CaseHolder::Queue {}),
        "{queue:?}"
    );
    let ordered = queue.windows(2).all(|pair| {
        let place = |line: &crate::agent::Line| {
            (
                !line.case.priority,
                line.case.receipt.map_or(u64::MAX, |receipt| receipt.0),
            )
        };
        place(&pair[0]) <= place(&pair[1])
    });
    assert!(ordered, "{queue:?}");

    for line in page.session.lines(List::Mine) {
        assert!(line.unread <= line.case.unanswered, "{line:?}");
        let events = page.session.events(line.case.conversation);
        assert!(
            events
                .windows(2)
                .all(|pair| pair[0].seq.next() == pair[1].seq),
            "{events:?}"
        );
    }
    if let Some(at) = page.session.wake_at() {
        assert!(at >= page.now, "{at:?} is past: the page would spin");
    }
    for conversation in [LAMP, CHAIR] {
        let error = page.session.draft_error(conversation);
        assert_ne!(error, Some(TextError::TooLong));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nothing_written_is_lost_and_the_queue_is_in_order(
        steps in proptest::collection::vec(step(), 1..80)
    ) {
        run(steps);
    }
}
