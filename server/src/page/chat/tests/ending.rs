//! G1, G5: going back to the assistant, and the visitor's own end, in the page that needs no script.

use super::*;

const ASSISTANT: &str = "<button class=\"way-out\" id=\"assistant\" form=\"composer\" name=\"act\" value=\"assistant\">Talk to the AI assistant again</button>";

const NO_ASSISTANT: &str = "value=\"assistant\" hidden>";

const END: &str = "<details id=\"end\"><summary class=\"way-out\">End my conversation</summary><p>End it for both sides? You can write again at any time.</p><button class=\"button button-quiet\" form=\"composer\" name=\"act\" value=\"end\">End my conversation</button></details>";

const NO_END: &str = "<details id=\"end\" hidden>";

fn nobody() -> Answering {
    Answering::Nobody {
        last: Some("Ana".into()),
    }
}

/// Only what there is: nothing before the first word, and back to the assistant only from where it is not.
#[test]
fn a_way_out_is_offered_where_there_is_one() {
    let blank = standing(Answering::Bot {}, vec![]);
    check(&Sample::of(blank), &[NO_ASSISTANT, NO_END]);
    let with_bot = standing(Answering::Bot {}, vec![asked()]);
    check(&Sample::of(with_bot), &[NO_ASSISTANT, END]);
    // There it is called leaving the line.
    check(
        &Sample::waiting(1, 1, BEGAN),
        &["Leave the line", NO_ASSISTANT, END],
    );
    let with_ana = || Sample::of(standing(ana(), vec![asked()]));
    check(&with_ana(), &[ASSISTANT, END]);
    let ended = standing(nobody(), vec![asked(), EventKind::Ended {}]);
    check(&Sample::of(ended), &[ASSISTANT, NO_END]);
    let mut without_bot = with_ana();
    without_bot.site.bot = false;
    let page = check(&without_bot, &[END]);
    assert!(!page.contains("id=\"assistant\""));
}

/// G6: what came of it is told, and who ended it is not mixed up with who solved it.
#[test]
fn what_the_visitor_did_is_in_the_log_and_the_header() {
    let ended = vec![asked(), EventKind::Ended {}];
    check(
        &Sample::of(standing(nobody(), ended)),
        &[
            "data-event=\"ended\"><p>You ended the conversation. Write again at any time.<",
            "data-holder=\"ended\">You ended the conversation. Write again at any time.</p>",
            "data-desk=\"idle\"><button class=\"human-please\"",
        ],
    );
    let resolved = EventKind::Resolved {
        agent: "Ana".into(),
    };
    let back = vec![asked(), resolved, EventKind::AssistantChosen {}];
    check(
        &Sample::of(standing(Answering::Bot {}, back)),
        &[
            "data-event=\"assistant_chosen\"><p>The AI assistant answers again.<",
            "AI assistant answers now",
        ],
    );
}
