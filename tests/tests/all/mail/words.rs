//! S1, S17, L10, A11: what a letter says, to whom, and what it never says.

use human_please::hours::HoursText;
use human_please::store::NewSite;
use human_please_tests::clock::HandClock;
use human_please_tests::mail_server::{Arrived, MailServer};
use human_please_tests::server::{PUBLIC_URL, SHOP, Server, Setup};
use protocol::Timestamp;

use super::{CANARY, EMAIL, answer, answered, go, leave_address, setup, with_agent};

/// 2026-11-23 10:42 in Madrid.
const MONDAY: Timestamp = Timestamp(1_795_426_920_000);

/// Changes the shop, while the server runs.
async fn change_shop(server: &Server, change: impl FnOnce(NewSite) -> NewSite) {
    let site = server.service.site(SHOP).unwrap();
    let changed = change(site.settings.clone());
    server.service.store().put_site(&changed).await.unwrap();
    server.service.reload_sites().await.unwrap();
}

fn addresses(of: Option<&mail_parser::Address<'_>>) -> Vec<String> {
    let all = of.into_iter().flat_map(mail_parser::Address::iter);
    all.map(|it| {
        let name = it.name().unwrap_or_default();
        format!("{name} <{}>", it.address().unwrap_or_default())
    })
    .collect()
}

#[tokio::test]
async fn a_letter_says_who_has_answered_and_how_to_read_it() {
    let mail_server = MailServer::start();
    let setup = Setup {
        clock: HandClock::at(MONDAY).clock(),
        ..setup(&mail_server)
    };
    let server = Server::start(setup).await;
    let hours = HoursText {
        time_zone: "Europe/Madrid".into(),
        week: "Mon-Fri 09:00-18:00".into(),
        exceptions: vec![],
    };
    change_shop(&server, |shop| NewSite {
        hours: hours.parse().ok(),
        ..shop
    })
    .await;
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let letter = mail_server.letters(1).await.remove(0);
    let (code, stop) = (
        letter.code("/continue/shop"),
        letter.code("/continue/shop/stop"),
    );
    assert_eq!(
        letter.text().trim_end(),
        format!(
            "Ana of The shop has answered you in the chat.\n\
             Your request for a person: No. 1\n\
             \n\
             Read and reply\n\
             http://chat.example/continue/shop#{code}\n\
             \n\
             The link works until Monday 30 November, 10:42 (Europe/Madrid). It opens your conversation, so do not \
             pass it on.\n\
             \n\
             If the link does not open, go to http://chat.example/continue/shop and enter this code:\n\
             {code}\n\
             \n\
             If you did not write to The shop, you can ignore this email.\n\
             \n\
             Never write to this address again\n\
             http://chat.example/continue/shop/stop#{stop}"
        )
    );
    assert_ne!(code, stop);
    let message = letter.message();
    assert_eq!(message.subject(), Some("The shop: you have an answer"));
    assert_eq!(
        addresses(message.from()),
        ["Lumen & Oak <help@shop.example>"]
    );
    assert_eq!(addresses(message.to()), [format!(" <{EMAIL}>")]);
    assert_eq!(
        addresses(message.reply_to()),
        [" <hello@shop.example>"],
        "the shop's contact"
    );
    assert_eq!(letter.header("Auto-Submitted").unwrap(), "auto-generated");
    assert_eq!(
        letter.header("List-Unsubscribe").unwrap(),
        format!("<{PUBLIC_URL}/continue/shop/stop#{stop}>")
    );
    let id = message.message_id().unwrap();
    assert!(id.ends_with("@chat.example"), "{id}");
    assert!(message.date().is_some());
    let types: Vec<_> = message
        .parts
        .iter()
        .map(|part| mail_parser::MimeHeaders::content_type(part).unwrap())
        .map(|it| format!("{}/{}", it.ctype(), it.subtype().unwrap_or_default()))
        .collect();
    assert_eq!(types, ["multipart/alternative", "text/plain", "text/html"]);

    let html = letter.html();
    for part in [
        "lang=\"en\"",
        "dir=\"ltr\"",
        "Ana of The shop has answered you in the chat.",
        "No. 1",
        &format!("href=\"http://chat.example/continue/shop#{code}\""),
        &format!("href=\"http://chat.example/continue/shop/stop#{stop}\""),
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    is_plain(&html);
}

/// Nothing is fetched, run or asked for by the elements that a letter has in it.
fn is_plain(html: &str) {
    for element in html.split('<').skip(1) {
        let (element, _) = element.split_once('>').unwrap();
        let name = element.trim_start_matches('/').split(' ').next().unwrap();
        let known = [
            "!DOCTYPE", "html", "head", "meta", "title", "body", "div", "h1", "bdi", "p", "br", "a",
        ];
        assert!(known.contains(&name), "<{element}>");
        for none in [" src=", " on", "url(", "@import", "javascript:"] {
            assert!(!element.contains(none), "<{element}>");
        }
    }
}

fn all_of(letter: &Arrived) -> String {
    let headers: Vec<String> = letter
        .message()
        .headers_raw()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let (raw, headers) = (String::from_utf8_lossy(&letter.bytes), headers.join("\n"));
    format!("{raw}\n{headers}\n{}\n{}", letter.text(), letter.html())
}

#[tokio::test]
async fn no_word_of_a_message_and_nothing_that_a_visitor_chose_is_in_a_letter() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let visitor = with_agent(&server, &mut ana, EMAIL).await;
    let (conversation, _) = go(&server, visitor).await;
    ana.note(conversation, CANARY).await;
    ana.reply(conversation, &answer()).await;
    let letter = mail_server.letters(1).await.remove(0);
    let all = all_of(&letter);
    for canary in [
        CANARY,
        "xylophone",
        "lamp",
        "on its way",
        "ana@shop.example",
    ] {
        assert!(!all.contains(canary), "{canary}: {all}");
    }
    assert!(!all.contains(&conversation.to_string()), "nor its id");
    // Where it is brought to, and nowhere else.
    assert_eq!(all.matches(EMAIL).count(), 2, "raw and read: {all}");
}

#[tokio::test]
async fn a_letter_speaks_the_visitors_language() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let spoken = [
        (
            "es",
            "Mi lámpara llegó rota y quiero hablar con una persona de la tienda, por favor",
            "The shop: hay una respuesta para usted",
            "ltr",
            "Ana de The shop le ha respondido en el chat.",
        ),
        (
            "ar",
            "وصل المصباح الذي طلبته مكسورا وأريد أن أتحدث مع شخص من المتجر من فضلكم",
            "The shop: لديك رد",
            "rtl",
            "لديك رد في الدردشة من Ana (The shop).",
        ),
        (
            "ja",
            "注文したランプが壊れて届きました。お店の方と話をさせていただけますでしょうか。",
            "The shop：回答が届いています",
            "ltr",
            "The shopのAnaがチャットで回答しました。",
        ),
    ];
    for (count, (tag, question, subject, direction, answered)) in (1..).zip(spoken) {
        let mut visitor = server.visitor().await;
        visitor.say(question).await;
        visitor.human().await;
        leave_address(&mut visitor, &format!("{tag}@mail.example")).await;
        let conversation = visitor.welcome.conversation;
        ana.take(conversation).await;
        go(&server, visitor).await;
        ana.reply(conversation, &answer()).await;
        let letter = mail_server.letters(count).await.pop().unwrap();
        assert_eq!(letter.message().subject(), Some(subject), "{tag}");
        assert!(letter.text().starts_with(answered), "{}", letter.text());
        let html = letter.html();
        let opening = format!("<html lang=\"{tag}\" dir=\"{direction}\">");
        assert!(html.contains(&opening), "{html}");
        let body = format!("<body dir=\"{direction}\"");
        assert!(html.contains(&body), "for programs that drop the rest");
        is_plain(&html);
    }
}

/// S1: names are text, in a header and in HTML.
#[tokio::test]
async fn names_can_add_no_header_and_no_markup() {
    let mail_server = MailServer::start();
    let server = Server::start(setup(&mail_server)).await;
    let hostile = "Oak\r\nBcc: all@evil.example\r\n\r\n<img src=x onerror=alert(1)>\u{202e}";
    change_shop(&server, |shop| NewSite {
        name: hostile.into(),
        contact: "hello@shop.example\r\nBcc: all@evil.example".into(),
        ..shop
    })
    .await;
    let store = server.service.store();
    let ana = store.agent_by_email("ana@shop.example").await.unwrap();
    let ana = ana.unwrap();
    let renamed = human_please::store::NewAgent {
        id: ana.id,
        site: ana.site,
        email: ana.email,
        name: format!("Ana{hostile}"),
        password: ana.password,
        role: ana.role,
        most: ana.most,
    };
    store.put_agent(&renamed).await.unwrap();
    let mut ana = server.agent_on_duty("Ana").await;
    answered(&server, &mut ana, EMAIL).await;
    let letter = mail_server.letters(1).await.remove(0);
    assert_eq!(letter.to, [EMAIL], "nobody else gets it");
    let message = letter.message();
    assert!(message.bcc().is_none());
    assert!(message.reply_to().is_none(), "that is no address");
    let subject = message.subject().unwrap();
    assert!(
        subject.starts_with("Oak Bcc: all@evil.example <img"),
        "{subject}"
    );
    assert!(!subject.contains(['\r', '\n', '\u{202e}']), "{subject}");
    let mut names: Vec<&str> = message.headers_raw().map(|(name, _)| name).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "Auto-Submitted",
            "Content-Type",
            "Date",
            "From",
            "List-Unsubscribe",
            "MIME-Version",
            "Message-ID",
            "Subject",
            "To"
        ]
    );
    let html = letter.html();
    is_plain(&html);
    assert!(html.contains("&lt;img"), "{html}");
    assert!(!html.contains('\u{202e}') && !letter.text().contains('\u{202e}'));
    assert_eq!(letter.text().lines().count(), 15, "{}", letter.text());
}
