//! G7, R14: the bot is a guest. Whatever it does, the way to a person works, and it never talks over one.

use std::sync::Arc;

use human_please::bot::{Bot, BotError, Question};
use human_please_tests::bot::{self, Scripted, words};
use human_please_tests::server::{Server, Setup};
use human_please_tests::store::Hand;
use human_please_tests::visitor::Visitor;
use protocol::{Answering, Author, EventKind, Receipt, RequestVia};

async fn tells_that_it_failed_and_the_button_works(server: &Server) {
    let mut visitor = server.visitor().await;
    visitor.say("Is anybody there?").await;
    visitor
        .until_event("that the bot failed", |kind| {
            *kind == EventKind::BotFailed {}
        })
        .await;
    assert_eq!(
        visitor.state.answering,
        Answering::Bot {},
        "it may be better at the next question"
    );
    assert!(visitor.human().await.receipt.is_some());
    visitor.until_answering("the queue", in_queue).await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(visitor.welcome.conversation).await;
    ana.reply(visitor.welcome.conversation, "I am").await;
    visitor
        .until_event("a person's words", |kind| says(kind, "I am"))
        .await;
    assert_eq!(
        visitor.log.messages(),
        [("visitor", "Is anybody there?"), ("Ana", "I am")]
    );
}

#[tokio::test]
async fn a_bot_that_errs_is_reported_and_a_person_answers() {
    tells_that_it_failed_and_the_button_works(&Server::start(Setup::with_bot(bot::erring())).await)
        .await;
}

#[tokio::test]
async fn a_bot_that_panics_is_reported_and_a_person_answers() {
    tells_that_it_failed_and_the_button_works(
        &Server::start(Setup::with_bot(bot::panicking())).await,
    )
    .await;
}

#[tokio::test]
async fn a_bot_that_says_nothing_is_reported_and_a_person_answers() {
    tells_that_it_failed_and_the_button_works(
        &Server::start(Setup::with_bot(bot::speechless())).await,
    )
    .await;
}

/// The site says that an assistant answers, but none could be made of its articles: nobody is told that one does.
#[tokio::test]
async fn where_the_bot_cannot_be_made_people_are_asked_at_once() {
    let server = Server::start(Setup {
        has_bot: true,
        ..Setup::default()
    })
    .await;
    let mut visitor = server.visitor().await;
    assert!(!visitor.welcome.site.bot);
    visitor.say("Hello").await;
    visitor.until_answering("the queue", in_queue).await;
}

/// A question that the assistant still owed an answer to when the site lost it.
#[tokio::test]
async fn a_question_whose_bot_has_gone_is_reported_and_a_person_answers() {
    let (thinking, mut thoughts) = bot::thinking();
    let server = Server::start(Setup::with_bot(thinking)).await;
    let mut visitor = server.visitor().await;
    visitor.say("Is anybody there?").await;
    thoughts.asked().await;
    let token = visitor.token.clone();
    drop((visitor, thoughts));
    let place = server.stop().await;
    let server = Server::start_at(place, Setup::default()).await;
    let mut visitor = Visitor::load(&server.door(), &token).await;
    visitor
        .until_event("that the bot failed", |kind| {
            *kind == EventKind::BotFailed {}
        })
        .await;
    visitor.say("Anybody?").await;
    visitor.until_answering("the queue", in_queue).await;
}

/// Takes as long as the bot's deadline: the event itself is waited for.
#[tokio::test]
async fn a_bot_that_hangs_is_reported_in_the_end_and_the_button_works_at_once() {
    let (thinking, mut thoughts) = bot::thinking();
    let server = Server::start(Setup::with_bot(thinking)).await;
    let mut patient = server.visitor().await;
    patient.say("I will wait").await;
    thoughts.asked().await;
    // Another visitor's button, and this one's, do not wait for the bot.
    let mut other = server.visitor().await;
    assert_eq!(other.human().await.receipt, Some(Receipt(1)));
    patient
        .until_event("that the bot failed", |kind| {
            *kind == EventKind::BotFailed {}
        })
        .await;
    assert_eq!(patient.human().await.receipt, Some(Receipt(2)));
    patient.until_answering("the queue", in_queue).await;
}

#[tokio::test]
async fn what_a_bot_says_after_a_person_was_asked_for_is_dropped() {
    let (thinking, mut thoughts) = bot::thinking();
    let server = Server::start(Setup::with_bot(thinking)).await;
    let mut visitor = server.visitor().await;
    let conversation = visitor.welcome.conversation;
    visitor.say("Where is my lamp?").await;
    thoughts.asked().await;
    visitor.human().await;
    let mut ana = server.agent_on_duty("Ana").await;
    ana.take(conversation).await;
    thoughts.speak("Have you looked under the bed?");
    visitor
        .until("the bot to stop typing", |this| {
            let bot_stopped =
                |typing: &protocol::Typing| typing.author == Author::Bot {} && !typing.on;
            this.typing.last().is_some_and(bot_stopped).then_some(())
        })
        .await;
    ana.reply(conversation, "Let me see").await;
    visitor
        .until_event("Ana's words", |kind| says(kind, "Let me see"))
        .await;

    // Nor does it answer what is written to the person, or after the end (G5).
    visitor.say("Thank you").await;
    ana.resolve(conversation).await;
    visitor.say("And another thing").await;
    ana.reply(conversation, "Yes?").await;
    visitor
        .until_event("Ana's words", |kind| says(kind, "Yes?"))
        .await;
    assert_eq!(
        visitor.log.messages(),
        [
            ("visitor", "Where is my lamp?"),
            ("Ana", "Let me see"),
            ("visitor", "Thank you"),
            ("visitor", "And another thing"),
            ("Ana", "Yes?"),
        ]
    );
}

/// Only when the visitor chooses it does the bot speak again.
#[tokio::test]
async fn a_visitor_who_leaves_the_line_has_the_bot_again() {
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let mut visitor = server.visitor().await;
    visitor.human().await;
    visitor.say("In line").await;
    visitor.leave().await;
    visitor
        .until_answering("the bot", |answering| *answering == Answering::Bot {})
        .await;
    visitor.say("Out of line").await;
    visitor
        .until_event("the bot's words", |kind| {
            says(kind, "You said: Out of line")
        })
        .await;
    assert_eq!(
        visitor.log.messages(),
        [
            ("visitor", "In line"),
            ("visitor", "Out of line"),
            ("bot", "You said: Out of line")
        ]
    );
}

/// That it failed was its answer: a page that is loaded again does not have it fail again, nor speak to what was said to
/// the line.
#[tokio::test]
async fn a_bot_that_has_failed_is_not_asked_again_by_who_comes_back() {
    let (asked, mut was_asked) = tokio::sync::mpsc::unbounded_channel();
    let failing = Scripted(move |question: &Question| {
        let _story_over = asked.send(question.text.clone());
        Err(BotError("the index is gone".into()))
    });
    let server = Server::start(Setup::with_bot(Arc::new(failing))).await;
    let mut visitor = server.visitor().await;
    visitor.say("One").await;
    visitor
        .until_event("that the bot failed", |kind| {
            *kind == EventKind::BotFailed {}
        })
        .await;
    let token = visitor.token.clone();
    for _ in 0..3 {
        drop(Visitor::load(&server.door(), &token).await);
    }
    let mut visitor = Visitor::load(&server.door(), &token).await;
    visitor.human().await;
    visitor.say("In line").await;
    visitor.leave().await;
    let mut visitor = Visitor::load(&server.door(), &token).await;
    visitor.say("Two").await;
    visitor
        .until_event("that the bot failed", |kind| {
            *kind == EventKind::BotFailed {}
        })
        .await;
    assert_eq!(was_asked.recv().await.as_deref(), Some("One"));
    assert_eq!(was_asked.recv().await.as_deref(), Some("Two"));
}

/// R9, R14: nobody sends the bot's answer again but the server itself.
#[tokio::test]
async fn an_answer_that_could_not_be_stored_comes_when_it_can_be() {
    let (thinking, mut thoughts) = bot::thinking();
    let hand = Hand::default();
    let server = Server::start(Setup {
        store: hand.clone(),
        ..Setup::with_bot(thinking)
    })
    .await;
    let mut visitor = server.visitor().await;
    visitor.say("Is my order on its way?").await;
    thoughts.asked().await;
    let commits = hand.commits();
    hand.fail(true);
    thoughts.speak("It is");
    while hand.commits() == commits {
        tokio::task::yield_now().await;
    }
    hand.fail(false);
    visitor
        .until_event("the answer", |kind| says(kind, "It is"))
        .await;
}

/// While the bot thinks, the newest message counts: it is not asked about each one.
#[tokio::test]
async fn a_bot_answers_the_newest_of_what_was_written_while_it_thought() {
    let (thinking, mut thoughts) = bot::thinking();
    let server = Server::start(Setup::with_bot(thinking)).await;
    let mut visitor = server.visitor().await;
    visitor.say("One").await;
    assert_eq!(thoughts.asked().await, "One");
    visitor.say("Two").await;
    visitor.say("Three").await;
    thoughts.speak("To one");
    assert_eq!(thoughts.asked().await, "Three");
    thoughts.speak("To three");
    visitor
        .until_event("the second answer", |kind| says(kind, "To three"))
        .await;
}

/// A bot sees what was said and by whom, and never another conversation.
#[tokio::test]
async fn a_bot_is_shown_this_conversation_and_no_other() {
    let counting: Arc<dyn Bot> = Arc::new(Scripted(|question: &Question| {
        let turns: Vec<&str> = question
            .history
            .iter()
            .map(|turn| turn.text.as_str())
            .collect();
        Ok(words(&format!("[{}] {}", turns.join(" / "), question.text)))
    }));
    let server = Server::start(Setup::with_bot(counting)).await;
    let (mut one, mut other) = (server.visitor().await, server.visitor().await);
    let ask = async |visitor: &mut Visitor, text: &str, answer: &str| {
        visitor.say(text).await;
        visitor.until_event(answer, |kind| says(kind, answer)).await;
    };
    ask(&mut one, "A", "[] A").await;
    ask(&mut other, "X", "[] X").await;
    ask(&mut one, "B", "[A / [] A] B").await;
    ask(&mut other, "Y", "[X / [] X] Y").await;
}

/// A site without an assistant has people only.
#[tokio::test]
async fn where_no_bot_answers_the_first_message_is_a_request_for_a_person() {
    let server = Server::start(Setup::default()).await;
    let mut visitor = server.visitor().await;
    assert!(!visitor.welcome.site.bot);
    visitor.say("Hello").await;
    visitor.until_answering("the queue", in_queue).await;
    let first = &visitor.log.events()[0].kind;
    assert_eq!(
        *first,
        EventKind::HumanRequested {
            receipt: Receipt(1),
            via: RequestVia::Message
        }
    );
}

fn in_queue(answering: &Answering) -> bool {
    matches!(answering, Answering::Queue { .. })
}

fn says(kind: &EventKind, text: &str) -> bool {
    matches!(kind, EventKind::Message(message) if message.text == text)
}
