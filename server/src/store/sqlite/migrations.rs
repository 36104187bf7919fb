//! What brings the tables up to date.

use sqlx::SqlStr;
use sqlx::migrate::{Migration, MigrationType};

/// The numbered files of `migrations/sqlite`, none of which is ever edited. (sqlx's own macro for this would bring its
/// SQL-checking compiler along.)
pub fn all() -> Vec<Migration> {
    let numbered = |version, description: &'static str, sql: &'static str| {
        Migration::new(
            version,
            description.into(),
            MigrationType::Simple,
            SqlStr::from_static(sql),
            false,
        )
    };
    vec![
        numbered(
            1,
            "the desk",
            include_str!("../../../migrations/sqlite/0001_the_desk.sql"),
        ),
        numbered(
            2,
            "hours and waits",
            include_str!("../../../migrations/sqlite/0002_hours_and_waits.sql"),
        ),
        numbered(
            3,
            "drafts",
            include_str!("../../../migrations/sqlite/0003_drafts.sql"),
        ),
        numbered(
            4,
            "seen",
            include_str!("../../../migrations/sqlite/0004_seen.sql"),
        ),
        numbered(
            5,
            "supervisors",
            include_str!("../../../migrations/sqlite/0005_supervisors.sql"),
        ),
        numbered(
            6,
            "context",
            include_str!("../../../migrations/sqlite/0006_context.sql"),
        ),
        numbered(
            7,
            "vulnerable customers",
            include_str!("../../../migrations/sqlite/0007_vulnerable.sql"),
        ),
        numbered(
            8,
            "staff",
            include_str!("../../../migrations/sqlite/0008_staff.sql"),
        ),
        numbered(
            9,
            "push",
            include_str!("../../../migrations/sqlite/0009_push.sql"),
        ),
        numbered(
            10,
            "mail",
            include_str!("../../../migrations/sqlite/0010_mail.sql"),
        ),
        numbered(
            11,
            "search",
            include_str!("../../../migrations/sqlite/0011_search.sql"),
        ),
        numbered(
            12,
            "card",
            include_str!("../../../migrations/sqlite/0012_card.sql"),
        ),
    ]
}
