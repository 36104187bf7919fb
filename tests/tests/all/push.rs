//! S3, S8, S12: notices to agents whose page is closed: who gets them, what is in them, and where they are never sent.

mod door;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use base64ct::{Base64UrlUnpadded, Encoding};
use human_please::push::PushNotice;
use human_please::secret::random_id;
use human_please::store::{StoredAgent, Subscription};
use human_please_tests::http::{self, Answer};
use human_please_tests::push::{Browser, Heard, Letter, NAME, PushService, Statement};
use human_please_tests::server::{AGENTS, Server, Setup};
use hyper::Method;
use protocol::{ConversationId, Receipt};
use serde_json::{Value, json};

const PUSH: &str = "/api/v1/agent/push";

/// A server that reaches nothing but this push service.
async fn server_by(service: &PushService) -> Server {
    Server::start(Setup {
        reach: service.reach(),
        ..Setup::default()
    })
    .await
}

/// Asks something in an agent's session.
async fn ask(server: &Server, session: &str, method: Method, body: &Value) -> Answer {
    let cookie = format!("human-please-agent={session}");
    let headers = [
        ("cookie", cookie.as_str()),
        ("content-type", "application/json"),
    ];
    http::request(server.address, method, PUSH, &headers, &body.to_string()).await
}

/// Has notices sent to a browser.
async fn subscribe(server: &Server, session: &str, browser: &Browser) {
    let answer = ask(server, session, Method::PUT, &browser.subscription()).await;
    assert_eq!(answer.status, 204, "{}", answer.text());
}

async fn agent(server: &Server, name: &str) -> StoredAgent {
    let (email, ..) = AGENTS.into_iter().find(|(_, it, _)| *it == name).unwrap();
    let found = server.look(async move |store| store.agent_by_email(email).await);
    found.await.unwrap().unwrap()
}

async fn subscriptions(server: &Server, name: &str) -> Vec<Subscription> {
    let (agent, now) = (agent(server, name).await.id, server.service.now());
    let found = server.look(async move |store| store.subscriptions(agent, now).await);
    found.await.unwrap()
}

/// Tells an agent of a request.
async fn notify(server: &Server, name: &str) -> PushNotice {
    let notice = PushNotice {
        conversation: ConversationId(random_id()),
        receipt: Receipt(4_127),
        shop: "Lumen & Oak".into(),
    };
    server.push().notify(agent(server, name).await.id, &notice);
    notice
}

fn read(browser: &Browser, letter: &Letter) -> Value {
    assert!(browser.is_addressed(letter), "{}", letter.target);
    serde_json::from_slice(&browser.open(&letter.body)).unwrap()
}

/// The harness opens what RFC 8291 (5 and appendix A) has sealed, so what it opens is sealed by that RFC.
#[test]
fn the_harness_reads_the_rfcs_own_example() {
    let decoded = |text| Base64UrlUnpadded::decode_vec(text).unwrap();
    let key = decoded("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
    let secret = decoded("BTBZMqHH6r4Tts7J_aSIgg").try_into().unwrap();
    let browser = Browser::of(&key, secret);
    let keys = json!({
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    });
    assert_eq!(browser.subscription()["keys"], keys);
    let body = decoded(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8\
         wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
    );
    let plain = b"When I grow up, I want to be a watermelon";
    assert_eq!(browser.open(&body), plain);
}

#[tokio::test]
async fn a_notice_reaches_the_agents_browsers_and_only_they_can_read_it() {
    let mut service = PushService::open().await;
    let server = Server::start(Setup {
        reach: service.reach(),
        public_url: Some("https://chat.example".into()),
        ..Setup::default()
    })
    .await;
    let cookie = format!("__Host-human-please-agent={}", server.session("Ana").await);
    let headers = [
        ("cookie", cookie.as_str()),
        ("origin", "https://chat.example"),
        ("content-type", "application/json"),
    ];
    let asked = http::request(server.address, Method::GET, PUSH, &headers, "").await;
    assert_eq!(asked.status, 200);
    assert_eq!(asked.header("cache-control"), Some("no-store"));
    let key = asked.json()["key"].as_str().unwrap().to_owned();
    let point = Base64UrlUnpadded::decode_vec(&key).unwrap();
    assert_eq!((point.len(), point[0]), (65, 4), "an uncompressed point");
    let (desk, phone) = (Browser::new(), Browser::new());
    for browser in [&desk, &phone] {
        let body = browser.subscription().to_string();
        let put = http::request(server.address, Method::PUT, PUSH, &headers, &body).await;
        assert_eq!((put.status, put.body), (204, vec![]));
    }

    let notice = notify(&server, "Ana").await;
    let (one, other) = (service.letter().await, service.letter().await);
    let (desks, phones) = if desk.is_addressed(&one) {
        (one, other)
    } else {
        (other, one)
    };
    let told = json!({
        "kind": "request",
        "conversation": notice.conversation.to_string(),
        "receipt": 4_127,
        "title": "Lumen & Oak",
        "body": "No. 4127 asks for a person.",
    });
    assert_eq!(read(&desk, &desks), told);
    assert_eq!(read(&phone, &phones), told);
    for letter in [&desks, &phones] {
        assert_eq!(letter.header("host"), NAME);
        assert_eq!(letter.header("content-encoding"), "aes128gcm");
        assert_eq!(letter.header("urgency"), "high");
        let seconds: u64 = letter.header("ttl").parse().unwrap();
        assert!((30..=60).contains(&seconds), "{seconds}");
        let topic = letter.header("topic");
        assert_eq!(topic, desks.header("topic"));
        let is_base64url = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        assert!(
            topic.len() <= 32 && topic.bytes().all(is_base64url),
            "{topic}"
        );
        assert!(!topic.contains(&notice.conversation.to_string()));
        for clear in ["4127", "Lumen", "request"] {
            let is_there = letter
                .body
                .windows(clear.len())
                .any(|it| it == clear.as_bytes());
            assert!(!is_there, "{clear} can be read on the way");
        }

        let Statement { key: with, claims } = Statement::of(letter);
        assert_eq!(with, key, "the key that browsers subscribed with");
        assert_eq!(claims["aud"], json!("https://push.example"));
        assert_eq!(claims["sub"], json!("https://chat.example"));
        let now = server.service.now().0 / 1_000;
        let left = claims["exp"].as_i64().unwrap() - now;
        assert!((60..=24 * 60 * 60).contains(&left), "{left} seconds");
        assert_eq!(claims.as_object().unwrap().len(), 3);
    }
}

#[tokio::test]
async fn each_database_has_one_key_and_keeps_it() {
    let key_of = async |server: &Server| {
        let session = server.session("Ana").await;
        let answer = ask(server, &session, Method::GET, &json!(null)).await;
        answer.json()["key"].as_str().unwrap().to_owned()
    };
    let server = Server::start(Setup::default()).await;
    let key = key_of(&server).await;
    assert_eq!(key_of(&server).await, key);
    let place = server.stop().await;
    let server = Server::start_at(place, Setup::default()).await;
    assert_eq!(key_of(&server).await, key, "after a restart");
    let another = Server::start(Setup::default()).await;
    assert_ne!(key_of(&another).await, key);
}

/// S8: no more is sent to where somebody has signed out, or whose password was changed.
#[tokio::test]
async fn a_subscription_ends_with_its_session() {
    let mut service = PushService::open().await;
    let server = server_by(&service).await;
    let (home, work) = (server.session("Ana").await, server.session("Ana").await);
    let (at_home, at_work) = (Browser::new(), Browser::new());
    subscribe(&server, &home, &at_home).await;
    subscribe(&server, &work, &at_work).await;
    let cookie = format!("human-please-agent={home}");
    let signed_out = http::request(
        server.address,
        Method::DELETE,
        "/api/v1/agent/session",
        &[("cookie", &cookie)],
        "",
    )
    .await;
    assert_eq!(signed_out.status, 204);
    notify(&server, "Ana").await;
    let letter = service.letter().await;
    assert!(at_work.is_addressed(&letter));
    server.until_nothing_is_to_be_sent().await;
    assert!(service.heard_nothing(), "nothing for who has signed out");
    let late = ask(&server, &home, Method::PUT, &at_home.subscription()).await;
    assert_eq!(late.status, 401);

    let ana = agent(&server, "Ana").await;
    let changed = human_please::store::NewAgent {
        id: ana.id,
        site: ana.site,
        email: ana.email,
        name: ana.name,
        password: human_please::secret::hash_password("another one"),
        role: ana.role,
        most: ana.most,
    };
    server.service.store().put_agent(&changed).await.unwrap();
    assert_eq!(subscriptions(&server, "Ana").await, []);
    notify(&server, "Ana").await;
    server.until_nothing_is_to_be_sent().await;
    assert!(service.heard_nothing(), "nothing after a new password");

    let rita = agent(&server, "Rita").await;
    subscribe(&server, &server.session("Rita").await, &Browser::new()).await;
    let now = server.service.now();
    let left = server.look(async move |store| {
        assert_eq!(store.subscriptions(rita.id, now).await.unwrap().len(), 1);
        assert!(store.remove_agent(&rita.email).await.unwrap());
        store.subscriptions(rita.id, now).await.unwrap()
    });
    assert_eq!(left.await, [], "nothing of whoever was removed");
}

#[tokio::test]
async fn a_browser_that_its_service_no_longer_knows_is_forgotten() {
    let mut service = PushService::open().await;
    let server = server_by(&service).await;
    let session = server.session("Ana").await;
    for status in [404, 410] {
        subscribe(&server, &session, &Browser::new()).await;
        service.answer(status, None);
        notify(&server, "Ana").await;
        service.letter().await;
        server.until_nothing_is_to_be_sent().await;
        assert_eq!(subscriptions(&server, "Ana").await, [], "{status}");
    }
}

#[tokio::test]
async fn a_service_that_is_busy_is_asked_again_when_it_says() {
    let mut service = PushService::open().await;
    let server = server_by(&service).await;
    let session = server.session("Ana").await;
    let browser = Browser::new();
    subscribe(&server, &session, &browser).await;
    service.answer(503, Some(("retry-after", "2")));
    service.answer(429, None);
    let notice = notify(&server, "Ana").await;
    service.letter().await;
    let first = Instant::now();
    service.letter().await;
    assert!(
        first.elapsed() >= Duration::from_millis(1_900),
        "as it said"
    );
    let second = Instant::now();
    let letter = service.letter().await;
    assert!(
        second.elapsed() >= Duration::from_millis(1_900),
        "twice as long as at first"
    );
    let told = read(&browser, &letter);
    assert_eq!(told["conversation"], json!(notice.conversation.to_string()));
    let seconds: u64 = letter.header("ttl").parse().unwrap();
    assert!(
        seconds <= 57,
        "it is of no use any longer for having been late: {seconds}"
    );
    server.until_nothing_is_to_be_sent().await;
    assert!(service.heard_nothing(), "it was taken");
    assert_eq!(subscriptions(&server, "Ana").await.len(), 1);

    // Longer than the notice is of use.
    service.answer(503, Some(("retry-after", "60")));
    notify(&server, "Ana").await;
    service.letter().await;
    server.until_nothing_is_to_be_sent().await;
    assert!(service.heard_nothing(), "it was given up");
}

#[tokio::test]
async fn what_a_service_refuses_is_not_sent_again_and_nowhere_else() {
    let mut service = PushService::open().await;
    let server = server_by(&service).await;
    let session = server.session("Ana").await;
    subscribe(&server, &session, &Browser::new()).await;
    let elsewhere = format!("https://{NAME}/elsewhere");
    for (status, header) in [
        (301, Some(("location", elsewhere.as_str()))),
        (307, Some(("location", elsewhere.as_str()))),
        (400, None),
        (403, None),
        (413, None),
    ] {
        service.answer(status, header);
        notify(&server, "Ana").await;
        service.letter().await;
        server.until_nothing_is_to_be_sent().await;
        assert!(service.heard_nothing(), "{status}");
    }
    assert_eq!(subscriptions(&server, "Ana").await.len(), 1);
}

/// Who answers at the address of a name is not always who the name is for.
#[tokio::test]
async fn nothing_is_sent_to_whom_no_authority_vouches_for() {
    let mut service = PushService::open().await;
    let server = Server::start(Setup {
        reach: service.reach_by(&[("other.example", &[service.address])], true),
        ..Setup::default()
    })
    .await;
    let mut browser = Browser::new();
    browser.endpoint = "https://other.example/x".into();
    subscribe(&server, &server.session("Ana").await, &browser).await;
    notify(&server, "Ana").await;
    let heard = service.hears().await;
    assert!(matches!(heard, Heard::Distrust), "{heard:?}");
}

/// S12: a name that is as it should be, and leads inside.
#[tokio::test]
async fn nothing_is_sent_to_a_name_that_leads_inside() {
    let service = PushService::open().await;
    let metadata: SocketAddr = "169.254.169.254:443".parse().unwrap();
    let mapped: SocketAddr = "[::ffff:169.254.169.254]:443".parse().unwrap();
    let server = Server::start(Setup {
        reach: service.reach_by(
            &[
                (NAME, &[service.address]),
                ("metadata.example", &[metadata, mapped, service.address]),
            ],
            false,
        ),
        ..Setup::default()
    })
    .await;
    let session = server.session("Ana").await;
    for endpoint in ["https://push.example/x", "https://metadata.example/x"] {
        let mut browser = Browser::new();
        browser.endpoint = endpoint.into();
        subscribe(&server, &session, &browser).await;
    }
    notify(&server, "Ana").await;
    // At once: what is refused is not tried again.
    server.until_nothing_is_to_be_sent().await;
    assert_eq!(service.connections(), 0);
}

#[tokio::test]
async fn no_more_than_eight_are_sent_to_at_once_and_ten_browsers_are_an_agents_most() {
    let mut service = PushService::open().await;
    let server = server_by(&service).await;
    let session = server.session("Ana").await;
    let browsers: Vec<Browser> = (0..11).map(|_| Browser::new()).collect();
    for browser in &browsers {
        subscribe(&server, &session, browser).await;
    }
    // Once more is no more.
    subscribe(&server, &session, &browsers[10]).await;
    let mut kept: Vec<String> = subscriptions(&server, "Ana")
        .await
        .into_iter()
        .map(|it| it.endpoint)
        .collect();
    let mut newest: Vec<String> = browsers[1..].iter().map(|it| it.endpoint.clone()).collect();
    kept.sort();
    newest.sort();
    assert_eq!(kept, newest, "the oldest goes");

    service.hold(true);
    notify(&server, "Ana").await;
    for _ in 0..8 {
        service.letter().await;
    }
    assert_eq!(service.connections(), 8);
    service.hold(false);
    for _ in 8..10 {
        service.letter().await;
    }
    server.until_nothing_is_to_be_sent().await;
    assert!(service.heard_nothing());
}

/// Whoever a request is offered to hears of it where they take notices, with their page open or not; nobody else does.
#[tokio::test]
async fn what_is_offered_is_pushed_to_whom_it_is_offered() {
    let mut service = PushService::open().await;
    let server = server_by(&service).await;
    let (anas, cleos) = (Browser::new(), Browser::new());
    subscribe(&server, &server.session("Ana").await, &anas).await;
    subscribe(&server, &server.session("Cleo").await, &cleos).await;
    let mut ana = server.agent_on_duty("Ana").await;
    let mut visitor = server.visitor().await;
    visitor.say("canary: where is my lamp?").await;
    let conversation = visitor.welcome.conversation;
    ana.until_case(conversation, "the offer", |case| case.offer.is_some())
        .await;
    let told = read(&anas, &service.letter().await);
    assert_eq!(told["conversation"], conversation.to_string());
    assert_eq!(told["body"], "No. 1 asks for a person.");
    assert!(!told.to_string().contains("canary"), "{told}");
    server.until_nothing_is_to_be_sent().await;
    assert!(service.heard_nothing(), "Cleo is off duty");
}
