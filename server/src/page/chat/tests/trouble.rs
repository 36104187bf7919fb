//! What the page says when something is not as it should be.

use super::*;

#[test]
fn nothing_is_promised_that_the_browser_does_not_keep() {
    let mut sample = Sample::waiting(1, 1, BEGAN);
    sample.keeping = Keeping::Refused;
    let page = check(
        &sample,
        &[
            "<p class=\"notice\" data-notice=\"storage\">Your browser keeps no data for this chat. It lasts until you close or reload the page.</p>",
            "No. 4127. Keep this page open: your browser keeps no data for this chat.",
        ],
    );
    assert!(!page.contains("You keep your place"), "{page}");
    sample.keeping = Keeping::NotKnown;
    let page = sample.render();
    assert!(
        !page.contains("You keep your place") && !page.contains("keeps no data"),
        "{page}"
    );
}

#[test]
fn a_refusal_is_said_and_the_draft_is_kept() {
    let mut sample = Sample::of(standing(Answering::Bot {}, vec![asked()]));
    sample.draft = "\n two lines\n<b>";
    sample.refusal = Some("This message is too long.");
    check(
        &sample,
        &[
            "aria-describedby=\"message-error\" aria-invalid=\"true\"",
            "enterkeyhint=\"send\">\n\n two lines\n&lt;b&gt;</textarea>",
            "<p class=\"field-error\" id=\"message-error\" role=\"alert\">This message is too long.</p>",
        ],
    );
}

#[test]
fn what_could_not_be_kept_is_said_with_the_way_around_us() {
    let mut sample = Sample::of(standing(Answering::Bot {}, vec![asked()]));
    let contact = "You can also reach Lumen &amp; Oak here: 020 7946 0112</p>";
    sample.failed = Some(Failed::Human);
    check(
        &sample,
        &[
            "data-desk=\"failed\"><button class=\"human-please\"",
            "<p class=\"desk-note\" role=\"alert\">That did not reach us. Press again, or contact us: 020 7946 0112</p>",
            "data-notice=\"store\">We could not keep your request for a person just now.",
            contact,
        ],
    );
    sample.failed = Some(Failed::Message);
    sample.draft = "still here";
    check(
        &sample,
        &[
            "We could not keep your message just now.",
            contact,
            ">still here</textarea>",
        ],
    );
    sample.failed = Some(Failed::Supervisor);
    check(
        &sample,
        &[
            "We could not keep your wish for a supervisor just now.",
            contact,
        ],
    );
    sample.failed = Some(Failed::Leave);
    check(
        &sample,
        &[
            "We could not take you out of the line just now. Your place is kept.",
            contact,
        ],
    );

    sample.failed = Some(Failed::Ending);
    check(
        &sample,
        &[
            "That did not reach us. Press again. Please try again in a moment.",
            contact,
        ],
    );

    sample.failed = None;
    sample.standing = None;
    sample.site.contact = "help@shop.example".into();
    check(
        &sample,
        &[
            "We cannot see who answers right now",
            "We cannot show your conversation just now. What is in it is kept.",
            "<a href=\"mailto:help@shop.example\"",
            "value=\"human\"",
        ],
    );
}

#[test]
fn without_built_pages_there_is_still_a_page() {
    let page = check(
        &Sample::of(Standing::blank(&shop())),
        &["<script type=\"module\""],
    );
    assert_eq!(
        page.matches("<script").count(),
        1,
        "one module and nothing inline"
    );
    let address = Address::new("demo");
    let standing = Standing::blank(&shop());
    let bare = ChatPage {
        address: &address,
        language: &Language::original(),
        host_origin: None,
        site: &shop(),
        files: None,
        style: None,
        identity: Identity {
            token: &Token("5ec2e7".into()),
            has_begun: false,
            keeping: Keeping::NotKnown,
        },
        command_id: CommandId(1),
        standing: Some(&standing),
        now: BEGAN,
        draft: "",
        refusal: None,
        failed: None,
        unkept: &Unkept::default(),
        uncorrected: &Uncorrected::default(),
        hours: None,
    }
    .render();
    assert!(bare.contains("<body data-site=\"demo\">"), "{bare}");
    assert!(
        !bare.contains("<script") && !bare.contains("stylesheet"),
        "{bare}"
    );
    assert!(bare.contains(">Human please</button>"), "{bare}");
}
