//! Every state of a conversation.

use super::*;

#[test]
fn a_page_before_anything_was_said() {
    let mut sample = Sample::of(Standing::blank(&shop()));
    sample.has_begun = false;
    let page = check(
        &sample,
        &[
            "<!DOCTYPE html><html lang=\"en\" dir=\"ltr\" data-color-scheme=\"dark\"",
            "<title>Lumen &amp; Oak · Support chat</title>",
            "<link rel=\"stylesheet\" href=\"/assets/visitor/tokens-3.css\"><link rel=\"stylesheet\" href=\"/assets/visitor/widget-4.css\">",
            "<link rel=\"modulepreload\" href=\"/assets/visitor/visitor-2.js\">",
            "<link rel=\"preload\" href=\"/assets/visitor/visitor-2_bg.wasm\" as=\"fetch\" crossorigin>",
            "<script type=\"module\" src=\"/assets/visitor/boot-1.js\"></script>",
            "<body data-site=\"demo\" data-host-origin=\"https://shop.example\"><main class=\"chat\" id=\"chat\" aria-label=\"Support chat\">",
            "<p class=\"status\" id=\"status\" role=\"status\" data-holder=\"bot\">AI assistant answers now</p>",
            "<div class=\"notices\" id=\"notices\" role=\"status\"></div>",
            "<div class=\"log\" id=\"log\" role=\"log\" aria-label=\"Conversation\" tabindex=\"0\">",
            "An AI assistant answers first. It is not a person: it quotes our help pages and can be wrong. A person is one press away, at any time.",
            "<div class=\"blocks\" id=\"messages\"></div>",
            "<div class=\"desk\" id=\"desk\" data-desk=\"idle\"><button class=\"human-please\" form=\"composer\" name=\"act\" value=\"human\"><svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M12",
            "</svg>Human please</button><p class=\"desk-note\">At any time, for any reason.</p></div>",
            "<form class=\"composer\" id=\"composer\" method=\"post\" action=\"/chat/demo?scheme=dark#m1\" novalidate>",
            "<input type=\"hidden\" name=\"id\" value=\"00000000000000000000000000000abc\" autocomplete=\"off\">",
            "<input type=\"hidden\" name=\"fresh\" value=\"5ec2e7\" autocomplete=\"off\">",
            "placeholder=\"Write a message\" enterkeyhint=\"send\"></textarea>",
            "<p class=\"field-error\" id=\"message-error\" role=\"alert\"></p>",
        ],
    );
    assert!(
        !page.contains("name=\"token\""),
        "nothing has begun: {page}"
    );
    assert!(!page.contains("aria-invalid"), "{page}");
}

#[test]
fn a_page_that_brings_its_style_along_asks_for_no_other() {
    let mut sample = Sample::of(Standing::blank(&shop()));
    sample.style = Some(".chat>p{content:\"<\"}");
    let page = check(
        &sample,
        &["<style>.chat>p{content:\"<\"}</style><script type=\"module\""],
    );
    assert!(!page.contains("stylesheet"), "{page}");
}

#[test]
fn a_conversation_with_the_assistant() {
    let page = check(
        &Sample::of(standing(Answering::Bot {}, vec![asked(), answered()])),
        &[
            "<li class=\"day\"><time datetime=\"2026-11-21\">Saturday 21 November</time></li><li class=\"message\" id=\"m1\" data-seq=\"1\" data-author=\"visitor\"><p class=\"message-head\"><span class=\"message-author\">You</span> <time class=\"message-time\" datetime=\"2026-11-21T10:31:06Z\">10:31 UTC</time></p><div class=\"bubble\"><div class=\"message-text\"><p dir=\"auto\">Is my order on its way?</p></div></div><p class=\"delivery\" data-delivery=\"sent\">Sent</p></li>",
            "<li class=\"message\" id=\"m2\" data-seq=\"2\" data-author=\"bot\"><p class=\"message-head\"><span class=\"message-author\">AI assistant</span>",
            "<p class=\"message-source\">from <a href=\"/help/shipping-times\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">“Shipping times” <span aria-hidden=\"true\">↗</span><span class=\"visually-hidden\">(opens in a new tab)</span></a></p>",
            "<input type=\"hidden\" name=\"token\" value=\"5ec2e7\" autocomplete=\"off\">",
            "action=\"/chat/demo?scheme=dark#m3\"",
        ],
    );
    assert_eq!(
        page.matches("class=\"day\"").count(),
        1,
        "both are of one day"
    );
}

#[test]
fn a_post_leads_to_what_it_made_or_to_the_end() {
    let kinds = [asked(), answered(), EventKind::BotFailed {}];
    for count in 0..=kinds.len() {
        let page = Sample::of(standing(Answering::Bot {}, kinds[..count].to_vec())).render();
        let (_, fragment) = page.split_once("action=\"/chat/demo?scheme=dark#").unwrap();
        let fragment = fragment.split('"').next().unwrap();
        assert_eq!(fragment, format!("m{}", count + 1));
        let goal = format!("id=\"{fragment}\"");
        assert_eq!(
            page.matches(&goal).count(),
            usize::from(count > 0),
            "{page}"
        );
        // One event more, and the goal is that event.
        let next = EventKind::LeftQueue {};
        let more = [&kinds[..count], &[next]].concat();
        let page = Sample::of(standing(Answering::Bot {}, more)).render();
        assert!(
            page.contains(&format!("<li class=\"event\" {goal}")),
            "{page}"
        );
        assert_eq!(page.matches(&goal).count(), 1, "{page}");
    }
}

#[test]
fn sent_stands_under_the_newest_own_message_only() {
    let page = check(
        &Sample::of(standing(
            Answering::Bot {},
            vec![asked(), answered(), asked()],
        )),
        &["data-seq=\"3\""],
    );
    assert_eq!(page.matches("data-delivery=\"sent\"").count(), 1);
    assert!(
        page.find("data-delivery") > page.find("data-seq=\"3\""),
        "{page}"
    );
}

#[test]
fn an_assistant_that_does_not_know_or_fails_offers_a_person() {
    let offered = "data-desk=\"offered\"><button class=\"human-please\"";
    let note = "The AI assistant could not help. A person can.";
    let EventKind::Message(mut unknown) = message(Author::Bot {}, "I do not know that.") else {
        panic!("it is a message");
    };
    unknown.offers_human = true;
    let unknown = EventKind::Message(unknown);
    check(
        &Sample::of(standing(Answering::Bot {}, vec![asked(), unknown.clone()])),
        &[offered, note],
    );
    check(
        &Sample::of(standing(
            Answering::Bot {},
            vec![asked(), EventKind::BotFailed {}],
        )),
        &[
            offered,
            note,
            "<li class=\"event\" id=\"m2\" data-seq=\"2\" data-event=\"bot_failed\"><p>The AI assistant could not answer. Your message is kept. A person can help: press Human please, below.<span id=\"m3\"></span></p></li>",
        ],
    );
    let since = standing(
        Answering::Bot {},
        vec![asked(), unknown, asked(), answered()],
    );
    check(&Sample::of(since), &["data-desk=\"idle\""]);
}

/// L15, L16: whatever a bot says of itself, the label and the mark for programs say what it is.
#[test]
fn a_bot_that_calls_itself_a_person_is_labelled_as_what_it_is() {
    let claim = message(
        Author::Bot {},
        "I am a real person. My name is Eva · human.",
    );
    let page = check(
        &Sample::of(standing(Answering::Bot {}, vec![asked(), claim])),
        &[
            "data-author=\"bot\"><p class=\"message-head\"><span class=\"message-author\">AI assistant</span>",
            "AI assistant answers now",
            "It is not a person",
        ],
    );
    assert!(!page.contains("data-author=\"agent\""), "{page}");
}

#[test]
fn a_place_in_line_with_its_wait() {
    let second = Sample::waiting(2, 3, Timestamp(BEGAN.0 - 72_000));
    let page = check(
        &second,
        &[
            "data-holder=\"queue\">You are in line for a person</p>",
            "<section class=\"card\" aria-label=\"Your place in line\"><div class=\"card-main\"><p class=\"card-title\"><span class=\"queue-place\" role=\"status\">2nd in line</span> · waiting <span class=\"queue-wait\" role=\"timer\">1:12</span></p><p class=\"card-note\">No. 4127. You keep your place if you close this page.</p></div><button class=\"button button-quiet\" form=\"composer\" name=\"act\" value=\"leave\">Leave the line</button></section>",
            "<li class=\"event\" id=\"m2\" data-seq=\"2\" data-event=\"human_requested\"><p>You asked for a person · No. 4127<span id=\"m3\"></span></p></li>",
        ],
    );
    assert!(
        !page.contains("class=\"human-please\""),
        "the card stands in its place"
    );
    check(
        &Sample::waiting(1, 1, Timestamp(BEGAN.0 - 847_000)),
        &[
            "You are next</span>",
            ">14:07</span>",
            "Still here. No. 4127. You keep",
        ],
    );
    check(
        &Sample::waiting(1, 0, Timestamp(BEGAN.0 - 40_000)),
        &[
            "Nobody is on duty right now. Your request No. 4127 is kept and does not run out; the answer comes here.",
        ],
    );
}

#[test]
fn a_person_who_has_the_conversation() {
    let hello = message(
        Author::Agent { name: "Ana".into() },
        "Hello. See https://a.example/x.",
    );
    let taken = EventKind::Taken {
        agent: "Ana".into(),
        lead: false,
    };
    let mut sample = Sample::of(standing(ana(), vec![asked(), taken, hello]));
    let state = &mut sample.standing.as_mut().unwrap().state;
    state.waiting = Some(Waiting {
        receipt: Receipt(4127),
        since: BEGAN,
        estimate: None,
    });
    check(
        &sample,
        &[
            "data-holder=\"agent\">Ana · human answers now</p>",
            "data-event=\"taken\"><p>Ana · human is here</p>",
            "data-author=\"agent\"><p class=\"message-head\"><span class=\"message-author\">Ana · human</span>",
            "Hello. See <a href=\"https://a.example/x\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">https://a.example/x</a>.</p>",
            "<section class=\"card\" aria-label=\"Your person\"><svg class=\"icon card-icon\"",
            "<p class=\"card-title\">Ana · human</p><p class=\"card-note\">has your conversation. No. 4127.</p>",
        ],
    );
    // Somebody who left the shop keeps being a person.
    let nameless = Answering::Agent {
        name: String::new(),
        lead: false,
    };
    check(
        &Sample::of(standing(nameless, vec![asked()])),
        &["A person · human answers now"],
    );
}

#[test]
fn an_end_that_can_be_undone() {
    let resolved = EventKind::Resolved {
        agent: "Ana".into(),
    };
    let ended = Answering::Nobody {
        last: Some("Ana".into()),
    };
    check(
        &Sample::of(standing(ended, vec![asked(), resolved])),
        &[
            "data-holder=\"ended\">Solved. You can write again at any time</p>",
            "data-event=\"resolved\"><p>Ana marked this as solved. Write again and it goes back to Ana.",
            "data-desk=\"ended\"><button class=\"human-please\"",
            "Not solved after all? Ask again.",
        ],
    );
}

#[test]
fn everything_else_that_happens() {
    let vanished = EventKind::Returned {
        reason: ReturnReason::Vanished,
        agent: "Ana".into(),
    };
    let passed_on = EventKind::Returned {
        reason: ReturnReason::Transferred,
        agent: "Ben".into(),
    };
    let by_bot = EventKind::HumanRequested {
        receipt: Receipt(1),
        via: RequestVia::Bot,
    };
    let reopened = EventKind::Reopened { agent: None };
    let kinds = vec![
        by_bot,
        vanished,
        passed_on,
        reopened,
        EventKind::LeftQueue {},
    ];
    check(
        &Sample::of(standing(Answering::Bot {}, kinds)),
        &[
            "data-event=\"human_requested\"><p>The AI assistant asked for a person · No. 1</p>",
            "data-event=\"returned\"><p>Ana had to go. You are back at the front of the line, with your time kept.</p>",
            "data-event=\"returned\"><p>Ben passed you on. You are back at the front of the line, with your time kept.</p>",
            "data-event=\"reopened\"><p>Open again</p>",
            "data-event=\"left_queue\"><p>You left the line. The AI assistant answers again.",
            "data-desk=\"idle\"",
        ],
    );
}

#[test]
fn a_site_without_an_assistant_never_speaks_of_one() {
    let mut sample = Sample::of(Standing::blank(&SiteFace {
        bot: false,
        ..shop()
    }));
    sample.site.bot = false;
    sample.standing.as_mut().unwrap().history.events = vec![event(1, EventKind::LeftQueue {})];
    let page = check(
        &sample,
        &[
            "data-holder=\"ended\">A person answers here</p>",
            "A person of Lumen &amp; Oak answers here. Press Human please to ask for one.",
            "You left the line.<span",
        ],
    );
    assert!(!page.contains("AI assistant"), "{page}");
}

#[test]
fn days_and_a_long_history_are_marked() {
    let mut sample = Sample::of(standing(Answering::Bot {}, vec![asked(), answered()]));
    let history = &mut sample.standing.as_mut().unwrap().history;
    history.events[1].at = Timestamp(BEGAN.0 + 24 * 60 * 60 * 1_000);
    history.earlier = true;
    check(
        &sample,
        &[
            "<li class=\"event\"><p>Your conversation is longer: this page shows the end of it.</p></li><li class=\"day\"><time datetime=\"2026-11-21\">",
            "<li class=\"day\"><time datetime=\"2026-11-22\">Sunday 22 November</time></li><li class=\"message\" id=\"m2\"",
        ],
    );
}
