//! S3, S4: who may do what: every command of an agent's client, by every role, on every kind of conversation.

use std::fmt::Write;

use human_please::store::{By, StaffChange};
use human_please_tests::agent::Agent;
use human_please_tests::answers::new_id;
use human_please_tests::server::{RIVAL, Server, Setup};
use human_please_tests::socket::Door;
use human_please_tests::visitor::Visitor;
use protocol::{
    AgentCommand, CaseHolder, ConversationId, Correction, FactKind, Role, Seq, Timestamp,
};

/// Whose a conversation is, for whoever tries.
const WHOSE: [&str; 5] = ["own", "waiting", "colleague's", "rival's", "nobody's"];

/// Every command about a conversation, under its name in the protocol.
fn commands(conversation: ConversationId, now: Timestamp) -> Vec<AgentCommand> {
    let commands = vec![
        AgentCommand::Open {
            conversation,
            after: Seq(0),
        },
        AgentCommand::History {
            conversation,
            before: Seq(2),
        },
        AgentCommand::Take { conversation },
        AgentCommand::Pass { conversation },
        AgentCommand::Reply {
            conversation,
            text: "Hello".into(),
            replies: vec![],
        },
        AgentCommand::Draft {
            conversation,
            reply: Some("Hel".into()),
            note: None,
        },
        AgentCommand::Note {
            conversation,
            text: "A note".into(),
        },
        AgentCommand::Correct {
            conversation,
            correction: Correction {
                kind: FactKind::Other,
                was: None,
                text: Some("A fact".into()),
            },
        },
        AgentCommand::Topic {
            conversation,
            topic: None,
        },
        AgentCommand::AskLead {
            conversation,
            on: true,
            note: Some("Please look".into()),
        },
        AgentCommand::Snooze {
            conversation,
            until: Timestamp(now.0 + 3_600_000),
            text: "Back in an hour".into(),
        },
        AgentCommand::Wake { conversation },
        AgentCommand::Transfer {
            conversation,
            to: None,
            note: None,
        },
        AgentCommand::Resolve {
            conversation,
            ask: false,
        },
        AgentCommand::Typing {
            conversation,
            on: true,
        },
        AgentCommand::Seen {
            conversation,
            seq: Seq(1),
        },
        AgentCommand::View {
            conversation: Some(conversation),
        },
    ];
    for command in &commands {
        assert!(is_about_one(command));
    }
    commands
}

/// A new command does not compile until it is listed here; one about a conversation belongs above too.
fn is_about_one(command: &AgentCommand) -> bool {
    match command {
        AgentCommand::Open { .. }
        | AgentCommand::History { .. }
        | AgentCommand::Take { .. }
        | AgentCommand::Pass { .. }
        | AgentCommand::Reply { .. }
        | AgentCommand::Draft { .. }
        | AgentCommand::Note { .. }
        | AgentCommand::Correct { .. }
        | AgentCommand::Topic { .. }
        | AgentCommand::AskLead { .. }
        | AgentCommand::Snooze { .. }
        | AgentCommand::Wake { .. }
        | AgentCommand::Transfer { .. }
        | AgentCommand::Resolve { .. }
        | AgentCommand::Typing { .. }
        | AgentCommand::Seen { .. }
        | AgentCommand::View { .. } => true,
        AgentCommand::Hello { .. }
        | AgentCommand::Duty { .. }
        | AgentCommand::Most { .. }
        | AgentCommand::TakeNext {}
        | AgentCommand::List { .. }
        | AgentCommand::Ping {} => false,
    }
}

/// A command's name in the protocol.
fn name(command: &AgentCommand) -> String {
    let json = serde_json::to_value(command).unwrap();
    let object = json.as_object().unwrap();
    object.keys().next().unwrap().clone()
}

/// What comes of a command, in a word.
async fn outcome(agent: &mut Agent, command: AgentCommand) -> String {
    let refused = match command {
        AgentCommand::Open { .. } | AgentCommand::History { .. } => agent.read(command).await.err(),
        AgentCommand::Typing { .. } | AgentCommand::Seen { .. } | AgentCommand::View { .. } => {
            agent.send(new_id(), command).await;
            agent.settle().await;
            return "silence".into();
        }
        command => agent.ask(new_id(), command).await.err(),
    };
    match refused {
        None => "done".into(),
        Some(refused) => {
            let code = serde_json::to_value(refused.code).unwrap();
            code.as_str().unwrap().to_owned()
        }
    }
}

/// Somebody who tries, and a colleague who holds what is not theirs.
struct Stage {
    server: Server,
    actor: Agent,
    colleague: Agent,
    rival: Agent,
}

impl Stage {
    async fn of(actor: &str, role: Role) -> Self {
        let server = Server::start(Setup::default()).await;
        let email = format!("{}@shop.example", actor.to_lowercase());
        let at = server.service.now();
        let changed = server.look(async move |store| {
            let agent = store.agent_by_email(&email).await.unwrap().unwrap();
            let change = StaffChange::Role(agent.id, role);
            let by = By { name: "a test", at };
            store.staff().change(agent.site, &change, by).await.unwrap()
        });
        changed.await.unwrap();
        let (actor, colleague) = (
            server.agent_on_duty(actor).await,
            server.agent_on_duty("Cleo").await,
        );
        let rival = server.agent_on_duty("Rita").await;
        Self {
            server,
            actor,
            colleague,
            rival,
        }
    }

    /// A conversation that is whose it is to be, with its visitor.
    async fn conversation(&mut self, whose: &str) -> (Option<Visitor>, ConversationId) {
        if whose == "nobody's" {
            return (None, ConversationId(new_id().0));
        }
        let door = if whose == "rival's" {
            Door::visitor(self.server.address, RIVAL)
        } else {
            self.server.door()
        };
        let mut visitor = Visitor::come(&door).await;
        visitor.say("Where is my lamp?").await;
        let id = visitor.welcome.conversation;
        let holder = match whose {
            "own" => Some(&mut self.actor),
            "colleague's" => Some(&mut self.colleague),
            "rival's" => Some(&mut self.rival),
            _ => None,
        };
        if let Some(holder) = holder {
            holder.take(id).await;
            holder
                .until_case(id, "that it is theirs", |case| {
                    case.holder == CaseHolder::Me {}
                })
                .await;
        }
        (Some(visitor), id)
    }
}

/// A line for each command: what comes of it on each kind of conversation.
async fn table(actor: &str, role: Role) -> String {
    let mut stage = Stage::of(actor, role).await;
    let now = stage.server.service.now();
    let mut table = String::new();
    let count = commands(ConversationId(0), now).len();
    for index in 0..count {
        let mut line = String::new();
        for whose in WHOSE {
            // Each on one of its own, for some of them change whose it is.
            let (_visitor, id) = stage.conversation(whose).await;
            let command = commands(id, now).swap_remove(index);
            if line.is_empty() {
                line = name(&command);
            }
            let came = outcome(&mut stage.actor, command).await;
            let came = came.replace("no_such_conversation", "N");
            write!(line, " {came}").unwrap();
        }
        let columns: Vec<&str> = line.split(' ').collect();
        assert_eq!(
            columns[4], columns[5],
            "S4: another site's is told from none by {line}"
        );
        table.push_str(&line);
        table.push('\n');
    }
    stage.server.stop().await;
    table
}

/// Own, waiting, a colleague's, a rival's, nobody's; N is for `no_such_conversation`.
const AGENT: &str = "\
open done done N N N
history done done N N N
take done done held_by_another N N
pass done done N N N
reply done not_yours N N N
draft done not_yours N N N
note done done N N N
correct done not_yours N N N
topic done not_yours N N N
ask_lead done not_yours N N N
snooze done not_yours N N N
wake done not_yours N N N
transfer done not_yours N N N
resolve done not_yours N N N
typing silence silence silence silence silence
seen silence silence silence silence silence
view silence silence silence silence silence
";

const LEAD: &str = "\
open done done done N N
history done done done N N
take done done held_by_another N N
pass done done done N N
reply done not_yours not_yours N N
draft done not_yours not_yours N N
note done done done N N
correct done done done N N
topic done not_yours not_yours N N
ask_lead done not_yours not_yours N N
snooze done not_yours not_yours N N
wake done not_yours not_yours N N
transfer done not_yours not_yours N N
resolve done not_yours not_yours N N
typing silence silence silence silence silence
seen silence silence silence silence silence
view silence silence silence silence silence
";

#[tokio::test]
async fn an_agent_does_what_they_may_and_nothing_else() {
    let table = table("Ana", Role::Agent).await;
    assert_eq!(table, AGENT, "\n{table}");
}

#[tokio::test]
async fn a_lead_reads_all_and_acts_on_what_they_hold() {
    let table = table("Ben", Role::Lead).await;
    assert_eq!(table, LEAD, "\n{table}");
}

/// What an admin may do beside that is on the staff pages.
#[tokio::test]
async fn an_admin_may_do_with_conversations_what_a_lead_may() {
    let table = table("Ben", Role::Admin).await;
    assert_eq!(table, LEAD, "\n{table}");
}
