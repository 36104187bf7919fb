//! G6: answers that the newest message suggests, in the page that needs no script.

use super::*;

fn suggesting(replies: &[&str]) -> EventKind {
    let EventKind::Message(mut message) = message(Author::Bot {}, "Is it broken?") else {
        unreachable!("it is a message");
    };
    message.replies = replies.iter().map(|&reply| reply.to_owned()).collect();
    EventKind::Message(message)
}

/// Each is a button of the form, and hostile words stay words.
#[test]
fn suggested_answers_stand_below_the_newest_message_only() {
    let hostile = suggesting(&["Yes", "\"><script>alert(1)</script>"]);
    let page = check(
        &Sample::of(standing(Answering::Bot {}, vec![asked(), hostile.clone()])),
        &[
            "</li><li class=\"replies\"><div class=\"replies-box\" role=\"group\" aria-label=\"Suggested answers\"><button class=\"reply\" form=\"composer\" name=\"reply\" value=\"Yes\" dir=\"auto\">Yes</button>",
            "value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"",
        ],
    );
    assert!(!page.contains("<script>alert"));
    // What happened since is nobody's answer.
    let resolved = EventKind::BotFailed {};
    let events = vec![asked(), hostile.clone(), resolved];
    check(
        &Sample::of(standing(Answering::Bot {}, events)),
        &["name=\"reply\""],
    );
    for newest in [asked(), answered()] {
        let events = vec![hostile.clone(), newest];
        let page = check(&Sample::of(standing(Answering::Bot {}, events)), &[]);
        assert!(!page.contains("name=\"reply\""), "{page}");
    }
}
