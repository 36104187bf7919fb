//! What can be set, from flags and from the environment.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::mail::{BadMail, MailParts, MailSettings, Patience, Unshown};
use crate::origin::PublicUrl;

/// The support chat with a human on the other end.
#[derive(Debug, Parser)]
#[command(name = "human-please", version, about)]
pub struct Settings {
    /// What to do.
    #[command(subcommand)]
    pub task: Task,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Task {
    /// Serve the chat.
    Serve(Serve),
    /// Add, list or change sites.
    Site {
        /// What to do with them.
        #[command(subcommand)]
        task: SiteTask,
    },
    /// Add, list or remove the people who answer.
    Agent {
        /// What to do with them.
        #[command(subcommand)]
        task: AgentTask,
    },
    /// Give the assistant its help articles.
    Knowledge {
        /// What to do with them.
        #[command(subcommand)]
        task: KnowledgeTask,
    },
    /// List a site's newest requests for a person as CSV: what was said of the wait, and what came.
    Waits {
        /// The site's key.
        #[arg(long)]
        site: String,
        /// How many.
        #[arg(long, default_value_t = 1_000)]
        newest: usize,
        /// Where.
        #[command(flatten)]
        database: Database,
    },
    /// Copy the database to a new file, while the server may run.
    Backup(Copy),
    /// Put a copy in the database's place, while no server runs. What was there stays beside it, as FILE.old.
    Restore(Copy),
}

/// A copy of the database.
#[derive(Debug, Args)]
pub struct Copy {
    /// The copy's file.
    pub file: PathBuf,
    /// Where.
    #[command(flatten)]
    pub database: Database,
}

/// Where everything is kept.
#[derive(Debug, Clone, Args)]
pub struct Database {
    /// The database: sqlite:FILE.
    #[arg(
        long,
        env = "HUMAN_PLEASE_DATABASE",
        default_value = "sqlite:human-please.db"
    )]
    pub database: String,
}

/// How to serve.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// The address and port to listen on.
    #[arg(long, env = "HUMAN_PLEASE_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// The URL that visitors and agents reach this server by, such as `https://chat.shop.example`. Without it, only
    /// browsers on this machine can connect.
    #[arg(long, env = "HUMAN_PLEASE_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// How many proxies of your own every visitor comes through, each of which adds the address that it was reached from to
    /// the end of X-Forwarded-For. With 0 a visitor's address is the connection's, and connections from a private
    /// network are not limited by address.
    #[arg(long, env = "HUMAN_PLEASE_TRUSTED_PROXIES", default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=8))]
    pub trusted_proxies: u8,
    /// Where everything is kept.
    #[command(flatten)]
    pub database: Database,
    /// Seconds after which a vanished agent's conversations go back to the queue, 5 to 60. They keep their place, and
    /// whoever takes one next gets the reply that was begun and the note for colleagues.
    #[arg(long, env = "HUMAN_PLEASE_LEASE_SECONDS", default_value_t = 45, value_parser = clap::value_parser!(u64).range(5..=60))]
    pub lease_seconds: u64,
    /// The mail server by which visitors are written to who left an email address and were gone when a person answered:
    /// smtps://USER:PASSWORD@HOST, smtp://USER:PASSWORD@HOST for STARTTLS, or smtp+plain://127.0.0.1:PORT. Without it
    /// nobody is written to.
    #[arg(
        long,
        env = "HUMAN_PLEASE_SMTP",
        value_name = "URL",
        hide_env_values = true
    )]
    pub smtp: Option<Unshown>,
    /// Who writes to them, such as "Lumen & Oak <help@shop.example>": an address that the mail server may send from.
    #[arg(long, env = "HUMAN_PLEASE_MAIL_FROM", value_name = "NAME <ADDRESS>")]
    pub mail_from: Option<String>,
    /// Seconds that a visitor has been gone before they are written to, 1 to 86400.
    #[arg(long, env = "HUMAN_PLEASE_FOLLOW_UP_SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub follow_up_seconds: u64,
    /// Make a demo site with help articles and two agents, and print their passwords.
    #[arg(long, env = "HUMAN_PLEASE_DEMO")]
    pub demo: bool,
}

impl Serve {
    /// How letters are sent; none if they are not.
    ///
    /// # Errors
    ///
    /// [`BadMail`] says which setting cannot be used, and what to write.
    pub fn mail(&self, public_url: &PublicUrl) -> Result<Option<MailParts>, BadMail> {
        let (smtp, from) = (self.smtp.as_ref(), self.mail_from.as_deref());
        let settings = MailSettings::parse(smtp, from, public_url)?;
        Ok(settings.map(|settings| MailParts {
            settings,
            public_url: public_url.clone(),
            patience: Patience {
                gone: Duration::from_secs(self.follow_up_seconds),
                ..Patience::default()
            },
        }))
    }

    /// How long an agent may be gone.
    #[must_use]
    pub fn lease(&self) -> Duration {
        Duration::from_secs(self.lease_seconds)
    }
}

/// Sites.
#[derive(Debug, Subcommand)]
pub enum SiteTask {
    /// Add a site, or replace the one with the same key.
    Add(SiteSettings),
    /// Change a site.
    Set(SiteChanges),
    /// List the sites.
    List {
        /// Where.
        #[command(flatten)]
        database: Database,
    },
}

/// A new site.
#[derive(Debug, Args)]
pub struct SiteSettings {
    /// Names the site in the script tag: 1 to 64 of a-z, 0-9 and -.
    pub key: String,
    /// The shop's name as visitors see it.
    #[arg(long)]
    pub name: String,
    /// An origin whose pages may embed the chat, such as `https://shop.example`. Repeat it for more.
    #[arg(long = "origin")]
    pub origins: Vec<String>,
    /// How visitors reach the shop if all else fails: an email address, a phone number or both.
    #[arg(long)]
    pub contact: String,
    /// No assistant: every conversation goes to the queue.
    #[arg(long)]
    pub no_bot: bool,
    /// When people are here.
    #[command(flatten)]
    pub hours: HoursSettings,
    /// Where.
    #[command(flatten)]
    pub database: Database,
}

/// When a site's people are here. Visitors who ask outside these hours are told when they are next; every request is
/// taken at any hour.
#[derive(Debug, Args)]
pub struct HoursSettings {
    /// Whose clocks the hours are in: a name of the IANA time zone database, such as Europe/Madrid.
    #[arg(long)]
    pub time_zone: Option<String>,
    /// The week, such as "Mon-Fri 09:00-13:00 15:00-19:00, Sat 10:00-14:00", or "none" to state no hours.
    #[arg(long)]
    pub hours: Option<String>,
    /// A date that differs, such as "2026-12-25 closed" or "2026-12-24 09:00-13:00". Repeat it for more; "none" for none.
    #[arg(long = "exception")]
    pub exceptions: Option<Vec<String>>,
}

/// What to change of a site; the rest stays.
#[derive(Debug, Args)]
pub struct SiteChanges {
    /// Which.
    pub key: String,
    /// The shop's name as visitors see it.
    #[arg(long)]
    pub name: Option<String>,
    /// The origins whose pages may embed the chat, in place of those it has.
    #[arg(long = "origin")]
    pub origins: Option<Vec<String>>,
    /// How visitors reach the shop if all else fails.
    #[arg(long)]
    pub contact: Option<String>,
    /// Whether an assistant answers first.
    #[arg(long)]
    pub bot: Option<bool>,
    /// When people are here.
    #[command(flatten)]
    pub hours: HoursSettings,
    /// Where.
    #[command(flatten)]
    pub database: Database,
}

/// Agents.
#[derive(Debug, Subcommand)]
pub enum AgentTask {
    /// Invite somebody, or give the one with the same email address a new name, role and invitation. Prints a link where they
    /// choose a password: it works once, and for seven days.
    Add {
        /// What they sign in with.
        email: String,
        /// The name that visitors see.
        #[arg(long)]
        name: String,
        /// The site's key.
        #[arg(long)]
        site: String,
        /// What they may do: an agent answers; a lead is also the supervisor that visitors and agents ask for, and manages
        /// teams, topics and prepared replies; an admin also decides who works here.
        #[arg(long, value_parser = ["agent", "lead", "admin"], default_value = "agent")]
        role: String,
        /// They are a supervisor: the same as --role lead.
        #[arg(long, conflicts_with = "role")]
        lead: bool,
        /// The URL that the server is reached by, for the link.
        #[arg(
            long,
            env = "HUMAN_PLEASE_PUBLIC_URL",
            default_value = "http://127.0.0.1:8080"
        )]
        public_url: String,
        /// Where.
        #[command(flatten)]
        database: Database,
    },
    /// List a site's agents.
    List {
        /// The site's key.
        #[arg(long)]
        site: String,
        /// Where.
        #[command(flatten)]
        database: Database,
    },
    /// Remove an agent. What they hold goes back to the queue.
    Remove {
        /// Who.
        email: String,
        /// Where.
        #[command(flatten)]
        database: Database,
    },
}

/// Articles.
#[derive(Debug, Subcommand)]
pub enum KnowledgeTask {
    /// Replace a site's articles by the Markdown files of a folder. A running server uses them after a restart.
    Import {
        /// The folder.
        folder: PathBuf,
        /// The site's key.
        #[arg(long)]
        site: String,
        /// Where.
        #[command(flatten)]
        database: Database,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Settings::command().debug_assert();
    }

    #[test]
    fn serving_needs_no_flag() {
        let Task::Serve(serve) = Settings::parse_from(["human-please", "serve"]).task else {
            panic!("it serves")
        };
        assert_eq!(serve.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(serve.lease(), Duration::from_secs(45));
        assert!(!serve.demo);
    }

    #[test]
    fn whatever_is_printed_of_the_settings_has_no_password() {
        let url = "smtps://me:hunter2@mail.example";
        let arguments = [
            "human-please",
            "serve",
            "--smtp",
            url,
            "--mail-from",
            "a@b.example",
        ];
        let settings = Settings::parse_from(arguments);
        assert!(!format!("{settings:?}").contains("hunter2"));
        let Task::Serve(serve) = settings.task else {
            panic!("it serves")
        };
        let public_url = PublicUrl::parse(Some("https://chat.example")).unwrap();
        let mail = serve.mail(&public_url).unwrap().unwrap();
        assert_eq!(mail.settings.smtp.host, "mail.example");
        assert_eq!(mail.patience.gone, Duration::from_secs(120));
        let refused = Settings::try_parse_from(["human-please", "serve", "--smtp", url, "--smpt"]);
        assert!(!refused.unwrap_err().to_string().contains("hunter2"));
    }

    #[test]
    fn a_lease_is_5_to_60_seconds() {
        for seconds in ["4", "61"] {
            let parsed =
                Settings::try_parse_from(["human-please", "serve", "--lease-seconds", seconds]);
            assert!(parsed.is_err(), "{seconds}");
        }
    }
}
