//! `/agent/team/topics`: topics.

use maud::Markup;
use protocol::{MAX_LABEL_CHARS, TopicId};

use super::kind::Kind;
use crate::http::form::{Form, Known};
use crate::page::staff::topics::{NAME, TEAM, Typed, WORDS, fields, list};
use crate::page::staff::{Problems, Section, SetUp, words};
use crate::store::{StaffChange, TopicPlan};
use crate::typed;

/// Topics.
pub struct Topics;

/// The number of a topic. One that is larger than any is none's.
fn topic_id(id: i64) -> TopicId {
    TopicId(u32::try_from(id).unwrap_or_default())
}

impl Kind for Topics {
    type Typed = Typed;

    const SECTION: Section = Section::Topics;
    const ADD: &'static str = words::ADD_TOPIC;
    const REMOVED: &'static str = words::TOPIC_REMOVED;
    const KNOWN: Known = Known {
        once: &[NAME, WORDS, TEAM],
        many: &[],
    };
    const TAKEN: (&'static str, &'static str) = (NAME, words::TAKEN_NAME);

    fn list(set_up: &SetUp) -> Markup {
        list(set_up)
    }

    fn kept(set_up: &SetUp, id: i64) -> Option<(String, Typed)> {
        let found = set_up.topics.iter().find(|it| i64::from(it.id.0) == id)?;
        let typed = Typed {
            name: found.plan.name.clone(),
            words: found.plan.words.join("\n"),
            team: found
                .plan
                .team
                .map(|it| it.0.to_string())
                .unwrap_or_default(),
        };
        Some((found.plan.name.clone(), typed))
    }

    fn typed(form: &Form) -> Typed {
        Typed {
            name: form.text(NAME),
            words: form.text(WORDS),
            team: form.text(TEAM),
        }
    }

    fn fields(typed: &Typed, problems: &Problems, set_up: &SetUp) -> Markup {
        fields(typed, problems, &set_up.teams)
    }

    fn change(id: Option<i64>, typed: &Typed, set_up: &SetUp) -> Result<StaffChange, Problems> {
        let mut problems = Problems::default();
        let name = typed::one_line(&typed.name, MAX_LABEL_CHARS);
        let words = typed::topic_words(&typed.words);
        if let Err(bad) = &name {
            problems.add(NAME, bad.advice());
        }
        if let Err(bad) = &words {
            problems.add(WORDS, bad.advice());
        }
        let mut teams = set_up.teams.iter();
        let team = teams.find(|it| it.id.0.to_string() == typed.team);
        if team.is_none() && !typed.team.is_empty() {
            problems.add(TEAM, words::NOT_A_CHOICE);
        }
        match (name, words) {
            (Ok(name), Ok(words)) if problems.is_empty() => {
                let plan = TopicPlan {
                    name,
                    words,
                    team: team.map(|it| it.id),
                };
                Ok(StaffChange::Topic(id.map(topic_id), plan))
            }
            _ => Err(problems),
        }
    }

    fn removal(id: i64) -> StaffChange {
        StaffChange::RemoveTopic(topic_id(id))
    }
}
