//! `/agent/team/teams`: teams.

use maud::Markup;
use protocol::{AgentId, MAX_LABEL_CHARS, TeamId};

use super::kind::Kind;
use crate::http::form::{Form, Known};
use crate::page::staff::teams::{MEMBERS, NAME, Typed, fields, list};
use crate::page::staff::{Problems, Section, SetUp, words};
use crate::store::{StaffChange, TeamPlan};
use crate::typed;

/// Teams.
pub struct Teams;

/// The number of a team. One that is larger than any is none's.
fn team_id(id: i64) -> TeamId {
    TeamId(u32::try_from(id).unwrap_or_default())
}

impl Kind for Teams {
    type Typed = Typed;

    const SECTION: Section = Section::Teams;
    const ADD: &'static str = words::ADD_TEAM;
    const REMOVED: &'static str = words::TEAM_REMOVED;
    const KNOWN: Known = Known {
        once: &[NAME],
        many: &[MEMBERS],
    };
    const TAKEN: (&'static str, &'static str) = (NAME, words::TAKEN_NAME);

    fn list(set_up: &SetUp) -> Markup {
        list(set_up)
    }

    fn kept(set_up: &SetUp, id: i64) -> Option<(String, Typed)> {
        let found = set_up.teams.iter().find(|it| i64::from(it.id.0) == id)?;
        let members = set_up
            .people
            .iter()
            .filter(|it| it.teams.contains(&found.id));
        let typed = Typed {
            name: found.name.clone(),
            members: members.map(|it| it.id.to_string()).collect(),
        };
        Some((found.name.clone(), typed))
    }

    fn typed(form: &Form) -> Typed {
        Typed {
            name: form.text(NAME),
            members: form.all(MEMBERS),
        }
    }

    fn fields(typed: &Typed, problems: &Problems, set_up: &SetUp) -> Markup {
        fields(typed, problems, &set_up.people)
    }

    fn change(id: Option<i64>, typed: &Typed, set_up: &SetUp) -> Result<StaffChange, Problems> {
        let mut problems = Problems::default();
        let name = typed::one_line(&typed.name, MAX_LABEL_CHARS);
        if let Err(bad) = &name {
            problems.add(NAME, bad.advice());
        }
        let is_here = |id: &AgentId| set_up.people.iter().any(|it| it.id == *id);
        let members = typed
            .members
            .iter()
            .map(|it| it.parse().ok().filter(is_here));
        let members: Option<Vec<AgentId>> = members.collect();
        if members.is_none() {
            problems.add(MEMBERS, words::NOT_A_CHOICE);
        }
        match (name, members) {
            (Ok(name), Some(members)) => {
                let plan = TeamPlan { name, members };
                Ok(StaffChange::Team(id.map(team_id), plan))
            }
            _ => Err(problems),
        }
    }

    fn removal(id: i64) -> StaffChange {
        StaffChange::RemoveTeam(team_id(id))
    }
}
