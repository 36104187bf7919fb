//! R2, R4: five tabs of one visitor, which come, go, and write, show one conversation.

use human_please_tests::answers::new_id;
use human_please_tests::bot;
use human_please_tests::random::Random;
use human_please_tests::server::{Server, Setup};
use human_please_tests::visitor::Visitor;
use protocol::VisitorCommand;

const TABS: usize = 5;

#[tokio::test]
async fn five_tabs_that_write_and_lose_their_connections_agree() {
    let mut random = Random::of_story();
    let server = Server::start(Setup::with_bot(bot::echoing())).await;
    let first = server.visitor().await;
    let token = first.token.clone();
    let conversation = first.welcome.conversation;
    let mut tabs = vec![first];
    for _ in 1..TABS {
        // Before anything was said the token names nobody yet: the tabs share it as their page's form would.
        tabs.push(Visitor::load(&server.door(), &token).await);
    }
    let mut ana = server.agent_on_duty("Ana").await;
    let mut texts = vec![];
    for round in 0..40 {
        let tab = random.below(TABS as u64) as usize;
        let text = format!("{round} from {tab}");
        match random.below(8) {
            0 => {
                tabs[tab].human().await;
            }
            1 => {
                // What was heard stays; what was missed comes with the welcome.
                let Visitor { log, socket, .. } = tabs.remove(tab);
                socket.cut();
                tabs.insert(tab, Visitor::resume(&server.door(), &token, log).await);
            }
            2 => tabs[tab] = Visitor::load(&server.door(), &token).await,
            _ => {
                // Sent twice, from two tabs, under one id: it counts once.
                let id = new_id();
                let say = VisitorCommand::Say { text: text.clone() };
                let other = (tab + 1) % TABS;
                tabs[other].send(id, say.clone()).await;
                let one = tabs[tab].ask(id, say).await.expect("it is taken");
                let same = tabs[other].answer(id).await.expect("it is a repeat");
                assert_eq!(one, same);
                texts.push(text);
            }
        }
    }
    tabs[0].human().await;
    tabs[0]
        .until_answering("the line", |answering| {
            matches!(answering, protocol::Answering::Queue { .. })
        })
        .await;
    ana.take(conversation).await;
    let last = ana
        .reply(conversation, "Hello to all of you")
        .await
        .seq
        .expect("it was said");
    let mut fresh = Visitor::load(&server.door(), &token).await;
    fresh.settle().await;
    for tab in &mut tabs {
        tab.until_seq(last).await;
        tab.settle().await;
        assert_eq!(tab.welcome.conversation, conversation);
        assert_eq!(tab.log, fresh.log);
        assert_eq!(tab.state, fresh.state);
    }
    let said: Vec<String> = fresh
        .log
        .messages()
        .into_iter()
        .filter(|(author, _)| *author == "visitor")
        .map(|(_, text)| text.to_owned())
        .collect();
    assert_eq!(said, texts);
}
