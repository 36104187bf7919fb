//! The commands that set things up: sites, agents, articles.

mod report;

use std::path::Path;

use protocol::{AgentId, MAX_NAME_CHARS, Role, Timestamp, checked_email};

use crate::app::{Failure, database_path};
use crate::bot::knowledge::Knowledge;
use crate::hours::{Hours, HoursText};
use crate::origin::{PublicUrl, parse_origin};
use crate::secret;
use crate::service::system_clock;
use crate::settings::{
    AgentTask, Copy, Database, HoursSettings, KnowledgeTask, SiteChanges, SiteSettings, SiteTask,
    Task,
};
use crate::store::sqlite;
use crate::store::{
    By, INVITATION_MS, NewSite, NotMade, Site, SqliteStore, StaffChange, Store, StoredArticle,
};
use crate::typed::{self, Bad};

/// The longest site key, in characters.
const MAX_KEY_CHARS: usize = 64;

/// Does one of the tasks that end by themselves.
///
/// # Errors
///
/// [`Failure`] says what is wrong and what to do.
pub async fn run(task: Task) -> Result<(), Failure> {
    match task {
        Task::Serve(_) => Err("serving is not a task that ends".into()),
        Task::Site { task } => site(task).await,
        Task::Agent { task } => agent(task).await,
        Task::Knowledge { task } => knowledge(task).await,
        Task::Waits {
            site,
            newest,
            database,
        } => waits(&site, newest, &database).await,
        Task::Backup(Copy { file, database }) => {
            let database = database_path(&database.database)?;
            sqlite::backup(&database, &file).await?;
            println!("{} holds all of {}", file.display(), database.display());
            Ok(())
        }
        Task::Restore(Copy { file, database }) => {
            let database = database_path(&database.database)?;
            sqlite::restore(&file, &database).await?;
            println!("{} holds all of {}", database.display(), file.display());
            Ok(())
        }
    }
}

async fn open(database: &Database) -> Result<SqliteStore, Failure> {
    Ok(SqliteStore::open(&database_path(&database.database)?).await?)
}

async fn site(task: SiteTask) -> Result<(), Failure> {
    match task {
        SiteTask::Add(SiteSettings {
            key,
            name,
            origins,
            contact,
            no_bot,
            hours,
            database,
        }) => {
            let store = open(&database).await?;
            let hours = changed_hours(None, hours)?;
            let site = checked(NewSite {
                hours,
                key,
                name,
                origins,
                bot: !no_bot,
                contact,
            })?;
            store.put_site(&site).await?;
            println!(
                "<script async src=\"https://HOST/embed.js\" data-site=\"{}\"></script>",
                site.key
            );
            store.close().await;
        }
        SiteTask::Set(SiteChanges {
            key,
            name,
            origins,
            contact,
            bot,
            hours,
            database,
        }) => {
            let store = open(&database).await?;
            let Site { settings, .. } = find(&store, &key).await?;
            let hours = changed_hours(settings.hours.as_ref(), hours)?;
            let changed = checked(NewSite {
                hours,
                key,
                name: name.unwrap_or(settings.name),
                origins: origins.unwrap_or(settings.origins),
                bot: bot.unwrap_or(settings.bot),
                contact: contact.unwrap_or(settings.contact),
            })?;
            store.put_site(&changed).await?;
            store.close().await;
        }
        SiteTask::List { database } => {
            let store = open(&database).await?;
            for Site { settings, .. } in store.sites().await? {
                let bot = if settings.bot {
                    "assistant first"
                } else {
                    "people only"
                };
                let hours = settings.hours.as_ref().map(Hours::texts);
                let hours = hours.map_or("no stated hours".into(), |hours| {
                    let exceptions = hours.exceptions.iter().map(|date| format!("; {date}"));
                    let exceptions: String = exceptions.collect();
                    format!("{} ({}){exceptions}", hours.week, hours.time_zone)
                });
                println!(
                    "{}\t{}\t{bot}\t{}\t{}\t{hours}",
                    settings.key,
                    settings.name,
                    settings.contact,
                    settings.origins.join(" ")
                );
            }
            store.close().await;
        }
    }
    Ok(())
}

async fn agent(task: AgentTask) -> Result<(), Failure> {
    match task {
        AgentTask::Add {
            email,
            name,
            site,
            role,
            lead,
            public_url,
            database,
        } => {
            let public_url = PublicUrl::parse(Some(&public_url))?;
            let store = open(&database).await?;
            let site = find(&store, &site).await?;
            let email = checked_email(&email)
                .map_err(|protocol::NoEmail| format!("{email:?} is not an email address"))?;
            let role = if lead {
                Role::Lead
            } else {
                Role::named(&role).unwrap_or_default()
            };
            let token = secret::new_token();
            let now = system_clock()();
            let invite = StaffChange::Invite {
                id: AgentId(secret::random_id()),
                email: email.into(),
                name: one_line("--name", &name)?,
                role,
                invitation: secret::hash_token(&token),
                expires_at: Timestamp(now.0 + INVITATION_MS),
            };
            made(store.staff().change(site.id, &invite, by(now)).await?)?;
            println!("{email} chooses a password here, once and within seven days:");
            println!(
                "{}",
                public_url.link(&["/agent#invitation=", &token.0].concat())
            );
            store.close().await;
        }
        AgentTask::List { site, database } => {
            let store = open(&database).await?;
            let site = find(&store, &site).await?;
            for agent in store.agents(site.id).await? {
                println!(
                    "{}\t{}\t{}\t{}",
                    agent.email,
                    agent.name,
                    if agent.on_duty { "on duty" } else { "off duty" },
                    agent.role.name()
                );
            }
            store.close().await;
        }
        AgentTask::Remove { email, database } => {
            let store = open(&database).await?;
            let Some(agent) = store.agent_by_email(email.trim()).await? else {
                return Err(format!(
                    "there is no agent {email}; see: human-please agent list --site KEY"
                )
                .into());
            };
            let remove = StaffChange::Remove(agent.id);
            let now = system_clock()();
            made(store.staff().change(agent.site, &remove, by(now)).await?)?;
            store.close().await;
        }
    }
    Ok(())
}

/// Who makes the changes that are made here, as the list of changes names them.
fn by(at: Timestamp) -> By<'static> {
    By {
        name: "command line",
        at,
    }
}

fn made(made: Result<(), NotMade>) -> Result<(), Failure> {
    made.map_err(|why| match why {
        NotMade::NoSuch => "there is no such agent at this site".into(),
        NotMade::Taken => "that email address is somebody's at another site".into(),
        NotMade::LastAdmin => {
            "nobody could configure the site then; make somebody else an admin first".into()
        }
        NotMade::Full => "the site can have no more of these".into(),
    })
}

/// The hours as they are after a change; what is not named stays.
fn changed_hours(before: Option<&Hours>, changes: HoursSettings) -> Result<Option<Hours>, Failure> {
    let HoursSettings {
        time_zone,
        hours,
        exceptions,
    } = changes;
    if hours.as_deref() == Some("none") {
        return Ok(None);
    }
    let is_none = |texts: &[String]| matches!(texts, [text] if text == "none");
    let exceptions = exceptions.map(|texts| if is_none(&texts) { vec![] } else { texts });
    let texts = match before.map(Hours::texts) {
        Some(before) => HoursText {
            time_zone: time_zone.unwrap_or_else(|| before.time_zone.clone()),
            week: hours.unwrap_or_else(|| before.week.clone()),
            exceptions: exceptions.unwrap_or_else(|| before.exceptions.clone()),
        },
        None if time_zone.is_none() && hours.is_none() && exceptions.is_none() => return Ok(None),
        None => HoursText {
            time_zone: time_zone.ok_or("--hours needs --time-zone, such as Europe/Madrid")?,
            week: hours.ok_or("--time-zone and --exception need --hours")?,
            exceptions: exceptions.unwrap_or_default(),
        },
    };
    Ok(Some(texts.parse()?))
}

async fn waits(site: &str, newest: usize, database: &Database) -> Result<(), Failure> {
    let store = open(database).await?;
    let site = find(&store, site).await?;
    let requests = store.requests(site.id, newest).await?;
    store.close().await;
    print!("{}", report::waits(&requests));
    Ok(())
}

async fn knowledge(task: KnowledgeTask) -> Result<(), Failure> {
    let KnowledgeTask::Import {
        folder,
        site,
        database,
    } = task;
    let articles = read_articles(&folder)?;
    if articles.is_empty() {
        return Err(format!("{} has no files that end in .md", folder.display()).into());
    }
    // Refused here rather than found out by the assistant.
    Knowledge::from_articles(
        articles
            .iter()
            .map(|article| (article.slug.clone(), article.markdown.clone())),
    )?;
    let store = open(&database).await?;
    let site = find(&store, &site).await?;
    store.put_articles(site.id, &articles).await?;
    println!(
        "{} articles; restart the server to use them",
        articles.len()
    );
    store.close().await;
    Ok(())
}

fn read_articles(folder: &Path) -> Result<Vec<StoredArticle>, Failure> {
    let cannot = |path: &Path, error| format!("cannot read {}: {error}", path.display());
    let mut articles = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| cannot(folder, error))? {
        let path = entry.map_err(|error| cannot(folder, error))?.path();
        if path.extension().is_some_and(|ending| ending == "md") {
            let slug = path
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
                .unwrap_or_default();
            let markdown = std::fs::read_to_string(&path).map_err(|error| cannot(&path, error))?;
            articles.push(StoredArticle { slug, markdown });
        }
    }
    articles.sort_by(|one, other| one.slug.cmp(&other.slug));
    Ok(articles)
}

async fn find(store: &SqliteStore, key: &str) -> Result<Site, Failure> {
    let sites = store.sites().await?;
    let known: Vec<String> = sites.iter().map(|site| site.settings.key.clone()).collect();
    let site = sites.into_iter().find(|site| site.settings.key == key);
    site.ok_or_else(|| format!("there is no site {key:?}; there are: {}", known.join(", ")).into())
}

fn checked(site: NewSite) -> Result<NewSite, Failure> {
    let NewSite {
        key,
        name,
        origins,
        bot,
        contact,
        hours,
    } = site;
    let key_is_plain = key
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if key.is_empty() || key.len() > MAX_KEY_CHARS || !key_is_plain {
        return Err(format!(
            "a site's key has 1 to {MAX_KEY_CHARS} of a-z, 0-9 and -, not {key:?}"
        )
        .into());
    }
    let origins = origins
        .iter()
        .map(|origin| {
            parse_origin(origin.trim_end_matches('/')).ok_or_else(|| {
                format!("an origin is https://HOST with an optional port, not {origin:?}")
            })
        })
        .collect::<Result<_, _>>()?;
    Ok(NewSite {
        key,
        name: one_line("--name", &name)?,
        origins,
        bot,
        contact: one_line("--contact", &contact)?,
        hours,
    })
}

fn one_line(flag: &str, text: &str) -> Result<String, Failure> {
    typed::one_line(text, MAX_NAME_CHARS).map_err(|bad| match bad {
        Bad::TurnsAround => {
            let advice = "turn around what is shown beside them. Write it without: right-to-left names need none";
            format!("{flag} has characters that {advice}").into()
        }
        _ => format!("{flag} takes 1 to {MAX_NAME_CHARS} characters on one line").into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(key: &str, origins: &[&str]) -> NewSite {
        NewSite {
            key: key.into(),
            name: " Shop ".into(),
            origins: origins.iter().map(|&origin| origin.into()).collect(),
            bot: true,
            contact: "help@shop.example".into(),
            hours: None,
        }
    }

    #[test]
    fn a_site_is_checked_and_tidied() {
        let checked = checked(site(
            "shop-1",
            &["https://Shop.example/", "http://localhost:3000"],
        ))
        .unwrap();
        assert_eq!(checked.name, "Shop");
        assert_eq!(
            checked.origins,
            ["https://shop.example", "http://localhost:3000"]
        );
    }

    #[test]
    fn a_bad_site_is_refused_with_what_to_write() {
        for (bad, names) in [
            (site("", &[]), "key"),
            (site("Shop", &[]), "key"),
            (site("a b", &[]), "key"),
            (site("shop", &["shop.example"]), "origin"),
            (site("shop", &["*"]), "origin"),
            (
                NewSite {
                    name: "\n".into(),
                    ..site("shop", &[])
                },
                "--name",
            ),
            (
                NewSite {
                    name: "\u{202e}pohs".into(),
                    ..site("shop", &[])
                },
                "turn around",
            ),
        ] {
            assert!(checked(bad).unwrap_err().to_string().contains(names));
        }
    }
}
