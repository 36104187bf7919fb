//! What is there after all the kills, held against what was acked: by what visitors are told, and by the rows.

use std::collections::BTreeMap;
use std::path::Path;

use human_please_tests::visitor::Visitor;
use protocol::{Ack, AgentCommand, CommandId, Event, EventKind, Seq, VisitorCommand};
use sqlx::{Connection, SqliteConnection};

use super::clerk::Clerk;
use super::person::Person;

/// What was found.
#[derive(Default)]
pub struct Verdict {
    /// Acked messages of visitors and of the agent.
    pub messages: usize,
    /// Acked requests for a person.
    pub requests: usize,
    /// Acked, and not there.
    pub lost: usize,
    /// There more than once.
    pub doubled: usize,
    /// Not at the place that was acked, or not in the order in which its author wrote.
    pub reordered: usize,
}

impl Verdict {
    /// Lets somebody send what was never acked, reads their whole conversation anew, and judges it.
    pub async fn hear(&mut self, person: &mut Person, mut visitor: Visitor, clerk: &Clerk) {
        let again: Vec<_> = person
            .sent
            .iter()
            .filter(|(id, _)| !person.acks.contains_key(id))
            .cloned()
            .collect();
        for (id, command) in again {
            let ack = visitor.ask(id, command).await.expect("it is taken");
            person.acks.insert(id, ack);
        }
        visitor.settle().await;
        while visitor.log.events()[0].seq.0 > 1 {
            let page = visitor.history(visitor.log.events()[0].seq).await;
            visitor.log.read(page);
        }
        // A log has no gaps, or it would have failed the story.
        let events = visitor.log.events();
        for event in person.log.events() {
            assert_eq!(at(events, event.seq), Some(event), "heard before a kill");
        }
        let said = person
            .sent
            .iter()
            .filter_map(|(id, command)| match command {
                VisitorCommand::Say { .. } => Some(*id),
                _ => None,
            });
        self.judge(events, said.collect(), &person.acks);
        let conversation = person.conversation();
        let replied = clerk.sent.iter().filter_map(|(id, command)| match command {
            AgentCommand::Reply {
                conversation: to, ..
            } if Some(*to) == conversation => Some(*id),
            _ => None,
        });
        self.judge(events, replied.collect(), &clerk.acks);
        self.requests += 1;
        let (receipt, since) = person.request().expect("the request was acked");
        let is_it = |event: &&Event| matches!(event.kind, EventKind::HumanRequested { receipt: of, .. } if of == receipt);
        match events.iter().filter(is_it).collect::<Vec<_>>()[..] {
            [] => self.lost += 1,
            [one] => self.reordered += usize::from(one.at != since),
            [..] => self.doubled += 1,
        }
    }

    /// Messages of one author, in the order in which they were sent.
    fn judge(
        &mut self,
        events: &[Event],
        sent: Vec<CommandId>,
        acks: &std::collections::HashMap<CommandId, Ack>,
    ) {
        let mut places: BTreeMap<CommandId, Vec<Seq>> = BTreeMap::new();
        for event in events {
            if let EventKind::Message(message) = &event.kind {
                places.entry(message.id).or_default().push(event.seq);
            }
        }
        let mut last = Seq(0);
        for id in sent {
            let ack = acks.get(&id).expect("by now everything was acked");
            self.messages += 1;
            let Some(places) = places.get(&id) else {
                self.lost += 1;
                continue;
            };
            self.doubled += places.len() - 1;
            let is_in_order = places[0] > last && Some(places[0]) == ack.seq;
            let is_in_time = at(events, places[0]).is_some_and(|event| event.at == ack.at);
            self.reordered += usize::from(!(is_in_order && is_in_time));
            last = places[0];
        }
    }

    /// Looks at the rows themselves.
    pub async fn read(&mut self, database: &Path) {
        let url = format!("sqlite:{}", database.display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        let mut count = async |what: &'static str| -> i64 {
            let count = sqlx::query_scalar(what).fetch_one(&mut connection);
            count.await.unwrap()
        };
        let gaps = "SELECT count(*) FROM (SELECT 1 FROM event GROUP BY conversation
                    HAVING count(*) <> max(seq) OR min(seq) <> 1)";
        assert_eq!(count(gaps).await, 0, "conversations with a gap");
        let doubled = "SELECT count(*) FROM (SELECT 1 FROM event WHERE kind IN (1, 2, 3)
                       GROUP BY conversation, command HAVING count(*) > 1)";
        self.doubled += usize::try_from(count(doubled).await).unwrap();
        let numbers = "SELECT count(*) FROM (SELECT site FROM human_request GROUP BY site
                       HAVING count(*) <> max(receipt) OR min(receipt) <> 1)";
        assert_eq!(count(numbers).await, 0, "numbers that nobody was given");
        drop(connection);
        crate::disk::integrity_is_whole(database).await;
    }
}

fn at(events: &[Event], seq: Seq) -> Option<&Event> {
    events.iter().find(|event| event.seq == seq)
}
