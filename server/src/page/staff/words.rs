//! What the pages of staff say, in English: every word in one place.

use protocol::Role;

pub const SKIP: &str = "Skip to the content";
pub const PAGES: &str = "Pages";
pub const SECTIONS: &str = "Team";
pub const CONVERSATIONS: &str = "Conversations";
pub const MY_WORK: &str = "My work";
pub const TEAM: &str = "Team";
pub const ACCOUNT: &str = "Account";
pub const PEOPLE: &str = "People";
pub const TEAMS: &str = "Teams";
pub const TOPICS: &str = "Topics";
pub const REPLIES: &str = "Prepared replies";
pub const CHANGES: &str = "Changes";

pub const SAVE: &str = "Save";
pub const CANCEL: &str = "Cancel";
pub const CHANGE: &str = "Change";
pub const REMOVE: &str = "Remove";
pub const REMOVE_BEFORE: &str = "Do you want to remove";
pub const SAVED: &str = "Saved.";
pub const REMOVED: &str = "Removed.";
pub const PASSWORD_CHANGED: &str =
    "Your password is changed. Every other browser in which you were signed in is signed out.";
pub const TITLE_PROBLEM: &str = "To put right";
pub const TO_PUT_RIGHT: &str = "There is something to put right";
pub const NONE_YET: &str = "There are none yet.";
pub const ANY: &str = "Any";

pub const GONE: &str = "This is not there any more: somebody may have removed it meanwhile. What you typed is below. Saving adds it anew.";
pub const TAKEN_NAME: &str = "There is one of this name already. Choose another name.";
pub const TAKEN_SHORTCUT: &str = "There is a reply with this shortcut in this language already. Choose another shortcut or language.";
pub const TAKEN_EMAIL: &str = "Somebody has this email address already.";
pub const FULL: &str =
    "There can be no more of these: remove one that nobody needs, or make one shorter.";
pub const LAST_ADMIN: &str =
    "Nobody could decide who works here then. Make somebody else an admin first.";
pub const NOT_A_CHOICE: &str = "This was removed meanwhile. Choose another.";
pub const NOT_AN_EMAIL: &str = "Write an email address, such as ana@shop.example.";

pub const ADD_TEAM: &str = "Add a team";
pub const TEAM_NAME: &str = "Name";
pub const TEAM_NAME_HINT: &str = "Colleagues see it when they pass a conversation on.";
pub const TEAM_MEMBERS: &str = "Members";
pub const TEAM_MEMBERS_HINT: &str = "What is passed on to the team is offered to them.";
pub const TEAM_REMOVED: &str =
    "Its members stay. Conversations that it was to have next are offered to everybody.";

pub const ADD_TOPIC: &str = "Add a topic";
pub const TOPIC_NAME: &str = "Name";
pub const TOPIC_NAME_HINT: &str = "Such as Refunds. Visitors do not see it.";
pub const TOPIC_WORDS: &str = "Words";
pub const TOPIC_WORDS_HINT: &str =
    "One on each line. A visitor's message with one of them is about this topic.";
pub const TOPIC_TEAM: &str = "Team";
pub const TOPIC_TEAM_HINT: &str = "Its people are asked first.";
pub const NO_TEAM: &str = "No team";
pub const TOPIC_REMOVED: &str =
    "People stay as they are. Conversations about it are no longer sorted by it.";

pub const ADD_REPLY: &str = "Add a prepared reply";
pub const REPLY_SHORTCUT: &str = "Shortcut";
pub const REPLY_SHORTCUT_HINT: &str =
    "What you type after a slash to get it, such as hello. Letters, digits, - and _.";
pub const REPLY_LANGUAGE: &str = "Language";
pub const REPLY_LANGUAGE_HINT: &str = "The one that it is written in.";
pub const REPLY_TEXT: &str = "Text";
pub const REPLY_TEXT_HINT: &str = "It is put into the reply box, where it can be changed before it is sent. These words in braces are filled in: \
     {name} the visitor's name, {agent} your name, {shop} the shop's, {number} the request's number, {order} the \
     visitor's order. One that is not known stays as it is, for you to see.";
pub const REPLY_REMOVED: &str = "What was sent with it stays in the conversations.";
pub const ANY_LANGUAGE: &str = "Any language";

pub const INVITE: &str = "Invite somebody";
pub const INVITE_BUTTON: &str = "Make the link";
pub const EMAIL: &str = "Email";
pub const EMAIL_HINT: &str = "What they sign in with.";
pub const NAME: &str = "Name";
pub const NAME_HINT: &str = "Visitors see it beside what they write.";
pub const ROLE: &str = "Role";
pub const ROLE_HINT: &str = "An agent answers. A lead also supervises, and sees to teams, topics and prepared replies. An admin also \
     decides who works here.";
pub const LANGUAGES: &str = "Languages";
pub const LANGUAGES_HINT: &str = "Those that they answer in. None means any.";
pub const SKILLS: &str = "Topics they know well";
pub const SKILLS_HINT: &str = "Conversations about them are offered to them first.";
pub const ON_DUTY: &str = "On duty";
pub const OFF_DUTY: &str = "Off duty";
pub const DUTY: &str = "Duty";
pub const LOAD: &str = "Conversations";
pub const INVITED: &str = "Invited: has not chosen a password yet";
pub const WORK_OF: &str = "Work";
pub const ABILITIES: &str = "What they answer";
pub const CHANGE_ROLE: &str = "Change the role";
pub const ROLE_CONSEQUENCE: &str =
    "Whoever gets another role is signed out within seconds, and signs in again.";
pub const NEW_LINK: &str = "New invitation link";
pub const NEW_LINK_HINT: &str = "For whoever has lost the link or the password. Links made before stop working. The password stays until they \
     choose a new one.";
pub const REMOVE_PERSON: &str = "Remove from the site";
pub const PERSON_REMOVED: &str = "They are signed out within seconds and cannot sign in again. What they hold goes back to the front of the queue within a minute. \
     What they wrote stays in the conversations.";
pub const LINK_TITLE: &str = "Invitation link";
pub const LINK_FOR: &str = "chooses a password here, once and within seven days:";
pub const LINK_ONCE: &str = "It is shown this once: copy it now, and give it to nobody else. Whoever opens it first has the account.";
pub const BACK_TO_PEOPLE: &str = "Back to the people";

pub const WHEN: &str = "When";
pub const WHO: &str = "Who";
pub const WHAT: &str = "What";
pub const ABOUT: &str = "About";
pub const BEFORE: &str = "Before";
pub const AFTER: &str = "After";
pub const OLDER: &str = "Older changes";
pub const NEWEST: &str = "Newest changes";
pub const CHANGES_LEAD: &str = "Every change of people, teams, topics and prepared replies, the newest first. Nothing here can be changed or removed. \
     Times are in UTC.";

pub const NOT_ALLOWED: &str = "Your lead can change this";
pub const NOT_ALLOWED_AGENT: &str = "Teams, topics, prepared replies and who works here are seen to by leads and admins. Ask one of them.";
pub const NOT_ADMIN: &str = "An admin can change this";
pub const NOT_ALLOWED_LEAD: &str =
    "Who works here, and as what, is decided by admins. Ask one of them.";
pub const NOT_THERE: &str = "There is no such thing here";
pub const NOT_THERE_WHY: &str =
    "It may have been removed, or the address may be mistyped. Go on from one of the pages above.";
pub const FOREIGN: &str = "This came from another page";
pub const FOREIGN_WHY: &str =
    "Nothing was changed. Open the page here again and send the form from it.";
pub const UNREADABLE: &str = "This form cannot be read";
pub const UNREADABLE_WHY: &str =
    "Nothing was changed. Open the page again, and send the form once more.";
pub const UNAVAILABLE: &str = "The store cannot be reached";
pub const UNAVAILABLE_WHY: &str = "Nothing was changed. Try again in a moment.";

pub const ACCOUNT_LEAD: &str = "An admin can change your role.";
pub const CURRENT: &str = "Current password";
pub const NEW: &str = "New password";
pub const NEW_HINT: &str = "At least 10 characters. A few words are easy to keep in mind.";
pub const CHANGE_PASSWORD: &str = "Change the password";
pub const WRONG_PASSWORD: &str = "That is not your password.";
pub const TO_DESK: &str = "Back to the conversations";

pub const PERIOD: &str = "Period";
pub const TODAY: &str = "Today";
pub const THIS_WEEK: &str = "This week";
pub const LAST_WEEK: &str = "Last week";
pub const THIS_MONTH: &str = "This month";
pub const FROM: &str = "From";
pub const TO: &str = "To";
pub const SHOW: &str = "Show";
pub const BAD_DAY: &str = "Write a day, such as 2026-11-23.";
pub const BACKWARDS: &str = "The last day is before the first.";
pub const TOO_LONG: &str = "Choose at most 366 days.";
pub const FIGURES: &str = "Figures";
pub const TIME_ON_DUTY: &str = "Time on duty";
pub const LONGEST: &str = "Longest without a break";
pub const TAKEN: &str = "Conversations taken";
pub const SENT: &str = "Replies sent";
pub const RESOLVED: &str = "Marked as solved";
pub const PASSED_ON: &str = "Passed on";
pub const FIRST_REPLY: &str = "First reply, median";
pub const SHIFTS: &str = "Shifts";
pub const DAY: &str = "Day";
pub const ON_DUTY_AT: &str = "On duty";
pub const TOGETHER: &str = "Together";
pub const NOW: &str = "now";
pub const NO_END: &str = "no end recorded, not counted";
pub const NO_SHIFTS: &str = "Nobody was on duty in this time.";
pub const STATEMENT: &str = "Statement as a table (CSV)";
pub const STATEMENT_HINT: &str = "One line for each shift and each thing done, with the number of the request and of the event, to hold against \
     the conversations' log.";
pub const EXPLAINED: &str = "What the figures mean";
pub const BREAK_DUE: &str = "A short break is due.";

/// How the figures are worked out.
pub const EXPLANATIONS: [&str; 4] = [
    "Time on duty runs from switching “On duty” on until it is switched off, or until the connection was gone for too long. \
     It goes on ticking here only when this page is loaded again.",
    "A break is at least 15 minutes off duty. After two hours without one, this page reminds of it: that is a default of ours, \
     after the general advice for work at screens, not a rule of your shop.",
    "A first reply is timed from taking the conversation. One that was taken and passed on without a reply counts for none.",
    "Whoever may look at your work sees this same page, with the same figures.",
];

/// What somebody has done without a break.
#[must_use]
pub fn without_break(time: &str) -> String {
    format!("On duty for {time} without a break of 15 minutes.")
}

/// The heading over somebody else's work.
#[must_use]
pub fn work_of(name: &str) -> String {
    format!("Work of {name}")
}

/// Which days, by which clocks.
#[must_use]
pub fn days_in(from: &str, to: &str, zone: &str) -> String {
    if from == to {
        format!("{from}, by the clocks of {zone}")
    } else {
        format!("{from} to {to}, by the clocks of {zone}")
    }
}

/// Hours and minutes.
#[must_use]
pub fn hours(ms: i64) -> String {
    let minutes = ms.max(0) / 60_000;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// What somebody is called by their role.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Agent => "Agent",
        Role::Lead => "Lead",
        Role::Admin => "Admin",
    }
}

/// Failed too often.
#[must_use]
pub fn too_fast(seconds: u64) -> String {
    let minutes = seconds.div_ceil(60).max(1);
    let noun = if minutes == 1 { "minute" } else { "minutes" };
    format!("Too many failed attempts. Try again in {minutes} {noun}.")
}

/// The name of a language in English, by its letters.
#[must_use]
pub fn language(letters: &str) -> Option<&'static str> {
    let found = LANGUAGE_NAMES.iter().find(|(known, _)| *known == letters);
    found.map(|(_, name)| *name)
}

/// By name: the languages that visitors are spoken to in.
pub const LANGUAGE_NAMES: [(&str, &str); 43] = [
    ("ar", "Arabic"),
    ("eu", "Basque"),
    ("bn", "Bengali"),
    ("bg", "Bulgarian"),
    ("ca", "Catalan"),
    ("zh", "Chinese"),
    ("hr", "Croatian"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("nl", "Dutch"),
    ("en", "English"),
    ("et", "Estonian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("gl", "Galician"),
    ("de", "German"),
    ("el", "Greek"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hu", "Hungarian"),
    ("id", "Indonesian"),
    ("ga", "Irish"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("lv", "Latvian"),
    ("lt", "Lithuanian"),
    ("mt", "Maltese"),
    ("nb", "Norwegian"),
    ("fa", "Persian"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("es", "Spanish"),
    ("sv", "Swedish"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::languages;

    #[test]
    fn every_language_that_visitors_are_spoken_to_in_has_an_english_name() {
        let spoken: BTreeSet<String> = languages::Language::tags()
            .filter_map(protocol::Language::of)
            .map(|it| it.to_string())
            .collect();
        let named: BTreeSet<String> = LANGUAGE_NAMES.map(|(letters, _)| letters.into()).into();
        assert_eq!(spoken, named);
        assert!(LANGUAGE_NAMES.is_sorted_by_key(|(_, name)| name));
    }

    #[test]
    fn time_is_told_in_hours_and_minutes() {
        for (ms, told) in [
            (0, "0 min"),
            (59_999, "0 min"),
            (3_599_999, "59 min"),
            (7_200_000, "2 h"),
            (360_060_000, "100 h 1 min"),
            (-1, "0 min"),
        ] {
            assert_eq!(hours(ms), told);
        }
    }

    #[test]
    fn a_wait_is_told_in_whole_minutes() {
        assert!(too_fast(0).ends_with("in 1 minute."));
        assert!(too_fast(61).ends_with("in 2 minutes."));
    }
}
